import { subHours } from "date-fns";
import { sql } from "kysely";
import type { Tx } from "../store/database.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Cipher, openWords } from "../store/vault.js";
import { type Head, sealHash, sealIn, skipOf } from "./chain.js";
import { flatHash, leafOf, RECORDED, type Recorded } from "./event.js";
import { type Finding, IdSet, Many } from "./findings.js";
import { HeadsKept, type KeptHead } from "./kept.js";
import { leafHash, rootOf } from "./merkle.js";
import { countingNow, isElsewhere } from "./seal.js";

/** How a record is read: in many short transactions, so that nobody waits for whoever verifies. */
export type Access = {
  inWork: <T>(act: (work: UnitOfWork) => Promise<T>) => Promise<T>;
  outside: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Whether the data keys that rest in the database open with the secret keys. */
  keysOpen: () => Promise<boolean>;
};

export type Verdict = {
  ok: boolean;
  seals: number;
  events: number;
  head?: Head;
  /** Written since the last seal: nothing covers them yet. */
  waiting: number;
  /** Seals that were the first after the database was restored from a dump. */
  restored: number[];
  findings: Finding[];
};

/** So many events are read at once, and seals as many as they fill. */
const SLICE = 1_000;
const SEALS = 250;
const IDS = 5_000;
/** Of the numbers that a seal can have (int4): the owner may have written one below the first. */
const LOWEST = -(2 ** 31);
/** Transactions last a minute at most and processes' clocks agree to minutes: what is further off did not happen then. */
const HOURS_OFF = 1;

type Row = Awaited<ReturnType<typeof sealsAfter>>[number];
type Event = Recorded & { words: string | null };

/**
 * Reads the whole record again: every seal, every event, and whether each event stands in exactly one seal.
 * @param kept heads kept elsewhere: the chain must go through each
 */
export async function verify(access: Access, kept: readonly KeptHead[] = []): Promise<Verdict> {
  const reading = new Reading(kept);
  if (!(await access.keysOpen())) reading.findings.push({ why: "keys" });
  for (let after = LOWEST; ; ) {
    const seals = await access.inWork((work) => sealsAfter(work.tx, after));
    const end = seals.at(-1);
    if (!end) break;
    for (const part of slices(seals)) {
      const ids = part.flatMap((seal) => seal.event_ids.map(Number));
      const { events, cipher } = await access.inWork(async (work) => ({
        events: await eventsOf(work.tx, ids),
        // Where the keys were changed this is a finding already, and the words cannot be looked at.
        cipher: await work.cipher().catch(() => undefined),
      }));
      for (const seal of part) reading.take(seal, events, cipher);
    }
    after = end.n;
  }
  await readUnsealed(access, reading);
  const strays = await access.outside((tx) => bodiless(tx));
  if (strays.count > 0) reading.findings.push({ why: "bodiless", ...strays });
  return reading.verdict();
}

/** Seals in groups that hold about as many events as are read at once. */
function* slices(seals: readonly Row[]): Generator<Row[]> {
  let part: Row[] = [];
  let count = 0;
  for (const seal of seals) {
    part.push(seal);
    count += seal.event_ids.length;
    if (count < SLICE) continue;
    yield part;
    [part, count] = [[], 0];
  }
  if (part.length) yield part;
}

class Reading {
  readonly findings: Finding[] = [];
  readonly sealed = new IdSet();
  last: Row | undefined;
  waiting = 0;
  highest = 0;
  #seals = 0;
  #events = 0;
  #size = 0;
  readonly #restored: number[] = [];
  readonly #kept: HeadsKept;
  /** By their lowest bit, the newest seals: the one that `skipOf` names is among them. */
  readonly #skips = new Map<number, { n: number; hash: string }>();

  constructor(kept: readonly KeptHead[]) {
    this.#kept = new HeadsKept(kept);
  }

