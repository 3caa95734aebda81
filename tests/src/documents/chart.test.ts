import fc from "fast-check";
import { PNG } from "pngjs";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { chartAlt, chartSvg } from "../../../src/documents/chart.js";
import type { Chart } from "../../../src/documents/chart-model.js";
import { drawable, isDrawable } from "../../../src/documents/letters.js";
import { COLOURS, colourOf, dashOf, SHADES, strokesOf } from "../../../src/documents/palette.js";
import { chartPng, png } from "../../../src/documents/picture.js";
import { textElement, widthOf, wrapped } from "../../../src/documents/svg.js";

const AGENCIES = [
  "National Police",
  "Border Guard",
  "Coast Guard",
  "Immigration and Asylum Service",
  "Public Prosecution Office of the Northern Region, at Northgate",
];

const bars: Chart = {
  kind: "bars",
  title: "Tasks closed by agency",
  lang: "en",
  categories: AGENCIES,
  series: [{ name: "Closed", values: [34, 17, undefined, 9, 0] }],
  unit: "tasks",
  note: "By their requester, in the period.",
  absent: "fewer than 5",
};

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"];

const lines: Chart = {
  ...bars,
  kind: "lines",
  categories: MONTHS,
  series: [
    { name: "Opened", values: [10, 20, 30, 20, 10, 20, 30, 40, 30, 20] },
    { name: "Closed", values: [10, 20, undefined, undefined, 10, 20, 30, 40, 30, 21] },
    { name: "Overdue at the end of the month", values: [1, 2, 3, 4, 5, 6, 7, 8, 9, undefined] },
  ],
};

const stacked: Chart = {
  ...bars,
  kind: "stacked",
  series: [
    { name: "Arrest", values: [20, 10, 30, undefined, 0] },
    { name: "Seizure", values: [10, 5, undefined, undefined, 12] },
    { name: "Persons rescued", values: [15, 0, 7, 40, 1] },
  ],
};

const arabic: Chart = {
  ...bars,
  lang: "ar",
  title: "المهام المغلقة حسب الجهة (2026)",
  categories: ["الشرطة الوطنية", "حرس الحدود", "خفر السواحل", "إدارة الهجرة واللجوء", "المنظمة الدولية للهجرة (IOM)"],
  absent: "أقل من 5",
};
const chinese: Chart = {
  ...bars,
  lang: "zh",
  title: "2026年各机构完成的任务",
  categories: [
    "国家警察",
    "边防警卫队",
    "海岸警卫队",
    "移民和庇护事务局",
    "国际移民组织驻该国代表团与边境综合管理联合工作组",
  ],
  absent: "少于5",
};
const russian: Chart = {
  ...bars,
  lang: "ru",
  title: "Закрытые задачи по ведомствам",
  categories: ["Полиция", "Пограничная служба", "Береговая охрана", "Служба миграции", "Генеральная прокуратура"],
  absent: "менее 5",
};
/** The widest letters there are, in words that cannot be broken, and figures of many digits. */
const wide: Chart = {
  ...stacked,
  title: "W".repeat(120),
  unit: "Щ".repeat(80),
  note: "ص".repeat(200),
  absent: "@".repeat(60),
  categories: ["M".repeat(60), "ش".repeat(60), "警".repeat(60), "Ю".repeat(60), "—".repeat(60)],
  series: stacked.series.map(({ values }, n) => ({
    name: "WMЩ".repeat(20),
    values: values.map((value) => value && value * 10 ** (n * 4)),
  })),
};
const SAMPLES = {
  bars,
  lines,
  stacked,
  arabic,
  chinese,
  russian,
  wide,
  wideLines: { ...wide, kind: "lines" as const },
};

type Element = { name: string; attributes: Record<string, string>; text: string };

/** Read by a parser that refuses what is not well-formed. */
function read(svg: string): Element[] {
  const found: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, text: "" };
    found.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.on("text", (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  });
  parser.write(svg).close();
  return found;
}

