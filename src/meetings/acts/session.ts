import { randomUUID } from "node:crypto";
import { addMilliseconds, subMinutes } from "date-fns";
import { sql } from "kysely";
import { record } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { refuse } from "../../lib/refusal.js";
import type { Person } from "../../people/model.js";
import { type Label, mayMeeting, strictest } from "../../policy/index.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { keepWords } from "../../store/words.js";
import { itemAt } from "../agenda.js";
import { scheduleOccurrence } from "../escalation.js";
import { checkMeeting } from "../find.js";
import { isMissed, type Meeting, type Occurrence, occurrenceItem } from "../model.js";
import * as notifying from "../notify.js";
import { type Decision, decisionsOf, presentIds, quorumNow, recordOf, reloadHeld, type Votes } from "../record.js";
import { isQuorate } from "../rules.js";
import { type Held, heldById } from "../store.js";
import { bump, extend, happened } from "./calling.js";
import { presumeAnswer } from "./write-rsvp.js";

/** What happens while people sit together: start, who is there, what is said and decided, end. */

/** A meeting can be started so long before its time. */
const EARLY_MINUTES = 60;

export async function start(c: Context, { meeting, occurrence }: Held): Promise<Held> {
  const { work } = c;
  checkMeeting(c, "run", meeting);
  if (occurrence.state === "running") refuse((t) => t.errors.meetingStarted({ ref: occurrence.ref }));
  if (meeting.state === "cancelled" || occurrence.state === "cancelled")
    refuse((t) => t.errors.meetingCancelled({ ref: occurrence.ref }));
  if (occurrence.state === "ended") refuse((t) => t.errors.meetingEnded({ ref: occurrence.ref }));
  if (work.now < subMinutes(occurrence.startsAt, EARLY_MINUTES))
    refuse((t) => t.errors.tooEarly({ ref: occurrence.ref, minutes: EARLY_MINUTES }));
  const other = await runningOf(work, meeting);
  if (other) refuse((t) => t.errors.meetingRuns({ ref: meeting.ref }));
  const by = c.person.id;
  await work.tx
    .updateTable("occurrences")
    .set({
      state: "running",
      started_at: startOf(occurrence, work.now),
      started_by: by,
      ladder: occurrence.scheduleVersion + 1,
      version: occurrence.version + 1,
    })
    .where("id", "=", occurrence.id)
    .execute();
  // Whoever opens it is there.
  await markPresent(c, occurrence, await seatFor(work, meeting, c.person), true);
  const changed = await bump(work, meeting, {}, "quietly");
  const held = await reloadHeld(work, occurrence.id);
  await scheduleOccurrence(work, changed, held.occurrence);
  await extend(work, changed);
  await happened(c, changed, "meeting.started", {}, held.occurrence);
  if (!wasHeldBefore(held.occurrence)) await notifying.begun(work, changed, held.occurrence, c.person);
  return held;
}

/**
 * Of one that was held without Coord the record is written afterwards: it began when it was to begin. One that is opened
 * at that very instant began a millisecond later, so that the two are told apart.
 */
function startOf(occurrence: Occurrence, now: Date): Date {
  if (isMissed(occurrence, now)) return occurrence.startsAt;
  return now.getTime() === occurrence.startsAt.getTime() ? addMilliseconds(now, 1) : now;
}

/** It was opened when its time was over. */
export const wasHeldBefore = ({ startedAt, startsAt }: Occurrence): boolean =>
  startedAt?.getTime() === startsAt.getTime();

async function runningOf(work: UnitOfWork, meeting: Meeting): Promise<string | undefined> {
  const row = await work.tx
    .selectFrom("occurrences")
    .select("id")
    .where("meeting_id", "=", meeting.id)
    .where("state", "=", "running")
    .executeTakeFirst();
  return row?.id;
}

