import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Act, translate } from "../../../adapters/teams/deliver.js";
import { ConnectorError } from "../../../adapters/teams/transport.js";
import { type ConversationRef, type Delivery, DeliveryError, type Message } from "../../../src/chat/index.js";
import { readCard } from "../../fakes/teams/eye.js";
import { type Failure, FakeTeams, type Person } from "../../fakes/teams.js";
import { type Bot, startBot } from "./bot.js";

const message = (text: string): Message => ({ text, blocks: [{ type: "text", text }], lang: "en" });

describe("what the connector answers, in neutral words", () => {
  it.each<[ConnectorError["status"], string, Act, string]>([
    ["unreachable", "", "post", "passing"],
    ["refused_host", "", "post", "refused"],
    ["no_token", "", "post", "token_revoked"],
    [429, "", "post", "rate_limited"],
    [500, "ServiceError", "post", "passing"],
    [502, "", "update", "passing"],
    [503, "", "open", "passing"],
    [504, "", "post", "passing"],
    [408, "", "post", "passing"],
    [412, "PreconditionFailed", "post", "passing"],
    [401, "Unauthorized", "post", "token_revoked"],
    [403, "BotNotInConversationRoster", "post", "bot_removed"],
    [403, "BotNotInConversationRoster", "open", "bot_removed"],
    [403, "MessageWritesBlocked", "post", "blocked"],
    [403, "ConversationBlockedByUser", "post", "blocked"],
    [403, "", "post", "bot_removed"],
    [404, "ConversationNotFound", "post", "channel_gone"],
    [404, "ConversationNotFound", "update", "channel_gone"],
    [404, "", "post", "channel_gone"],
    [404, "UserNotFound", "post", "account_gone"],
    [404, "", "open", "account_gone"],
    [404, "ActivityNotFound", "update", "message_gone"],
    [404, "", "update", "message_gone"],
    [413, "", "post", "too_large"],
    [400, "MessageSizeTooBig", "post", "too_large"],
    [400, "BadSyntax", "post", "refused"],
    [405, "", "update", "refused"],
  ])("%s %s (%s) is %s", (status, code, act, wanted) => {
    const { outcome } = translate(new ConnectorError(status, code), act);
    expect(outcome.kind === "permanent" ? outcome.reason : outcome.kind).toBe(wanted);
  });

  it("obeys the time that a 429 names, and waits a little where it names none", () => {
    expect(translate(new ConnectorError(429, "", 7_000), "post").outcome).toMatchObject({ retryAfterMs: 7_000 });
    expect(translate(new ConnectorError(429), "post").outcome).toMatchObject({ retryAfterMs: 5_000 });
  });
});

