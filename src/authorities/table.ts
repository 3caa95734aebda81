import { clean } from "../command/args.js";
import { plainCell } from "../documents/table.js";
import { LANGS } from "../i18n/names.js";
import { type CsvFault, type CsvRow, type HeadingFault, headingsOf, readList } from "../lib/csv.js";
import { cleanEmail } from "../people/clean.js";
import { type Day, isDay } from "../time/index.js";
import { countriesNamed, isNamed, isOwnCode } from "./countries.js";
import { type AuthorityFunction, FUNCTIONS } from "./functions.js";
import {
  AUTHORITY_KINDS,
  AUTHORITY_STATES,
  type Authority,
  type AuthorityFacts,
  type AuthorityState,
  CHANNELS,
} from "./model.js";
import { plainName } from "./store.js";
import { wordsIn } from "./words.js";

/** The directory as a table: a row an authority, several values in a cell between `|`. JSON is an array of such rows. */

export const COLUMNS = [
  ...["id", "name", "other_names", "country", "country_name", "functions", "kind", "phone", "email", "address"],
  ...["urgent", "hours", "languages", "channels", "requirements", "networks", "source", "state", "verified_at"],
] as const;
export const NEEDED = ["name", "country", "functions"] as const;

export type ReadAuthority = {
  line: number;
  /** Of the one that it changes. */
  number?: number;
  facts: AuthorityFacts;
  /** What the file has no column for: of one that is there it stays as it is. */
  absent: readonly (keyof AuthorityFacts)[];
  state?: AuthorityState;
  verifiedOn?: Day;
};

/** Where a file is wrong and how, never with what it says: faults are shown and logged. */
export type TableFault = {
  line: number;
  code:
    | CsvFault["code"]
    | HeadingFault["code"]
    | "cells"
    | "missing"
    | "too_long"
    | "country_unknown"
    | "function_unknown"
    | "kind_unknown"
    | "state_unknown"
    | "language_unknown"
    | "channel_unknown"
    | "not_a_day"
    | "later_day"
    | "not_a_mail"
    | "not_a_phone"
    | "number_unknown"
    | "twice";
  column?: string;
};

export const MOST_ROWS = 20_000;
const MOST_CHARACTERS = 20_000_000;
const ROWS_AT_ONCE = 200;
export const LONGEST: Readonly<Record<string, number>> = {
  ...{ name: 200, country_name: 80, phone: 120, email: 254, hours: 200, source: 300, address: 500 },
  ...{ urgent: 500, requirements: 2_000 },
};
const LONGEST_CELL = 1_000;

export type ReadTable = { rows: ReadAuthority[]; faults: TableFault[] };

type Cells = { line: number; cell: (column: string) => string; has: (column: string) => boolean };

/** In which column each fact stands. */
const COLUMN_OF: Readonly<Record<keyof AuthorityFacts, (typeof COLUMNS)[number]>> = {
  ...{ name: "name", otherNames: "other_names", country: "country", countryName: "country_name" },
  ...{ functions: "functions", kind: "kind", phone: "phone", email: "email", address: "address", urgent: "urgent" },
  ...{ hours: "hours", langs: "languages", channels: "channels", requirements: "requirements" },
  ...{ networks: "networks", source: "source" },
};
const FACTS = Object.keys(COLUMN_OF) as (keyof AuthorityFacts)[];

