import { randomUUID } from "node:crypto";
import { type ActionName, recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import { refuse } from "../lib/refusal.js";
import type { Agency } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { isNamed, isOwnCode } from "./countries.js";
import { AUTHORITY, type Authority, type AuthorityFacts, type AuthorityState, itemOf } from "./model.js";
import { AUTHORITIES, alike, plainOf } from "./store.js";

/** What people do with the directory. Whoever may write in it may change any of it; who keeps a record true stands on it. */

/** @throws Refusal where the country has one of that name, or its code names no country and nobody says which State it is */
export async function addAuthority(c: Context, facts: AuthorityFacts, agency?: Agency): Promise<Authority> {
  const { work, person } = c;
  check(facts);
  const same = await alike(work, facts.country, facts.name);
  if (same) refuse((t) => t.directory.alike({ ref: same.ref }));
  const id = randomUUID();
  await work.tx
    .insertInto("authorities")
    .values({
      ...{ id, number: await work.next(AUTHORITY), keeper_id: person.agencyId, created_at: work.now },
      ...(await columnsOf(work, facts)),
      agency_id: agency?.id ?? null,
    })
    .execute();
  const authority = await AUTHORITIES.reload(work, id);
  await happened(c, authority, "authority.added");
  return authority;
}

function check({ country, countryName, functions }: AuthorityFacts): void {
  if (functions.length === 0) refuse((t) => t.errors.authorityFunctions);
  if (!isNamed(country) && !(isOwnCode(country) && countryName))
    refuse((t) => t.errors.authorityCountryName({ code: country }));
}

/** The columns of what is said of an authority. */
export async function columnsOf(work: UnitOfWork, facts: AuthorityFacts) {
  return {
    name: facts.name.replace(/\s+/g, " ").trim(),
    other_names: [...facts.otherNames],
    country: facts.country,
    country_name: isNamed(facts.country) ? null : (facts.countryName ?? null),
    functions: [...facts.functions],
    kind: facts.kind,
    phone: facts.phone ?? null,
    email: facts.email ?? null,
    address: facts.address ?? null,
    urgent: facts.urgent === undefined ? null : (await work.cipher()).seal(facts.urgent),
    hours: facts.hours ?? null,
    langs: [...facts.langs],
    channels: [...facts.channels],
    requirements: facts.requirements ?? null,
    networks: [...facts.networks],
    source: facts.source ?? null,
    plain: plainOf(facts),
  };
}

/** What is absent stays; `null` is emptied. */
export type Edit = { [Key in keyof AuthorityFacts]?: AuthorityFacts[Key] | null } & {
  state?: AuthorityState;
  /** The agency of this body that it is. */
  agency?: Agency | null;
};

export async function editAuthority(
  c: Context,
  { id }: Authority,
  { state, urgent, agency, ...edit }: Edit,
): Promise<Authority> {
  const { work } = c;
  const authority = await AUTHORITIES.reload(work, id, true);
  const given = Object.entries(edit).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value ?? undefined]],
  );
  const facts: AuthorityFacts = { ...authority, ...Object.fromEntries(given) };
  check(facts);
  const same = await alike(work, facts.country, facts.name);
  if (same && same.id !== authority.id) refuse((t) => t.directory.alike({ ref: same.ref }));
  const { urgent: _kept, ...columns } = await columnsOf(work, facts);
  await work.tx
    .updateTable("authorities")
    .set({
      ...columns,
      ...(urgent === undefined ? {} : { urgent: urgent && (await work.cipher()).seal(urgent) }),
      ...(agency === undefined ? {} : { agency_id: agency?.id ?? null }),
      ...(state ? { state, ...(state === "closed" ? {} : { replaced_by: null }) } : {}),
      version: authority.version + 1,
    })
    .where("id", "=", authority.id)
    .execute();
  const changed = await AUTHORITIES.reload(work, authority.id);
  await happened(c, changed, "authority.changed");
  return changed;
}

/** Somebody asked whether it is still right, and still the right place. @param source who said so */
export async function verifyAuthority(c: Context, { id }: Authority, source?: string): Promise<Authority> {
  const { work, person } = c;
  const authority = await AUTHORITIES.reload(work, id, true);
  if (authority.state === "closed") refuse((t) => t.errors.authorityClosed({ ref: authority.ref }));
  await work.tx
    .updateTable("authorities")
    .set({
      ...{ verified_on: dayOf(work.now, work.body.zone), verified_by: person.id, version: authority.version + 1 },
      ...(source === undefined ? {} : { source }),
    })
    .where("id", "=", authority.id)
    .execute();
  const changed = await AUTHORITIES.reload(work, authority.id);
  await happened(c, changed, "authority.checked");
  return changed;
}

/** @param instead whom requests go to from now on */
export async function closeAuthority(c: Context, { id }: Authority, instead?: Authority): Promise<Authority> {
  const { work } = c;
  const authority = await AUTHORITIES.reload(work, id, true);
  if (instead?.id === authority.id) refuse((t) => t.errors.authorityItself({ ref: authority.ref }));
  if (instead?.state === "closed") refuse((t) => t.errors.authorityClosed({ ref: instead.ref }));
  await work.tx
    .updateTable("authorities")
    .set({ state: "closed", replaced_by: instead?.id ?? null, version: authority.version + 1 })
    .where("id", "=", authority.id)
    .execute();
  const changed = await AUTHORITIES.reload(work, authority.id);
  await happened(c, changed, "authority.closed", { instead: instead?.ref });
  return changed;
}

export const happened = (
  c: Context,
  authority: Authority,
  action: Extract<ActionName, `authority.${string}`>,
  more: Record<string, string | undefined> = {},
): Promise<void> =>
  recordAct(c, {
    action,
    item: itemOf(authority),
    detail: { agency: c.person.agency.handle, country: authority.country, ...more },
  });

/** Every look at an urgent channel is on record. */
export const opened = (c: Context, authority: Authority): Promise<void> => happened(c, authority, "authority.opened");
