import { randomUUID } from "node:crypto";
import { record } from "../audit/record.js";
import { type AccountRef, readAccount, writtenAccount } from "../chat/index.js";
import { messagesFor } from "../i18n/index.js";
import { linkAccount, moveAway, ownerOf, worksAnywhere } from "../people/accounts.js";
import { type AgencySaid, HANDLE, LONGEST_AGENCY_NAME, readAgency } from "../people/agency.js";
import { cleanEmail, cleanName, isId } from "../people/clean.js";
import { addPerson, issueCode } from "../people/enrol.js";
import { namesIn } from "../people/enter.js";
import { MANDATES, type Mandate } from "../people/mandates.js";
import type { Agency, Body } from "../people/model.js";
import { fold } from "../people/names.js";
import { setAgency } from "../people/set-agency.js";
import { accountsOf, allBodies, findAgency, loadAgency, loadPerson } from "../people/store.js";
import { agencyLine } from "../people/views.js";
import { ROLES, type Role } from "../policy/index.js";
import type { Runtime } from "../runtime/runtime.js";
import { StartError } from "../store/lock.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { accountForms, anAccount, lineIn } from "./platforms.js";

/** The operator's first steps: a body, its agencies, the first person of each. */

export async function bodyOf(runtime: Runtime, slug: string | undefined): Promise<Body> {
  const bodies = await runtime.store.outside((tx) => allBodies(tx));
  const [only] = bodies;
  if (!only)
    throw new StartError(
      'There is no coordination body yet. Make one: coord init --name "Northern Coordination Body" --slug north',
    );
  if (slug === undefined && bodies.length > 1)
    throw new StartError(
      `There are several bodies: say which with --body ${bodies.map((body) => body.slug).join("|")}.`,
    );
  const found = slug === undefined ? only : bodies.find((body) => body.slug === slug);
  if (!found)
    throw new StartError(`There is no body ${slug}. There are: ${bodies.map((body) => body.slug).join(", ")}.`);
  return found;
}

export type InitOptions = {
  name: string;
  slug: string;
  zone: string;
  lang: string;
  country?: string;
  agency?: string[];
};

export async function initBody(runtime: Runtime, o: InitOptions): Promise<string> {
  const slug = o.slug.toLowerCase();
  if (!/^[a-z0-9][a-z0-9-]{0,23}$/.test(slug)) throw new StartError(`--slug: letters, digits and - only, e.g. north.`);
  const bodies = await runtime.store.outside((tx) => allBodies(tx));
  if (bodies.some((body) => body.slug === slug)) throw new StartError(`There is a body ${slug} already.`);
  const agencies = (o.agency ?? []).map(agencySpec);
  const name = cleanName(o.name, LONGEST_AGENCY_NAME);
  if (!name) throw new StartError('--name is empty: write e.g. "Northern Coordination Body".');
  const id = randomUUID();
  // The body itself belongs to no body: it is made by the owner of the tables.
  await runtime.store.owner
    .insertInto("bodies")
    .values({ id, slug, name, zone: o.zone, lang: o.lang, country: o.country ?? null })
    .execute();
  for (const { handle, ...rest } of agencies) await addAgency(runtime, handle, { ...rest, body: slug });
  const made = agencies.map(({ handle }) => `@${handle}`).join(", ");
  return [
    `${name} (${slug}) is made${made ? ` with ${made}` : ""}.`,
    made
      ? `Next: coord invite ${made.split(",", 1)[0]} --role coordinator`
      : `Next: coord agency @police --name "National Police" --mandate law_enforcement`,
  ].join("\n");
}

/** `police=National Police:law_enforcement` */
function agencySpec(text: string): { handle: string; name: string; mandate: Mandate } {
  const match = /^@?([a-z0-9][a-z0-9_-]*)=(.+?)(?::([a-z_]+))?$/i.exec(text);
  const mandate = MANDATES.find((candidate) => candidate === (match?.[3] ?? "other"));
  if (!match?.[1] || !match[2] || !mandate)
    throw new StartError(`--agency "${text}": write handle=Name:mandate, with one of ${MANDATES.join(", ")}.`);
  return { handle: match[1].toLowerCase(), name: match[2], mandate };
}

export type AgencyOptions = AgencySaid & { observer?: boolean; body?: string };

/**
 * An agency is made, or changed in what was said; one that exists already, in another body, becomes a member of this one
 * too. Without a word about it, it is shown as it is.
 */
