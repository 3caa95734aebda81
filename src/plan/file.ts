import { record } from "../audit/record.js";
import { type PlanDocument, planDocument } from "../documents/plan.js";
import { DOCX } from "../documents/word.js";
import { drawn } from "../files/pictures.js";
import type { Opener } from "../files/serve.js";
import { messagesFor } from "../i18n/index.js";
import { groupBy } from "../lib/group.js";
import { may } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { formatWhen } from "../time/index.js";
import { isOverdue, statusOf } from "./as-of.js";
import { planChart } from "./chart.js";
import { showDay } from "./days.js";
import { type Indicator, OBJECTIVE, type Objective, type Obstacle, PILLARS } from "./model.js";
import { objectivesOf, obstaclesOf } from "./store.js";
import { measureOf, pillarFacts, whoDoesWhat } from "./views.js";

/** The plan as a Word file for one person, by the rights of the moment. What it is linked to is not in it. */
export const openPlan: Opener = async (work, person) => {
  if (!may(person, "plan.see")) return undefined;
  await record(work, { action: "plan.downloaded", actorId: person.id, item: { kind: OBJECTIVE, id: work.body.id } });
  return { name: `${work.body.slug}-plan.docx`, type: DOCX, bytes: await planFile(work, person.lang) };
};

export const planFile = async (work: UnitOfWork, lang: string): Promise<Uint8Array> =>
  planDocument(await planModel(work, lang));

/** Everything that the plan says, in one language and in the zone of the body. */
async function planModel(work: UnitOfWork, lang: string): Promise<PlanDocument> {
  const { body, now } = work;
  const t = messagesFor(lang);
  const { document } = t.plan;
  const objectives = await objectivesOf(work);
  const obstacles = groupBy(
    (
      await obstaclesOf(
        work,
        objectives.map(({ id }) => id),
      )
    ).filter(({ obstacle }) => !obstacle.resolvedAt),
    ({ objectiveId }) => objectiveId,
  );
  const who = new Map(whoDoesWhat(objectives).map(({ pillar, agencies }) => [pillar, agencies]));
  const when = formatWhen(now, body.zone, lang, { showZone: true });
  return {
    lang,
    body: body.name,
    title: document.title,
    ref: "",
    label: objectives.some(({ label }) => label === "GREEN") ? "TLP:GREEN" : "TLP:CLEAR",
    status: document.status({ when }),
    facts: (await pillarFacts(work, { t })).map(({ label, value }) => ({ label, value })),
    words: { ...document.words, page: document.words.page({ page: "{page}", pages: "{pages}" }) },
    charts: objectives.length ? [await drawn(await planChart(work, now, lang))] : [],
    pillars: PILLARS.map((pillar) => ({
      name: t.plan.pillars[pillar],
      objectives: objectives
        .filter((objective) => objective.pillar === pillar)
        .map((objective) => onPaper(work, objective, obstacles.get(objective.id) ?? [], lang)),
      who: (who.get(pillar) ?? []).map(({ agency, leads, supports, answers }) => ({
        agency,
        leads: leads.join(", "),
        supports: supports.join(", "),
        answers: answers.join(", "),
      })),
    })),
    rule: t.plan.rule,
    madeAt: document.madeAt({ when }),
    footer: document.footer({ body: body.name }),
    created: now,
  };
}

function onPaper(work: UnitOfWork, objective: Objective, obstacles: readonly { obstacle: Obstacle }[], lang: string) {
  const t = messagesFor(lang);
  const { facts } = t.plan;
  const day = (on: string) => showDay(work.body, on, lang);
  const measured = (indicator: Indicator) => {
    const way = t.plan.ways[statusOf(objective, indicator, work.now, work.body.zone)];
    const late = isOverdue(objective, indicator, work.now, work.body.zone);
    return {
      ref: indicator.ref,
      name: indicator.name,
      figure: measureOf(work, indicator, { t, lang }),
      way: late ? `${way}, ${t.plan.overdue}` : way,
      agency: indicator.agency.name,
      note: `${t.plan.frequencies[indicator.frequency]} · ${t.plan.source({ source: indicator.source })}`,
    };
  };
  return {
    ref: objective.ref,
    title: objective.title,
    facts: [
      { label: facts.state, value: t.plan.states[objective.state] },
      { label: facts.lead, value: objective.lead.name },
      ...(objective.supporting.length
        ? [{ label: facts.supporting, value: objective.supporting.map(({ name }) => name).join(", ") }]
        : []),
      {
        label: facts.time,
        value: t.plan.span({ from: day(objective.startsOn), until: day(objective.dueOn) }),
      },
      ...(objective.requirement ? [{ label: facts.requirement, value: objective.requirement }] : []),
      ...(objective.legalReview ? [{ label: facts.measure, value: t.plan.legalReview }] : []),
    ],
    measure: objective.measure,
    indicators: objective.indicators.map(measured),
    obstacles: obstacles.map(({ obstacle }) => ({
      by: `${obstacle.agency.name}, ${formatWhen(obstacle.at, work.body.zone, lang, { showZone: true })}`,
      text: obstacle.words,
    })),
  };
}
