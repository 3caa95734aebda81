import { addHours, addMinutes } from "date-fns";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWorking, nextWorking, previousWorking, type WorkCalendar } from "../../../src/time/calendar.js";
import { notifyingHours, workingMoment } from "../../../src/time/working-hours.js";
import { calendar, instant } from "./arbitrary.js";

const cal: WorkCalendar = {
  zone: "Europe/Athens",
  days: [1, 2, 3, 4, 5],
  from: "09:00",
  to: "17:00",
  holidays: new Set(),
};
const at = (text: string) => new Date(text);

describe("each rule", () => {
  test.each([
    [
      "life-safety waits for nobody",
      "2026-11-28T02:00Z",
      { lifeSafety: true, deadline: "2026-11-30T15:00Z" },
      "2026-11-28T02:00Z",
    ],
    ["in working time it stays", "2026-11-27T10:00Z", { deadline: "2026-11-30T15:00Z" }, "2026-11-27T10:00Z"],
    ["without a deadline it waits", "2026-11-28T10:00Z", {}, "2026-11-30T07:00Z"],
    [
      "before a deadline in working time it waits",
      "2026-11-29T15:00Z",
      { deadline: "2026-11-30T15:00Z" },
      "2026-11-30T07:00Z",
    ],
    ["work resumes just at the deadline", "2026-11-29T15:00Z", { deadline: "2026-11-30T07:00Z" }, "2026-11-30T07:00Z"],
    ["a deadline on Sunday: on Friday", "2026-11-28T10:00Z", { deadline: "2026-11-29T10:00Z" }, "2026-11-27T14:30Z"],
    ["at due, by night: in the evening", "2026-11-24T22:00Z", { deadline: "2026-11-24T22:00Z" }, "2026-11-24T14:30Z"],
    ["due at closing: before it", "2026-11-24T15:00Z", { deadline: "2026-11-24T15:00Z" }, "2026-11-24T14:30Z"],
    [
      "a day before, at closing: before it",
      "2026-11-24T14:45Z",
      { deadline: "2026-11-25T14:45Z" },
      "2026-11-24T14:30Z",
    ],
    ["late, at closing: in the morning", "2026-11-24T15:00Z", { deadline: "2026-11-23T15:00Z" }, "2026-11-25T07:00Z"],
    [
      "due at closing, asked for in the last minutes: at its own instant",
      "2026-11-24T15:00Z",
      { deadline: "2026-11-24T15:00Z", notBefore: "2026-11-24T14:50Z" },
      "2026-11-24T15:00Z",
    ],
    [
      "Friday is over: at its own instant",
      "2026-11-28T10:00Z",
      { deadline: "2026-11-29T10:00Z", notBefore: "2026-11-27T18:00Z" },
      "2026-11-28T10:00Z",
    ],
    [
      "Friday is still to come",
      "2026-11-28T10:00Z",
      { deadline: "2026-11-29T10:00Z", notBefore: "2026-11-27T12:00Z" },
      "2026-11-27T14:30Z",
    ],
    [
      "Friday is about to end at this moment",
      "2026-11-28T10:00Z",
      { deadline: "2026-11-29T10:00Z", notBefore: "2026-11-27T14:30Z" },
      "2026-11-27T14:30Z",
    ],
    ["late, on Saturday: on Monday", "2026-11-28T10:00Z", { deadline: "2026-11-27T10:00Z" }, "2026-11-30T07:00Z"],
  ] as const)("%s", (_, step, { ...given }: { lifeSafety?: boolean; deadline?: string; notBefore?: string }, sent) => {
    const options = {
      calendar: cal,
      lifeSafety: given.lifeSafety ?? false,
      deadline: given.deadline ? at(given.deadline) : undefined,
      notBefore: given.notBefore ? at(given.notBefore) : undefined,
    };
    expect(workingMoment(at(step), options)).toEqual(at(sent));
  });

  test("a calendar without work moves nothing", () => {
    const never = { ...cal, holidays: () => true };
    const step = at("2026-11-28T10:00Z");
    expect(workingMoment(step, { calendar: never, lifeSafety: false })).toEqual(step);
    expect(workingMoment(step, { calendar: never, lifeSafety: false, deadline: addHours(step, 1) })).toEqual(step);
  });
});

test("whatever the calendar: never later than the deadline, always in working time or for a reason", () => {
  const hours = fc.integer({ min: -14 * 24 * 60, max: 14 * 24 * 60 });
  fc.assert(
    fc.property(
      calendar,
      instant,
      fc.option(hours, { nil: undefined }),
      fc.option(hours, { nil: undefined }),
      fc.boolean(),
      (works, step, due, from, lifeSafety) => {
        const cal = notifyingHours(works);
        const deadline = due === undefined ? undefined : addMinutes(step, due);
        const notBefore = from === undefined ? undefined : addMinutes(step, from);
        const sent = workingMoment(step, { calendar: works, deadline, notBefore, lifeSafety });
        if (lifeSafety || isWorking(cal, step)) {
          expect(sent).toEqual(step);
          return;
        }
        const next = nextWorking(cal, step);
        const previous = previousWorking(cal, step);
        if (!next || !previous) throw new Error("these calendars work some day");
        if (!deadline || deadline < step) {
          expect(sent).toEqual(next);
          return;
        }
        expect(sent <= deadline).toBe(true);
        // Never moved to before now.
        if (notBefore && sent < step) expect(sent >= notBefore).toBe(true);
        // Its own instant only when work neither resumes by the deadline nor was on since now.
        if (!isWorking(cal, sent)) {
          expect(sent).toEqual(step);
          expect((next > deadline || isWorking(works, step)) && notBefore !== undefined && previous < notBefore).toBe(
            true,
          );
        }
        // Never further than it must.
        if (isWorking(cal, sent)) expect([next.getTime(), previous.getTime()]).toContain(sent.getTime());
      },
    ),
    { numRuns: 600 },
  );
});
