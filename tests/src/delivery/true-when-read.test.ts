import { afterEach, describe, expect, it } from "vitest";
import { renderMessage as slackMessage } from "../../../adapters/slack/render.js";
import { renderMessage as teamsMessage } from "../../../adapters/teams/render.js";
import { formOf, relativeDays, type Sent, World, words } from "../../world.js";

/** What stands on a screen is true whenever it is read. It begins on Monday 23 November 2026 at 10:00 in Athens. */

let w: World;
afterEach(() => w?.close());

/** What each platform shows of a message, in the payload that it is given. */
const shown = (sent: Sent): string[] => {
  const payloads = [slackMessage(sent.message), teamsMessage(sent.message).card];
  return payloads.map((payload) => JSON.stringify(payload));
};

const both = (sent: Sent, what: string | RegExp) => {
  for (const payload of shown(sent)) expect(payload).toMatch(what);
};
const neither = (sent: Sent, what: string | RegExp) => {
  for (const payload of shown(sent)) expect(payload).not.toMatch(what);
};

describe("a card that nobody touches", () => {
  it("is true over midnight, its date, a month and New Year, in both languages", async () => {
    w = await World.create({
      people: { Maria: "police focal_point", Eleni: "labour focal_point teams" },
      lang: { Eleni: "fr" },
    });
    await w.ask("Maria", "task @labour Inspect the farm by Tue 24 Nov 17:00");
    await w.settle();
    await w.pass({ minutes: 1 }, 1);
    const cards = [
      { of: "Maria", date: /Tue 24 Nov 17:00/, late: /Late/, dated: /Tue 24 Nov 2026 17:00/ },
      { of: "Eleni", date: /mar. 24 nov. 17:00/, late: /En retard/, dated: /mar. 24 nov. 2026 17:00/ },
    ].map((said) => ({ ...said, card: () => w.card(said.of, "T-1") }));
    for (const { card, date } of cards) both(card(), date);

    // Over midnight, and to an hour before it is due.
    await w.pass({ hours: 30 }, 900);
    for (const { card, date, late } of cards) {
      both(card(), date);
      neither(card(), late);
    }
    await w.pass({ minutes: 61 }, 61);
    for (const { card, late } of cards) both(card(), late);
    await w.pass({ days: 30 }, 43_200);
    for (const { card, date, dated } of cards) {
      both(card(), date);
      neither(card(), dated);
    }
    await w.pass({ days: 10 }, 14_400);
    for (const { card, dated } of cards) both(card(), dated);
  });

  it("is drawn anew for its date, and for nothing before", async () => {
    w = await World.create({ people: { Maria: "police focal_point", Eleni: "labour focal_point teams" } });
    await w.ask("Maria", "task @labour Inspect the farm by Wed 25 Nov 17:00");
    await w.settle();
    await w.pass({ minutes: 1 }, 1);
    const before = w.card("Maria", "T-1").updates;
    await w.pass({ hours: 20 }, 600);
    expect(w.card("Maria", "T-1").updates).toBe(before);
    // Moved, it turns at the new moment and not at the old one.
    await w.ask("Maria", "date T-1 Fri 27 Nov 17:00");
    await w.pass({ hours: 40 }, 1_200);
    both(w.card("Maria", "T-1"), /Fri 27 Nov 17:00/);
    neither(w.card("Maria", "T-1"), /Late/);
    await w.pass({ hours: 48 }, 1_440);
    both(w.card("Maria", "T-1"), /Late/);
  });

  it("says the year where nothing will change it any more", async () => {
    w = await World.create({ people: { Maria: "police focal_point", Eleni: "labour focal_point teams" } });
    await w.ask("Maria", "task @labour Inspect the farm by Wed 25 Nov 17:00");
    await w.ask("Maria", "cancel T-1 Not needed");
    await w.settle();
    both(w.card("Eleni", "T-1"), /Wed 25 Nov 2026 17:00/);
  });

  it("of a meeting offers Start, closes its agenda, and is missed when its time is over", async () => {
    w = await World.create({ people: { Sofia: "secretariat coordinator focal_point", Maria: "police focal_point" } });
    await w.ask("Sofia", "meet Coordination Tue 1 Dec 10:00 60m with @police");
    await w.settle();
    await w.pass({ days: 1 }, 1_440);
    both(w.card("Maria", "M-1"), /Tue 1 Dec 10:00/);
    both(w.card("Maria", "M-1"), /Items for the agenda until/);
    await w.pass({ days: 6, hours: 23, minutes: 40 }, 1_440);
    both(w.card("Sofia", "M-1"), /"Start"/);
    both(w.card("Maria", "M-1"), /The agenda is closed/);
    await w.pass({ hours: 2 }, 120);
    both(w.card("Maria", "M-1"), /Its time has passed/);
  });
});

