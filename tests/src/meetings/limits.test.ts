import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "../../../src/lib/log.js";
import { invite } from "../../../src/meetings/invited.js";
import { bestOf, pollResultsOf } from "../../../src/meetings/poll-results.js";
import { meetingsOf } from "../../../src/meetings/store.js";
import { findPersons } from "../../../src/people/store.js";
import { World, words, ZONE } from "../../world.js";
import { instantOf, occurrenceRows } from "./rows.js";

/** The body's rules and the limits of a meeting, at and beyond their edges. */

const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Jonas: "border focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Grace: "harbour focal_point staff",
  Iris: "union focal_point staff",
};
type Name = keyof typeof PEOPLE;

let w: World;
let logged: unknown[][];
beforeEach(async () => {
  logged = [];
  vi.spyOn(silentLog, "error").mockImplementation((...args) => void logged.push(args));
  w = await World.create({ people: PEOPLE, observers: ["union"] });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await w.close();
  expect(logged).toEqual([]);
});

const say = (text: string, name: Name = "Sofia") => w.ask(name, text);
const news = (name: Name) => w.inbox(name).map(({ message }) => words(message));

async function at(wall: string): Promise<void> {
  w.clock.moveTo(instantOf(wall, ZONE));
  await w.runtime.reconciler.moved();
  await w.settle();
  w.clock.moveTo(new Date(w.clock.now().getTime() + 4_000));
  await w.runtime.reconciler.moved();
  await w.settle();
}

async function running(how = "meet Joint 2026-11-23 12:00 60m with @police, @border, @labour, @harbour, @union") {
  expect(await say(how)).toContain("M-1 is called");
  await w.settle();
  await at("2026-11-23T12:00");
  return say("start M-1");
}

describe("quorum", () => {
  // Five members are asked, the union observes.
  it.each([
    ["half", 3],
    ["two-thirds", 4],
    ["2", 2],
    ["5", 5],
    ["none", undefined],
  ])("%s: agencies count, not heads, and not observers", async (rule, needed) => {
    await say(`meet-rules quorum:${rule}`);
    expect(await running()).toContain("has begun");
    const came: Name[] = ["Maria", "Petros", "Iris", "Jonas", "Eleni", "Grace"];
    const agencies = new Set(["secretariat"]);
    for (const name of [undefined, ...came]) {
      if (name) {
        const said = await say(name === "Petros" ? "present M-1 @Petros" : `present M-1 @${name}`);
        if (name !== "Iris") agencies.add(PEOPLE[name].split(" ")[0] ?? "");
        expect(said).toContain(`${agencies.size} of 5 agencies present`);
      }
      const decided = await say("decide M-1 Joint checks");
      if (needed === undefined || agencies.size >= needed) expect(decided).toMatch(/^D-\d+ is decided/);
      else expect(decided).toContain(`${agencies.size} of 5 agencies are present and ${needed} are needed`);
    }
    await say("left M-1 @Maria");
    // Petros is still there for the police.
    expect(await say("present M-1 @Jonas")).toContain("5 of 5 agencies present");
  });

  it("a guest of an agency that was not asked is asked from then on, and counts on both sides", async () => {
    await say("meet-rules quorum:half");
    await running("meet Joint 2026-11-23 12:00 60m with @police, @border");
    expect(await say("present M-1 @Maria")).toContain("2 of 3 agencies present, 2 needed: quorum");
    expect(await say("present M-1 @Grace")).toContain("3 of 4 agencies present, 3 needed: quorum");
    expect(await say("present M-1 @Iris")).toContain("3 of 4 agencies present, 3 needed: quorum");
    expect(await say("left M-1 @Maria")).toContain("2 of 4 agencies present, 3 needed: no quorum");
  });

  it("the rule of the moment decides, also when it is changed while the meeting runs", async () => {
    await say("meet-rules quorum:2");
    await running();
    expect(await say("decide M-1 One")).toContain("There is no quorum");
    await say("meet-rules quorum:none");
    expect(await say("decide M-1 One")).toContain("D-1 is decided");
    await say("meet-rules quorum:5");
    expect(await say("decide M-1 Two")).toContain("5 are needed");
    // What was decided keeps the quorum that it was decided with.
    const [row] = await w.work((work) => work.tx.selectFrom("decisions").selectAll().execute());
    expect(row).toMatchObject({ needed: null, present: 1, invited: 5 });
    expect(await say("meet-rules quorum:most")).toContain("does not fit");
    expect(await say("meet-rules quorum:0")).toContain("does not fit");
    expect(await say("meet-rules quorum:2", "Maria")).toContain("That is for");
  });

  it("a vote that is lost or tied decides nothing and takes no number", async () => {
    await say("meet-rules quorum:none");
    await running();
    expect(await say("decide M-1 Lost for:1 against:2 abstain:1")).toContain(
      "With 1 for and 2 against it is not decided",
    );
    expect(await say("decide M-1 Tied for:2 against:2")).toContain("it is not decided");
    expect(await say("decide M-1 Nobody for:0 against:0")).toContain("it is not decided");
    expect(await say("decide M-1 Won for:2 against:1 abstain:3")).toContain("D-1 is decided");
    expect(await say("decide M-1 Next")).toContain("D-2 is decided");
  });
});

