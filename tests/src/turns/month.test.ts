import { afterEach, describe, expect, it } from "vitest";
import { counted } from "../../statements.js";
import { textOf, World, words } from "../../world.js";
import { askUse, fill, open, release } from "../shares/acting.js";

/** What a simulated month of a body got wrong. Monday 23 November 2026, 10:00 in Athens (08:00Z). */
const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Lia: "labour staff",
};
type Name = keyof typeof PEOPLE;
const LEAP = 100_000;
const SAID = { title: "A boat", content: "Words" };

let w: World;
afterEach(() => w?.close());
const create = async () => {
  w = await World.create({ people: PEOPLE });
  // The digests of the days to come are laid.
  await w.runtime.reconciler.moved();
};
const got = (name: string, since = 0) =>
  w
    .inbox(name)
    .slice(since)
    .map(({ message }) => words(message));
const goTo = async (text: string) => {
  w.clock.moveTo(new Date(text));
  for (let n = 0; n < 2; n++) {
    await w.runtime.reconciler.moved();
    await w.settle();
    w.clock.moveTo(new Date(w.clock.now().getTime() + 4_000));
  }
};
const toldAt = async (step: string) =>
  w.work(async (work) =>
    (await work.tx.selectFrom("reminder_steps").select(["step", "due_at"]).orderBy("due_at").execute())
      .filter((row) => row.step.startsWith(step))
      .map((row) => row.due_at.toISOString().slice(0, 16)),
  );

describe("reminders", () => {
  it("come before closing, and say once a day that it is near", async () => {
    await create();
    await w.say("Maria", "task @Omar Count the boats by Fri 17:00 priority:urgent");
    await w.settle();
    // Two hours before and at the deadline are one day: the first is said.
    expect(await toldAt("before")).toEqual(["2026-11-24T14:30", "2026-11-26T14:30", "2026-11-27T13:00"]);
    expect(await toldAt("due")).toEqual([]);
    await w.say("Maria", "task @Omar Count the cars by Fri 17:00");
    await w.settle();
    expect(await toldAt("due")).toEqual(["2026-11-27T14:30"]);
  });

  it("of somebody who is away without a deputy reach the focal point before the deadline", async () => {
    await create();
    await w.say("Maria", "task @Omar Count the boats by Thu 12:00");
    await w.ask("Omar", "accept T-1");
    await w.ask("Omar", 'away until:"Mon 09:00"');
    await w.settle();
    const before = w.inbox("Eleni").length;
    await goTo("2026-11-26T10:00:05Z");
    expect(got("Eleni", before).join()).toContain("T-1");
    expect(await w.ask("Eleni", "inbox")).toMatch(/T-1.*in place of Omar/);
    expect(await w.ask("Lia", "inbox")).not.toContain("T-1");
  });
});

describe("what is on somebody who is not there", () => {
  it("is told to the deputy at once, by name, and stands in their inbox and digest", async () => {
    await create();
    await w.say("Maria", "task @Omar Count the boats by Thu 12:00");
    await w.ask("Omar", "accept T-1");
    await w.ask("Omar", 'away until:"Fri 09:00" deputy:@Lia');
    await w.settle();
    const told = words(w.last("Lia").message);
    expect(told).toContain("Omar is away until");
    expect(told).toContain("Count the boats");
    await goTo("2026-11-24T06:00:05Z");
    const digest = w.inbox("Lia").findLast(({ message }) => message.text === "Your morning digest");
    expect(digest && words(digest.message)).toMatch(/T-1.*in place of Omar/);
    // Whoever stands in for nobody has nothing.
    expect(await w.ask("Eleni", "inbox")).not.toContain("T-1");
    await w.ask("Lia", "done T-1 Twelve boats");
    const back = await w.ask("Omar", "back");
    expect(back).toContain("While you were away");
    expect(back).toMatch(/T-1.*Done/);
    expect(await w.ask("Lia", "inbox")).not.toContain("T-1");
    expect(await w.ask("Omar", "back")).not.toContain("While you were away");
  });

  it("comes back to the agency when they leave, agreed to or done", async () => {
    await create();
    await w.say("Maria", "task @Omar Count the boats by Thu 12:00");
    await w.ask("Omar", "accept T-1");
    await w.say("Petros", "task @Lia Count the cars");
    await w.ask("Lia", "done T-2 Four");
    await w.ask("Eleni", "remove @Omar sure");
    await w.ask("Maria", "remove @Petros sure");
    expect(await w.ask("Eleni", "inbox")).toContain("T-1");
    expect(await w.ask("Maria", "inbox")).toMatch(/to be closed \(1\)\nT-2/);
  });

  it("is a meeting too: the deputy gets the card and the pack", async () => {
    await create();
    await w.ask("Omar", 'away until:"Fri 18:00" deputy:@Lia');
    await w.say("Maria", "meet Joint check Thu 10:00 60m with @Omar");
    await w.settle();
    await goTo("2026-11-25T08:00:05Z");
    expect(got("Lia").filter((text) => text.includes("Joint check") && text.includes("M-1")).length).toBeGreaterThan(1);
    await w.say("Maria", "meet Named only Fri 10:00 60m with @Omar tlp:red");
    await w.settle();
    expect(got("Lia").join()).not.toContain("M-2");
  });

  it("passes to nobody under RED: who gave it hears at once", async () => {
    await create();
    await w.say("Maria", "task @Omar Count the boats tlp:red");
    const ref = await release(w, "Maria", "@Omar", { label: "RED" }, { title: "A boat", content: "Words" });
    await open(w, "Omar", ref);
    const mine = await release(w, "Omar", "@Petros", { label: "RED" }, { title: "A car", content: "Words" });
    const before = w.inbox("Maria").length;
    await w.ask("Omar", 'away until:"Fri 09:00" deputy:@Lia');
    await w.settle();
    expect(got("Maria", before).filter((text) => /is away/.test(text))).toHaveLength(2);
    expect(got("Lia").join()).not.toMatch(/T-1|heron|I-\d/);
    const sofar = w.inbox("Maria").length;
    await w.ask("Eleni", "remove @Omar recall:red sure");
    await w.settle();
    expect(got("Maria", sofar).filter((text) => /has left|not there any more/.test(text))).toHaveLength(2);
    // What he gave himself is recalled by who does not know of it.
    expect(textOf(await w.say("Petros", `shares show ${mine}`))).not.toContain("Released");
    expect(got("Petros").join()).toContain("recalled");
  });
});

