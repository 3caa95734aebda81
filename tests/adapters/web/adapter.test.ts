import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ConversationRef,
  DeliveryError,
  type Inbound,
  type Message,
  mentionToken,
  type Reply,
} from "../../../src/chat/index.js";
import { type Bench, openBench, personas } from "./bench.js";
import { Page } from "./page.js";

const words = (text: string): Message => ({ text, blocks: [{ type: "text", text }], lang: "en" });
const account = (user: string) => {
  const persona = personas.find((p) => p.account.user === user);
  if (!persona) throw new Error(user);
  return persona.account;
};
const [maria, omar, nikos] = [account("maria"), account("omar"), account("nikos")];
const police: ConversationRef = { platform: "web", tenant: "slack:police", id: "channel:police", kind: "channel" };

let bench: Bench;
let page: Page;
let seen: Inbound[];
let answer: (inbound: Inbound) => Reply;

beforeEach(async () => {
  seen = [];
  answer = () => undefined;
  bench = await openBench(async (inbound) => {
    seen.push(inbound);
    return answer(inbound);
  });
  page = new Page(bench.url);
});
afterEach(() => bench.stop());

it("says that an agency's own people alone read its channel, and nothing of one that nobody has", async () => {
  const audience = (conversation: ConversationRef) => bench.adapter.audience?.(conversation);
  expect(await audience(police)).toEqual({ readers: "members" });
  expect(await audience({ ...police, id: "channel:nobody" })).toEqual({ readers: "unknown", because: "no_access" });
});

describe("what is for Coord and what is not", () => {
  it.each([
    ["/coord who @border", "who @border"],
    ["  /coord", ""],
    ["@Coord task x", "task x"],
    ["@coord", ""],
  ])("in a channel %j is a command", async (text, command) => {
    await page.act(maria, { type: "command", place: "channel", text });
    expect(seen).toMatchObject([{ type: "command", text: command, conversation: police }]);
  });

  it.each(["two white vans", "tell /coord later", "/coordinate this", "@coordinator please"])(
    "in a channel %j stays among colleagues",
    async (text) => {
      await page.act(maria, { type: "command", place: "channel", text });
      expect(seen).toEqual([]);
      expect((await page.state(nikos)).channel).toMatchObject([{ by: "person", words: text, mine: false }]);
    },
  );

  it("names people by user id, first name and full name, and leaves agencies words", async () => {
    const text = "task @labour @Maria, @nikos.laskaris: ask @unknown, mail a@omar.example";
    await page.act(omar, { type: "command", place: "personal", text });
    expect(seen[0]).toMatchObject({
      text: `task @labour ${mentionToken(0)}, ${mentionToken(1)}: ask @unknown, mail a@omar.example`,
      mentions: [maria, nikos],
    });
  });

  it("takes nobody's word for a mention", async () => {
    await page.act(omar, { type: "command", place: "personal", text: `give ${mentionToken(0)} T-1` });
    expect(seen[0]).toMatchObject({ text: "give 0 T-1", mentions: [] });
  });

  it("shows a slash command to nobody else, a mention of the bot to the channel", async () => {
    await page.act(maria, { type: "command", place: "channel", text: "/coord who" });
    expect((await page.state(maria)).channel).toMatchObject([{ words: "/coord who", private: true }]);
    expect((await page.state(nikos)).channel).toEqual([]);
    await page.act(omar, { type: "command", place: "channel", text: "@Coord who" });
    expect((await page.state(omar)).channel).toMatchObject([{ words: "@Coord who", private: false }]);
  });
});

describe("who sees what", () => {
  it("keeps a private answer from colleagues in Slack, and takes it to the chat in Teams", async () => {
    answer = () => ({ post: words("for you alone"), private: true });
    await page.act(maria, { type: "command", place: "channel", text: "/coord" });
    expect(JSON.stringify((await page.state(maria)).channel)).toContain("for you alone");
    expect(JSON.stringify(await page.state(nikos))).not.toContain("for you alone");

    expect(await page.act(omar, { type: "command", place: "channel", text: "@Coord" })).toEqual({ elsewhere: true });
    const screen = await page.state(omar);
    expect(JSON.stringify(screen.channel)).not.toContain("for you alone");
    expect(JSON.stringify(screen.personal)).toContain("for you alone");
  });

  it("hears no reply under the words of a colleague", async () => {
    await page.act(maria, { type: "command", place: "channel", text: "vans seen" });
    const thread = (await page.state(maria)).channel[0]?.id;
    await page.act(nikos, { type: "threadReply", place: "channel", thread, text: "where?" });
    expect(seen).toEqual([]);
    expect((await page.state(maria)).channel[1]).toMatchObject({ words: "where?", thread });
  });

  it("opens no message that another persona has", async () => {
    const ref = await bench.adapter.deliver({ kind: "post", to: { person: maria }, message: words("x") });
    const click = page.act(omar, { type: "click", place: "personal", line: ref.id, raw: { id: "task.done" } });
    await expect(click).rejects.toThrow("410");
    expect(seen).toEqual([]);
  });
});

