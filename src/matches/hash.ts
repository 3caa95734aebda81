import { createHmac } from "node:crypto";
import type { IdentifierKind } from "./normalise.js";

/** RFC 2104 advises a key as long as the hash; phone numbers are few enough to be tried out under any that is guessed. */
const KEY_BYTES = 32;

/**
 * The only thing of an identifier that is kept: HMAC-SHA-256 over kind and form (which carries its namespace), 43
 * characters each, in the order of the forms.
 */
export function keyedHashes(kind: IdentifierKind, forms: readonly string[], key: Buffer): string[] {
  if (key.length < KEY_BYTES) throw new RangeError(`The key of the match index needs ${KEY_BYTES} bytes`);
  // No kind has a NUL, so that no kind and form read together are another's.
  return [...new Set(forms)].map((form) => createHmac("sha256", key).update(`${kind}\0${form}`).digest("base64url"));
}
