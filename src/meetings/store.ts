import { subHours } from "date-fns";
import type { Selectable } from "kysely";
import { chosen, defineKind, held } from "../items/kind.js";
import { groupBy } from "../lib/group.js";
import { firstZone } from "../people/clean.js";
import type { Agency, Person } from "../people/model.js";
import { agenciesById, personsById, speakingIn } from "../people/store.js";
import { meetingsKnownTo, type Role, sightOfMeeting } from "../policy/index.js";
import type { MeetingRow, OccurrenceRow } from "../store/meeting-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { readWords } from "../store/words.js";
import type { Invitee, Meeting, Occurrence } from "./model.js";

export const MEETINGS = defineKind<Meeting>({
  ...{ kind: "meeting", letter: "M", parts: true, show: "meet-show", unknown: (t) => t.errors.noMeeting },
  async load(work, { viewer, hold, ...which }) {
    const query = work.tx.selectFrom("meetings").selectAll().where(chosen(which)).orderBy("number");
    return meetingsOf(work, await held(viewer ? query.where(meetingsKnownTo(viewer)) : query, hold).execute());
  },
  sees: (viewer, { subject }) => sightOfMeeting(viewer, subject) !== "none",
});

/** Rows with those invited and what they answered, in the order given. */
export async function meetingsOf(work: UnitOfWork, rows: Selectable<MeetingRow>[]): Promise<Meeting[]> {
  if (rows.length === 0) return [];
  const inviteeRows = await work.tx
    .selectFrom("invitees")
    .selectAll()
    .where(
      "meeting_id",
      "in",
      rows.map((row) => row.id),
    )
    .orderBy("added_at")
    .orderBy("id")
    .execute();
  const rsvpRows = inviteeRows.length
    ? await work.tx
        .selectFrom("rsvps")
        .selectAll()
        .where(
          "invitee_id",
          "in",
          inviteeRows.map((row) => row.id),
        )
        .execute()
    : [];
  const ids = new Set<string>();
  for (const row of rows) for (const id of [row.organizer_id, row.chair_id, row.secretary_id]) if (id) ids.add(id);
  for (const row of inviteeRows) if (row.person_id) ids.add(row.person_id);
  for (const row of rsvpRows) if (row.deputy_id) ids.add(row.deputy_id);
  const persons = await personsById(work.tx, ids);
  const agencies = await agenciesById(work.tx, [
    ...rows.map((row) => row.organizer_agency_id),
    ...inviteeRows.map((row) => row.agency_id),
  ]);
  // An agency that nobody has a seat for is asked itself: whoever speaks for it answers.
  const open = await speakingIn(
    work.tx,
    inviteeRows.flatMap(({ agency_id, person_id, left_at }) => (person_id || left_at ? [] : [agency_id])),
  );
  const rsvps = groupBy(rsvpRows, (row) => row.invitee_id);
  const invitees = groupBy(inviteeRows, (row) => row.meeting_id);
  const meetings: Meeting[] = [];
  for (const row of rows) {
    const asked = (invitees.get(row.id) ?? []).flatMap(({ id, agency_id, person_id, guest, left_at }): Invitee[] => {
      const agency = agencies.get(agency_id);
      const was = person_id ? persons.get(person_id) : undefined;
      // Whoever left the body is not asked any more.
      if (!agency || (person_id && !was)) return [];
      const own = rsvps.get(id) ?? [];
      return [
        {
          id,
          agency,
          person: left_at ? undefined : was,
          ...(left_at ? { left: { was } } : {}),
          guest,
          rsvps: new Map(
            own.map(({ n, answer, deputy_id }) => [
              n,
              { answer, deputy: deputy_id ? persons.get(deputy_id) : undefined },
            ]),
          ),
        },
      ];
    });
    // One that cannot be read holds up no other; asked for alone, it is said.
    try {
      meetings.push(await meetingOf(work, row, asked, { agencies, persons, open }));
    } catch (error) {
      if (rows.length === 1) throw error;
      await work.holdBack("meeting", row.id, error);
    }
  }
  return meetings;
}

type Known = { agencies: Map<string, Agency>; persons: Map<string, Person>; open: ReadonlyMap<string, Role> };

