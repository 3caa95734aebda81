import { readLength } from "./duration.js";
import { names, periodWords, spoken, unitWords, wordsOf } from "./language.js";
import { LONGEST, levelled, withoutCourtesy, withoutLeading } from "./text.js";
import { parseWhen, type When, type WhenContext, type WhenFailure } from "./when.js";

/** Where in a line its moment stands, and which other words of it speak of a time. */

export type Place = { start: number; end: number };
export type Stands = Place & {
  /** The phrase without the word that led to it. */
  said: string;
  found: When;
};
/** Words that speak of a time and are not certain to be the moment that is asked for. */
export type Unsure = Place & {
  said: string;
  readings: readonly When[];
  failure?: WhenFailure;
  /** A word led to it: a moment was meant, whichever. */
  led?: true;
  /** The rest of the line says as much without it. */
  apart?: true;
};

const APART = "(?<![\\p{L}\\p{N}'])";
const END = "(?![\\p{L}\\p{N}])";
const LEAD = new RegExp(`${APART}(?:${spoken("lead")}|${spoken("within")})(?:\\s?[:：]|${END})`, "gu");
const WITHIN = new RegExp(`^(?:${spoken("within")})${END}`, "u");
const LEAD_FIRST = new RegExp(`^(?:${spoken("lead")})(?:\\s?[:：]|${END})\\s*`, "u");
const LASTING = new RegExp(`^(?:${spoken("lasting")})\\s+`, "u");
/** Directly before it, a day is something else than a deadline. */
const NOT_BY = new RegExp(`(?:(?:^|[\\s'])(?:${spoken("notBy")})|[-/&+,])\\s*$`, "u");
const LONGEST_TIE = 24;
const NOT = new RegExp(`(?:^|\\s)(?:${spoken("not")})\\s*$`, "u");

/** As much of a line's end as a moment may take with its lead, and as many leads as are said in it. */
const LONGEST_END = 3 * LONGEST;
const MOST_LEADS = 12;
/** A day at the end without a lead: on Friday 4 December 2026 at 17:00 CET. */
const MOST_WORDS = 9;

/**
 * `Inspect 3 farms in Kilkis by Fri 17:00`: at the last `by` (or avant, due:, d'ici …) whose whole rest is a moment, or
 * an earlier one whose rest is one too (`by Friday by 10:00`); else a day at the very end, `… tomorrow`, `… on Friday`.
 * A moment that cannot be (31 Feb, yesterday) is that failure, so that a deadline is never lost in a title.
 */
export function takeMoment(line: string, ctx: WhenContext): { moment?: Stands; unsure?: Unsure } {
  const flat = squeezed(line);
  const cut = Math.max(0, flat.text.length - LONGEST_END);
  const led = [...flat.text.slice(cut).matchAll(LEAD)].slice(-MOST_LEADS).reverse();
  let moment: Stands | undefined;
  for (const match of led) {
    const start = cut + match.index;
    const phrase = flat.text.slice(start);
    const tail = WITHIN.test(phrase) && !LEAD_FIRST.test(phrase) ? phrase : phrase.slice(match[0].length).trim();
    if (LASTING.test(phrase) && readLength(withoutCourtesy(tail))) continue;
    if (NOW.test(withoutLeading(withoutCourtesy(tail)))) continue;
    const found = figureAlone(tail, match[0], ctx) ?? parseWhen(phrase, ctx);
    if (!found.ok && found.reason === "not_a_date") continue;
    const place = toTheEnd(line, flat.place(start, flat.text.length));
    // D'ici vendredi, but d'ici huit jours: only with its lead a length is a moment.
    const length = tail !== phrase && WITHIN.test(phrase) && !parseWhen(tail, ctx).ok;
    const from = length ? start : flat.text.length - tail.length;
    const said = asTyped(line, flat.place(from, flat.text.length));
    if (!found.ok) return { unsure: { ...asked(line, place, found, ctx), said, led: true, apart: true } };
    const not = NOT.test(flat.text.slice(Math.max(0, start - LONGEST_TIE), start));
    if (found.month || not) return { unsure: { ...asked(line, place, found, ctx), ...(not ? {} : { apart: true }) } };
    moment = { ...place, said, found };
  }
  return moment ? { moment } : dayAtEnd(line, flat, ctx);
}

