import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { parse } from "csv-parse";
import { z } from "zod";
import type { AccountRef } from "../chat/index.js";
import { keyOf } from "../people/enter.js";
import { fold } from "../people/names.js";
import { emailTold, nameTold } from "../people/told.js";
import { StartError } from "../store/lock.js";
import { isZone } from "../time/index.js";
import { accountSpec, type LinkOptions, roleOf, specOf } from "./setup.js";

/** The rows of a list of people, as they stand in the file: nothing here asks the database. */

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

export type Fault = { line: number; why: string };
export type ReadRow = { line: number; agency: string; accounts: AccountRef[]; options: LinkOptions };

/** Characters that are read before others have their turn. */
const PIECE = 65_536;

/** @throws Error that says why, where it is no CSV */
export async function readRows(csv: string): Promise<{ count: number; people: ReadRow[]; faults: Fault[] }> {
  const faults: Fault[] = [];
  const together = new Together();
  let count = 0;
  const records = Readable.from(pieces(csv)).pipe(
    parse({
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      bom: true,
      trim: true,
      skip_empty_lines: true,
    }),
  );
  for await (const record of records) {
    count++;
    const row = readRow(count + 1, record as Record<string, string>);
    const fault = "why" in row ? row : together.add(row);
    if (fault) faults.push(fault);
  }
  return { count, people: together.people, faults };
}

async function* pieces(csv: string): AsyncGenerator<string> {
  for (let at = 0; at < csv.length; at += PIECE) {
    yield csv.slice(at, at + PIECE);
    await setImmediate();
  }
}

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
    return { line, agency: agency.replace(/^@/, "").toLowerCase(), accounts: account.map(accountSpec), options };
  } catch (error) {
    if (error instanceof StartError) return { line, why: error.message };
    throw error;
  }
}

/** Rows that have an account in common are one person: what the later one adds is written with the first. */
class Together {
  readonly people: ReadRow[] = [];
  readonly #byAccount = new Map<string, ReadRow>();

  /** @returns why it can be no row of this file */
  add(row: ReadRow): Fault | undefined {
    const shared = row.accounts.filter((account) => this.#byAccount.has(keyOf(account)));
    const others = [...new Set(shared.flatMap((account) => this.#byAccount.get(keyOf(account)) ?? []))];
    const [other] = others;
    const [account] = shared;
    if (others.length > 1)
      return {
        line: row.line,
        why: `its accounts stand in lines ${others.map(({ line }) => line).join(" and ")}: if they are one person's, write them in one row`,
      };
    if (other && account && (fold(other.options.name) !== fold(row.options.name) || other.agency !== row.agency))
      return {
        line: row.line,
        why: `${specOf(account)} is ${other.options.name}'s (line ${other.line}). Write that name and agency, if they are one person.`,
      };
    const person = other ?? row;
    if (other) {
      const fresh = row.accounts.filter((one) => !this.#byAccount.has(keyOf(one)));
      other.accounts.push(...fresh);
      other.options.account.push(...fresh.map(specOf));
      other.options.role.push(...row.options.role.filter((role) => !other.options.role.includes(role)));
    } else this.people.push(row);
    for (const one of row.accounts) this.#byAccount.set(keyOf(one), person);
    return undefined;
  }
}
