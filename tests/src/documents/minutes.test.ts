import { createHash } from "node:crypto";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type MinutesDocument, minutesDocument } from "../../../src/documents/minutes.js";
import { directions, followable } from "../../../src/documents/word.js";
import { expectWithin } from "../../growth.js";
import { arabic, english } from "./sample.js";

type Node = { name: string; attributes: Record<string, string>; children: (Node | string)[] };

/** Every part, read by a parser that refuses what is not well-formed, with namespaces. */
function read(bytes: Uint8Array): Map<string, Node> {
  const parts = Object.entries(unzipSync(bytes)).map(([path, data]) => {
    // Fatal: a byte sequence that is not UTF-8 is an error here, not a replacement character.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(data);
    const root: Node = { name: "", attributes: {}, children: [] };
    const open = [root];
    const parser = new SaxesParser({ xmlns: true, fileName: path });
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ name, attributes }) => {
      const node: Node = { name, attributes: {}, children: [] };
      for (const { name, value } of Object.values(attributes)) node.attributes[name] = value;
      open.at(-1)?.children.push(node);
      open.push(node);
    });
    parser.on("closetag", () => {
      open.pop();
    });
    parser.on("text", (text) => {
      open.at(-1)?.children.push(text);
    });
    parser.write(text).close();
    const [top] = root.children.filter((child) => typeof child !== "string");
    if (!top) throw new Error(`${path} is empty`);
    return [path, top] as const;
  });
  return new Map(parts);
}

const part = (file: Map<string, Node>, path: string): Node => {
  const found = file.get(path);
  if (!found) throw new Error(`no ${path}`);
  return found;
};

const all = (node: Node, name: string): Node[] => [
  ...(node.name === name ? [node] : []),
  ...node.children.flatMap((child) => (typeof child === "string" ? [] : all(child, name))),
];

const one = (node: Node, name: string): Node | undefined => all(node, name)[0];

function words(node: Node): string {
  if (node.name === "w:br") return "\n";
  if (node.name === "w:tab") return "\t";
  if (node.name === "w:instrText" || node.name === "w:pPr") return "";
  return node.children.map((child) => (typeof child === "string" ? child : words(child))).join("");
}

const styleOf = (paragraph: Node) => one(paragraph, "w:pStyle")?.attributes["w:val"];

const styled = (node: Node, style: string): string[] =>
  all(node, "w:p")
    .filter((paragraph) => styleOf(paragraph) === style)
    .map(words);

const make = async (doc: MinutesDocument) => read(await minutesDocument(doc));
const body = async (doc: MinutesDocument) => part(await make(doc), "word/document.xml");

/** What must be read back, said character by character, apart from the expressions that the writer uses. */
function shown(text: string): string {
  const kept = [...text].filter((char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20) return code === 9 || code === 10 || code === 13;
    return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
  });
  const ends = new Set(["\n", "\r", "\u0085", "\u2028", "\u2029"]);
  return kept
    .filter((char, n) => !(char === "\n" && kept[n - 1] === "\r"))
    .map((char) => (ends.has(char) ? "\n" : char))
    .join("");
}

const empty: MinutesDocument = {
  ...english,
  facts: [],
  attendance: [],
  agenda: [],
  record: [],
  decisions: [],
  actions: [],
  corrections: [],
};

const TOKENS = [
  ...["\r", "\n", "\r\n", "\r\0\n", "\t", "\0", "\b", "\u001f", "\u0085", "\u2028", "\ufffe", "\uffff", "\ufeff"],
  ...[
    "\ud800",
    "\udc00",
    "😀",
    "👩‍👩‍👧",
    "🇬🇷",
    "e\u0301",
    "\u202e",
    "\u2067",
    "\u200f",
    "سلام",
    "سُ",
    "שלום",
    "١٢",
    "12",
    "A-7",
  ],
  ...["a", "é", "Ω", "漢", '"', "'", "<", ">", "&", "&amp;", "]]>", "<!--", "<w:br/>", "{page}", " ", "  ", "\u00a0"],
];
const nasty = fc.oneof(
  fc.array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 12 }).map((tokens) => tokens.join("")),
  fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 12 }).map((codes) => String.fromCharCode(...codes)),
  // Words that docx takes for fields where it reads them among the children of a run.
  fc.constantFrom("CURRENT", "TOTAL_PAGES", "TOTAL_PAGES_IN_SECTION", "SECTION"),
);

