import { sql } from "kysely";
import type { Tx } from "../store/database.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Head, type Seal, sealIn, way } from "./chain.js";
import { leafOf, RECORDED, type Recorded } from "./event.js";
import type { SignedHead } from "./heads.js";
import { leafHash, pathOf } from "./merkle.js";
import { headOf } from "./seal.js";

/** One event with the proof that it stands in its seal. `event` is the text that is hashed, byte by byte. */
type Proven = { seal: number; index: number; event: string; path: string[] };

/**
 * The record of one item, to be read and checked without Coord (docs/audit.md). Metadata alone: free words are not in
 * it, only the commitments to them, since whoever runs `coord` sees no content.
 */
export type ItemRecord = {
  type: "coord-record";
  version: 1;
  body: { id: string; slug: string; name: string };
  item: { kind: string; id: string; ref: string };
  madeAt: string;
  events: Proven[];
  /** Sealed by a seal of version 1, which shows one event only together with all its others. */
  unproven: { seal: number; event: string }[];
  /** Events of the item that no seal holds yet. */
  waiting: number;
  /** From the head down to the first that holds one of the events, each pointing to the next (`previous` or `skip`). */
  seals: Seal[];
  head: SignedHead;
  /** Who is meant: names as they are now, covered by no proof. */
  people: Record<string, string>;
};

/**
 * @param via numbers of seals that the way passes too: those of heads that the reader has kept
 * @returns undefined where the body has no such item, or no seal yet
 */
export async function recordOf(
  work: UnitOfWork,
  ref: string,
  via: readonly number[],
  sign: (head: Head) => SignedHead,
): Promise<ItemRecord | undefined> {
  const { tx, body } = work;
  const events = await eventsOfItem(tx, ref);
  const head = await headOf(tx);
  const [first] = events;
  if (!first?.item_kind || !first.item_id || !head) return undefined;
  const holders = await sealsOf(tx, events);
  const proven: Proven[] = [];
  const unproven: ItemRecord["unproven"] = [];
  for (const holder of holders.values()) {
    const { n } = holder;
    const here = events.filter(({ id }) => holder.event_ids.includes(id));
    if (holder.version === 1) {
      unproven.push(...here.map((event) => ({ seal: n, event: leafOf(event) })));
      continue;
    }
    const leaves = await leavesOf(tx, holder.event_ids);
    for (const event of here) {
      const index = holder.event_ids.indexOf(event.id);
      const path = pathOf(leaves, index).map((hash) => hash.toString("hex"));
      proven.push({ seal: n, index, event: leafOf(event), path });
    }
  }
  const points = [...proven.map(({ seal }) => seal), ...via.filter((n) => n < head.n)];
  return {
    ...{ type: "coord-record", version: 1 },
    body: { id: body.id, slug: body.slug, name: body.name },
    item: { kind: first.item_kind, id: first.item_id, ref },
    madeAt: work.now.toISOString(),
    events: proven,
    unproven,
    waiting: events.length - proven.length - unproven.length,
    seals: await sealsOn(tx, through(head.n, points)),
    head: sign(head),
    people: await namesOf(tx, events),
  };
}

/** The way from the head down through every point; nothing where there is no point to come to. */
function through(from: number, points: readonly number[]): number[] {
  const down = [...new Set(points)].filter((n) => n !== from).sort((a, b) => b - a);
  const numbers = [from];
  for (const n of down) numbers.push(...way(numbers.at(-1) ?? from, n).slice(1));
  return numbers;
}

async function eventsOfItem(tx: Tx, ref: string): Promise<Recorded[]> {
  return tx
    .selectFrom("events")
    .select(RECORDED)
    .where(
      sql<boolean>`(item_kind, item_id) in (select item_kind, item_id from events where body_id = current_body() and item_ref = ${ref})`,
    )
    .orderBy("id")
    .execute();
}

type Holder = { n: number; version: number; event_ids: number[] };

/** The seals that hold these events, in order. */
async function sealsOf(tx: Tx, events: readonly Recorded[]): Promise<Map<number, Holder>> {
  const holders = new Map<number, Holder>();
  const held = new Set<number>();
  for (const { id } of events) {
    if (held.has(id)) continue;
    const row = await tx
      .selectFrom("seals")
      .select(["n", "version", "event_ids"])
      .where("last_id", ">=", id)
      .where("first_id", "<=", id)
      .where(sql<boolean>`${id}::bigint = any(event_ids)`)
      .executeTakeFirst();
    if (!row) continue;
    const holder = { ...row, event_ids: row.event_ids.map(Number) };
    holders.set(row.n, holder);
    for (const one of holder.event_ids) held.add(one);
  }
  return new Map([...holders].sort(([a], [b]) => a - b));
}

async function leavesOf(tx: Tx, ids: readonly number[]): Promise<Buffer[]> {
  const rows = await tx.selectFrom("events").select(RECORDED).where("id", "in", ids).execute();
  const byId = new Map(rows.map((event) => [event.id, leafHash(leafOf(event))]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function sealsOn(tx: Tx, numbers: readonly number[]): Promise<Seal[]> {
  const rows = await tx
    .selectFrom("seals")
    .selectAll()
    .where("n", "in", numbers)
    .where("version", ">", 1)
    .orderBy("n", "desc")
    .execute();
  return rows.map((row) => sealIn(row));
}

async function namesOf(tx: Tx, events: readonly Recorded[]): Promise<Record<string, string>> {
  const ids = [...new Set(events.flatMap(({ actor_id }) => actor_id ?? []))];
  if (ids.length === 0) return {};
  const rows = await tx
    .selectFrom("persons")
    .innerJoin("agencies", "agencies.id", "persons.agency_id")
    .select(["persons.id", "persons.name", "agencies.name as agency"])
    .where("persons.id", "in", ids)
    .execute();
  return Object.fromEntries(rows.map(({ id, name, agency }) => [id, `${name} (${agency})`]));
}
