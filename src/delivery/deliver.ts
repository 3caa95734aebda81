import { addMilliseconds } from "date-fns";
import type { Selectable } from "kysely";
import { z } from "zod";
import { DeliveryError, type MessageRef } from "../chat/index.js";
import { defineJob, type Job } from "../lib/job.js";
import type { OutboxRow } from "../store/schema.js";
import {
  type Attempt,
  backoffMs,
  type Claim,
  type DeliveryParts,
  LEASE_SECONDS,
  MOST_BROKEN,
  platformOf,
  type ToSend,
} from "./send/attempt.js";
import { claim, setBack } from "./send/claim.js";
import { end, failed, retry, sent } from "./send/settle.js";

/** Most of a delivery is waiting for a platform: one that hangs must not hold up the other. */
export const SENDS_AT_ONCE = 24;
/** No send takes longer: a token, a conversation to open and the message, ten seconds each. */
const SEND_SECONDS = 30;
/** So long a database that is away is waited for with what became of a send: forgotten, it would be sent once more. */
const SETTLE_SECONDS = 300;

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
    const claimed = await this.#claim();
    switch (claimed.kind) {
      case "gone":
        return;
      case "wait":
        this.parts.enqueue(this.body, [
          {
            job: "deliver",
            id: this.id,
            dueAt: addMilliseconds(this.parts.clock.now(), claimed.ms),
            priority: claimed.priority,
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
        return this.#overwrite(claimed, started);
      case "send":
        if (claimed.waitMs > 0) await sleep(claimed.waitMs);
        await this.#send(claimed, started);
    }
  }

  async #claim(): Promise<Claim> {
    try {
      return await this.#inWork(claim);
    } catch (error) {
      return this.#inWork((at) => setBack(at, error));
    }
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
      await this.#inWork(async (at) => {
        if (again) await retry(at, row, ms, !limited);
        else await end(at, "nothing");
      });
      this.parts.observe?.(again ? "passing" : "nothing", seconds(started));
      return;
    }
    await this.#inWork(async (at) => void (await end(at, "nothing")));
    this.parts.observe?.("sent", seconds(started));
  }

  async #send(claim: ToSend, started: number): Promise<void> {
    const platform = platformOf(claim);
    // Begun later it could end after the lease, when another has taken the row for lost and sends it too.
    if (seconds(started) > LEASE_SECONDS - SEND_SECONDS)
      return this.#settle(claim.row, (at) => retry(at, claim.row, 0, false));
    let ref: MessageRef;
    try {
      const adapter = this.parts.adapters.get(platform);
      if (!adapter) throw DeliveryError.passing(`${platform} is not connected`);
      ref = await adapter.deliver(claim.delivery);
    } catch (error) {
      const outcome = error instanceof DeliveryError ? error.outcome : ({ kind: "passing" } as const);
      if (!(error instanceof DeliveryError)) this.parts.log.error("delivery.unexpected", error, { platform });
      await this.#settle(claim.row, (at) => failed(at, claim, outcome));
      this.parts.observe?.(outcome.kind === "permanent" ? "failed" : outcome.kind, seconds(started));
      return;
    }
    await this.#persist((at) => sent(at, claim, ref));
    this.parts.observe?.("sent", seconds(started));
  }

  /** What is to follow a send that did not succeed, unless another has taken the row meanwhile. */
  #settle(row: Selectable<OutboxRow>, act: (at: Attempt) => Promise<unknown>): Promise<void> {
    return this.#persist(async (at) => {
      const own = await at.work.tx
        .selectFrom("outbox")
        .select("id")
        .where("id", "=", row.id)
        .where("state", "=", "sending")
        .where("attempts", "=", row.attempts)
        .forUpdate()
        .executeTakeFirst();
      if (own) await act(at);
    });
  }

  /** Written however long the database is away or the line before it. */
  async #persist(act: (at: Attempt) => Promise<unknown>): Promise<void> {
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

  #inWork<T>(act: (at: Attempt) => Promise<T>): Promise<T> {
    const { parts, id } = this;
    return parts.inBody(this.body, (work) => act({ parts, id, work }));
  }
}

/** The database cannot be reached or has no room: SQLSTATE classes 08, 53 and 57, what Node says of sockets, and the pool, which names no code. */
const isAway = (error: unknown): boolean => {
  const { code, name } = error as { code?: string; name?: string };
  return code === undefined ? name === "Error" : /^(08|53|57|E[A-Z])/.test(code);
};

const seconds = (since: number): number => (Date.now() - since) / 1_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
