import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, textOf, World, words } from "../../world.js";

describe("a task from Slack to Teams and back", () => {
  let w: World;
  beforeAll(async () => {
    w = await World.create({
      people: {
        Maria: "police focal_point staff",
        Eleni: "labour focal_point staff teams",
        Omar: "labour staff teams",
        Sofia: "secretariat coordinator",
        Jonas: "border focal_point staff",
      },
    });
  });
  afterAll(() => w.close());
  const it = steps();

  it("is asked in one line", async () => {
    expect(await w.ask("Maria", "task @labour Inspect 3 farms in Kilkis by Fri 17:00")).toContain(
      "T-1 is asked of Labour, by Fri 27 Nov 17:00",
    );
    await w.settle();
    expect(words(w.card("Eleni", "T-1").message)).toContain("T-1 · Inspect 3 farms in Kilkis");
    expect(words(w.card("Eleni", "T-1").message)).toContain("State: Asked");
    expect(words(w.card("Maria", "T-1").message)).toContain("For: Labour");
  });

  it("is handed to a person, which accepts it, and every card says so", async () => {
    const reply = await w.press("Eleni", w.card("Eleni", "T-1"), "Omar");
    expect(textOf(reply)).toContain("State: Agreed");
    await w.settle();
    expect(words(w.card("Maria", "T-1").message)).toContain("For: Omar, Labour");
    expect(words(w.card("Omar", "T-1").message)).toContain("[Done]");
    expect(words(w.last("Maria").message)).toContain("Eleni (Labour) agreed to T-1");
  });

  it("is discussed across platforms, in the threads of the cards", async () => {
    const card = w.card("Omar", "T-1");
    await w.runtime.receive({ ...w.from("Omar"), type: "threadReply", text: "We need <two> vans", thread: card.ref });
    await w.settle();
    const comment = w.last("Maria");
    expect(words(comment.message)).toContain("We need <two> vans — Omar (Labour)");
    expect(comment.thread).toBe(w.card("Maria", "T-1").ref.id);
    const form = formOf(await w.press("Maria", comment, "Reply"));
    await w.submit("Maria", form, { reason: "They are yours" });
    await w.settle();
    expect(words(w.last("Omar").message)).toContain("They are yours — Maria (Police)");
  });

  it("gets more time when the requester grants it", async () => {
    const form = formOf(await w.press("Omar", w.card("Omar", "T-1"), "More time"));
    expect(textOf(await w.submit("Omar", form, { when: "31 Feb" }))).toContain("does not exist");
    expect(textOf(await w.submit("Omar", form, { when: "next Monday 12:00", reason: "Rain" }))).toContain(
      "Police is asked to agree",
    );
    await w.settle();
    expect(words(w.card("Maria", "T-1").message)).toContain("asks for another date");
    await w.press("Maria", w.card("Maria", "T-1"), "Agree to new date");
    await w.settle();
    expect(words(w.card("Omar", "T-1").message)).toMatch(/By: .*12:00/);
    expect(words(w.card("Omar", "T-1").message)).toContain("First agreed for Fri 27 Nov 17:00");
  });

  it("is done with evidence, not yet, done again, and closed", async () => {
    const done = formOf(await w.press("Omar", w.card("Omar", "T-1"), "Done"));
    await w.submit("Omar", done, { evidence: "Two farms inspected" });
    await w.settle();
    expect(words(w.last("Maria").message)).toContain("Omar (Labour) finished T-1");
    const notYet = formOf(await w.press("Maria", w.card("Maria", "T-1"), "Not yet"));
    await w.submit("Maria", notYet, { reason: "The third is missing" });
    await w.settle();
    expect(words(w.card("Omar", "T-1").message)).toContain("The third is missing");
    expect(await w.ask("Omar", "done T-1 All three inspected")).toContain("T-1 is done");
    await w.settle();
    expect(textOf(await w.press("Maria", w.card("Maria", "T-1"), "Close"))).toContain("State: Closed");
    await w.settle();
    for (const name of ["Maria", "Eleni", "Omar"])
      expect(words(w.card(name, "T-1").message)).toContain("State: Closed");
  });

  it("lets a stale button say what is true, and changes nothing", async () => {
    expect(textOf(await w.click("Omar", "done", "north/T-1 again"))).toBe(
      "T-1 has moved on: it is closed now. Type T-1 to see it.",
    );
  });

  it("hides from strangers to it what exists and what does not, in the same words", async () => {
    const foreign = await w.ask("Jonas", "T-1");
    const missing = await w.ask("Jonas", "T-99");
    expect(foreign.replace("T-1", "T-99")).toBe(missing);
  });

  it("shows the desk an outline without a title", async () => {
    const outline = await w.ask("Sofia", "T-1");
    expect(outline).toContain("State: Closed");
    expect(outline).not.toContain("Inspect");
  });

  it("keeps a card true that changed while it was on its way", async () => {
    await w.say("Maria", "task @labour Look at the harbour by Fri 17:00");
    w.underway = async (delivery) => {
      if (delivery.kind !== "post" || !("person" in delivery.to) || delivery.to.person.user !== "UEleni") return;
      w.underway = undefined;
      await w.say("Maria", "edit T-2 Look at both harbours");
    };
    await w.settle();
    await w.pass({ minutes: 1 });
    expect(words(w.card("Eleni", "T-2").message)).toContain("Look at both harbours");
  });
});
