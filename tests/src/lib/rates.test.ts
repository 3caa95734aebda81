import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import { createBot } from "../../../src/bot/handle-inbound.js";
import type { Inbound, Reply } from "../../../src/chat/index.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { silentLog } from "../../../src/lib/log.js";
import { Clocks, RATES, take } from "../../../src/lib/rates.js";
import { AdmissionControl } from "../../../src/runtime/admission.js";
import { createHttp, createPages, type PageParts } from "../../../src/runtime/http.js";
import { counted } from "../../statements.js";
import { textOf, World } from "../../world.js";

describe("a rate", () => {
  it("lets a burst through, then one at a time, and is at rest again after a while", () => {
    let now = 0;
    const clocks = new Clocks(undefined, () => now);
    const { burst, everyMs } = RATES.install;
    for (let n = 0; n < burst; n++) expect(clocks.take("install", "a")).toBe(0);
    expect(clocks.take("install", "a")).toBe(everyMs);
    expect(clocks.take("install", "b")).toBe(0);
    now += everyMs - 1;
    expect(clocks.take("install", "a")).toBe(1);
    now += 1;
    expect(clocks.take("install", "a")).toBe(0);
    expect(clocks.take("install", "a")).toBe(everyMs);
    now += everyMs * burst;
    for (let n = 0; n < burst; n++) expect(clocks.take("install", "a")).toBe(0);
  });

  it("forgets those who have rested for longest, so that no crowd fills the memory", () => {
    const clocks = new Clocks(undefined, () => 0);
    for (let n = 0; n < RATES.install.burst; n++) clocks.take("install", "first");
    expect(clocks.take("install", "first")).toBeGreaterThan(0);
    for (let n = 0; n < 20_000; n++) clocks.take("install", `address ${n}`);
    expect(clocks.take("install", "first")).toBe(0);
  });

  it.each(["account", "lookup", "agency", "tenant"] as const)("of %s is told with each refusal", (what) => {
    const refused: string[] = [];
    const clocks = new Clocks(
      (which) => refused.push(which),
      () => 0,
    );
    for (let n = 0; n < RATES[what].burst + 3; n++) clocks.take(what, "x");
    expect(refused).toEqual([what, what, what]);
  });
});

