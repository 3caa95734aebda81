import { type AccountRef, mentionToken, stripPrivateUse } from "../../src/chat/index.js";
import type { Persona } from "./persona.js";

/** `/coord …` as in Slack, `@Coord …` as in Teams; each is taken in both, so that nobody is stuck. */
const ADDRESSED = /^\s*[/@]coord(?:\s+|$)/i;

/**
 * The words of a command, or undefined for words that are not for Coord.
 * In the personal conversation everything is for Coord.
 */
export function commandText(words: string, personal: boolean): string | undefined {
  if (ADDRESSED.test(words)) return words.replace(ADDRESSED, "").trim();
  return personal ? words.trim() : undefined;
}

/**
 * Puts mention tokens where personas are named: `@maria` for the user id or a first name that only one
 * of them has, `@maria.petrou` for the full name. Agencies (`@labour`) stay words, as on a platform.
 */
export function withMentions(words: string, personas: Persona[]): { text: string; mentions: AccountRef[] } {
  const mentions: AccountRef[] = [];
  const text = stripPrivateUse(words).replace(
    /(^|[\s(,;:])@([\p{L}\p{N}._-]*[\p{L}\p{N}])/gu,
    (whole, before, name) => {
      const persona = named(name.toLowerCase(), personas);
      if (!persona) return whole;
      mentions.push(persona.account);
      return `${before}${mentionToken(mentions.length - 1)}`;
    },
  );
  return { text, mentions };
}

function named(name: string, personas: Persona[]): Persona | undefined {
  const agencies = new Set(personas.map((persona) => persona.agency.toLowerCase()));
  if (agencies.has(name)) return undefined;
  // Where two could be meant it stays a word, and Coord asks.
  const called = personas.filter(
    (p) => p.account.user.toLowerCase() === name || fullName(p) === name || fullName(p).split(".").includes(name),
  );
  return called.length === 1 ? called[0] : undefined;
}

const fullName = (persona: Persona): string => persona.name.toLowerCase().trim().replace(/\s+/g, ".");
