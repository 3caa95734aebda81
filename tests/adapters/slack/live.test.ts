import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountRef, DeliveryError, type Form, type Message } from "../../../src/chat/index.js";
import { adapterWords } from "../../../src/i18n/index.js";
import { readBlocks, readText } from "../../fakes/slack/read.js";
import type { Failure, OpenView, Person, Team } from "../../fakes/slack.js";
import { memoryStore, type World, type WorldOptions, world } from "./world.js";

/** Forms that are live, and what takes their place when they are taken back. */

const CANARY = "zqcanaryqz";
const SHARE = "5f0e8a4e-0000-4000-8000-000000000031";

const content: Form = {
  id: "open",
  title: "I-31 heron",
  cancel: "Fermer",
  state: "",
  lang: "fr",
  live: SHARE,
  asked: { id: "open", value: "north/I-31" },
  fields: [{ type: "note", text: [CANARY] }],
};
const conditions: Form = {
  ...content,
  submit: "Accept and read",
  state: "I-31",
  fields: [{ type: "text", name: "purpose", label: "Why" }],
};
const gone: Message = {
  text: "I-31 heron was recalled.",
  lang: "fr",
  blocks: [
    { type: "heading", text: "I-31 heron" },
    { type: "text", text: "I-31 heron was recalled." },
  ],
};

let w: World;
let clock: number;

const start = async (options: WorldOptions = {}) => {
  clock = new Date("2026-03-02T09:00:00Z").getTime();
  w = await world({ now: () => new Date(clock), ...options });
  w.slack.now = () => Date.now();
};
beforeEach(() => start());
afterEach(async () => {
  expect(w.slack.refusals).toEqual([]);
  expect(JSON.stringify(w.log)).not.toContain(CANARY);
  await w.stop();
});

const account = (person: Person): AccountRef => ({ platform: "slack", tenant: person.team, user: person.id });
const overwrite = (person: Person, live = SHARE, message = gone) =>
  w.adapter.overwrite?.(account(person), live, message) ?? Promise.reject(new Error("no overwrite"));
const outcome = (person: Person) =>
  overwrite(person).then(
    () => "done" as const,
    (error: unknown) => {
      if (!(error instanceof DeliveryError)) throw error;
      return error.outcome;
    },
  );
/** The person asks for the share once more, as on another device. */
const open = async (person: Person, form: Form = content): Promise<OpenView> => {
  w.answer = () => ({ form });
  await w.slack.command(person, "open I-31", w.slack.direct(person));
  await w.adapter.idle();
  return shownTo(person);
};
const shownTo = (person: Person): OpenView => {
  const view = w.slack.modalOf(person);
  if (!view) throw new Error(`${person.name} has nothing open`);
  return view;
};
const read = ({ view }: OpenView) => [readText(view.title), readBlocks(view.blocks), readText(view.close)].join("|");
const GONE = "I-31 heron|I-31 heron was recalled.|Fermer";
const updates = () => w.slack.calls.filter(({ method }) => method === "views.update");
const later = (ms: number) => {
  clock += ms;
};
const kept = () => [...w.store.held].filter(([key]) => key.startsWith("slack:live:"));