/** A text of its own in every place. */
const filled = (say: () => string): MinutesDocument => ({
  ...english,
  body: say(),
  title: say(),
  ref: say(),
  label: say(),
  status: say(),
  facts: [{ label: say(), value: say() }],
  attendance: [
    { agency: say(), people: say(), present: true, note: say() },
    { agency: say(), people: say(), present: false },
  ],
  agenda: [
    {
      n: 3,
      title: say(),
      minutes: say(),
      presenter: say(),
      papers: [{ title: say(), url: "https://example.org/a" }, { title: say() }],
      record: [{ by: say(), at: say(), text: say() }, { text: say() }],
    },
  ],
  record: [{ by: say(), text: say() }],
  decisions: [{ ref: say(), text: say(), votes: say(), quorum: say() }],
  actions: [{ ref: say(), title: say(), owner: say(), due: say(), state: say() }],
  corrections: [{ by: say(), text: say(), outcome: say() }],
  madeAt: say(),
  footer: say(),
});

/** Reads every text of the model back from where a reader looks for it, and from nowhere else. */
async function readsBack(doc: MinutesDocument) {
  const file = await make(doc);
  const main = part(file, "word/document.xml");
  const w = doc.words;
  const item = doc.agenda[0];
  if (!item) throw new Error("no item");
  const [first, second] = item.papers;
  const says = (style: string, texts: (string | undefined)[], node = main) =>
    expect([style, styled(node, style)]).toEqual([style, texts.map((text) => shown(text ?? ""))]);
  says("Title", [doc.title]);
  says("Status", [`${doc.ref}  ·  ${doc.status}`]);
  says("Heading1", [w.attendance, w.agenda, w.record, w.decisions, w.actions, w.corrections]);
  says("Heading2", [`${item.n}. ${item.title}`]);
  says("Meta", [`${w.presenter}\u00a0${item.presenter}   ·   ${w.minutes}\u00a0${item.minutes}`]);
  says("Paper", [`–\u00a0${first?.title} (example.org)`, `–\u00a0${second?.title}`]);
  says("Speaker", [`${item.record[0]?.by} · ${item.record[0]?.at}`, doc.record[0]?.by, doc.corrections[0]?.by]);
  says(
    "Spoken",
    [...item.record, ...doc.record, ...doc.corrections].map(({ text }) => text),
  );
  says("Outcome", [doc.corrections[0]?.outcome]);
  const [decision] = doc.decisions;
  const [action] = doc.actions;
  says("TableHead", [
    ...doc.facts.map(({ label }) => label),
    ...[w.present, w.absent, w.item, w.votes, w.item, w.owner, w.due, w.state],
  ]);
  says("TableText", [
    ...doc.facts.map(({ value }) => value),
    ...doc.attendance.flatMap(({ agency, people }) => [agency, people]),
    ...[decision?.ref, decision?.text, decision?.votes],
    ...[action?.ref, action?.title, action?.owner, action?.due, action?.state],
  ]);
  says("TableNote", [doc.attendance[0]?.note, decision?.quorum]);
  const heads = ["word/header1.xml", "word/header2.xml"].map((path) => part(file, path));
  const feet = ["word/footer1.xml", "word/footer2.xml"].map((path) => part(file, path));
  for (const node of [...heads, ...feet]) says("Label", [doc.label], node);
  expect(heads.map((node) => styled(node, "Letterhead"))).toContainEqual([shown(doc.body)]);
  expect(heads.map((node) => styled(node, "Running"))).toContainEqual(
    [doc.body, `${doc.ref} · ${doc.status}`].map(shown),
  );
  for (const node of feet) says("Running", [doc.footer, doc.madeAt, "Page  of "], node);
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the words of the minutes", () => {
  it("read back as they were typed, in every place, whatever was typed", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nasty, { minLength: 37, maxLength: 37 }), async (texts) => {
        let n = 0;
        await readsBack(filled(() => texts[n++] ?? ""));
      }),
      { numRuns: 100 },
    );
  });

  it("read back where each place has words of its own", async () => {
    let n = 0;
    await readsBack(filled(() => `words ${n++}`));
    expect(n).toBe(37);
  });

  it("read back at three thousand characters each", async () => {
    const long = "«Ωmega» & <b>قارب</b>\r\n😀 \0".repeat(200).slice(0, 3000);
    expect(long).toHaveLength(3000);
    await readsBack(filled(() => long));
  });

  it("are never taken for a field of Word's", async () => {
    const fields = async (doc: MinutesDocument) =>
      [...(await make(doc)).entries()].flatMap(([path, node]) =>
        all(node, "w:instrText").map((i) => `${path} ${words({ ...i, name: "" }).trim()}`),
      );
    const usual = [
      "word/footer1.xml PAGE",
      "word/footer1.xml NUMPAGES",
      "word/footer2.xml PAGE",
      "word/footer2.xml NUMPAGES",
    ];
    expect((await fields(filled(() => "TOTAL_PAGES"))).sort()).toEqual([...usual].sort());
    expect((await fields(filled(() => "CURRENT"))).sort()).toEqual([...usual].sort());
  });

  it("say how far one has read, in the order of the language", async () => {
    const foot = async (page: string) => {
      const file = await make({ ...empty, words: { ...english.words, page } });
      const paragraph = all(part(file, "word/footer1.xml"), "w:p").find((p) => one(p, "w:instrText"));
      return all(paragraph ?? { name: "", attributes: {}, children: [] }, "w:r")
        .map((run) => one(run, "w:instrText")?.children.join("") ?? words(run))
        .join("");
    };
    expect(await foot("Page {page} of {pages}")).toBe("Page PAGE of NUMPAGES");
    expect(await foot("{pages} / {page}")).toBe("NUMPAGES / PAGE");
    expect(await foot("Page")).toBe("Page PAGE / NUMPAGES");
  });
});

