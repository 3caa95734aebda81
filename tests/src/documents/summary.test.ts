import { createHash } from "node:crypto";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { afterEach, describe, expect, it, vi } from "vitest";
import { change, type Figure, shown as rounded, type Shown } from "../../../src/documents/figure.js";
import { type SummaryDocument, summaryDocument } from "../../../src/documents/summary.js";
import { all, type Node, nasty, on, one, part, read, shown, styled, styleOf, tables, words } from "./office.js";
import { arabic, english, filled, PLACES } from "./summary-sample.js";

const make = async (doc: SummaryDocument) => read(await summaryDocument(doc));
const body = async (doc: SummaryDocument) => part(await make(doc), "word/document.xml");

const table = (node: Node, name: string): string[][] =>
  tables(node)
    .filter((table) => table.name === name)
    .flatMap(({ rows }) => rows);

/** The number in a cell, by someone who knows English numbers and nothing of the writer. */
function parsed(text: string): number {
  const number = /^([+\u2212]?)(\d{1,3}(?:,\d{3})*)(\.\d)?(?:%| pts)?$/.exec(text);
  if (!number) throw new Error(`no number: ${text}`);
  const [, sign, units = "", tenth = ""] = number;
  return Number(`${sign === "\u2212" ? "-" : ""}${units.replaceAll(",", "")}${tenth}`);
}

function expectShown(text: string | undefined, one: Shown, doc: SummaryDocument) {
  if (one.kind === "text") expect(text).toBe(one.text);
  else if ("value" in one) expect(parsed(text ?? "")).toBe(one.value);
  else expect(text).toBe(doc.words[one.kind]);
}

