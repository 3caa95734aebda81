import { inAny } from "../../i18n/grammar/index.js";
import type { Freq } from "../../i18n/grammar/schedule.js";
import { type Day, dayOf } from "../../time/local.js";
import { parseWhen, type WhenContext } from "../../time/when.js";
import { fiveFrom, weekdayCode } from "../recurrence.js";
import { type Found, type Inside, no, type Read } from "./found.js";
import { placesIn, placesOfPeriod } from "./places.js";
import { readSeason } from "./season.js";
import {
  ADVERB,
  ADVERBS,
  AND,
  ARTICLE,
  any,
  COUNTED_DAY,
  DAY,
  DAY_COUNTS,
  DAYLIST,
  dayNumber,
  daysIn,
  EVERY,
  everyDayIsPlural,
  FIGURE_END,
  MONTH,
  NUMBER,
  numberOf,
  ONCE,
  OR,
  ordinalOf,
  pattern,
  UNIT,
  UNITS,
  WEEKEND,
  WORKING_DAY,
  whole,
} from "./words.js";

/** How a meeting comes again, in the words that are left once the time, the length and the ends were taken. */

const UNCLEAR = new RegExp(`^(?:${any(({ unclear }) => unclear)})`, "u");
const WEEK_KINDS = new RegExp(`(?:^|\\s)(?:${any(({ weekKinds }) => weekKinds)})$`, "u");
const ON = `(?:${any(({ article }) => article)})`;
const OTHER = any(({ other }) => other);
const ALTERNATE = any(({ alternate }) => alternate);
const ALTERNATE_LEAD = any(({ alternateLead }) => alternateLead);
const OUT_OF = { one: any(({ outOf }) => outOf.one), of: any(({ outOf }) => outOf.of) };
const PER = any(({ per }) => per);
const TIMES = any(({ times }) => times);

const PERIOD = new RegExp(
  `^(?:${EVERY}\\s+(?:(?<n>${NUMBER})\\s+|(?<other>${OTHER})\\s+|(?<nth>${any(({ nth }) => nth)})\\s+)?(?<unit>${UNIT})|(?:${OUT_OF.one}) (?<halfUnit>${UNIT}) (?:${OUT_OF.of})(?<of>${NUMBER})|(?:${ALTERNATE_LEAD})?(?:${ALTERNATE}) (?<altUnit>${UNIT})|${ADVERBS.map(([names], i) => `(?<adverb${i}>${names})`).join("|")})(?=$|[\\s,])\\s*,?\\s*(?<rest>.*)$`,
  "u",
);
const PERIOD_LAST = new RegExp(
  `^(.+?)(?:\\s*,\\s*|\\s+)(${EVERY}\\s+(?:(?:${NUMBER}|${OTHER})\\s+)?(?:${UNIT})|(?:${ALTERNATE_LEAD})?(?:${ALTERNATE}) (?:${UNIT})|(?:${OUT_OF.one}) (?:${UNIT}) (?:${OUT_OF.of})${NUMBER}|${ADVERB})$`,
  "u",
);
const PER_PERIOD = new RegExp(
  `^(?:(?<once>${Object.keys(ONCE).join("|")})|(?<n>${NUMBER}) (?:${TIMES}))\\s+(?:${PER})\\s+(?<unit>${UNIT})(?:\\s*,?\\s*(?<rest>\\S.*))?$`,
  "u",
);
const ONCE_EVERY = new RegExp(
  `^(?:${Object.keys(ONCE)
    .filter((word) => ONCE[word] === 1)
    .join("|")})\\s+(?=${EVERY}\\s)`,
  "u",
);
const DAY_OR_DAY = whole(`(?:${EVERY}\\s+)?(?:${ARTICLE})?${DAY}\\s+(?:${OR})\\s+(?:${ARTICLE})?${DAY}`);

export function readRhythm(text: string, ctx: WhenContext): Read {
  const clear = text.replace(UNCLEAR, "");
  // Words that are no rhythm are none with it either: biweekly coordination.
  if (clear !== text) return readRhythm(clear, ctx) ? no("ambiguous", text) : undefined;
  const kinds = text.replace(WEEK_KINDS, "");
  if (kinds !== text) return readRhythm(kinds, ctx) ? no("unsayable", text) : undefined;
  if (DAY_OR_DAY.test(text)) return no("ambiguous", text);
  return (
    readOne(text.replace(ONCE_EVERY, ""), ctx) ??
    readSeason(text, ctx, (inner, again) => readOne(inner, ctx) ?? (again ? placed(inner, ctx) : undefined)) ??
    readSeveral(text, ctx)
  );
}

