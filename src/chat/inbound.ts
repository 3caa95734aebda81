import type { Platform } from "./platforms.js";

/**
 * What reaches Coord from a platform, in neutral words.
 * An adapter authenticates and normalises; nothing here is trusted for what a person may do.
 */

/**
 * A person's identity on a platform: Slack team id and user id, Teams tenant id and Entra object id.
 * Never a display name.
 */
export type AccountRef = { platform: Platform; tenant: string; user: string };

export type Actor = AccountRef & {
  /** For greeting an unknown account only; it identifies nobody. */
  displayName?: string;
  /** BCP 47, as the platform tells it, e.g. `fr-FR`. */
  locale?: string;
  /** IANA zone, as the platform tells it. */
  zone?: string;
};

export type ConversationRef = {
  platform: Platform;
  tenant: string;
  /** Slack channel id; Teams conversation id without `;messageid=`. */
  id: string;
  kind: "personal" | "group" | "channel";
  /** This delivery shows that people of another organisation read along: its ceiling falls to CLEAR. */
  external?: boolean;
  /** Whose members read along and whose comings and goings are told there alone: the team of a Teams channel. */
  group?: string;
  /** What the adapter needs to speak there again (Teams: service URL). Opaque to the core, holds no secret. */
  address?: Record<string, string>;
};

/** One message in a conversation; `thread` is the root message's id when the message is a reply. */
export type MessageRef = {
  conversation: ConversationRef;
  id: string;
  thread?: string;
  /** Shown to one person for a while, and out of reach for a later drawing (Slack's ephemeral messages). */
  passing?: true;
};

/** A message a person pointed at with a shortcut; its text is a draft, not yet accepted as content. */
export type QuotedMessage = { ref: MessageRef; text: string; fromCoord: boolean; url?: string };

/**
 * A mention stands in the text as one private-use token, so user text can never imitate one:
 * adapters strip U+E000..U+E0FF from what people type and put `mentionToken(n)` where mention `n` stood.
 */
export const mentionToken = (n: number): string => `\uE000${n}\uE001`;
export const MENTION = /\uE000(\d{1,5})\uE001/;
/** All of them, for one pass over a text. */
export const MENTIONS = new RegExp(MENTION, "g");
export const stripPrivateUse = (text: string): string => text.replace(/[\uE000-\uE0FF]/g, "");

export type Inbound = {
  /** The delivery's own key (Slack event_id, trigger_id, view id and hash; Teams conversation id and activity id). */
  key: string;
  actor: Actor;
  conversation: ConversationRef;
} & (
  | { type: "command"; text: string; mentions: AccountRef[] }
  | { type: "action"; id: string; value?: string; message?: MessageRef }
  | { type: "submit"; form: string; state: string; values: FormValues }
  | { type: "suggest"; source: string; query: string; state?: string }
  | { type: "shortcut"; id: string; message?: QuotedMessage }
  | { type: "threadReply"; text: string; thread: MessageRef }
  | { type: "home" }
  | { type: "joined" | "left"; who: "bot" | "person" }
);

/** What a form sends: text as typed, a picked option's value, several values, or nothing. */
export type FormValues = Record<string, string | string[] | undefined>;

export const mentionIndex = (word: string): number | undefined => {
  const match = new RegExp(`^${MENTION.source}$`).exec(word);
  return match ? Number(match[1]) : undefined;
};
