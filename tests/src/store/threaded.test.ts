import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmbeddedPool } from "../../../src/store/embedded.js";
import { ThreadedPGlite } from "../../../src/store/threaded.js";
import { openEmbedded } from "../../template.js";

let database: ThreadedPGlite;
let folder: string;
beforeAll(async () => {
  database = await ThreadedPGlite.open("memory://");
  folder = await mkdtemp(join(tmpdir(), "coord-thread-"));
});
afterAll(async () => {
  if (database && !database.closed) await database.close();
  await rm(folder, { recursive: true, force: true });
});

describe("an embedded database in a thread of its own", () => {
  it("holds nobody up, however long a statement takes", async () => {
    const held = monitorEventLoopDelay({ resolution: 1 });
    held.enable();
    const began = performance.now();
    await database.query("select sum(sqrt(n)) from generate_series(1, 3000000) n");
    const took = performance.now() - began;
    held.disable();
    // In the thread that asks it would be as long as the statement.
    expect(held.max / 1e6).toBeLessThan(took / 4);
  });

  it("answers as one in this thread does", async () => {
    const here = await openEmbedded("memory://");
    const values = [new Date("2026-12-01T10:00:00.123Z"), { a: ["é", null] }, new Uint8Array([0, 255, 7]), ["x", "y"]];
    const text = `select $1::timestamptz as at, $2::jsonb as data, $3::bytea as bytes, $4::text[] as words, null as nothing,
      9007199254740991::int8 as large, 1.50::numeric as exact, true as yes, gen_random_uuid() is not null as id`;
    const [there, local] = await Promise.all([database.query(text, values), here.query(text, values)]);
    expect(there.rows).toEqual(local.rows);
    expect(there.fields).toEqual(local.fields);
    expect((await database.exec("select 1 as a; select 2 as b")).map(({ rows }) => rows)).toEqual(
      (await here.exec("select 1 as a; select 2 as b")).map(({ rows }) => rows),
    );
    await here.close();
  });

  it("throws what the database says, with its code", async () => {
    await database.exec("create table once (id int primary key); insert into once values (1)");
    await expect(database.query("insert into once values (1)")).rejects.toMatchObject({
      code: "23505",
      constraint: "once_pkey",
      message: expect.stringMatching(/duplicate key/),
    });
    await expect(database.query("select * from nowhere")).rejects.toBeInstanceOf(Error);
    expect((await database.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
  });

  it("passes on what is notified, to each client that listens", async () => {
    const pool = new EmbeddedPool(database);
    const [first, second] = [await pool.connect(), await pool.connect()];
    const heard: unknown[] = [];
    first.on("notification", ({ payload }) => heard.push(payload));
    await first.query("listen news");
    await second.query("notify news, 'one'");
    await expect.poll(() => heard).toEqual(["one"]);
    first.release();
    await second.query("notify news, 'two'");
    await second.query("select 1");
    expect(heard).toEqual(["one"]);
  });

  it("says what is wrong with its directory", async () => {
    const file = join(folder, "file");
    await writeFile(file, "no directory");
    await expect(ThreadedPGlite.open(join(file, "database"))).rejects.toThrow(/ENOTDIR/);
  });

  it("is closed once, and whoever asks then is told", async () => {
    const own = await ThreadedPGlite.open("memory://");
    await own.close();
    expect(own.closed).toBe(true);
    await expect(own.query("select 1")).rejects.toThrow("the database is closed");
  });

  it("tells whoever waits when its thread ends", async () => {
    const own = await ThreadedPGlite.open("memory://");
    const waiting = expect(own.query("select sum(sqrt(n)) from generate_series(1, 100000000) n")).rejects.toThrow(
      /thread has ended/,
    );
    await (own as unknown as { thread: { terminate(): Promise<unknown> } }).thread.terminate();
    await waiting;
    await expect(own.exec("select 1")).rejects.toThrow(/thread has ended/);
  });
});
