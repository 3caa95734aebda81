import type { Duration } from "date-fns";
import { GRAMMARS, inAny } from "../i18n/grammar/index.js";
import type { LengthUnit as Unit } from "../i18n/grammar/time.js";
import { spoken, table, unitsIn } from "./language.js";

/**
 * Lengths of time in words, of every language that is spoken: `60m`, `1h30`, `2 days`, `1 semaine 2 jours`.
 * chrono has these words too, but takes them in the zone of the machine it runs on; here they go to date-fns.
 */
export type Length = Partial<Record<Unit, number>>;

const UNITS = unitsIn("units");

/** Longer is no length of time. */
const LONGEST = 80;

const NUMBERS = table("numbers");
/** Lengths with a name of their own, in days. */
const NAMED = table("lengths");

const WORD_NUMBERS = Object.keys(NUMBERS)
  .sort((a, b) => b.length - a.length)
  .join("|");
const UNIT = `${spoken("workingDays")}|\\p{L}+`;
// 15min, but a min: `am` is no minute.
const NUMBER = `\\d{1,6}(?:[.,]\\d{1,2})?(?=\\s*\\p{L})|(?:${WORD_NUMBERS})(?=\\s)`;
const PIECE = new RegExp(
  `^(${NUMBER})\\s*(${UNIT})(?!\\p{L})\\s*,?\\s*(?:(?:${inAny(({ schedule }) => schedule.and)})\\s+)?`,
  "u",
);
const SPANS = GRAMMARS.flatMap(({ time }) => time.spans).map(
  ([words, minutes]) => [new RegExp(`^(?:${words})$`, "u"), minutes] as const,
);
// 1h30: the minutes carry no unit.
const HOURS_AND = new RegExp(`^(\\d{1,3})\\s*(?:${inAny(({ time }) => time.units.hours)})\\s*(\\d{1,2})$`, "u");

/** @returns undefined when the whole text is not a length, or says nothing at all (0 days). */
export function readLength(text: string): Length | undefined {
  if (text.length > LONGEST) return undefined;
  const said = text.trim().toLowerCase();
  const span = SPANS.find(([pattern]) => pattern.test(said))?.[1];
  if (span !== undefined) return { minutes: span };
  let rest = said.replace(HOURS_AND, "$1 h $2 min");
  const days = NAMED[rest];
  if (days !== undefined) return { days };
  const found: Length = {};
  while (rest !== "") {
    const piece = PIECE.exec(rest);
    const [whole = "", number = "", word = ""] = piece ?? [];
    const unit = UNITS.find(([pattern]) => pattern.test(word))?.[1];
    if (!piece || !unit || unit in found) return undefined;
    found[unit] = NUMBERS[number] ?? Number(number.replace(",", "."));
    rest = rest.slice(whole.length);
  }
  return Object.values(found).some((n) => n > 0) ? wholeUnits(found) : undefined;
}

/** A day and a half is a day and 12 hours; a fraction of a month or of a working day says nothing exact. */
function wholeUnits(length: Length): Length | undefined {
  const { minutes = 0, hours = 0, days = 0, weeks = 0, months, years, workingDays } = length;
  if ([months, years, workingDays].some((n) => n !== undefined && !Number.isInteger(n))) return undefined;
  if (workingDays !== undefined && Object.keys(length).length > 1) return undefined;
  if ([minutes, hours, days, weeks].every(Number.isInteger)) return length;
  const wholeDays = Math.floor(weeks * 7 + days);
  const rest = Math.round((weeks * 7 + days - wholeDays) * 1440 + hours * 60 + minutes);
  return { ...length, weeks: 0, days: wholeDays, hours: Math.floor(rest / 60), minutes: rest % 60 };
}

/** Whether the length is told to the hour or the minute: then it counts from now, not to the end of a day. */
export function isExact(length: Length): boolean {
  return Boolean(length.hours || length.minutes);
}

export function toDuration(length: Length): Duration {
  const { workingDays: _, ...duration } = length;
  return duration;
}

/**
 * A length in minutes: `60m`, `1h30`, `90 min`, `2 h`, `1 d`, `2 jours`. A day is 24 hours here.
 * @returns undefined for anything else: nothing, less than nothing, no unit, months and working days (of no fixed length).
 */
export function parseDuration(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const length = readLength(text.normalize("NFKC"));
  if (!length || length.months || length.years || length.workingDays) return undefined;
  const { minutes = 0, hours = 0, days = 0, weeks = 0 } = length;
  const total = minutes + 60 * (hours + 24 * (days + 7 * weeks));
  return total > 0 ? total : undefined;
}
