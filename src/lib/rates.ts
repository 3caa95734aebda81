import { sql } from "kysely";
import type { Inbound } from "../chat/index.js";
import type { Tx } from "../store/database.js";

/**
 * How often something may be done. Generic cell rate (ITU-T I.371): `burst` at once, and one more every `everyMs`.
 * The figures are such that nobody meets them who does not mean to.
 */
export type Rate = { burst: number; everyMs: number };

const [SECOND, MINUTE, DAY] = [1_000, 60_000, 86_400_000];

export const RATES = {
  /** A person presses or types once in some seconds; a minute's worth of the quickest at once. */
  account: { burst: 60, everyMs: SECOND / 2 },
  /** A list that is looked up as somebody types asks with each letter. */
  lookup: { burst: 150, everyMs: SECOND / 10 },
  /** Five hundred people who all hear of the same thing, within one minute. */
  agency: { burst: 600, everyMs: SECOND / 20 },
  /** A workspace can hold several agencies. */
  tenant: { burst: 1_500, everyMs: SECOND / 50 },
  /** A summary counts a whole period over: nobody reads thirty in an hour. */
  report: { burst: 30, everyMs: 2 * MINUTE },
  /** A code is typed once, and mistyped twice. Then one in five minutes, and twenty in a day. */
  code: { burst: 5, everyMs: 5 * MINUTE },
  codeDay: { burst: 20, everyMs: DAY / 20 },
  /** A whole workforce joins in one morning. 31^8 codes are not found by 3,000 tries in a day. */
  codeTenant: { burst: 300, everyMs: MINUTE / 2 },
  /** By address: an office of 500 behind one of them, whose calendars ask once an hour. */
  files: { burst: 300, everyMs: SECOND / 5 },
  /** Programs of the rapporteur's office, by address; each question counts a period over. */
  api: { burst: 60, everyMs: SECOND },
  /** The same by key, from however many addresses and processes. */
  apiKey: { burst: 60, everyMs: SECOND },
  /** An administrator installs once, and starts again some times. */
  install: { burst: 10, everyMs: MINUTE / 2 },
} as const satisfies Record<string, Rate>;

export type Limited = keyof typeof RATES;

/** As many are kept in mind: a few megabytes. Where there are more, those that have rested for longest go. */
const MOST_KEYS = 20_000;

/** The clocks of this process, for what is asked with every request. Those that all processes share are in the database. */
export class Clocks {
  /** When each is at rest again; the one used last stands last. */
  readonly #restAt = new Map<string, number>();

  /** @param refused told of each that was too often */
  constructor(
    private readonly refused: (what: Limited) => void = () => undefined,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns milliseconds after which it may be tried again; 0 where it may be done now */
  take(what: Limited, who: string): number {
    const { burst, everyMs } = RATES[what];
    const key = `${what} ${who}`;
    const now = this.now();
    const ahead = Math.max(0, (this.#restAt.get(key) ?? 0) - now);
    const wait = ahead - (burst - 1) * everyMs;
    if (wait > 0) {
      this.refused(what);
      return Math.ceil(wait);
    }
    this.#restAt.delete(key);
    this.#restAt.set(key, now + ahead + everyMs);
    if (this.#restAt.size > MOST_KEYS) this.#restAt.delete(this.#restAt.keys().next().value ?? "");
    return 0;
  }

  /** A request of somebody on a platform, before anything is asked of the database. */
  request({ actor, type }: Inbound): number {
    const tenant = `${actor.platform} ${actor.tenant}`;
    const mine = this.take(type === "suggest" ? "lookup" : "account", `${tenant} ${actor.user}`);
    // What is refused anyway does not use up what others of the workspace have.
    return mine > 0 ? mine : this.take("tenant", tenant);
  }
}

/**
 * The same for what is counted across processes and restarts, in one statement for all `whats` of one `who`.
 * @returns milliseconds after which it may be tried again; 0 where it may be done now
 */
export async function take(tx: Tx, whats: readonly Limited[], who: string): Promise<number> {
  const keys = whats.map((what) => ({ key: `${what} ${who}`, ...RATES[what] }));
  const passed = await sql<{ key: string }>`
    insert into pace (key, free_at)
    values ${sql.join(keys.map(({ key, everyMs }) => sql`(${key}, now() + ${everyMs} * interval '1 millisecond')`))}
    on conflict (key) do update set free_at = greatest(pace.free_at, now()) + (excluded.free_at - now())
    where pace.free_at - now() <= case pace.key ${sql.join(
      keys.map(({ key, burst, everyMs }) => sql`when ${key} then ${(burst - 1) * everyMs} * interval '1 millisecond'`),
      sql` `,
    )} end
    returning key`.execute(tx);
  const refused = keys.filter(({ key }) => !passed.rows.some((row) => row.key === key));
  if (refused.length === 0) return 0;
  const { rows } = await sql<{ key: string; ahead: number }>`
    select key, (extract(epoch from free_at - now()) * 1000)::float8 as ahead from pace
    where key in (${sql.join(refused.map(({ key }) => key))})`.execute(tx);
  const waits = refused.map(
    ({ key, burst, everyMs }) => (rows.find((row) => row.key === key)?.ahead ?? 0) - (burst - 1) * everyMs,
  );
  return Math.max(1, Math.ceil(Math.max(...waits)));
}

/** @returns how long to wait as people say it: in seconds, from a minute and a half on in minutes too */
export function waitOf(waitMs: number): { seconds: number; minutes?: number } {
  const seconds = Math.ceil(waitMs / SECOND);
  return seconds < 90 ? { seconds } : { seconds, minutes: Math.ceil(seconds / 60) };
}