/** By 5, by 17, by 1700: an hour, a day of the month, or as many as that. */
function figureAlone(tail: string, lead: string, ctx: WhenContext): WhenFailure | undefined {
  if (!/^\d{1,2}$|^\d{4}$/.test(tail) || LASTING.test(`${lead} `)) return undefined;
  const [hour = "", minute = "00"] = tail.length === 4 ? [tail.slice(0, 2), tail.slice(2)] : [tail];
  const hours = tail.length < 4 && Number(tail) < 12 ? [hour, String(Number(hour) + 12)] : [hour];
  const phrases = [
    ...hours.map((one) => `${one.padStart(2, "0")}:${minute}`),
    ...(tail.length < 4 ? [`the ${tail}th`] : []),
  ];
  return { ok: false, reason: "ambiguous", detail: tail, readings: readingsOf(phrases, ctx) };
}

const readingsOf = (phrases: readonly string[], ctx: WhenContext): When[] =>
  phrases.map((phrase) => parseWhen(phrase, ctx)).filter((one) => one.ok);

function dayAtEnd(line: string, flat: Squeezed, ctx: WhenContext): { moment?: Stands; unsure?: Unsure } {
  const from = Math.max(0, flat.text.length - LONGEST_END);
  const starts = [...flat.text.slice(from).matchAll(/(?<!\S)\S/g)].map(({ index }) => from + index).slice(-MOST_WORDS);
  for (const start of starts) {
    const said = flat.text.slice(start);
    if (!MAY_BEGIN.test(said) || NOW.test(withoutLeading(said)) || LASTING.test(said)) continue;
    const found = parseWhen(said, ctx);
    if (!found.ok && found.reason === "not_a_date") continue;
    const place = flat.place(start, flat.text.length);
    if (HOMONYM_ALONE.test(said) && !MEANS_DAY(line, place)) continue;
    const before = flat.text.slice(Math.max(0, start - LONGEST_TIE), start);
    const tied = NOT_BY.test(before);
    // What is a day for certain: by its name, or with its year; 4/12 alone may be anything.
    const certain = found.ok && !found.month && NAMES_DAY.test(said) && !tied;
    return certain
      ? { moment: { ...toTheEnd(line, place), said: asTyped(line, place), found } }
      : { unsure: { ...asked(line, place, found, ctx), ...(tied ? {} : { apart: true as const }) } };
  }
  return {};
}

/** Without the gaps of what was taken out of the line before. */
const asTyped = (line: string, { start, end }: Place): string => line.slice(start, end).replace(/\s+/g, " ").trim();

