import { randomUUID } from "node:crypto";
import { recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { refresh } from "../../delivery/outbox.js";
import { messagesFor } from "../../i18n/index.js";
import { refuse } from "../../lib/refusal.js";
import { type Calling, cancelAll, happened, inviteMore, schedule } from "../../meetings/acts/calling.js";
import type { AfterEnd } from "../../meetings/acts/session.js";
import { writeAnswer } from "../../meetings/acts/write-rsvp.js";
import { checkMeeting } from "../../meetings/find.js";
import type { Meeting, Occurrence } from "../../meetings/model.js";
import type { Schedule } from "../../meetings/schedule/index.js";
import type { Held } from "../../meetings/store.js";
import { MEETINGS } from "../../meetings/store.js";
import type { Agency, Person } from "../../people/model.js";
import { decidesFor, mayTraining } from "../../policy/index.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { keepWords } from "../../store/words.js";
import { checkTraining } from "../find.js";
import { type Enrolment, figuresOf, itemOf, type Training } from "../model.js";
import * as notifying from "../notify.js";
import { movingUp, turnOf } from "../rules.js";
import { attendanceOf, enrolmentsOf, sessionHeldFor, sessionOf, TRAININGS } from "../store.js";
import { change, lockedInOrder, mustBe } from "./entering.js";

/** What agencies hold together: a meeting, with places to enrol in. */

export type Calls = Pick<Calling, "minutes" | "agencies" | "persons" | "place" | "link"> & {
  seats?: number;
  /** After so many days it is asked what was put into practice. */
  followDays?: number;
};

/** @returns the other side of the match, where there is one. @throws Refusal when no session can be held for it, or not by them */
export async function checkHolds(c: Context, source: Training): Promise<Training | undefined> {
  if (source.kind === "session") refuse((t) => t.errors.trainingPair);
  mustBe(source, ["open", "matched"]);
  const partner = source.matchedId ? await TRAININGS.byId(c.work, source.matchedId) : undefined;
  if (!partner || mayTraining(c.viewer, "take", partner.subject)) checkTraining(c, "take", source);
  return partner;
}

/** Calls the meeting by its own rules. Where nobody is named, both sides of the match are asked. */
export async function callSession(c: Context, source: Training, calls: Calls, when: Schedule): Promise<Training> {
  const { work, person } = c;
  const partner = await checkHolds(c, source);
  // A second turn would need places, answers and figures of its own.
  if (when.rule) refuse((t) => t.errors.trainingOnce({ ref: source.ref }));
  const agencies = calls.agencies.length || calls.persons.length ? calls.agencies : sidesOf(source, partner);
  const words = messagesFor(work.body.lang).training;
  const title = words.sessionTitle({ what: words.what[source.what], topic: words.topics[source.topic] });
  const { seats, followDays, ...calling } = calls;
  const meeting = await schedule(c, { ...calling, agencies, title, label: source.label }, when);
  const id = randomUUID();
  await work.tx
    .insertInto("training_items")
    .values({
      id,
      number: await work.next("training"),
      kind: "session",
      what: source.what,
      topic: source.topic,
      words: await keepWords(work, source.label, source.words),
      label: source.label,
      agency_id: person.agencyId,
      person_id: c.person.id,
      country: person.agency.country,
      role: source.role,
      people: source.people ?? null,
      from_at: null,
      until_at: null,
      langs: [...source.langs],
      format: source.format ?? null,
      provider: source.provider ?? partner?.provider ?? null,
      matched_id: null,
      of_id: source.id,
      meeting_id: meeting.id,
      seats: seats ?? null,
      follow_days: followDays,
      held_at: null,
      created_at: work.now,
    })
    .execute();
  const session = await TRAININGS.reload(work, id);
  await recordAct(c, {
    action: "training.session",
    item: itemOf(session),
    detail: { ...figuresOf(session), meeting: meeting.ref, of: source.ref, seats: session.seats },
  });
  const asked = meeting.invitees.flatMap((invitee) => (invitee.person ? [invitee.person] : []));
  await notifying.cards(work, session, [meeting.organizer, ...asked]);
  for (const item of [source, partner]) if (item) await refresh(work, itemOf(item));
  return session;
}

const sidesOf = (source: Training, partner: Training | undefined): Agency[] => [
  source.agency,
  ...(partner ? [partner.agency] : []),
];

/** Calls a session off with its meeting. */
export async function callOff(c: Context, item: Training): Promise<Training> {
  checkTraining(c, "change", item);
  const { session, held } = await toCome(c, item);
  checkMeeting(c, "run", held.meeting);
  const changed = await change(c.work, session, { state: "withdrawn" });
  await recordAct(c, {
    action: "training.withdrawn",
    item: itemOf(changed),
    detail: figuresOf(changed),
  });
  await cancelAll(c, held.meeting, undefined);
  return changed;
}

/** The session and its meeting, held until the commit. @throws Refusal when it was held, called off or has begun */
async function toCome(c: Context, item: Training): Promise<{ session: Training; held: Held }> {
  const found = await sessionHeldFor(c.work, item);
  if (!found) throw new Error("a session without a meeting");
  const { session, held } = found;
  mustBe(session, ["open"]);
  if (held.meeting.state !== "scheduled" || held.occurrence.state !== "scheduled")
    refuse((t) => t.errors.trainingNotToCome({ ref: session.ref }));
  return found;
}

export type Placed = {
  session: Training;
  /** How many are before them, themselves included; absent: they have a place. */
  turn?: number;
};

/** Enrols oneself, or by the focal point somebody of the agency: in a place, or in line for one. */
export async function enrol(c: Context, item: Training, person: Person): Promise<Placed> {
  const { work } = c;
  mayPlace(c, person);
  const { session, held } = await toCome(c, item);
  const known = (await enrolmentsOf(work, session.id)).find((one) => one.person.id === person.id);
  // Pressed twice: they are in line already.
  if (!known) await lineUp(c, session, person);
  const { line, now } = await fill(c, session, held, person);
  const own = line.find((one) => one.person.id === person.id);
  const turn = own?.state === "waiting" ? turnOf(line, own.place) : undefined;
  if (known) return { session: now, turn };
  await recordAct(c, {
    action: "training.enrolled",
    item: itemOf(session),
    detail: { ...figuresOf(session), agency: person.agency.handle, waiting: turn !== undefined },
  });
  await notifying.cards(work, session, [person]);
  if (person.id !== c.person.id) await notifying.notifyOfTraining(work, now, "enrolled", [person], { by: c.person });
  return { session: now, turn };
}

/** One's own place is one's own to take and leave; a colleague's is the focal point's too. */
function mayPlace(c: Context, person: Person): void {
  if (c.onBehalf) refuse((t) => t.errors.trainingNotFor);
  if (person.id === c.person.id) return;
  if (person.agencyId !== c.person.agencyId || !decidesFor(c.viewer))
    refuse((t) => t.errors.trainingColleague({ person: person.name }), "party.training.enrol");
}

async function lineUp(c: Context, session: Training, person: Person): Promise<void> {
  const { work } = c;
  const { last } = await work.tx
    .selectFrom("training_enrolments")
    .select((eb) => eb.fn.coalesce(eb.fn.max<number>("place"), eb.lit(0)).as("last"))
    .where("training_id", "=", session.id)
    .executeTakeFirstOrThrow();
  const row = { place: Number(last) + 1, state: "waiting" as const, by: c.person.id, at: work.now };
  await work.tx
    .insertInto("training_enrolments")
    .values({ training_id: session.id, person_id: person.id, agency_id: person.agencyId, ...row })
    .onConflict((o) => o.columns(["training_id", "person_id"]).doUpdateSet(row))
    .execute();
}

/** Gives up a place, or one's turn; the first in line moves up and hears of it. */
export async function leave(c: Context, item: Training, person: Person): Promise<Training> {
  mayPlace(c, person);
  const { session, held } = await toCome(c, item);
  const own = (await enrolmentsOf(c.work, session.id)).find((one) => one.person.id === person.id);
  if (!own) return refuse((t) => t.errors.trainingNotEnrolled({ ref: session.ref }));
  if (own.state === "enrolled") await answerFor(c, held.meeting, [person], "no");
  return stepOut(c, session, person, held);
}

/** Whoever says no to the meeting of a session gives up their place in it. */
export async function giveUpPlace(c: Context, meeting: Meeting, occurrence: Occurrence | undefined): Promise<void> {
  const session = await sessionOf(c.work, meeting.id, true);
  if (session?.state !== "open" || c.onBehalf || (occurrence && occurrence.n !== 1)) return;
  const own = (await enrolmentsOf(c.work, session.id)).find((one) => one.person.id === c.person.id);
  const found = own?.state === "enrolled" ? await sessionHeldFor(c.work, session) : undefined;
  if (found) await stepOut(c, session, c.person, found.held);
}

async function stepOut(c: Context, session: Training, person: Person, held: Held): Promise<Training> {
  const { work } = c;
  await work.tx
    .updateTable("training_enrolments")
    .set({ state: "left", by: c.person.id, at: work.now })
    .where("training_id", "=", session.id)
    .where("person_id", "=", person.id)
    .execute();
  await recordAct(c, {
    action: "training.left",
    item: itemOf(session),
    detail: { ...figuresOf(session), agency: person.agency.handle },
  });
  return (await fill(c, session, held)).now;
}

/**
 * Gives the places that are free to the first in line, and asks them to the meeting.
 * @param newcomer knows it from the answer; whoever waited hears of it
 */
async function fill(
  c: Context,
  session: Training,
  { meeting }: Held,
  newcomer?: Person,
): Promise<{ line: Enrolment[]; now: Training }> {
  const { work } = c;
  await work.tx
    .updateTable("training_items")
    .set({ version: session.version + 1 })
    .where("id", "=", session.id)
    .execute();
  const now = await TRAININGS.reload(work, session.id);
  await refresh(work, itemOf(now));
  const up = movingUp(await enrolmentsOf(work, now.id), now.seats).map(({ person }) => person);
  if (up.length) {
    await work.tx
      .updateTable("training_enrolments")
      .set({ state: "enrolled" })
      .where("training_id", "=", now.id)
      .where(
        "person_id",
        "in",
        up.map(({ id }) => id),
      )
      .execute();
    const current = await MEETINGS.reload(work, meeting.id);
    const asked = new Set(current.invitees.flatMap(({ person }) => (person ? [person.id] : [])));
    const fresh = up.filter(({ id }) => !asked.has(id));
    await answerFor(
      c,
      fresh.length ? await inviteMore(c, current, { agencies: [], persons: fresh }) : current,
      up,
      "yes",
    );
    const waited = up.filter(({ id }) => id !== newcomer?.id);
    await notifying.notifyOfTraining(work, now, "placed", waited, { by: c.person });
  }
  return { line: await enrolmentsOf(work, now.id), now };
}

/** What the meeting's own card shows of them. */
async function answerFor(
  c: Context,
  meeting: Meeting,
  persons: readonly Person[],
  answer: "yes" | "no",
): Promise<void> {
  const seats = (await MEETINGS.reload(c.work, meeting.id)).invitees;
  for (const person of persons) {
    const seat = seats.find((one) => one.person?.id === person.id);
    if (seat) await writeAnswer(c.work, seat.id, 0, { answer, by: c.person.id });
  }
  await happened(c, meeting, "meeting.answered", { answer, n: 0 });
}

/**
 * The meeting has ended: what it was for is met, and who was there is written down, once, in the transaction that ended
 * it. From now on the clock asks how it was and what came of it.
 */
export const sessionEnded: AfterEnd = async (c, { meeting, occurrence }) => {
  const { work } = c;
  const session = await sessionOf(work, meeting.id, true);
  if (session?.state !== "open") return;
  const held = await change(work, session, { state: "met", held_at: work.now });
  const attendance = await attendanceOf(work, occurrence.id);
  const people = attendance.reduce((sum, one) => sum + one.people, 0);
  await recordAct(c, {
    action: "training.held",
    item: itemOf(held),
    detail: { ...figuresOf(held), people, agencies: attendance.length },
  });
  for (const { handle, country, people } of attendance)
    await recordAct(c, {
      action: "training.attended",
      item: itemOf(held),
      detail: { ...figuresOf(held), agency: handle, country, role: null, people },
    });
  await meetSource(work, held);
};

/** A need is met, and with it the offer it was matched with; an offer that nobody took up still stands. */
async function meetSource(work: UnitOfWork, session: Training): Promise<void> {
  const source = session.ofId ? await TRAININGS.byId(work, session.ofId) : undefined;
  if (!source || (source.kind === "offer" && !source.matchedId)) return;
  for (const item of await lockedInOrder(work, [source.id, ...(source.matchedId ? [source.matchedId] : [])]))
    if (item.state === "open" || item.state === "matched") await change(work, item, { state: "met" });
}
