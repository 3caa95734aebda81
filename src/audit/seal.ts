import { createHash } from "node:crypto";
import { subDays } from "date-fns";
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
 * Seals what no running transaction can still precede.
 * @returns the head of the chain, and how many events were sealed now
 */
export async function seal(work: Work): Promise<{ head?: Head; sealed: number }> {
  const { tx } = work;
  // One sealer at a time a body.
  await sql`select pg_advisory_xact_lock(hashtext(${`seal ${work.body.id}`}))`.execute(tx);
  let head = await headOf(tx);
  let sealed = 0;
  const yesterday = subDays(work.now, 1);
  for (;;) {
    const events = await tx
      .selectFrom("events")
      .select(columns)
      .where(sql<boolean>`txid < pg_snapshot_xmin(pg_current_snapshot())`)
      // Numbers are given before the commit, so a late one may be lower than what is sealed already. No transaction
      // lasts a day: below what was sealed a day ago there is nothing new, which keeps this from reading all of history.
      .where(
        sql<boolean>`id > coalesce((select max(top) from seals, unnest(event_ids) top where n =
          (select max(n) from seals where sealed_at < ${yesterday})), 0)`,
      )
      .where(
        sql<boolean>`not exists (select from seals where sealed_at >= ${yesterday} and events.id = any(event_ids))`,
      )
      .orderBy("id")
      .limit(BATCH)
      .execute();
    if (events.length === 0) return { head, sealed };
    const n = (head?.n ?? 0) + 1;
    const previous = head?.hash ?? "";
    const hash = hashOf(n, previous, events);
    await tx
      .insertInto("seals")
      .values({ n, event_ids: events.map((event) => event.id), previous, hash, sealed_at: work.now })
      .execute();
    head = { n, hash };
    sealed += events.length;
  }
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
