/** Figures as a picture and as words. Scales, stacks, lines and marks are d3's; where things stand is decided here. */
import { bars } from "./bars.js";
import type { Chart, Value } from "./chart-model.js";
import { lines } from "./lines.js";
import { colourOf, HATCH, strokesOf, type Theme } from "./palette.js";
import { type Part, type Pen, penFor, SIZE, STEP } from "./pen.js";
import { element, oneLine, widthOf, words, wrapped } from "./svg.js";

/** Slack takes 2,000 characters of alternative text. */
const LONGEST_ALT = 1500;

/** The picture for readers who see it. The same chart and theme give the same text. */
export function chartSvg(given: Chart, theme: Theme = "light"): string {
  const chart = complete(given);
  const pen = penFor(chart, theme);
  const head = heading(chart, pen);
  const body = chart.kind === "lines" ? lines(chart, pen, head.bottom) : bars(chart, pen, head.bottom);
  const foot = note(chart, pen, body.bottom);
  const height = Math.ceil(foot.bottom + SIZE.margin);
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: SIZE.width,
      height,
      viewBox: `0 0 ${SIZE.width} ${height}`,
      role: "img",
      "xml:lang": chart.lang,
      // Right to left is laid out here already; a page around the picture must not turn it once more.
      direction: "ltr",
    },
    element("title", {}, words(chart.title)),
    element("desc", {}, words(chartAlt(chart))),
    element("defs", {}, ...patterns(chart, pen)),
    element("rect", {
      x: 1,
      y: 1,
      width: SIZE.width - 2,
      height: height - 2,
      rx: 12,
      fill: pen.shades.ground,
      stroke: pen.shades.edge,
      "stroke-width": 2,
    }),
    ...head.shapes,
    ...body.shapes,
    ...foot.shapes,
  );
}

/**
 * The figures for readers who hear them: by category, or line by line. At most 1,500 characters; where they end early,
 * a sign says so.
 */
export function chartAlt(given: Chart): string {
  const chart = complete(given);
  const { said } = penFor(chart, "light");
  const title = oneLine(chart.title) + (chart.unit ? ` (${oneLine(chart.unit)})` : "");
  const figures = rows(chart).map(({ name, cells }) => {
    const list = cells.map((cell) => `${oneLine(cell.name)}: ${said(cell.value)}`).join(", ");
    return name === "" ? list : `${oneLine(name)} – ${list}`;
  });
  const all = [title, figures.join("; "), oneLine(chart.note ?? "")].filter((part) => part !== "").join(". ");
  return all.length <= LONGEST_ALT ? all : cut(all);
}

/** Behind a comma or semicolon and its space: a comma inside a figure is no end of it. */
function cut(words: string): string {
  const most = oneLine(words.slice(0, LONGEST_ALT - 2));
  const end = Math.max(most.lastIndexOf(", "), most.lastIndexOf("; "));
  return `${end < 0 ? most : most.slice(0, end + 1)} …`;
}

type Row = { name: string; cells: { name: string; value: Value }[] };

/** A single series is a row of its categories. */
function rows({ kind, categories, series }: Chart): Row[] {
  if (kind === "lines" || series.length === 1) {
    return series.map(({ name, values }) => ({
      name,
      cells: categories.map((category, at) => ({ name: category, value: values[at] })),
    }));
  }
  return categories.map((category, at) => ({
    name: category,
    cells: series.map(({ name, values }) => ({ name, value: values[at] })),
  }));
}

/** As many values as categories, each of them a number that can be drawn, or none. */
const complete = (chart: Chart): Chart => ({
  ...chart,
  series: chart.series.map(({ name, values }) => ({
    name,
    values: chart.categories.map((_, at) => (Number.isFinite(values[at]) ? values[at] : undefined)),
  })),
});

const inner = SIZE.width - 2 * SIZE.margin;

function heading(chart: Chart, pen: Pen): Part {
  const { margin, title: size, small } = SIZE;
  const title = wrapped(chart.title, { width: inner, size, most: 3, bold: true });
  const below = margin + title.length * size * STEP;
  const unit = wrapped(chart.unit ?? "", { width: inner, size: small, most: 2 });
  const shapes = [
    ...pen.sentence(margin, margin + size, title, { size, bold: true }),
    ...pen.sentence(margin, below + small, unit, { size: small, fill: pen.shades.grey }),
  ];
  const bottom = below + unit.length * small * STEP + 10;
  if (chart.kind === "lines" || chart.series.length < 2) return { shapes, bottom };
  const key = legend(chart, pen, bottom);
  return { shapes: [...shapes, ...key.shapes], bottom: key.bottom };
}

/** Side by side as long as they fit. */
function legend({ series }: Chart, pen: Pen, top: number): Part {
  const { margin, small } = SIZE;
  const swatch = 22;
  const shapes: string[] = [];
  let x = margin;
  let y = top;
  for (const [at, { name }] of series.entries()) {
    const [line = ""] = wrapped(name, { width: inner - swatch - 8, size: small, most: 1 });
    const width = swatch + 8 + widthOf(line, small);
    if (x > margin && x + width > SIZE.width - margin) {
      x = margin;
      y += 24;
    }
    shapes.push(pen.filled(at, x, y, swatch, 16), pen.text(x + swatch + 8, y + 13, line, { size: small }));
    x += width + 20;
  }
  return { shapes, bottom: y + 16 + 16 };
}

function note(chart: Chart, pen: Pen, top: number): Part {
  const { margin, small: size } = SIZE;
  const lines = wrapped(chart.note ?? "", { width: inner, size, most: 5 });
  return {
    shapes: pen.sentence(margin, top + 8 + size, lines, { size, fill: pen.shades.grey }),
    bottom: lines.length === 0 ? top : top + 8 + lines.length * size * STEP,
  };
}

function patterns({ series }: Chart, { id, shades }: Pen): string[] {
  const tile = { width: 8, height: 8, patternUnits: "userSpaceOnUse" };
  const stroke = { fill: "none", stroke: shades.ink, "stroke-linecap": "round" };
  const ground = (fill: string) => element("rect", { width: 8, height: 8, fill });
  return [
    element(
      "pattern",
      { id: id("hatch"), ...tile },
      ground(shades.ground),
      element("path", { d: HATCH, ...stroke, "stroke-width": 1.2 }),
    ),
    ...series.map((_, at) =>
      element(
        "pattern",
        { id: id(at), ...tile },
        ground(colourOf(at)),
        element("path", { d: strokesOf(at), ...stroke, "stroke-width": 1.6, opacity: "0.55" }),
      ),
    ),
  ];
}
