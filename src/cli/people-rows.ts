import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { CsvError, parse } from "csv-parse";
import { z } from "zod";
import { type AccountRef, writtenAccount } from "../chat/index.js";
import { delimiterOf, lineOf, type Parsed, startOf } from "../lib/csv.js";
import { cleanEmail, cleanName } from "../people/clean.js";
import { keyOf } from "../people/enter.js";
import { fold } from "../people/names.js";
import { StartError } from "../store/lock.js";
import { isZone } from "../time/index.js";
import { sampleAccount } from "./platforms.js";
import { accountSpec, type LinkOptions, roleOf } from "./setup.js";

/** The rows of a list of people, as they stand in the file: nothing here asks the database. */

const Row = z.object({
  name: z.string().min(1, "name is empty"),
  agency: z.string().min(1, "agency is empty"),
  role: z.string().default("staff"),
  accounts: z.string().min(1, `accounts is empty: write e.g. ${sampleAccount()}`),
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

const NEEDED = ["name", "agency", "accounts"];
const KNOWN = ["name", "agency", "role", "accounts", "email", "zone", "lang"];
const COLUMNS = `The first line names the columns: ${KNOWN.join(",")}`;

export type ReadRows = { count: number; people: ReadRow[]; faults: Fault[] };

/** @returns or why nothing of it can be read */
export async function readRows(csv: string): Promise<ReadRows | string> {
  const faults: Fault[] = [];
  const together = new Together();
  let count = 0;
  let headings: string[] | undefined;
  const records = Readable.from(pieces(csv)).pipe(
    parse({
      ...{ bom: true, trim: true, skip_empty_lines: true, delimiter: delimiterOf(csv) },
      // A row with a cell too many is a fault of its own, told by its line.
      ...{ relax_column_count: true, info: true, raw: true },
    }),
  );
  try {
    for await (const one of records as AsyncIterable<Parsed>) {
      if (!headings) {
        headings = one.record.map((heading) => heading.toLowerCase());
        const why = headingFault(headings);
        if (why) return why;
        continue;
      }
      // Spreadsheets save rows that were emptied as separators alone.
      if (one.record.every((cell) => cell === "")) continue;
      count++;
      const row = readRow(startOf(one), headings, one.record);
      const fault = "why" in row ? row : together.add(row);
      if (fault) faults.push(fault);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return `Nothing was imported. The file is not readable as CSV: look at line ${lineOf(error)}. Save it as CSV from your spreadsheet.`;
  }
  return count === 0
    ? `The file has no rows below its first line. ${COLUMNS}`
    : { count, people: together.people, faults };
}

/** A mistyped `role` must not make everybody staff, so no column is passed over. */
function headingFault(headings: readonly string[]): string | undefined {
  const lacking = NEEDED.filter((column) => !headings.includes(column));
  const strange = headings.filter((heading) => heading !== "" && !KNOWN.includes(heading));
  if (lacking.length) return `Nothing was imported. The column ${lacking.join(", ")} is missing. ${COLUMNS}`;
  if (strange.length) return `Nothing was imported. The column ${strange.join(", ")} is not known. ${COLUMNS}`;
  return undefined;
}

async function* pieces(csv: string): AsyncGenerator<string> {
  for (let at = 0; at < csv.length; at += PIECE) {
    yield csv.slice(at, at + PIECE);
    await setImmediate();
  }
}

function readRow(line: number, headings: readonly string[], record: readonly string[]): ReadRow | Fault {
  if (record.some((cell, at) => cell !== "" && !headings[at]))
    return { line, why: "has more cells than the first line: a value with a comma in it stands in quotation marks" };
  const said = headings.flatMap((heading, at) => (heading && record[at] ? [[heading, record[at]]] : []));
  const parsed = Row.safeParse(Object.fromEntries(said));
  if (!parsed.success)
    return {
      line,
      why: parsed.error.issues
        .map((issue) => (issue.code === "invalid_type" ? `${issue.path.join(".")} is missing` : issue.message))
        .join("; "),
    };
  const { agency, accounts, role, ...rest } = parsed.data;
  const account = accounts.split(/\s+/);
  const name = cleanName(rest.name);
  if (!name) return { line, why: "name is empty" };
  if (rest.email && !cleanEmail(rest.email)) return { line, why: "email is not a mail address" };
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
        why: `${writtenAccount(account)} is ${other.options.name}'s (line ${other.line}). Write that name and agency, if they are one person.`,
      };
    const person = other ?? row;
    if (other) {
      const fresh = row.accounts.filter((one) => !this.#byAccount.has(keyOf(one)));
      other.accounts.push(...fresh);
      other.options.account.push(...fresh.map(writtenAccount));
      other.options.role.push(...row.options.role.filter((role) => !other.options.role.includes(role)));
    } else this.people.push(row);
    for (const one of row.accounts) this.#byAccount.set(keyOf(one), person);
    return undefined;
  }
}
