import { randomUUID } from "node:crypto";
import { addHours } from "date-fns";
import { record } from "../audit/record.js";
import type { AccountRef, Actor } from "../chat/index.js";
import { notify } from "../delivery/outbox.js";
import { refuse } from "../lib/refusal.js";
import type { Role } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { linkAccount, moveAway, ownerOf, worksAnywhere } from "./accounts.js";
import { cleanEmail, cleanLocale, cleanName, firstZone, LONGEST_NAME } from "./clean.js";
import { CODE_HOURS, type Code, hashOfCode, newCode } from "./codes.js";
import type { Agency, Person } from "./model.js";
import { joinAsked, welcome } from "./notifications.js";
import { askedFrom, claimSecond } from "./second.js";
import { coordinatorsOf, focalPoints, loadAgency, loadPerson } from "./store.js";

/** How people come in and leave (docs/access.md, Who is who). */

/**
 * A single-use code for 72 hours that names agency and role.
 * @param bound the workspace or tenant it is for; any when absent
 * @param confirmed the operator's code for an agency that has nobody yet to confirm
 */
export async function issueCode(
  work: UnitOfWork,
  o: {
    agency: Agency;
    role: Role;
    name?: string;
    issuedBy?: string;
    bound?: Pick<AccountRef, "platform" | "tenant">;
    confirmed?: boolean;
  },
): Promise<Code> {
  const code = newCode();
  const expiresAt = addHours(work.now, CODE_HOURS);
  const id = randomUUID();
  await work.tx
    .insertInto("enrolments")
    .values({
      id,
      agency_id: o.agency.id,
      role: o.role,
      code_hash: hashOfCode(code),
      name: cleanName(o.name) ?? null,
      issued_by: o.issuedBy ?? null,
      expires_at: expiresAt,
      confirmed_at_issue: o.confirmed ?? false,
      platform: o.bound?.platform ?? null,
      tenant: o.bound?.tenant ?? null,
      state: "issued",
    })
    .execute();
  await record(work, {
    action: "people.invited",
    actorId: o.issuedBy,
    item: { kind: "enrolment", id },
    detail: { agency: o.agency.handle, role: o.role },
  });
  return { code, expiresAt };
}

/**
 * The newcomer's side. A wrong, used, expired or foreign code answer alike.
 * @returns `active` at once for the operator's code, else `asked`: the focal point confirms the account shown; `second`
 * for a code that somebody made for another account of their own, who is asked themselves
 */
export async function join(
  work: UnitOfWork,
  actor: Actor,
  code: string,
): Promise<{ state: "active" | "asked" | "second"; agency: Agency; person?: Person }> {
  const row = await work.tx
    .selectFrom("enrolments")
    .selectAll()
    .where("code_hash", "=", hashOfCode(code))
    .where("state", "=", "issued")
    .where("expires_at", ">", work.now)
    .forUpdate()
    .executeTakeFirst();
  if (!row || (row.platform && (row.platform !== actor.platform || row.tenant !== actor.tenant)))
    return refuse((t) => t.errors.code, "code");
  const agency = await loadAgency(work.tx, row.agency_id);
  if (row.second) {
    await claimSecond(work, row, actor);
    return { state: "second", agency };
  }
  await askedFrom(work, row.id, actor);
  await record(work, {
    action: "people.asked_to_join",
    item: { kind: "enrolment", id: row.id },
    detail: { agency: agency.handle },
  });
  const focal = await focalPoints(work.tx, agency.id);
  if (row.confirmed_at_issue && focal.length === 0) {
    const person = await letIn(work, row.id, undefined, actor);
    // The first person of an agency is its focal point, whatever else they are: notices to it have somebody to go to.
    if (!agency.observer) await addRole(work, person.id, "focal_point");
    return { state: "active", agency, person };
  }
  // The secretariat confirms where nobody decides.
  for (const person of focal.length ? focal : await coordinatorsOf(work.tx))
    await notify(work, {
      notification: joinAsked,
      params: { enrolment: row.id },
      to: { personId: person.id },
      dedupe: `join ${row.id} ${person.id}`,
    });
  return { state: "asked", agency };
}

const addRole = (work: UnitOfWork, personId: string, role: Role) =>
  work.tx
    .insertInto("roles")
    .values({ person_id: personId, role })
    .onConflict((c) => c.doNothing())
    .execute();

