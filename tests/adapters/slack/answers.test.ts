import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Action, Form, Inbound, Message } from "../../../src/chat/index.js";
import { readBlocks, readText } from "../../fakes/slack/read.js";
import type { Channel, Posted } from "../../fakes/slack.js";
import { text, type World, world } from "./world.js";

type Json = Record<string, unknown>;

let w: World;
let desk: Channel;
let away: Channel;
beforeEach(async () => {
  w = await world();
  desk = w.slack.channel(w.team, "desk", [w.maria, w.omar]);
  /** Coord is no member here; a slash command works all the same. */
  away = w.slack.channel(w.team, "away", [w.maria, w.omar], { bot: false });
});
afterEach(async () => {
  expect(w.slack.refusals).toEqual([]);
  await w.stop();
});

const card = (...actions: Action[]): Message => ({
  text: "T-1",
  lang: "en",
  blocks: [
    { type: "text", text: "T-1 is asked" },
    { type: "actions", actions },
  ],
});
const done: Action = { type: "button", id: "task.done", label: "Done", value: "jcb/T-1" };
const form: Form = {
  id: "task.new",
  title: "New task",
  submit: "Assign",
  cancel: "Cancel",
  state: "jcb/T-1",
  lang: "en",
  fields: [{ type: "text", name: "title", label: "What" }],
};
const conversation = (channel: Channel) => ({
  platform: "slack" as const,
  tenant: w.team.id,
  id: channel.id,
  kind: "channel" as const,
});
const last = (): Posted => {
  const message = w.slack.messages.at(-1);
  if (!message) throw new Error("no message");
  return message;
};
const shown = () => w.slack.read(last());
/** Everything that Maria does is answered by this. */
const answer = (by: (inbound: Inbound) => ReturnType<World["answer"]>) => {
  w.answer = by;
};
const act = async (what: Promise<unknown>) => {
  await what;
  await w.adapter.idle();
};

describe("a command", () => {
  it("is answered in its acknowledgement, to all where it is not private", async () => {
    answer(() => ({ post: text("For all") }));
    await act(w.slack.command(w.maria, "tasks", away));
    expect(last()).toMatchObject({ channel: away.id });
    expect(last().onlyFor).toBeUndefined();
    expect(w.slack.calls.map(({ method }) => method)).toEqual(["auth.test"]);
  });

  it("opens a form by its own trigger", async () => {
    answer(() => ({ form }));
    await act(w.slack.command(w.maria, "task", away));
    expect(readText(w.slack.modalOf(w.maria)?.view.title)).toBe("New task");
  });

  it("typed to the bot has no trigger: a button opens the form", async () => {
    answer(({ type }) => (type === "command" ? { form } : { post: text("T-2"), private: true }));
    await act(w.slack.say(w.maria, `@${w.team.botUser} task`, desk));
    expect(last()).toMatchObject({ onlyFor: w.maria.id });
    await act(w.slack.press(w.maria, last(), "New task"));
    expect(w.seen).toHaveLength(1);
    await act(w.slack.submit(w.maria, { title: "Inspect" }));
    expect(w.seen[1]).toMatchObject({ type: "submit", state: "jcb/T-1", conversation: { id: desk.id } });
    expect(shown()).toBe("T-2");
  });

  it("takes away a button whose form is no longer kept", async () => {
    answer(() => ({ form }));
    await act(w.slack.say(w.maria, "task", w.slack.direct(w.maria)));
    const offer = last();
    for (const key of w.store.held.keys()) if (key.startsWith("slack:offer:")) w.store.held.delete(key);
    await act(w.slack.press(w.maria, offer, "New task"));
    expect(w.slack.messages).not.toContain(offer);
  });

  it("asks anew for a form that is only read, and keeps nothing of it", async () => {
    const read = { ...form, submit: undefined, asked: { id: "read", value: "jcb/T-9" }, fields: [] };
    const note = { type: "note" as const, text: "zqcanaryqz" };
    answer((inbound) => (inbound.type === "suggest" ? undefined : { form: { ...read, fields: [note] } }));
    await act(w.slack.say(w.maria, "read T-9", w.slack.direct(w.maria)));
    expect(JSON.stringify([...w.store.held])).not.toContain("zqcanaryqz");
    expect(JSON.stringify(last())).not.toContain("zqcanaryqz");
    await act(w.slack.press(w.maria, last(), "New task"));
    expect(w.seen.at(-1)).toMatchObject({ type: "action", id: "read", value: "jcb/T-9" });
  });

  it("in a thread is answered there", async () => {
    answer(() => ({ post: text("Here") }));
    await w.slack.say(w.omar, "hello", desk);
    const root = last().ts;
    await act(w.slack.say(w.maria, `@${w.team.botUser} tasks`, desk, root));
    expect(last()).toMatchObject({ channel: desk.id, threadTs: root });
  });

  it("of a duplicate has no effect", async () => {
    answer(() => undefined);
    expect(await w.slack.command(w.maria, "tasks", desk)).toEqual({ status: 200, body: undefined });
    await w.adapter.idle();
    expect(w.slack.messages).toEqual([]);
  });
});

