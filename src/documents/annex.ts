/** What somebody else gave and a request carries with it, as a Word file of its own. */
import { type Content, type Paged, pagedFile, SPEECH, section } from "./page.js";
import type { DocumentSection } from "./request.js";
import type { Typesetter } from "./word.js";

/** All words already in the language of the document; instants already formatted; nothing here looks anything up. */
export type AnnexDocument = Paged & { sections: readonly DocumentSection[] };

/** The same model gives the same bytes: their hash stands in the request. */
export const annexDocument = (doc: AnnexDocument): Promise<Uint8Array> =>
  pagedFile(doc, { kind: "Annex", own: SPEECH, feet: [doc.ref] }, (type) =>
    doc.sections.flatMap((one) => sectionOf(one, type)),
  );

const sectionOf = ({ heading, entries }: DocumentSection, type: Typesetter): Content =>
  section(
    heading,
    entries.map(({ value }) => type.paragraph("Spoken", [value])),
    type,
  );
