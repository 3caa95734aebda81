import { afterEach, describe, expect, it } from "vitest";
import { conformance, NEEDS } from "../../conformance.js";
import { START, World, ZONE } from "../../world.js";
import type { ZoneTransitions } from "../time/conformance.js";
import { daysLater, instantOf, meetingRow, occurrenceRows, stepRows, stepsToCome, wallAt, weekdayOf } from "./rows.js";

/** Series over a year on a real database: the rows of their occurrences and of the reminders laid for them. */

const PEOPLE = { Sofia: "secretariat coordinator focal_point", Maria: "police focal_point staff" };
const ZONES = [
  ...["Europe/Vienna", "Europe/London", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut"],
  ...["America/New_York", "America/Santiago", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Chatham"],
];
const MINUTE = 60_000;
const DAYS = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

let w: World;
afterEach(() => w?.close());

/** So many working days of the body before (it has no holidays), at the same hour of its wall. */
function workingDaysBefore(at: Date, days: number): Date {
  let wall = wallAt(at, ZONE);
  for (let left = days; left > 0; ) {
    wall = daysLater(wall, -1);
    if (weekdayOf(wall) <= 5) left--;
  }
  return instantOf(wall, ZONE);
}

/** The same moment in the body's working time, else the close of the working day before. */
function closing(at: Date): Date {
  const wall = wallAt(at, ZONE);
  const works = (day: string) => weekdayOf(day) <= 5;
  const hour = wall.slice(11);
  if (works(wall) && hour >= "09:00" && hour <= "17:00") return at;
  let day = works(wall) && hour > "17:00" ? wall : daysLater(wall, -1);
  while (!works(day)) day = daysLater(day, -1);
  return instantOf(`${day.slice(0, 10)}T17:00`, ZONE);
}

type Occurrences = Awaited<ReturnType<typeof occurrenceRows>>;

async function checkReminders(number: number, rows: Occurrences): Promise<void> {
  const steps = await stepRows(w, number);
  const laid = new Map<string, Date>();
  for (const { n, step, due_at, starts_at } of steps) {
    expect(laid.has(`${n} ${step}`), `${step} of ${n} is laid once`).toBe(false);
    laid.set(`${n} ${step}`, due_at);
    expect(due_at.getTime(), `${step} of ${n} is not after the meeting`).toBeLessThanOrEqual(starts_at.getTime());
  }
  for (const { n, starts_at } of rows) {
    const start = starts_at.getTime();
    expect(laid.get(`${n} start`)).toEqual(starts_at);
    expect(laid.get(`${n} soon`)).toEqual(new Date(start - 15 * MINUTE));
    const pack = workingDaysBefore(starts_at, 1);
    if (pack > w.clock.now()) expect(laid.get(`${n} pack`), `pack of ${n}`).toEqual(pack);
    const freeze = closing(new Date(start - 48 * 60 * MINUTE));
    for (const [step, nominal, deadline] of [
      ["rsvp", workingDaysBefore(starts_at, 3).getTime(), start],
      ["agenda", workingDaysBefore(freeze, 1).getTime(), freeze.getTime()],
    ] as const) {
      if (nominal <= w.clock.now().getTime() + 96 * 60 * MINUTE) continue;
      const due = laid.get(`${n} ${step}`);
      if (!due) throw new Error(`${step} of ${n} is missing`);
      const hours = wallAt(nominal, ZONE);
      const works = weekdayOf(hours) <= 5 && hours.slice(11) >= "10:00" && hours.slice(11) < "15:00";
      if (works) expect(due.getTime(), `${step} of ${n}`).toBe(nominal);
      expect(due.getTime(), `${step} of ${n}`).toBeLessThanOrEqual(deadline);
      expect(Math.abs(due.getTime() - nominal), `${step} of ${n}`).toBeLessThan(66 * 60 * MINUTE);
    }
  }
}

const material = conformance<ZoneTransitions>("dates/dst-transitions-2025-2029.json");

describe.skipIf(!material)(`a weekly series around every change of the clocks ${NEEDS}`, () => {
  it.each(ZONES)("%s", async (zone) => {
    w = await World.create({ people: PEOPLE });
    const found = material?.zones.find((one) => one.zone === zone);
    if (!found) throw new Error(`no ${zone} in the material`);
    const until = START.getTime() + 390 * 1_440 * MINUTE;
    const coming = found.transitions.filter(
      ({ utc }) => Date.parse(utc) > START.getTime() + 7 * 1_440 * MINUTE && Date.parse(utc) < until,
    );
    expect(coming.length).toBeGreaterThanOrEqual(2);
    // On the day and at the time at which the clocks change, and at ten on that day.
    const said = coming.flatMap(({ utc, before, after }) => {
      const at = Date.parse(utc);
      const first = new Date(at + Math.min(before, after) * MINUTE + 15 * MINUTE).toISOString().slice(0, 16);
      return [first, `${first.slice(0, 10)}T10:00`];
    });
    let number = 0;
    for (const wall of said) {
      number++;
      const day = DAYS[weekdayOf(wall)];
      const words = `meet Weekly every ${day} ${wall.slice(11)} ${zone} 60m with @police`;
      expect(await w.ask("Sofia", words)).toContain(`M-${number} is called`);
      const rows = await occurrenceRows(w, number);
      // Fifty-seven weeks are four hundred days.
      expect(rows.length).toBeGreaterThanOrEqual(57);
      const first = rows[0]?.wall ?? "";
      expect(instantOf(first, zone).getTime()).toBeGreaterThan(START.getTime());
      expect(instantOf(daysLater(first, -7), zone).getTime()).toBeLessThanOrEqual(w.clock.now().getTime());
      for (const [index, row] of rows.entries()) {
        const due = daysLater(first, 7 * index);
        expect(row).toMatchObject({ n: index + 1, wall: due, rule_wall: due, minutes: 60, state: "scheduled" });
        expect(row.starts_at, due).toEqual(instantOf(due, zone));
        expect(row.ends_at.getTime() - row.starts_at.getTime()).toBe(60 * MINUTE);
        expect(row.wall.slice(11)).toBe(wall.slice(11));
      }
      expect(
        rows.some((row) => row.wall === wall),
        `${wall} is one of them`,
      ).toBe(true);
      await checkReminders(number, rows);
    }
  });
});

/** The days that a rule of a month names, by arithmetic alone. */
function nthOfMonth(year: number, month: number, weekday: number, nth: number): string | undefined {
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const all: number[] = [];
  for (let day = 1; day <= days; day++)
    if ((new Date(Date.UTC(year, month, day)).getUTCDay() || 7) === weekday) all.push(day);
  const day = nth < 0 ? all.at(nth) : all[nth - 1];
  return day === undefined
    ? undefined
    : `${year}-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

describe("rules of the month", () => {
  const WORDS = { 1: "first", 2: "second", 3: "third", 4: "fourth", [-1]: "last" } as const;

  it("every first to fourth and last weekday falls where the calendar says", async () => {
    w = await World.create({ people: PEOPLE });
    let number = 0;
    for (const [nth, word] of Object.entries(WORDS))
      for (let weekday = 1; weekday <= 5; weekday++) {
        number++;
        const asked = `meet Monthly every ${word} ${DAYS[weekday]} of the month 9:30 60m with @police`;
        expect(await w.ask("Sofia", asked)).toContain(`M-${number} is called`);
        const due: string[] = [];
        for (let month = 10; month < 26; month++) {
          const day = nthOfMonth(2026 + Math.floor(month / 12), month % 12, weekday, Number(nth));
          const at = instantOf(`${day}T09:30`, ZONE).getTime();
          if (at > w.clock.now().getTime() && at <= w.clock.now().getTime() + 400 * 1_440 * MINUTE)
            due.push(`${day}T09:30`);
        }
        const rows = await occurrenceRows(w, number);
        expect(
          rows.map((row) => row.wall),
          asked,
        ).toEqual(due);
        expect(rows.map((row) => row.starts_at)).toEqual(due.map((wall) => instantOf(wall, ZONE)));
      }
  });
});

describe("a series that is held", () => {
  it("goes on: as each is held the year ahead is written out, without a gap and without a double", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", "meet-rules quorum:none");
    await w.ask("Sofia", "meet Daily desk every weekday 12:00 15m with @police");
    const before = await occurrenceRows(w);
    expect(before).toHaveLength(60);
    await w.settle();
    for (let held = 1; held <= 2; held++) {
      const next = (await occurrenceRows(w)).find(({ state }) => state === "scheduled");
      if (!next) throw new Error("nothing to come");
      w.clock.moveTo(next.starts_at);
      await w.runtime.reconciler.moved();
      await w.settle();
      expect(await w.ask("Sofia", `start M-1/${next.n}`)).toContain("has begun");
      expect(await w.ask("Sofia", `end M-1/${next.n}`)).toContain("is over");
    }
    const rows = await occurrenceRows(w);
    expect(rows.filter(({ state }) => state === "ended")).toHaveLength(2);
    expect(rows.filter(({ state }) => state === "scheduled")).toHaveLength(60);
    expect(rows.map(({ n }) => n)).toEqual(rows.map((_, index) => index + 1));
    for (const [index, row] of rows.entries()) {
      const last = rows[index - 1]?.wall;
      if (last) expect(row.wall).toBe(daysLater(last, weekdayOf(last) === 5 ? 3 : 1));
      expect(weekdayOf(row.wall)).toBeLessThanOrEqual(5);
    }
    const packs = (await stepRows(w)).filter(({ step }) => step === "pack");
    expect(new Set(packs.map(({ n }) => n)).size).toBe(62);
    for (const one of rows.filter(({ state }) => state === "scheduled").slice(0, 5))
      expect((await stepsToCome(w, one.n)).start).toEqual(one.starts_at);
  });

  it("goes on by its packs too, where nobody presses start", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", "meet Daily desk every weekday 12:00 15m with @police");
    await w.pass({ days: 2 }, 720);
    const rows = await occurrenceRows(w);
    expect(rows.length).toBeGreaterThanOrEqual(62);
    expect(new Set(rows.map(({ wall }) => wall)).size).toBe(rows.length);
  });

  it("of two occurrences has two, whatever is started, ended or called off", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", "meet-rules quorum:none");
    await w.ask("Sofia", "meet Pair every Tue 12:00 30m 2 times with @police");
    expect((await occurrenceRows(w)).map(({ wall }) => wall)).toEqual(["2026-11-24T12:00", "2026-12-01T12:00"]);
    await w.pass({ days: 1, hours: 2 }, 240);
    expect(await w.ask("Sofia", "start M-1/1")).toContain("has begun");
    expect(await w.ask("Sofia", "end M-1/1")).toContain("is over");
    expect(await occurrenceRows(w)).toHaveLength(2);
    expect(await w.ask("Sofia", "meet cancel M-1/2")).toContain("M-1/2");
    expect(await occurrenceRows(w)).toHaveLength(2);
  });

  it("of two of which one was held, moved by its time alone, has one to come", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", "meet-rules quorum:none");
    await w.ask("Sofia", "meet Pair every Tue 12:00 30m 2 times with @police");
    await w.pass({ days: 1, hours: 2 }, 240);
    await w.ask("Sofia", "start M-1/1");
    await w.ask("Sofia", "end M-1/1");
    await w.pass({ hours: 16 }, 240);
    expect(await w.ask("Sofia", "meet move M-1 all 15:00")).toContain("15:00");
    const rows = await occurrenceRows(w);
    expect(rows.map(({ wall, state }) => [wall, state])).toEqual([
      ["2026-11-24T12:00", "ended"],
      ["2026-12-01T15:00", "scheduled"],
    ]);
  });
});

describe("a series that is moved", () => {
  const SERIES = "meet Weekly every Tue 10:00 60m with @police";

  it("by its time alone keeps its days, from the next one on", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", SERIES);
    const before = await occurrenceRows(w);
    expect(await w.ask("Sofia", "meet move M-1 all 14:30")).toContain("14:30");
    const rows = await occurrenceRows(w);
    expect(rows.map(({ wall }) => wall)).toEqual(before.map(({ wall }) => wall.replace("T10:00", "T14:30")));
    for (const { wall, starts_at } of rows) expect(starts_at).toEqual(instantOf(wall, ZONE));
    for (const { n, starts_at } of rows.slice(1, 4)) {
      const steps = await stepsToCome(w, n);
      expect(steps.start).toEqual(starts_at);
      expect(steps.pack).toEqual(workingDaysBefore(starts_at, 1));
    }
  });

  it("by its time alone while one is running leaves that day alone", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", SERIES);
    await w.pass({ days: 1 }, 240);
    expect(await w.ask("Sofia", "start M-1")).toContain("has begun");
    expect(await w.ask("Sofia", "meet move M-1 all 14:30")).toContain("14:30");
    const rows = await occurrenceRows(w);
    expect(rows.slice(0, 3).map(({ wall }) => wall)).toEqual([
      "2026-11-24T10:00",
      "2026-12-01T14:30",
      "2026-12-08T14:30",
    ]);
  });

  it("by its time alone after one was moved to another day keeps the rule's days", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", SERIES);
    expect(await w.ask("Sofia", "meet move M-1/1 26 November 11:00")).toContain("11:00");
    expect(await w.ask("Sofia", "meet move M-1 all 14:30")).toContain("14:30");
    const rows = await occurrenceRows(w);
    expect(rows.slice(0, 3).map(({ wall }) => wall)).toEqual([
      "2026-11-24T14:30",
      "2026-12-01T14:30",
      "2026-12-08T14:30",
    ]);
  });

  it("to a later hour keeps its last day", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", "meet Weekly every Tue 10:00 until 15 December 60m with @police");
    expect(await occurrenceRows(w)).toHaveLength(4);
    await w.ask("Sofia", "meet move M-1 all 14:30");
    expect((await occurrenceRows(w)).map(({ wall, state }) => [wall, state])).toEqual(
      ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"].map((day) => [`${day}T14:30`, "scheduled"]),
    );
  });

  it("to another zone follows the clocks of that zone", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", SERIES);
    expect(await w.ask("Sofia", "meet move M-1 all every Tue 10:00 America/New_York")).toContain("M-1");
    expect((await meetingRow(w)).zone).toBe("America/New_York");
    const rows = await occurrenceRows(w);
    for (const { wall, starts_at } of rows) {
      expect(wall.slice(11)).toBe("10:00");
      expect(weekdayOf(wall)).toBe(2);
      expect(starts_at).toEqual(instantOf(wall, "America/New_York"));
    }
    expect(new Set(rows.map(({ starts_at }) => starts_at.toISOString().slice(11, 16)))).toEqual(
      new Set(["15:00", "14:00"]),
    );
    const steps = await stepRows(w);
    const open = steps.filter(({ fired_at }) => fired_at === null);
    expect(new Set(open.map(({ n, step }) => `${n} ${step}`)).size).toBe(open.length);
    for (const { due_at, starts_at } of open) expect(due_at <= starts_at).toBe(true);
  });

  it("one occurrence, said in the writer's zone, is the same instant in the meeting's", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", "meet Weekly every Tue 10:00 America/New_York 60m with @police");
    // In Athens, where Sofia writes.
    expect(await w.ask("Sofia", "meet move M-1/2 2 December 16:00")).toContain("16:00");
    const row = (await occurrenceRows(w))[1];
    expect(row).toMatchObject({ wall: "2026-12-02T09:00", rule_wall: "2026-12-01T10:00" });
    expect(row?.starts_at).toEqual(new Date("2026-12-02T14:00:00Z"));
  });

  it("one occurrence by its time alone stays on its day", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Sofia", "meet Weekly every Tue 20:00 America/New_York 60m with @police");
    // Tuesday evening there is Wednesday morning in Athens, where Sofia reads it and writes.
    expect(await w.ask("Sofia", "meet move M-1/2 04:30")).toContain("04:30");
    expect((await occurrenceRows(w))[1]?.starts_at).toEqual(new Date("2026-12-02T02:30:00Z"));
  });
});

describe("reminders of a meeting called at short notice", () => {
  it("never come after it, nor is the pack sent once it has begun", async () => {
    w = await World.create({ people: PEOPLE });
    for (const minutes of [1, 2, 10, 20, 90]) {
      const wall = wallAt(w.clock.now().getTime() + minutes * MINUTE, ZONE);
      expect(await w.ask("Sofia", `meet Now ${wall.slice(0, 10)} ${wall.slice(11)} 60m with @police`)).toContain(
        "is called",
      );
    }
    for (let number = 1; number <= 5; number++)
      for (const { due_at, starts_at, step } of await stepRows(w, number))
        expect(due_at.getTime(), `${step} of M-${number}`).toBeLessThanOrEqual(starts_at.getTime());
  });
});
