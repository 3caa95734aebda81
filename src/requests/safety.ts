import { addHours, max, min } from "date-fns";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dateOf } from "./dates.js";
import { blockedBy, saidIn } from "./fields.js";
import type { FieldRow } from "./kinds/row.js";
import { MOST_HOURS, SAFETY } from "./kinds/safety.js";
import type { CoopRequest, Words } from "./model.js";
import { movesOf } from "./store.js";

/**
 * What each side of an operation has answered on the safety of the people (CTOC/COP/WG.7/2012/3 para 23; Protocol 16): nothing
 * is let run without it, and an answer that is not safe stops everything.
 */

export type Answers = { at: Date; said: Words };

/** What both sides answered last, and when it was last started again. Absent: they have answered nothing. */
type Looks = { ours?: Answers; theirs?: Answers; restarted?: Date };

/** Of the side that asks it is what stands in its request until it answers anew. */
async function looksOf(work: UnitOfWork, one: CoopRequest): Promise<Looks> {
  const moves = await movesOf(work, one, ["safety", "restart"]);
  // What the secretariat entered for an agency is that side's, whoever's hand it was.
  const last = (theirs: boolean) =>
    moves.findLast(({ act, agency }) => act === "safety" && (agency.id === one.to?.id) === theirs);
  const [ours, theirs] = [last(false), last(true)];
  const written = one.sentAt && { at: one.sentAt, said: writtenIn(one) };
  return {
    ours: ours ? { at: ours.at, said: ours.words } : written,
    theirs: theirs && { at: theirs.at, said: theirs.words },
    restarted: moves.findLast(({ act }) => act === "restart")?.at,
  };
}

/** What somebody's own side answered last. */
export async function ownAnswers(work: UnitOfWork, one: CoopRequest, agencyId: string): Promise<Answers | undefined> {
  const { ours, theirs } = await looksOf(work, one);
  return agencyId === one.to?.id ? theirs : ours;
}

const writtenIn = ({ content }: Pick<CoopRequest, "content">): Words =>
  Object.fromEntries(SAFETY.map(({ id }) => [id, saidIn(content, id)]).filter(([, said]) => said !== ""));

/** Which answers are not safe; one that is missing is none. */
export const unsafeIn = (said: Words): FieldRow[] => [
  ...SAFETY.filter(({ id }) => !said[id]?.trim()),
  ...blockedBy(SAFETY, (id) => said[id] ?? ""),
];

const HOURS = 6;

/**
 * When safety is looked at again: the fewer hours of what both sides said, since the side looked that has not looked for
 * longer.
 * @param since both have looked by then: it begins to run
 */
export async function nextLook(work: UnitOfWork, one: CoopRequest, since?: Date): Promise<Date> {
  const { ours, theirs, restarted } = await looksOf(work, one);
  const sides = one.to ? [ours, theirs] : [ours];
  const hours = sides.flatMap((answers) => (answers ? [Number(answers.said.s10_hours) || HOURS] : []));
  const looked = sides.map((answers) => max([answers?.at, one.decidedAt, restarted].filter((at) => at !== undefined)));
  return addHours(since ?? min(looked), Math.min(MOST_HOURS, ...hours));
}

/** The order on which it rests ran out. */
export const isOrderOver = (one: CoopRequest, now: Date): boolean => {
  const until = dateOf(one, "order");
  return until !== undefined && until <= now;
};

export type Lack = "ours" | "theirs" | "unsafe" | "refused" | "order";

/**
 * What stands against letting it run: safe answers of both sides, given since it was last stopped and since it came, and no
 * State on the route that refused. What an authority does that is not on Coord is only recorded: it is not asked.
 * @returns each with the name of the side it is about
 */
export async function lacksOf(work: UnitOfWork, one: CoopRequest): Promise<{ lack: Lack; to: string }[]> {
  const since = max([one.stopped?.at, one.receivedAt].filter((at) => at !== undefined));
  const { ours, theirs } = await looksOf(work, one);
  const lacks: { lack: Lack; to: string }[] = [];
  if (!ours || (one.stopped && ours.at <= one.stopped.at)) lacks.push({ lack: "ours", to: one.from.name });
  if (one.to && (!theirs || theirs.at < since || (one.stopped && theirs.at <= one.stopped.at)))
    lacks.push({ lack: "theirs", to: one.to.name });
  for (const answers of [ours, theirs])
    if (answers && unsafeIn(answers.said).length && !lacks.some(({ lack }) => lack === "unsafe"))
      lacks.push({ lack: "unsafe", to: "" });
  for (const { refused, called } of one.others) if (refused) lacks.push({ lack: "refused", to: called });
  if (isOrderOver(one, work.now)) lacks.push({ lack: "order", to: "" });
  return lacks;
}
