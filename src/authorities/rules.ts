import type { AuthorityFunction } from "./functions.js";

/**
 * Which of the authorities of a State takes a case: rules of the editors, as the EJN's Judicial Atlas has them (State, measure, a
 * few questions, authority). Pure: knows neither rows nor words.
 */

/** What a case can be asked about, in the order in which it is. */
export const QUESTIONS = ["stage", "matter", "region", "urgent"] as const;
export type Question = (typeof QUESTIONS)[number];

/** How far the proceeding is. */
export const STAGES = ["investigation", "trial", "after_judgment"] as const;
export type Stage = (typeof STAGES)[number];

/** What a case must be like; `urgent` is `yes`. Matters and regions are in the words of the editors, compared without case. */
export type When = Readonly<Partial<Record<Question, string>>>;

export type Rule = {
  id: string;
  authorityId: string;
  function: AuthorityFunction;
  when: When;
};

/** What is known of a case; `OTHER`: none of those that rules name; absent: not known. */
export type Case = Readonly<Partial<Record<Question, string>>>;
export const OTHER = "__other__";

/** So many are asked at most. */
const MOST_ASKED = 3;

/** An authority that is competent without any rule takes every case. */
const ALWAYS: When = {};

/** @param authorities competent for the function, each with its rules for it */
export type Competent<A> = { authority: A; rules: readonly When[] };

const rulesOf = <A>({ rules }: Competent<A>): readonly When[] => (rules.length ? rules : [ALWAYS]);

/** Nothing that is known speaks against it. */
const mayFit = (when: When, known: Case): boolean =>
  QUESTIONS.every((one) => {
    const wanted = when[one];
    const said = known[one];
    return wanted === undefined || said === undefined || plain(wanted) === plain(said);
  });

const fits = (when: When, known: Case): boolean =>
  mayFit(when, known) && QUESTIONS.every((one) => when[one] === undefined || known[one] !== undefined);

export const plain = (words: string): string => words.normalize("NFKC").trim().replace(/\s+/g, " ").toLocaleLowerCase();

/** How many conditions a rule has: of those that fit, the one with the most decides. */
const weightOf = (when: When): number => QUESTIONS.filter((one) => when[one] !== undefined).length;

/**
 * What is to be asked still: of what is not known yet, that on which it depends who takes the case. Each with the values that
 * rules name, in the order in which they were entered.
 * @param asked what was asked already, answered or not
 */
export function openQuestions<A>(
  all: readonly Competent<A>[],
  known: Case,
  asked: readonly Question[] = [],
): { question: Question; values: string[] }[] {
  const possible = all.filter((one) => rulesOf(one).some((when) => mayFit(when, known)));
  if (possible.length < 2) return [];
  const rules = possible.flatMap((one) => rulesOf(one).filter((when) => mayFit(when, known)));
  return QUESTIONS.flatMap((question) => {
    if (known[question] !== undefined || asked.includes(question)) return [];
    const values = new Map(rules.flatMap((when) => (when[question] ? [[plain(when[question]), when[question]]] : [])));
    return values.size ? [{ question, values: [...values.values()] }] : [];
  }).slice(0, Math.max(0, MOST_ASKED - asked.length));
}

/**
 * Who takes the case: of the rules that fit the most specific; where what is not known could decide, all whom it could be.
 * In the order given.
 */
export function chosen<A>(all: readonly Competent<A>[], known: Case): A[] {
  const sure = Math.max(
    -1,
    ...all.flatMap((one) =>
      rulesOf(one)
        .filter((when) => fits(when, known))
        .map(weightOf),
    ),
  );
  return all
    .filter((one) =>
      rulesOf(one).some((when) =>
        fits(when, known) ? weightOf(when) === sure : mayFit(when, known) && weightOf(when) >= sure,
      ),
    )
    .map(({ authority }) => authority);
}

/** Both fit some case, with as many conditions, so that neither decides there. */
export function ties(one: When, other: When): boolean {
  return (
    weightOf(one) === weightOf(other) &&
    QUESTIONS.every((each) => {
      const [a, b] = [one[each], other[each]];
      return a === undefined || b === undefined || plain(a) === plain(b);
    })
  );
}