describe("agenda", () => {
  it("freezes: later items wait for leave, are let in once, and the rule of the moment decides", async () => {
    await say("meet Joint 2026-12-01 12:00 60m with @police, @border");
    expect(await say("agenda add M-1 In time", "Maria")).toContain("Item 1 is on the agenda");
    // Two days before is a Sunday: it closes on Friday with the working day.
    await at("2026-11-27T16:59");
    expect(words(w.card("Maria", "M-1").message)).toMatch(/Fri 27 Nov.*17:00/);
    await at("2026-11-27T17:00");
    expect(await say("agenda add M-1 Late", "Maria")).toContain("waits for the chair's leave");
    expect(await say("agenda add M-1 By the desk")).toContain("Item 2 is on the agenda");
    await say("meet-rules freeze:0");
    expect(await say("agenda add M-1 In time again", "Jonas")).toContain("Item 3 is on the agenda");
    const late = await w.work((work) =>
      work.tx.selectFrom("agenda_items").select(["id", "state"]).where("state", "=", "late").execute(),
    );
    expect(late).toHaveLength(1);
    expect(await w.ask("Maria", "agenda drop M-1 3")).toContain("That is for");
    const value = `north/M-1 ${late[0]?.id}`;
    const twice = await Promise.all([w.click("Sofia", "agenda-admit", value), w.click("Sofia", "agenda-admit", value)]);
    expect(twice).toHaveLength(2);
    await w.settle();
    expect(news("Maria").filter((one) => one.includes("Your late item"))).toHaveLength(1);
  });

  it("holds forty items, in cards, pack and minutes", async () => {
    await say("meet-rules quorum:none");
    await say("meet Joint 2026-12-01 12:00 60m with @police, @border, @labour");
    const long = "Trends at the eastern border and beyond ".repeat(5).slice(0, 190);
    for (let n = 1; n <= 40; n++) expect(await say(`agenda add M-1 ${n} ${long} for:5m`)).toContain(`Item ${n} is`);
    expect(await say("agenda add M-1 One more")).toContain("is full: 40 items");
    await w.settle();
    for (const name of ["Sofia", "Eleni"] as const) expect(await w.ask(name, "agenda M-1")).toContain("40");
    expect(await say("agenda move M-1 40 1")).not.toContain("does not fit");
    await at("2026-11-30T12:00");
    expect(news("Eleni").join()).toContain("Pack for M-1");
    await at("2026-12-01T12:00");
    expect(await say("start M-1")).toContain("has begun");
    expect(await say("M-1")).not.toBe("");
    expect(await say("end M-1")).toContain("is over");
    await w.settle();
    expect(await say("minutes M-1")).toContain("Minutes of M-1");
  });
});