/** @param by the focal point; absent for the operator, whose newcomer is answered where they joined */
export async function letIn(
  work: UnitOfWork,
  enrolmentId: string,
  by: Person | undefined,
  actor?: Actor,
): Promise<Person> {
  const row = await work.tx
    .selectFrom("enrolments")
    .selectAll()
    .where("id", "=", enrolmentId)
    .where("state", "=", "asked")
    .where("second", "=", false)
    .forUpdate()
    .executeTakeFirst();
  if (!row?.platform || !row.tenant || !row.user_id || (by && by.agencyId !== row.agency_id))
    return refuse((t) => t.errors.noJoin);
  const person = await addPerson(work, {
    account: { platform: row.platform, tenant: row.tenant, user: row.user_id },
    name: row.name ?? row.display_name ?? row.user_id,
    agencyId: row.agency_id,
    role: row.role,
    by,
    lang: actor?.locale,
    zone: actor?.zone,
    welcomed: by === undefined,
  });
  await work.tx
    .updateTable("enrolments")
    .set({ state: "active", decided_by: by?.id ?? null, decided_at: work.now })
    .where("id", "=", row.id)
    .execute();
  return person;
}

/**
 * An account that was mentioned, kept until a focal point confirms that it is to be added. It has no code, so that
 * nobody can join by it.
 */
export async function showAccount(
  work: UnitOfWork,
  o: { account: AccountRef; agency: Agency; role: Role; by: Person },
): Promise<string> {
  const id = randomUUID();
  await work.tx
    .insertInto("enrolments")
    .values({
      id,
      agency_id: o.agency.id,
      role: o.role,
      code_hash: null,
      name: null,
      issued_by: o.by.id,
      expires_at: addHours(work.now, CODE_HOURS),
      platform: o.account.platform,
      tenant: o.account.tenant,
      user_id: o.account.user,
      state: "issued",
    })
    .execute();
  return id;
}

/** @param by whoever mentioned the account; what anybody else mentioned, or nobody, is not added */
export async function addShown(work: UnitOfWork, id: string, by: Person): Promise<Person> {
  if (!isUuid(id)) return refuse((t) => t.errors.stale);
  const row = await work.tx
    .updateTable("enrolments")
    .set({ state: "active", decided_by: by.id, decided_at: work.now })
    .where("id", "=", id)
    .where("state", "=", "issued")
    .where("code_hash", "is", null)
    .where("second", "=", false)
    .where("issued_by", "=", by.id)
    .where("agency_id", "=", by.agencyId)
    .where("expires_at", ">", work.now)
    .returning(["platform", "tenant", "user_id", "role"])
    .executeTakeFirst();
  if (!row?.platform || !row.tenant || !row.user_id) return refuse((t) => t.errors.stale);
  return addPerson(work, {
    account: { platform: row.platform, tenant: row.tenant, user: row.user_id },
    name: row.user_id,
    agencyId: by.agencyId,
    role: row.role,
    by,
  });
}

const isUuid = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

export async function turnAway(work: UnitOfWork, enrolmentId: string, by: Person): Promise<string> {
  const row = await work.tx
    .updateTable("enrolments")
    .set({ state: "refused", decided_by: by.id, decided_at: work.now })
    .where("id", "=", enrolmentId)
    .where("agency_id", "=", by.agencyId)
    .where("state", "=", "asked")
    .where("second", "=", false)
    .returning(["id", "name", "display_name"])
    .executeTakeFirst();
  if (!row) return refuse((t) => t.errors.noJoin);
  await record(work, { action: "people.turned_away", actorId: by.id, item: { kind: "enrolment", id: row.id } });
  return row.name ?? row.display_name ?? "";
}

export type NewPerson = {
  account?: AccountRef;
  name: string;
  agencyId: string;
  role: Role;
  email?: string;
  lang?: string;
  zone?: string;
  by?: Person;
  /** Said in the answer to them already. */
  welcomed?: boolean;
};

/**
 * Adds a person with an account. Somebody of the same agency who is known already, here or in another body of the
 * deployment, gets the role in this body; an account that belongs to somebody of another agency is refused, but for
 * one who has left everything: then the account goes to a new person, and what the old one was named in stays theirs.
 */
export async function addPerson(work: UnitOfWork, o: NewPerson): Promise<Person> {
  const known = o.account && (await ownerOf(work, o.account));
  if (known && known.agencyId === o.agencyId) return takeIn(work, known.personId, o);
  if (known && o.account) {
    if (await worksAnywhere(work, known.personId)) return refuse((t) => t.errors.accountElsewhere);
    await moveAway(work, o.account);
  }
  const id = randomUUID();
  const agency = await work.tx
    .selectFrom("agencies")
    .selectAll()
    .where("id", "=", o.agencyId)
    .executeTakeFirstOrThrow();
  await work.tx
    .insertInto("persons")
    .values({
      id,
      agency_id: o.agencyId,
      name: cleanName(o.name) ?? o.account?.user.slice(0, LONGEST_NAME) ?? "–",
      email: cleanEmail(o.email) ?? null,
      phone: null,
      lang: cleanLocale(o.lang) ?? cleanLocale(agency.langs[0]) ?? "en",
      zone: firstZone(o.zone, agency.zone, work.body.zone),
      work_from: agency.work_from,
      work_to: agency.work_to,
      current_body: work.body.id,
    })
    .execute();
  if (o.account) await linkAccount(work, id, o.account);
  await work.tx.insertInto("roles").values({ person_id: id, role: o.role }).execute();
  return introduce(work, id, o);
}

