import { isRestricted, type Label } from "../policy/index.js";
import type { Work } from "./unit-of-work.js";

/** Restricted words rest encrypted; the mark cannot be typed, since control characters are taken out of what people type. */
const SEALED = "\u0002";

export async function keepWords(work: Work, label: Label, words: string): Promise<string> {
  return isRestricted(label) ? SEALED + (await work.cipher()).seal(words) : words;
}

export async function readWords(work: Work, kept: string): Promise<string> {
  return kept.startsWith(SEALED) ? (await work.cipher()).open(kept.slice(1)) : kept;
}
