import { z } from "zod";
import { defineNotice } from "../delivery/notice.js";
import { tell } from "../delivery/outbox.js";
import type { Messages } from "../i18n/index.js";
import { focalPoints, loadAgency } from "../people/store.js";
import type { Work } from "../work.js";
import { ceilingOf, heldBackBy, type Place, placeById } from "./store.js";

/** To the focal points of an agency: what its conversation may show from now on, why, and what can be done about it. */
export const placeCeiling = defineNotice({
  id: "place.ceiling",
  schema: z.object({ place: z.string(), change: z.number() }),
  async render(work, { place: id }, { t, lang }) {
    const place = await placeById(work.tx, id);
    if (!place?.agency_id) return undefined;
    const agency = await loadAgency(work.tx, place.agency_id);
    const text = ceilingWords(work, place, agency.name, t);
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
              value: `${work.body.slug}/${place.id}`,
            },
          ],
        },
      ],
    };
  },
});

/** One sentence: up to which label, and why no further. */
export function ceilingWords(work: Work, place: Place, agency: string, t: Messages): string {
  const platform = t.people.platform(place.platform);
  const ceiling = ceilingOf(place, work.now);
  const held = heldBackBy(place, work.now);
  const shows = t.places.shows({ agency, platform, ceiling });
  if (held) return `${shows} ${t.places.because({ reason: held.because, platform, scope: held.scope })}`;
  return place.lowered ? `${shows} ${t.places.lowered}` : shows;
}

/** Once for each change of what may be shown, and once after a conversation was bound. */
export async function tellCeiling(work: Work, place: Place): Promise<void> {
  const ceiling = ceilingOf(place, work.now);
  if (!place.agency_id || place.told === ceiling) return;
  await work.tx.updateTable("places").set({ told: ceiling }).where("id", "=", place.id).execute();
  for (const person of await focalPoints(work.tx, place.agency_id))
    await tell(work, {
      notice: placeCeiling,
      params: { place: place.id, change: place.changes },
      to: { personId: person.id },
    });
}
