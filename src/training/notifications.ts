import { z } from "zod";
import type { Action } from "../chat/index.js";
import { defineNotification, type Reader, stepsAsked } from "../delivery/notification.js";
import { drawnCard } from "../items/card.js";
import { loadPerson } from "../people/store.js";
import { mayTraining } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { TRAINING, type Training } from "./model.js";
import { TRAININGS } from "./store.js";
import { cardOf, titled } from "./views.js";

/** The live card in a direct message; of a session it says when the meeting is, and is refreshed when that changes. */
export const trainingCard = defineNotification({
  id: "training.card",
  schema: z.object({ training: z.string(), meeting: z.string().optional() }),
  item: ({ training }) => ({ kind: TRAINING, id: training }),
  follows: ({ meeting }) => meeting,
  render: (work, { training }, reader) =>
    drawnCard(work, TRAININGS, training, reader, (item) => cardOf(work, item, reader)),
});

export const TRAINING_NEWS = ["fits", "matched", "unmatched", "enrolled", "placed"] as const;
export type TrainingNotificationKind = (typeof TRAINING_NEWS)[number];

/** What the news asks for, by the buttons of the card that answer it. */
const ASKS: Partial<Record<TrainingNotificationKind, readonly string[]>> = {
  fits: ["training-take"],
  matched: ["training-session"],
  enrolled: ["training-leave"],
  placed: ["training-leave"],
};

/** One line: what happened, and the buttons of what it asks. The card beside it says the rest. */
export const trainingNotification = defineNotification({
  id: "training.news",
  schema: z.object({
    training: z.string(),
    kind: z.enum(TRAINING_NEWS),
    by: z.string().optional(),
    other: z.string().optional(),
  }),
  async render(work, { training, kind, by, other: otherId }, reader) {
    const { t, lang } = reader;
    const item = await TRAININGS.byId(work, training);
    if (!item || mayTraining(reader.viewer, "see", item.subject)) return undefined;
    const other = otherId ? await TRAININGS.byId(work, otherId) : undefined;
    // Taken up by somebody else, or taken back, while nobody could be told: there is nothing left to look at.
    if (kind === "fits" && !reader.refresh && (item.state !== "open" || other?.state !== "open")) return undefined;
    const person = by ? await loadPerson(work.tx, by) : undefined;
    const text = t.training.news[kind]({
      what: titled(item, reader),
      who: person ? t.tasks.by({ name: person.name, agency: person.agency.name }) : t.tasks.clock,
      other: other?.ref ?? "",
      agency: other?.agency.name ?? "",
    });
    const value = `${work.body.slug}/${item.ref}`;
    return {
      text,
      lang,
      blocks: [
        { type: "text", text },
        {
          type: "actions",
          actions: [
            ...(await askedSteps(work, item, other, kind, reader)),
            { type: "button", id: "training-show", label: t.training.buttons.open, value },
          ],
        },
      ],
      // What is answered loses its buttons.
      ...(ASKS[kind] ? { about: [item.id] } : {}),
    };
  },
});

async function askedSteps(
  work: UnitOfWork,
  item: Training,
  other: Training | undefined,
  kind: TrainingNotificationKind,
  reader: Reader,
): Promise<Action[]> {
  const { t, viewer, person } = reader;
  if (kind === "fits")
    return person &&
      other &&
      item.state === "open" &&
      other.state === "open" &&
      mayTraining(viewer, "take", item.subject) === undefined
      ? [
          {
            type: "button",
            id: "training-take",
            label: t.training.buttons.take,
            value: `${work.body.slug}/${item.ref} ${other.ref}`,
            style: "primary",
          },
        ]
      : [];
  const { blocks } = await cardOf(work, item, reader);
  const steps = blocks.flatMap((block) => (block.type === "actions" ? block.actions : []));
  return stepsAsked(steps, ASKS[kind] ?? []);
}
