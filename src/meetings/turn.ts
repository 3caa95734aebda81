import { addDays } from "date-fns";
import { sql } from "kysely";
import type { Reader } from "../delivery/notification.js";
import { groupBy } from "../lib/group.js";
import { meetingsSeenBy } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { idsOf, isGone } from "../turns/mine.js";
import { type Mine, mostOf, type Turn, type Turns, type Waiting, waitingIn } from "../turns/turn.js";
import {
  type Invitee,
  invitedTo,
  isMissed,
  type Meeting,
  type Occurrence,
  officersOf,
  rsvpTo,
  saidFor,
  takesPart,
} from "./model.js";
import { silentIn } from "./poll-results.js";
import { deedSteps } from "./steps.js";
import { meetingsOf, occurrenceOf } from "./store.js";
import { lineOf } from "./views.js";

/** Of a series that nobody keeps, so many that were not started are shown; the others follow as these are settled. */
const MOST_MISSED = 50;
/** Meetings are shown a week ahead. */
const AHEAD_DAYS = 7;

/** What stands in the record of an occurrence that asks somebody to act. */
export type Pending = {
  /** It is the next to come: of a series one answer is asked at a time. */
  next: boolean;
  /** Items that came after the agenda closed and wait for the chair's leave. */
  late: boolean;
  /** Corrections of the minutes that are neither taken nor refused. */
  corrections: boolean;
  /** Invitees recorded as present. */
  present: ReadonlySet<string>;
};

type Officers = Pick<Turn, "persons" | "agencies" | "coordinator">;

/** Who runs it, as long as they are there; else the secretariat, but for RED. */
function officers(meeting: Meeting): Officers {
  const here = officersOf(meeting).filter(takesPart);
  return { persons: here.map(({ id }) => id), agencies: [], ...(here.length ? {} : { coordinator: true as const }) };
}

/** Whose turn it is with a poll: each agency's that has not voted; then theirs who run it, and the clock's. */
export function whoseTurnOfPoll(meeting: Meeting, notVoted: readonly Invitee[]): Turns {
  if (meeting.state !== "polling") return "over";
  // After the votes have ended its owner picks a date, whoever did not vote.
  if (notVoted.length === 0 || !meeting.pollUntil)
    return [sealed(meeting, { deed: "pick", by: meeting.pollUntil, ...officers(meeting) })];
  return [sealed(meeting, { deed: "vote", by: meeting.pollUntil, ...asked(notVoted) })];
}

/** Whose turn it is with one occurrence. */
export function whoseTurn(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence, pending: Pending): Turns {
  if (meeting.state === "cancelled") return "over";
  const turns = turnsIn(work, meeting, occurrence, pending);
  return typeof turns === "string" ? turns : turns.map((turn) => sealed(meeting, turn));
}

const sealed = (meeting: Meeting, turn: Turn): Turn =>
  meeting.label === "RED" ? { ...turn, own: true, coordinator: undefined } : turn;

function turnsIn(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence, pending: Pending): Turns {
  const { now } = work;
  switch (occurrence.state) {
    case "scheduled": {
      // Whether it was held is for them to say, however long it takes.
      if (occurrence.startsAt <= now)
        return [{ deed: isMissed(occurrence, now) ? "held" : "start", by: occurrence.startsAt, ...officers(meeting) }];
      const turns: Turn[] = [];
      const silent = pending.next ? unanswered(meeting, occurrence) : [];
      if (silent.length) turns.push({ deed: "attend", by: occurrence.startsAt, ...asked(silent) });
      if (pending.late) turns.push({ deed: "admit", by: occurrence.startsAt, ...officers(meeting) });
      return turns.length ? turns : "waits";
    }
    case "running":
      return [{ deed: "end", by: occurrence.endsAt, ...officers(meeting) }];
    case "ended":
      return minutes(work, meeting, occurrence, pending);
    case "cancelled":
      return "over";
  }
}

function minutes(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence, pending: Pending): Turns {
  const { minutesState, correctBy } = occurrence;
  switch (minutesState) {
    case "draft":
      return [{ deed: "circulate", ...officers(meeting) }];
    case "circulated": {
      if (pending.corrections) return [{ deed: "settle", by: correctBy, ...officers(meeting) }];
      if (correctBy && correctBy > work.now) {
        const there = invitedTo(meeting, occurrence.n).filter(({ id }) => pending.present.has(id));
        return [{ deed: "correct", by: correctBy, ...asked(there), own: true }];
      }
      return [{ deed: "approve", by: correctBy, ...officers(meeting) }];
    }
    case "none":
    case "approved":
      return "over";
  }
}

