import { readWaiting } from "../files/preview.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Authority, AuthorityFacts } from "./model.js";
import { authoritiesOf, plainName, urgentOf } from "./store.js";
import { type ReadAuthority, rowOf, type TableFault } from "./table.js";

/** What a file would do, against the directory of this moment. */
export type Compared = {
  fresh: ReadAuthority[];
  changed: { row: ReadAuthority; was: Authority }[];
  same: number;
  /** In the directory and not in the file: they stay. */
  missing: number;
  unknown: TableFault[];
};

/** @param rows of a file, each once */
export async function compared(work: UnitOfWork, rows: readonly ReadAuthority[]): Promise<Compared> {
  const all = await authoritiesOf(
    work,
    await work.tx.selectFrom("authorities").selectAll().orderBy("number").execute(),
  );
  const byNumber = new Map(all.map((one) => [one.number, one]));
  const byName = new Map(all.filter(({ state }) => state !== "closed").map((one) => [keyOf(one), one]));
  const found: Compared = { fresh: [], changed: [], same: 0, missing: 0, unknown: [] };
  const met = new Set<string>();
  for (const row of rows) {
    const was = row.number === undefined ? byName.get(keyOf(row.facts)) : byNumber.get(row.number);
    if (!was && row.number !== undefined) found.unknown.push({ line: row.line, code: "number_unknown", column: "id" });
    // Two rows that are one authority, by its number and by its name.
    else if (was && met.has(was.id)) found.unknown.push({ line: row.line, code: "twice" });
    else if (!was) found.fresh.push(row);
    else if (await differs(work, row, was)) found.changed.push({ row, was });
    else found.same++;
    if (was) met.add(was.id);
  }
  return { ...found, missing: all.length - met.size };
}

const keyOf = ({ country, name }: Pick<Authority, "country" | "name">): string => `${country} ${plainName(name)}`;

/** What a row says, and of what its file has no column for what stands. An urgent channel is what the row says. */
export const merged = ({ facts, absent }: ReadAuthority, was: Authority): AuthorityFacts => ({
  ...facts,
  ...Object.fromEntries(absent.map((fact) => [fact, fact === "urgent" ? undefined : was[fact]])),
});

async function differs(work: UnitOfWork, row: ReadAuthority, was: Authority): Promise<boolean> {
  const { urgent } = row.facts;
  const now = {
    ...{ ...was, ...merged(row, was) },
    ...{ state: row.state ?? was.state, verifiedOn: row.verifiedOn ?? was.verifiedOn },
  };
  const written = (one: Authority) => JSON.stringify({ ...rowOf(one, undefined), id: "" });
  return written(now) !== written(was) || (urgent !== undefined && urgent !== (await urgentOf(work, was)));
}

export type Preview = { fresh: number; changed: number; same: number; missing: number };

/** @returns undefined where it was taken, has run out or is another person's */
export async function previewOf(work: UnitOfWork, draft: string, personId: string): Promise<Preview | undefined> {
  const rows = await readWaiting<ReadAuthority[]>(work, draft, personId);
  if (!rows) return undefined;
  const { fresh, changed, same, missing } = await compared(work, rows);
  return { fresh: fresh.length, changed: changed.length, same, missing };
}