describe("a click", () => {
  it("replaces an ordinary message for everybody", async () => {
    answer(() => ({ update: text("T-1 is done") }));
    await w.adapter.deliver({ kind: "post", to: { conversation: conversation(desk) }, message: card(done) });
    await act(w.slack.press(w.maria, last(), "Done"));
    expect(shown()).toBe("T-1 is done");
    expect(w.slack.calls.map(({ method }) => method)).toContain("chat.update");
  });

  it("leaves a card that is kept true to its next drawing", async () => {
    answer(() => ({ update: text("T-1 is done"), live: true }));
    await w.adapter.deliver({ kind: "post", to: { conversation: conversation(desk) }, message: card(done) });
    const before = w.slack.calls.length;
    await act(w.slack.press(w.maria, last(), "Done"));
    expect(w.slack.calls.slice(before)).toEqual([]);
  });

  it("replaces a message that one person sees", async () => {
    answer(({ type }) => (type === "command" ? { post: card(done), private: true } : { update: text("T-1 is done") }));
    await act(w.slack.command(w.maria, "T-1", away));
    await act(w.slack.press(w.maria, last(), "Done"));
    expect(w.slack.messages.map((one) => w.slack.read(one))).toEqual(["T-1 is done"]);
  });

  it("replaces an answer shown to all where Coord is no member", async () => {
    answer(({ type }) => (type === "command" ? { post: card(done) } : { update: text("T-1 is done") }));
    await act(w.slack.command(w.maria, "T-1", away));
    w.slack.failNext({ error: "channel_not_found" });
    await act(w.slack.press(w.maria, last(), "Done"));
    expect(w.slack.messages.map((one) => w.slack.read(one))).toEqual(["T-1 is done"]);
  });

  it("is answered privately beside the card", async () => {
    answer(() => ({ post: text("Only you"), private: true }));
    await w.adapter.deliver({ kind: "post", to: { conversation: conversation(desk) }, message: card(done) });
    await act(w.slack.press(w.maria, last(), "Done"));
    expect(last()).toMatchObject({ channel: desk.id, onlyFor: w.maria.id });
  });

  it("is answered by the channel itself once Slack's own address is used up", async () => {
    let open = () => {};
    const waiting = new Promise<void>((go) => {
      open = go;
    });
    answer(async () => {
      await waiting;
      return { post: text("Only you"), private: true };
    });
    await w.adapter.deliver({ kind: "post", to: { conversation: conversation(desk) }, message: card(done) });
    const pressed = w.slack.press(w.maria, last(), "Done");
    const before = w.slack.now;
    w.slack.now = () => before() + 31 * 60_000;
    open();
    await act(pressed);
    expect(last()).toMatchObject({ channel: desk.id, onlyFor: w.maria.id });
    expect(w.slack.calls.map(({ method }) => method)).toContain("chat.postEphemeral");
  });

  it("on the home screen redraws it, or answers directly", async () => {
    answer(({ type }) => (type === "home" ? { home: card(done) } : { update: text("You owe nothing") }));
    await act(w.slack.openHome(w.maria));
    await act(w.slack.press(w.maria, "home", "Done"));
    expect(readBlocks(w.slack.homes.get(w.maria.id)?.blocks)).toBe("You owe nothing");
    answer(({ type }) => (type === "home" ? { home: card(done) } : { post: text("Noted"), private: true }));
    await act(w.slack.openHome(w.maria));
    await act(w.slack.press(w.maria, "home", "Done"));
    expect(w.slack.inbox(w.maria)).toBe(last());
  });

  it.each([
    ["its trigger has run out", { error: "expired_trigger_id" }],
    ["its trigger was used", { error: "exchanged_trigger_id" }],
    ["its trigger is none", { error: "invalid_trigger_id" }],
    ["Slack has a fault", { error: "internal_error" }],
    ["Slack is away", "server_error"],
    ["Slack gives no answer", "no_answer"],
    ["Slack is asked too often", "rate_limited"],
  ] as const)("offers the form with a button where %s", async (_, how) => {
    answer(() => ({ form }));
    await w.adapter.deliver({ kind: "post", to: { conversation: conversation(desk) }, message: card(done) });
    w.slack.failNext(how, "views.open");
    await act(w.slack.press(w.maria, last(), "Done"));
    expect(w.slack.modalOf(w.maria)).toBeUndefined();
    // And once more: the button stays until it has opened something.
    const offer = last();
    w.slack.failNext(how, "views.open");
    await act(w.slack.press(w.maria, offer, form.title));
    expect(w.slack.modalOf(w.maria)).toBeUndefined();
    await act(w.slack.press(w.maria, offer, form.title));
    expect(w.slack.modalOf(w.maria)).toBeDefined();
    expect(w.log.filter(({ event }) => event === "slack.form_not_opened")).toHaveLength(1);
  });
});

