import { tz } from "@date-fns/tz";
import { add } from "date-fns";
import { covered } from "../quoted.js";
import { takeClock } from "../time/clock.js";
import { parseDuration, readLength, toDuration } from "../time/duration.js";
import { type Day, dayOf, isoWeekday, plusDays, splitDay } from "../time/local.js";
import { plain, takeZone } from "../time/text.js";
import { parseWhen, type WhenContext, type WhenFailure } from "../time/when.js";
import { checkRule, fiveFrom, toInstant, toWall, turns, utcForm, type WallTime, weekdayCode } from "./recurrence.js";

export type Schedule = { start: WallTime; zone: string; rule?: string; minutes?: number };

/** `no_time`: a day without a time. `never`: a rule that has no turn. `length`: no meeting lasts that long. */
export type ScheduleProblem = WhenFailure["reason"] | "no_time" | "never" | "length";

export type ScheduleFailure = {
  ok: false;
  reason: ScheduleProblem;
  /** What was typed. */
  said: string;
  /** Figures and the writer's own words only, as in WhenFailure. */
  detail?: string;
};

/** A line of chat; what is longer is no schedule, and patterns stay cheap on it. */
const LONGEST = 160;
const SHORTEST_MEETING = 5;
const LONGEST_MEETING = 600;

/** `60m`, `1h30`, `90 min`: whole minutes between 5 and 600, else undefined. */
export function parseMinutes(text: string): number | undefined {
  const minutes = parseDuration(text);
  if (minutes === undefined || !Number.isInteger(minutes)) return undefined;
  return minutes >= SHORTEST_MEETING && minutes <= LONGEST_MEETING ? minutes : undefined;
}

const ZONED = "[\\p{L}\\p{N}]";
const DAYS: readonly (readonly [string, number])[] = [
  ["mondays?|mon|lundis?|lun", 1],
  ["tuesdays?|tues|tue|mardis?|mar", 2],
  ["wednesdays?|weds|wed|mercredis?|mer", 3],
  ["thursdays?|thurs|thur|thu|jeudis?|jeu", 4],
  ["fridays?|fri|vendredis?|ven", 5],
  ["saturdays?|sat|samedis?|sam", 6],
  ["sundays?|sun|dimanches?|dim", 7],
];
const DAY = `(?:${DAYS.map(([names]) => names).join("|")})\\.?`;
const AND = "(?:\\s*(?:,|&|\\+)\\s*(?:(?:and|et)\\s+)?|\\s+(?:and|et)\\s+)";
const ARTICLE = "(?:(?:on|the|le|les|l'|du|au|each|every|chaque)\\s*)";
const DAYLIST = `${ARTICLE}?${DAY}(?:${AND}${ARTICLE}?${DAY})*`;

const ORDINALS: readonly (readonly [string, number])[] = [
  ["first|premi[eè]re?s?", 1],
  ["second|deuxi[eè]mes?|seconde?s?", 2],
  ["third|troisi[eè]mes?", 3],
  ["fourth|quatri[eè]mes?", 4],
  ["fifth|cinqui[eè]mes?", 5],
  ["second to last|penultimate|avant-derni(?:er|[eè]re)s?", -2],
  ["last|derni(?:er|[eè]re)s?", -1],
];
const FIGURE = "\\d{1,2}(?:st|nd|rd|th|ers?|[eè]mes?|es?)";
// The longer first: second to last, second.
const ORDINAL = `(?:${[...ORDINALS.map(([names]) => names)].reverse().join("|")}|${FIGURE})`;
const NTH = `${ARTICLE}?${ORDINAL}(?:${AND}${ARTICLE}?${ORDINAL})*`;

const NUMBERS: Readonly<Record<string, number>> = {
  ...{ two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12, fifteen: 15 },
  ...{ deux: 2, trois: 3, quatre: 4, cinq: 5, sept: 7, huit: 8, neuf: 9, dix: 10, douze: 12, quinze: 15 },
};
const NUMBER = `(?:\\d{1,4}|${Object.keys(NUMBERS).join("|")})`;
const numberOf = (word: string): number => NUMBERS[word] ?? Number(word);

const EVERY = "(?:every|each|chaque|tous les|toutes les)";
const OF_MONTH = "(?:\\s+(?:of|in|du|de|dans)\\s*(?:the |each |every |chaque |le )?(?:month|mois)|\\s+monthly)";
const WORKING_DAY =
  "(?:(?:working|business|work)[- ]?days?|week-?days?|jours? (?:ouvr[ée]s?|ouvrables?|de travail|de semaine))";
const UNIT_LIST = "days?|weeks?|months?|quarters?|years?|jours?|semaines?|mois|trimestres?|ann[ée]es?|ans?";

type Freq = "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
type Found = {
  freq: Freq;
  interval?: number;
  byDay?: string[];
  byMonthDay?: number[];
  bySetPos?: number[];
  date?: Day;
};
type Read = Found | Omit<ScheduleFailure, "ok" | "said"> | undefined;

const whole = (source: string) => new RegExp(`^(?:${source})$`, "u");
const no = (reason: ScheduleProblem, detail?: string) => ({ reason, ...(detail === undefined ? {} : { detail }) });

