/**
 * Typed words as a Word file holds them, and a file that is the same to the byte whenever its content is the same.
 * Knows Word, and nothing of what is written in it.
 */
import {
  BorderStyle,
  ConcreteHyperlink,
  Document,
  ImageRun,
  type IParagraphOptions,
  type IPropertiesOptions,
  type IRunOptions,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  StringValueElement,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  XmlComponent,
} from "docx";
import { repacked } from "./archive.js";
import { clean, escaped } from "./xml.js";

export { clean } from "./xml.js";

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export type Look = Pick<IRunOptions, "bold" | "italics" | "color" | "size" | "style">;

/**
 * Words of one look. With an address that may be followed, a link. `ltr` is a number with its signs, or a code, which
 * runs from left to right in every language. A field is what Word counts by itself.
 */
export type Piece =
  | string
  | ({ text: string; url?: string; ltr?: boolean } & Look)
  | ({ field: "page" | "pages" } & Look)
  | Picture;

/** @property width in pixels of 96 to the inch, as the page shows it */
export type Picture = { png: Uint8Array; alt: string; width: number; height: number };

export type Cell = { paragraphs: Paragraph[]; span?: number; fill?: string };

export type TableModel = {
  /** What a screen reader says of the table. */
  alt: string;
  /** In twips. */
  widths: readonly number[];
  /** Repeated on every page that the table reaches. */
  head?: readonly Cell[];
  rows: readonly (readonly Cell[])[];
  /** Colour of the lines between rows; without one, the table only arranges and has no lines. */
  rule?: string;
};

export const LINE_END = /\r\n|[\r\n\u0085\u2028\u2029]/;

/** For an attribute, where a line break would be read as a space anyway. */
const oneLine = (text: string, longest = 250): string =>
  clean(clean(text).split(LINE_END).join(" ").replace(/\s+/g, " ").trim().slice(0, longest));

const RIGHT = `[${["Hebrew", "Arabic", "Syriac", "Thaana", "Nko", "Samaritan", "Mandaic", "Adlam"]
  .map((script) => `\\p{Script=${script}}`)
  .join("")}]`;
const LEFT = `(?!${RIGHT})\\p{L}`;

/** From a letter that runs one way to the last letter or digit, and its marks, before one that runs the other way. */
const stretch = (start: string, of: string, other: string) =>
  new RegExp(`(${start}(?:(?:(?!${other}).)*(?:${of}|(?!${other})\\p{N}))?(?:(?!${other})\\p{M})*)`, "su");
/** Digits that a letter follows without a space belong to it: `2026-Q3`, the hash of something. */
const LEFT_STRETCH = stretch(`(?:(?<![\\p{L}\\p{M}\\p{N}])[0-9][0-9\\p{Pd}]*)?${LEFT}`, LEFT, RIGHT);
const RIGHT_STRETCH = stretch(RIGHT, RIGHT, LEFT);

/**
 * Word takes the direction of a run from its `rtl` flag, and what the flag does to letters that run the other way is
 * left open by the standard. So a text is cut where its direction turns; signs and spaces go with the paragraph.
 */
export function directions(text: string, rtl: boolean): { text: string; rtl: boolean }[] {
  return text
    .split(rtl ? LEFT_STRETCH : RIGHT_STRETCH)
    .map((part, n) => ({ text: part, rtl: n % 2 === 0 ? rtl : !rtl }))
    .filter((part) => part.text !== "");
}

/**
 * The same for a number with its signs, or a code. Where the page runs the other way it stands between marks, for
 * programs that ask the letters and not the flag: a sign would end up behind its number. The spaces around go with the
 * page.
 */
const leftToRight = (text: string, rtl: boolean): { text: string; rtl: boolean }[] =>
  directions(text, false).flatMap((part) =>
    part.rtl || !rtl
      ? [part]
      : part.text
          .split(/(^\s+|\s+$)/)
          .filter((piece) => piece !== "")
          .map((piece) => (piece.trim() === "" ? { text: piece, rtl } : { text: `\u200e${piece}\u200e`, rtl: false })),
  );

/** The address as it may be followed: https, and no name before the host that could pass for one. */
export function followable(url: string | undefined): URL | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const address = new URL(url);
  const plain = address.protocol === "https:" && address.username === "" && address.password === "";
  return plain && address.href.length <= 2000 ? address : undefined;
}

/** A table and its description, which docx has no option for. The schema wants it last among the properties. */
class DescribedTable extends Table {
  constructor(options: ConstructorParameters<typeof Table>[0], alt: string) {
    super(options);
    const [properties] = this.root;
    if (properties instanceof XmlComponent) {
      properties.addChildElement(new StringValueElement("w:tblCaption", oneLine(alt)));
    }
  }
}

export type Typesetter = ReturnType<typeof typesetter>;

