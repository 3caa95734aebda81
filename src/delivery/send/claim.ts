import { addMilliseconds } from "date-fns";
import { type Selectable, sql } from "kysely";
import type { AccountRef, Delivery, MessageRef } from "../../chat/index.js";
import { conversationOf, isLost } from "../../conversations/store.js";
import type { Person } from "../../people/model.js";
import { accountsOf, loadActing } from "../../people/store.js";
import type { OutboxRow } from "../../store/schema.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { seenNow } from "../changes.js";
import { drawn, emptied, type Notification, readerOf } from "../notification.js";
import { accountKey, POSTED, PRIORITY } from "../outbox.js";
import { heldBackMs, reserve } from "../pace.js";
import { scheduleTurn } from "../turns.js";
import { type Attempt, backoffMs, type Claim, type Claimed, LEASE_SECONDS, MOST_BROKEN } from "./attempt.js";
import { draw, fingerprint, inTheir } from "./render.js";
import { end, retry, toPeople, unreachable, waitsInLine } from "./settle.js";

/** The row, where it is due and nobody else has it: from now on it is this job's until the lease ends. */
async function take(at: Attempt): Promise<Claimed | undefined> {
  const row = await at.work.tx
    .updateTable("outbox")
    .set({
      state: "sending",
      lease_until: sql<Date>`now() + ${LEASE_SECONDS} * interval '1 second'`,
      attempts: sql<number>`attempts + 1`,
    })
    .where("id", "=", at.id)
    .where((eb) =>
      eb.or([
        eb.and([eb("state", "=", "pending"), eb("due_at", "<=", addMilliseconds(at.work.now, 50))]),
        eb.and([eb("state", "=", "sending"), eb("lease_until", "<", sql<Date>`now()`)]),
      ]),
    )
    .returningAll()
    .returning(seenNow.as("seen"))
    .executeTakeFirst();
  return row;
}

/** Takes the row, finds the way to its reader and draws the message for them, all from what is true now. */
export async function claim(at: Attempt): Promise<Claim> {
  const row = await take(at);
  return row ? prepare(at, row) : notYet(at);
}

/** What cannot be drawn is tried again, and set aside in the end; it must not take its place for ever. */
export async function setBack(at: Attempt, error: unknown): Promise<Claim> {
  const row = await take(at);
  at.parts.log.error("delivery.prepare", error, { notice: row?.notice });
  if (row && row.attempts >= MOST_BROKEN) return unreachable(at, row, "internal");
  if (row) await retry(at, row, backoffMs(row.attempts), true);
  return { kind: "gone" };
}

/** The clock here may be behind the one that wrote the row: it waits for the difference, and the job comes back. */
async function notYet(at: Attempt): Promise<Claim> {
  const row = await at.work.tx
    .selectFrom("outbox")
    .select(["due_at", "priority"])
    .where("id", "=", at.id)
    .where("state", "=", "pending")
    .executeTakeFirst();
  if (!row) return { kind: "gone" };
  return { kind: "wait", ms: Math.max(50, row.due_at.getTime() - at.work.now.getTime()), priority: row.priority };
}

