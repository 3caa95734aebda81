import { addDays } from "date-fns";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOrderOf } from "../../../src/time/dates.js";
import { localTimeOf } from "../../../src/time/local.js";
import { takeMoment } from "../../../src/time/moment.js";
import { parseDuration, parseWhen, type When, type WhenContext, type WhenFailure } from "../../../src/time/when.js";
import { ENGLISH, FRENCH } from "./phrases.js";

const ATHENS = "Europe/Athens";
const said: WhenContext = {
  now: new Date("2026-11-24T08:30:00Z"),
  zone: ATHENS,
  lang: "en",
  addWorkingDays: (at, n) => addDays(at, n),
};
const french: WhenContext = { ...said, lang: "fr" };

const two = (n: number) => String(n).padStart(2, "0");

function wall(at: Date, zone: string): string {
  const { year, month, day, hour, minute } = localTimeOf(at, zone);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

function told(found: When | WhenFailure): string {
  if (!found.ok) {
    const detailed = ["ambiguous", "in_gap", "past"].includes(found.reason);
    return found.detail && detailed ? `${found.reason}: ${found.detail}` : found.reason;
  }
  const meantIn = found.zone === ATHENS ? "" : ` ${found.zone}`;
  return `${wall(found.at, ATHENS)}${found.hasTime ? "" : " day"}${meantIn}`;
}

describe("parseWhen", () => {
  test.each(ENGLISH)("%s", (text, meant) => expect(told(parseWhen(text, said))).toBe(meant));
  test.each(FRENCH)("%s", (text, meant) => expect(told(parseWhen(text, french))).toBe(meant));

  test("the month comes first where people write so, except between dots", () => {
    const american: WhenContext = { ...said, dateOrder: "mdy" };
    expect(told(parseWhen("12/11/2026", american))).toBe("2026-12-11 17:00 day");
    expect(told(parseWhen("12/31/2026", american))).toBe("2026-12-31 17:00 day");
    expect(told(parseWhen("31/12/2026", american))).toBe("impossible");
    expect(told(parseWhen("11.12.2026", american))).toBe("2026-12-11 17:00 day");
    expect(told(parseWhen("12/11/2026", { ...said, now: new Date("2026-10-01T00:00:00Z") }))).toBe(
      "2026-11-12 17:00 day",
    );
  });

  test("where the order is unknown, an impossible reading decides, and else both are offered", () => {
    const anywhere: WhenContext = { ...said, dateOrder: "unknown" };
    expect(told(parseWhen("12/31/2026", anywhere))).toBe("2026-12-31 17:00 day");
    expect(told(parseWhen("31/12/2026", anywhere))).toBe("2026-12-31 17:00 day");
    expect(told(parseWhen("5/5/2027", anywhere))).toBe("2027-05-05 17:00 day");
    const both = parseWhen("12/3/2027", anywhere);
    expect(both).toMatchObject({ ok: false, reason: "ambiguous" });
    expect(both.ok ? [] : both.readings?.map(told)).toEqual(["2027-03-12 17:00 day", "2027-12-03 17:00 day"]);
    // Known, and impossible so: offered the other way round, never taken.
    const known = parseWhen("12/31/2026", said);
    expect(known.ok ? [] : known.readings?.map(told)).toEqual(["2026-12-31 17:00 day"]);
  });

  test.each([
    ["America/New_York", "en", "mdy"],
    ["America/Los_Angeles", "fr", "mdy"],
    ["Europe/Athens", "en-US", "dmy"],
    ["Africa/Tunis", "fr", "dmy"],
    ["America/Toronto", "en", "unknown"],
    ["America/Toronto", "fr-CA", "dmy"],
    ["UTC", "en-GB", "dmy"],
    ["UTC", "en-US", "mdy"],
    ["UTC", "en", "unknown"],
    ["Asia/Manila", "en", "unknown"],
  ])("in %s, speaking %s, 12/3 is read %s", (zone, lang, order) => expect(dateOrderOf(zone, lang)).toBe(order));

  test("a day that has just passed, told without its year, is asked about; one long past is the next year's", () => {
    const first: WhenContext = { ...said, now: new Date("2026-12-01T08:00:00Z") };
    for (const day of ["30 Nov", "30/11", "Nov 30", "30 November", "1 September"]) {
      const found = parseWhen(day, first);
      expect(found, day).toMatchObject({ ok: false, reason: "past", readings: [{ ok: true }] });
    }
    expect(told(parseWhen("31 March", first))).toBe("2027-03-31 17:00 day");
  });

  test("the working day's end and the week's are the caller's", () => {
    const agency: WhenContext = { ...said, endOfDay: { h: 15, m: 30 }, lastWorkingDay: 4 };
    expect(told(parseWhen("tomorrow", agency))).toBe("2026-11-25 15:30 day");
    expect(told(parseWhen("end of week", agency))).toBe("2026-11-26 15:30 day");
  });

  test("working days want a calendar, and one that has any", () => {
    expect(parseWhen("in 3 working days", { ...said, addWorkingDays: undefined })).toMatchObject({
      reason: "impossible",
    });
    expect(parseWhen("in 3 working days", { ...said, addWorkingDays: () => undefined })).toMatchObject({
      reason: "impossible",
    });
  });

  test("a day that is over by the evening: today is past, its weekday is next week's", () => {
    const evening: WhenContext = { ...said, now: new Date("2026-11-24T18:00:00Z") };
    expect(told(parseWhen("today", evening))).toBe("past: 2026-11-24 17:00");
    expect(told(parseWhen("tuesday", evening))).toBe("2026-12-01 17:00 day");
    expect(told(parseWhen("24 November", evening))).toBe("past: 2026-11-24 17:00");
    expect(told(parseWhen("17:00", evening))).toBe("2026-11-25 17:00");
  });

  test("today is the writer's today, whatever the zone of the clock that is named", () => {
    const tokyo: WhenContext = { ...said, zone: "Asia/Tokyo", now: new Date("2026-11-24T23:00:00Z") };
    expect(parseWhen("tomorrow 08:00", tokyo)).toMatchObject({ at: new Date("2026-11-25T23:00:00Z") });
    expect(parseWhen("23:30 UTC", tokyo)).toMatchObject({ at: new Date("2026-11-24T23:30:00Z"), zone: "UTC" });
  });

  test("29 February without a year is the coming one only when the next February has it", () => {
    expect(told(parseWhen("29 Feb", { ...said, now: new Date("2027-04-01T00:00:00Z") }))).toBe("2028-02-29 17:00 day");
    expect(told(parseWhen("29/2", { ...said, now: new Date("2027-04-01T00:00:00Z") }))).toBe("2028-02-29 17:00 day");
    expect(told(parseWhen("29/2", said))).toBe("impossible");
  });

  test("hours are counted by the watch and days on the wall when the clock changes between", () => {
    const eve: WhenContext = { ...said, now: new Date("2027-03-27T20:00:00Z") };
    expect(told(parseWhen("in 12 hours", eve))).toBe("2027-03-28 11:00");
    expect(told(parseWhen("in 1 day 1 hour", eve))).toBe("2027-03-28 23:00");
  });

  test("rubbish, long or odd, is no date and takes no time", () => {
    for (const text of ["", " ", ".", "-", "by", "x".repeat(100_000), "1".repeat(80), "a ".repeat(40), "(((((", "١٢٣"])
      expect(parseWhen(text, said)).toMatchObject({ ok: false });
  });

  test("whatever is typed, nothing is thrown and no past moment comes out", () => {
    const words = [...ENGLISH, ...FRENCH].flatMap(([text]) => text.split(" "));
    const phrase = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 })), { maxLength: 6 });
    const zone = fc.constantFrom(ATHENS, "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia");
    fc.assert(
      fc.property(phrase, zone, fc.constantFrom("en" as const, "fr" as const), (parts, where, lang) => {
        const found = parseWhen(parts.join(" "), { ...said, zone: where, lang });
        if (found.ok) expect(found.at.getTime()).toBeGreaterThanOrEqual(said.now.getTime());
      }),
      { numRuns: 1500 },
    );
  });

  test("numeric dates: what exists is found, what does not is impossible", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2027, max: 2099 }), fc.nat({ max: 14 }), fc.nat({ max: 33 }), (y, m, d) => {
        const found = parseWhen(`${y}-${two(m)}-${two(d)}`, { ...said, zone: "UTC" });
        const date = new Date(Date.UTC(y, m - 1, d, 17));
        const exists = date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
        expect(found).toMatchObject(exists ? { ok: true, at: date } : { ok: false, reason: "impossible" });
      }),
    );
  });
});