describe("a time in a conversation of several", () => {
  it("never stands without its zone, and in one's own chat only where one's clock is another", async () => {
    w = await World.create({ people: { Maria: "police focal_point", Eleni: "labour focal_point teams" } });
    const conversation = { platform: "teams", tenant: "teams-labour", id: "19:labour", kind: "channel" } as const;
    await w.say("Eleni", "bind @labour", { conversation });
    await w.ask("Maria", "settings zone:Europe/London");
    await w.ask("Maria", "task @labour Inspect the farm by Tue 24 Nov 17:00");
    await w.settle();
    const posted = w.sent.find((sent) => sent.place === conversation.id && words(sent.message).includes("T-1"));
    if (!posted) throw new Error("not posted");
    both(posted, /Tue 24 Nov 19:00 \(Europe\/Athens\)/);
    both(w.card("Maria", "T-1"), /Tue 24 Nov 17:00"/);
    both(w.card("Eleni", "T-1"), /Tue 24 Nov 19:00 \(Europe\/Athens\)/);
  });
});

describe("a copy of a card", () => {
  const people = { Maria: "police focal_point", Eleni: "labour focal_point teams" };
  const AS_OF = /As of Mon 23 Nov 2026 10:\d\d/;

  it.each(["Maria", "Eleni"])(
    "says when it was true; acted upon it follows the item like the first (%s)",
    async (name) => {
      w = await World.create({ people });
      await w.ask("Maria", "task @labour Inspect the farm by Fri 17:00");
      await w.settle();
      const copy = w.stands(name, await w.say(name, "T-1"));
      const untouched = w.stands(name, await w.say(name, "T-1"));
      for (const one of [copy, untouched]) both(one, AS_OF);
      const button = name === "Maria" ? ["say", "A word"] : ["decline", "We cannot"];
      const form = formOf(await w.click(name, button[0] ?? "", "north/T-1", copy.ref));
      await w.submit(name, form, {
        [form.fields.flatMap((f) => ("name" in f ? [f.name] : []))[0] ?? ""]: button[1] ?? "",
      });
      await w.settle();
      neither(copy, AS_OF);
      await w.ask("Maria", "cancel T-1 Not needed");
      await w.ask("Maria", "task @labour Another");
      await w.settle();
      both(copy, name === "Maria" ? /Cancelled/ : /Declined/);
      both(untouched, AS_OF);
    },
  );

  it("that only one person sees for a while keeps the moment at which it was true", async () => {
    w = await World.create({ people: { ...people, Omar: "labour staff teams" } });
    await w.ask("Maria", "task @Omar Inspect the farm by Fri 17:00");
    await w.settle();
    const copy = w.stands("Omar", await w.say("Omar", "T-1"));
    const reply = await w.click("Omar", "accept", "north/T-1", { ...copy.ref, passing: true });
    expect(reply && "update" in reply && words(reply.update)).toMatch(AS_OF);
  });

  it("of a share shows everywhere that it was recalled", async () => {
    w = await World.create({ people });
    const first = formOf(await w.say("Maria", "share @labour"));
    const wanted = first.fields.flatMap((f) => ("name" in f && f.name === "with" ? [f] : []))[0];
    const value = wanted && "value" in wanted && Array.isArray(wanted.value) ? wanted.value : [];
    const second = formOf(
      await w.submit("Maria", first, {
        kind: "a",
        label: "AMBER",
        with: value.map((one) => (typeof one === "string" ? one : one.value)),
      }),
    );
    const draft = w.stands("Maria", await w.submit("Maria", second, { title: "A title", content: "Words" }));
    const ref = /I-\d+/.exec(words(draft.message))?.[0] ?? "";
    const question = w.stands("Maria", await w.press("Maria", draft, "Release"));
    const [yes] = question.message.blocks.flatMap((block) => (block.type === "actions" ? block.actions : []));
    if (yes?.type !== "button") throw new Error("nothing to say yes with");
    await w.click("Maria", yes.id, yes.value ?? "", question.ref);
    await w.settle();
    const shownOnce = w.stands("Maria", await w.say("Maria", ref));
    const recall = await w.press("Maria", shownOnce, "Recall");
    await w.submit("Maria", formOf(recall), { reason: "Wrong person" });
    await w.settle();
    const acted = w.inbox("Maria").filter((sent) => sent !== draft && words(sent.message).startsWith(ref));
    expect(acted).toEqual(expect.arrayContaining([question, shownOnce]));
    both(draft, AS_OF);
    for (const sent of acted) {
      both(sent, /Recalled/);
      neither(sent, /"Recall"/);
    }
  });

  it("is not what a form's state of somebody else's making names", async () => {
    w = await World.create({ people });
    await w.ask("Maria", "task @labour Inspect the farm by Fri 17:00");
    await w.settle();
    const theirs = w.stands("Maria", await w.say("Maria", "T-1"));
    const form = formOf(await w.click("Eleni", "decline", "north/T-1", w.card("Eleni", "T-1").ref));
    const state = { ...JSON.parse(form.state), from: { conversation: theirs.ref.conversation.id, id: theirs.ref.id } };
    await w.submit("Eleni", { ...form, state: JSON.stringify(state) }, { reason: "No" });
    await w.settle();
    expect(theirs.updates).toBe(0);
  });
});

describe("a notice", () => {
  const people = { Maria: "police focal_point", Eleni: "labour focal_point teams", Omar: "labour staff teams" };
  const labels = (sent: Sent) =>
    sent.message.blocks.flatMap((block) => (block.type === "actions" ? block.actions.map(({ label }) => label) : []));
  const begun = async () => {
    w = await World.create({ people });
    await w.ask("Maria", "task @Omar Inspect the farm by Fri 17:00");
    await w.ask("Omar", "accept T-1");
    await w.settle();
  };

  it("of another date says which and instead of which, carries the answer, and loses it when it is given", async () => {
    await begun();
    expect(await w.ask("Omar", "date T-1 Thu 12:00")).toContain("means a later date");
    await w.ask("Omar", "date T-1 Tue 1 Dec 12:00");
    await w.settle();
    const asks = w.last("Maria");
    expect(words(asks.message)).toContain("asks for Tue 1 Dec 12:00 instead of Fri 27 Nov 17:00: T-1");
    expect(labels(asks)).toEqual(["Agree to new date", "Keep the date", "Open"]);
    await w.press("Maria", asks, "Agree to new date");
    await w.settle();
    await w.pass({ minutes: 1 }, 1);
    expect(labels(asks)).toEqual(["Open"]);
    expect(words(asks.message)).toContain("instead of Fri 27 Nov 17:00");
    expect(words(w.card("Omar", "T-1").message)).toContain("Tue 1 Dec 12:00");
  });

  it("that reminds is settled when it is done, and its old buttons say so before anything is typed", async () => {
    await begun();
    await w.pass({ days: 4, hours: 8 }, 480);
    const reminder = w.inbox("Omar").findLast(({ message }) => message.text.startsWith("Reminder"));
    if (!reminder) throw new Error("not reminded");
    expect(labels(reminder)).toContain("Done");
    const old = structuredClone(reminder);
    await w.ask("Omar", "done T-1 Inspected");
    await w.settle();
    await w.pass({ minutes: 1 }, 1);
    expect(labels(w.last("Maria"))).toEqual(["Close", "Not yet", "Open"]);
    expect(words(reminder.message)).toContain("settled");
    expect(labels(reminder)).toEqual([]);
    const pressed = await w.press("Omar", old, "Done");
    expect(pressed && "post" in pressed && words(pressed.post)).toContain("T-1 has moved on");
  });
});

it("everything that a body says names each day by its date, in both languages", async () => {
  const people = {
    Sofia: "secretariat coordinator focal_point",
    Maria: "police focal_point",
    Eleni: "labour focal_point teams",
  };
  w = await World.create({ people, lang: { Eleni: "fr" } });
  const said: unknown[] = w.payloads;
  const say = async (name: string, text: string) => {
    said.push(await w.say(name, text));
    await w.settle();
  };
  await say("Maria", "task @labour Inspect the farm by Mon 23 Nov 17:00");
  await say("Maria", "task @labour Inspect the port by Tue 24 Nov 17:00");
  await say("Eleni", "accept T-1");
  await say("Eleni", "date T-2 Tue 24 Nov 18:00");
  await say("Sofia", "meet Coordination Tue 24 Nov 10:00 60m with all");
  for (const line of ["inbox", "tasks", "T-1", "M-1", "meetings", "who @labour", "digest"])
    for (const name of ["Maria", "Eleni"]) await say(name, line);
  await w.pass({ hours: 36 }, 240);
  for (const line of ["inbox", "T-1", "M-1", "digest"]) await say("Eleni", line);
  expect(said.length).toBeGreaterThan(30);
  expect(said.flatMap(relativeDays)).toEqual([]);
});
