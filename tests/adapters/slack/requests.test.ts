import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { isValidSlackRequest } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isAuthentic } from "../../../adapters/slack/http.js";
import { createSlackAdapter } from "../../../adapters/slack/index.js";
import { adapterWords } from "../../../src/i18n/index.js";
import type { Request } from "../../fakes/slack.js";
import { memoryStore, text, type World, world } from "./world.js";

// docs.slack.dev/authentication/verifying-requests-from-slack, its worked example.
const DOC = {
  secret: "8f742231b10e8888abcd99yyyzzz85a5",
  timestamp: "1531420618",
  signature: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
  body: "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
};

describe("Slack's worked example", () => {
  const verify = () => isAuthentic(isValidSlackRequest, DOC.secret, DOC.timestamp, DOC.signature, DOC.body);
  afterEach(() => void vi.useRealTimers());

  it("holds at its own time", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Number(DOC.timestamp) * 1_000 });
    expect(verify()).toBe(true);
  });

  it("is a replay today", () => {
    expect(verify()).toBe(false);
  });

  it.each([-301, 301])("is refused %i s away from its time", (seconds) => {
    vi.useFakeTimers({ toFake: ["Date"], now: (Number(DOC.timestamp) + seconds) * 1_000 });
    expect(verify()).toBe(false);
  });

  it.each([-299, 299])("is taken %i s away from its time", (seconds) => {
    vi.useFakeTimers({ toFake: ["Date"], now: (Number(DOC.timestamp) + seconds) * 1_000 });
    expect(verify()).toBe(true);
  });
});