const bare = (text: string) => text.replace(/[\u2067\u2068\u2069]/g, "");
const texts = (svg: string) => read(svg).flatMap(({ name, text }) => (name === "text" ? [bare(text)] : []));
const titles = (svg: string) => read(svg).flatMap(({ name, text }) => (name === "title" ? [text] : []));
const number = (element: Element, key: string) => Number(element.attributes[key]);
const boxes = (svg: string, fill: string) =>
  read(svg).filter(({ name, attributes }) => name === "rect" && attributes.fill === `url(#light-${fill})`);
/** Those that stand for values, and not for names in a legend or behind a stub. */
const bodies = (svg: string, series: number) => boxes(svg, String(series)).filter((box) => number(box, "height") >= 18);
const hatched = (svg: string) => boxes(svg, "hatch");

type Picture = { width: number; height: number; pixels: Uint32Array };

function decoded(bytes: Uint8Array): Picture {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  return { width, height, pixels: new Uint32Array(Uint8Array.from(data).buffer) };
}
const pixel = ({ width, pixels }: Picture, x: number, y: number) => pixels[y * width + x] ?? 0;
const opacity = (picture: Picture, x: number, y: number) => pixel(picture, x, y) >>> 24;

const SIZE = 20;
const ROW = 44;
type Ink = {
  shape: string;
  width: number;
  /** Dark pixels of each stretch between white columns, from left to right, and how wide it is. */
  clusters: { dark: number; width: number }[];
};

/** Black letters on white, each word in a row of its own of one picture. */
async function ink(words: string[], look: { bold?: boolean; rtl?: boolean } = {}): Promise<Ink[]> {
  const [width, height] = [700, ROW * words.length];
  const rows = words.map((word, n) => textElement(20, n * ROW + 30, word, { size: SIZE, fill: "#000000", ...look }));
  const ground = `<rect width="${width}" height="${height}" fill="#fff"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ground}${rows.join("")}</svg>`;
  const picture = decoded(await png(svg, 1));
  return words.map((_, n) => {
    const columns = Array.from({ length: width }, (_, x) => {
      let dark = 0;
      for (let y = n * ROW; y < (n + 1) * ROW; y++) if ((pixel(picture, x, y) & 255) < 128) dark++;
      return dark;
    });
    const clusters: Ink["clusters"] = [];
    for (const [x, dark] of columns.entries()) {
      const last = clusters.at(-1);
      if (dark === 0) continue;
      if (!last || columns[x - 1] === 0) clusters.push({ dark, width: 1 });
      else Object.assign(last, { dark: last.dark + dark, width: last.width + 1 });
    }
    return {
      shape: Buffer.from(picture.pixels.slice(n * ROW * width, (n + 1) * ROW * width).buffer).toString("base64"),
      width: columns.findLastIndex((dark) => dark > 0) - columns.findIndex((dark) => dark > 0) + 1,
      clusters,
    };
  });
}

