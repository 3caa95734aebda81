import { randomBytes } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Seal, sealHash, sealIn } from "../../../src/audit/chain.js";
import { flatHash, leafOf, RECORDED } from "../../../src/audit/event.js";
import type { Finding } from "../../../src/audit/findings.js";
import { readHeads, Signer, shortHead } from "../../../src/audit/heads.js";
import { leafHash, rootOf } from "../../../src/audit/merkle.js";
import type { ActionName } from "../../../src/audit/record.js";
import { record } from "../../../src/audit/record.js";
import { seal } from "../../../src/audit/seal.js";
import { sentence } from "../../../src/cli/audit.js";
import { ended, Owner } from "./owner.js";

let o: Owner;
/** By action, the event's number. */
let ids: Record<string, number>;
beforeAll(async () => {
  o = await Owner.create();
  const rows = await o.sql.selectFrom("events").select(["id", "action"]).execute();
  ids = Object.fromEntries(rows.map(({ id, action }) => [action, id]));
});
afterEach(() => o.mend());
afterAll(() => o.w.close());

const id = (action: string): number => ids[action] ?? 0;
const whys = (findings: readonly Finding[]) =>
  findings.map((finding) => ("seal" in finding ? `${finding.why} ${finding.seal}` : finding.why));

describe("a record that nobody touched", () => {
  it("is whole, with seals of both kinds, and nothing is sealed twice", async () => {
    const verdict = await o.judge(await o.heads());
    expect(verdict).toMatchObject({ ok: true, seals: 4, waiting: 0, restored: [], findings: [] });
    expect(verdict.head?.size).toBe(verdict.events);
    expect(await o.w.work((work) => seal(work))).toMatchObject({ sealed: 0, more: false });
    expect(await o.judge([], o.other)).toMatchObject({ ok: true, seals: 1, events: 1 });
  });

  it("counts what is written since the last seal as not sealed yet, until it should long be", async () => {
    await o.w.work((work) => record(work, { action: "new.1" as ActionName }));
    expect(await o.judge()).toMatchObject({ ok: true, waiting: 1 });
    await o.run(sql`update events set at = at - interval '2 hours' where action = 'new.1'`);
    const verdict = await o.judge();
    expect({ ...verdict, whys: whys(verdict.findings) }).toMatchObject({ ok: false, waiting: 1, whys: ["late"] });
  });

  it("is sealed in steps, however much one transaction wrote", async () => {
    await o.run(sql`insert into events (body_id, at, action) select ${o.w.body}::uuid, ${o.w.clock.now()}, 'many'
      from generate_series(1, 2500)`);
    await ended(o.w.runtime.store);
    for (const [sealed, more] of [
      [1_000, true],
      [1_000, true],
      [500, false],
      [0, false],
    ] as const) {
      expect(await o.w.work((work) => seal(work))).toEqual({ sealed, more });
      expect((await o.judge()).findings).toEqual([]);
    }
    expect(await o.judge()).toMatchObject({ ok: true, waiting: 0 });
  });

  it("is not set back by a clock that was, which is told", async () => {
    o.w.clock.ahead -= 2 * 3_600_000;
    await o.w.work((work) => record(work, { action: "new.1" as ActionName }));
    await o.sealAll();
    o.w.clock.ahead += 2 * 3_600_000;
    await o.w.work((work) => record(work, { action: "new.2" as ActionName }));
    await o.sealAll();
    expect(whys((await o.judge()).findings)).toEqual(["misdated 5"]);
  });

  it("bears erased words", async () => {
    await o.run(sql`update events set words = null where action like 'test.2%'`);
    expect(await o.judge(await o.heads())).toMatchObject({ ok: true });
  });

  it("holds no free words in the clear", async () => {
    const { rows } = await sql<{ all: string }>`select string_agg(events::text, ' ') as all from events`.execute(o.sql);
    expect(rows[0]?.all).not.toContain("secret words");
  });
});

