import { parse } from "csv-parse/sync";
import { type Messages, messagesFor } from "../../../src/i18n/index.js";
import { type FigureId, PLAN_COUNTS } from "../../../src/reports/measures.js";
import type { Cell, Report } from "../../../src/reports/model.js";
import { columnName, lineName } from "../../../src/reports/words.js";
import { part, read, type Sheet, type SheetCell, sheets, tables } from "../documents/office.js";

/**
 * What a summary says, number by number, as a report has it and as each of its files is read back: `12`, `66.7%`,
 * `3.5 d`, `withheld`, `none`, or a text. By the names that a reader finds them under.
 */
export type Told = {
  /** This period, the one before, and the difference where the format tells it. */
  figures: Record<string, (string | undefined)[]>;
  tables: Record<string, Record<string, Record<string, string>>>;
};

/** Throws where something is told twice: by its name alone it would hide the first. */
class Telling {
  readonly told: Told = { figures: {}, tables: {} };

  figure(section: unknown, name: unknown, at: number, said: string): void {
    const own = this.#under(this.told.figures, `${section} / ${name}`, (): (string | undefined)[] => []);
    if (own[at] !== undefined) throw new Error(`${section} / ${name} is told twice`);
    own[at] = said;
  }
  cell(table: unknown, row: unknown, column: unknown, said: string): void {
    const rows = this.#under(this.told.tables, String(table), () => ({}));
    const cells = this.#under(rows, String(row), (): Record<string, string> => ({}));
    if (String(column) in cells) throw new Error(`${table}, ${row}, ${column} is told twice`);
    cells[String(column)] = said;
  }
  #under<T>(of: Record<string, T>, key: string, make: () => T): T {
    of[key] ??= make();
    return of[key];
  }
}

type Unit = "count" | "percent" | "days";

/** Units by the words of the definitions: a rate is a share, a median a time. */
const RATES: ReadonlySet<FigureId> = new Set<FigureId>([
  ...(["meetings.attendance", "meetings.quorate", "tasks.in_time"] as const),
  ...(["information.acknowledgement", "information.outcome_rate"] as const),
]);
const unit = (id: FigureId): Unit => (RATES.has(id) ? "percent" : id.endsWith("_days") ? "days" : "count");
const SIGNS = { count: "", percent: "%", days: " d" };

/** To the digit: a number with more of them is none that a report has. */
function written(kind: Unit, value: number): string {
  const text = kind === "count" ? String(value) : value.toFixed(1);
  if (Number(text) !== value || (kind === "count" && !/^-?\d+$/.test(text))) throw new Error(`${value} is no ${kind}`);
  return `${text}${SIGNS[kind]}`;
}

const said = (kind: Unit, cell: Cell): string =>
  cell === null ? "none" : cell === "withheld" ? "withheld" : written(kind, cell);

/** Of the two numbers that are shown. */
function difference(kind: Unit, now: Cell, before: Cell): string {
  if (now === "withheld" || before === "withheld") return "withheld";
  if (now === null || before === null) return "none";
  return kind === "count" ? String(now - before) : (now - before).toFixed(1).replace(/^-0\.0$/, "0.0");
}

/** What the files must say, from the report and the names of the language alone. */
export function toldBy(report: Report, lang: string): Told {
  const t = messagesFor(lang);
  const r = t.reports;
  const telling = new Telling();
  for (const { id, section, now, before } of report.figures) {
    const kind = unit(id);
    const all = [said(kind, now), said(kind, before), difference(kind, now, before)];
    for (const [at, one] of all.entries()) telling.figure(r.sections[section], r.figures[id].name, at, one);
  }
  const periods = [report.period.key, report.before.key];
  for (const { id, columns, compared, lines } of report.tables)
    for (const { key, cells } of lines)
      for (const [at, head] of (compared ? periods : columns.map((one) => columnName(t, one))).entries())
        telling.cell(r.tables[id], lineName(t, id, key, report), head, said("count", cells[at] ?? null));
  tellPlan(report, t, telling);
  return telling.told;
}