/** With what closes the line, and with the dash or bracket that opened the phrase. */
function toTheEnd(line: string, { start }: Place): Place {
  const before = line.slice(Math.max(0, start - 8), start);
  return { start: start - (OPENS.exec(before)?.[0].trimStart().length ?? 0), end: line.trimEnd().length };
}
const OPENS = /(?:\s*(?<!\S)[-–—]+|[,;:])?\s*[*_~([]*$/u;

/** By December: before it begins, or by its end. */
const monthEnd = (said: string, ctx: WhenContext): When[] =>
  readingsOf([`end of ${withoutLeading(levelled(said))}`], ctx);

const asked = (line: string, place: Place, found: When | WhenFailure, ctx: WhenContext): Unsure => ({
  ...place,
  said: asTyped(line, place),
  ...(found.ok
    ? { readings: found.month ? [found, ...monthEnd(asTyped(line, place), ctx)] : [found] }
    : { readings: found.readings ?? [], failure: found }),
});

type Squeezed = { text: string; place: (start: number, end: number) => Place };

/** With one blank for many, and where each letter stood: what was taken out before leaves gaps. */
function squeezed(line: string): Squeezed {
  const plain = levelled(line);
  const kept: string[] = [];
  const places = new Uint32Array(plain.length);
  let count = 0;
  for (const { index, 0: word } of plain.matchAll(/[^ ]+/g)) {
    if (kept.length) places[count++] = index - 1;
    kept.push(word);
    for (let at = index; at < index + word.length; at++) places[count++] = at;
  }
  return {
    text: kept.join(" "),
    place: (start, end) => ({ start: places[start] ?? 0, end: (places[end - 1] ?? -1) + 1 }),
  };
}

const WEEKDAY = names("weekdays").join("|");
const WEEKDAY_SHORT = names("weekdaysShort").join("|");
const HOMONYM = names("homonyms").join("|");
const MONTH_HOMONYM = names("homonyms")
  .filter((name) => names("months").includes(name))
  .join("|");
const MONTH = names("months")
  .filter((name) => !names("homonyms").includes(name))
  .join("|");
const ANY_MONTH = [...names("months"), ...names("monthsShort")].sort((a, b) => b.length - a.length).join("|");
const PERIOD = periodWords("week", "month", "quarter", "year");
const FIGURE = spoken("figure");
const DAY_FIGURE = `\\d{1,2}(?:${FIGURE})?`;
const NUMBER = `(?:\\d{1,3}|${wordsOf("numbers")})`;
const UNIT = unitWords();

/** Words and figures that are nothing but a time, each in one step. */
const NAMED = [
  `(?:${WEEKDAY})s?(?:'s)?`,
  `(?:${WEEKDAY_SHORT})\\.?,? (?=${DAY_FIGURE}${END}|\\d)`,
  `${DAY_FIGURE}[ .-]?(?:${spoken("of")})?(?:${ANY_MONTH})\\.?`,
  `(?:${ANY_MONTH})\\.? ${DAY_FIGURE}(?!\\d)`,
  MONTH,
  `(?:${spoken("beforeMonth")}) (?:${MONTH_HOMONYM})`,
  spoken("nearDays"),
  spoken("yesterday"),
  spoken("dayAfterTomorrow"),
  spoken("endOfDay"),
  wordsOf("ends"),
  `(?:${spoken("thisBefore")}|${spoken("nextBefore")}|${spoken("lastBefore")}|${spoken("endOf")}) ?(?:${PERIOD})(?: (?:${spoken("nextBehind")}|${spoken("lastBehind")}))?`,
  `(?:${PERIOD}) (?:${spoken("nextBehind")}|${spoken("lastBehind")})`,
  `(?:${periodWords("week")}) \\d{1,2}`,
  `(?:${spoken("quarter")})[1-4](?:[ /-]?\\d{4})?`,
  `(?:${spoken("seasonIn")}) ?(?:${spoken("seasons")})`,
  `(?:${spoken("within")}) ${NUMBER} ?(?:${UNIT})`,
  `(?:${spoken("within")}) (?:${wordsOf("lengths")})`,
].join("|");
const FIGURES = [
  "\\d{4}-\\d{2}-\\d{2}",
  "(?<![\\d/])\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?(?![\\d/])",
  "(?<![\\d.])\\d{1,2}\\.\\d{1,2}\\.(?:\\d{2,4})?(?!\\d)",
  "\\d{1,2}:\\d{2}(?!\\d)",
  "\\d{1,2} ?h(?:\\d{2})?",
  "\\d{1,2}(?:[.:]\\d{2})? ?[ap]\\.?m\\.?",
  `\\d{1,2} ?(?:${spoken("oClock")})`,
].join("|");
const NOON = `${spoken("noon")}|${spoken("midnight")}`;
const NOW = new RegExp(`^(?:${spoken("now")})$`, "u");
const HURRY = new RegExp(
  `${APART}(?:(?:${spoken("lead")})(?:\\s?[:：])? )?(?:(?:${spoken("hurry")})(?![\\p{L}\\p{N}])|(?:${spoken("hurryLast")})(?=[^\\p{L}\\p{N}]*$))`,
  "gu",
);
/** What somebody in a hurry may mean; who writes 17:00 beside it has said it. */
const SOON = ["today", "tomorrow", "this week"];

const TIMES = new RegExp(`(?<![\\p{L}\\p{N}])(?:${NAMED}|${FIGURES}|${NOON})${END}`, "gu");
const NAMES_DAY = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${NAMED}|${WEEKDAY_SHORT}|${ANY_MONTH}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}|${spoken("weekend")})${END}`,
  "u",
);
const HOMONYM_ALONE = new RegExp(`^(?:(?:${spoken("article")}) ?)*(?:${HOMONYM})\\.?$`, "u");
/** The sun, en mer, second: only in capitals are they days, and not even then behind an article. */
const MEANS_DAY = (line: string, { start, end }: Place): boolean =>
  /^\p{Lu}/u.test(line.slice(start, end)) && !NOT_A_DAY.test(line.slice(0, start));
const NOT_A_DAY = new RegExp(`(?:^|\\s)(?:${spoken("notADay")})\\s*$`, "iu");
const MAY_BEGIN = /^[\p{L}\d(+-]/u;
/** What stands between two pieces of one phrase: Friday, 4 December at 17:00. */
const JOINT = new RegExp(`^[\\s,()-]*(?:\\d{4}[\\s,]*)?(?:(?:${spoken("joint")})\\s+|[/-]\\s*)?$`, "u");
const LEAD_BEFORE = new RegExp(`${APART}(?:${spoken("lead")})(?:\\s?[:：])? (?:(?:${spoken("article")}) ?)*$`, "u");
const POSSESSIVE = new RegExp(`(?<=${WEEKDAY})(?:'s|s|s')$`, "u");
const AROUND_THE_CLOCK = "24/7";
const LEADING_FIGURES = new RegExp(`(?:${DAY_FIGURE}\\s?(?:[-/,]|${spoken("figuresJoin")})\\s?)+$`, "u");
/** So many are read, and so many are found; who writes more is asked about these. */
const MOST_UNSURE = 4;
const MOST_PHRASES = 40;

/** What else in a line speaks of a time, in phrases as they stand. */
export function timesIn(line: string, ctx: WhenContext): Unsure[] {
  const flat = squeezed(line);
  const phrases: (Place & { lead: number })[] = [];
  for (const match of flat.text.matchAll(TIMES)) {
    if (phrases.length === MOST_PHRASES) break;
    if (match[0] === AROUND_THE_CLOCK) continue;
    const end = match.index + match[0].trimEnd().length;
    const last = phrases.at(-1);
    const gap = last && flat.text.slice(last.end, match.index);
    if (last && gap !== undefined && gap.length < 12 && JOINT.test(gap)) last.end = end;
    else {
      const before = flat.text.slice(Math.max(0, match.index - 24), match.index);
      const start = match.index - (LEADING_FIGURES.exec(before)?.[0].length ?? 0);
      const led = LEAD_BEFORE.exec(flat.text.slice(Math.max(0, start - 24), start))?.[0].trimStart() ?? "";
      phrases.push({ start, end, lead: start - led.length });
    }
  }
  const hurried = [...flat.text.matchAll(HURRY)].slice(0, MOST_UNSURE).flatMap(({ index, 0: said }): Unsure[] => {
    const place = flat.place(index, index + said.length);
    const beside = phrases.some(({ start, end }) => start < index + said.length && index < end);
    const readings = SOON.flatMap((day) => readingsOf([day], ctx));
    return beside ? [] : [{ ...place, said: asTyped(line, place), readings, apart: true }];
  });
  return [...hurried, ...phrases.map(read)].sort((a, b) => a.start - b.start);

  function read({ start, end, lead }: Place & { lead: number }, n: number): Unsure {
    const place = flat.place(start, end);
    const led = lead < start && !NOT.test(flat.text.slice(Math.max(0, lead - LONGEST_TIE), lead));
    const said = flat.text.slice(start, end).replace(POSSESSIVE, "");
    const found = n < MOST_UNSURE ? parseWhen(said, ctx) : undefined;
    if (found && led) return { ...asked(line, place, found, ctx), ...flat.place(lead, end), apart: true };
    if (found) return asked(line, place, found, ctx);
    return { ...place, said: line.slice(place.start, place.end), readings: [] };
  }
}