/** @param today what was checked was checked by then */
export function* readTable(words: string, today: Day): Generator<void, ReadTable> {
  const table = /^\uFEFF?\s*[[{]/.test(words) ? cellsOfJson(words) : cellsOfCsv(words);
  if ("faults" in table) return { rows: [], faults: table.faults };
  const [rows, faults]: [ReadAuthority[], TableFault[]] = [[], []];
  const seen = new Set<string>();
  for (const [n, cells] of table.rows.entries()) {
    if (n > 0 && n % ROWS_AT_ONCE === 0) yield;
    const read = readRow(cells, today);
    if ("code" in read) {
      faults.push(read);
      continue;
    }
    // Of a closed one the name is free for another.
    const keys = [
      ...(read.state === "closed" ? [] : [`${read.facts.country} ${plainName(read.facts.name)}`]),
      ...(read.number ? [`A-${read.number}`] : []),
    ];
    if (keys.some((key) => seen.has(key))) faults.push({ line: read.line, code: "twice" });
    for (const key of keys) seen.add(key);
    rows.push(read);
  }
  return { rows, faults };
}

type Table = { rows: Cells[] } | { faults: TableFault[] };

function cellsOfCsv(words: string): Table {
  const list = readList(words, { rows: MOST_ROWS, characters: MOST_CHARACTERS });
  if ("code" in list) return { faults: [list] };
  const { head, body, wrong } = list;
  const { headings, faults } = headingsOf(head, { columns: COLUMNS, needed: NEEDED });
  if (faults.length) return { faults };
  if (wrong) return { faults: [wrong] };
  const stray = (row: CsvRow) => row.record.some((cell, i) => cell !== "" && (headings[i] ?? "") === "");
  const wide = body.filter(stray).map(({ line }): TableFault => ({ line, code: "cells" }));
  if (wide.length) return { faults: wide };
  return {
    rows: body.map(({ line, record }) => ({
      line,
      cell: (column) => plainCell(record[headings.indexOf(column)] ?? ""),
      has: (column) => headings.includes(column),
    })),
  };
}

/** The line of a row is its place, counted from 1: in JSON that is one line a file cannot be looked up by its lines. */
function cellsOfJson(words: string): Table {
  if (words.length > MOST_CHARACTERS) return { faults: [{ line: 1, code: "too_large" }] };
  let read: unknown;
  try {
    read = JSON.parse(words.replace(/^\uFEFF/, ""));
  } catch {
    return { faults: [{ line: 1, code: "unreadable" }] };
  }
  if (!Array.isArray(read)) return { faults: [{ line: 1, code: "unreadable" }] };
  if (read.length === 0) return { faults: [{ line: 1, code: "no_rows" }] };
  if (read.length > MOST_ROWS) return { faults: [{ line: MOST_ROWS + 1, code: "too_many_rows" }] };
  const [rows, faults]: [Cells[], TableFault[]] = [[], []];
  for (const [i, one] of (read as unknown[]).entries()) {
    const line = i + 1;
    if (typeof one !== "object" || one === null || Array.isArray(one)) faults.push({ line, code: "unreadable" });
    else if (Object.keys(one).some((key) => !(COLUMNS as readonly string[]).includes(key)))
      faults.push({ line, code: "column_unknown", column: String(unknownKey(one)) });
    else
      rows.push({
        line,
        cell: (column) => cellOf((one as Record<string, unknown>)[column]),
        has: (column) => Object.hasOwn(one, column),
      });
  }
  return faults.length ? { faults } : { rows };
}

const unknownKey = (one: object): number =>
  Object.keys(one).findIndex((key) => !(COLUMNS as readonly string[]).includes(key)) + 1;

const cellOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(cellOf).join("|")
    : typeof value === "string" || typeof value === "number"
      ? String(value).trim()
      : "";

function readRow({ line, cell, has }: Cells, today: Day): ReadAuthority | TableFault {
  const fault = (code: TableFault["code"], column: string): TableFault => ({ line, code, column });
  for (const column of NEEDED) if (clean(cell(column)) === "") return fault("missing", column);
  const long = COLUMNS.find((column) => cell(column).length > (LONGEST[column] ?? LONGEST_CELL));
  if (long) return fault("too_long", long);
  const said = (column: string) => clean(cell(column)).replace(/\s+/g, " ") || undefined;
  const several = (column: string) =>
    (said(column) ?? "")
      .split("|")
      .map((one) => one.trim())
      .filter(Boolean);
  const country = countryIn(said("country") ?? "", said("country_name"));
  if (!country) return fault("country_unknown", "country");
  const functions = several("functions").map((one) => FUNCTIONS.find((known) => known === keyOf(one)));
  if (functions.includes(undefined)) return fault("function_unknown", "functions");
  const kind = AUTHORITY_KINDS.find((known) => known === keyOf(said("kind") ?? "central_authority"));
  if (!kind) return fault("kind_unknown", "kind");
  const state = AUTHORITY_STATES.find((known) => known === keyOf(said("state") ?? "active"));
  if (!state) return fault("state_unknown", "state");
  const langs = several("languages").map((one) => LANGS.find((known) => known === one.toLowerCase()));
  if (langs.includes(undefined)) return fault("language_unknown", "languages");
  const channels = several("channels").map((one) => CHANNELS.find((known) => known === keyOf(one)));
  if (channels.includes(undefined)) return fault("channel_unknown", "channels");
  const email = said("email");
  if (email && !isOneEmail(email)) return fault("not_a_mail", "email");
  const phone = said("phone");
  if (phone && !isPhone(phone)) return fault("not_a_phone", "phone");
  const verifiedOn = said("verified_at");
  if (verifiedOn && !isDay(verifiedOn)) return fault("not_a_day", "verified_at");
  if (verifiedOn && verifiedOn > today) return fault("later_day", "verified_at");
  const id = said("id");
  if (id && !/^A-?\d{1,9}$/i.test(id)) return fault("number_unknown", "id");
  return {
    line,
    ...(id ? { number: Number(id.replace(/^\D+/, "")) } : {}),
    ...(said("state") ? { state } : {}),
    verifiedOn,
    absent: FACTS.filter((fact) => !has(COLUMN_OF[fact])),
    facts: {
      ...{ name: said("name") ?? "", otherNames: several("other_names"), ...country, kind },
      functions: [...new Set(functions as AuthorityFunction[])],
      ...{ phone, email, address: said("address"), urgent: said("urgent"), hours: said("hours") },
      ...{ langs: langs as string[], channels: channels as AuthorityFacts["channels"] },
      ...{ requirements: said("requirements"), networks: several("networks"), source: said("source") },
    },
  };
}

const keyOf = (said: string): string => said.toLowerCase().replace(/[\s-]+/g, "_");

/** A code of two letters, or a name that one country alone has. */
function countryIn(said: string, name: string | undefined): { country: string; countryName?: string } | undefined {
  const code = said.toUpperCase();
  if (isNamed(code)) return { country: code };
  if (isOwnCode(code)) return name ? { country: code, countryName: name } : undefined;
  const named = countriesNamed(wordsIn(said).join(" "));
  return named.length === 1 ? { country: named[0] as string } : undefined;
}

/** One address: two in a cell would bring a request to neither. */
export const isOneEmail = (said: string): boolean => !/[\s,;|]/.test(said) && cleanEmail(said) !== undefined;

/** Somebody can dial it: at least three digits, and no word that is longer than a note. */
export const isPhone = (said: string): boolean => (said.match(/\d/g)?.length ?? 0) >= 3;

/** One row, as `readTable` takes it. @param urgent in words, for who may read it */
export const rowOf = (
  one: Authority,
  urgent: string | undefined,
): Record<(typeof COLUMNS)[number], string | string[]> =>
  ({
    ...{ id: one.ref, name: one.name, other_names: [...one.otherNames], country: one.country },
    ...{ country_name: one.countryName ?? "", functions: [...one.functions], kind: one.kind },
    ...{ phone: one.phone ?? "", email: one.email ?? "", address: one.address ?? "", urgent: urgent ?? "" },
    ...{ hours: one.hours ?? "", languages: [...one.langs], channels: [...one.channels] },
    ...{ requirements: one.requirements ?? "", networks: [...one.networks], source: one.source ?? "" },
    ...{ state: one.state, verified_at: one.verifiedOn ?? "" },
  }) as Record<(typeof COLUMNS)[number], string | string[]>;
