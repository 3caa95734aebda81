import { randomUUID } from "node:crypto";
import { addMilliseconds, differenceInHours } from "date-fns";
import { type Selectable, sql } from "kysely";
import { record } from "../../audit/record.js";
import type { DeliveryError, MessageRef, PermanentReason } from "../../chat/index.js";
import type { Conversation } from "../../conversations/store.js";
import { loadPerson } from "../../people/store.js";
import { json, type Tx } from "../../store/database.js";
import type { OutboxRow } from "../../store/schema.js";
import { changedSince } from "../changes.js";
import { undelivered } from "../failed.js";
import { passOn } from "../instead.js";
import { lostPlace } from "../lost.js";
import { accountKey, notify, POSTED, refreshCard } from "../outbox.js";
import { holdBack } from "../pace.js";
import { scheduleTurn } from "../turns.js";
import { type Attempt, backoffMs, type Claim, type ToSend, tenantOf } from "./attempt.js";
import { draw, fingerprint } from "./render.js";

/** What becomes of a row: sent, to be tried again, or set aside. */

/** The reference is stored in the same commit that marks the row sent. */
export async function sent(at: Attempt, claim: ToSend, ref: MessageRef): Promise<void> {
  const { row, card, message } = claim;
  const { tx, now } = at.work;
  const mark = (db: Pick<Tx, "updateTable">) =>
    db
      .updateTable("outbox")
      .set({ state: "sent", sent_at: now, ref: json(ref), message: ref.id, lease_until: null, reason: null })
      .where("id", "=", row.id);
  if (card) {
    await mark(tx).execute();
    await at.work.tx
      .updateTable("cards")
      .set({ shown: fingerprint(message) })
      .where("id", "=", card.id)
      .execute();
    await callNext(at, card.id);
    return scheduleTurn(at.work, card, message.until);
  }
  const notification = at.parts.notifications.get(row.notice);
  const kept = ref.conversation.kind !== "personal" || message.about !== undefined;
  const item = notification?.item?.(row.params) ?? (kept ? { kind: POSTED, id: row.id } : undefined);
  if (!item) {
    await mark(tx).execute();
    return;
  }
  const id = randomUUID();
  const [about = null, ...others] = new Set(message.about);
  const fresh = await tx
    .with("marked", mark)
    .insertInto("cards")
    .values({
      id,
      notice: row.notice,
      params: json(row.params),
      item_kind: item.kind,
      item_id: item.id,
      follows_id: notification?.follows?.(row.params) ?? about,
      person_id: row.person_id,
      ref: json(ref),
      platform: ref.conversation.platform,
      tenant: ref.conversation.tenant,
      conversation: ref.conversation.id,
      message: ref.id,
      shown: fingerprint(message),
    })
    .onConflict((c) => c.columns(["platform", "tenant", "conversation", "message"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (others.length && fresh)
    await at.work.tx
      .insertInto("card_items")
      .values(others.map((item_id) => ({ card_id: id, item_id })))
      .execute();
  if (!fresh) return;
  if (message.until) await scheduleTurn(at.work, fresh, message.until);
  const changed = { id, notice: row.notice, params: row.params, person_id: row.person_id };
  // Whoever changed the item while this was on its way found no card to refresh.
  if (ref.conversation.kind === "personal") {
    const own = item.kind === POSTED ? [] : [item.id];
    const follows = notification?.follows?.(row.params);
    const shows = [...own, ...(message.about ?? []), ...(follows ? [follows] : [])];
    if (await changedSince(at.work, shows, row.seen)) await refreshCard(at.work, changed, at.work.now);
  }
  // What a conversation of several may show can have changed too: one more look makes it true.
  else await refreshCard(at.work, changed, addMilliseconds(at.work.now, SECOND_LOOK_MS));
}

export async function failed(at: Attempt, claim: ToSend, outcome: DeliveryError["outcome"]): Promise<void> {
  const { row, card, account } = claim;
  switch (outcome.kind) {
    case "rate_limited": {
      // The tenant as a whole is held back, and the row keeps its place: a 429 is no attempt.
      await holdBack(at.work.tx, tenantOf(claim), outcome.retryAfterMs);
      await retry(at, row, outcome.retryAfterMs, false);
      return;
    }
    case "passing": {
      const since = row.failing_since ?? at.work.now;
      if (differenceInHours(at.work.now, since) >= GIVE_UP_HOURS) {
        if (card) await end(at, "nothing", "gave_up");
        else await unreachable(at, row, "gave_up");
        return;
      }
      await at.work.tx.updateTable("outbox").set({ failing_since: since }).where("id", "=", row.id).execute();
      await retry(at, row, backoffMs(row.attempts), true);
      return;
    }
    case "permanent": {
      const lost = await lostPlace(at.work, row.place ?? card?.ref.conversation, outcome.reason);
      if (lost && !card) {
        await toPeople(at, row, lost);
        return;
      }
      if (card) {
        // The copy is gone for good: nothing to keep true there any more.
        await at.work.tx.deleteFrom("cards").where("id", "=", card.id).execute();
        await end(at, "nothing", outcome.reason);
        return;
      }
      if (account) {
        if (GONE.has(outcome.reason))
          await at.work.tx
            .updateTable("accounts")
            .set({ unreachable: outcome.reason })
            .where("platform", "=", account.platform)
            .where("tenant", "=", account.tenant)
            .where("user_id", "=", account.user)
            .execute();
        await at.work.tx
          .updateTable("outbox")
          .set({ tried: json([...row.tried, accountKey(account)]), reason: outcome.reason })
          .where("id", "=", row.id)
          .execute();
        await retry(at, row, 0, true);
        return;
      }
      await unreachable(at, row, outcome.reason);
    }
  }
}

/** What would stand in a conversation that takes nothing, for those who answer for it. */
export async function toPeople(at: Attempt, row: Selectable<OutboxRow>, conversation: Conversation): Promise<Claim> {
  const notification = at.parts.notifications.get(row.notice);
  if (notification && !notification.beside && conversation.agency_id)
    await passOn(at.work, row, notification, { agencyId: conversation.agency_id }, (person) =>
      draw(at, row, notification, { person }),
    );
  return end(at, "nothing", "channel_gone");
}

export async function retry(at: Attempt, row: Selectable<OutboxRow>, ms: number, counts: boolean): Promise<void> {
  // A refresh that waits already serves, and there is only one.
  if (row.card_id && (await waits(at, row.card_id))) {
    await end(at, "nothing");
    return;
  }
  const dueAt = addMilliseconds(at.work.now, ms);
  await at.work.tx
    .updateTable("outbox")
    .set({
      state: "pending",
      due_at: dueAt,
      lease_until: null,
      slotted: false,
      attempts: counts ? row.attempts : row.attempts - 1,
    })
    .where("id", "=", row.id)
    .execute();
  at.work.queued.push({ job: "deliver", id: row.id, dueAt, priority: row.priority });
}

export async function waitsInLine(at: Attempt, row: Selectable<OutboxRow>, ms: number): Promise<Claim> {
  await at.work.tx
    .updateTable("outbox")
    .set({
      state: "pending",
      slotted: true,
      attempts: row.attempts - 1,
      lease_until: null,
      due_at: addMilliseconds(at.work.now, ms),
    })
    .where("id", "=", row.id)
    .execute();
  return { kind: "wait", ms, priority: row.priority };
}

export async function end(at: Attempt, state: "nothing", reason?: string): Promise<Claim> {
  await at.work.tx
    .updateTable("outbox")
    .set({ state, reason: reason ?? null, lease_until: null, sent_at: at.work.now })
    .where("id", "=", at.id)
    .execute();
  return { kind: state };
}

/** Set aside with its reason; the focal point gets it instead, and the sender is told. */
export async function unreachable(at: Attempt, row: Selectable<OutboxRow>, reason: string): Promise<Claim> {
  await at.work.tx
    .updateTable("outbox")
    .set({ state: "failed", reason, lease_until: null })
    .where("id", "=", row.id)
    .execute();
  await record(at.work, { action: "delivery.failed", code: reason, item: { kind: "outbox", id: row.id } });
  const person = row.person_id ? await loadPerson(at.work.tx, row.person_id) : undefined;
  const notification = at.parts.notifications.get(row.notice);
  // What they may not see (TLP:RED), or is that person's alone, they do not get; and the sender is not told that they did.
  const passedOn =
    person !== undefined &&
    notification !== undefined &&
    row.notice !== undelivered.id &&
    (await passOn(at.work, row, notification, { agencyId: person.agencyId, but: person.id }, (focal) =>
      draw(at, row, notification, { person: focal }),
    ));
  if (row.on_behalf_of && row.on_behalf_of !== row.person_id)
    await notify(at.work, {
      notification: undelivered,
      params: { outbox: row.id, passedOn },
      to: { personId: row.on_behalf_of },
      dedupe: `undelivered ${row.id}`,
    });
  return { kind: "unreachable" };
}

async function waits(at: Attempt, cardId: string): Promise<boolean> {
  const other = await at.work.tx
    .selectFrom("outbox")
    .select("id")
    .where("card_id", "=", cardId)
    .where("id", "!=", at.id)
    .where("state", "=", "pending")
    .executeTakeFirst();
  return other !== undefined;
}

/** An earlier drawing of this card is over: the one that waits for its turn goes out now. */
async function callNext(at: Attempt, cardId: string): Promise<void> {
  const waiting = at.work.tx
    .selectFrom("outbox")
    .select("id")
    .where("card_id", "=", cardId)
    .where("state", "=", "pending")
    // One that has its place in the platform's line keeps it.
    .where("slotted", "=", false)
    // Whoever holds it either waits for this commit, or puts it into the queue with their own.
    .forUpdate()
    .skipLocked();
  const next = await at.work.tx
    .updateTable("outbox")
    .set({ due_at: sql<Date>`least(due_at, ${at.work.now})` })
    .where("id", "in", waiting)
    .returning(["id", "due_at", "priority"])
    .executeTakeFirst();
  if (next) at.work.queued.push({ job: "deliver", id: next.id, dueAt: next.due_at, priority: next.priority });
}

/** These say that the account itself is of no use any more. */
const GONE: ReadonlySet<PermanentReason> = new Set(["account_gone", "blocked", "bot_removed"]);

/** A passing failure is tried for so long; 429 for ever. */
const GIVE_UP_HOURS = 24;
/** Longer than a transaction that changes an item takes. */
const SECOND_LOOK_MS = 2_000;
