import { expect, test } from "vitest";
import { WINDOWS_ZONES } from "../../../src/time/windows-zones.js";
import { isZone, nearestZones, windowsToIana } from "../../../src/time/zones.js";
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
