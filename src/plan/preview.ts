import { readWaiting } from "../files/preview.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { ReadObjective } from "./csv.js";
import { PILLARS, type Pillar } from "./model.js";

/** What a plan that was read and is not taken in yet would bring. */
export type Preview = { objectives: number; indicators: number; pillars: { pillar: Pillar; objectives: number }[] };

/** @returns undefined where it was taken, has run out or is another person's */
export async function previewOf(work: UnitOfWork, draft: string, personId: string): Promise<Preview | undefined> {
  const read = await readWaiting<ReadObjective[]>(work, draft, personId);
  return (
    read && {
      objectives: read.length,
      indicators: read.reduce((sum, { indicators }) => sum + indicators.length, 0),
      pillars: PILLARS.map((pillar) => ({
        pillar,
        objectives: read.filter((one) => one.pillar === pillar).length,
      })).filter(({ objectives }) => objectives > 0),
    }
  );
}