/** The person keeps who they are; what they may do in this body is decided anew. */
async function takeIn(work: UnitOfWork, personId: string, o: NewPerson): Promise<Person> {
  const person = await loadPerson(work.tx, personId);
  if (person?.active && person.roles.length)
    refuse((t) => t.errors.alreadyKnown({ name: person.name, agency: person.agency.name }));
  await work.tx
    .updateTable("persons")
    .set({ active: true, current_body: work.body.id })
    .where("id", "=", personId)
    .execute();
  await work.tx.insertInto("roles").values({ person_id: personId, role: o.role }).execute();
  return introduce(work, personId, o);
}

async function introduce(work: UnitOfWork, id: string, o: NewPerson): Promise<Person> {
  const person = await loadPerson(work.tx, id);
  if (!person) throw new Error("person is gone");
  // From its first person on an agency acts for itself.
  await work.tx.updateTable("members").set({ represented: false }).where("agency_id", "=", person.agencyId).execute();
  await record(work, {
    action: "people.added",
    actorId: o.by?.id,
    item: { kind: "person", id },
    detail: { agency: person.agency.handle, role: o.role, platform: o.account?.platform },
  });
  if (!o.welcomed)
    await notify(work, {
      notification: welcome,
      params: { person: id, by: o.by?.id },
      to: { personId: id },
      dedupe: `welcome ${id} ${work.now.getTime()}`,
    });
  return person;
}

/** Whoever succeeds the focal point of their agency. @returns whether they were none before */
export async function makeFocalPoint(work: UnitOfWork, person: Person, by: Person): Promise<boolean> {
  const fresh = await work.tx
    .insertInto("roles")
    .values({ person_id: person.id, role: "focal_point" })
    .onConflict((c) => c.doNothing())
    .returning("role")
    .executeTakeFirst();
  await record(work, {
    action: "people.succeeded",
    actorId: by.id,
    item: { kind: "person", id: person.id },
    detail: { agency: person.agency.handle },
  });
  return fresh !== undefined;
}

/**
 * Takes a leaver out of this body; out of Coord where no other body has them. Open items are the agency's again.
 * @returns the tasks that were with them, and what it takes to bring them back
 */
export async function disable(work: UnitOfWork, person: Person, by: Person): Promise<{ open: string[]; left: Left }> {
  const roles = await work.tx.deleteFrom("roles").where("person_id", "=", person.id).returning("role").execute();
  if (!(await worksAnywhere(work, person.id)))
    await work.tx.updateTable("persons").set({ active: false }).where("id", "=", person.id).execute();
  const duties = await work.tx.deleteFrom("duties").where("person_id", "=", person.id).returningAll().execute();
  await record(work, {
    action: "people.removed",
    actorId: by.id,
    item: { kind: "person", id: person.id },
    detail: { agency: person.agency.handle },
  });
  const rows = await work.tx
    .selectFrom("tasks")
    .select("id")
    .where("assignee_id", "=", person.id)
    .where("state", "in", ["asked", "agreed"])
    .execute();
  return { open: rows.map((row) => row.id), left: { roles: roles.map(({ role }) => role), duties } };
}

/** What somebody had who was taken out. */
export type Left = {
  roles: Role[];
  duties: { id: string; agency_id: string; person_id: string; from_at: Date | string; until_at: Date | string }[];
};

/** Taken out by mistake: they are who they were. @throws Refusal when they were added again meanwhile */
export async function bringBack(
  work: UnitOfWork,
  personId: string,
  { roles, duties }: Left,
  by: Person,
): Promise<Person> {
  const gone = await loadPerson(work.tx, personId);
  if (!gone || gone.roles.length) return refuse((t) => t.errors.undoTooLate({ ref: gone?.name ?? "" }));
  await work.tx.updateTable("persons").set({ active: true }).where("id", "=", personId).execute();
  if (roles.length)
    await work.tx
      .insertInto("roles")
      .values(roles.map((role) => ({ person_id: personId, role })))
      .execute();
  if (duties.length)
    await work.tx
      .insertInto("duties")
      .values(duties.map((duty) => ({ ...duty, from_at: new Date(duty.from_at), until_at: new Date(duty.until_at) })))
      .execute();
  await record(work, {
    action: "people.removal_undone",
    actorId: by.id,
    item: { kind: "person", id: personId },
    detail: { agency: gone.agency.handle },
  });
  return { ...gone, roles };
}
