import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Block, Form, Inbound, Message, Reply } from "../../../src/chat/index.js";
import { adapterWords } from "../../../src/i18n/index.js";
import { readCard } from "../../fakes/teams/eye.js";
import { type Conversation, FakeTeams, type Person } from "../../fakes/teams.js";
import { type Bot, startBot } from "./bot.js";
import { clientOf, typed } from "./harness.js";

const message = (text: string, blocks: Block[] = [{ type: "text", text }]): Message => ({ text, blocks, lang: "en" });
const button = (id: string, label: string, more: object = {}): Block => ({
  type: "actions",
  actions: [{ type: "button", id, label, value: "jcb/T-1", ...more }],
});
const form: Form = {
  id: "task.new",
  title: "New task",
  submit: "Assign",
  cancel: "Cancel",
  state: "b/T-1",
  lang: "en",
  fields: [
    { type: "text", name: "title", label: "What" },
    { type: "lookup", name: "people", label: "People", source: "person", several: true, optional: true },
  ],
};

let fake: FakeTeams;
let bot: Bot;
let maria: Person;
let omar: Person;
let channel: Conversation;
let seen: Inbound[];
let answer: (inbound: Inbound) => Reply;

/** How long the core took, beside what it really takes. */
let ahead = 0;

beforeEach(async () => {
  fake = await FakeTeams.start();
  const tenant = randomUUID();
  maria = fake.addPerson(tenant, "Maria");
  omar = fake.addPerson(tenant, "Omar");
  channel = fake.addConversation("channel", [maria, omar]);
  const fr = {
    gone: "Cela a changé.",
    install: "Ajoutez Coord, puis demandez encore.",
    installed: "",
    notInstalled: "",
  };
  const words = { ...adapterWords(), fr };
  ahead = 0;
  bot = await startBot(fake, [tenant], { words, now: () => new Date(Date.now() + ahead) });
  answer = () => undefined;
  seen = [];
  await bot.adapter.start(async (inbound) => {
    seen.push(inbound);
    return answer(inbound);
  });
  await fake.install(maria);
});
afterEach(async () => {
  await bot.close();
  await fake.stop();
  expect(fake.refusals).toEqual([]);
});

const say = (text: string, from: Person, where: Conversation) =>
  clientOf(fake).after(from, where, () => fake.deliver(typed(fake, text, from, where, [maria, omar])));
const summaries = (where: Conversation) => fake.in(where).map((each) => each.activity.summary);

const GONE = /^That has changed or is gone\./;

describe("typed words are answered", () => {
  it("for all in the thread where they stand", async () => {
    answer = () => ({ post: message("for all") });
    const activity = typed(fake, "who", maria, channel, []);
    await fake.deliver({
      ...activity,
      conversation: { ...(activity.conversation as object), id: `${channel.id};messageid=7` },
    });
    expect(fake.in(channel)).toMatchObject([{ root: "7", activity: { summary: "for all" } }]);
  });

  it("privately in the personal chat, with nothing in the channel", async () => {
    answer = () => ({ post: message("for Maria"), private: true });
    await say("who", maria, channel);
    expect(summaries(fake.personalOf(maria))).toEqual(["for Maria"]);
    expect(summaries(channel)).toEqual([]);
  });

  it("where Coord is not installed for a person, by one neutral sentence in its language", async () => {
    answer = () => ({ post: message("secret of Omar"), private: true });
    const ask = { ...typed(fake, "who", omar, channel, []), locale: "fr-FR" };
    expect((await fake.deliver(ask)).status).toBe(200);
    expect(summaries(channel)).toEqual(["Ajoutez Coord, puis demandez encore."]);
    expect(JSON.stringify(fake.posts)).not.toContain("secret");
  });

  it("by nothing in the channel while the connector is only slow", async () => {
    answer = () => ({ post: message("for Maria"), private: true });
    fake.failNext({ status: 503 });
    expect((await fake.deliver(typed(fake, "who", maria, channel, []))).status).toBe(200);
    expect(fake.posts).toEqual([]);
  });

  it("by a button, when the answer is a form", async () => {
    answer = (inbound) => (inbound.type === "submit" ? undefined : { form });
    const card = await say("task", maria, fake.personalOf(maria));
    expect(card.buttons.map((each) => each.label)).toEqual(["New task"]);
    const opened = await card.buttons[0]?.press();
    expect(seen.at(-1)).toMatchObject({ type: "action", id: "form.open", value: "task.new b/T-1" });
    expect(opened?.form?.title).toBe("New task");
  });

  it("with 200 even when the answer cannot be shown: the core has committed", async () => {
    answer = () => ({ post: message("x") });
    fake.failNext({ status: 500 });
    expect((await fake.deliver(typed(fake, "who", maria, fake.personalOf(maria), []))).status).toBe(200);
    expect(bot.log.at(-1)).toMatchObject({ event: "teams.answer_failed", detail: { outcome: "passing" } });
  });
});

