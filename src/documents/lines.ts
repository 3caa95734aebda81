/** Lines over time. What is not told stands in a lane of its own below the axis, where it cannot pass for nought. */
import { type ScaleLinear, type ScalePoint, scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import type { Chart, Value } from "./chart-model.js";
import { colourOf, dashOf } from "./palette.js";
import { type Part, type Pen, SIZE, STEP } from "./pen.js";
import { element, named, widthOf, wrapped } from "./svg.js";

const HEIGHT = 260;
/** Beside the ends of the lines, for their names and for the word of the lane. */
const NAMES = 150;
const LANE = 22;

type Scales = { x: ScalePoint<number>; y: ScaleLinear<number, number> };

export function lines(chart: Chart, pen: Pen, top: number): Part {
  const { margin, width, small } = SIZE;
  const told = chart.series.flatMap(({ values }) => values.filter((value) => value !== undefined));
  const labels = chart.series.map(({ name }) => wrapped(name, { width: NAMES - 24, size: small, most: 3 }));
  const height = Math.max(HEIGHT, labels.reduce((sum, { length }) => sum + heightOf(length), 0) + 20);
  const [low, high] = [Math.min(0, ...told), Math.max(0, ...told)];
  const y = scaleLinear()
    .domain([low, high === low ? 1 : high])
    .nice(5)
    .range([top + height, top + 10]);
  const whole = told.every(Number.isInteger);
  const ticks = y.ticks(5).filter((tick) => !whole || Number.isInteger(tick));
  const start = margin + Math.max(24, ...ticks.map((tick) => widthOf(pen.said(tick), small))) + 8;
  const end = width - margin - NAMES;
  const x = scalePoint<number>()
    .domain(chart.categories.keys())
    .range([start + 12, end - 12]);
  const lanes = absences(chart, { x, y }, pen, top + height + 6, start, end);
  const dates = datesOf(chart, x, pen, lanes.bottom);
  return {
    shapes: [
      ...ticks.flatMap((tick) => [
        pen.rule(start, y(tick), end, y(tick), tick === 0 ? pen.shades.ink : pen.shades.grid),
        pen.text(start - 8, y(tick) + small * 0.36, pen.said(tick), {
          size: small,
          fill: pen.shades.grey,
          anchor: "end",
        }),
      ]),
      ...chart.series.map(({ name, values }, n) => named(name, ...curve(values, n, { x, y }, pen))),
      ...namesOf(chart, labels, { x, y }, pen, end, top + height),
      ...lanes.shapes,
      ...dates.shapes,
    ],
    bottom: dates.bottom,
  };
}

const heightOf = (lines: number): number => lines * SIZE.small * STEP + 6;

/** Each line over a broader one of ink, so that the light colours stand out from the ground too. */
function curve(values: readonly Value[], series: number, { x, y }: Scales, pen: Pen): string[] {
  const path = line<Value>()
    .defined((value) => value !== undefined)
    .x((_, at) => pen.at(x(at) ?? 0))
    .y((value) => y(value ?? 0))
    .digits(1)(values);
  const stroke = { d: path ?? "", fill: "none", "stroke-dasharray": dashOf(series), "stroke-linejoin": "round" };
  return [
    element("path", { ...stroke, stroke: pen.shades.ink, "stroke-width": 4.5 }),
    element("path", { ...stroke, stroke: colourOf(series), "stroke-width": 3 }),
    ...values.flatMap((value, at) => (value === undefined ? [] : [pen.mark(series, x(at) ?? 0, y(value))])),
  ];
}

/** Each beside the end of its line, or as near below as the others leave room, and never past the axis. */
function namesOf(chart: Chart, labels: string[][], { x, y }: Scales, pen: Pen, end: number, bottom: number): string[] {
  const ends = chart.series.map(({ values }, n) => {
    const last = values.findLastIndex((value) => value !== undefined);
    return { n, last, y: last < 0 ? bottom : y(values[last] ?? 0), height: heightOf(labels[n]?.length ?? 0) };
  });
  const placed = apart(ends, bottom);
  return placed.flatMap(({ n, last, y: from, at }) => {
    const lines = labels[n] ?? [];
    const first = at - (lines.length * SIZE.small * STEP) / 2 + SIZE.small;
    return [
      ...(last < 0 ? [] : [pen.rule((x(last) ?? 0) + 8, from, end + 2, at, pen.shades.grey)]),
      pen.mark(n, end + 10, at),
      ...lines.map((line, k) => pen.text(end + 22, first + k * SIZE.small * STEP, line, { size: SIZE.small })),
    ];
  });
}

/** In the order of their height, pushed down past one another, then up again from the bottom. */
function apart<T extends { y: number; height: number }>(ends: T[], bottom: number): (T & { at: number })[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y).map((one) => ({ ...one, at: one.y }));
  let free = Number.NEGATIVE_INFINITY;
  for (const one of sorted) {
    one.at = Math.max(one.at, free + one.height / 2);
    free = one.at + one.height / 2;
  }
  let limit = bottom;
  for (const one of sorted.toReversed()) {
    one.at = Math.min(one.at, limit - one.height / 2);
    limit = one.at - one.height / 2;
  }
  return sorted;
}

/** A lane for each series of which something is not told. */
function absences(chart: Chart, { x }: Scales, pen: Pen, top: number, start: number, end: number): Part {
  const [word = ""] = wrapped(pen.said(undefined), { width: NAMES - 10, size: SIZE.small, most: 1 });
  const width = Math.min(SIZE.stub, Math.max(4, x.step() - 4));
  const hit = chart.series.flatMap(({ name, values }, n) => (values.includes(undefined) ? [{ name, values, n }] : []));
  const shapes = hit.map(({ name, values, n }, lane) => {
    const y = top + lane * LANE;
    return named(
      `${name}: ${word}`,
      pen.mark(n, start - 14, y + LANE / 2),
      ...values.flatMap((value, at) =>
        value === undefined ? [pen.hatched((x(at) ?? 0) - width / 2, y + 3, width, LANE - 6)] : [],
      ),
      pen.text(end + 4, y + LANE / 2 + SIZE.small * 0.36, word, { size: SIZE.small }),
    );
  });
  return { shapes, bottom: top + hit.length * LANE };
}

/** As many as fit, the last one always among them; every one is named for the pointer and for screen readers. */
function datesOf({ categories }: Chart, x: ScalePoint<number>, pen: Pen, top: number): Part {
  const { small: size } = SIZE;
  const look = { size, fill: pen.shades.grey, anchor: "middle" } as const;
  const last = categories.length - 1;
  const every = (step: number) =>
    categories.map((category, at) =>
      (last - at) % step === 0 ? wrapped(category, { width: (x.step() || NAMES) * step - 8, size, most: 2 }) : [],
    );
  const whole = (dates: string[][]) => dates.every((lines) => !lines.at(-1)?.endsWith("…"));
  const step = [...categories.keys()].find((n) => whole(every(n + 1))) ?? last;
  const dates = every(step + 1);
  return {
    shapes: categories.map((category, at) =>
      named(
        category,
        ...(dates[at] ?? []).map((line, n) => pen.text(x(at) ?? 0, top + size + n * size * STEP, line, look)),
      ),
    ),
    bottom: top + 4 + Math.max(0, ...dates.map(({ length }) => length)) * size * STEP,
  };
}
