import { unzipSync } from "fflate";
import { Parser } from "htmlparser2";
import type { Places } from "../documents/template.js";
import { localOf } from "../documents/xml.js";
import { typeOf } from "./types.js";

/** Reads a Word file that somebody gives as a template, and says why it cannot be one. */

export const TEMPLATE_MOST_BYTES = 2 * 1024 * 1024;
/** Unpacked; a letter with a coat of arms is far below. */
const MOST_UNPACKED = 20 * 1024 * 1024;
const MOST_ENTRIES = 500;
/** Filling looks for each place in every paragraph. */
const MOST_PARAGRAPHS = 1_000;

const PLACE = /\{\{\s*([^{}\s][^{}]{0,200}?)\s*\}\}/g;

/**
 * Why a file cannot be a template. `active`: it holds macros, embedded programs, or something that is fetched when the file
 * is opened, which would tell its reader's address; `missing`: places that it does not have; `unknown`: places that nothing
 * goes into; `beside`: places of whole paragraphs that stand in one with something else, which would be lost.
 */
export type TemplateProblem =
  | { what: "size" | "word" | "active" }
  | { what: "missing" | "unknown" | "beside"; places: readonly string[] };

export function templateProblem(bytes: Uint8Array, places: Places): TemplateProblem | undefined {
  if (bytes.length > TEMPLATE_MOST_BYTES) return { what: "size" };
  const entries = unpacked(bytes);
  if (entries === "size") return { what: "size" };
  if (entries && Object.keys(entries).some((name) => PROGRAMS.test(name))) return { what: "active" };
  if (!entries || typeOf(bytes)?.extension !== "docx") return { what: "word" };
  const paragraphs: string[] = [];
  try {
    for (const [name, part] of Object.entries(entries)) {
      if (!/\.(?:xml|rels)$/i.test(name)) continue;
      const looked = lookedThrough(UTF8.decode(part));
      if (looked.active) return { what: "active" };
      paragraphs.push(...looked.paragraphs);
    }
  } catch {
    return { what: "word" };
  }
  if (paragraphs.length > MOST_PARAGRAPHS) return { what: "size" };
  const found = paragraphs.flatMap((text) => [...text.matchAll(PLACE)].map(([, place = ""]) => place));
  const named = (what: "missing" | "unknown" | "beside", which: readonly string[]): TemplateProblem | undefined =>
    which.length ? { what, places: [...new Set(which)].map((place) => place.slice(0, 40)).slice(0, 10) } : undefined;
  const { needed, optional, blocks } = places;
  return (
    named(
      "missing",
      needed.filter((place) => !found.includes(place)),
    ) ??
    named(
      "unknown",
      found.filter((place) => !needed.includes(place) && !optional.includes(place)),
    ) ??
    named(
      "beside",
      blocks.filter((place) =>
        paragraphs.some((text) => stands(place).test(text) && text.replace(stands(place), "").trim()),
      ),
    )
  );
}

const stands = (place: string): RegExp => new RegExp(`\\{\\{\\s*${place}\\s*\\}\\}`);

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

/** What is not UTF-8 is refused: a part in another encoding would be looked through in vain. */
const UTF8 = new TextDecoder("utf-8", { fatal: true });

const PROGRAMS = /vbaProject|vbaData|activeX|embeddings\/|\.bin$|\.exe$|\.dll$|afchunk|\.html?$|\.mht$/i;
/** ECMA-376 part 1, 17.16.5: fields that read other files or run programs. */
const FETCHING = /\b(?:DDE(?:AUTO)?|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE|MACROBUTTON)\b/i;
/** Elements that bring something in from elsewhere (ECMA-376 part 1, 17.17.2.1, 17.14). */
const BRINGS_IN: ReadonlySet<string> = new Set(["altChunk", "mailMerge", "subDoc"]);
const ELSEWHERE = /^\s*(?:[a-z][a-z0-9+.-]*:|\\\\|\/\/)/i;

/**
 * Reads one part as XML, whatever its prefixes, quotation marks and entities.
 * @returns whether it is active, and what each paragraph says; a picture or a drawing in one counts as something said
 */
function lookedThrough(xml: string): { active: boolean; paragraphs: string[] } {
  const paragraphs: string[] = [];
  const open: string[] = [];
  let [active, instructing, saying, fields] = [false, false, false, ""];
  const parser = new Parser(
    {
      onprocessinginstruction(name, data) {
        const encoding = /encoding\s*=\s*["']([^"']*)/i.exec(data)?.[1];
        if (encoding && encoding.toLowerCase() !== "utf-8") throw new Error(`a part in ${encoding}`);
        if (name.startsWith("!")) active = true;
      },
      onopentag(name, attributes) {
        const local = localOf(name);
        if (local === "p") open.push("");
        if (/^(?:drawing|pict|object)$/.test(local)) say("\ufffc");
        saying = local === "t";
        instructing = local === "instrText" || local === "delInstrText";
        if (BRINGS_IN.has(local)) active = true;
        for (const [attribute, value] of Object.entries(attributes)) {
          const key = localOf(attribute);
          if (local === "fldSimple" && key === "instr") fields += ` ${value} `;
          // Old drawings name their picture in the attribute itself.
          if ((key === "src" || key === "href") && local !== "hyperlink" && ELSEWHERE.test(value)) active = true;
        }
        if (local === "Relationship" && /^external$/i.test(attributes.TargetMode ?? ""))
          active ||= !/\/relationships\/hyperlink$/.test(attributes.Type ?? "");
      },
      ontext(text) {
        if (saying) say(text);
        // Word cuts an instruction into several runs.
        if (instructing) fields += text;
      },
      onclosetag(name) {
        const local = localOf(name);
        if (local === "p") paragraphs.push(open.pop() ?? "");
        if (local === "t") saying = false;
        if (local === "instrText" || local === "delInstrText") instructing = false;
        if (local === "fldChar") fields += " ";
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  const say = (text: string) => {
    if (open.length) open.push(`${open.pop()}${text}`);
  };
  parser.end(xml);
  return { active: active || FETCHING.test(fields), paragraphs };
}
