import { z } from "zod";
import { defineNotification, stepsAsked } from "../delivery/notification.js";
import { drawnCard } from "../items/card.js";
import { loadPerson } from "../people/store.js";
import { sightOfTask, within } from "../policy/index.js";
import { readWords } from "../store/words.js";
import type { Moment } from "./model.js";
import { titled } from "./shown.js";
import { nextSteps } from "./steps.js";
import { TASKS } from "./store.js";
import { cardOf, showWhen } from "./views.js";

const one = z.object({ task: z.string() });

/** The live card in a direct message: state, dates and the reader's next step. */
export const taskCard = defineNotification({
  id: "task.card",
  schema: one,
  item: ({ task }) => ({ kind: "task", id: task }),
  render: (work, { task }, reader) => drawnCard(work, TASKS, task, reader, async (one) => cardOf(work, one, reader)),
});

/** The live card in an agency's channel: what an ordinary colleague may see. */
export const taskPosted = defineNotification({
  id: "task.posted",
  schema: one,
  beside: true,
  item: ({ task }) => ({ kind: "task", id: task }),
  render: (work, { task }, reader) =>
    drawnCard(work, TASKS, task, reader, async (one) => ({
      ...(await cardOf(work, one, reader)),
      // Where the platform can, each reader of the channel sees their own next step.
      refresh: { id: "mine", value: `${work.body.slug}/${one.ref}` },
    })),
});

export const NEWS = [
  "agreed",
  "declined",
  "due",
  "dateProposed",
  "dateGranted",
  "dateRefused",
  "done",
  "problem",
  "resolved",
  "closed",
  "closedBySilence",
  "notYet",
  "cancelled",
  "edited",
  "supported",
  "supportDeclined",
  "undone",
  "nudge",
  "leaver",
  "away",
  "nobody",
  "snoozedPastDue",
] as const;
export type TaskNotificationKind = (typeof NEWS)[number];

const moment = z.object({ at: z.coerce.date(), zone: z.string() });

/** What the news asks for, by the buttons of the card that answer it. */
const ASKS: Partial<Record<TaskNotificationKind, readonly string[]>> = {
  dateProposed: ["agree", "keep"],
  done: ["close", "notyet"],
  notYet: ["done", "date"],
  nudge: ["give", "accept", "decline", "done", "date", "problem"],
  problem: ["say"],
  leaver: ["cancel"],
  away: ["cancel"],
  nobody: ["cancel"],
  snoozedPastDue: ["nudge", "say"],
};

/** One line: who did what, and the buttons of what it asks. The card beside it says the rest. */
export const taskNotification = defineNotification({
  id: "task.news",
  schema: z.object({
    task: z.string(),
    kind: z.enum(NEWS),
    by: z.string().optional(),
    /** Of another date: which, and instead of which. */
    asked: moment.optional(),
    agreed: moment.optional(),
  }),
  async render(work, { task: id, kind, by, asked, agreed }, reader) {
    const { t, lang, ceiling } = reader;
    const task = await TASKS.byId(work, id);
    if (!task || sightOfTask(reader.viewer, task.subject) !== "full") return undefined;
    const person = by ? await loadPerson(work.tx, by) : undefined;
    const who = person ? t.tasks.by({ name: person.name, agency: person.agency.name }) : t.tasks.clock;
    const show = (one: Moment | undefined) => one && showWhen(work, one, reader);
    const text = t.tasks.news[kind]({ what: titled(task, reader), who, when: show(asked), instead: show(agreed) });
    const asks = ASKS[kind] ?? [];
    const steps = asks.length ? await nextSteps(work, task, reader) : [];
    const words = {
      declined: task.reason,
      notYet: task.reason,
      cancelled: task.reason,
      problem: task.blocked,
      done: task.evidence,
    }[kind as string];
    return {
      text,
      lang,
      blocks: [
        { type: "text", text },
        ...(words && !reader.wordless && within(task.label, ceiling) ? [{ type: "quote" as const, text: words }] : []),
        {
          type: "actions",
          actions: [
            ...stepsAsked(steps, asks),
            { type: "button", id: "show", label: t.tasks.buttons.open, value: `${work.body.slug}/${task.ref}` },
          ],
        },
      ],
      // What is answered loses its buttons.
      ...(asks.length ? { about: [task.id] } : {}),
    };
  },
});

/** A comment, in the thread of the reader's card. Above the ceiling it is not relayed: the card's button opens it. */
export const taskComment = defineNotification({
  id: "task.comment",
  schema: z.object({ task: z.string(), comment: z.string() }),
  async render(work, { task: id, comment: commentId }, reader) {
    const { t, lang, ceiling } = reader;
    const task = await TASKS.byId(work, id);
    if (!task || sightOfTask(reader.viewer, task.subject) !== "full") return undefined;
    const row = await work.tx.selectFrom("task_comments").selectAll().where("id", "=", commentId).executeTakeFirst();
    const author = row && (await loadPerson(work.tx, row.author_id));
    if (!row || !author) return undefined;
    const who = t.tasks.by({ name: author.name, agency: author.agency.name });
    const value = `${work.body.slug}/${task.ref}`;
    if (reader.wordless || !within(task.label, ceiling)) {
      const text = t.tasks.commentHidden({ ref: task.ref, who });
      return {
        text,
        lang,
        blocks: [
          { type: "text", text },
          {
            type: "actions",
            actions: [{ type: "button", id: "read", label: t.tasks.buttons.read, value, opens: true }],
          },
        ],
      };
    }
    const words = await readWords(work, row.words);
    return {
      text: t.tasks.comment({ ref: task.ref, who }),
      lang,
      blocks: [
        { type: "quote", text: words, by: who },
        { type: "actions", actions: [{ type: "button", id: "say", label: t.tasks.buttons.reply, value, opens: true }] },
      ],
    };
  },
});