export async function addAgency(runtime: Runtime, handleText: string, o: AgencyOptions): Promise<string> {
  const handle = handleText.replace(/^@/, "").toLowerCase();
  if (!HANDLE.test(handle)) throw new StartError(`"${handleText}" is not a short name. Write e.g. @police.`);
  const { observer, body: slug, ...said } = o;
  const body = await bodyOf(runtime, slug);
  const existing = await runtime.store.owner
    .selectFrom("agencies")
    .select("id")
    .where("handle", "=", handle)
    .executeTakeFirst();
  if (!existing && said.name === undefined)
    throw new StartError(
      `There is no agency @${handle} yet. To make it, say its name: coord agency @${handle} --name "…"`,
    );
  const id = existing?.id ?? randomUUID();
  // What cannot be read is said before anything is made.
  const usual = { zone: body.zone, week: body.week };
  const { name = handle, ...rest } = readAgency(usual, said, runtime.clock.now(), "en");
  const joined = await runtime.store.owner.transaction().execute(async (tx) => {
    if (!existing)
      await tx
        .insertInto("agencies")
        .values({
          id,
          handle,
          name,
          mandate: "other",
          country: body.week.country,
          langs: [body.lang],
          zone: body.zone,
          ...rest,
        })
        .execute();
    const member = await tx
      .insertInto("members")
      .values({ body_id: body.id, agency_id: id, observer: observer ?? false })
      .onConflict((c) => c.columns(["body_id", "agency_id"]).doNothing())
      .returning("agency_id")
      .executeTakeFirst();
    if (!member && observer !== undefined)
      await tx
        .updateTable("members")
        .set({ observer })
        .where("body_id", "=", body.id)
        .where("agency_id", "=", id)
        .execute();
    return member !== undefined;
  });
  return runtime.inBody(body.id, async (work) => {
    const agency = await loadAgency(work.tx, id);
    if (joined)
      await record(work, { action: "agency.joined", item: { kind: "agency", id }, detail: { agency: handle } });
    // Who comes from another body stays as it is there.
    const now = existing && !joined ? await setAgency(work, agency, said) : agency;
    const shown = agencyLine(now, messagesFor("en"), "en", work.now);
    if (!existing) return `@${handle} is a member of ${body.name}.\n${shown}`;
    return joined ? `@${handle} is now a member of ${body.name} too.\n${shown}` : shown;
  });
}

export async function agencyOf(work: UnitOfWork, handle: string): Promise<Agency> {
  const agency = await findAgency(work.tx, handle.replace(/^@/, ""));
  if (!agency)
    throw new StartError(
      `There is no agency ${handle} in ${work.body.name}. Add it: coord agency ${handle} --name "…"`,
    );
  return agency;
}

export async function invite(
  runtime: Runtime,
  handle: string,
  o: { role: Role; name?: string; body?: string },
): Promise<string> {
  const body = await bodyOf(runtime, o.body);
  return runtime.inBody(body.id, async (work) => {
    const agency = await agencyOf(work, handle);
    // With nobody there to confirm, the operator's issue of the code is the confirmation; later codes need the focal point.
    const { code, expiresAt } = await issueCode(work, { agency, role: o.role, name: o.name, confirmed: true });
    return [
      `Code for ${agency.name} (${o.role}): ${code}`,
      `It works once, until ${expiresAt.toISOString()}. The newcomer types ${lineIn((calls) => `${calls} join ${code}`)}`,
      "If the agency has a focal point, the focal point confirms the account; else the account is active at once.",
    ].join("\n");
  });
}

/** @throws StartError with how an account is written */
export function accountSpec(text: string): AccountRef {
  if (!isId(text) || /\s/.test(text.trim()))
    throw new StartError("An account holds no blank and no control character.");
  const account = readAccount(text.trim());
  if (!account) throw new StartError(`"${text}" is not an account. Write ${accountForms()}.`);
  return account;
}

export type LinkOptions = {
  name: string;
  account: string[];
  role: Role[];
  zone?: string;
  lang?: string;
  phone?: string;
  email?: string;
  body?: string;
};

export async function linkPerson(runtime: Runtime, handle: string, o: LinkOptions): Promise<string> {
  const body = await bodyOf(runtime, o.body);
  const { said, namesake } = await runtime.inBody(body.id, (work) => linkInto(work, handle, o));
  return [said, namesake].filter(Boolean).join("\n");
}

