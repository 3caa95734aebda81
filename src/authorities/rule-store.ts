import type { Selectable } from "kysely";
import { groupBy } from "../lib/group.js";
import type { AuthorityRuleRow } from "../store/authority-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { AuthorityFunction } from "./functions.js";
import { AUTHORITY_KINDS, type Authority } from "./model.js";
import type { Competent, Rule, When } from "./rules.js";
import { authoritiesOf } from "./store.js";

type Named = Pick<Authority, "id" | "functions">;

/** The rules of these authorities for what they are competent for, in the order in which they were entered. */
export async function rulesOf(work: UnitOfWork, authorities: readonly Named[]): Promise<Rule[]> {
  if (authorities.length === 0) return [];
  const competences = new Map(authorities.map(({ id, functions }) => [id, functions]));
  const rows = await work.tx
    .selectFrom("authority_rules")
    .selectAll()
    .where("authority_id", "in", [...competences.keys()])
    .orderBy("added_at")
    .orderBy("id")
    .execute();
  return rows.flatMap((row) => {
    const about = competences.get(row.authority_id)?.find((one) => one === row.function);
    return about ? [{ id: row.id, authorityId: row.authority_id, function: about, when: whenOf(row) }] : [];
  });
}

const whenOf = ({ stage, matter, region, urgent }: Selectable<AuthorityRuleRow>): When => ({
  ...(stage ? { stage } : {}),
  ...(matter ? { matter } : {}),
  ...(region ? { region } : {}),
  ...(urgent ? { urgent: "yes" } : {}),
});

/** More of one State and one competence are not told apart by questions: those are looked for by their names. */
const MOST = 200;

/** Those of a State that are in service and competent for something: central authorities before others. */
export async function competentFor(
  work: UnitOfWork,
  country: string,
  about: AuthorityFunction,
): Promise<Competent<Authority>[]> {
  const rows = await work.tx
    .selectFrom("authorities")
    .selectAll()
    .where("country", "=", country)
    .where("state", "=", "active")
    .where((eb) => eb(eb.val<string>(about), "=", eb.fn.any("authorities.functions")))
    .orderBy("number")
    .limit(MOST)
    .execute();
  const authorities = await authoritiesOf(work, rows);
  const rules = await rulesOf(work, authorities);
  const byAuthority = groupBy(
    rules.filter((rule) => rule.function === about),
    (rule) => rule.authorityId,
  );
  return authorities
    .sort((a, b) => AUTHORITY_KINDS.indexOf(a.kind) - AUTHORITY_KINDS.indexOf(b.kind) || a.number - b.number)
    .map((authority) => ({ authority, rules: (byAuthority.get(authority.id) ?? []).map(({ when }) => when) }));
}
