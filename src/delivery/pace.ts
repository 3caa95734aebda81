import { sql } from "kysely";
import type { ConversationRef, Platform } from "../chat/index.js";
import type { Tx } from "../store/database.js";

type Limit = { count: number; windowMs: number };

/** How fast each platform takes messages. */
const LIMITS: Record<Platform, { conversation: Limit[]; tenant: Limit[] }> = {
  slack: {
    // docs.slack.dev/apis/web-api/rate-limits: chat.postMessage about one a second a channel, with short bursts;
    // several hundred a minute a workspace.
    conversation: [{ count: 3, windowMs: 3_000 }],
    tenant: [{ count: 300, windowMs: 60_000 }],
  },
  teams: {
    // learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: send to conversation, per bot per thread;
    // 50 a second an app a tenant.
    conversation: [
      { count: 7, windowMs: 1_000 },
      { count: 8, windowMs: 2_000 },
      { count: 60, windowMs: 30_000 },
      { count: 1_800, windowMs: 3_600_000 },
    ],
    tenant: [{ count: 50, windowMs: 1_000 }],
  },
  web: { conversation: [], tenant: [] },
  mail: { conversation: [], tenant: [{ count: 300, windowMs: 60_000 }] },
};

/**
 * Takes the next place in the line of a conversation and its tenant, shared by all processes
 * (generic cell rate algorithm, ITU-T I.371: one instant a limit).
 * @param first goes before the tenant's line, which moves back by its place; a conversation's own limit and a 429 hold it too
 * @returns milliseconds to wait before sending
 */
export async function reserve(
  tx: Tx,
  place: Pick<ConversationRef, "platform" | "tenant" | "id">,
  first = false,
): Promise<number> {
  const { conversation, tenant } = LIMITS[place.platform];
  const limits = [
    ...tenant.map((limit) => ({
      ...limit,
      ofTenant: true,
      key: `${place.platform} ${place.tenant} ${limit.windowMs}`,
    })),
    ...conversation.map((limit) => ({
      ...limit,
      ofTenant: false,
      key: `${place.platform} ${place.tenant} ${place.id} ${limit.windowMs}`,
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
  return Math.max(first ? await heldBackMs(tx, place) : 0, Math.ceil(Math.max(...waits)));
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
  for (const { windowMs } of LIMITS[place.platform].tenant)
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

const holdKey = ({ platform, tenant }: { platform: Platform; tenant: string }) => `${platform} ${tenant} hold`;
