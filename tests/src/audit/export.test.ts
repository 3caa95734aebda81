import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ItemRecord } from "../../../src/audit/proof.js";
import { filesIn } from "../../../src/cli/control-socket.js";
import { runCli } from "../../../src/cli/program.js";
import { readConfig } from "../../../src/runtime/config.js";
import { Owner } from "./owner.js";

const VERIFIER = fileURLToPath(new URL("../../../docs/verify.mjs", import.meta.url));

describe("an item's record", () => {
  let o: Owner;
  let folder: string;
  /** Bodies made by the first seal of the old kind, then tasks sealed in trees. */
  beforeAll(async () => {
    o = await Owner.create();
    folder = await mkdtemp(join(tmpdir(), "coord-record-"));
    await o.w.say("Maria", "task @labour Meet the <b>secret</b> source by Fri 17:00 tlp:AMBER");
    await o.sealAll();
    await o.w.say("Eleni", "agree T-2");
    await o.w.say("Eleni", "done T-2 The source was met");
    for (const n of [4, 5, 6, 7, 8, 9]) await o.happens(n);
    await o.w.say("Maria", "close T-2");
  });
  afterAll(async () => {
    await o.w.close();
    await rm(folder, { recursive: true, force: true });
  });

  const coord = async (argv: string[], files: Record<string, string> = {}) => {
    const saved: Record<string, string> = {};
    let out = "";
    const code = await runCli(
      { runtime: o.w.runtime, config: readConfig({}), checks: [], applied: [] },
      argv,
      files,
      (text) => {
        out += text;
      },
      (path, text) => {
        saved[path] = text;
      },
    );
    return { code, out, saved };
  };
  const record = async (...more: string[]): Promise<ItemRecord> => {
    const { saved, out } = await coord(["audit", "export", "T-2", "--body", "north", "--out", "t.json", ...more]);
    if (!saved["t.json"]) throw new Error(out);
    return JSON.parse(saved["t.json"]);
  };
  /** What somebody without Coord sees. */
  const checked = async (what: unknown, ...more: string[]) => {
    const file = join(folder, `${crypto.randomUUID()}.json`);
    await writeFile(file, typeof what === "string" ? what : JSON.stringify(what));
    return promisify(execFile)(process.execPath, [VERIFIER, file, ...more]).then(
      ({ stdout }) => ({ ok: true, said: stdout }),
      ({ stdout, stderr }) => ({ ok: false, said: `${stdout}${stderr}` }),
    );
  };

  it("holds every event of the item in order, with its proof, and no word of it", async () => {
    const made = await record();
    const told = made.events.map(({ event }) => JSON.parse(event));
    const { rows } = await sql<{ id: number; action: string }>`
      select id, action from events where item_kind = 'task' and item_id = ${made.item.id}::uuid
      and action <> 'audit.exported' order by id`.execute(o.sql);
    expect(told.map(({ id, action }) => ({ id, action }))).toEqual(rows);
    expect(rows.map(({ action }) => action)).toContain("task.closed");
    expect(made).toMatchObject({ unproven: [], waiting: 0, item: { kind: "task", ref: "T-2" } });
    expect(Object.values(made.people).sort()).toEqual(["Eleni (Labour)", "Maria (Police)"]);
    expect(JSON.stringify(made)).not.toMatch(/secret|source|harbour/i);
    expect(made.seals.length).toBeLessThan(made.head.n);
  });

  it("is proven to somebody who has Node and the file", async () => {
    const { ok, said } = await checked(await record());
    expect({ ok, said }).toMatchObject({ ok: true, said: expect.stringMatching(/^T-2: \d+ events are proven/) });
    const { out: key } = await coord(["audit", "key"]);
    expect(await checked(await record(), "--key", key.split("\n")[0] ?? "")).toMatchObject({ ok: true });
    expect(await checked(await record(), "--key", "other")).toMatchObject({ ok: false });
  });

  it("is a page too, which no title of an item can write into", async () => {
    const { saved } = await coord(["audit", "export", "t2", "--body", "north", "--out", "t.html"]);
    const page = saved["t.html"] ?? "";
    expect(page).toContain("task.closed");
    expect(page).toContain("Maria (Police)");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(await checked(page)).toMatchObject({ ok: true });
  });

  it("leads through a head that its reader kept", async () => {
    const head = (await o.heads())[5];
    if (!head) throw new Error("no seal 6");
    const signed = JSON.stringify((await o.signer()).sign(o.w.body, head));
    const kept = join(folder, "kept.jsonl");
    await writeFile(kept, `${signed}\n`);
    const made = await record("--head", signed);
    expect(await checked(made, "--head", kept)).toMatchObject({ ok: true, said: expect.stringContaining("through 1") });
    await writeFile(kept, `${head.n}:${"0".repeat(64)}\n`);
    expect(await checked(made, "--head", kept)).toMatchObject({
      ok: false,
      said: expect.stringContaining("seal 6 is not"),
    });
    await writeFile(kept, `${JSON.stringify({ ...JSON.parse(signed), size: 1 })}\n`);
    expect(await checked(made, "--head", kept)).toMatchObject({ ok: false });
  });

  type Change = (of: ItemRecord) => void;
  const changes: [string, Change][] = [
    ["an event", (of) => edit(of, (event) => event.replace("task.", "tusk."))],
    ["an event's order of names", (of) => edit(of, (event) => JSON.stringify({ z: 1, ...JSON.parse(event) }))],
    ["an event's place", (of) => first(of).index++],
    ["an event's seal", (of) => first(of).seal++],
    ["a path", (of) => first(of).path.push("00".repeat(32))],
    ["a root", (of) => (last(of.seals).root = "00".repeat(32))],
    ["a seal's time", (of) => (last(of.seals).sealedAt = "2020-01-01T00:00:00.000Z")],
    ["a seal's count", (of) => last(of.seals).count++],
    ["a seal left out", (of) => void of.seals.splice(1, 1)],
    ["the first seal left out", (of) => void of.seals.shift()],
    ["the head's size", (of) => of.head.size++],
    ["the head's hash", (of) => (of.head.hash = "00".repeat(32))],
    [
      "the head's signature",
      (of) => (of.head.signature = of.head.signature.replace(/^./, (a) => (a === "A" ? "B" : "A"))),
    ],
    ["the body", (of) => (of.body.id = crypto.randomUUID())],
    ["the item", (of) => (of.item.id = crypto.randomUUID())],
  ];
  const first = (of: ItemRecord) => of.events[0] as ItemRecord["events"][number];
  const last = (of: ItemRecord["seals"]) => of.at(-1) as ItemRecord["seals"][number];
  const edit = (of: ItemRecord, how: (event: string) => string) => {
    first(of).event = how(first(of).event);
  };
  it.each(changes)("is not proven with %s changed", async (_, change) => {
    const made = await record();
    change(made);
    expect(await checked(made)).toMatchObject({ ok: false });
  });

  it("of an event under the old kind of seal is told without a proof", async () => {
    const { saved, out } = await coord(["audit", "export", "T-1", "--body", "north", "--out", "t.json"]);
    const made = JSON.parse(saved["t.json"] ?? "") as ItemRecord;
    expect(made).toMatchObject({ events: [], unproven: { length: 1 } });
    expect(out).toContain("without a proof of their own");
    expect(await checked(made)).toMatchObject({ ok: true, said: expect.stringContaining("no proof of their own") });
  });

  it("is refused with what to type instead, and said to be on record once it was handed out", async () => {
    for (const [ref, says] of [
      ["T-99", "north has no T-99 on record."],
      ["harbour", '"harbour" is no reference of an item. Write e.g. T-12.'],
    ] as const)
      expect(await coord(["audit", "export", ref, "--body", "north", "--out", "x"])).toEqual({
        code: 1,
        out: `${says}\n`,
        saved: {},
      });
    expect((await coord(["audit", "export", "T-2", "--body", "south", "--out", "x"])).out).toContain(
      "south has no T-2",
    );
    await record();
    const { rows } = await sql`select from events where action = 'audit.exported' and item_ref = 'T-2'`.execute(o.sql);
    expect(rows.length).toBeGreaterThan(0);
  });

  it("stays whole: the operator's lines say so, and what is missing", async () => {
    const head = await coord(["audit", "head", "--body", "north"]);
    expect(JSON.parse(head.out)).toMatchObject({ type: "coord-head", body: o.w.body });
    const fine = await coord(["audit", "verify", "--body", "north", "--head", head.out.trim()]);
    expect(fine).toMatchObject({
      code: 0,
      out: expect.stringMatching(/is whole: \d+ events in \d+ seals, and it holds each of 1 heads/),
    });
    const file = await coord(["audit", "verify", "--body", "north", "--head", "h.jsonl"], { "h.jsonl": head.out });
    expect(file.code).toBe(0);
    const none = await coord(["audit", "verify", "--body", "north", "--head", "missing.jsonl"]);
    expect(none).toMatchObject({
      code: 1,
      out: expect.stringContaining("--head: neither a file that is there nor a head"),
    });
    const others = await coord(["audit", "verify", "--body", "south", "--head", head.out.trim()]);
    expect(others).toMatchObject({ code: 1, out: expect.stringContaining("are of other bodies than south") });
    await sql`delete from seals where n > 5 and body_id = ${o.w.body}::uuid`.execute(o.sql);
    const cut = await coord(["audit", "verify", "--body", "north", "--head", head.out.trim()]);
    expect(cut).toMatchObject({
      code: 1,
      out: expect.stringMatching(/BROKEN[\s\S]*The end is missing: seals 6 to \d+, at least \d+ events since 2026-/),
    });
  });

  it("and its heads are read where the operator stands, as files or as they are", async () => {
    const heads = join(folder, "heads.jsonl");
    await writeFile(heads, "kept");
    const argv = ["audit", "verify", "--head", "x".repeat(500), heads, folder, "nothing", "--body", "north"];
    expect(filesIn(argv)).toEqual({ [heads]: "kept" });
    expect(filesIn(["audit", "verify", `--head=${heads}`])).toEqual({ [heads]: "kept" });
    expect(filesIn(["audit", "export", "T-1", "--out", heads])).toEqual({});
  });

  it("is read by what the page of the format says", async () => {
    const page = await readFile(new URL("../../../docs/audit.md", import.meta.url), "utf8");
    const [, told = ""] = /```json\n(\{"type":"coord-record"[\s\S]*?)```/.exec(page) ?? [];
    expect(await checked(told)).toMatchObject({ ok: true });
  });
});
