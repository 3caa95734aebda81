import { TZDate } from "@date-fns/tz";
import { addDays, addHours, addMinutes, subMinutes } from "date-fns";
import { describe, expect, test } from "vitest";
import {
  addWorkingDays,
  isWorking,
  nextWorking,
  previousWorking,
  type WorkCalendar,
} from "../../../src/time/calendar.js";
import { dayFrom, isoWeekday, type LocalTime, localTimeOf, resolve, resolveLast } from "../../../src/time/local.js";
import { parseWhen } from "../../../src/time/when.js";
import { conformance } from "../../conformance.js";
import type { Transition, ZoneTransitions } from "./conformance.js";

/** What every suite needs where the material is missing: Athens, London and Lord Howe's half hour. */
const OWN: ZoneTransitions = {
  zones: [
    {
      zone: "Europe/Athens",
      transitions: [
        { utc: "2026-03-29T01:00Z", before: 120, after: 180, kind: "gap", minutes: 60 },
        { utc: "2026-10-25T01:00Z", before: 180, after: 120, kind: "overlap", minutes: 60 },
      ],
    },
    {
      zone: "Europe/London",
      transitions: [{ utc: "2027-03-28T01:00Z", before: 0, after: 60, kind: "gap", minutes: 60 }],
    },
    {
      zone: "Australia/Lord_Howe",
      transitions: [{ utc: "2026-04-04T15:00Z", before: 660, after: 630, kind: "overlap", minutes: 30 }],
    },
  ],
};
const material = conformance<ZoneTransitions>("dates/dst-transitions-2025-2029.json") ?? OWN;
const all = material.zones.flatMap(({ zone, transitions }) =>
  transitions.map((one) => ({ zone, ...one, at: new Date(one.utc), name: `${zone} ${one.utc}` })),
);
const everyDay: Omit<WorkCalendar, "zone"> = {
  days: [1, 2, 3, 4, 5, 6, 7],
  from: "00:00",
  to: "24:00",
  holidays: new Set(),
};

/** What the wall would show at an instant with a given offset, whether or not it is in force. */
function shown(at: Date, offset: number): LocalTime {
  const { year, month, day, hour, minute } = localTimeOf(addMinutes(at, offset), "UTC");
  return { year, month, day, hour, minute };
}

const two = (n: number) => String(n).padStart(2, "0");
const typed = (wall: LocalTime) =>
  `${wall.year}-${two(wall.month)}-${two(wall.day)} ${two(wall.hour)}:${two(wall.minute)}`;

/** Minutes through the jump or the repeated stretch: its start, a quarter, its last. */
function inside({ at, minutes, before, after }: Transition & { at: Date }): LocalTime[] {
  return [0, Math.floor(minutes / 4), minutes - 1].map((m) => shown(addMinutes(at, m), Math.min(before, after)));
}
const jumped = (one: Transition & { at: Date }): LocalTime[] =>
  [0, Math.floor(one.minutes / 4), one.minutes - 1].map((m) => shown(addMinutes(one.at, m), one.before));

test(`there are transitions to look at`, () => {
  console.log(`clock changes: ${all.length} in ${material.zones.length} zones`);
  expect(all.length).toBeGreaterThan(3);
});

describe.each(all)("$name $kind", (one) => {
  const { zone, at, kind } = one;
  const early = addDays(at, -20);

  test("10:00 stays 10:00 over working days, forth and back", () => {
    const cal = { ...everyDay, zone };
    const ten = resolve({ ...localTimeOf(addDays(at, -3), zone), hour: 10, minute: 0, second: 0 }, zone).at;
    for (let n = 1; n <= 6; n++) {
      const later = addWorkingDays(cal, ten, n);
      if (!later) throw new Error("no working day");
      expect(localTimeOf(later, zone)).toMatchObject({ hour: 10, minute: 0, second: 0 });
      expect(addWorkingDays(cal, later, -n)).toEqual(ten);
    }
  });

  test(
    kind === "gap" ? "a time that does not exist is refused, with its neighbours" : "of a time shown twice, the first",
    () => {
      for (const wall of kind === "gap" ? jumped(one) : inside(one)) {
        const found = parseWhen(typed(wall), { now: early, zone, lang: "en" });
        if (kind === "gap") {
          const neighbours = [shown(subMinutes(at, 1), one.before), shown(at, one.after)].map(typed).join(", ");
          expect(found).toEqual({ ok: false, reason: "in_gap", detail: neighbours });
          expect(resolve(wall, zone)).toMatchObject({ kind: "gap", before: subMinutes(at, 1), after: at });
        } else {
          if (!found.ok) throw new Error(found.reason);
          expect(found.at < at).toBe(true);
          expect(typed(localTimeOf(found.at, zone))).toBe(typed(wall));
          const again = resolveLast(wall, zone);
          expect(again >= at).toBe(true);
          expect(typed(localTimeOf(again, zone))).toBe(typed(wall));
        }
      }
    },
  );

  test("every instant around it is found again from what the wall shows", () => {
    for (let m = -180; m <= 180; m += 7) {
      const instant = addMinutes(at, m);
      const wall = localTimeOf(instant, zone);
      expect([resolve(wall, zone).at.getTime(), resolveLast(wall, zone).getTime()]).toContain(instant.getTime());
    }
  });

  test("working hours that begin or end in it", () => {
    const [wall] = kind === "gap" ? jumped(one) : inside(one);
    if (!wall) throw new Error("no wall");
    const bound = `${two(wall.hour)}:${two(wall.minute)}`;
    if (bound !== "00:00") {
      const days = [isoWeekday(dayFrom(wall.year, wall.month, wall.day))];
      const night = { ...everyDay, zone, days, to: bound };
      const end = previousWorking(night, addHours(at, 8));
      // A jump: work ended with it. A repetition: work ends the second time.
      expect(end).toEqual(kind === "gap" ? at : resolveLast(wall, zone));
    }
    if (wall.hour < 22) {
      const morning = { ...everyDay, zone, from: bound, to: "23:00" };
      const eve = localTimeOf(addHours(resolve({ ...wall, hour: 12, minute: 0 }, zone).at, -24), zone);
      const night = resolve({ ...eve, hour: 23, minute: 30 }, zone).at;
      expect(nextWorking(morning, night)).toEqual(kind === "gap" ? at : resolve(wall, zone).at);
      expect(isWorking(morning, addHours(at, 3))).toBe(true);
    }
  });
});

/** Why local.ts does not leave it to TZDate: it says so as long as it is so. */
test("resolve and TZDate's constructor agree where there is one answer", () => {
  for (const { zone, at } of all.slice(0, 60)) {
    const { year, month, day } = localTimeOf(addDays(at, 5), zone);
    const wall = { year, month, day, hour: 10, minute: 15 };
    expect(resolve(wall, zone)).toEqual({
      kind: "one",
      at: new Date(new TZDate(year, month - 1, day, 10, 15, zone).getTime()),
    });
  }
});