const UNITS: readonly (readonly [RegExp, Freq, number])[] = [
  [/^(?:days?|jours?)$/, "DAILY", 1],
  [/^(?:weeks?|semaines?)$/, "WEEKLY", 1],
  [/^(?:months?|mois)$/, "MONTHLY", 1],
  [/^(?:quarters?|trimestres?)$/, "MONTHLY", 3],
  [/^(?:years?|ann[ée]es?|ans?)$/, "YEARLY", 1],
];

/** Monthly, quarterly, mensuel: the period by itself. */
const ADVERBS: readonly (readonly [string, Freq, number])[] = [
  ["daily|quotidien(?:ne)?(?:ment)?", "DAILY", 1],
  ["weekly|hebdomadaire(?:ment)?", "WEEKLY", 1],
  ["fortnightly|(?:every|each) fortnight|tous les quinze jours", "WEEKLY", 2],
  ["monthly|mensuel(?:le)?(?:ment)?", "MONTHLY", 1],
  ["bimestriel(?:le)?", "MONTHLY", 2],
  ["quarterly|trimestriel(?:le)?(?:ment)?", "MONTHLY", 3],
  ["yearly|annually|annuel(?:le)?(?:ment)?", "YEARLY", 1],
];
/** Twice a week or every two weeks; twice a month or every two months. */
const UNCLEAR = /^bi-?(?=weekly|monthly)/u;

const PERIOD = new RegExp(
  `^(?:${EVERY}\\s+(?:(?<n>${NUMBER})\\s+|(?<other>other|second|2nd|deuxi[eè]mes?)\\s+|(?<nth>third|3rd|fourth|4th|troisi[eè]mes?|quatri[eè]mes?)\\s+)?(?<unit>${UNIT_LIST})|(?<half>une?) (?<halfUnit>jour|semaine|mois|an) sur (?<of>${NUMBER})|${ADVERBS.map(([names], i) => `(?<adverb${i}>${names})`).join("|")})(?=$|[\\s,])\\s*,?\\s*(?<rest>.*)$`,
  "u",
);

const PERIOD_LAST = new RegExp(
  `^(.+?)(?:\\s*,\\s*|\\s+)(${EVERY}\\s+(?:(?:${NUMBER}|other|second)\\s+)?(?:${UNIT_LIST})|${ADVERBS.map(([names]) => names).join("|")})$`,
  "u",
);

/** Reads the words that are left once the time, the length and the end were taken: every first tue, monthly on the 15th. */
function readRhythm(text: string, ctx: WhenContext): Read {
  const clear = text.replace(UNCLEAR, "");
  // Words that are no rhythm are none with it either: biweekly coordination.
  if (clear !== text) return readRhythm(clear, ctx) ? no("ambiguous", text) : undefined;
  const found = readPeriod(text, ctx) ?? readWeekdays(text, ctx) ?? readInMonth(text, ctx) ?? readDates(text, ctx);
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
  const unit = groups.unit ?? groups.halfUnit ?? "";
  const [, freq, times] = adverb ?? UNITS.find(([names]) => names.test(unit)) ?? [];
  if (!freq || times === undefined) return undefined;
  const nth = groups.nth === undefined ? undefined : ordinalOf(groups.nth);
  const said = groups.n ?? groups.of;
  const interval = times * (said !== undefined ? numberOf(said) : groups.other !== undefined ? 2 : (nth ?? 1));
  if (interval < 1) return no("impossible", text);
  const rest = (groups.rest ?? "").replace(/^(?:on|the)\s+(?=the\s)/, "");
  // Réunion mensuelle chaque premier mardi: the adverb is the title's.
  if (adverb && new RegExp(`^${EVERY}\\s`, "u").test(rest)) return undefined;
  // Every working day is no day and a rest.
  if (/^(?:ouvr|de travail|de semaine)/.test(rest)) return undefined;
  const inside = rest === "" ? {} : readInside(freq, rest, ctx);
  if (!inside) return undefined;
  if ("reason" in inside) return inside;
  return { freq, ...(interval === 1 ? {} : { interval }), ...inside };
}

type Inside = Omit<Found, "freq" | "interval"> | Omit<ScheduleFailure, "ok" | "said"> | undefined;

function readInside(freq: Freq, rest: string, ctx: WhenContext): Inside {
  if (freq === "DAILY") return undefined;
  if (freq === "WEEKLY") {
    if (whole(DAYLIST).test(rest)) return { byDay: daysIn(rest) };
    return whole(`${ARTICLE}?(?:on )?${WORKING_DAY}`).test(rest) ? { byDay: workingDays(ctx) } : undefined;
  }
  if (freq === "YEARLY") return dated(rest.replace(/^(?:on|the)\s+/, ""), ctx);
  return placesInMonth(rest, ctx);
}

