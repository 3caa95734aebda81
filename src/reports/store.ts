import type { Selectable } from "kysely";
import type { Picture } from "../files/pictures.js";
import { chosen, defineKind, held } from "../items/kind.js";
import type { Person } from "../people/model.js";
import { findPersons } from "../people/store.js";
import type { Viewer } from "../policy/index.js";
import { may } from "../policy/index.js";
import type { SummaryRow } from "../store/report-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Report, Summary } from "./model.js";
import type { Published } from "./suppress.js";

type Row = Omit<Selectable<SummaryRow>, "body_id" | "report" | "lease_until" | "published_by">;

const COLUMNS = [
  "id",
  "number",
  "period",
  "first_day",
  "last_day",
  "by",
  "state",
  "done",
  "cut",
  "pictures",
  "notes",
  "recommendations",
  "made_at",
  "published_at",
  "created_at",
  "version",
] as const satisfies readonly (keyof SummaryRow)[];

/** Drafts are seen by who makes summaries, published ones by every member (policy/general.ts). */
export const mayReadSummary = (viewer: Viewer, { state }: Pick<Summary, "state">): boolean =>
  may(viewer, "report.make") || (state === "published" && may(viewer, "report.read"));

export const SUMMARIES = defineKind<Summary>({
  ...{ kind: "summary", letter: "S", show: "report-show", unknown: (t) => t.errors.noSummary },
  async load(work, { viewer, hold, ...which }) {
    const makes = !viewer || may(viewer, "report.make");
    if (!makes && !may(viewer, "report.read")) return [];
    const query = work.tx.selectFrom("summaries").select(COLUMNS).where(chosen(which)).orderBy("number");
    return summariesOf(work, await held(makes ? query : query.where("state", "=", "published"), hold).execute());
  },
  sees: mayReadSummary,
});

/** Newest periods first; of drafts only where the reader may know them. */
export async function summaryPage(work: UnitOfWork, viewer: Viewer, page: number, size: number): Promise<Summary[]> {
  const rows = await work.tx
    .selectFrom("summaries")
    .select(COLUMNS)
    .where((eb) =>
      eb("state", "in", may(viewer, "report.make") ? ["making", "ready", "publishing", "published"] : ["published"]),
    )
    .orderBy("first_day", "desc")
    .orderBy("number", "desc")
    .offset((page - 1) * size)
    .limit(size + 1)
    .execute();
  return summariesOf(work, rows);
}

async function summariesOf(work: UnitOfWork, rows: readonly Row[]): Promise<Summary[]> {
  const ids = [...new Set(rows.map(({ by }) => by))];
  const people = new Map((ids.length ? await findPersons(work.tx, { ids }) : []).map((one) => [one.id, one]));
  const cipher = await work.cipher();
  const open = (sealed: string | null) => (sealed === null ? undefined : cipher.open(sealed));
  return rows.flatMap((row): Summary[] => {
    const by: Person | undefined = people.get(row.by);
    if (!by) return [];
    return [
      {
        id: row.id,
        number: row.number,
        ref: `S-${row.number}`,
        period: { key: row.period, first: row.first_day, last: row.last_day },
        by,
        state: row.state,
        done: row.done,
        cut: row.cut ?? undefined,
        pictures: row.pictures ? (JSON.parse(cipher.open(row.pictures)) as Picture[]) : [],
        notes: open(row.notes),
        recommendations: open(row.recommendations),
        madeAt: row.made_at ?? undefined,
        publishedAt: row.published_at ?? undefined,
        createdAt: row.created_at,
        version: row.version,
      },
    ];
  });
}

/** All that was counted. @returns undefined while it is being made */
export async function countedReport(work: UnitOfWork, summaryId: string): Promise<Report | undefined> {
  const row = await work.tx.selectFrom("summaries").select("report").where("id", "=", summaryId).executeTakeFirst();
  return row?.report ? (JSON.parse((await work.cipher()).open(row.report)) as Report) : undefined;
}

/** What was passed on. */
export async function publishedReport(work: UnitOfWork, summaryId: string): Promise<Report | undefined> {
  const row = await work.tx
    .selectFrom("published_summaries")
    .select("told")
    .where("summary_id", "=", summaryId)
    .executeTakeFirst();
  return row && (JSON.parse((await work.cipher()).open(row.told)) as Report);
}

/** Everything that was ever passed on, as it was told and as it was counted. */
export async function earlierReports(work: UnitOfWork): Promise<Published[]> {
  const rows = await work.tx
    .selectFrom("published_summaries")
    .innerJoin("summaries", "summaries.id", "published_summaries.summary_id")
    .select(["told", "report"])
    .orderBy("summaries.number")
    .execute();
  const cipher = await work.cipher();
  return rows.flatMap(({ told, report }) =>
    report
      ? [{ published: JSON.parse(cipher.open(told)) as Report, counted: JSON.parse(cipher.open(report)) as Report }]
      : [],
  );
}
