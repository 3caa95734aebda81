import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { Coord, cleanUp, emptyFolder, madeFolder } from "./coord.js";
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
    const env = { COORD_DATA_DIR: await emptyFolder(), ADMIN_HOST: "0.0.0.0", ADMIN_TOKEN: token };
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