describe("a form", () => {
  const opened = async (over: Partial<Form> = {}, from: Channel = desk) => {
    const proper = w.answer;
    w.answer = () => ({ form: { ...form, ...over } });
    await act(w.slack.command(w.maria, "task", from));
    w.answer = proper;
  };

  it("sent again after an error is a new act, even word for word; the same delivery is not", async () => {
    answer(() => ({ errors: { title: "Not now." } }));
    await opened();
    await act(w.slack.submit(w.maria, { title: "same" }));
    await act(w.slack.submit(w.maria, { title: "same" }));
    answer(() => undefined);
    await act(w.slack.submit(w.maria, { title: "same" }));
    await w.slack.redeliver();
    const keys = w.seen.filter(({ type }) => type === "submit").map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
    expect(keys[3]).toBe(keys[2]);
  });

  it("shows an error about the whole on top, once, and keeps what was typed", async () => {
    answer(() => ({ errors: { "": "The meeting is over.", title: "Say what." } }));
    await opened();
    await act(w.slack.submit(w.maria, { title: "x" }));
    await act(w.slack.submit(w.maria, {}));
    const view = w.slack.modalOf(w.maria);
    expect(readBlocks(view?.view.blocks)).toBe("⚠️ The meeting is over.\nWhat: Say what.\nWhat");
    expect(view?.values).toMatchObject({ title: { value: { value: "x" } } });
    answer(() => undefined);
    await act(w.slack.submit(w.maria, {}));
    expect(w.seen.at(-1)).toMatchObject({ state: "jcb/T-1", values: { title: "x" } });
  });

  it("an error of a field that is not there goes on top as well", async () => {
    answer(() => ({ errors: { nowhere: "Ask your focal point." } }));
    await opened();
    await act(w.slack.submit(w.maria, { title: "x" }));
    expect(readBlocks(w.slack.modalOf(w.maria)?.view.blocks)).toContain("Ask your focal point.");
  });

  it("leads to the next form", async () => {
    answer(() => ({ form: { ...form, id: "task.two", title: "Two", state: "two" } }));
    await opened();
    await act(w.slack.submit(w.maria, { title: "x" }));
    answer(() => undefined);
    await act(w.slack.submit(w.maria, { title: "y" }));
    expect(w.seen.at(-1)).toMatchObject({ form: "task.two", state: "two", conversation: { id: desk.id } });
    expect(w.slack.modalOf(w.maria)).toBeUndefined();
  });

  it("opened from a card replaces that card", async () => {
    answer(({ type }) => (type === "action" ? { form } : { update: text("T-1 is given") }));
    await w.adapter.deliver({ kind: "post", to: { conversation: conversation(desk) }, message: card(done) });
    const message = last();
    await act(w.slack.press(w.maria, message, "Done"));
    await act(w.slack.submit(w.maria, { title: "x" }));
    expect(w.slack.read(message)).toBe("T-1 is given");
  });

  it("opened from a card that one person sees replaces that one too", async () => {
    answer(({ type }) =>
      type === "command"
        ? { post: card(done), private: true }
        : type === "action"
          ? { form }
          : { update: text("T-1 is given") },
    );
    await act(w.slack.command(w.maria, "T-1", away));
    await act(w.slack.press(w.maria, last(), "Done"));
    await act(w.slack.submit(w.maria, { title: "x" }));
    expect(w.slack.messages.map((one) => w.slack.read(one))).toEqual(["T-1 is given"]);
  });

  it("opened from nowhere answers directly", async () => {
    answer(({ type }) => (type === "shortcut" ? { form } : { post: text("T-2 asked"), private: true }));
    await act(w.slack.shortcut(w.maria));
    await act(w.slack.submit(w.maria, { title: "x" }));
    expect(w.slack.inbox(w.maria)).toBe(last());
    expect(shown()).toBe("T-2 asked");
  });

  it("answers to all directly where Coord is no member", async () => {
    answer(() => ({ post: text("T-2 asked") }));
    await opened({}, away);
    await act(w.slack.submit(w.maria, { title: "x" }));
    expect(w.slack.inbox(w.maria)).toBe(last());
  });

  it("keeps its state whatever the length", async () => {
    answer(() => undefined);
    await opened({ state: "s".repeat(2_000) });
    await act(w.slack.submit(w.maria, { title: "x" }));
    expect(w.seen.at(-1)).toMatchObject({ state: "s".repeat(2_000), conversation: { id: desk.id } });
  });
});

