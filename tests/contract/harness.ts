import type { AccountRef, Adapter, Receive } from "../../src/chat/index.js";

/** Somebody on the platform under test. */
export type Who = AccountRef & { displayName: string };

/**
 * What a person has on the screen after an act, read back from what the platform really got:
 * the payload is parsed as the platform would, so text is what the eye reads, escapes undone.
 */
export type Screen = {
  /** Every word that shows, line by line. */
  text: string;
  /** Only the person who acted can see it. */
  private: boolean;
  buttons: { label: string; press(): Promise<Screen> }[];
  menus: { label: string; options: string[]; choose(option: string): Promise<Screen> }[];
  form?: {
    title: string;
    fields: { name: string; label: string; value?: string | string[]; error?: string }[];
    /** Types into the fields and submits, as the platform does. */
    submit(values: Record<string, string | string[]>): Promise<Screen>;
    /** Types into a lookup field and returns the options offered. */
    lookup(name: string, query: string): Promise<string[]>;
  };
  /** The very payload, for schema checks. */
  raw: unknown;
};

export interface Harness {
  readonly adapter: Adapter;
  readonly maria: Who;
  readonly omar: Who;
  start(receive: Receive): Promise<void>;
  stop(): Promise<void>;
  /** `@maria` and `@omar` in the text become real mentions. */
  command(who: Who, text: string, where: "personal" | "channel"): Promise<Screen>;
  /** The last message that came to this person directly. */
  inbox(who: Who): Promise<Screen>;
  /** How many messages (not updates) reached the platform since start. */
  posted(): number;
  /** Writes in the thread of the last direct message of this person. */
  replyInThread(who: Who, text: string): Promise<void>;
  /** Points the shortcut "Make a task of this" at a message with these words. */
  makeTaskOf(who: Who, quoted: string): Promise<Screen>;
  /** Opens the home screen; undefined where the platform has none. */
  home?(who: Who): Promise<Screen>;
  /** Every word of the form that is open before this person, line by line, its title first; where it can be overwritten. */
  reading?(who: Who): Promise<string | undefined>;
  /** Sends the very same command delivery again. @returns HTTP status or equal */
  redeliverLast(): Promise<number>;
  /** Makes the platform answer the next delivery in this way. */
  failNext(how: "rate_limited" | "server_error" | "account_gone"): void;
}
