import { randomUUID } from "node:crypto";
import { type ExpressionBuilder, sql } from "kysely";
import type { AccountRef, ConversationRef, MessageRef, Platform } from "../chat/index.js";
import { json, type Tx } from "../store/database.js";
import { later } from "../store/later.js";
import type { Schema } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { noteChange } from "./changes.js";
import type { Notification } from "./notification.js";

export type Notifying<Params> = {
  notification: Notification<Params>;
  params: Params;
  to: { personId: string } | { conversation: ConversationRef };
  /** The person to be told when it cannot be delivered. */
  onBehalfOf?: string;
  /** Of two with the same key in one body, the first goes out. */
  dedupe?: string;
  /** Lower goes first. */
  priority?: number;
  /** Not before. */
  dueAt?: Date;
  /** An account of the person's where it is not to go. */
  notTo?: AccountRef;
  /** Goes into the thread of the reader's card of this item, where there is one. */
  threadOf?: string;
};

export const PRIORITY = { lifeSafety: 1, urgent: 5, normal: 10, refresh: 15 } as const;

/** Writes a message out in the transaction that causes it. */
export const notify = <Params>(work: UnitOfWork, notifying: Notifying<Params>): Promise<void> =>
  notifyAll(work, [notifying]);

/** Many at once, in one statement. */
export async function notifyAll<Params>(work: UnitOfWork, notifyings: readonly Notifying<Params>[]): Promise<void> {
  if (notifyings.length === 0) return;
  const rows = notifyings.map((notifying) => rowOf(work, notifying));
  await later(
    work.tx,
    work.tx
      .insertInto("outbox")
      .values(rows)
      .onConflict((c) => c.columns(["body_id", "dedupe"]).doNothing()),
  );
  // Of what goes out under its key already the job finds nothing.
  for (const row of rows) work.queued.push({ job: "deliver", id: row.id, dueAt: row.due_at, priority: row.priority });
}

/** The same, where it must be known how many are new. @returns how many did not go out under their keys before */
export async function notifyNew<Params>(work: UnitOfWork, notifyings: readonly Notifying<Params>[]): Promise<number> {
  if (notifyings.length === 0) return 0;
  const rows = await work.tx
    .insertInto("outbox")
    .values(notifyings.map((notifying) => rowOf(work, notifying)))
    .onConflict((c) => c.columns(["body_id", "dedupe"]).doNothing())
    .returning(["id", "due_at", "priority"])
    .execute();
  for (const row of rows) work.queued.push({ job: "deliver", id: row.id, dueAt: row.due_at, priority: row.priority });
  return rows.length;
}

const rowOf = <Params>(work: UnitOfWork, notifying: Notifying<Params>) => ({
  id: randomUUID(),
  notice: notifying.notification.id,
  params: json(notifying.params),
  person_id: "personId" in notifying.to ? notifying.to.personId : null,
  place: "conversation" in notifying.to ? json(notifying.to.conversation) : null,
  on_behalf_of: notifying.onBehalfOf ?? null,
  dedupe: notifying.dedupe ?? null,
  priority: notifying.priority ?? PRIORITY.normal,
  due_at: notifying.dueAt ?? work.now,
  thread_of: notifying.threadOf ?? null,
  ...(notifying.notTo ? { tried: json([accountKey(notifying.notTo)]) } : {}),
});

/** How an account stands among those that were tried in vain. */
export const accountKey = ({ platform, tenant, user }: AccountRef): string => `${platform} ${tenant} ${user}`;

/** Every copy of an item's card, on every platform, is refreshed; a refresh that waits already serves. */
export async function refresh(work: UnitOfWork, item: { kind: string; id: string }): Promise<void> {
  await noteChange(work, item.id);
  const cards = await work.tx
    .selectFrom("cards")
    .select(["id", "notice", "params", "person_id"])
    .where((eb) =>
      eb.or([eb.and([eb("item_kind", "=", item.kind), eb("item_id", "=", item.id)]), eb("follows_id", "=", item.id)]),
    )
    .unionAll((eb) =>
      eb
        .selectFrom("card_items")
        .innerJoin("cards", "cards.id", "card_items.card_id")
        .select(["cards.id", "notice", "params", "person_id"])
        .where("card_items.item_id", "=", item.id),
    )
    .execute();
  await refreshAll(work, cards, work.now);
}

/** What stands in a conversation of several and is no live card: kept to be emptied, and never filled again. */
export const POSTED = "message";

/**
 * What stands in a conversation is refreshed, ahead of other refreshes, since what it may show has changed: every card, and
 * when it may show less every other message too. A message that was emptied stays so: its figures are of another day.
 */
