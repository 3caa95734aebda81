import { sql } from "kysely";
import { recordAll } from "../audit/record.js";
import type { AccountRef } from "../chat/index.js";
import { notifyAll } from "../delivery/outbox.js";
import type { Role } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Agency, Person } from "./model.js";
import { welcome } from "./notifications.js";
import { findPersons } from "./store.js";

/** Many people at once: how many statements it takes grows neither with them nor with their agencies. */

export type Entering = {
  id: string;
  /** Somebody new; one of this agency who comes (back) into this body; one who is here and gets what is new. */
  kind: "new" | "back" | "here";
  name: string;
  agency: Agency;
  /** Those that nobody has yet. */
  accounts: readonly AccountRef[];
  roles: readonly Role[];
  email?: string;
  lang?: string;
  zone?: string;
};

/** What has been judged already, in a few statements. @throws where somebody else has taken an account meanwhile */
export async function enterAll(work: UnitOfWork, people: readonly Entering[]): Promise<void> {
  const { tx } = work;
  const fresh = people.filter(({ kind }) => kind === "new");
  const back = people.filter(({ kind }) => kind === "back");
  if (fresh.length > 0)
    await tx
      .insertInto("persons")
      .values(fresh.map((one) => personRow(work, one)))
      .execute();
  if (back.length > 0)
    await tx
      .updateTable("persons")
      .set({ active: true, current_body: work.body.id })
      .where(
        "id",
        "in",
        back.map(({ id }) => id),
      )
      .execute();
  const accounts = people.flatMap(({ id, accounts }) => accounts.map((account) => ({ id, account })));
  if (accounts.length > 0)
    await tx
      .insertInto("accounts")
      .values(
        accounts.map(({ id, account }) => ({
          platform: account.platform,
          tenant: account.tenant,
          user_id: account.user,
          person_id: id,
          unreachable: null,
        })),
      )
      .execute();
  const roles = people.flatMap(({ id, roles }) => [...new Set(roles)].map((role) => ({ person_id: id, role })));
  if (roles.length > 0)
    await tx
      .insertInto("roles")
      .values(roles)
      .onConflict((c) => c.doNothing())
      .execute();
  await introduceAll(work, [...fresh, ...back]);
}

const personRow = (work: UnitOfWork, { id, name, agency, email, lang, zone }: Entering) => ({
  id,
  agency_id: agency.id,
  name,
  email: email ?? null,
  phone: null,
  lang: lang ?? agency.lang,
  zone: zone ?? agency.zone,
  work_from: agency.week.from,
  work_to: agency.week.to,
  current_body: work.body.id,
});

async function introduceAll(work: UnitOfWork, people: readonly Entering[]): Promise<void> {
  if (people.length === 0) return;
  // From its first person on an agency acts for itself.
  await work.tx
    .updateTable("members")
    .set({ represented: false })
    .where("agency_id", "in", [...new Set(people.map(({ agency }) => agency.id))])
    .where("represented", "=", true)
    .execute();
  await recordAll(
    work,
    people.map(({ id, agency, roles, accounts }) => ({
      action: "people.added",
      item: { kind: "person", id },
      detail: { agency: agency.handle, role: roles[0], platform: accounts[0]?.platform },
    })),
  );
  await notifyAll(
    work,
    people.map(({ id }) => ({
      notification: welcome,
      params: { person: id },
      to: { personId: id },
      dedupe: `welcome ${id} ${work.now.getTime()}`,
    })),
  );
}

export type Owner = { personId: string; agencyId: string };
export const keyOf = ({ platform, tenant, user }: AccountRef): string => JSON.stringify([platform, tenant, user]);

/** Whose these accounts are, in whatever body, by `keyOf`. */
export async function ownersOf(work: UnitOfWork, accounts: readonly AccountRef[]): Promise<Map<string, Owner>> {
  const asked = JSON.stringify(accounts);
  const { rows } = await sql<AccountRef & { person_id: string; agency_id: string }>`
    select a.platform, a.tenant, a."user", p.person_id, p.agency_id
    from json_to_recordset(${asked}::json) as a(platform text, tenant text, "user" text)
    cross join lateral person_of_account(a.platform, a.tenant, a."user") p`.execute(work.tx);
  return new Map(rows.map((row) => [keyOf(row), { personId: row.person_id, agencyId: row.agency_id }]));
}

export type Named = { id: string; agencyId: string; name: string };

/** Everybody at work in an agency, with their names. */
export async function namesIn(work: UnitOfWork, agencyId: string): Promise<Named[]> {
  const rows = await work.tx
    .selectFrom("persons")
    .select(["id", "name"])
    .where("agency_id", "=", agencyId)
    .where("active", "=", true)
    .execute();
  return rows.map(({ id, name }) => ({ id, agencyId, name }));
}

export async function peopleOf(work: UnitOfWork, ids: readonly string[]): Promise<Person[]> {
  return ids.length === 0 ? [] : findPersons(work.tx, { ids: [...ids] });
}
