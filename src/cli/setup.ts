import { randomUUID } from "node:crypto";
import { record } from "../audit/record.js";
import type { AccountRef, Platform } from "../chat/index.js";
import { addPerson, issueCode, linkAccount } from "../people/enrol.js";
import { namesIn } from "../people/enter.js";
import { type Agency, type Body, MANDATES, type Mandate } from "../people/model.js";
import { allBodies, findAgency, personOfAccount } from "../people/store.js";
import { ROLES, type Role } from "../policy/index.js";
import type { Runtime } from "../runtime.js";
import { StartError } from "../store/lock.js";
import type { Work } from "../work.js";

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
  const id = randomUUID();
  // The body itself belongs to no body: it is made by the owner of the tables.
  await runtime.store.owner
    .insertInto("bodies")
    .values({ id, slug, name: o.name, zone: o.zone, lang: o.lang, country: o.country ?? null })
    .execute();
  for (const { handle, ...rest } of agencies) await addAgency(runtime, handle, { ...rest, body: slug });
  const made = agencies.map(({ handle }) => `@${handle}`).join(", ");
  return [
    `${o.name} (${slug}) is made${made ? ` with ${made}` : ""}.`,
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

export type AgencyOptions = {
  name: string;
  mandate?: Mandate;
  zone?: string;
  country?: string;
  lang?: string;
  days?: string;
  observer?: boolean;
  body?: string;
};

/** An agency that exists already, in another body, becomes a member of this one too. */
export async function addAgency(runtime: Runtime, handleText: string, o: AgencyOptions): Promise<string> {
  const handle = handleText.replace(/^@/, "").toLowerCase();
  if (!/^[a-z0-9][a-z0-9_-]{0,31}$/.test(handle))
    throw new StartError(`"${handleText}" is not a short name. Write e.g. @police.`);
  const body = await bodyOf(runtime, o.body);
  const days = o.days?.split(",").map(Number);
  if (days && (days.length === 0 || days.some((day) => !(day >= 1 && day <= 7))))
    throw new StartError("--days: numbers 1 (Monday) to 7 (Sunday), e.g. 7,1,2,3,4.");
  const existing = await runtime.store.owner
    .selectFrom("agencies")
    .select(["id", "name"])
    .where("handle", "=", handle)
    .executeTakeFirst();
  const id = existing?.id ?? randomUUID();
  await runtime.store.owner.transaction().execute(async (tx) => {
    if (!existing)
      await tx
        .insertInto("agencies")
        .values({
          id,
          handle,
          name: o.name,
          mandate: o.mandate ?? "other",
          country: o.country ?? body.week.country,
          langs: [o.lang ?? body.lang],
          zone: o.zone ?? body.zone,
          ...(days ? { work_days: days } : {}),
        })
        .execute();
    await tx
      .insertInto("members")
      .values({ body_id: body.id, agency_id: id, observer: o.observer ?? false })
      .onConflict((c) => c.columns(["body_id", "agency_id"]).doNothing())
      .execute();
  });
  await runtime.inBody(body.id, (work) =>
    record(work, { action: "agency.joined", item: { kind: "agency", id }, detail: { agency: handle } }),
  );
  return existing
    ? `@${handle} (${existing.name}) is now a member of ${body.name} too.`
    : `@${handle} (${o.name}) is a member of ${body.name}.`;
}

export async function agencyOf(work: Work, handle: string): Promise<Agency> {
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
      `It works once, until ${expiresAt.toISOString()}. The newcomer types in Slack: /coord join ${code}   in Teams: @Coord join ${code}`,
      "If the agency has a focal point, the focal point confirms the account; else the account is active at once.",
    ].join("\n");
  });
}

const PLATFORMS: readonly Platform[] = ["slack", "teams", "mail", "web"];

/** `slack:T0123:U0456`, `teams:tenant:objectid`, `mail:someone@example.org` */
export function accountSpec(text: string): AccountRef {
  const [platform = "", tenant = "", ...user] = text.trim().split(":");
  const known = PLATFORMS.find((candidate) => candidate === platform);
  if (known === "mail" && tenant.includes("@")) return { platform: "mail", tenant: "mail", user: tenant };
  // The workbench's tenants have a colon of their own.
  if (known === "web" && user.length === 2)
    return { platform: "web", tenant: `${tenant}:${user[0]}`, user: user[1] ?? "" };
  if (!known || !tenant || user.length !== 1 || !user[0])
    throw new StartError(`"${text}" is not an account. Write slack:TEAM:USER, teams:TENANT:OBJECTID or mail:ADDRESS.`);
  return { platform: known, tenant, user: user[0] };
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
  return runtime.inBody(body.id, (work) => linkInto(work, handle, o));
}

/** A person of that name and agency who is there already gets the account and the roles beside their own. */
export async function linkInto(work: Work, handle: string, o: LinkOptions): Promise<string> {
  const agency = await agencyOf(work, handle);
  const [first, ...more] = o.account.map(accountSpec);
  const [role = "staff", ...roles] = o.role;
  const [there] = await namesIn(work, [agency.id], [o.name]);
  let id = there?.id;
  if (there) {
    if (first) await linkOwn(work, there.id, first);
    await work.tx
      .insertInto("roles")
      .values({ person_id: there.id, role })
      .onConflict((c) => c.doNothing())
      .execute();
  } else {
    const person = await addPerson(work, {
      account: first,
      name: o.name,
      agencyId: agency.id,
      role,
      zone: o.zone,
      lang: o.lang,
      email: o.email,
    });
    id = person.id;
  }
  if (!id) throw new Error("no person");
  for (const account of more) await linkOwn(work, id, account);
  for (const extra of roles)
    await work.tx
      .insertInto("roles")
      .values({ person_id: id, role: extra })
      .onConflict((c) => c.doNothing())
      .execute();
  if (o.phone) await work.tx.updateTable("persons").set({ phone: o.phone }).where("id", "=", id).execute();
  return `${o.name} is with ${agency.name} as ${o.role.join(", ")}.`;
}

/** An account that is theirs already stays so: `coord link` again adds a role. */
async function linkOwn(work: Work, id: string, account: AccountRef): Promise<void> {
  const known = await personOfAccount(work.tx, account);
  if (!known) return linkAccount(work, id, account);
  if (known.id !== id)
    throw new StartError(
      `${account.platform}:${account.tenant}:${account.user} is linked to ${known.name} (${known.agency.name}) already.`,
    );
}

export const roleOf = (text: string): Role => {
  const found = ROLES.find((role) => role === text.trim());
  if (!found) throw new StartError(`"${text}" is not a role. There are: ${ROLES.join(", ")}.`);
  return found;
};
