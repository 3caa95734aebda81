import { type AccountRef, type Actor, type Admission, FULL, type Inbound, type Reply } from "../chat/index.js";
import { saidInstead } from "../command/reply.js";
import { type Language, languageOf } from "../i18n/index.js";

export type AdmissionLimits = {
  /** Requests worked on at once; the others stand in line. */
  atOnce: number;
  /** Nobody stands in line for longer. */
  waitMs: number;
};

/**
 * Six of the eight connections that people have to the database: the others are for files and pages. Slack waits three seconds for an answer, of which one is spent in line at most.
 */
export const ADMISSION: AdmissionLimits = { atOnce: 6, waitMs: 1_000 };

/** As many people are kept in mind with their language; a few megabytes. */
export const MOST_LANGUAGES = 50_000;

type Waiting = { come: (inside: boolean) => void };

/**
 * A full house says so at once. Without it requests wait in the database's line until the platforms have given up on
 * every one of them, and what goes out waits there too.
 */
export class AdmissionControl implements Admission {
  #inside = 0;
  readonly #line = new Set<Waiting>();
  /** How long one takes, a moving mean. */
  #meanMs = 0;
  readonly #languages = new Map<string, string>();

  /** @param shed told of each that was not begun */
  constructor(
    private readonly limits: AdmissionLimits = ADMISSION,
    private readonly shed: () => void = () => undefined,
  ) {}

  /** Requests that are worked on. */
  get inside(): number {
    return this.#inside;
  }

  /** Requests that stand in line. */
  get waiting(): number {
    return this.#line.size;
  }

  async enter<T>(work: () => Promise<T>): Promise<T | typeof FULL> {
    if (this.#inside < this.limits.atOnce) this.#inside++;
    else if (!(await this.#place())) {
      this.shed();
      return FULL;
    }
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.#meanMs += (performance.now() - began - this.#meanMs) / 16;
      const [next] = this.#line;
      if (next) next.come(true);
      else this.#inside--;
    }
  }

  /** A place that somebody leaves passes to the next in line. */
  #place(): Promise<boolean> {
    const { atOnce, waitMs } = this.limits;
    // Whoever would wait in vain is told at once.
    if ((this.#line.size * this.#meanMs) / atOnce > waitMs) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        come: (inside) => {
          this.#line.delete(waiting);
          clearTimeout(late);
          resolve(inside);
        },
      };
      const late = setTimeout(() => waiting.come(false), waitMs);
      this.#line.add(waiting);
    });
  }

  full(inbound: Inbound): Reply {
    return saidInstead(inbound, this.languageOf(inbound.actor), (t) => t.errors.full);
  }

  /** The one that they chose, as far as this process knows; else their client's. */
  languageOf(actor: Actor): Language {
    return languageOf(this.#languages.get(keyOf(actor)) ?? actor.locale);
  }

  /** In which language this person reads: a full house does not ask the database. */
  heard(account: AccountRef, lang: string): void {
    const key = keyOf(account);
    this.#languages.delete(key);
    this.#languages.set(key, lang);
    if (this.#languages.size <= MOST_LANGUAGES) return;
    for (const oldest of this.#languages.keys()) return void this.#languages.delete(oldest);
  }
}

const keyOf = ({ platform, tenant, user }: AccountRef): string => `${platform} ${tenant} ${user}`;
