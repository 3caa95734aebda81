import type { Messages } from "../i18n/index.js";
import { refuse } from "../lib/refusal.js";
import type { Person } from "../people/model.js";
import { isHeldBy, sightOfShare, type Viewer, within } from "../policy/index.js";
import type { Share } from "../shares/model.js";
import { SHARES } from "../shares/store.js";
import { type Cooperation, type UseRequest, usesFor } from "../shares/use-requests.js";
import type { HandlingCode } from "../store/share-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { AttachedFile } from "./fields.js";
import { KINDS } from "./kinds.js";
import type { CoopRequest } from "./model.js";

/**
 * Information that somebody gave and a request carries with it: whose permission it needs, and whether that holds at the
 * moment (CTOC/COP/WG.7/2012/3 paras 6, 13 to 16; docs/shares.md, "In a request").
 */

/** What an asking side thinks of a request before it is sent: enough of it to say what may go with it. */
type Going = Pick<CoopRequest, "id" | "ref" | "kind" | "label" | "from" | "to" | "authority" | "content">;

type Say = (t: Messages) => string;

/** A court or central authority asks, for proceedings: what H1 keeps information out of. */
const isJudicial = ({ kind }: Pick<CoopRequest, "kind">): boolean => KINDS[kind].formal && kind !== "vessel";

/**
 * What the provider has to allow before it goes with this request: H1 its use in proceedings, else H2 that somebody else gets
 * it, who has it not from them. An authority outside the body is no member, so GREEN does not reach it (TLP 2.0).
 * @returns undefined where nothing needs to be allowed: it is one's own, or goes to who has it
 */
export function permissionFor(
  share: Share,
  one: Pick<CoopRequest, "kind" | "from" | "to">,
): Extract<HandlingCode, "H1" | "H2"> | undefined {
  if (share.providerAgency.id === one.from.id) return undefined;
  if (share.codes.includes("H1") && isJudicial(one)) return "H1";
  // With a request it is read by others there than the persons whom AMBER+STRICT is for.
  const reaches = one.to
    ? share.label !== "AMBER+STRICT" && isHeldBy(share.subject, one.to.id)
    : share.label === "CLEAR" && !share.codes.includes("H2");
  return reaches ? undefined : "H2";
}

export const cooperationOf = ({ id, authority }: Pick<CoopRequest, "id" | "authority">): Cooperation => ({
  requestId: id,
  authorityId: authority?.id,
});

/** The provider's permissions as they hold now, for this request as it is asked and addressed now: the longest first. */
export const permissions = (work: UnitOfWork, share: Share, one: Going): Promise<UseRequest[]> =>
  usesFor(work, "granted", { shareId: share.id, agencyId: one.from.id, to: one.to?.id, ...cooperationOf(one) });

/** What was asked of the provider for that and is not answered yet. */
export const pending = (work: UnitOfWork, share: Share, one: Going): Promise<UseRequest[]> =>
  usesFor(work, "submitted", { shareId: share.id, agencyId: one.from.id, to: one.to?.id, ...cooperationOf(one) });

/** RED names the persons it is for; and nobody reads with a request what they might not read by itself. */
const isStricter = (share: Share, one: Going): boolean => share.label === "RED" || !within(share.label, one.label);

export function checkLabel(share: Share, one: Going): void {
  if (share.label === "RED") refuse((t) => t.errors.requestSharedRed({ share: share.ref }));
  if (isStricter(share, one))
    refuse((t) => t.errors.requestSharedLabel({ share: share.ref, label: share.label, ref: one.ref, own: one.label }));
}

type Attached = NonNullable<AttachedFile["share"]>;

