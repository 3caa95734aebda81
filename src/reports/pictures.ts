import type { Chart } from "../documents/chart-model.js";
import { type Drawn as Drawing, drawn, dropPictures, keepPictures } from "../files/pictures.js";
import { type Messages, messagesFor } from "../i18n/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type MeasureId, SECTIONS, type TableId } from "./measures.js";
import type { Cell, Report } from "./model.js";
import { columnName, lineName } from "./words.js";

/** The charts of a summary, for its documents and for chats. */

export type Drawn = Drawing & { section: string };

const MOST_AGENCIES = 15;

/** Takes some tenths of a second: not inside a transaction that others wait for. */
export async function reportCharts(report: Report, lang: string): Promise<Drawn[]> {
  const charts: Drawn[] = [];
  for (const { section, chart } of chartsOf(report, messagesFor(lang), lang))
    charts.push({ section, ...(await drawn(chart)) });
  return charts;
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
  const agencies = linesBySize(report, "agencies.tasks", "tasks.asked").slice(0, MOST_AGENCIES);
  if (agencies.length)
    found.push({
      section: "agencies",
      chart: {
        ...common,
        title: t.reports.tables["agencies.tasks"],
        categories: agencies.map(({ key }) => lineName(t, "agencies.tasks", key, report)),
        short: agencies.map(({ key }) => key),
        series: (["tasks.asked", "tasks.done"] as const).map((measure) => ({
          name: columnName(t, measure),
          values: agencies.map(({ cellOf }) => number(cellOf(measure))),
        })),
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

/** The largest first; what is suppressed last, where it says nothing of its size. */
function linesBySize(report: Report, id: TableId, by: MeasureId) {
  const one = report.tables.find((table) => table.id === id);
  const lines = (one?.lines ?? []).map(({ key, cells }) => ({
    key,
    cellOf: (measure: MeasureId): Cell => cells[one?.columns.indexOf(measure) ?? -1] ?? null,
  }));
  const size = (line: (typeof lines)[number]) => number(line.cellOf(by)) ?? -1;
  return lines
    .filter(({ cellOf }) => cellOf(by) !== 0 && cellOf(by) !== null)
    .sort((a, b) => size(b) - size(a) || (a.key < b.key ? -1 : 1));
}

/** What its card shows from now on; older ones of the summary go. */
export async function showCharts(work: UnitOfWork, summary: { id: string }, charts: readonly Drawn[]): Promise<void> {
  await dropPictures(work, summary.id);
  const kept = await keepPictures(work, summary.id, charts);
  await work.tx
    .updateTable("summaries")
    .set({ pictures: (await work.cipher()).seal(JSON.stringify(kept)) })
    .where("id", "=", summary.id)
    .execute();
}
