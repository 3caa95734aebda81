/** What draws one chart: its language, its colours, and places counted from the side on which reading begins. */
import { symbol, symbolsFill } from "d3-shape";
import { isRightToLeft } from "../chat/message.js";
import type { Chart, Value } from "./chart-model.js";
import { colourOf, SHADES, type Theme } from "./palette.js";
import { element, type Look, oneLine, textElement } from "./svg.js";

/**
 * In pixels. A phone shows the picture at a little over half, where letters of sixteen are still read.
 */
export const SIZE = {
  width: 640,
  margin: 24,
  title: 22,
  text: 16,
  small: 15,
  /** Of what stands for a value that is not told; it says nothing by its length. */
  stub: 24,
} as const;

/** From line to line, in parts of the size of letters. */
export const STEP = 1.3;

/** What was drawn, and where it ends below. */
export type Part = { shapes: string[]; bottom: number };

export type Pen = ReturnType<typeof penFor>;

export function penFor({ lang, absent }: Chart, theme: Theme) {
  const rtl = isRightToLeft(lang);
  const shades = SHADES[theme];
  const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 1, signDisplay: "negative" });
  const ends = { start: "end", middle: "middle", end: "start" } as const;
  const outline = { stroke: shades.ink, "stroke-width": 1 };

  /** Of the left edge of something so wide. */
  const at = (x: number, width = 0) => (rtl ? SIZE.width - x - width : x);
  const id = (name: string | number) => `${theme}-${name}`;

  const box = (x: number, y: number, width: number, height: number, more: Record<string, string | number>) =>
    element("rect", { x: at(x, width), y, width, height, ...more });

  const text = (x: number, y: number, line: string, look: Partial<Look> = {}) => {
    const { anchor = "start" } = look;
    return textElement(at(x), y, line, {
      size: SIZE.text,
      fill: shades.ink,
      ...look,
      anchor: rtl ? ends[anchor] : anchor,
    });
  };

  return {
    shades,
    at,
    id,
    box,
    text,
    /** Lines of the chart's own language. */
    sentence: (x: number, y: number, lines: readonly string[], look: Partial<Look> = {}) =>
      lines.map((line, n) => text(x, y + n * (look.size ?? SIZE.text) * STEP, line, { ...look, rtl })),
    filled: (series: number, x: number, y: number, width: number, height: number) =>
      box(x, y, width, height, { fill: `url(#${id(series)})`, ...outline }),
    hatched: (x: number, y: number, width: number, height: number) =>
      box(x, y, width, height, { fill: `url(#${id("hatch")})`, ...outline, "stroke-dasharray": "3 2" }),
    rule: (x1: number, y1: number, x2: number, y2: number, stroke: string) =>
      element("line", { x1: at(x1), y1, x2: at(x2), y2, stroke }),
    mark: (series: number, x: number, y: number) =>
      element("path", {
        d: symbol(symbolsFill[series % symbolsFill.length], 90).digits(1)() ?? "",
        transform: `translate(${at(x).toFixed(1)} ${y.toFixed(1)})`,
        fill: colourOf(series),
        ...outline,
      }),
    said: (value: Value) => (value === undefined ? oneLine(absent) : numbers.format(value)),
  };
}