/** @returns why it may not go with the request now; undefined where it may */
async function problemOf(
  work: UnitOfWork,
  one: Going,
  share: Share | undefined,
  attached: Attached,
): Promise<Say | undefined> {
  if (share?.state !== "released" || share.subject.lapsed || !isHeldBy(share.subject, one.from.id))
    return (t) => t.requests.shared.gone;
  if (isStricter(share, one)) return (t) => t.requests.shared.stricter({ label: share.label });
  const allowed = permissionFor(share, one) ? await permissions(work, share, one) : undefined;
  if (allowed?.length === 0) return (t) => t.requests.shared.unpermitted({ provider: share.providerAgency.name });
  // What is on its annex must be what holds.
  const same = allowed === undefined || allowed.some(({ id }) => id === attached.use);
  return same && share.conditions === attached.conditions ? undefined : (t) => t.requests.shared.changed;
}

/** @property why it may not go with it now; absent where it may */
export type SharedIn = { id: string; ref: string; share?: Share; why?: Say };

const attachedTo = ({ content }: Going): Attached[] => [
  ...new Map((content.files ?? []).flatMap(({ share }) => (share ? [[share.id, share]] : []))).values(),
];

/** What goes with it, each once, in the order in which it was attached. */
export async function sharedIn(work: UnitOfWork, one: Going): Promise<SharedIn[]> {
  const attached = attachedTo(one);
  if (attached.length === 0) return [];
  const ids = attached.map(({ id }) => id);
  const shares = new Map((await SHARES.byIds(work, ids)).map((share) => [share.id, share]));
  return Promise.all(
    attached.map(async (each) => {
      const share = shares.get(each.id);
      return { id: each.id, ref: each.ref, share, why: await problemOf(work, one, share, each) };
    }),
  );
}

/** The same, held until the commit: a recall or the end of a permission comes before what is done with it, or after. */
async function sharedHeld(work: UnitOfWork, one: Going): Promise<SharedIn[]> {
  // In the order of their numbers, as all that holds several does.
  const inOrder = attachedTo(one).sort((a, b) => a.ref.localeCompare(b.ref, "en", { numeric: true }));
  for (const { id } of inOrder) await SHARES.lock(work, id);
  return sharedIn(work, one);
}

/**
 * Whether somebody who reads the request reads what was shared with it. On the asking side those whom its provider gave it to;
 * on the other, before it is sent, as long as it may go there; what was sent is out.
 */
export async function readsShared(
  work: UnitOfWork,
  viewer: Viewer,
  one: Going & Pick<CoopRequest, "subject">,
  shareId: string,
): Promise<boolean> {
  const found = (await sharedHeld(work, one)).find(({ id }) => id === shareId);
  const { sent } = one.subject;
  if (viewer.agencyId === one.to?.id) return sent || (found !== undefined && found.why === undefined);
  const sight = found?.share ? sightOfShare(viewer, found.share.subject) : "none";
  return sent ? sight !== "none" : sight === "open" && found?.why === undefined;
}

/** @throws Refusal where something goes with it that may not, or may no longer */
export async function checkShared(work: UnitOfWork, one: Going): Promise<void> {
  for (const { ref, why } of await sharedHeld(work, one))
    if (why) refuse((t) => t.errors.requestSharedNot({ ref: one.ref, share: ref, why: why(t) }), "shared");
}

/** @throws Refusal where somebody would get with the draft what was not given to them */
export async function checkHandedOver(work: UnitOfWork, one: Going, to: Person): Promise<void> {
  const not = (await sharedHeld(work, one)).find(
    ({ share }) => !share || sightOfShare(to, share.subject) !== "open" || !isHeldBy(share.subject, to.agencyId),
  );
  if (not) refuse((t) => t.errors.requestSharedHand({ ref: one.ref, share: not.ref, to: to.name }), "shared");
}

/** @param next as it would be addressed @throws Refusal where what it carries was not allowed for them, or is no longer */
export async function checkHandedOn(
  work: UnitOfWork,
  one: Going,
  next: Pick<Going, "to" | "authority">,
): Promise<void> {
  const held = (await sharedHeld(work, { ...one, ...next })).some(({ why }) => why);
  if (held) refuse((t) => t.errors.requestSharedOn({ ref: one.ref, from: one.from.name }), "shared");
}
