import { type ExpressionBuilder, type InferResult, type Selectable, sql } from "kysely";
import { type AccountRef, type ConversationRef, type Platform, platformFacts } from "../chat/index.js";
import { ROLES, type Role, SPEAKING } from "../policy/index.js";
import { bodiesKnown, type Tx } from "../store/database.js";
import { known } from "../store/memory.js";
import type { AgencyRow, BodyRow, Schema } from "../store/schema.js";
import { cleanLocale, firstZone, soundHours, soundWeek } from "./clean.js";
import type { Agency, Body, Person, Week } from "./model.js";

/** Reads inside one body: row-level security shows that body's agencies and people alone. */

export async function loadBody(tx: Tx, id: string): Promise<Body | undefined> {
  const row =
    bodiesKnown(tx).get(id) ?? (await tx.selectFrom("bodies").selectAll().where("id", "=", id).executeTakeFirst());
  return row && bodyOf(row);
}

export async function allBodies(tx: Tx): Promise<Body[]> {
  return (await tx.selectFrom("bodies").selectAll().orderBy("slug").execute()).map(bodyOf);
}

const bodyOf = (row: Selectable<BodyRow>): Body => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  zone: firstZone(row.zone),
  lang: cleanLocale(row.lang) ?? "en",
  week: weekOf(row),
  rules: row.rules,
});

/** Agencies and people that a transaction has read, by id; forgotten as soon as it writes to any of these tables. */
const AGENCIES = new Set(["agencies", "members", "bodies"] as const);
const PERSONS = new Set(["persons", "roles", ...AGENCIES] as const);
const agenciesKnown = (tx: Tx) => known<Agency>(tx, "agencies", AGENCIES);
const personsKnown = (tx: Tx) => known<Person>(tx, "persons", PERSONS);
/** By agency: all who are active there. */
const membersKnown = (tx: Tx) => known<Person[]>(tx, "members of an agency", PERSONS);

export async function agenciesOf(tx: Tx): Promise<Agency[]> {
  const all = known<Agency[]>(tx, "all agencies", AGENCIES);
  const before = all.get("");
  if (before) return [...before];
  const kept = agenciesKnown(tx);
  const rows = await agencyQuery(tx).orderBy("agencies.handle").execute();
  const agencies = rows.map((row) => keep(kept, row.id, () => agencyOf(row)));
  all.set("", agencies);
  return [...agencies];
}

export async function loadAgency(tx: Tx, id: string): Promise<Agency> {
  const kept = agenciesKnown(tx);
  const before = kept.get(id);
  if (before) return before;
  const row = await agencyQuery(tx).where("agencies.id", "=", id).executeTakeFirstOrThrow();
  return keep(kept, id, () => agencyOf(row));
}

export async function findAgency(tx: Tx, handle: string): Promise<Agency | undefined> {
  const kept = agenciesKnown(tx);
  const said = handle.toLowerCase();
  for (const agency of kept.values()) if (agency.handle === said) return agency;
  const row = await agencyQuery(tx).where("agencies.handle", "=", said).executeTakeFirst();
  return row && keep(kept, row.id, () => agencyOf(row));
}

/** Those of these agencies that are in the body. */
export async function agenciesById(tx: Tx, ids: Iterable<string>): Promise<Map<string, Agency>> {
  const kept = agenciesKnown(tx);
  const wanted = [...new Set(ids)];
  const missing = wanted.filter((id) => !kept.has(id));
  const rows = missing.length ? await agencyQuery(tx).where("agencies.id", "in", missing).execute() : [];
  const read = new Map(rows.map((row) => [row.id, keep(kept, row.id, () => agencyOf(row))]));
  return chosen(wanted, (id) => kept.get(id) ?? read.get(id));
}

/** What was read first stays the one that everybody is given; an agency stands in the row of each of its people. */
function keep<T extends { id: string }>(kept: Map<string, T>, id: string, made: () => T): T {
  const one = kept.get(id) ?? made();
  kept.set(id, one);
  return one;
}

const chosen = <T>(ids: readonly string[], of: (id: string) => T | undefined): Map<string, T> =>
  new Map(
    ids.flatMap((id) => {
      const found = of(id);
      return found ? [[id, found] as const] : [];
    }),
  );

const agencyQuery = (tx: Tx) =>
  tx
    .selectFrom("agencies")
    .innerJoin("members", "members.agency_id", "agencies.id")
    .innerJoin("bodies", "bodies.id", "members.body_id")
    .selectAll("agencies")
    .select(MEMBERSHIP);

