import type { Authority } from "../authorities/model.js";
import type { Agency } from "../people/model.js";
import type { Day } from "../time/index.js";
import type { Measure } from "./measures.js";

/**
 * A procedure sheet: whether another State does something that is asked for, how, and what it does instead
 * (CTOC/COP/WG.7/2012/3, annex; the sections are those of the EJN's Fiches Belges and the country form of the Council of
 * Europe's PC-OC).
 */
export const SHEET = "procedure_sheet";

export const POSSIBLE = ["yes", "partly", "no"] as const;
export type Possible = (typeof POSSIBLE)[number];

/** What is said in words, in the order in which it is read. */
export const SAID = [
  ...(["instead", "scope", "framework", "executes", "authorises", "takes", "requirements", "costs", "notes"] as const),
  "source",
] as const;
export type Said = (typeof SAID)[number];

/** Letters of each at most: a card and a form of Teams are 28 KB in all (learn.microsoft.com, "Format your bot messages"). */
export const LONGEST_SAID = 600;

export type SheetFacts = Partial<Record<Said, string>> & {
  possible: Possible;
  /** Who takes such a request there, as the directory has it. */
  receives?: Pick<Authority, "id" | "ref" | "name" | "state" | "replacedBy">;
  /** In which such a request is taken; ISO 639-1. */
  langs: readonly string[];
};

export type Sheet = SheetFacts & {
  id: string;
  number: number;
  /** `P-3` */
  ref: string;
  /** ISO 3166-1 alpha-2, or a code that it leaves to its users. */
  country: string;
  /** How a State is called that has such a code. */
  countryName?: string;
  measure: Measure;
  verifiedOn?: Day;
  /** Who keeps it true. */
  keeper: Agency;
  version: number;
};

export const itemOf = ({ id, ref }: Pick<Sheet, "id" | "ref">) => ({ kind: SHEET, id, ref });
