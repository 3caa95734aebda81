import { randomUUID } from "node:crypto";
import type { Context } from "../command/define.js";
import { refuse } from "../lib/refusal.js";
import { happened } from "./acts.js";
import type { AuthorityFunction } from "./functions.js";
import type { Authority } from "./model.js";
import { competentFor, rulesOf } from "./rule-store.js";
import { type Rule, type Stage, ties, type When } from "./rules.js";
import { AUTHORITIES } from "./store.js";

/** So many rules an authority has at most. */
const MOST_RULES = 20;

/**
 * From now on it takes, of this competence, the cases that are so; other rules beside.
 * @returns the authorities that a rule as specific names for the same case: which of them it is nothing decides
 * @throws Refusal where it is not competent for that, or the rule says nothing or is there already
 */
export async function addRule(
  c: Context,
  { id }: Authority,
  about: AuthorityFunction,
  when: When,
): Promise<Authority[]> {
  const { work, person } = c;
  // Held, so that of two who write at once the second sees what the first wrote.
  const authority = await AUTHORITIES.reload(work, id, true);
  if (!authority.functions.includes(about))
    refuse((t) => t.errors.ruleFunction({ ref: authority.ref, function: t.directory.functions[about] }));
  if (Object.keys(when).length === 0) refuse((t) => t.errors.ruleEmpty({ ref: authority.ref }));
  const there = await rulesOf(work, [authority]);
  if (there.length >= MOST_RULES) refuse((t) => t.errors.ruleMost({ ref: authority.ref, max: MOST_RULES }));
  if (there.some((rule) => rule.function === about && isSame(rule.when, when)))
    refuse((t) => t.errors.ruleThere({ ref: authority.ref }));
  await work.tx
    .insertInto("authority_rules")
    .values({
      ...{ id: randomUUID(), authority_id: authority.id, function: about, added_by: person.id, added_at: work.now },
      ...{ matter: when.matter ?? null, region: when.region ?? null, urgent: when.urgent !== undefined },
      stage: (when.stage as Stage | undefined) ?? null,
    })
    .execute();
  await happened(c, authority, "authority.rule_added", { function: about });
  const others = await competentFor(work, authority.country, about);
  return others
    .filter(({ authority: other, rules }) => other.id !== authority.id && rules.some((one) => ties(one, when)))
    .map(({ authority: other }) => other);
}

const isSame = (one: When, other: When): boolean => ties(one, other) && Object.keys(one).every((key) => key in other);

/** @param n from 1, as its card numbers them @throws Refusal where it has no such rule */
export async function ruleOf(c: Context, { id }: Authority, n: number): Promise<Rule> {
  const authority = await AUTHORITIES.reload(c.work, id, true);
  const there = await rulesOf(c.work, [authority]);
  const rule = there[n - 1];
  return rule ?? refuse((t) => t.errors.ruleNone({ ref: authority.ref, n, count: there.length }));
}

export async function removeRule(c: Context, authority: Authority, rule: Rule): Promise<void> {
  await c.work.tx.deleteFrom("authority_rules").where("id", "=", rule.id).execute();
  await happened(c, authority, "authority.rule_removed", { function: rule.function });
}
