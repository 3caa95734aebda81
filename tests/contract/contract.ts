import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Block,
  DeliveryError,
  type Form,
  type Inbound,
  MENTION,
  type Message,
  type Reply,
} from "../../src/chat/index.js";
import type { Harness } from "./harness.js";

const message = (text: string, blocks: Block[] = [{ type: "text", text }]): Message => ({ text, blocks, lang: "en" });

const form: Form = {
  id: "task.new",
  title: "New task",
  submit: "Assign",
  cancel: "Cancel",
  state: "body/T-1",
  lang: "en",
  intro: "Who should do what by when?",
  fields: [
    { type: "text", name: "title", label: "What", maxLength: 200 },
    { type: "text", name: "detail", label: "More", multiline: true, optional: true },
    {
      type: "choice",
      name: "priority",
      label: "Priority",
      options: [
        { value: "normal", label: "Normal" },
        { value: "urgent", label: "Urgent" },
      ],
      value: "normal",
    },
    { type: "lookup", name: "agency", label: "Agency", source: "agency" },
    {
      type: "moment",
      name: "by",
      label: "By when",
      optional: true,
      value: "2026-12-04T17:00",
      time: { label: "Time", zone: "Europe/Athens" },
      none: { label: "Or without a date", box: "No date" },
    },
    { type: "note", text: "A deadline binds once agreed." },
  ],
};

const nasty = "<!channel> <@U1> *b* _i_ ~s~ `c` [click](https://evil.example) <b>x</b> &amp; \u202Eabc 中文 العربية";

