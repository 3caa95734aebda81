import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "../../../src/i18n/index.js";
import { AdmissionControl } from "../../../src/runtime/admission.js";
import { text, type World, world } from "./world.js";

const FULL = messagesFor("en").errors.full;

describe("a full house", () => {
  let w: World;
  let letGo = () => {};
  beforeEach(async () => {
    w = await world({ admission: new AdmissionControl({ atOnce: 1, waitMs: 20 }) });
  });
  afterEach(async () => {
    letGo();
    expect(w.slack.refusals).toEqual([]);
    await w.stop();
  });
  const direct = () => w.slack.direct(w.maria);
  /** Somebody else's request fills the house until it is let go. */
  const fill = async () => {
    const until = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const before = w.seen.length;
    w.answer = () => until.then(() => undefined);
    const inside = w.slack.command(w.omar, "slow", w.slack.direct(w.omar));
    while (w.seen.length === before) await new Promise((resolve) => setTimeout(resolve, 2));
    w.answer = () => ({ post: text("Done"), private: true });
    return async () => {
      letGo();
      await inside;
    };
  };
  const keysOf = () => w.seen.map(({ key }) => key);

  it("tells who typed a command at once, and takes the same delivery when it comes again", async () => {
    const empty = await fill();
    const { status, body } = await w.slack.command(w.maria, "inbox", direct());
    expect([status, body]).toMatchObject([200, { response_type: "ephemeral", text: FULL }]);
    expect(w.seen).toHaveLength(1);
    await empty();
    const again = await w.slack.redeliver();
    expect(again.body).toMatchObject({ text: "Done" });
    expect(w.seen).toHaveLength(2);
  });

  it("tells who pressed a button, beside the card", async () => {
    const channel = w.slack.channel(w.team, "desk", [w.maria]);
    const conversation = { platform: "slack" as const, tenant: w.team.id, id: channel.id, kind: "channel" as const };
    const actions = [{ type: "button" as const, id: "done", label: "Done", value: "north/T-1" }];
    const message = { text: "T-1", lang: "en", blocks: [{ type: "actions" as const, actions }] };
    await w.adapter.deliver({ kind: "post", to: { conversation }, message });
    const card = w.slack.messages.at(-1);
    if (!card) throw new Error("no card");
    const empty = await fill();
    const before = w.seen.length;
    await w.slack.press(w.maria, card, "Done");
    await empty();
    await w.adapter.idle();
    const told = w.slack.messages.at(-1);
    expect([told?.onlyFor, told?.text]).toEqual([w.maria.id, FULL]);
    expect(w.seen).toHaveLength(before);
  });

  it("keeps a form open with what was typed, and takes it when it is sent again", async () => {
    w.answer = () => ({
      form: {
        id: "f",
        title: "New task",
        submit: "Assign",
        cancel: "Cancel",
        state: "s",
        lang: "en",
        fields: [{ type: "text", name: "title", label: "What" }],
      },
    });
    await w.slack.shortcut(w.maria);
    await w.adapter.idle();
    const empty = await fill();
    await w.slack.submit(w.maria, { title: "Look at it" });
    const open = w.slack.modalOf(w.maria);
    expect(JSON.stringify(open?.view)).toContain(FULL);
    await empty();
    const before = w.seen.length;
    w.answer = () => undefined;
    await w.slack.submit(w.maria, { title: "Look at it" });
    expect(w.seen[before]).toMatchObject({ type: "submit", values: { title: "Look at it" } });
  });

  it("leaves an event to Slack, which brings it again, and tells its author when it does not", async () => {
    const empty = await fill();
    const [first] = await w.slack.say(w.maria, "inbox", direct());
    expect(first?.status).toBe(503);
    const told = () => w.slack.messages.filter((one) => one.text === FULL);
    expect((await w.slack.redeliver(1)).status).toBe(503);
    expect(told()).toEqual([]);
    expect((await w.slack.redeliver(3)).status).toBe(200);
    await empty();
    await w.adapter.idle();
    expect(told()).toHaveLength(1);
    const before = w.seen.length;
    expect((await w.slack.redeliver(3)).status).toBe(200);
    expect(w.seen).toHaveLength(before + 1);
    expect(new Set(keysOf()).size).toBe(keysOf().length);
  });

  it("leaves to Slack what tells who reads a channel or what changed of a person, and nothing else of people", async () => {
    const channel = w.slack.channel(w.team, "desk", [w.maria]);
    await w.slack.changeMember(w.maria, { status: "known" });
    const empty = await fill();
    expect((await w.slack.share(channel, w.slack.team("Other"))).status).toBe(503);
    expect((await w.slack.changeMember(w.omar, { guest: "multi" })).status).toBe(503);
    expect((await w.slack.redeliver()).status).toBe(503);
    expect((await w.slack.changeMember(w.maria, { status: "on a train" })).status).toBe(200);
    await empty();
    expect((await w.slack.changeMember(w.omar, { guest: "multi" })).status).toBe(200);
  });

  it("lets an event that means nothing to Coord go: it is not brought three times more", async () => {
    const channel = w.slack.channel(w.team, "desk", [w.maria]);
    const empty = await fill();
    const answers = await w.slack.say(w.maria, "good morning", channel);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await empty();
  });
});

describe("an answer that comes too late for its acknowledgement", () => {
  it("reaches who typed the command all the same, once", async () => {
    let now = Date.now();
    const w = await world({ now: () => new Date(now) });
    const desk = w.slack.channel(w.team, "desk", [w.maria, w.omar]);
    w.answer = () => {
      now += 2_700;
      return { post: text("Asked of Labour"), private: true };
    };
    const { status, body } = await w.slack.command(w.maria, "task", desk);
    await w.adapter.idle();
    expect([status, body]).toEqual([200, undefined]);
    const told = w.slack.messages.filter((one) => one.text === "Asked of Labour");
    expect(told.map(({ onlyFor }) => onlyFor)).toEqual([w.maria.id]);
    w.answer = () => {
      now += 2_700;
      return { post: text("Known to all") };
    };
    await w.slack.command(w.maria, "task", desk);
    await w.adapter.idle();
    expect(w.slack.messages.filter((one) => one.text === "Known to all").map(({ onlyFor }) => onlyFor)).toEqual([
      undefined,
    ]);
    expect(w.slack.refusals).toEqual([]);
    await w.stop();
  });

  it("offers the next step of a form with a button, since its view is given up", async () => {
    let now = Date.now();
    const w = await world({ now: () => new Date(now) });
    const field = { type: "text" as const, name: "title", label: "What" };
    const form = { id: "f", submit: "Send", cancel: "Cancel", state: "s", lang: "en", fields: [field] };
    w.answer = () => ({ form: { ...form, title: "Step one" } });
    await w.slack.shortcut(w.maria);
    await w.adapter.idle();
    w.answer = () => {
      now += 2_700;
      return { form: { ...form, title: "Step two" } };
    };
    await w.slack.submit(w.maria, { title: "Look at it" });
    await w.adapter.idle();
    const offer = w.slack.messages.at(-1);
    if (!offer) throw new Error("no offer");
    await w.slack.press(w.maria, offer, "Step two");
    await w.adapter.idle();
    expect(JSON.stringify(w.slack.modalOf(w.maria)?.view)).toContain("Step two");
    await w.stop();
  });
});
