import { tz } from "@date-fns/tz";
import { addDays, isSameDay } from "date-fns";
import type { Action, Block, ListItem, Message } from "../chat/index.js";
import { pageFoot, pageOf } from "../command/pages.js";
import type { Reader } from "../delivery/notification.js";
import type { Messages } from "../i18n/index.js";
import { everyPart } from "../items/define.js";
import type { Person } from "../people/model.js";
import { setupBlocks } from "../people/setup-checklist.js";
import { allBodies, undecided } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt, showDayOf } from "../time/display.js";
import type { Deed } from "./deeds.js";
import { mineOf } from "./mine.js";
import { type Mine, MOST_WAITING, type Waiting } from "./turn.js";

/** How many lines of each part fit on one screen. */
const LINES = 8;

/** What is on somebody, what they come to, and what they wait for, in the order in which it is read. */
export const PARTS = [
  "overdue",
  "today",
  "week",
  "answer",
  "meetings",
  "toDecide",
  "toClose",
  "later",
  "waiting",
] as const;
export type InboxPart = (typeof PARTS)[number];
type Part = InboxPart;
export type Inbox = Record<Part, ListItem[]>;

/** Everything that waits for somebody, of every kind, whether it is theirs, their agency's or an absent colleague's. */
export async function inboxOf(work: UnitOfWork, person: Person, reader: Reader): Promise<Inbox> {
  const mine = await mineOf(work, person, reader.viewer);
  const inbox = Object.fromEntries(PARTS.map((part) => [part, [] as ListItem[]])) as Inbox;
  const { waiting, ahead } = await waitingFor(work, mine, reader);
  for (const one of waiting) inbox[partOf(one, work.now, reader.zone)].push(one.line);
  inbox.meetings.push(...ahead.map(({ line }) => line));
  for (const { awaited } of everyPart()) inbox.waiting.push(...((await awaited?.(work, person, reader)) ?? []));
  return inbox;
}

