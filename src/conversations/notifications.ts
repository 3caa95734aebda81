import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { notify } from "../delivery/outbox.js";
import type { Messages } from "../i18n/index.js";
import { platformName } from "../people/platform-name.js";
import { loadAgency, speakersOf } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Conversation, ceilingOf, conversationById, heldBackBy, isLost } from "./store.js";

/** To the focal points of an agency: what its conversation may show from now on, why, and what can be done about it. */
export const placeCeiling = defineNotification({
  id: "place.ceiling",
  schema: z.object({ place: z.string(), change: z.number() }),
  async render(work, { place: id }, { t, lang }) {
    const conversation = await conversationById(work.tx, id);
    if (!conversation?.agency_id) return undefined;
    const agency = await loadAgency(work.tx, conversation.agency_id);
    const text = ceilingWords(work, conversation, agency.name, t);
    return {
      text,
      lang,
      blocks: [
        { type: "text", text },
        {
          type: "actions",
          actions: [
            {
              type: "button",
              id: "channel",
              label: t.places.buttons.open,
              value: `${work.body.slug}/${conversation.id}`,
            },
          ],
        },
      ],
    };
  },
});

/** One sentence: up to which label, and why no further. */
export function ceilingWords(work: UnitOfWork, conversation: Conversation, agency: string, t: Messages): string {
  const platform = platformName(t, conversation.platform);
  const ceiling = ceilingOf(conversation, work.now);
  const held = heldBackBy(conversation, work.now);
  if (held && isLost(conversation)) return t.places.lost({ agency, platform, archived: held.because === "archived" });
  const shows = t.places.shows({ agency, platform, ceiling });
  if (held) return `${shows} ${t.places.because({ reason: held.because, platform, scope: held.scope })}`;
  return conversation.lowered ? `${shows} ${t.places.lowered}` : shows;
}

/** Once for each change of what may be shown, once after a conversation was bound, and once when nothing reaches it. */
export async function notifyCeiling(work: UnitOfWork, conversation: Conversation): Promise<void> {
  const told = isLost(conversation) ? "LOST" : ceilingOf(conversation, work.now);
  if (!conversation.agency_id || conversation.told === told) return;
  await work.tx.updateTable("places").set({ told }).where("id", "=", conversation.id).execute();
  for (const person of await speakersOf(work.tx, conversation.agency_id))
    await notify(work, {
      notification: placeCeiling,
      params: { place: conversation.id, change: conversation.changes },
      to: { personId: person.id },
    });
}

/** Coord was taken out of a conversation: its agency hears of it where its notices come from now on. */
export const placeLeft = defineNotification({
  id: "place.left",
  schema: z.object({ agency: z.string(), platform: z.string() }),
  async render(work, { agency: id, platform }, { t, lang }) {
    const agency = await loadAgency(work.tx, id);
    const text = t.places.left({ agency: agency.name, handle: agency.handle, platform: platformName(t, platform) });
    return { text, lang, blocks: [{ type: "text", text }] };
  },
});

export async function notifyLeft(work: UnitOfWork, agencyId: string, platform: string): Promise<void> {
  for (const person of await speakersOf(work.tx, agencyId))
    await notify(work, {
      notification: placeLeft,
      params: { agency: agencyId, platform },
      to: { personId: person.id },
    });
}
