import { max, min } from "date-fns";
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

/** What a side answered last; of the side that asks what stands in its request until it answers anew. */
export async function answersOf(work: UnitOfWork, one: CoopRequest, agencyId: string): Promise<Answers | undefined> {
  const last = (await movesOf(work, one, ["safety"])).findLast(
    // What the secretariat entered for an agency is that side's, whoever's hand it was.
    ({ agency }) => (agencyId === one.to?.id ? agency.id === agencyId : agency.id !== one.to?.id),
  );
  if (last) return { at: last.at, said: last.words };
  if (agencyId !== one.from.id || !one.sentAt) return undefined;
  return { at: one.sentAt, said: writtenIn(one) };
}

export const writtenIn = ({ content }: Pick<CoopRequest, "content">): Words =>
  Object.fromEntries(SAFETY.map(({ id }) => [id, saidIn(content, id)]).filter(([, said]) => said !== ""));

/** Which answers are not safe; one that is missing is none. */
export const unsafeIn = (said: Words): FieldRow[] => [
  ...SAFETY.filter(({ id }) => !said[id]?.trim()),
  ...blockedBy(SAFETY, (id) => said[id] ?? ""),
];

const HOURS = 6;

/** After so many hours it is looked at again: the shorter of what both sides said. */
export async function reviewHours(work: UnitOfWork, one: CoopRequest): Promise<number> {
  const sides = [one.from.id, ...(one.to ? [one.to.id] : [])];
  const all = await Promise.all(sides.map((agencyId) => answersOf(work, one, agencyId)));
  return Math.min(MOST_HOURS, ...all.flatMap((answers) => (answers ? [Number(answers.said.s10_hours) || HOURS] : [])));
}

/** When the side that has not looked for longer looked last, since it runs. */
export async function lookedAt(work: UnitOfWork, one: CoopRequest): Promise<Date> {
  const restarted = (await movesOf(work, one, ["restart"])).at(-1)?.at;
  const sides = [one.from.id, ...(one.to ? [one.to.id] : [])];
  const looks = await Promise.all(sides.map((agencyId) => answersOf(work, one, agencyId)));
  const each = looks.map((answers) => max([answers?.at, one.decidedAt, restarted].filter((at) => at !== undefined)));
  return min(each);
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
  const ours = await answersOf(work, one, one.from.id);
  const theirs = one.to && (await answersOf(work, one, one.to.id));
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
