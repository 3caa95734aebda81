import { describe, expect, it } from "vitest";
import { inOrder, readDaysOff, readHours, readWeekdays, showWeekdays } from "../../../src/time/week-words.js";

describe("working days, as people write them", () => {
  it.each([
    ["1,2,3,4,5", [1, 2, 3, 4, 5]],
    ["1-5", [1, 2, 3, 4, 5]],
    ["Mon-Fri", [1, 2, 3, 4, 5]],
    ["Monday to Friday", [1, 2, 3, 4, 5]],
    ["Mon – Fri", [1, 2, 3, 4, 5]],
    ["Sun-Thu", [7, 1, 2, 3, 4]],
    ["7,1,2,3,4", [7, 1, 2, 3, 4]],
    ["Mon, Wed and Fri", [1, 3, 5]],
    ["Mondays", [1]],
    ["lundi au vendredi", [1, 2, 3, 4, 5]],
    ["lun-ven", [1, 2, 3, 4, 5]],
    ["dim.-jeu.", [7, 1, 2, 3, 4]],
    ["lundi, mardi et jeudi", [1, 2, 4]],
    ["Mon-Fri, Fri", [1, 2, 3, 4, 5]],
    ["MON;TUE", [1, 2]],
  ])("%s", (said, days) => {
    expect(readWeekdays(said)).toEqual(days);
  });

  it.each(["", "8", "Mon-Fri-Sun", "weekdays", "0-5", "Mon,", "M", "24 Dec", "Mon-"])("%s is none", (said) => {
    expect(readWeekdays(said)).toBeUndefined();
  });

  it("are shown so that they are read again", () => {
    for (const [days, en, fr] of [
      [[1, 2, 3, 4, 5], "Mon–Fri", "lun.–ven."],
      [[7, 1, 2, 3, 4], "Sun–Thu", "dim.–jeu."],
      [[1, 3, 5], "Mon, Wed, Fri", "lun., mer., ven."],
      [[6], "Sat", "sam."],
    ] as const) {
      expect([showWeekdays(days, "en"), showWeekdays(days, "fr")]).toEqual([en, fr]);
      expect([readWeekdays(en), readWeekdays(fr)]).toEqual([days, days]);
    }
  });

  it("begin after the longest rest", () => {
    expect(inOrder([1, 2, 3, 4, 7])).toEqual([7, 1, 2, 3, 4]);
    expect(inOrder([5, 1, 3])).toEqual([1, 3, 5]);
    expect(inOrder([6, 7, 1, 2, 3])).toEqual([6, 7, 1, 2, 3]);
    expect(inOrder([7, 6, 5, 4, 3, 2, 1])).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe("working hours, as people write them", () => {
  it.each([
    ["08:00-16:00", "08:00", "16:00"],
    ["8-16", "08:00", "16:00"],
    ["8 to 16:30", "08:00", "16:30"],
    ["8h-16h", "08:00", "16:00"],
    ["8h30 à 16h", "08:30", "16:00"],
    ["de 8h à 17h", "08:00", "17:00"],
    ["9am-5pm", "09:00", "17:00"],
    ["9 am – 5:30 pm", "09:00", "17:30"],
    ["00:00-24:00", "00:00", "24:00"],
    ["12am-12pm", "00:00", "12:00"],
  ])("%s", (said, from, to) => {
    expect(readHours(said)).toEqual({ from, to });
  });

  it.each(["", "16:00-08:00", "8", "8-25", "8:70-9:00", "08:00", "13pm-5pm", "24:00-24:00", "early"])(
    "%s are none",
    (said) => {
      expect(readHours(said)).toBeUndefined();
    },
  );
});

describe("days off, as people write them", () => {
  const context = { now: new Date("2026-11-23T08:00:00Z"), zone: "Europe/Athens", lang: "en" as const };
  it.each([
    ["2026-12-24", ["2026-12-24"]],
    ["24 Dec, 2027-01-02", ["2026-12-24", "2027-01-02"]],
    ["24 Dec to 27 Dec", ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27"]],
    ["2026-12-24..2026-12-25", ["2026-12-24", "2026-12-25"]],
    ["24 December and 2 January", ["2026-12-24", "2027-01-02"]],
    ["2026-01-06", ["2026-01-06"]],
  ])("%s", (said, days) => {
    expect(readDaysOff(said, context)).toEqual(days);
  });

  it("in French too", () => {
    expect(readDaysOff("du 24 décembre au 26 décembre et 2 janvier", { ...context, lang: "fr" })).toEqual([
      "2026-12-24",
      "2026-12-25",
      "2026-12-26",
      "2027-01-02",
    ]);
  });

  it.each(["", "Christmas", "24 Dec 10:00", "27 Dec to 24 Dec", "1 Jan to 31 Dec", "2026-02-30", "24/12/2026 13h"])(
    "%s are none",
    (said) => {
      expect(readDaysOff(said, context)).toBeUndefined();
    },
  );
});