/** @property namesake what the operator should know of another person of that name */
export type Linked = { said: string; namesake?: string };

/**
 * A person is an account and never a name: two may have one name. The accounts of one row are said to be one person's:
 * where one of them is known already, the others are added to that person's.
 */
export async function linkInto(work: UnitOfWork, handle: string, o: LinkOptions): Promise<Linked> {
  const agency = await agencyOf(work, handle);
  const name = cleanName(o.name);
  if (!name) throw new StartError("--name is empty: write how the others call them.");
  if (o.email && !cleanEmail(o.email)) throw new StartError(`"${o.email.slice(0, 80)}" is not a mail address.`);
  const accounts = o.account.map(accountSpec);
  const [first] = accounts;
  if (!first)
    throw new StartError(
      `--account is missing: a person is known by an account, never by a name. Write ${anAccount()}.`,
    );
  const [role = "staff"] = o.role;
  const known = await knownBy(work, accounts);
  const there = known && (await loadPerson(work.tx, known.personId));
  if (there && fold(there.name) !== fold(name))
    throw new StartError(
      `${writtenAccount(known.account)} is ${there.name}'s (${there.agency.name}). Write that name, if they are one person.`,
    );
  const namesakes = there ? [] : await namesakesOf(work, agency, name);
  const id =
    there?.active && there.roles.length && there.agencyId === agency.id
      ? there.id
      : (
          await addPerson(work, {
            account: known?.account ?? first,
            name,
            agencyId: agency.id,
            role,
            zone: o.zone,
            lang: o.lang,
            email: o.email,
          })
        ).id;
  for (const account of accounts) await linkOwn(work, id, account);
  for (const each of o.role)
    await work.tx
      .insertInto("roles")
      .values({ person_id: id, role: each })
      .onConflict((c) => c.doNothing())
      .execute();
  if (o.phone) await work.tx.updateTable("persons").set({ phone: o.phone }).where("id", "=", id).execute();
  const [other] = namesakes;
  return {
    said: `${name} is with ${agency.name} as ${o.role.join(", ")}.`,
    namesake:
      other &&
      `${agency.name} has another ${name} (${namesakes.join(", ")}): they are two people. The accounts of one person stand together: ${other} ${writtenAccount(first)}`,
  };
}

/** Whose the accounts are, in whatever body. An account of somebody who has left everything is free. */
async function knownBy(
  work: UnitOfWork,
  accounts: readonly AccountRef[],
): Promise<{ personId: string; account: AccountRef } | undefined> {
  const owned: { personId: string; account: AccountRef }[] = [];
  for (const account of accounts) {
    const owner = await ownerOf(work, account);
    if (owner) owned.push({ personId: owner.personId, account });
  }
  const people = [...new Set(owned.map(({ personId }) => personId))];
  const working: string[] = [];
  for (const id of people) if (people.length === 1 || (await worksAnywhere(work, id))) working.push(id);
  if (working.length > 1)
    throw new StartError(
      `${owned.map(({ account }) => writtenAccount(account)).join(" and ")} belong to two people. One of them is to be removed first (/coord remove), if they are one.`,
    );
  const found = owned.find(({ personId }) => personId === working[0]);
  for (const { personId, account } of owned) if (found && personId !== found.personId) await moveAway(work, account);
  return found;
}

/** The accounts of others of that name in the agency. */
async function namesakesOf(work: UnitOfWork, agency: Agency, name: string): Promise<string[]> {
  const same = (await namesIn(work, agency.id)).filter((person) => fold(person.name) === fold(name));
  const accounts = await Promise.all(same.map(({ id }) => accountsOf(work.tx, id)));
  return accounts.flatMap(([one]) => (one ? [writtenAccount(one)] : []));
}

/** An account that is theirs already stays so: `coord link` again adds a role. */
async function linkOwn(work: UnitOfWork, id: string, account: AccountRef): Promise<void> {
  const owner = await ownerOf(work, account);
  if (!owner) return linkAccount(work, id, account);
  if (owner.personId !== id) throw new StartError(`${writtenAccount(account)} is linked to somebody already.`);
}

export const roleOf = (text: string): Role => {
  const found = ROLES.find((role) => role === text.trim());
  if (!found) throw new StartError(`"${text}" is not a role. There are: ${ROLES.join(", ")}.`);
  return found;
};
