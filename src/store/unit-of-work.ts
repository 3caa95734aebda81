import { type RawBuilder, sql } from "kysely";
import type { Log } from "../lib/log.js";
import type { Body } from "../people/model.js";
import type { Tx } from "./database.js";
import { type Part, writeHeld } from "./held-back.js";
import type { Cipher, Vault } from "./vault.js";

/** What the process has for every piece of work: its keys, and under which address people reach it, where they do. */
export type Services = { vault: Vault; site?: () => string | undefined; sender?: () => string | undefined; log?: Log };

/**
 * One piece of work inside one coordination body and one transaction: what every rule, handler and notice is given.
 * `queued` names the rows it left for jobs; they are enqueued after the commit.
 */
export class UnitOfWork {
  readonly queued: Queued[] = [];

  constructor(
    readonly tx: Tx,
    readonly body: Body,
    readonly now: Date,
    private readonly services: Services,
  ) {}

  cipher(): Promise<Cipher> {
    return this.services.vault.cipher(this.tx, this.body.id);
  }

  /** `https://coord.example`, without a slash at the end; undefined where nobody said under which address it is reached. */
  site(): string | undefined {
    return this.services.site?.();
  }

  /** The address under which mail leaves; undefined where none does. */
  sender(): string | undefined {
    return this.services.sender?.();
  }

  /**
   * One item cannot be dealt with and the others go on without it: logged without its content, and told by `coord
   * doctor` until it can be. What failed in the database must have been undone before (`attempt`).
   */
  async holdBack(part: Part, item: string, error: unknown): Promise<void> {
    this.services.log?.error("held_back", error, { part, item, body: this.body.slug });
    await writeHeld(this.tx, part, item, error, this.now);
  }

  /** The next number of a kind in this body: `T-104` follows `T-103`, or comes some numbers later. Nobody waits for it. */
  async next(kind: string): Promise<number> {
    const [number] = await this.nextOf(kind, 1);
    return number as number;
  }

  /** So many numbers of a kind, rising. */
  async nextOf(kind: string, count: number): Promise<number[]> {
    const { rows } = await sql<{ number: number }>`
      select next_number(${kind}) as number from generate_series(1, ${count}::int)`.execute(this.tx);
    return rows.map(({ number }) => number);
  }
}

/** In an insert: the next number of a kind, as `UnitOfWork.next`, without a round of its own. */
export const nextNumber = (kind: string): RawBuilder<number> => sql<number>`next_number(${kind})`;

/** A row that a job is to look at, once the transaction has committed. */
export type Queued = { job: "deliver" | "remind" | "report" | "audience"; id: string; dueAt: Date; priority: number };