describe("the drawing", () => {
  it("is well-formed, and what was typed stays words, whatever was typed", () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary", maxLength: 70 }),
      fc.constantFrom(
        "</text><script>alert(1)</script>",
        "]]>",
        "\u202egnp.exe",
        '"><image href="x"/>',
        "a\u0000b\u0007c",
      ),
    );
    fc.assert(
      fc.property(typed, typed, typed, fc.constantFrom("bars", "stacked", "lines"), (name, category, absent, kind) => {
        const elements = read(
          chartSvg({
            kind: kind as Chart["kind"],
            lang: "en",
            title: name,
            unit: category,
            note: absent,
            absent,
            categories: [category, name],
            series: [
              { name, values: [1, undefined] },
              { name: category, values: [undefined, 2] },
            ],
          }),
        );
        const known = "svg title desc defs pattern rect path line g text";
        expect(elements.map((element) => element.name).filter((tag) => !known.split(" ").includes(tag))).toEqual([]);
        for (const { text } of elements) expect(bare(text)).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 80 },
    );
  });

  it("says typed signs as they were typed", () => {
    const name = `R&D <b>"Unit"</b> 'A'`;
    expect(texts(chartSvg({ ...bars, categories: [name] }))).toContain(name);
  });

  it.each(Object.entries(SAMPLES))("is the same to the letter each time (%s)", (_, chart) => {
    expect(chartSvg(chart)).toBe(chartSvg(structuredClone(chart)));
    expect(chartSvg(chart, "dark")).not.toBe(chartSvg(chart));
  });

  it.each(Object.entries(SAMPLES))("names every category and every series (%s)", (_, chart) => {
    const svg = chartSvg(chart);
    const said = [...titles(svg), ...texts(svg)];
    for (const category of chart.categories) expect(said).toContain(category);
    if (chart.kind === "lines") for (const { name } of chart.series) expect(said).toContain(name);
  });

  it("shows every short name whole and cuts a long one with a sign", () => {
    const shown = texts(chartSvg(bars)).join(" ");
    for (const category of AGENCIES.slice(0, 4)) expect(shown).toContain(category);
    const long = texts(chartSvg({ ...bars, categories: ["Word ".repeat(40)] }));
    expect(long.filter((line) => line.endsWith("…"))).toHaveLength(1);
  });

  it("shows twenty categories and says how many are left", () => {
    const many = Array.from({ length: 26 }, (_, n) => `Agency ${n}`);
    const shown = texts(
      chartSvg({ ...bars, categories: many, series: [{ name: "Closed", values: many.map((_, n) => n) }] }),
    );
    expect(many.filter((name) => shown.includes(name))).toEqual(many.slice(0, 20));
    expect(shown).toContain("… +6");
    expect(texts(chartSvg(bars)).some((line) => line.startsWith("…"))).toBe(false);
  });

  it("names each series where there are several, so that nothing hangs on a colour", () => {
    for (const chart of [stacked, lines]) {
      const shown = texts(chartSvg(chart)).join(" ");
      for (const { name } of chart.series) expect(shown).toContain(name);
    }
  });

  it("draws bars as long as their values", () => {
    const series = [{ name: "Change", values: [30, -15, 60, 0, 7.5] }];
    const widths = bodies(chartSvg({ ...bars, series }), 0).map((box) => number(box, "width"));
    expect(widths).toHaveLength(4);
    const [unit = 0] = widths.map((width) => width / 30);
    for (const [n, value] of [30, 15, 60, 7.5].entries()) expect(widths[n]).toBeCloseTo(value * unit, 0);
  });

  it("lets a value below nought lie on the other side of the axis", () => {
    const svg = chartSvg({
      ...bars,
      categories: AGENCIES.slice(0, 2),
      series: [{ name: "Change", values: [-10, 10] }],
    });
    const [below, above] = bodies(svg, 0);
    if (!below || !above) throw new Error("two bars");
    expect(number(below, "x") + number(below, "width")).toBeCloseTo(number(above, "x"), 0);
    expect(texts(svg)).toEqual(expect.arrayContaining(["-10", "10"]));
  });

  it("lets the pieces of a stack touch, in the order of the series", () => {
    const svg = chartSvg(stacked);
    const [first, second, third] = [0, 1, 2].map((n) => bodies(svg, n)[0]);
    if (!first || !second || !third) throw new Error("three pieces");
    expect(number(second, "x")).toBeCloseTo(number(first, "x") + number(first, "width"), 0);
    expect(number(third, "x")).toBeCloseTo(number(second, "x") + number(second, "width"), 0);
    expect(number(first, "width") / number(second, "width")).toBeCloseTo(2, 1);
  });

  it("gives no room to words that are not there", () => {
    const height = (chart: Chart) => number(read(chartSvg(chart))[0] as Element, "height");
    const { unit: _, note: __, ...short } = bars;
    expect(height(bars) - height(short)).toBeGreaterThan(40);
    expect(height({ ...short, unit: "", note: " " })).toBe(height(short));
    expect(texts(chartSvg({ ...short, categories: [""] }))).not.toContain("");
  });

  it("is drawn with nothing to draw", () => {
    for (const kind of ["bars", "stacked", "lines"] as const) {
      for (const series of [[], [{ name: "", values: [] }]]) {
        expect(texts(chartSvg({ ...bars, kind, categories: [], series }))).toContain(bars.title);
      }
      expect(texts(chartSvg({ ...bars, kind, series: [{ name: "a", values: [0, 0, 0, 0, 0] }] }))).toContain("0");
    }
  });

  it("refers to nothing outside itself, and to no name that it lacks", () => {
    for (const chart of Object.values(SAMPLES)) {
      const svg = chartSvg(chart);
      const ids = read(svg).flatMap(({ attributes }) => attributes.id ?? []);
      const used = [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
      expect(used.filter((id) => !ids.includes(id ?? ""))).toEqual([]);
      expect(svg).not.toMatch(/href|<script|<style|@import/);
    }
  });
});

