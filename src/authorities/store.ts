import { subMonths } from "date-fns";
import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from "kysely";
import { chosen, defineKind, held } from "../items/kind.js";
import { agenciesById, personsById } from "../people/store.js";
import { may } from "../policy/index.js";
import type { AuthorityRow } from "../store/authority-tables.js";
import { containing } from "../store/database.js";
import type { Schema } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Day, plusDays } from "../time/index.js";
import { FUNCTIONS } from "./functions.js";
import { AUTHORITY, AUTHORITY_KINDS, type Authority, CHANNELS, OLD_AFTER, STALE_AFTER } from "./model.js";
import type { Query } from "./query.js";
import { wordsIn } from "./words.js";

export const AUTHORITIES = defineKind<Authority>({
  ...{ kind: AUTHORITY, letter: "A", show: "authority", unknown: (t) => t.errors.noAuthority, unheld: true },
  async load(work, { viewer, hold, ...which }) {
    if (viewer && !may(viewer, "authority.see")) return [];
    const query = work.tx.selectFrom("authorities").selectAll().where(chosen(which)).orderBy("number");
    return authoritiesOf(work, await held(query, hold).execute());
  },
});

/** In the order given. */
export async function authoritiesOf(work: UnitOfWork, rows: readonly Selectable<AuthorityRow>[]): Promise<Authority[]> {
  if (rows.length === 0) return [];
  const keepers = await agenciesById(
    work.tx,
    rows.flatMap(({ keeper_id, agency_id }) => [keeper_id, ...(agency_id ? [agency_id] : [])]),
  );
  const checkers = await personsById(
    work.tx,
    rows.flatMap(({ verified_by }) => verified_by ?? []),
  );
  const instead = await refsOf(
    work,
    rows.flatMap(({ replaced_by }) => replaced_by ?? []),
  );
  return rows.flatMap((row) => {
    const keeper = keepers.get(row.keeper_id);
    if (!keeper) return [];
    return [
      {
        ...{ id: row.id, number: row.number, ref: `A-${row.number}`, keeper, version: row.version, state: row.state },
        ...{ name: row.name, otherNames: row.other_names, country: row.country, networks: row.networks },
        countryName: row.country_name ?? undefined,
        agency: row.agency_id ? keepers.get(row.agency_id) : undefined,
        functions: FUNCTIONS.filter((one) => row.functions.includes(one)),
        kind: AUTHORITY_KINDS.find((kind) => kind === row.kind) ?? "central_authority",
        phone: row.phone ?? undefined,
        email: row.email ?? undefined,
        address: row.address ?? undefined,
        urgent: row.urgent ?? undefined,
        hours: row.hours ?? undefined,
        langs: row.langs,
        channels: CHANNELS.filter((one) => row.channels.includes(one)),
        requirements: row.requirements ?? undefined,
        source: row.source ?? undefined,
        replacedBy: row.replaced_by ? instead.get(row.replaced_by) : undefined,
        verifiedOn: row.verified_on ?? undefined,
        verifiedBy: row.verified_by ? checkers.get(row.verified_by)?.name : undefined,
      },
    ];
  });
}

async function refsOf(work: UnitOfWork, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await work.tx.selectFrom("authorities").select(["id", "number"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, number }) => [id, `A-${number}`]));
}

/** What rests sealed, for who opens it. */
export const urgentOf = async (work: UnitOfWork, { urgent }: Pick<Authority, "urgent">): Promise<string | undefined> =>
  urgent === undefined ? undefined : (await work.cipher()).open(urgent);

export type OwnStates = {
  /** Codes by the words of their names. */
  named: ReadonlyMap<string, string>;
  /** How they are called, by their codes. */
  names: ReadonlyMap<string, string>;
};

/** States that no list of countries has. */
export async function ownStates(work: UnitOfWork): Promise<OwnStates> {
  const rows = await work.tx
    .selectFrom("authorities")
    .select(["country", "country_name"])
    .distinct()
    .where("country_name", "is not", null)
    .orderBy("country")
    .orderBy("country_name")
    .execute();
  return {
    named: new Map(rows.map(({ country, country_name }) => [wordsIn(country_name ?? "").join(" "), country])),
    names: new Map(rows.map(({ country, country_name }) => [country, country_name ?? country])),
  };
}

export const PAGE = 10;

export type Page = { found: Authority[]; total: number };

type Rows = ExpressionBuilder<Schema, "authorities">;

/**
 * Those in service before the others, with an urgent channel before those without where that is asked, central
 * authorities before others, and what was checked before what was not.
 * @param today the day in the zone of the body
 */
