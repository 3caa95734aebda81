import { allAsOf, planFigures } from "../plan/as-of.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { IndicatorLine, PillarLine } from "./model.js";

export type PlanAt = {
  pillars: PillarLine[];
  indicators: (Omit<IndicatorLine, "now" | "before"> & { value?: string })[];
};

/** The plan as it stood at an instant, from rows that are only ever added. */
export async function planAt(work: UnitOfWork, at: Date): Promise<PlanAt> {
  const pillars = (await planFigures(work, at)).map(
    ({ pillar, objectives, indicators, overdue }): PillarLine => ({
      pillar,
      objectives: Object.values(objectives).reduce((sum, n) => sum + n, 0) - objectives.dropped,
      achieved: objectives.achieved,
      ...indicators,
      overdue,
    }),
  );
  const indicators = (await allAsOf(work, at)).map(
    ({ ref, indicator, pillar, unit, baseline, target, value, status, agency, source, overdue }) => ({
      ...{ ref, name: indicator, pillar, unit, baseline, target, value, status, agency, source, overdue },
    }),
  );
  return { pillars, indicators };
}
