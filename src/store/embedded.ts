import { EventEmitter } from "node:events";
import { setImmediate } from "node:timers/promises";
import type { Results } from "@electric-sql/pglite";
import type { EmbeddedDatabase } from "./threaded.js";

type QueryResult = { command: string; rowCount: number; rows: Record<string, unknown>[]; fields: unknown[] };

/**
 * PGlite with the face of a `pg.Pool`, so that Kysely and BullMQ use one dialect for both.
 *
 * PGlite has a single session: what looks like several clients takes turns. A client that says BEGIN
 * keeps the session until COMMIT, ROLLBACK or release, and everybody else waits, so a transaction never
 * gets a stranger's statement in its middle. Using the pool inside one's own transaction deadlocks: don't.
 */
export class EmbeddedPool extends EventEmitter {
  readonly #turns = new Turns();

  constructor(readonly database: EmbeddedDatabase) {
    super();
  }

  async connect(): Promise<EmbeddedClient> {
    return new EmbeddedClient(this.database, this.#turns);
  }

  async query(text: string, values?: readonly unknown[]): Promise<QueryResult> {
    const client = await this.connect();
    try {
      return await client.query(text, values);
    } finally {
      client.release();
    }
  }

  /** Resolves when nobody is in the middle of a statement or a transaction. */
  async idle(): Promise<void> {
    const giveBack = await this.#turns.take();
    giveBack();
  }

  async end(): Promise<void> {
    if (!this.database.closed) await this.database.close();
  }
}

export class EmbeddedClient extends EventEmitter {
  /** What was sent before, as a client of PostgreSQL takes one statement after the other. */
  #before: Promise<unknown> = Promise.resolve();
  #giveBack: (() => void) | undefined;
  #stopListening: (() => void) | undefined;

  constructor(
    private readonly database: EmbeddedDatabase,
    private readonly turns: Turns,
  ) {
    super();
  }

  query(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
    const answered = this.#before.then(() => this.#query(text, values));
    this.#before = answered.catch(() => undefined);
    return answered;
  }

  async #query(text: string, values: readonly unknown[]): Promise<QueryResult> {
    const verb = firstWord(text);
    if (this.#giveBack) {
      const result = await this.#run(text, values);
      if (verb === "commit" || (verb === "rollback" && !TO_SAVEPOINT.test(text))) this.#endTurn();
      return result;
    }
    if (verb === "begin" || verb === "start") {
      this.#giveBack = await this.turns.take();
      try {
        return await this.#run(text, values);
      } catch (error) {
        this.#endTurn();
        throw error;
      }
    }
    // PGlite tells notifications to the whole process: this client passes them on once it listens.
    if (verb === "listen")
      this.#stopListening ??= this.database.onNotification((channel, payload) =>
        this.emit("notification", { channel, payload }),
      );
    const giveBack = await this.turns.take();
    try {
      return await this.#run(text, values);
    } finally {
      giveBack();
    }
  }

  release(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    if (!this.#giveBack) return;
    // Released in the middle of a transaction: what it did is undone before the next client's turn.
    const giveBack = this.#giveBack;
    this.#giveBack = undefined;
    void this.database.exec("rollback").then(giveBack, giveBack);
  }

  #endTurn(): void {
    this.#giveBack?.();
    this.#giveBack = undefined;
  }

  /**
   * A PGlite that runs here answers within the same turn of the event loop: statements that follow one another would keep
   * sockets and timers waiting for as long as there are any, and a send whose answer is not heard is a send that is not
   * over.
   */
  async #run(text: string, values: readonly unknown[]): Promise<QueryResult> {
    await setImmediate();
    // Only the simple protocol takes several statements at once; it takes no parameters.
    const results: Results<Record<string, unknown>>[] =
      values.length === 0
        ? await this.database.exec(text)
        : [await this.database.query<Record<string, unknown>>(text, [...values])];
    const last = results.at(-1);
    return {
      command: firstWord(text).toUpperCase(),
      rowCount: last?.rows.length || last?.affectedRows || 0,
      rows: last?.rows ?? [],
      fields: last?.fields ?? [],
    };
  }
}

/** Going back to a savepoint ends no transaction. */
const TO_SAVEPOINT = /^\s*rollback\s+(?:work\s+|transaction\s+)?to\b/i;

/** First come, first served. */
class Turns {
  #last: Promise<void> = Promise.resolve();

  async take(): Promise<() => void> {
    const before = this.#last;
    let done: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    return done;
  }
}

/** BullMQ's statements begin with comments. */
const firstWord = (sql: string): string =>
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*([a-z]+)/i.exec(sql)?.[1]?.toLowerCase() ?? "";
