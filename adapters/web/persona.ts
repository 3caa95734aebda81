import type { AccountRef, Actor, ConversationRef } from "../../src/chat/index.js";

/** Somebody one can be in the workbench. */
export type Persona = {
  /** `tenant` is `slack:<name>` or `teams:<name>`: the platform whose screen this persona has. */
  account: AccountRef;
  name: string;
  /** The agency's short name, e.g. `police`; the agency's channel is `channel:police`. */
  agency: string;
  agencyName: string;
  roles: string[];
  /** BCP 47. */
  lang: string;
  /** IANA zone. */
  zone: string;
};

export type FlavourName = "slack" | "teams";

/** One word for a persona, in URLs and maps. */
export const personaKey = (account: AccountRef): string => `${account.tenant}/${account.user}`;

export const flavourName = (tenant: string): FlavourName => (tenant.startsWith("teams:") ? "teams" : "slack");

export const personalConversation = (account: AccountRef): ConversationRef => ({
  platform: "web",
  tenant: account.tenant,
  id: `personal:${account.user}`,
  kind: "personal",
});

export const agencyChannel = (persona: Persona): ConversationRef => ({
  platform: "web",
  tenant: persona.account.tenant,
  id: `channel:${persona.agency}`,
  kind: "channel",
});

export const sameConversation = (a: ConversationRef, b: ConversationRef): boolean =>
  a.tenant === b.tenant && a.id === b.id;

/** Does this persona have that conversation on the screen? */
export const takesPart = (persona: Persona, conversation: ConversationRef): boolean =>
  sameConversation(conversation, personalConversation(persona.account)) ||
  sameConversation(conversation, agencyChannel(persona));

export const actorOf = (persona: Persona): Actor => ({
  platform: "web",
  tenant: persona.account.tenant,
  user: persona.account.user,
  displayName: persona.name,
  locale: persona.lang,
  zone: persona.zone,
});