describe("what somebody gave under RED while they are not there", () => {
  const MORE = {
    ...PEOPLE,
    Jonas: "border focal_point",
    Ada: "border staff",
    Ben: "border staff",
    Obi: "border observer",
  };

  it("is recalled unread by the focal point, else the staff, else the secretariat", async () => {
    w = await World.create({ people: MORE });
    const given = (name: string) => release(w, name, "@Petros", { label: "RED" }, SAID);
    const ref = await given("Ada");
    for (const name of ["Jonas", "Ben", "Obi", "Sofia", "Maria"])
      expect(await w.ask(name, `recall ${ref} sure`), name).toContain("There is no");
    // From tomorrow on: it is told then.
    await w.ask("Ada", 'away from:"Tue 09:00" until:"Fri 09:00" deputy:@Ben');
    await w.settle();
    expect(got("Jonas").join()).not.toContain("TLP:RED");
    expect(await w.ask("Jonas", `recall ${ref}`)).toContain("There is no");
    await goTo("2026-11-24T07:00:05Z");
    for (const name of ["Ben", "Obi", "Sofia", "Maria"]) {
      expect(await w.ask(name, `recall ${ref} sure`), name).toContain("There is no");
      expect(got(name).join(), name).not.toContain("TLP:RED");
    }
    expect(got("Jonas").join()).toMatch(/Ada .* is away until .*TLP:RED/);
    expect(got("Jonas").join()).not.toContain(ref);
    expect(await w.ask("Jonas", `shares ${ref}`)).not.toContain(ref);
    expect(await w.ask("Jonas", `open ${ref}`)).toContain("There is no");
    expect(await w.ask("Jonas", `tighten ${ref}`)).toContain("There is no");
    const asked = await w.ask("Jonas", `recall ${ref}`);
    expect(asked).toContain(`(${ref})`);
    expect(asked).not.toMatch(/Petros|boat|heron/);
    expect(await w.ask("Jonas", `recall ${ref} sure`)).toContain("Recalled, unread");
    await w.settle();
    expect(got("Petros").join()).toContain("recalled");
    expect(await w.ask("Jonas", `recall ${ref} sure`)).toContain("There is no");

    // The only focal point is away: the staff; all are: the secretariat.
    const own = await given("Jonas");
    await w.ask("Jonas", 'away until:"Fri 09:00"');
    await w.settle();
    expect(got("Ben").join()).toMatch(/Jonas .* is away until .*TLP:RED/);
    expect(await w.ask("Obi", `recall ${own} sure`)).toContain("There is no");
    expect(await w.ask("Sofia", `recall ${own} sure`)).toContain("There is no");
    for (const name of ["Ada", "Ben", "Obi"]) await w.ask(name, 'away until:"Fri 09:00"');
    expect(await w.ask("Sofia", `recall ${own}`)).toContain("TLP:RED");
    const id = await w.work((work) =>
      work.tx.selectFrom("persons").select("id").where("name", "=", "Jonas").executeTakeFirstOrThrow(),
    );
    expect(textOf(await w.click("Maria", "recall-red", `north/${id.id}`))).toContain("nothing that you could recall");
    expect(textOf(await w.click("Sofia", "recall-red", `north/${id.id} sure`))).toContain("Recalled, unread (Jonas)");
    expect(textOf(await w.click("Sofia", "recall-red", `north/${id.id} sure`))).toContain("nothing that you could");
  });

  it("says so to who asks for a use of it when they leave, and is not given to who is away in silence", async () => {
    w = await World.create({ people: MORE });
    const ref = await release(w, "Ada", "@Petros", { label: "RED", codes: ["H1"] }, SAID);
    await open(w, "Petros", ref);
    const use = await askUse(w, "Petros", ref, { code: "H1", purpose: "For the court" });
    await w.ask("Jonas", "remove @Ada sure");
    await w.settle();
    expect(got("Petros").join()).toMatch(new RegExp(`${use}[\\s\\S]*Lapsed`));
    expect(got("Jonas").join()).toMatch(/Ada .* has left.*TLP:RED/);
    await w.ask("Petros", 'away until:"Fri 09:00"');
    await w.settle();
    const before = w.inbox("Ben").length;
    await release(w, "Ben", "@Petros", { label: "RED" }, SAID);
    expect(got("Ben", before).join()).toContain("is away");
  });
});

