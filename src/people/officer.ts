import type { Tx } from "../store/database.js";
import type { Person } from "./model.js";
import { coordinatorsOf, findPersons } from "./store.js";

/** The data protection officer whom an agency named in this body, while they belong to it. */
export async function officerOf(tx: Tx, agencyId: string): Promise<Person | undefined> {
  return (await named(tx)).find((person) => person.agencyId === agencyId);
}

/**
 * Who hears how an agency's data are asked about: its officer; without one its focal points; without any the
 * coordinators, so that somebody does. For several agencies at once.
 */
export async function listeners(tx: Tx, agencyIds: readonly string[]): Promise<Map<string, Person[]>> {
  const officers = await named(tx);
  const focal = await findPersons(tx, { role: "focal_point", activeOnly: true });
  const of = (people: Person[], agencyId: string) => people.filter((person) => person.agencyId === agencyId);
  const secretariat = await coordinatorsOf(tx);
  return new Map(
    agencyIds.map((agencyId) => [
      agencyId,
      [of(officers, agencyId), of(focal, agencyId), secretariat].find((people) => people.length > 0) ?? [],
    ]),
  );
}

async function named(tx: Tx): Promise<Person[]> {
  const rows = await tx
    .selectFrom("members")
    .select(["agency_id", "officer_id"])
    .where("officer_id", "is not", null)
    .execute();
  const agencyOf = new Map(rows.map((row) => [row.officer_id, row.agency_id]));
  const people = await findPersons(tx, { ids: rows.flatMap((row) => row.officer_id ?? []), activeOnly: true });
  return people.filter((person) => person.roles.length && agencyOf.get(person.id) === person.agencyId);
}