const MEMBERSHIP = ["members.observer", "members.represented", "members.channel", "bodies.zone as body_zone"] as const;
const PERSON = [
  "persons.id as p_id",
  "persons.name as p_name",
  "persons.lang as p_lang",
  "persons.zone as p_zone",
  "persons.work_from as p_from",
  "persons.work_to as p_to",
  "persons.active as p_active",
  "persons.email as p_email",
  "persons.phone as p_phone",
] as const;

type Membership = { observer: boolean; represented: boolean; channel: ConversationRef | null; body_zone: string };

const agencyOf = (row: Selectable<AgencyRow> & Membership): Agency => ({
  id: row.id,
  handle: row.handle,
  name: row.name,
  country: row.country,
  mandate: row.mandate,
  zone: firstZone(row.zone, row.body_zone),
  lang: cleanLocale(row.langs[0]) ?? "en",
  week: weekOf(row),
  channel: row.channel,
  observer: row.observer,
  represented: row.represented,
  hints: row.hints,
});

const weekOf = (row: Selectable<BodyRow> | Selectable<AgencyRow>): Week =>
  soundWeek({
    country: row.country,
    days: row.work_days,
    from: row.work_from,
    to: row.work_to,
    added: row.holidays_added,
    removed: row.holidays_removed,
  });

export type PersonFilter = { ids?: string[]; agencyId?: string; role?: Role; activeOnly?: boolean };

export async function findPersons(tx: Tx, filter: PersonFilter): Promise<Person[]> {
  if (filter.ids?.length === 0) return [];
  const ofRole = (persons: Person[]) =>
    filter.role ? persons.filter((person) => filter.role && person.roles.includes(filter.role)) : persons;
  const members = filter.agencyId && filter.activeOnly && !filter.ids ? membersKnown(tx) : undefined;
  const before = members?.get(filter.agencyId ?? "");
  if (before) return ofRole(before);
  const kept = personsKnown(tx);
  let query = personQuery(tx).orderBy("persons.name");
  if (filter.ids) query = query.where("persons.id", "in", filter.ids);
  if (filter.agencyId) query = query.where("persons.agency_id", "=", filter.agencyId);
  if (filter.activeOnly) query = query.where("persons.active", "=", true);
  const agencies = agenciesKnown(tx);
  const persons = (await query.execute()).map((row) => keep(kept, row.p_id, () => personOf(row, agencies)));
  if (filter.agencyId) members?.set(filter.agencyId, persons);
  return ofRole(persons);
}

/**
 * Everybody whom words could mean: the agency with that handle, with all who are active there, and whoever may be called
 * so, to be looked at with `fold`. One statement.
 * @param names words of a name, folded; none looks for nobody
 */
export async function whoMayBeMeant(
  tx: Tx,
  handle: string,
  names: readonly string[],
): Promise<{ agency?: Agency; called: Person[] }> {
  const meant = known<{ agency?: Agency; called: Person[] }>(tx, "meant", PERSONS);
  const key = JSON.stringify([handle, names]);
  const before = meant.get(key);
  if (before) return before;
  const mayBeCalled = names.length
    ? sql<boolean>`persons.active and coalesce(plain_names(persons.name) @> array[${sql.join(names)}]::text[], true)`
    : sql<boolean>`false`;
  const rows = await tx
    .selectFrom("agencies")
    .innerJoin("members", "members.agency_id", "agencies.id")
    .innerJoin("bodies", "bodies.id", "members.body_id")
    .leftJoin("persons", (join) => join.onRef("persons.agency_id", "=", "agencies.id").on("persons.active", "=", true))
    .leftJoin("roles", "roles.person_id", "persons.id")
    .selectAll("agencies")
    .select(MEMBERSHIP)
    .select(PERSON)
    .select((eb) => eb.fn.agg<Role[] | null>("array_agg", ["roles.role"]).as("p_roles"))
    .select(mayBeCalled.as("called"))
    .where((eb) => eb.or([eb("agencies.handle", "=", handle), mayBeCalled]))
    .groupBy(["agencies.id", "members.body_id", "members.agency_id", "bodies.id", "persons.id"])
    .orderBy("persons.name")
    .execute();
  const [persons, agencies] = [personsKnown(tx), agenciesKnown(tx)];
  const read = rows.map((row) => ({
    ...{ handle: row.handle, called: row.called === true, agency: keep(agencies, row.id, () => agencyOf(row)) },
    person: row.p_id === null ? undefined : keep(persons, row.p_id, () => personOf(row as PersonFound, agencies)),
  }));
  const there = read.filter((one) => one.handle === handle);
  const agency = there[0]?.agency;
  if (agency)
    membersKnown(tx).set(
      agency.id,
      there.flatMap(({ person }) => person ?? []),
    );
  const found = { agency, called: read.flatMap(({ called, person }) => (called && person ? [person] : [])) };
  meant.set(key, found);
  return found;
}

