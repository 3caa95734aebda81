import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { expect, it } from "vitest";
import { EmbeddedPool } from "../../../src/store/embedded.js";

it("lets sockets be heard between statements, however many follow one another", async () => {
  const pool = new EmbeddedPool(await PGlite.create());
  const server = createServer((_, response) => response.end("heard"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    let heard = false;
    const { port } = server.address() as AddressInfo;
    const call = fetch(`http://127.0.0.1:${port}/`).then(async (response) => {
      heard = (await response.text()) === "heard";
    });
    const client = await pool.connect();
    await client.query("begin");
    let statements = 0;
    for (; !heard && statements < 5_000; statements++) await client.query("select 1");
    await client.query("commit");
    await call;
    expect(statements).toBeLessThan(5_000);
  } finally {
    server.close();
    await pool.end();
  }
});

it("keeps a transaction's turn when it goes back to a savepoint: nobody's statement gets into its rest", async () => {
  const pool = new EmbeddedPool(await PGlite.create());
  try {
    const [one, other] = [await pool.connect(), await pool.connect()];
    await one.query("begin");
    await one.query("select set_config('coord.body', 'one', true)");
    await one.query("savepoint attempt");
    await one.query("rollback to savepoint attempt");
    let began = false;
    const begun = other.query("begin").then(() => {
      began = true;
    });
    const { rows } = await one.query("select current_setting('coord.body', true) as body");
    expect({ rows, began }).toEqual({ rows: [{ body: "one" }], began: false });
    await one.query("rollback");
    await begun;
    await other.query("commit");
  } finally {
    await pool.end();
  }
});