describe("a click is answered", () => {
  async function press(reply: Reply, where: Conversation = channel) {
    answer = (inbound) =>
      inbound.type === "command" ? { post: message("T-1", [button("task.done", "Done")]) } : reply;
    const card = await say("T-1", maria, where);
    return card.buttons[0]?.press();
  }

  it("by the new card at once, and for everybody after", async () => {
    const screen = await press({ update: message("T-1 is done") });
    expect(screen?.text).toBe("T-1 is done");
    await bot.adapter.stop();
    expect(fake.in(channel)).toMatchObject([{ updates: 1, activity: { summary: "T-1 is done" } }]);
  });

  it("by the new card at once where it is kept true, and no later drawing is overwritten", async () => {
    const screen = await press({ update: message("T-1 is done"), live: true });
    expect(screen?.text).toBe("T-1 is done");
    await bot.adapter.stop();
    expect(fake.in(channel)).toMatchObject([{ updates: 0, activity: { summary: "T-1" } }]);
  });

  it("privately: one line beside the card, more in the personal chat", async () => {
    const line = await press({ post: message("Only for you"), private: true });
    expect(line).toMatchObject({ text: "Only for you", private: true });
    expect(summaries(fake.personalOf(maria))).toEqual([]);
    const more = await press({
      post: message("More", [{ type: "heading", text: "More" }, button("a", "A")]),
      private: true,
    });
    expect(more?.text).toBe("More");
    expect(summaries(fake.personalOf(maria))).toEqual(["More"]);
  });

  it("by an error beside the card, and by nothing", async () => {
    expect((await press({ errors: { "": "T-1 is closed already." } }))?.text).toBe("T-1 is closed already.");
    expect((await press(undefined))?.text).toBe("");
  });

  it("also when the client sends it as a message", async () => {
    answer = (inbound) => (inbound.type === "command" ? { post: message("T-1") } : { update: message("T-1 is done") });
    await say("T-1", maria, channel);
    const value = { id: "task.done", value: "jcb/T-1" };
    const replyToId = fake.in(channel)[0]?.id;
    expect((await fake.send({ type: "message", value, replyToId }, maria, channel)).status).toBe(200);
    expect(seen.at(-1)).toMatchObject({
      type: "action",
      id: "task.done",
      value: "jcb/T-1",
      message: { id: replyToId },
    });
    expect(summaries(channel)).toEqual(["T-1 is done"]);
  });

  it.each<[string, object]>([
    ["adaptiveCard/action", { type: "application/vnd.microsoft.activity.message", value: expect.stringMatching(GONE) }],
    ["task/fetch", { task: { type: "message", value: expect.stringMatching(GONE) } }],
    ["task/submit", { task: { type: "message", value: expect.stringMatching(GONE) } }],
    ["composeExtension/fetchTask", { task: { type: "message", value: expect.stringMatching(GONE) } }],
    ["composeExtension/submitAction", { task: { type: "message", value: expect.stringMatching(GONE) } }],
    ["composeExtension/query", { composeExtension: { type: "message", text: expect.stringMatching(GONE) } }],
    ["application/search", { type: "application/vnd.microsoft.search.searchResponse", value: { results: [] } }],
  ])("%s of an old card or another app by what has changed or is gone", async (name, body) => {
    for (const value of [undefined, {}, [], { data: 7 }, { action: { data: { id: 1 } } }]) {
      const answered = await fake.send({ type: "invoke", name, value }, maria, channel);
      expect(answered).toMatchObject({ status: 200, body });
    }
  });

  it.each(["tab/fetch", "signin/verifyState", "", "__proto__"])(
    "the invoke %j of another app by nothing",
    async (name) => {
      const { status, body } = await fake.send({ type: "invoke", name, value: {} }, maria, channel);
      expect([status, body]).toEqual([200, undefined]);
    },
  );
});