describe("a value that is not told", () => {
  it("is a hatched stub and the word, and no bar and no nought", () => {
    const svg = chartSvg({ ...bars, categories: ["Police"], series: [{ name: "Closed", values: [undefined] }] });
    expect(hatched(svg)).toHaveLength(1);
    expect(bodies(svg, 0)).toHaveLength(0);
    expect(texts(svg)).toContain("fewer than 5");
    expect(texts(svg)).not.toContain("0");
  });

  it("is told from nought, which has no stub", () => {
    const svg = chartSvg({ ...bars, categories: ["Police"], series: [{ name: "Closed", values: [0] }] });
    expect(hatched(svg)).toHaveLength(0);
    expect(texts(svg)).toContain("0");
    expect(texts(svg)).not.toContain("fewer than 5");
  });

  it("is one that is no number, or that is not there", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY];
    const svg = chartSvg({ ...bars, categories: ["a", "b", "c"], series: [{ name: "Closed", values }] });
    expect(hatched(svg)).toHaveLength(3);
  });

  it("has a stub of one length, whatever the others are", () => {
    const widths = [1, 1000].flatMap((most) =>
      hatched(chartSvg({ ...bars, series: [{ name: "Closed", values: [most, undefined] }] })).map((box) =>
        number(box, "width"),
      ),
    );
    expect(new Set(widths).size).toBe(1);
  });

  it("adds nothing to a stack, and says whose it is", () => {
    const svg = chartSvg(stacked);
    expect(hatched(svg)).toHaveLength(2);
    const small = [0, 1, 2].map((n) => boxes(svg, String(n)).filter((box) => number(box, "height") < 12).length);
    expect(small).toEqual([1, 2, 0]);
    const without = chartSvg({
      ...stacked,
      series: stacked.series.map(({ name, values }) => ({ name, values: values.map((v) => v ?? 0) })),
    });
    const ratio = (svg: string) =>
      number(bodies(svg, 0)[0] as Element, "width") / number(bodies(svg, 2)[0] as Element, "width");
    expect(ratio(svg)).toBeCloseTo(ratio(without), 1);
  });

  it("of more series than can be shown is counted", () => {
    const series = Array.from({ length: 12 }, (_, n) => ({ name: `Kind ${n}`, values: [n === 0 ? 40 : undefined] }));
    const svg = chartSvg({ ...stacked, categories: ["Police"], series });
    expect(hatched(svg)).toHaveLength(1);
    expect(texts(svg)).toContain("fewer than 5 × 11");
  });

  it("breaks a line, and stands below the axis in a lane that says the word", () => {
    const svg = chartSvg(lines);
    const paths = read(svg).filter(({ name, attributes }) => name === "path" && attributes["stroke-width"] === "3");
    expect(paths.map(({ attributes }) => attributes.d?.match(/M/g)?.length)).toEqual([1, 2, 1]);
    const axis = Math.max(...read(svg).flatMap((element) => (element.name === "line" ? number(element, "y1") : [])));
    const stubs = hatched(svg);
    expect(stubs).toHaveLength(3);
    for (const stub of stubs) expect(number(stub, "y")).toBeGreaterThan(axis);
    expect(texts(svg).filter((line) => line === "fewer than 5")).toHaveLength(2);
  });
});

