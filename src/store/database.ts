import { Kysely, type PostgresPool, type RawBuilder, type Selectable, sql } from "kysely";
import pg from "pg";
import { EmbeddedPool } from "./embedded.js";
import { BatchingDialect } from "./later.js";
import { StartError } from "./lock.js";
import { known, remembering } from "./memory.js";
import { migrate } from "./migrate.js";
import { isOutdated, PreparingClient } from "./prepared.js";
import type { BodyRow, Schema, Tx } from "./schema.js";
import { ThreadedPGlite } from "./threaded.js";

export type { Tx } from "./schema.js";

/**
 * The one way to the database. Work runs in short transactions under a role that owns nothing,
 * with the coordination body set: what belongs to another body is not there to be seen.
 */
export class Store {
  /**
   * The lane of what nobody waits for: deliveries, reminders, sweeps. It has connections of its own, so that people are
   * answered while much goes out, and much goes out while many write. One session, as the embedded database, is both.
   */
  readonly behind: Store;

  private constructor(
    readonly owner: Kysely<Schema>,
    readonly kind: "postgresql" | "embedded",
    /** Migrations applied at this opening. */
    readonly applied: readonly string[],
    private readonly end: () => Promise<void>,
    behind?: Kysely<Schema>,
  ) {
    this.behind = behind ? new Store(behind, kind, [], async () => undefined) : this;
  }

  /** @param url a PostgreSQL connection string */
  static async postgresql(url: string): Promise<Store> {
    const [people, behind] = [poolOf(url, PEOPLE), poolOf(url, BEHIND)];
    // Kysely ends a pool with its last user, and one that nobody used not at all.
    const end = async () => {
      for (const pool of [people, behind]) if (!pool.ending) await pool.end();
    };
    return Store.#open(people, "postgresql", end, behind);
  }

  /** @param directory where PGlite keeps its files; `memory://` keeps nothing */
  static async embedded(directory: string, from?: Blob): Promise<Store> {
    return Store.over(new EmbeddedPool(await ThreadedPGlite.open(directory, from)));
  }

  /** Over a PGlite that is open already; closing the store ends the pool. */
  static async over(pool: EmbeddedPool): Promise<Store> {
    return Store.#open(pool as unknown as PostgresPool, "embedded", () => pool.end());
  }

  static async #open(
    pool: PostgresPool,
    kind: Store["kind"],
    end: () => Promise<void>,
    behind?: PostgresPool,
  ): Promise<Store> {
    const over = (one: PostgresPool) => new Kysely<Schema>({ dialect: new BatchingDialect({ pool: one }) });
    const [owner, second] = [over(pool), behind && over(behind)];
    // The lane that may wait: of processes that start at once all but one do.
    const opening = second ?? owner;
    let applied: string[];
    try {
      if (kind === "postgresql") await answers(opening);
      applied = await migrate(opening);
    } catch (error) {
      await Promise.all([owner.destroy(), second?.destroy()]);
      throw error;
    }
    return new Store(owner, kind, applied, end, second);
  }

  /** Work of one coordination body. Runs again when the database says that two transactions stood in each other's way. */
  inBody<T>(body: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.entering(
      sql<Partial<Selectable<BodyRow>>>`
        select set_config('role', 'coord_app', true), set_config('coord.body', ${body}, true), home.*
        from (select nullif(${body}, '')::uuid as id) here left join bodies home using (id)`,
      (tx) => work(tx),
    );
  }

  /** Work before any body is known: who is it, was it received before, adapters' memory. */
  outside<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.inBody("", work);
  }

  /**
   * Work in the body that the first statement finds out, in one round.
   * @param enters sets `role` and `coord.body` for the rest of the transaction, and returns one row, with that of the
   *   body in it
   */
  async entering<Row extends Partial<Selectable<BodyRow>>, T>(
    enters: RawBuilder<Row>,
    work: (tx: Tx, row: Row) => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.owner.transaction().execute(async (plain) => {
          const [row] = (await enters.execute(plain)).rows;
          if (!row) throw new Error("the statement that enters a body returns one row");
          const tx = remembering(plain);
          if (row.id) bodiesKnown(tx).set(row.id, row as Selectable<BodyRow>);
          return work(tx, row);
        });
      } catch (error) {
        if (tries < 4 && (isCollision(error) || isOutdated(error))) continue;
        throw error;
      }
    }
  }

  async close(): Promise<void> {
    if (this.behind !== this) await this.behind.close();
    await this.owner.destroy();
    await this.end();
  }
}

/** The row of the body in which a transaction works. */
export const bodiesKnown = (tx: Tx): Map<string, Selectable<BodyRow>> => known(tx, "bodies", BODIES);
const BODIES = new Set(["bodies"] as const);

/** Somebody waits: whoever gets no connection in time is told so, and nothing is kept (`isCrowded`). */
const PEOPLE = { max: 8, connectionTimeoutMillis: 2_000 };
const BEHIND = { max: 6, connectionTimeoutMillis: 10_000 };

function poolOf(url: string, lane: typeof PEOPLE | typeof BEHIND): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    ...lane,
    pipeline: true,
    Client: PreparingClient,
    // A statement or a transaction that hangs gives its connection and its locks back.
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    types: { getTypeParser: (oid, format) => (PARSERS[oid] ?? pg.types.getTypeParser(oid, format)) as never },
  });
  // A connection that drops is replaced by the pool, and fails the query under way. Unheard, the event would end the
  // process: that of an idle one comes from the pool, that of one at work from itself.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/**
 * Others are in the way: no connection came free, a row stayed locked, a statement took too long, or transactions
 * collided again and again (PostgreSQL appendix A: 40, 53300, 55P03, 57014; node-postgres names no code for its pool).
 */
export const isCrowded = (error: unknown): boolean => {
  const { code, message } = error as { code?: string; message?: string };
  return /^(?:40001|40P01|53300|55P03|57014)$/.test(code ?? "") || message === NO_CONNECTION;
};
const NO_CONNECTION = "timeout exceeded when trying to connect";

/** @throws StartError that names the variable: the driver's own words do not, and what they quote is not known */
async function answers(owner: Kysely<Schema>): Promise<void> {
  try {
    await sql`select 1`.execute(owner);
  } catch (error) {
    const { code, name } = error as { code?: string; name?: string };
    throw new StartError(
      `DATABASE_URL: the database does not answer (${code ?? name}). Check host, port, user and password, and that the database is there.`,
    );
  }
}

/** Undoes what `work` wrote when it throws, and keeps the transaction usable. */
export async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint attempt`.execute(tx);
  try {
    const result = await work();
    await sql`release savepoint attempt`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint attempt`.execute(tx);
    throw error;
  }
}

/** For `ilike`: these words anywhere in it, and nothing that they hold is a wildcard. */
export const containing = (words: string): string => `%${words.replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`;

/** A value for a `jsonb` column. */
export const json = (value: unknown): string => JSON.stringify(value);

const [INT8, TIMESTAMPTZ] = [20, 1184];
const readInstant = pg.types.getTypeParser(TIMESTAMPTZ);
/** Instants come in the session's zone, which is UTC nearly always: read directly, they cost a tenth. */
const PARSERS: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [TIMESTAMPTZ]: (text) =>
    text[10] === " " && text.endsWith("+00")
      ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
      : readInstant(text),
};

/** serialization_failure, deadlock_detected (PostgreSQL appendix A). */
const isCollision = (error: unknown): boolean => ["40001", "40P01"].includes((error as { code?: string }).code ?? "");
