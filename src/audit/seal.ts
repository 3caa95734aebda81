import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../store/database.js";
import { type Cipher, openWords } from "../store/vault.js";
import type { Work } from "../work.js";

/**
 * The chain: events are sealed in batches after they are committed, so writers never wait for one another (DESIGN 10).
 * A batch's hash covers its events in order and the hash before it.
 */
const BATCH = 1_000;

type Sealable = {
  id: number;
  at: Date;
  actor_id: string | null;
  action: string;
  item_kind: string | null;
  item_id: string | null;
  item_ref: string | null;
  code: string | null;
  detail: Record<string, unknown>;
  commitment: string | null;
};

const columns = [
  "id",
  "at",
  "actor_id",
  "action",
  "item_kind",
  "item_id",
  "item_ref",
  "code",
  "detail",
  "commitment",
] as const;

/**
 * Seals what no running transaction can still precede: the events of transactions that all ended before the oldest
 * running one began, from where the last seal stopped. So nothing is read twice, and a late commit is not missed.
 * @returns the head of the chain, and how many events were sealed now
 */
export async function seal(work: Work): Promise<{ head?: Head; sealed: number }> {
  const { tx } = work;
  // One sealer at a time a body.
  await sql`select pg_advisory_xact_lock(hashtext(${`seal ${work.body.id}`}))`.execute(tx);
  const last = await tx
    .selectFrom("seals")
    .select(["n", "hash", "horizon"])
    .orderBy("n", "desc")
    .limit(1)
    .executeTakeFirst();
  const { horizon, after } = await horizonOf(tx, last?.horizon);
  let head: Head | undefined = last && { n: last.n, hash: last.hash };
  let from = { txid: after.txid, id: 0 };
  let sealed = 0;
  for (;;) {
    const events = await tx
      .selectFrom("events")
      .select([...columns, sql<string>`txid::text`.as("txid")])
      .where(sql<boolean>`txid < ${horizon}::text::xid8 and id > ${after.id}`)
      .where(sql<boolean>`(txid, id) > (${from.txid}::text::xid8, ${from.id}::bigint)`)
      .orderBy("events.txid")
      .orderBy("id")
      .limit(BATCH)
      .execute();
    const end = events.at(-1);
    if (!end) return { head, sealed };
    const n: number = (head?.n ?? 0) + 1;
    const previous: string = head?.hash ?? "";
    const hash = hashOf(n, previous, events);
    await tx
      .insertInto("seals")
      .values({
        n,
        event_ids: events.map((event) => event.id),
        previous,
        hash,
        sealed_at: work.now,
        horizon: sql`${horizon}::text::xid8`,
      })
      .execute();
    head = { n, hash };
    from = { txid: end.txid, id: end.id };
    sealed += events.length;
  }
}

/** Up to which transaction everything has ended, and after what the last seal stopped. */
async function horizonOf(
  tx: Tx,
  last: string | undefined,
): Promise<{ horizon: string; after: { txid: string; id: number } }> {
  const { rows } = await sql<{
    horizon: string;
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`.execute(tx);
  const horizon = rows[0]?.horizon ?? "0";
  if (last === undefined) return { horizon, after: { txid: "0", id: 0 } };
  if (BigInt(last) <= BigInt(horizon)) return { horizon, after: { txid: last, id: 0 } };
  // Restored into another cluster, where transactions are counted from the beginning again: by number, then.
  const top = await sql<{ id: number }>`select max(id)::bigint as id from seals, unnest(event_ids) id`.execute(tx);
  return { horizon, after: { txid: "0", id: Number(top.rows[0]?.id ?? 0) } };
}

/** Kept outside the database, a head shows a tail that was cut off. */
export type Head = { n: number; hash: string };

export async function headOf(tx: Tx): Promise<Head | undefined> {
  return tx.selectFrom("seals").select(["n", "hash"]).orderBy("n", "desc").limit(1).executeTakeFirst();
}

export type Verdict =
  | { ok: true; seals: number; events: number; head?: Head }
  | { ok: false; seal: number; why: Fault };
/** `removed`: an event is gone; `altered`: one was changed or the order was; `chain`: a seal was; `cut`: the tail is gone; `words`: words are not those committed to. */
export type Fault = "removed" | "altered" | "chain" | "cut" | "words";

/**
 * Reads the whole chain again.
 * @param exported a head kept elsewhere: the chain must contain it
 */
export async function verify(tx: Tx, cipher: Cipher, exported?: Head): Promise<Verdict> {
  const seals = await tx.selectFrom("seals").selectAll().orderBy("n").execute();
  let previous = "";
  let count = 0;
  for (const [index, seal] of seals.entries()) {
    if (seal.n !== index + 1 || seal.previous !== previous) return { ok: false, seal: index + 1, why: "chain" };
    const found = await tx
      .selectFrom("events")
      .select([...columns, "words"])
      .where("id", "in", seal.event_ids)
      .execute();
    if (found.length !== seal.event_ids.length) return { ok: false, seal: seal.n, why: "removed" };
    const byId = new Map(found.map((event) => [event.id, event]));
    const events = seal.event_ids.flatMap((id) => byId.get(Number(id)) ?? []);
    if (hashOf(seal.n, previous, events) !== seal.hash) return { ok: false, seal: seal.n, why: "altered" };
    if (!events.every((event) => keepsWords(cipher, event))) return { ok: false, seal: seal.n, why: "words" };
    previous = seal.hash;
    count += events.length;
  }
  if (exported && seals[exported.n - 1]?.hash !== exported.hash) return { ok: false, seal: exported.n, why: "cut" };
  const last = seals.at(-1);
  return { ok: true, seals: seals.length, events: count, head: last && { n: last.n, hash: last.hash } };
}

/** Erased words leave their commitment behind and break nothing. */
function keepsWords(cipher: Cipher, event: { words: string | null; commitment: string | null }): boolean {
  if (event.words === null || event.commitment === null) return true;
  try {
    return openWords(cipher, event.words, event.commitment).kept;
  } catch {
    return false;
  }
}

function hashOf(n: number, previous: string, events: Sealable[]): string {
  const hash = createHash("sha256").update(`${n}\n${previous}\n`);
  for (const event of events)
    hash.update(
      JSON.stringify([
        event.id,
        event.at.toISOString(),
        event.actor_id,
        event.action,
        event.item_kind,
        event.item_id,
        event.item_ref,
        event.code,
        sorted(event.detail),
        event.commitment,
      ]),
    );
  return hash.digest("hex");
}

/** jsonb does not keep the order of keys. */
const sorted = (detail: Record<string, unknown>) => Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1));
