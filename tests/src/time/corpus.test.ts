import { expect, test } from "vitest";
import { localTimeOf } from "../../../src/time/local.js";
import { parseWhen } from "../../../src/time/when.js";
import { conformance, NEEDS } from "../../conformance.js";

type Case = {
  parser: string;
  text: string;
  ref?: { newDate?: number[]; instant?: { newDate?: number[] }; timezone?: unknown };
  expect: (Record<string, unknown> & { text?: string }) | null;
};

/** chrono's own cases, those whose whole text is one date told as such. Coord never looks back and never guesses. */
const cases = conformance<Case[]>("dates/chrono/en.json") ?? [];
const told = test.skipIf(cases.length === 0);
const part = (one: Case, name: string) => one.expect?.[`start.get("${name}")`] as number | undefined;

function whole(one: Case): boolean {
  const { expect: wanted } = one;
  if (!wanted || /strict|custom|fr/.test(one.parser) || one.ref?.timezone) return false;
  return wanted.text?.trim() === one.text.trim() && !Object.keys(wanted).some((key) => key.startsWith("end"));
}

/** Where the case tells no moment of speaking, a full date is said at the start of its year. */
function saidAt(one: Case): Date | undefined {
  const year = part(one, "year");
  if (year !== undefined && new RegExp(`\\b${year}\\b`).test(one.text)) return new Date(Date.UTC(year, 0, 1));
  const numbers = one.ref?.newDate ?? one.ref?.instant?.newDate;
  if (!numbers) return undefined;
  const [first = 0, ...more] = numbers;
  return more.length === 0 ? new Date(first) : new Date(Date.UTC(first, ...(more as [number])));
}

told(`chrono's corpus: what Coord reads, it reads alike ${NEEDS}`, () => {
  const count: Record<string, number> = {};
  const add = (name: string) => {
    count[name] = (count[name] ?? 0) + 1;
  };
  const different: string[] = [];
  for (const one of cases) {
    const now = whole(one) ? saidAt(one) : undefined;
    if (!now) continue;
    const dateOrder = /GB|Little/.test(one.parser) ? "dmy" : "mdy";
    const found = parseWhen(one.text, { now, zone: "UTC", lang: "en", dateOrder });
    if (!found.ok) {
      add(found.reason);
      continue;
    }
    // An offset moves the wall: chrono tells the wall there, in.
    const offset = part(one, "timezoneOffset") ?? 0;
    const wall = localTimeOf(new Date(found.at.getTime() + (found.zone === "UTC" ? offset * 60_000 : 0)), found.zone);
    const names = ["year", "month", "day", ...(found.hasTime ? (["hour", "minute"] as const) : [])] as const;
    const differs = names.filter((name) => part(one, name) !== undefined && part(one, name) !== wall[name]);
    if (differs.length === 0) add("alike");
    else if (wantedDay(one) < now) add("moved on from the past");
    else different.push(`${one.text}: ${differs.join(", ")}`);
  }
  console.log("chrono corpus, whole dates:", JSON.stringify(count));
  expect(different).toEqual([]);
  // Calibrated: a change that reads fewer of them shows here.
  expect(count.alike).toBeGreaterThanOrEqual(70);
});

function wantedDay(one: Case): Date {
  return new Date(Date.UTC(part(one, "year") ?? 0, (part(one, "month") ?? 1) - 1, part(one, "day") ?? 1));
}

told(`chrono's corpus: what is no date, is none here ${NEEDS}`, () => {
  // Refused by chrono's strict mode only, which wants no weekday alone and no short units.
  const strictOnly = ["Tuesday", "15m from now", "in 15m", "within 5hr"];
  // `mar` alone is March or Mardi: in French it is Tuesday, and a reader of English may write French.
  const french = ["mar"];
  const negative = cases.filter((one) => one.expect === null);
  const read = negative.filter((one) => {
    const now = new Date("2012-08-10T12:00:00Z");
    return (["mdy", "dmy"] as const).some(
      (dateOrder) => parseWhen(one.text, { now, zone: "UTC", lang: "en", dateOrder }).ok,
    );
  });
  console.log(`chrono corpus, no dates: ${negative.length}, read all the same: ${read.length}`);
  expect(read.map((one) => one.text).filter((text) => ![...strictOnly, ...french].includes(text))).toEqual([]);
});
