import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formOf, textOf, World, words } from "../../world.js";

const SLOTS =
  'meet poll Plan 60m with @labour, @border by Fri 27 Nov 17:00 slots:"1 Dec 10:00; 2 Dec 10:00; 3 Dec 10:00"';

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
    expect(await open("25 Nov 10:00; 2 Dec 10:00")).toContain("2026-11-25 10:00 comes before the voting ends");
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
    expect(told.filter((text) => text.includes("Nobody can come on any date"))).toHaveLength(1);
    expect(told.filter((text) => text.includes("is left, and nobody could"))).toHaveLength(1);
    expect(await w.ask("Maria", "inbox")).not.toContain("M-1");
  });

  it("asks about a typed hour that another meeting has, and offers the free ones or all of them", async () => {
    await w.ask("Maria", "meet Budget 2026-12-01 10:30 60m with @border");
    const asked = await w.say("Maria", SLOTS);
    expect(textOf(asked)).toMatch(/another meeting has an hour that you offer.*1 Dec.*10:00.*M-1/);
    expect(await w.ask("Maria", "M-2")).toContain("no M-2");
    const w1 = w.stands("Maria", asked);
    expect(textOf(await w.press("Maria", w1, "Offer the free hours"))).toContain("M-2 asks for votes on 2 dates");
    const again = w.stands("Maria", await w.say("Maria", SLOTS));
    expect(textOf(await w.press("Maria", again, "Offer them all the same"))).toContain("3 dates");
  });

  it("says nothing of a restricted meeting's hour to who does not know of it", async () => {
    await w.ask("Jean", "meet Raid 2026-12-01 10:30 60m with @Jean tlp:RED");
    await w.ask("Jean", "meet Raid 2026-12-02 10:30 60m with @border tlp:AMBER");
    expect(await w.ask("Omar", SLOTS)).toContain("M-3 asks for votes on 3 dates");
    await w.settle();
    expect(words(w.card("Omar", "M-3").message)).not.toMatch(/this hour|M-2/);
    expect(words(w.card("Jean", "M-3").message)).toContain("M-2");
  });

  it("says in its tally that an hour was taken meanwhile, and closes on a free one unless told otherwise", async () => {
    await w.ask("Maria", SLOTS);
    await w.say("Omar", "vote M-1 yes:1,2");
    await w.say("Jean", "vote M-1 yes:1");
    await w.ask("Maria", "meet Budget 2026-12-01 10:30 60m with @labour");
    await w.settle();
    expect(words(w.card("Omar", "M-1").message)).toMatch(/1 Dec.*\n?.*M-2 has this hour/);
    expect(words(w.card("Jean", "M-1").message)).toContain("créneau déjà pris");
    expect(await w.ask("Maria", "meet close M-1 1")).toContain("Another meeting has this hour by now");
    await w.ask("Maria", "meet cancel M-2");
    await w.settle();
    expect(words(w.card("Omar", "M-1").message)).not.toContain("has this hour");
    await w.ask("Maria", "meet Budget 2026-12-01 10:30 60m with @labour");
    expect(await w.ask("Maria", "meet close M-1")).toMatch(/M-1 takes place .*2 Dec/);
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
