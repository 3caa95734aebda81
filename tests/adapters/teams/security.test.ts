import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTeamsAdapter, type TeamsOptions } from "../../../adapters/teams/index.js";
import type { Inbound } from "../../../src/chat/index.js";
import { adapterWords } from "../../../src/i18n/index.js";
import { FakeTeams, type Person } from "../../fakes/teams.js";
import { type Bot, memoryStore, startBot } from "./bot.js";

let fake: FakeTeams;
let bot: Bot;
let maria: Person;
let stranger: Person;
const seen: Inbound[] = [];

beforeEach(async () => {
  // The SDK writes refused tokens' reasons, and the public key, to the console.
  vi.spyOn(console, "error").mockImplementation(() => {});
  fake = await FakeTeams.start();
  const tenant = randomUUID();
  maria = fake.addPerson(tenant, "Maria");
  stranger = fake.addPerson(randomUUID(), "Stranger");
  bot = await startBot(fake, [tenant]);
  seen.length = 0;
  await bot.adapter.start(async (inbound) => {
    seen.push(inbound);
    return undefined;
  });
});

afterEach(async () => {
  await bot.close();
  await fake.stop();
  vi.restoreAllMocks();
});

const hello = (more: object = {}) => ({
  ...fake.activity({ type: "message", text: "hello" }, maria, fake.personalOf(maria)),
  ...more,
});

/** Nothing ran, nothing was told, nothing was remembered or called, and the next good request is served. */
async function expectRefused(answer: { status: number; body: unknown }, statuses: number[]) {
  expect(statuses).toContain(answer.status);
  expect(answer.body).toBeUndefined();
  expect(seen).toEqual([]);
  expect(bot.store.entries.size).toBe(0);
  expect(fake.calls).toEqual([]);
  expect((await fake.deliver(hello())).status).toBe(200);
  expect(seen).toHaveLength(1);
}

describe("bodies that are no activity", () => {
  it.each([
    ["an empty object", "{}"],
    ["a type that is no text", '{"type":1}'],
    ["an array", "[]"],
    ["null", "null"],
    ["a string", '"x"'],
    ["no JSON", "{"],
    ["nothing", ""],
  ])("refuses %s and lives on, with a token and without", async (_, body) => {
    const token = await fake.token(fake.serviceUrl);
    expect((await fake.raw(body, { authorization: `Bearer ${token}` })).status).toBe(400);
    await expectRefused(await fake.raw(body), [401]);
  });

  it("refuses more than 1 MB, and reads nothing of who brings no token", async () => {
    const large = JSON.stringify({ type: "message", text: "x".repeat(5_000_000) });
    expect((await fake.raw(large)).status).toBe(401);
    await expectRefused(await fake.raw(large, { authorization: "Bearer a.b.c" }), [413]);
  });

  it("refuses more than 1 MB that came without a length", async () => {
    const { hostname, port, pathname } = new URL(fake.botUrl);
    const answer = await new Promise<string>((done) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`POST ${pathname} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer a.b.c\r\n`);
        socket.write("transfer-encoding: chunked\r\n\r\n");
        const chunk = "x".repeat(64 * 1024);
        for (let n = 0; n < 20; n += 1) socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
        socket.write("0\r\n\r\n");
      });
      socket.once("data", (data) => {
        done(data.toString());
        socket.destroy();
      });
    });
    expect(answer).toMatch(/^HTTP\/1.1 413/);
    await expectRefused(await fake.raw("{}"), [401]);
  });

  it("takes POST alone", async () => {
    expect((await fetch(fake.botUrl)).status).toBe(405);
  });

  it.each([
    ["a mention that is a number", { entities: [{ type: "mention", text: 1, mentioned: null }, null, 7] }],
    ["attachments that are text", { attachments: "x" }],
    ["an invoke without a value", { type: "invoke", name: "task/submit" }],
    ["an invoke with a list", { type: "invoke", name: "adaptiveCard/action", value: [] }],
    ["a search without words", { type: "invoke", name: "application/search", value: { dataset: 3 } }],
    ["a nameless type", { type: "__proto__" }],
    ["members that are null", { type: "conversationUpdate", membersAdded: null }],
  ])("lives through %s, correctly signed", async (_, odd) => {
    const { status } = await fake.deliver(hello(odd));
    expect(status).toBe(200);
    expect((await fake.deliver(hello())).status).toBe(200);
  });
});

describe("tokens", () => {
  const now = () => Math.floor(Date.now() / 1000);
  it.each<[string, () => Parameters<FakeTeams["deliver"]>[1]]>([
    ["no token", () => ({ token: "" })],
    ["no JWT", () => ({ token: "abc" })],
    ["another issuer", () => ({ claims: { iss: "https://evil.example" } })],
    [
      "an emulator's token, which the SDK takes for any service address",
      () => {
        const iss = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/";
        return { claims: { iss, ver: "1.0", appid: fake.appId, serviceurl: undefined } };
      },
    ],
    ["another audience", () => ({ claims: { aud: randomUUID() } })],
    ["no audience", () => ({ claims: { aud: undefined } })],
    ["an unknown key", () => ({ wrong: { kid: "nobody" } })],
    ["a key for another channel", () => ({ wrong: { kid: "other-channel" } })],
    ["an end long past", () => ({ claims: { exp: now() - 301 - 60 } })],
    ["a start to come", () => ({ claims: { nbf: now() + 3_600 } })],
    ["another service address", () => ({ claims: { serviceurl: "https://smba.trafficmanager.net/emea/" } })],
    ["no service address", () => ({ claims: { serviceurl: undefined } })],
    ["a service address without its slash", () => ({ claims: { serviceurl: fake.serviceUrl.replace(/\/$/, "") } })],
    ["no signature (alg none)", () => ({ wrong: { alg: "none" } })],
    ["the public key as a shared secret (HS256)", () => ({ wrong: { alg: "HS256" } })],
    ["somebody else's signature", () => ({ wrong: { otherKey: true } })],
  ])("refuses %s without detail", async (_, options) => {
    await expectRefused(await fake.deliver(hello(), options()), [401, 403]);
  });

  it("asks to come again when the issuer cannot be reached, and is well again by itself", async () => {
    await bot.close();
    bot = await startBot(fake, [maria.tenant], { openIdMetadataUrl: `${fake.loginUrl}/nothing` });
    await bot.adapter.start(async () => undefined);
    expect(await fake.deliver(hello())).toEqual({ status: 503, body: undefined });
  });
});

