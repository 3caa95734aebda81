import { createHash, randomUUID } from "node:crypto";
import { addMilliseconds, differenceInHours } from "date-fns";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import { record } from "../audit/record.js";
import {
  type AccountRef,
  type ConversationRef,
  type Deliverer,
  type Delivery,
  DeliveryError,
  type Message,
  type MessageRef,
  type PermanentReason,
  type Platform,
  platformFacts,
} from "../chat/index.js";
import { type Conversation, ceilingOf, conversationOf, drawnLow, isLost } from "../conversations/store.js";
import { messagesFor } from "../i18n/index.js";
import type { Clock } from "../lib/clock.js";
import { defineJob, type Job } from "../lib/job.js";
import type { Log } from "../lib/log.js";
import type { Person } from "../people/model.js";
import { accountsOf, asDeputy, loadBody, loadPerson } from "../people/store.js";
import { attempt, json, type Store } from "../store/database.js";
import type { CardRow, OutboxRow } from "../store/schema.js";
import { type Queued, type Services, UnitOfWork } from "../store/unit-of-work.js";
import { changedSince, seenNow } from "./changes.js";
import { undelivered } from "./failed.js";
import { passOn } from "./instead.js";
import { lostPlace } from "./lost.js";
import { channelReader, drawn, emptied, type Notification, readerOf } from "./notification.js";
import { accountKey, notify, POSTED, PRIORITY, refreshCard } from "./outbox.js";
import { heldBackMs, holdBack, reserve } from "./pace.js";
import { scheduleTurn } from "./turns.js";

export type DeliveryParts = Services & {
  store: Store;
  clock: Clock;
  log: Log;
  notifications: ReadonlyMap<string, Notification>;
  adapters: ReadonlyMap<Platform, Deliverer>;
  /** Puts rows into the queue again, after the commit. */
  enqueue: (body: string, rows: Queued[]) => void;
  /** Told after each row, for the metrics. */
  observe?: (outcome: "sent" | "nothing" | "passing" | "rate_limited" | "failed", seconds: number) => void;
};

/** Most of a delivery is waiting for a platform: one that hangs must not hold up the other. */
export const SENDS_AT_ONCE = 24;
/** A send that has not answered after so long is taken for lost; the row is tried again. */
const LEASE_SECONDS = 60;
/** No send takes longer: a token, a conversation to open and the message, ten seconds each. */
const SEND_SECONDS = 30;
/** So long a database that is away is waited for with what became of a send: forgotten, it would be sent once more. */
const SETTLE_SECONDS = 300;
/** A wait for one's turn shorter than this is slept through, a longer one goes back into the queue. */
const SHORT_WAIT_MS = 1_500;
/** A passing failure is tried for so long; 429 for ever. */
const GIVE_UP_HOURS = 24;
/** Longer than a transaction that changes an item takes. */
const SECOND_LOOK_MS = 2_000;
/** The end of an earlier drawing of the same card calls for the next; where its process died, this does. */
const IN_TURN_MS = 5_000;
/** So often a message that cannot be drawn is tried. */
const MOST_BROKEN = 10;

/** @property seen what was committed before the drawing began (`changedSince`) */
type Claimed = Selectable<OutboxRow> & { seen: string };

type Claim =
  | { kind: "gone" }
  | { kind: "wait"; ms: number; priority: number }
  | { kind: "nothing" }
  | { kind: "unreachable" }
  | { kind: "overwrite"; row: Selectable<OutboxRow>; accounts: AccountRef[]; live: string; message: Message }
  | {
      kind: "send";
      row: Claimed;
      card?: Selectable<CardRow>;
      account?: AccountRef;
      delivery: Delivery;
      message: Message;
      waitMs: number;
    };

/** The job that sends one outbox row: claim, send, mark. Between send and mark a crash can send twice, and nowhere else. */
export function deliveryJob(parts: DeliveryParts): Job<{ body: string; id: string }> {
  return defineJob({
    id: "deliver",
    schema: z.object({ body: z.string(), id: z.string() }),
    concurrency: SENDS_AT_ONCE,
    run: ({ body, id }) => new Sending(parts, body, id).run(),
  });
}

class Sending {
  constructor(
    private readonly parts: DeliveryParts,
    private readonly body: string,
    private readonly id: string,
  ) {}

