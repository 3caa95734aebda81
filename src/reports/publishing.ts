import { record } from "../audit/record.js";
import { notify, refresh } from "../delivery/outbox.js";
import { coordinatorsOf, findPersons } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { documentOf } from "./document.js";
import { filesOf, type SummaryFile } from "./files.js";
import { type Report, type Summary, summaryItem } from "./model.js";
import { summaryCard } from "./notifications.js";
import { type Drawn, reportCharts, showCharts } from "./pictures.js";
import { countedReport, earlierReports } from "./store.js";
import { shareable } from "./suppress.js";

export type InWork = <T>(act: (work: UnitOfWork) => Promise<T>) => Promise<T>;

/**
 * Passes a summary on: what may be told is worked out against all that was told before, every file is made and kept
 * with its hash, and from then on nobody can change one. Working it out and drawing take seconds and are done between two
 * short transactions; where another summary was published meanwhile, once more.
 * @param summary in the state `publishing`
 */
export async function publish(inWork: InWork, summary: Summary): Promise<void> {
  for (;;) {
    const { counted, earlier, body, at } = await inWork(async (work) => ({
      counted: await countedReport(work, summary.id),
      earlier: await earlierReports(work),
      body: work.body,
      at: work.now,
    }));
    if (!counted) throw new Error("a summary to be published has no figures");
    // The same period was published at this very moment: this one stays a draft.
    if (earlier.some((one) => one.counted.period.key === summary.period.key))
      return inWork((work) => giveBack(work, summary));
    const told = shareable(counted, earlier);
    const charts = await reportCharts(told, body.lang);
    const published: Summary = { ...summary, state: "published", publishedAt: at };
    const files = await filesOf(documentOf(body, published, told, body.lang, charts));
    if (await inWork((work) => keep(work, published, { told, files, charts, after: earlier.length }))) return;
  }
}

type Kept = { told: Report; files: readonly SummaryFile[]; charts: readonly Drawn[]; after: number };

/** @returns false where not `after` so many were published: another one came between */
async function keep(work: UnitOfWork, published: Summary, { told, files, charts, after }: Kept): Promise<boolean> {
  // Two that are published at once come one after the other. Not FOR UPDATE: every row that is written in the body
  // refers to this one, and would wait.
  await work.tx.selectFrom("bodies").select("id").where("id", "=", work.body.id).forNoKeyUpdate().execute();
  const { count } = await work.tx
    .selectFrom("published_summaries")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  if (Number(count) !== after) return false;
  const cipher = await work.cipher();
  const asked = await work.tx
    .updateTable("summaries")
    .set({
      state: "published",
      published_at: published.publishedAt,
      lease_until: null,
      version: published.version + 1,
    })
    .where("id", "=", published.id)
    .where("state", "=", "publishing")
    .returning("published_by")
    .executeTakeFirst();
  // Taken back while it was being made: nothing of it leaves.
  if (!asked) return true;
  const { published_by } = asked;
  await work.tx
    .insertInto("published_summaries")
    .values({ summary_id: published.id, told: cipher.seal(JSON.stringify(told)) })
    .execute();
  await work.tx
    .insertInto("published_files")
    .values(
      files.map(({ format, bytes, sha256 }) => ({
        summary_id: published.id,
        format,
        file: cipher.sealBytes(bytes),
        sha256,
      })),
    )
    .execute();
  await showCharts(work, published, charts);
  await record(work, {
    action: "report.published",
    actorId: published_by ?? undefined,
    item: summaryItem(published),
    detail: { period: published.period.key },
  });
  await refresh(work, summaryItem(published));
  const others = [
    ...(await coordinatorsOf(work.tx)),
    ...(await findPersons(work.tx, { role: "rapporteur", activeOnly: true })),
  ];
  for (const { id } of others)
    if (id !== published.by.id)
      await notify(work, {
        notification: summaryCard,
        params: { summary: published.id },
        to: { personId: id },
        dedupe: `summary ${published.id} ${id}`,
      });
  return true;
}

/** It is a draft again, as it was before it was to be published. */
export async function giveBack(work: UnitOfWork, summary: Summary): Promise<void> {
  await work.tx
    .updateTable("summaries")
    .set({ state: "ready", published_by: null, lease_until: null, version: summary.version + 1 })
    .where("id", "=", summary.id)
    .where("state", "=", "publishing")
    .execute();
  await refresh(work, summaryItem(summary));
}