describe("the shape of the minutes", () => {
  it("is A4 with the label in its TLP 2.0 colour on black on top and bottom of every page", async () => {
    const colours: [string, string][] = [
      ["TLP:RED", "FF2B2B"],
      ["TLP:AMBER", "FFC000"],
      ["TLP:AMBER+STRICT", "FFC000"],
      ["TLP:GREEN", "33FF00"],
      ["TLP:CLEAR", "FFFFFF"],
    ];
    for (const [label, colour] of colours) {
      const file = await make({ ...english, label });
      const section = one(part(file, "word/document.xml"), "w:sectPr");
      if (!section) throw new Error("no section");
      expect(one(section, "w:pgSz")?.attributes).toMatchObject({ "w:w": "11906", "w:h": "16838" });
      expect(on(one(section, "w:titlePg"))).toBe(true);
      const targets = new Map(relations(file, "word/_rels/document.xml.rels").map(({ Id, Target }) => [Id, Target]));
      const references = [...all(section, "w:headerReference"), ...all(section, "w:footerReference")];
      expect(references.map(({ name, attributes }) => `${name} ${attributes["w:type"]}`).sort()).toEqual([
        "w:footerReference default",
        "w:footerReference first",
        "w:headerReference default",
        "w:headerReference first",
      ]);
      for (const { attributes } of references) {
        const node = part(file, `word/${targets.get(attributes["r:id"] ?? "")}`);
        const marks = all(node, "w:p").filter((paragraph) => styleOf(paragraph) === "Label");
        expect(marks.map(words)).toEqual([label]);
        const cell = all(node, "w:tc").find((cell) => all(cell, "w:p").includes(marks[0] ?? node));
        if (!cell) throw new Error("no cell");
        expect(one(cell, "w:color")?.attributes["w:val"]).toBe(colour);
        expect(one(cell, "w:shd")?.attributes["w:fill"]).toBe("000000");
      }
    }
  });

  it("has Word's own headings, in which one can move about", async () => {
    const file = await make(english);
    expect(styled(part(file, "word/document.xml"), "Heading2")).toEqual([
      "1. Picture of the week: departures, rescues, arrivals",
      "2. Handover of witnesses between agencies",
      "4. Any other business",
    ]);
    const styles = new Map(all(part(file, "word/styles.xml"), "w:style").map((s) => [s.attributes["w:styleId"], s]));
    for (const [id, level] of [
      ["Heading1", "0"],
      ["Heading2", "1"],
    ] as const) {
      const style = styles.get(id);
      expect(style && one(style, "w:name")?.attributes["w:val"]?.toLowerCase()).toBe(`heading ${Number(level) + 1}`);
      expect(style && one(style, "w:outlineLvl")?.attributes["w:val"]).toBe(level);
    }
    // Twelve points, in half points, as FIRST asks for a label.
    const label = styles.get("Label");
    expect(Number(label && one(label, "w:sz")?.attributes["w:val"])).toBeGreaterThanOrEqual(24);
    // No paragraph refers to a style that is not there.
    for (const path of [
      "word/document.xml",
      "word/header1.xml",
      "word/header2.xml",
      "word/footer1.xml",
      "word/footer2.xml",
    ]) {
      for (const p of all(part(file, path), "w:p")) expect(styles.has(styleOf(p))).toBe(true);
    }
  });

  it("repeats the head of each table, splits no row, and names each table to a screen reader", async () => {
    const tables = all(await body(english), "w:tbl");
    expect(tables).toHaveLength(5);
    expect(tables.map((table) => one(table, "w:tblCaption")?.attributes["w:val"])).toEqual([
      english.title,
      "Attendance: Present",
      "Attendance: Absent",
      "Decisions",
      "Actions",
    ]);
    const heads = tables.map((table) => all(table, "w:tr").map((row) => on(one(row, "w:tblHeader"))));
    expect(heads[0]?.some(Boolean)).toBe(false);
    for (const rows of heads.slice(1)) expect(rows).toEqual(rows.map((_, n) => n === 0));
    expect(tables.flatMap((table) => all(table, "w:tr")).every((row) => on(one(row, "w:cantSplit")))).toBe(true);
    for (const table of tables) {
      const columns = all(table, "w:gridCol").length;
      for (const row of all(table, "w:tr")) {
        const spans = all(row, "w:tc").map((cell) => Number(one(cell, "w:gridSpan")?.attributes["w:val"] ?? 1));
        expect(spans.reduce((sum, span) => sum + span, 0)).toBe(columns);
      }
    }
  });

  it("has no heading over nothing, and no column for votes that nobody cast", async () => {
    const bare = await body(empty);
    expect(styled(bare, "Heading1")).toEqual([]);
    expect(all(bare, "w:tbl")).toEqual([]);
    expect(styled(bare, "Title")).toEqual([english.title]);
    const unvoted = await body({ ...empty, decisions: [{ ref: "D-1", text: "Agreed." }] });
    expect(styled(unvoted, "TableHead")).toEqual(["Item"]);
    expect(styled(unvoted, "TableText")).toEqual(["D-1", "Agreed."]);
  });

  it("says in its properties what it is", async () => {
    const properties = part(await make({ ...arabic, title: 'a <b> & "c"\nd' }), "docProps/core.xml");
    expect(properties.children.map((c) => (typeof c === "string" ? c : [c.name, words(c)]))).toEqual([
      ["dc:title", 'M-14 a <b> & "c" d'],
      ["dc:creator", arabic.body],
      ["dc:identifier", "M-14"],
      ["dc:language", "ar"],
      ["cp:contentStatus", arabic.status],
      ["cp:lastModifiedBy", arabic.body],
      ["dcterms:created", "2026-11-24T10:30:00Z"],
      ["dcterms:modified", "2026-11-24T10:30:00Z"],
    ]);
  });

  /** As many lines on the items as there are, in turns. */
  const long = (items: number, lines: number) => {
    const record = Array.from({ length: lines }, (_, n) => ({
      by: `Speaker ${n}`,
      at: "10:00",
      text: `Line ${n}. `.repeat(20),
    }));
    const agenda = Array.from({ length: items }, (_, n) => ({
      n: n + 1,
      title: `Item ${n + 1}`,
      papers: [{ title: `Paper ${n}`, url: `https://example.org/${n}` }],
      record: record.filter((_, line) => line % items === n),
    }));
    return minutesDocument({ ...english, agenda });
  };

  it("carries sixty items and five hundred lines", async () => {
    const main = part(read(await long(60, 500)), "word/document.xml");
    expect(styled(main, "Heading2")).toHaveLength(60);
    expect(new Set(styled(main, "Spoken")).size).toBe(500 + 1 + 1);
    expect(all(main, "w:hyperlink")).toHaveLength(60);
  });

  it("takes as much longer as the record is longer", { timeout: 120_000 }, async () => {
    // Eight times the record: in proportion at most 8, quadratic 64.
    const ratio = await expectWithin(24, {
      what: "eight times the record",
      little: () => long(30, 250),
      much: () => long(240, 2_000),
    });
    console.log(`minutes of eight times the record: ${ratio.toFixed(1)} times as long`);
  });
});

