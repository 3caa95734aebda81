import { addMinutes } from "date-fns";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDay, formatDuration, formatWhen } from "../../../src/time/format.js";
import { parseDuration, parseWhen } from "../../../src/time/when.js";

const now = new Date("2026-11-24T08:30:00Z");
const zone = "Europe/Athens";

test.each([
  ["2026-11-24T15:00Z", "Tue 24 Nov 17:00", "mar. 24 nov. 17:00"],
  ["2026-11-25T15:00Z", "Wed 25 Nov 17:00", "mer. 25 nov. 17:00"],
  ["2026-11-23T22:30Z", "Tue 24 Nov 00:30", "mar. 24 nov. 00:30"],
  ["2026-11-23T15:00Z", "Mon 23 Nov 17:00", "lun. 23 nov. 17:00"],
  ["2026-11-27T15:00Z", "Fri 27 Nov 17:00", "ven. 27 nov. 17:00"],
  ["2026-12-31T21:59Z", "Thu 31 Dec 23:59", "jeu. 31 déc. 23:59"],
  ["2026-12-31T22:00Z", "Fri 1 Jan 2027 00:00", "ven. 1 janv. 2027 00:00"],
  ["2025-11-27T15:00Z", "Thu 27 Nov 2025 17:00", "jeu. 27 nov. 2025 17:00"],
])("%s", (at, english, french) => {
  expect(formatWhen(new Date(at), zone, "en", { now })).toBe(english);
  expect(formatWhen(new Date(at), zone, "fr", { now })).toBe(french);
  expect(`${formatDay(new Date(at), zone, "en", { now })}`).toBe(english.replace(/ \d\d:\d\d$/, ""));
});

test("without a now the year is always there", () => {
  expect(formatWhen(now, zone, "en")).toBe("Tue 24 Nov 2026 10:30");
  expect(formatDay(now, zone, "fr")).toBe("mar. 24 nov. 2026");
});

test("the zone is named when asked, or when the reader's clock shows another time", () => {
  const at = new Date("2026-11-27T15:00Z");
  const shown = (showZone: boolean | string) => formatWhen(at, zone, "en", { now, showZone });
  expect(shown(true)).toBe("Fri 27 Nov 17:00 (Europe/Athens)");
  expect(shown("Europe/Paris")).toBe("Fri 27 Nov 17:00 (Europe/Athens)");
  for (const same of [false, zone, "Europe/Bucharest"]) expect(shown(same)).toBe("Fri 27 Nov 17:00");
});

test("any language tag that is not French is told in English", () => {
  const at = new Date("2026-11-25T15:00Z");
  for (const lang of ["fr", "fr-CA", "FR-be", "fr_FR"])
    expect(formatWhen(at, zone, lang, { now })).toBe("mer. 25 nov. 17:00");
  for (const lang of ["en", "en-US", "el", "fro", "zh-Hant-TW", "", "x"])
    expect(formatWhen(at, zone, lang, { now })).toBe("Wed 25 Nov 17:00");
});

test("lengths", () => {
  expect(formatDuration(90, "en")).toBe("1 hour 30 minutes");
  expect(formatDuration(90, "fr")).toBe("1 heure 30 minutes");
  expect(formatDuration(2880, "fr")).toBe("2 jours");
  expect(formatDuration(0, "en")).toBe("0 minutes");
});

test("what is shown can be typed back", () => {
  const minute = fc.integer({ min: 1, max: 60 * 24 * 700 });
  const lang = fc.constantFrom("en" as const, "fr" as const);
  fc.assert(
    fc.property(minute, lang, fc.constantFrom(zone, "America/New_York", "Asia/Kolkata"), (n, lang, where) => {
      const at = addMinutes(now, n);
      const again = parseWhen(formatWhen(at, where, lang, { now }), { now, zone: where, lang });
      // The hour that is shown twice in autumn comes back as the first.
      expect(again).toMatchObject({ ok: true });
      if (again.ok) expect([0, 60]).toContain((at.getTime() - again.at.getTime()) / 60_000);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), lang, (n, lang) => {
      expect(parseDuration(formatDuration(n, lang))).toBe(n);
    }),
  );
});
