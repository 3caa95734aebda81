/** A Word file with places in it, `{{request}}`, which somebody else may have made, and the same file filled in. */

import { type FileChild, type ParagraphChild, PatchType, patchDetector, patchDocument } from "docx";
import { unzipSync, zipSync } from "fflate";
import { EPOCH } from "./archive.js";
import { coreProperties, type Properties } from "./word.js";

/** What goes into a place: words in the look of the place, or paragraphs and tables that stand there instead of its paragraph. */
export type Filling = { words: ParagraphChild[] } | { blocks: FileChild[] };

export const TEMPLATE_MOST_BYTES = 2 * 1024 * 1024;
/** Unpacked; a letter with a coat of arms is far below. */
const MOST_UNPACKED = 20 * 1024 * 1024;
const MOST_ENTRIES = 500;

/**
 * Why a file cannot be a template. `active`: it holds macros, embedded programs, or fields that fetch something when the
 * file is opened, which would tell its reader's address; `missing`: places that it does not have; `unknown`: places that
 * nothing goes into.
 */
export type TemplateProblem =
  | { what: "size" | "word" | "active" }
  | { what: "missing" | "unknown"; places: readonly string[] };

/** @param needed the places that it must have @param known those that it may have beside */
export async function templateProblem(
  bytes: Uint8Array,
  needed: readonly string[],
  known: readonly string[],
): Promise<TemplateProblem | undefined> {
  if (bytes.length > TEMPLATE_MOST_BYTES) return { what: "size" };
  const entries = unpacked(bytes);
  if (entries === "size") return { what: "size" };
  if (!entries?.["word/document.xml"] || !entries["[Content_Types].xml"]) return { what: "word" };
  if (isActive(entries)) return { what: "active" };
  let places: readonly string[];
  try {
    places = await patchDetector({ data: bytes, trimPlaceholders: true });
  } catch {
    return { what: "word" };
  }
  const missing = needed.filter((place) => !places.includes(place));
  if (missing.length) return { what: "missing", places: missing };
  const unknown = [...new Set(places.filter((place) => !needed.includes(place) && !known.includes(place)))];
  return unknown.length
    ? { what: "unknown", places: unknown.map((place) => place.slice(0, 40)).slice(0, 10) }
    : undefined;
}

/** @returns `size` where it unpacks to more than it may; undefined where it is no archive */
function unpacked(bytes: Uint8Array): Record<string, Uint8Array> | "size" | undefined {
  let total = 0;
  let entries = 0;
  try {
    const all = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        entries += 1;
        return total <= MOST_UNPACKED && entries <= MOST_ENTRIES;
      },
    });
    return total > MOST_UNPACKED || entries > MOST_ENTRIES ? "size" : all;
  } catch {
    return undefined;
  }
}

const PROGRAMS = /vbaProject|vbaData|activeX|embeddings\/|\.bin$|\.exe$|\.dll$|afchunk|\.html?$|\.mht$/i;
/** ECMA-376 part 1, 17.16.5: fields that read other files or run programs. */
const FETCHING = /\b(?:DDE(?:AUTO)?|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE|MACROBUTTON)\b/;
const HYPERLINK = /\/relationships\/hyperlink$/;

function isActive(entries: Readonly<Record<string, Uint8Array>>): boolean {
  return Object.entries(entries).some(([name, bytes]) => {
    if (PROGRAMS.test(name)) return true;
    if (!/\.(?:xml|rels)$/i.test(name)) return false;
    const text = new TextDecoder().decode(bytes);
    if (/<!DOCTYPE|<!ENTITY|<w:altChunk/i.test(text)) return true;
    if (name.endsWith(".rels"))
      return relationships(text).some(({ type, external }) => external && !HYPERLINK.test(type));
    return instructions(text).some((said) => FETCHING.test(said));
  });
}

const relationships = (text: string): { type: string; external: boolean }[] =>
  text
    .split("<Relationship ")
    .slice(1)
    .map((one) => ({
      type: /\bType\s*=\s*["']([^"']*)/.exec(one)?.[1] ?? "",
      external: /\bTargetMode\s*=\s*["']External/i.test(one),
    }));

/** What fields say, joined: Word cuts an instruction into several runs. */
const instructions = (text: string): string[] => {
  const whole = text
    .split("<w:instrText")
    .slice(1)
    .map((part) => part.slice(part.indexOf(">") + 1).split("</w:instrText", 1)[0] ?? "")
    .join("");
  return [whole, ...[...text.matchAll(/\bw:instr\s*=\s*"([^"]*)"/g)].map(([, said = ""]) => said)];
};

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