  take(seal: Row, found: ReadonlyMap<number, Event>, cipher: Cipher | undefined): void {
    const before = this.last;
    const ids = seal.event_ids.map(Number);
    const events = ids.flatMap((id) => found.get(id) ?? []);
    this.#seals++;
    this.#events += events.length;
    this.#size += ids.length;
    // What a gap held is not known: the count goes on from what the seal says.
    if (!this.#place(seal, before) && seal.version > 1) this.#size = Number(seal.size);
    this.#content(seal, ids, events, before);
    this.#order(seal, before);
    this.#dates(seal, events, before);
    if (cipher)
      this.#many(
        "words",
        seal,
        events.filter((event) => !keepsWords(cipher, event)).map(({ id }) => id),
      );
    for (const id of ids) this.highest = Math.max(this.highest, id);
    this.#kept.meet({ n: seal.n, hash: seal.hash, size: this.#size, at: seal.sealed_at });
    this.#skips.set(lowestBit(seal.n), { n: seal.n, hash: seal.hash });
    this.last = seal;
  }

  verdict(): Verdict {
    const { last } = this;
    const head = last && { n: last.n, hash: last.hash, size: this.#size, at: last.sealed_at };
    const findings = [...this.findings, ...this.#kept.findings(head)];
    return {
      ok: findings.length === 0,
      seals: this.#seals,
      events: this.#events,
      head,
      waiting: this.waiting,
      restored: this.#restored,
      findings,
    };
  }

  /** Where it stands in the chain. @returns whether it is the next */
  #place(seal: Row, before: Row | undefined): boolean {
    const { findings } = this;
    const next = (before?.n ?? 0) + 1;
    if (seal.n < next) {
      findings.push({ why: "seal", seal: seal.n });
      return false;
    }
    if (seal.n > next) {
      findings.push({ why: "gap", seal: next, until: seal.n - 1 });
      return false;
    }
    const skip = skipOf(seal.n);
    const known = this.#skips.get(lowestBit(skip));
    const skips = seal.version === 1 || skip === 0 || known?.n !== skip || known.hash === seal.skip;
    if (seal.previous !== (before?.hash ?? "") || !skips) findings.push({ why: "link", seal: seal.n });
    return true;
  }

  /** Whether it holds what was sealed. */
  #content(seal: Row, ids: readonly number[], events: readonly Event[], before: Row | undefined): void {
    const { findings } = this;
    const there = new Set(events.map(({ id }) => Number(id)));
    this.#many(
      "removed",
      seal,
      ids.filter((id) => !there.has(id)),
    );
    this.#many(
      "twice",
      seal,
      ids.filter((id) => !this.sealed.add(id)),
    );
    if (seal.version === 1) {
      // Whoever could write the old kind again could leave the tree out.
      if (before && before.version > 1) findings.push({ why: "seal", seal: seal.n });
      if (events.length === ids.length && flatHash(seal.n, seal.previous, events) !== seal.hash)
        findings.push({ why: "altered", seal: seal.n });
      return;
    }
    const count = ids.length;
    const said = sealIn(seal);
    if (sealHash(said) !== seal.hash || said.size !== this.#size) findings.push({ why: "seal", seal: seal.n });
    this.#size = said.size;
    if (events.length !== count) return;
    const root = rootOf(events.map((event) => leafHash(leafOf(event)))).toString("hex");
    if (root !== seal.root) findings.push({ why: "altered", seal: seal.n });
  }

  /** Whether it comes after the one before in every way that counts up. */
  #order(seal: Row, before: Row | undefined): void {
    const { findings } = this;
    if (!before) return;
    const allowed = seal.version === 1 ? HOURS_OFF : 0;
    if (seal.sealed_at < subHours(before.sealed_at, allowed)) findings.push({ why: "clock", seal: seal.n });
    const elsewhere = isElsewhere(before, { horizon: seal.horizon, cluster: seal.cluster ?? "" });
    if (elsewhere) this.#restored.push(seal.n);
    else if (BigInt(seal.horizon) < BigInt(before.horizon) || Number(seal.floor) < Number(before.floor))
      findings.push({ why: "horizon", seal: seal.n });
  }

  /** Events that say another time than that in which they were sealed. */
  #dates(seal: Row, events: readonly Event[], before: Row | undefined): void {
    if (seal.version === 1) return;
    const off = events.filter(
      ({ at }) => (before && at < subHours(before.sealed_at, HOURS_OFF)) || subHours(at, HOURS_OFF) > seal.sealed_at,
    );
    this.#many(
      "misdated",
      seal,
      off.map(({ id }) => id),
    );
  }

  #many(why: "removed" | "words" | "misdated" | "twice", { n }: Row, ids: readonly number[]): void {
    if (ids.length === 0) return;
    const many = new Many();
    many.add(...ids);
    this.findings.push({ why, seal: n, count: many.count, events: many.events });
  }
}

