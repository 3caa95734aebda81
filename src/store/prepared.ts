import { createHash } from "node:crypto";
import pg from "pg";

/** A session keeps so many statements at most. */
const MOST = 200;
/** What was sent so often is kept: lists of every length are statements of their own, and would take all places. */
const OFTEN = 5;
/** Texts that are counted at once. */
const COUNTED = 2_000;

/** Statements by their text that sessions keep parsed and planned; most of the time of a small one goes into that. */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #times = new Map<string, number>();

  /** @returns nothing for what is not kept, or not yet */
  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MOST) return known;
    const times = (this.#times.get(text) ?? 0) + 1;
    if (times < OFTEN) {
      if (this.#times.size >= COUNTED) this.#times.clear();
      this.#times.set(text, times);
      return undefined;
    }
    this.#times.delete(text);
    const name = createHash("sha256").update(text).digest("base64url").slice(0, 24);
    this.#names.set(text, name);
    return name;
  }
}

/** Of this process: its sessions keep the same. */
const ALL = new StatementNames();

/** What is written of node-postgres' connection: statements that are there, and those on their way. */
type Connection = { parsedStatements: object; submittedNamedStatements: object };

/**
 * A table that a migration of another process changed: what was planned for the table before fails once, and the
 * session then forgets all of it (PostgreSQL, PREPARE: a statement whose result would have other columns is refused).
 */
export const isOutdated = (error: unknown): boolean => {
  const { code, message } = error as { code?: string; message?: string };
  return code === "0A000" && message === "cached plan must not change result type";
};

/** A client of node-postgres that names what it sends, so that PostgreSQL keeps it. */
export class PreparingClient extends pg.Client {
  protected readonly names: StatementNames = ALL;
  #outdated = false;

  // biome-ignore lint/suspicious/noExplicitAny: one implementation of pg's overloads
  override query(...given: any[]): any {
    const query = super.query as (...given: unknown[]) => Promise<unknown>;
    const [text, values] = given;
    if (this.#outdated && text === "begin") this.#forget();
    // What takes no values is `begin`, `commit` and the like, or is sent once.
    if (typeof text !== "string" || !Array.isArray(values) || values.length === 0 || given.length > 2)
      return query.apply(this, given);
    const answered = query.call(this, { name: this.names.of(text), text, values });
    answered.catch((error) => {
      this.#outdated ||= isOutdated(error);
    });
    return answered;
  }

  #forget(): void {
    this.#outdated = false;
    const { connection } = this as unknown as { connection: Connection };
    connection.parsedStatements = {};
    connection.submittedNamedStatements = {};
    super.query("deallocate all").catch(() => undefined);
  }
}