describe("a dialog", () => {
  const open = async (submitted: Reply, opened: Reply = { form }) => {
    answer = (inbound) => {
      if (inbound.type === "command") return { post: message("T-1", [button("task.edit", "Edit", { opens: true })]) };
      if (inbound.type === "action") return opened;
      if (inbound.type === "suggest") return { options: [{ value: "p,1", label: "Zoe", detail: "IOM" }] };
      return submitted;
    };
    const card = await say("T-1", maria, channel);
    return card.buttons[0]?.press();
  };
  const keptForms = () => [...bot.store.entries.keys()].filter((key) => key.startsWith("teams/form/"));

  it("keeps the form until it is taken, for the person who opened it alone", async () => {
    const dialog = await open({ errors: { title: "Say more." } });
    expect(keptForms()).toEqual([expect.stringContaining(`/${maria.user}/`)]);
    expect(await dialog?.form?.lookup("people", "z")).toEqual(["Zoe (IOM)"]);
    const again = await dialog?.form?.submit({ title: "bad", people: ["p%2C1"] });
    expect(again?.form?.fields).toMatchObject([{ value: "bad", error: "Say more." }, { value: ["p%2C1"] }]);
    expect(JSON.stringify(again?.raw)).toContain('"title":"Zoe"');
    expect(seen.at(-1)).toMatchObject({ values: { title: "bad", people: ["p,1"] } });
    answer = () => undefined;
    await again?.form?.submit({ title: "good" });
    expect(keptForms()).toEqual([]);
  });

  it("that is only read is asked for anew by the button that offers it, and nothing of it is kept", async () => {
    const fields = [{ type: "note" as const, text: "zqcanaryqz" }];
    const read: Form = { ...form, submit: undefined, asked: { id: "read", value: "jcb/T-9" }, fields };
    answer = () => ({ form: read });
    const offer = await say("read T-9", maria, channel);
    expect(JSON.stringify([offer.raw, [...bot.store.entries]])).not.toContain("zqcanaryqz");
    const dialog = await offer.buttons[0]?.press();
    expect(seen.at(-1)).toMatchObject({ type: "action", id: "read", value: "jcb/T-9" });
    expect(dialog?.text).toContain("zqcanaryqz");
    expect(keptForms()).toEqual([]);
  });

  it("that comes too late to open has a button in the chat, which asks again", async () => {
    const mine = fake.personalOf(maria);
    answer = (inbound) => {
      if (inbound.type !== "action") return { post: message("T-1", [button("task.edit", "Edit", { opens: true })]) };
      ahead += inbound.id === "task.edit" ? 5_000 : 0;
      return { form };
    };
    const before = fake.in(mine).length;
    await (await say("T-1", maria, mine)).buttons[0]?.press();
    await vi.waitFor(() => expect(fake.in(mine)).toHaveLength(before + 2));
    const [card] = (fake.in(mine).at(-1)?.activity.attachments ?? []) as { content: unknown }[];
    const offered = readCard(card?.content);
    expect(offered.buttons.map(({ label }) => label)).toEqual([form.title]);
    // In time it opens, and offers nothing beside.
    const value = { data: offered.buttons[0]?.data };
    const { body } = await fake.send({ type: "invoke", name: "task/fetch", value }, maria, mine);
    expect(body).toMatchObject({ task: { type: "continue" } });
    expect(fake.in(mine)).toHaveLength(before + 2);
  });

  it("of somebody else cannot be drawn by its key", async () => {
    await open(undefined);
    const key = keptForms()[0]?.split("/").at(-1);
    answer = () => ({ errors: { title: "Say more." } });
    const value = { data: { form: "task.new", state: "", key, t_title: "x" } };
    const { body } = await fake.send({ type: "invoke", name: "task/submit", value }, omar, channel);
    expect(body).toEqual({ task: { type: "message", value: "Say more." } });
  });

  it("replaces the message whose button opened it", async () => {
    const dialog = await open({ update: message("T-1 is edited") });
    await dialog?.form?.submit({ title: "x" });
    await bot.adapter.stop();
    expect(summaries(channel)).toEqual(["T-1 is edited"]);
  });

  it("closes, and posts for all what is for all", async () => {
    const dialog = await open({ post: message("T-2 is asked") });
    expect((await dialog?.form?.submit({ title: "x" }))?.text).toBe("T-2 is asked");
    expect(summaries(channel)).toEqual(["T-1", "T-2 is asked"]);
  });

  it("leads to the next form", async () => {
    const dialog = await open({ form: { ...form, title: "Step 2" } });
    expect((await dialog?.form?.submit({ title: "x" }))?.form?.title).toBe("Step 2");
    expect(keptForms()).toHaveLength(1);
  });

  it("shows a private message inside itself, whose buttons work", async () => {
    const shown = await open(undefined, {
      private: true,
      post: message("I-31", [{ type: "heading", text: "I-31" }, button("share.decline", "Decline")]),
    });
    expect(shown).toMatchObject({ text: "I-31", private: true });
    answer = () => ({ post: message("Declined"), private: true });
    expect((await shown?.buttons[0]?.press())?.text).toBe("Declined");
    expect(seen.at(-1)).toMatchObject({ type: "action", id: "share.decline", value: "jcb/T-1" });
    expect(JSON.stringify([...bot.store.entries])).not.toContain("I-31");
    expect(summaries(channel)).toEqual(["T-1"]);
  });

  it("that is only read is kept nowhere", async () => {
    const { submit: _, ...readOnly } = form;
    await open(undefined, { form: { ...readOnly, fields: [{ type: "note", text: "content of I-31" }] } });
    expect(JSON.stringify([...bot.store.entries])).not.toContain("content of I-31");
  });
});

