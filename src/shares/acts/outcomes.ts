import { randomUUID } from "node:crypto";
import { addDays } from "date-fns";
import { recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { refuse } from "../../lib/refusal.js";
import { type Label, strictest } from "../../policy/index.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { scheduleOutcome } from "../escalation.js";
import { itemOf, type OutcomeKind, type Recipient, type Share } from "../model.js";
import * as notifying from "../notify.js";
import { outcomesOf } from "../outcomes.js";
import { placesOf } from "./opening.js";
import { bump, check, counted, happened, since } from "./sharing.js";

/** What came of it (para 17): recipients report, the provider is told at once. */

export type Report = {
  kind: OutcomeKind;
  final: boolean;
  direct?: boolean;
  on?: string;
  count?: number;
  narrative?: string;
  label?: Label;
  /** Of "not yet known": when to ask again. */
  nextAt?: Date;
  /** Nothing but what it was: an old button that is pressed again tells nothing new. */
  tapped?: boolean;
};

/** Asked again after so many days where no date was told. */
const AGAIN_DAYS = 14;

export async function report(c: Context, share: Share, told: Report): Promise<Share> {
  const { work } = c;
  check(c, "receive", share);
  if (share.state === "draft" || share.state === "review") check(c, "open", share);
  const places = placesOf(c, share).filter(({ state }) => state !== "declined");
  if (places.length === 0) refuse((t) => t.errors.shareDeclined({ ref: share.ref }));
  // What was opened by name goes before what an agency holds unread.
  const place = places.find(({ state }) => state !== "delivered");
  if (!place) return refuse((t) => t.errors.outcomeUnopened({ ref: share.ref }));
  if (told.tapped) await refuseAgain(work, share, place, told.kind);
  const early = told.kind === "not_yet";
  const final = told.final && !early;
  // An outcome tells of the share, and is at least as strict (docs/shares.md).
  const label = strictest(share.label, ...(told.label ? [told.label] : []));
  await work.tx
    .insertInto("outcomes")
    .values({
      id: randomUUID(),
      share_id: share.id,
      recipient_id: place.id,
      kind: told.kind,
      final,
      direct: told.direct ?? null,
      happened_on: told.on ?? null,
      count: told.count ?? null,
      narrative: told.narrative ? (await work.cipher()).seal(told.narrative) : null,
      label,
      by: c.person.id,
      agency_id: c.person.agencyId,
      at: work.now,
      thanked_at: null,
    })
    .execute();
  await work.tx
    .updateTable("share_recipients")
    .set(
      final
        ? { outcome: "final", state: "closed" }
        : { outcome: "interim", outcome_due: told.nextAt ?? addDays(work.now, AGAIN_DAYS) },
    )
    .where("id", "=", place.id)
    .execute();
  const changed = await bump(work, share, {});
  const recipient = changed.recipients.find(({ id }) => id === place.id);
  if (recipient) await scheduleOutcome(work, changed, recipient);
  await happened(c, changed, final ? "share.outcome_final" : "share.outcome", told.narrative);
  await recordAct(c, {
    action: "share.outcome_told",
    item: itemOf(share),
    code: told.kind,
    detail: {
      ...counted(share),
      agency: place.agency.handle,
      final,
      // What is told after the final one is more of the same: it ends nothing a second time.
      closes: final && place.state !== "closed",
      direct: told.direct,
      count: told.count,
      ...since(work, place),
    },
  });
  await notifying.outcomeReported(work, changed, c.person);
  return changed;
}

/** @throws Refusal where this place has said so already, or has had its last word */
async function refuseAgain(work: UnitOfWork, share: Share, place: Recipient, kind: OutcomeKind): Promise<void> {
  const last = await work.tx
    .selectFrom("outcomes")
    .select(["kind", "final"])
    .where("recipient_id", "=", place.id)
    .orderBy("at", "desc")
    .executeTakeFirst();
  if (last && (place.outcome === "final" || last.kind === kind))
    refuse((t) => t.errors.outcomeTold({ ref: share.ref, kind: t.information.outcomes[last.kind as OutcomeKind] }));
}

/** A word of thanks from the providing side, once for what has come so far. */
export async function thank(c: Context, share: Share): Promise<Share> {
  const { work } = c;
  if (c.person.agencyId !== share.providerAgency.id) check(c, "control", share);
  const waiting = (await outcomesOf(work, share)).filter(({ thanked, kind }) => !thanked && kind !== "not_yet");
  if (waiting.length === 0) refuse((t) => t.errors.nothingToThank({ ref: share.ref }));
  await work.tx
    .updateTable("outcomes")
    .set({ thanked_at: work.now })
    .where("share_id", "=", share.id)
    .where("thanked_at", "is", null)
    .execute();
  const changed = await bump(work, share, {});
  await happened(c, changed, "share.thanked");
  await notifying.thanked(work, changed, [...new Set(waiting.map(({ agencyId }) => agencyId))], c.person);
  return changed;
}
