import { addMilliseconds, addMinutes } from "date-fns";
import { sql } from "kysely";
import { z } from "zod";
import { type Audience, type Deliverer, DeliveryError, type Platform } from "../chat/index.js";
import { refreshConversation } from "../delivery/outbox.js";
import { holdBackAsking, reserveAsking } from "../delivery/pace.js";
import { defineJob, type Job } from "../lib/job.js";
import type { Log } from "../lib/log.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { notifyCeiling } from "./notifications.js";
import { type Conversation, ceilingOf, conversationById, heldBackBy, recordAudience } from "./store.js";

export type AskingParts = {
  inBody: <T>(body: string, act: (work: UnitOfWork) => Promise<T>) => Promise<T>;
  adapters: ReadonlyMap<Platform, Deliverer>;
  log: Log;
};

/** A platform of many members is asked for minutes; a process that died is waited for so long. */
const LEASE_MINUTES = 10;
/** A wait for one's turn shorter than this is slept through, a longer one goes back into the queue. */
const SHORT_WAIT_MS = 1_500;
/** Asked daily, some minutes earlier or later, so that a body's conversations are not asked about all at once. */
const AGAIN_MINUTES = 23 * 60;
const SPREAD_MINUTES = 60;
/** A platform that gives no answer so often is worth telling people of. */
const TELL_AFTER = 5;

/** The job that asks the platform about one conversation: claim, ask outside any transaction, write the answer. */
export const audienceJob = (parts: AskingParts): Job<{ body: string; id: string }> =>
  defineJob({
    id: "audience",
    schema: z.object({ body: z.string(), id: z.string() }),
    concurrency: 4,
    async run({ body, id }) {
      const claim = await parts.inBody(body, (work) => take(work, id));
      if (!claim) return;
      if (claim.waitMs > 0) await new Promise((resolve) => setTimeout(resolve, claim.waitMs));
      const answer = await ask(parts, claim.conversation);
      await parts.inBody(body, (work) =>
        "readers" in answer ? answered(work, claim.conversation, answer) : unanswered(work, claim.conversation, answer),
      );
    },
  });

async function take(work: UnitOfWork, id: string): Promise<{ conversation: Conversation; waitMs: number } | undefined> {
  const conversation = await work.tx
    .updateTable("places")
    .set({ ask_lease: sql<Date>`now() + ${LEASE_MINUTES} * interval '1 minute'`, ask_attempts: sql`ask_attempts + 1` })
    .where("id", "=", id)
    .where("ask_at", "<=", addMilliseconds(work.now, 50))
    .where((eb) => eb.or([eb("ask_lease", "is", null), eb("ask_lease", "<", sql<Date>`now()`)]))
    .returningAll()
    .executeTakeFirst();
  if (!conversation) return notYet(work, id);
  const waitMs = await reserveAsking(work.tx, conversation);
  if (waitMs <= SHORT_WAIT_MS) return { conversation, waitMs };
  await again(work, conversation, waitMs, { counts: false });
  return undefined;
}

/** The clock here may be behind the one that wrote the row: the job comes back for the difference. */
async function notYet(work: UnitOfWork, id: string): Promise<undefined> {
  const conversation = await conversationById(work.tx, id);
  if (conversation && !conversation.ask_lease && conversation.ask_at > work.now)
    work.queued.push({ job: "audience", id, dueAt: conversation.ask_at, priority: 0 });
}

type Unanswered = { again: "passing" | "rate_limited"; ms?: number };

async function ask({ adapters, log }: AskingParts, conversation: Conversation): Promise<Audience | Unanswered> {
  const adapter = adapters.get(conversation.platform);
  if (!adapter) return { again: "passing" };
  if (!adapter.audience) return { readers: "unknown", because: "unsupported" };
  try {
    return await adapter.audience(conversation.ref);
  } catch (error) {
    if (!(error instanceof DeliveryError)) log.error("audience.unexpected", error, { platform: conversation.platform });
    const outcome: DeliveryError["outcome"] = error instanceof DeliveryError ? error.outcome : { kind: "passing" };
    if (outcome.kind === "permanent") return { readers: "unknown", because: "no_access" };
    return { again: outcome.kind, ms: outcome.retryAfterMs };
  }
}

