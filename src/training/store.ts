import type { Selectable } from "kysely";
import { chosen, defineKind, held } from "../items/kind.js";
import { type Held, heldById, MEETINGS } from "../meetings/store.js";
import { agenciesById, findPersons } from "../people/store.js";
import { may, mayTraining } from "../policy/index.js";
import type { TrainingRow } from "../store/training-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { readWords } from "../store/words.js";
import { type Enrolment, type Topic, TRAINING, type Training } from "./model.js";

export const TRAININGS = defineKind<Training>({
  ...{ kind: TRAINING, letter: "K", show: "training-show", unknown: (t) => t.errors.noTraining, unheld: true },
  async load(work, { viewer, hold, ...which }) {
    if (viewer && !may(viewer, "training.see")) return [];
    const query = work.tx.selectFrom("training_items").selectAll().where(chosen(which)).orderBy("number");
    return trainingsOf(work, await held(query, hold).execute());
  },
  sees: (viewer, { subject }) => mayTraining(viewer, "see", subject) === undefined,
});

/** The session that this meeting is. */
export async function sessionOf(work: UnitOfWork, meetingId: string, forUpdate = false): Promise<Training | undefined> {
  const query = work.tx.selectFrom("training_items").selectAll().where("meeting_id", "=", meetingId);
  const row = await (forUpdate ? query.forUpdate() : query).executeTakeFirst();
  return row && (await trainingsOf(work, [row]))[0];
}

/** In the order given; what an agency entered goes with it when it leaves the body. */
export async function trainingsOf(work: UnitOfWork, rows: readonly Selectable<TrainingRow>[]): Promise<Training[]> {
  if (rows.length === 0) return [];
  const agencies = await agenciesById(
    work.tx,
    rows.map(({ agency_id }) => agency_id),
  );
  const items: Training[] = [];
  for (const row of rows) {
    const agency = agencies.get(row.agency_id);
    if (!agency) continue;
    items.push({
      id: row.id,
      number: row.number,
      ref: `K-${row.number}`,
      kind: row.kind,
      what: row.what,
      topic: row.topic as Topic,
      words: await readWords(work, row.words),
      label: row.label,
      state: row.state,
      agency,
      personId: row.person_id,
      country: row.country ?? undefined,
      role: row.role,
      people: row.people ?? undefined,
      from: row.from_at ?? undefined,
      until: row.until_at ?? undefined,
      langs: row.langs,
      format: row.format ?? undefined,
      provider: row.provider ?? undefined,
      matchedId: row.matched_id ?? undefined,
      ofId: row.of_id ?? undefined,
      meetingId: row.meeting_id ?? undefined,
      seats: row.seats ?? undefined,
      followDays: row.follow_days,
      heldAt: row.held_at ?? undefined,
      scheduleVersion: row.ladder,
      version: row.version,
      subject: { agencyId: row.agency_id, personId: row.person_id },
    });
  }
  return items;
}

/** As many as are looked at for what fits: the oldest that are open come first. */
const MOST_CANDIDATES = 200;

/** What stands open on the other side, of the same kind of thing on the same topic. */
export async function opposite(work: UnitOfWork, item: Training): Promise<Training[]> {
  if (item.kind === "session") return [];
  const rows = await work.tx
    .selectFrom("training_items")
    .selectAll()
    .where("kind", "=", item.kind === "need" ? "offer" : "need")
    .where("topic", "=", item.topic)
    .where("what", "=", item.what)
    .where("state", "=", "open")
    .where("agency_id", "!=", item.agency.id)
    .orderBy("number")
    .limit(MOST_CANDIDATES)
    .execute();
  return trainingsOf(work, rows);
}

/** In line, the first first; who has left the body has left the line. */
export async function enrolmentsOf(work: UnitOfWork, trainingId: string): Promise<Enrolment[]> {
  const rows = await work.tx
    .selectFrom("training_enrolments")
    .selectAll()
    .where("training_id", "=", trainingId)
    .where("state", "!=", "left")
    .orderBy("place")
    .execute();
  const persons = await findPersons(work.tx, { ids: rows.map((row) => row.person_id), activeOnly: true });
  const byId = new Map(persons.filter(({ roles }) => roles.length).map((person) => [person.id, person]));
  return rows.flatMap(({ person_id, place, state }) => {
    const person = byId.get(person_id);
    return person ? [{ person, place, state }] : [];
  });
}

/** The occurrence that the session is: its first, since a session is held once. */
export async function heldOf(work: UnitOfWork, meetingId: string): Promise<Held | undefined> {
  const row = await work.tx
    .selectFrom("occurrences")
    .select("id")
    .where("meeting_id", "=", meetingId)
    .orderBy("n")
    .executeTakeFirst();
  return row && heldById(work, row.id);
}

/**
 * A session with its meeting, both held until the commit; the meeting first, as everywhere, so that nobody waits for
 * one while holding the other.
 */
export async function sessionHeldFor(
  work: UnitOfWork,
  session: Training,
): Promise<{ session: Training; held: Held } | undefined> {
  if (!session.meetingId) return undefined;
  await MEETINGS.lock(work, session.meetingId);
  const locked = await TRAININGS.lock(work, session.id);
  const held = await heldOf(work, session.meetingId);
  return locked && held && { session: locked, held };
}

export type Attendance = { agencyId: string; handle: string; name: string; country: string | null; people: number };

/** Who was there, by agency, as the meeting recorded it. */
export async function attendanceOf(work: UnitOfWork, occurrenceId: string): Promise<Attendance[]> {
  const rows = await work.tx
    .selectFrom("attendance")
    .innerJoin("invitees", "invitees.id", "attendance.invitee_id")
    .innerJoin("agencies", "agencies.id", "invitees.agency_id")
    .select(({ fn }) => [
      "agencies.id",
      "agencies.handle",
      "agencies.name",
      "agencies.country",
      fn.countAll<number>().as("people"),
    ])
    .where("attendance.occurrence_id", "=", occurrenceId)
    .where("attendance.present", "=", true)
    .groupBy("agencies.id")
    .orderBy("agencies.handle")
    .execute();
  return rows.map(({ id, people, ...agency }) => ({ ...agency, agencyId: id, people: Number(people) }));
}

/** What is held, or was, for these needs and offers. */
export async function sessionsFrom(work: UnitOfWork, ids: readonly string[]): Promise<Training[]> {
  const rows = await work.tx
    .selectFrom("training_items")
    .selectAll()
    .where("of_id", "in", ids)
    .where("state", "!=", "withdrawn")
    .orderBy("number")
    .execute();
  return trainingsOf(work, rows);
}
