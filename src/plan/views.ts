import type { Action, Block, Button, Fact, ListItem, Message, Text } from "../chat/index.js";
import { pageFoot } from "../command/pages.js";
import type { Reader } from "../delivery/notification.js";
import { followable } from "../documents/word.js";
import { drawn, keepPictures } from "../files/pictures.js";
import { groupBy } from "../lib/group.js";
import { may, mayNeed, mayRaise, mayReport, mayTend, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showDayOf, trueUntil } from "../time/display.js";
import { figuresOfPlan, isOverdue, missedOf, statusOf, WAYS } from "./as-of.js";
import { planChart } from "./chart.js";
import { showDay } from "./days.js";
import { showDecimal } from "./decimal.js";
import { linkedLines, openingOf } from "./links.js";
import {
  answeredSubjectOf,
  type Figure,
  type Indicator,
  type Objective,
  PILLARS,
  type Pillar,
  subjectOf,
} from "./model.js";
import type { Preview } from "./preview.js";
import { endOf, nextDue } from "./rules.js";
import { figuresOf, objectivesOf, objectivesPage, obstaclesOf } from "./store.js";

/** The plan as one reader sees it: all of it, up to the conversation's ceiling; what it is linked to by their rights. */

/** `O-5 · Shelter for all`, or the reference alone above the ceiling. */
export const titled = (objective: Objective, reader: Reader): string =>
  showsWords(objective, reader) ? `${objective.ref} · ${objective.title}` : objective.ref;

const showsWords = (objective: Objective, reader: Reader): boolean =>
  !reader.wordless && within(objective.label, reader.ceiling);

/** The live card: the objective, its indicators, what stands in its way, and the reader's next step. */
export async function cardOf(work: UnitOfWork, objective: Objective, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const words = showsWords(objective, reader);
  const blocks: Block[] = [
    { type: "heading", text: titled(objective, reader) },
    { type: "facts", facts: factsOf(work, objective, reader) },
  ];
  if (words && objective.measure) blocks.push({ type: "text", text: objective.measure });
  if (objective.indicators.length)
    blocks.push({
      type: "list",
      items: objective.indicators.map((one) => indicatorLine(work, objective, one, reader)),
    });
  const open = (await obstaclesOf(work, [objective.id])).filter(({ obstacle }) => !obstacle.resolvedAt);
  if (open.length) blocks.push({ type: "text", text: [{ bold: t.plan.obstacles({ count: open.length }) }] });
  if (open.length && words)
    blocks.push({
      type: "list",
      items: open.slice(-MOST_OBSTACLES).map(({ obstacle }) => ({
        title: [{ bold: `${obstacle.n}. ` }, obstacle.words],
        detail: `${obstacle.agency.name} · ${showDayOf(work, reader, obstacle.at)}`,
        ...(tends(objective, reader)
          ? { action: button(work, "plan-resolve", t.plan.buttons.resolve, `${objective.ref} ${obstacle.n}`) }
          : {}),
      })),
    });
  blocks.push({ type: "actions", actions: nextSteps(work, objective, reader) });
  const text = t.plan.summary({
    what: titled(objective, reader),
    state: t.plan.states[objective.state],
    lead: objective.lead.name,
    due: showDay(work.body, objective.dueOn, lang),
  });
  return { text, lang, blocks, until: untilOf(work, objective, reader) };
}

/** A figure is overdue from the day after it was due. */
const untilOf = (work: UnitOfWork, objective: Objective, { zone }: Reader): Date =>
  trueUntil(
    work.now,
    zone,
    [objective.dueOn, ...objective.indicators.map((one) => nextDue(one, one.last?.period))].map((day) =>
      day === undefined ? undefined : endOf(day, work.body.zone),
    ),
  );

const MOST_OBSTACLES = 5;
const MOST_FIGURES = 6;
const MOST_LINKS = 10;

/** The card with what was told last and what feeds it, for the one who asks. */
export async function detailOf(work: UnitOfWork, objective: Objective, reader: Reader): Promise<Message> {
  const card = await cardOf(work, objective, reader);
  const { t } = reader;
  const blocks = [...card.blocks];
  const part = (title: string, items: ListItem[]) => {
    if (items.length) blocks.push({ type: "text", text: [{ bold: title }] }, { type: "list", items });
  };
  if (showsWords(objective, reader)) part(t.plan.told, await toldLines(work, objective, reader));
  const linked = await linkedLines(work, objective, reader);
  part(t.plan.linked({ count: linked.length }), linked.slice(0, MOST_LINKS));
  if (linked.length > MOST_LINKS)
    blocks.push({ type: "context", text: t.inbox.more({ count: linked.length - MOST_LINKS }) });
  if (objective.indicators.length) blocks.push({ type: "context", text: t.plan.rule });
  return { ...card, blocks };
}

