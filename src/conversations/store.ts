import { addSeconds, differenceInHours, max } from "date-fns";
import { type Selectable, sql } from "kysely";
import { record } from "../audit/record.js";
import type { ConversationRef } from "../chat/index.js";
import { refreshConversation } from "../delivery/outbox.js";
import type { Label } from "../policy/index.js";
import { json, type Tx } from "../store/database.js";
import type { PlaceRow } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** Conversations bound to agencies: who reads them, and hence up to which label they may show words. */

export type Conversation = Selectable<PlaceRow>;

/** An answer outlasts a platform that is away for a day; one that is older counts as none. */
const HOLDS_HOURS = 48;
/** However many people come at once, one conversation is asked about no more often. */
const APART_SECONDS = 10;

/**
 * The strictest label whose words a conversation may hold (docs/access.md, Ceilings): CLEAR unless its platform said
 * who reads it.
 */
export const ceilingOf = (conversation: Conversation, now: Date): Label =>
  heldBackBy(conversation, now) === undefined && !conversation.lowered ? "GREEN" : "CLEAR";

/** Why a conversation may hold no more than CLEAR, whatever people wish; undefined where its own people alone read it. */
export function heldBackBy(conversation: Conversation, now: Date): { because: string; scope?: string } | undefined {
  if (conversation.audience !== "members")
    return { because: conversation.audience_reason ?? "not_asked", scope: conversation.audience_scope ?? undefined };
  if (!conversation.answered_at || differenceInHours(now, conversation.answered_at) >= HOLDS_HOURS)
    return { because: "no_answer" };
  return conversation.stale ? { because: "asking" } : undefined;
}

/** Nothing can be sent there: it was archived, or Coord was taken out. */
export const isLost = (conversation: Conversation): boolean =>
  conversation.audience === "unknown" && ["archived", "no_access"].includes(conversation.audience_reason ?? "");

/** Something is drawn for the worst case while nobody knows: once the answer is here it is refreshed. */
export async function drawnLow(work: UnitOfWork, conversation: Conversation): Promise<void> {
  if (conversation.drawn_low || conversation.audience !== "members" || !heldBackBy(conversation, work.now)) return;
  await work.tx.updateTable("places").set({ drawn_low: true }).where("id", "=", conversation.id).execute();
}

export const conversationOf = (tx: Tx, { platform, tenant, id }: ConversationRef): Promise<Conversation | undefined> =>
  tx
    .selectFrom("places")
    .selectAll()
    .where("platform", "=", platform)
    .where("tenant", "=", tenant)
    .where("conversation", "=", id)
    .executeTakeFirst();

/** Every conversation of the body at hand that belongs to an agency, with the agency's short name. */
export const boundConversations = (tx: Tx): Promise<(Conversation & { handle: string })[]> =>
  tx
    .selectFrom("places")
    .innerJoin("agencies", "agencies.id", "places.agency_id")
    .selectAll("places")
    .select("agencies.handle")
    .orderBy("agencies.handle")
    .execute();

export const conversationById = (tx: Tx, id: string): Promise<Conversation | undefined> =>
  tx.selectFrom("places").selectAll().where("id", "=", id).executeTakeFirst();

/** Binds a conversation to an agency and has its platform asked who reads it. */
export async function bindConversation(
  work: UnitOfWork,
  conversation: ConversationRef,
  agencyId: string,
): Promise<void> {
  const { platform, tenant, id } = conversation;
  const row = { agency_id: agencyId, ref: json(conversation), told: "GREEN" };
  const { id: placeId } = await work.tx
    .insertInto("places")
    .values({ platform, tenant, conversation: id, ...row, ask_at: work.now })
    .onConflict((o) => o.columns(["platform", "tenant", "conversation"]).doUpdateSet(row))
    .returning("id")
    .executeTakeFirstOrThrow();
  await work.tx
    .updateTable("members")
    .set({ channel: json(conversation) })
    .where("agency_id", "=", agencyId)
    .execute();
  if (conversation.external) await outsidersSeen(work, conversation);
  await askAgain(work, placeId, { changed: true });
}

/**
 * Has the platform asked anew.
 * @param changed its readers may be others by now: until the answer comes the last one counts no longer
 */
export async function askAgain(work: UnitOfWork, id: string, { changed }: { changed: boolean }): Promise<void> {
  const conversation = await work.tx
    .selectFrom("places")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!conversation) return;
  const askAt = conversation.answered_at
    ? max([work.now, addSeconds(conversation.answered_at, APART_SECONDS)])
    : work.now;
  await work.tx
    .updateTable("places")
    .set({ ask_at: askAt, ...(changed ? { stale: true, changes: conversation.changes + 1 } : {}) })
    .where("id", "=", id)
    .execute();
  work.queued.push({ job: "audience", id, dueAt: askAt, priority: 0 });
}

/** A delivery shows that people of another organisation read along: nobody needs to be asked first. */
export async function outsidersSeen(work: UnitOfWork, { platform, tenant, id }: ConversationRef): Promise<void> {
  const conversation = await work.tx
    .updateTable("places")
    .set({
      audience: "outsiders",
      audience_reason: "shared",
      audience_scope: null,
      answered_at: work.now,
      // What a delivery alone tells is kept for who is asked later: Teams' roster does not name a shared channel.
      ref: sql`ref || '{"external": true}'::jsonb`,
    })
    .where("platform", "=", platform)
    .where("tenant", "=", tenant)
    .where("conversation", "=", id)
    .where("audience", "!=", "outsiders")
    .returningAll()
    .executeTakeFirst();
  if (!conversation) return;
  await recordAudience(work, conversation);
  await refreshConversation(work, conversation, "less");
  // Whoever answers for the conversation hears of it with the platform's own answer.
  await askAgain(work, conversation.id, { changed: true });
}

/** By hand, and only ever below what the platform's answer allows. */
export async function setLowered(
  work: UnitOfWork,
  conversation: Conversation,
  lowered: boolean,
  actorId: string,
): Promise<Conversation> {
  const changed = await work.tx
    .updateTable("places")
    .set({ lowered })
    .where("id", "=", conversation.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const ceiling = ceilingOf(changed, work.now);
  await work.tx.updateTable("places").set({ told: ceiling }).where("id", "=", conversation.id).execute();
  await record(work, {
    action: lowered ? "place.lowered" : "place.raised",
    actorId,
    item: { kind: "place", id: conversation.id },
    detail: { platform: conversation.platform, ceiling },
  });
  await refreshConversation(work, conversation, lowered ? "less" : "more");
  return changed;
}

/** On record, since it decides what was shown to whom. */
export const recordAudience = (work: UnitOfWork, conversation: Conversation): Promise<void> =>
  record(work, {
    action: "place.audience",
    item: { kind: "place", id: conversation.id },
    code: conversation.audience_reason ?? undefined,
    detail: { platform: conversation.platform, readers: conversation.audience, scope: conversation.audience_scope },
  });
