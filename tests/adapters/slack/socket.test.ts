import { afterEach, beforeEach, expect, it } from "vitest";
import { readText } from "../../fakes/slack/read.js";
import { text, type World, world } from "./world.js";

let w: World;
beforeEach(async () => {
  w = await world({ socket: true });
});
afterEach(async () => w.stop());

const connected = async (wanted: boolean) => {
  for (const end = Date.now() + 20_000; w.slack.connected !== wanted && Date.now() < end; )
    await new Promise((done) => setTimeout(done, 20));
  expect(w.slack.connected).toBe(wanted);
};

const form = {
  id: "task.new",
  title: "New task",
  submit: "Assign",
  cancel: "Cancel",
  state: "s",
  lang: "en",
  fields: [
    { type: "text" as const, name: "title", label: "What" },
    { type: "lookup" as const, name: "agency", label: "Agency", source: "agency", optional: true as const },
  ],
};

it("goes round: command, form, lookup, error, submission, event", async () => {
  const direct = w.slack.direct(w.maria);
  w.answer = (inbound) => {
    switch (inbound.type) {
      case "command":
        return inbound.text === "task" ? { form } : { post: text("Noted"), private: true };
      case "suggest":
        return { options: [{ value: "a1", label: `Labour ${inbound.query}` }] };
      case "submit":
        return inbound.values.title === "bad" ? { errors: { title: "Say what." } } : undefined;
      default:
        return undefined;
    }
  };
  expect((await w.slack.command(w.maria, "tasks", direct)).status).toBe(200);
  expect(w.slack.messages.map((one) => w.slack.read(one))).toEqual(["Noted"]);

  await w.slack.command(w.maria, "task", direct);
  await w.adapter.idle();
  expect(readText(w.slack.modalOf(w.maria)?.view.title)).toBe("New task");
  expect(await w.slack.lookup(w.maria, "agency", "x")).toEqual(["Labour x"]);
  await w.slack.submit(w.maria, { title: "bad", agency: "a1" });
  expect(w.slack.modalOf(w.maria)?.errors).toEqual({ title: "Say what." });
  await w.slack.submit(w.maria, { title: "good" });
  expect(w.slack.modalOf(w.maria)).toBeUndefined();
  expect(w.seen.at(-1)).toMatchObject({ values: { title: "good", agency: "a1" } });

  await w.slack.say(w.maria, "tasks", direct);
  await w.adapter.idle();
  expect(w.slack.read(w.slack.inbox(w.maria) as never)).toBe("Noted");
  expect(new Set(w.seen.map(({ key }) => key)).size).toBe(w.seen.length);
});

it("acknowledges nothing that was not kept, and lives on", async () => {
  w.answer = () => {
    throw new Error("database away");
  };
  expect((await w.slack.command(w.maria, "tasks", w.slack.direct(w.maria))).status).toBe(504);
  w.answer = () => ({ post: text("Back"), private: true });
  expect((await w.slack.command(w.maria, "tasks", w.slack.direct(w.maria))).status).toBe(200);
  expect(JSON.stringify(w.log)).not.toContain("database");
});

it("comes back by itself when Slack moves the connection, or is away a while", async () => {
  w.slack.failNext({ status: 503 });
  w.slack.dropSockets();
  await connected(false);
  await connected(true);
  expect(w.log.map(({ event }) => event)).toContain("slack.socket_unreachable");
  expect((await w.slack.command(w.maria, "tasks", w.slack.direct(w.maria))).status).toBe(200);
});

it("takes no request by HTTP", async () => {
  const request = w.slack.request("slash_commands", { command: "/coord", user_id: "U1", team_id: "T1" });
  expect((await w.slack.send(request)).status).toBe(404);
  expect(w.seen).toEqual([]);
});

it("lets go of the connection when stopped", async () => {
  await w.adapter.stop();
  await connected(false);
});
