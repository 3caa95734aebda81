import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { textIn } from "../../../src/files/text.js";

/** What people give in place of typing: from editors of every kind, from Word, and what is no text at all. */
const utf16 = (text: string, little = true): Uint8Array => {
  const bytes = new Uint8Array(2 + 2 * text.length);
  bytes.set(little ? [0xff, 0xfe] : [0xfe, 0xff]);
  for (let n = 0; n < text.length; n++) new DataView(bytes.buffer).setUint16(2 + 2 * n, text.charCodeAt(n), little);
  return bytes;
};
const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const NS = `xmlns:w="${W}"`;
const wordOf = (xml: string | Uint8Array): Uint8Array =>
  zipSync({
    "[Content_Types].xml": strToU8("<Types/>"),
    "word/document.xml": typeof xml === "string" ? strToU8(xml) : xml,
  });
const word = (body: string): Uint8Array => wordOf(`<w:document ${NS}><w:body>${body}</w:body></w:document>`);
const r = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
const p = (...runs: string[]) => `<w:p>${runs.map(r).join("")}</w:p>`;
const cell = (...texts: string[]) => `<w:tc>${texts.map((text) => p(text)).join("")}</w:tc>`;
const point = (list: string, ...runs: string[]) =>
  `<w:p><w:pPr><w:numPr><w:numId w:val="${list}"/></w:numPr></w:pPr>${runs.map(r).join("")}</w:p>`;

describe("plain text", () => {
  it.each([
    ["UTF-8", strToU8("Le bateau a coulé.\nОн утонул.\n船沉了。"), "Le bateau a coulé.\nОн утонул.\n船沉了。"],
    ["a mark at its head", new Uint8Array([0xef, 0xbb, 0xbf, ...strToU8("É")]), "É"],
    ["UTF-16 of Notepad", utf16("Zoë\r\nŁódź"), "Zoë\nŁódź"],
    ["UTF-16 the other way", utf16("قارب", false), "قارب"],
    ["Windows-1252", new Uint8Array([0x93, 0xe9, 0x94, 0x20, 0x80, 0x8c, 0x9a, 0x9f]), "“é” €ŒšŸ"],
    ["ends of lines of every kind", strToU8("a\r\nb\rc\u2028d\u0085e\ff"), "a\nb\nc\nd\ne\nf"],
    ["a table", strToU8("a;b\n1;2\n"), "a;b\n1;2\n"],
    ["nothing", new Uint8Array(), ""],
  ])("%s is read", (_what, bytes, text) => {
    expect(textIn(bytes)).toEqual({ text });
  });

  it.each([
    ["a PDF", strToU8("%PDF-1.7\nfacts")],
    ["a picture", new Uint8Array([0xff, 0xd8, 0xff, 0xe0])],
    ["a program", new Uint8Array([0x4d, 0x5a, 0x90, 0x00])],
    ["a control character", strToU8("facts\u0001")],
    ["an old Word file", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0x00])],
    ["a spreadsheet", zipSync({ "[Content_Types].xml": strToU8("<Types/>"), "xl/workbook.xml": strToU8("<x/>") })],
    ["another archive", zipSync({ "facts.txt": strToU8("facts") })],
    ["half an archive", word(p("facts")).slice(0, 60)],
    ["Word in UTF-16", wordOf(utf16(`<w:document ${NS}>${p("facts")}</w:document>`))],
    ["Rich Text, which is text that no person wrote", strToU8("{\\rtf1\\ansi facts}")],
    ["a page of the web", strToU8("<!DOCTYPE html><p>facts</p>")],
  ])("%s is none", (_what, bytes) => {
    expect(textIn(bytes)).toEqual({ wrong: "kind" });
  });
});

describe("a Word file", () => {
  const read = (body: string) => {
    const found = textIn(word(body));
    return "text" in found ? found.text.trimEnd() : found.wrong;
  };
  it.each([
    ["paragraphs, with runs that Word cut", p("The bo", "at sank") + p("31 aboard"), "The boat sank\n31 aboard"],
    ["an empty line", p("a") + p() + p("b"), "a\n\nb"],
    ["signs of XML", p("a &lt;b&gt; &amp; c &#233;"), "a <b> & c é"],
    ["breaks and tabs", "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>", "a\nb\tc"],
    ["stops of tabs", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>${r("a")}</w:p>`, "a"],
    ["another prefix", `<x:p xmlns:x="${W}"><x:r><x:t>a</x:t></x:r></x:p>`, "a"],
    ["points of a list", point("1", "one", ", two") + p("b"), "- one, two\nb"],
    ["a point that is none any more", point("0", "one"), "one"],
    [
      "a table, a line for a row",
      `<w:tbl><w:tr>${cell("Name")}${cell("Born")}</w:tr><w:tr>${cell("A", "B")}${cell("1990")}</w:tr></w:tbl>${p("c")}`,
      "Name\tBorn\nA B\t1990\nc",
    ],
    [
      "the result of a field and not its instruction",
      `<w:p><w:r><w:instrText>PAGEREF x</w:instrText></w:r>${r("7")}</w:p>`,
      "7",
    ],
    ["words that were hidden once", '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>a</w:t></w:r></w:p>', "a"],
  ])("%s", (_what, body, text) => {
    expect(read(body)).toBe(text);
  });

  it.each([
    ["a picture", "<w:p><w:r><w:drawing/></w:r></w:p>", "more"],
    ["a text box", "<w:p><w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r></w:p>", "more"],
    ["a note at its foot", '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', "more"],
    ["a formula", "<w:p><m:oMath/></w:p>", "more"],
    ["a letter of a font of symbols", '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>', "more"],
    ["hidden words", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>informant</w:t></w:r></w:p>", "more"],
    ["words put in", `<w:p><w:ins w:id="1">${r("not")}</w:ins></w:p>`, "changes"],
    ["words taken out", '<w:p><w:del w:id="1"><w:r><w:delText>not</w:delText></w:r></w:del></w:p>', "changes"],
    ["words moved", `<w:p><w:moveFrom>${r("not")}</w:moveFrom></w:p>`, "changes"],
  ])("%s is not left out without a word", (_what, body, why) => {
    expect(read(p("The boat sank") + body)).toBe(why);
  });

  it("that unpacks to more than any text is refused, and one of many blanks takes no longer than one of words", () => {
    expect(textIn(word(p("x".repeat(21 * 1_048_576))))).toEqual({ wrong: "kind" });
    const time = (body: string) => {
      const bytes = word(body);
      const start = performance.now();
      textIn(bytes);
      return performance.now() - start;
    };
    const length = 1_000_000;
    time(p("ab".repeat(length / 2)));
    const [letters, blanks] = [time(p("ab".repeat(length / 2))), time(p(`${" ".repeat(length)}x`))];
    expect(blanks).toBeLessThan(20 * letters + 200);
  });
});