describe("a language that runs from right to left", () => {
  it("has the same drawing in the mirror", () => {
    for (const chart of [bars, stacked]) {
      // Hebrew writes the same digits, so no width differs.
      const [left, right] = [chartSvg(chart), chartSvg({ ...chart, lang: "he" })].map((svg) =>
        read(svg).filter(({ attributes }) => attributes.fill?.startsWith("url")),
      );
      const mirrored = (right ?? []).map((box) => 640 - number(box, "x") - number(box, "width"));
      expect(mirrored.length).toBeGreaterThan(3);
      for (const [n, x] of mirrored.entries()) expect(x).toBeCloseTo(number((left ?? [])[n] as Element, "x"), 0);
    }
  });

  it("turns the ends of its words with them", () => {
    const anchors = (lang: string) =>
      read(chartSvg({ ...bars, lang })).flatMap(({ name, attributes }) =>
        name === "text" ? [attributes["text-anchor"] ?? "start"] : [],
      );
    const turned = anchors("he").map((anchor) => ({ start: "end", end: "start", middle: "middle" })[anchor]);
    expect(turned).toEqual(anchors("en"));
  });

  it("lets time run to the left", () => {
    const x = (lang: string) =>
      read(chartSvg({ ...lines, lang })).flatMap((element) =>
        element.name === "text" && ["February", "October"].includes(bare(element.text)) ? [number(element, "x")] : [],
      );
    const [early = 0, late = 0] = x("he");
    expect(late).toBeLessThan(early);
    expect(x("en")[0]).toBeLessThan(x("en")[1] ?? 0);
  });
});

describe("the words", () => {
  it("say every figure", () => {
    expect(chartAlt(bars)).toBe(
      "Tasks closed by agency (tasks). Closed – National Police: 34, Border Guard: 17, Coast Guard: fewer than 5, Immigration and Asylum Service: 9, Public Prosecution Office of the Northern Region, at Northgate: 0. By their requester, in the period.",
    );
    expect(chartAlt(stacked)).toContain("Coast Guard – Arrest: 30, Seizure: fewer than 5, Persons rescued: 7;");
    expect(chartAlt(lines)).toContain("Closed – January: 10, February: 20, March: fewer than 5, April: fewer than 5,");
  });

  it("end with a whole figure and a sign where there are too many", () => {
    const categories = Array.from({ length: 200 }, (_, n) => `Agency number ${n}`);
    const alt = chartAlt({
      ...bars,
      categories,
      series: [{ name: "Closed", values: categories.map((_, n) => 1000 + n) }],
    });
    expect(alt.length).toBeLessThanOrEqual(1500);
    expect(alt.length).toBeGreaterThan(1400);
    expect(alt).toMatch(/Agency number \d+: 1,\d{3}, …$/);
  });

  it("are never more than 1,500 characters, whatever was typed", () => {
    const typed = fc.string({ unit: "binary", maxLength: 400 });
    fc.assert(
      fc.property(typed, fc.array(typed, { maxLength: 12 }), (title, categories) => {
        const alt = chartAlt({ ...bars, title, categories, note: title });
        expect(alt.length).toBeLessThanOrEqual(1500);
        expect(alt).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
      { numRuns: 100 },
    );
  });

  it("stand in the drawing too", () => {
    const found = read(chartSvg(bars)).find(({ name }) => name === "desc");
    expect(found?.text).toBe(chartAlt(bars));
  });
});

describe("lines of words", () => {
  it("lose nothing but spaces where they fit", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const broken = wrapped(text, { width: 200, size: 16, most: 100 });
        expect(broken.join("").replaceAll(" ", "")).toBe(text.replace(/\s/g, ""));
        for (const line of broken) expect(widthOf(line, 16)).toBeLessThanOrEqual(200);
      }),
    );
  });

  it("are measured no narrower than they are drawn", async () => {
    const others = ["1,234,567", "Υπηρεσία Ασύλου", "W".repeat(25), "Щ".repeat(25), "ص".repeat(25), "@—m".repeat(8)];
    const words = [...AGENCIES, ...[russian, chinese, arabic].flatMap(({ categories }) => categories), ...others];
    const samples = words.map((word) => [...word].slice(0, 30).join(""));
    for (const bold of [false, true]) {
      for (const [n, { width }] of (await ink(samples, { bold })).entries()) {
        expect(width, samples[n]).toBeGreaterThan(10);
        expect(width, samples[n]).toBeLessThanOrEqual(widthOf(samples[n] ?? "", SIZE, bold) + 1);
      }
    }
  });
});