describe("overwriting", () => {
  it("puts what is said instead into the open view: title, words, Close in the reader's language, nothing to send", async () => {
    const view = await open(w.maria);
    expect(read(view)).toContain(CANARY);
    await overwrite(w.maria);
    expect(read(view)).toBe(GONE);
    expect(JSON.stringify(view)).not.toContain(CANARY);
    expect(view.view).not.toHaveProperty("submit");
    expect(w.slack.modalsOf(w.maria)).toEqual([view]);
  });

  it("reaches every view of that person, once, and nobody else's and no other form", async () => {
    const other = await open(w.maria, { ...content, live: "another share" });
    const views = [await open(w.maria), await open(w.maria)];
    const omars = await open(w.omar);
    await overwrite(w.maria);
    expect(views.map(read)).toEqual([GONE, GONE]);
    expect([other, omars].map(read)).toEqual(Array(2).fill(expect.stringContaining(CANARY)));
    await overwrite(w.maria);
    expect(updates()).toHaveLength(2);
  });

  it("shows the words of any message within Slack's limits, and nothing to press", async () => {
    const view = await open(w.maria);
    const button = { type: "button" as const, id: "share-show", label: "Press me", value: "north/I-31" };
    await overwrite(w.maria, SHARE, {
      text: "x",
      lang: "fr",
      blocks: [
        { type: "heading", text: "Recalled ".repeat(20) },
        { type: "heading", text: "second heading" },
        { type: "text", text: ["some ", { bold: "bold" }] },
        { type: "context", text: "small print" },
        { type: "quote", text: "a quotation", by: "Maria" },
        { type: "facts", facts: [{ label: "State", value: "recalled" }] },
        { type: "list", items: [{ title: "an item", detail: "its detail", action: button }] },
        { type: "image", url: "https://example.org/x.png", alt: "a picture" },
        { type: "divider" },
        { type: "actions", actions: [button] },
        { type: "text", text: "Ж".repeat(40_000) },
      ],
    });
    expect(read(view).replace(/Ж+/, "Ж").split(/[|\n]/)).toEqual([
      "Recalled Recalled Recal…",
      // The title is cut to what a view's takes, so the whole stands below it.
      "Recalled ".repeat(20),
      "second heading",
      "some bold",
      "small print",
      "a quotation",
      "Maria",
      "State  recalled",
      "an item",
      "its detail",
      "a picture",
      "Ж…",
      "Fermer",
    ]);
  });

  it("calls nobody where nothing is open", async () => {
    expect(await outcome(w.maria)).toBe("done");
    await open(w.maria, { ...content, live: undefined });
    expect(await outcome(w.maria)).toBe("done");
    expect(updates()).toEqual([]);
  });

  it("keeps ids alone, under a key without a secret, for a day, and forgets them once they are overwritten", async () => {
    const view = await open(w.maria);
    const [key, value] = kept()[0] ?? [];
    expect(key).toBe(`slack:live:${w.team.id}:${w.maria.id}:${SHARE}`);
    expect(JSON.parse(value ?? "")).toEqual([{ id: view.id, team: w.team.id, close: "Fermer" }]);
    expect(JSON.stringify([...w.store.held])).not.toContain(CANARY);
    await overwrite(w.maria);
    expect(kept()).toEqual([]);
    await open(w.maria);
    later(86_400_000);
    expect(await w.store.get(key ?? "")).toBeUndefined();
  });

  it("keeps the last ten views of a form", async () => {
    const views: OpenView[] = [];
    for (let n = 0; n < 12; n++) views.push(await open(w.maria));
    await overwrite(w.maria);
    expect(views.filter((view) => read(view) === GONE)).toEqual(views.slice(2));
  });

  it("takes views that open at the same time, though the store is slow", async () => {
    await w.stop();
    const quick = memoryStore(() => new Date(clock));
    const get = async (key: string) => {
      const value = await quick.get(key);
      await new Promise((done) => setTimeout(done, 20));
      return value;
    };
    await start({ store: { ...quick, get } });
    w.answer = () => ({ form: content });
    const ask = () => w.slack.command(w.maria, "open I-31", w.slack.direct(w.maria));
    await Promise.all(Array.from({ length: 5 }, ask));
    await w.adapter.idle();
    await overwrite(w.maria);
    expect(w.slack.modalsOf(w.maria).map(read)).toEqual(Array(5).fill(GONE));
  });

  it("refuses before it is started", async () => {
    const { createSlackAdapter } = await import("../../../adapters/slack/index.js");
    const log = { info() {}, warn() {} };
    const adapter = createSlackAdapter({
      words: adapterWords(),
      signingSecret: "s",
      botToken: "x",
      store: w.store,
      log,
      now: () => new Date(),
    });
    await expect(adapter.overwrite?.(account(w.maria), SHARE, gone)).rejects.toThrow("not started");
  });
});