/** What every adapter does, whatever the platform. */
export function adapterContract(name: string, make: () => Promise<Harness>): void {
  describe(`${name}: adapter contract`, () => {
    let h: Harness;
    let seen: Inbound[];
    let answer: (inbound: Inbound) => Reply | Promise<Reply>;

    beforeEach(async () => {
      h = await make();
      seen = [];
      answer = () => undefined;
      await h.start(async (inbound) => {
        seen.push(inbound);
        return answer(inbound);
      });
    });
    afterEach(async () => h.stop());

    it("brings a command with the account, the place and the mentions, never by display name", async () => {
      answer = () => ({ post: message("Noted."), private: true });
      const screen = await h.command(h.maria, "task @omar Inspect <3> farms & report", "personal");
      expect(screen.text).toContain("Noted.");
      expect(screen.private).toBe(true);
      const [inbound] = seen;
      if (inbound?.type !== "command") throw new Error(`got ${inbound?.type}`);
      expect(inbound.actor).toMatchObject({ platform: h.maria.platform, tenant: h.maria.tenant, user: h.maria.user });
      expect(inbound.text.replace(MENTION, "@")).toBe("task @ Inspect <3> farms & report");
      expect(inbound.mentions).toEqual([{ platform: h.omar.platform, tenant: h.omar.tenant, user: h.omar.user }]);
      expect(inbound.conversation).toMatchObject({ platform: h.maria.platform, kind: "personal" });
      expect(inbound.key).not.toBe("");
    });

    it("answers privately in a channel", async () => {
      answer = () => ({ post: message("Only for Maria."), private: true });
      const screen = await h.command(h.maria, "who", "channel");
      expect(screen.text).toContain("Only for Maria.");
      expect(screen.private).toBe(true);
      expect(seen[0]?.conversation.kind).not.toBe("personal");
    });

    it("gives a repeated delivery the same key", async () => {
      answer = () => ({ post: message("Once."), private: true });
      await h.command(h.maria, "who", "personal");
      expect(await h.redeliverLast()).toBeLessThan(300);
      expect(seen).toHaveLength(2);
      expect(seen[1]?.key).toBe(seen[0]?.key);
    });

    it("lets the platform deliver again when nothing was kept, and lives on", async () => {
      answer = () => {
        throw new Error("database away: secret words");
      };
      const failed = await h.command(h.maria, "who", "personal").catch((error: unknown) => error);
      expect(JSON.stringify(failed)).not.toContain("secret words");
      expect(await h.redeliverLast()).toBeGreaterThanOrEqual(500);
      answer = () => ({ post: message("Back."), private: true });
      expect((await h.command(h.maria, "who", "personal")).text).toContain("Back.");
    });

    it("shows what people typed letter by letter, in every block", async () => {
      answer = () => ({
        private: true,
        post: message(nasty, [
          { type: "heading", text: nasty },
          { type: "text", text: ["a ", { bold: nasty }, " ", { italic: nasty }, " ", { code: nasty }] },
          { type: "facts", facts: [{ label: nasty, value: nasty }] },
          { type: "list", items: [{ title: nasty, detail: nasty }] },
          { type: "quote", text: nasty, by: nasty },
          { type: "context", text: nasty },
          { type: "divider" },
        ]),
      });
      const screen = await h.command(h.maria, "who", "personal");
      // All but what would turn the words around it.
      const letters = (text: string) => text.replace("\u202E", "").replace(/\s+/g, " ");
      expect(screen.text).not.toContain("\u202E");
      expect(letters(screen.text).split(letters(nasty)).length - 1).toBeGreaterThanOrEqual(10);
    });

    it("brings a click with the id, the value and the message, and replaces the message", async () => {
      answer = (inbound) => {
        if (inbound.type === "command")
          return {
            private: true,
            post: message("T-1", [
              { type: "text", text: "T-1 is asked" },
              { type: "actions", actions: [{ type: "button", id: "task.done", label: "Done", value: "jcb/T-1" }] },
            ]),
          };
        return { update: message("T-1 is done") };
      };
      const before = await h.command(h.maria, "T-1", "personal");
      const after = await before.buttons.find((b) => b.label === "Done")?.press();
      expect(seen[1]).toMatchObject({
        type: "action",
        id: "task.done",
        value: "jcb/T-1",
        actor: { user: h.maria.user },
      });
      expect(after?.text).toContain("T-1 is done");
      expect(after?.text).not.toContain("T-1 is asked");
    });

    it("brings a choice from a menu with its prefix", async () => {
      answer = (inbound) =>
        inbound.type === "command"
          ? {
              private: true,
              post: message("T-1", [
                {
                  type: "actions",
                  actions: [
                    {
                      type: "menu",
                      id: "task.give",
                      label: "Give to",
                      prefix: "jcb/T-1/",
                      options: [
                        { value: "p1", label: "Maria" },
                        { value: "p2", label: "Omar" },
                      ],
                    },
                  ],
                },
              ]),
            }
          : { update: message("Given to Omar") };
      const screen = await h.command(h.maria, "T-1", "personal");
      const after = await screen.menus[0]?.choose("Omar");
      expect(seen[1]).toMatchObject({ type: "action", id: "task.give", value: "jcb/T-1/p2" });
      expect(after?.text).toContain("Given to Omar");
    });

    it("opens a form from a button, keeps what was typed beside the error, then takes it", async () => {
      answer = (inbound) => {
        if (inbound.type === "command")
          return {
            private: true,
            post: message("New", [
              { type: "actions", actions: [{ type: "button", id: "task.new", label: "New task", opens: true }] },
            ]),
          };
        if (inbound.type === "action") return { form };
        if (inbound.type === "suggest") return { options: [{ value: "a1", label: `Labour ${inbound.query}` }] };
        if (inbound.type === "submit")
          return inbound.values.title === "bad"
            ? { errors: { title: "Say what is to be done, e.g. Inspect 3 farms." } }
            : { post: message("T-2 asked"), private: true };
        return undefined;
      };
      const card = await h.command(h.maria, "task", "personal");
      const opened = await card.buttons[0]?.press();
      expect(opened?.form?.title).toBe("New task");
      expect(opened?.form?.fields.map((f) => f.name)).toEqual([
        ...["title", "detail", "priority", "agency"],
        ...["by", "by:time", "by:none"],
      ]);
      expect(await opened?.form?.lookup("agency", "lab")).toEqual(["Labour lab"]);
      const refused = await opened?.form?.submit({
        title: "bad",
        detail: "line 1\nline 2",
        priority: "urgent",
        agency: "a1",
        by: "2026-12-07",
        "by:time": "",
      });
      const title = refused?.form?.fields.find((f) => f.name === "title");
      expect(title?.error).toContain("Inspect 3 farms");
      expect(title?.value).toBe("bad");
      expect(refused?.form?.fields.find((f) => f.name === "detail")?.value).toBe("line 1\nline 2");
      const picked = Object.fromEntries(refused?.form?.fields.map(({ name, value }) => [name, value]) ?? []);
      expect([picked.by, picked["by:time"] || undefined]).toEqual(["2026-12-07", undefined]);
      const done = await refused?.form?.submit({
        ...{ title: "Inspect", detail: "", priority: "urgent", agency: "a1" },
        ...{ by: "2026-12-07", "by:time": "09:30" },
      });
      expect(done?.text).toContain("T-2 asked");
      const submits = seen.filter((i) => i.type === "submit");
      expect(submits).toHaveLength(2);
      expect(submits[1]).toMatchObject({
        form: "task.new",
        state: "body/T-1",
        values: { title: "Inspect", priority: "urgent", agency: "a1", by: "2026-12-07T09:30" },
      });
      expect(new Set(submits.map((s) => s.key)).size).toBe(2);
    });

    it("delivers to a person, says where, and updates it there", async () => {
      const ref = await h.adapter.deliver({
        kind: "post",
        to: { person: h.omar },
        message: message("You are asked: T-3"),
      });
      expect((await h.inbox(h.omar)).text).toContain("You are asked: T-3");
      const again = await h.adapter.deliver({ kind: "update", ref, message: message("T-3 was withdrawn") });
      expect(again.id).toBe(ref.id);
      expect((await h.inbox(h.omar)).text).toContain("T-3 was withdrawn");
      expect((await h.inbox(h.omar)).text).not.toContain("You are asked");
      expect(h.posted()).toBe(1);
    });

    it("brings a reply in the thread of Coord's message", async () => {
      const ref = await h.adapter.deliver({ kind: "post", to: { person: h.omar }, message: message("T-4 card") });
      await h.replyInThread(h.omar, "We need <two> more days");
      const reply = seen.find((i) => i.type === "threadReply");
      expect(reply).toMatchObject({
        text: "We need <two> more days",
        thread: { id: ref.id },
        actor: { user: h.omar.user },
      });
    });

    it("overwrites a live form that is open, and no other; or says by its shape that it cannot", async () => {
      const { overwrite } = h.adapter;
      expect({ overwrites: overwrite !== undefined, reads: h.reading !== undefined }).toEqual({
        overwrites: h.adapter.platform !== "teams",
        reads: h.adapter.platform !== "teams",
      });
      if (!overwrite || !h.reading) return;
      const note = { type: "note" as const, text: ["zqcanaryqz"] };
      const read: Form = { ...form, submit: undefined, live: "share 1", intro: undefined };
      const button = { type: "button" as const, id: "open", label: "Open", value: "north/I-1", opens: true as const };
      answer = (inbound) =>
        inbound.type === "command"
          ? { private: true, post: message("I-1", [{ type: "actions", actions: [button] }]) }
          : { form: { ...read, fields: [note] } };
      for (const who of [h.maria, h.omar]) {
        const card = await h.command(who, "I-1", "personal");
        await card.buttons.find(({ label }) => label === "Open")?.press();
        expect(await h.reading(who)).toContain("zqcanaryqz");
      }
      const gone = message("I-1 is recalled.", [
        { type: "heading", text: "I-1 heron" },
        { type: "text", text: "I-1 is recalled." },
        { type: "actions", actions: [button] },
      ]);
      await overwrite(h.maria, "share 2", gone);
      expect(await h.reading(h.maria)).toContain("zqcanaryqz");
      await overwrite(h.maria, "share 1", gone);
      expect((await h.reading(h.maria))?.split("\n")).toEqual(["I-1 heron", "I-1 is recalled."]);
      expect(await h.reading(h.omar)).toContain("zqcanaryqz");
      // Again, and to somebody with nothing open: no error.
      await overwrite(h.maria, "share 1", gone);
      expect(h.posted()).toBe(0);
    });

    it("opens a form from a message that somebody points at", async () => {
      answer = (inbound) => (inbound.type === "shortcut" ? { form } : undefined);
      const screen = await h.makeTaskOf(h.maria, "Trucks seen at <km 12>");
      expect(seen[0]).toMatchObject({
        type: "shortcut",
        id: "task.from_message",
        message: { text: "Trucks seen at <km 12>" },
      });
      expect(screen.form?.title).toBe("New task");
    });

    it("shows the home screen where there is one", async () => {
      if (!h.home) return;
      answer = (inbound) => (inbound.type === "home" ? { home: message("You owe nothing") } : undefined);
      expect((await h.home(h.maria)).text).toContain("You owe nothing");
    });

    it("tells rate limits, passing and permanent failures apart, and never tries twice by itself", async () => {
      const send = () => h.adapter.deliver({ kind: "post", to: { person: h.omar }, message: message("x") });
      const outcome = async () => {
        const error = await send().catch((e: unknown) => e);
        if (!(error instanceof DeliveryError)) throw new Error(`not a DeliveryError: ${String(error)}`);
        return error.outcome;
      };
      h.failNext("rate_limited");
      expect(await outcome()).toMatchObject({ kind: "rate_limited", retryAfterMs: expect.any(Number) });
      h.failNext("server_error");
      expect(await outcome()).toMatchObject({ kind: "passing" });
      h.failNext("account_gone");
      expect(await outcome()).toMatchObject({ kind: "permanent" });
      expect(h.posted()).toBe(0);
      await send();
      expect(h.posted()).toBe(1);
    });

    it("stays within the platform's limits whatever the size", async () => {
      const long = "Ж".repeat(40_000);
      const items = Array.from({ length: 300 }, (_, n) => ({
        title: `T-${n} ${"x".repeat(200)}`,
        action: { type: "button" as const, id: "task.open", label: "Open", value: `jcb/T-${n}` },
      }));
      answer = () => ({
        private: true,
        post: message(long, [
          { type: "heading", text: long },
          { type: "text", text: long },
          { type: "list", items },
          {
            type: "facts",
            facts: Array.from({ length: 40 }, (_, n) => ({ label: `Fact ${n}`, value: long.slice(0, 3_000) })),
          },
          {
            type: "actions",
            actions: Array.from({ length: 30 }, (_, n) => ({
              type: "button" as const,
              id: `a${n}`,
              label: long.slice(0, 100),
            })),
          },
        ]),
      });
      const screen = await h.command(h.maria, "list", "personal");
      expect(screen.text).toContain("T-0 ");
      expect(screen.text).toContain("…");
    });
  });
}
