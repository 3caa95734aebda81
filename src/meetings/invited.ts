import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { groupBy } from "../lib/group.js";
import { refuse } from "../lib/refusal.js";
import type { Agency, Person } from "../people/model.js";
import { agenciesOf, findPersons, speakersOfAll } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Invitee, takesPart } from "./model.js";

/**
 * Who an invited agency is: its focal points, each in a seat of their own; where it has none a seat is the agency's, and
 * whoever speaks for it is asked through that (`voicesOf`). Seats follow the people (`follow.ts`).
 */

const MOST_INVITED = 200;

export type Asking = {
  agencies: readonly Agency[];
  persons: readonly Person[];
  /** Members that join the body later are asked too. */
  all?: boolean;
};

/** Asks agencies through those who speak for them, and persons by name. */
export async function invite(work: UnitOfWork, meetingId: string, { agencies, persons, all }: Asking): Promise<void> {
  const { tx } = work;
  const named = new Map(persons.map((person) => [person.id, person]));
  mustFit(named.size);
  if (named.size)
    await tx
      .insertInto("invitees")
      .values(
        [...named.values()].map(({ id, agencyId }) => ({
          ...{ id: randomUUID(), meeting_id: meetingId, agency_id: agencyId, person_id: id, added_at: work.now },
        })),
      )
      .onConflict((o) =>
        o.columns(["meeting_id", "agency_id", "person_id"]).doUpdateSet({
          ...{ guest: false, left_at: null },
          // Asked by name from now on, or for the agency still.
          for_agency: sql<boolean>`invitees.for_agency and invitees.left_at is null`,
        }),
      )
      .execute();
  const asked = [...new Set(agencies.map(({ id }) => id))];
  if (asked.length)
    await tx
      .insertInto("meeting_agencies")
      .values(asked.map((id) => ({ meeting_id: meetingId, agency_id: id })))
      .onConflict((o) => o.doNothing())
      .execute();
  if (all) await tx.updateTable("meetings").set({ asks_all: true }).where("id", "=", meetingId).execute();
  const { fresh } = await seat(work, meetingId);
  mustFit(named.size + fresh.length);
  // Whoever comes to speak for an agency while this is not committed yet is found once it is.
  if (asked.length || all) await tx.insertInto("to_follow").values({ meeting_id: meetingId }).execute();
}

function mustFit(count: number): void {
  if (count > MOST_INVITED) refuse((t) => t.errors.tooManyInvited({ max: MOST_INVITED, count }));
}

type Seat = {
  id: string;
  agencyId: string;
  personId: string | null;
  forAgency: boolean;
  left: boolean;
  guest: boolean;
  /** The person still belongs to the body. */
  here: boolean;
};

/** By id, who is asked now, of these who was before, who is no longer, and who was by name and has left the body. */
export type Seated = { changed: boolean; fresh: string[]; back: string[]; gone: string[]; absent: string[] };

/** Brings the seats of a meeting in line with who speaks for the agencies asked, at this moment. */
export async function seat(work: UnitOfWork, meetingId: string): Promise<Seated> {
  const { tx } = work;
  const asked = await agenciesAsked(work, meetingId);
  const focal = await focalPointsOf(work, asked);
  const known = await seatsOf(work, meetingId);
  const seats = groupBy(known, ({ agencyId }) => agencyId);
  const fresh: Pick<Seat, "agencyId" | "personId">[] = [];
  const gone: Seat[] = [];
  for (const agencyId of asked) {
    const own = seats.get(agencyId) ?? [];
    const wanted: (string | null)[] = focal.get(agencyId) ?? [];
    const named = own.some(({ here, forAgency, left, guest }) => here && !forAgency && !left && !guest);
    if (wanted.length === 0 && !named) wanted.push(null);
    const has = new Set(own.filter(({ left, guest }) => !left && !guest).map(({ personId }) => personId));
    fresh.push(...wanted.filter((id) => !has.has(id)).map((personId) => ({ agencyId, personId })));
    gone.push(...own.filter(({ personId, forAgency, left }) => forAgency && !left && !wanted.includes(personId)));
  }
  if (gone.length)
    await tx
      .updateTable("invitees")
      .set({ left_at: work.now })
      .where(
        "id",
        "in",
        gone.map(({ id }) => id),
      )
      .execute();
  if (fresh.length)
    await tx
      .insertInto("invitees")
      .values(
        fresh.map(({ agencyId, personId }) => ({
          ...{ id: randomUUID(), meeting_id: meetingId, agency_id: agencyId, person_id: personId },
          ...{ for_agency: true, added_at: work.now },
        })),
      )
      .onConflict((o) =>
        o
          .columns(["meeting_id", "agency_id", "person_id"])
          .doUpdateSet({ ...{ guest: false, for_agency: true, left_at: null } }),
      )
      .execute();
  const parted = new Set(known.flatMap(({ personId, left }) => (left && personId) || []));
  const joining = fresh.flatMap(({ personId }) => personId ?? []);
  return {
    changed: fresh.length + gone.length > 0,
    fresh: joining,
    back: joining.filter((id) => parted.has(id)),
    gone: gone.flatMap(({ personId }) => personId ?? []),
    absent: known.flatMap(({ personId, forAgency, here, left }) =>
      personId && !forAgency && !here && !left ? [personId] : [],
    ),
  };
}

