import { isRestricted, type Label } from "../policy/index.js";
import type { UnitOfWork } from "./unit-of-work.js";

/** Restricted words rest encrypted; the mark cannot be typed, since control characters are taken out of what people type. */
const SEALED = "\u0002";

export async function keepWords(work: UnitOfWork, label: Label, words: string): Promise<string> {
  return isRestricted(label) ? SEALED + (await work.cipher()).seal(words) : words;
}

export async function readWords(work: UnitOfWork, kept: string): Promise<string> {
  return kept.startsWith(SEALED) ? (await work.cipher()).open(kept.slice(1)) : kept;
}
