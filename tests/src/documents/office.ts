import fc from "fast-check";
import { unzipSync } from "fflate";
import { SaxesParser } from "saxes";

/** Office files read by nothing that wrote them. */
export type Node = { name: string; attributes: Record<string, string>; children: (Node | string)[] };

/** Every part but pictures, read by a parser that refuses what is not well-formed, with namespaces. */
export function read(bytes: Uint8Array): Map<string, Node> {
  const written = Object.entries(unzipSync(bytes)).filter(([path]) => !path.endsWith(".png"));
  const parts = written.map(([path, data]) => {
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

export const part = (file: Map<string, Node>, path: string): Node => {
  const found = file.get(path);
  if (!found) throw new Error(`no ${path}`);
  return found;
};

export const all = (node: Node, name: string): Node[] => [
  ...(node.name === name ? [node] : []),
  ...node.children.flatMap((child) => (typeof child === "string" ? [] : all(child, name))),
];

export const one = (node: Node, name: string): Node | undefined => all(node, name)[0];

export function words(node: Node): string {
  if (node.name === "w:br") return "\n";
  if (node.name === "w:tab") return "\t";
  if (node.name === "w:instrText" || node.name === "w:pPr") return "";
  return node.children.map((child) => (typeof child === "string" ? child : words(child))).join("");
}

export const styleOf = (paragraph: Node) => one(paragraph, "w:pStyle")?.attributes["w:val"];

export const styled = (node: Node, style: string): string[] =>
  all(node, "w:p")
    .filter((paragraph) => styleOf(paragraph) === style)
    .map(words);

export const relations = (file: Map<string, Node>, path: string) =>
  all(part(file, path), "Relationship").map(({ attributes }) => attributes);

/** The text of each cell, in rows, under the title that a screen reader says. */
export function tables(node: Node): { name: string; rows: string[][] }[] {
  return all(node, "w:tbl").map((table) => ({
    name: one(table, "w:tblCaption")?.attributes["w:val"] ?? "",
    rows: all(table, "w:tr").map((row) =>
      all(row, "w:tc").map((cell) =>
        all(cell, "w:p")
          .map(words)
          .join("\n")
          .replace(/\u200e/g, ""),
      ),
    ),
  }));
}

export type SheetCell = { value: string | number; format: string };
export type Sheet = { name: string; node: Node; rows: SheetCell[][] };

/** ECMA-376, ST_Xstring: `_x0041_` is the letter A. */
export const decoded = (text: string) =>
  text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

const textOf = (node: Node): string =>
  all(node, "t")
    .map(({ children }) => decoded(children.join("")))
    .join("");

/** A workbook as the standard says it, by a reader of XML alone. Nothing but a number or a text is let pass. */
export function sheets(file: Map<string, Node>): Sheet[] {
  const strings = all(part(file, "xl/sharedStrings.xml"), "si").map(textOf);
  const styles = part(file, "xl/styles.xml");
  const formats = new Map(all(styles, "numFmt").map(({ attributes: a }) => [a.numFmtId, a.formatCode ?? ""]));
  const cellXfs = one(styles, "cellXfs");
  const format = (style = "0") =>
    formats.get((cellXfs && all(cellXfs, "xf")[Number(style)])?.attributes.numFmtId) ?? "";
  const targets = new Map(relations(file, "xl/_rels/workbook.xml.rels").map(({ Id, Target }) => [Id, Target]));
  return all(part(file, "xl/workbook.xml"), "sheet").map(({ attributes }) => {
    const node = part(file, `xl/${targets.get(attributes["r:id"])}`);
    const rows = all(node, "row").map((row) =>
      all(row, "c").reduce<SheetCell[]>((cells, cell) => {
        const { r = "", t = "n", s } = cell.attributes;
        const column = r.charCodeAt(0) - 65;
        const said = one(cell, "v")?.children.join("") ?? "";
        if (one(cell, "f") || !["n", "s", "inlineStr"].includes(t)) throw new Error(`${r} is of type ${t}`);
        const value = t === "n" ? Number(said) : t === "s" ? (strings[Number(said)] ?? "") : textOf(cell);
        cells[column] = { value, format: format(s) };
        return cells;
      }, []),
    );
    return { name: attributes.name ?? "", node, rows };
  });
}

/** A switch of Word's: there and not said to be off. */
export const on = (node: Node | undefined): boolean =>
  node !== undefined && !["0", "false", "off"].includes(node.attributes["w:val"] ?? "1");

/** What must be read back, said character by character, apart from the expressions that the writer uses. */
export function shown(text: string): string {
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
  ...["=", "+", "-", "@", "=cmd|' /C calc'!A0", "=1+1", "\uff1d1", "#N/A", "_x0041_", "_", "{n}", "$&", ","],
];
export const nasty = fc.oneof(
  fc.array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 12 }).map((tokens) => tokens.join("")),
  fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 12 }).map((codes) => String.fromCharCode(...codes)),
  // Words that docx takes for fields where it reads them among the children of a run.
  fc.constantFrom("CURRENT", "TOTAL_PAGES", "TOTAL_PAGES_IN_SECTION", "SECTION"),
);
