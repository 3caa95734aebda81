import { randomUUID } from "node:crypto";
import { type ActionName, record, recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import type { Reference } from "../../command/references.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import { type Agency, agencyCalendar, type Person } from "../../people/model.js";
import { decidesFor, mayShare } from "../../policy/index.js";
import { json } from "../../store/database.js";
import type { HandlingCode, UseRecipient } from "../../store/share-tables.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { scheduleOutcome, scheduleUse } from "../escalation.js";
import { itemOf, type Share } from "../model.js";
import * as notifying from "../notify.js";
import { freeNumber } from "../numbers.js";
import { SHARES } from "../store.js";
import { type Cooperation, USES, type UseRequest } from "../use-requests.js";
import { placesOf } from "./opening.js";
import { bump, check, happened, received, suspendedIn } from "./sharing.js";

export type Asking = {
  code: HandlingCode;
  agencies: readonly Agency[];
  persons: readonly Person[];
  purpose: string;
  legalBasis?: string;
  neededBy?: Date;
  /** For this request for cooperation alone. */
  cooperation?: Cooperation;
};

export async function askUse(c: Context, share: Share, asking: Asking): Promise<UseRequest> {
  const { work } = c;
  check(c, "open", share);
  check(c, "receive", share);
  if (placesOf(c, share).every(({ state, suspended }) => state === "declined" || suspended)) check(c, "open", share);
  if (!asking.cooperation && !share.codes.includes(asking.code))
    refuse((t) => t.errors.codeNotThere({ ref: share.ref, code: asking.code }));
  const to: UseRecipient[] = [
    ...asking.agencies.map(({ id }) => ({ agencyId: id })),
    ...asking.persons.map(({ id, agencyId }) => ({ agencyId, personId: id })),
  ];
  if (asking.code === "H2" && to.length === 0 && !asking.cooperation) refuse((t) => t.errors.useForWhom);
  if (share.label === "RED" && to.some(({ personId }) => !personId)) refuse((t) => t.errors.redShareNamed);
  if (asking.neededBy && asking.neededBy <= work.now) refuse((t) => t.errors.neededPast);
  const cipher = await work.cipher();
  const id = randomUUID();
  await work.tx
    .insertInto("use_requests")
    .values({
      id,
      number: await freeNumber(work, "use_requests"),
      share_id: share.id,
      code: asking.code,
      agency_id: c.person.agencyId,
      person_id: c.person.id,
      recipients: json(to),
      purpose: cipher.seal(asking.purpose),
      legal_basis: asking.legalBasis ? cipher.seal(asking.legalBasis) : null,
      needed_by: asking.neededBy ?? null,
      answer: null,
      expires_at: null,
      decided_by: null,
      decided_at: null,
      conditions: share.conditions,
      created_at: work.now,
      request_id: asking.cooperation?.requestId ?? null,
      authority_id: asking.cooperation?.authorityId ?? null,
    })
    .execute();
  const request = await USES.reload(work, id);
  await scheduleRequest(work, share, request);
  await recordUse(c, share, request, "use.asked");
  await notifying.useAsked(work, share, request.id, c.person);
  return request;
}

export type Decision = { granted: true; expiresAt: Date; conditions?: string } | { granted: false; reason: string };

/** @throws Refusal where it is another's to answer, or was answered */
export async function answerable(c: Context, reference: Reference): Promise<void> {
  const { share, request } = await findUse(c, reference);
  check(c, "answer", share);
  if (request.state !== "submitted") refuseSettled(request);
}

const refuseSettled = (request: UseRequest): never =>
  refuse((t) => t.errors.useSettled({ ref: request.ref, state: t.information.use.state[request.state] }));

/** By the providing agency's focal point; of a RED share by its provider. */
export async function decideUse(
  c: Context,
  share: Share,
  request: UseRequest,
  decision: Decision,
): Promise<UseRequest> {
  const { work } = c;
  check(c, "answer", share);
  if (request.state !== "submitted") refuseSettled(request);
  // Tightened or recalled meanwhile: it was asked under other conditions.
  if (share.state !== "released" || request.conditions !== share.conditions)
    refuse((t) => t.errors.useVoid({ ref: request.ref }));
  if (decision.granted && decision.expiresAt <= work.now) refuse((t) => t.errors.neededPast);
  const words = decision.granted ? decision.conditions : decision.reason;
  await work.tx
    .updateTable("use_requests")
    .set({
      state: decision.granted ? "granted" : "refused",
      answer: words ? (await work.cipher()).seal(words) : null,
      expires_at: decision.granted ? decision.expiresAt : null,
      decided_by: c.person.id,
      decided_at: work.now,
      ladder: request.scheduleVersion + 1,
      version: request.version + 1,
    })
    .where("id", "=", request.id)
    .execute();
  const settled = await USES.reload(work, request.id);
  await scheduleRequest(work, share, settled);
  await refresh(work, useItem(settled));
  // What may be passed on reaches whom it was asked for, under the same conditions; what is for a request goes with that.
  if (decision.granted && request.code === "H2" && !request.cooperation) await admit(c, share, settled);
  await recordUse(c, share, settled, decision.granted ? "use.granted" : "use.refused", words);
  await notifying.useDecided(work, settled.id, request.person.id, c.person);
  return settled;
}

async function admit(c: Context, share: Share, request: UseRequest): Promise<void> {
  const { work } = c;
  const suspended = await suspendedIn(work, share.id);
  await work.tx
    .insertInto("share_recipients")
    .values(
      request.recipients.map(({ agencyId, personId }) => ({
        id: randomUUID(),
        share_id: share.id,
        agency_id: agencyId,
        person_id: personId ?? null,
        suspended: suspended.has(agencyId),
        reason: null,
        outcome_due: new Date(work.now.getTime() + share.outcomeDays * 86_400_000),
        received_at: work.now,
        grant_id: request.id,
        added_at: work.now,
      })),
    )
    .onConflict((o) => o.columns(["share_id", "agency_id", "person_id"]).doNothing())
    .execute();
  const changed = await bump(work, share, {});
  const fresh = changed.recipients.filter(({ id }) => !share.recipients.some((one) => one.id === id));
  for (const recipient of fresh) await scheduleOutcome(work, changed, recipient);
  await happened(c, changed, "share.passed_on");
  await received(c, changed, fresh);
  await notifying.released(work, changed, fresh);
}

export async function withdrawUse(c: Context, share: Share, request: UseRequest): Promise<UseRequest> {
  if (request.agency.id !== c.person.agencyId || (request.person.id !== c.person.id && !decidesFor(c.viewer)))
    USES.missing({ text: request.ref });
  if (request.state !== "submitted" && request.state !== "granted") refuseSettled(request);
  return end(c.work, share, request, "withdrawn", c);
}

/** Needed by then and not answered, or granted until then: it is over. */
export async function lapseUse(work: UnitOfWork, share: Share, request: UseRequest): Promise<void> {
  await end(work, share, request, "lapsed");
}

async function end(
  work: UnitOfWork,
  share: Share,
  request: UseRequest,
  state: "withdrawn" | "lapsed",
  c?: Context,
): Promise<UseRequest> {
  await work.tx
    .updateTable("use_requests")
    .set({ state, ladder: request.scheduleVersion + 1, version: request.version + 1 })
    .where("id", "=", request.id)
    .execute();
  const settled = await USES.reload(work, request.id);
  await scheduleRequest(work, share, settled);
  await refresh(work, useItem(settled));
  // Whom it admitted may not open it any more: their cards say so, and what they have open is overwritten.
  if (request.state === "granted" && request.code === "H2" && !request.cooperation) {
    await refresh(work, itemOf(share));
    await notifying.covered(work, share, new Set(request.recipients.map(({ agencyId }) => agencyId)));
  }
  await record(work, { action: `use.${state}`, actorId: c?.person.id, item: useItem(settled) });
  return settled;
}

/** Unknown and forbidden answer alike. */
export async function findUse(c: Context, reference: Reference): Promise<{ share: Share; request: UseRequest }> {
  const request = await USES.find(c, reference);
  const share = await SHARES.lock(c.work, request.shareId);
  if (!share) return USES.missing(reference);
  const asks = request.agency.id === c.viewer.agencyId && mayShare(c.viewer, "receive", share.subject) === undefined;
  const answers = mayShare(c.viewer, "answer", share.subject) === undefined;
  return asks || answers ? { share, request } : USES.missing(reference);
}

const useItem = (request: UseRequest) => ({ kind: USES.kind, id: request.id, ref: request.ref });

async function scheduleRequest(work: UnitOfWork, share: Share, request: UseRequest): Promise<void> {
  await scheduleUse(work, request, agencyCalendar(share.providerAgency, work.now.getUTCFullYear()));
}

async function recordUse(
  c: Context,
  share: Share,
  request: UseRequest,
  action: ActionName,
  words?: string,
): Promise<void> {
  await recordAct(c, {
    action,
    item: useItem(request),
    detail: {
      share: share.ref,
      code: request.code,
      agency: request.agency.handle,
      provider: share.providerAgency.handle,
    },
    words,
  });
}