/** Those of these people who are seen from this body, in no order. */
export async function personsById(tx: Tx, ids: Iterable<string>): Promise<Map<string, Person>> {
  const kept = personsKnown(tx);
  const wanted = [...new Set(ids)];
  const missing = wanted.filter((id) => !kept.has(id));
  const read = new Map((await findPersons(tx, { ids: missing })).map((person) => [person.id, person]));
  return chosen(wanted, (id) => kept.get(id) ?? read.get(id));
}

const personQuery = (tx: Tx) =>
  tx
    .selectFrom("persons")
    .innerJoin("agencies", "agencies.id", "persons.agency_id")
    .innerJoin("members", "members.agency_id", "agencies.id")
    .innerJoin("bodies", "bodies.id", "members.body_id")
    .leftJoin("roles", "roles.person_id", "persons.id")
    .selectAll("agencies")
    .select(MEMBERSHIP)
    .select(PERSON)
    .select((eb) => eb.fn.agg<Role[] | null>("array_agg", ["roles.role"]).as("p_roles"))
    .groupBy(["agencies.id", "members.body_id", "members.agency_id", "bodies.id", "persons.id"]);

type PersonFound = InferResult<ReturnType<typeof personQuery>>[number];

function personOf(row: PersonFound, agencies: Map<string, Agency>): Person {
  const agency = keep(agencies, row.id, () => agencyOf(row));
  const hours = soundHours(row.p_from, row.p_to);
  return {
    id: row.p_id,
    name: row.p_name,
    agencyId: row.id,
    agency,
    roles: ROLES.filter((role) => row.p_roles?.includes(role)),
    lang: cleanLocale(row.p_lang) ?? agency.lang,
    // What was once told wrong and kept must not stop anything: the agency's holds.
    zone: firstZone(row.p_zone, agency.zone),
    workFrom: hours.from,
    workTo: hours.to,
    active: row.p_active,
    email: row.p_email,
    phone: row.p_phone,
    standsInFor: [],
  };
}

export async function loadPerson(tx: Tx, id: string): Promise<Person | undefined> {
  return (await personsById(tx, [id])).get(id);
}

/**
 * Somebody with what they may do at this moment beside their own roles: for those whose deputy they are, on duty, and for
 * an agency that has nobody else to decide. One statement, and one more while they are somebody's deputy.
 */
