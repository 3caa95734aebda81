import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { AccountRef } from "../chat/index.js";
import { codeOf } from "../held.js";
import { messagesFor } from "../i18n/index.js";
import {
  type Entering,
  enterAll,
  keyOf,
  type Named,
  namesIn,
  type Owner,
  ownersOf,
  peopleOf,
} from "../people/enter.js";
import type { Agency, Person } from "../people/model.js";
import { fold } from "../people/names.js";
import { agenciesOf } from "../people/store.js";
import { emailTold, nameTold } from "../people/told.js";
import { Refusal } from "../refusal.js";
import type { Runtime } from "../runtime.js";
import { attempt } from "../store/database.js";
import { StartError } from "../store/lock.js";
import { isZone } from "../time/index.js";
import type { Work } from "../work.js";
import { accountSpec, bodyOf, type LinkOptions, linkInto, roleOf } from "./setup.js";

const Row = z.object({
  name: z.string().min(1, "name is empty"),
  agency: z.string().min(1, "agency is empty"),
  role: z.string().default("staff"),
  accounts: z.string().min(1, "accounts is empty: write e.g. slack:T0123:U0456"),
  email: z.string().optional(),
  zone: z
    .string()
    .optional()
    .refine((zone) => !zone || isZone(zone), "zone is not a time zone, e.g. Europe/Athens"),
  lang: z.string().optional(),
});

/**
 * People in bulk. A row is one person with all accounts that are theirs; a name says nothing of who it is. Every row is judged and every fault named; one fault and nothing is imported.
 * Several roles or accounts are separated by spaces.
 */
