import { randomBytes } from "node:crypto";
import { addDays } from "date-fns";
import { type Chart, chartAlt } from "../documents/chart.js";
import { chartPng, pictureSize } from "../documents/picture.js";
import { hashOf } from "../files/links.js";
import { type Messages, messagesFor } from "../i18n/index.js";
import type { Work } from "../work.js";
import { type MeasureId, SECTIONS, type TableId } from "./measures.js";
import type { Cell, Picture, Report } from "./model.js";
import { columnName, lineName } from "./words.js";

/** The charts of a summary, for its documents and for chats. */

export type Drawn = { section: string; title: string; alt: string; png: Uint8Array; width: number; height: number };

/** A card stays in a conversation for weeks, and clients fetch its pictures each time that it is opened. */
const PICTURE_DAYS = 30;
const MOST_AGENCIES = 15;

export async function reportCharts(report: Report, t: Messages, lang: string): Promise<Drawn[]> {
  const drawn: Drawn[] = [];
  for (const { section, chart } of chartsOf(report, t, lang)) {
    const png = await chartPng(chart);
    drawn.push({ section, title: chart.title, alt: chartAlt(chart), png, ...pictureSize(png) });
  }
  return drawn;
}

function chartsOf(report: Report, t: Messages, lang: string): { section: string; chart: Chart }[] {
  const { charts } = t.reports;
  const common = { kind: "bars" as const, lang, absent: t.reports.withheld };
  const compared = (values: readonly (readonly Cell[])[]) => [
    { name: `${charts.series.now} (${report.period.key})`, values: values.map(([now]) => number(now)) },
    { name: `${charts.series.before} (${report.before.key})`, values: values.map(([, before]) => number(before)) },
  ];
  const totals = report.figures.filter(({ id }) => WHOLE.has(id));
  const found: { section: string; chart: Chart }[] = [
    {
      section: SECTIONS[0],
      chart: {
        ...common,
        title: charts.sections,
        categories: totals.map(({ id }) => t.reports.figures[id].name),
        series: compared(totals.map(({ now, before }) => [now, before])),
      },
    },
  ];
  const kinds = report.tables.find(({ id }) => id === "information.by_kind");
  if (kinds?.lines.length)
    found.push({
      section: "information",
      chart: {
        ...common,
        title: charts.byKind,
        categories: kinds.lines.map(({ key }) => lineName(t, kinds.id, key, report)),
        series: compared(kinds.lines.map(({ cells }) => cells)),
      },
    });
  const done = columnOf(report, "agencies.tasks", "tasks.done").slice(0, MOST_AGENCIES);
  if (done.length)
    found.push({
      section: "agencies",
      chart: {
        ...common,
        title: charts.agencies,
        categories: done.map(({ key }) => lineName(t, "agencies.tasks", key, report)),
        series: [{ name: columnName(t, "tasks.done"), values: done.map(({ cell }) => number(cell)) }],
      },
    });
  return found;
}

const WHOLE: ReadonlySet<string> = new Set([
  "meetings.held",
  "meetings.decided",
  "tasks.asked",
  "tasks.done",
  "information.released",
  "information.outcomes",
]);

const number = (cell: Cell | undefined): number | undefined => (typeof cell === "number" ? cell : undefined);

/** The largest first; what is withheld last, where it says nothing of its size. */
function columnOf(report: Report, id: TableId, measure: MeasureId): { key: string; cell: Cell }[] {
  const one = report.tables.find((table) => table.id === id);
  const at = one?.columns.indexOf(measure) ?? -1;
  const lines = one?.lines.map(({ key, cells }) => ({ key, cell: cells[at] ?? null })) ?? [];
  return lines
    .filter(({ cell }) => cell !== 0 && cell !== null)
    .sort((a, b) => (number(b.cell) ?? -1) - (number(a.cell) ?? -1) || (a.key < b.key ? -1 : 1));
}

/**
 * Draws the charts that a card shows and keeps them under addresses that cannot be guessed; where nobody knows under
 * which address Coord is reached, the card has none. Older ones of the summary go.
 */
export async function drawCharts(work: Work, summary: { id: string }, report: Report, lang: string): Promise<void> {
  const site = work.site();
  if (!site) return;
  const drawn = await reportCharts(report, messagesFor(lang), lang);
  const cipher = await work.cipher();
  const named = drawn.map((one) => ({ ...one, token: randomBytes(24).toString("base64url") }));
  await work.tx.deleteFrom("pictures").where("summary_id", "=", summary.id).execute();
  await work.tx
    .insertInto("pictures")
    .values(
      named.map(({ token, png }) => ({
        token_hash: hashOf(token),
        summary_id: summary.id,
        png: cipher.sealBytes(png),
        expires_at: addDays(work.now, PICTURE_DAYS),
      })),
    )
    .execute();
  const pictures = named.map(({ token, alt, title }): Picture => ({ url: `${site}/charts/${token}.png`, alt, title }));
  await work.tx
    .updateTable("summaries")
    .set({ pictures: cipher.seal(JSON.stringify(pictures)) })
    .where("id", "=", summary.id)
    .execute();
}

/** A chart by the secret in its address. */
export async function openPicture(work: Work, token: string): Promise<Uint8Array | undefined> {
  const row = await work.tx
    .selectFrom("pictures")
    .select("png")
    .where("token_hash", "=", hashOf(token))
    .where("expires_at", ">", work.now)
    .executeTakeFirst();
  return row && (await work.cipher()).openBytes(row.png);
}
