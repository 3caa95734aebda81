import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { change, shown as rounded, type Shown } from "../../../src/documents/figure.js";
import type { SummaryDocument } from "../../../src/documents/summary.js";
import { summaryWorkbook } from "../../../src/documents/summary-sheet.js";
import { all, decoded, nasty, one, part, read, type Sheet, type SheetCell, sheets, shown } from "./office.js";
import { arabic, english, filled, PLACES } from "./summary-sample.js";

const make = async (doc: SummaryDocument) => sheets(read(await summaryWorkbook(doc)));

const sheet = (all: Sheet[], name: string): Sheet => {
  const found = all.find((sheet) => sheet.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const values = ({ rows }: Sheet) => rows.map((row) => [...row].map((cell) => cell?.value));

/** A percentage is stored as the hundredth of what is shown, and its format multiplies again. */
function expectCell(cell: SheetCell | undefined, one: Shown, { words }: SummaryDocument) {
  if (one.kind === "text") return expect(cell?.value).toBe(one.text);
  if (!("value" in one)) return expect(cell?.value).toBe(words[one.kind]);
  expect(cell?.value).toBe(one.kind === "percent" ? Number(`${Math.round(one.value * 10)}e-3`) : one.value);
  const pattern = {
    count: /^\+?#,##0(;|$)/,
    percent: /^0\.0%$/,
    days: /^\+?#,##0\.0(;|$)/,
    points: /^\+#,##0\.0" pts";/,
  };
  expect(cell?.format).toMatch(pattern[one.kind]);
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the numbers of the workbook", () => {
  it("are numbers, each as it is rounded, on the sheet of all figures", async () => {
    for (const doc of [english, arabic]) {
      const { rows } = sheet(await make(doc), doc.words.figures);
      const figures = doc.sections.flatMap((section) => section.figures.map((figure) => ({ ...figure, section })));
      expect(rows).toHaveLength(figures.length + 1);
      for (const [n, figure] of figures.entries()) {
        const row = rows[n + 1] ?? [];
        const texts = [0, 1, 2, 6, 7, 8].map((column) => row[column]?.value);
        const { section, name, unit, definition, source = "", id } = figure;
        expect(texts).toEqual([section.title, name, unit, definition, source, id]);
        expectCell(row[3], rounded(figure.now), doc);
        expectCell(row[4], rounded(figure.before), doc);
        const moved = change(figure.now, figure.before);
        if (moved.kind === "points") expect(row[5]?.value).toBe(moved.value);
        else expectCell(row[5], moved, doc);
      }
    }
  });

  it("stand in each breakdown under their columns, a sheet a section", async () => {
    const all = await make(english);
    for (const section of english.sections) {
      const { rows } = sheet(all, section.title);
      for (const { title, definition, rowHead, columns, rows: expected } of section.tables) {
        const top = rows.findIndex((row) => row[0]?.value === title);
        expect(rows[top + 1]?.[0]?.value).toBe(definition);
        expect(rows[top + 2]?.map((cell) => cell?.value)).toEqual([
          rowHead,
          ...columns.map(({ name, unit }) => (unit ? `${name}\n${unit}` : name)),
        ]);
        for (const [n, row] of expected.entries()) {
          const found = rows[top + 3 + n] ?? [];
          expect(found[0]?.value).toBe(row.name);
          for (const [m, cell] of row.cells.entries()) expectCell(found[m + 1], rounded(cell), english);
        }
      }
    }
  });

  it("stand once more as tidy rows, under heads that no language changes", async () => {
    const english12 = values(sheet(await make(english), "Data"));
    expect(english12[0]).toEqual(["section", "id", "name", "unit", "row", "column", "period", "value", "definition"]);
    expect(values(sheet(await make(arabic), arabic.words.data))[0]).toEqual(english12[0]);
    const numbers = english.sections.flatMap(({ figures, tables }) => [
      ...figures.flatMap(({ now, before }) => [now, before]),
      ...tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
    ]);
    expect(english12.slice(1).map((row) => row[7])).toEqual(
      numbers.map((figure) => {
        const one = rounded(figure);
        if (one.kind === "text") return one.text;
        return "value" in one ? one.value : english.words[one.kind];
      }),
    );
  });
});

describe("the words of the workbook", () => {
  it("read back as they were typed, and none is a formula, an error or a code, whatever was typed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nasty, { minLength: PLACES, maxLength: PLACES }), async (texts) => {
        let n = 0;
        const doc = filled(() => texts[n++] ?? "");
        const all = await make(doc);
        const [summary, figures, breakdown, data] = all.map(values);
        const says = (found: unknown[] | undefined, texts: (string | undefined)[]) =>
          expect(found).toEqual(texts.map((text) => shown(text ?? "")));
        const [fact] = doc.facts;
        const [section] = doc.sections;
        const [figure] = section?.figures ?? [];
        const [table] = section?.tables ?? [];
        const [column] = table?.columns ?? [];
        const said = table?.rows[0]?.cells[0];
        if (!summary || !figure || !table || said?.kind !== "text") throw new Error("no figure");
        const [title, status, body, label, , ...rest] = summary;
        says([...(title ?? []), ...(status ?? [])], [doc.title, `${doc.ref} · ${doc.status}`]);
        says([...(body ?? []), ...(label ?? [])], [doc.body, doc.label]);
        says(rest[0], [fact?.label, fact?.value]);
        says([rest[2]?.[1], rest[3]?.[1], rest[5]?.[1]], [...doc.notes, ...doc.recommendations]);
        says(figures?.[0]?.slice(3, 5), [`This period\n${doc.periodNow}`, `Period before\n${doc.periodBefore}`]);
        const { name, unit, definition, source } = figure;
        says(figures?.[1]?.slice(0, 3), [section?.title, name, unit]);
        expect(figures?.[1]?.slice(3, 6)).toEqual([5, 4, 1]);
        says(figures?.[1]?.slice(6, 8), [definition, source]);
        says([breakdown?.[2]?.[0], breakdown?.[3]?.[0]], [table.title, table.definition]);
        const head = shown(column?.unit ?? "") === "" ? column?.name : `${column?.name}\n${column?.unit}`;
        says(breakdown?.[4], [table.rowHead, head]);
        says(breakdown?.[5], [table.rows[0]?.name, said.text]);
        says(data?.[3]?.slice(4, 8), [table.rows[0]?.name, column?.name, doc.periodNow, said.text]);
      }),
      { numRuns: 50 },
    );
  });

  it("may look like anything that Excel knows", async () => {
    const texts = [
      "=cmd|' /C calc'!A0",
      "+1",
      "-1",
      "@SUM(A1)",
      "\t=1",
      "#N/A",
      "#REF!",
      "_x003D_1+1",
      "1",
      "1e5",
      "TRUE",
    ];
    const all = await make({ ...english, facts: texts.map((value, n) => ({ id: String(n), label: value, value })) });
    expect(values(sheet(all, "Summary")).slice(5, 5 + texts.length)).toEqual(texts.map((text) => [text, text]));
  });

  it("end where a cell is full, between two letters", async () => {
    const all = await make({
      ...english,
      notes: [`x${"😀".repeat(20_000)}`, "#".repeat(40_000), "_x0041_".repeat(6_000)],
    });
    const notes = values(sheet(all, "Summary"))
      .map((row) => String(row[1] ?? ""))
      .filter((text) => text.length > 5_000);
    expect(notes[0]).toBe(`x${"😀".repeat(16_383)}`);
    expect(notes[1]).toBe("#".repeat(32_767));
    expect("_x0041_".repeat(6_000).startsWith(notes[2]?.slice(0, -10) ?? "-")).toBe(true);
  });
});

