import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { drawnCard } from "../items/card.js";
import { SUMMARIES } from "./store.js";
import { summaryMessage } from "./views.js";

/** The live card of a summary: how far it is, then its figures. */
export const summaryCard = defineNotification({
  id: "summary.card",
  schema: z.object({ summary: z.string() }),
  item: ({ summary }) => ({ kind: "summary", id: summary }),
  render: (work, { summary }, reader) =>
    drawnCard(work, SUMMARIES, summary, reader, (one) => summaryMessage(work, one, reader)),
});
