import type { Agency } from "../people/model.js";
import type { Day } from "../time/index.js";
import { splitDay } from "../time/local.js";
import type { AuthorityFunction } from "./functions.js";

/**
 * Competent authorities and liaison officers of other States (CTOC/COP/WG.7/2012/3, annex; UNTOC 18(13)): whom a request
 * goes to, in which language, and how they are reached at night.
 */
export const AUTHORITY = "authority";

export const AUTHORITY_KINDS = [
  "central_authority",
  "executing_authority",
  "contact_point",
  "liaison_officer",
  "consulate",
  "international_organisation",
] as const;
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number];

export const AUTHORITY_STATES = ["active", "paused", "closed"] as const;
export type AuthorityState = (typeof AUTHORITY_STATES)[number];

/** How a request reaches it. */
export const CHANNELS = ["post", "secure_mail", "diplomatic", "interpol", "e_codex", "by_hand"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What is said of an authority, wherever it was entered; absent is not known. */
export type AuthorityFacts = {
  name: string;
  otherNames: readonly string[];
  /** ISO 3166-1 alpha-2; of a State that it does not name, one of its codes for the user. */
  country: string;
  /** How such a State is called. */
  countryName?: string;
  functions: readonly AuthorityFunction[];
  kind: AuthorityKind;
  phone?: string;
  email?: string;
  address?: string;
  /** AMBER: read in a dialog alone. */
  urgent?: string;
  hours?: string;
  /** In which requests are taken, the one that is preferred first (UNTOC 18(14)); ISO 639-1. */
  langs: readonly string[];
  channels: readonly Channel[];
  requirements?: string;
  networks: readonly string[];
  /** Where it was found: a notification to the depositary, an official page, a call. */
  source?: string;
};

export type Authority = AuthorityFacts & {
  id: string;
  number: number;
  /** `A-55` */
  ref: string;
  state: AuthorityState;
  /** Whom requests go to instead. */
  replacedBy?: string;
  /** On which day somebody asked whether it is still right, and is the right place. */
  verifiedOn?: Day;
  verifiedBy?: string;
  /** Who keeps it true. */
  keeper: Agency;
  /** The agency of this body that it is, where it is on Coord. */
  agency?: Agency;
  version: number;
};

/** Months after which a record is old, and then stale. The product's own numbers. */
export const OLD_AFTER = 12;
export const STALE_AFTER = 24;

/** `never`: it was imported or entered, and nobody has checked it since. */
export const AGES = ["fresh", "old", "stale", "never"] as const;
export type Age = (typeof AGES)[number];

/** @param today the day in the zone of the body */
export function ageOf({ verifiedOn }: Pick<Authority, "verifiedOn">, today: Day): Age {
  if (!verifiedOn) return "never";
  if (today <= monthsAfter(verifiedOn, OLD_AFTER)) return "fresh";
  return today <= monthsAfter(verifiedOn, STALE_AFTER) ? "old" : "stale";
}

/** Until then it counts as checked. */
export const nextCheck = (verifiedOn: Day): Day => monthsAfter(verifiedOn, OLD_AFTER);

/** The same day of a later month, or its last day. */
function monthsAfter(day: Day, months: number): Day {
  const { year, month, day: of } = splitDay(day);
  const count = year * 12 + month - 1 + months;
  const last = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(count / 12), count % 12, Math.min(of, last))).toISOString().slice(0, 10);
}

export const itemOf = ({ id, ref }: Pick<Authority, "id" | "ref">) => ({ kind: AUTHORITY, id, ref });
