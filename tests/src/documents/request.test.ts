import fc from "fast-check";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import {
  REQUEST_PLACES,
  type RequestDocument,
  requestDocument,
  standardTemplate,
} from "../../../src/documents/request.js";
import { templateProblem } from "../../../src/files/word-template.js";
import { all, one, part, read, relations, shown, styled, tables, words } from "./office.js";

const WORDS = { page: "Page {page} of {pages}", closing: "For its purpose alone." };
const STANDARD = await standardTemplate("en", WORDS);

const sample = (said: Partial<RequestDocument> = {}): RequestDocument => ({
  ...{ lang: "en", title: "Mutual legal assistance", ref: "R-4417", label: "TLP:AMBER+STRICT", status: "Draft" },
  from: "Prosecution of Norland",
  facts: [{ label: "To", value: "Ministry of Justice" }],
  opening: "Dear colleagues",
  sections: [
    { heading: "(a) Authority", entries: [{ label: "Basis", value: "UNTOC" }] },
    { heading: "(c) Facts", entries: [{ label: "Summary", value: "A boat of 31 people." }] },
  ],
  signature: { heading: "For the authority", lines: ["Prosecution of Norland", "____"] },
  annex: [{ heading: "Annex: law", entries: [{ value: "Penal Code, art 12" }] }],
  created: new Date("2026-12-02T09:00:00Z"),
  ...said,
});
const body = (bytes: Uint8Array) => part(read(bytes), "word/document.xml");

describe("what people wrote", () => {
  it("reads back as it was typed in every place, also where it looks like a place", { timeout: 60_000 }, async () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.constantFrom(
        "{{request}}",
        "{{{annex}}}",
        "{{ title }}",
        "{{{{{signature}}",
        "a\nb\tc",
        "<w:t>&amp;",
        "\uf8fe{{label}}",
      ),
      fc.constantFrom("قضية تهريب المهاجرين رقم 7/26", "Дело № 7", "陈大文 王小明", "José Ñáñez", "{", "{{", "}}"),
    );
    await fc.assert(
      fc.asyncProperty(typed, typed, typed, async (value, fact, line) => {
        const file = await requestDocument(
          sample({
            facts: [{ label: "To", value: fact }],
            sections: [{ heading: "(c) Facts", entries: [{ value }] }],
            annex: [],
            signature: { heading: "For the authority", lines: [line] },
          }),
          STANDARD,
        );
        const node = body(file);
        const kept = (text: string) => shown(text.replaceAll("\uf8fe", ""));
        expect(styled(node, "Spoken")).toEqual([kept(value)]);
        expect(tables(node).find(({ name }) => name === "Mutual legal assistance")?.rows).toEqual([["To", kept(fact)]]);
        const paragraphs = all(node, "w:p").map(words);
        expect(paragraphs[paragraphs.indexOf("For the authority") + 1]).toBe(kept(line));
      }),
      { numRuns: 60 },
    );
  });

  it("comes through at forty thousand characters, forty persons and twelve thousand in Arabic", async () => {
    const long = "Facts of the case, cut nowhere. ".repeat(1_250);
    const arabic = "تهريب المهاجرين عن طريق البحر ".repeat(400);
    const persons = Array.from({ length: 40 }, (_, n) => `${n + 1}. Иван Петров, 王小明, Ахмед Ñ`).join("\n");
    const file = await requestDocument(
      sample({ sections: [{ heading: "x", entries: [long, arabic, persons].map((value) => ({ value })) }], annex: [] }),
      STANDARD,
    );
    expect(styled(body(file), "Spoken")).toEqual([long, arabic, persons].map(shown));
  });
});

describe("the file", () => {
  it("is the same for the same words and template, and another for any other", async () => {
    const first = await requestDocument(sample(), STANDARD);
    expect(await requestDocument(sample(), await standardTemplate("en", WORDS))).toEqual(first);
    for (const change of [{ ref: "R-4418" }, { status: "Approved" }, { from: "Police" }, { label: "TLP:AMBER" }])
      expect(await requestDocument(sample(change), STANDARD), JSON.stringify(change)).not.toEqual(first);
  });

  it("has its parts in order: facts, sections, closing words, signature, annex", async () => {
    const said = all(body(await requestDocument(sample(), STANDARD)), "w:p").map(words);
    const at = ["Mutual legal assistance", "To", "Dear colleagues", "(a) Authority", "(c) Facts", WORDS.closing]
      .concat("For the authority", "Annex: law", "Penal Code, art 12")
      .map((text) => said.indexOf(text));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at).not.toContain(-1);
  });

  it("bears label and letterhead on every page, and in its properties what it is; no place is left anywhere", async () => {
    const file = read(await requestDocument(sample(), STANDARD));
    for (const [path, node] of file) {
      expect(JSON.stringify(node), path).not.toMatch(/\{\{|\}\}/);
      if (/word\/(?:header|footer)\d/.test(path)) expect(words(node), path).toContain("TLP:AMBER+STRICT");
    }
    const core = part(file, "docProps/core.xml");
    expect(words(one(core, "dc:title") ?? core)).toBe("R-4417 Mutual legal assistance");
    expect(words(one(core, "dcterms:created") ?? core)).toBe("2026-12-02T09:00:00Z");
    expect(relations(file, "word/_rels/document.xml.rels").filter(({ TargetMode }) => TargetMode)).toEqual([]);
  });
});