/** Every Tue, Tuesdays and Thursdays, tous les lundis, every other Tuesday, un mardi sur deux, every weekday. */
function readWeekdays(text: string, ctx: WhenContext): Read {
  if (whole(`(?:(?:${EVERY}|on|en)\\s+)?(?:${WORKING_DAY})|en semaine`).test(text)) {
    // A working day alone is the next one, every weekday a series.
    return /s$|^(?:every|each|chaque|tous)|^en semaine$/.test(text)
      ? { freq: "WEEKLY", byDay: workingDays(ctx) }
      : undefined;
  }
  const every = new RegExp(`^${EVERY}\\s+(${DAYLIST})$`, "u").exec(text);
  if (every) return { freq: "WEEKLY", byDay: daysIn(every[1] ?? "") };
  const span = whole(`(?:${EVERY}\\s+|du )(${DAY})\\s*(?:-|to|through|au|à)\\s*(${DAY})`).exec(text);
  if (span) return { freq: "WEEKLY", byDay: daysBetween(span[1] ?? "", span[2] ?? "") };
  // A plural says by itself that it comes again: Tuesdays. So does a list of them.
  if (whole(DAYLIST).test(text) && everyDayIsPlural(text)) return { freq: "WEEKLY", byDay: daysIn(text) };
  // Every second Tuesday is every two weeks, as long as no month is named and nothing stands beside it.
  const other = new RegExp(`^${EVERY}\\s+(?:other|2nd|second)\\s+(${DAYLIST})$`, "u").exec(text);
  if (other) return { freq: "WEEKLY", interval: 2, byDay: daysIn(other[1] ?? "") };
  const apart = new RegExp(`^(?:un |le )?(${DAY}) sur (${NUMBER})$`, "u").exec(text);
  if (apart) return { freq: "WEEKLY", interval: numberOf(apart[2] ?? ""), byDay: daysIn(apart[1] ?? "") };
  const many = new RegExp(`^${EVERY}\\s+(${NUMBER})\\s+(${DAY})$`, "u").exec(text);
  if (many) return { freq: "WEEKLY", interval: numberOf(many[1] ?? ""), byDay: daysIn(many[2] ?? "") };
  return undefined;
}

function everyDayIsPlural(text: string): boolean {
  const days = text.match(new RegExp(`(?<!${ZONED})${DAY}(?!${ZONED})`, "gu")) ?? [];
  return days.length > 0 && days.every((day) => /^(?:\p{L}{4,})s$/u.test(day) && !/^(?:tues|weds|thurs)$/.test(day));
}

/** Every first Tue, the second Tuesday of each month, le 15 de chaque mois, every last working day of the month. */
function readInMonth(text: string, ctx: WhenContext): Read {
  const ofMonth = new RegExp(
    `^(.*?)(?:${OF_MONTH}|\\s+(?:of|de) ${EVERY}\\s+(?<n>${NUMBER})\\s+(?:months|mois))$`,
    "u",
  ).exec(text);
  const every = new RegExp(`^${EVERY}\\s+`, "u");
  const place = (ofMonth?.[1] ?? text).replace(every, "");
  // Without "every" and without "of the month", the first Tuesday is one day.
  if (!ofMonth && !every.test(text)) return undefined;
  const inside = placesInMonth(place, ctx);
  if (!inside || "reason" in inside) return inside;
  const interval = ofMonth?.groups?.n === undefined ? 1 : numberOf(ofMonth.groups.n);
  return { freq: "MONTHLY", ...(interval === 1 ? {} : { interval }), ...inside };
}

const LEAD = "(?:(?:on |the |le |les |au |l')*)";

/** The first Tuesday; first Monday and third Tuesday; the 15th and the 30th; the last day; the last working day. */
function placesInMonth(text: string, ctx: WhenContext): Inside {
  const bare = text.replace(new RegExp(`^${LEAD}`, "u"), "");
  const working = new RegExp(`^(${NTH})\\s+${WORKING_DAY}$`, "u").exec(bare);
  if (working) return { byDay: workingDays(ctx), bySetPos: ordinalsIn(working[1] ?? "") };
  const lastDay = whole(`(?:last day|dernier jour)(?: (?:of|in) it)?`);
  const group = `(?:${NTH})\\s+${DAY}(?:${AND}${ARTICLE}?${DAY})*`;
  if (whole(`${group}(?:${AND}${LEAD}${group})*`).test(bare)) {
    const byDay = [
      ...bare.matchAll(new RegExp(`(${NTH})\\s+(${DAY}(?:${AND}${ARTICLE}?${DAY}(?!${ZONED}))*)`, "gu")),
    ].flatMap(([, nth = "", days = ""]) => ordinalsIn(nth).flatMap((n) => daysIn(days).map((day) => ({ n, day }))));
    const far = byDay.find(({ n }) => Math.abs(n) > 5 || n === 0);
    return far ? no("never", text) : { byDay: byDay.map(({ n, day }) => `${n}${day}`) };
  }
  const figure = `(?:${FIGURE}|\\d{1,2}|last day|dernier jour)`;
  if (!whole(`${figure}(?:${AND}${LEAD}${figure})*`).test(bare)) return undefined;
  const dates = bare
    .split(new RegExp(AND, "u"))
    .map((one) => one.replace(new RegExp(`^${LEAD}`, "u"), ""))
    .map((one) => (lastDay.test(one) ? -1 : Number.parseInt(one, 10)));
  return dates.every((n) => n === -1 || (n >= 1 && n <= 31)) ? { byMonthDay: dates } : no("impossible", text);
}

/** Every 15 December, every year on 29 Feb: the day is chrono's to read. */
function readDates(text: string, ctx: WhenContext): Read {
  const date = new RegExp(`^${EVERY}\\s+(?=\\d{1,2}(?:st|nd|rd|th|er)? (?:of |de |d')?\\p{L}{3})(.+)$`, "u").exec(
    text,
  )?.[1];
  const inside = date === undefined ? undefined : dated(date, ctx);
  if (!inside || "reason" in inside) return inside;
  return { freq: "YEARLY", ...inside };
}