describe("the picture", () => {
  it("can be read, at twice the size of the drawing", async () => {
    const { width, height } = decoded(await chartPng(bars));
    const [root] = read(chartSvg(bars));
    expect(width).toBe(1280);
    expect(height).toBe(2 * number(root as Element, "height"));
  });

  it("is the same to the byte each time", async () => {
    const [first, second] = [await chartPng(arabic), await chartPng(arabic)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });

  it.each(Object.entries(SAMPLES))("keeps its margin clear on every side (%s)", async (_, chart) => {
    const picture = decoded(await chartPng(chart));
    const { width, height } = picture;
    const ground = pixel(picture, 30, height / 2);
    let dirty = 0;
    // From behind the line around the picture to nine pixels of the drawing.
    for (let d = 8; d < 18; d++) {
      for (let x = 30; x < width - 30; x++) {
        for (const y of [d, height - 1 - d]) if (pixel(picture, x, y) !== ground) dirty++;
      }
      for (let y = 30; y < height - 30; y++) {
        for (const x of [d, width - 1 - d]) if (pixel(picture, x, y) !== ground) dirty++;
      }
    }
    expect(dirty).toBe(0);
  });

  it("is opaque but for its round corners", async () => {
    const picture = decoded(await chartPng(bars));
    expect(opacity(picture, 0, 0)).toBe(0);
    expect(opacity(picture, 640, 3)).toBe(255);
    expect(opacity(picture, 640, 100)).toBe(255);
  });
});

describe("letters", () => {
  /** A place that no font fills: what is drawn there is what a letter without a font looks like. */
  const NOWHERE = "\u{10fffd}";

  it.each([
    ["Latin", "AgéłßZ"],
    ["Cyrillic", "ЖщыЯіўқ"],
    ["Greek", "Ωδψ"],
    ["Hebrew", "אבש"],
    ["Arabic", "بشعپگڑ"],
    ["Chinese", "警边移民国海岸检察"],
    ["figures", "0123456789٠١٢٣٤٥٦٧٨٩۴"],
    ["signs", "–—…×%+()«»“”、。（）"],
  ])("are drawn, each as itself (%s)", async (_, letters) => {
    for (const bold of [false, true]) {
      const [missing, ...drawn] = await ink([NOWHERE, ...letters], { bold });
      expect(drawn.every(({ clusters }) => clusters.length > 0)).toBe(true);
      const shapes = drawn.map(({ shape }) => shape);
      expect(shapes.includes(missing?.shape ?? "")).toBe(false);
      expect(new Set(shapes).size).toBe([...letters].length);
    }
  });

  it("are heavier in a title, in every script", async () => {
    const words = ["Tasks", "المهام", "任务", "Задачи"];
    const dark = async (bold: boolean) =>
      (await ink(words, { bold })).map(({ clusters }) => clusters.reduce((sum, part) => sum + part.dark, 0));
    const [plain, bold] = [await dark(false), await dark(true)];
    for (const [n, word] of words.entries()) expect(bold[n], word).toBeGreaterThan(1.1 * (plain[n] ?? 0));
  });

  it("of Arabic join", async () => {
    const [joined, apart] = await ink(["بيت", [..."بيت"].join("\u200c")]);
    expect(joined?.clusters).toHaveLength(1);
    expect(apart?.clusters.length).toBeGreaterThan(1);
    expect(joined?.width).toBeLessThan(apart?.width ?? 0);
  });

  it("and figures stand in the order in which they are read", async () => {
    // From the right: a broad letter, then eighteen, whose one still stands left of its eight.
    const [mixed] = await ink(["ص 18"], { rtl: true });
    const [one, eight, letter] = mixed?.clusters ?? [];
    expect(one?.dark).toBeLessThan(eight?.dark ?? 0);
    expect(letter?.width).toBeGreaterThan(eight?.width ?? 0);
    const ends = ([first]: Ink[]) => [first?.clusters[0]?.width ?? 0, first?.clusters.at(-1)?.width ?? 0] as const;
    // A sentence of the chart's language runs from the right, though it begins with a Latin word.
    const [left, right] = ends(await ink(["I صصص"], { rtl: true }));
    expect(right).toBeLessThan(left);
    // A name goes by its own first letter, in a chart of any language.
    const [first, last] = ends(await ink(["I صصص"]));
    expect(first).toBeLessThan(last);
  });

  it.each(Object.entries({ bars, arabic, chinese, russian }))(
    "leave marks where names stand (%s)",
    async (_, chart) => {
      const svg = chartSvg(chart);
      const full = decoded(await png(svg, 1));
      const empty = decoded(await png(svg.replace(/<text .*?<\/text>/g, ""), 1));
      // On the side on which reading begins.
      const [from, to] = chart.lang === "ar" ? [420, 640] : [0, 220];
      let differing = 0;
      for (let y = 0; y < full.height; y++) {
        for (let x = from; x < to; x++) if (pixel(full, x, y) !== pixel(empty, x, y)) differing++;
      }
      expect(differing).toBeGreaterThan(1000);
    },
  );
});

/** An agency in each of the scripts that states and their agencies write, and how its name begins in a picture. */
const NAMED: readonly [string, string, string][] = [
  ["Latin", "Žandarmerija", "Žandarmerija"],
  ["Vietnamese, marks apart", "Cảnh sát".normalize("NFD"), "Cảnh sát"],
  ["Greek", "Ελληνική Αστυνομία", "Ελληνική Αστυνομία"],
  ["Cyrillic", "Монгол Улсын Цагдаа, Қарақалпақ", "Монгол Улсын Цагдаа,"],
  ["Hebrew", "משטרת ישראל", "משטרת ישראל"],
  ["Arabic", "خفر السواحل", "خفر السواحل"],
  ["Chinese", "国家移民管理局", "国家移民管理局"],
  ["Japanese", "警察庁けいさつ", "警察庁けいさつ"],
  ["Korean", "경찰청", "GyeongChalCheong"],
  ["Georgian", "საქართველოს პოლიცია", "sakartvelos p'olitsia"],
  ["Armenian", "Հայաստանի", "Hayastani"],
  ["Thai", "ตำรวจแห่งชาติ", "tamrwchaehngchati"],
  ["Devanagari", "राष्ट्रीय पुलिस", "rastriy pulis"],
  ["Bengali", "বাংলাদেশ পুলিশ", "bamlades pulis"],
  ["Ethiopic", "የፌዴራል ፖሊስ", "yefederal polis"],
  ["Tifinagh", "ⵜⴰⴱⵓⵍⵉⵙⵜ", "tabulist"],
  ["Thaana", "ދިވެހި ފުލުހުން", "dhivehi fuluhun"],
  ["Khmer", "នគរបាល", "nkrbal"],
  ["two of which one is missing", "Police პოლიცია", "Police p'olitsia"],
  ["a pictogram", "Police 👮", "Police police officer"],
  ["no letter of anybody's", "\ue000\ue001", "?"],
];

describe("an agency's name", () => {
  it.each(NAMED)("is drawn without a gap or a box (%s)", async (_, name, shown) => {
    const svg = chartSvg({ ...bars, categories: [name], series: [{ name: "Closed", values: [3] }] });
    expect(texts(svg)).toContain(shown);
    // Read aloud, and under the pointer, it stays as it is written.
    expect(titles(svg)).toContain(name.replace(/\p{Cc}/gu, ""));
    const [box, ...drawn] = await ink(["\u{10fffd}", ...shown.replace(/[\s\p{M}]/gu, "")]);
    for (const { clusters, shape } of drawn) {
      expect(clusters.length).toBeGreaterThan(0);
      expect(shape).not.toBe(box?.shape);
    }
  });

  it("gives way to the short one, where that can be drawn", () => {
    const named = (short: string) =>
      texts(chartSvg({ ...bars, categories: ["경찰청"], short: [short], series: [{ name: "Closed", values: [3] }] }));
    expect(named("police")).toContain("police");
    expect(named("경찰")).toContain("GyeongChalCheong");
    expect(named("")).toContain("GyeongChalCheong");
    const own = chartSvg({ ...bars, categories: ["警察"], short: ["police"], series: [{ name: "a", values: [3] }] });
    expect(texts(own)).toContain("警察");
  });

  it("is never empty, and holds only what the fonts have", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.string({ unit: "grapheme" }), (name, short) => {
        const shown = drawable(name, short);
        expect(isDrawable(shown)).toBe(true);
        expect(shown.trim() === "").toBe(name.normalize("NFC").trim() === "");
      }),
    );
  });
});

