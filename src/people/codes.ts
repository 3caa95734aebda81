import { createHash, randomInt } from "node:crypto";

export const CODE_HOURS = 72;

/** No 0 O 1 I L: a code is read aloud. */
const LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

export type Code = { code: string; expiresAt: Date };

export function newCode(): string {
  const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export const hashOfCode = (code: string): string =>
  createHash("sha256")
    .update(code.toUpperCase().replace(/[^A-Z0-9]/g, ""))
    .digest("hex");