function dated(text: string, ctx: WhenContext): Inside {
  const found = parseWhen(text, { ...ctx, endOfDay: { h: 23, m: 59 } });
  if (!found.ok) return found.reason === "not_a_date" ? undefined : no(found.reason, found.detail);
  return found.hasTime ? undefined : { date: dayOf(found.at, found.zone) };
}

function daysIn(text: string): string[] {
  const found = text.match(new RegExp(`(?<!${ZONED})${DAY}(?!${ZONED})`, "gu")) ?? [];
  return [...new Set(found.map((word) => weekdayCode(dayNumber(word))))];
}

function dayNumber(word: string): number {
  return DAYS.find(([names]) => whole(`(?:${names})\\.?`).test(word))?.[1] ?? 1;
}

/** Monday to Friday, and Sunday to Thursday. */
function daysBetween(from: string, to: string): string[] {
  const first = dayNumber(from);
  const length = ((dayNumber(to) - first + 7) % 7) + 1;
  return Array.from({ length }, (_, n) => weekdayCode(((first + n - 1) % 7) + 1));
}

function ordinalOf(word: string): number {
  return ORDINALS.find(([names]) => whole(names).test(word))?.[1] ?? Number.parseInt(word, 10);
}

function ordinalsIn(text: string): number[] {
  const found = text.match(new RegExp(`(?<!${ZONED})${ORDINAL}(?!${ZONED})`, "gu")) ?? [];
  return [...new Set(found.map(ordinalOf))];
}

/** The five that end with the context's last working day: Sunday to Thursday where that is Thursday. */
function workingDays(ctx: WhenContext): string[] {
  return fiveFrom((ctx.lastWorkingDay ?? 5) - 5);
}

/** The parts of a schedule that stand around its rhythm and its time, each as it was said. */
type ClauseName = "length" | "count" | "span" | "until" | "since";
type Clauses = { head: string; twice?: true } & Partial<Record<ClauseName, string>>;