async function toldLines(work: UnitOfWork, objective: Objective, reader: Reader): Promise<ListItem[]> {
  const { t, lang } = reader;
  const indicators = new Map(objective.indicators.map((one) => [one.id, one]));
  const lines: ListItem[] = [];
  for (const { indicatorId, figure } of await figuresOf(work, [...indicators.keys()], MOST_FIGURES)) {
    const indicator = indicators.get(indicatorId);
    if (!indicator) continue;
    const action = figure.evidence === undefined ? undefined : await openingOf(work, figure.evidence, reader);
    const day = showDay(work.body, figure.period, lang);
    lines.push({
      title: [{ bold: `${indicator.ref} ` }, t.plan.figure({ value: amount(figure.value, indicator, reader), day })],
      detail: [
        [figure.agency.name, showDayOf(work, reader, figure.at)].join(" · "),
        ...(figure.words ? [` · ${figure.words}`] : []),
        ...evidenceOf(figure, t.plan.noEvidence),
      ],
      ...(action ? { action } : {}),
    });
  }
  return lines;
}

/** An address is shown by its host, which no words can pass for; a reference as it was written, whatever it names. */
function evidenceOf({ evidence }: Figure, none: string): Exclude<Text, string> {
  const url = followable(evidence);
  return [" · ", url ? { link: url.host, url: url.href } : (evidence ?? none)];
}

function factsOf(work: UnitOfWork, objective: Objective, reader: Reader): Fact[] {
  const { t, lang } = reader;
  const { facts } = t.plan;
  const words = showsWords(objective, reader);
  const days = { from: showDay(work.body, objective.startsOn, lang), until: showDay(work.body, objective.dueOn, lang) };
  return [
    { label: facts.state, value: [{ bold: t.plan.states[objective.state] }] },
    { label: facts.pillar, value: t.plan.pillars[objective.pillar] },
    { label: facts.lead, value: objective.lead.name },
    ...(objective.supporting.length
      ? [{ label: facts.supporting, value: objective.supporting.map(({ name }) => name).join(", ") }]
      : []),
    { label: facts.time, value: t.plan.span(days) },
    ...(words && objective.requirement ? [{ label: facts.requirement, value: objective.requirement }] : []),
    ...(objective.legalReview ? [{ label: facts.measure, value: t.plan.legalReview }] : []),
    { label: facts.label, value: `TLP:${objective.label}` },
  ];
}

function indicatorLine(work: UnitOfWork, objective: Objective, indicator: Indicator, reader: Reader): ListItem {
  const { t, lang } = reader;
  const words = showsWords(objective, reader);
  const due = nextDue(indicator, indicator.last?.period);
  const pursued = objective.state !== "achieved" && objective.state !== "dropped";
  const [tells] = figureSteps(work, indicator, reader);
  return {
    title: [{ bold: indicator.ref }, words ? ` ${indicator.name}` : ` ${reader.t.labels.hidden(objective)}`],
    detail: [
      words ? measureOf(work, indicator, reader) : undefined,
      wayLine(work, objective, indicator, reader),
      pursued && due ? t.plan.next({ day: showDay(work.body, due, lang) }) : undefined,
      indicator.agency.name,
      words ? t.plan.source({ source: indicator.source }) : undefined,
    ]
      .filter(Boolean)
      .join(" · "),
    ...(tells ? { action: { ...tells, style: undefined } } : {}),
  };
}

/** The button that tells a figure, to who answers for it. */
export const figureSteps = (work: UnitOfWork, indicator: Indicator, { t, viewer, person }: Reader): Button[] =>
  person && mayReport(viewer, indicator.agency.id)
    ? [{ ...button(work, "plan-progress", t.plan.buttons.report, indicator.ref), style: "primary", opens: true }]
    : [];

function wayLine(work: UnitOfWork, objective: Objective, indicator: Indicator, { t }: Reader): string {
  const way = t.plan.ways[statusOf(objective, indicator, work.now, work.body.zone)];
  return isOverdue(objective, indicator, work.now, work.body.zone) ? `${way}, ${t.plan.overdue}` : way;
}

