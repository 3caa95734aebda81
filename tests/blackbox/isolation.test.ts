import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, stat } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { Coord, cleanUp, cli, emptyFolder, madeFolder } from "./coord.js";
import { Stage } from "./stage.js";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

const running: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(it: T): T => {
  running.push(it);
  return it;
};
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.close();
});
afterAll(cleanUp);

type Headers = Record<string, string>;

/** Node's own client: fetch would not let Host, Via and the like be sent. */
const ask = (port: number, path: string, headers: Headers = {}, method = "GET") =>
  new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, headers, method }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    asked.on("error", reject).end();
  });

/** As proxies, tunnels and pages elsewhere ask: the first as a TLS proxy that adds nothing. */
const FROM_ELSEWHERE: Headers[] = [
  { host: "coord.example.org" },
  { host: "attacker.example:3900" },
  { host: "localhost.attacker.example" },
  { forwarded: "for=192.0.2.7;proto=https" },
  { via: "1.1 front" },
  { "x-forwarded-for": "127.0.0.1" },
  { "x-forwarded-proto": "https" },
  { "x-forwarded-host": "localhost" },
  { "x-real-ip": "192.0.2.7" },
  { "cf-connecting-ip": "192.0.2.7" },
  { "cf-ray": "1" },
  { origin: "https://attacker.example" },
  { origin: "null" },
];

const OPERATORS = ["/metrics", "/admin/queues", "/admin/queues/", "/admin/queues/api/queues"];
const WORKBENCH = ["/", "/workbench/session", "/workbench/events", "/workbench/assets/workbench.js"];

describe("the operator's pages", () => {
  it("are not where the platforms come in, and answer this machine alone where they are", async () => {
    const stage = keep(await Stage.build());
    const coord = keep(await Coord.start({ ...stage.env, COORD_DATA_DIR: await madeFolder(), COORD_DEMO: "1" }));
    for (const path of [...OPERATORS, ...WORKBENCH]) {
      // Straight, and as through a proxy of the default kind, which names the server it speaks to and adds nothing.
      expect((await ask(coord.port, path)).status, path).toBe(404);
      expect((await ask(coord.port, path, { host: "127.0.0.1" })).status, path).toBe(404);
    }
    const metrics = await ask(coord.adminPort, "/metrics");
    expect(metrics).toMatchObject({ status: 200, text: expect.stringContaining("coord_inbound_total") });
    expect((await ask(coord.adminPort, "/admin/queues")).status).toBe(200);
    expect((await ask(coord.adminPort, "/workbench/session")).status).toBe(200);
    for (const headers of FROM_ELSEWHERE)
      for (const path of [...OPERATORS, ...WORKBENCH]) {
        const { status, text } = await ask(coord.adminPort, path, headers);
        expect([path, headers, status]).toEqual([path, headers, 404]);
        expect(text).not.toMatch(/token|coord_/);
      }
    expect(coord.said).toContain(`http://127.0.0.1:${coord.adminPort}/metrics`);
    expect((await coord.cli("doctor")).out).toMatch(
      new RegExp(`operator +pages on http://127.0.0.1:${coord.adminPort}, from this machine alone`),
    );
  });

  it("are shown to a Prometheus elsewhere by token, and to nobody without it", async () => {
    const token = randomBytes(24).toString("hex");
    const env = {
      ...{ COORD_DATA_DIR: await emptyFolder(), ADMIN_HOST: "0.0.0.0", ADMIN_TOKEN: token },
      // Where the public comes in, the workbench is on the operator's address.
      PUBLIC_URL: "https://coord.example",
    };
    const coord = keep(await Coord.start(env));
    const elsewhere = { host: "coord.internal:3900", "x-forwarded-for": "192.0.2.7" };
    const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
    for (const authorization of [
      `Bearer ${token}`,
      `bearer ${token}`,
      basic(`prometheus:${token}`),
      basic(`:${token}`),
    ])
      expect((await ask(coord.adminPort, "/metrics", { ...elsewhere, authorization })).status, authorization).toBe(200);
    const wrong = [
      ...["", "Bearer", "Bearer ", `Bearer ${token.slice(1)}`, `Bearer ${token}0`, `Bearer ${token.toUpperCase()}`],
      ...[token, `Basic ${token}`, basic(token.slice(1)), basic("prometheus:"), basic(`${token}:`), "Bearer é"],
      `Bearer ${"x".repeat(6_000)}`,
    ];
    for (const authorization of wrong)
      for (const path of [...OPERATORS, ...WORKBENCH]) {
        const headers = Buffer.from(authorization, "utf8").toString("latin1");
        const { status, text } = await ask(coord.adminPort, path, authorization ? { authorization: headers } : {});
        expect([path, authorization, status]).toEqual([path, authorization, 401]);
        expect(text).not.toMatch(/coord_|<html/);
      }
    // Fictional as it is, the workbench stays this machine's own.
    const authorization = `Bearer ${token}`;
    expect((await ask(coord.adminPort, "/workbench/session", { authorization })).status).toBe(200);
    for (const headers of FROM_ELSEWHERE)
      expect((await ask(coord.adminPort, "/workbench/session", { ...headers, authorization })).status).toBe(403);
    expect(coord.said).not.toContain(token);
  });
});

