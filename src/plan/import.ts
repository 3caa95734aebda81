import { recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import { notify } from "../delivery/outbox.js";
import { faultWords } from "../files/faults.js";
import { dropRead, keepRead, readWaiting } from "../files/preview.js";
import type { Taker } from "../files/serve.js";
import { messagesFor } from "../i18n/index.js";
import { wordsOf } from "../lib/csv.js";
import { refuse } from "../lib/refusal.js";
import type { Agency } from "../people/model.js";
import { agenciesOf } from "../people/store.js";
import { may } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { insertPlan } from "./acts.js";
import { type PlanFault, type ReadObjective, readPlan } from "./csv.js";
import { scheduleNew } from "./escalation.js";
import { OBJECTIVE, type Objective } from "./model.js";
import { planPreview } from "./notifications.js";
import { imported } from "./notify.js";
import { objectivesOf } from "./store.js";

/**
 * A whole plan from a table, all of it or nothing: read and checked, then put before who sent it with its counts, and
 * taken in when they say so. What waits for that rests sealed, for a day.
 */
export const takePlan: Taker = async (work, person, _itemId, { bytes }) => {
  const t = messagesFor(person.lang);
  if (!may(person, "plan.write")) return t.errors.notAllowed({ roles: [t.roles.coordinator] });
  const read = readPlan(wordsOf(bytes));
  const faults = [...read.faults, ...(read.faults.length ? [] : await faultsHere(work, read.objectives))];
  if (faults.length) return faultWords(t, faults, t.plan.fault);
  const draft = await keepRead(work, person.id, read.objectives);
  await notify(work, { notification: planPreview, params: { draft }, to: { personId: person.id } });
  return undefined;
};

/** What only this body can say of a table: its agencies, and what is in its plan already. */
async function faultsHere(work: UnitOfWork, read: readonly ReadObjective[]): Promise<PlanFault[]> {
  const agencies = new Map((await agenciesOf(work.tx)).map((agency) => [agency.handle, agency]));
  const titles = new Set((await objectivesOf(work)).map(({ title }) => title.toLowerCase()));
  const faults: PlanFault[] = [];
  const check = (line: number, column: string, handle: string, acts: boolean) => {
    const agency = agencies.get(handle);
    if (!agency) faults.push({ line, code: "agency_unknown", column });
    else if (acts && agency.observer) faults.push({ line, code: "observer", column });
  };
  for (const objective of read) {
    const { line } = objective;
    if (titles.has(objective.title.toLowerCase())) faults.push({ line, code: "exists", column: "title" });
    check(line, "lead", objective.lead, true);
    for (const handle of objective.supporting) check(line, "supporting", handle, false);
    for (const { line, answers } of objective.indicators) check(line, "answers", answers, true);
  }
  return faults;
}

/** Checked once more, since agencies and plan may have changed meanwhile. @returns how many objectives came */
export async function importPlan(c: Context, draft: string): Promise<Objective[]> {
  const { work, person } = c;
  const read = await readWaiting<ReadObjective[]>(work, draft, person.id);
  if (!read) return refuse((t) => t.errors.importGone);
  const [fault] = await faultsHere(work, read);
  if (fault) refuse((t) => t.plan.fault(fault));
  const agencies = new Map((await agenciesOf(work.tx)).map((agency) => [agency.handle, agency]));
  const ids = await insertPlan(
    work,
    person.id,
    read.map((one) => meant(one, agencies)),
  );
  await dropRead(work, draft);
  const objectives = await objectivesOf(work, { ids });
  await scheduleNew(work, objectives);
  await recordAct(c, {
    action: "plan.imported",
    item: { kind: OBJECTIVE, id: draft },
    detail: {
      objectives: objectives.length,
      indicators: objectives.reduce((sum, { indicators }) => sum + indicators.length, 0),
      agency: person.agency.handle,
    },
  });
  await imported(work, objectives, person.id);
  return objectives;
}

/** What a table says, with its agencies looked up. */
function meant(read: ReadObjective, agencies: ReadonlyMap<string, Agency>) {
  const agency = (handle: string): Agency =>
    agencies.get(handle) ?? refuse((t) => t.plan.fault({ line: read.line, code: "agency_unknown" }));
  return {
    adding: {
      title: read.title,
      pillar: read.pillar,
      requirement: read.requirement,
      measure: read.measure,
      legalReview: read.legalReview,
      lead: agency(read.lead),
      supporting: read.supporting.map(agency),
      startsOn: read.start,
      dueOn: read.due,
      state: read.state,
      label: read.label,
    },
    indicators: read.indicators.map(({ answers, ...measuring }) => ({ ...measuring, agency: agency(answers) })),
  };
}
