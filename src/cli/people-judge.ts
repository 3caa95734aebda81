import { randomUUID } from "node:crypto";
import { type Entering, keyOf, type Named, namesIn, type Owner, ownersOf, peopleOf } from "../people/enter.js";
import type { Agency, Person } from "../people/model.js";
import { fold } from "../people/names.js";
import { agenciesOf } from "../people/store.js";
import { type InBody, inSlices } from "../store/slices.js";
import type { ReadRow } from "./people-rows.js";

export type Judged = { plain: Entering[]; odd: ReadRow[] };

/**
 * Who somebody is, their accounts say. Plain is who is new with every account, who comes back with the one that is
 * known, and who is here and gets accounts or roles. Anything else is odd: an agency that is none, accounts of several
 * people, of another agency, another name than the account's person has, an account that comes twice, a name that comes
 * twice or that somebody else of the agency has. Odd rows are judged one by one.
 */
export async function judge(inBody: InBody, rows: readonly ReadRow[]): Promise<Judged> {
  const agencies = new Map((await inBody((work) => agenciesOf(work.tx))).map((agency) => [agency.handle, agency]));
  const named = new Map<string, Named>();
  // All of one agency in one statement, however many rows of it there are.
  for (const handle of new Set(rows.map((row) => row.agency))) {
    const id = agencies.get(handle)?.id;
    const names = id === undefined ? [] : await inBody((work) => namesIn(work, id));
    for (const one of names) named.set(nameKey(one.agencyId, one.name), one);
  }
  const judged: Judged = { plain: [], odd: [] };
  const seen = new Set<string>();
  await inSlices(inBody, rows, async (work, slice) => {
    const owners = await ownersOf(
      work,
      slice.flatMap(({ accounts }) => accounts),
    );
    const known = new Map(
      (await peopleOf(work, [...new Set([...owners.values()].map(({ personId }) => personId))])).map((one) => [
        one.id,
        one,
      ]),
    );
    for (const row of slice) {
      const agency = agencies.get(row.agency);
      const name = nameKey(agency?.id ?? "", row.options.name);
      const twice = seen.has(name) || new Set(row.accounts.map(keyOf)).size < row.accounts.length;
      seen.add(name);
      const entering = agency && !twice && plain(row, agency, owners, known, named.get(name));
      if (entering) judged.plain.push(entering);
      else judged.odd.push(row);
    }
  });
  return judged;
}

const nameKey = (agencyId: string, name: string): string => JSON.stringify([agencyId, fold(name)]);

function plain(
  { accounts, options: { name, role, email, lang, zone } }: ReadRow,
  agency: Agency,
  owners: ReadonlyMap<string, Owner>,
  known: ReadonlyMap<string, Person>,
  namesake: Named | undefined,
): Entering | undefined {
  const owned = new Set(accounts.flatMap((account) => owners.get(keyOf(account))?.personId ?? []));
  const free = accounts.filter((account) => !owners.has(keyOf(account)));
  const common = { name, agency, accounts: free, roles: role, email, lang, zone };
  if (owned.size === 0 && !namesake) return { ...common, id: randomUUID(), kind: "new" };
  const [id] = owned;
  const person = id === undefined ? undefined : known.get(id);
  if (owned.size !== 1 || !person || person.agencyId !== agency.id || person.name !== name) return undefined;
  if (namesake && namesake.id !== person.id) return undefined;
  return { ...common, id: person.id, kind: person.active && person.roles.length > 0 ? "here" : "back" };
}