function readOne(text: string, ctx: WhenContext): Read {
  const found =
    readPeriod(text, ctx) ??
    readPerPeriod(text, ctx) ??
    readWeekdays(text, ctx) ??
    placesOfPeriod(text, ctx) ??
    readDates(text, ctx);
  if (found) return found;
  // Tue every 2 weeks, le lundi chaque semaine: the period may come last.
  const [, inside, period] = PERIOD_LAST.exec(text) ?? [];
  return period === undefined ? undefined : readPeriod(`${period} ${inside}`, ctx);
}

/** Every 2 weeks on Mon, monthly on the 15th, chaque mois, le premier mardi, une semaine sur deux le jeudi. */
function readPeriod(text: string, ctx: WhenContext): Read {
  const groups = PERIOD.exec(text)?.groups;
  if (!groups) return undefined;
  const adverb = ADVERBS.find((_, i) => groups[`adverb${i}`] !== undefined);
  const unit = groups.unit ?? groups.halfUnit ?? groups.altUnit ?? "";
  const [, freq, times] = adverb ?? UNITS.find(([names]) => whole(names).test(unit)) ?? [];
  if (!freq || times === undefined) return undefined;
  const said = groups.n ?? groups.of;
  const two = groups.other !== undefined || groups.altUnit !== undefined;
  const many = said !== undefined ? numberOf(said) : two ? 2 : groups.nth === undefined ? 1 : ordinalOf(groups.nth);
  const weeks = groups.n !== undefined && whole(COUNTED_DAY).test(unit) ? DAY_COUNTS[many] : undefined;
  if (times * many < 1) return no("impossible", text);
  const rest = (groups.rest ?? "").replace(pattern(`^${ON}\\s+(?=${ON}\\s)`, "u"), "");
  // Réunion mensuelle chaque premier mardi: the adverb is the title's.
  if (adverb && pattern(`^${EVERY}\\s`, "u").test(rest)) return undefined;
  // Every working day is no day and a rest.
  if (whole(WORKING_DAY).test(`${unit} ${rest}`)) return undefined;
  // Every 14 days on Tue: every two weeks.
  const sevens = freq === "DAILY" && rest !== "" && many % 7 === 0 ? many / 7 : undefined;
  const ofWeeks = weeks ?? sevens;
  return ofWeeks ? within("WEEKLY", ofWeeks, rest, ctx) : within(freq, times * many, rest, ctx);
}

function within(freq: Freq, interval: number, rest: string, ctx: WhenContext): Read {
  const inside = rest === "" ? {} : readInside(freq, interval, rest, ctx);
  if (!inside || "reason" in inside) return inside;
  return { freq, ...(interval === 1 ? {} : { interval }), ...inside };
}

function readInside(freq: Freq, interval: number, rest: string, ctx: WhenContext): Inside {
  const bare = rest.replace(pattern(`^${ON}\\s+`, "u"), "");
  switch (freq) {
    case "DAILY":
      return undefined;
    case "WEEKLY":
      if (whole(DAYLIST).test(rest)) return { byDay: daysIn(rest).map(weekdayCode) };
      if (whole(`${ARTICLE}?${WORKING_DAY}`).test(rest)) return { byDay: workingDays(ctx) };
      if (whole(`${ARTICLE}?${WEEKEND}`).test(rest)) return { byDay: ["SA", "SU"] };
      return dated(bare, ctx);
    case "MONTHLY": {
      const places = placesIn(rest, ctx);
      if (places || interval === 1) return places;
      // Every six months on 1 June: the day that was named is the first.
      const on = dated(bare, ctx);
      return on && "date" in on && on.date ? { ...on, byMonthDay: [Number(on.date.slice(8))] } : on;
    }
    case "YEARLY": {
      if (TWO_DATES.test(bare)) return undefined;
      const date = dated(bare, ctx);
      if (date) return date;
      const place =
        readSeason(`${bare}`, ctx, (text) => placed(text, ctx)) ?? placesOfPeriod(`${bare} of the year`, ctx);
      if (!place || "reason" in place) return place;
      const { freq: own, interval: apart, season, ...inside } = place;
      return own === "YEARLY" && apart === undefined && !season ? inside : undefined;
    }
  }
}