describe("where a view stands", () => {
  it("one that replaced the accepted conditions is the same view", async () => {
    const view = await open(w.maria, conditions);
    w.answer = () => ({ form: content });
    await w.slack.submit(w.maria, { purpose: "investigation" });
    expect(read(view)).toContain(CANARY);
    later(3_000);
    expect(await outcome(w.maria)).toBe("done");
    expect(read(view)).toBe(GONE);
    expect(updates()).toHaveLength(1);
  });

  it("one that was only just answered is overwritten a second time: the answer may come after", async () => {
    const view = await open(w.maria, conditions);
    w.answer = () => ({ form: content });
    const send = w.slack.send.bind(w.slack);
    w.slack.send = async (...request) => {
      const answer = await send(...request);
      // Coord has answered, and Slack has not yet read it.
      expect(await outcome(w.maria)).toMatchObject({ kind: "passing" });
      expect(read(view)).toBe(GONE);
      return answer;
    };
    await w.slack.submit(w.maria, { purpose: "investigation" });
    expect(read(view)).toContain(CANARY);
    later(3_000);
    expect(await outcome(w.maria)).toBe("done");
    expect(read(view)).toBe(GONE);
    expect(kept()).toEqual([]);
  });

  it("one opened by a button, in a thread of a shared channel, by somebody of another workspace", async () => {
    await w.stop();
    await start({ oauth: true });
    await install(w.team);
    const elsewhere = w.slack.team("Elsewhere", { installed: false });
    const guest = w.slack.person(elsewhere, "guest");
    const payload = {
      type: "block_actions",
      user: { id: guest.id, team_id: elsewhere.id },
      team: { id: w.team.id },
      channel: { id: w.slack.channel(w.team, "joint", [w.maria], { shared: true }).id },
      container: { message_ts: "1.1" },
      trigger_id: w.slack.trigger(w.maria),
      actions: [{ type: "button", action_id: "open", value: "north/I-31" }],
    };
    w.answer = () => ({ form: content });
    await w.slack.send(w.slack.request("interactive", payload));
    await w.adapter.idle();
    const view = shownTo(w.maria);
    expect(read(view)).toContain(CANARY);
    expect(w.seen.at(-1)?.actor).toMatchObject({ tenant: elsewhere.id, user: guest.id });
    await overwrite(guest);
    expect(read(view)).toBe(GONE);
  });

  it("each workspace's by its own token, those of an Enterprise Grid by the organisation's", async () => {
    await w.stop();
    await start({ oauth: true });
    const [border, port] = ["Border", "Port"].map((name) =>
      w.slack.team(name, { enterprise: "E1", installed: false }),
    ) as [Team, Team];
    await install(w.team);
    await install(border, { org: true });
    const lena = w.slack.person(port, "lena");
    const views = [await open(w.maria), await open(lena)];
    await overwrite(lena);
    await overwrite(w.maria);
    expect(views.map(read)).toEqual([GONE, GONE]);
    const tokens = updates().map(({ token }) => token);
    expect(tokens).toEqual([expect.stringMatching(/^xoxb-org-/), w.team.token]);
  });

  it("one whose workspace has removed Coord is given up, and does not hold back the others", async () => {
    await w.stop();
    await start({ oauth: true });
    const border = w.slack.team("Border", { installed: false });
    await install(w.team);
    await install(border);
    const views = [await open(w.maria)];
    await w.slack.uninstall(w.team);
    expect(await outcome(w.maria)).toBe("done");
    expect(views.map(read)).not.toContain(GONE);
    expect(kept()).toEqual([]);
    expect(w.log.map(({ event }) => event)).toContain("slack.overwrite_failed");
  });
});

describe("when Slack does not take it", () => {
  it.each<[Failure, object]>([
    ["rate_limited", { kind: "rate_limited", retryAfterMs: 7_000 }],
    [{ status: 503 }, { kind: "passing" }],
    ["no_answer", { kind: "passing" }],
    [{ error: "internal_error" }, { kind: "passing" }],
    // Nobody knows that it is for good: what is readable stays on the list.
    [{ error: "something_new" }, { kind: "passing" }],
  ])("%j: the others are overwritten, and that one again", async (how, expected) => {
    const views = [await open(w.maria), await open(w.maria), await open(w.maria)];
    w.slack.failNext(how);
    expect(await outcome(w.maria)).toMatchObject(expected);
    expect(views.map((view) => read(view) === GONE)).toEqual([false, true, true]);
    expect(await outcome(w.maria)).toBe("done");
    expect(views.map(read)).toEqual([GONE, GONE, GONE]);
    expect(updates()).toHaveLength(4);
  });

  it("waits as long as the rate limit says, whatever else failed", async () => {
    await open(w.maria);
    await open(w.maria);
    await open(w.maria);
    for (const how of [{ status: 503 }, "rate_limited", { status: 503 }] as const) w.slack.failNext(how);
    expect(await outcome(w.maria)).toEqual({ kind: "rate_limited", retryAfterMs: 7_000 });
    expect(JSON.parse(kept()[0]?.[1] ?? "")).toHaveLength(3);
  });

  it("takes a view that was closed, or is too old, for done", async () => {
    const [closed, old, openStill] = [await open(w.maria), await open(w.maria), await open(w.maria)];
    w.slack.closeModal(closed);
    old.at -= 2 * 86_400_000;
    expect(await outcome(w.maria)).toBe("done");
    expect(read(openStill)).toBe(GONE);
    expect(kept()).toEqual([]);
    await open(w.omar);
    w.slack.failNext({ error: "view_not_found" });
    expect(await outcome(w.omar)).toBe("done");
  });
});