describe("an agency without a focal point", () => {
  it("is asked through whoever is there, and the secretariat may act for it", async () => {
    w = await World.create({ people: { ...PEOPLE, Jonas: "border staff", Obi: "iom observer" } });
    await w.say("Maria", "task @border Watch the strait by Fri 12:00");
    await w.settle();
    expect(words(w.card("Jonas", "T-1").message)).toContain("Watch the strait");
    expect(await w.ask("Jonas", "inbox")).toContain("T-1");
    expect(await w.ask("Sofia", "inbox")).toContain("@border");
    expect(await w.ask("Maria", "inbox")).not.toContain("@border");
    expect(await w.ask("Sofia", "for @border accept T-1")).not.toContain("acts for itself");
    expect(await w.ask("Sofia", "for @labour inbox")).toContain("acts for itself");
  });

  it("decides through them too, but for what focal points alone may see", async () => {
    w = await World.create({ people: { ...PEOPLE, Jonas: "border staff", Obi: "border observer" } });
    await w.say("Maria", "task @border Watch the strait by Fri 12:00");
    await w.say("Maria", "task @border A secret tlp:amber+strict");
    expect(await w.ask("Obi", "accept T-1")).toContain("focal point");
    expect(await w.ask("Jonas", "accept T-1")).toContain("agreed");
    expect(await w.ask("Jonas", "inbox")).not.toContain("T-2");
    expect(await w.ask("Jonas", "accept T-2")).toContain("There is no");
    const ref = await release(w, "Jonas", "@labour", { codes: ["H1"] }, { title: "A boat", content: "Words" });
    await open(w, "Omar", ref);
    const use = await askUse(w, "Omar", ref, { code: "H1", purpose: "For the court" });
    await w.settle();
    expect(got("Jonas").join()).toContain(use);
    expect(await w.ask("Jonas", "inbox")).toContain(use);
    expect(await w.ask("Obi", "inbox")).not.toContain(use);
    await fill(w, "Jonas", "use-refuse", use, { reason: "Not for the court" });
    expect(await w.ask("Jonas", "inbox")).not.toContain(use);
    const strict = await release(w, "Maria", "@labour", { label: "AMBER+STRICT", codes: ["H1"] }, SAID);
    await open(w, "Eleni", strict);
    const again = await askUse(w, "Eleni", strict, { code: "H1", purpose: "For the court" });
    await w.settle();
    expect(await w.ask("Maria", "inbox")).toContain(again);
    // A focal point who is away has a deputy, who hears of it too.
    await w.ask("Maria", 'away until:"Fri 09:00" deputy:@Petros');
    const other = await askUse(w, "Eleni", strict, { code: "H1", purpose: "For another court" });
    await w.settle();
    expect(got("Petros").join()).toContain(other);
  });

  it("comes about only where a successor is named, and then the sender knows", async () => {
    await create();
    expect(await w.ask("Eleni", "remove @Eleni sure")).toContain("last focal point");
    expect(await w.ask("Eleni", "remove @Eleni successor:@Maria sure")).toContain("does not belong");
    expect(await w.ask("Eleni", "remove @Eleni successor:@Lia sure")).toContain("can no longer use Coord");
    expect(await w.ask("Lia", "remove @Omar sure")).toContain("can no longer use Coord");
    // Nobody is left who could follow.
    await w.say("Maria", "task @Lia Count the boats");
    await w.ask("Lia", "accept T-1");
    expect(await w.ask("Lia", "remove @Lia sure")).toContain("can no longer use Coord");
    await w.settle();
    expect(got("Maria").join()).toContain("Nobody who answers for the agency can be reached about T-1");
    expect(words(w.card("Sofia", "T-1").message)).toContain("T-1");
  });
});

