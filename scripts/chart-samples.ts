/**
 * Draws docs/chart-*.png: the picture that chat shows, on the white of a light screen and on the ground of a dark one.
 * `npx tsx scripts/chart-samples.ts`
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chartSvg } from "../src/documents/chart.js";
import type { Chart } from "../src/documents/chart-model.js";
import { png } from "../src/documents/picture.js";

const english: Chart = {
  kind: "bars",
  lang: "en",
  title: "Tasks by agency, July to September 2026",
  unit: "tasks",
  categories: [
    "National Police",
    "Border Guard",
    "Coast Guard",
    "Labour Inspectorate",
    "Immigration and Asylum Service",
    "Public Prosecution",
    "International Organization for Migration, country mission",
    "Safe Harbour (NGO)",
  ],
  series: [
    { name: "Closed", values: [34, 27, 18, 12, 9, undefined, 6, 0] },
    { name: "Overdue", values: [7, undefined, 8, 5, 0, 6, undefined, 0] },
  ],
  note: "Closed: by the requester, in the period. Overdue: on its last day.",
  absent: "fewer than 5",
};

const arabic: Chart = {
  ...english,
  lang: "ar",
  title: "المهام حسب الجهة، من يوليو إلى سبتمبر 2026",
  unit: "مهام",
  categories: [
    "الشرطة الوطنية",
    "حرس الحدود",
    "خفر السواحل",
    "مفتشية العمل",
    "إدارة الهجرة واللجوء",
    "النيابة العامة",
    "المنظمة الدولية للهجرة (IOM)، البعثة القُطرية",
    "Safe Harbour (NGO)",
  ],
  series: [
    { name: "مغلقة", values: english.series[0]?.values ?? [] },
    { name: "متأخرة", values: english.series[1]?.values ?? [] },
  ],
  note: "مغلقة: أغلقها طالبها خلال الفترة. متأخرة: في آخر يوم منها.",
  absent: "أقل من 5",
};

/** Slack's dark ground; that of Teams is a little lighter. */
const GROUNDS = { light: "#FFFFFF", dark: "#1A1D21" };
const PAD = 20;

/** The drawing inside a larger one, as a screen shows it. */
function shown(chart: Chart, ground: string): string {
  const svg = chartSvg(chart);
  const [, width = "", height = ""] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const [w, h] = [Number(width) + 2 * PAD, Number(height) + 2 * PAD];
  const inside = svg.replace("<svg ", `<svg x="${PAD}" y="${PAD}" `);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><rect width="${w}" height="${h}" fill="${ground}"/>${inside}</svg>`;
}

for (const [name, chart] of Object.entries({ en: english, ar: arabic })) {
  for (const [screen, ground] of Object.entries(GROUNDS)) {
    const bytes = await png(shown(chart, ground), 1);
    writeFileSync(fileURLToPath(new URL(`../docs/chart-${name}-${screen}.png`, import.meta.url)), bytes);
  }
}
