import { z } from "zod";
import { loadPerson } from "../people/store.js";
import { defineNotification } from "./notification.js";

/** Tells the sender that somebody could not be reached, and whether anybody was told instead. */
export const undelivered = defineNotification({
  id: "delivery.undelivered",
  schema: z.object({ outbox: z.string(), passedOn: z.boolean().optional() }),
  async render(work, { outbox, passedOn = false }, { t, lang }) {
    const row = await work.tx
      .selectFrom("outbox")
      .select(["person_id", "reason"])
      .where("id", "=", outbox)
      .executeTakeFirst();
    const person = row?.person_id ? await loadPerson(work.tx, row.person_id) : undefined;
    if (!row || !person) return undefined;
    const text = t.delivery.undelivered({
      person: person.name,
      agency: person.agency.name,
      why: t.delivery.why({ reason: row.reason ?? "" }),
      passedOn,
    });
    return { text, lang, blocks: [{ type: "text", text }] };
  },
});