describe("a view that opens while it is taken back", () => {
  /** Slack holds back its answer to views.open until the overwriting is over. */
  const opening = async (between: () => Promise<unknown>) => {
    const letGo = w.slack.hold("views.open");
    w.answer = () => ({ form: content });
    await w.slack.command(w.maria, "open I-31", w.slack.direct(w.maria));
    await expect.poll(() => w.slack.calls.at(-1)?.method).toBe("views.open");
    await between();
    letGo();
    await w.adapter.idle();
    return shownTo(w.maria);
  };

  it("is overwritten once it is open", async () => {
    expect(read(await opening(() => outcome(w.maria)))).toBe(GONE);
    expect(updates()).toHaveLength(1);
  });

  it("is overwritten though Slack fails at first", async () => {
    w.slack.failNext({ status: 503 }, "views.update");
    expect(read(await opening(() => outcome(w.maria)))).toBe(GONE);
    expect(updates()).toHaveLength(2);
  });

  it("is overwritten where a click put it into a modal that was open, also when Slack's answer was lost", async () => {
    const view = await open(w.maria, { ...content, live: undefined, fields: [{ type: "note", text: ["A list"] }] });
    w.answer = () => ({ form: content });
    const click = async (n: number) => {
      const payload = {
        type: "block_actions",
        user: { id: w.maria.id, team_id: w.team.id },
        team: { id: w.team.id },
        container: { type: "view", view_id: view.id },
        view: { id: view.id, type: "modal", private_metadata: "" },
        trigger_id: w.slack.trigger(w.maria),
        actions: [{ type: "button", action_id: "open", value: `north/I-${n}` }],
      };
      const letGo = w.slack.hold("views.update");
      await w.slack.send(w.slack.request("interactive", payload));
      await expect.poll(() => updates().length).toBe(n);
      expect(JSON.stringify(updates().at(-1)?.args)).toContain(CANARY);
      // The view is known by now; the overwriting reaches Slack before the words do.
      const failed = outcome(w.maria);
      await expect.poll(() => updates().length).toBe(n + 1);
      letGo();
      return failed;
    };
    expect(await click(1)).toBe("done");
    await w.adapter.idle();
    expect(updates()).toHaveLength(3);
    expect(read(view)).toBe(GONE);
    w.slack.failNext("no_answer", "views.update");
    expect(await click(4)).toBe("done");
    await w.adapter.idle();
    expect(read(view)).toBe(GONE);
    expect(updates()).toHaveLength(6);
  });

  it("is left alone where another form was overwritten, or another person's", async () => {
    const view = await opening(async () => {
      await overwrite(w.maria, "another share");
      await overwrite(w.omar);
    });
    expect(read(view)).toContain(CANARY);
  });

  it("is not even sent where the core answered too late and Slack waits for the answer", async () => {
    const view = await open(w.maria, conditions);
    w.answer = async () => {
      await overwrite(w.maria);
      return { form: content };
    };
    const { body } = await w.slack.submit(w.maria, { purpose: "investigation" });
    expect(JSON.stringify(body)).not.toContain(CANARY);
    expect(read(view)).toBe(GONE);
  });

  it("may be opened again under the new conditions", async () => {
    await open(w.maria);
    await overwrite(w.maria);
    later(1_500);
    const again = await open(w.maria);
    expect(read(again)).toContain(CANARY);
    await overwrite(w.maria, SHARE, { ...gone, text: "x", blocks: [{ type: "text", text: "Recalled after all." }] });
    expect(read(again)).toBe("x|Recalled after all.|Fermer");
  });
});

const install = async (team: Team, how?: { org: boolean }) => {
  const asked = await fetch(`${w.origin}/slack/install`, { redirect: "manual" });
  const cookie = asked.headers.get("set-cookie")?.split(";")[0] ?? "";
  const back = w.slack.approve(asked.headers.get("location") ?? "", team, how);
  const { status } = await fetch(`${w.origin}${back.pathname}${back.search}`, { headers: { cookie } });
  expect(status).toBe(200);
};
