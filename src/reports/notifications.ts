import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { mayReadSummary, summaryById } from "./store.js";
import { summaryMessage } from "./views.js";

/** The live card of a summary: how far it is, then its figures. */
export const summaryCard = defineNotification({
  id: "summary.card",
  schema: z.object({ summary: z.string() }),
  item: ({ summary }) => ({ kind: "summary", id: summary }),
  async render(work, { summary: id }, reader) {
    const summary = await summaryById(work, id);
    if (!summary) return undefined;
    if (mayReadSummary(reader.viewer, summary)) return summaryMessage(work, summary, reader);
    if (!reader.refresh) return undefined;
    const text = reader.t.tasks.notForYou;
    return { text, lang: reader.lang, blocks: [{ type: "context", text }] };
  },
});