/** Agencies of which nobody has said whether they come: one answer an agency is enough. */
function unanswered(meeting: Meeting, occurrence: Occurrence): Invitee[] {
  const { n } = occurrence;
  return invitedTo(meeting, n).filter(({ agency }) => saidFor(meeting, n, agency.id).length === 0);
}

/** The persons asked; an agency that has nobody here, or whose person has left, is asked itself. */
function asked(invitees: readonly Invitee[]): Pick<Turn, "persons" | "agencies"> {
  const here = invitees.filter(({ person }) => person && takesPart(person));
  const by = new Set(here.map(({ agency }) => agency.id));
  return {
    persons: here.flatMap(({ person }) => (person ? [person.id] : [])),
    agencies: [...new Set(invitees.map(({ agency }) => agency.id))].filter((id) => !by.has(id)),
  };
}

/** What a person is asked to, or runs: what waits for them there, and what they come to within a week. */
export async function meetingsWaiting(
  work: UnitOfWork,
  mine: Mine,
  reader: Reader,
): Promise<{ waiting: Waiting[]; ahead: { meeting: Meeting; occurrence: Occurrence }[] }> {
  const meetings = await concerning(work, mine, reader);
  const occurrences = await occurrencesAbout(work, meetings);
  const pending = await pendingIn(work, occurrences);
  const silent = await silentIn(
    work,
    meetings.filter(({ state }) => state === "polling"),
  );
  const waiting: Waiting[] = [];
  const ahead: { meeting: Meeting; occurrence: Occurrence }[] = [];
  for (const meeting of meetings) {
    const draw =
      (occurrence?: Occurrence) =>
      ({ deed }: Turn) => ({
        ...lineOf(work, meeting, occurrence, reader),
        steps: deedSteps(work, meeting, occurrence?.ref ?? meeting.ref, deed, reader),
      });
    if (meeting.state === "polling") {
      waiting.push(...waitingIn(whoseTurnOfPoll(meeting, silent(meeting)), mine, reader, draw()));
      continue;
    }
    const own = occurrences.get(meeting.id) ?? [];
    const next = own.find(({ state, startsAt }) => state === "scheduled" && startsAt > work.now);
    for (const occurrence of own) {
      const turns = whoseTurn(work, meeting, occurrence, { ...pending(occurrence.id), next: occurrence === next });
      const found = waitingIn(turns, mine, reader, draw(occurrence));
      waiting.push(...found);
      if (found.length === 0 && isAhead(work, mine, meeting, occurrence)) ahead.push({ meeting, occurrence });
    }
  }
  ahead.sort((a, b) => a.occurrence.startsAt.getTime() - b.occurrence.startsAt.getTime());
  return { waiting, ahead };
}

/** They are asked to it, have not said no, and it is within a week or now. */
function isAhead(work: UnitOfWork, mine: Mine, meeting: Meeting, occurrence: Occurrence): boolean {
  if (occurrence.state !== "scheduled" && occurrence.state !== "running") return false;
  if (occurrence.startsAt > addDays(work.now, AHEAD_DAYS) || occurrence.endsAt <= work.now) return false;
  return invitedTo(meeting, occurrence.n).some((one) => {
    const theirs = one.person
      ? one.person.id === mine.id || mine.away.has(one.person.id)
      : mine.speaks && one.agency.id === mine.agencyId;
    const said = rsvpTo(one, occurrence.n)?.answer;
    return theirs && said !== "no" && said !== "deputy";
  });
}