/** @param asked the row as it was when the platform was asked */
async function answered(work: UnitOfWork, asked: Conversation, said: Audience): Promise<void> {
  const before = await held(work, asked.id);
  if (!before) return;
  const audience = await judged(work, asked.platform, said);
  // Somebody came or went while the answer was on its way: it counts only until the next.
  const overtaken = before.changes !== asked.changes;
  const minutes = AGAIN_MINUTES + Math.random() * SPREAD_MINUTES;
  const after = await work.tx
    .updateTable("places")
    .set({
      audience: audience.readers,
      audience_reason: audience.readers === "members" ? null : audience.because,
      audience_scope: audience.readers === "unknown" ? (audience.scope ?? null) : null,
      answered_at: work.now,
      stale: overtaken,
      drawn_low: false,
      ask_lease: null,
      ask_attempts: 0,
      ask_at: overtaken ? before.ask_at : addMinutes(work.now, minutes),
    })
    .where("id", "=", asked.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (after.audience !== before.audience || after.audience_reason !== before.audience_reason)
    await recordAudience(work, after);
  // A colleague who joins is no reason to draw ten thousand cards that show the same.
  if (before.drawn_low || (before.audience === "members") !== (after.audience === "members"))
    await refreshConversation(work, after, ceilingOf(after, work.now) === "GREEN" ? "more" : "less");
  if (overtaken) work.queued.push({ job: "audience", id: after.id, dueAt: after.ask_at, priority: 0 });
  else await notifyCeiling(work, after);
}

async function unanswered(work: UnitOfWork, asked: Conversation, { again: why, ms }: Unanswered): Promise<void> {
  const conversation = await held(work, asked.id);
  if (!conversation) return;
  const waitMs = ms ?? backoffMs(conversation.ask_attempts);
  if (why === "rate_limited") await holdBackAsking(work.tx, conversation, waitMs);
  await again(work, conversation, waitMs, { counts: why === "passing" });
  // Nobody says whether the last answer still holds: what is shown already counts as read by outsiders.
  if (conversation.audience === "members" && !conversation.drawn_low && heldBackBy(conversation, work.now))
    await refreshConversation(work, conversation, "less");
  if (conversation.ask_attempts >= TELL_AFTER) await notifyCeiling(work, conversation);
}

/**
 * Other workspaces of the same enterprise belong to the readers if the body knows people there. Whoever else the
 * enterprise lets in may be of an agency that has no part in the body.
 */
async function judged(work: UnitOfWork, platform: Platform, said: Audience): Promise<Audience> {
  if (said.readers !== "members" || !said.tenants?.length) return said;
  const known = await work.tx
    .selectFrom("accounts")
    .innerJoin("roles", "roles.person_id", "accounts.person_id")
    .select("accounts.tenant")
    .distinct()
    .where("accounts.platform", "=", platform)
    .where("accounts.tenant", "in", said.tenants)
    .execute();
  const ours = new Set(known.map(({ tenant }) => tenant));
  return said.tenants.every((tenant) => ours.has(tenant)) ? said : { readers: "outsiders", because: "workspaces" };
}

const held = (work: UnitOfWork, id: string): Promise<Conversation | undefined> =>
  work.tx.selectFrom("places").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();

async function again(
  work: UnitOfWork,
  conversation: Conversation,
  ms: number,
  { counts }: { counts: boolean },
): Promise<void> {
  const dueAt = addMilliseconds(work.now, ms);
  await work.tx
    .updateTable("places")
    .set({
      ask_at: dueAt,
      ask_lease: null,
      ...(counts ? {} : { ask_attempts: Math.max(0, conversation.ask_attempts - 1) }),
    })
    .where("id", "=", conversation.id)
    .execute();
  work.queued.push({ job: "audience", id: conversation.id, dueAt, priority: 0 });
}

/** Decorrelated jitter: 2 s at first, at most half an hour. */
const backoffMs = (attempts: number): number => {
  const most = Math.min(30 * 60_000, 2_000 * 3 ** Math.min(attempts, 8));
  return Math.round(2_000 + Math.random() * Math.max(0, most - 2_000));
};