/** `34 places (31 Dec 2026), from 10 to 50`. */
export function measureOf(work: UnitOfWork, indicator: Indicator, reader: Pick<Reader, "t" | "lang">): string {
  const { t, lang } = reader;
  const { last } = indicator;
  const way = { from: showDecimal(indicator.baseline, lang), to: amount(indicator.target, indicator, reader) };
  return last
    ? t.plan.come({ value: amount(last.value, indicator, reader), day: showDay(work.body, last.period, lang), ...way })
    : t.plan.notCome(way);
}

export const amount = (value: string, { unit }: Pick<Indicator, "unit">, { lang }: Pick<Reader, "lang">): string =>
  `${showDecimal(value, lang)} ${unit}`;

const button = (work: UnitOfWork, id: string, label: string, value: string): Button => ({
  type: "button",
  id,
  label,
  value: `${work.body.slug}/${value}`,
});

const tends = (objective: Objective, { viewer, person }: Reader): boolean =>
  person !== undefined && mayTend(viewer, subjectOf(objective));

/** A channel has many readers: its card opens each one's own. */
function nextSteps(work: UnitOfWork, objective: Objective, reader: Reader): Action[] {
  const { t, viewer, person } = reader;
  const b = t.plan.buttons;
  const one = (id: string, label: string): Button => button(work, id, label, objective.ref);
  const asks = (id: string, label: string): Button => ({ ...one(id, label), opens: true });
  if (!person) return [one("plan-show", b.show)];
  return [
    ...(mayRaise(viewer, subjectOf(objective)) ? [asks("plan-obstacle", b.obstacle)] : []),
    ...(missedOf(objective, work.now, work.body.zone).length && mayNeed(viewer, answeredSubjectOf(objective))
      ? [asks("plan-need", b.need)]
      : []),
    ...(may(viewer, "task.create") && tends(objective, reader) ? [asks("plan-task", b.task)] : []),
    ...(may(viewer, "plan.write") ? [asks("plan-edit", b.edit), asks("plan-indicator", b.indicator)] : []),
    one("plan-show", b.show),
  ];
}

const PAGE = 10;

/** The plan on a page: the four pillars in figures, then objective by objective. */
export async function planPage(
  work: UnitOfWork,
  o: { pillar?: Pillar; page: number },
  reader: Reader,
): Promise<Message> {
  const { t, lang } = reader;
  const { objectives, total } = await objectivesPage(work, { ...o, size: PAGE });
  const text = o.pillar
    ? t.plan.titleOf({ pillar: t.plan.pillars[o.pillar], count: total })
    : t.plan.title({ count: total });
  const blocks: Block[] = [{ type: "heading", text }];
  if (total === 0) blocks.push({ type: "text", text: t.plan.empty });
  else if (o.page === 1 && !o.pillar) {
    blocks.push({ type: "facts", facts: await pillarFacts(work, reader) });
    const chart = work.site() ? [await drawn(await planChart(work, work.now, lang))] : [];
    for (const picture of await keepPictures(work, work.body.id, chart)) blocks.push({ type: "image", ...picture });
  }
  for (const [pillar, own] of groupBy(objectives, (objective) => objective.pillar)) {
    blocks.push({ type: "text", text: [{ bold: t.plan.pillars[pillar] }] });
    blocks.push({ type: "list", items: own.map((objective) => lineOf(work, objective, reader)) });
  }
  blocks.push(
    ...pageFoot(t, work.body.slug, {
      ...{ page: o.page, size: PAGE, shown: objectives.length, total },
      again: { id: "plan", words: [o.pillar] },
    }),
  );
  if (total > 0) blocks.push({ type: "context", text: t.plan.rule });
  const actions: Action[] = [
    ...(total > 0
      ? [button(work, "plan-who", t.plan.buttons.who, ""), button(work, "plan-file", t.plan.buttons.file, "")]
      : []),
    ...(reader.person && may(reader.viewer, "plan.write")
      ? [{ ...button(work, "plan-add", t.plan.buttons.add, ""), opens: true as const }]
      : []),
  ];
  if (actions.length) blocks.push({ type: "actions", actions });
  return { text, lang, blocks };
}