async function meetingOf(
  work: UnitOfWork,
  row: Selectable<MeetingRow>,
  invitees: Invitee[],
  { agencies, persons, open: spokenFor }: Known,
): Promise<Meeting> {
  const open = async (kept: string | null) => (kept === null ? undefined : await readWords(work, kept));
  const organizer = persons.get(row.organizer_id);
  const organizerAgency = agencies.get(row.organizer_agency_id);
  if (!organizer || !organizerAgency) throw new Error("a meeting's organizer is not in this body");
  return {
    id: row.id,
    number: row.number,
    ref: `M-${row.number}`,
    title: await readWords(work, row.title),
    label: row.label,
    state: row.state,
    zone: firstZone(row.zone, work.body.zone),
    starts: row.starts ?? undefined,
    rule: row.rule ?? undefined,
    except: row.except_days?.split(" ") ?? [],
    minutes: row.minutes,
    place: await open(row.place),
    link: await open(row.link),
    organizer,
    organizerAgency,
    chair: row.chair_id ? persons.get(row.chair_id) : undefined,
    secretary: row.secretary_id ? persons.get(row.secretary_id) : undefined,
    sequence: row.sequence,
    reason: await open(row.reason),
    pollUntil: row.poll_until ?? undefined,
    createdAt: row.created_at,
    scheduleVersion: row.ladder,
    version: row.version,
    invitees,
    subject: {
      label: row.label,
      state: row.state,
      organizerId: row.organizer_id,
      organizerAgencyId: row.organizer_agency_id,
      officerIds: [row.chair_id, row.secretary_id].filter((id) => id !== null),
      invitedIds: invitees.flatMap(({ person }) => (person ? [person.id] : [])),
      invitedAgencyIds: [...new Set(invitees.flatMap(({ agency, guest, left }) => (guest || left ? [] : [agency.id])))],
      spokenFor: new Map(
        invitees.flatMap(({ agency, person, left }) => {
          const role = person || left ? undefined : spokenFor.get(agency.id);
          return role ? [[agency.id, role]] : [];
        }),
      ),
    },
  };
}

export async function occurrenceOf(
  work: UnitOfWork,
  meeting: Pick<Meeting, "ref" | "rule">,
  row: Selectable<OccurrenceRow>,
): Promise<Occurrence> {
  const open = async (kept: string | null) => (kept === null ? undefined : await readWords(work, kept));
  return {
    id: row.id,
    n: row.n,
    ref: meeting.rule || row.n > 1 ? `${meeting.ref}/${row.n}` : meeting.ref,
    ruleWall: row.rule_wall,
    local: row.wall,
    minutes: row.minutes,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state,
    place: await open(row.place),
    link: await open(row.link),
    reason: await open(row.reason),
    sequence: row.sequence,
    startedAt: row.started_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    startedBy: row.started_by ?? undefined,
    minutesState: row.minutes_state,
    circulatedAt: row.circulated_at ?? undefined,
    correctBy: row.correct_by ?? undefined,
    approvedAt: row.approved_at ?? undefined,
    scheduleVersion: row.ladder,
    version: row.version,
  };
}

export async function occurrencesOf(work: UnitOfWork, meeting: Meeting): Promise<Occurrence[]> {
  const rows = await work.tx
    .selectFrom("occurrences")
    .selectAll()
    .where("meeting_id", "=", meeting.id)
    .orderBy("n")
    .execute();
  return Promise.all(rows.map((row) => occurrenceOf(work, meeting, row)));
}

/** The one that is meant where none is named: what runs now, else what comes next, else what was last. */
/** So long after its end one that nobody started is still the one that is meant. */
export const MEANT_HOURS = 12;

export async function currentOccurrence(work: UnitOfWork, meeting: Meeting): Promise<Occurrence | undefined> {
  const of = () => work.tx.selectFrom("occurrences").selectAll().where("meeting_id", "=", meeting.id);
  const row =
    (await of().where("state", "=", "running").orderBy("n").executeTakeFirst()) ??
    (await of()
      .where("state", "=", "scheduled")
      // One that nobody started is meant until the day is over, since somebody may still start it.
      .where("ends_at", ">", subHours(work.now, MEANT_HOURS))
      .orderBy("starts_at")
      .executeTakeFirst()) ??
    (await of().where("state", "=", "ended").orderBy("starts_at", "desc").executeTakeFirst()) ??
    (await of().orderBy("n", "desc").executeTakeFirst());
  return row && occurrenceOf(work, meeting, row);
}

export async function occurrenceByN(work: UnitOfWork, meeting: Meeting, n: number): Promise<Occurrence | undefined> {
  const row = await work.tx
    .selectFrom("occurrences")
    .selectAll()
    .where("meeting_id", "=", meeting.id)
    .where("n", "=", n)
    .executeTakeFirst();
  return row && occurrenceOf(work, meeting, row);
}

export type Held = { meeting: Meeting; occurrence: Occurrence };

/** @param forUpdate holds the meeting until the commit */
export async function heldById(work: UnitOfWork, occurrenceId: string, forUpdate = false): Promise<Held | undefined> {
  const read = () => work.tx.selectFrom("occurrences").selectAll().where("id", "=", occurrenceId).executeTakeFirst();
  const first = await read();
  const meeting = first && (await MEETINGS[forUpdate ? "lock" : "byId"](work, first.meeting_id));
  // What another wrote while the meeting was waited for is read again.
  const row = forUpdate ? await read() : first;
  return meeting && row && { meeting, occurrence: await occurrenceOf(work, meeting, row) };
}

/** Persons recorded as present, by id; those of agencies with nobody here are not among them. */
export async function presentPersons(work: UnitOfWork, occurrenceId: string): Promise<string[]> {
  const rows = await work.tx
    .selectFrom("attendance")
    .innerJoin("invitees", "invitees.id", "attendance.invitee_id")
    .select("invitees.person_id")
    .where("attendance.occurrence_id", "=", occurrenceId)
    .where("attendance.present", "=", true)
    .execute();
  return rows.flatMap(({ person_id }) => (person_id ? [person_id] : []));
}