describe("many", () => {
  it("two hundred persons are asked, card, attendance and minutes fit, and the next is one too many", async () => {
    await say("meet-rules quorum:none");
    await say("meet Joint 2026-11-23 12:00 60m with @police, @border, @labour, @harbour");
    await w.settle();
    const { owner } = w.runtime.store;
    const agencies = await owner.selectFrom("agencies").selectAll().execute();
    const guests = Array.from({ length: 200 }, (_, n) => ({
      id: randomUUID(),
      agency_id: agencies[n % agencies.length]?.id ?? "",
      name: `Guest${n} ${"von der Lange ".repeat(4)}`,
      ...{ lang: "en", zone: ZONE },
    }));
    await owner.insertInto("persons").values(guests).execute();
    await w.work(async (work) => {
      const { id } = await work.tx.selectFrom("meetings").select("id").executeTakeFirstOrThrow();
      const persons = await findPersons(work.tx, { ids: guests.map((one) => one.id) });
      const tooMany = [...persons, ...(await findPersons(work.tx, {}))];
      await expect(invite(work, id, { agencies: [], persons: tooMany })).rejects.toThrow();
      await invite(work, id, { agencies: [], persons });
    });
    w.clock.moveTo(instantOf("2026-11-23T12:00", ZONE));
    for (const name of ["Sofia", "Eleni"] as const) expect(await w.ask(name, "M-1")).toContain("Joint");
    expect(await say("start M-1")).toContain("has begun");
    const form = await w.click("Sofia", "attendance", "north/M-1");
    expect(form && "form" in form).toBe(true);
    for (const name of ["Sofia", "Eleni"] as const) expect(await w.ask(name, "M-1")).toContain("Joint");
    expect(await say("end M-1")).toContain("is over");
    expect(await say("minutes M-1")).toContain("Joint");
  });

  it("a poll of ten dates fits; one or eleven are refused with what would do", async () => {
    const dates = (count: number) =>
      Array.from({ length: count }, (_, n) => `2026-12-${String(n + 1).padStart(2, "0")} 10:00`).join("; ");
    const poll = (count: number) =>
      say(`meet poll Plan 60m with @police, @border slots:"${dates(count)}" by Fri 17:00`);
    expect(await poll(1)).toMatch(/2.*10/);
    expect(await poll(11)).toMatch(/2.*10/);
    expect(await poll(10)).toContain("M-1 asks for votes on 10 dates");
    await w.settle();
    expect(await say("vote M-1 yes:1,10 maybe:2", "Maria")).toContain("counts");
    expect(await say("vote M-1 yes:11", "Maria")).toContain("dates 1 to 10");
    expect(await say('meet poll Plan 60m with @police slots:"Tue 10:00; Tue 10:00" by Fri 17:00')).not.toContain(
      "asks for votes",
    );
    await w.settle();
    expect(words(w.card("Maria", "M-1").message)).toContain("10. ");
  });

  it("an agency can on a date as well as the best of its people can, and the best date is the one that most can", async () => {
    await say(
      'meet poll Plan 60m with @Maria, @Petros, @Jonas slots:"Tue 1 Dec 10:00; Wed 2 Dec 10:00; Thu 3 Dec 10:00" by Fri 17:00',
    );
    await say("vote M-1 maybe:1,2", "Maria");
    await say("vote M-1 yes:1 maybe:3", "Petros");
    await say("vote M-1 yes:2,3", "Jonas");
    const told = await w.work(async (work) => {
      const [row] = await work.tx.selectFrom("meetings").selectAll().execute();
      const [meeting] = row ? await meetingsOf(work, [row]) : [];
      const tallies = meeting ? await pollResultsOf(work, meeting) : [];
      return {
        tallies: tallies.map(({ yes, maybe, no, heads }) => ({ yes, maybe, no, heads })),
        best: bestOf(tallies)?.n,
      };
    });
    expect(told).toEqual({
      tallies: [
        { yes: ["Police"], maybe: [], no: ["Border"], heads: 2 },
        { yes: ["Border"], maybe: ["Police"], no: [], heads: 2 },
        { yes: ["Border"], maybe: ["Police"], no: [], heads: 2 },
      ],
      // Two dates that are as good: the earlier.
      best: 2,
    });
  });
});

