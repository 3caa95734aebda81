import type { AccountRef, ConversationRef, Inbound, MessageRef } from "./inbound.js";
import type { Message } from "./message.js";
import type { Platform } from "./platforms.js";
import type { Reply } from "./reply.js";

/** Runs one inbound to its reply. Never throws for what a person did; a throw means nothing was kept: let the platform retry. */
export type Receive = (inbound: Inbound) => Promise<Reply>;

/** What was not begun, since too much else is under way. */
export const FULL = Symbol("full");

/** How much is worked on at once. An adapter enters with each request before anything is asked of a database for it. */
export interface Admission {
  /** @returns what `work` returns; FULL where it was not begun: then nothing was kept, and the same delivery may come again */
  enter<T>(work: () => Promise<T>): Promise<T | typeof FULL>;
  /** What somebody is told whose request was not begun. */
  full(inbound: Inbound): Reply;
}

/** A message out. `person` is a direct message: the adapter finds or opens the personal conversation. */
export type Delivery =
  | { kind: "post"; to: { conversation: ConversationRef } | { person: AccountRef }; thread?: string; message: Message }
  | { kind: "update"; ref: MessageRef; message: Message };

/**
 * Who reads a conversation, as its platform tells.
 * - `members`: people of the organisation alone. `tenants`: other workspaces of the same enterprise read along, which are
 *   as good as outside unless the core knows people of theirs.
 * - `unknown`: could not be told, which counts as outsiders. `scope`: the permission that is missing.
 */
export type Audience =
  | { readers: "members"; tenants?: string[] }
  | { readers: "outsiders"; because: OutsideReason }
  | { readers: "unknown"; because: UnknownReason; scope?: string };

export const OUTSIDE_REASONS = ["shared", "invited", "guests", "other_tenant", "shared_kind", "workspaces"] as const;
export type OutsideReason = (typeof OUTSIDE_REASONS)[number];

/** `archived`: nothing can be sent there. `no_access`: Coord is no member there, or may not see it. */
export const UNKNOWN_REASONS = ["scope", "archived", "no_access", "too_many", "unclear", "unsupported"] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** What a platform says of one of its people, uncleaned, when something of it changed. */
export type MemberChange = {
  account: AccountRef;
  name?: string;
  /** The short name that it calls them by. */
  handle?: string;
  email?: string;
  zone?: string;
  /** Deactivated: nobody can be reached there. */
  gone: boolean;
  /** A guest, or of another organisation. */
  outside: boolean;
  /** The tenants whose conversations have other readers by it. */
  readersIn?: string[];
};

/** Sends messages out. */
export interface Deliverer {
  readonly platform: Platform;
  /** Mail: the address under which it leaves, as it was configured. */
  readonly sender?: string;
  /**
   * Sends once; never retries by itself.
   * @returns where the message now is, so that it can be updated later.
   * @throws DeliveryError telling passing from permanent; any other throw counts as passing.
   */
  deliver(delivery: Delivery): Promise<MessageRef>;
  /**
   * Takes the place of every form that this person has open and that is `live` with this id (Form.live). Absent where a
   * platform cannot: an open Teams dialog stays until it is closed.
   * @throws DeliveryError when it is to be tried again; a form that was closed meanwhile is no error
   */
  overwrite?(person: AccountRef, live: string, message: Message): Promise<void>;
  /**
   * Asks the platform who reads a conversation of several. Absent where it cannot be asked.
   * @throws DeliveryError when it is to be asked again
   */
  audience?(conversation: ConversationRef): Promise<Audience>;
}

export interface Adapter extends Deliverer {
  start(receive: Receive): Promise<void>;
  /** Stops taking in; answers under way are finished. */
  stop(): Promise<void>;
}

/**
 * An adapter's small memory: workspace tokens, OAuth states, conversation addresses.
 * Values are encrypted at rest by whoever implements it; keys hold no secret.
 */
export interface AdapterStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, expiresAt?: Date): Promise<void>;
  /** Reads and removes at once: of two takers one gets the value. Expired values are gone. */
  take(key: string): Promise<string | undefined>;
  remove(key: string): Promise<void>;
}

/** What adapters log: an event name and figures. Never a person's words, a token or a URL with a secret. */
export interface AdapterLog {
  info(event: string, detail?: Record<string, string | number | boolean>): void;
  warn(event: string, detail?: Record<string, string | number | boolean>): void;
}
