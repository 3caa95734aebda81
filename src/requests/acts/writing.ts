import { randomUUID } from "node:crypto";
import { recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import type { Reference } from "../../command/references.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import type { Person } from "../../people/model.js";
import { type Label, within } from "../../policy/index.js";
import type { RequestKind, RequestUrgency } from "../../store/request-tables.js";
import { isHere } from "../../turns/turn.js";
import * as checks from "../checks.js";
import { keepApproved } from "../documents.js";
import { scheduleRequest } from "../escalation.js";
import { type Content, EMPTY } from "../fields.js";
import { fieldsOf, KINDS } from "../kinds.js";
import { type CoopRequest, isRed, itemOf } from "../model.js";
import * as notifying from "../notify.js";
import { fitsKind, mayFill } from "../open.js";
import { checkHandedOver, checkShared } from "../shared.js";
import { addMove, freeNumber, hashOf, type Patch, REQUESTS, sealedContent, updateRequest } from "../store.js";
import { timesOf } from "../times.js";
import {
  type Acting,
  type Addressee,
  actionOf,
  addressed,
  check,
  checkOther,
  counted,
  findRequest,
  isWithThem,
  move,
  said,
} from "./moving.js";
import { checkOrder } from "./stopping.js";

/** What the side that asks does before a request goes out, and to what it still owes after. */

export type Drafting = {
  kind: RequestKind;
  to: Addressee;
  subjectLine: string;
  urgency?: RequestUrgency;
  label?: Label;
  content?: Content;
  follows?: CoopRequest;
  /** The operation that it belongs to. */
  operation?: string;
};

export async function draftRequest(c: Context, drafting: Drafting): Promise<CoopRequest> {
  const { work, person } = c;
  const to = await addressed(work, drafting.kind, drafting.to);
  checkOther(to, person.agencyId);
  const id = randomUUID();
  const { leastLabel } = KINDS[drafting.kind];
  // RED is for what nobody but the persons named may know of.
  if (drafting.label === "RED" && leastLabel !== "RED") refuse((t) => t.errors.requestLabel({ said: "TLP:RED" }));
  if (leastLabel === "RED" && c.onBehalf) refuse((t) => t.errors.requestRedFor);
  if (leastLabel && drafting.label && !within(leastLabel, drafting.label))
    refuse((t) => t.errors.requestLeastLabel({ kind: t.requests.kinds[drafting.kind], label: leastLabel }));
  await work.tx
    .insertInto("requests")
    .values({
      ...{ id, number: await freeNumber(work), kind: drafting.kind, created_at: work.now },
      ...{ label: drafting.label ?? leastLabel ?? "AMBER", urgency: drafting.urgency ?? "normal" },
      subject: (await work.cipher()).seal(drafting.subjectLine),
      content: await sealedContent(work, drafting.content ?? EMPTY),
      ...{ from_agency_id: person.agencyId, drafter_id: person.id, entered: c.onBehalf !== undefined },
      ...{ to_agency_id: to.agency?.id ?? null, authority_id: to.authority?.id ?? null },
      ...{ follows_id: drafting.follows?.id ?? null, operation_id: drafting.operation ?? null },
    })
    .execute();
  const one = await REQUESTS.reload(work, id);
  await recordAct(c, { action: actionOf(one, "drafted"), item: itemOf(one), detail: counted(one) });
  await notifying.drafted(work, one);
  return one;
}

/** What is filled in; whatever was approved is approved no longer. */
export async function fillRequest(
  c: Context,
  one: CoopRequest,
  given: { values: Record<string, readonly string[]>; unknown: readonly string[]; asked: readonly string[] },
): Promise<CoopRequest> {
  const known = new Set(fieldsOf(one.kind).map(({ id }) => id));
  const values = Object.fromEntries(
    Object.entries({ ...one.content.values, ...given.values }).filter(
      ([id, parts]) => known.has(id) && parts.some((part) => part !== ""),
    ),
  );
  const unknown = [...one.content.unknown.filter((id) => !given.asked.includes(id)), ...given.unknown].filter(
    (id) => !(id in values),
  );
  return writeContent(c, one, { ...one.content, values, unknown });
}

/** Before it is sent an approval is void with that; after that it is a supplement to what is owed. */
export async function writeContent(c: Acting, one: CoopRequest, content: Content): Promise<CoopRequest> {
  checks.checkNoPeople(one, content);
  const sealed = await sealedContent(c.work, content);
  if (!one.subject.sent) return move(c, one, "fill", { patch: { content: sealed, ...VOID } });
  if (!mayFill(c.viewer, one)) check(c, "fill", one);
  const changed = await updateRequest(c.work, one.id, { content: sealed, ...timesOf(one, one, c.work.now, content) });
  await addMove(c.work, one, { act: "fill", person: c.person, recorded: false });
  await recordAct(c, { action: actionOf(one, "supplemented"), item: itemOf(one), detail: counted(one) });
  await scheduleRequest(c.work, changed);
  await refresh(c.work, itemOf(changed));
  return changed;
}

/** One that may be written still: before it is sent; after that only what is owed. */
export async function findToFill(c: Context, reference: Reference): Promise<CoopRequest> {
  const one = await findRequest(c, reference);
  return mayFill(c.viewer, one) ? one : findRequest(c, reference, "fill");
}

/** The first line, how urgent it is, and to whom it goes. */
export async function editRequest(
  c: Context,
  one: CoopRequest,
  edit: { subjectLine?: string; urgency?: RequestUrgency; to?: Addressee },
): Promise<CoopRequest> {
  const to = edit.to && (await addressed(c.work, one.kind, edit.to));
  if (to) checkOther(to, one.from.id);
  return move(c, one, "fill", {
    patch: {
      ...(edit.subjectLine === undefined ? {} : { subject: (await c.work.cipher()).seal(edit.subjectLine) }),
      ...(edit.urgency ? { urgency: edit.urgency } : {}),
      ...(to ? { to_agency_id: to.agency?.id ?? null, authority_id: to.authority?.id ?? null } : {}),
      ...VOID,
    },
    // Another sees no draft that was shown to the one before.
    clear: to ? ["draft_shown"] : [],
  });
}

const VOID: Patch = { approver_id: null, approved_hash: null };

/** Whoever it is handed to works on it from now on; an authority here that may ask for it makes it its own. */
export async function handOver(c: Context, one: CoopRequest, to: Person): Promise<CoopRequest> {
  check(c, "hand_over", one);
  if (isRed(one) && to.agencyId !== one.from.id) refuse((t) => t.errors.requestRedStays({ ref: one.ref }));
  if (to.agencyId === one.to?.id) refuse((t) => t.errors.requestOwn({ agency: to.agency.name }));
  await checkHandedOver(c.work, one, to);
  return move(c, one, "hand_over", { patch: { drafter_id: to.id, from_agency_id: to.agencyId, entered: false } });
}

export async function completeRequest(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "complete", one);
  checks.checkComplete(one);
  checkOrder(one, c.work.now);
  checks.checkOfficers(one);
  await checkShared(c.work, one);
  return move(c, one, "complete");
}