it("lets nobody press what a colleague alone sees", async () => {
  answer = () => ({ post: words("for Maria"), private: true });
  await page.act(maria, { type: "command", place: "channel", text: "/coord" });
  const line = (await page.state(maria)).channel.at(-1)?.id;
  seen = [];
  const act = { place: "channel", line, raw: { action_id: "task.done" } };
  await expect(page.act(nikos, { type: "click", ...act })).rejects.toThrow("410");
  await expect(page.act(nikos, { type: "shortcut", ...act })).rejects.toThrow("410");
  expect(seen).toEqual([]);
  await page.act(maria, { type: "click", ...act });
  expect(seen).toMatchObject([{ type: "action", id: "task.done", message: { id: line, conversation: police } }]);
});

describe("deliveries", () => {
  it("go to a person and to an agency's channel", async () => {
    await bench.adapter.deliver({ kind: "post", to: { conversation: police }, message: words("to all") });
    const ref = await bench.adapter.deliver({ kind: "post", to: { person: omar }, message: words("to Omar") });
    expect(ref.conversation).toMatchObject({ platform: "web", tenant: "teams:labour", kind: "personal" });
    expect(JSON.stringify((await page.state(nikos)).channel)).toContain("to all");
    const { personas: told } = await page.session();
    expect(told.map((p) => p.told)).toEqual([1, 1, 0, 0, 1]);
  });

  it.each([
    ["a person", { person: { ...omar, user: "gone" } }, "account_gone"],
    ["a channel", { conversation: { ...police, id: "channel:gone" } }, "channel_gone"],
  ] as const)("say for good that %s is gone", async (_, to, reason) => {
    const error = await bench.adapter.deliver({ kind: "post", to, message: words("x") }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ outcome: { kind: "permanent", reason } });
  });

  it("brings a card from before a restart back where it stood", async () => {
    const ref = await bench.adapter.deliver({ kind: "post", to: { person: omar }, message: words("T-1 asked") });
    const other = await openBench(async () => undefined);
    try {
      expect(await other.adapter.deliver({ kind: "update", ref, message: words("T-1 done") })).toEqual(ref);
      await other.adapter.deliver({ kind: "update", ref, message: words("T-1 closed") });
      const { personal } = await new Page(other.url).state(omar);
      expect(personal).toMatchObject([{ id: ref.id, by: "coord", edited: true }]);
      expect(JSON.stringify(personal)).toContain("T-1 closed");
    } finally {
      await other.stop();
    }
  });

  it("wake every open page", async () => {
    const controller = new AbortController();
    const stream = await fetch(`${bench.url}/workbench/events`, { signal: controller.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = "";
    const hear = async (event: string) => {
      while (!heard.includes(event)) heard += (await reader?.read())?.value ?? "";
    };
    await hear("event: hello");
    await bench.adapter.deliver({ kind: "post", to: { person: omar }, message: words("x") });
    await hear("event: screens");
    await page.post("/workbench/clock", JSON.stringify({ by: "hour" }));
    await hear("event: clock");
    controller.abort();
  });
});

describe("the clock", () => {
  const move = async (body: object) => {
    const answer = await page.post("/workbench/clock", JSON.stringify(body));
    return { status: answer.status, ...((await answer.json()) as { now?: string; message?: string }) };
  };

  // Athens: UTC+2, from 29 March 2026 03:00 UTC+3.
  it.each([
    ["an hour", "2026-03-02T08:00:00Z", { by: "hour" }, "2026-03-02T09:00:00.000Z"],
    ["a day across the change to summer time", "2026-03-28T08:00:00Z", { by: "day" }, "2026-03-29T07:00:00.000Z"],
    ["to the morning of the same day", "2026-03-02T05:00:00Z", { by: "working_morning" }, "2026-03-02T07:00:00.000Z"],
    ["to the next morning", "2026-03-02T07:00:00Z", { by: "working_morning" }, "2026-03-03T07:00:00.000Z"],
    ["over the weekend", "2026-03-06T12:00:00Z", { by: "working_morning" }, "2026-03-09T07:00:00.000Z"],
    ["over a weekend of the change", "2026-03-27T12:00:00Z", { by: "working_morning" }, "2026-03-30T06:00:00.000Z"],
    ["to a date in the body's zone", "2026-03-02T08:00:00Z", { to: "2026-04-01T09:30" }, "2026-04-01T06:30:00.000Z"],
  ])("goes forward: %s", async (_, from, body, to) => {
    bench.clock.now = new Date(from);
    expect(await move(body)).toMatchObject({ status: 200, now: to });
  });

  it.each([
    ["back", { to: "2026-03-01T09:00" }],
    ["to no date", { to: "2026-99-99T09:00" }],
    ["to nonsense", { to: "soon" }],
    ["nowhere", {}],
  ])("does not go %s, and says so", async (_, body) => {
    expect(await move(body)).toMatchObject({ status: 400, message: expect.stringMatching(/\.$/) });
    expect(bench.clock.now.toISOString()).toBe("2026-03-02T08:00:00.000Z");
  });
});

describe("forms", () => {
  const form = {
    id: "task.new",
    title: "New task",
    submit: "Assign",
    cancel: "Cancel",
    state: "s",
    lang: "en",
    fields: [{ type: "lookup" as const, name: "agency", label: "Agency", source: "agency" }],
  };

  it("are offered behind a button in answer to words in Teams, and open at once in Slack", async () => {
    answer = () => ({ form });
    await page.act(maria, { type: "command", place: "personal", text: "task" });
    expect((await page.state(maria)).form).toMatchObject({ title: "New task" });
    await page.act(omar, { type: "command", place: "personal", text: "task" });
    const { form: open, personal } = await page.state(omar);
    expect(open).toBeUndefined();
    const offer = personal.at(-1);
    const [button] = offer?.payload.card.body.at(-1).actions ?? [];
    await page.act(omar, { type: "click", place: "personal", line: offer?.id, raw: button.data });
    expect((await page.state(omar)).form).toMatchObject({ title: "New task" });
    expect(seen.filter((inbound) => inbound.type === "action")).toEqual([]);
  });

  it("keep the words of a picked option beside an error", async () => {
    answer = (inbound) => {
      if (inbound.type === "suggest") return { options: [{ value: "a1", label: "Labour Inspectorate" }] };
      return inbound.type === "submit" ? { errors: { agency: "Not that one." } } : { form };
    };
    await page.act(maria, { type: "command", place: "personal", text: "task" });
    const id = (await page.state(maria)).form?.id;
    await page.act(maria, { type: "suggest", form: id, raw: { action_id: "agency" }, query: "lab" });
    const values = { agency: { agency: { type: "external_select", selected_option: { value: "a1" } } } };
    await page.act(maria, { type: "submit", form: id, raw: { values } });
    const open = (await page.state(maria)).form;
    expect(open).toMatchObject({ id, errors: { agency: "Not that one." } });
    expect(JSON.stringify(open?.payload)).toContain("Labour Inspectorate");
  });

  const live = { ...form, id: "open", submit: undefined, live: "share 1", intro: "zqintroqz", fields: [] };
  const content = { ...live, fields: [{ type: "note" as const, text: ["zqcanaryqz"] }] };

  it.each([
    ["Slack", maria],
    ["Teams", omar],
  ])("that are live are replaced at once on a %s screen, and the page hears of it", async (_, person) => {
    answer = () => ({ form: content });
    await page.act(person, { type: "home" });
    const before = (await page.state(person)).form;
    expect(JSON.stringify(before)).toContain("zqcanaryqz");
    const controller = new AbortController();
    const stream = await fetch(`${bench.url}/workbench/events`, { signal: controller.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = (await reader?.read())?.value ?? "";
    await bench.adapter.overwrite?.(person, "share 2", words("Not this one"));
    await bench.adapter.overwrite?.(person, "share 1", words("I-1 is recalled."));
    while (!heard.includes("event: screens")) heard += (await reader?.read())?.value ?? "";
    controller.abort();
    const after = await page.state(person);
    expect(JSON.stringify(after)).not.toContain("zqcanaryqz");
    expect(after.form).toMatchObject({ title: "I-1 is recalled." });
    await expect(page.act(person, { type: "submit", form: before?.id, raw: {} })).rejects.toThrow("410");
    await page.act(person, { type: "close", form: after.form?.id });
    await bench.adapter.overwrite?.(person, "share 1", words("I-1 is recalled."));
    expect((await page.state(person)).form).toBeUndefined();
  });

  it("that are taken back while the core answers are not shown; asked for again they are", async () => {
    answer = () => {
      void bench.adapter.overwrite?.(maria, "share 1", words("I-1 is recalled."));
      return { form: content };
    };
    await page.act(maria, { type: "home" });
    expect((await page.state(maria)).form).toMatchObject({ title: "I-1 is recalled." });
    answer = () => ({ form: content });
    await page.act(maria, { type: "home" });
    expect(JSON.stringify((await page.state(maria)).form)).toContain("zqcanaryqz");
  });

  it("that can be asked for anew are not kept behind their button", async () => {
    answer = () => ({ form: { ...content, asked: { id: "open", value: "north/I-1" } } });
    await page.act(omar, { type: "command", place: "personal", text: "open I-1" });
    const { form: none, personal } = await page.state(omar);
    expect(none).toBeUndefined();
    const offer = personal.at(-1);
    expect(JSON.stringify(offer)).not.toContain("zqintroqz");
    const [button] = offer?.payload.card.body.at(-1).actions ?? [];
    await page.act(omar, { type: "click", place: "personal", line: offer?.id, raw: button.data });
    expect(seen.at(-1)).toMatchObject({ type: "action", id: "open", value: "north/I-1" });
    expect(JSON.stringify((await page.state(omar)).form)).toContain("zqcanaryqz");
  });

  it("that wait behind a button when they are taken back do not open any more", async () => {
    answer = () => ({ form: content });
    await page.act(omar, { type: "command", place: "personal", text: "open I-1" });
    const offer = (await page.state(omar)).personal.at(-1);
    const [button] = offer?.payload.card.body.at(-1).actions ?? [];
    await bench.adapter.overwrite?.(omar, "share 1", words("I-1 is recalled."));
    await page.act(omar, { type: "click", place: "personal", line: offer?.id, raw: button.data });
    expect((await page.state(omar)).form).toMatchObject({ title: "I-1 is recalled." });
  });

  it("closed, take no late submission", async () => {
    answer = () => ({ form });
    await page.act(maria, { type: "command", place: "personal", text: "task" });
    const id = (await page.state(maria)).form?.id;
    await page.act(maria, { type: "close", form: id });
    await expect(page.act(maria, { type: "submit", form: id, raw: { values: {} } })).rejects.toThrow("410");
    expect(seen.filter((inbound) => inbound.type === "submit")).toEqual([]);
  });
});

it("says so when the people cannot be read, and tells nobody why", async () => {
  const other = await openBench(async () => undefined, {
    personas: async () => {
      throw new Error("secret of the database");
    },
  });
  try {
    const failed = await fetch(`${other.url}/workbench/session`);
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain("secret");
    expect(JSON.stringify(other.logged)).not.toContain("secret");
    const error = await other.adapter
      .deliver({ kind: "post", to: { person: omar }, message: words("x") })
      .catch((e: unknown) => e);
    expect(error).not.toBeInstanceOf(DeliveryError);
  } finally {
    await other.stop();
  }
});

it("logs no word that people or the core wrote", async () => {
  answer = () => {
    throw new Error("secret of the database");
  };
  await page.act(maria, { type: "command", place: "personal", text: "secret of Maria" }).catch(() => {});
  expect(bench.logged).toEqual([{ event: "workbench_act_failed", detail: { act: "command", error: "Error" } }]);
});

it("takes nothing in once it is stopped, and lets what is under way finish", async () => {
  let finish: () => void = () => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const other = await openBench(async () => {
    begin();
    await slow;
    return { post: words("late"), private: true };
  });
  const otherPage = new Page(other.url);
  await otherPage.session();
  const under = otherPage.act(maria, { type: "command", place: "personal", text: "who" });
  await begun;
  const stopping = other.adapter.stop();
  await expect(otherPage.act(maria, { type: "home" })).rejects.toThrow("503");
  finish();
  await expect(under).resolves.toEqual({});
  await stopping;
  await other.stop();
});