/** Each pillar that has objectives, in figures. */
export async function pillarFacts(
  work: UnitOfWork,
  { t }: Pick<Reader, "t">,
): Promise<{ label: string; value: string }[]> {
  const all = figuresOfPlan(await objectivesOf(work), work.now, work.body.zone);
  return all
    .filter(({ objectives }) => Object.values(objectives).some((count) => count > 0))
    .map(({ pillar, objectives, indicators, overdue }) => ({
      label: t.plan.pillars[pillar],
      value: [
        ...Object.entries(objectives).map(
          ([state, n]) => [t.plan.states[state as keyof typeof objectives], n] as const,
        ),
        ...WAYS.map((way) => [t.plan.ways[way], indicators[way]] as const),
        [t.plan.overdue, overdue] as const,
      ]
        .filter(([, n]) => n > 0)
        .map(([label, n]) => t.plan.countOf({ label, n }))
        .join(" · "),
    }));
}

export function lineOf(work: UnitOfWork, objective: Objective, reader: Reader): ListItem {
  const { t, lang } = reader;
  const ways = objective.indicators.map((one) => statusOf(objective, one, work.now, work.body.zone));
  const late = objective.indicators.filter((one) => isOverdue(objective, one, work.now, work.body.zone)).length;
  const counts = [
    ...WAYS.map((way) => [t.plan.ways[way], ways.filter((one) => one === way).length] as const),
    [t.plan.overdue, late] as const,
  ].filter(([, n]) => n > 0);
  return {
    title: [
      { bold: objective.ref },
      showsWords(objective, reader) ? ` ${objective.title}` : ` ${reader.t.labels.hidden(objective)}`,
    ],
    detail: [
      t.plan.states[objective.state],
      objective.lead.name,
      t.plan.by({ day: showDay(work.body, objective.dueOn, lang) }),
      ...counts.map(([label, n]) => t.plan.countOf({ label, n })),
    ].join(" · "),
    action: button(work, "plan-show", t.plan.buttons.show, objective.ref),
  };
}

/** Who does what (para 28): pillar by pillar, each agency with what it leads, supports and answers for. */
export async function whoMessage(work: UnitOfWork, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const text = t.plan.whoTitle;
  const blocks: Block[] = [{ type: "heading", text }];
  for (const { pillar, agencies } of whoDoesWhat(await objectivesOf(work)))
    blocks.push(
      { type: "text", text: [{ bold: t.plan.pillars[pillar] }] },
      {
        type: "list",
        items: agencies.map(({ agency, leads, supports, answers }) => ({
          title: [{ bold: agency }],
          detail: [
            leads.length ? t.plan.does.leads({ refs: leads.join(", ") }) : undefined,
            supports.length ? t.plan.does.supports({ refs: supports.join(", ") }) : undefined,
            answers.length ? t.plan.does.answers({ refs: answers.join(", ") }) : undefined,
          ]
            .filter(Boolean)
            .join(" · "),
        })),
      },
    );
  if (blocks.length === 1) blocks.push({ type: "text", text: t.plan.empty });
  return { text, lang, blocks };
}

export type Does = { agency: string; leads: string[]; supports: string[]; answers: string[] };

/** Agencies by name; what was dropped is nobody's any more. */
export function whoDoesWhat(objectives: readonly Objective[]): { pillar: Pillar; agencies: Does[] }[] {
  return PILLARS.flatMap((pillar) => {
    const found = new Map<string, Does>();
    const of = ({ name }: { name: string }): Does => {
      const does = found.get(name) ?? { agency: name, leads: [], supports: [], answers: [] };
      found.set(name, does);
      return does;
    };
    for (const objective of objectives) {
      if (objective.pillar !== pillar || objective.state === "dropped") continue;
      of(objective.lead).leads.push(objective.ref);
      for (const agency of objective.supporting) of(agency).supports.push(objective.ref);
      for (const indicator of objective.indicators) of(indicator.agency).answers.push(indicator.ref);
    }
    const agencies = [...found.values()].sort((a, b) => a.agency.localeCompare(b.agency));
    return agencies.length ? [{ pillar, agencies }] : [];
  });
}

/** What an import would bring; a button takes it in. */
export function previewMessage(work: UnitOfWork, draft: string, preview: Preview, reader: Reader): Message {
  const { t, lang } = reader;
  const text = t.plan.preview({ objectives: preview.objectives, indicators: preview.indicators });
  return {
    text,
    lang,
    blocks: [
      { type: "text", text },
      {
        type: "facts",
        facts: preview.pillars.map(({ pillar, objectives }) => ({
          label: t.plan.pillars[pillar],
          value: String(objectives),
        })),
      },
      {
        type: "actions",
        actions: [{ ...button(work, "plan-take", t.plan.buttons.take, draft), style: "primary" }],
      },
    ],
  };
}