describe("the sheets of the workbook", () => {
  it("are the summary, all figures, a sheet for each section with a breakdown, and the data", async () => {
    expect((await make(english)).map(({ name }) => name)).toEqual([
      "Summary",
      "Figures",
      "Meetings and decisions",
      "Tasks across agencies",
      "Information shared",
      "Data",
    ]);
    const bare = await make({ ...english, facts: [], notes: [], recommendations: [], sections: [] });
    expect(bare.map(({ name }) => name)).toEqual(["Summary", "Figures", "Data"]);
  });

  it("have names that Excel takes, each once, whatever the sections are called", async () => {
    const titles = [
      "Data",
      "data",
      "History",
      "'quoted'",
      "a/b:c*d?[e]\\f",
      "",
      " ",
      "_x0041_",
      "x".repeat(40),
      "x".repeat(41),
    ];
    const [section] = english.sections;
    if (!section) throw new Error("no section");
    const doc = { ...english, sections: titles.map((title) => ({ ...section, title })) };
    const names = (await make(doc)).map(({ name }) => name);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^(?!')[^\\/?*[\]:]{1,31}(?<!')$/);
      expect(name.toLowerCase()).not.toBe("history");
      expect(decoded(name)).toBe(name);
    }
    const small = { ...section, figures: [], tables: section.tables.slice(0, 1) };
    await fc.assert(
      fc.asyncProperty(fc.array(nasty, { minLength: 1, maxLength: 6 }), async (titles) => {
        const { length } = await make({ ...english, sections: titles.map((title) => ({ ...small, title })) });
        expect(length).toBe(titles.length + 3);
      }),
      { numRuns: 30 },
    );
  });

  it("keep their heads in sight and on every printed page, with a filter over all rows", async () => {
    const file = read(await summaryWorkbook(english));
    for (const { name, node, rows } of sheets(file)) {
      const long = ["Figures", "Data"].includes(name);
      expect(one(node, "pane")?.attributes).toEqual(
        long ? { ySplit: "1", topLeftCell: "A2", state: "frozen", activePane: "bottomLeft" } : undefined,
      );
      expect(one(node, "autoFilter")?.attributes.ref).toBe(long ? `A1:I${rows.length}` : undefined);
      expect(all(node, "col").every(({ attributes }) => Number(attributes.width) >= 12)).toBe(true);
      expect(one(node, "oddHeader")?.children.join("")).toBe("&LNorthgate Coordination Body&CTLP:GREEN&RS-4");
      expect(one(node, "oddFooter")?.children.join("")).toContain("&CTLP:GREEN&R");
    }
    const names = all(part(file, "xl/workbook.xml"), "definedName");
    expect(
      names.map(({ attributes, children }) => [attributes.name, attributes.localSheetId, children.join("")]),
    ).toEqual([
      ["_xlnm.Print_Titles", "1", "'Figures'!$1:$1"],
      ["_xlnm.Print_Titles", "5", "'Data'!$1:$1"],
    ]);
  });

  it("run from right to left where the language does", async () => {
    const rtl = (all: Sheet[]) => all.map(({ node }) => one(node, "sheetView")?.attributes.rightToLeft);
    expect(rtl(await make(arabic))).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^(1|true)$/)));
    expect(rtl(await make(english))).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  it("say in their properties what they are", async () => {
    const core = part(read(await summaryWorkbook({ ...english, title: "a <b> & c\0" })), "docProps/core.xml");
    expect(core.children.map((c) => (typeof c === "string" ? c : [c.name, c.children.join("")]))).toEqual([
      ["dc:title", "S-4 a <b> & c"],
      ["dc:subject", english.body],
      ["dc:creator", "Coord"],
      ["cp:lastModifiedBy", "Coord"],
      ["cp:category", "TLP:GREEN"],
      ["dcterms:created", "2026-10-09T06:12:00Z"],
      ["dcterms:modified", "2026-10-09T06:12:00Z"],
    ]);
  });
});

