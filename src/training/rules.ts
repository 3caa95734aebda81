import { max, min } from "date-fns";
import type { Training } from "./model.js";

/** What fits what, who has a place, and what answers may be told: pure. */

export type Candidate = Pick<Training, "kind" | "what" | "topic" | "langs" | "role" | "people" | "from" | "until"> & {
  agency: { id: string };
};

/** Why they fit, each with what it counts for; together they are the score. */
export type Reason =
  | { why: "topic"; points: number }
  | { why: "language"; points: number; langs: string[] }
  | { why: "time"; points: number; from: Date; until: Date }
  | { why: "role"; points: number; role: Exclude<Training["role"], "none"> }
  | { why: "size"; points: number; people: number };

/** 40 for what it is about alone, 100 at most. */
export type Fit = { score: number; reasons: Reason[] };

const POINTS = { topic: 40, language: 20, time: 20, role: 10, size: 10 } as const;

/**
 * Whether a need and an offer fit. They do where another agency offers the same thing on the same topic, at a time that
 * suits both; the rest says how well. What one of them left open speaks neither for nor against.
 */
export function fitOf(a: Candidate, b: Candidate, now: Date): Fit | undefined {
  const [need, offer] = a.kind === "need" ? [a, b] : [b, a];
  if (need.kind !== "need" || offer.kind !== "offer") return undefined;
  if (need.agency.id === offer.agency.id || need.what !== offer.what || need.topic !== offer.topic) return undefined;
  const langs = need.langs.filter((lang) => offer.langs.includes(lang));
  if (need.langs.length && offer.langs.length && langs.length === 0) return undefined;
  const span = overlap(need, offer, now);
  if (span === "apart") return undefined;
  const reasons: Reason[] = [{ why: "topic", points: POINTS.topic }];
  if (langs.length) reasons.push({ why: "language", points: POINTS.language, langs });
  if (span) reasons.push({ why: "time", points: POINTS.time, ...span });
  if (need.role !== "none" && need.role === offer.role)
    reasons.push({ why: "role", points: POINTS.role, role: need.role });
  if (need.people !== undefined && offer.people !== undefined && offer.people >= need.people)
    reasons.push({ why: "size", points: POINTS.size, people: need.people });
  return { score: reasons.reduce((sum, { points }) => sum + points, 0), reasons };
}

type Span = { from: Date; until: Date };

/** When both can, from now on; undefined where neither says until when, `apart` where they never meet. */
function overlap(a: Candidate, b: Candidate, now: Date): Span | "apart" | undefined {
  const given = (dates: readonly (Date | undefined)[]) => dates.filter((date) => date !== undefined);
  const ends = given([a.until, b.until]);
  if (ends.length === 0) return undefined;
  const span = { from: max([now, ...given([a.from, b.from])]), until: min(ends) };
  return span.from <= span.until ? span : "apart";
}

export type Fitting<T> = { item: T; fit: Fit };

/** The best first; of two alike the one that was entered first. */
export function fitting<T extends Candidate & { number: number }>(
  one: Candidate,
  others: readonly T[],
  now: Date,
): Fitting<T>[] {
  return others
    .flatMap((item) => {
      const fit = fitOf(one, item, now);
      return fit ? [{ item, fit }] : [];
    })
    .sort((a, b) => b.fit.score - a.fit.score || a.item.number - b.item.number);
}

/** So few answers would show who gave them. */
export const FEWEST_ANSWERS = 5;

export const QUESTIONS = ["usefulness", "relevance", "trainer"] as const;
/** Each 1 to 5. */
export type Answer = Record<(typeof QUESTIONS)[number], number>;

export type Averages = Answer & { count: number };

/** To one decimal. @returns undefined where fewer than five have answered */
export function averagesOf(answers: readonly Answer[]): Averages | undefined {
  const count = answers.length;
  if (count < FEWEST_ANSWERS) return undefined;
  const mean = (question: keyof Answer) =>
    Math.round((10 * answers.reduce((sum, answer) => sum + answer[question], 0)) / count) / 10;
  return { count, usefulness: mean("usefulness"), relevance: mean("relevance"), trainer: mean("trainer") };
}

type InLine = { place: number; state: "enrolled" | "waiting" | "left" };

/** Who moves up now: as many of the first in line as there are places free. @param seats absent: as many as come */
export function movingUp<T extends InLine>(line: readonly T[], seats: number | undefined): T[] {
  const taken = line.filter(({ state }) => state === "enrolled").length;
  const waiting = line.filter(({ state }) => state === "waiting").sort((a, b) => a.place - b.place);
  return seats === undefined ? waiting : waiting.slice(0, Math.max(0, seats - taken));
}

/** How many stand in line before this one, this one included: 1 is the next to move up. */
export const turnOf = (line: readonly InLine[], place: number): number =>
  line.filter((one) => one.state === "waiting" && one.place <= place).length;
