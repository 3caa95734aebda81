import { randomUUID } from "node:crypto";
import { recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { refuse } from "../../lib/refusal.js";
import { recipientsFor } from "../../policy/index.js";
import type { HandlingCode } from "../../store/share-tables.js";
import { scheduleOutcome } from "../escalation.js";
import { itemOf, type Purpose, type Recipient, type Share } from "../model.js";
import * as notifying from "../notify.js";
import { purposeOf } from "../openings.js";
import { bump, check, counted, happened, since } from "./sharing.js";

/** Reading: conditions first, the right checked at that moment, every opening written down for the provider. */

/** @returns the places among the recipients that this person holds and that are open to them */
export function placesOf(c: Context, share: Share): Recipient[] {
  const held = recipientsFor(c.viewer, share.subject);
  return share.recipients.filter((recipient) =>
    held.some(
      ({ agencyId, personId }) => agencyId === recipient.agency.id && personId === (recipient.person?.id ?? null),
    ),
  );
}

/**
 * Opens it for this person at this moment.
 * @param purpose accepted together with the conditions; absent: as accepted before
 * @throws Refusal when the right is not there, was not accepted, or H0 does not allow the purpose
 */
export async function open(c: Context, share: Share, purpose?: Purpose): Promise<void> {
  const { work } = c;
  check(c, "open", share);
  const ours = share.providerAgency.id === c.person.agencyId;
  const before = await purposeOf(work, share, c.person.id);
  const why = purpose ?? before;
  if (!ours) {
    if (!why) refuse((t) => t.errors.acceptFirst({ ref: share.ref }));
    // H0: only to prevent and combat crime, which includes protecting smuggled migrants.
    if (share.codes.includes("H0") && why === "assessment" && !(await isGranted(c, share, "H0")))
      refuse((t) => t.errors.purposeH0({ ref: share.ref }));
  }
  const places = placesOf(c, share);
  await work.tx
    .insertInto("share_openings")
    .values({
      share_id: share.id,
      person_id: c.person.id,
      agency_id: c.person.agencyId,
      conditions: share.conditions,
      purpose: why ?? "assessment",
      accepted: purpose !== undefined,
      attachment_id: null,
      at: work.now,
    })
    .execute();
  await recordAct(c, {
    action: "share.opened",
    item: itemOf(share),
    code: why,
    detail: { conditions: share.conditions, agency: c.person.agency.handle },
  });
  const fresh = places.filter(({ state }) => state === "delivered");
  if (fresh.length) {
    await work.tx
      .updateTable("share_recipients")
      .set({ state: "in_use" })
      .where(
        "id",
        "in",
        fresh.map(({ id }) => id),
      )
      .execute();
    const changed = await bump(work, share, {});
    await happened(c, changed, "share.in_use");
    for (const recipient of fresh)
      await recordAct(c, {
        action: "share.acknowledged",
        item: itemOf(share),
        detail: { ...counted(share), agency: recipient.agency.handle, ...since(work, recipient) },
      });
  }
}

/** Whether the provider allows this agency, at this moment, what the code does not allow by itself. */
async function isGranted({ work, person }: Context, share: Share, code: HandlingCode): Promise<boolean> {
  const row = await work.tx
    .selectFrom("use_requests")
    .select("id")
    .where("share_id", "=", share.id)
    .where("agency_id", "=", person.agencyId)
    .where("code", "=", code)
    .where("state", "=", "granted")
    .where("expires_at", ">", work.now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns the places that can be declined still. @throws Refusal when there is none, or it is over */
export function mayDecline(c: Context, share: Share): Recipient[] {
  check(c, "receive", share);
  if (share.state !== "released") check(c, "open", share);
  const places = placesOf(c, share).filter(({ state }) => state !== "declined");
  if (places.length === 0) refuse((t) => t.errors.shareDeclined({ ref: share.ref }));
  return places;
}

/** Not for us: with a reason, which the provider reads. */
export async function decline(c: Context, share: Share, reason: string): Promise<Share> {
  const { work } = c;
  const places = mayDecline(c, share);
  const sealed = (await work.cipher()).seal(reason);
  await work.tx
    .updateTable("share_recipients")
    .set({ state: "declined", reason: sealed })
    .where(
      "id",
      "in",
      places.map(({ id }) => id),
    )
    .execute();
  const changed = await bump(work, share, {});
  for (const { id } of places) {
    const recipient = changed.recipients.find((one) => one.id === id);
    if (recipient) await scheduleOutcome(work, changed, recipient);
  }
  await happened(c, changed, "share.declined", reason);
  await notifying.toProvider(work, changed, "declined", c.person);
  return changed;
}

/**
 * A breach of the conditions (para 16): by whoever learns of it. The agency's access ends at once, and the provider is told.
 */
export async function breach(c: Context, share: Share, agencyId: string, words: string): Promise<Share> {
  const { work } = c;
  const ours = share.providerAgency.id === c.person.agencyId;
  // The provider about anybody; a recipient about itself.
  if (ours) check(c, "control", share);
  else {
    check(c, "receive", share);
    if (agencyId !== c.person.agencyId) refuse((t) => t.errors.breachOwn);
  }
  const hit = share.recipients.filter(({ agency }) => agency.id === agencyId);
  const [first] = hit;
  if (!first) return refuse((t) => t.errors.notRecipient({ ref: share.ref }));
  await work.tx
    .updateTable("share_recipients")
    .set({ suspended: true })
    .where("share_id", "=", share.id)
    .where("agency_id", "=", agencyId)
    .execute();
  await work.tx
    .insertInto("breaches")
    .values({
      id: randomUUID(),
      share_id: share.id,
      recipient_id: first.id,
      words: (await work.cipher()).seal(words),
      by: c.person.id,
      at: work.now,
    })
    .execute();
  const changed = await bump(work, share, {});
  await happened(c, changed, "share.breached", words);
  await notifying.toProvider(work, changed, "breached", c.person);
  await notifying.suspended(work, changed, agencyId);
  return changed;
}

/** After a breach the provider may give access back. */
export async function reinstate(c: Context, share: Share, agencyId: string): Promise<Share> {
  const { work } = c;
  check(c, "control", share);
  await work.tx
    .updateTable("share_recipients")
    .set({ suspended: false })
    .where("share_id", "=", share.id)
    .where("agency_id", "=", agencyId)
    .execute();
  const changed = await bump(work, share, {});
  await happened(c, changed, "share.reinstated");
  return changed;
}