/** The meetings that run now in which this person is recorded as present. */
export async function sitsIn(c: Context): Promise<Held[]> {
  const rows = await c.work.tx
    .selectFrom("occurrences")
    .innerJoin("attendance", "attendance.occurrence_id", "occurrences.id")
    .innerJoin("invitees", "invitees.id", "attendance.invitee_id")
    .select("occurrences.id")
    .where("occurrences.state", "=", "running")
    .where("attendance.present", "=", true)
    .where("invitees.person_id", "=", c.person.id)
    .execute();
  const held = await Promise.all(rows.map(({ id }) => heldById(c.work, id)));
  return held.filter((one) => one !== undefined);
}

/** The one in which they sit, else the one that runs and is theirs to run. */
export async function runningFor(c: Context): Promise<Held | undefined> {
  const sits = await sitsIn(c);
  if (sits.length) return sits.length === 1 ? sits[0] : undefined;
  const rows = await c.work.tx.selectFrom("occurrences").select("id").where("state", "=", "running").execute();
  const held = await Promise.all(rows.map(({ id }) => heldById(c.work, id)));
  const runs = held.filter((one) => one && mayMeeting(c.viewer, "run", one.meeting.subject) === undefined);
  return runs.length === 1 ? runs[0] : undefined;
}

async function seatFor(work: UnitOfWork, meeting: Meeting, person: Person): Promise<string> {
  const own = meeting.invitees.find((invitee) => invitee.person?.id === person.id);
  if (own) return own.id;
  const row = await work.tx
    .insertInto("invitees")
    .values({
      id: randomUUID(),
      meeting_id: meeting.id,
      agency_id: person.agencyId,
      person_id: person.id,
      guest: true,
      added_at: work.now,
    })
    // Who spoke for the agency before and walks in is a guest like others.
    .onConflict((o) =>
      o.columns(["meeting_id", "agency_id", "person_id"]).doUpdateSet({
        guest: sql<boolean>`invitees.guest or invitees.left_at is not null`,
        for_agency: sql<boolean>`invitees.for_agency and invitees.left_at is null`,
        left_at: null,
      }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

async function markPresent(c: Context, occurrence: Occurrence, inviteeId: string, present: boolean): Promise<void> {
  const row = { present, by: c.person.id, at: c.work.now };
  await c.work.tx
    .insertInto("attendance")
    .values({ occurrence_id: occurrence.id, invitee_id: inviteeId, ...row })
    .onConflict((o) => o.columns(["occurrence_id", "invitee_id"]).doUpdateSet(row))
    .execute();
  if (!present) return;
  // Read again: the seat of who walks in has just been made.
  const { guest } = await c.work.tx
    .selectFrom("invitees")
    .select("guest")
    .where("id", "=", inviteeId)
    .executeTakeFirstOrThrow();
  // A guest who came was asked to this occurrence from then on.
  if (guest) await presumeAnswer(c.work, inviteeId, occurrence.n, { answer: "yes", by: row.by });
}

/** "I am here", by button. */
export async function hereAmI(c: Context, { meeting, occurrence }: Held): Promise<Held> {
  checkMeeting(c, "answer", meeting);
  mustRun(occurrence);
  await markPresent(c, occurrence, await seatFor(c.work, meeting, c.person), true);
  const changed = await bump(c.work, meeting, {}, "quietly");
  await happened(c, changed, "meeting.present", { agency: c.person.agency.handle }, occurrence);
  return reloadHeld(c.work, occurrence.id);
}

/** The whole list by who runs it: those named are there, the others are not. */
export async function setAttendance(
  c: Context,
  { meeting, occurrence }: Held,
  inviteeIds: readonly string[],
): Promise<Held> {
  checkMeeting(c, "run", meeting);
  mustRun(occurrence);
  const there = new Set(inviteeIds);
  for (const { id } of meeting.invitees) await markPresent(c, occurrence, id, there.has(id));
  const changed = await bump(c.work, meeting, {}, "quietly");
  await happened(c, changed, "meeting.attendance", { present: there.size }, occurrence);
  return reloadHeld(c.work, occurrence.id);
}

/** Somebody is there who was not on the list, or who is marked by the secretary; an agency may be named where nobody is known. */
export async function markOther(
  c: Context,
  { meeting, occurrence }: Held,
  who: { person?: Person; agencyId: string },
  present: boolean,
): Promise<Held> {
  checkMeeting(c, "run", meeting);
  mustRun(occurrence);
  const { person } = who;
  if (meeting.label === "RED" && person && !meeting.subject.invitedIds.includes(person.id))
    refuse((t) => t.errors.redMeetingNamed);
  const ofAgency = meeting.invitees.filter(({ agency }) => agency.id === who.agencyId);
  const seat = person
    ? await seatFor(c.work, meeting, person)
    : (ofAgency.find((one) => !one.person && !one.left) ?? ofAgency[0])?.id;
  if (!seat) return refuse((t) => t.errors.notInvited({ ref: occurrence.ref }));
  await markPresent(c, occurrence, seat, present);
  const changed = await bump(c.work, meeting, {}, "quietly");
  await happened(c, changed, present ? "meeting.present" : "meeting.left", {}, occurrence);
  return reloadHeld(c.work, occurrence.id);
}

/** Decisions need a quorum at that moment (docs/meetings.md). */
export async function decide(
  c: Context,
  { meeting, occurrence }: Held,
  words: string,
  o: { votes?: Votes; label?: Label } = {},
): Promise<Decision> {
  checkMeeting(c, "run", meeting);
  mustRun(occurrence);
  const { work } = c;
  const quorum = await quorumNow(work, { meeting, occurrence });
  const { present, needed, invited } = quorum;
  if (needed !== undefined && present < needed)
    refuse((t) => t.errors.noQuorum({ ref: occurrence.ref, present, needed, invited }), "quorum");
  const { votes } = o;
  if (votes && votes.against >= votes.for) refuse((t) => t.errors.voteLost(votes));
  const label = strictest(meeting.label, ...(o.label ? [o.label] : []));
  const id = randomUUID();
  const number = await work.next("decision");
  await work.tx
    .insertInto("decisions")
    .values({
      id,
      number,
      meeting_id: meeting.id,
      occurrence_id: occurrence.id,
      words: await keepWords(work, label, words),
      label,
      votes_for: votes?.for ?? null,
      votes_against: votes?.against ?? null,
      votes_abstain: votes?.abstain ?? null,
      present,
      invited,
      needed: needed ?? null,
      by: c.person.id,
      at: work.now,
      withdrawn_at: null,
    })
    .execute();
  const changed = await bump(work, meeting, {}, "quietly");
  await happened(c, changed, "meeting.decided", { decision: `D-${number}`, present, invited }, occurrence);
  const decision = (await decisionsOf(work, [occurrence.id])).find((one) => one.id === id);
  if (!decision) throw new Error("decision is gone");
  return decision;
}

/** A decision recorded wrongly is withdrawn while the meeting runs; its number stays taken. */
export async function withdraw(c: Context, { meeting, occurrence }: Held, decision: Decision): Promise<void> {
  checkMeeting(c, "run", meeting);
  mustRun(occurrence);
  if (decision.withdrawn) refuse((t) => t.errors.withdrawn({ ref: decision.ref }));
  await c.work.tx.updateTable("decisions").set({ withdrawn_at: c.work.now }).where("id", "=", decision.id).execute();
  const changed = await bump(c.work, meeting, {}, "quietly");
  await happened(c, changed, "meeting.decision_withdrawn", { decision: decision.ref }, occurrence);
}

/** Adds a line; two who write at once each have theirs. The record can be mended until the minutes are circulated. */
export async function note(c: Context, { meeting, occurrence }: Held, words: string, item?: number): Promise<number> {
  checkMeeting(c, "run", meeting);
  mustBeOpen(occurrence);
  const { work } = c;
  const about = item === undefined ? undefined : await itemAt(work, meeting, occurrence, item);
  const { last } = await work.tx
    .selectFrom("record_lines")
    .select((eb) => eb.fn.coalesce(eb.fn.max<number>("n"), eb.lit(0)).as("last"))
    .where("occurrence_id", "=", occurrence.id)
    .executeTakeFirstOrThrow();
  const n = Number(last) + 1;
  await work.tx
    .insertInto("record_lines")
    .values({
      id: randomUUID(),
      occurrence_id: occurrence.id,
      n,
      item_id: about?.id ?? null,
      words: await keepWords(work, meeting.label, words),
      by: c.person.id,
      at: work.now,
    })
    .execute();
  await happened(c, await bump(work, meeting, {}, "quietly"), "meeting.noted", { line: n }, occurrence);
  return n;
}

/**
 * Changes a line, or takes it away.
 * @param seen the version that the form was opened with: what another wrote meanwhile is shown, not overwritten
 * @param words absent: the line is taken away
 */
export async function rewrite(
  c: Context,
  { meeting, occurrence }: Held,
  n: number,
  seen: number | undefined,
  words: string | undefined,
): Promise<void> {
  checkMeeting(c, "run", meeting);
  mustBeOpen(occurrence);
  const line = (await recordOf(c.work, occurrence)).find((one) => one.n === n);
  if (!line) return refuse((t) => t.errors.noLine({ ref: occurrence.ref, n }));
  if (seen !== undefined && seen !== line.version) refuse((t) => t.errors.lineChanged({ n }));
  await c.work.tx
    .updateTable("record_lines")
    .set({
      ...(words === undefined ? { removed: true } : { words: await keepWords(c.work, meeting.label, words) }),
      version: line.version + 1,
    })
    .where("id", "=", line.id)
    .execute();
  const changed = await bump(c.work, meeting, {}, "quietly");
  await happened(
    c,
    changed,
    words === undefined ? "meeting.line_removed" : "meeting.line_changed",
    { line: n },
    occurrence,
  );
}

/** What else follows when a meeting ends, in the transaction that ends it. */
export type AfterEnd = (c: Context, held: Held) => Promise<void>;

/**
 * The draft minutes are there at once, and the result goes out.
 * @param after never left out: whoever ends a meeting says what follows from it
 */
export async function end(c: Context, { meeting, occurrence }: Held, after: readonly AfterEnd[]): Promise<Held> {
  checkMeeting(c, "run", meeting);
  mustRun(occurrence);
  const { work } = c;
  await work.tx
    .updateTable("occurrences")
    .set({
      state: "ended",
      ended_at: wasHeldBefore(occurrence) ? occurrence.endsAt : work.now,
      minutes_state: "draft",
      ladder: occurrence.scheduleVersion + 1,
      version: occurrence.version + 1,
    })
    .where("id", "=", occurrence.id)
    .execute();
  const changed = await bump(work, meeting, {}, "quietly");
  const held = await reloadHeld(work, occurrence.id);
  await scheduleOccurrence(work, changed, held.occurrence);
  await extend(work, changed);
  const quorum = await quorumNow(work, held);
  await happened(
    c,
    changed,
    "meeting.ended",
    {
      present: quorum.present,
      invited: quorum.invited,
      quorum: quorum.needed === undefined ? "none" : isQuorate(quorum) ? "yes" : "no",
    },
    held.occurrence,
  );
  await recordAttendance(c, held);
  await notifying.result(work, changed, held.occurrence);
  for (const follow of after) await follow(c, held);
  return held;
}

/** One event an agency that was asked: an agency comes if one of its people does. */
async function recordAttendance(c: Context, held: Held): Promise<void> {
  const { meeting, occurrence } = held;
  const present = await presentIds(c.work, occurrence);
  const asked = meeting.invitees.filter((one) => (!one.guest && !one.left) || present.has(one.id));
  const came = new Map<string, boolean>();
  for (const { id, agency } of asked) came.set(agency.handle, (came.get(agency.handle) ?? false) || present.has(id));
  for (const [agency, there] of [...came].sort())
    await record(c.work, {
      action: there ? "meeting.attended" : "meeting.missed",
      item: occurrenceItem(occurrence),
      detail: { agency, label: meeting.label },
    });
}

export function mustRun(occurrence: Occurrence): void {
  if (occurrence.state !== "running") refuse((t) => t.errors.notRunning({ ref: occurrence.ref }));
}

export function mustBeOpen(occurrence: Occurrence): void {
  if (occurrence.state === "running" || occurrence.minutesState === "draft") return;
  if (occurrence.state === "ended") refuse((t) => t.errors.recordClosed({ ref: occurrence.ref }));
  mustRun(occurrence);
}
