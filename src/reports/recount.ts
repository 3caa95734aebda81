import { addMinutes } from "date-fns";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { countOf, reportFrom } from "./figures.js";
import { figure } from "./measures.js";
import type { Report } from "./model.js";
import { instantsOf } from "./period.js";
import type { InWork } from "./publishing.js";

/** Every summary that is kept, as it was counted; without its figures where they do not open any more. */
type Made = { ref: string; report?: Report };

/** What was written at the very end of a period may have been committed a little later (store/database.ts). */
const SETTLED_MINUTES = 5;

/**
 * Summaries of periods that were over, whose figures the record does not give any more: events of a past period were put
 * in or taken away. What counts the plan is left out, since it is not counted from events.
 */
export async function changedSummaries(inWork: InWork): Promise<{ ref: string; figures: string[] }[]> {
  const changed: { ref: string; figures: string[] }[] = [];
  for (const { ref, report } of await inWork(made)) {
    if (!report) changed.push({ ref, figures: ["none can be read"] });
    else if (isSettled(report)) {
      const figures = differences(report, await recounted(inWork, report));
      if (figures.length) changed.push({ ref, figures });
    }
  }
  return changed;
}

/** The seals that summaries name: heads, kept encrypted where the database's owner cannot write another. */
export async function sealsInSummaries(inWork: InWork): Promise<{ n: number; hash: string }[]> {
  return (await inWork(made)).flatMap(({ report }) => report?.record.seal ?? []);
}

async function made(work: UnitOfWork): Promise<Made[]> {
  const rows = await work.tx
    .selectFrom("summaries")
    .select(["number", "report"])
    .where("state", "in", ["ready", "publishing", "published"])
    .orderBy("number")
    .execute();
  const cipher = await work.cipher();
  return rows.flatMap(({ number, report }): Made[] => {
    if (report === null) return [];
    try {
      return [{ ref: `S-${number}`, report: JSON.parse(cipher.open(report)) as Report }];
    } catch {
      return [{ ref: `S-${number}` }];
    }
  });
}

const isSettled = ({ period, zone, over, madeAt }: Report): boolean =>
  over && new Date(madeAt) >= addMinutes(instantsOf(period, zone).until, SETTLED_MINUTES);

/** Each count in a transaction of its own, as when it was made. */
async function recounted(inWork: InWork, { period, before, zone }: Report): Promise<Report> {
  const now = await inWork((work) => countOf(work, period, zone));
  const earlier = await inWork((work) => countOf(work, before, zone));
  return inWork((work) => reportFrom(work, { period, before, now, earlier }));
}

/** Figures and tables that both have and that differ. */
function differences(then: Report, now: Report): string[] {
  const figures = then.figures.flatMap((line) => {
    const again = now.figures.find(({ id }) => id === line.id);
    return figure(line.id).of === "plan" || !again || (again.now === line.now && again.before === line.before)
      ? []
      : line.id;
  });
  const tables = then.tables.flatMap((table) => {
    const again = now.tables.find(({ id }) => id === table.id);
    return !again || JSON.stringify(again) === JSON.stringify(table) ? [] : table.id;
  });
  return [...figures, ...tables];
}