  async run(): Promise<void> {
    const started = Date.now();
    const claim = await this.#inWork((work) => this.#claim(work));
    switch (claim.kind) {
      case "gone":
        return;
      case "wait":
        this.parts.enqueue(this.body, [
          {
            job: "deliver",
            id: this.id,
            dueAt: addMilliseconds(this.parts.clock.now(), claim.ms),
            priority: claim.priority,
          },
        ]);
        return;
      case "nothing":
        this.parts.observe?.("nothing", seconds(started));
        return;
      case "unreachable":
        this.parts.observe?.("failed", seconds(started));
        return;
      case "overwrite":
        return this.#overwrite(claim, started);
      case "send":
        if (claim.waitMs > 0) await sleep(claim.waitMs);
        await this.#send(claim, started);
    }
  }

  /** Takes the row, finds the way to its reader and draws the message for them, all from what is true now. */
  async #claim(work: UnitOfWork): Promise<Claim> {
    const row = await work.tx
      .updateTable("outbox")
      .set({
        state: "sending",
        lease_until: sql<Date>`now() + ${LEASE_SECONDS} * interval '1 second'`,
        attempts: sql<number>`attempts + 1`,
      })
      .where("id", "=", this.id)
      .where((eb) =>
        eb.or([
          eb.and([eb("state", "=", "pending"), eb("due_at", "<=", addMilliseconds(work.now, 50))]),
          eb.and([eb("state", "=", "sending"), eb("lease_until", "<", sql<Date>`now()`)]),
        ]),
      )
      .returningAll()
      .returning(seenNow.as("seen"))
      .executeTakeFirst();
    if (!row) return this.#notYet(work);
    try {
      return await attempt(work.tx, () => this.#prepare(work, row));
    } catch (error) {
      // What cannot be drawn is tried again, and set aside in the end; it must not take its place for ever.
      this.parts.log.error("delivery.prepare", error, { notice: row.notice });
      if (row.attempts >= MOST_BROKEN) return this.#unreachable(work, row, "internal");
      await this.#retry(work, row, backoffMs(row.attempts), true);
      return { kind: "gone" };
    }
  }

