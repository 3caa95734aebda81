/** A Word file with places in it, `{{request}}`, which somebody else may have made (src/files/word-template.ts looks it through), and the same file filled in. */

import { type FileChild, type ParagraphChild, PatchType, patchDocument } from "docx";
import { unzipSync, zipSync } from "fflate";
import { EPOCH } from "./archive.js";
import { coreProperties, type Properties } from "./word.js";

/** What goes into a place: words in the look of the place, or paragraphs and tables that stand there instead of its paragraph. */
export type Filling = { words: ParagraphChild[] } | { blocks: FileChild[] };

/** The places that a template must have, those that it may have beside, and which of them stand for whole paragraphs. */
export type Places = { needed: readonly string[]; optional: readonly string[]; blocks: readonly string[] };

/**
 * Stands between two opening braces of what people wrote while places are filled, so that no text of theirs is a place; a
 * character of the private use area, which no text of theirs keeps (`inert`).
 */
const BETWEEN = "\uf8fe";

/** What people wrote, for a filling. */
export const inert = (text: string): string => text.replaceAll(BETWEEN, "").replace(/\{(?=\{)/g, `{${BETWEEN}`);

/**
 * The file with its places filled, the same to the byte whenever template and fillings are the same.
 * @param fillings by place; text of people made `inert` before
 */
export async function filledTemplate(
  template: Uint8Array,
  fillings: Readonly<Record<string, Filling>>,
  properties: Properties,
): Promise<Uint8Array> {
  const patched = await patchDocument({
    outputType: "uint8array",
    data: template,
    trimPlaceholders: true,
    // A place may stand in a paragraph more than once.
    recursive: true,
    patches: Object.fromEntries(
      Object.entries(fillings).map(([place, filling]) => [
        place,
        "words" in filling
          ? { type: PatchType.PARAGRAPH, children: filling.words }
          : { type: PatchType.DOCUMENT, children: filling.blocks },
      ]),
    ),
  });
  const entries = unzipSync(patched);
  for (const [name, bytes] of Object.entries(entries))
    if (name.startsWith("word/") && name.endsWith(".xml"))
      entries[name] = new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll(BETWEEN, ""));
  entries["docProps/core.xml"] = new TextEncoder().encode(coreProperties(properties));
  return zipSync(entries, { mtime: EPOCH() });
}