describe("held to rates", () => {
  let w: World;
  afterEach(() => w.close());

  /** The core with rates, over the world's database. */
  const bot = (clocks: Clocks, limited: string[] = []) =>
    createBot({
      store: w.runtime.store,
      vault: w.runtime.vault,
      clock: w.clock,
      log: silentLog,
      registry,
      enqueue: () => undefined,
      clocks,
      tooManyCodes: () => limited.push("code"),
      languageOf: (actor) => new AdmissionControl().languageOf(actor),
    });
  const line = (user: string, text: string, key = randomBytes(8).toString("hex"), locale?: string): Inbound => {
    const account = { platform: "slack" as const, tenant: "slack-police", user };
    const conversation = {
      platform: "slack" as const,
      tenant: "slack-police",
      id: `D${user}`,
      kind: "personal" as const,
    };
    return { key, actor: { ...account, locale }, conversation, type: "command", text, mentions: [] };
  };
  const said = (reply: Reply) => textOf(reply);

  it("who writes too often is told when to try again, in their language, and nothing is kept", async () => {
    w = await World.create({ people: { Maria: "police focal_point staff", Petros: "police staff" } });
    let now = 0;
    const receive = bot(new Clocks(undefined, () => now));
    for (let n = 0; n < RATES.account.burst - 1; n++) await receive(line("Nobody", "hello"));
    const key = "the same delivery";
    const first = said(await receive(line("Nobody", "hello", key)));
    const { value, statements } = await counted(() => receive(line("Nobody", "hello", "another", "fr-FR")));
    expect(said(value)).toBe(messagesFor("fr").errors.tooOften({ seconds: 1 }));
    expect(statements.length).toBeLessThan(4);
    // What comes again was answered before: it is not told that it came too often.
    expect(await receive(line("Nobody", "hello", key))).toBeUndefined();
    // Nor are others.
    expect(said(await receive(line("UMaria", "inbox")))).not.toContain("too often");
    now += 1_000;
    expect(said(await receive(line("Nobody", "hello", "another")))).toBe(first);
  });

  it("a request that passes costs no statement more", async () => {
    w = await World.create({ people: { Maria: "police focal_point staff" } });
    await w.say("Maria", "inbox");
    const without = await counted(() => w.runtime.receive(line("UMaria", "inbox")));
    const within = await counted(() => bot(new Clocks())(line("UMaria", "inbox")));
    expect(within.statements).toEqual(without.statements);
  });

  it("three hundred wrong codes are slowed, then stopped, and say nothing of a right one", async () => {
    w = await World.create({ people: { Maria: "police focal_point staff" } });
    const limited: string[] = [];
    const receive = bot(new Clocks(undefined, () => 0), limited);
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await w.ask("Maria", 'add @police "Nadia" role:staff'))?.[0] ?? "";
    const wrong = messagesFor("en").errors.code;
    const answers: string[] = [];
    for (let n = 0; n < 30; n++) answers.push(said(await receive(line("Eve", `join AAAA-${1000 + n}`))));
    expect(answers.filter((one) => one === wrong)).toHaveLength(RATES.code.burst);
    expect(answers.at(-1)).toMatch(/^Too many codes were typed here\. Wait \d+ minutes/);
    expect(limited.length).toBe(30 - RATES.code.burst);
    // A right one is answered as a wrong one would be, and still works for whom it was meant.
    const minutes = (text: string) => Number(/\d+/.exec(text)?.[0]);
    const right = said(await receive(line("Eve", `join ${code}`)));
    expect(right.replace(/\d+/, "")).toBe(answers.at(-1)?.replace(/\d+/, ""));
    // Who goes on is stopped for far longer than who waits.
    expect(minutes(right)).toBeGreaterThan(minutes(answers[RATES.code.burst] ?? ""));
    expect(said(await receive(line("Nadia", `join ${code}`)))).not.toContain("Too many");
    const rows = await w.runtime.store.owner.selectFrom("enrolments").select("state").execute();
    expect(rows).toEqual([{ state: "asked" }]);
  });

  it("a command brought again after its code was refused is answered with nothing", async () => {
    w = await World.create({ people: { Maria: "police focal_point staff" } });
    const receive = bot(new Clocks());
    for (let n = 0; n < 3; n++) await receive(line("Eve", "join AAAA-BBBB", "one key"));
    expect(said(await receive(line("Eve", "join AAAA-BBBB", "another")))).toBe(messagesFor("en").errors.code);
    const rows = await w.runtime.store.owner
      .selectFrom("pace")
      .selectAll()
      .where("key", "like", "code slack%")
      .execute();
    const ahead = (Number(rows[0]?.free_at) - Date.now()) / RATES.code.everyMs;
    expect(Math.round(ahead)).toBe(2);
  });

  it("summaries are asked for so often at most, by an agency and not by all", async () => {
    w = await World.create({ people: { Rita: "police rapporteur staff", Rob: "labour rapporteur staff" } });
    const { store } = w.runtime;
    for (let n = 0; n < RATES.report.burst; n++) {
      const waited = await store.outside((tx) => take(tx, ["report"], `${w.body} x`));
      expect(waited).toBe(0);
    }
    expect(await store.outside((tx) => take(tx, ["report"], `${w.body} x`))).toBeGreaterThan(0);
    expect(await store.outside((tx) => take(tx, ["report"], `${w.body} y`))).toBe(0);
    const { agency_id } = await store.owner
      .selectFrom("persons")
      .select("agency_id")
      .where("name", "=", "Rita")
      .executeTakeFirstOrThrow();
    for (let n = 0; n < RATES.report.burst; n++)
      await store.outside((tx) => take(tx, ["report"], `${w.body} ${agency_id}`));
    expect(await w.ask("Rita", "report 2026-Q3")).toMatch(/too often.*try again in \d+ /i);
    expect(await w.ask("Rob", "report 2026-Q3")).not.toMatch(/too often/);
  });
});

describe("doors that are open to anybody", () => {
  it.each([
    ["files", "/files/nothing"],
    ["api", "/api/v1/figures"],
    ["install", "/slack/install"],
  ] as const)("%s answer 429 with when to try again, by address", async (what, path) => {
    const clocks = new Clocks(undefined, () => 0);
    const nothing = async () => undefined;
    const files = {
      gives: nothing,
      file: nothing,
      feed: nothing,
      takes: async () => false,
      take: nothing,
    } as PageParts["files"];
    const wrong = { status: 401 as const, bytes: new Uint8Array() };
    const reports = {
      description: () => new Uint8Array(),
      figures: async () => wrong,
    } as unknown as PageParts["reports"];
    const listener = (_request: unknown, response: ServerResponse) => void response.writeHead(302).end();
    const routes = [{ path: "/slack/", open: ["/slack/install"], listener }];
    const server = createHttp({ routes, clocks, pages: createPages({ files, reports, ready: async () => "ready" }) });
    const port = await new Promise<number>((done) =>
      server.listen(0, "127.0.0.1", () => done((server.address() as { port: number }).port)),
    );
    const ask = (from: string, at: string = path) =>
      fetch(`http://127.0.0.1:${port}${at}`, { redirect: "manual", headers: { "x-forwarded-for": `evil, ${from}` } });
    try {
      for (let n = 0; n < RATES[what].burst; n++) expect((await ask("198.51.100.1")).status).not.toBe(429);
      const refused = await ask("198.51.100.1");
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await refused.text()).toMatch(/try again in \d+ s[\s\S]*réessayez/);
      expect((await ask("198.51.100.2")).status).not.toBe(429);
      // Whether it lives is asked without end.
      expect((await ask("198.51.100.1", "/healthz")).status).toBe(200);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });
});