const set = (assignment: string, where: string) => () => [sql.raw(`update events set ${assignment} where ${where}`)];
const setSeal = (assignment: string, n: number) => () => [
  sql.raw(`update seals set ${assignment} where n = ${n} and body_id <> '${o.other}'`),
];
const copied = (from: string, changes: string) =>
  sql.raw(`insert into events (body_id, at, actor_id, action, item_kind, item_id, item_ref, code, detail, txid)
    select ${changes} from events where action = '${from}'`);

type Harm = [name: string, harm: () => RawBuilder<unknown>[], found: string[]];

/** Without any head: what the database contradicts itself in. */
const HARMS: Harm[] = [
  ["altered a code", set("code = 'x'", "action = 'test.2b'"), ["altered 3"]],
  ["altered a code in an old seal", set("code = 'x'", "action = 'task.asked'"), ["altered 1"]],
  ["altered a moment", set("at = at + interval '1 millisecond'", "action = 'test.2b'"), ["altered 3"]],
  ["altered an actor", set("actor_id = gen_random_uuid()", "action = 'test.2b'"), ["altered 3"]],
  ["altered a detail", set(`detail = detail || '{"n": 9}'`, "action = 'test.3a'"), ["altered 4"]],
  ["altered a reference", set("item_ref = 'T-9'", "action = 'task.asked'"), ["altered 1"]],
  ["altered a salt", set("salt = 'x'", "action = 'test.2b'"), ["altered 3"]],
  ["altered an action", set("action = 'test.9'", "action = 'test.2b'"), ["altered 3"]],
  ["took words and commitment away", set("words = null, commitment = null", "action = 'test.2b'"), ["altered 3"]],
  [
    "put other words in",
    set("words = (select words from events where action = 'test.1a')", "action = 'test.2b'"),
    ["words 3"],
  ],
  ["put words where there were none", set("words = 'v1.x'", "action = 'task.asked'"), ["words 1"]],
  ["removed an event", () => [sql`delete from events where action = 'test.1b'`], ["removed 2"]],
  ["removed a seal's events", () => [sql`delete from events where action like 'test.1%'`], ["removed 2"]],
  [
    "inserted an event with an old transaction number",
    () => [copied("test.1a", "body_id, at, actor_id, 'forged', item_kind, item_id, item_ref, code, detail, txid")],
    ["outside"],
  ],
  [
    "inserted one that looks older than all",
    () => [copied("test.1a", "body_id, at, actor_id, 'forged', item_kind, item_id, item_ref, code, detail, '1'::xid8")],
    ["outside"],
  ],
  [
    "inserted one with a number that no program can count",
    () => [
      sql`insert into events (id, body_id, at, action, txid) overriding system value
        select 9007199254740993, body_id, at, 'forged', txid from events where action = 'test.1a'`,
    ],
    ["outside"],
  ],
  [
    "inserted one with a number below zero",
    () => [
      sql`insert into events (id, body_id, at, action, txid) overriding system value
        select -70000, body_id, at, 'forged', txid from events where action = 'test.1a'`,
    ],
    ["outside"],
  ],
  [
    "inserted one of no body",
    () => [copied("test.1a", "null, at, actor_id, 'forged', item_kind, item_id, item_ref, code, detail, txid")],
    ["bodiless"],
  ],
  [
    "added one to a seal",
    () => [
      copied("test.1a", "body_id, at, actor_id, 'forged', item_kind, item_id, item_ref, code, detail, txid"),
      sql`update seals set event_ids = event_ids || (select id from events where action = 'forged')
        where n = 2 and body_id <> ${o.other}`,
    ],
    ["seal 2", "altered 2"],
  ],
  [
    "moved an event to another body",
    () => [sql`update events set body_id = ${o.other}::uuid where action = 'test.2b'`],
    ["removed 3"],
  ],
  [
    "took an event's body away",
    () => [sql`update events set body_id = null where action = 'test.2b'`],
    ["removed 3", "bodiless"],
  ],
  [
    "exchanged two events",
    () => [
      sql`update events set action = case action when 'test.2a' then 'test.2b' else 'test.2a' end
        where action in ('test.2a', 'test.2b')`,
    ],
    ["altered 3"],
  ],
  [
    "turned the order of a seal",
    setSeal("event_ids = (select array_agg(e order by e desc) from unnest(event_ids) e)", 3),
    ["altered 3"],
  ],
  [
    "turned the order of an old seal",
    setSeal("event_ids = (select array_agg(e order by e desc) from unnest(event_ids) e)", 1),
    ["altered 1"],
  ],
  ["left an event out of its seal", setSeal("event_ids = event_ids[1:2]", 3), ["seal 3", "altered 3", "outside"]],
  [
    "let two seals hold one event",
    () => [
      sql`update seals set event_ids = (select event_ids from seals where n = 2 and body_id <> ${o.other})
        where n = 3 and body_id <> ${o.other}`,
    ],
    ["twice 3", "altered 3", "outside"],
  ],
  ["removed a seal between", () => [sql`delete from seals where n = 2`], ["gap 2", "outside"]],
  [
    "moved a seal to another body",
    () => [sql`update seals set body_id = ${o.other}::uuid where n = 2`],
    ["gap 2", "outside"],
  ],
  ["wrote another hash", setSeal("hash = repeat('0', 64)", 3), ["seal 3", "link 4"]],
  ["wrote another hash before", setSeal("previous = repeat('0', 64)", 3), ["link 3", "seal 3"]],
  ["wrote another hash further back", setSeal("skip = repeat('0', 64)", 3), ["link 3", "seal 3"]],
  ["wrote another root", setSeal("root = repeat('0', 64)", 3), ["seal 3", "altered 3"]],
  [
    "set a seal's time back",
    setSeal("sealed_at = sealed_at - interval '1 day'", 4),
    ["seal 4", "clock 4", "misdated 4"],
  ],
  [
    "set the time of an old seal back, which nothing relied on",
    setSeal("sealed_at = sealed_at - interval '1 day'", 1),
    [],
  ],
  ["set a horizon back", setSeal("horizon = '1'", 4), ["seal 4", "horizon 4"]],
  ["set a horizon forward", setSeal("horizon = '9999999'", 3), ["seal 3", "horizon 4"]],
  ["said that the database was restored", setSeal("cluster = '1', floor = 9999", 4), ["seal 4"]],
  ["said that more are sealed", setSeal("size = size + 1", 4), ["seal 4"]],
  ["made a seal one of the old kind", setSeal("version = 1", 3), ["seal 3", "altered 3"]],
  [
    "inserted a seal before the first",
    () => [
      sql`insert into seals (body_id, n, event_ids, previous, hash, sealed_at, horizon)
        select body_id, 0, '{}', '', '', sealed_at, horizon from seals where n = 1 and body_id <> ${o.other}`,
    ],
    ["seal 0", "altered 0"],
  ],
  [
    "exchanged a data key",
    () => [
      sql`update data_keys set wrapped = (select max(wrapped) from data_keys where scope <> ${o.w.body}) where scope = ${o.w.body}`,
    ],
    ["keys"],
  ],
];

