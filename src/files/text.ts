import { unzipSync } from "fflate";
import { Parser } from "htmlparser2";
import { localOf } from "../documents/xml.js";
import { wordsOf } from "../lib/csv.js";
import { typeOf } from "./types.js";

/** Reads the words of a file that somebody gives in place of typing them: plain text, or a Word file that holds nothing else. */

/** Unpacked; a text of 40,000 characters in Word is below one of these megabytes. */
const MOST_UNPACKED = 20 * 1_048_576;

/**
 * Why a file cannot be read as text. `kind`: it is none; `more`: it holds what would be lost or come to light, which is pictures,
 * text boxes, notes, formulas, symbols of a font of their own, and hidden words; `changes`: tracked changes stand open in it, so
 * that nobody can tell which words are meant.
 */
export type TextFault = "kind" | "more" | "changes";

/** @returns the words, with a line for each paragraph, or why there are none */
export function textIn(bytes: Uint8Array): { text: string } | { wrong: TextFault } {
  const type = typeOf(bytes)?.extension;
  if (type === "docx") return wordText(bytes);
  if (type !== undefined && type !== "txt" && type !== "csv") return { wrong: "kind" };
  const text = wordsOf(bytes).replace(/\r\n?|[\f\v\u0085\u2028\u2029]/g, "\n");
  // A letter that no text has, or the marks of a program: it is something else, whatever it is called.
  return /[^\P{Cc}\n\t]/u.test(text) || MARKED.test(text) ? { wrong: "kind" } : { text };
}

const MARKED = /^\s{0,20}(?:\{\\rtf|<\?xml|<!doctype|<html)/i;

function wordText(bytes: Uint8Array): { text: string } | { wrong: TextFault } {
  try {
    const part = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === "word/document.xml" && originalSize <= MOST_UNPACKED,
    })["word/document.xml"];
    // What is not UTF-8 is refused: Word writes nothing else.
    return part ? paragraphsOf(new TextDecoder("utf-8", { fatal: true }).decode(part)) : { wrong: "kind" };
  } catch {
    return { wrong: "kind" };
  }
}

/** ECMA-376 part 1, 17.3.3, 17.11, 17.13.5, 17.3.2.41; part 1, 22.1 for formulas. */
const MORE: ReadonlySet<string> = new Set([
  ...["drawing", "pict", "object", "txbxContent", "footnoteReference", "endnoteReference", "oMath", "sym", "vanish"],
  ...["altChunk", "subDoc"],
]);
const CHANGES: ReadonlySet<string> = new Set([
  ...["ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"],
]);
/** Of an element that is switched off by its value. */
const OFF: ReadonlySet<string> = new Set(["false", "0", "off"]);

/** A paragraph a line; what is numbered or has a bullet begins with a dash; the cells of a row stand on one line. */
function paragraphsOf(xml: string): { text: string } | { wrong: TextFault } {
  let wrong: TextFault | undefined;
  let text = "";
  // What stands between what was said and what comes next: the end of a paragraph in a cell gives way to the end of the cell,
  // and that to the end of the row.
  let between = "";
  const say = (said: string) => {
    text += between + said;
    between = "";
  };
  const end = (sign: string, instead: string) => {
    if (between !== instead) text += between;
    between = sign;
  };
  let [saying, listed, cells] = [false, false, 0];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const local = localOf(name);
        const off = Object.entries(attributes).some(([key, value]) => localOf(key) === "val" && OFF.has(value));
        if (MORE.has(local) && !off) wrong ??= "more";
        if (CHANGES.has(local)) wrong ??= "changes";
        if (local === "p") listed = false;
        if (local === "numPr") listed = true;
        if (local === "numId" && off) listed = false;
        if (local === "tc") cells++;
        if (local === "r" && listed) {
          say("- ");
          listed = false;
        }
        if (local === "t") saying = true;
        if (local === "tab" && Object.keys(attributes).length === 0) say("\t");
        if (local === "br" || local === "cr") say("\n");
        if (local === "noBreakHyphen") say("-");
      },
      ontext(said) {
        if (saying) say(said);
      },
      onclosetag(name) {
        const local = localOf(name);
        if (local === "t") saying = false;
        if (local === "p" && cells === 0) end("\n", "");
        if (local === "p" && cells > 0 && between === "") between = " ";
        if (local === "tc") {
          cells--;
          end("\t", " ");
        }
        if (local === "tr") end("\n", "\t");
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  const lines = (text + between).split("\n").map((line) => line.trimEnd());
  return wrong ? { wrong } : { text: lines.join("\n") };
}
