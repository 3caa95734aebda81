import type { Adapter, AdapterLog, AdapterStore, Admission, MemberChange } from "./adapter.js";
import type { ConversationRef } from "./inbound.js";
import type { Platform } from "./platforms.js";

/**
 * A platform as `main.ts` takes it: which settings it has, and what comes of them. An adapter's folder exports one.
 *
 * @typeParam V the variables of the environment that it reads, by name
 */
export type Connector<V extends Variables = Variables> = {
  platform: Platform;
  variables: V;
  /**
   * @param given what the variables hold, each as its kind; empty ones are absent
   * @param o.problem told once for each thing that is wrong: the variable's name, a colon, what to do; never its value
   * @returns undefined where nobody set it up
   */
  configured(given: Values<V>, o: { publicUrl?: string; problem: (sentence: string) => void }): Configured | undefined;
};

/** Any text, a whole address, several values with commas or blanks between, or one of these words. */
export type Variable = "text" | "url" | "list" | readonly [string, ...string[]];
export type Variables = Readonly<Record<string, Variable>>;

export type Values<V extends Variables> = { readonly [Name in keyof V]?: Value<V[Name]> };
type Value<V extends Variable> = V extends "list" ? string[] : V extends readonly string[] ? V[number] : string;

/** A platform that is set up; the settings stay inside. */
export type Configured = {
  platform: Platform;
  connect(means: AdapterServices): Connected;
  /** Whether the platform takes what was set, for `coord doctor`. No secret is shown. */
  check(): Promise<{ ok: boolean; say: string }>;
  /** One line for the operator: where its requests come in. @param base this server's address */
  comesIn(base: string): string;
};

/** The few sentences that an adapter says by itself, in one language. Everything else comes from the core. */
export type AdapterWords = {
  /** In a channel, to somebody whose private answer could not be delivered. Names nobody and no item. */
  install: string;
  /** To a button, form or search of a card, package or app that Coord does not know, or not any more. */
  gone: string;
  /** To whoever has put Coord into a workspace, and where that failed: an address follows. */
  installed: string;
  notInstalled: string;
};
/** By primary language subtag, e.g. `fr`; the first is said to whoever speaks none of them. */
export type WordsByLanguage = Readonly<Record<string, AdapterWords>>;

/** What an adapter gets of the core. */
export type AdapterServices = {
  store: AdapterStore;
  log: AdapterLog;
  now: () => Date;
  admission: Admission;
  publicUrl?: string;
  words: WordsByLanguage;
  /** A tenant took Coord out. */
  onUninstalled: (tenant: string) => Promise<void>;
  /** Who reads this conversation may have changed; a throw lets the platform tell it again, as of the two below. */
  onAudienceChanged: (conversation: ConversationRef) => Promise<void>;
  onMemberChanged: (told: MemberChange) => Promise<void>;
  /** Which tenants are one organisation: an id of a user is given once in it. */
  onOrganisation: (tenant: string, enterprise: string) => Promise<void>;
};

export type Connected = Adapter & { readonly route: Route };

/** Which requests go to an adapter. */
export type Route = {
  /** This path alone, or every path that begins so where it ends with `/`. */
  path: string;
  /** Those among them that anybody may ask for and that cost a look into the database: held to a rate by address. */
  open?: readonly string[];
  /** Node's own request and response, their body unread, since SDKs check it themselves. Answers every request. */
  listener(request: object, response: object): void;
};