  /** The clock here may be behind the one that wrote the row: it waits for the difference, and the job comes back. */
  async #notYet(work: UnitOfWork): Promise<Claim> {
    const row = await work.tx
      .selectFrom("outbox")
      .select(["due_at", "priority"])
      .where("id", "=", this.id)
      .where("state", "=", "pending")
      .executeTakeFirst();
    if (!row) return { kind: "gone" };
    return { kind: "wait", ms: Math.max(50, row.due_at.getTime() - work.now.getTime()), priority: row.priority };
  }

  async #prepare(work: UnitOfWork, row: Claimed): Promise<Claim> {
    const notification = this.parts.notifications.get(row.notice);
    if (!notification) throw new Error(`no notice ${row.notice}`);
    const card = row.card_id
      ? await work.tx.selectFrom("cards").selectAll().where("id", "=", row.card_id).executeTakeFirst()
      : undefined;
    if (row.card_id && !card) return this.#end(work, "nothing");
    if (card && (await this.#isOnItsWay(work, card.id))) {
      await this.#retry(work, row, IN_TURN_MS, false);
      return { kind: "gone" };
    }
    const loaded = row.person_id ? await loadPerson(work.tx, row.person_id) : undefined;
    const person =
      loaded && (notification.parting || takesPart(loaded)) ? await asDeputy(work.tx, loaded, work.now) : undefined;
    if (notification.overwrites && loaded) return this.#covering(work, row, notification, loaded);
    // The copy of somebody who has left is emptied, and nobody gets it instead.
    if (row.person_id && !person && !card) return this.#unreachable(work, row, "account_gone");

    const account = person && !card && !row.place ? await this.#way(work, row, person) : undefined;
    if (person && !card && !row.place && !account) return this.#unreachable(work, row, row.reason ?? "account_gone");
    const conversation = row.place ?? card?.ref.conversation;
    const bound = row.place && row.place.kind !== "personal" ? await conversationOf(work.tx, row.place) : undefined;
    if (bound && isLost(bound)) return this.#toPeople(work, row, bound);
    const now =
      loaded && !person
        ? emptied(inTheir(loaded.lang))
        : await this.#draw(work, row, notification, { person, conversation, card, account });
    // What would not be sent there any more must not stand there either.
    const message = now ?? (card?.item_kind === POSTED ? emptied(inTheir(person?.lang ?? work.body.lang)) : undefined);
    if (!message) return this.#end(work, "nothing");
    if (card && card.shown === fingerprint(message)) {
      await scheduleTurn(work, card, message.until);
      return this.#end(work, "nothing");
    }

    const where = conversation ?? (account && { ...account, id: `person ${account.user}` });
    if (!where) return this.#end(work, "nothing");
    const waitMs =
      row.slotted && !(await heldBackMs(work.tx, where))
        ? 0
        : await reserve(work.tx, where, row.priority <= PRIORITY.lifeSafety);
    if (waitMs > SHORT_WAIT_MS) return this.#later(work, row, waitMs);
    const send = { kind: "send" as const, row, message, waitMs };
    if (card) return { ...send, card, delivery: { kind: "update", ref: card.ref, message } };
    if (conversation) return { ...send, delivery: { kind: "post", to: { conversation }, message } };
    if (!person || !account) return this.#end(work, "nothing");
    const root = row.thread_of ? await cardOf(work, row.thread_of, person.id, account) : undefined;
    const delivery: Delivery = root
      ? { kind: "post", to: { conversation: root.conversation }, thread: root.thread ?? root.id, message }
      : { kind: "post", to: { person: account }, message };
    return { ...send, account, delivery };
  }

  /** On every account: nobody knows on which one it is open. Of somebody who has left too. */
  async #covering(
    work: UnitOfWork,
    row: Selectable<OutboxRow>,
    notification: Notification,
    person: Person,
  ): Promise<Claim> {
    const params = notification.schema.parse(row.params);
    const message = await drawn(work, notification, params, readerOf(person));
    const accounts = (await accountsOf(work.tx, person.id)).filter(
      ({ platform }) => this.parts.adapters.get(platform)?.overwrite,
    );
    if (!message || !notification.overwrites || accounts.length === 0) return this.#end(work, "nothing");
    return { kind: "overwrite", row, accounts, live: notification.overwrites(params), message };
  }

  async #overwrite({ row, accounts, live, message }: Extract<Claim, { kind: "overwrite" }>, started: number) {
    try {
      for (const account of accounts)
        await this.parts.adapters.get(account.platform)?.overwrite?.(account, live, message);
    } catch (error) {
      const outcome = error instanceof DeliveryError ? error.outcome : ({ kind: "passing" } as const);
      if (!(error instanceof DeliveryError)) this.parts.log.error("delivery.unexpected", error);
      // Where Coord may not act any more nothing is open either.
      const limited = outcome.kind === "rate_limited";
      const again = limited || (outcome.kind === "passing" && row.attempts < MOST_BROKEN);
      const ms = limited ? outcome.retryAfterMs : backoffMs(row.attempts);
      await this.#inWork(async (work) => {
        if (again) await this.#retry(work, row, ms, !limited);
        else await this.#end(work, "nothing");
      });
      this.parts.observe?.(again ? "passing" : "nothing", seconds(started));
      return;
    }
    await this.#inWork(async (work) => void (await this.#end(work, "nothing")));
    this.parts.observe?.("sent", seconds(started));
  }

  /**
   * An earlier drawing of this card is being sent: two at once could arrive in the wrong order, and one that shows what
   * the card showed before would be taken for nothing new, while the other is about to change it. One that is being
   * marked sent this moment is waited for, since it calls only those that it sees.
   */
  async #isOnItsWay(work: UnitOfWork, cardId: string): Promise<boolean> {
    const other = await work.tx
      .selectFrom("outbox")
      .select("id")
      .where("card_id", "=", cardId)
      .where("id", "!=", this.id)
      .where("state", "=", "sending")
      .where("lease_until", ">", sql<Date>`now()`)
      .forShare()
      .executeTakeFirst();
    return other !== undefined;
  }

  async #waits(work: UnitOfWork, cardId: string): Promise<boolean> {
    const other = await work.tx
      .selectFrom("outbox")
      .select("id")
      .where("card_id", "=", cardId)
      .where("id", "!=", this.id)
      .where("state", "=", "pending")
      .executeTakeFirst();
    return other !== undefined;
  }

  /** An earlier drawing of this card is over: the one that waits for its turn goes out now. */
  async #callNext(work: UnitOfWork, cardId: string): Promise<void> {
    const waiting = work.tx
      .selectFrom("outbox")
      .select("id")
      .where("card_id", "=", cardId)
      .where("state", "=", "pending")
      // One that has its place in the platform's line keeps it.
      .where("slotted", "=", false)
      // Whoever holds it either waits for this commit, or puts it into the queue with their own.
      .forUpdate()
      .skipLocked();
    const next = await work.tx
      .updateTable("outbox")
      .set({ due_at: sql<Date>`least(due_at, ${work.now})` })
      .where("id", "in", waiting)
      .returning(["id", "due_at", "priority"])
      .executeTakeFirst();
    if (next) work.queued.push({ job: "deliver", id: next.id, dueAt: next.due_at, priority: next.priority });
  }

  /** The first account that is connected and was not tried in vain. */
  async #way(work: UnitOfWork, row: Selectable<OutboxRow>, person: Person): Promise<AccountRef | undefined> {
    const accounts = await accountsOf(work.tx, person.id);
    return accounts.find(
      (candidate) => this.parts.adapters.has(candidate.platform) && !row.tried.includes(accountKey(candidate)),
    );
  }

  async #draw(
    work: UnitOfWork,
    row: Selectable<OutboxRow>,
    notification: Notification,
    to: { person?: Person; conversation?: ConversationRef; card?: Selectable<CardRow>; account?: AccountRef },
  ): Promise<Message | undefined> {
    // Who reads a conversation of several is asked of what is known now: a message's own address may be a year old.
    const shared = to.conversation && to.conversation.kind !== "personal" ? to.conversation : undefined;
    const conversation = shared && (await conversationOf(work.tx, shared));
    const ceiling = conversation ? ceilingOf(conversation, work.now) : shared ? "CLEAR" : "GREEN";
    if (conversation) await drawnLow(work, conversation);
    const reader = to.person
      ? readerOf(to.person, ceiling)
      : shared && channelReader(work.body, ceiling, conversation?.agency_id ?? undefined);
    if (!reader) return undefined;
    return drawn(work, notification, notification.schema.parse(row.params), {
      ...reader,
      refresh: to.card !== undefined,
      ...(to.account && platformFacts(to.account.platform).mailbox
        ? { wordless: true as const, mailbox: to.account.user }
        : {}),
    });
  }

  async #send(claim: Extract<Claim, { kind: "send" }>, started: number): Promise<void> {
    const platform = platformOf(claim);
    // Begun later it could end after the lease, when another has taken the row for lost and sends it too.
    if (seconds(started) > LEASE_SECONDS - SEND_SECONDS)
      return this.#settle(claim.row, (work) => this.#retry(work, claim.row, 0, false));
    let ref: MessageRef;
    try {
      const adapter = this.parts.adapters.get(platform);
      if (!adapter) throw DeliveryError.passing(`${platform} is not connected`);
      ref = await adapter.deliver(claim.delivery);
    } catch (error) {
      const outcome = error instanceof DeliveryError ? error.outcome : ({ kind: "passing" } as const);
      if (!(error instanceof DeliveryError)) this.parts.log.error("delivery.unexpected", error, { platform });
      await this.#settle(claim.row, (work) => this.#failed(work, claim, outcome));
      this.parts.observe?.(outcome.kind === "permanent" ? "failed" : outcome.kind, seconds(started));
      return;
    }
    await this.#persist((work) => this.#sent(work, claim, ref));
    this.parts.observe?.("sent", seconds(started));
  }

  /** What is to follow a send that did not succeed, unless another has taken the row meanwhile. */
  #settle(row: Selectable<OutboxRow>, act: (work: UnitOfWork) => Promise<unknown>): Promise<void> {
    return this.#persist(async (work) => {
      const own = await work.tx
        .selectFrom("outbox")
        .select("id")
        .where("id", "=", row.id)
        .where("state", "=", "sending")
        .where("attempts", "=", row.attempts)
        .forUpdate()
        .executeTakeFirst();
      if (own) await act(work);
    });
  }

  /** Written however long the database is away or the line before it. */
  async #persist(act: (work: UnitOfWork) => Promise<unknown>): Promise<void> {
    const since = Date.now();
    for (;;)
      try {
        await this.#inWork(act);
        return;
      } catch (error) {
        if (seconds(since) > (isAway(error) ? SETTLE_SECONDS : SEND_SECONDS)) throw error;
        await sleep(1_000);
      }
  }

  /** The reference is stored in the same commit that marks the row sent. */
  async #sent(work: UnitOfWork, claim: Extract<Claim, { kind: "send" }>, ref: MessageRef): Promise<void> {
    const { row, card, message } = claim;
    await work.tx
      .updateTable("outbox")
      .set({ state: "sent", sent_at: work.now, ref: json(ref), message: ref.id, lease_until: null, reason: null })
      .where("id", "=", row.id)
      .execute();
    if (card) {
      await work.tx
        .updateTable("cards")
        .set({ shown: fingerprint(message) })
        .where("id", "=", card.id)
        .execute();
      await this.#callNext(work, card.id);
      return scheduleTurn(work, card, message.until);
    }
    const notification = this.parts.notifications.get(row.notice);
    const kept = ref.conversation.kind !== "personal" || message.about !== undefined;
    const item = notification?.item?.(row.params) ?? (kept ? { kind: POSTED, id: row.id } : undefined);
    if (!item) return;
    const id = randomUUID();
    const [about = null, ...others] = new Set(message.about);
    const fresh = await work.tx
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
      await work.tx
        .insertInto("card_items")
        .values(others.map((item_id) => ({ card_id: id, item_id })))
        .execute();
    if (!fresh) return;
    if (message.until) await scheduleTurn(work, fresh, message.until);
    const changed = { id, notice: row.notice, params: row.params, person_id: row.person_id };
    // Whoever changed the item while this was on its way found no card to refresh.
    if (ref.conversation.kind === "personal") {
      const own = item.kind === POSTED ? [] : [item.id];
      const follows = notification?.follows?.(row.params);
      const shows = [...own, ...(message.about ?? []), ...(follows ? [follows] : [])];
      if (await changedSince(work, shows, row.seen)) await refreshCard(work, changed, work.now);
    }
    // What a conversation of several may show can have changed too: one more look makes it true.
    else await refreshCard(work, changed, addMilliseconds(work.now, SECOND_LOOK_MS));
  }

  async #failed(
    work: UnitOfWork,
    claim: Extract<Claim, { kind: "send" }>,
    outcome: DeliveryError["outcome"],
  ): Promise<void> {
    const { row, card, account } = claim;
    switch (outcome.kind) {
      case "rate_limited": {
        // The tenant as a whole is held back, and the row keeps its place: a 429 is no attempt.
        await holdBack(work.tx, tenantOf(claim), outcome.retryAfterMs);
        await this.#retry(work, row, outcome.retryAfterMs, false);
        return;
      }
      case "passing": {
        const since = row.failing_since ?? work.now;
        if (differenceInHours(work.now, since) >= GIVE_UP_HOURS) {
          if (card) await this.#end(work, "nothing", "gave_up");
          else await this.#unreachable(work, row, "gave_up");
          return;
        }
        await work.tx.updateTable("outbox").set({ failing_since: since }).where("id", "=", row.id).execute();
        await this.#retry(work, row, backoffMs(row.attempts), true);
        return;
      }
      case "permanent": {
        const lost = await lostPlace(work, row.place ?? card?.ref.conversation, outcome.reason);
        if (lost && !card) {
          await this.#toPeople(work, row, lost);
          return;
        }
        if (card) {
          // The copy is gone for good: nothing to keep true there any more.
          await work.tx.deleteFrom("cards").where("id", "=", card.id).execute();
          await this.#end(work, "nothing", outcome.reason);
          return;
        }
        if (account) {
          if (GONE.has(outcome.reason))
            await work.tx
              .updateTable("accounts")
              .set({ unreachable: outcome.reason })
              .where("platform", "=", account.platform)
              .where("tenant", "=", account.tenant)
              .where("user_id", "=", account.user)
              .execute();
          await work.tx
            .updateTable("outbox")
            .set({ tried: json([...row.tried, accountKey(account)]), reason: outcome.reason })
            .where("id", "=", row.id)
            .execute();
          await this.#retry(work, row, 0, true);
          return;
        }
        await this.#unreachable(work, row, outcome.reason);
      }
    }
  }

  /** What would stand in a conversation that takes nothing, for those who answer for it. */
  async #toPeople(work: UnitOfWork, row: Selectable<OutboxRow>, conversation: Conversation): Promise<Claim> {
    const notification = this.parts.notifications.get(row.notice);
    if (notification && !notification.beside && conversation.agency_id)
      await passOn(work, row, notification, { agencyId: conversation.agency_id }, (person) =>
        this.#draw(work, row, notification, { person }),
      );
    return this.#end(work, "nothing", "channel_gone");
  }

  async #retry(work: UnitOfWork, row: Selectable<OutboxRow>, ms: number, counts: boolean): Promise<void> {
    // A refresh that waits already serves, and there is only one.
    if (row.card_id && (await this.#waits(work, row.card_id))) {
      await this.#end(work, "nothing");
      return;
    }
    const dueAt = addMilliseconds(work.now, ms);
    await work.tx
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
    work.queued.push({ job: "deliver", id: row.id, dueAt, priority: row.priority });
  }

  async #later(work: UnitOfWork, row: Selectable<OutboxRow>, ms: number): Promise<Claim> {
    await work.tx
      .updateTable("outbox")
      .set({
        state: "pending",
        slotted: true,
        attempts: row.attempts - 1,
        lease_until: null,
        due_at: addMilliseconds(work.now, ms),
      })
      .where("id", "=", row.id)
      .execute();
    return { kind: "wait", ms, priority: row.priority };
  }

  async #end(work: UnitOfWork, state: "nothing", reason?: string): Promise<Claim> {
    await work.tx
      .updateTable("outbox")
      .set({ state, reason: reason ?? null, lease_until: null, sent_at: work.now })
      .where("id", "=", this.id)
      .execute();
    return { kind: state };
  }

  /** Set aside with its reason; the focal point gets it instead, and the sender is told. */
  async #unreachable(work: UnitOfWork, row: Selectable<OutboxRow>, reason: string): Promise<Claim> {
    await work.tx
      .updateTable("outbox")
      .set({ state: "failed", reason, lease_until: null })
      .where("id", "=", row.id)
      .execute();
    await record(work, { action: "delivery.failed", code: reason, item: { kind: "outbox", id: row.id } });
    const person = row.person_id ? await loadPerson(work.tx, row.person_id) : undefined;
    const notification = this.parts.notifications.get(row.notice);
    // What they may not see (TLP:RED), or is that person's alone, they do not get; and the sender is not told that they did.
    const passedOn =
      person !== undefined &&
      notification !== undefined &&
      row.notice !== undelivered.id &&
      (await passOn(work, row, notification, { agencyId: person.agencyId, but: person.id }, (focal) =>
        this.#draw(work, row, notification, { person: focal }),
      ));
    if (row.on_behalf_of && row.on_behalf_of !== row.person_id)
      await notify(work, {
        notice: undelivered,
        params: { outbox: row.id, passedOn },
        to: { personId: row.on_behalf_of },
        dedupe: `undelivered ${row.id}`,
      });
    return { kind: "unreachable" };
  }

  async #inWork<T>(act: (work: UnitOfWork) => Promise<T>): Promise<T> {
    let queued: Queued[] = [];
    const result = await this.parts.store.inBody(this.body, async (tx) => {
      const body = await loadBody(tx, this.body);
      if (!body) throw new Error("no such body");
      const work = new UnitOfWork(tx, body, this.parts.clock.now(), this.parts);
      const outcome = await act(work);
      queued = work.queued;
      return outcome;
    });
    if (queued.length) this.parts.enqueue(this.body, queued);
    return result;
  }
}