describe("an owner who", () => {
  it.each(HARMS)("%s", async (_, harm, found) => {
    for (const query of harm()) await o.run(query);
    const verdict = await o.judge();
    expect(whys(verdict.findings)).toEqual(found);
    expect(verdict.ok).toBe(found.length === 0);
    for (const finding of verdict.findings) expect(sentence(finding)).toMatch(/^[A-Z0-9].*\.$/);
  });

  it("moved an event is seen in the body that it was moved to as well", async () => {
    await o.run(sql`update events set body_id = ${o.other}::uuid where action = 'test.2b'`);
    const { findings } = await o.judge([], o.other);
    expect(findings).toEqual([{ why: "outside", count: 1, events: [id("test.2b")] }]);
  });

  it("entered an event for an earlier day is seen once it is sealed", async () => {
    await o.w.work((work) => record(work, { action: "forged" as ActionName }));
    await o.run(sql`update events set at = at - interval '3 days' where action = 'forged'`);
    await o.sealAll();
    expect(whys((await o.judge()).findings)).toEqual(["misdated 5"]);
  });

  it("entered an event for a day to come is seen too", async () => {
    await o.w.work((work) => record(work, { action: "forged" as ActionName }));
    await o.run(sql`update events set at = at + interval '3 days' where action = 'forged'`);
    await o.sealAll();
    expect(whys((await o.judge()).findings)).toEqual(["misdated 5"]);
  });
});

