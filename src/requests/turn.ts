import { sql } from "kysely";
import type { Reader } from "../delivery/notification.js";
import { DUTY_KINDS, DUTY_WATCHES, requestsKnownTo, sightOfRequest } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Deed } from "../turns/deeds.js";
import { idsOf } from "../turns/mine.js";
import { type Mine, mostOf, type Turn, type Turns, type Waiting, waitingIn, withPerson } from "../turns/turn.js";
import { dateOf, isLasting } from "./dates.js";
import { type CoopRequest, isRed, UNDER_WAY } from "./model.js";
import { requestsOf } from "./store.js";
import { lineOf, quickSteps } from "./views.js";

/**
 * Whose turn it is with a request: it follows from its state and from what stands open. Where the authority that is asked is
 * not on Coord, the side that asks sees to it that what happens there is recorded.
 */
export function whoseTurn(one: CoopRequest, now: Date): Turns {
  const main = mainTurn(one);
  if (main === "over") return "over";
  const paper: Turn[] = one.flags.includes("owes_paper") ? [{ deed: "paper", by: one.paperDueAt, ...asking(one) }] : [];
  const report: Turn[] = one.flags.includes("owes_report")
    ? [{ deed: "report", by: one.reportDueAt, ...asking(one) }]
    : [];
  const owed = [...report, ...paper];
  // A team, a channel, a permission goes on until its last day.
  if (isLasting(one, now)) return owed.length ? owed : "waits";
  const turns = [...owed, main];
  // At night too somebody is there; what must be approved waits for the focal point.
  return DUTY_KINDS.includes(one.kind)
    ? turns.map((turn) => (FOCAL.includes(turn.deed) ? turn : { ...turn, duty: true }))
    : turns;
}

const FOCAL: readonly Deed[] = ["sign"];

type Whose = Pick<Turn, "persons" | "agencies" | "own">;

/** Of RED the persons named, under their own name. */
const only = (persons: readonly string[]): Whose => ({ persons, agencies: [], own: true });

/** Of one that is RED, whom a side has named for it, but for who drafted it. */
const officersOf = ({ officers, drafter }: CoopRequest, agencyId: string): string[] =>
  officers.flatMap(({ id, agencyId: own }) => (own === agencyId && id !== drafter.id ? [id] : []));

/** Who drafted it; where they have left, the agency that asks. */
const asking = ({ drafter, from, subject, label }: CoopRequest): Whose =>
  label === "RED"
    ? { persons: [drafter.id], agencies: [], own: true }
    : subject.entered
      ? { persons: [drafter.id], agencies: [] }
      : withPerson(drafter, from);

/** Whom the other side has named, else that side; not on Coord: who asked records what comes. */
function asked(one: CoopRequest): Whose {
  const { to } = one;
  if (to && isRed(one)) return one.executor ? only([one.executor.id]) : only(officersOf(one, to.id));
  if (!one.to) return asking(one);
  return one.executor ? withPerson(one.executor, one.to) : { persons: [], agencies: [one.to.id] };
}

function mainTurn(one: CoopRequest): Turn | "over" {
  const { state, flags, to } = one;
  // Where no clock runs it is by the day that was fixed.
  const by = one.dueAt ?? (state === "agreed" ? (dateOf(one, "hearing") ?? dateOf(one, "surrender")) : undefined);
  const them = { by, ...asked(one) };
  const approving = isRed(one) ? only(officersOf(one, one.from.id)) : { persons: [], agencies: [one.from.id] };
  // Whoever is there says that the people are safe, or that it ends.
  if (one.stopped && UNDER_WAY.includes(state)) {
    const there = asked(one);
    const here = asking(one);
    const persons = [...here.persons, ...there.persons];
    const agencies = [...new Set([...here.agencies, one.from.id, ...there.agencies])];
    return { deed: "safety", persons, agencies, duty: true };
  }
  switch (state) {
    case "draft":
      return { deed: "draft", ...asking(one) };
    case "ready":
      return { deed: "sign", ...approving };
    case "approved":
      return { deed: "dispatch", ...asking(one) };
    case "sent":
      if (!to) return { deed: "record", ...them };
      return isRed(one)
        ? { deed: "acknowledge", ...them }
        : { deed: "acknowledge", by, persons: [], agencies: [to.id] };
    case "received":
    case "agreed":
      if (flags.includes("info_wanted")) return { deed: "reply", ...asking(one) };
      if (flags.includes("conditions_offered")) return { deed: "conditions", ...approving };
      if (!to) return { deed: "record", ...them };
      if (flags.includes("postponed")) return { deed: "resume", ...them, by: one.postponedUntil };
      return { deed: state === "received" ? "decide" : "execute", ...them };
    case "answered":
    case "refused":
      return { deed: "conclude", ...asking(one) };
    case "closed":
    case "withdrawn":
      return "over";
  }
}

const OPEN = ["draft", "ready", "approved", "sent", "received", "agreed", "answered", "refused"] as const;

export async function requestsWaiting(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> {
  const ids = idsOf(mine);
  const ours = sql`${mine.agencyId}::uuid`;
  const open = sql`state in (${sql.join(OPEN)})`;
  const agencys = sql`(${mine.speaks} or ${mine.duty ? sql`kind in (${sql.join(DUTY_WATCHES)})` : sql`false`})`;
  // Each way to one by an index of its own; whether it is really theirs is for `whoseTurn` to say.
  const rows = await work.tx
    .selectFrom("requests")
    .selectAll()
    .where(requestsKnownTo(reader.viewer))
    .where(
      sql<boolean>`requests.id in (
        select id from requests where from_agency_id = ${ours} and ${open}
          and (${agencys} or drafter_id in (${ids}))
        union select id from requests where to_agency_id = ${ours} and ${open} and (${agencys} or executor_id in (${ids}))
        union select id from requests where label = 'RED' and officers && array[${ids}]::uuid[] and ${open}
        union select id from requests where entered and drafter_id in (${ids}) and ${open})`,
    )
    .orderBy("due_at", (o) => o.asc().nullsLast())
    .orderBy("number")
    .limit(mostOf(mine))
    .execute();
  return (await requestsOf(work, rows)).flatMap((one) =>
    sightOfRequest(reader.viewer, one.subject) === "none"
      ? []
      : waitingIn(whoseTurn(one, work.now), mine, reader, () => ({
          ...lineOf(work, one, reader),
          steps: quickSteps(work, one, reader),
        })),
  );
}
