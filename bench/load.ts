import { PATIENCE_MS } from "../tests/faults/crowd.js";
import { flag } from "./backend.js";
import { stand } from "./real.js";

/**
 * The real program under a fixed rate (`real.ts`), on the PostgreSQL and the Redis that DATABASE_URL and REDIS_URL name;
 * the Redis is emptied. `--rate` a second, `--seconds`, `--processes` that share the servers and are written to in turns,
 * `--people`, `--agencies`. It stops by itself.
 */
const { DATABASE_URL: database, REDIS_URL: redis } = process.env;
if (!database || !redis) throw new Error("bench:load needs servers: set DATABASE_URL and REDIS_URL");
const pressure = {
  rate: flag("rate", 20),
  seconds: flag("seconds", 60),
  processes: flag("processes", 1),
  people: flag("people", 500),
  agencies: flag("agencies", 50),
};
/** 99 of 100, at 20 a second. */
const P99_MS = 500;

const say = (text: string) => process.stdout.write(`${text}\n`);
const judged = (reached: boolean) => (reached ? "reached" : "MISSED");
const { rate, seconds, processes, people, agencies } = pressure;
say(
  `${rate} asks a second for ${seconds} s, processes: ${processes}, in one body of ${agencies} agencies and ${people} people`,
);
const stood = await stand({ database, redis }, pressure);
const others = stood.written - stood.asked - stood.full;
say(
  `  written ${stood.written}, asked ${stood.asked}, told that it is full ${stood.full}, other ${others}; kept ${stood.kept}`,
);
say(`  until the answer: p50 ${stood.p50} ms, p90 ${stood.p90} ms, p99 ${stood.p99} ms, longest ${stood.longest} ms`);
say(
  `  cards ${stood.cards}; at most ${stood.mostWaiting} messages waited, the last left ${(stood.lastLeftMs / 1_000).toFixed(1)} s after the last command`,
);
say(
  `  processor ${stood.cpuMs.toFixed(1)} ms an ask, cards included; memory ${stood.idleMb} MB idle, ${stood.afterMb} MB after; ${stood.kb.toFixed(1)} KB of database an ask`,
);
say(`  all asked, none lost: ${judged(stood.asked === stood.written && stood.kept === stood.written)}`);
say(`  none over ${PATIENCE_MS} ms: ${judged(stood.longest < PATIENCE_MS)}`);
if (rate <= 20) say(`  p99 within ${P99_MS} ms: ${judged(stood.p99 <= P99_MS)}`);
