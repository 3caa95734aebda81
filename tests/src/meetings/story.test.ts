import { afterEach, describe, expect, it } from "vitest";
import { formOf, textOf, World, words } from "../../world.js";

/** A meeting from the first poll to approved minutes, six agencies on two platforms. Monday 23 November 2026, 10:00 in Athens. */
const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Jonas: "border focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Amelie: "immigration focal_point staff teams",
  Grace: "harbour focal_point staff",
};

let w: World;
afterEach(() => w?.close());

const news = (name: keyof typeof PEOPLE) => w.inbox(name).map(({ message }) => words(message));

describe("a meeting", () => {
  it("goes from the poll to approved minutes", async () => {
    w = await World.create({ people: PEOPLE });
    expect(
      await w.ask(
        "Sofia",
        "meet poll Joint plan for spring 60m with @police, @border, @labour, @immigration, @harbour by Wed 17:00",
      ),
    ).toMatch(/^M-1 asks for votes on 5 dates until/);
    await w.settle();
    const card = w.card("Maria", "M-1");
    expect(words(card.message)).toContain("Looking for a date");
    const form = formOf(await w.press("Maria", card, "Vote"));
    expect(form.fields.map((field) => ("name" in field ? field.name : ""))).toEqual(["yes", "maybe"]);
    await w.submit("Maria", form, { yes: ["1", "2"], maybe: ["3"] });
    expect(await w.ask("Eleni", "vote M-1 yes:2")).toMatch(/Your vote on M-1 counts: 1 date fits/);
    expect(await w.ask("Jonas", "vote M-1 yes:2,3")).toMatch(/2 dates fit/);
    await w.settle();
    expect(words(w.card("Sofia", "M-1").message)).toContain("fits best");
    // The two that have not voted are reminded; then the clock closes the poll.
    await w.pass({ days: 3 }, 120);
    // Settled with the poll.
    expect(news("Grace").join()).toContain("This reminder is settled");
    expect(news("Maria").join()).not.toMatch(/which dates suit you\?|This reminder is settled/);
    expect(words(w.card("Grace", "M-1").message)).toContain("To come");
    expect(news("Grace").join()).toContain("The date of M-1 · Joint plan for spring is found");
    expect(words(w.card("Maria", "M-1").message)).toContain("Coming: ");
  });

  it("is called, answered, prepared, held, recorded, and its minutes are approved by silence", async () => {
    w = await World.create({ people: PEOPLE });
    const called = await w.ask(
      "Sofia",
      'meet Monthly coordination every first Tue 10:00 60m with all place:"Room 5" link:https://meet.example/abc',
    );
    expect(called).toMatch(/^M-1 is called for .*1 Dec.*10:00.*60 min: every first Tuesday.*“Monthly coordination”/i);
    await w.settle();
    const card = w.card("Eleni", "M-1");
    expect(words(card.message)).toContain("Room 5");
    await w.press("Eleni", card, "Yes");
    expect(await w.ask("Maria", "attend M-1 yes")).toBe("Your answer to M-1: yes.");
    expect(await w.ask("Jonas", "attend M-1/1 no")).toBe("Your answer to M-1/1: no.");
    expect(await w.ask("Amelie", "deputise M-1/1 @Grace")).toContain("does not belong to");
    expect(await w.ask("Eleni", "deputise M-1/1 @Omar")).toBe("Omar comes to M-1/1 for you and has the invitation.");
    expect(await w.ask("Maria", "agenda add M-1 Trends in the east for:15m presenter:@Petros")).toBe(
      "Item 1 is on the agenda of M-1/1.",
    );
    expect(await w.ask("Maria", "paper M-1 https://docs.example/trends Trends paper item:1")).toContain(
      "comes with the pack",
    );
    await w.settle();
    expect(words(w.card("Omar", "M-1").message)).toContain("Monthly coordination");
    // The agenda closes as work does on Friday; the pack goes out on Monday 10:00.
    await w.pass({ days: 6, hours: 1 }, 180);
    expect(await w.ask("Grace", "agenda add M-1 Shelter places for:10m")).toContain("waits for the chair's leave");
    await w.settle();
    const agenda = await w.say("Sofia", "agenda M-1");
    const late =
      agenda && "post" in agenda ? agenda.post.blocks.flatMap((b) => (b.type === "list" ? b.items : [])) : [];
    const admit = late.find((item) => item.action?.id === "agenda-admit")?.action;
    expect(admit).toBeDefined();
    await w.click("Sofia", admit?.id ?? "", admit?.value ?? "");
    await w.pass({ days: 1, hours: 1 }, 60);
    expect(news("Maria").join()).toContain("Pack for M-1/1 · Monthly coordination");
    expect(news("Jonas").join()).not.toContain("Pack for");
    await w.pass({ hours: 21, minutes: 50 }, 10);
    expect(news("Maria").join()).toContain("Reminder: about to begin");
    await w.pass({ minutes: 10 }, 5);
    expect(await w.ask("Sofia", "start M-1")).toBe("M-1/1 has begun: 1 of 6 agencies present, 4 needed: no quorum.");
    expect(await w.ask("Maria", "start M-1")).toContain("That is for the chair");
    expect(await w.ask("Sofia", "decide Joint checks from January")).toContain("There is no quorum at M-1/1");
    expect(await w.ask("Maria", "here M-1")).toContain("recorded as present");
    expect(await w.ask("Grace", "here M-1")).toContain("recorded as present");
    expect(await w.ask("Sofia", "present M-1 @Omar")).toContain("4 of 6 agencies present, 4 needed: quorum");
    const decided = await w.ask("Sofia", "decide Joint checks from January for:4 against:0");
    expect(decided).toBe("D-1 is decided and is in the record of M-1/1.");
    expect(await w.ask("Sofia", "note Border guard reports 12 cases item:1")).toContain("Line 1 is in the record");
    expect(await w.ask("Sofia", "task @border Count the crossings by Fri 17:00")).toContain("T-1 is asked of Border");
    expect(await w.ask("Sofia", "action D-1 @labour Draw up the rota by Fri 17:00")).toContain(
      "T-2 is asked of Labour",
    );
    expect(await w.ask("Sofia", "end M-1")).toMatch(/^M-1\/1 is over: 1 decision, 2 actions/);
    await w.settle();
    expect(news("Jonas").join()).toContain("Result of M-1/1 · Monthly coordination");
    expect(news("Jonas").join()).toContain("Joint checks from January");
    expect(await w.ask("Sofia", "circulate M-1/1")).toContain("can be corrected until");
    await w.settle();
    expect(await w.ask("Maria", "correct M-1/1 Line 1 should read 14 cases")).toContain("Your correction 1");
    expect(await w.ask("Sofia", "approve M-1/1")).toContain("One correction waits");
    expect(await w.ask("Sofia", "settle M-1/1 1 take")).toContain("is taken in");
    const minutes = textOf(await w.say("Maria", "minutes M-1/1"));
    expect(minutes).toContain("Joint checks from January");
    expect(minutes).toContain("Border guard reports 12 cases");
    await w.pass({ days: 8 }, 240);
    expect(news("Maria").join()).toContain("The minutes of M-1/1 · Monthly coordination are approved.");
    expect(await w.ask("Sofia", "note M-1/1 Too late")).toContain("the record is closed");
    expect(textOf(await w.say("Maria", "decisions joint"))).toContain("D-1");
    expect(textOf(await w.say("Maria", "presence"))).toContain("1 of 1 meetings");
  });
});
