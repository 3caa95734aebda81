import { randomInt, randomUUID } from "node:crypto";
import { addDays, differenceInSeconds } from "date-fns";
import { sql } from "kysely";
import { type ActionName, record, recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import type { Reference } from "../../command/references.js";
import { refresh } from "../../delivery/outbox.js";
import { scheduleSteps } from "../../escalation/store.js";
import { refuse } from "../../lib/refusal.js";
import type { Agency, Person } from "../../people/model.js";
import { type Label, mayShare, type ShareAct, within } from "../../policy/index.js";
import type { HandlingCode, ShareKind } from "../../store/share-tables.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { CODENAMES } from "../codenames.js";
import { writeContent } from "../content.js";
import { scheduleOutcome, scheduleShare } from "../escalation.js";
import { itemOf, type Recipient, type Share } from "../model.js";
import * as notifying from "../notify.js";
import { freeNumber } from "../numbers.js";
import { SHARES } from "../store.js";
import { USES } from "../use-requests.js";

/**
 * Sharing under the provider's conditions (Protocol art. 10(2)). Each act checks who may, changes rows, writes what
 * happened, reschedules the reminders, refreshes every card and tells those who must hear, in the transaction it is given.
 */

export type Conditions = {
  kind: ShareKind;
  label: Label;
  codes: readonly HandlingCode[];
  /** H3 in the provider's words. */
  otherCode?: string;
  sourceGrade?: string;
  contentGrade?: string;
  attribution: boolean;
  validUntil?: { at: Date; zone: string };
  outcomeDays: number;
};

const MOST_RECIPIENTS = 100;

export async function draft(
  c: Context,
  conditions: Conditions,
  agencies: readonly Agency[],
  persons: readonly Person[],
): Promise<Share> {
  const { work, person } = c;
  if (c.onBehalf) refuse((t) => t.errors.shareNotFor);
  if (conditions.label === "RED" && agencies.length) refuse((t) => t.errors.redShareNamed);
  if (conditions.codes.includes("H3") !== (conditions.otherCode !== undefined)) refuse((t) => t.errors.otherCode);
  const id = randomUUID();
  const cipher = await work.cipher();
  await work.tx
    .insertInto("shares")
    .values({
      id,
      number: await freeNumber(work, "shares"),
      codename: CODENAMES[randomInt(CODENAMES.length)] ?? "heron",
      kind: conditions.kind,
      label: conditions.label,
      codes: [...conditions.codes],
      other_code: conditions.otherCode === undefined ? null : cipher.seal(conditions.otherCode),
      source_grade: conditions.sourceGrade ?? null,
      content_grade: conditions.contentGrade ?? null,
      title: null,
      content: null,
      attribution: conditions.attribution,
      valid_until: conditions.validUntil?.at ?? null,
      valid_zone: conditions.validUntil?.zone ?? null,
      outcome_days: conditions.outcomeDays,
      provider_id: person.id,
      provider_agency_id: person.agencyId,
      reviewer_id: null,
      reason: null,
      created_at: work.now,
      released_at: null,
      ended_at: null,
    })
    .execute();
  await addRows(work, id, person.agencyId, agencies, persons);
  const share = await SHARES.reload(work, id);
  if (share.recipients.length === 0) refuse((t) => t.errors.nobodyToShare);
  await happened(c, share, "share.drafted");
  return share;
}

async function addRows(
  work: UnitOfWork,
  shareId: string,
  providerAgencyId: string,
  agencies: readonly Agency[],
  persons: readonly Person[],
): Promise<void> {
  const rows = [
    ...agencies.map(({ id }) => ({ agency_id: id, person_id: null })),
    ...persons.map(({ id, agencyId }) => ({ agency_id: agencyId, person_id: id })),
  ].filter(({ agency_id }) => agency_id !== providerAgencyId);
  if (rows.length > MOST_RECIPIENTS)
    refuse((t) => t.errors.tooManyInvited({ max: MOST_RECIPIENTS, count: rows.length }));
  if (rows.length === 0) return;
  const suspended = await suspendedIn(work, shareId);
  await work.tx
    .insertInto("share_recipients")
    .values(
      rows.map((row) => ({
        id: randomUUID(),
        share_id: shareId,
        ...row,
        suspended: suspended.has(row.agency_id),
        reason: null,
        outcome_due: null,
        received_at: null,
        grant_id: null,
        added_at: work.now,
      })),
    )
    .onConflict((o) => o.columns(["share_id", "agency_id", "person_id"]).doNothing())
    .execute();
}

/** The agencies whose access a breach ended: it comes back by the provider's word alone, and by no new place. */
export async function suspendedIn(work: UnitOfWork, shareId: string): Promise<Set<string>> {
  const rows = await work.tx
    .selectFrom("share_recipients")
    .select("agency_id")
    .where("share_id", "=", shareId)
    .where("suspended", "=", true)
    .execute();
  return new Set(rows.map(({ agency_id }) => agency_id));
}

/** Title and text, taken in a dialog only. */
export async function write(c: Context, share: Share, title: string, content: string): Promise<Share> {
  check(c, "edit", share);
  await writeContent(c.work, share, { title, content });
  const changed = await bump(c.work, share, {});
  await happened(c, changed, "share.written");
  return changed;
}

/** Gives it out, or to a second person first where the agency's rule asks for one. */
export async function submit(c: Context, share: Share): Promise<Share> {
  check(c, "edit", share);
  if (!share.written) refuse((t) => t.errors.shareEmpty({ ref: share.ref }));
  const { share_review } = await c.work.tx
    .selectFrom("members")
    .select("share_review")
    .where("agency_id", "=", share.providerAgency.id)
    .executeTakeFirstOrThrow();
  // A second reader of RED would be one person more than those named (TLP 2.0).
  if (!share_review || share.label === "RED") return release(c, share);
  const waiting = await bump(c.work, share, { state: "review" });
  await happened(c, waiting, "share.to_review");
  await notifying.toReview(c.work, waiting);
  return waiting;
}

/** By a second person: released, or back to its author with the reason. */
export async function review(c: Context, share: Share, agreed: boolean, reason?: string): Promise<Share> {
  check(c, "review", share);
  if (agreed) return release(c, await bump(c.work, share, { reviewer_id: c.person.id }));
  const sealed = reason ? (await c.work.cipher()).seal(reason) : null;
  const back = await bump(c.work, share, { state: "draft", reason: sealed });
  await happened(c, back, "share.returned", reason);
  await notifying.toProvider(c.work, back, "returned", c.person);
  return back;
}

async function release(c: Context, share: Share): Promise<Share> {
  const { work } = c;
  if (share.validUntil && share.validUntil.at <= work.now) refuse((t) => t.errors.shareLapsed({ ref: share.ref }));
  await work.tx
    .updateTable("share_recipients")
    .set({ received_at: work.now, outcome_due: addDays(work.now, share.outcomeDays) })
    .where("share_id", "=", share.id)
    .execute();
  const released = await bump(work, share, { state: "released", released_at: work.now });
  await scheduleShare(work, released);
  for (const recipient of released.recipients) await scheduleOutcome(work, released, recipient);
  await happened(c, released, "share.released");
  await received(c, released, released.recipients);
  await notifying.released(work, released, released.recipients);
  return released;
}

/** More recipients; H2 binds those who receive, not the provider. */
export async function widen(
  c: Context,
  share: Share,
  agencies: readonly Agency[],
  persons: readonly Person[],
): Promise<Share> {
  check(c, "control", share);
  if (share.label === "RED" && agencies.length) refuse((t) => t.errors.redShareNamed);
  const before = new Set(share.recipients.map(({ id }) => id));
  await addRows(c.work, share.id, share.providerAgency.id, agencies, persons);
  const added = await SHARES.reload(c.work, share.id);
  const fresh = added.recipients.filter(({ id }) => !before.has(id));
  if (fresh.length === 0) refuse((t) => t.errors.recipientsThere({ ref: share.ref }));
  await c.work.tx
    .updateTable("share_recipients")
    .set({ received_at: c.work.now, outcome_due: addDays(c.work.now, share.outcomeDays) })
    .where(
      "id",
      "in",
      fresh.map(({ id }) => id),
    )
    .execute();
  const changed = await bump(c.work, added, {});
  for (const recipient of changed.recipients.filter(({ id }) => !before.has(id)))
    await scheduleOutcome(c.work, changed, recipient);
  await happened(c, changed, "share.widened");
  await received(c, changed, fresh);
  await notifying.released(c.work, changed, fresh);
  return changed;
}

export type Tightening = {
  label?: Label;
  codes?: readonly HandlingCode[];
  otherCode?: string;
  validUntil?: { at: Date; zone: string };
};

/** Conditions only grow stricter: whoever read it accepted them, and accepts the new ones before reading again. */
export async function tighten(c: Context, share: Share, to: Tightening): Promise<Share> {
  const { work } = c;
  check(c, "control", share);
  if (to.label && within(to.label, share.label) && to.label !== share.label)
    refuse((t) => t.errors.onlyStricter({ ref: share.ref }));
  const label = to.label ?? share.label;
  // RED is for persons named: a share with agencies cannot become it.
  if (label === "RED" && share.recipients.some(({ person }) => !person)) refuse((t) => t.errors.redShareNamed);
  const codes = [...new Set([...share.codes, ...(to.codes ?? [])])].sort() as HandlingCode[];
  const { validUntil } = to;
  if (validUntil && share.validUntil && validUntil.at > share.validUntil.at)
    refuse((t) => t.errors.onlyStricter({ ref: share.ref }));
  const adds = codes.length > share.codes.length || to.otherCode !== undefined;
  if (label === share.label && !adds && !validUntil) refuse((t) => t.errors.nothingTightened({ ref: share.ref }));
  if (codes.includes("H3") && !share.codes.includes("H3") && to.otherCode === undefined)
    refuse((t) => t.errors.otherCode);
  const changed = await bump(work, share, {
    label,
    codes,
    conditions: share.conditions + 1,
    ...(to.otherCode === undefined ? {} : { other_code: (await work.cipher()).seal(to.otherCode) }),
    ...(validUntil ? { valid_until: validUntil.at, valid_zone: validUntil.zone } : {}),
  });
  await voidGrants(work, share.id);
  await scheduleShare(work, changed);
  await happened(c, changed, "share.tightened");
  await notifying.conditionsChanged(work, changed, "tightened", c.person);
  return changed;
}

/** From this commit on nobody opens it; open copies are overwritten where the platform can (docs/shares.md). */
export async function recall(c: Context, share: Share, reason?: string): Promise<Share> {
  const { work } = c;
  check(c, "recall", share);
  const sealed = reason ? (await work.cipher()).seal(reason) : null;
  const gone = await bump(work, share, { state: "recalled", ended_at: work.now, reason: sealed });
  await voidGrants(work, share.id);
  await settleReminders(work, gone);
  await happened(c, gone, "share.recalled", reason);
  await notifying.conditionsChanged(work, gone, "recalled", c.person);
  return gone;
}

/** Its validity has run out. Nobody acts; the clock does. */
export async function expire(work: UnitOfWork, share: Share): Promise<void> {
  if (share.state !== "released" || !share.subject.lapsed) return;
  const gone = await bump(work, share, { state: "expired", ended_at: work.now });
  await voidGrants(work, share.id);
  await settleReminders(work, gone);
  await record(work, { action: "share.expired", item: itemOf(gone) });
  await refresh(work, itemOf(gone));
  await notifying.conditionsChanged(work, gone, "expired");
}

/** Its provider is away or has left, and under RED nobody else may read it: it is recalled unread. */
export async function recallWithoutProvider(work: UnitOfWork, share: Share, by: Person): Promise<void> {
  const gone = await bump(work, share, { state: "recalled", ended_at: work.now });
  await voidGrants(work, share.id);
  await settleReminders(work, gone);
  await recordFor(work, by, gone, "share.recalled");
  await notifying.conditionsChanged(work, gone, "recalled", by);
}

/** A draft that is not to be. */
export async function discard(c: Context, share: Share): Promise<void> {
  check(c, "edit", share);
  const gone = await bump(c.work, share, { state: "closed", ended_at: c.work.now, title: null, content: null });
  await c.work.tx.deleteFrom("share_words").where("share_id", "=", share.id).execute();
  await c.work.tx.deleteFrom("attachments").where("share_id", "=", share.id).execute();
  await happened(c, gone, "share.discarded");
}

/** Tightening and recall void what was granted (docs/shares.md): its reminders end, its cards say so. */
async function voidGrants(work: UnitOfWork, shareId: string): Promise<void> {
  const rows = await work.tx
    .updateTable("use_requests")
    .set({ state: "void", ladder: sql<number>`ladder + 1`, version: sql<number>`version + 1` })
    .where("share_id", "=", shareId)
    .where("state", "in", ["granted", "submitted"])
    .returning(["id", "ladder"])
    .execute();
  for (const { id, ladder } of rows) {
    await scheduleSteps(work, { kind: USES.kind, id }, ladder, undefined, []);
    await refresh(work, { kind: USES.kind, id });
  }
}

export async function settleReminders(work: UnitOfWork, share: Share): Promise<void> {
  await scheduleShare(work, share);
  for (const recipient of share.recipients) await scheduleOutcome(work, share, recipient);
}

/** Loads a share that a reference names. Unknown and forbidden answer alike. */
export async function findShare(c: Context, reference: Reference, act: ShareAct = "see"): Promise<Share> {
  const share = await SHARES.find(c, reference, act === "recall" ? act : undefined);
  check(c, act, share);
  return share;
}

/** @throws Refusal when it is somebody else's act, or not now */
export function check(c: Context, act: ShareAct, share: Share): void {
  const why = mayShare(c.viewer, act, share.subject);
  if (why === undefined) return;
  if (why === "hidden") SHARES.missing({ text: share.ref });
  if (why === "party")
    refuse(
      (t) =>
        t.errors.shareAct[act === "recall" ? "control" : act]({ ref: share.ref, provider: share.providerAgency.name }),
      `party.share.${act}`,
    );
  refuse((t) => t.errors.shareState({ ref: share.ref, state: t.information.state[share.state] }), `state.share.${act}`);
}

type ShareColumns = Partial<{
  state: Share["state"];
  released_at: Date;
  ended_at: Date | null;
  reason: string | null;
  reviewer_id: string;
  label: Label;
  codes: HandlingCode[];
  other_code: string;
  conditions: number;
  valid_until: Date;
  valid_zone: string;
  title: null;
  content: null;
}>;

export async function bump(work: UnitOfWork, share: Share, columns: ShareColumns): Promise<Share> {
  await work.tx
    .updateTable("shares")
    .set({ ...columns, version: share.version + 1 })
    .where("id", "=", share.id)
    .execute();
  return SHARES.reload(work, share.id);
}

/** Writes what was done, and draws every card of the share anew. */
export const happened = (c: Context, share: Share, action: ActionName, words?: string): Promise<void> =>
  recordFor(c.work, c.person, share, action, words);

export async function recordFor(
  work: UnitOfWork,
  by: Person,
  share: Share,
  action: ActionName,
  words?: string,
): Promise<void> {
  await record(work, {
    action,
    actorId: by.id,
    item: itemOf(share),
    detail: { ...counted(share), state: share.state, conditions: share.conditions, agency: by.agency.handle },
    words,
  });
  await refresh(work, itemOf(share));
}

/** What the activity summary counts a share by. */
export const counted = (share: Share) => ({
  kind: share.kind,
  label: share.label,
  provider: share.providerAgency.handle,
});

/** When the recipient received it, and how many seconds ago. */
export const since = (work: UnitOfWork, { receivedAt }: Recipient) =>
  receivedAt ? { since: receivedAt.toISOString(), seconds: differenceInSeconds(work.now, receivedAt) } : {};

/** One event a recipient, so that what each was given and what it made of it can be counted. */
export async function received(c: Context, share: Share, recipients: readonly Recipient[]): Promise<void> {
  for (const { agency } of recipients)
    await recordAct(c, {
      action: "share.received",
      item: itemOf(share),
      detail: { ...counted(share), agency: agency.handle },
    });
}
