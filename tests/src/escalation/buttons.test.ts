import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Button, Reply } from "../../../src/chat/index.js";
import { formOf, type Sent, textOf, World, words } from "../../world.js";
import { open, release } from "../shares/acting.js";

/** What asks carries the button that does it; an old button says what is so now, before anything is typed. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Maria: "police focal_point staff",
      Eleni: "labour focal_point staff teams",
      Omar: "labour staff teams",
      Sofia: "secretariat coordinator",
      Claire: "border focal_point staff",
    },
    lang: { Claire: "fr" },
  });
});
afterAll(() => w.close());

/** Every button of a message, the lines' too. */
const buttons = ({ message }: Pick<Sent, "message">): string[] =>
  message.blocks.flatMap((block): string[] => {
    if (block.type === "actions") return block.actions.map(({ label }) => label);
    if (block.type !== "list") return [];
    return block.items.flatMap(({ action, steps = [] }) =>
      [...steps, ...(action ? [action] : [])].map((one: Button) => one.label),
    );
  });
const isForm = (reply: Reply): boolean => reply !== undefined && "form" in reply;
async function asked(name: string, line: string): Promise<string> {
  const ref = /[TMOK]-\d+/.exec(await w.ask(name, line))?.[0];
  await w.settle();
  return ref ?? "";
}
const said = (name: string, text: string): Sent | undefined =>
  w.inbox(name).findLast(({ message }) => words(message).includes(text));

describe("a task", () => {
  it("offers its requester to remind, edit and withdraw, and the focal point to accept, as each may", async () => {
    const ref = await asked("Maria", "task @labour Count the lorries by Fri 17:00");
    expect(buttons(w.card("Maria", ref))).toEqual(["Remind", "Edit", "Withdraw", "Reply"]);
    expect(buttons(w.card("Eleni", ref))).toEqual(["Give to", "Accept", "Other date", "Decline", "Reply"]);
    await w.press("Eleni", w.card("Eleni", ref), "Accept");
    await w.settle();
    expect(textOf(await w.say("Maria", ref))).toContain("For: Eleni, Labour");
    const edit = formOf(await w.press("Maria", w.card("Maria", ref), "Edit"));
    expect(edit.fields.find((field) => "name" in field && field.name === "title")).toMatchObject({
      value: "Count the lorries",
    });
    expect(textOf(await w.press("Maria", w.card("Maria", ref), "Remind"))).toContain("One reminder is on its way");
    await w.settle();
    expect(buttons(w.last("Eleni"))).toEqual(["Done", "More time", "Problem", "Open"]);
    // What withdraws asks first; then nothing of it is offered, and the news' buttons are gone.
    const old = w.card("Maria", ref).message;
    const withdraw = formOf(await w.press("Maria", w.card("Maria", ref), "Withdraw"));
    await w.submit("Maria", withdraw, { reason: "Called off" });
    await w.settle();
    expect(buttons(w.card("Maria", ref))).toEqual([]);
    expect(buttons(said("Eleni", "kindly asks") ?? { message: old })).toEqual(["Open"]);
  });
});

describe("several at once", () => {
  it("a bundle asks line by line, is drawn anew as they are answered, and says of what it is settled", async () => {
    const [one, two] = [
      await asked("Maria", "task @Omar Photograph the barrier by Tue 15:00"),
      await asked("Maria", "task @Omar Test the radio by Tue 15:00"),
    ];
    await w.click("Omar", "accept", `north/${one}`);
    await w.click("Omar", "accept", `north/${two}`);
    await w.pass({ hours: 29 }, 300);
    const bundle = w.inbox("Omar").findLast(({ message }) => message.text.startsWith("Reminder: 2 tasks"));
    if (!bundle) throw new Error("no bundle");
    expect(buttons(bundle).filter((label) => label !== "Got it")).toEqual(
      [one, two].flatMap(() => ["Done", "More time", "Open"]),
    );
    const done = formOf(await w.press("Omar", bundle, "Done", one));
    expect(textOf(await w.submit("Omar", done, { evidence: "Twelve pictures" }))).toContain(one);
    await w.settle();
    expect(words(bundle.message)).not.toContain(one);
    expect(buttons(bundle)).toContain("Done");
    await w.ask("Omar", `done ${two}`);
    await w.settle();
    expect(words(bundle.message)).toBe(
      `This reminder is settled (${one} · Photograph the barrier, ${two} · Test the radio). There is nothing left for you to do here.`,
    );
  });

  it("a digest does too; acted upon it shows what waits then, and keeps its other lines", async () => {
    const [one, two] = [
      await asked("Maria", "task @Omar Map the tracks by next Thu 15:00"),
      await asked("Maria", "task @labour Lend a drone by next Thu 15:00"),
    ];
    await w.pass({ hours: 24 }, 480);
    const digest = w.inbox("Eleni").findLast(({ message }) => message.text === "Your morning digest");
    if (!digest) throw new Error("no digest");
    const reply = await w.press("Eleni", digest, "Accept", two);
    expect(textOf(reply)).toContain(two);
    await w.settle();
    expect(words(digest.message)).toContain(one);
    expect(words(digest.message)).toContain(two);
    expect(buttons(digest)).toEqual(expect.arrayContaining(["Accept", "Done", "More time", "Open"]));
    // What was done is gone from it.
    await w.submit("Eleni", formOf(await w.press("Eleni", digest, "Done", two)), { evidence: "Lent" });
    await w.settle();
    expect(words(digest.message)).not.toContain(two);
    expect(words(digest.message)).toContain(one);
  });
});

