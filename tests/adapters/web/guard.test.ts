import { request as httpRequest } from "node:http";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TOKEN_HEADER } from "../../../adapters/web/guard.js";
import { type Bench, openBench, personas } from "./bench.js";
import { demoCore } from "./core.js";
import { keyOf, Page } from "./page.js";

let bench: Bench;
let token: string;
let port: string;
const maria = personas[0]?.account ?? { tenant: "", user: "" };

beforeAll(async () => {
  bench = await openBench(demoCore);
  token = (await new Page(bench.url).session()).token;
  port = new URL(bench.url).port;
});
afterAll(() => bench.stop());

type Asked = { method?: string; path?: string; headers?: Record<string, string>; body?: string };

/** Node's own client: fetch would not let the Host header be anything else. */
const ask = ({ method = "GET", path = "/workbench/session", headers = {}, body }: Asked) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const req = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (res) => {
      let text = "";
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: text }));
    });
    req.on("error", reject);
    req.end(body);
  });

const command = () => ({
  method: "POST",
  path: "/workbench/act",
  body: JSON.stringify({
    persona: keyOf(maria),
    key: crypto.randomUUID(),
    act: { type: "command", place: "personal", text: "who" },
  }),
});

describe("the workbench answers this machine's own page alone", () => {
  const json = { "content-type": "application/json" };

  it.each([
    ["localhost with a port", { host: "localhost:3000" }, 200],
    ["localhost", { host: "localhost" }, 200],
    ["IPv6 loopback", { host: "[::1]:3000" }, 200],
    ["a foreign name (DNS rebinding)", { host: "evil.example" }, 403],
    ["a foreign name that begins like ours", { host: "localhost.evil.example" }, 403],
    ["a foreign name that ends like ours", { host: "evil-localhost" }, 403],
    ["an address of the network", { host: "192.168.1.10:3000" }, 403],
    ["a name behind ours (Node's server knows no such Host)", { host: "localhost@evil.example" }, 400],
    ["a page of another site", { "sec-fetch-site": "cross-site" }, 403],
    ["a page of a sibling site", { "sec-fetch-site": "same-site" }, 403],
    ["another origin", { origin: "http://evil.example" }, 403],
    ["another port's origin", { origin: "http://127.0.0.1:1" }, 403],
    ["no origin to name (a sandboxed frame)", { origin: "null" }, 403],
    ["our own page", { "sec-fetch-site": "same-origin" }, 200],
    ["a proxy of RFC 7239", { forwarded: "for=192.0.2.7" }, 403],
    ["a proxy that says its name", { via: "1.1 front" }, 403],
    ["a proxy that tells the client, even this machine", { "x-forwarded-for": "127.0.0.1" }, 403],
    ["a proxy that tells the Host alone", { "x-forwarded-host": "coord.example.org" }, 403],
    ["a proxy that tells the scheme alone", { "X-Forwarded-Proto": "https" }, 403],
    ["a proxy with a header that nobody lists", { "x-forwarded-something": "" }, 403],
    ["nginx as often written", { "x-real-ip": "127.0.0.1" }, 403],
    ["Cloudflare", { "cf-connecting-ip": "192.0.2.7" }, 403],
    ["a tunnel", { "cf-warp-tag-id": "x", "cdn-loop": "cloudflare" }, 403],
  ])("reading: %s", async (_, headers, status) => {
    expect((await ask({ headers })).status).toBe(status);
  });

  it.each([
    ["with the token", () => ({ [TOKEN_HEADER]: token }), 200],
    ["without it", () => ({}), 403],
    ["with a wrong one", () => ({ [TOKEN_HEADER]: token.replace(/./, (c) => (c === "A" ? "B" : "A")) }), 403],
    ["with a shorter one", () => ({ [TOKEN_HEADER]: token.slice(1) }), 403],
    ["with the token from another origin", () => ({ [TOKEN_HEADER]: token, origin: "http://evil.example" }), 403],
    ["with the token and a foreign Host", () => ({ [TOKEN_HEADER]: token, host: "evil.example" }), 403],
  ])("acting: %s", async (_, headers, status) => {
    expect((await ask({ ...command(), headers: { ...json, ...headers() } })).status).toBe(status);
  });

  it.each(["/workbench/act", "/workbench/clock", "/workbench/trouble"])("asks for the token at %s", async (path) => {
    expect((await ask({ method: "POST", path, headers: json, body: "{}" })).status).toBe(403);
  });

  it("lets a link from elsewhere open the page, and nothing else", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    expect((await ask({ path: "/", headers })).status).toBe(200);
    expect((await ask({ path: `/workbench/state?persona=${keyOf(maria)}`, headers })).status).toBe(403);
  });

  it.each([
    ["127.0.0.1", 200],
    ["::1", 200],
    ["::ffff:127.0.0.1", 200],
    ["10.0.0.5", 403],
    ["::ffff:10.0.0.5", 403],
    ["2001:db8::1", 403],
  ])("looks at the socket, not at what the request says: %s", async (remoteAddress, status) => {
    const env = { incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: "IPv4" } } };
    const headers = { host: "localhost" };
    expect((await bench.adapter.app.request("/workbench/session", { headers }, env)).status).toBe(status);
  });

  it("refuses where the socket is unknown", async () => {
    expect((await bench.adapter.app.request("/", { headers: { host: "localhost" } })).status).toBe(403);
  });

  it("guards nothing of the server it is mounted in", async () => {
    const server = new Hono().get("/healthz", (c) => c.text("ok")).route("/", bench.adapter.app);
    server.get("/readyz", (c) => c.text("ok"));
    const env = { incoming: { socket: { remoteAddress: "10.0.0.5" } } };
    const get = async (path: string) =>
      (await server.request(path, { headers: { host: "coord.example", origin: "https://x.example" } }, env)).status;
    expect(await Promise.all(["/healthz", "/readyz", "/", "/workbench/session"].map(get))).toEqual([
      200, 200, 403, 403,
    ]);
  });

  it("lets no inline script and no foreign source run", async () => {
    for (const path of ["/", "/workbench/assets/workbench.js", "/workbench/session"]) {
      const { headers } = await ask({ path });
      const csp = String(headers["content-security-policy"]);
      expect(csp).toContain("default-src 'self'");
      expect(csp).toContain("frame-ancestors 'none'");
      expect(csp).not.toContain("unsafe");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
    const { body } = await ask({ path: "/" });
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(body).not.toMatch(/\sstyle=|\son[a-z]+=|https?:\/\//);
  });

  it.each(["../guard.ts", "..%2Fguard.ts", "%2e%2e%2fguard.ts", "constructor", "nothing.js"])(
    "serves only its own files: %s",
    async (name) => {
      expect((await ask({ path: `/workbench/assets/${name}` })).status).toBe(404);
    },
  );

  it.each([
    ["no JSON", "{"],
    ["another shape", JSON.stringify({ persona: keyOf(maria), key: "12345678", act: { type: "drop" } })],
    ["a key that is none", JSON.stringify({ persona: keyOf(maria), key: "a b", act: { type: "home" } })],
    [
      "endless words",
      JSON.stringify({
        persona: keyOf(maria),
        key: "12345678",
        act: { type: "command", place: "personal", text: "x".repeat(40_001) },
      }),
    ],
  ])("says what is wrong with %s", async (_, body) => {
    const answer = await ask({ method: "POST", path: "/workbench/act", headers: { [TOKEN_HEADER]: token }, body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).message).toMatch(/\.$/);
  });
});
