import { setTimeout } from "node:timers/promises";
import { max } from "date-fns";
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../store/database.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Head, type Seal, sealHash, skipOf } from "./chain.js";
import { leafOf, RECORDED, type Recorded } from "./event.js";
import { leafHash, rootOf } from "./merkle.js";

/**
 * The chain: events are sealed in batches after they are committed, so writers never wait for one another
 * (docs/audit.md). A seal holds the Merkle root of its batch and the hash of the seal before.
 */
const BATCH = 1_000;

type Last = Omit<Head, "size" | "at"> & {
  size: number | null;
  sealed_at: Date;
  horizon: string;
  floor: number;
  cluster: string | null;
};
type Waiting = Recorded & { txid: string };

/**
 * Seals what no running transaction can still precede: the events of transactions that all ended before the oldest
 * running one began, from where the last seal stopped. So nothing is read twice, and a late commit is not missed.
 * One batch a call, so that the database is never held for long; but what was restored is sealed at once.
 * @returns how many events were sealed now, and whether more wait
 */
export async function seal(work: UnitOfWork): Promise<{ sealed: number; more: boolean }> {
  const { tx } = work;
  // One sealer at a time a body.
  await sql`select pg_advisory_xact_lock(hashtext(${`seal ${work.body.id}`}))`.execute(tx);
  let last = await lastSeal(tx);
  const counter = await countingNow(tx);
  const restored = last !== undefined && isElsewhere(last, counter);
  const floor = restored ? await highestSealed(tx) : (last?.floor ?? 0);
  const which = last && restored ? unsealedAfterRestore(last, counter, floor) : since(last, counter, floor);
  let from = { txid: "0", id: 0 };
  let sealed = 0;
  for (;;) {
    const page = await nextPage(tx, which, from);
    const end = page.at(-1);
    if (!end) return { sealed, more: false };
    const full = page.length === BATCH;
    const events = await inNoSeal(tx, page);
    // Where the page is full, more of its last transaction may come.
    const horizon = full && !restored ? end.txid : counter.horizon;
    if (events.length) last = await add(work, last, events, { ...counter, horizon, floor });
    sealed += events.length;
    if (!restored && events.length) return { sealed, more: full };
    from = { txid: end.txid, id: end.id };
  }
}

/** The newest head; kept outside the database it shows what was changed since. */
export async function headOf(tx: Tx): Promise<Head | undefined> {
  const last = await lastSeal(tx);
  return last && { n: last.n, hash: last.hash, size: last.size ?? (await sizeOf(tx)), at: last.sealed_at };
}

const lastSeal = (tx: Tx): Promise<Last | undefined> =>
  tx
    .selectFrom("seals")
    .select(["n", "hash", "size", "sealed_at", "horizon", "floor", "cluster"])
    .orderBy("n", "desc")
    .limit(1)
    .executeTakeFirst();

async function add(
  { tx, body, now }: UnitOfWork,
  last: Last | undefined,
  events: readonly Waiting[],
  to: { horizon: string; cluster: string; floor: number },
): Promise<Last> {
  const n = (last?.n ?? 0) + 1;
  // A clock that was set back does not set the chain back.
  const sealedAt = last ? max([now, last.sealed_at]) : now;
  const seal: Seal = {
    body: body.id,
    n,
    previous: last?.hash ?? "",
    skip: await hashAt(tx, skipOf(n)),
    root: rootOf(events.map((event) => leafHash(leafOf(event)))).toString("hex"),
    count: events.length,
    size: (last ? (last.size ?? (await sizeOf(tx))) : 0) + events.length,
    horizon: to.horizon,
    cluster: to.cluster,
    floor: to.floor,
    sealedAt: sealedAt.toISOString(),
  };
  const { previous, skip, root, size, cluster, floor } = seal;
  const hash = sealHash(seal);
  await tx
    .insertInto("seals")
    .values({
      ...{ n, version: 2, previous, skip, root, size, hash, cluster, floor },
      event_ids: events.map(({ id }) => id),
      sealed_at: sealedAt,
      horizon: sql`${to.horizon}::text::xid8`,
    })
    .execute();
  return { n, hash, size, sealed_at: sealedAt, ...to };
}