describe("the inbox", () => {
  it("takes as many statements for four of everything as for one", async () => {
    await create();
    const more = async () => {
      await w.say("Maria", "task @labour Count the cars");
      await release(w, "Maria", "@labour", {}, { title: "A boat", content: "Words" });
      await w.say("Maria", "meet Joint check Thu 10:00 60m with @labour");
      await w.say("Maria", 'meet poll Plan 60m with @labour slots:"Tue 1 Dec 10:00; Wed 2 Dec 10:00" by Fri 17:00');
    };
    await more();
    const few = await counted(() => w.say("Eleni", "inbox"));
    for (let n = 0; n < 3; n++) await more();
    const many = await counted(() => w.say("Eleni", "inbox"));
    expect(textOf(many.value)).toMatch(/ask you something \(8\)[\s\S]*handed to somebody \(4\)/);
    expect(many.statements.length).toBe(few.statements.length);
    expect(many.statements.length).toBeLessThan(60);
  });
});

describe("a digest", () => {
  it("holds what is unopened, due, asked and on the table, late work first, and comes on no holiday", async () => {
    await create();
    await w.runtime.store.owner.updateTable("agencies").set({ country: "GR" }).execute();
    await w.say("Maria", "task @Omar Late one by Mon 12:00");
    const ref = await release(w, "Maria", "@labour", { codes: ["H2"] }, { title: "A boat", content: "Words" });
    await w.say("Maria", "meet Joint check Thu 10:00 60m with @labour");
    await w.say("Sofia", "task @police Carry the files by Fri 15:00 with:@labour");
    await w.say("Maria", "task @labour Weigh the crates by Fri 12:00");
    await w.ask("Eleni", "date T-3 Fri 16:00");
    const owed = await release(w, "Eleni", "@Maria", { days: "1" }, SAID);
    await open(w, "Maria", owed);
    await w.settle();
    await goTo("2026-11-24T06:00:05Z");
    const of = (name: Name) => w.inbox(name).filter(({ message }) => message.text === "Your morning digest");
    const eleni = of("Eleni")[0];
    const text = eleni ? words(eleni.message) : "";
    expect(text).toContain(ref);
    expect(text).toContain("Accept and read");
    expect(text.indexOf("Late (")).toBeLessThan(text.indexOf("Meetings"));
    expect(text).toContain("Late (1)\nT-1");
    expect(text).toMatch(/T-2.*Your support is asked for/);
    const maria = of("Maria")[0];
    expect(maria && words(maria.message)).toMatch(/T-3.*Another date is asked for/);
    await goTo("2026-11-25T06:00:05Z");
    const late = of("Maria")[1];
    expect(late && words(late.message)).toMatch(new RegExp(`Late \\(1\\)\\n${owed}.*What came of it`));
    // Epiphany, a Wednesday in Greece.
    const count = of("Omar").length;
    await goTo("2027-01-05T20:00:00Z");
    const sofar = of("Omar").length;
    expect(sofar).toBeGreaterThan(count);
    await goTo("2027-01-06T20:00:00Z");
    expect(of("Omar").length).toBe(sofar);
    await w.pass({ hours: 12 }, LEAP);
    expect(of("Omar").length).toBe(sofar + 1);
  });
});

describe("what a meeting asks", () => {
  it("comes in each reader's own working time", async () => {
    await create();
    const { owner } = w.runtime.store;
    await owner
      .updateTable("agencies")
      .set({ work_days: [7, 1, 2, 3, 4], zone: "Africa/Cairo" })
      .where("handle", "=", "labour")
      .execute();
    await owner.updateTable("persons").set({ zone: "Africa/Cairo" }).where("name", "=", "Eleni").execute();
    // The agenda closes on Monday 7 December at 10:00: the call is due a working day before, which is each reader's own.
    await w.say("Sofia", "meet Joint check Wed 9 Dec 10:00 60m with @labour, @police");
    // Who has answered is asked for nothing else meanwhile.
    await w.say("Maria", "attend M-1 yes");
    await w.say("Eleni", "attend M-1 yes");
    await w.settle();
    expect(await toldAt("agenda")).toEqual(["2026-12-04T08:00", "2026-12-06T07:00"]);
    const calls = (name: Name) => got(name).filter((text) => /agenda closes/i.test(text)).length;
    await goTo("2026-12-04T08:00:05Z");
    expect([calls("Maria"), calls("Eleni")]).toEqual([1, 0]);
    await goTo("2026-12-06T07:00:05Z");
    expect([calls("Maria"), calls("Eleni")]).toEqual([1, 1]);
  });
});
