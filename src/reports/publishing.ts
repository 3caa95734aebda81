import { record } from "../audit/record.js";
import { redraw, tell } from "../delivery/outbox.js";
import { desk, findPersons } from "../people/store.js";
import type { Work } from "../work.js";
import { filesOf } from "./files.js";
import { type Summary, summaryItem } from "./model.js";
import { summaryCard } from "./notices.js";
import { drawCharts } from "./pictures.js";
import { countedReport, earlierReports, summaryById } from "./store.js";
import { shareable } from "./withhold.js";

/**
 * Passes a summary on: what may be told is reckoned against all that was told before, every file is made and kept with
 * its hash, and from then on nobody can change one.
 * @param summary in the state `publishing`
 */
export async function publish(work: Work, summary: Summary): Promise<void> {
  // What may be told depends on what was told: two that are published at once come one after the other. Not FOR UPDATE:
  // every row that is written in the body refers to this one, and would wait.
  await work.tx.selectFrom("bodies").select("id").where("id", "=", work.body.id).forNoKeyUpdate().execute();
  const counted = await countedReport(work, summary.id);
  if (!counted) throw new Error("a summary to be published has no figures");
  const earlier = await earlierReports(work);
  // The same period was published at this very moment: this one stays a draft.
  if (earlier.some(({ counted: one }) => one.period.key === summary.period.key)) return giveBack(work, summary);
  const told = shareable(counted, earlier);
  const cipher = await work.cipher();
  await work.tx
    .insertInto("published_summaries")
    .values({ summary_id: summary.id, told: cipher.seal(JSON.stringify(told)) })
    .execute();
  await drawCharts(work, summary, told, work.body.lang);
  await work.tx
    .updateTable("summaries")
    .set({ state: "published", published_at: work.now, lease_until: null, version: summary.version + 1 })
    .where("id", "=", summary.id)
    .execute();
  const published = await summaryById(work, summary.id);
  if (!published) throw new Error("summary is gone");
  for (const { format, bytes, sha256 } of await filesOf(work, published, told, work.body.lang))
    await work.tx
      .insertInto("published_files")
      .values({ summary_id: summary.id, format, file: cipher.sealBytes(bytes), sha256 })
      .execute();
  const { published_by } = await work.tx
    .selectFrom("summaries")
    .select("published_by")
    .where("id", "=", summary.id)
    .executeTakeFirstOrThrow();
  await record(work, {
    action: "report.published",
    actorId: published_by ?? undefined,
    item: summaryItem(published),
    detail: { period: published.period.key },
  });
  await redraw(work, summaryItem(published));
  const others = [...(await desk(work.tx)), ...(await findPersons(work.tx, { role: "rapporteur", activeOnly: true }))];
  for (const { id } of others)
    if (id !== published.by.id)
      await tell(work, {
        notice: summaryCard,
        params: { summary: published.id },
        to: { personId: id },
        dedupe: `summary ${published.id} ${id}`,
      });
}

/** It is a draft again, as it was before it was to be published. */
export async function giveBack(work: Work, summary: Summary): Promise<void> {
  await work.tx
    .updateTable("summaries")
    .set({ state: "ready", published_by: null, lease_until: null, version: summary.version + 1 })
    .where("id", "=", summary.id)
    .where("state", "=", "publishing")
    .execute();
  await redraw(work, summaryItem(summary));
}
