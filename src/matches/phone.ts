import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js";
import { plain } from "./characters.js";
import { type Context, found, type Normal, refused } from "./normal.js";

/** The plans in which the 0 of `(0)` is dialled from abroad too: Italy's, San Marino's and the Vatican's. */
const KEEPS_ZERO = /^\+\s*(?:39|378|379)(?!\d)/;

/**
 * E.164. A number is taken when its length is possible in its plan: ranges are opened faster than any list is renewed,
 * and a wrong refusal here would hide a hit.
 */
export function phone(raw: string, context: Context): Normal {
  const typed = plain(raw).replace(/^tel:\s*/i, "");
  if (!/\d/.test(typed)) return refused(typed === "" ? "empty" : "not_a_number");
  // ITU-T E.123 writes +, and E.164 recommends 00 for it; other prefixes (011, 810) are known by their country.
  const dialled = typed.replace(/^\(?(?:\+|00)\)?\s*(?=[\s(]*[1-9])/, "+");
  const abroad = dialled.startsWith("+");
  const international = abroad && !KEEPS_ZERO.test(dialled) ? dialled.replace(/\(\s*0\s*\)/, "") : dialled;
  const country = context.country?.toUpperCase();
  const home = country !== undefined && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  if (!abroad && !home) return refused("no_country");
  // Letters stand for keys in advertisements; the library reads them as nothing. Only an extension may have some.
  const options = { ...(home ? { defaultCountry: home } : {}), extract: false } as const;
  const number = parsePhoneNumberFromString(mexican(international), options);
  if (number?.isPossible()) return found(`phone:${number.number}`);
  const length = validatePhoneNumberLength(international, options);
  return refused(length === "TOO_SHORT" ? "too_short" : "not_a_number");
}

/** Mexico dropped the 1 of mobiles in August 2019 (Plan Técnico Fundamental de Numeración); messengers still show it. */
function mexican(number: string): string {
  const digits = number.replace(/[^+\d]/g, "");
  return /^\+521\d{10}$/.test(digits) ? `+52${digits.slice(4)}` : number;
}