describe("a RED meeting", () => {
  it("names persons, takes no deputy, and its record is for those who were there", async () => {
    expect(await say("meet Raid 2026-11-23 12:00 60m with @police tlp:RED")).toMatch(/RED/);
    expect(await say("M-1")).toContain("There is no M-1");
    await say("meet-rules quorum:none");
    expect(await say("meet Raid 2026-11-23 12:00 60m with @Petros, @Eleni tlp:RED")).toContain("M-1 is called");
    await w.settle();
    for (const name of ["Maria", "Omar", "Grace"] as const) {
      expect(await w.ask(name, "M-1"), name).toContain("There is no M-1");
      expect(w.inbox(name).filter(({ message }) => words(message).includes("M-1"))).toEqual([]);
    }
    expect(await w.ask("Eleni", "deputise M-1 @Omar")).toContain("nobody stands in for you");
    await w.ask("Petros", 'away until:"2026-12-20 09:00" deputy:@Maria');
    expect(await w.ask("Maria", "attend M-1 yes")).toContain("There is no M-1");
    await at("2026-11-23T12:00");
    expect(news("Maria").join()).not.toContain("M-1");
    expect(await say("start M-1")).toContain("has begun");
    expect(await say("present M-1 @Grace")).toMatch(/RED/);
    expect(await say("meet invite M-1 @border")).toMatch(/RED/);
    expect(await w.ask("Eleni", "here M-1")).toContain("recorded as present");
    expect(await say("decide M-1 Go in at dawn")).toContain("D-1 is decided");
    expect(await say("end M-1")).toContain("is over");
    await w.settle();
    // Petros was asked and did not come.
    expect(await w.ask("Petros", "minutes M-1")).toContain("for those who were present");
    expect(await w.ask("Petros", "D-1")).toContain("There is no D-1");
    expect(await w.ask("Petros", "decisions dawn")).not.toContain("dawn");
    expect(await w.ask("Maria", "minutes M-1")).toContain("There is no M-1");
    expect(JSON.stringify(w.payloads)).not.toContain("dawn");
  });
});

describe("approval", () => {
  async function circulated(how: string): Promise<void> {
    await say("meet-rules quorum:none");
    await running(how);
    await say("end M-1");
    expect(await say("circulate M-1/1".replace("/1", how.includes("every") ? "/1" : ""))).toContain("can be corrected");
    await w.settle();
  }

  it("by silence: not while a correction is open, and by hand once it is settled", async () => {
    await circulated("meet Joint 2026-11-23 12:00 60m with @police, @border");
    expect(await say("correct M-1 Fourteen", "Maria")).toContain("correction 1");
    expect(await say("approve M-1")).toContain("settle M-1 1 take");
    await w.pass({ days: 8 }, 720);
    expect((await occurrenceRows(w))[0]?.minutes_state).toBe("circulated");
    expect(news("Sofia").filter((one) => one.includes("corrections wait for you"))).toHaveLength(1);
    expect(await say("settle M-1 2 take")).toContain("no correction 2");
    expect(await say("settle M-1 1 refuse")).not.toContain("There is no");
    expect(await say("approve M-1")).toContain("approved");
    expect((await occurrenceRows(w))[0]?.minutes_state).toBe("approved");
    expect(await say("correct M-1 Too late", "Maria")).toContain("not being circulated");
  });

  it("at the meeting that follows, for a series; the clock approves nothing", async () => {
    await say("meet-rules approval:meeting");
    await circulated("meet Weekly every Mon 12:00 60m with @police, @border");
    await w.pass({ days: 6, hours: 20 }, 720);
    expect((await occurrenceRows(w))[0]?.minutes_state).toBe("circulated");
    expect(await say("approve M-1/1")).toContain("approves minutes at the next meeting");
    await at("2026-11-30T12:00");
    expect(await say("start M-1/2")).toContain("has begun");
    expect(await say("approve M-1/1")).toContain("approved");
  });

  it("changed to silence after circulating: what runs is not forgotten", async () => {
    await say("meet-rules approval:meeting");
    await circulated("meet Joint 2026-11-23 12:00 60m with @police, @border");
    await say("meet-rules approval:silence");
    await w.pass({ days: 8 }, 720);
    // The step that was scheduled tells who runs it, and approval by hand is open.
    expect(await say("approve M-1")).toContain("approved");
  });

  it("changed to the meeting after circulating: silence approves nothing any more", async () => {
    await circulated("meet Weekly every Mon 12:00 60m with @police, @border");
    await say("meet-rules approval:meeting");
    await w.pass({ days: 8 }, 720);
    expect((await occurrenceRows(w))[0]?.minutes_state).toBe("circulated");
  });
});

