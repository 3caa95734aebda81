import { randomUUID } from "node:crypto";
import { addDays } from "date-fns";
import { type ActionName, recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { rememberAct } from "../../command/undoing.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import type { Person } from "../../people/model.js";
import { type Label, strictest } from "../../policy/index.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { keepWords } from "../../store/words.js";
import { scheduleOccurrence, schedulePoll } from "../escalation.js";
import { type Asking, invite } from "../invited.js";
import { isMissed, itemOf, type LocalIso, type Meeting, type Occurrence, occurrenceItem } from "../model.js";
import * as notifying from "../notify.js";
import { type Turn, toInstant, toLocalTime, turns as turnsFrom } from "../recurrence.js";
import type { Schedule } from "../schedule/index.js";
import { MEETINGS, occurrencesOf } from "../store.js";
import { refreshPolls } from "../taken.js";
import { writeAnswer } from "./write-rsvp.js";

/**
 * Calling a meeting, moving and calling it off. Each act checks its rules, changes rows, writes what happened, reschedules the
 * reminders, refreshes every card and tells those who must hear, all in the transaction it is given.
 */

/** Series are written out so far ahead, and go on as they are held. */
const AHEAD_DAYS = 400;
const MOST_AHEAD = 60;

export type Calling = Asking & {
  title: string;
  label?: Label;
  minutes: number;
  place?: string;
  link?: string;
  chair?: Person;
  secretary?: Person;
};

export async function schedule(c: Context, calling: Calling, when: Schedule): Promise<Meeting> {
  const meeting = await create(c, calling, {
    state: "scheduled",
    zone: when.zone,
    starts: when.start,
    rule: when.rule,
    except: when.except,
  });
  await extend(c.work, meeting);
  await rememberAct(c, { item: itemOf(meeting), act: "call", version: meeting.version });
  await happened(c, meeting, "meeting.called", { starts: when.start, zone: when.zone, rule: when.rule });
  await notifying.invited(c.work, meeting);
  return meeting;
}

export async function openPoll(
  c: Context,
  calling: Calling,
  slots: readonly LocalIso[],
  until: Date,
): Promise<Meeting> {
  const { work } = c;
  const zone = work.body.zone;
  const meeting = await create(c, calling, { state: "polling", zone, pollUntil: until });
  await work.tx
    .insertInto("poll_slots")
    .values(
      slots.map((local, index) => ({
        meeting_id: meeting.id,
        n: index + 1,
        wall: local,
        starts_at: toInstant(local, zone),
      })),
    )
    .execute();
  await schedulePoll(work, meeting);
  await rememberAct(c, { item: itemOf(meeting), act: "call", version: meeting.version });
  await happened(c, meeting, "meeting.poll_opened", { slots: slots.length, until: until.toISOString() });
  await notifying.invited(work, meeting);
  return meeting;
}

type Start = {
  state: "scheduled" | "polling";
  zone: string;
  starts?: LocalIso;
  rule?: string;
  except?: readonly string[];
  pollUntil?: Date;
};

async function create(c: Context, calling: Calling, start: Start): Promise<Meeting> {
  const { work, person } = c;
  const label = strictest(calling.label ?? "GREEN");
  // RED is for persons named (TLP 2.0): an agency invited would bring whoever its focal points are.
  if (label === "RED" && (calling.all || calling.agencies.length)) refuse((t) => t.errors.redMeetingNamed);
  if (label === "RED" && c.onBehalf) refuse((t) => t.errors.redNotFor);
  const id = randomUUID();
  const organizer = c.onBehalf?.by ?? person;
  const sealed = async (words: string | undefined) => (words ? keepWords(work, label, words) : null);
  await work.tx
    .insertInto("meetings")
    .values({
      id,
      number: await work.next("meeting"),
      title: await keepWords(work, label, calling.title),
      label,
      state: start.state,
      zone: start.zone,
      starts: start.starts ?? null,
      rule: start.rule ?? null,
      except_days: daysKept(start.except),
      minutes: calling.minutes,
      place: await sealed(calling.place),
      link: await sealed(calling.link),
      organizer_id: organizer.id,
      organizer_agency_id: person.agencyId,
      chair_id: calling.chair?.id ?? null,
      secretary_id: calling.secretary?.id ?? null,
      reason: null,
      poll_until: start.pollUntil ?? null,
      created_at: work.now,
    })
    .execute();
  const officers = [calling.chair, calling.secretary].filter((one) => one !== undefined);
  const persons = [...(c.onBehalf ? [] : [person]), ...officers, ...calling.persons];
  const agencies = c.onBehalf ? [person.agency, ...calling.agencies] : calling.agencies;
  await invite(work, id, { agencies, persons, all: calling.all });
  if (!c.onBehalf) await answerFor(work, id, organizer.id);
  return MEETINGS.reload(work, id);
}

const daysKept = (days: readonly string[] | undefined): string | null => (days?.length ? days.join(" ") : null);

/** Whoever calls a meeting comes to it. */
async function answerFor(work: UnitOfWork, meetingId: string, personId: string): Promise<void> {
  const own = await work.tx
    .selectFrom("invitees")
    .select("id")
    .where("meeting_id", "=", meetingId)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  if (own) await writeAnswer(work, own.id, 0, { answer: "yes", by: personId });
}

/** Writes out the occurrences that are not there yet, with their reminders. A series goes on as it is held. */
export async function extend(work: UnitOfWork, meeting: Meeting): Promise<void> {
  if (meeting.state !== "scheduled" || !meeting.starts) return;
  const known = await occurrencesOf(work, meeting);
  const ahead = known.filter(({ state, startsAt }) => state === "scheduled" && startsAt > work.now).length;
  const last = known.findLast(({ ruleWall }) => ruleWall >= (meeting.starts ?? ""));
  const limit = meeting.rule ? MOST_AHEAD - ahead : 1 - known.length;
  if (limit <= 0) return;
  const horizon = addDays(work.now, AHEAD_DAYS);
  const from = last && new Date(toInstant(last.ruleWall, meeting.zone).getTime() + 1);
  const pattern = { start: meeting.starts, zone: meeting.zone, rule: meeting.rule, except: meeting.except };
  // A rare one, once in two years, is written out all the same.
  const fresh = turnsFrom(pattern, { from, limit }).filter(({ at }, index) => at <= horizon || index + ahead < 2);
  await insertOccurrences(work, meeting, known.at(-1)?.n ?? 0, fresh);
}

async function insertOccurrences(
  work: UnitOfWork,
  meeting: Meeting,
  lastN: number,
  fresh: readonly Turn[],
): Promise<void> {
  if (fresh.length === 0) return;
  await work.tx
    .insertInto("occurrences")
    .values(
      fresh.map(({ local, at }, index) => ({
        id: randomUUID(),
        meeting_id: meeting.id,
        n: lastN + index + 1,
        rule_wall: local,
        ...timesOf(local, at, meeting.minutes),
        place: null,
        link: null,
        reason: null,
        started_at: null,
        ended_at: null,
        started_by: null,
        circulated_at: null,
        correct_by: null,
        approved_at: null,
      })),
    )
    .execute();
  for (const occurrence of (await occurrencesOf(work, meeting)).filter(({ n }) => n > lastN))
    await scheduleOccurrence(work, meeting, occurrence);
}

const timesOf = (local: LocalIso, at: Date, minutes: number) => ({
  wall: local,
  minutes,
  starts_at: at,
  ends_at: new Date(at.getTime() + minutes * 60_000),
});

export type Move = { wall: LocalIso; zone: string; minutes?: number };

/** Moves one occurrence; those asked answer anew. */
export async function moveOne(c: Context, meeting: Meeting, occurrence: Occurrence, move: Move): Promise<Meeting> {
  const { work } = c;
  stillToCome(meeting, occurrence);
  // The meeting's own zone decides; a time said in another is the same instant in it.
  const at = toInstant(move.wall, move.zone);
  const wall = move.zone === meeting.zone ? move.wall : toLocalTime(at, meeting.zone);
  await work.tx
    .updateTable("occurrences")
    .set({
      ...timesOf(wall, at, move.minutes ?? occurrence.minutes),
      sequence: meeting.sequence + 1,
      ladder: occurrence.scheduleVersion + 1,
      version: occurrence.version + 1,
    })
    .where("id", "=", occurrence.id)
    .execute();
  await askAgain(work, meeting, occurrence.n);
  const changed = await bump(work, meeting, {});
  const moved = await reloadOccurrence(work, changed, occurrence.n);
  await scheduleOccurrence(work, changed, moved);
  await happened(c, changed, "meeting.moved", { wall, zone: meeting.zone, was: occurrence.local }, moved);
  await notifying.toInvited(work, changed, "moved", c.person, moved);
  return changed;
}

/** Moves the whole series from the next occurrence on. What was moved or called off by itself follows the series again. */
export async function moveAll(c: Context, meeting: Meeting, when: Schedule): Promise<Meeting> {
  const { work } = c;
  if (meeting.state !== "scheduled") refuse((t) => t.errors.meetingCancelled({ ref: meeting.ref }));
  const minutes = when.minutes ?? meeting.minutes;
  const known = await occurrencesOf(work, meeting);
  const future = known.filter(({ state, startsAt }) => state === "scheduled" && startsAt > work.now);
  if (future.length === 0) refuse((t) => t.errors.nothingToCome({ ref: meeting.ref }));
  const { start, zone, rule, except } = when;
  const fresh = turnsFrom({ start, zone, rule, except }, { limit: MOST_AHEAD });
  const changed = await bump(work, meeting, {
    ...{ starts: start, rule: rule ?? null, except_days: daysKept(except), zone, minutes },
  });
  for (const [index, occurrence] of future.entries()) {
    const next = fresh[index];
    await work.tx
      .updateTable("occurrences")
      .set({
        ...(next
          ? { ...timesOf(next.local, next.at, minutes), rule_wall: next.local }
          : // Fewer than before: the number stays taken, and calendars never hear of it under the new rule.
            { state: "cancelled" as const, rule_wall: "" }),
        sequence: changed.sequence,
        ladder: occurrence.scheduleVersion + 1,
        version: occurrence.version + 1,
      })
      .where("id", "=", occurrence.id)
      .execute();
  }
  // Those called off by themselves belong to the old rule.
  await work.tx
    .updateTable("occurrences")
    .set({ rule_wall: "" })
    .where("meeting_id", "=", meeting.id)
    .where("state", "=", "cancelled")
    .execute();
  await work.tx
    .deleteFrom("rsvps")
    .where(
      "invitee_id",
      "in",
      meeting.invitees.filter(({ person }) => person?.id !== meeting.organizer.id).map(({ id }) => id),
    )
    .where((eb) =>
      eb.or([
        eb("n", "=", 0),
        eb(
          "n",
          "in",
          future.map(({ n }) => n),
        ),
      ]),
    )
    .execute();
  for (const { n } of future) await scheduleOccurrence(work, changed, await reloadOccurrence(work, changed, n));
  await extend(work, changed);
  const done = await MEETINGS.reload(work, meeting.id);
  await happened(c, done, "meeting.moved_all", { starts: when.start, zone: when.zone, rule: when.rule });
  await notifying.toInvited(work, done, "movedAll", c.person);
  return done;
}

export async function cancelOne(
  c: Context,
  meeting: Meeting,
  occurrence: Occurrence,
  reason: string | undefined,
): Promise<Meeting> {
  const { work } = c;
  stillToCome(meeting, occurrence);
  await work.tx
    .updateTable("occurrences")
    .set({
      state: "cancelled",
      reason: reason ? await keepWords(work, meeting.label, reason) : null,
      sequence: meeting.sequence + 1,
      ladder: occurrence.scheduleVersion + 1,
      version: occurrence.version + 1,
    })
    .where("id", "=", occurrence.id)
    .execute();
  const changed = await bump(work, meeting, {});
  const off = await reloadOccurrence(work, changed, occurrence.n);
  await scheduleOccurrence(work, changed, off);
  const over = isMissed(occurrence, work.now);
  await happened(
    c,
    changed,
    over ? "meeting.not_held" : "meeting.cancelled_one",
    { wall: occurrence.local },
    off,
    reason,
  );
  // Of one whose time is over nobody has to hear that they need not come.
  if (!over) await notifying.toInvited(work, changed, "cancelledOne", c.person, off);
  return changed;
}

/** Calls off everything that is still to come; what was held stays as it is. */
export async function cancelAll(c: Context, meeting: Meeting, reason: string | undefined): Promise<Meeting> {
  if (meeting.state === "cancelled") refuse((t) => t.errors.meetingCancelled({ ref: meeting.ref }));
  const over = await isOver(c.work, meeting);
  const { changed, count } = await callOff(c.work, meeting, reason);
  await happened(c, changed, over ? "meeting.not_held" : "meeting.cancelled", { to_come: count }, undefined, reason);
  if (!over) await notifying.toInvited(c.work, changed, "cancelled", c.person);
  return changed;
}

/** Nothing of it is to come: only what nobody started is left. */
async function isOver(work: UnitOfWork, meeting: Meeting): Promise<boolean> {
  const open = (await occurrencesOf(work, meeting)).filter(({ state }) => state === "scheduled");
  return open.length > 0 && open.every((one) => isMissed(one, work.now));
}

/** Whatever is not over yet. */
export async function callOff(
  work: UnitOfWork,
  meeting: Meeting,
  reason?: string,
): Promise<{ changed: Meeting; count: number }> {
  const known = await occurrencesOf(work, meeting);
  const running = known.find(({ state }) => state === "running");
  if (running) refuse((t) => t.errors.meetingRuns({ ref: running.ref }));
  const sealed = reason ? await keepWords(work, meeting.label, reason) : null;
  const future = known.filter(({ state }) => state === "scheduled");
  const changed = await bump(work, meeting, { state: "cancelled", reason: sealed, poll_until: null });
  for (const occurrence of future) {
    await work.tx
      .updateTable("occurrences")
      .set({ state: "cancelled", ladder: occurrence.scheduleVersion + 1, version: occurrence.version + 1 })
      .where("id", "=", occurrence.id)
      .execute();
    await scheduleOccurrence(work, changed, await reloadOccurrence(work, changed, occurrence.n));
  }
  await schedulePoll(work, changed);
  return { changed, count: future.length };
}

/** Words, place and people of a meeting, without moving it. */
export type Edit = { title?: string; place?: string; link?: string; chair?: Person; secretary?: Person };

export async function edit(c: Context, meeting: Meeting, change: Edit): Promise<Meeting> {
  const { work } = c;
  if (meeting.state === "cancelled") refuse((t) => t.errors.meetingCancelled({ ref: meeting.ref }));
  const keep = async (words: string | undefined) =>
    words === undefined ? undefined : await keepWords(work, meeting.label, words);
  const officers = [change.chair, change.secretary].filter((one) => one !== undefined);
  if (officers.length) await invite(work, meeting.id, { agencies: [], persons: officers });
  const columns = {
    title: await keep(change.title),
    place: await keep(change.place),
    link: await keep(change.link),
    chair_id: change.chair?.id,
    secretary_id: change.secretary?.id,
  };
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  const changed = await bump(work, meeting, given);
  await happened(c, changed, "meeting.edited", { fields: Object.keys(given).join(" ") });
  await notifying.invitedLater(work, changed, officers);
  return changed;
}

/** More agencies and persons are asked to what is still to come. */
export async function inviteMore(c: Context, meeting: Meeting, asking: Asking): Promise<Meeting> {
  const { work } = c;
  if (meeting.state === "cancelled") refuse((t) => t.errors.meetingCancelled({ ref: meeting.ref }));
  if (meeting.label === "RED" && (asking.all || asking.agencies.length)) refuse((t) => t.errors.redMeetingNamed);
  const before = new Set(meeting.invitees.filter(({ guest, left }) => !guest && !left).map(({ id }) => id));
  await invite(work, meeting.id, asking);
  const changed = await bump(work, meeting, {});
  const fresh = changed.invitees.filter(({ id, guest, left }) => !guest && !left && !before.has(id));
  await happened(c, changed, "meeting.invited", { count: fresh.length });
  await notifying.invitedLater(work, changed, [], fresh);
  return changed;
}

export function stillToCome(meeting: Meeting, occurrence: Occurrence): void {
  if (meeting.state === "cancelled" || occurrence.state === "cancelled")
    refuse((t) => t.errors.meetingCancelled({ ref: occurrence.ref }));
  if (occurrence.state === "running") refuse((t) => t.errors.meetingRuns({ ref: occurrence.ref }));
  if (occurrence.state === "ended") refuse((t) => t.errors.meetingEnded({ ref: occurrence.ref }));
}

/** An answer to the series says nothing about an occurrence that was moved; whoever calls it still comes. */
async function askAgain(work: UnitOfWork, meeting: Meeting, n: number): Promise<void> {
  for (const invitee of meeting.invitees) {
    if (!invitee.rsvps.has(n) && !invitee.rsvps.has(0)) continue;
    if (invitee.person?.id === meeting.organizer.id) continue;
    await writeAnswer(work, invitee.id, n, { answer: "none", by: meeting.organizer.id });
  }
}

type MeetingColumns = Partial<{
  title: string;
  place: string;
  link: string;
  chair_id: string;
  secretary_id: string;
  state: "cancelled" | "scheduled";
  starts: LocalIso;
  rule: string | null;
  except_days: string | null;
  zone: string;
  minutes: number;
  reason: string | null;
  poll_until: Date | null;
}>;

/**
 * Changes the row. The sequence rises, so that calendars take what they get for newer (RFC 5546 2.1.4).
 * @param quietly what calendars need not follow: a vote, an agenda
 */
export async function bump(
  work: UnitOfWork,
  meeting: Meeting,
  columns: MeetingColumns,
  quietly?: "quietly",
): Promise<Meeting> {
  const settles = "state" in columns || "poll_until" in columns;
  await work.tx
    .updateTable("meetings")
    .set({
      ...columns,
      version: meeting.version + 1,
      ...(quietly ? {} : { sequence: meeting.sequence + 1 }),
      ...(settles ? { ladder: meeting.scheduleVersion + 1 } : {}),
    })
    .where("id", "=", meeting.id)
    .execute();
  return MEETINGS.reload(work, meeting.id);
}

/** Writes what was done, and draws every card of the meeting anew. */
export async function happened(
  c: Context,
  meeting: Meeting,
  action: ActionName,
  detail: Record<string, string | number | boolean | null | undefined> = {},
  occurrence?: Occurrence,
  words?: string,
): Promise<void> {
  await recordAct(c, {
    action,
    item: occurrence ? occurrenceItem(occurrence) : itemOf(meeting),
    detail: { ...detail, label: meeting.label, agency: c.person.agency.handle },
    words,
  });
  await refresh(c.work, itemOf(meeting));
  if (CHANGES_HOURS.has(action)) await refreshPolls(c.work);
}

const CHANGES_HOURS: ReadonlySet<string> = new Set([
  ...["meeting.called", "meeting.moved", "meeting.moved_all"],
  ...["meeting.cancelled_one", "meeting.cancelled", "meeting.undone"],
]);

async function reloadOccurrence(work: UnitOfWork, meeting: Meeting, n: number): Promise<Occurrence> {
  const found = (await occurrencesOf(work, meeting)).find((one) => one.n === n);
  if (!found) throw new Error("occurrence is gone");
  return found;
}