const inTheir = (lang: string) => ({ t: messagesFor(lang), lang });

const takesPart = (person: Person): boolean => person.active && person.roles.length > 0;

/** These say that the account itself is of no use any more. */
const GONE: ReadonlySet<PermanentReason> = new Set(["account_gone", "blocked", "bot_removed"]);

/** Decorrelated jitter: 1 s at first, at most 15 min. */
const backoffMs = (attempts: number): number => {
  const ceiling = Math.min(15 * 60_000, 1_000 * 3 ** Math.min(attempts, 8));
  return Math.round(1_000 + Math.random() * Math.max(0, ceiling - 1_000));
};

/** Of what is seen: how long it holds and what refreshes it is none of it. */
const fingerprint = ({ until: _until, about: _about, ...seen }: Message): string =>
  createHash("sha256").update(JSON.stringify(seen)).digest("base64url").slice(0, 22);

const tenantOf = ({ delivery }: { delivery: Delivery }): { platform: Platform; tenant: string } => {
  if (delivery.kind === "update") return delivery.ref.conversation;
  return "person" in delivery.to ? delivery.to.person : delivery.to.conversation;
};

const platformOf = (claim: { delivery: Delivery }): Platform => tenantOf(claim).platform;

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

/** The database cannot be reached or has no room: SQLSTATE classes 08, 53 and 57, what Node says of sockets, and the pool, which names no code. */
const isAway = (error: unknown): boolean => {
  const { code, name } = error as { code?: string; name?: string };
  return code === undefined ? name === "Error" : /^(08|53|57|E[A-Z])/.test(code);
};

const seconds = (since: number): number => (Date.now() - since) / 1_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
