import { mentionIndex } from "../chat/inbound.js";
import type { Option } from "../chat/index.js";
import { Refusal } from "../lib/refusal.js";
import type { Agency, Person } from "../people/model.js";
import { fold } from "../people/names.js";
import { findPersons, personMentioned, whoMayBeMeant } from "../people/store.js";
import type { Context } from "./define.js";

/** Whom words mean. Nobody is taken for somebody else: where two could be meant, it is asked. */

const PERSON = "person:";
const AGENCY = "agency:";
export const personValue = (person: Pick<Person, "id">): string => `${PERSON}${person.id}`;
export const isPersonValue = (word: string): boolean => word.startsWith(PERSON);
export const personOptionOf = (person: Person): Option => ({
  value: personValue(person),
  label: person.name,
  detail: person.agency.name,
});
export const agencyOptionOf = (agency: Agency): Option => ({
  value: `@${agency.handle}`,
  label: `${agency.name} (@${agency.handle})`,
});
/** Where people are chosen from too: somebody may be called as the agency is. */
export const partyOptionOf = (agency: Agency): Option => ({
  ...agencyOptionOf(agency),
  value: `${AGENCY}${agency.handle}`,
});

/** Several could be meant. Where the reply can carry buttons they are asked about in one tap (which.ts). */
export class Several extends Refusal {
  /** Of a form: the argument that it stands in. */
  arg: string | undefined;

  /** @param word as it stands in the line */
  constructor(
    readonly word: string,
    readonly agencies: readonly Agency[],
    readonly people: readonly Person[],
  ) {
    const named = people.slice(0, MOST_NAMED);
    const names = [
      ...agencies.map(({ name }) => name),
      ...named.map((person) => `${person.name} (${person.agency.name})`),
    ];
    const last = named.at(-1);
    const typed = last ? `@${fold(last.name).replace(/ /g, ".")}@${last.agency.handle}` : `@${agencies[0]?.handle}`;
    super((t) => t.errors.severalPeople({ said: word.slice(0, 60), names, typed }), "several");
  }
}

const MOST_NAMED = 5;

export type Meant = { agency: Agency; person?: undefined } | { agency: Agency; person: Person };

/** Among whom somebody is looked for: for an act that is one agency's alone, strangers are not meant. */
export type Among = "person" | "colleague";

export async function agencyNamed(c: Context, raw: string): Promise<Agency | undefined> {
  return (await whoMayBeMeant(c.work.tx, handleIn(raw), namesMeant(raw).names)).agency;
}

/** @throws Several */
export async function personNamed(c: Context, raw: string, among: Among = "person"): Promise<Person | undefined> {
  const exact = await personPointedAt(c, raw);
  if (exact !== undefined) return exact ?? undefined;
  const people = await peopleCalled(c, raw, among);
  if (people.length > 1) throw new Several(raw, [], people);
  return people[0];
}

/** An agency or a person. @throws Several, also where somebody is called as an agency is */
export async function partyNamed(c: Context, raw: string): Promise<Meant | undefined> {
  const exact = await personPointedAt(c, raw);
  if (exact !== undefined) return exact ? { agency: exact.agency, person: exact } : undefined;
  const agency = await agencyNamed(c, raw);
  if (agency && raw.startsWith(AGENCY)) return { agency };
  const people = await peopleCalled(c, raw, "person");
  if (people.length + (agency ? 1 : 0) > 1) throw new Several(raw, agency ? [agency] : [], people);
  if (agency) return { agency };
  const [person] = people;
  return person && { agency: person.agency, person };
}

/** A mention or a form's value says exactly who: null where that is nobody here, undefined where the words are a name. */
async function personPointedAt(c: Context, raw: string): Promise<Person | null | undefined> {
  const index = mentionIndex(raw);
  if (index !== undefined) {
    const account = c.mentions[index];
    const found = account && (await personMentioned(c.work.tx, account, c.conversation.external === true));
    return found?.active && found.roles.length ? found : null;
  }
  if (!isPersonValue(raw)) return undefined;
  const id = raw.slice(PERSON.length);
  if (!/^[0-9a-f-]{36}$/.test(id)) return null;
  return (await findPersons(c.work.tx, { ids: [id], activeOnly: true })).find((one) => one.roles.length) ?? null;
}

/**
 * Everybody who has all the names said, whole or in part: neither the exact name nor the nearest one decides.
 * `@lara@labour` looks in one agency.
 */
async function peopleCalled(c: Context, raw: string, among: Among): Promise<Person[]> {
  const { names, handle } = namesMeant(raw);
  if (names.length === 0) return [];
  const { called } = await whoMayBeMeant(c.work.tx, handleIn(raw), names);
  // Colleagues of a common agency who are in another body alone are not in this one.
  const people = called.filter((one) => one.roles.length);
  const found = people.filter((one) => {
    const own = new Set(namesIn(one.name));
    return (handle === undefined || one.agency.handle === handle.toLowerCase()) && names.every((name) => own.has(name));
  });
  // A coordinator acts across agencies.
  if (among === "person" || c.person.roles.includes("coordinator")) return found;
  const colleagues = found.filter((one) => one.agencyId === c.person.agencyId);
  return colleagues.length ? colleagues : found;
}

const handleIn = (raw: string): string =>
  (raw.startsWith(AGENCY) ? raw.slice(AGENCY.length) : raw.trim().replace(/^@/, "")).toLowerCase();

const namesMeant = (raw: string): { names: string[]; handle?: string } => {
  const [said = "", handle] = raw.trim().replace(/^@/, "").split("@", 2);
  return { names: namesIn(said), handle };
};

const namesIn = (text: string): string[] =>
  fold(text.slice(0, 200))
    .split(/[\s.]+/)
    .filter(Boolean);