const LENGTH_LEAD = /(?:\s*,\s*|\s+)(?:(?:for|during|lasting|pendant|durant|dur[ée]e)\s+)?$/;
const COUNT = new RegExp(
  `(?:\\s*,\\s*|\\s+)(?:for\\s+|pendant\\s+)?(${NUMBER}|once|twice)\\s*(?:times|meetings|occurrences|fois|s[ée]ances|r[ée]unions|x)$`,
  "u",
);
const UNTIL = /^(.*\S)(?:\s*,\s*|\s+)(?:until|till|til|through|up to|jusqu'(?:au|à|en)|jusque)\s+(\S.*)$/u;
const SINCE =
  /^(.*\S)(?:\s*,\s*|\s+)(?:starting(?: on| from)?|beginning(?: on)?|from|as of|as from|à partir d[ue]|à compter d[ue]|d[eè]s)\s+(?:le\s+)?(\S.*)$/u;

const SPAN = new RegExp(
  `(?:\\s*,\\s*|\\s+)(?:for|during|over|pendant|durant)\\s+((?:${NUMBER}|a|one|une?)\\s+(?:weeks?|months?|years?|semaines?|mois|ann[ée]es?|ans?))$`,
  "u",
);

/** Takes what stands at the end, as often as something does: for 60 min, 6 times, until 30 June, from 1 December. */
function takeClauses(text: string): Clauses {
  const found: Clauses = { head: text };
  for (let i = 0; i < 5; i++) {
    const count = COUNT.exec(found.head);
    const span = SPAN.exec(found.head);
    const length = count || span ? undefined : takeLength(found.head);
    const until = UNTIL.exec(found.head);
    const since = SINCE.exec(found.head);
    if (count) put(found, "count", count[1] ?? "", found.head.slice(0, count.index));
    else if (span) put(found, "span", span[1] ?? "", found.head.slice(0, span.index));
    else if (length) put(found, "length", length.length, length.head);
    else if (until && (until[1]?.length ?? 0) >= (since?.[1]?.length ?? 0))
      put(found, "until", until[2] ?? "", until[1] ?? "");
    else if (since && isDateWords(since[2] ?? "")) put(found, "since", since[2] ?? "", since[1] ?? "");
    else break;
  }
  return found;
}

function put(found: Clauses, name: ClauseName, said: string, head: string): void {
  if (found[name] !== undefined) found.twice = true;
  found[name] = said;
  found.head = head.trim();
  if (name !== "until" && name !== "since") return;
  // Every Tue from 1 December at 10:00: the time is the series', wherever it stands.
  const clock = takeClock(said);
  if (clock.kind !== "found" || clock.hour === 24 || takeClock(found.head).kind !== "none") return;
  found[name] = clock.rest.replace(/\s(?:at|à)$/u, "");
  found.head = `${found.head} ${two(clock.hour)}:${two(clock.minute)}`;
}

const two = (n: number) => String(n).padStart(2, "0");

/** From 10:00 tells a time, from 1 December a day. */
const isDateWords = (text: string) => /\p{L}{3}|\d[/.-]\d/u.test(text) && !/^\d{1,2}(?::|h)/.test(text);

/** A length of hours or minutes at the end, with its unit: `for 60 min`, `1h30`; never the only time that is told. */
function takeLength(text: string): { head: string; length: string } | undefined {
  const words = [...text.matchAll(/\S+/g)];
  for (let n = Math.min(6, words.length - 1); n >= 1; n--) {
    const start = words.at(-n)?.index ?? 0;
    const said = text.slice(start).toLowerCase();
    // 1, 2 h: a comma within ends a clause.
    if (/,/.test(said) || !isLengthOfTime(said)) continue;
    const before = text.slice(0, start);
    const lead = LENGTH_LEAD.exec(before.toLowerCase())?.[0] ?? "";
    const head = before.slice(0, before.length - lead.length).trimEnd();
    const led = /\p{L}/u.test(lead);
    // Mardi 10h: an hour of the clock, as long as no other is told.
    if (!led && takeClock(plain(head)).kind === "none") continue;
    return { head, length: text.slice(start) };
  }
  return undefined;
}

function isLengthOfTime(text: string): boolean {
  const length = readLength(text);
  return length !== undefined && parseDuration(text) !== undefined && !length.weeks && !length.months;
}

const MOMENT = "(\\d{1,2}(?::\\d{2}|\\s?h(?:\\s?\\d{2})?))";
/** 10:00-11:30, de 10h à 11h30, from 10:00 to 11:00, between 10:00 and 11:00: the second is the end. */
const RANGES = [
  `(?:(?:from|de)\\s+)?(?<![\\d:.])${MOMENT}\\s*(?:-|to(?!\\p{L})|à)\\s*${MOMENT}(?![\\d:])`,
  `(?:between|entre)\\s+${MOMENT}\\s+(?:and|et)\\s+${MOMENT}(?![\\d:])`,
].map((source) => new RegExp(source, "u"));

function takeRange(text: string): { text: string; minutes?: number } {
  for (const range of RANGES) {
    const match = range.exec(text);
    const [from, to] = [match?.[1], match?.[2]].map((one) => (one === undefined ? undefined : takeClock(one)));
    if (!match || from?.kind !== "found" || to?.kind !== "found") continue;
    const minutes = (to.hour - from.hour) * 60 + to.minute - from.minute;
    // 10:00-03:00 is a time west of Greenwich, or over midnight: not ours to say.
    if (minutes <= 0) continue;
    const rest = `${text.slice(0, match.index)} ${match[1]} ${text.slice(match.index + match[0].length)}`;
    return { text: rest.replace(/\s+/g, " ").trim(), minutes };
  }
  return { text };
}

/** 10h 30 min may be half past ten, or half an hour from ten on. */
const HALF_PAST = /(?:^|\s)\d{1,2} ?h ?[0-5]?\d ?(?:m|mn|min|mins|minutes)$/;

/** Something in it says that it comes again. */
const AGAIN = new RegExp(
  `(?<!${ZONED})(?:${EVERY}|${ADVERBS.map(([names]) => names).join("|")}|bi-?weekly|bi-?monthly|weekdays|en semaine|(?:de|of) chaque|sur (?:${NUMBER})|du (?:${DAY}) au (?:${DAY})|(?:of|du|in) (?:the |le )?(?:month|mois))(?!${ZONED})`,
  "u",
);

/**
 * Words to a schedule. English and French, whichever the reader's.
 *
 * - `every second Tuesday`, like every other Tuesday, is every two weeks; the second Tuesday of the month is said with
 *   its month (`every 2nd Tue of the month`), as in English. All other numbers, and French, mean the month:
 *   `every first Tue`, `chaque deuxième mardi`; French says every two weeks otherwise (`un mardi sur deux`).
 * - The first turn is the first one strictly after now (or on or after `from 1 December`); an interval counts from it.
 * - `until 30 June` is the whole of that day. A working day is one of the five that end with the context's last.
 * - A time is required: a meeting at the end of the working day, as for deadlines, is nobody's intention.
 */
export function parseSchedule(text: string, context: WhenContext): { ok: true; schedule: Schedule } | ScheduleFailure {
  const said = text.trim();
  const fail = (reason: ScheduleProblem, detail?: string): ScheduleFailure => ({
    ...{ ok: false, reason, said },
    ...(detail === undefined ? {} : { detail }),
  });
  if (text.length > LONGEST * 2) return fail("not_a_date");
  const words = plain(text)
    .replace(/[\s()]+/g, " ")
    .trim();
  // An hour and a half is no moment.
  if (words === "" || words.length > LONGEST || readLength(words)) return fail("not_a_date");
  const range = takeRange(words);
  const clauses = takeClauses(range.text);
  const length = lengthOf(clauses.length, range.minutes);
  const found = repeats(clauses.head)
    ? series(clauses, words, context)
    : [clauses.count, clauses.until, clauses.since, clauses.span].some((said) => said !== undefined)
      ? no(parseWhen(clauses.head, context).ok ? "ambiguous" : "not_a_date", words)
      : once(clauses.head, context);
  if ("reason" in found) return fail(found.reason, found.detail);
  // After what is no schedule at all, or any words before these would be an ambiguous one.
  if (clauses.twice || (range.minutes !== undefined && clauses.length !== undefined) || HALF_PAST.test(words))
    return fail("ambiguous", words);
  if (length === "bad") return fail("length", clauses.length ?? words);
  return { ok: true, schedule: { ...found, ...(length === undefined ? {} : { minutes: length }) } };
}

function lengthOf(said: string | undefined, range: number | undefined): number | undefined | "bad" {
  if (said === undefined && range === undefined) return undefined;
  const minutes = said === undefined ? parseMinutes(`${range} min`) : parseMinutes(said);
  return minutes ?? "bad";
}

function repeats(head: string): boolean {
  if (AGAIN.test(head)) return true;
  const days = withoutClock(head).rhythm;
  return whole(DAYLIST).test(days) && everyDayIsPlural(days);
}

function once(head: string, context: WhenContext): Schedule | Omit<ScheduleFailure, "ok" | "said"> {
  const found = parseWhen(head, context);
  if (!found.ok) return no(found.reason, found.detail);
  if (!found.hasTime) return no("no_time", head);
  const start = toWall(found.at, found.zone);
  return toInstant(start, found.zone) > context.now ? { start, zone: found.zone } : no("past", start.replace("T", " "));
}

function withoutClock(head: string) {
  const zoned = takeZone(head);
  const unzoned =
    zoned.kind === "ambiguous" ? head.replace(/\s*\(?[a-z]+\)?$/u, "") : zoned.kind === "none" ? head : zoned.rest;
  const clock = takeClock(unzoned);
  const rhythm = (clock.kind === "none" ? unzoned : clock.rest)
    .replace(/\s+/g, " ")
    .replace(/\s*,(?:\s*,)+/g, ",")
    .replace(/^[\s,-]+|[\s,-]+$/g, "")
    .replace(/\s(?:at|on|à)$/u, "")
    .replace(/\s+,/g, ",");
  return { zoned, clock, rhythm };
}

function series(
  { head, count, span, until, since }: Clauses,
  words: string,
  context: WhenContext,
): Schedule | Omit<ScheduleFailure, "ok" | "said"> {
  const { zoned, clock, rhythm } = withoutClock(head);
  const zone = zoned.kind === "zone" ? zoned.zone : context.zone;
  const read = readRhythm(rhythm, context);
  if (!read) return no("not_a_date");
  if ("reason" in read) return read;
  if (zoned.kind === "ambiguous") return no("ambiguous", zoned.detail);
  // An offset is nowhere: in summer it would be another hour.
  if (zoned.kind === "offset") return no("ambiguous", zoned.offset);
  if (clock.kind === "none") return no("no_time", words);
  if (clock.kind !== "found") return no(clock.kind, clock.detail);
  // The end of which day, where each turn has its own?
  if (clock.hour === 24) return no("ambiguous", "00:00, 24:00");
  const time = `T${two(clock.hour)}:${two(clock.minute)}`;

  const from = since === undefined ? undefined : (startOfNext(since, context, zone) ?? dayTold(since, zone, context));
  const to = until === undefined ? undefined : dayTold(until, zone, context);
  for (const told of [from, to]) if (told && typeof told !== "string") return told;
  if ([count, span, until].filter((said) => said !== undefined).length > 1) return no("ambiguous", words);
  // Weekly at nine: on which day?
  const anyDay = !read.byDay && !read.byMonthDay && read.date === undefined && read.freq !== "DAILY";
  if (anyDay && since === undefined) return no("ambiguous", rhythm);
  const today = dayOf(context.now, zone);
  const first = typeof from === "string" && from > today ? from : today;
  const start = firstTurn(read, first, time, zone, context.now);
  if (!start) return no("never", words);
  const last = typeof to === "string" ? to : span === undefined ? undefined : endOf(span, start.slice(0, 10));
  const ending =
    count !== undefined
      ? `;COUNT=${count === "once" ? 1 : count === "twice" ? 2 : numberOf(count)}`
      : last !== undefined
        ? `;UNTIL=${utcForm(toInstant(`${last}${time}`, zone))}`
        : "";
  const checked = checkRule(`${ruleOf(read)}${ending}`, start, zone);
  if (checked.ok) return { start, zone, rule: checked.rule };
  return no(checked.said === "ended" || checked.said === "never" ? "never" : "impossible", words);
}

/** From next week on is from its Monday; for a deadline the same words mean another day. */
function startOfNext(text: string, { now }: WhenContext, zone: string): Day | undefined {
  const today = dayOf(now, zone);
  if (/^(?:next week|(?:la )?semaine prochaine)$/.test(text)) return plusDays(today, 8 - isoWeekday(today));
  if (!/^(?:next month|(?:le )?mois prochain)$/.test(text)) return undefined;
  return add(`${today.slice(0, 7)}-01T00:00:00Z`, { months: 1 }, { in: tz("UTC") })
    .toISOString()
    .slice(0, 10);
}

/** A day said without a time: until 30 June, from next Monday. */
function dayTold(text: string, zone: string, context: WhenContext): Day | Omit<ScheduleFailure, "ok" | "said"> {
  const found = parseWhen(text, { ...context, zone, endOfDay: { h: 23, m: 59 } });
  if (!found.ok) return no(found.reason, found.detail ?? text);
  return found.hasTime ? no("ambiguous", text) : dayOf(found.at, zone);
}

/** The last day of six weeks or two months that begin with the first turn. */
function endOf(span: string, start: Day): Day {
  const end = add(`${start}T00:00:00Z`, toDuration(readLength(span) ?? { weeks: 1 }), { in: tz("UTC") });
  return plusDays(end.toISOString().slice(0, 10), -1);
}

/** The first wall time that fits, strictly after now; an interval counts from there, so it is not looked at. */
function firstTurn(found: Found, first: Day, time: string, zone: string, now: Date): WallTime | undefined {
  if (found.date !== undefined) {
    const wall = `${found.date < first ? nextYears(found.date, first) : found.date}${time}`;
    const rule = ruleOf(found);
    return turns({ start: wall, zone, rule }, { from: now, limit: 2 }).find(({ at }) => at > now)?.wall;
  }
  // Nothing says which day: the day that was told, or today.
  const weekday = found.freq === "WEEKLY" && !found.byDay ? [weekdayCode(isoWeekday(first))] : found.byDay;
  const monthDay =
    found.freq === "MONTHLY" && !found.byDay && !found.byMonthDay ? [splitDay(first).day] : found.byMonthDay;
  const rule = ruleOf({ ...found, interval: 1, byDay: weekday, byMonthDay: monthDay });
  return turns({ start: `${first}${time}`, zone, rule }, { from: now, limit: 2 }).find(({ at }) => at > now)?.wall;
}

function nextYears(date: Day, first: Day): Day {
  const year = splitDay(first).year;
  const same = `${year}${date.slice(4)}`;
  return same >= first ? same : `${year + 1}${date.slice(4)}`;
}

function ruleOf({ freq, interval, byDay, byMonthDay, bySetPos }: Found): string {
  return [
    `FREQ=${freq}`,
    ...(interval === undefined || interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(byDay ? [`BYDAY=${byDay.join(",")}`] : []),
    ...(byMonthDay ? [`BYMONTHDAY=${byMonthDay.join(",")}`] : []),
    ...(bySetPos ? [`BYSETPOS=${bySetPos.join(",")}`] : []),
  ].join(";");
}

/** Of no script and no meaning: it stands for a letter that was quoted, so that places in the text stay the same. */
const HIDDEN = "\ue0fe";
/** Typed, or the mark that stands for a mention (chat/inbound.ts). */
const HANDLE = "(?:@[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*|\\ue000\\d+\\ue001)";
const EVERYBODY = "all|everyone|everybody|all agencies|tous|toutes|tout le monde|tous les organismes";
const WORD = "(?=[\\p{N}_'’-]*\\p{L})[\\p{L}\\p{N}_'’-]+";
/** Somebody who is invited: a handle, everybody, or bare words as agencies are called. */
const PARTY = new RegExp(`^(?:${HANDLE}|${EVERYBODY}|${WORD}(?: ${WORD}){0,3})$`, "iu");
const BETWEEN_PARTIES = new RegExp(AND, "iu");
const LEADS_TO_PARTIES = /(?<=^|\s)(?:with|avec)\s+/giu;
const WITH_HANDLES = new RegExp(
  `(?<=^|\\s)(?:with|avec)\\s+((?:${HANDLE}|${EVERYBODY})(?:${AND}(?:${HANDLE}|${EVERYBODY}))*)$`,
  "iu",
);
const PLACE = /(?<=\s)(?:at|in|à|au|aux|dans|chez)\s+(?=\S)/giu;

export type MeetingLine = { title?: string; when?: string; minutes?: string; with?: string; place?: string };

const MOST_PLACES = 4;
/** A line longer than this is searched from its end only. */
const MOST_WORDS = 40;

/**
 * `Monthly coordination every first Tue 10:00 60m with all at Room 5` into its raw parts, not judged: a `when` may be
 * one that cannot be (31 Feb, a day without a time), so that it is refused rather than lost in a title.
 *
 * Only the end is cut: a schedule, then in any order who with and where. Without a schedule there the whole is a title.
 * So `Talks with Frontex every Tue 10:00` keeps its Frontex; handles alone (`with @border`) are taken before it too.
 */
export function splitMeeting(line: string, context: WhenContext): MeetingLine {
  const text = line.replace(/\s+/gu, " ").trim();
  const masked = covered(text, undefined, HIDDEN);
  const [found] = [nothing, withThenPlace, placeThenWith, onlyWith, onlyPlace]
    .flatMap((cut) => cut(masked))
    .flatMap((tail) => scheduleAtEnd(masked, tail.end, context).map((schedule) => ({ tail, schedule })))
    // A schedule that can be, else the one that begins first: of `every Tue in Room 5 at 10:00` the time alone would be
    // today. Of two that begin alike the longer, or `à partir du 15 décembre` would be a place.
    .sort(
      (a, b) =>
        Number(a.schedule.doubtful) - Number(b.schedule.doubtful) ||
        a.schedule.start - b.schedule.start ||
        b.tail.end - a.tail.end,
    );
  if (!found) return text === "" ? {} : { title: unquoted(text) };
  const { start, length } = found.schedule;
  const part = ([from, to]: readonly [number, number]) => text.slice(from, to).trim();
  const before = masked.slice(0, start).trimEnd();
  const early = found.tail.parties ? null : WITH_HANDLES.exec(before);
  const title = unquoted(withoutJoint(text.slice(0, early ? early.index : start)));
  const parties = found.tail.parties ? part(found.tail.parties) : early?.[1];
  const whenEnd = length ?? [found.tail.end, found.tail.end];
  return {
    ...(title === "" ? {} : { title }),
    when: part([start, length ? leadOf(masked, length[0]) : whenEnd[0]]).replace(/[\s,]+$/, ""),
    ...(length ? { minutes: part(length) } : {}),
    ...(parties === undefined ? {} : { with: parties }),
    ...(found.tail.place ? { place: unquoted(part(found.tail.place)) } : {}),
  };
}

/** Where the schedule ends, and what stands behind it, as places in the text. */
type Tail = { end: number; parties?: readonly [number, number]; place?: readonly [number, number] };

const nothing = (text: string): Tail[] => [{ end: text.length }];

/** No list of those who are invited is longer, and in none is `with` said as often. */
const LONGEST_LIST = 2_000;
const MOST_WITH = 20;

/**
 * The first `with` whose whole rest names somebody. The rest is parted first, and each part read alone: a pattern for
 * all of them would try every way to part them.
 */
function onlyWith(text: string): Tail[] {
  const from = Math.max(0, text.length - LONGEST_LIST);
  for (const match of [...text.slice(from).matchAll(LEADS_TO_PARTIES)].slice(-MOST_WITH)) {
    const end = from + match.index;
    const start = end + match[0].length;
    if (
      start < text.length &&
      text
        .slice(start)
        .split(BETWEEN_PARTIES)
        .every((part) => PARTY.test(part))
    )
      return [{ end, parties: [start, text.length] }];
  }
  return [];
}

/** The dash or comma that joined a title to what follows it. */
function withoutJoint(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s,:;–—-]/u.test(text.charAt(end - 1))) end--;
  return text.slice(0, end).trim();
}