describe("a data folder that was there before", () => {
  it("is closed at the start and for the command line; nobody else gets to its socket or its key", async () => {
    const folder = await madeFolder();
    await chmod(folder, 0o777);
    const mode = async (name: string) => ((await stat(join(folder, name))).mode & 0o7777).toString(8);
    const coord = keep(await Coord.start({ COORD_DATA_DIR: folder, COORD_DEMO: "0" }));
    expect(coord.said).toMatch(/was open to other users/);
    expect(await Promise.all(["", "coord.sock", "secret.keys", "database", "queue"].map(mode))).toEqual([
      "700",
      "600",
      "600",
      "700",
      "700",
    ]);
    // As somebody else on this machine, where these tests may be somebody else.
    if (process.getuid?.() === 0)
      expect(await asNobody(join(folder, "coord.sock"))).toEqual(["socket EACCES", "key EACCES"]);

    // Opened while it runs: the next command closes it again before it says a word to anybody.
    await chmod(folder, 0o755);
    await chmod(join(folder, "coord.sock"), 0o777);
    expect((await coord.cli("audit", "head")).out).toMatch(/was open to other users/);
    expect(await Promise.all(["", "coord.sock"].map(mode))).toEqual(["700", "600"]);
  });

  it("that is not Coord's own is refused by every command, and stays as it was", async () => {
    const folder = await emptyFolder();
    await chmod(folder, 0o1777);
    for (const command of [["start"], ["doctor"], ["init", "--name", "Somebody's"]]) {
      const { code, out } = await cli({ COORD_DATA_DIR: folder, PORT: "0" }, ...command);
      expect(out).toMatch(/^(?:Coord is starting …\n)?Coord cannot start\.\nCOORD_DATA_DIR: others may enter /);
      expect(code).toBe(1);
    }
    expect(((await stat(folder)).mode & 0o7777).toString(8)).toBe("1777");
  });
});

const asNobody = (socket: string): Promise<string[]> =>
  new Promise((resolve) => {
    const key = join(socket, "..", "secret.keys");
    const script = `
      const said = [];
      const done = (what) => { said.push(what); if (said.length === 2) console.log(JSON.stringify(said.sort().reverse())); };
      require("net").connect(${JSON.stringify(socket)}, () => done("socket open")).on("error", (e) => done("socket " + e.code));
      require("fs").readFile(${JSON.stringify(key)}, (e) => done("key " + (e ? e.code : "open")));`;
    const child = spawn(process.execPath, ["-e", script], { cwd: "/", uid: 65_534, gid: 65_534, env: {} });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      out += chunk;
    });
    child.once("close", () => resolve(JSON.parse(out || "[]") as string[]));
  });