describe("the direction of the minutes", () => {
  const parts = (file: Map<string, Node>) => [...file].filter(([path]) => /^word\/(document|header|footer)/.test(path));

  it("is from right to left in every paragraph, table and run of Arabic, and in no run of Latin letters", async () => {
    const file = await make(arabic);
    const found = parts(file);
    expect(found.map(([path]) => path)).toHaveLength(5);
    const runs = found.flatMap(([, node]) => {
      expect(all(node, "w:p").every((p) => on(one(p, "w:bidi")))).toBe(true);
      expect(all(node, "w:tbl").every((table) => on(one(table, "w:bidiVisual")))).toBe(true);
      return all(node, "w:r");
    });
    const rtl = (run: Node) => on(one(run, "w:rtl"));
    const arab = runs.filter((run) => /\p{Script=Arabic}/u.test(words(run)));
    const latin = runs.filter((run) => /\p{Script=Latin}/u.test(words(run)));
    expect(arab.length).toBeGreaterThan(40);
    expect(latin.length).toBeGreaterThan(15);
    expect(arab.every(rtl)).toBe(true);
    expect(latin.some(rtl)).toBe(false);
    expect(latin.map(words)).toContain("T-209");
    const language = one(part(file, "word/styles.xml"), "w:lang")?.attributes;
    expect(language).toEqual({ "w:bidi": "ar" });
  });

  it("is the same for Hebrew", async () => {
    const main = await body({ ...arabic, lang: "he-IL", title: "פגישת תיאום 14" });
    expect(all(main, "w:p").every((p) => on(one(p, "w:bidi")))).toBe(true);
    const title = all(main, "w:p").find((p) => styleOf(p) === "Title");
    expect(title && all(title, "w:r").map((run) => [words(run), on(one(run, "w:rtl"))])).toEqual([
      ["פגישת תיאום 14", true],
    ]);
  });

  it("is from left to right in English, but for an Arabic name", async () => {
    const file = await make(english);
    for (const [, node] of parts(file)) {
      expect(all(node, "w:bidi")).toEqual([]);
      expect(all(node, "w:bidiVisual")).toEqual([]);
    }
    const turned = all(part(file, "word/document.xml"), "w:r").filter((run) => on(one(run, "w:rtl")));
    expect(turned.map(words)).toEqual(["سمير حداد"]);
    expect(one(part(file, "word/styles.xml"), "w:lang")?.attributes).toEqual({ "w:val": "en" });
  });

  it("turns between letters only, and loses nothing", () => {
    fc.assert(
      fc.property(nasty, fc.boolean(), (text, rtl) => {
        const cut = directions(text, rtl);
        expect(cut.map((part) => part.text).join("")).toBe(text);
        for (const { text, rtl } of cut) {
          expect(text).not.toMatch(rtl ? /[A-Za-zÀ-ÖΑ-Ωα-ω一-龥]/u : /[\p{Script=Arabic}\p{Script=Hebrew}]/u);
        }
      }),
      { numRuns: 2_000 },
    );
    // A mark stays with its letter, or it would be drawn over nothing.
    expect(directions("a שלו\u05b8 b", false)).toEqual([
      { text: "a ", rtl: false },
      { text: "שלו\u05b8", rtl: true },
      { text: " b", rtl: false },
    ]);
    expect(directions("ضمن cafe\u0301 (عاجل)", true)[1]).toEqual({ text: "cafe\u0301", rtl: false });
    expect(directions("ضمن T-209 (عاجل)", true)).toEqual([
      { text: "ضمن ", rtl: true },
      { text: "T-209", rtl: false },
      { text: " (عاجل)", rtl: true },
    ]);
  });
});