/** Every `at` may lead to the place; beyond some it is a long title. */
function onlyPlace(text: string): Tail[] {
  return [...text.matchAll(PLACE)]
    .map((match): Tail => ({ end: match.index, place: [match.index + match[0].length, text.length] }))
    .filter(({ place }) => !startsAsTime(text.slice(place?.[0])))
    .slice(-MOST_PLACES);
}

/** At 10:00, at noon: a time, and no room. */
const startsAsTime = (text: string) =>
  /^(?:\d{1,2}(?:[:.h]|\s*(?:h|[ap]\.?m|o'?clock)|$|\s)|noon|midday|midi|minuit|midnight)/iu.test(text);

function withThenPlace(text: string): Tail[] {
  return onlyPlace(text).flatMap(({ end, place }) =>
    onlyWith(text.slice(0, end).trimEnd()).map((tail) => ({ ...tail, place })),
  );
}

function placeThenWith(text: string): Tail[] {
  return onlyWith(text).flatMap(({ end, parties }) =>
    onlyPlace(text.slice(0, end).trimEnd()).map((tail) => ({ ...tail, parties })),
  );
}

/** `doubtful`: it cannot be, or is a mere time of day. */
type AtEnd = { start: number; doubtful: boolean; length?: readonly [number, number] };

/**
 * The longest end that reads as a schedule, be it one that cannot be: of `31 Feb 10:00` the time alone would be another
 * day. What is ambiguous by itself, whatever stands before it (9:00 IST), begins where it would without that.
 */
function scheduleAtEnd(masked: string, end: number, context: WhenContext): AtEnd[] {
  const text = masked.slice(0, end).trimEnd();
  const starts = [...text.matchAll(/\S+/gu)].map(({ index }) => index).slice(-MOST_WORDS);
  for (const start of starts) {
    const said = text.slice(start);
    if (said.includes(HIDDEN) || !/[\p{L}\d]/u.test(said.charAt(0))) continue;
    const reason = reasonOf(said, context);
    if (reason === "not_a_date") continue;
    if ((reason === "no_time" || reason === "negative") && !NAMES_A_DAY.test(plain(said))) continue;
    const last = said.lastIndexOf(" ");
    if (reason === "ambiguous" && reasonOf(`${NO_DATE} ${said}`, context) === "ambiguous")
      if (last < 0 || reasonOf(said.slice(0, last), context) === "not_a_date") continue;
    // Which of the two 10h 30 min is, is not for a cut to decide; and 10:00-11:00 is of one piece.
    const whole = HALF_PAST.test(plain(said)) || takeRange(plain(said)).minutes !== undefined;
    const cut = whole ? undefined : takeLength(said);
    const length = cut ? { length: [start + said.length - cut.length.length, text.length] as const } : {};
    const doubtful = reason !== "none" || withoutClock(plain(cut?.head ?? said)).rhythm === "";
    return [{ start, doubtful, ...length }];
  }
  return [];
}

/** This week, March, last year end many a title, and a meeting needs a day. */
const NAMES_A_DAY = new RegExp(
  `\\d|(?<!${ZONED})(?:${DAY}|${EVERY}|today|tomorrow|yesterday|demain|hier|aujourd'hui)(?!${ZONED})`,
  "u",
);

/** A word that no language has for a day. */
const NO_DATE = "xyzzy";

function reasonOf(text: string, context: WhenContext): ScheduleProblem | "none" {
  const found = parseSchedule(text, context);
  return found.ok ? "none" : found.reason;
}

/** Where the words that lead to a length begin: for 60 min. */
function leadOf(text: string, length: number): number {
  const before = text.slice(0, length);
  return length - (LENGTH_LEAD.exec(before.toLowerCase())?.[0] ?? "").length;
}

/** A title that was quoted as a whole is meant without its marks. */
function unquoted(text: string): string {
  const [, inner] = /^(?:"([^"]*)"|“[^”]*”|«[^»]*»)$/u.exec(text) ?? [];
  return (inner ?? text.replace(/^“([^”]*)”$/u, "$1").replace(/^«\s*([^»]*?)\s*»$/u, "$1")).trim();
}
