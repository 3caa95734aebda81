import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { addMinutes, min } from "date-fns";
import { z } from "zod";
import type { Clock } from "../lib/clock.js";
import { defineJob, type Job } from "../lib/job.js";
import type { Log } from "../lib/log.js";
import type { Body } from "../people/model.js";
import type { Store, Tx } from "../store/database.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Vault } from "../store/vault.js";
import { readHeads, type SignedHead, Signer } from "./heads.js";
import { headOf } from "./seal.js";

/** Where heads go by themselves: a file that is only ever added to, and an address that keeps what is posted to it. */
export type Destinations = { file?: string; url?: string };

export type LeavingParts = {
  store: Store;
  vault: Vault;
  clock: Clock;
  log: Log;
  inBody: <T>(body: string, act: (work: UnitOfWork) => Promise<T>) => Promise<T>;
  to: Destinations;
};

const POST_SECONDS = 15;
/** A post that failed is tried again after a minute, then two, four … */
const MOST_MINUTES = 60;
/** A post under way is nobody else's for so long. */
const LEASE_MINUTES = 2;
/** The newest heads of every body stand at the end of the file. */
const TAIL_BYTES = 65_536;

/** Heads leave this machine: what was sealed stays known outside, whatever becomes of the database. */
export class HeadsLeaving {
  readonly job: Job<{ body: string }>;
  /** The newest head of each body that this process wrote, or found in the file. */
  readonly #written = new Map<string, { n: number; hash: string }>();
  #signer: Promise<Signer> | undefined;

  constructor(private readonly parts: LeavingParts) {
    this.job = defineJob({
      id: "heads",
      schema: z.object({ body: z.string() }),
      concurrency: 1,
      run: ({ body }) => this.#post(body),
    });
  }

  /** Writes the newest head of a body to the file, and says in the log when the record does not hold the last one any more. */
  async write(body: Body): Promise<void> {
    const { to, inBody, log } = this.parts;
    const head = to.file && (await inBody(body.id, (work) => headOf(work.tx)));
    if (!to.file || !head) return;
    const signed = (await this.#key()).sign(body.id, head);
    const known = this.#written.get(body.id) ?? newestIn(to.file, signed);
    if (known && !(await inBody(body.id, (work) => holds(work.tx, known))))
      log.error("audit.head_lost", new Error("a head is not in the record"), { body: body.slug, seal: known.n });
    if (known?.hash !== head.hash) append(to.file, signed);
    this.#written.set(body.id, head);
  }

  /** Whether the newest head of a body is to be posted now. */
  async isDue(body: Body): Promise<boolean> {
    if (!this.parts.to.url) return false;
    return this.parts.inBody(body.id, async (work) => {
      const head = await headOf(work.tx);
      return head !== undefined && (await isDue(work, head.n));
    });
  }

  #key(): Promise<Signer> {
    this.#signer ??= Signer.of(this.parts.store, this.parts.vault).catch((error: unknown) => {
      this.#signer = undefined;
      throw error;
    });
    return this.#signer;
  }

  /** Whoever claims it posts the newest head; what fails is due again later, and the reconciler finds it then. */
  async #post(body: string): Promise<void> {
    const { to, inBody, log, clock } = this.parts;
    if (!to.url) return;
    const claimed = await inBody(body, async (work) => {
      const head = await headOf(work.tx);
      return head && (await claim(work, head.n)) ? head : undefined;
    });
    if (!claimed) return;
    const failure = await post(to.url, (await this.#key()).sign(body, claimed));
    if (failure) log.warn("audit.head_not_posted", { seal: claimed.n, reason: failure });
    await inBody(body, async ({ tx }) => {
      const now = clock.now();
      if (!failure) {
        await tx.updateTable("head_posts").set({ n: claimed.n, attempts: 0, due_at: now }).execute();
        return;
      }
      const { attempts } = await tx.selectFrom("head_posts").select("attempts").executeTakeFirstOrThrow();
      const due = min([addMinutes(now, 2 ** attempts), addMinutes(now, MOST_MINUTES)]);
      await tx
        .updateTable("head_posts")
        .set({ attempts: attempts + 1, due_at: due })
        .execute();
    });
  }
}

const holds = async (tx: Tx, { n, hash }: { n: number; hash: string }): Promise<boolean> =>
  (await tx.selectFrom("seals").select("hash").where("n", "=", n).executeTakeFirst())?.hash === hash;

async function isDue({ tx, now }: UnitOfWork, n: number): Promise<boolean> {
  const row = await tx.selectFrom("head_posts").select(["n", "due_at"]).executeTakeFirst();
  return !row || (row.n !== n && row.due_at <= now);
}

async function claim({ tx, now }: UnitOfWork, n: number): Promise<boolean> {
  await tx
    .insertInto("head_posts")
    .values({ due_at: now })
    .onConflict((c) => c.column("body_id").doNothing())
    .execute();
  const claimed = await tx
    .updateTable("head_posts")
    .set({ due_at: addMinutes(now, LEASE_MINUTES) })
    .where("due_at", "<=", now)
    .where("n", "!=", n)
    .returning("n")
    .executeTakeFirst();
  return claimed !== undefined;
}

/** @returns why it was not taken: nothing of an answer is repeated */
async function post(url: string, head: SignedHead): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(head),
      redirect: "error",
      signal: AbortSignal.timeout(POST_SECONDS * 1_000),
    });
    await response.body?.cancel();
    return response.ok ? undefined : String(response.status);
  } catch (error) {
    return error instanceof Error ? error.name : "error";
  }
}

function append(file: string, head: SignedHead): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Where the last line was torn, this one is not lost with it.
  const torn = /[^\n]$/.test(tailOf(file).slice(-1));
  appendFileSync(file, `${torn ? "\n" : ""}${JSON.stringify(head)}\n`, { mode: 0o600 });
}

/** The newest head of a body that the end of the file holds. */
function newestIn(file: string, { body, key }: SignedHead): { n: number; hash: string } | undefined {
  const { heads } = readHeads(tailOf(file), { body, key });
  return heads.filter(({ size, forged }) => size !== undefined && !forged).at(-1);
}

/** The last whole lines of a file; empty where there is none. */
export function tailOf(file: string): string {
  let open: number | undefined;
  try {
    open = openSync(file, "r");
    const { size } = fstatSync(open);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(open, bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString("utf8");
    return size > bytes.length ? text.slice(text.indexOf("\n") + 1) : text;
  } catch {
    return "";
  } finally {
    if (open !== undefined) closeSync(open);
  }
}
