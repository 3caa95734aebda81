/** How wide a column must be for its words and how many lines they take, in the unit of Excel's columns. */
import { widthOf } from "./svg.js";

/** Of the letters of 11 points that a column's width is counted in: the programs that open a workbook have wider ones. */
const UNIT = 0.59;

/** @param size of the letters, in points */
export const columnsOf = (text: string, size: number, bold = false): number =>
  Math.max(0, ...text.split("\n").map((line) => widthOf(line, size / 11, bold))) / UNIT;

/** The widest piece that is not broken between two lines. */
export const longestPiece = (text: string, size: number, bold = false): number =>
  Math.max(0, ...pieces(text).map((piece) => columnsOf(piece.trimEnd(), size, bold)));

/** How many lines a text takes in a column so wide, broken as spreadsheets break it: between words, else anywhere. */
export function linesIn(text: string, width: number, size: number, bold = false): number {
  return text.split("\n").reduce((sum, line) => {
    let [lines, left] = [1, width];
    for (const piece of pieces(line)) {
      const wide = columnsOf(piece.trimEnd(), size, bold);
      if (wide > left && left < width) [lines, left] = [lines + 1, width];
      if (wide > width) {
        const more = Math.ceil(wide / width) - 1;
        [lines, left] = [lines + more, width * (more + 1) - wide];
      } else left -= columnsOf(piece, size, bold);
    }
    return sum + lines;
  }, 0);
}

const IDEOGRAPH = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
const BREAKS = new RegExp(`(?<=[\\s-])|(?<=${IDEOGRAPH})(?=${IDEOGRAPH})`, "u");

const pieces = (text: string): string[] => text.split(BREAKS);
