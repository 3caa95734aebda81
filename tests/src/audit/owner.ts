import { type RawBuilder, sql } from "kysely";
import type { Head } from "../../../src/audit/chain.js";
import { flatHash, RECORDED } from "../../../src/audit/event.js";
import { Signer } from "../../../src/audit/heads.js";
import type { KeptHead } from "../../../src/audit/kept.js";
import type { ActionName } from "../../../src/audit/record.js";
import { record } from "../../../src/audit/record.js";
import { seal } from "../../../src/audit/seal.js";
import { type Verdict, verify } from "../../../src/audit/verify.js";
import { accessTo } from "../../../src/cli/audit.js";
import type { Store } from "../../../src/store/database.js";
import { World } from "../../world.js";

/** Waits until no transaction runs that could precede what was written: on a shared server it may be another suite's. */
export async function ended({ owner }: Store): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ ended: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) > txid as ended from events
      where txid < pg_snapshot_xmax(pg_current_snapshot()) order by txid desc limit 1`.execute(owner);
    if (rows.every((row) => row.ended)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Who owns the database: nothing in it is safe from them, and what they did can be put back for the next try. */
export class Owner {
  private constructor(
    readonly w: World,
    readonly other: string,
  ) {}

  /** Two bodies; in the first a task and a seal of version 1, then seals of version 2 over three events each. */
  static async create(): Promise<Owner> {
    const w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
    const { id: other } = await w.runtime.store.owner
      .insertInto("bodies")
      .values({ id: crypto.randomUUID(), slug: "south", name: "Southern Body", zone: "UTC", lang: "en", country: null })
      .returning("id")
      .executeTakeFirstOrThrow();
    const owner = new Owner(w, other);
    await w.say("Maria", "task @labour Look at the harbour by Fri 17:00");
    await owner.sealAsBefore();
    for (const n of [1, 2, 3]) await owner.happens(n);
    await w.runtime.inBody(other, (work) =>
      record(work, { action: "south.1" as ActionName, words: "secret words of the south" }),
    );
    await owner.sealAll(other);
    await owner.keep();
    return owner;
  }

  get sql() {
    return this.w.runtime.store.owner;
  }

  run = (query: RawBuilder<unknown>) => query.execute(this.sql);

  /** Three events with words, sealed. */
  async happens(n: number): Promise<void> {
    for (const part of ["a", "b", "c"])
      await this.w.work((work) =>
        record(work, {
          action: `test.${n}${part}` as ActionName,
          words: `secret words ${n}${part}`,
          detail: { n, b: true, a: part },
        }),
      );
    await this.sealAll();
  }

  async sealAll(body = this.w.body): Promise<void> {
    await ended(this.w.runtime.store);
    while ((await this.w.runtime.inBody(body, (work) => seal(work))).more);
  }

  /** A seal as they were before there were trees. */
  async sealAsBefore(): Promise<void> {
    await ended(this.w.runtime.store);
    await this.w.work(async ({ tx, now }) => {
      const events = await tx.selectFrom("events").select(RECORDED).orderBy("id").execute();
      await tx
        .insertInto("seals")
        .values({
          n: 1,
          version: 1,
          event_ids: events.map(({ id }) => id),
          previous: "",
          hash: flatHash(1, "", events),
          sealed_at: now,
          horizon: sql`pg_snapshot_xmin(pg_current_snapshot())`,
          ...{ root: null, skip: null, size: null, cluster: null, floor: 0 },
        })
        .execute();
    });
  }

  async keep(): Promise<void> {
    for (const table of ["events", "seals", "data_keys"])
      await this.run(sql`create table ${sql.table(`kept_${table}`)} as select * from ${sql.table(table)}`);
  }

  async mend(): Promise<void> {
    for (const table of ["seals", "events", "data_keys"]) await this.run(sql`delete from ${sql.table(table)}`);
    await this.run(sql`insert into events overriding system value select * from kept_events`);
    await this.run(sql`insert into data_keys select * from kept_data_keys`);
    const columns = sql.raw(
      "body_id, n, event_ids, previous, hash, sealed_at, horizon, version, root, skip, size, cluster, floor",
    );
    await this.run(sql`insert into seals (${columns}) select ${columns} from kept_seals`);
  }

  judge(kept: readonly KeptHead[] = [], body = this.w.body): Promise<Verdict> {
    return verify(accessTo(this.w.runtime, { id: body }), kept);
  }

  /** Every head of the chain as it is now. */
  async heads(): Promise<Head[]> {
    const rows = await this.w.work(({ tx }) =>
      tx.selectFrom("seals").select(["n", "hash", "event_ids", "sealed_at"]).orderBy("n").execute(),
    );
    let size = 0;
    return rows.map(({ n, hash, event_ids, sealed_at }) => {
      size += event_ids.length;
      return { n, hash, size, at: sealed_at };
    });
  }

  signer = () => Signer.of(this.w.runtime.store, this.w.runtime.vault);
}
