import { type Figure, shown, written } from "../documents/figure.js";
import type { SummaryDocument, SummarySection, SummaryTable } from "../documents/summary.js";
import { type Messages, messagesFor } from "../i18n/index.js";
import type { Body } from "../people/model.js";
import { formatCalendarDay, formatWhen } from "../time/index.js";
import { type FigureId, figure, PLAN_COUNTS, SECTIONS } from "./measures.js";
import type { Cell, Report, Summary } from "./model.js";
import type { Drawn } from "./pictures.js";
import { columnName, lineName, unitOf } from "./words.js";

/** A report and what the rapporteur wrote, as every format says it, in one language. */

/** The first page shows them. */
const KEY: ReadonlySet<FigureId> = new Set([
  "meetings.held",
  "meetings.attendance",
  "tasks.asked",
  "tasks.in_time",
  "information.released",
  "information.acknowledgement",
  "information.outcomes",
  "information.outcome_rate",
]);

/** @param charts what `reportCharts` drew of the report in that language, for formats that show them */
export function documentOf(
  body: Pick<Body, "name">,
  summary: Summary,
  report: Report,
  lang: string,
  charts: readonly Drawn[] = [],
): SummaryDocument {
  const t = messagesFor(lang);
  const r = t.reports;
  const show = (at: Date) => formatWhen(at, report.zone, lang, { showZone: true });
  const made = new Date(report.madeAt);
  const paragraphs = (words: string | undefined) => (words ?? "").split(/\n+/).filter((line) => line.trim() !== "");
  return {
    lang,
    body: body.name,
    title: r.title({ period: report.period.key }),
    ref: summary.ref,
    label: "TLP:GREEN",
    status: r.state[summary.state],
    facts: [
      { id: "period", label: r.facts.period, value: periodText(report, t, lang) },
      { id: "before", label: r.facts.before, value: daysText(report.before, t, lang) },
      { id: "by", label: r.facts.by, value: `${summary.by.name}, ${summary.by.agency.name}` },
      { id: "made", label: r.facts.made, value: show(made) },
      ...(summary.publishedAt ? [{ id: "published", label: r.facts.published, value: show(summary.publishedAt) }] : []),
      {
        id: "record",
        label: r.facts.record,
        value: r.record({
          event: report.record.event,
          hash: report.record.seal?.hash,
          seal: report.record.seal?.n ?? "",
        }),
      },
      {
        id: "threshold",
        label: r.facts.threshold,
        value: thresholdText(report, t),
      },
    ],
    periodNow: report.period.key,
    periodBefore: report.before.key,
    words: documentWords(t),
    notes: paragraphs(summary.notes),
    recommendations: paragraphs(summary.recommendations),
    sections: sectionsOf(report, t, charts),
    footer: `${body.name} · ${summary.ref}`,
    created: made,
  };
}

function sectionsOf(report: Report, t: Messages, charts: readonly Drawn[]): SummarySection[] {
  const r = t.reports;
  return [...SECTIONS, "agencies" as const].map((id) => ({
    id,
    title: r.sections[id],
    figures: report.figures
      .filter(({ section }) => section === id)
      .map((line) => ({
        id: line.id,
        ...r.figures[line.id],
        unit: unitOf(t, line.id),
        now: asFigure(line.id, line.now),
        before: asFigure(line.id, line.before),
        key: KEY.has(line.id),
      })),
    tables: report.tables
      .filter((one) => sectionOf(one.id) === id && one.lines.length > 0)
      .map(
        (one): SummaryTable => ({
          id: one.id,
          title: r.tables[one.id],
          definition: one.columns.map((measure) => r.figures[measure].definition).join(" "),
          rowHead: id === "agencies" ? t.args.agencyLabel : "",
          columns: one.compared
            ? [report.period.key, report.before.key].map((name, n) => ({
                id: n ? "before" : "now",
                name,
                unit: r.units.count,
              }))
            : one.columns.map((measure) => ({ id: measure, name: columnName(t, measure), unit: r.units.count })),
          rows: one.lines.map(({ key, cells }) => ({
            id: key,
            name: lineName(t, one.id, key, report),
            cells: cells.map(countFigure),
          })),
        }),
      )
      .concat(id === "plan" ? planTables(report, t) : []),
    charts: charts.filter(({ section }) => section === id),
  }));
}