describe("a notice", () => {
  it("of a poll that closed says the date and asks who comes; answered it asks no more what was said", async () => {
    const ref = await asked("Maria", "meet poll Joint plan 60m with @labour @border by Fri 17:00");
    await w.ask("Eleni", `vote ${ref} maybe:1`);
    await w.ask("Maria", `meet close ${ref} 1`);
    await w.settle();
    const news = said("Eleni", `The date of ${ref}`);
    expect(news && words(news.message)).toMatch(/is found: \w{3} \d+ \w{3} .*\d\d:\d\d.* Will you come\?/);
    expect(buttons(news as Sent)).toEqual(["Yes", "Perhaps", "No", "Send a deputy", "Open"]);
    await w.press("Eleni", news as Sent, "Yes");
    await w.settle();
    expect(buttons(news as Sent)).toEqual(["Perhaps", "No", "Send a deputy", "Open"]);
    const french = said("Claire", "est arrêtée");
    expect(french && words(french.message)).toMatch(/est arrêtée\u00a0: .*Viendrez-vous/);
    expect(buttons(french as Sent).slice(0, 2)).toEqual(["Oui", "Peut-être"]);
  });
});

describe("an old button", () => {
  it("opens no form for what is over, answered or somebody else's, and says what is so", async () => {
    const poll = await asked("Maria", "meet poll Coast plan 60m with @labour by Fri 17:00");
    await w.ask("Eleni", `vote ${poll} 1`);
    await w.submit("Eleni", formOf(await w.click("Eleni", "vote", `north/${poll}`)), { yes: ["1"] });
    await w.ask("Maria", `meet close ${poll} 1`);
    const held = await asked("Maria", "meet Border review Fri 10:00 60m with @labour");
    const off = await asked("Maria", "meet Fuel review Fri 12:00 60m with @labour");
    await w.ask("Maria", `meet cancel ${off}`);
    const closed = await asked("Maria", "task @Omar Read the log by next Fri 17:00");
    await w.ask("Maria", `cancel ${closed}`);
    const objective = formOf(await w.say("Sofia", "plan add Shelter for all"));
    expect(objective.title).not.toBe("");
    const rows: [string, string, string, RegExp][] = [
      ["Eleni", "vote", poll, /poll .* closed|is over/i],
      ["Eleni", "correct", held, /not being circulated/],
      ["Maria", "decide", held, /not running|not started|does not run/i],
      ["Maria", "attendance", held, /not running|not started|does not run/i],
      ["Maria", "note", held, /not running|not started|does not run/i],
      ["Eleni", "meet-move", held, /organi|calls it|Police/i],
      ["Eleni", "agenda-add", off, /cancelled/i],
      ["Maria", "meet-move", off, /cancelled/i],
      ["Maria", "meet-invite", off, /cancelled/i],
      ["Eleni", "attend", off, /cancelled/i],
      ["Eleni", "deputise", off, /cancelled/i],
      ["Omar", "done", closed, /Cancelled|withdrawn/i],
      ["Eleni", "give", closed, /Cancelled|withdrawn/i],
      ["Maria", "edit", closed, /Cancelled|withdrawn/i],
      ["Maria", "cancel", closed, /Cancelled|withdrawn/i],
      ["Omar", "snooze", closed, /Cancelled|withdrawn/i],
      ["Claire", "edit", closed, /Aucune tâche T-\d+/],
      ["Eleni", "plan-progress", "O-99", /no O-99/i],
      ["Eleni", "training-evaluate", "K-99", /no K-99/i],
      ["Eleni", "share-decline", "I-99", /no I-99/i],
    ];
    for (const [name, id, ref, why] of rows) {
      const reply = await w.click(name, id, `north/${ref}`);
      expect([id, ref, isForm(reply), textOf(reply)]).toEqual([id, ref, false, expect.stringMatching(why)]);
    }
  });
});