/** A template as somebody's Word might save it: the standard one with one part changed. */
const changed = (path: string, change: (text: string) => string): Uint8Array => {
  const entries = unzipSync(STANDARD);
  entries[path] = strToU8(change(strFromU8(entries[path] ?? new Uint8Array())));
  return zipSync(entries);
};
const inBody = (change: (text: string) => string) => changed("word/document.xml", change);
const problem = (bytes: Uint8Array) => templateProblem(bytes, REQUEST_PLACES);
const field = (said: string) => `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${said}</w:p></w:body>`;

describe("a template of an agency", () => {
  it("may be changed in Word: letterhead, wording, order, places cut into runs or written with spaces", async () => {
    const own = inBody((xml) =>
      xml
        .replace("For its purpose alone.", "Avec nos salutations.")
        .replace("{{request}}", "{{re</w:t></w:r><w:r><w:t>quest}}")
        .replace("{{annex}}", "{{ annex }}"),
    );
    expect(await problem(own)).toBeUndefined();
    const said = words(body(await requestDocument(sample(), own)));
    for (const text of ["Avec nos salutations.", "A boat of 31 people.", "Penal Code, art 12"])
      expect(said).toContain(text);
    expect(said).not.toContain("{{");
  });

  it.each<[string, Uint8Array, unknown]>([
    ["a text", strToU8("letterhead"), { what: "word" }],
    ["nothing", new Uint8Array(), { what: "word" }],
    [
      "a workbook",
      zipSync({ "[Content_Types].xml": strToU8("<a/>"), "xl/workbook.xml": strToU8("<a/>") }),
      { what: "word" },
    ],
    ["half of one", STANDARD.slice(0, STANDARD.length / 2), { what: "word" }],
    [
      "a file of three megabytes",
      zipSync({
        "word/document.xml": [crypto.getRandomValues(new Uint8Array(65_536)), {}] as never,
        ...Object.fromEntries(
          Array.from({ length: 48 }, (_, n) => [`word/media/${n}.png`, crypto.getRandomValues(new Uint8Array(65_536))]),
        ),
      }),
      { what: "size" },
    ],
    [
      "one that unpacks to thirty megabytes",
      zipSync({ ...unzipSync(STANDARD), "word/media/a.png": new Uint8Array(30 * 1024 * 1024) }),
      { what: "size" },
    ],
    [
      "one of a thousand parts",
      zipSync({
        ...unzipSync(STANDARD),
        ...Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`word/${n}.xml`, strToU8("<a/>")])),
      }),
      { what: "size" },
    ],
    ["macros", zipSync({ ...unzipSync(STANDARD), "word/vbaProject.bin": strToU8("x") }), { what: "active" }],
    [
      "an embedded program",
      zipSync({ ...unzipSync(STANDARD), "word/embeddings/a.exe": strToU8("x") }),
      { what: "active" },
    ],
    [
      "a picture that is fetched",
      changed("word/_rels/document.xml.rels", (xml) =>
        xml.replace(
          "</Relationships>",
          '<Relationship Id="p" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="https://track.example/a.png" TargetMode="External"/></Relationships>',
        ),
      ),
      { what: "active" },
    ],
    [
      "a template elsewhere, with other quotation marks",
      changed(
        "word/_rels/settings.xml.rels",
        () =>
          "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate' Target='file:///x.dotm' TargetMode = 'External'/></Relationships>",
      ),
      { what: "active" },
    ],
    [
      "a field that runs a program",
      inBody((xml) => xml.replace("</w:body>", field("<w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:r>"))),
      { what: "active" },
    ],
    [
      "the same, cut into runs",
      inBody((xml) =>
        xml.replace(
          "</w:body>",
          field("<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE x</w:instrText></w:r>"),
        ),
      ),
      { what: "active" },
    ],
    [
      "a simple field",
      inBody((xml) => xml.replace("</w:body>", '<w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p></w:body>')),
      { what: "active" },
    ],
    ["entities", inBody((xml) => `<!DOCTYPE a [<!ENTITY b "c">]>${xml}`), { what: "active" }],
    // The same in another hand: other prefixes and quotation marks, entities, an encoding that hides it.
    [
      "a field under another prefix",
      inBody((xml) => xml.replace("</w:body>", '<x:p xmlns:x="u"><x:instrText>dde x</x:instrText></x:p></w:body>')),
      { what: "active" },
    ],
    [
      "a field in single quotation marks",
      inBody((xml) => xml.replace("</w:body>", "<w:p><w:fldSimple w:instr='INCLUDETEXT x'/></w:p></w:body>")),
      { what: "active" },
    ],
    [
      "a field by its numbers",
      inBody((xml) => xml.replace("</w:body>", field("<w:r><w:instrText>&#68;&#x44;&#69; x</w:instrText></w:r>"))),
      { what: "active" },
    ],
    [
      "a part in UTF-16",
      zipSync({
        ...unzipSync(STANDARD),
        "word/footnotes.xml": new Uint8Array(Buffer.from("\ufeff<a><w:instrText>DDE</w:instrText></a>", "utf16le")),
      }),
      { what: "word" },
    ],
    ["another encoding said", inBody((xml) => xml.replace("UTF-8", "UTF-7")), { what: "word" }],
    [
      "a picture of an old drawing that is fetched",
      inBody((xml) => xml.replace("</w:body>", '<w:p><v:imagedata src="https://track.example/a.png"/></w:p></w:body>')),
      { what: "active" },
    ],
    [
      "a mailing",
      changed("word/settings.xml", (xml) => xml.replace("</w:settings>", "<w:mailMerge/></w:settings>")),
      { what: "active" },
    ],
    [
      "a place beside words that would be lost",
      inBody((xml) => xml.replace("{{request}}", "Sir, {{request}}")),
      { what: "beside", places: ["request"] },
    ],
    [
      "a place beside a picture",
      inBody((xml) => xml.replace(/(<w:r>(?:(?!<w:r>).)*\{\{annex\}\})/, "<w:r><w:drawing/></w:r>$1")),
      { what: "beside", places: ["annex"] },
    ],
    ["a place taken out", inBody((xml) => xml.replace("{{request}}", "")), { what: "missing", places: ["request"] }],
    [
      "two places taken out",
      inBody((xml) => xml.replace("{{facts}}", "").replace("{{annex}}", "annex")),
      { what: "missing", places: ["facts", "annex"] },
    ],
    [
      "a place that nothing goes into",
      inBody((xml) => xml.replace("For its", "{{minister}} For its")),
      { what: "unknown", places: ["minister"] },
    ],
  ])("is refused: %s", async (_what, bytes, said) => {
    expect(await problem(bytes)).toEqual(said);
  });

  it("fills a place that stands twice in one paragraph, and in a text box", async () => {
    const own = inBody((xml) => xml.replace("For its purpose alone.", "{{ref}} of {{letterhead}}: see {{ ref }}"));
    expect(await problem(own)).toBeUndefined();
    expect(words(body(await requestDocument(sample(), own)))).toContain("R-4417 of Prosecution of Norland: see R-4417");
  });

  it("is looked through, and filled at its longest, in time that grows with its length", {
    timeout: 60_000,
  }, async () => {
    const long = (n: number) =>
      inBody((xml) => xml.replace("</w:body>", `${"<w:p><w:r><w:t>{{ x </w:t></w:r></w:p>".repeat(n)}</w:body>`));
    const took = async (act: () => unknown) => {
      const begun = performance.now();
      await act();
      return performance.now() - begun;
    };
    const [short, four] = [long(5_000), long(20_000)];
    expect(problem(long(20_000))).toEqual({ what: "size" });
    const looked = [await took(() => problem(short)), await took(() => problem(four))] as const;
    expect(looked[1] / looked[0]).toBeLessThan(12);
    // The longest that is taken is filled in a few times what the standard one takes.
    const longest = long(900);
    expect(problem(longest)).toBeUndefined();
    const filled = [
      await took(() => requestDocument(sample(), STANDARD)),
      await took(() => requestDocument(sample(), longest)),
    ] as const;
    expect(filled[1] / filled[0]).toBeLessThan(60);
  });

  it("may hold links, page numbers and pictures of its own", async () => {
    const own = changed("word/_rels/document.xml.rels", (xml) =>
      xml.replace(
        "</Relationships>",
        '<Relationship Id="h" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://justice.example" TargetMode="External"/></Relationships>',
      ),
    );
    expect(await problem(own)).toBeUndefined();
    expect(
      await problem(zipSync({ ...unzipSync(STANDARD), "word/media/arms.png": new Uint8Array(1000) })),
    ).toBeUndefined();
  });
});