describe("the bytes of the workbook", () => {
  const hash = async (doc: SummaryDocument) =>
    createHash("sha256")
      .update(await summaryWorkbook(doc))
      .digest("hex");

  it("are the same for the same model, whatever the clock and the chance", async () => {
    vi.useFakeTimers({ now: new Date("2026-11-27T09:00:00Z"), toFake: ["Date"] });
    const first = [await hash(english), await hash(arabic)];
    vi.setSystemTime(new Date("2031-03-01T00:00:00Z"));
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect([await hash(structuredClone(english)), await hash(arabic)]).toEqual(first);
    expect(await hash({ ...english, status: "Draft" })).not.toBe(first[0]);
  });
});

describe("the heads of the workbook", () => {
  /** As wide as the letters of the font that programs without Excel's own put in its place (DejaVu Sans), in columns. */
  const wide = (word: string) => [...word].reduce((sum, sign) => sum + (/\p{Script=Han}/u.test(sign) ? 2 : 1), 0);
  const LONG = {
    fr: ["Bénéficiaires ayant répondu", "Anticonstitutionnellement", "Réunions tenues, quorum atteint"],
    de: ["Grenzschutzzusammenarbeitsvereinbarungen", "Aufgaben"],
    ar: ["الاستفسارات والاستقصاءات", "المسؤوليات"],
    zh: ["在规定期限内完成的各机构之间的协调任务总数", "任务"],
  };

  it.each(Object.entries(LONG))("are not cut, whatever their words (%s)", async (lang, heads) => {
    const columns = heads.map((name, n) => ({ id: String(n), name, unit: "" }));
    const cells = heads.map(() => ({ kind: "count" as const, value: 12_345_678 }));
    const table = {
      id: "t",
      title: "t",
      definition: "d",
      rowHead: heads[0] ?? "",
      columns,
      rows: [{ id: "a", name: "a", cells }],
    };
    const [first] = english.sections;
    if (!first) throw new Error("no section");
    const doc = { ...english, lang, sections: [{ ...first, title: "One", tables: [table] }] };
    const { node, rows } = sheet(await make(doc), "One");
    const widths = all(node, "col").flatMap(({ attributes: { min, max, width } }) =>
      Array.from({ length: Number(max) - Number(min) + 1 }, () => Number(width)),
    );
    const at = rows.findIndex((row) => row[0]?.value === heads[0] && row.length > 1);
    const height = Number(all(node, "row")[at]?.attributes.ht);
    for (const [n, name] of [heads[0] ?? "", ...heads].entries()) {
      const words = name.split(/[ -]|(?<=\p{Script=Han})/u).map(wide);
      expect(widths[n], name).toBeGreaterThan(Math.max(...words) * 0.9);
      expect(height / 15, name).toBeGreaterThan((wide(name) * 0.9) / (widths[n] ?? 0));
    }
  });
});
