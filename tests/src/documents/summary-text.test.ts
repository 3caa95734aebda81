import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { change, type Figure, shown as rounded } from "../../../src/documents/figure.js";
import type { SummaryDocument } from "../../../src/documents/summary.js";
import { type SummaryJson, summaryCsv, summaryJson } from "../../../src/documents/summary-text.js";
import { nasty, shown } from "./office.js";
import { arabic, english, filled, PLACES } from "./summary-sample.js";

const utf8 = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

const rows = (doc: SummaryDocument): Record<string, string>[] =>
  parse(Buffer.from(summaryCsv(doc)), { bom: true, columns: true, record_delimiter: "\r\n" });

const json = (doc: SummaryDocument): SummaryJson => JSON.parse(utf8(summaryJson(doc)));

/** As a reader of the CSV sees a figure: digits with a point, or a word. */
function said(figure: Figure, { words }: SummaryDocument): string {
  const one = rounded(figure);
  if (one.kind === "text") return one.text;
  if (!("value" in one)) return words[one.kind];
  return one.value.toFixed(one.kind === "count" ? 0 : 1);
}

/** What a spreadsheet would take for a formula has an apostrophe before it. */
const neutral = (text: string): string =>
  "=+-@\t\n＝＋－＠".includes(shown(text)[0] ?? " ") ? `'${shown(text)}` : shown(text);