describe("the links of the minutes", () => {
  const papers = [
    { title: "one", url: "https://example.org/a?b=1&c=<2>#part" },
    { title: "two", url: "http://example.org/plain" },
    { title: "three", url: "javascript:alert(1)" },
    { title: "four", url: "file:///etc/passwd" },
    { title: "five", url: "https://example.org@evil.example/" },
    { title: "six", url: "\\\\server\\share" },
    { title: "seven", url: `https://example.org/${"x".repeat(3000)}` },
    { title: "eight", url: "https://example.org/ü" },
    { title: "nine" },
  ];

  it("are https alone, and nothing else outside is referred to", async () => {
    const file = await make({ ...english, agenda: [{ n: 1, title: "Papers", papers, record: [] }] });
    const outside = [...file.keys()]
      .filter((path) => path.endsWith(".rels"))
      .flatMap((path) => relations(file, path))
      .filter(({ TargetMode, Target }) => TargetMode === "External" || /^[a-z]+:/i.test(Target ?? ""));
    expect(outside.map(({ Target }) => Target)).toEqual([
      "https://example.org/a?b=1&c=%3C2%3E#part",
      "https://example.org/%C3%BC",
    ]);
    expect(outside.every(({ Type, TargetMode }) => Type?.endsWith("/hyperlink") && TargetMode === "External")).toBe(
      true,
    );
    const main = part(file, "word/document.xml");
    const targets = new Map(outside.map(({ Id, Target }) => [Id, Target]));
    expect(all(main, "w:hyperlink").map((link) => [words(link), targets.get(link.attributes["r:id"] ?? "")])).toEqual([
      ["one", "https://example.org/a?b=1&c=%3C2%3E#part"],
      ["eight", "https://example.org/%C3%BC"],
    ]);
    expect(styled(main, "Paper").map((text) => text.slice(2))).toEqual([
      "one (example.org)",
      ...["two", "three", "four", "five", "six", "seven"],
      "eight (example.org)",
      "nine",
    ]);
  });

  it("never run into one another's address", async () => {
    const ids = relations(await make(english), "word/_rels/document.xml.rels").map(({ Id }) => Id);
    expect(ids.length).toBeGreaterThan(8);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("are told by the address alone", () => {
    expect(followable(undefined)).toBeUndefined();
    expect(followable("")).toBeUndefined();
    expect(followable("HTTPS://Example.org")?.href).toBe("https://example.org/");
  });
});

describe("the bytes of the minutes", () => {
  const hash = async (doc: MinutesDocument) =>
    createHash("sha256")
      .update(await minutesDocument(doc))
      .digest("hex");

  it("are the same for the same model, whatever the clock, the chance and the zone of the machine", async () => {
    vi.useFakeTimers({ now: new Date("2026-11-27T09:00:00Z"), toFake: ["Date"] });
    const first = [await hash(english), await hash(arabic)];
    expect([await hash(structuredClone(english)), await hash(arabic)]).toEqual(first);
    vi.setSystemTime(new Date("2026-11-27T09:01:01Z"));
    expect([await hash(english), await hash(arabic)]).toEqual(first);
    vi.setSystemTime(new Date("2031-03-01T00:00:00Z"));
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect([await hash(english), await hash(arabic)]).toEqual(first);
    vi.useRealTimers();
    const zone = process.env.TZ;
    const before = new Date(1980, 0, 1).getTime();
    try {
      process.env.TZ = before === Date.UTC(1979, 11, 31, 10) ? "America/New_York" : "Pacific/Kiritimati";
      expect(new Date(1980, 0, 1).getTime()).not.toBe(before);
      expect([await hash(english), await hash(arabic)]).toEqual(first);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it("change with any word and with the moment", async () => {
    const seen = new Set<string>();
    const changed: MinutesDocument[] = [
      english,
      { ...english, status: "Draft" },
      { ...english, created: new Date(english.created.getTime() + 1000) },
      { ...english, madeAt: "later" },
      { ...english, label: "TLP:RED" },
    ];
    for (const doc of changed) seen.add(await hash(doc));
    expect(seen.size).toBe(changed.length);
  });
});

const relations = (file: Map<string, Node>, path: string) =>
  all(part(file, path), "Relationship").map(({ attributes }) => attributes);

/** A switch of Word's: there and not said to be off. */
const on = (node: Node | undefined): boolean =>
  node !== undefined && !["0", "false", "off"].includes(node.attributes["w:val"] ?? "1");
