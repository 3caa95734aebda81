import { z } from "zod";
import type { Button } from "../chat/index.js";
import { defineNotification, type Reader } from "../delivery/notification.js";
import { settled } from "../escalation/settled.js";
import { drawnCard } from "../items/card.js";
import { may, mayTend, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showDay } from "./days.js";
import { askedNow } from "./escalation.js";
import { type Objective, subjectOf } from "./model.js";
import { previewOf } from "./preview.js";
import { OBJECTIVES, obstaclesOf } from "./store.js";
import { cardOf, figureSteps, previewMessage, titled } from "./views.js";

/** The live card of an objective. What it is linked to is not on it: that is drawn for who asks, at that moment. */
export const planCard = defineNotification({
  id: "plan.card",
  schema: z.object({ objective: z.string() }),
  item: ({ objective }) => ({ kind: "objective", id: objective }),
  render: (work, { objective }, reader) =>
    drawnCard(work, OBJECTIVES, objective, reader, (one) => cardOf(work, one, reader)),
});

const PLAN_NEWS = ["asked", "obstacle", "resolved", "imported"] as const;

/** One line, and the button of what it asks: a figure to answer for, something in the way of an objective, or a whole plan that was taken in. */
export const planNotification = defineNotification({
  id: "plan.news",
  schema: z.object({ kind: z.enum(PLAN_NEWS), objective: z.string().optional(), of: z.string().optional() }),
  async render(work, { kind, objective: id, of }, reader) {
    const { t, lang } = reader;
    if (!may(reader.viewer, "plan.see")) return undefined;
    if (kind === "imported") {
      const text = t.plan.news.imported;
      const button = { type: "button" as const, id: "plan", label: t.plan.buttons.plan, value: `${work.body.slug}/` };
      return {
        text,
        lang,
        blocks: [
          { type: "text", text },
          { type: "actions", actions: [button] },
        ],
      };
    }
    const objective = id === undefined ? undefined : await OBJECTIVES.byId(work, id);
    const said = objective && of && (await wordsOf(work, kind, objective, of, reader));
    if (objective && !said && reader.refresh) return settled(reader, [titled(objective, reader)]);
    if (!objective || !said) return undefined;
    const shows = !reader.wordless && within(objective.label, reader.ceiling);
    const value = `${work.body.slug}/${objective.ref}`;
    return {
      text: said.text,
      lang,
      blocks: [
        { type: "text", text: said.text },
        ...(said.quote && shows ? [{ type: "quote" as const, text: said.quote }] : []),
        {
          type: "actions",
          actions: [
            ...(said.asks ? [said.asks] : []),
            { type: "button", id: "plan-show", label: t.plan.buttons.show, value },
          ],
        },
      ],
      // What is answered loses its buttons.
      ...(kind === "resolved" ? {} : { about: [objective.id] }),
    };
  },
});

async function wordsOf(
  work: UnitOfWork,
  kind: "asked" | "obstacle" | "resolved",
  objective: Objective,
  of: string,
  reader: Reader,
): Promise<{ text: string; quote?: string; asks?: Button } | undefined> {
  const { t, lang } = reader;
  const what = titled(objective, reader);
  if (kind === "asked") {
    const indicator = objective.indicators.find((one) => one.id === of);
    const asked = indicator && askedNow(work, objective, indicator);
    if (!indicator || !asked || indicator.agency.id !== reader.viewer.agencyId) return undefined;
    const when = showDay(work.body, asked, lang, work.now);
    const [asks] = figureSteps(work, indicator, reader);
    return { text: t.plan.news.asked({ ref: indicator.ref, what, when }), quote: indicator.name, asks };
  }
  const found = (await obstaclesOf(work, [objective.id])).find(({ obstacle }) => obstacle.id === of)?.obstacle;
  if (!found) return undefined;
  const value = `${work.body.slug}/${objective.ref} ${found.n}`;
  const tends =
    kind === "obstacle" && !found.resolvedAt && reader.person && mayTend(reader.viewer, subjectOf(objective));
  return {
    text: t.plan.news[kind]({ what, agency: found.agency.name }),
    quote: found.words,
    ...(tends ? { asks: { type: "button", id: "plan-resolve", label: t.plan.buttons.resolve, value } } : {}),
  };
}

/** What an import would bring, before anything of it is in the plan. */
export const planPreview = defineNotification({
  id: "plan.preview",
  schema: z.object({ draft: z.string() }),
  async render(work, { draft }, reader) {
    if (!may(reader.viewer, "plan.write")) return undefined;
    const preview = await previewOf(work, draft, reader.viewer.id);
    return preview && previewMessage(work, draft, preview, reader);
  },
});
