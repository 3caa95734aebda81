import type { Action, Block, Fact, ListItem, Message } from "../chat/index.js";
import { buttonAbout } from "../chat/index.js";
import { pageFoot } from "../command/pages.js";
import type { Reader } from "../delivery/notification.js";
import { may } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import { cellText, daysText, periodText, thresholdText } from "./document.js";
import { type FigureId, table } from "./measures.js";
import type { Report, Summary, TableOf } from "./model.js";
import { countedReport, publishedReport, summaryPage } from "./store.js";
import { columnName, lineName } from "./words.js";

/** Summaries as people see them in chat. */

/** What a chat shows; the files have all. */
const SHOWN: readonly FigureId[] = [
  "meetings.held",
  "meetings.attendance",
  "meetings.decided",
  "tasks.asked",
  "tasks.done",
  "tasks.in_time",
  "tasks.overdue",
  "information.released",
  "information.acknowledgement",
  "information.outcomes",
  "information.outcome_rate",
  "information.breached",
];
const MOST_LINES = 20;
const PAGE = 20;

export async function summaryMessage(work: UnitOfWork, summary: Summary, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const r = t.reports;
  const title = r.title({ period: summary.period.key });
  const report = await toldIn(work, summary);
  const blocks: Block[] = [
    { type: "heading", text: title },
    { type: "facts", facts: factsOf(work, summary, report, reader) },
  ];
  if (summary.state === "making")
    blocks.push({
      type: "context",
      text: r.progress({ n: summary.done + 1, of: r.steps.length, step: r.steps[summary.done] ?? "" }),
    });
  if (summary.state === "failed") blocks.push({ type: "text", text: r.failed });
  if (report) blocks.push(...bodyOf(summary, report, reader));
  const actions = nextSteps(work, summary, reader);
  if (actions.length) blocks.push({ type: "actions", actions });
  return { text: `${summary.ref}: ${title}. ${r.state[summary.state]}.`, lang, blocks };
}

/** A draft is for who makes summaries and tells every number; what was published tells what may be passed on. */
async function toldIn(work: UnitOfWork, summary: Summary): Promise<Report | undefined> {
  if (summary.state === "published") return publishedReport(work, summary.id);
  return summary.state === "ready" || summary.state === "publishing" ? countedReport(work, summary.id) : undefined;
}

function factsOf(work: UnitOfWork, summary: Summary, report: Report | undefined, reader: Reader): Fact[] {
  const { t, lang } = reader;
  const { facts, state } = t.reports;
  const show = (at: Date) => showAt(work, reader, at);
  return [
    { label: facts.ref, value: summary.ref },
    { label: facts.state, value: [{ bold: state[summary.state] }] },
    { label: facts.period, value: report ? periodText(report, t, lang) : daysText(summary.period, t, lang) },
    ...(report ? [{ label: facts.before, value: daysText(report.before, t, lang) }] : []),
    { label: facts.by, value: `${summary.by.name}, ${summary.by.agency.name}` },
    ...(summary.publishedAt
      ? [{ label: facts.published, value: show(summary.publishedAt) }]
      : summary.madeAt
        ? [{ label: facts.made, value: show(summary.madeAt) }]
        : []),
  ];
}

function bodyOf(summary: Summary, report: Report, { t }: Reader): Block[] {
  const r = t.reports;
  const blocks: Block[] = [{ type: "list", items: SHOWN.flatMap((id) => figureItem(report, id, t)) }];
  for (const one of report.tables)
    if (summary.cut && table(one.id).cut === summary.cut && one.lines.length)
      blocks.push(
        { type: "text", text: [{ bold: r.tables[one.id] }] },
        { type: "list", items: linesOf(report, one, t) },
      );
  for (const { url, alt, title } of summary.pictures) blocks.push({ type: "image", url, alt, title });
  for (const [heading, words] of [
    [r.document.notes, summary.notes],
    [r.document.recommendations, summary.recommendations],
  ] as const)
    if (words) blocks.push({ type: "text", text: [{ bold: heading }, `\n${words}`] });
  blocks.push({ type: "context", text: thresholdText(report, t) });
  return blocks;
}

/** A figure, what it was before, and what it means. */
function figureItem(report: Report, id: FigureId, t: Reader["t"]): ListItem[] {
  const line = report.figures.find((one) => one.id === id);
  if (!line) return [];
  const { name, definition } = t.reports.figures[id];
  const now = cellText(id, line.now, t);
  const before = `${report.before.key}: ${cellText(id, line.before, t)}`;
  return [{ title: [`${name}  `, { bold: now }], detail: `${before}. ${definition}` }];
}

function linesOf(report: Report, one: TableOf, t: Reader["t"]): ListItem[] {
  return one.lines.slice(0, MOST_LINES).map(({ key, cells }) => ({
    title: [{ bold: lineName(t, one.id, key, report) }],
    detail: cells
      .map((cell, at) => {
        const name = one.compared
          ? ([report.period.key, report.before.key][at] ?? "")
          : columnName(t, one.columns[at] ?? "tasks.asked");
        return `${name}: ${cellText("tasks.asked", cell, t)}`;
      })
      .join(" · "),
  }));
}

function nextSteps(work: UnitOfWork, summary: Summary, { t, viewer, person }: Reader): Action[] {
  const { buttons, publishConfirm } = t.reports;
  const value = `${work.body.slug}/${summary.ref}`;
  const button = buttonAbout(value);
  const makes = may(viewer, "report.make") && person !== undefined;
  switch (summary.state) {
    case "making":
      return makes ? [button("report-cancel", buttons.cancel)] : [];
    case "publishing":
      return [];
    case "failed":
    case "cancelled":
      return makes ? [button("report", buttons.again, { value: `${work.body.slug}/${summary.period.key}` })] : [];
    case "ready":
    case "published":
      if (!person) return [button("report-show", buttons.open)];
      return [
        ...(summary.state === "ready" && makes
          ? [
              button("report-publish", buttons.publish, { style: "primary", confirm: publishConfirm }),
              button("report-notes", buttons.notes, { opens: true }),
            ]
          : []),
        ...(["word", "excel", "csv", "json"] as const).map((format) =>
          button("report-file", buttons[format], { value: `${value} ${format}` }),
        ),
      ];
  }
}

/** The published ones; drafts too for who makes them. */
export async function summaryList(work: UnitOfWork, page: number, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const { list, state, buttons } = t.reports;
  const found = await summaryPage(work, reader.viewer, page, PAGE);
  const show = (at: Date) => showAt(work, reader, at);
  const blocks: Block[] = [{ type: "heading", text: list.title }];
  if (found.length === 0) blocks.push({ type: "text", text: list.empty });
  else
    blocks.push({
      type: "list",
      items: found.slice(0, PAGE).map((summary) => ({
        title: [{ bold: `${summary.ref} ` }, `${summary.period.key} (${daysText(summary.period, t, lang)})`],
        detail: list.line({
          state: state[summary.state],
          when: show(summary.publishedAt ?? summary.madeAt ?? summary.createdAt),
        }),
        action: {
          type: "button",
          id: "report-show",
          label: buttons.open,
          value: `${work.body.slug}/${summary.ref}`,
        },
      })),
    });
  blocks.push(
    ...pageFoot(t, work.body.slug, {
      ...{ page, size: PAGE, shown: Math.min(found.length, PAGE), more: found.length > PAGE },
      again: { id: "reports", words: [] },
    }),
  );
  return { text: list.title, lang, blocks };
}
