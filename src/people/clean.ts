import { isId as couldBeId } from "../chat/index.js";
import { hasHolidays } from "../time/holidays.js";
import { isDay } from "../time/local.js";
import { isZone, windowsToIana } from "../time/zones.js";

/**
 * What platforms, files and operators tell of people and agencies. It is looked at here, once, whichever way it comes
 * (intake.ts for all platforms, enrol.ts and cli/ for what is written down), and held to the same as what people type.
 */

export const LONGEST_NAME = 80;

/**
 * Control, private-use and bidirectional characters, half surrogates and all else that does not show; the joiners stay,
 * since Persian and Hindi names need them. Among the private-use ones are Coord's own marks of a mention.
 */
const UNSEEN =
  /(?![\u200C\u200D])[\p{Cs}\p{Co}\p{Cf}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** A line break of any kind is a blank: a name stands on one line. */
const BLANKS = /[\s\p{Cc}\u2028\u2029]+/gu;

/** @returns the name on one line, or undefined where nothing of it shows */
export function cleanName(raw: string | undefined, max = LONGEST_NAME): string | undefined {
  // Cut before anything else, so that nobody's time grows with what somebody calls themselves.
  const name = (raw ?? "")
    .slice(0, 4 * max)
    .replace(BLANKS, " ")
    .replace(UNSEEN, "")
    .replace(/ {2,}/g, " ")
    .trim();
  const short = name
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
  return /[^\s\p{Cf}\p{M}]/u.test(short) ? short : undefined;
}

/** An IANA zone; Windows' own names are translated, and what is none is not kept. */
export function cleanZone(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  return isZone(raw) ? raw : windowsToIana(raw);
}

/** The first that is a zone: a person's own, else the agency's, else the body's. */
export const firstZone = (...told: (string | null | undefined)[]): string =>
  told.map((zone) => cleanZone(zone ?? undefined)).find((zone) => zone !== undefined) ?? "UTC";

/** BCP 47, as Intl understands it. */
export function cleanLocale(raw: string | undefined): string | undefined {
  if (raw === undefined || !/^[a-z]{2,3}(?:[-_][a-z0-9]{1,8}){0,4}$/i.test(raw)) return undefined;
  try {
    return Intl.getCanonicalLocales(raw.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}

/** RFC 5321 without quotation marks and comments, which no mailbox of an agency has. */
export function cleanEmail(raw: string | undefined): string | undefined {
  const said = raw?.trim();
  return said && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}$/i.test(said) ? said : undefined;
}

/** An id that is there, and is one. */
export const isId = (raw: string): boolean => raw !== "" && couldBeId(raw);

type Week = { country: string | null; days: number[]; from: string; to: string; added: string[]; removed: string[] };

/** A week as it can be reckoned with, whatever its row holds: one that says nothing usable would stop all who are of it. */
export function soundWeek(week: Week): Week {
  const days = week.days.filter((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  return {
    ...soundHours(week.from, week.to),
    days: days.length ? days : [1, 2, 3, 4, 5],
    country: week.country && hasHolidays(week.country) ? week.country : null,
    added: week.added.filter(isDay),
    removed: week.removed.filter(isDay),
  };
}

const HOUR = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

export const soundHours = (from: string, to: string): { from: string; to: string } =>
  HOUR.test(from) && HOUR.test(to) && from < to ? { from, to } : { from: "09:00", to: "17:00" };