/** Meetings that they, or those for whom they stand in, are asked to or run, and in which something is still to come. */
async function concerning(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Meeting[]> {
  const ids = idsOf(mine);
  const ours = sql`${mine.agencyId}::uuid`;
  const ways = [
    sql`select meeting_id from invitees where person_id in (${ids}) and left_at is null`,
    sql`select id from meetings where organizer_id in (${ids})`,
    sql`select id from meetings where chair_id in (${ids})`,
    sql`select id from meetings where secretary_id in (${ids})`,
  ];
  if (mine.speaks)
    ways.push(
      sql`select meeting_id from invitees i where i.agency_id = ${ours} and i.left_at is null
        and ${isGone("i.person_id", mine.agencyId)}`,
    );
  // Of a meeting whose officers have all left the secretariat takes care.
  if (mine.coordinator)
    ways.push(sql`select m.id from meetings m where m.state <> 'cancelled' and m.label <> 'RED' and not exists (
      select from roles r where r.person_id in (m.organizer_id, m.chair_id, m.secretary_id))`);
  const rows = await work.tx
    .selectFrom("meetings")
    .selectAll()
    .where(meetingsSeenBy(reader.viewer))
    .where("state", "!=", "cancelled")
    .where("meetings.id", "in", sql<string>`(${sql.join(ways, sql` union `)})`)
    .where((eb) =>
      eb.or([
        eb("state", "=", "polling"),
        eb.exists(
          eb
            .selectFrom("occurrences")
            .select("occurrences.id")
            .whereRef("occurrences.meeting_id", "=", "meetings.id")
            .where(toCome),
        ),
      ]),
    )
    .orderBy("number")
    .limit(mostOf(mine))
    .execute();
  return meetingsOf(work, rows);
}

/** What is still to be held, answered, ended, circulated or approved; each has an index of its own. */
const toCome = sql<boolean>`(
  occurrences.state in ('scheduled', 'running')
  or occurrences.state = 'ended' and occurrences.minutes_state in ('draft', 'circulated'))`;

/** Of each meeting what is still to be dealt with, this week's, and the next one however far it is. */
async function occurrencesAbout(work: UnitOfWork, meetings: readonly Meeting[]): Promise<Map<string, Occurrence[]>> {
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  if (byId.size === 0) return new Map();
  const near = work.tx
    .selectFrom("occurrences")
    .selectAll()
    .select(
      sql<number>`row_number() over (
        partition by meeting_id, state = 'scheduled' and starts_at > ${work.now} order by starts_at)`.as("next"),
    )
    .select(
      sql<number>`row_number() over (
        partition by meeting_id, state = 'scheduled' and ends_at <= ${work.now} order by starts_at desc)`.as("missed"),
    )
    .where("meeting_id", "in", [...byId.keys()])
    .where(toCome);
  const rows = await work.tx
    .selectFrom(near.as("near"))
    .selectAll()
    .where((eb) =>
      eb.or([
        eb("state", "!=", "scheduled"),
        eb.and([eb("ends_at", "<=", work.now), eb("missed", "<=", MOST_MISSED)]),
        eb.and([eb("ends_at", ">", work.now), eb("starts_at", "<=", addDays(work.now, AHEAD_DAYS))]),
        eb.and([eb("starts_at", ">", work.now), eb("next", "=", 1)]),
      ]),
    )
    .orderBy("starts_at")
    .execute();
  const found: [string, Occurrence][] = [];
  for (const row of rows) {
    const meeting = byId.get(row.meeting_id);
    if (meeting) found.push([meeting.id, await occurrenceOf(work, meeting, row)]);
  }
  return new Map([...groupBy(found, ([id]) => id)].map(([id, own]) => [id, own.map(([, occurrence]) => occurrence)]));
}

/** Read for all of them at once. */
async function pendingIn(
  work: UnitOfWork,
  occurrences: ReadonlyMap<string, readonly Occurrence[]>,
): Promise<(id: string) => Omit<Pending, "next">> {
  const ids = [...occurrences.values()].flat().map(({ id }) => id);
  const none = { late: false, corrections: false, present: new Set<string>() };
  if (ids.length === 0) return () => none;
  const { rows } = await sql<{ id: string; late: boolean; corrections: boolean; present: string[] | null }>`
    select o.id,
      exists (select from agenda_items a where a.occurrence_id = o.id and a.state = 'late') as late,
      exists (select from corrections c where c.occurrence_id = o.id and c.state = 'open') as corrections,
      (select array_agg(x.invitee_id) from attendance x where x.occurrence_id = o.id and x.present) as present
    from occurrences o where o.id in (${sql.join(ids)})`.execute(work.tx);
  const found = new Map(
    rows.map(({ id, late, corrections, present }) => [id, { late, corrections, present: new Set(present ?? []) }]),
  );
  return (id) => found.get(id) ?? none;
}
