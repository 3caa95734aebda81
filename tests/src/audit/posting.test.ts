import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nock from "nock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isSigned } from "../../../src/audit/heads.js";
import type { ActionName } from "../../../src/audit/record.js";
import { record } from "../../../src/audit/record.js";
import { World } from "../../world.js";
import { ended } from "./owner.js";

/** The one call of Coord's that goes to an address of somebody else's choice: what leaves, and that nothing follows it. */
let folder: string;
let w: World;
beforeEach(async () => {
  nock.disableNetConnect();
  folder = await mkdtemp(join(tmpdir(), "coord-posting-"));
  const heads = { file: join(folder, "heads.jsonl"), url: "https://heads.example/keep?by=north" };
  w = await World.create({ people: { Maria: "police focal_point staff" }, heads });
});
afterEach(async () => {
  await w.close();
  await rm(folder, { recursive: true });
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
});

it("posts a signed head to the address as it was written, and follows it nowhere else", async () => {
  const bodies: unknown[] = [];
  nock("https://heads.example", { reqheaders: { "content-type": "application/json" }, badheaders: ["authorization"] })
    .persist()
    .post("/keep", (body) => bodies.push(body) > 0)
    .query({ by: "north" })
    .reply(302, undefined, { location: "https://elsewhere.example/keep" });
  const elsewhere = nock("https://elsewhere.example").get("/keep").reply(200);
  const other = nock("https://elsewhere.example").post("/keep").reply(200);
  await w.work((work) => record(work, { action: "test" as ActionName }));
  await ended(w.runtime.store);
  for (let beats = 0; beats < 20; beats++) await w.runtime.reconciler.tick();
  await w.settle();
  expect(bodies.length).toBeGreaterThan(0);
  expect(bodies.every((body) => isSigned(body as never))).toBe(true);
  // A record goes to the keeper who was named, and is not handed on by a redirect.
  expect([elsewhere.isDone(), other.isDone()]).toEqual([false, false]);
});
