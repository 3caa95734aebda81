import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { drawnCard } from "../items/card.js";
import { REQUEST_ACTS, type RequestAct, requestRule, sightOfRequest, within } from "../policy/index.js";
import { showAt } from "../time/display.js";
import { KINDS } from "./kinds.js";
import { isRed, STOP_CODES } from "./model.js";
import { moveById, REQUESTS } from "./store.js";
import { cardOf, nextSteps, quoted, titled } from "./views.js";

export const requestCard = defineNotification({
  id: "request.card",
  schema: z.object({ request: z.string() }),
  item: ({ request }) => ({ kind: "request", id: request }),
  render: (work, { request }, reader) =>
    drawnCard(work, REQUESTS, request, reader, async (one) => cardOf(work, one, reader)),
});

const ACTS = Object.keys(REQUEST_ACTS) as [RequestAct, ...RequestAct[]];

/** One line: who did what, what was said with it as far as it may stand there, and the buttons of what it asks. */
export const requestNotification = defineNotification({
  id: "request.news",
  schema: z.object({ request: z.string(), act: z.enum(ACTS), move: z.string() }),
  async render(work, { request, act, move }, reader) {
    const { t, lang, viewer, ceiling } = reader;
    const one = await REQUESTS.byId(work, request);
    const done = await moveById(work, move);
    if (!one || !done) return undefined;
    const sight = sightOfRequest(viewer, one.subject);
    // One that was handed to another authority is told of to whom it was taken from: its reference alone.
    if (sight === "none" && act !== "redirect") return undefined;
    // What was approved, or given back, and has gone on since is told by what came of it.
    const passed = (act === "approve" || act === "rework") && one.state !== requestRule(act).to;
    if (passed && !reader.refresh) return undefined;
    const who = t.tasks.by({ name: done.person.name, agency: done.agency.name });
    const named = sight === "full" && !reader.wordless && !(isRed(one) && !within(one.label, ceiling));
    const text = t.requests.news[act]({
      what: sight === "none" ? one.ref : titled(one, reader),
      who: named ? who : done.agency.name,
    });
    const words =
      named && within(one.label, ceiling)
        ? quoted(done, t, (at) => showAt(work, reader, at, { rests: true }))
        : undefined;
    const open = { type: "button" as const, id: "request", label: t.requests.buttons.open };
    return {
      ...{ text, lang },
      blocks: [
        { type: "text", text: done.recorded ? `${text} ${t.requests.recorded}` : text },
        ...(words ? [{ type: "quote" as const, text: words }] : []),
        ...(sight === "none"
          ? []
          : [
              {
                type: "actions" as const,
                actions: [
                  ...nextSteps(work, one, reader).slice(0, MOST),
                  { ...open, value: `${work.body.slug}/${one.ref}` },
                ],
              },
            ]),
      ],
      about: [one.id],
    };
  },
});

/** Its order ran out, or nobody looked at the safety of the people in time: it is stopped everywhere. */
export const requestHalted = defineNotification({
  id: "request.halted",
  schema: z.object({ request: z.string(), why: z.enum(STOP_CODES) }),
  async render(work, { request, why }, reader) {
    const { t, lang, viewer } = reader;
    const one = await REQUESTS.byId(work, request);
    if (!one || sightOfRequest(viewer, one.subject) === "none") return undefined;
    // What was started again meanwhile is not said to stand still.
    if (!one.stopped) return undefined;
    const text = t.requests.halted({ what: titled(one, reader), why: t.requests.stops[why], ref: one.ref });
    return {
      ...{ text, lang },
      blocks: [
        { type: "text", text },
        { type: "actions", actions: nextSteps(work, one, reader).slice(0, MOST) },
      ],
      about: [one.id],
    };
  },
});

/** Nobody asked for more in the time that its kind gives: it is closed. */
export const requestSilence = defineNotification({
  id: "request.silence",
  schema: z.object({ request: z.string() }),
  async render(work, { request }, reader) {
    const one = await REQUESTS.byId(work, request);
    if (!one || sightOfRequest(reader.viewer, one.subject) === "none") return undefined;
    const text = reader.t.requests.closedBySilence({
      what: titled(one, reader),
      days: KINDS[one.kind].silenceDays ?? 0,
    });
    return { text, lang: reader.lang, blocks: [{ type: "text", text }] };
  },
});

/** So many next steps stand below a line of news. */
const MOST = 4;