async function prepare(at: Attempt, row: Claimed): Promise<Claim> {
  const notification = at.parts.notifications.get(row.notice);
  if (!notification) throw new Error(`no notice ${row.notice}`);
  const card = row.card_id
    ? await at.work.tx.selectFrom("cards").selectAll().where("id", "=", row.card_id).executeTakeFirst()
    : undefined;
  if (row.card_id && !card) return end(at, "nothing");
  if (card && (await isOnItsWay(at, card.id))) {
    await retry(at, row, IN_TURN_MS, false);
    return { kind: "gone" };
  }
  const loaded = row.person_id ? await loadActing(at.work.tx, row.person_id, at.work.now) : undefined;
  const person = loaded && (notification.parting || takesPart(loaded)) ? loaded : undefined;
  if (notification.overwrites && loaded) return covering(at, row, notification, loaded);
  // The copy of somebody who has left is emptied, and nobody gets it instead.
  if (row.person_id && !person && !card) return unreachable(at, row, "account_gone");

  const account = person && !card && !row.place ? await way(at, row, person) : undefined;
  if (person && !card && !row.place && !account) return unreachable(at, row, row.reason ?? "account_gone");
  const conversation = row.place ?? card?.ref.conversation;
  const bound = row.place && row.place.kind !== "personal" ? await conversationOf(at.work.tx, row.place) : undefined;
  if (bound && isLost(bound)) return toPeople(at, row, bound);
  const now =
    loaded && !person
      ? emptied(inTheir(loaded.lang))
      : await draw(at, row, notification, { person, conversation, card, account });
  // What would not be sent there any more must not stand there either.
  const message = now ?? (card?.item_kind === POSTED ? emptied(inTheir(person?.lang ?? at.work.body.lang)) : undefined);
  if (!message) return end(at, "nothing");
  if (card && card.shown === fingerprint(message)) {
    await scheduleTurn(at.work, card, message.until);
    return end(at, "nothing");
  }

  const where = conversation ?? (account && { ...account, id: `person ${account.user}` });
  if (!where) return end(at, "nothing");
  const waitMs =
    row.slotted && !(await heldBackMs(at.work.tx, where))
      ? 0
      : await reserve(at.work.tx, where, row.priority <= PRIORITY.lifeSafety);
  if (waitMs > SHORT_WAIT_MS) return waitsInLine(at, row, waitMs);
  const send = { kind: "send" as const, row, message, waitMs };
  if (card) return { ...send, card, delivery: { kind: "update", ref: card.ref, message } };
  if (conversation) return { ...send, delivery: { kind: "post", to: { conversation }, message } };
  if (!person || !account) return end(at, "nothing");
  const root = row.thread_of ? await cardOf(at.work, row.thread_of, person.id, account) : undefined;
  const delivery: Delivery = root
    ? { kind: "post", to: { conversation: root.conversation }, thread: root.thread ?? root.id, message }
    : { kind: "post", to: { person: account }, message };
  return { ...send, account, delivery };
}

/** On every account: nobody knows on which one it is open. Of somebody who has left too. */
async function covering(
  at: Attempt,
  row: Selectable<OutboxRow>,
  notification: Notification,
  person: Person,
): Promise<Claim> {
  const params = notification.schema.parse(row.params);
  const message = await drawn(at.work, notification, params, readerOf(person));
  const accounts = (await accountsOf(at.work.tx, person.id)).filter(
    ({ platform }) => at.parts.adapters.get(platform)?.overwrite,
  );
  if (!message || !notification.overwrites || accounts.length === 0) return end(at, "nothing");
  return { kind: "overwrite", row, accounts, live: notification.overwrites(params), message };
}

/**
 * An earlier drawing of this card is being sent: two at once could arrive in the wrong order, and one that shows what
 * the card showed before would be taken for nothing new, while the other is about to change it. One that is being
 * marked sent this moment is waited for, since it calls only those that it sees.
 */
async function isOnItsWay(at: Attempt, cardId: string): Promise<boolean> {
  const other = await at.work.tx
    .selectFrom("outbox")
    .select("id")
    .where("card_id", "=", cardId)
    .where("id", "!=", at.id)
    .where("state", "=", "sending")
    .where("lease_until", ">", sql<Date>`now()`)
    .forShare()
    .executeTakeFirst();
  return other !== undefined;
}

/** The first account that is connected and was not tried in vain. */
async function way(at: Attempt, row: Selectable<OutboxRow>, person: Person): Promise<AccountRef | undefined> {
  const accounts = await accountsOf(at.work.tx, person.id);
  return accounts.find(
    (candidate) => at.parts.adapters.has(candidate.platform) && !row.tried.includes(accountKey(candidate)),
  );
}

const takesPart = (person: Person): boolean => person.active && person.roles.length > 0;

/** The reader's newest card of an item on the platform about to be used. */
async function cardOf(
  work: UnitOfWork,
  itemId: string,
  personId: string,
  account: AccountRef,
): Promise<MessageRef | undefined> {
  const row = await work.tx
    .selectFrom("cards")
    .select("ref")
    .where("item_id", "=", itemId)
    .where("person_id", "=", personId)
    .where("platform", "=", account.platform)
    .where("tenant", "=", account.tenant)
    .orderBy("created_at", "desc")
    .executeTakeFirst();
  return row?.ref;
}

/** A wait for one's turn shorter than this is slept through, a longer one goes back into the queue. */
const SHORT_WAIT_MS = 1_500;
/** The end of an earlier drawing of the same card calls for the next; where its process died, this does. */
const IN_TURN_MS = 5_000;
