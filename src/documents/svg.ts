/** Words and shapes as SVG holds them. Knows SVG, and nothing of what is drawn. */
import { drawable } from "./letters.js";
import { clean, escaped } from "./xml.js";

type Attributes = Record<string, string | number | undefined>;

const attribute = (value: string | number): string =>
  escaped(typeof value === "number" ? String(Math.round(value * 10) / 10) : value);

export const element = (name: string, attributes: Attributes, ...children: string[]): string => {
  const said = Object.entries(attributes).map(([key, value]) =>
    value === undefined || value === "" ? "" : ` ${key}="${attribute(value)}"`,
  );
  return `<${name}${said.join("")}${children.length === 0 ? "/>" : `>${children.join("")}</${name}>`}`;
};

/** Marks that turn the direction of what follows; every text here is set apart by marks of its own. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** User text as one line that can neither end an element nor turn its neighbours around. */
export const oneLine = (text: string): string => clean(text.replace(/[\p{Cc}\s]+/gu, " ").replace(TURNS, "")).trim();

/** User text as the content of an element. */
export const words = (text: string): string => escaped(oneLine(text));

/** A word for screen readers and for the pointer that rests on a shape. */
export const named = (text: string, ...shapes: string[]): string =>
  element("g", {}, element("title", {}, words(text)), ...shapes);

/** The families that letters.ts brings. The first decides the weight, so each script asks for its own. */
const FAMILIES: readonly [RegExp, string][] = [
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u, "Noto Sans S Chinese"],
  [/\p{Script=Arabic}/u, "Noto Sans Arabic"],
];
const FAMILY = "Open Sans";

export const familyOf = (text: string): string => FAMILIES.find(([script]) => script.test(text))?.[1] ?? FAMILY;

export type Look = {
  size: number;
  fill: string;
  bold?: boolean;
  anchor?: "start" | "middle" | "end";
  /** Whose first letter does not decide: a sentence of a language that runs from right to left. */
  rtl?: boolean;
};

/** @param y the line on which the letters stand */
export function textElement(x: number, y: number, words: string, { size, fill, bold, anchor, rtl }: Look): string {
  const family = familyOf(words);
  return element(
    "text",
    {
      x,
      y,
      "font-size": size,
      "font-weight": bold ? "700" : undefined,
      "font-family": [...new Set([family, FAMILY]), "sans-serif"].join(", "),
      "text-anchor": anchor === "start" ? undefined : anchor,
      fill,
    },
    // Isolates (Unicode TR 9), since the renderer takes every line as one that runs from left to right.
    escaped(`${rtl ? "\u2067" : "\u2068"}${words}\u2069`),
  );
}

/** Advances in em, on the wide side, of the fonts that letters.ts brings. */
const ADVANCES: readonly [RegExp, number][] = [
  [/[\p{M}\p{Cf}]/u, 0],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u, 1],
  [/[ .,:;'’!|()[\]ijlI]/u, 0.32],
  [/[ftr/-]/u, 0.42],
  [/[ckszvxyгзстэ]/u, 0.55],
  [/[WШЩЮ—]/u, 1.06],
  [/[mM%@шщжюфмыЖФМЫ…œ]/u, 0.95],
  [/[سشصض]/u, 1.15],
  [/\p{Script=Arabic}/u, 0.5],
  [/\p{Lu}/u, 0.72],
  [/[\p{Ll}\p{N}]/u, 0.62],
];

/** In the unit of `size`, and rather too wide than too narrow. */
export const widthOf = (text: string, size: number, bold = false): number =>
  [...text].reduce((sum, sign) => sum + (ADVANCES.find(([kind]) => kind.test(sign))?.[1] ?? 0.75), 0) *
  size *
  (bold ? 1.08 : 1);

/** Behind a space, a hyphen or a slash, and between signs of scripts that know no spaces. */
const BREAKS =
  /(?<=[ /-])|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

const graphemes = (text: string): string[] => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

/** @property most lines; what does not fit into them is cut, and a sign says so */
export type Measure = { width: number; size: number; most: number; bold?: boolean };

export function wrapped(text: string, { width, size, most, bold }: Measure): string[] {
  const fits = (line: string) => widthOf(line.trimEnd(), size, bold) <= width;
  const lines: string[] = [];
  for (const piece of drawable(oneLine(text))
    .split(BREAKS)
    .filter((part) => part !== "")
    .flatMap((part) => (fits(part) ? [part] : graphemes(part)))) {
    const last = lines.at(-1);
    if (last !== undefined && fits(last + piece)) lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  if (lines.length <= most) return lines.map((line) => line.trimEnd());
  const signs = graphemes(lines[most - 1]?.trimEnd() ?? "");
  while (signs.length > 0 && !fits(`${signs.join("")}…`)) signs.pop();
  return [...lines.slice(0, most - 1).map((line) => line.trimEnd()), `${signs.join("").trimEnd()}…`];
}