/** Goes through every event of the body: what no seal holds waits for one, or was put there. */
async function readUnsealed({ inWork }: Access, reading: Reading): Promise<void> {
  const { last } = reading;
  const [outside, late] = [new Many(), new Many()];
  let since: Date | undefined;
  for (let after: string | undefined; ; ) {
    const { rows, counting, now } = await inWork(async ({ tx, now }) => ({
      rows: await idsAfter(tx, after),
      counting: await countingNow(tx),
      now,
    }));
    const elsewhere = last !== undefined && isElsewhere(last, counting);
    for (const { exact, txid, at } of rows) {
      const id = Number(exact);
      if (reading.sealed.has(id)) continue;
      const newer = elsewhere && id > reading.highest;
      const waits = !last || newer || (BigInt(txid) >= BigInt(last.horizon) && (elsewhere || id > Number(last.floor)));
      if (!waits) outside.add(id);
      else reading.waiting++;
      if (!waits || at >= subHours(now, HOURS_OFF)) continue;
      late.add(id);
      if (!since || at < since) since = at;
    }
    const end = rows.at(-1);
    if (!end) break;
    after = end.exact;
  }
  if (outside.count) reading.findings.push({ why: "outside", count: outside.count, events: outside.events });
  if (late.count && since) reading.findings.push({ why: "late", count: late.count, since });
}

const sealsAfter = (tx: Tx, n: number) =>
  tx.selectFrom("seals").selectAll().where("n", ">", n).orderBy("n").limit(SEALS).execute();

async function eventsOf(tx: Tx, ids: number[]): Promise<Map<number, Event>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("events")
    .select([...RECORDED, "words"])
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .execute();
  return new Map(rows.map((event) => [Number(event.id), event]));
}

/** @param id as text: the owner may have given an event a number that no `number` holds */
const idsAfter = (tx: Tx, id: string | undefined) => {
  let query = tx
    .selectFrom("events")
    .select(["at", sql<string>`id::text`.as("exact"), sql<string>`txid::text`.as("txid")]);
  if (id !== undefined) query = query.where(sql<boolean>`id > ${id}::text::bigint`);
  return query.orderBy("id").limit(IDS).execute();
};

/** Events of no body, which no chain could hold. Nothing writes any. */
async function bodiless(tx: Tx): Promise<{ count: number; events: number[] }> {
  const { rows } = await sql<{ id: number; count: number }>`
    select id, count(*) over ()::int as count from events where body_id is null order by id limit 10`.execute(tx);
  return { count: rows[0]?.count ?? 0, events: rows.map(({ id }) => Number(id)) };
}

/** Erased words leave their commitment behind and break nothing. */
function keepsWords(cipher: Cipher, event: Event): boolean {
  if (event.words === null) return true;
  if (event.commitment === null) return false;
  try {
    return openWords(cipher, event.words, event.commitment).kept;
  } catch {
    return false;
  }
}

const lowestBit = (n: number): number => n & -n;