function placed(text: string, ctx: WhenContext): Read {
  const inside = placesIn(text, ctx);
  return !inside || "reason" in inside ? inside : { freq: "MONTHLY", ...inside };
}

/** Twice a week on Mon and Thu, une fois par mois le 15: as many days as are said. */
function readPerPeriod(text: string, ctx: WhenContext): Read {
  const groups = PER_PERIOD.exec(text)?.groups;
  if (!groups) return undefined;
  const count = groups.once === undefined ? numberOf(groups.n ?? "") : (ONCE[groups.once] ?? 1);
  const [, freq, interval] = UNITS.find(([names]) => whole(names).test(groups.unit ?? "")) ?? [];
  if (!freq || !interval) return undefined;
  const found = groups.rest === undefined ? undefined : within(freq, interval, groups.rest, ctx);
  if (groups.rest !== undefined && !found) return undefined;
  if (!found) return no("ambiguous", text);
  if ("reason" in found) return found;
  const days = (found.bySetPos ?? found.byMonthDay ?? found.byDay ?? [""]).length;
  return days === count ? found : no("ambiguous", text);
}

/** Every Tue, Tuesdays and Thursdays, tous les lundis, every other Tuesday, un mardi sur deux, every weekday. */
function readWeekdays(text: string, ctx: WhenContext): Read {
  const weekly = (byDay: string[], interval = 1): Found => ({
    ...{ freq: "WEEKLY", byDay },
    ...(interval === 1 ? {} : { interval }),
  });
  const codes = (said: string) => daysIn(said).map(weekdayCode);
  if (whole(any(({ onWorkingDays }) => onWorkingDays)).test(text)) return weekly(workingDays(ctx));
  if (whole(`(?:${EVERY}\\s+|${ON}\\s+)?${WORKING_DAY}`).test(text))
    // A working day alone is the next one, every weekday a series.
    return /s$/.test(text) || pattern(`^${EVERY}`, "u").test(text) ? weekly(workingDays(ctx)) : undefined;
  if (whole(`${EVERY}\\s+${WEEKEND}`).test(text) || (whole(`(?:${ON}\\s+)?${WEEKEND}`).test(text) && /s$/.test(text)))
    return weekly(["SA", "SU"]);
  const every = whole(`${EVERY}\\s+(${DAYLIST})`).exec(text);
  if (every) return weekly(codes(every[1] ?? ""));
  const { from, to } = { from: any(({ span }) => span.from), to: any(({ span }) => span.to) };
  const stretch = whole(
    `(?:${EVERY}\\s+|(?:${from})\\s+|${ON}\\s+)?(${DAY})\\s*(?:-|\\s(?:${to})\\s)\\s*(${DAY})`,
  ).exec(text);
  if (stretch) return weekly(daysBetween(stretch[1] ?? "", stretch[2] ?? ""));
  // A plural says by itself that it comes again: Tuesdays. So does a list of them.
  if (whole(DAYLIST).test(text) && everyDayIsPlural(text)) return weekly(codes(text));
  const other =
    whole(`${EVERY}\\s+(?:${OTHER})\\s+(${DAYLIST})`).exec(text) ??
    whole(`(?:${ON}\\s+)?(?:${ALTERNATE})\\s+(${DAYLIST})`).exec(text) ??
    whole(`(?:${EVERY}\\s+)?(${DAYLIST})\\s+(?:${ALTERNATE})`).exec(text);
  // Every second Tuesday is every two weeks, as long as no month is named and nothing stands beside it; said in French
  // it is the second of the month.
  if (other && !OTHER_OF_MONTH.test(text)) return weekly(codes(other[1] ?? ""), 2);
  const apart = whole(`(?:(?:${OUT_OF.one}) |${ON}\\s+)?(${DAY}) (?:${OUT_OF.of})(${NUMBER})`).exec(text);
  if (apart) return weekly(codes(apart[1] ?? ""), numberOf(apart[2] ?? ""));
  const many = whole(`${EVERY}\\s+(${NUMBER})\\s+(${DAY})`).exec(text);
  return (many && weekly(codes(many[2] ?? ""), numberOf(many[1] ?? ""))) || undefined;
}

const OTHER_OF_MONTH = new RegExp(
  any(({ otherOfMonth }) => otherOfMonth),
  "u",
);