export async function refreshConversation(
  work: UnitOfWork,
  { platform, tenant, conversation }: { platform: Platform; tenant: string; conversation: string },
  shows: "more" | "less",
): Promise<void> {
  const cards = await work.tx
    .selectFrom("cards")
    .select(["id", "notice", "params", "person_id"])
    .where("platform", "=", platform)
    .where("tenant", "=", tenant)
    .where("conversation", "=", conversation)
    .$if(shows === "more", (q) => q.where("item_kind", "!=", POSTED))
    .execute();
  for (let from = 0; from < cards.length; from += REDRAWN_AT_ONCE)
    await refreshAll(work, cards.slice(from, from + REDRAWN_AT_ONCE), work.now, PRIORITY.urgent);
}

const at =
  ({ conversation, id }: MessageRef) =>
  (eb: ExpressionBuilder<Schema, "cards">) =>
    eb.and([
      eb("platform", "=", conversation.platform),
      eb("tenant", "=", conversation.tenant),
      eb("conversation", "=", conversation.id),
      eb("message", "=", id),
    ]);

/** What the message shows that stands there, where it is kept true. */
export const cardAt = (
  work: UnitOfWork,
  message: MessageRef,
): Promise<{ item_kind: string; item_id: string } | undefined> =>
  work.tx.selectFrom("cards").select(["item_kind", "item_id"]).where(at(message)).executeTakeFirst();

export type Kept<Params> = {
  notification: Notification<Params>;
  params: Params;
  item: { kind: string; id: string };
  personId: string;
  message: MessageRef;
};

/** A message that stands in somebody's own conversation follows an item from now on, like the card that was sent. */
export async function keepTrue<Params>(
  work: UnitOfWork,
  { notification, params, item, personId, message }: Kept<Params>,
) {
  await work.tx
    .insertInto("cards")
    .values({
      id: randomUUID(),
      notice: notification.id,
      params: json(params),
      item_kind: item.kind,
      item_id: item.id,
      follows_id: notification.follows?.(params) ?? null,
      person_id: personId,
      ref: json(message),
      platform: message.conversation.platform,
      tenant: message.conversation.tenant,
      conversation: message.conversation.id,
      message: message.id,
      shown: "",
    })
    .onConflict((c) => c.columns(["platform", "tenant", "conversation", "message"]).doNothing())
    .execute();
}

/**
 * The card that somebody has just acted on is drawn before the others.
 * @returns whether the message is a card that is kept true
 */
export async function refreshFirst(work: UnitOfWork, message: MessageRef): Promise<boolean> {
  const card = await work.tx
    .selectFrom("cards")
    .select(["id", "notice", "params", "person_id"])
    .where(at(message))
    .executeTakeFirst();
  if (!card) return false;
  await refreshAll(work, [card], work.now, PRIORITY.urgent);
  return true;
}

/** As many rows as one statement takes with room to spare. */
const REDRAWN_AT_ONCE = 1_000;

type Drawn = { id: string; notice: string; params: Record<string, unknown>; person_id: string | null };

/** Copies that the clock has made untrue. */
export async function refreshCards(work: UnitOfWork, ids: readonly string[]): Promise<void> {
  const cards = await work.tx
    .selectFrom("cards")
    .select(["id", "notice", "params", "person_id"])
    .where("id", "in", ids)
    .execute();
  await refreshAll(work, cards, work.now);
}

/** One copy, at `dueAt` at the latest. */
export const refreshCard = (work: UnitOfWork, card: Drawn, dueAt: Date): Promise<void> =>
  refreshAll(work, [card], dueAt);

async function refreshAll(
  work: UnitOfWork,
  cards: readonly Drawn[],
  dueAt: Date,
  priority: number = PRIORITY.refresh,
): Promise<void> {
  if (cards.length === 0) return;
  const rows = await work.tx
    .insertInto("outbox")
    .values(
      cards.map((card) => ({
        id: randomUUID(),
        notice: card.notice,
        params: json(card.params),
        person_id: card.person_id,
        card_id: card.id,
        priority,
        due_at: dueAt,
      })),
    )
    .onConflict((c) =>
      c
        .column("card_id")
        .where(sql<boolean>`state = 'pending' and card_id is not null`)
        // Written, not left alone: the row is held until this commit, so that who draws it draws what this changed.
        .doUpdateSet({
          // One that has its place in the platform's line keeps it, and shows what is true by then.
          due_at: sql<Date>`case when outbox.slotted then outbox.due_at else least(outbox.due_at, excluded.due_at) end`,
          priority: sql<number>`least(outbox.priority, excluded.priority)`,
        }),
    )
    .returning(["id", "due_at", "priority"])
    .execute();
  const queued = rows.map((row) => ({
    job: "deliver" as const,
    id: row.id,
    dueAt: row.due_at,
    priority: row.priority,
  }));
  // Of two jobs for one row the queue keeps the first.
  if (priority < PRIORITY.refresh) work.queued.unshift(...queued);
  else work.queued.push(...queued);
}

/** How many rows there are in each state; the delivered ones of the last weeks too. */
export const countOutbox = (tx: Tx): Promise<{ state: string; count: number }[]> =>
  tx
    .selectFrom("outbox")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