/** Events and seals after a number are gone; the chain goes on with what happens then. */
const cut = async (after: number) => {
  await o.run(sql`delete from events using seals s where s.n > ${after} and s.body_id <> ${o.other}
    and events.id = any(s.event_ids)`);
  await o.run(sql`delete from seals where n > ${after} and body_id <> ${o.other}`);
};

/** Seals again by Coord's own rules what the owner made of the events: nothing inside contradicts it. */
const resealed = async () => {
  const heads = await o.sql
    .selectFrom("seals")
    .selectAll()
    .where("body_id", "<>", o.other)
    .where("n", ">", 1)
    .orderBy("n")
    .execute();
  let before = await o.sql
    .selectFrom("seals")
    .selectAll()
    .where("body_id", "<>", o.other)
    .where("n", "=", 1)
    .executeTakeFirstOrThrow();
  const events = async (ids: number[]) => {
    const rows = await o.sql.selectFrom("events").select(RECORDED).where("id", "in", ids.map(Number)).execute();
    return ids.flatMap((one) => rows.find((row) => row.id === Number(one)) ?? []);
  };
  const first = flatHash(1, "", await events(before.event_ids));
  await o.run(sql`update seals set hash = ${first} where n = 1 and body_id <> ${o.other}`);
  const hashes = new Map([
    [0, ""],
    [1, first],
  ]);
  before = { ...before, hash: first };
  for (const row of heads) {
    const leaves = (await events(row.event_ids)).map((event) => leafHash(leafOf(event)));
    const changed: Seal = {
      ...sealIn(row),
      previous: before.hash,
      skip: hashes.get(row.n & (row.n - 1)) ?? "",
      root: rootOf(leaves).toString("hex"),
    };
    const hash = sealHash(changed);
    hashes.set(row.n, hash);
    await o.run(sql`update seals set hash = ${hash}, previous = ${changed.previous}, skip = ${changed.skip},
      root = ${changed.root} where n = ${row.n} and body_id <> ${o.other}`);
    before = { ...row, hash };
  }
};

describe("against an owner who wrote everything anew stand the heads that left", () => {
  it("the end cut off: which seals, how many events, since when", async () => {
    const heads = await o.heads();
    await cut(2);
    expect(await o.judge()).toMatchObject({ ok: true, seals: 2 });
    const { findings } = await o.judge(heads);
    expect(findings).toEqual([{ why: "cut", seal: 3, until: 4, atLeast: 6, since: heads[1]?.at }]);
  });

  it("everything cut off", async () => {
    const heads = await o.heads();
    await cut(0);
    const { findings } = await o.judge(heads);
    expect(findings).toEqual([{ why: "cut", seal: 1, until: 4, atLeast: heads.at(-1)?.size, since: undefined }]);
  });

  it("the end cut off and the chain gone on", async () => {
    const heads = await o.heads();
    await cut(2);
    for (const n of [7, 8, 9]) await o.happens(n);
    expect(await o.judge()).toMatchObject({ ok: true, seals: 5 });
    const { findings } = await o.judge(heads);
    expect(findings).toEqual([{ why: "rewritten", seal: 3, after: 2, atLeast: 0, since: heads[1]?.at }]);
  });

  it("an event altered and all sealed again", async () => {
    const heads = await o.heads();
    await o.run(sql`update events set code = 'x' where action = 'test.2b'`);
    await resealed();
    expect(await o.judge()).toMatchObject({ ok: true });
    expect((await o.judge(heads)).findings).toEqual([
      { why: "rewritten", seal: 3, after: 2, atLeast: 0, since: heads[1]?.at },
    ]);
    // One head is enough, and its short form too.
    const [, , , last] = heads;
    const short = readHeads(last ? shortHead(last) : "", { body: o.w.body, key: "" }).heads;
    expect(whys((await o.judge(short)).findings)).toEqual(["rewritten 4"]);
  });

  it("an event altered in an old seal and all sealed again", async () => {
    const heads = await o.heads();
    await o.run(sql`update events set code = 'x' where action = 'task.asked'`);
    await resealed();
    expect(await o.judge()).toMatchObject({ ok: true });
    expect(whys((await o.judge(heads)).findings)).toEqual(["rewritten 1"]);
  });

  it("nothing touched, sealed again: it is the same chain", async () => {
    const heads = await o.heads();
    await resealed();
    expect(await o.judge(heads)).toMatchObject({ ok: true });
  });
});