export const reworkRequest = (c: Context, one: CoopRequest, why?: string): Promise<CoopRequest> =>
  move(c, one, "rework", { patch: VOID, words: said({ why }) });

export const showDraft = async (c: Context, one: CoopRequest): Promise<CoopRequest> => {
  check(c, "show_draft", one);
  if (!one.to) refuse((t) => t.errors.requestNotOnCoord({ ref: one.ref }));
  await checkShared(c.work, one);
  return move(c, one, "show_draft", { set: ["draft_shown"] });
};

export async function approveRequest(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "approve", one);
  await checks.checkApprover(c, one);
  checks.checkComplete(one);
  await checkShared(c.work, one);
  const changed = await move(c, one, "approve", {
    patch: { approver_id: c.person.id, approved_hash: hashOf(one) },
  });
  if (!isRed(one)) await keepApproved(c.work, changed, c.person);
  return changed;
}

/** What was owed is there: complete, and approved as it would have been before. */
export async function settlePaper(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "settle_paper", one);
  checks.checkComplete(one);
  await checks.checkApprover(c, one);
  const changed = await move(c, one, "settle_paper", {
    patch: { approver_id: c.person.id, approved_hash: hashOf(one), paper_due_at: null },
    clear: ["owes_paper"],
  });
  if (!isRed(one)) await keepApproved(c.work, changed, c.person);
  return changed;
}

/** What a request that went first still lacks is filled in after. */
export async function supplement(
  c: Context,
  one: CoopRequest,
  given: { values: Record<string, readonly string[]>; unknown: readonly string[] },
): Promise<{ changed: CoopRequest; kept: string[] }> {
  const values = { ...one.content.values };
  // What was sent stays as it was sent: only what was empty is added.
  const kept: string[] = [];
  for (const [id, parts] of Object.entries(given.values))
    if (id in values) {
      if (parts.join("\n") !== values[id]?.join("\n")) kept.push(id);
    } else if (parts.some((part) => part !== "")) values[id] = parts;
  const unknown = [...new Set([...one.content.unknown, ...given.unknown])].filter((id) => !(id in values));
  return { changed: await writeContent(c, one, { ...one.content, values, unknown }), kept };
}