/** The agencies asked, of those that are in the body; those too that have joined it since, where all were. */
async function agenciesAsked(work: UnitOfWork, meetingId: string): Promise<string[]> {
  const members = await agenciesOf(work.tx);
  const { asks_all } = await work.tx
    .selectFrom("meetings")
    .select("asks_all")
    .where("id", "=", meetingId)
    .executeTakeFirstOrThrow();
  const rows = await work.tx
    .selectFrom("meeting_agencies")
    .select("agency_id")
    .where("meeting_id", "=", meetingId)
    .execute();
  const asked = new Set(rows.map(({ agency_id }) => agency_id));
  return members.filter(({ id, observer }) => asked.has(id) || (asks_all && !observer)).map(({ id }) => id);
}

async function focalPointsOf(work: UnitOfWork, agencyIds: readonly string[]): Promise<Map<string, string[]>> {
  if (agencyIds.length === 0) return new Map();
  const rows = await work.tx
    .selectFrom("roles")
    .innerJoin("persons", "persons.id", "roles.person_id")
    .select(["persons.id", "persons.agency_id"])
    .where("roles.role", "=", "focal_point")
    .where("persons.active", "=", true)
    .where("persons.agency_id", "in", agencyIds)
    .orderBy("persons.name")
    .execute();
  return new Map(
    [...groupBy(rows, ({ agency_id }) => agency_id)].map(([agency, own]) => [agency, own.map(({ id }) => id)]),
  );
}

async function seatsOf(work: UnitOfWork, meetingId: string): Promise<Seat[]> {
  const rows = await work.tx
    .selectFrom("invitees")
    .select(["id", "agency_id", "person_id", "for_agency", "left_at", "guest"])
    .select(sql<boolean>`exists (select from roles r where r.person_id = invitees.person_id)`.as("here"))
    .where("meeting_id", "=", meetingId)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, agencyId: row.agency_id, personId: row.person_id, forAgency: row.for_agency },
    ...{ left: row.left_at !== null, guest: row.guest, here: row.here },
  }));
}

/** The persons asked through these seats; through one that is an agency's own, whoever speaks for it. */
export async function voicesOf(work: UnitOfWork, seats: readonly Invitee[]): Promise<Person[]> {
  const persons = seats.flatMap(({ person }) => (person && takesPart(person) ? [person] : []));
  const open = seats.filter(({ person, left }) => !person && !left).map(({ agency }) => agency.id);
  const speakers = await speakersOfAll(work.tx, open);
  return [...new Map([...persons, ...speakers].map((one) => [one.id, one])).values()];
}

/** Who would be asked for these agencies now, before there is a meeting. */
export async function askedFor(work: UnitOfWork, agencies: readonly Agency[]): Promise<Person[]> {
  const ids = agencies.map(({ id }) => id);
  const focal = await focalPointsOf(work, ids);
  return [
    ...(await findPersons(work.tx, { ids: [...focal.values()].flat() })),
    ...(await speakersOfAll(
      work.tx,
      ids.filter((id) => !focal.has(id)),
    )),
  ];
}
