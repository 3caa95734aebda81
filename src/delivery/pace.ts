import { sql } from "kysely";
import { type ConversationRef, type Platform, platformFacts } from "../chat/index.js";
import type { Tx } from "../store/database.js";

/**
 * Takes the next place in the line of a conversation and its tenant, shared by all processes
 * (generic cell rate algorithm, ITU-T I.371: one instant a limit).
 * @param first goes before the tenant's line, which moves back by its place; a conversation's own limit and a 429 hold it too
 * @returns milliseconds to wait before sending
 */
export async function reserve(
  tx: Tx,
  conversation: Pick<ConversationRef, "platform" | "tenant" | "id">,
  first = false,
): Promise<number> {
  const pace = platformFacts(conversation.platform).pace;
  const limits = [
    ...pace.tenant.map((limit) => ({
      ...limit,
      ofTenant: true,
      key: `${conversation.platform} ${conversation.tenant} ${limit.windowMs}`,
    })),
    ...pace.conversation.map((limit) => ({
      ...limit,
      ofTenant: false,
      key: `${conversation.platform} ${conversation.tenant} ${conversation.id} ${limit.windowMs}`,
    })),
  ].sort((a, b) => (a.key < b.key ? -1 : 1));
  if (limits.length === 0) return 0;
  const rows = await sql<{ key: string; ahead: number }>`
    insert into pace (key, free_at)
    values ${sql.join(limits.map((l) => sql`(${l.key}, now() + ${l.windowMs / l.count} * interval '1 millisecond')`))}
    on conflict (key) do update set free_at = greatest(pace.free_at, now()) + (excluded.free_at - now())
    returning key, (extract(epoch from free_at - now()) * 1000)::float8 as ahead`.execute(tx);
  const waits = rows.rows.map(({ key, ahead }) => {
    const limit = limits.find((candidate) => candidate.key === key);
    return limit && !(first && limit.ofTenant) ? ahead - limit.windowMs : 0;
  });
  return Math.max(first ? await heldBackMs(tx, conversation) : 0, Math.ceil(Math.max(...waits)));
}

/** After a 429: nobody sends to this tenant before `retryAfterMs` have passed. */
export async function holdBack(
  tx: Tx,
  place: { platform: Platform; tenant: string },
  retryAfterMs: number,
): Promise<void> {
  await sql`
    insert into pace (key, free_at) values (${holdKey(place)}, now() + ${retryAfterMs} * interval '1 millisecond')
    on conflict (key) do update set free_at = greatest(pace.free_at, excluded.free_at)`.execute(tx);
  for (const { windowMs } of platformFacts(place.platform).pace.tenant)
    await sql`
      insert into pace (key, free_at)
      values (${`${place.platform} ${place.tenant} ${windowMs}`}, now() + ${retryAfterMs + windowMs} * interval '1 millisecond')
      on conflict (key) do update set free_at = greatest(pace.free_at, excluded.free_at)`.execute(tx);
}

/** How long the tenant is still held back: a place in the line that was taken before is worth nothing then. */
export async function heldBackMs(tx: Tx, place: { platform: Platform; tenant: string }): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from free_at - now()) * 1000)::float8 as ms from pace
    where key = ${holdKey(place)} and free_at > now()`.execute(tx);
  return Math.ceil(rows[0]?.ms ?? 0);
}

/**
 * Takes the next turn to ask about a conversation. A line of its own: asking holds up no message, nor a message asking.
 * @returns milliseconds to wait before asking
 */
export async function reserveAsking(tx: Tx, place: { platform: Platform; tenant: string }): Promise<number> {
  const { asking } = platformFacts(place.platform).pace;
  if (!asking) return 0;
  const { rows } = await sql<{ ahead: number }>`
    insert into pace (key, free_at)
    values (${askKey(place)}, now() + ${asking.windowMs / asking.count} * interval '1 millisecond')
    on conflict (key) do update set free_at = greatest(pace.free_at, now()) + (excluded.free_at - now())
    returning (extract(epoch from free_at - now()) * 1000)::float8 as ahead`.execute(tx);
  return Math.max(0, Math.ceil((rows[0]?.ahead ?? 0) - asking.windowMs));
}

/** After a 429: nobody asks this tenant about its conversations before `retryAfterMs` have passed. */
export async function holdBackAsking(
  tx: Tx,
  place: { platform: Platform; tenant: string },
  retryAfterMs: number,
): Promise<void> {
  const { windowMs = 0 } = platformFacts(place.platform).pace.asking ?? {};
  await sql`
    insert into pace (key, free_at)
    values (${askKey(place)}, now() + ${retryAfterMs + windowMs} * interval '1 millisecond')
    on conflict (key) do update set free_at = greatest(pace.free_at, excluded.free_at)`.execute(tx);
}

const askKey = ({ platform, tenant }: { platform: Platform; tenant: string }) => `${platform} ${tenant} ask`;

const holdKey = ({ platform, tenant }: { platform: Platform; tenant: string }) => `${platform} ${tenant} hold`;