/** Everything that waits, in one list, the soonest first: what is late stands before the rest. */
export const linesWaiting = async (work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> =>
  (await waitingFor(work, mine, reader)).waiting;

async function waitingFor(work: UnitOfWork, mine: Mine, reader: Reader) {
  const all: Waiting[] = [];
  for (const { waiting } of everyPart()) all.push(...((await waiting?.(work, mine, reader)) ?? []));
  return { waiting: all.filter((one) => !one.ahead).sort(bySoonest), ahead: all.filter(({ ahead }) => ahead) };
}

export const isClear = (inbox: Inbox): boolean => PARTS.every((part) => inbox[part].length === 0);

/** What has a part of its own as long as it is not late. */
const OWN_PART: Partial<Record<Deed, Part>> = {
  hand: "toDecide",
  close: "toClose",
  attend: "meetings",
  vote: "meetings",
  date: "answer",
};
/** Work, which is done by its date; all else without one waits for an answer. */
const WORK: ReadonlySet<Deed> = new Set(["accept", "do", "help"]);

/** Late work stands before everything else, whatever it is. */
function partOf({ deed, by }: Waiting, now: Date, zone: string): Part {
  if (by && by < now) return "overdue";
  const own = OWN_PART[deed];
  if (own) return own;
  if (!by) return WORK.has(deed) ? "later" : "answer";
  if (isSameDay(by, now, { in: tz(zone) })) return "today";
  return by > addDays(now, 7) ? "later" : "week";
}

const bySoonest = (a: Waiting, b: Waiting): number =>
  (a.by?.getTime() ?? Number.POSITIVE_INFINITY) - (b.by?.getTime() ?? Number.POSITIVE_INFINITY) || 0;

/**
 * One word, one screen: what is on somebody, by when, and what they wait for.
 * @param bodies by id, all that the person takes part in: what waits in the others is a press away
 */
export async function inboxMessage(
  work: UnitOfWork,
  person: Person,
  reader: Reader,
  bodies: readonly string[],
): Promise<Message> {
  const message = drawn(work, person, reader, await inboxOf(work, person, reader));
  const [heading, ...others] = message.blocks;
  const setup = await setupBlocks(work, person, reader);
  // What is still to be set up says it with buttons.
  const undecidedThere = setup.length ? [] : await whereNobodyDecides(work, reader);
  const elsewhere = await otherBodies(work, reader, bodies);
  return {
    ...message,
    blocks: [...(heading ? [heading] : []), ...setup, ...others, ...undecidedThere, ...elsewhere],
  };
}

/** An inbox is one body's. */
async function otherBodies(work: UnitOfWork, { t }: Reader, bodies: readonly string[]): Promise<Block[]> {
  const others = (await allBodies(work.tx)).filter(({ id }) => id !== work.body.id && bodies.includes(id));
  if (others.length === 0) return [];
  const actions = others.map(
    ({ name, slug }): Action => ({ type: "button", id: "inbox", label: name.slice(0, 75), value: `${slug}/` }),
  );
  return [
    { type: "text", text: t.inbox.others },
    { type: "actions", actions },
  ];
}

/** The secretariat acts where nobody decides, so it is told where that is. */
async function whereNobodyDecides(work: UnitOfWork, { viewer, t }: Reader): Promise<Block[]> {
  if (viewer.onBehalf || !viewer.roles.includes("coordinator")) return [];
  const handles = await undecided(work.tx);
  const [first] = handles;
  const agencies = handles.map((handle) => `@${handle}`).join(", ");
  return first ? [{ type: "context", text: t.turns.undecided({ agencies, first }) }] : [];
}

const againIn = (part: Part) => ({ id: "inbox", words: [`part:${part}`] });

/** One part of it, a page at a time. */
export async function inboxPart(
  work: UnitOfWork,
  person: Person,
  reader: Reader,
  { part, page }: { part: Part; page: number },
): Promise<Message> {
  const { t, lang } = reader;
  const all = (await inboxOf(work, person, reader))[part];
  const { items, part: shown } = pageOf(all, page, LINES);
  const text = `${titlesOf(work, person, reader)[part]} (${all.length})`;
  return {
    ...{ text, lang },
    blocks: [
      { type: "heading", text },
      items.length
        ? { type: "list", items: items.map(({ steps: _, ...line }) => line) }
        : { type: "text", text: t.inbox.clear },
      ...pageFoot(t, work.body.slug, { ...shown, again: againIn(part), hidden: cutOf(t, all.length) }),
    ],
  };
}

/** Of a kind no more are read: there may be others, which its own list shows. */
const cutOf = (t: Messages, lines: number) =>
  lines >= MOST_WAITING ? { says: t.inbox.first({ most: MOST_WAITING }) } : undefined;

function titlesOf(work: UnitOfWork, person: Person, reader: Reader): Record<Part, string> {
  const { t } = reader;
  const until = showDayOf(work, reader, addDays(work.now, 7));
  return {
    ...t.inbox,
    today: t.inbox.today({ day: showDayOf(work, reader, work.now) }),
    week: t.inbox.week({ until }),
    meetings: t.inbox.meetings({ until }),
    toDecide: t.inbox.toDecide({ agency: person.agency.name }),
  };
}

/** @param steps each line carries the buttons of what it asks */
export function drawn(work: UnitOfWork, person: Person, reader: Reader, inbox: Inbox, steps?: "steps"): Message {
  const { t, lang } = reader;
  const titles = titlesOf(work, person, reader);
  const blocks: Block[] = [{ type: "heading", text: t.inbox.title({ name: person.name }) }];
  for (const part of PARTS) {
    const lines = inbox[part];
    if (lines.length === 0) continue;
    blocks.push({ type: "text", text: [{ bold: `${titles[part]} (${lines.length})` }] });
    const items = lines.slice(0, LINES);
    blocks.push({ type: "list", items: steps ? items : items.map(({ steps: _, ...line }) => line) });
    blocks.push(
      ...pageFoot(t, work.body.slug, {
        ...pageOf(lines, 1, LINES).part,
        again: againIn(part),
        hidden: cutOf(t, lines.length),
      }),
    );
  }
  if (blocks.length === 1)
    blocks.push({ type: "text", text: person.several ? t.inbox.clearIn({ body: work.body.name }) : t.inbox.clear });
  blocks.push({
    type: "actions",
    actions: [{ type: "button", id: "task", label: t.tasks.buttons.newTask, value: `${work.body.slug}/`, opens: true }],
  });
  blocks.push({
    type: "context",
    text: t.inbox.foot({ body: work.body.name, now: showAt(work, reader, work.now) }),
  });
  return { text: t.inbox.title({ name: person.name }), lang, blocks };
}
