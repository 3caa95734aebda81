/** Bars that lie one below the other: one for each series of a category, or one that is stacked of them. */
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { stack, stackOffsetDiverging } from "d3-shape";
import type { Chart } from "./chart-model.js";
import { drawable } from "./letters.js";
import { type Part, type Pen, SIZE, STEP } from "./pen.js";
import { named, widthOf, wrapped } from "./svg.js";

/** More would be a page and no picture. */
const MOST = 20;
const NAMES = Math.round(SIZE.width * 0.38);
const BETWEEN = 12;
/** Of what says whose value it is that is not told. */
const SWATCH = 10;
/** As many as leave the bar some room; of more, the number is told. */
const SWATCHES = 8;

type Piece = { series: number; value: number; from: number; to: number };

/** What lies on one line: what is told, and the series whose value is not. */
type Lane = { pieces: Piece[]; absent: number[] };

type Row = { category: string; lines: string[]; lanes: Lane[]; y: number; height: number };

export function bars(chart: Chart, pen: Pen, top: number): Part {
  const { margin, width, text } = SIZE;
  const rows = rowsOf(chart, top);
  const bottom = rows.reduce((_, { y, height }) => y + height, top);
  const names = Math.max(0, ...rows.flatMap(({ lines }) => lines.map((line) => widthOf(line, text))));
  const start = margin + names + (names > 0 ? 10 : 0);
  const scale = scaleOf(
    chart,
    rows.flatMap(({ lanes }) => lanes),
    pen,
    [start, width - margin],
  );
  const plot = { chart, pen, scale, start };
  const axis = chart.kind === "stacked" ? axisOf(plot, top, bottom) : { shapes: [], bottom };
  const left = chart.categories.length - rows.length;
  return {
    shapes: [
      ...axis.shapes,
      ...rows.map((row) => drawn(row, plot)),
      ...(rows.length === 0 ? [] : [pen.rule(scale(0), top - 4, scale(0), bottom + 4, pen.shades.ink)]),
      ...(left > 0 ? [pen.text(margin, axis.bottom + 4 + text, `… +${pen.said(left)}`)] : []),
    ],
    bottom: axis.bottom + (left > 0 ? 4 + text * STEP : 0),
  };
}

/** From top to bottom, each as high as its name or its bars. */
function rowsOf(chart: Chart, top: number): Row[] {
  const lanes = chart.kind === "stacked" ? stacked(chart) : beside(chart);
  let y = top;
  return chart.categories.slice(0, MOST).map((category, at) => {
    const lines = wrapped(drawable(category, chart.short?.[at]), { width: NAMES, size: SIZE.text, most: 3 });
    const own = lanes[at] ?? [];
    const height = Math.max(lines.length * SIZE.text * STEP, own.length * (thickness(own) + 2)) + BETWEEN;
    const row = { category, lines, lanes: own, y, height };
    y += height;
    return row;
  });
}

/** Never less than the letters beside a bar need. */
const thickness = ({ length }: Lane[]): number => (length === 1 ? 24 : 18);

const beside = ({ categories, series }: Chart): Lane[][] =>
  categories.map((_, at) =>
    series.map(({ values }, n) => {
      const value = values[at];
      return value === undefined
        ? { pieces: [], absent: [n] }
        : { pieces: [{ series: n, value, from: Math.min(0, value), to: Math.max(0, value) }], absent: [] };
    }),
  );

function stacked({ categories, series }: Chart): Lane[][] {
  const layers = stack<number, number>()
    .keys(series.keys())
    .value((at, n) => series[n]?.values[at] ?? 0)
    .offset(stackOffsetDiverging)([...categories.keys()]);
  return categories.map((_, at) => {
    const told = series.flatMap(({ values }, n): Piece[] => {
      const [value, span] = [values[at], layers[n]?.[at]];
      return value === undefined || !span ? [] : [{ series: n, value, from: span[0], to: span[1] }];
    });
    return [{ pieces: told, absent: [...series.keys()].filter((n) => series[n]?.values[at] === undefined) }];
  });
}

const endOf = ({ pieces }: Lane): number => Math.max(0, ...pieces.map(({ to }) => to));

/** As long as leaves room for what is written behind the end of each bar. */
function scaleOf(chart: Chart, lanes: Lane[], pen: Pen, [start, end]: [number, number]): ScaleLinear<number, number> {
  const low = Math.min(0, ...lanes.flatMap(({ pieces }) => pieces.map(({ from }) => from)));
  const high = Math.max(0, ...lanes.map(endOf));
  const scale = scaleLinear().domain([low, high === low ? 1 : high]);
  if (chart.kind === "stacked") scale.nice(5);
  const part = scale.copy().range([0, 1]);
  const longest = Math.min(
    end - start,
    ...lanes.map((lane) => (end - start - behind(lane, chart, pen)) / Math.max(part(endOf(lane)), 0.001)),
  );
  return scale.range([start, start + Math.max(0, longest)]);
}

