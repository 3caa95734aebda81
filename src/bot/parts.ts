import type { AccountRef, Actor, Inbound, Reply } from "../chat/index.js";
import type { Registry } from "../command/registry.js";
import type { Language } from "../i18n/index.js";
import type { Clock } from "../lib/clock.js";
import type { Log } from "../lib/log.js";
import type { Clocks } from "../lib/rates.js";
import type { Store } from "../store/database.js";
import type { Queued, Services } from "../store/unit-of-work.js";

export type BotParts = Services & {
  store: Store;
  clock: Clock;
  log: Log;
  registry: Registry;
  enqueue: (body: string, rows: Queued[]) => void;
  /** Absent: nobody is held to a rate. */
  clocks?: Clocks;
  /** In which language somebody reads of whom nothing was asked yet. */
  languageOf?: (actor: Actor) => Language;
  /** Told of an account that tried too many join codes. */
  tooManyCodes?: () => void;
  /** What is answered where too many write at once; nothing where nobody would read it. */
  full?: (inbound: Inbound) => Reply;
  /** Told in which language an account's person reads. */
  heard?: (account: AccountRef, lang: string) => void;
  /** Told how long a message waited for its reader. */
  acknowledged?: (seconds: number) => void;
  /** Told after each inbound, for the metrics. */
  observe?: (type: Inbound["type"], outcome: "answered" | "refused" | "duplicate" | "failed", seconds: number) => void;
};
