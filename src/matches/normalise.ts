import { account } from "./account.js";
import { document } from "./document.js";
import { name } from "./name.js";
import { type Context, type Normal, type NotNormal, refused } from "./normal.js";
import { phone } from "./phone.js";
import { vehicle } from "./vehicle.js";
import { vessel } from "./vessel.js";

export type { Normal, NotNormal } from "./normal.js";

export const IDENTIFIER_KINDS = ["phone", "document", "vessel", "vehicle", "account", "name"] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

const READ: Readonly<Record<IdentifierKind, (raw: string, context: Context) => Normal>> = {
  phone,
  document,
  vessel,
  vehicle,
  account,
  name,
};

/** Longer is no identifier, and patterns stay cheap on it. */
const LONGEST = 500;
const NONE: Readonly<Record<IdentifierKind, NotNormal>> = {
  phone: "not_a_number",
  document: "not_a_document",
  vessel: "not_a_vessel",
  vehicle: "not_a_plate",
  account: "not_an_account",
  name: "not_a_name",
};

/**
 * What two agencies write differently for one thing, in one form: only its keyed hash is kept, so nothing can be
 * compared later that was not made equal here. Pure, and the same on every machine and day for one version: a change
 * here, or of a library it asks, leaves hashes that no new entry meets until their 30 days are over.
 * @param country ISO 3166-1 alpha-2 of the agency, for national forms
 */
export function normalise(kind: IdentifierKind, raw: string, context: Context): Normal {
  return raw.length > LONGEST ? refused(NONE[kind]) : READ[kind](raw, context);
}
