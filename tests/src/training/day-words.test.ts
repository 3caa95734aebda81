import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitMeeting } from "../../../src/meetings/schedule/index.js";
import { withDays } from "../../../src/training/day-words.js";

/** A Tuesday, 10:00 in Athens. */
const now = new Date("2026-11-24T08:00:00Z");
const at = { now, zone: "Europe/Athens" };

describe("the first Tuesday of March", () => {
  it.each([
    ["first Tue of March 10:00", "2027-03-02 10:00"],
    ["the first Tuesday in March 2028 10:00", "2028-03-07 10:00"],
    ["last Thu of Nov 9:00", "2026-11-26 9:00"],
    ["first Tue of November 9:00", "2027-11-02 9:00"],
    ["4th Tue of Nov", "2026-11-24"],
    ["last Friday of December", "2026-12-25"],
    ["le premier mardi de mars 10h", "2027-03-02 10h"],
    ["dernier jeudi d’avril 2027 9h", "2027-04-29 9h"],
    ["troisième mer. de févr. 9h", "2027-02-17 9h"],
    ["fifth Tue of March 10:00", "fifth Tue of March 10:00"],
    ["every first Tue of March 10:00", "every first Tue of March 10:00"],
    ["first Tue 10:00", "first Tue 10:00"],
    ["Thu 10:00", "Thu 10:00"],
  ])("%s", (said, meant) => expect(withDays(said, at)).toBe(meant));

  it("is read with its length and who is asked", () => {
    const line = "first Tue of March 10:00 3h with @police, @iom";
    expect(splitMeeting(withDays(line, at), { ...at, lang: "en" })).toEqual({
      when: "2027-03-02 10:00",
      minutes: "3h",
      with: "@police, @iom",
    });
  });

  it("is that weekday, in that week of that month, whichever it is", () => {
    const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const months = ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
    const nths = ["first", "second", "third", "fourth", "last"];
    const index = (length: number) => fc.integer({ min: 0, max: length - 1 });
    fc.assert(
      fc.property(index(5), index(7), index(12), fc.integer({ min: 2000, max: 2099 }), (n, d, m, year) => {
        const day = new Date(`${withDays(`${nths[n]} ${days[d]} of ${months[m]} ${year}`, at)}T00:00:00Z`);
        expect((day.getUTCDay() + 6) % 7).toBe(d);
        expect(day.getUTCMonth()).toBe(m);
        expect(day.getUTCFullYear()).toBe(year);
        const week = Math.floor((day.getUTCDate() - 1) / 7);
        if (n < 4) expect(week).toBe(n);
        else expect(new Date(day.getTime() + 7 * 86_400_000).getUTCMonth()).not.toBe(m);
      }),
    );
  });
});