/** Every 15 December, every year on 29 Feb: the day is the general reader's. */
function readDates(text: string, ctx: WhenContext): Read {
  const date = pattern(
    `^${EVERY}\\s+(?=\\d{1,2}(?:${FIGURE_END})? (?:${inAny(({ time }) => time.of)})?\\p{L}{3}|(?:${MONTH}) \\d)(.+)$`,
    "u",
  ).exec(text)?.[1];
  // Of two dates each is read for itself.
  const inside = date === undefined || TWO_DATES.test(date) ? undefined : dated(date, ctx);
  return !inside || "reason" in inside ? inside : { freq: "YEARLY", ...inside };
}

const TWO_DATES = new RegExp(`\\d.*${AND}.*\\d`, "u");

function dated(text: string, ctx: WhenContext): { date: Day } | Exclude<Inside, Found> {
  if (!/\d|\p{L}{3}/u.test(text)) return undefined;
  const found = parseWhen(text, { ...ctx, endOfDay: { h: 23, m: 59 } });
  // One that was lately comes again, whatever is asked of a deadline.
  if (!found.ok && found.reason === "past" && /^\d{4}-/.test(found.detail ?? ""))
    return { date: (found.detail ?? "").slice(0, 10) };
  if (!found.ok) return found.reason === "not_a_date" ? undefined : no(found.reason, found.detail);
  return found.hasTime ? undefined : { date: dayOf(found.at, found.zone) };
}

/** Every Tue and every other Thu: two rhythms, and one rule where RFC 5545 has one for both. */
function readSeveral(text: string, ctx: WhenContext): Read {
  const joints = [...text.matchAll(pattern(AND, "gu"))];
  if (joints.length > MOST_JOINTS) return undefined;
  for (const joint of joints) {
    const left = readOne(text.slice(0, joint.index), ctx);
    if (!left || "reason" in left) continue;
    const said = text.slice(joint.index + joint[0].length);
    const right =
      readRhythm(said, ctx) ??
      readOne(`every ${said}`, ctx) ??
      readOne(`every ${left.freq === "YEARLY" ? "year on " : ""}${said}`, ctx);
    if (!right) continue;
    return "reason" in right ? right : (both(left, right) ?? no("unsayable", text));
  }
  return undefined;
}

/** Each is read again; more are a list, and no two rhythms. */
const MOST_JOINTS = 5;

function both(a: Found, b: Found): Found | undefined {
  const shape = (one: Found) =>
    Object.keys(one)
      .filter((key) => one[key as keyof Found] !== undefined)
      .sort()
      .join(" ");
  const same = a.freq === b.freq && a.interval === b.interval && shape(a) === shape(b);
  if (same && a.byDay && b.byDay && !a.bySetPos) return { ...a, byDay: [...new Set([...a.byDay, ...b.byDay])] };
  if (same && a.byMonthDay && b.byMonthDay) return { ...a, byMonthDay: [...a.byMonthDay, ...b.byMonthDay] };
  // 15 March and 15 September; of two days of the month the rule would have all four.
  const dates = [a.date, b.date].flatMap((date) => date ?? []);
  if (same && shape(a) === "date freq" && a.freq === "YEARLY" && dates[0]?.slice(8) === dates[1]?.slice(8)) {
    const byMonth = dates.map((date) => Number(date.slice(5, 7))).sort((one, other) => one - other);
    return { freq: "YEARLY", byMonth, byMonthDay: [Number(dates[0]?.slice(8))] };
  }
  const weekly = [a, b].find((one) => shape(one) === "byDay freq" && one.freq === "WEEKLY");
  const monthly = [a, b].find((one) => shape(one) === "byDay freq" && one.freq === "MONTHLY");
  if (weekly?.byDay && monthly?.byDay) return { freq: "MONTHLY", byDay: [...weekly.byDay, ...monthly.byDay] };
  return undefined;
}

/** Monday to Friday, and Sunday to Thursday. */
function daysBetween(from: string, to: string): string[] {
  const first = dayNumber(from);
  const length = ((dayNumber(to) - first + 7) % 7) + 1;
  return Array.from({ length }, (_, n) => weekdayCode(((first + n - 1) % 7) + 1));
}

/** The five that end with the context's last working day: Sunday to Thursday where that is Thursday. */
export function workingDays(ctx: WhenContext): string[] {
  return fiveFrom((ctx.lastWorkingDay ?? 5) - 5);
}
