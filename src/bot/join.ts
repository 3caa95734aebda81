import { sql } from "kysely";
import type { AccountRef, Actor, Inbound, Reply } from "../chat/index.js";
import { languageOf, messagesFor } from "../i18n/index.js";
import { take } from "../lib/rates.js";
import { Refusal } from "../lib/refusal.js";
import { hashOfCode } from "../people/codes.js";
import { join } from "../people/enrol.js";
import { loadBody } from "../people/store.js";
import { attempt, type Tx } from "../store/database.js";
import { type Queued, UnitOfWork } from "../store/unit-of-work.js";
import type { BotParts } from "./parts.js";

type Looked = { before: true } | { waitMs: number } | { bodyId: string | undefined };
export type Joined = { reply: Reply; outcome: "answered" | "refused" | "duplicate"; queued: Queued[]; body?: string };

/** `join CODE` from an account that nobody knows yet. */
export async function joinFirst(
  parts: BotParts,
  inbound: Inbound,
  code: string,
  first: (tx: Tx) => Promise<boolean>,
): Promise<Joined> {
  const t = messagesFor(inbound.actor.locale);
  const say = (text: string): Reply => ({
    private: true,
    post: { text, lang: languageOf(inbound.actor.locale), blocks: [{ type: "text", text }] },
  });
  // Right and wrong codes count alike, and where too many came neither is looked at: it tells nothing of any.
  const looked = await parts.store.outside(async (tx): Promise<Looked> => {
    if (await receivedBefore(tx, inbound.actor, inbound.key)) return { before: true };
    const waitMs = await codeWait(tx, inbound.actor);
    if (waitMs > 0) return { waitMs };
    const { rows } = await sql<{ id: string | null }>`select body_of_code(${hashOfCode(code)}) as id`.execute(tx);
    return { bodyId: rows[0]?.id ?? undefined };
  });
  if ("before" in looked) return { reply: undefined, outcome: "duplicate", queued: [] };
  if ("waitMs" in looked) {
    parts.tooManyCodes?.();
    const fresh = await parts.store.outside(first);
    const minutes = Math.ceil(looked.waitMs / 60_000);
    const reply = fresh ? say(t.errors.codesTried({ minutes })) : undefined;
    return { reply, outcome: fresh ? "refused" : "duplicate", queued: [] };
  }
  const { bodyId } = looked;
  if (!bodyId) {
    const fresh = await parts.store.outside(first);
    return { reply: fresh ? say(t.errors.code) : undefined, outcome: fresh ? "refused" : "duplicate", queued: [] };
  }
  return parts.store.inBody(bodyId, async (tx): Promise<Joined> => {
    if (!(await first(tx))) return { reply: undefined, outcome: "duplicate", queued: [] };
    const body = await loadBody(tx, bodyId);
    if (!body) throw new Error("no such body");
    const work = new UnitOfWork(tx, body, parts.clock.now(), parts);
    try {
      const { state, agency, person } = await attempt(tx, () => join(work, inbound.actor, code));
      const text =
        state === "second"
          ? t.people.second.claimed
          : state === "active" && person
            ? t.people.welcome({ name: person.name, agency: agency.name, body: body.name })
            : t.people.askedToJoin({ agency: agency.name });
      return { reply: say(text), outcome: "answered", queued: work.queued, body: bodyId };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { reply: say(error.say(t)), outcome: "refused", queued: [] };
    }
  });
}

/** An account that tries codes out is slowed, then stopped for a day; many of one workspace are slowed together. */
async function codeWait(tx: Tx, { platform, tenant, user }: Actor): Promise<number> {
  const own = await take(tx, ["code", "codeDay"], `${platform} ${tenant} ${user}`);
  // What is refused anyway does not use up what the others of the workspace have.
  return own > 0 ? own : take(tx, ["codeTenant"], `${platform} ${tenant}`);
}

/** Whether this delivery has been noted, without noting it. */
export async function receivedBefore(tx: Tx, { platform, tenant }: AccountRef, key: string): Promise<boolean> {
  const row = await tx
    .selectFrom("inbound")
    .select("key")
    .where("platform", "=", platform)
    .where("tenant", "=", tenant)
    .where("key", "=", key)
    .executeTakeFirst();
  return row !== undefined;
}