describe("a shared channel", () => {
  it("is known as one through a form that was opened there", async () => {
    const shared = w.slack.channel(w.team, "joint", [w.maria], { shared: true });
    answer(({ type }) => (type === "command" ? { form } : undefined));
    await act(w.slack.say(w.maria, `@${w.team.botUser} task`, shared));
    await act(w.slack.press(w.maria, last(), "New task"));
    await act(w.slack.submit(w.maria, { title: "x" }));
    expect(w.seen.map(({ conversation }) => conversation)).toMatchObject([
      { external: true },
      { id: shared.id, external: true },
    ]);
  });
});

describe("response_url", () => {
  it("is followed to Slack or its stand-in alone", async () => {
    let called = 0;
    const stranger = createServer((_, res) => {
      called += 1;
      res.end();
    });
    await new Promise<void>((ready) => stranger.listen(0, "127.0.0.1", ready));
    const port = (stranger.address() as AddressInfo).port;
    answer(() => ({ update: text("x") }));
    for (const url of [
      `http://127.0.0.1:${port}/r`,
      "https://hooks.slack.com.evil.example/r",
      "http://hooks.slack.com/r",
      "file:///etc/passwd",
      "x",
    ]) {
      const payload: Json = {
        type: "block_actions",
        user: { id: w.maria.id, team_id: w.team.id },
        team: { id: w.team.id },
        channel: { id: away.id },
        container: { message_ts: "1.1", is_ephemeral: true },
        trigger_id: `1.${url.length}`,
        response_url: url,
        actions: [{ type: "button", action_id: "a" }],
      };
      expect((await w.slack.send(w.slack.request("interactive", payload))).status).toBe(200);
    }
    await w.adapter.idle();
    expect(called).toBe(0);
    expect(w.seen).toHaveLength(5);
    expect(w.log).toContainEqual({
      level: "warn",
      event: "slack.answer_failed",
      detail: { code: "response_url of another host" },
    });
    expect(JSON.stringify(w.log)).not.toContain("evil");
    await new Promise((closed) => stranger.close(closed));
  });
});

describe("Enterprise Grid", () => {
  it("keeps the organisation with the place", async () => {
    const team = w.slack.team("Border", { enterprise: "E1" });
    const lena = w.slack.person(team, "lena");
    await act(w.slack.command(lena, "tasks", w.slack.channel(team, "desk", [lena])));
    expect(w.seen[0]?.conversation).toMatchObject({ tenant: team.id, address: { enterprise: "E1" } });
  });
});