describe("mistakes", () => {
  const WITH = "with @police";
  const TYPED = [
    `meet Joint Tue ${WITH}`,
    `meet Joint when:"Tue" ${WITH}`,
    `meet Joint when:"31 February 10:00" ${WITH}`,
    `meet Joint when:"2020-01-01 10:00" ${WITH}`,
    `meet Joint when:"every 5th of never" ${WITH}`,
    `meet Joint when:"soon" ${WITH}`,
    `meet Joint when:"every Tue 10:00 until 2 January 2020" ${WITH}`,
    `meet Joint when:"28 March 2027 03:30" ${WITH}`,
    `meet Joint when:"biweekly Tue 10:00" ${WITH}`,
    `meet Joint when:"Tue 10:00" for:2m ${WITH}`,
    `meet Joint when:"Tue 10:00" for:11h ${WITH}`,
    `meet Joint when:"Tue 10:00" for:soon ${WITH}`,
    'meet Joint when:"Tue 10:00" with @nobodyhere',
    `meet Joint when:"Tue 10:00" tlp:PURPLE ${WITH}`,
    `meet Joint when:"Tue 10:00" link:http://meet.example ${WITH}`,
    "meet move M-1 soon",
    "meet move M-1 all Thu 11:00",
    "meet move M-1 31 February 10:00",
    "meet close M-1",
    "attend M-1 perhaps so",
    "vote M-1 yes:one",
    "note edit M-1 line:0 x",
    "meet-rules quorum:most",
    "meet-rules freeze:-1",
  ];

  it("are answered by one sentence with an example that works, or a form, and change nothing", async () => {
    await say("meet Weekly every Tue 10:00 60m with @police");
    for (const typed of TYPED) await answered(typed);
  });

  async function answered(typed: string): Promise<void> {
    const before = await w.work((work) => work.tx.selectFrom("meetings").select(["number", "version"]).execute());
    const said = await say(typed);
    expect(await w.work((work) => work.tx.selectFrom("meetings").select(["number", "version"]).execute())).toEqual(
      before,
    );
    expect(said, typed).not.toBe("");
    if (said.startsWith("[form")) return;
    expect(said.split("\n"), typed).toHaveLength(1);
    expect(said.length).toBeLessThan(320);
    // An example that is given can be typed.
    const example = /(?:For example|Example): ([^“”]+?)\.?$/.exec(said)?.[1];
    if (!example) return;
    for (const one of example.split(/, (?=every|Tue|Fri|tomorrow|in |31|\d|1h)/)) {
      const what = one.replace(/\.$/, "");
      const whole = /^(meet|note|attend|vote|task)\b/.test(what)
        ? what.replace(/M-12/g, "M-1").replace(/@maria|@omar/g, "@Maria")
        : /^\d+m$|^\dh\d*$/.test(what)
          ? `meet Again Fri 10:00 ${what} ${WITH}`
          : /^yes:|^\d+$/.test(what)
            ? ""
            : `meet Again ${what} 60m ${WITH}`;
      if (!whole) continue;
      expect(await say(whole), `the example “${whole}”`).not.toMatch(
        /not a (time|length)|gives no time|does not fit|is not a command|\[form/,
      );
    }
  }
});
