import { createHash } from "node:crypto";
import pg from "pg";

/**
 * Statements by their text that a session keeps parsed and planned; most of the time of a small statement goes into
 * that. So many at most, and only what is sent again: lists of every length are statements of their own.
 */
const MOST = 200;
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #once = new Set<string>();

  /** @returns nothing for what is not kept, or not yet */
  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MOST) return known;
    if (!this.#once.has(text)) {
      if (this.#once.size >= 10 * MOST) this.#once.clear();
      this.#once.add(text);
      return undefined;
    }
    this.#once.delete(text);
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