export function typesetter(rtl: boolean) {
  const links: URL[] = [];
  let pictures = 0;

  const runs = (text: string, look: Look, cut = directions): TextRun[] =>
    clean(text)
      .split(LINE_END)
      .flatMap((line, n) => [
        ...(n > 0 ? [new TextRun({ ...look, break: 1 })] : []),
        ...line.split("\t").flatMap((part, m) => [
          ...(m > 0 ? [new TextRun({ ...look, children: [new Tab()] })] : []),
          // `text`, never `children`: docx reads some words among the children as page numbers.
          ...cut(part, rtl).map(
            (one) => new TextRun({ ...look, text: one.text, ...(one.rtl ? { rightToLeft: true } : {}) }),
          ),
        ]),
      ]);

  /** Under numbers of ours: docx would go on counting from the document before. */
  const picture = ({ png, alt, width, height }: Picture): ImageRun => {
    pictures += 1;
    const altText = { id: String(pictures), name: `Picture ${pictures}`, description: oneLine(alt, 2000) };
    return new ImageRun({ type: "png", data: png, transformation: { width, height }, altText });
  };

  const set = (piece: Piece): ParagraphChild[] => {
    if (typeof piece === "string") return runs(piece, {});
    if ("field" in piece) {
      const { field, ...look } = piece;
      return [new TextRun({ ...look, children: [field === "page" ? PageNumber.CURRENT : PageNumber.TOTAL_PAGES] })];
    }
    if ("png" in piece) return [picture(piece)];
    const { text, url, ltr, ...look } = piece;
    if (ltr) return runs(text, look, leftToRight);
    const address = followable(url);
    if (!address) return runs(text, look);
    links.push(address);
    // Under an id of ours: docx would draw a random one.
    return [new ConcreteHyperlink(runs(text, { ...look, style: "Hyperlink" }), `Link${links.length}`)];
  };

  const paragraph = (
    style: string,
    pieces: readonly Piece[],
    options: Omit<IParagraphOptions, "style" | "children" | "text" | "bidirectional"> = {},
  ): Paragraph =>
    new Paragraph({
      ...options,
      style,
      ...(rtl ? { bidirectional: true } : {}),
      children: pieces.flatMap(set),
    });

  const table = ({ alt, widths, head, rows, rule }: TableModel): Table => {
    const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
    const line = rule === undefined ? none : { style: BorderStyle.SINGLE, size: 4, color: rule };
    const row = (cells: readonly Cell[], tableHeader: boolean) => {
      let column = 0;
      return new TableRow({
        ...(tableHeader ? { tableHeader, keepNext: true } : {}),
        cantSplit: true,
        children: cells.map(({ paragraphs, span = 1, fill }) => {
          const size = widths.slice(column, column + span).reduce((sum, width) => sum + width, 0);
          column += span;
          return new TableCell({
            children: paragraphs,
            ...(span > 1 ? { columnSpan: span } : {}),
            width: { size, type: WidthType.DXA },
            verticalAlign: rule === undefined ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
            ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: "auto", fill } }),
          });
        }),
      });
    };
    return new DescribedTable(
      {
        layout: TableLayoutType.FIXED,
        width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
        columnWidths: widths,
        ...(rtl ? { visuallyRightToLeft: true } : {}),
        margins: rule === undefined ? { left: 0, right: 0 } : { top: 50, bottom: 50, left: 100, right: 100 },
        borders: { top: line, bottom: line, left: none, right: none, insideHorizontal: line, insideVertical: none },
        tableLook: { firstRow: head !== undefined, firstColumn: false, noVBand: true },
        rows: [...(head ? [row(head, true)] : []), ...rows.map((cells) => row(cells, false))],
      },
      alt,
    );
  };

  const words = (pieces: readonly Piece[]): ParagraphChild[] => pieces.flatMap(set);

  return { rtl, links: links as readonly URL[], words, paragraph, table };
}

export type Properties = {
  title: string;
  creator: string;
  identifier: string;
  status: string;
  lang: string;
  created: Date;
};

const HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

/**
 * The bytes of the file. docx stamps the moment of writing into the properties and into every entry of the archive;
 * here the properties are written again with the document's own moment, and the archive is packed again with none.
 */
export async function wordFile(
  content: IPropertiesOptions,
  { links }: Typesetter,
  properties: Properties,
): Promise<Uint8Array> {
  const file = new Document(content);
  for (const [n, { href }] of links.entries()) {
    file.Document.Relationships.addRelationship(`Link${n + 1}`, HYPERLINK, href, "External");
  }
  const packed = await Packer.pack(file, "uint8array", undefined, [
    { path: "docProps/core.xml", data: coreProperties(properties) },
  ]);
  return repacked(packed);
}

export function coreProperties({ title, creator, identifier, status, lang, created }: Properties): string {
  const moment = created.toISOString().replace(/\.\d+Z$/, "Z");
  const element = (name: string, text: string) => `<${name}>${escaped(oneLine(text))}</${name}>`;
  const date = (name: string) => `<${name} xsi:type="dcterms:W3CDTF">${moment}</${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    element("dc:title", title),
    element("dc:creator", creator),
    element("dc:identifier", identifier),
    element("dc:language", lang),
    element("cp:contentStatus", status),
    element("cp:lastModifiedBy", creator),
    date("dcterms:created"),
    date("dcterms:modified"),
    "</cp:coreProperties>",
  ].join("");
}