export async function importPeople(
  runtime: Runtime,
  csv: string,
  o: { body?: string },
): Promise<{ text: string; ok: boolean }> {
  const body = await bodyOf(runtime, o.body);
  let rows: Record<string, string>[];
  try {
    rows = parse(csv, {
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    return { ok: false, text: `The file is not readable as CSV: ${(error as Error).message}` };
  }
  if (rows.length === 0)
    return {
      ok: false,
      text: "The file has no rows. Its first line names the columns: name,agency,role,accounts,email,zone,lang",
    };
  const faults: Fault[] = [];
  const namesakes: string[] = [];
  const read: ReadRow[] = [];
  for (const [index, row] of rows.entries()) {
    const one = readRow(index + 2, row);
    if ("why" in one) faults.push(one);
    else read.push(one);
  }
  // Judged first, while others work; what is plain is then written at once, and the few odd ones as `coord link` would.
  const judged = await runtime.inBody(body.id, (work) => judge(work, read));
  await runtime
    .inBody(body.id, async (work) => {
      if (faults.length === 0) await enterAll(work, judged.plain);
      for (const { line, agency, options } of judged.odd)
        try {
          const { namesake } = await attempt(work.tx, () => linkInto(work, agency, options));
          if (namesake) namesakes.push(`line ${line}: ${namesake}`);
        } catch (error) {
          faults.push({ line, why: faultOf(error) });
        }
      if (faults.length) throw new RolledBack();
    })
    .catch((error) => {
      if (isTaken(error)) faults.push({ line: 1, why: "somebody was added meanwhile: import the file again" });
      else if (!(error instanceof RolledBack)) throw error;
    });
  const lines = faults.sort((a, b) => a.line - b.line).map(({ line, why }) => `line ${line}: ${why}`);
  return faults.length
    ? {
        ok: false,
        text: `Nothing was imported. ${faults.length} of ${rows.length} rows need a correction:\n${lines.join("\n")}`,
      }
    : { ok: true, text: [`${rows.length} people are in.`, ...namesakes].join("\n") };
}

class RolledBack extends Error {}

type Fault = { line: number; why: string };
type ReadRow = { line: number; agency: string; accounts: AccountRef[]; options: LinkOptions };

function readRow(line: number, row: Record<string, string>): ReadRow | Fault {
  const parsed = Row.safeParse(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")));
  if (!parsed.success)
    return {
      line,
      why: parsed.error.issues
        .map((issue) => (issue.code === "invalid_type" ? `${issue.path.join(".")} is missing` : issue.message))
        .join("; "),
    };
  const { agency, accounts, role, ...rest } = parsed.data;
  const account = accounts.split(/\s+/);
  const name = nameTold(rest.name);
  if (!name) return { line, why: "name is empty" };
  if (rest.email && !emailTold(rest.email)) return { line, why: "email is not a mail address" };
  try {
    const options = { ...rest, name, account, role: role.split(/\s+/).map(roleOf) };
    return { line, agency, accounts: account.map(accountSpec), options };
  } catch (error) {
    return { line, why: faultOf(error) };
  }
}

function faultOf(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof Refusal) return error.say(messagesFor("en"));
  if (isTaken(error)) return "the account is linked to somebody already";
  // One row that cannot be written says so by its kind, and the others are judged all the same.
  return `could not be written (${codeOf(error)})`;
}

const isTaken = (error: unknown): boolean => (error as { code?: string }).code === "23505";

type Judged = { plain: Entering[]; odd: ReadRow[] };

/**
 * Who somebody is, their accounts say. Plain is who is new with every account, who comes back with the one that is
 * known, and who is here and gets accounts or roles. Anything else is odd: an agency that is none, accounts of several
 * people, of another agency, another name than the account's person has, a name or an account that comes twice or that
 * somebody else of the agency has. Odd rows are judged one by one.
 */
async function judge(work: Work, rows: readonly ReadRow[]): Promise<Judged> {
  const agencies = new Map((await agenciesOf(work.tx)).map((agency) => [agency.handle, agency]));
  const agencyIn = ({ agency }: ReadRow) => agencies.get(agency.replace(/^@/, "").toLowerCase());
  const owners = await ownersOf(
    work,
    rows.flatMap(({ accounts }) => accounts),
  );
  const named = await namesIn(work, [...new Set(rows.flatMap((row) => agencyIn(row)?.id ?? []))]);
  const known = new Map(
    (await peopleOf(work, [...new Set([...owners.values()].map(({ personId }) => personId))])).map((one) => [
      one.id,
      one,
    ]),
  );
  const namesakes = new Map(named.map((one) => [nameKey(one.agencyId, one.name), one]));
  const seen = new Set<string>();
  const judged: Judged = { plain: [], odd: [] };
  for (const row of rows) {
    const agency = agencyIn(row);
    const keys = [...row.accounts.map(keyOf), nameKey(agency?.id ?? "", row.options.name)];
    const twice = new Set(keys).size < keys.length || keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    const entering = agency && !twice && plain(row, agency, owners, known, namesakes);
    if (entering) judged.plain.push(entering);
    else judged.odd.push(row);
  }
  return judged;
}

const nameKey = (agencyId: string, name: string): string => JSON.stringify([agencyId, fold(name)]);

function plain(
  { accounts, options: { name, role, email, lang, zone } }: ReadRow,
  agency: Agency,
  owners: ReadonlyMap<string, Owner>,
  known: ReadonlyMap<string, Person>,
  namesakes: ReadonlyMap<string, Named>,
): Entering | undefined {
  const owned = new Set(accounts.flatMap((account) => owners.get(keyOf(account))?.personId ?? []));
  const free = accounts.filter((account) => !owners.has(keyOf(account)));
  const namesake = namesakes.get(nameKey(agency.id, name));
  const common = { name, agency, accounts: free, roles: role, email, lang, zone };
  if (owned.size === 0 && !namesake) return { ...common, id: randomUUID(), kind: "new" };
  const [id] = owned;
  const person = id === undefined ? undefined : known.get(id);
  if (owned.size !== 1 || !person || person.agencyId !== agency.id || person.name !== name) return undefined;
  if (namesake && namesake.id !== person.id) return undefined;
  return { ...common, id: person.id, kind: person.active && person.roles.length > 0 ? "here" : "back" };
}
