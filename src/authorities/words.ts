import { fold } from "../people/names.js";

/** What is typed or written, as words: small letters without accents, and nothing of what stands between them. */
export const wordsIn = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
