import { type Selectable, sql } from "kysely";
import { isNamed } from "../authorities/countries.js";
import { AUTHORITIES, ownStates } from "../authorities/store.js";
import { chosen, defineKind, held } from "../items/kind.js";
import { agenciesById } from "../people/store.js";
import { may } from "../policy/index.js";
import type { ProcedureSheetRow } from "../store/sheet-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { MEASURES, type Measure } from "./measures.js";
import { SAID, SHEET, type Sheet } from "./model.js";

export const SHEETS = defineKind<Sheet>({
  ...{ kind: SHEET, letter: "P", show: "sheet", unknown: (t) => t.errors.noSheet, unheld: true },
  async load(work, { viewer, hold, ...which }) {
    if (viewer && !may(viewer, "authority.see")) return [];
    const query = inForce(work).selectAll().where(chosen(which)).orderBy("number");
    return sheetsOf(work, await held(query, hold).execute());
  },
});

const inForce = (work: UnitOfWork) => work.tx.selectFrom("procedure_sheets").where("removed", "=", false);

/** In the order given. */
async function sheetsOf(work: UnitOfWork, rows: readonly Selectable<ProcedureSheetRow>[]): Promise<Sheet[]> {
  if (rows.length === 0) return [];
  const keepers = await agenciesById(
    work.tx,
    rows.map(({ keeper_id }) => keeper_id),
  );
  const ids = rows.flatMap(({ receives_id }) => receives_id ?? []);
  const receiving = new Map((await AUTHORITIES.byIds(work, ids)).map((one) => [one.id, one]));
  const own = rows.every(({ country }) => isNamed(country)) ? undefined : await ownStates(work);
  return rows.flatMap((row) => {
    const keeper = keepers.get(row.keeper_id);
    if (!keeper) return [];
    return [
      {
        ...{ id: row.id, number: row.number, ref: `P-${row.number}`, keeper, version: row.version },
        ...{ country: row.country, measure: row.measure, possible: row.possible, langs: row.langs },
        ...Object.fromEntries(SAID.map((one) => [one, row[one] ?? undefined])),
        countryName: own?.names.get(row.country),
        receives: row.receives_id ? receiving.get(row.receives_id) : undefined,
        verifiedOn: row.verified_on ?? undefined,
      },
    ];
  });
}

/** The one that is in force for a State and a measure. */
export async function sheetFor(work: UnitOfWork, country: string, measure: Measure): Promise<Sheet | undefined> {
  return (await sheetsFor(work, country, [measure]))[0];
}

/** Those of a State for some measures, in the order of the measures. */
export async function sheetsFor(work: UnitOfWork, country: string, measures: readonly Measure[]): Promise<Sheet[]> {
  if (measures.length === 0) return [];
  const rows = await inForce(work)
    .selectAll()
    .where("country", "=", country)
    .where("measure", "in", measures)
    .orderBy(place)
    .execute();
  return sheetsOf(work, rows);
}

export const PAGE = 10;

export type SheetFilter = { countries: readonly string[]; measures: readonly Measure[] };

/** By State, and in the order of the measures. @param page from 1 */
export async function findSheets(
  work: UnitOfWork,
  { countries, measures }: SheetFilter,
  page: number,
): Promise<{ found: Sheet[]; total: number }> {
  const all = inForce(work)
    .$if(countries.length > 0, (q) => q.where("country", "in", countries))
    .$if(measures.length > 0, (q) => q.where("measure", "in", measures));
  const { total } = await all.select(sql<number>`count(*)::int`.as("total")).executeTakeFirstOrThrow();
  const rows = await all
    .selectAll()
    .orderBy("country")
    .orderBy(place)
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute();
  return { found: await sheetsOf(work, rows), total };
}

const place = sql`array_position(${sql.val([...MEASURES])}::text[], measure)`;

/** The agencies that have a sheet to check, and how many. @param before checked on that day or later is fresh */
export async function toCheck(work: UnitOfWork, before: string): Promise<Map<string, number>> {
  const rows = await due(work, before)
    .select(["keeper_id", sql<number>`count(*)::int`.as("count")])
    .groupBy("keeper_id")
    .execute();
  return new Map(rows.map(({ keeper_id, count }) => [keeper_id, count]));
}

/** What an agency has to check, what was checked longest ago first. */
export async function uncheckedOf(work: UnitOfWork, keeperId: string, before: string, limit: number): Promise<Sheet[]> {
  const rows = await due(work, before)
    .selectAll()
    .where("keeper_id", "=", keeperId)
    .orderBy("verified_on")
    .orderBy("number")
    .limit(limit)
    .execute();
  return sheetsOf(work, rows);
}

const due = (work: UnitOfWork, before: string) => inForce(work).where("verified_on", "<", before);