/** What is written behind a bar. */
function ending({ pieces: [first], absent }: Lane, { kind }: Chart, pen: Pen): string {
  if (absent.length === 0) return kind === "stacked" || !first ? "" : pen.said(first.value);
  const [word = ""] = wrapped(pen.said(undefined), { width: 150, size: SIZE.small, most: 1 });
  return absent.length > SWATCHES ? `${word} × ${pen.said(absent.length)}` : word;
}

const behind = (lane: Lane, chart: Chart, pen: Pen): number => {
  const line = ending(lane, chart, pen);
  return stubWidth(lane, chart) + (line === "" ? 0 : widthOf(line, SIZE.small) + 10);
};

const swatches = ({ absent }: Lane, { series }: Chart): number[] =>
  series.length > 1 && absent.length <= SWATCHES ? absent : [];

const stubWidth = (lane: Lane, chart: Chart): number =>
  lane.absent.length === 0 ? 0 : SIZE.stub + 4 + swatches(lane, chart).length * (SWATCH + 4);

type Plot = { chart: Chart; pen: Pen; scale: ScaleLinear<number, number>; start: number };

function drawn(row: Row, plot: Plot): string {
  const { chart, pen, scale, start } = plot;
  const { text, small } = SIZE;
  const middle = row.y + (row.height - BETWEEN) / 2;
  const first = middle - (row.lines.length * text * STEP) / 2 + text;
  const thick = thickness(row.lanes);
  const lanes = row.lanes.flatMap((lane, n) => {
    const y = middle + (n - row.lanes.length / 2) * (thick + 2) + 1;
    const line = ending(lane, chart, pen);
    const stubs = scale(endOf(lane)) + 2;
    const words = stubs + stubWidth(lane, chart) + 4;
    return [
      ...lane.pieces.flatMap((piece) => pieceOf(piece, plot, y, thick)),
      ...stub(lane, chart, pen, stubs, y, thick),
      ...(line === "" ? [] : [pen.text(words, y + thick / 2 + small * 0.36, line, { size: small })]),
    ];
  });
  const names = row.lines.map((line, n) => pen.text(start - 10, first + n * text * STEP, line, { anchor: "end" }));
  return named(row.category, ...names, ...lanes);
}

/** In a stack the figure stands on the piece, on a ground of its own, where it has room. */
function pieceOf({ series, value, from, to }: Piece, { chart, pen, scale }: Plot, y: number, thick: number): string[] {
  const [x, width] = [scale(from), scale(to) - scale(from)];
  if (width === 0) return [];
  const shape = pen.filled(series, x, y, width, thick);
  const figure = pen.said(value);
  const room = widthOf(figure, SIZE.small) + 6;
  if (chart.kind !== "stacked" || width < room + 4) return [shape];
  const middle = x + width / 2;
  return [
    shape,
    pen.box(middle - room / 2, y + 3, room, thick - 6, { fill: pen.shades.ground, rx: 3 }),
    pen.text(middle, y + thick / 2 + SIZE.small * 0.36, figure, { size: SIZE.small, anchor: "middle" }),
  ];
}

/** Of one length, whatever is behind it; then, small and apart, whose values they are. */
function stub(lane: Lane, chart: Chart, pen: Pen, x: number, y: number, thick: number): string[] {
  if (lane.absent.length === 0) return [];
  const [first, top] = [x + SIZE.stub + 4, y + (thick - SWATCH) / 2];
  return [
    pen.hatched(x, y, SIZE.stub, thick),
    ...swatches(lane, chart).map((series, n) => pen.filled(series, first + n * (SWATCH + 4), top, SWATCH, SWATCH)),
  ];
}

function axisOf({ chart, pen, scale }: Plot, top: number, bottom: number): Part {
  const { small: size } = SIZE;
  const { grid, grey } = pen.shades;
  const whole = chart.series.every(({ values }) => values.every((value) => Number.isInteger(value ?? 0)));
  const ticks = scale.ticks(4).filter((tick) => !whole || Number.isInteger(tick));
  return {
    shapes: ticks.flatMap((tick) => [
      pen.rule(scale(tick), top - 4, scale(tick), bottom + 4, grid),
      pen.text(scale(tick), bottom + 6 + size, pen.said(tick), { size, fill: grey, anchor: "middle" }),
    ]),
    bottom: bottom + 6 + size * STEP,
  };
}