/** Reads every text of the model back from where a reader looks for it. */
async function readsBack(doc: SummaryDocument) {
  const file = await make(doc);
  const main = part(file, "word/document.xml");
  const { words: w } = doc;
  const says = (style: string, texts: string[], node = main) =>
    expect([style, styled(node, style)]).toEqual([style, texts.map(shown)]);
  says("Title", [doc.title]);
  says("Status", [`${doc.ref}  ·  ${doc.status}`]);
  says("Heading1", [w.key, w.notes, ...doc.sections.map(({ title }) => title), w.recommendations, w.definitions]);
  says("Note", [...doc.notes, ...doc.recommendations]);
  const [section] = doc.sections;
  const [figure] = section?.figures ?? [];
  const [breakdown] = section?.tables ?? [];
  if (!section || !figure || !breakdown) throw new Error("no section");
  says("KeyName", [figure.name]);
  says("Heading2", [breakdown.title, section.title]);
  says("SmallPrint", [breakdown.definition]);
  says("ColumnHead", [breakdown.rowHead, ...breakdown.columns.map(({ name }) => name)]);
  const [row] = breakdown.rows;
  const [said] = row?.cells ?? [];
  says("TableText", [
    ...doc.facts.map(({ value }) => value),
    ...[`${figure.name}  ${figure.unit}`, "5", "4", "+1"],
    ...[row?.name ?? "", said?.kind === "text" ? said.text : ""],
    ...[figure.name, figure.definition],
  ]);
  says("TableNote", [doc.periodNow, doc.periodBefore, `${w.source}  ${figure.source}`]);
  const heads = ["word/header1.xml", "word/header2.xml"].map((path) => part(file, path));
  for (const node of heads) says("Label", [doc.label], node);
  expect(heads.map((node) => styled(node, "Letterhead"))).toContainEqual([shown(doc.body)]);
  says("Running", [doc.footer, "Page  of "], part(file, "word/footer1.xml"));
  const alt = one(main, "wp:docPr")?.attributes.descr ?? "";
  expect(alt).toBe(
    shown(section.charts[0]?.alt ?? "")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the numbers of the summary", () => {
  it("stand in the file as they are rounded, each in its place, and nowhere more exactly", async () => {
    const main = await body(english);
    for (const section of english.sections) {
      const [, ...rows] = table(main, section.title);
      expect(rows).toHaveLength(section.figures.length);
      for (const [n, figure] of section.figures.entries()) {
        const [name, now, before, moved] = rows[n] ?? [];
        expect(name).toBe(`${figure.name}  ${figure.unit}`);
        expectShown(now, rounded(figure.now), english);
        expectShown(before, rounded(figure.before), english);
        expectShown(moved, change(figure.now, figure.before), english);
      }
      for (const { title, columns, rows } of section.tables) {
        const found = table(main, title);
        for (const row of rows) {
          const cells = found.filter(([name]) => name === row.name).flatMap(([, ...cells]) => cells);
          expect(cells).toHaveLength(columns.length);
          for (const [n, cell] of row.cells.entries()) expectShown(cells[n], rounded(cell), english);
        }
      }
    }
  });

  it("stand on the first page where they are key", async () => {
    const main = await body(english);
    const keys = english.sections.flatMap(({ figures }) => figures.filter(({ key }) => key));
    expect(keys.length).toBeGreaterThan(4);
    const cards = table(main, english.words.key)
      .flat()
      .filter((card) => card !== "");
    expect(cards).toHaveLength(keys.length);
    for (const [n, key] of keys.entries()) {
      const [name, now = "", before = ""] = cards[n]?.split("\n") ?? [];
      expect(name).toBe(key.name);
      expectShown(now.replace(/ {2}days$/, ""), rounded(key.now), english);
      const [, was, moved] = /^2026-Q2: (\S+)(?: \((.+)\))?$/.exec(before) ?? [];
      expectShown(was, rounded(key.before), english);
      expectShown(moved, change(key.now, key.before), english);
    }
    expect(styled(await body({ ...english, sections: [] }), "Heading1")).not.toContain(english.words.key);
  });

  it("that are withheld are words, never a number and never nothing", async () => {
    const main = await body(english);
    expect(table(main, "Tasks across agencies").at(-1)?.slice(1)).toEqual(["withheld", "7", "withheld"]);
    const hidden = (figure: Figure): Figure => (figure.kind === "text" ? figure : { kind: "withheld" });
    const doc: SummaryDocument = {
      ...english,
      sections: english.sections.map((section) => ({
        ...section,
        figures: section.figures.map((figure) => ({
          ...figure,
          now: hidden(figure.now),
          before: hidden(figure.before),
        })),
        tables: section.tables.map((table) => ({
          ...table,
          rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(hidden) })),
        })),
      })),
    };
    const cells = tables(await body(doc))
      .filter(({ name }) =>
        doc.sections.some(({ title, tables }) => [title, ...tables.map((t) => t.title)].includes(name)),
      )
      .flatMap(({ rows }) => rows.filter((_, n) => n > 0).flatMap(([, ...cells]) => cells));
    expect(cells.length).toBeGreaterThan(80);
    expect(cells.filter((cell) => /^[\d.,%+\u2212]*$/.test(cell))).toEqual([]);
  });

  it("each have their definition, in the order of the figures, and where they come from", async () => {
    const main = await body(english);
    for (const { title, figures } of english.sections) {
      expect(table(main, `Definitions: ${title}`)).toEqual([
        ["Figure", "Definition"],
        ...figures.map(({ name, definition, source }) => [
          name,
          source ? `${definition}\nSource  ${source}` : definition,
        ]),
      ]);
      for (const { definition } of english.sections.flatMap(({ tables }) => tables)) {
        expect(styled(main, "SmallPrint")).toContain(definition);
      }
    }
  });
});

describe("the words of the summary", () => {
  it("read back as they were typed, in every place, whatever was typed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nasty, { minLength: PLACES, maxLength: PLACES }), async (texts) => {
        let n = 0;
        await readsBack(filled(() => texts[n++] ?? ""));
      }),
      { numRuns: 25 },
    );
  });

  it("read back where each place has words of its own", async () => {
    let n = 0;
    await readsBack(filled(() => `words ${n++}`));
    expect(n).toBe(PLACES);
  });
});