describe("the CSV of the summary", () => {
  it("begins with the mark by which Excel knows it, ends each line as RFC 4180 says, and has one breadth", () => {
    const text = utf8(summaryCsv(english));
    expect(text.startsWith("\ufeffsection,id,name,unit,row,column,period,value,definition\r\n")).toBe(true);
    expect(text.endsWith("\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const all: string[][] = parse(Buffer.from(summaryCsv(english)), { bom: true });
    expect(new Set(all.map(({ length }) => length))).toEqual(new Set([9]));
  });

  it("has every number to the digit, both periods of a figure, and the withheld ones in a word", () => {
    for (const doc of [english, arabic]) {
      const found = rows(doc).filter(({ section }) => section !== "");
      const expected = doc.sections.flatMap(({ title: section, figures, tables }) => [
        ...figures.flatMap(({ id, name, unit, definition, now, before }) =>
          [
            { period: doc.periodNow, value: said(now, doc) },
            { period: doc.periodBefore, value: said(before, doc) },
          ].map((one) => ({ section, id, name, unit, row: "", column: "", ...one, definition })),
        ),
        ...tables.flatMap(({ id, title, definition, columns, rows }) =>
          rows.flatMap((row) =>
            columns.map((column, n) => ({
              section,
              id,
              name: title,
              unit: column.unit,
              row: row.name,
              column: column.name,
              period: doc.periodNow,
              value: said(row.cells[n] ?? { kind: "none" }, doc),
              definition,
            })),
          ),
        ),
      ]);
      expect(found).toEqual(expected);
    }
    expect(rows(english).find(({ id }) => id === "tasks.onTime")?.value).toBe("79.0");
    expect(rows(english).filter(({ value }) => value === "withheld").length).toBeGreaterThan(10);
  });

  it("says what it is and how it may be shared", () => {
    const about = rows(english).filter(({ section }) => section === "");
    const value = (id: string) => about.find((row) => row.id === id)?.value;
    expect(value("title")).toBe("S-4 Activity summary 2026-Q3");
    expect(value("label")).toBe("TLP:GREEN");
    for (const fact of english.facts) expect(value(`fact.${fact.id}`)).toBe(fact.value);
    expect([value("note.1"), value("note.2")]).toEqual(english.notes);
    expect([value("recommendation.1"), value("recommendation.2")]).toEqual(english.recommendations);
  });

  it("reads back as it was typed, and nothing becomes a formula, whatever was typed", () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: PLACES, maxLength: PLACES }), (texts) => {
        let n = 0;
        const doc = filled(() => texts[n++] ?? "");
        const all: string[][] = parse(Buffer.from(summaryCsv(doc)), { bom: true });
        for (const cell of all.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
        const [section] = doc.sections;
        const [figure] = section?.figures ?? [];
        const [table] = section?.tables ?? [];
        const [column] = table?.columns ?? [];
        const [row] = table?.rows ?? [];
        const cell = row?.cells[0];
        if (!section || !figure || !table || !column || !row || cell?.kind !== "text") throw new Error("no figure");
        const first = [
          section.title,
          "one.figure",
          figure.name,
          figure.unit,
          "",
          "",
          doc.periodNow,
          "5",
          figure.definition,
        ];
        expect(all.at(-3)).toEqual(first.map(neutral));
        const { title, definition } = table;
        const last = [
          section.title,
          "one.table",
          title,
          column.unit,
          row.name,
          column.name,
          doc.periodNow,
          cell.text,
          definition,
        ];
        expect(all.at(-1)).toEqual(last.map(neutral));
        expect(all.slice(1, 4).map((row) => row[7])).toEqual(
          [`${doc.ref} ${doc.title}`, doc.label, doc.status].map(neutral),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("has a number below zero as a number, and a text that begins like one as a text", () => {
    const [section] = english.sections;
    const [figure] = section?.figures ?? [];
    if (!section || !figure) throw new Error("no figure");
    const below: SummaryDocument = {
      ...english,
      sections: [
        {
          ...section,
          tables: [],
          figures: [{ ...figure, name: "-5", now: { kind: "count", value: -5 }, before: { kind: "text", text: "-5" } }],
        },
      ],
    };
    expect(
      rows(below)
        .slice(-2)
        .map(({ name, value }) => [name, value]),
    ).toEqual([
      ["'-5", "-5"],
      ["'-5", "'-5"],
    ]);
  });
});

describe("the JSON of the summary", () => {
  it("has every number to the digit, by ids that no language changes, and says what is withheld", () => {
    for (const doc of [english, arabic]) {
      const read = json(doc);
      const figure = (one: ReturnType<typeof rounded>) => {
        if (one.kind === "withheld") return { withheld: true };
        return one.kind === "none" ? null : one;
      };
      expect(read.sections.map(({ id }) => id)).toEqual(doc.sections.map(({ id }) => id));
      for (const [n, section] of doc.sections.entries()) {
        const found = read.sections[n];
        expect(found?.figures).toEqual(
          section.figures.map(({ id, name, unit, definition, source = null, now, before }) => ({
            id,
            name,
            unit,
            definition,
            source,
            now: figure(rounded(now)),
            before: figure(rounded(before)),
            change: figure(change(now, before)),
          })),
        );
        for (const [m, { rows, columns }] of section.tables.entries()) {
          for (const [k, row] of rows.entries()) {
            const cells = found?.tables[m]?.rows[k]?.cells ?? {};
            expect(Object.keys(cells)).toEqual(columns.map(({ id }) => id));
            expect(Object.values(cells)).toEqual(row.cells.map((cell) => figure(rounded(cell))));
          }
        }
      }
    }
  });

  it("has no fraction's parts, from which a withheld number could be found", () => {
    expect(utf8(summaryJson(english))).not.toMatch(/"(part|whole|ms)"/);
  });

  it("has its keys in one order, and is the same for the same model", () => {
    expect(Object.keys(json(english))).toEqual([
      ...["format", "language", "body", "ref", "title", "label", "status", "created", "facts", "periods"],
      ...["notes", "recommendations", "sections"],
    ]);
    expect(json(english)).toMatchObject({ format: "coord.summary.1", created: "2026-10-09T06:12:00.000Z" });
    const turned = Object.fromEntries(Object.entries(structuredClone(english)).reverse());
    expect(utf8(summaryJson({ ...english, ...turned }))).toBe(utf8(summaryJson(english)));
    expect(utf8(summaryCsv({ ...english, ...turned }))).toBe(utf8(summaryCsv(english)));
  });

  it("reads back as it was typed, whatever was typed", () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: PLACES, maxLength: PLACES }), (texts) => {
        let n = 0;
        const doc = filled(() => texts[n++] ?? "");
        const read = json(doc);
        expect([read.title, read.body, read.label, read.status]).toEqual([doc.title, doc.body, doc.label, doc.status]);
        expect(read.notes).toEqual(doc.notes);
        expect(read.sections[0]?.figures[0]?.name).toBe(doc.sections[0]?.figures[0]?.name);
        expect(read.sections[0]?.tables[0]?.rows[0]?.cells.first).toEqual(
          doc.sections[0]?.tables[0]?.rows[0]?.cells[0],
        );
      }),
      { numRuns: 200 },
    );
  });
});