describe("delivery", () => {
  let fake: FakeTeams;
  let bot: Bot;
  let maria: Person;
  let clock: Date;

  beforeEach(async () => {
    fake = await FakeTeams.start();
    clock = new Date("2026-03-01T10:00:00Z");
    maria = fake.addPerson(randomUUID(), "Maria");
    bot = await startBot(fake, [maria.tenant], { now: () => clock });
    await bot.adapter.start(async () => undefined);
    await fake.install(maria);
  });
  afterEach(async () => {
    await bot.close();
    await fake.stop();
  });

  const toMaria = (text = "x"): Delivery => ({ kind: "post", to: { person: maria }, message: message(text) });
  const outcomeOf = async (delivery: Delivery) => {
    const error = await bot.adapter.deliver(delivery).catch((each: unknown) => each);
    if (!(error instanceof DeliveryError)) throw new Error(`no DeliveryError: ${error}`);
    return error.outcome;
  };
  const place = (id: string, kind: ConversationRef["kind"], serviceUrl = fake.serviceUrl): ConversationRef => ({
    platform: "teams",
    tenant: maria.tenant,
    id,
    kind,
    address: { serviceUrl },
  });
  const personKey = () => `teams/person/${maria.tenant}/${maria.user}`;

  it.each<[Failure, object]>([
    [
      { status: 429, headers: { "retry-after": "7" } },
      { kind: "rate_limited", retryAfterMs: 7_000 },
    ],
    [
      { status: 429, headers: { "retry-after": "Sun, 01 Mar 2026 10:00:30 GMT" } },
      { kind: "rate_limited", retryAfterMs: 30_000 },
    ],
    [{ status: 503 }, { kind: "passing" }],
    ["cut_connection", { kind: "passing" }],
    [
      { status: 403, code: "MessageWritesBlocked" },
      { kind: "permanent", reason: "blocked" },
    ],
  ])("after %j: %j, with one call and no second try", async (failure, outcome) => {
    fake.failNext(failure);
    const before = fake.calls.length;
    expect(await outcomeOf(toMaria())).toMatchObject(outcome);
    expect(fake.calls.length).toBe(before + 1);
  });

  it("follows no redirect with its token", async () => {
    fake.failNext({ status: 302, headers: { location: `${fake.serviceUrl}v3/elsewhere` } });
    expect(await outcomeOf(toMaria())).toMatchObject({ kind: "passing" });
    expect(fake.calls.map((call) => call.path)).not.toContain("v3/elsewhere");
  });

  it("asks for one token, keeps it, and asks anew when the connector no longer takes it", async () => {
    await Promise.all([bot.adapter.deliver(toMaria()), bot.adapter.deliver(toMaria())]);
    expect(fake.tokensGiven).toBe(1);
    clock = new Date(clock.getTime() + 56 * 60_000);
    await bot.adapter.deliver(toMaria());
    expect(fake.tokensGiven).toBe(2);
    fake.revokeTokens();
    expect(await outcomeOf(toMaria())).toMatchObject({ reason: "token_revoked" });
    await bot.adapter.deliver(toMaria());
    expect(fake.tokensGiven).toBe(3);
  });

  it("says so when the app's password is wrong", async () => {
    await bot.close();
    bot = await startBot(fake, [maria.tenant], { appPassword: "wrong" });
    await bot.adapter.start(async () => undefined);
    await fake.install(maria);
    expect(await outcomeOf(toMaria())).toMatchObject({ kind: "permanent", reason: "token_revoked" });
  });

  it("opens the personal conversation of somebody it never heard from", async () => {
    const omar = fake.addPerson(maria.tenant, "Omar");
    const toOmar: Delivery = { kind: "post", to: { person: omar }, message: message("hello") };
    expect(await outcomeOf(toOmar)).toMatchObject({ kind: "permanent", reason: "bot_removed" });
    fake.personalOf(omar);
    fake.allow(omar);
    const ref = await bot.adapter.deliver(toOmar);
    expect(ref).toMatchObject({
      conversation: { id: fake.personalOf(omar).id, kind: "personal", tenant: maria.tenant },
    });
    await bot.adapter.deliver(toOmar);
    expect(fake.calls.filter((call) => call.path === "v3/conversations")).toHaveLength(2);
    const nobody = { platform: "teams" as const, tenant: maria.tenant, user: randomUUID() };
    expect(await outcomeOf({ kind: "post", to: { person: nobody }, message: message("x") })).toMatchObject({
      reason: "account_gone",
    });
  });

  it("lets go of a personal conversation that is gone, and opens another at the next try", async () => {
    bot.store.entries.set(personKey(), JSON.stringify({ conversation: "a:gone", serviceUrl: fake.serviceUrl }));
    expect(await outcomeOf(toMaria())).toMatchObject({ kind: "passing" });
    expect((await bot.adapter.deliver(toMaria())).conversation.id).toBe(fake.personalOf(maria).id);
  });

  it("takes a chat between two people for nobody's chat with Coord", async () => {
    const omar = fake.addPerson(maria.tenant, "Omar");
    const conversation = { id: "19:a_b@unq.gbl.spaces", conversationType: "personal", tenantId: maria.tenant };
    const value = { commandId: "newTask" };
    const activity = fake.activity(
      { type: "invoke", name: "composeExtension/fetchTask", value },
      omar,
      fake.personalOf(omar),
    );
    expect((await fake.deliver({ ...activity, conversation })).status).toBe(200);
    expect(bot.store.entries.has(`teams/person/${omar.tenant}/${omar.user}`)).toBe(false);
  });

  it("forgets the personal conversation when the app is removed", async () => {
    await fake.uninstall(maria);
    expect(bot.store.entries.has(personKey())).toBe(false);
    expect(await outcomeOf(toMaria())).toMatchObject({ reason: "bot_removed" });
  });

  it("posts into a channel, into its thread, and updates there", async () => {
    const channel = fake.addConversation("channel", [maria]);
    const to = { conversation: place(channel.id, "channel") };
    const ref = await bot.adapter.deliver({ kind: "post", to, message: message("one") });
    const reply = await bot.adapter.deliver({ kind: "post", to, thread: ref.id, message: message("two") });
    expect(reply.thread).toBe(ref.id);
    await bot.adapter.deliver({ kind: "update", ref: reply, message: message("three") });
    expect(fake.in(channel).map((each) => [each.root, each.activity.summary])).toEqual([
      [undefined, "one"],
      [ref.id, "three"],
    ]);
    const gone = { ...ref, id: "1" };
    expect(await outcomeOf({ kind: "update", ref: gone, message: message("x") })).toMatchObject({
      reason: "message_gone",
    });
  });

  it("shows the words once: on the card, with a notification", async () => {
    await bot.adapter.deliver(toMaria("You are asked: T-3"));
    const activity = fake.posts[0]?.activity ?? {};
    expect(activity).toMatchObject({ summary: "You are asked: T-3" });
    expect(activity).not.toHaveProperty("text");
    expect(readCard((activity.attachments as { content: unknown }[])[0]?.content).lines).toEqual([
      "You are asked: T-3",
    ]);
  });

  it.each(["http://169.254.169.254/", "https://evil.trafficmanager.net/", "http://127.0.0.1:1/", "nonsense"])(
    "never calls a stored address that is not accepted: %s",
    async (serviceUrl) => {
      const refused = { kind: "permanent", reason: "refused" };
      const conversation = place("a:1", "personal", serviceUrl);
      bot.store.entries.set(personKey(), JSON.stringify({ conversation: "a:1", serviceUrl }));
      expect(await outcomeOf(toMaria())).toMatchObject(refused);
      expect(await outcomeOf({ kind: "post", to: { conversation }, message: message("x") })).toMatchObject(refused);
      expect(await outcomeOf({ kind: "update", ref: { conversation, id: "1" }, message: message("x") })).toMatchObject(
        refused,
      );
      bot.store.entries.set(`teams/tenant/${maria.tenant}`, serviceUrl);
      bot.store.entries.delete(personKey());
      expect(await outcomeOf(toMaria())).toMatchObject(refused);
      expect(fake.calls).toEqual([]);
      expect(fake.tokensGiven).toBe(0);
    },
  );
});
