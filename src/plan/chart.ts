import type { Chart } from "../documents/chart-model.js";
import { messagesFor } from "../i18n/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { planFigures, WAYS } from "./as-of.js";

/** Indicators by pillar and how far they have come at `at`. A pillar without any has no figure, which is not 0. */
export async function planChart(work: UnitOfWork, at: Date, lang: string): Promise<Chart> {
  const t = messagesFor(lang);
  const pillars = await planFigures(work, at);
  const measured = ({ indicators }: (typeof pillars)[number]) => Object.values(indicators).some((count) => count > 0);
  return {
    kind: "bars",
    title: t.plan.chart.title,
    lang,
    categories: pillars.map(({ pillar }) => t.plan.pillars[pillar]),
    series: WAYS.map((way) => ({
      name: t.plan.ways[way],
      values: pillars.map((one) => (measured(one) ? one.indicators[way] : undefined)),
    })),
    note: t.plan.rule,
    absent: t.plan.chart.absent,
  };
}
