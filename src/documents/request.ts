/** A request to an authority of another State, and what is written back about one, as Word files. */
import type { FileChild } from "docx";
import { isRightToLeft } from "../chat/message.js";
import { factsTable, GREY, gap, INK, labelColour, type OwnStyle, pagedFile, SPEECH, section } from "./page.js";
import { filledTemplate, inert, type Places } from "./template.js";
import { type Typesetter, typesetter } from "./word.js";

/** All words already in the language of the document; instants already formatted; nothing here looks anything up. */
export type RequestDocument = {
  /** BCP 47. */
  lang: string;
  title: string;
  ref: string;
  label: string;
  /** Draft, or approved on a day. */
  status: string;
  /** Whose letterhead it is. */
  from: string;
  facts: readonly { label: string; value: string }[];
  /** What it begins with. */
  opening?: string;
  sections: readonly DocumentSection[];
  /** Who signs for whom. */
  signature: { heading: string; lines: readonly string[] };
  /** The law that applies, the attachments: behind the signature. */
  annex: readonly DocumentSection[];
  /** For the properties of the file; not the moment of writing, or no two files would be alike. */
  created: Date;
};

export type DocumentSection = { heading: string; entries: readonly { label?: string; value: string }[] };

/** Whole paragraphs and tables. */
const BLOCKS = ["facts", "request", "signature", "annex"] as const;

/** The places of a template: those that it must have are there so that nothing of the request is left out. */
export const REQUEST_PLACES: Places = {
  needed: ["title", "ref", "label", "status", ...BLOCKS],
  optional: ["letterhead"],
  blocks: BLOCKS,
};

const OWN_STYLES: readonly OwnStyle[] = [
  ...SPEECH,
  { id: "Closing", run: { size: 19, italics: true, color: GREY }, paragraph: { spacing: { before: 240, after: 240 } } },
];

/** What an agency starts from: its letterhead and wording are Word's to change, the places stay. */
export const standardTemplate = (lang: string, words: { page: string; closing: string }): Promise<Uint8Array> =>
  pagedFile(
    {
      ...{ lang, words, body: "{{letterhead}}", title: "{{title}}", ref: "{{ref}}", status: "{{status}}", footer: "" },
      // FIRST, TLP 2.0: a request is AMBER or AMBER+STRICT, which have one colour.
      ...{ label: "{{label}}", colour: labelColour("TLP:AMBER"), facts: [], created: new Date(0), alt: "Coord" },
    },
    { kind: "Request", own: OWN_STYLES, feet: ["{{ref}}"] },
    ({ paragraph }) => [
      paragraph("TableText", ["{{facts}}"]),
      paragraph("TableText", ["{{request}}"]),
      paragraph("Closing", [words.closing]),
      paragraph("TableText", ["{{signature}}"]),
      paragraph("TableText", ["{{annex}}"]),
    ],
  );

/** The same model and the same template give the same bytes: their hash stands in the record. */
export function requestDocument(doc: RequestDocument, template: Uint8Array): Promise<Uint8Array> {
  const type = typesetter(isRightToLeft(doc.lang));
  const words = (text: string) => ({ words: type.words([inert(text)]) });
  const facts = doc.facts.map(({ label, value }) => ({ label, value: inert(value) }));
  return filledTemplate(
    template,
    {
      ...{ letterhead: words(doc.from), title: words(doc.title), ref: words(doc.ref), label: words(doc.label) },
      status: words(doc.status),
      facts: { blocks: [...factsTable(doc.title, facts, type), gap(type)] },
      request: {
        blocks: [
          ...(doc.opening ? [type.paragraph("Normal", [inert(doc.opening)])] : []),
          ...doc.sections.flatMap((one) => sectionOf(one, type)),
          gap(type),
        ],
      },
      signature: { blocks: signature(doc.signature, type) },
      annex: { blocks: [gap(type), ...doc.annex.flatMap((one) => sectionOf(one, type))] },
    },
    {
      ...{ title: `${doc.ref} ${doc.title}`, creator: doc.from, identifier: doc.ref, status: doc.status },
      ...{ lang: doc.lang, created: doc.created },
    },
  );
}

const sectionOf = ({ heading, entries }: DocumentSection, type: Typesetter): FileChild[] =>
  section(
    heading,
    entries.flatMap(({ label, value }) => [
      ...(label ? [type.paragraph("Speaker", [{ text: inert(label), bold: true, color: INK }])] : []),
      type.paragraph("Spoken", [inert(value)]),
    ]),
    type,
  );

const signature = ({ heading, lines }: RequestDocument["signature"], { paragraph }: Typesetter): FileChild[] => [
  paragraph("Heading1", [heading]),
  ...lines.map((line) => paragraph("Normal", [inert(line)], { keepLines: true })),
];