describe("heads that were kept", () => {
  const signed = async () => {
    const signer = await o.signer();
    return { key: signer.key, lines: (await o.heads()).map((head) => JSON.stringify(signer.sign(o.w.body, head))) };
  };

  it("are read line by line, alone, laid out, or in short, and those of other bodies are told apart", async () => {
    const { key, lines } = await signed();
    const of = { body: o.w.body, key };
    expect(readHeads(`\uFEFF${lines.join("\r\n")}\r\n\r\n`, of)).toMatchObject({
      heads: { length: 4 },
      ofOthers: 0,
      unreadable: 0,
    });
    expect(readHeads(JSON.stringify(JSON.parse(lines[0] ?? ""), null, 2), of).heads).toHaveLength(1);
    expect(readHeads("3:9F2C7A1B0C3D4E5F", of).heads).toEqual([{ n: 3, hash: "9f2c7a1b0c3d4e5f" }]);
    expect(readHeads(lines.join("\n"), { body: o.other, key })).toMatchObject({ heads: [], ofOthers: 4 });
    for (const text of ["", "hello", "{}", "[]", "null", "3:xyz", "3:9f2c", `${lines[0]}x`, '{"type":"coord-head"}'])
      expect(readHeads(text, of).heads).toEqual([]);
    expect((await o.judge(readHeads(lines.join("\n"), of).heads)).ok).toBe(true);
  });

  it("say nothing when they were changed, and it is said that they were", async () => {
    const { key, lines } = await signed();
    const of = { body: o.w.body, key };
    for (const [field, value] of [
      ["n", 3],
      ["size", 1],
      ["hash", "0".repeat(64)],
      ["at", "2026-01-01T00:00:00.000Z"],
      ["key", "AAAA"],
      ["signature", "AAAA"],
    ] as const) {
      const forged = JSON.stringify({ ...JSON.parse(lines[3] ?? ""), [field]: value });
      const { findings } = await o.judge(readHeads(`${lines[0]}\n${forged}`, of).heads);
      expect({ field, whys: whys(findings) }).toEqual({ field, whys: [field === "n" ? "signature 3" : "signature 4"] });
    }
  });

  it("signed with another key are told, and still held against the chain", async () => {
    const { key } = await signed();
    const stranger = new Signer(randomBytes(32));
    const lines = (await o.heads()).map((head) => JSON.stringify(stranger.sign(o.w.body, head)));
    const kept = readHeads(lines.join("\n"), { body: o.w.body, key }).heads;
    expect((await o.judge(kept)).findings).toEqual([{ why: "key", key: stranger.key, seal: 1, count: 4 }]);
    await cut(3);
    expect(whys((await o.judge(kept)).findings)).toEqual(["key 1", "cut 4"]);
  });

  it("bear the same key whatever happens to the secret keys, and another one in another deployment", async () => {
    const { key } = await signed();
    await o.w.runtime.vault.rotate(o.w.runtime.store);
    expect((await o.signer()).key).toBe(key);
    expect(new Signer(randomBytes(32)).key).not.toBe(key);
  });
});