export async function loadActing(tx: Tx, id: string, now: Date): Promise<Person | undefined> {
  const row = await personQuery(tx)
    .where("persons.id", "=", id)
    .select([
      sql<string[]>`array(select person_id from absences
        where deputy_id = persons.id and from_at <= ${now} and until_at > ${now})`.as("away"),
      sql<Role[]>`array(select distinct r.role from persons p join roles r on r.person_id = p.id
        where p.agency_id = persons.agency_id and p.active)`.as("there"),
      sql<boolean>`exists (select from duties where person_id = persons.id and agency_id = persons.agency_id
        and from_at <= ${now} and until_at > ${now})`.as("duty"),
      sql<boolean>`in_several_bodies(persons.id)`.as("several"),
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const person = keep(personsKnown(tx), row.p_id, () => personOf(row, agenciesKnown(tx)));
  const own = SPEAKING.find((role) => person.roles.includes(role));
  const away = await personsById(tx, row.away);
  return {
    ...person,
    standsInFor: [...away.values()]
      .filter((one) => one.agencyId === person.agencyId)
      .map(({ id, roles }) => ({ id, roles })),
    speaks: own !== undefined && own !== SPEAKING[0] && SPEAKING.find((role) => row.there.includes(role)) === own,
    onDuty: row.duty,
    several: row.several,
  };
}

/** Somebody who was read already, as `loadActing` gives them. */
export const asDeputy = async (tx: Tx, person: Person, now: Date): Promise<Person> =>
  (await loadActing(tx, person.id, now)) ?? person;

export async function personOfAccount(tx: Tx, account: AccountRef): Promise<Person | undefined> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from person_of_account(${account.platform}, ${account.tenant}, ${account.user})`.execute(tx);
  const [row] = rows;
  // Of somebody who is in none of this body's agencies nothing is found.
  return row && loadPerson(tx, row.person_id);
}

/**
 * Somebody mentioned. In a channel shared with other organisations a platform may give the id of the user and not whose
 * member it is; where such ids are unique and one account of this body has it, that one is meant.
 */
export async function personMentioned(tx: Tx, account: AccountRef, shared: boolean): Promise<Person | undefined> {
  const found = await personOfAccount(tx, account);
  if (found || !shared || !platformFacts(account.platform).usersAreUnique) return found;
  const rows = await tx
    .selectFrom("accounts")
    .select("person_id")
    .distinct()
    .where("platform", "=", account.platform)
    .where("user_id", "=", account.user)
    .limit(2)
    .execute();
  const [only, another] = rows;
  return only && !another ? loadPerson(tx, only.person_id) : undefined;
}

/** Accounts that can be tried, the platform last spoken on first. */
export async function accountsOf(tx: Tx, personId: string): Promise<AccountRef[]> {
  const rows = await tx
    .selectFrom("accounts")
    .select(["platform", "tenant", "user_id"])
    .where("person_id", "=", personId)
    .where("unreachable", "is", null)
    .orderBy("linked_at", "desc")
    .execute();
  return rows.map((row) => ({ platform: row.platform as Platform, tenant: row.tenant, user: row.user_id }));
}

/** A deputy who works in another body alone stands in there. */
const worksHere = (eb: ExpressionBuilder<Schema, "persons">) =>
  eb.exists(eb.selectFrom("roles").select("roles.role").whereRef("roles.person_id", "=", "persons.id"));

const STAND_INS = new Set(["absences", "persons", "roles"] as const);

/**
 * Of each of these people, who answers for them now: their deputy where they are away, else they themselves. Deputies of
 * deputies are not followed.
 */
export async function standIns(tx: Tx, personIds: readonly string[], now: Date): Promise<string[]> {
  const kept = known<string>(tx, "stand-ins", STAND_INS);
  const keyOf = (id: string) => `${id} ${now.getTime()}`;
  const missing = [...new Set(personIds)].filter((id) => !kept.has(keyOf(id)));
  const read = missing.length ? await deputies(tx, now, missing) : new Map<string, string>();
  for (const id of missing) kept.set(keyOf(id), read.get(id) ?? id);
  return personIds.map((id) => kept.get(keyOf(id)) ?? read.get(id) ?? id);
}

/** On leave at this moment, with a deputy or without. */
export async function isAway(tx: Tx, personId: string, now: Date): Promise<boolean> {
  const row = await tx
    .selectFrom("absences")
    .select("person_id")
    .where("person_id", "=", personId)
    .where("from_at", "<=", now)
    .where("until_at", ">", now)
    .executeTakeFirst();
  return row !== undefined;
}

/** Who is away at this moment, whether somebody stands in or not. */
export async function awayNow(tx: Tx, now: Date): Promise<Set<string>> {
  const rows = await tx
    .selectFrom("absences")
    .select("person_id")
    .where("from_at", "<=", now)
    .where("until_at", ">", now)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** Who is away at this moment and for whom nobody stands in. */
export async function awayAlone(tx: Tx, now: Date): Promise<Set<string>> {
  const standIns = await deputies(tx, now);
  return new Set([...(await awayNow(tx, now))].filter((id) => !standIns.has(id)));
}

/** The body that a conversation is bound to, whichever it is. */
export async function bodyOfPlace(
  tx: Tx,
  conversation: Pick<ConversationRef, "platform" | "tenant" | "id">,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`
    select body_of_place(${conversation.platform}, ${conversation.tenant}, ${conversation.id}) as id`.execute(tx);
  return rows[0]?.id ?? undefined;
}

/** Who stands in for whom at this moment, for everybody of the body at once. */
export async function deputies(tx: Tx, now: Date, of?: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom("absences")
    .innerJoin("persons", "persons.id", "absences.deputy_id")
    .select(["absences.person_id", "persons.id as deputy"])
    .where("absences.from_at", "<=", now)
    .where("absences.until_at", ">", now)
    .where("persons.active", "=", true)
    .where((eb) => worksHere(eb))
    .$if(of !== undefined, (query) => query.where("absences.person_id", "in", [...(of ?? [])]))
    .orderBy("absences.from_at")
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.deputy]));
}

export async function focalPoints(tx: Tx, agencyId: string): Promise<Person[]> {
  return findPersons(tx, { agencyId, role: "focal_point", activeOnly: true });
}

/** Whether somebody of the agency is here to read what is asked of it. */
export async function anybodyOf(tx: Tx, agencyId: string): Promise<boolean> {
  return (await findPersons(tx, { agencyId, activeOnly: true })).some(({ roles }) => roles.length > 0);
}

/** Its focal points; where it has none its staff, and where it has no staff its observers. */
export async function speakersOf(tx: Tx, agencyId: string): Promise<Person[]> {
  const people = await findPersons(tx, { agencyId, activeOnly: true });
  const role = SPEAKING.find((one) => people.some(({ roles }) => roles.includes(one)));
  return role
    ? people.filter(({ roles }) => roles.includes(role)).map((one) => ({ ...one, speaks: role !== SPEAKING[0] }))
    : [];
}

/** Of several agencies at once: all who speak for each. */
export async function speakersOfAll(tx: Tx, agencyIds: readonly string[]): Promise<Person[]> {
  const roles = await speakingIn(tx, agencyIds);
  if (roles.size === 0) return [];
  const rows = await tx
    .selectFrom("persons")
    .innerJoin("roles", "roles.person_id", "persons.id")
    .select("persons.id")
    .where("persons.active", "=", true)
    .where((eb) =>
      eb.or([...roles].map(([id, role]) => eb.and([eb("persons.agency_id", "=", id), eb("roles.role", "=", role)]))),
    )
    .execute();
  return findPersons(tx, { ids: rows.map(({ id }) => id) });
}

/** Which role speaks for each of these agencies; none for one that nobody is of. */
export async function speakingIn(
  tx: Tx,
  agencyIds: readonly string[],
): Promise<Map<string, (typeof SPEAKING)[number]>> {
  if (agencyIds.length === 0) return new Map();
  const anybody = (role: Role) => sql`exists (select from persons p join roles r on r.person_id = p.id
    where p.agency_id = a.id and p.active and r.role = ${role})`;
  const { rows } = await sql<{ id: string; role: (typeof SPEAKING)[number] }>`
    select a.id, case ${sql.join(
      SPEAKING.map((role) => sql`when ${anybody(role)} then ${role}::text`),
      sql` `,
    )} end as role
    from agencies a where a.id in (${sql.join([...new Set(agencyIds)].map((id) => sql`${id}::uuid`))})`.execute(tx);
  return new Map(rows.flatMap(({ id, role }) => (role ? [[id, role]] : [])));
}

/** Handles of the agencies that have no focal point, observers apart: nobody decides there. */
export async function undecided(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ handle: string }>`
    select a.handle from agencies a join members m on m.agency_id = a.id
    where not m.observer and not exists (
      select from persons p join roles r on r.person_id = p.id
      where p.agency_id = a.id and p.active and r.role = 'focal_point')
    order by a.handle`.execute(tx);
  return rows.map(({ handle }) => handle);
}

export async function coordinatorsOf(tx: Tx): Promise<Person[]> {
  return findPersons(tx, { role: "coordinator", activeOnly: true });
}

/** Who is on the agency's duty roster at this moment. */
export async function onDuty(tx: Tx, agencyId: string, now: Date): Promise<Person[]> {
  const rows = await tx
    .selectFrom("duties")
    .select("person_id")
    .where("agency_id", "=", agencyId)
    .where("from_at", "<=", now)
    .where("until_at", ">", now)
    .execute();
  const people = await findPersons(tx, { ids: rows.map((row) => row.person_id), activeOnly: true });
  return people.filter((person) => person.roles.length);
}

/** The deputies of an agency's focal points who are away now. */
export async function deputyFocalPoints(tx: Tx, agencyId: string, now: Date): Promise<string[]> {
  const focal = (await focalPoints(tx, agencyId)).map(({ id }) => id);
  return (await standIns(tx, focal, now)).filter((id, at) => id !== focal[at]);
}

/** Coord was taken out of a conversation: notices to the agency no longer go there. @returns whose it was */
export async function unbind(tx: Tx, conversation: ConversationRef): Promise<string | undefined> {
  const row = await tx
    .deleteFrom("places")
    .where("platform", "=", conversation.platform)
    .where("tenant", "=", conversation.tenant)
    .where("conversation", "=", conversation.id)
    .returning("agency_id")
    .executeTakeFirst();
  if (!row?.agency_id) return undefined;
  await tx
    .updateTable("members")
    .set({ channel: null })
    .where("agency_id", "=", row.agency_id)
    .where(sql<boolean>`channel->>'id' = ${conversation.id}`)
    .execute();
  return row.agency_id;
}