describe("activities that are none of ours", () => {
  it.each([
    ["another channel", () => hello({ channelId: "webchat" })],
    ["an empty channel", () => hello({ channelId: "" })],
    ["no channel", () => hello({ channelId: undefined })],
    ["a channel that is no text", () => hello({ channelId: ["msteams"] })],
    ["no service address", () => hello({ serviceUrl: undefined })],
    ["an empty service address", () => hello({ serviceUrl: "" })],
    ["a link-local service address", () => hello({ serviceUrl: "http://169.254.169.254/" })],
    ["a name anybody can register", () => hello({ serviceUrl: "https://evil.trafficmanager.net/" })],
    ["another port of the same machine", () => hello({ serviceUrl: "http://127.0.0.1:1/" })],
    ["no tenant", () => hello({ conversation: { id: "a:1", conversationType: "personal" }, channelData: {} })],
    ["two tenants", () => hello({ channelData: { tenant: { id: randomUUID() } } })],
    ["another tenant", () => fake.activity({ type: "message", text: "hello" }, stranger, fake.personalOf(stranger))],
  ])("refuses %s though the token is good", async (_, make) => {
    await expectRefused(await fake.deliver(make()), [401, 403]);
  });
});

describe("who acts", () => {
  it("is told by the directory's id, never by a name or a card", async () => {
    const from = { id: maria.mri, name: "Omar", aadObjectId: maria.user };
    const value = { id: "task.done", value: "jcb/T-1", user: "omar", from: "omar", actor: { user: "omar" } };
    await fake.deliver(hello({ from, text: undefined, value, replyToId: "1" }));
    expect(seen[0]?.actor).toMatchObject({ tenant: maria.tenant, user: maria.user });
    expect(JSON.stringify(seen[0])).not.toContain('"omar"');
  });

  it("is nobody without the directory's id", async () => {
    expect((await fake.deliver(hello({ from: { id: maria.mri, name: "Maria" } }))).status).toBe(200);
    expect(seen).toEqual([]);
  });
});

describe("the same delivery again", () => {
  it.each([
    ["a message", () => hello()],
    [
      "a click",
      () =>
        hello({
          id: "f:1",
          type: "invoke",
          name: "adaptiveCard/action",
          text: undefined,
          value: { action: { verb: "a", data: { id: "a" } } },
        }),
    ],
    [
      "a submission",
      () =>
        hello({
          id: "f:2",
          type: "invoke",
          name: "task/submit",
          text: undefined,
          value: { data: { form: "f", state: "" } },
        }),
    ],
  ])("has the same key: %s", async (_, make) => {
    const activity = make();
    await fake.deliver(activity);
    await fake.deliver(activity);
    await fake.deliver({ ...activity, id: "another" });
    expect(seen).toHaveLength(3);
    expect(seen[1]?.key).toBe(seen[0]?.key);
    expect(seen[2]?.key).not.toBe(seen[0]?.key);
  });
});

describe("what is kept quiet", () => {
  it("logs neither words nor tokens nor addresses", async () => {
    await bot.close();
    bot = await startBot(fake, [maria.tenant]);
    await bot.adapter.start(async () => {
      throw new Error("secret words of the database");
    });
    const token = await fake.token(fake.serviceUrl);
    const answer = await fake.deliver(hello({ text: "secret words of Maria" }), { token });
    expect(answer).toEqual({ status: 500, body: undefined });
    await fake.deliver(hello({ channelId: "webchat" }));
    const logged = JSON.stringify(bot.log);
    for (const secret of ["secret words", token, fake.password, fake.serviceUrl, "Maria"]) {
      expect(logged).not.toContain(secret);
    }
  });
});

describe("a configuration that is not safe", () => {
  const options = (more: Partial<TeamsOptions>): TeamsOptions => ({
    appId: "id",
    appPassword: "password",
    appTenantId: "tenant",
    allowedTenants: ["tenant"],
    serviceHosts: [],
    words: adapterWords(),
    store: memoryStore(),
    log: { info: () => {}, warn: () => {} },
    now: () => new Date(),
    ...more,
  });

  it.each<[string, Partial<TeamsOptions>]>([
    ["MicrosoftAppId", { appId: "" }],
    ["MicrosoftAppId", { appId: "  " }],
    ["MicrosoftAppPassword", { appPassword: "" }],
    ["MicrosoftAppTenantId", { appTenantId: undefined }],
    ["MicrosoftAppType", { appType: "UserAssignedMSI" }],
    ["TEAMS_ALLOWED_TENANTS", { allowedTenants: [] }],
  ])("refuses to start and names %s", (name, more) => {
    expect(() => createTeamsAdapter(options(more))).toThrow(name);
  });

  it("needs no tenant of its own for a multi-tenant app", () => {
    expect(createTeamsAdapter(options({ appType: "MultiTenant", appTenantId: undefined })).platform).toBe("teams");
  });
});