describe("requests", () => {
  let w: World;
  const now = () => Math.floor(Date.now() / 1_000);

  beforeEach(async () => {
    w = await world();
  });
  afterEach(async () => w.stop());

  const command = (): Request =>
    w.slack.request("slash_commands", {
      command: "/coord",
      text: "secret words",
      team_id: w.team.id,
      user_id: w.maria.id,
      channel_id: "C1",
      trigger_id: "1.2.trigger",
      response_url: `${w.slack.url}/response/secret`,
    });
  const signed = (body: string, type: string, how = {}): Request => ({
    headers: { "content-type": type, ...w.slack.sign(body, how) },
    body,
  });
  const event = (how = {}) =>
    signed(
      JSON.stringify({
        type: "event_callback",
        team_id: "T1",
        event_id: "Ev1",
        event: { type: "app_mention", user: "U1", channel: "C1", text: "hi" },
      }),
      "application/json",
      how,
    );
  const unsigned = (request: Request): Request => ({
    ...request,
    headers: { "content-type": request.headers["content-type"] ?? "" },
  });
  const signature = (change: (value: string) => string): Request => {
    const request = command();
    return {
      ...request,
      headers: { ...request.headers, "x-slack-signature": change(request.headers["x-slack-signature"] ?? "") },
    };
  };

  // The handler must not have run for any of these.
  it.each<[string, number, () => Request]>([
    ["unsigned", 401, () => unsigned(command())],
    ["changed by one byte", 401, () => ({ ...command(), body: `${command().body}x` })],
    ["signed with another secret", 401, () => event({ secret: "another" })],
    ["signed with v1=", 401, () => signature((value) => value.replace("v0=", "v1="))],
    ["signed in upper case", 401, () => signature((value) => `v0=${value.slice(3).toUpperCase()}`)],
    [
      "without a timestamp",
      401,
      () => {
        const { "x-slack-request-timestamp": _, ...headers } = command().headers;
        return { ...command(), headers };
      },
    ],
    [
      "with a timestamp that is no number",
      401,
      () => {
        const body = command().body;
        const hash = createHmac("sha256", w.slack.signingSecret).update(`v0:NaN:${body}`).digest("hex");
        return {
          headers: { ...command().headers, "x-slack-request-timestamp": "NaN", "x-slack-signature": `v0=${hash}` },
          body,
        };
      },
    ],
    ["five minutes old", 401, () => event({ timestamp: now() - 302 })],
    ["an hour from the future", 401, () => event({ timestamp: now() + 3_600 })],
    [
      "url_verification unsigned",
      401,
      () => unsigned(signed('{"type":"url_verification","challenge":"c"}', "application/json")),
    ],
    [
      "ssl_check unsigned",
      200,
      () => unsigned(signed(`ssl_check=1&command=%2Fcoord&user_id=U1&team_id=T1`, "application/x-www-form-urlencoded")),
    ],
    [
      "ssl_check with a payload",
      200,
      () =>
        unsigned(
          signed(
            `ssl_check=1&payload=${encodeURIComponent('{"type":"block_actions"}')}`,
            "application/x-www-form-urlencoded",
          ),
        ),
    ],
    ["signed, not JSON", 400, () => signed("{", "application/json")],
    ["signed, null", 400, () => signed("null", "application/json")],
    ["signed, a list", 400, () => signed("[]", "application/json")],
    ["signed, an empty payload", 400, () => signed("payload=", "application/x-www-form-urlencoded")],
    ["signed, a null payload", 400, () => signed("payload=null", "application/x-www-form-urlencoded")],
    ["signed, an empty body", 400, () => signed("", "application/json")],
    ["signed, an unknown kind", 200, () => signed('{"type":"from_tomorrow"}', "application/json")],
    ["signed, an event without an event", 200, () => signed('{"type":"event_callback"}', "application/json")],
  ])("%s: %i, and nothing runs", async (_, status, make) => {
    expect((await w.slack.send(make())).status).toBe(status);
    expect(w.seen).toEqual([]);
    // And the process lives.
    expect((await w.slack.send(command())).status).toBe(200);
    expect(w.seen).toHaveLength(1);
  });

  it("answers a signed url_verification", async () => {
    const answer = await w.slack.send(signed('{"type":"url_verification","challenge":"c"}', "application/json"));
    expect(answer).toEqual({ status: 200, body: { challenge: "c" } });
  });

  it("takes a form whose content type names a charset", async () => {
    const request = command();
    const headers = { ...request.headers, "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    expect((await w.slack.send({ ...request, headers })).status).toBe(200);
    expect(w.seen).toHaveLength(1);
  });

  it.each(["with", "without"])("refuses 5 MB %s a length before looking at anything else", async (length) => {
    const size = 5 * 1_048_576;
    const status = await new Promise<number>((resolve, reject) => {
      const headers = length === "with" ? { "content-length": size } : { "transfer-encoding": "chunked" };
      const req = httpRequest(w.slack.botUrl, { method: "POST", headers }, (res) => resolve(res.statusCode ?? 0));
      req.on("error", reject);
      req.end(Buffer.alloc(size, "x"));
    });
    expect(status).toBe(413);
    expect(w.seen).toEqual([]);
  });

  it.each(["GET /slack/events", "POST /slack/install", "GET /slack/install", "POST /slack/other", "PUT /slack/events"])(
    "knows no %s",
    async (line) => {
      const [method, path] = line.split(" ");
      expect((await fetch(`${w.origin}${path}`, { method })).status).toBe(404);
    },
  );

  it("gives the same key to the same delivery, five times, retry header or not", async () => {
    await w.slack.say(w.maria, "tasks", w.slack.direct(w.maria));
    for (const retry of [1, 2, 3, 4]) expect((await w.slack.redeliver(retry)).status).toBe(200);
    expect(w.seen).toHaveLength(5);
    expect(new Set(w.seen.map(({ key }) => key)).size).toBe(1);
  });

  it("processes a retry that is the first to arrive", async () => {
    expect(
      (await w.slack.send(event(), { "x-slack-retry-num": "2", "x-slack-retry-reason": "http_error" })).status,
    ).toBe(200);
    expect(w.seen).toMatchObject([{ type: "command", key: "Ev1" }]);
  });

  it("gives two commands two keys", async () => {
    const channel = w.slack.direct(w.maria);
    await w.slack.command(w.maria, "tasks", channel);
    await w.slack.command(w.maria, "tasks", channel);
    expect(new Set(w.seen.map(({ key }) => key)).size).toBe(2);
  });

  it("asks Slack again when nothing was kept, and leaks nothing of why", async () => {
    w.answer = () => {
      throw new Error("database away: secret words xoxb-1");
    };
    expect(await w.slack.send(command())).toEqual({ status: 500, body: undefined });
    expect(w.log).toEqual([{ level: "warn", event: "slack.request_failed", detail: { kind: "Error" } }]);
    w.answer = () => undefined;
    expect((await w.slack.send(command())).status).toBe(200);
  });

  it("acknowledges only once the handler is done, and calls Slack only after that", async () => {
    const before = w.slack.calls.length;
    let callsWhileKeeping = -1;
    w.answer = async () => {
      await new Promise((done) => setTimeout(done, 50));
      callsWhileKeeping = w.slack.calls.length - before;
      return { post: text("Noted") };
    };
    const letGo = w.slack.hold();
    // Acknowledged while Slack's answer to the call is held back.
    const [acknowledged] = await w.slack.say(w.maria, "tasks", w.slack.direct(w.maria));
    expect(acknowledged?.status).toBe(200);
    expect(callsWhileKeeping).toBe(0);
    expect(w.slack.posted).toBe(0);
    letGo();
    await w.adapter.idle();
    expect(w.slack.posted).toBe(1);
  });

  it("logs no token, secret, address, trigger or word, whatever happens", async () => {
    const channel = w.slack.channel(w.team, "desk", [w.maria]);
    w.answer = () => ({ post: text("restricted words"), private: true });
    await w.slack.command(w.maria, "secret words", channel);
    w.slack.failNext({ status: 500 });
    await w.slack.say(w.maria, `@${w.team.botUser} secret words`, channel);
    await w.adapter.idle();
    w.slack.failNext("no_answer");
    await w.slack.say(w.maria, "secret words", w.slack.direct(w.maria));
    await w.adapter.idle();
    w.slack.failNext({ error: "invalid_auth" });
    await w.adapter
      .deliver({
        kind: "post",
        to: { person: { platform: "slack", tenant: w.team.id, user: w.omar.id } },
        message: text("restricted words"),
      })
      .catch(() => undefined);
    await w.slack.send(unsigned(command()));
    const log = JSON.stringify(w.log);
    expect(w.log.length).toBeGreaterThan(2);
    for (const secret of [
      w.team.token,
      "xoxb",
      w.slack.signingSecret,
      "secret words",
      "restricted",
      "response/",
      "Bearer",
      "trigger",
      "1.2.",
    ])
      expect(log).not.toContain(secret);
  });
});

describe("start", () => {
  const base = { store: memoryStore(), log: { info() {}, warn() {} }, now: () => new Date(), words: adapterWords() };
  const start = (options: object) => createSlackAdapter({ ...base, ...options }).start(async () => undefined);

  it.each([
    [{ signingSecret: "", botToken: "xoxb-1" }, /SLACK_SIGNING_SECRET/],
    [{ botToken: "xoxb-1" }, /SLACK_SIGNING_SECRET/],
    [{ signingSecret: "s" }, /SLACK_BOT_TOKEN.*SLACK_CLIENT_ID/],
    [{ signingSecret: "s", clientId: "1" }, /SLACK_CLIENT_SECRET/],
    [{ signingSecret: "s", clientId: "1", clientSecret: "s" }, /SLACK_STATE_SECRET/],
    [{ signingSecret: "s", clientId: "1", clientSecret: "s", stateSecret: "s" }, /PUBLIC_URL/],
  ])("refuses %j and names what is missing", async (options, sentence) => {
    await expect(start(options)).rejects.toThrow(sentence);
  });

  it("answers 503 before it is started and after it is stopped", async () => {
    const w = await world();
    await w.adapter.stop();
    expect((await fetch(w.slack.botUrl, { method: "POST" })).status).toBe(503);
    await w.stop();
  });

  it("starts while Slack is away, works by what it has, and asks again who it is", async () => {
    const w = await world({ failing: [{ status: 503 }] });
    w.answer = () => ({ post: text("Here"), private: true });
    const channel = w.slack.channel(w.team, "desk", [w.maria]);
    expect((await w.slack.command(w.maria, "tasks", channel)).status).toBe(200);
    expect(w.log).toContainEqual({ level: "warn", event: "slack.auth_test_failed", detail: { code: "http_503" } });
    const asked = () => w.slack.calls.filter(({ method }) => method === "auth.test").length;
    for (const end = Date.now() + 20_000; asked() < 2 && Date.now() < end; )
      await new Promise((done) => setTimeout(done, 50));
    expect(asked()).toBe(2);
    await w.stop();
  });
});