/** By pillar, and each indicator with its value, where it comes from and whether it was told. */
function planTables({ plan, period, before, agencies }: Report, t: Messages): SummaryTable[] {
  const r = t.reports;
  const text = (words: string): Figure => ({ kind: "text", text: words });
  const decimal = (told: string | undefined): Figure =>
    told === undefined ? { kind: "none" } : { kind: "decimal", text: told };
  const pillars = plan.pillars.filter(({ objectives }) => objectives > 0);
  if (pillars.length === 0) return [];
  const column = (id: keyof typeof r.indicator, name: string = r.indicator[id]) => ({ id, name, unit: "" });
  return [
    {
      id: "plan.by_pillar",
      title: r.pillars,
      definition: PLAN_COUNTS.map((one) => r.figures[`plan.${one}`].definition).join(" "),
      rowHead: r.pillar,
      columns: PLAN_COUNTS.map((id) => ({ id, name: r.figures[`plan.${id}`].name, unit: r.units.count })),
      rows: pillars.map((line) => ({
        id: line.pillar,
        name: t.plan.pillars[line.pillar],
        cells: PLAN_COUNTS.map((one) => countFigure(line[one])),
      })),
    },
    {
      id: "plan.indicators",
      title: r.indicators,
      definition: t.plan.rule,
      rowHead: r.indicator.name,
      columns: [
        ...[column("baseline"), column("target"), column("before", before.key), column("now", period.key)],
        ...[column("status"), column("agency"), column("source")],
      ],
      rows: plan.indicators.map((one) => ({
        id: one.ref,
        name: `${one.ref} ${one.name} (${one.unit})`,
        cells: [
          ...[decimal(one.baseline), decimal(one.target), decimal(one.before), decimal(one.now)],
          text([t.plan.ways[one.status], ...(one.overdue ? [r.indicator.overdue] : [])].join(", ")),
          ...[text(agencies[one.agency] ?? one.agency), text(one.source)],
        ],
      })),
    },
  ];
}

const sectionOf = (id: Report["tables"][number]["id"]): string => id.split(".", 1)[0] ?? "";

const countFigure = (cell: Cell): Figure =>
  cell === null ? { kind: "none" } : cell === "withheld" ? { kind: "withheld" } : { kind: "count", value: cell };

/** A rate was rounded to tenths of one per cent when it was counted, a median to tenths of a day. */
export function asFigure(id: FigureId, cell: Cell): Figure {
  if (typeof cell !== "number") return countFigure(cell);
  switch (figure(id).of) {
    case "rate":
    case "share":
      return { kind: "percent", part: Math.round(cell * 10), whole: 1_000 };
    case "median":
      return { kind: "days", ms: Math.round(cell * 10) * 8_640_000 };
    default:
      return { kind: "count", value: cell };
  }
}

/** For a chat: `12`, `66.7%`, `3.5`, or the word for what is suppressed. */
export const cellText = (id: FigureId, cell: Cell, t: Messages): string =>
  written(shown(asFigure(id, cell)), documentWords(t));

/** The document writes its own numbers and pages into these. */
const documentWords = ({ reports: { document: words } }: Messages) => ({
  ...words,
  percent: words.percent({ n: "{n}" }),
  points: words.points({ n: "{n}" }),
  page: words.page({ page: "{page}", pages: "{pages}" }),
});

export const daysText = ({ first, last }: Report["period"], t: Messages, lang: string): string =>
  t.reports.days({ first: formatCalendarDay(first, lang), last: formatCalendarDay(last, lang) });

export function periodText(report: Report, t: Messages, lang: string): string {
  const days = `${report.period.key} (${daysText(report.period, t, lang)})`;
  if (report.over) return days;
  const when = formatWhen(new Date(report.madeAt), report.zone, lang, { showZone: true });
  return `${days}, ${t.reports.notOver({ when })}`;
}

export const thresholdText = ({ threshold }: Report, t: Messages): string =>
  threshold === undefined ? t.reports.whole : t.reports.withheldBelow({ most: threshold - 1 });
