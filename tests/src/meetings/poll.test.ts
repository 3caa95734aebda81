import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formOf, textOf, World } from "../../world.js";

/** Votes are changed by votes, and a poll ends. Said on Monday 23 November 2026, 10:00 in Athens. */
describe("a poll", () => {
  let w: World;
  beforeEach(async () => {
    w = await World.create({
      people: { Maria: "desk coordinator focal_point", Omar: "labour focal_point", Jean: "border focal_point teams" },
      lang: { Jean: "fr" },
    });
  });
  afterEach(() => w.close());
  const open = (slots: string, until = "Fri 27 Nov 17:00") =>
    w.ask("Maria", `meet poll Plan 60m with @labour, @border by ${until} slots:"${slots}"`);
  const votes = () => w.work((work) => work.tx.selectFrom("poll_votes").select(["n", "answer"]).orderBy("n").execute());

  it.each(["vote M-1", "vote M-1 2", "vote M-1 the second", "vote M-1 2, 3"])(
    "“%s” shows the form with what was said, and erases nothing",
    async (line) => {
      await open("1 Dec 10:00; 2 Dec 10:00; 3 Dec 10:00");
      await w.say("Omar", "vote M-1 yes:1 maybe:3");
      const before = await votes();
      const form = formOf(await w.say("Omar", line));
      const ticked = form.fields.flatMap((field) => ("value" in field ? [field.value] : []));
      expect(ticked).toEqual([line.includes("2, 3") ? ["2", "3"] : line.endsWith(" 2") ? ["2"] : ["1"], ["3"]]);
      expect(await votes()).toEqual(before);
      expect(textOf(await w.submit("Omar", form, { yes: ["2"], maybe: [] }))).toContain("1 date fits");
      expect((await votes()).map(({ answer }) => answer)).toEqual(["no", "yes", "no"]);
    },
  );

  it("a line with a blank after the key is a vote, on Teams and in French too", async () => {
    await open("1 Dec 10:00; 2 Dec 10:00");
    await w.say("Jean", "vote M-1 yes: 2");
    expect((await votes()).map(({ answer }) => answer)).toEqual(["no", "yes"]);
  });

  it("closed on a date on which nobody can, says so first and is still open", async () => {
    await open("1 Dec 10:00; 2 Dec 10:00");
    expect(await w.ask("Maria", "meet close M-1 2")).toMatch(
      /Nobody has said that they can come on .*2 Dec.*10:00.*still open/,
    );
    expect(await w.ask("Maria", "meet close M-1")).toContain("Nobody has said");
    await w.say("Omar", "vote M-1 yes:1");
    expect(await w.ask("Maria", "meet close M-1 2")).toContain("meet close M-1 2 anyway");
    expect(await w.ask("Omar", "meet close M-1 2 anyway")).toContain("Desk, who called M-1");
    expect(await w.ask("Maria", "meet close M-1 2 anyway")).toMatch(/M-1 takes place .*2 Dec/);
  });

  it("takes no date before the end of its votes", async () => {
    expect(await open("25 Nov 10:00; 2 Dec 10:00")).toContain("2026-11-25 10:00 comes before the end of the votes");
    expect(await w.ask("Maria", "meetings")).not.toContain("M-1");
  });

  it("asks its owner once when nobody can, leaves the voters' lists, and is over with its last date", async () => {
    await open("1 Dec 10:00; 2 Dec 10:00");
    await w.settle();
    expect(await w.ask("Omar", "inbox")).toContain("M-1");
    await w.pass({ days: 5 }, 360);
    expect(await w.ask("Omar", "inbox")).not.toContain("M-1");
    expect(await w.ask("Maria", "inbox")).toContain("M-1");
    await w.pass({ days: 5 }, 360);
    const told = w.inbox("Maria").map(({ message }) => message.text);
    expect(told.filter((text) => text.includes("Nobody can on any date"))).toHaveLength(1);
    expect(told.filter((text) => text.includes("is left, and nobody could"))).toHaveLength(1);
    expect(await w.ask("Maria", "inbox")).not.toContain("M-1");
  });

  it("offers no hour that another meeting of the body has", async () => {
    for (let day = 28; day <= 30; day++) await w.say("Maria", `meet Full 2026-11-${day} 08:00 9h with @Maria`);
    for (let day = 1; day <= 20; day++)
      await w.say("Maria", `meet Full 2026-12-${String(day).padStart(2, "0")} 08:00 9h with @Maria`);
    await w.say("Omar", "meet poll Plan 60m with @border by Fri 27 Nov 17:00");
    const slots = await w.work((work) => work.tx.selectFrom("poll_slots").select("wall").execute());
    expect(slots.length).toBeGreaterThan(1);
    expect(slots.filter(({ wall }) => wall < "2026-12-21" && wall.slice(11) < "17:00")).toEqual([]);
  });
});