/** WCAG 2.2. */
const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const rgb = (colour: string) => [1, 3, 5].map((n) => linear(Number.parseInt(colour.slice(n, n + 2), 16) / 255));
const dot = (row: number[], of: number[]) => row.reduce((sum, factor, n) => sum + factor * (of[n] ?? 0), 0);
const luminance = (colour: string) => dot([0.2126, 0.7152, 0.0722], rgb(colour));
const contrast = (a: string, b: string) => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

/** G. M. Machado and others, A physiologically-based model for simulation of color vision deficiency (2009), severity 1. */
const SIGHTS: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b* under D65, of a colour as it is seen. */
function lab(colour: string, sight: number[][]): number[] {
  const seen = sight.map((row) => Math.min(1, Math.max(0, dot(row, rgb(colour)))));
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f(dot([0.4124564, 0.3575761, 0.1804375], seen) / 0.95047);
  const y = f(dot([0.2126729, 0.7151522, 0.072175], seen));
  const z = f(dot([0.0193339, 0.119192, 0.9503041], seen) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe("colours", () => {
  it.each(["light", "dark"] as const)("of words stand out from their ground by 4.5 to 1 at least (%s)", (theme) => {
    const { ground, ink, grey } = SHADES[theme];
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(7);
    expect(contrast(grey, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it("of words in a drawing are those two alone", () => {
    for (const theme of ["light", "dark"] as const) {
      for (const chart of Object.values(SAMPLES)) {
        const used = read(chartSvg(chart, theme)).flatMap(({ name, attributes }) =>
          name === "text" ? [attributes.fill] : [],
        );
        expect([SHADES[theme].ink, SHADES[theme].grey]).toEqual(expect.arrayContaining([...new Set(used)]));
      }
    }
  });

  it("show where the default picture ends, on light and on dark chat", () => {
    const { ground, edge } = SHADES.light;
    expect(contrast(edge, "#FFFFFF")).toBeGreaterThanOrEqual(3);
    expect(contrast(edge, ground)).toBeGreaterThanOrEqual(3);
    for (const chat of ["#1A1D21", "#1F1F1F", "#292929"]) expect(contrast(ground, chat)).toBeGreaterThanOrEqual(10);
  });

  it.each(Object.entries(SIGHTS))("of series are told apart (%s)", (_, sight) => {
    const distances = COLOURS.flatMap((a, n) =>
      COLOURS.slice(0, n).map((b) => Math.hypot(...lab(a, sight).map((part, k) => part - (lab(b, sight)[k] ?? 0)))),
    );
    expect(distances).toHaveLength(21);
    // Two are told apart by anybody from about 2.3 on, side by side; here they may stand far from one another.
    expect(Math.min(...distances)).toBeGreaterThan(15);
  });

  it("have an outline that stands out where they themselves do not", () => {
    for (const { ink, ground } of Object.values(SHADES)) {
      for (const colour of COLOURS) {
        expect(Math.max(contrast(colour, ground), contrast(ink, ground))).toBeGreaterThanOrEqual(3);
      }
    }
    expect(boxes(chartSvg(stacked), "0").every(({ attributes }) => attributes.stroke === SHADES.light.ink)).toBe(true);
  });

  it("never come alone: series of a colour differ in pattern, and lines in their dashes", () => {
    const looks = Array.from({ length: 49 }, (_, n) => `${colourOf(n)} ${strokesOf(n)}`);
    expect(new Set(looks).size).toBe(49);
    expect(new Set([0, 1, 2, 3, 4, 5, 6].map(strokesOf)).size).toBe(7);
    expect(new Set([0, 1, 2, 3].map(dashOf)).size).toBe(4);
  });
});
