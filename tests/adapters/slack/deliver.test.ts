import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { translate } from "../../../adapters/slack/errors.js";
import { DeliveryError, type MessageRef } from "../../../src/chat/index.js";
import { adapterWords } from "../../../src/i18n/index.js";
import type { Failure } from "../../fakes/slack.js";
import { text, type World, world } from "./world.js";

let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(async () => w.stop());

const omar = () => ({ platform: "slack" as const, tenant: w.team.id, user: w.omar.id });
const conversation = (id: string) => ({ platform: "slack" as const, tenant: w.team.id, id, kind: "channel" as const });
const failure = (sent: Promise<unknown>) =>
  sent.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof DeliveryError)) throw new Error(`not a DeliveryError: ${String(error)}`);
      return error;
    },
  );

describe("errors of the Web API", () => {
  it.each<[string, string]>([
    ["user_not_found", "account_gone"],
    ["user_disabled", "account_gone"],
    ["not_in_channel", "channel_gone"],
    ["channel_not_found", "channel_gone"],
    ["is_archived", "channel_gone"],
    ["token_revoked", "token_revoked"],
    ["invalid_auth", "token_revoked"],
    ["not_authed", "token_revoked"],
    ["account_inactive", "token_revoked"],
    ["message_not_found", "message_gone"],
    ["cant_update_message", "message_gone"],
    ["edit_window_closed", "message_gone"],
    ["cannot_dm_bot", "blocked"],
    ["restricted_action", "blocked"],
    ["msg_too_long", "too_large"],
    ["msg_blocks_too_long", "too_large"],
    ["invalid_blocks", "refused"],
    ["missing_scope", "refused"],
    ["something_new", "refused"],
  ])("%s is permanent: %s", async (error, reason) => {
    w.slack.failNext({ error });
    const channel = w.slack.channel(w.team, "desk", [w.omar]);
    const got = await failure(
      w.adapter.deliver({
        kind: "post",
        to: { conversation: conversation(channel.id) },
        message: text("secret words"),
      }),
    );
    expect(got?.outcome).toEqual({ kind: "permanent", reason });
    expect(got?.message).not.toContain("secret");
  });

  it.each<[Failure, string]>([
    [{ status: 500 }, "passing"],
    [{ status: 503 }, "passing"],
    [{ status: 404 }, "passing"],
    ["no_answer", "passing"],
    [{ error: "internal_error" }, "passing"],
    [{ error: "fatal_error" }, "passing"],
    [{ error: "service_unavailable" }, "passing"],
    [{ error: "request_timeout" }, "passing"],
    [{ error: "ratelimited" }, "rate_limited"],
    [{ status: 429 }, "rate_limited"],
  ])("%j passes", async (how, kind) => {
    w.slack.failNext(how);
    const before = w.slack.calls.length;
    const got = await failure(w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("x") }));
    expect(got?.outcome.kind).toBe(kind);
    expect(w.slack.calls.length - before).toBe(1);
    expect(w.slack.posted).toBe(0);
  });

  it("obeys Retry-After", async () => {
    w.slack.failNext({ status: 429, headers: { "retry-after": "42" } });
    const got = await failure(w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("x") }));
    expect(got?.outcome).toEqual({ kind: "rate_limited", retryAfterMs: 42_000 });
  });

  it("translates what is no error of Slack as passing, and a neutral error not again", () => {
    expect(translate(new TypeError("x")).outcome.kind).toBe("passing");
    expect(translate(undefined).outcome.kind).toBe("passing");
    const neutral = DeliveryError.permanent("blocked", "x");
    expect(translate(neutral)).toBe(neutral);
  });
});

describe("delivering", () => {
  it("posts into a channel and a thread, shown as it stands", async () => {
    const channel = w.slack.channel(w.team, "desk", [w.omar]);
    const to = { conversation: conversation(channel.id) };
    const root = await w.adapter.deliver({ kind: "post", to, message: text("<!channel> *b*") });
    const reply = await w.adapter.deliver({ kind: "post", to, thread: root.id, message: text("more") });
    expect(root).toEqual({ conversation: to.conversation, id: expect.any(String) });
    expect(reply).toMatchObject({ thread: root.id });
    const posts = w.slack.calls.filter(({ method }) => method === "chat.postMessage");
    expect(posts[0]?.args).toMatchObject({
      text: "&lt;!channel&gt; *b*",
      mrkdwn: "false",
      parse: "none",
      link_names: "false",
      unfurl_links: "false",
      unfurl_media: "false",
    });
    expect(w.slack.messages.map((one) => w.slack.read(one))).toEqual(["<!channel> *b*", "more"]);
    expect(w.slack.refusals).toEqual([]);
  });

  it("opens a person's conversation once", async () => {
    for (const words of ["one", "two"])
      await w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text(words) });
    expect(w.slack.calls.filter(({ method }) => method === "conversations.open")).toHaveLength(1);
    expect(w.slack.posted).toBe(2);
  });

  it("finds out that a person has gone behind a conversation that it knew", async () => {
    await w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("one") });
    w.omar.disabled = true;
    w.slack.failNext({ error: "channel_not_found" });
    const got = await failure(w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("two") }));
    expect(got?.outcome).toEqual({ kind: "permanent", reason: "account_gone" });
    expect(w.slack.posted).toBe(1);
  });

  it("opens no conversation anew for a message that Slack refuses in one that it knew", async () => {
    await w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("one") });
    w.slack.failNext({ error: "msg_too_long" });
    const got = await failure(w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("two") }));
    expect(got?.outcome).toEqual({ kind: "permanent", reason: "too_large" });
    expect(w.slack.calls.filter(({ method }) => method === "conversations.open")).toHaveLength(1);
    expect(w.slack.posted).toBe(1);
  });

  it("updates a message where it is, and says when it is gone", async () => {
    const ref = await w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("one") });
    expect(await w.adapter.deliver({ kind: "update", ref, message: text("two") })).toEqual(ref);
    expect(w.slack.messages.map((one) => w.slack.read(one))).toEqual(["two"]);
    const gone: MessageRef = { ...ref, id: "1.1" };
    const got = await failure(w.adapter.deliver({ kind: "update", ref: gone, message: text("x") }));
    expect(got?.outcome).toEqual({ kind: "permanent", reason: "message_gone" });
  });

  it("speaks before Slack can be asked who Coord is", async () => {
    w.slack.failNext({ status: 500 });
    await failure(w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("one") }));
    await w.adapter.deliver({ kind: "post", to: { person: omar() }, message: text("one") });
    expect(w.slack.posted).toBe(1);
  });

  it("refuses to deliver before it is started", async () => {
    const { createSlackAdapter } = await import("../../../adapters/slack/index.js");
    const adapter = createSlackAdapter({
      words: adapterWords(),
      signingSecret: "s",
      botToken: "x",
      store: w.store,
      log: { info() {}, warn() {} },
      now: () => new Date(),
    });
    await expect(adapter.deliver({ kind: "post", to: { person: omar() }, message: text("x") })).rejects.toThrow(
      "not started",
    );
  });
});
