import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { whomToTalkTo } from "./contact.js";

/**
 * That there is a hit, on which of one's own entries, and whom to talk to: nothing else (docs/shares.md,
 * Deconfliction).
 */
export const matchHit = defineNotification({
  id: "match.hit",
  schema: z.object({ hit: z.string(), entry: z.string() }),
  async render(work, { hit, entry: own }, reader) {
    const row = await work.tx
      .selectFrom("match_hits")
      .select(["entry_id", "other_id"])
      .where("id", "=", hit)
      .executeTakeFirst();
    const otherId = row && (row.entry_id === own ? row.other_id : row.entry_id);
    const entry = await work.tx.selectFrom("match_entries").selectAll().where("id", "=", own).executeTakeFirst();
    const other = otherId
      ? await work.tx.selectFrom("match_entries").selectAll().where("id", "=", otherId).executeTakeFirst()
      : undefined;
    // Removed meanwhile: there is nobody to talk to about it any more.
    if (!entry || !other || entry.removed_at || other.removed_at || other.silent) return undefined;
    if (reader.viewer.agencyId !== entry.agency_id) return undefined;
    const { t, lang } = reader;
    const with_ = await whomToTalkTo(work, other.agency_id, other.person_id);
    const text = t.matches.hit({ number: entry.number, kind: t.matches.kinds[entry.kind], ...with_ });
    return { text, lang, blocks: [{ type: "text", text }] };
  },
});