describe("the shape of the summary", () => {
  it("has Word's own headings, in which one can move about", async () => {
    const file = await make(english);
    const main = part(file, "word/document.xml");
    expect(styled(main, "Heading1")).toEqual([
      "Key figures",
      "Notes of the rapporteur",
      "Meetings and decisions",
      "Tasks across agencies",
      "Information shared",
      "Recommendations",
      "Definitions",
    ]);
    const styles = new Set(all(part(file, "word/styles.xml"), "w:style").map((style) => style.attributes["w:styleId"]));
    for (const paragraph of all(main, "w:p")) expect(styles.has(styleOf(paragraph) ?? "")).toBe(true);
  });

  it("repeats the head of each table, splits no row, and fills each row's columns", async () => {
    const found = all(await body(english), "w:tbl");
    expect(found.length).toBeGreaterThan(12);
    const headless = [english.title, english.words.key];
    for (const table of found) {
      const rows = all(table, "w:tr");
      const heads = rows.map((row) => on(one(row, "w:tblHeader")));
      const name = one(table, "w:tblCaption")?.attributes["w:val"] ?? "";
      expect(heads).toEqual(rows.map((_, n) => n === 0 && !headless.includes(name)));
      expect(rows.every((row) => on(one(row, "w:cantSplit")))).toBe(true);
      const columns = all(table, "w:gridCol").map((column) => Number(column.attributes["w:w"]));
      for (const row of rows) expect(all(row, "w:tc")).toHaveLength(columns.length);
      expect(columns.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(11906 - 2 * 1134);
    }
  });

  it("lays a wide breakdown in strips, each under the names of its rows", async () => {
    const found = tables(await body(english)).filter(({ name }) => name === "Who shared with whom");
    expect(found.map(({ rows }) => rows[0]?.length)).toEqual([6, 5]);
    for (const { rows } of found) {
      expect(rows.map(([name]) => name)).toEqual([
        "Provider",
        "Coast Guard",
        "National Police",
        "Border Guard",
        "Prosecution",
      ]);
    }
  });

  it("shows each chart as it is, no wider than the page, with words for those who cannot see it", async () => {
    const bytes = await summaryDocument(english);
    const charts = english.sections.flatMap(({ charts }) => charts);
    const main = part(read(bytes), "word/document.xml");
    const drawn = all(main, "wp:docPr").map(({ attributes }) => attributes);
    expect(drawn.map(({ descr }) => descr)).toEqual(charts.map(({ alt }) => alt));
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(charts.length);
    for (const [n, extent] of all(main, "wp:extent").entries()) {
      const [width, height] = [Number(extent.attributes.cx), Number(extent.attributes.cy)];
      const chart = charts[n];
      if (!chart) throw new Error("no chart");
      // 635 of these to a twip, 9525 to a pixel.
      expect(width).toBeLessThanOrEqual((11906 - 2 * 1134 + 8) * 635);
      expect(width).toBeLessThanOrEqual(chart.width * 9525);
      expect(Math.abs(width / height - chart.width / chart.height)).toBeLessThan(0.02);
    }
    const files = Object.entries(unzipSync(bytes)).filter(([path]) => path.startsWith("word/media/"));
    expect(files.map(([, data]) => Buffer.from(data).toString("base64")).sort()).toEqual(
      charts.map(({ png }) => Buffer.from(png).toString("base64")).sort(),
    );
  });

  it("has no heading over nothing", async () => {
    const bare: SummaryDocument = { ...english, facts: [], notes: [], recommendations: [], sections: [] };
    expect(styled(await body(bare), "Heading1")).toEqual([]);
    const empty = { id: "x", title: "Nothing", figures: [], charts: [] };
    const hollow = { id: "t", title: "Hollow", definition: "None", rowHead: "Row", columns: [], rows: [] };
    const main = await body({ ...bare, sections: [{ ...empty, tables: [hollow] }] });
    expect([styled(main, "Heading1"), styled(main, "Heading2"), all(main, "w:tbl")]).toEqual([[], [], []]);
  });

  it("says in its properties what it is", async () => {
    const properties = part(await make(english), "docProps/core.xml");
    expect(properties.children.map((c) => (typeof c === "string" ? c : [c.name, words(c)]))).toEqual([
      ["dc:title", "S-4 Activity summary 2026-Q3"],
      ["dc:creator", english.body],
      ["dc:identifier", "S-4"],
      ["dc:language", "en"],
      ["cp:contentStatus", english.status],
      ["cp:lastModifiedBy", english.body],
      ["dcterms:created", "2026-10-09T06:12:00Z"],
      ["dcterms:modified", "2026-10-09T06:12:00Z"],
    ]);
  });
});

describe("the direction of the summary", () => {
  it("is from right to left in Arabic, but for Latin letters and numbers with their signs", async () => {
    const file = await make(arabic);
    const parts = [...file].filter(([path]) => /^word\/(document|header|footer)/.test(path)).map(([, node]) => node);
    expect(parts).toHaveLength(5);
    const runs = parts.flatMap((node) => {
      expect(all(node, "w:p").every((p) => on(one(p, "w:bidi")))).toBe(true);
      expect(all(node, "w:tbl").every((table) => on(one(table, "w:bidiVisual")))).toBe(true);
      return all(node, "w:r").map((run) => ({ text: words(run), rtl: on(one(run, "w:rtl")) }));
    });
    const of = (pattern: RegExp) => runs.filter(({ text }) => pattern.test(text));
    expect(of(/\p{Script=Arabic}/u).every(({ rtl }) => rtl)).toBe(true);
    expect(of(/\p{Script=Latin}/u).some(({ rtl }) => rtl)).toBe(false);
    // Between marks, so that no program moves the sign behind the number.
    expect(runs).toContainEqual({ text: "\u200e+321\u200e", rtl: false });
    expect(runs).toContainEqual({ text: "\u200e\u22121.7\u200e", rtl: false });
    expect(runs).toContainEqual({ text: "\u200e79.0%\u200e", rtl: false });
    expect(runs).toContainEqual({ text: "\u200e2026-Q3\u200e", rtl: false });
    expect(one(part(file, "word/styles.xml"), "w:lang")?.attributes).toEqual({ "w:bidi": "ar" });
  });

  it("is from left to right in English, with no mark in a number", async () => {
    const main = await body(english);
    expect([...all(main, "w:bidi"), ...all(main, "w:bidiVisual")]).toEqual([]);
    expect(words(main)).not.toContain("\u200e");
    const turned = all(main, "w:r").filter((run) => on(one(run, "w:rtl")));
    expect(turned.map(words)).toEqual(["سمير حداد"]);
  });
});

describe("the bytes of the summary", () => {
  const hash = async (doc: SummaryDocument) =>
    createHash("sha256")
      .update(await summaryDocument(doc))
      .digest("hex");

  it("are the same for the same model, whatever the clock, the chance and what was made before", async () => {
    vi.useFakeTimers({ now: new Date("2026-11-27T09:00:00Z"), toFake: ["Date"] });
    const first = [await hash(english), await hash(arabic)];
    vi.setSystemTime(new Date("2031-03-01T00:00:00Z"));
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect([await hash(structuredClone(english)), await hash(arabic)]).toEqual(first);
  });

  it("change with any figure, any word and the moment", async () => {
    const changed: SummaryDocument[] = [
      english,
      { ...english, status: "Draft" },
      { ...english, label: "TLP:RED" },
      { ...english, notes: [] },
      { ...english, created: new Date(english.created.getTime() + 1000) },
      { ...english, sections: english.sections.slice(1) },
    ];
    expect(new Set(await Promise.all(changed.map(hash))).size).toBe(changed.length);
  });
});
