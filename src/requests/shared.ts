import type { Messages } from "../i18n/index.js";
import { refuse } from "../lib/refusal.js";
import { within } from "../policy/index.js";
import type { Share } from "../shares/model.js";
import { SHARES } from "../shares/store.js";
import { type Cooperation, grantedFor, type UseRequest } from "../shares/use-requests.js";
import type { HandlingCode } from "../store/share-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
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

/** Whether an agency has it already, from its provider. */
export const holds = (share: Share, agencyId: string): boolean =>
  share.providerAgency.id === agencyId ||
  (within(share.label, "GREEN") && !share.codes.includes("H2")) ||
  share.recipients.some(({ agency, state, suspended }) => agency.id === agencyId && state !== "declined" && !suspended);

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
  const reaches = one.to ? holds(share, one.to.id) : share.label === "CLEAR" && !share.codes.includes("H2");
  return reaches ? undefined : "H2";
}

export const cooperationOf = ({ id, authority }: Pick<CoopRequest, "id" | "authority">): Cooperation => ({
  requestId: id,
  authorityId: authority?.id,
});

/** The provider's permission as it holds now, for this request as it is addressed now. */
export const permitted = (work: UnitOfWork, share: Share, one: Going): Promise<UseRequest | undefined> =>
  grantedFor(work, share.id, cooperationOf(one), one.to?.id);

/** RED names the persons it is for; and nobody reads with a request what they might not read by itself. */
export function checkLabel(share: Share, one: Going): void {
  if (share.label === "RED") refuse((t) => t.errors.requestSharedRed({ share: share.ref }));
  if (!within(share.label, one.label))
    refuse((t) => t.errors.requestSharedLabel({ share: share.ref, label: share.label, ref: one.ref, own: one.label }));
}

/** @returns why it may not go with the request now; undefined where it may */
async function problemOf(work: UnitOfWork, one: Going, share: Share | undefined): Promise<Say | undefined> {
  if (share?.state !== "released" || share.subject.lapsed || !holds(share, one.from.id))
    return (t) => t.requests.shared.gone;
  if (share.label === "RED" || !within(share.label, one.label))
    return (t) => t.requests.shared.stricter({ label: share.label });
  if (!permissionFor(share, one) || (await permitted(work, share, one))) return undefined;
  return (t) => t.requests.shared.unpermitted({ provider: share.providerAgency.name });
}

/** @property why it may not go with it now; absent where it may */
export type SharedIn = { id: string; ref: string; why?: Say };

/** What goes with it, each once, in the order in which it was attached. */
export async function sharedIn(work: UnitOfWork, one: Going): Promise<SharedIn[]> {
  const named = new Map((one.content.files ?? []).flatMap(({ share }) => (share ? [[share.id, share.ref]] : [])));
  if (named.size === 0) return [];
  const shares = new Map((await SHARES.byIds(work, [...named.keys()])).map((share) => [share.id, share]));
  return Promise.all(
    [...named].map(async ([id, ref]) => ({ id, ref, why: await problemOf(work, one, shares.get(id)) })),
  );
}

/** @throws Refusal where something goes with it that may not, or may no longer */
export async function checkShared(work: UnitOfWork, one: Going): Promise<void> {
  for (const { ref, why } of await sharedIn(work, one))
    if (why) refuse((t) => t.errors.requestSharedNot({ ref: one.ref, share: ref, why: why(t) }), "shared");
}

/** @throws Refusal where another agency would get with the draft what was not given to it */
export async function checkHandedOver(
  work: UnitOfWork,
  one: Going,
  agency: { id: string; name: string },
): Promise<void> {
  const ids = (await sharedIn(work, one)).map(({ id }) => id);
  const not = (await SHARES.byIds(work, ids)).find((share) => !holds(share, agency.id));
  if (not) refuse((t) => t.errors.requestSharedHand({ ref: one.ref, share: not.ref, agency: agency.name }), "shared");
}

/** @param next as it would be addressed @throws Refusal where what it carries is for who has it now alone */
export async function checkHandedOn(
  work: UnitOfWork,
  one: Going,
  next: Pick<Going, "to" | "authority">,
): Promise<void> {
  const held = (await sharedIn(work, { ...one, ...next })).some(({ why }) => why);
  if (held) refuse((t) => t.errors.requestSharedOn({ ref: one.ref, from: one.from.name }), "shared");
}