describe("what was done by mistake", () => {
  it("a removed person is who they were, with one press; a second press reaches nothing older", async () => {
    const ref = await asked("Maria", "task @Omar Fix the mast by next Fri 17:00");
    await w.click("Omar", "accept", `north/${ref}`);
    const question = w.stands("Eleni", await w.say("Eleni", "remove @Omar"));
    const removed = w.stands("Eleni", await w.press("Eleni", question, "Remove"));
    expect(words(removed.message)).toContain("Omar can no longer use Coord");
    expect(await w.ask("Omar", ref)).not.toContain("Fix the mast");
    const back = textOf(await w.press("Eleni", removed, "Take back"));
    expect(back).toMatch(/^Omar is back as before\. Tasks that are theirs again: \d/);
    expect(await w.ask("Omar", ref)).toContain("For: Omar, Labour");
    expect(textOf(await w.press("Eleni", removed, "Take back"))).toContain("nothing of yours to undo");
  });

  it("a share is taken back from who has not read it, and who has is named; so is a recall", async () => {
    const said = { title: "Quay", content: "Zephyr quay" };
    await release(w, "Maria", "@labour", { label: "GREEN" }, said);
    expect(await w.ask("Maria", "undo")).toContain("recalled before anybody opened it");
    const read = await release(w, "Maria", "@labour", { label: "GREEN" }, said);
    await open(w, "Eleni", read);
    expect(await w.ask("Maria", "undo")).toContain("It had been opened by Eleni (Labour)");
    expect(isForm(await w.click("Eleni", "open", `north/${read}`))).toBe(false);
    const recalled = await release(w, "Maria", "@labour", { label: "GREEN" }, said);
    await w.ask("Maria", `recall ${recalled} sure`);
    await w.settle();
    expect(isForm(await w.click("Eleni", "open", `north/${recalled}`))).toBe(false);
    expect(await w.ask("Maria", "undo")).toContain("is released again");
    await w.settle();
    expect(buttons(w.last("Eleni"))).toContain("Open");
    expect(isForm(await open(w, "Eleni", recalled))).toBe(true);
    expect(await w.ask("Maria", "undo")).toContain("nothing of yours to undo");
  });
});

describe("two things that are asked of one meeting at once", () => {
  it("stand in one message, each with the buttons that answer it; one that is answered leaves the other", async () => {
    const v = await World.create({
      people: { Sofia: "secretariat coordinator focal_point", Eleni: "labour focal_point staff teams" },
    });
    try {
      await v.ask("Sofia", "meet Joint Thu 10 Dec 10:00 60m with @labour");
      await v.settle();
      // Three working days before: the call for the agenda and the question whether one comes.
      for (const at of ["2026-12-07T08:00:05Z", "2026-12-07T08:00:10Z"]) {
        v.clock.moveTo(new Date(at));
        await v.runtime.reconciler.moved();
        await v.settle();
      }
      const both = v.inbox("Eleni").findLast(({ message }) => words(message).includes("Reminder"));
      if (!both) throw new Error("nobody was reminded");
      expect(words(both.message)).toContain("Reminder: 2 things");
      expect(buttons(both)).toEqual(expect.arrayContaining(["Yes", "No", "Add item"]));
      await v.press("Eleni", both, "Yes");
      await v.settle();
      const left = v.inbox("Eleni").findLast(({ message }) => words(message).includes("Reminder"));
      expect(words((left ?? both).message)).toContain("the agenda closes soon");
      expect(buttons(left ?? both)).not.toContain("Yes");
    } finally {
      await v.close();
    }
  });
});
