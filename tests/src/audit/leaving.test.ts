import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isSigned } from "../../../src/audit/heads.js";
import type { ActionName } from "../../../src/audit/record.js";
import { record } from "../../../src/audit/record.js";
import { doctor } from "../../../src/cli/doctor.js";
import { runCli } from "../../../src/cli/program.js";
import type { Log } from "../../../src/lib/log.js";
import { silentLog } from "../../../src/lib/log.js";
import { readConfig } from "../../../src/runtime/config.js";
import { World, words } from "../../world.js";
import { ended } from "./owner.js";

describe("heads", () => {
  let folder: string;
  let file: string;
  let server: Server;
  let w: World;
  const posted: unknown[] = [];
  let status = 200;
  const said: string[] = [];
  const log: Log = {
    ...silentLog,
    warn: (event) => void said.push(event),
    error: (event) => void said.push(event),
  };

  beforeEach(async () => {
    for (const list of [posted, said]) list.length = 0;
    status = 200;
    folder = await mkdtemp(join(tmpdir(), "coord-heads-"));
    file = join(folder, "kept", "heads.jsonl");
    server = createServer(async (request, response) => {
      let text = "";
      for await (const part of request) text += part;
      posted.push({ method: request.method, type: request.headers["content-type"], head: JSON.parse(text) });
      response.writeHead(status, { location: "/elsewhere" }).end("who are you");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    w = await World.create({
      people: { Maria: "police focal_point staff coordinator" },
      heads: { file, url: `http://127.0.0.1:${port}/heads` },
      log,
    });
  });
  afterEach(async () => {
    await w.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Something happens and is sealed; five minutes pass until the reconciler looks again. */
  const goesOn = async () => {
    await w.work((work) => record(work, { action: "test" as ActionName }));
    await ended(w.runtime.store);
    for (let beats = 0; beats < 20; beats++) await w.runtime.reconciler.tick();
    await w.settle();
  };
  const lines = async () => (await readFile(file, "utf8")).trim().split("\n");
  const inFile = async () => (await lines()).map((line) => JSON.parse(line));
  const examined = async () => {
    const config = readConfig({ AUDIT_HEADS_FILE: file, AUDIT_HEADS_URL: "https://heads.example" });
    const { text } = await doctor({ runtime: w.runtime, config, checks: [], applied: [] });
    return text.split("\n").find((line) => line.includes(" record ")) ?? "";
  };

  it("leave by themselves to the file and the address, signed, and each once", async () => {
    await goesOn();
    await goesOn();
    const heads = await inFile();
    expect(heads.length).toBeGreaterThanOrEqual(2);
    expect(heads.every(isSigned)).toBe(true);
    expect(new Set(heads.map(({ n }) => n)).size).toBe(heads.length);
    expect(posted.at(-1)).toEqual({ method: "POST", type: "application/json", head: heads.at(-1) });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const before = [heads.length, posted.length];
    for (let beats = 0; beats < 40; beats++) await w.runtime.reconciler.tick();
    await w.settle();
    expect([(await lines()).length, posted.length]).toEqual(before);
    expect(await examined()).toMatch(/^ok .*its heads go to .* and to AUDIT_HEADS_URL$/);
  });

  it.each([500, 404, 302])(
    "that are answered %d are posted again later, and nothing waits for them",
    async (refusal) => {
      await goesOn();
      status = refusal;
      await goesOn();
      const tried = posted.length;
      expect(said).toContain("audit.head_not_posted");
      expect(await examined()).toMatch(/^FIX .*AUDIT_HEADS_URL did not take the last head, 1 tries/);
      await goesOn();
      expect(posted.length).toBe(tried);
      status = 200;
      await w.pass({ minutes: 10 });
      expect((posted.at(-1) as { head: unknown }).head).toEqual((await inFile()).at(-1));
      expect(await examined()).toMatch(/^ok /);
    },
  );

  it("are missed when they are gone from the record: the log and the doctor say so, verify what is missing", async () => {
    await goesOn();
    await goesOn();
    const [first] = await inFile();
    await sql`delete from seals where n > ${first.n}`.execute(w.runtime.store.owner);
    await sql`delete from events where id > (select max(last_id) from seals)`.execute(w.runtime.store.owner);
    expect(await examined()).toMatch(/^FIX .*does not hold the head of seal/);
    await goesOn();
    expect(said).toContain("audit.head_lost");
    // A process that starts anew finds in the file what it is to hold the record against.
    let out = "";
    const parts = { runtime: w.runtime, config: readConfig({}), checks: [], applied: [] };
    const files = { [file]: await readFile(file, "utf8") };
    const write = (text: string) => {
      out += text;
    };
    expect(await runCli(parts, ["audit", "verify", "--head", file], files, write, () => undefined)).toBe(1);
    expect(out).toMatch(/The chain was written anew after seal \d+: seal \d+ is not the one that was kept/);
  });

  it("that were changed where they are kept are told", async () => {
    await goesOn();
    const [line = ""] = await lines();
    await writeFile(file, `${line.replace(/"size":\d+/, '"size":999')}\n`);
    expect(await examined()).toMatch(/^FIX .*holds heads that were changed/);
  });

  it("go on being written after a line that was torn, and keep nothing else from being done where they cannot be", async () => {
    await goesOn();
    await appendFile(file, '{"type":"coord-he');
    await goesOn();
    expect(isSigned(JSON.parse((await lines()).at(-1) ?? ""))).toBe(true);
    await rm(file);
    await rm(join(folder, "kept"), { recursive: true });
    await writeFile(join(folder, "kept"), "a file where a folder should be");
    await goesOn();
    expect(said).toContain("reconciler.part");
    expect(said).not.toContain("reconciler.body");
  });

  it("stand in the coordinator's weekly digest, in either language, as --head takes them", async () => {
    await w.say("Maria", "task @police Look at the harbour by Fri 17:00");
    await goesOn();
    await w.pass({ days: 8 }, 720);
    const digest = w
      .inbox("Maria")
      .map(({ message }) => words(message))
      .find((text) => text.includes("the week by agency"));
    const [, head = ""] = /Record sealed up to .*: \d+ events, head (\d+:[0-9a-f]{32})\./.exec(digest ?? "") ?? [];
    let out = "";
    const parts = { runtime: w.runtime, config: readConfig({}), checks: [], applied: [] };
    const write = (text: string) => {
      out += text;
    };
    expect(await runCli(parts, ["audit", "verify", "--head", head], {}, write, () => undefined)).toBe(0);
    expect(out).toContain("it holds each of 1 heads");
    await w.say("Maria", "settings lang:fr");
    w.sent.length = 0;
    await w.pass({ days: 7 }, 720);
    const french = w
      .inbox("Maria")
      .map(({ message }) => words(message))
      .join("\n");
    expect(french).toMatch(/Scellement du journal\s: .*\s; événements\s: \d+, empreinte\s: \d+:[0-9a-f]{32}\./);
  });
});

describe("where heads go", () => {
  it.each(["http://heads.example/", "ftp://heads.example/", "http://127.0.0.1.example/", "file:///etc/x", "heads"])(
    "is not %s",
    (address) => {
      expect(() => readConfig({ AUDIT_HEADS_URL: address })).toThrow(
        "AUDIT_HEADS_URL: the value is not usable; write an address that begins with https://, or http:// on this machine.",
      );
    },
  );
  it.each(["https://heads.example/x", "http://localhost:8080/", "http://127.0.0.1/", "http://[::1]:1/"])(
    "may be %s",
    (address) => {
      expect(readConfig({ AUDIT_HEADS_URL: address }).heads.url).toBe(address);
    },
  );
});