function tellPlan({ plan, period, before, agencies }: Report, t: Messages, telling: Telling): void {
  const r = t.reports;
  for (const line of plan.pillars)
    for (const one of line.objectives ? PLAN_COUNTS : [])
      telling.cell(r.pillars, t.plan.pillars[line.pillar], r.figures[`plan.${one}`].name, String(line[one]));
  for (const one of plan.indicators) {
    const status = one.overdue ? `${t.plan.ways[one.status]}, ${r.indicator.overdue}` : t.plan.ways[one.status];
    const cells = {
      ...{ [r.indicator.baseline]: one.baseline, [r.indicator.target]: one.target },
      ...{ [before.key]: one.before ?? "none", [period.key]: one.now ?? "none" },
      ...{ [r.indicator.status]: status, [r.indicator.agency]: agencies[one.agency] ?? "" },
      [r.indicator.source]: one.source,
    };
    for (const [column, text] of Object.entries(cells))
      telling.cell(r.indicators, `${one.ref} ${one.name} (${one.unit})`, column, text);
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
/** How the words for no number are, in each language. */
const WORDS: Record<string, Record<string, string>> = {
  en: { withheld: "withheld", "–": "none" },
  fr: { "non donné": "withheld", "–": "none" },
};
const UNITS: Record<string, Unit> = { number: "count", nombre: "count", "%": "percent", days: "days", jours: "days" };

/** A number that lies in a file as a text, or as another language writes it, is none to its reader. */
function noNumber(text: string): string {
  if (/^'?[+−-]?[\d.,\s]+$/.test(text)) throw new Error(`${text} is a number in words`);
  return text;
}

type JsonCell = { kind: string; value?: number; text?: string; withheld?: true } | null;

function fromJson(one: JsonCell, signed = false): string {
  if (one === null) return "none";
  if (one.withheld) return "withheld";
  if (one.kind === "decimal") return one.text ?? "";
  if (one.kind === "text") return noNumber(one.text ?? "");
  const kind = one.kind === "points" ? "percent" : (one.kind as Unit);
  const text = written(kind, one.value ?? Number.NaN);
  return signed ? text.replace(/[% d]+$/, "") : text;
}

function readJson(bytes: Uint8Array): Told {
  const telling = new Telling();
  for (const { title, figures, tables } of JSON.parse(UTF8.decode(bytes)).sections) {
    for (const { name, now, before, change } of figures)
      for (const [at, one] of [now, before, change].entries()) telling.figure(title, name, at, fromJson(one, at === 2));
    for (const { title, columns, rows } of tables)
      for (const { name, cells } of rows) {
        if (Object.keys(cells).length !== columns.length) throw new Error(`${title} has other columns`);
        for (const { id, name: column } of columns) telling.cell(title, name, column, fromJson(cells[id]));
      }
  }
  return telling.told;
}

/** One value a row, as the CSV and the workbook's last sheet have it. */
type Tidy = Record<"section" | "id" | "name" | "unit" | "row" | "column" | "period" | "value", string>;

function tidy(rows: readonly Tidy[], lang: string): Told {
  const telling = new Telling();
  const periods = [...new Set(rows.map(({ period }) => period))];
  for (const { section, name, unit, row, column, period, value } of rows) {
    const kind = UNITS[unit];
    const number = kind === "count" ? /^\d+$/ : /^\d+\.\d$/;
    const bare = /^-?\d+(?:\.\d+)?$/.test(value) && !kind ? value : undefined;
    const text =
      WORDS[lang]?.[value] ?? (kind && number.test(value) ? `${value}${SIGNS[kind]}` : (bare ?? noNumber(value)));
    if (column) telling.cell(name, row, column, text);
    else telling.figure(section, name, periods.indexOf(period), text);
  }
  return telling.told;
}

function readCsv(bytes: Uint8Array, lang: string): Told {
  const rows: Tidy[] = parse(UTF8.decode(bytes), { bom: true, columns: true, record_delimiter: "\r\n" });
  // Without a section it says what the file is.
  return tidy(
    rows.filter(({ section }) => section !== ""),
    lang,
  );
}

/** As Excel shows it. */
function fromSheet(cell: SheetCell | undefined, lang: string, table = false): string {
  if (typeof cell?.value !== "number") return WORDS[lang]?.[cell?.value ?? ""] ?? noNumber(String(cell?.value));
  const format = cell.format.replace(/^\+/, "").split(";")[0] ?? "";
  if (table && /^#,##0(\.0+)?$/.test(format)) return cell.value.toFixed(format.split(".")[1]?.length ?? 0);
  if (format === "#,##0" || format === "0") return written("count", cell.value);
  if (format === "0.0%") return written("percent", Math.round(cell.value * 1e6) / 1e4);
  if (format === '#,##0.0" pts"') return cell.value.toFixed(1);
  if (format !== "#,##0.0" && format !== "0.0") throw new Error(`${cell.value} is shown as ${format}`);
  return written("days", cell.value);
}

function readBook(bytes: Uint8Array, lang: string): { sheets: Told; data: Told } {
  const [, figures, ...rest] = sheets(read(bytes));
  const data = rest.pop();
  if (!figures || !data) throw new Error("a sheet is missing");
  const telling = new Telling();
  for (const [section, name, , now, before, change] of figures.rows.slice(1))
    for (const [at, one] of [now, before, change].entries())
      telling.figure(section?.value, name?.value, at, fromSheet(one, lang).replace(at === 2 ? / d$/ : /$^/, ""));
  for (const sheet of rest) for (const block of blocksOf(sheet)) tellBlock(block, telling, lang);
  const [heads = [], ...rows] = data.rows;
  const text = (cell: SheetCell | undefined) =>
    typeof cell?.value === "number" ? cell.value.toFixed(cell.format.split(".")[1]?.length ?? 0) : (cell?.value ?? "");
  const tidied = rows.map((row) => Object.fromEntries(heads.map(({ value }, n) => [value, text(row[n])])) as Tidy);
  return { sheets: telling.told, data: tidy(tidied, lang) };
}

/** Breakdowns stand under one another with nothing between them. */
function blocksOf({ rows }: Sheet): SheetCell[][][] {
  const blocks: SheetCell[][][] = [];
  for (const row of rows.slice(1))
    if (row.length === 0) blocks.push([]);
    else blocks.at(-1)?.push(row);
  return blocks;
}

function tellBlock([title, , heads = [], ...rows]: SheetCell[][], telling: Telling, lang: string): void {
  for (const [name, ...cells] of rows) {
    if (cells.length !== heads.length - 1) throw new Error(`${name?.value} has other columns`);
    for (const [n, cell] of cells.entries()) {
      const head = String(heads[n + 1]?.value).replace(/\n(number|nombre)$/, "");
      telling.cell(title?.[0]?.value, name?.value, head, fromSheet(cell, lang, true));
    }
  }
}

/** How numbers are written in each language: thousands, decimal sign, sign of a share. */
const NUMBER: Record<string, RegExp> = {
  en: /^(?<sign>[+−]?)(?<units>\d{1,3}(?:,\d{3})*)(?:\.(?<part>\d+))?(?<after>%| pts)?$/,
  fr: /^(?<sign>[+−]?)(?<units>\d{1,3}(?:\u202f\d{3})*)(?:,(?<part>\d+))?(?<after>\s%| pts)?$/,
};

/** @param kind a difference says no days; a breakdown holds counts, decimals and texts alone */
function fromPage(text: string, lang: string, kind: "figure" | "change" | "table"): string {
  const word = WORDS[lang]?.[text];
  if (word) return word;
  const groups = NUMBER[lang]?.exec(text)?.groups;
  if (!groups) return noNumber(text);
  const number = `${groups.sign === "−" ? "-" : ""}${groups.units?.replace(/\D/g, "")}${groups.part ? `.${groups.part}` : ""}`;
  if (kind !== "figure") return number;
  return `${number}${groups.after ? "%" : groups.part ? " d" : ""}`;
}

/** @property cards the large numbers of the first page: now, before and the difference, by their names */
export function readPage(bytes: Uint8Array, lang: string): { told: Told; cards: Record<string, string[]> } {
  const telling = new Telling();
  const cards: Record<string, string[]> = {};
  const r = messagesFor(lang).reports;
  const { document: words, sections } = r;
  const titles: string[] = Object.values(sections);
  for (const { name, rows } of tables(part(read(bytes), "word/document.xml"))) {
    const [heads = [], ...lines] = rows;
    if (name === words.key) for (const card of rows.flat().filter(Boolean)) Object.assign(cards, cardOf(card, lang));
    else if (titles.includes(name))
      for (const [figure = "", ...cells] of lines)
        for (const [at, text] of cells.entries())
          telling.figure(name, figure.split("  ")[0], at, fromPage(text, lang, at === 2 ? "change" : "figure"));
    else if (heads[0] !== words.figure && heads.length > 2)
      for (const [line, ...cells] of lines)
        for (const [n, text] of cells.entries()) telling.cell(name, line, heads[n + 1], fromPage(text, lang, "table"));
  }
  return { told: telling.told, cards };
}

function cardOf(card: string, lang: string): Record<string, string[]> {
  const [name = "", now = "", line = ""] = card.split("\n");
  const [, before = "", change] = /^[^:]+: (.+?)(?: \((.+)\))?$/.exec(line) ?? [];
  const figure = (text: string) => fromPage(text.split("  ")[0] ?? "", lang, "figure");
  return { [name]: [figure(now), figure(before), ...(change ? [fromPage(change, lang, "change")] : [])] };
}

/** Of each file all that it says, in as many ways as it says it. */
export const readFile = {
  docx: (bytes: Uint8Array, lang: string): Told[] => [readPage(bytes, lang).told],
  xlsx: (bytes: Uint8Array, lang: string): Told[] => Object.values(readBook(bytes, lang)),
  csv: (bytes: Uint8Array, lang: string): Told[] => [readCsv(bytes, lang)],
  json: (bytes: Uint8Array): Told[] => [readJson(bytes)],
};

/** Tidy rows tell no differences: they follow from the others. */
export const withoutChanges = ({ figures, tables }: Told): Told => ({
  figures: Object.fromEntries(Object.entries(figures).map(([name, cells]) => [name, cells.slice(0, 2)])),
  tables,
});