async function hashAt(tx: Tx, n: number): Promise<string> {
  if (n === 0) return "";
  const row = await tx.selectFrom("seals").select("hash").where("n", "=", n).executeTakeFirst();
  return row?.hash ?? "";
}

/** Waits until every transaction that has begun is over, so that all that it wrote can be sealed; but not for ever. */
export async function transactionsEnded(outside: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>): Promise<void> {
  const snapshot = () =>
    outside(async (tx) => {
      const { rows } = await sql<{ xmin: string; xmax: string }>`
        select pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax
        from pg_current_snapshot() s`.execute(tx);
      return { xmin: BigInt(rows[0]?.xmin ?? 0), xmax: BigInt(rows[0]?.xmax ?? 0) };
    });
  const { xmax } = await snapshot();
  for (let tries = 0; tries < ENDED_TRIES && (await snapshot()).xmin < xmax; tries++) await setTimeout(ENDED_MS);
}

const ENDED_TRIES = 40;
const ENDED_MS = 50;

/** How transactions are counted now, and up to which number all have ended. */
type Counting = { horizon: string; cluster: string };

export async function countingNow(tx: Tx): Promise<Counting> {
  const { rows } = await sql<Counting>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, cluster_of_record() as cluster`.execute(tx);
  return rows[0] ?? { horizon: "0", cluster: "" };
}

/** Whether the last seal was made where transactions were counted otherwise: the database was restored from a dump. */
export const isElsewhere = (
  last: { horizon: string; cluster: string | null },
  { horizon, cluster }: Counting,
): boolean => (last.cluster ? last.cluster !== cluster : BigInt(last.horizon) > BigInt(horizon));

type Which = RawBuilder<boolean>;

const since = (last: Last | undefined, { horizon }: Counting, floor: number): Which =>
  sql<boolean>`txid >= ${last?.horizon ?? "0"}::text::xid8 and txid < ${horizon}::text::xid8 and id > ${floor}::bigint`;

/** What a last transaction wrote may be sealed in part, and after a restore the new cluster comes to the old numbers. */
async function inNoSeal(tx: Tx, page: readonly Waiting[]): Promise<Waiting[]> {
  const ids = page.map(({ id }) => id);
  // Hardly a seal holds numbers as high as those of what waits.
  const { rows } = await sql<{ id: number }>`
    select unnest(event_ids) as id from seals
    where last_id >= ${Math.min(...ids)}::bigint and first_id <= ${Math.max(...ids)}::bigint
      and event_ids && ${ids}::bigint[]`.execute(tx);
  const held = new Set(rows.map(({ id }) => Number(id)));
  return page.filter(({ id }) => !held.has(id));
}

/** Once after a restore: what came with the dump unsealed, and what was written since. The old numbers of transactions say nothing. */
const unsealedAfterRestore = (last: Last, { horizon }: Counting, floor: number): Which =>
  sql<boolean>`(txid < ${horizon}::text::xid8 and id > ${floor}::bigint
      or txid >= ${last.horizon}::text::xid8)
    and not exists (select from (select unnest(event_ids) as id from seals) s where s.id = events.id)`;

const nextPage = (tx: Tx, which: Which, from: { txid: string; id: number }): Promise<Waiting[]> =>
  tx
    .selectFrom("events")
    .select([...RECORDED, sql<string>`txid::text`.as("txid")])
    .where(which)
    // The owner may have given an event a number that no program holds: it is found as one that no seal holds.
    .where("id", "<=", Number.MAX_SAFE_INTEGER)
    .where(sql<boolean>`(txid, id) > (${from.txid}::text::xid8, ${from.id}::bigint)`)
    .orderBy("events.txid")
    .orderBy("id")
    .limit(BATCH)
    .execute();

async function highestSealed(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom("seals")
    .select((eb) => eb.fn.max("last_id").as("id"))
    .executeTakeFirst();
  return Number(row?.id ?? 0);
}

/** Seals of version 1 do not say how many events there were. */
async function sizeOf(tx: Tx): Promise<number> {
  const { rows } = await sql<{ size: number }>`select sum(cardinality(event_ids))::bigint as size from seals`.execute(
    tx,
  );
  return Number(rows[0]?.size ?? 0);
}