it("finishes what is under way before it stops, then takes in nothing more", async () => {
  let go = () => {};
  const gate = new Promise<void>((open) => {
    go = open;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  await bot.adapter.start(async () => {
    begin();
    await gate;
    return { post: message("late") };
  });
  const asked = fake.deliver(typed(fake, "who", maria, fake.personalOf(maria), []));
  await begun;
  const stopped = bot.adapter.stop();
  go();
  await stopped;
  expect((await asked).status).toBe(200);
  expect(summaries(fake.personalOf(maria))).toEqual(["late"]);
  expect((await fake.deliver(typed(fake, "who", maria, fake.personalOf(maria), []))).status).toBe(503);
});

describe("a card in a channel", () => {
  it("asks for each reader's own view, and shows it to the one who asked alone", async () => {
    const shared: Message = { ...message("T-1 for all"), refresh: { id: "mine", value: "jcb/T-1" } };
    const ref = await bot.adapter.deliver({
      kind: "post",
      to: {
        conversation: {
          platform: "teams",
          tenant: maria.tenant,
          id: channel.id,
          kind: "channel",
          address: { serviceUrl: fake.serviceUrl },
        },
      },
      message: shared,
    });
    const [posted] = fake.in(channel);
    const [attachment] = (posted?.activity.attachments ?? []) as { content: unknown }[];
    const card = attachment?.content as { refresh: { action: { data: object; verb: string } } };
    expect(card.refresh.action).toMatchObject({
      type: "Action.Execute",
      verb: "mine",
      data: { id: "mine", value: "jcb/T-1" },
    });
    answer = () => ({ view: message("T-1 for Maria", [button("give", "Give to")]) });
    const { status, body } = await fake.send(
      {
        type: "invoke",
        name: "adaptiveCard/action",
        value: { action: { type: "Action.Execute", ...card.refresh.action }, trigger: "automatic" },
        replyToId: ref.id,
      },
      maria,
      channel,
    );
    expect(status).toBe(200);
    expect(seen.at(-1)).toMatchObject({ type: "action", id: "mine", value: "jcb/T-1", actor: { user: maria.user } });
    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    expect(JSON.stringify(body)).toContain("T-1 for Maria");
    expect(summaries(channel)).toEqual(["T-1 for all"]);
  });
});