/**
 * A formal request that follows an informal one: a draft with the facts of the first. What was shared is not copied: its
 * use in proceedings is the provider's to allow (CTOC/COP/WG.7/2012/3 para 6).
 */
export async function formalise(
  c: Context,
  one: CoopRequest,
  kind: RequestKind,
  to: Addressee | undefined,
): Promise<CoopRequest> {
  check(c, "formalise", one);
  if (!fitsKind("formalise", one)) refuse((t) => t.errors.requestFormalAlready({ ref: one.ref }));
  if (!KINDS[kind].formal || kind === one.kind) refuse((t) => t.errors.requestFormalKinds({ ref: one.ref }));
  // Whoever is asked for advice is asked anew.
  const known = new Set(fieldsOf(kind).flatMap(({ id, step }) => (step === 4 ? [] : [id])));
  const shared = Object.entries(one.content.values).filter(([id]) => known.has(id));
  const facts = one.content.values.why_there ?? one.content.values.grounds;
  const values = { ...(facts && known.has("facts") ? { facts } : {}), ...Object.fromEntries(shared) };
  const drafted = await draftRequest(c, {
    ...{ kind, to: to ?? { agency: one.to, authority: one.authority }, subjectLine: one.subjectLine },
    ...{ urgency: one.urgency, label: labelFor(kind, one.label), follows: one },
    content: { values, unknown: one.content.unknown.filter((id) => known.has(id)) },
  });
  // That a witness is to be protected stands nowhere else.
  if (!isRed(drafted)) await move(c, one, "formalise");
  return drafted;
}

const labelFor = (kind: RequestKind, label: Label): Label => {
  const { leastLabel } = KINDS[kind];
  return leastLabel && !within(leastLabel, label) ? leastLabel : label;
};

/** The same, asked of another authority: what is asked and of whom advice is taken is written for it anew where it differs. */
export async function copyRequest(c: Context, one: CoopRequest, to: Addressee): Promise<CoopRequest> {
  check(c, "copy", one);
  if (isRed(one)) refuse((t) => t.errors.requestRedStays({ ref: one.ref }));
  if (isWithThem(await addressed(c.work, one.kind, to), one)) refuse((t) => t.errors.requestSameCopy({ ref: one.ref }));
  const known = new Set(fieldsOf(one.kind).flatMap(({ id, step }) => (step === 4 ? [] : [id])));
  const written = Object.fromEntries(Object.entries(one.content.values).filter(([id]) => known.has(id)));
  // An order that was prolonged runs until then for the next State too.
  const values = one.dates.order ? { ...written, order_until: [one.dates.order] } : written;
  const drafted = await draftRequest(c, {
    ...{ kind: one.kind, to, subjectLine: one.subjectLine, urgency: one.urgency, label: one.label },
    ...(KINDS[one.kind].stoppable ? { operation: one.operation } : {}),
    content: { values, unknown: one.content.unknown.filter((id) => known.has(id)) },
  });
  await move(c, one, "copy", { words: { what: drafted.ref } });
  return drafted;
}

/** Somebody more is named for what is RED, or no longer: of both sides before it is sent, of the own side after. */
export async function nameOfficer(c: Context, one: CoopRequest, person: Person, out: boolean): Promise<CoopRequest> {
  check(c, "officer", one);
  if (!isRed(one)) refuse((t) => t.errors.requestOfficerLabel({ ref: one.ref }));
  // A side of which nobody who is named is here any more cannot name anybody itself.
  const alone = (agencyId: string) => !one.officers.some((other) => isHere(other, agencyId));
  const sides = [one.from.id, ...(one.to ? [one.to.id] : [])].filter(
    (agencyId) => !one.subject.sent || agencyId === c.viewer.agencyId || alone(agencyId),
  );
  const said = { person: person.name, ref: one.ref };
  if (!sides.includes(person.agencyId)) refuse((t) => t.errors.requestOfficerSide(said));
  const { officerIds, drafterId, approverId, executorId } = one.subject;
  const named = officerIds.includes(person.id);
  const works = [drafterId, approverId, executorId].includes(person.id);
  if (out && works) refuse((t) => t.errors.requestOfficerKeeps(said));
  if (out && !named) refuse((t) => t.errors.requestOfficerNot(said));
  if (!out && (named || works)) refuse((t) => t.errors.requestOfficerThere(said));
  const officers = out ? officerIds.filter((id) => id !== person.id) : [...officerIds, person.id];
  return move(c, one, "officer", { patch: { officers }, words: { what: person.name } });
}