export async function search(work: UnitOfWork, query: Query, page: number, today: Day): Promise<Page> {
  const urgent = sql<number>`(authorities.urgent is null)::int`;
  // Of thousands ten are shown: the others are sorted and counted by their ids alone.
  const hits = await work.tx
    .selectFrom("authorities")
    .where(fits(query, today))
    .select(["id", sql<number>`count(*) over ()`.as("total")])
    .orderBy(sql`array_position(array['active', 'paused', 'closed'], state)`)
    .$if(query.urgent, (q) => q.orderBy(urgent))
    .orderBy(ageRank(today))
    .orderBy(sql`array_position(${sql.val([...AUTHORITY_KINDS])}::text[], kind)`)
    .orderBy("country")
    .orderBy("name")
    .orderBy("number")
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute();
  const [first] = hits;
  if (!first) return { found: [], total: page === 1 ? 0 : await count(work, query, today) };
  const found = new Map(
    (
      await AUTHORITIES.byIds(
        work,
        hits.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  );
  return { found: hits.flatMap(({ id }) => found.get(id) ?? []), total: Number(first.total) };
}

export async function count(work: UnitOfWork, query: Query, today: Day): Promise<number> {
  const { total } = await work.tx
    .selectFrom("authorities")
    .where(fits(query, today))
    .select(sql<number>`count(*)`.as("total"))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** What was entered within the last month and not checked yet is not to be checked already. */
const toCheck = (work: UnitOfWork, today: Day) =>
  work.tx
    .selectFrom("authorities")
    .where(unchecked(today))
    .where((eb) => eb.or([eb("verified_on", "is not", null), eb("created_at", "<", subMonths(work.now, 1))]));

/** The agencies that have something to check. */
export async function keepersToRemind(work: UnitOfWork, today: Day): Promise<string[]> {
  const rows = await toCheck(work, today).select("keeper_id").distinct().execute();
  return rows.map(({ keeper_id }) => keeper_id);
}

/** What an agency has to check, what was checked longest ago first. */
export async function uncheckedOf(
  work: UnitOfWork,
  keeperId: string,
  today: Day,
  limit: number,
): Promise<{ oldest: Authority[]; count: number }> {
  const due = toCheck(work, today).where("keeper_id", "=", keeperId);
  const { count } = await due.select(sql<number>`count(*)::int`.as("count")).executeTakeFirstOrThrow();
  if (count === 0) return { oldest: [], count };
  const rows = await due
    .selectAll()
    .orderBy("verified_on", (o) => o.asc().nullsFirst())
    .orderBy("number")
    .limit(limit)
    .execute();
  return { oldest: await authoritiesOf(work, rows), count };
}

/** A month is 30.4 days here: for an order it is near enough, and no row is read for it. */
const before = (today: Day, months: number): Day => plusDays(today, -Math.round(months * 30.4));

/** What was checked before that day has been checked for the last time more than a year ago. */
export const oldSince = (today: Day): Day => before(today, OLD_AFTER);

const ageRank = (today: Day) => {
  return sql`case when verified_on is null then 3 when verified_on >= ${oldSince(today)} then 0
    when verified_on >= ${before(today, STALE_AFTER)} then 1 else 2 end`;
};

/** Nobody has checked them for a year, or ever. What is closed is not to be checked. */
const unchecked =
  (today: Day) =>
  (eb: Rows): Expression<SqlBool> =>
    eb.and([
      eb("state", "!=", "closed"),
      eb.or([eb("verified_on", "is", null), eb("verified_on", "<", oldSince(today))]),
    ]);

const fits =
  ({ countries, functions, kinds, langs, words, ...query }: Query, today: Day) =>
  (eb: Rows): Expression<SqlBool> =>
    eb.and([
      ...(query.unchecked ? [unchecked(today)(eb)] : []),
      ...(countries.length ? [eb("country", "in", countries)] : []),
      ...(functions.length ? [overlaps("functions", functions)] : []),
      ...(kinds.length ? [eb("kind", "in", kinds)] : []),
      ...(langs.length ? [overlaps("langs", langs)] : []),
      ...words.map((word) => eb("plain", "like", containing(word))),
    ]);

const overlaps = (column: "functions" | "langs", values: readonly string[]) =>
  sql<boolean>`${sql.ref(`authorities.${column}`)} && ${sql.val([...values])}::text[]`;

/** What a country has, where it has not what was asked for: functions, the most frequent first. */
export async function functionsIn(work: UnitOfWork, countries: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ one: string }>`
    select one from authorities, unnest(functions) one
    where country in (${sql.join(countries)}) and state = 'active' group by one order by count(*) desc, one`.execute(
    work.tx,
  );
  return rows.map(({ one }) => one);
}

/** The one of this name in this country, however it is written. */
export async function alike(
  work: UnitOfWork,
  country: string,
  name: string,
): Promise<{ id: string; ref: string } | undefined> {
  const rows = await work.tx
    .selectFrom("authorities")
    .select(["id", "number", "name"])
    .where("country", "=", country)
    .where("state", "!=", "closed")
    .where("plain", "like", containing(plainName(name)))
    .execute();
  const same = rows.find((row) => plainName(row.name) === plainName(name));
  return same && { id: same.id, ref: `A-${same.number}` };
}

export const plainName = (name: string): string => wordsIn(name).join(" ");

/** What a search by words looks in. */
export const plainOf = ({
  name,
  otherNames,
  networks,
  countryName,
}: Pick<Authority, "name" | "otherNames" | "networks" | "countryName">) =>
  [name, ...otherNames, ...networks, countryName ?? ""].map(plainName).join(" ");