describe("takeMoment", () => {
  const split = (text: string, ctx: WhenContext) => {
    const { moment, unsure } = takeMoment(text, ctx);
    if (unsure) return [text.slice(0, unsure.start).trim(), unsure.failure ? told(unsure.failure) : `? ${unsure.said}`];
    return [text.slice(0, moment?.start).trim(), moment ? told(moment.found) : "-"];
  };

  test.each([
    ["Inspect 3 farms in Kilkis by Fri 17:00", "Inspect 3 farms in Kilkis", "2026-11-27 17:00"],
    ["Report by mail", "Report by mail", "-"],
    ["Report by mail by tomorrow", "Report by mail", "2026-11-25 17:00 day"],
    ["Drive by the harbour By 14/12/2026", "Drive by the harbour", "2026-12-14 17:00 day"],
    ["Inspect by 31 Feb", "Inspect", "impossible"],
    ["Inspect by yesterday", "Inspect", "negative"],
    ["Inspect by 2020-01-01", "Inspect", "past: 2020-01-01 17:00"],
    ["Inspect by 28 March 2027 03:30", "Inspect", "in_gap: 2027-03-28 02:59, 2027-03-28 04:00"],
    ["Inspect by Friday 17", "Inspect", "ambiguous: friday 17"],
    ["Inspect by Friday by 10:00", "Inspect", "2026-11-27 10:00"],
    ["Inspect by yesterday by 17:00", "Inspect", "negative"],
    ["Stand by", "Stand by", "-"],
    ["Be seen by 5 people", "Be seen by 5 people", "-"],
    ["Call Abby friday", "Call Abby", "2026-11-27 17:00 day"],
    ["Standby Friday", "Standby", "2026-11-27 17:00 day"],
    ["by Friday", "", "2026-11-27 17:00 day"],
    ["  ", "", "-"],
  ])("%s", (text, head, when) => expect(split(text, said)).toEqual([head, when]));

  test.each([
    ["Inspecter 3 fermes avant vendredi 17h", "Inspecter 3 fermes", "2026-11-27 17:00"],
    ["Rapport d'ici 3 jours", "Rapport", "2026-11-27 17:00 day"],
    ["Rapport d’ici la fin du mois", "Rapport", "2026-11-30 17:00 day"],
    ["Rapport d'ici au 15 décembre", "Rapport", "2026-12-15 17:00 day"],
    ["Rapport pour le 15 décembre", "Rapport", "2026-12-15 17:00 day"],
    ["Rapport pour la police avant demain", "Rapport pour la police", "2026-11-25 17:00 day"],
    ["Audition pour hier", "Audition", "negative"],
    ["Rapport pour 3 jours", "Rapport pour 3 jours", "-"],
    ["Fermer avant la porte", "Fermer avant la porte", "-"],
    ["Inspect by Fri 17:00", "Inspect", "2026-11-27 17:00"],
  ])("%s", (text, head, when) => expect(split(text, french)).toEqual([head, when]));
});

test.each([
  ...([
    ["60m", 60],
    ["1h30", 90],
    ["1h 30", 90],
    ["90 min", 90],
    ["2 h", 120],
    ["1 d", 1440],
    ["2 jours", 2880],
  ] as const),
  ...([
    ["1.5h", 90],
    ["1,5 h", 90],
    ["1 h 30 min", 90],
    ["one hour and 5 minutes", 65],
    ["une heure", 60],
  ] as const),
  ...([
    ["half an hour", 30],
    ["1 week", 10080],
    ["６０ｍ", 60],
    ["1.5 days", 2160],
    ["2 heures et 15 minutes", 135],
  ] as const),
  ...["", "0", "0m", "-5m", "60", "m", "2 mois", "3 working days", "5 apples", "1 h 2 h", "in 1h", "am"].map(
    (text) => [text, undefined] as const,
  ),
] as (readonly [string, number | undefined])[])("parseDuration %s", (text, minutes) => {
  expect(parseDuration(text)).toBe(minutes);
});
