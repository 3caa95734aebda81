import { tzOffset } from "@date-fns/tz";
import fc from "fast-check";
import { expect, test } from "vitest";
import { WINDOWS_ZONES } from "../../../src/time/windows-zones.js";
import { isZone, nearestZones, offsetAt, windowsToIana } from "../../../src/time/zones.js";
import { conformance, conformanceDir, NEEDS } from "../../conformance.js";

test.each(["Europe/Athens", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT-2", "Europe/Kiev"])(
  "%s is a zone",
  (name) => expect(isZone(name)).toBe(true),
);

test.each([
  "",
  "Athens",
  "Europe/Athen",
  "+02:00",
  "GTB Standard Time",
  "../etc/passwd",
  "Europe/Athens ",
  "constructor",
])("%j is none", (name) => expect(isZone(name)).toBe(false));

test("every Windows name leads to a zone that Intl knows", () => {
  expect(Object.keys(WINDOWS_ZONES).length).toBeGreaterThan(130);
  for (const zone of Object.values(WINDOWS_ZONES)) expect(isZone(zone), zone).toBe(true);
});

test("Windows names as Teams and Outlook send them", () => {
  expect(windowsToIana("GTB Standard Time")).toBe("Europe/Bucharest");
  expect(windowsToIana("W. Europe Standard Time")).toBe("Europe/Berlin");
  expect(windowsToIana("UTC")).toBe("Etc/UTC");
  for (const none of ["", "Europe/Athens", "constructor", "__proto__"]) expect(windowsToIana(none)).toBeUndefined();
});

type Cldr = {
  supplemental: {
    windowsZones: { mapTimezones: { mapZone: { _other: string; _type: string; _territory: string } }[] };
  };
};

test.skipIf(!conformanceDir)(`the table is CLDR's, territory 001 ${NEEDS}`, () => {
  const cldr = conformance<Cldr>("dates/cldr-windowsZones.json");
  const rows = cldr?.supplemental.windowsZones.mapTimezones.map(({ mapZone }) => mapZone) ?? [];
  const world = rows.filter((row) => row._territory === "001").map((row) => [row._other, row._type]);
  console.log(`Windows zones: ${world.length}`);
  expect(WINDOWS_ZONES).toEqual(Object.fromEntries(world));
});

test.each([
  ["Europe/Athen", "Europe/Athens"],
  ["athen", "Europe/Athens"],
  ["Europ/Brussels", "Europe/Brussels"],
  ["new york", "America/New_York"],
  ["utc", "UTC"],
  ["Istambul", "Europe/Istanbul"],
])("%s: perhaps %s", (typed, meant) => {
  const found = nearestZones(typed);
  expect(found.length).toBeLessThanOrEqual(3);
  expect(found).toContain(meant);
});

test("nothing near is nothing", () => {
  for (const text of ["", "zzzzzz", "x".repeat(5000)]) expect(nearestZones(text)).toEqual([]);
});

test("an offset is what Intl says, at whatever instant of whatever day, asked twice", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  const instant = fc.date({ min: new Date("1970-01-02"), max: new Date("2200-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, (zone, at) => {
      for (const one of [at, new Date(at.getTime() + 1)]) expect(offsetAt(zone, one)).toBe(tzOffset(zone, one));
    }),
    { numRuns: 3_000 },
  );
});

test("a day on which a clock changes is asked about at each instant", () => {
  for (const zone of [
    "Europe/Athens",
    "Australia/Lord_Howe",
    "America/New_York",
    "Africa/Casablanca",
    "Asia/Kathmandu",
  ])
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 15 * 60_000)
      if (offsetAt(zone, new Date(at)) !== tzOffset(zone, new Date(at)))
        expect.fail(`${zone} ${new Date(at).toISOString()}`);
});
