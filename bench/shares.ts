import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Reply } from "../src/chat/index.js";
import { seed, seedBody } from "../tests/faults/seed.js";
import { flag, openGround, percentile } from "./backend.js";

/**
 * Opening and listing with many shares against few, on the servers that DATABASE_URL and REDIS_URL name, else embedded
 * with smaller counts. `--few`, `--many`, `--rounds` set others. Whole requests are timed, from receive() to its reply;
 * the ratio of the medians is the result.
 */
const ground = await openGround();
const embedded = ground.kind === "embedded";
const FEW = flag("few", 1_000);
const MANY = flag("many", embedded ? 50_000 : 1_000_000);
const ROUNDS = flag("rounds", 60);
const AGENCIES = 50;
const TARGET = 1.5;

const say = (text: string) => process.stdout.write(`${text}\n`);
const { runtime, store } = ground;
const db = store.owner;

/** Shares of all agencies to two others each, a third of them GREEN, in a year; three words a share, one of them rare. */
async function fill(body: string, count: number): Promise<void> {
  await sql`truncate shares, share_recipients, share_openings, share_words, attachments, use_requests, outcomes, breaches, events, outbox, cards, inbound cascade`.execute(
    db,
  );
  const cipher = await runtime.inBody(body, (work) => work.cipher());
  const words = Array.from({ length: 200 }, (_, n) => cipher.mark(`common${n}`));
  const rare = cipher.mark("rare");
  await sql`create temporary table numbered as
    select agency_id as id, row_number() over (order by agency_id) - 1 as n from members where body_id = ${body}::uuid`.execute(
    db,
  );
  await sql`insert into shares (id, body_id, number, codename, kind, label, codes, title, content, state, provider_id,
      provider_agency_id, created_at, released_at)
    select gen_random_uuid(), ${body}::uuid, i, 'heron', 'a', case when i % 3 = 0 then 'GREEN' else 'AMBER' end, '{}',
      ${cipher.seal("Lorries")}, ${cipher.seal("Plates")}, 'released',
      (select p.id from persons p where p.agency_id = a.id order by p.id limit 1), a.id,
      now() - (i::float8 / ${count}::float8) * interval '365 days', now() - (i::float8 / ${count}::float8) * interval '365 days'
    from generate_series(1, ${count}::int) g(i) join numbered a on a.n = i % ${AGENCIES}::int`.execute(db);
  for (const step of [1, 7])
    await sql`insert into share_recipients (id, body_id, share_id, agency_id, state, received_at, outcome_due, added_at)
      select gen_random_uuid(), s.body_id, s.id, a.id, 'in_use', s.released_at, s.released_at + interval '400 days', s.released_at
      from shares s join numbered a on a.n = (s.number + ${step}::int) % ${AGENCIES}::int`.execute(db);
  await sql`insert into share_words (body_id, share_id, hash)
    select body_id, id, (${sql.val(words)}::text[])[1 + number % 200] from shares`.execute(db);
  await sql`insert into share_words (body_id, share_id, hash)
    select body_id, id, ${rare} from shares order by number limit 20`.execute(db);
  await sql`insert into share_openings (body_id, share_id, person_id, agency_id, conditions, purpose, accepted, at)
    select r.body_id, r.share_id, p.id, p.agency_id, 1, 'investigation', true, now()
    from share_recipients r join persons p on p.agency_id = r.agency_id
    where r.share_id in (select id from shares order by number limit ${ROUNDS * 20}::int)`.execute(db);
  await sql`drop table numbered`.execute(db);
  await sql`analyze`.execute(db);
}

type Person = { tenant: string; user_id: string; agency_id: string };

async function people(): Promise<Person[]> {
  return db
    .selectFrom("accounts")
    .innerJoin("persons", "persons.id", "accounts.person_id")
    .select(["tenant", "user_id", "persons.agency_id"])
    .execute();
}

const from = (person: Person) => ({
  key: randomUUID(),
  actor: { platform: "web" as const, tenant: person.tenant, user: person.user_id },
  conversation: {
    platform: "web" as const,
    tenant: person.tenant,
    id: `D${person.user_id}`,
    kind: "personal" as const,
  },
});

const typed = (person: Person, text: string) =>
  runtime.receive({ ...from(person), type: "command", text, mentions: [] });

async function timed(act: (n: number) => Promise<Reply>, good: (reply: Reply) => boolean): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < ROUNDS + 5; n++) {
    const started = performance.now();
    const reply = await act(n);
    const took = performance.now() - started;
    if (!good(reply)) throw new Error(`not what was expected: ${JSON.stringify(reply).slice(0, 300)}`);
    // The first ones warm up.
    if (n >= 5) times.push(took);
  }
  return percentile(times, 50);
}

async function measure(body: string, count: number): Promise<Record<string, number>> {
  await fill(body, count);
  const all = await people();
  const somebody = (n: number) => all[(n * 7) % all.length] as Person;
  const listed = (reply: Reply) => reply !== undefined && "post" in reply && JSON.stringify(reply.post).includes("I-");
  const opened = (reply: Reply) => reply !== undefined && "form" in reply && reply.form.submit === undefined;
  const mine = await db
    .selectFrom("share_recipients")
    .innerJoin("shares", "shares.id", "share_recipients.share_id")
    .select(["number", "share_recipients.agency_id"])
    .where("number", "<=", ROUNDS * 20)
    .execute();
  return {
    "list, all": await timed((n) => typed(somebody(n), "shares"), listed),
    "list, received": await timed((n) => typed(somebody(n), "shares received"), listed),
    "list, page 20": await timed((n) => typed(somebody(n), "shares all page:2"), listed),
    "search, a rare word": await timed(
      (n) => typed(somebody(n), "shares rare"),
      () => true,
    ),
    "search, a common word": await timed(
      (n) => typed(somebody(n), "shares common7"),
      () => true,
    ),
    open: await timed((n) => {
      const one = mine[(n * 13) % mine.length];
      const person = all.find(({ agency_id }) => agency_id === one?.agency_id) as Person;
      return runtime.receive({ ...from(person), type: "action", id: "open", value: `north/I-${one?.number}` });
    }, opened),
  };
}

try {
  const body = await seedBody(store);
  await seed(store, body, {
    people: AGENCIES * 2,
    tenants: AGENCIES,
    steps: 1,
    firstDue: new Date("2100-01-01"),
    withinMs: 1,
    platform: "web",
  });
  say(`information on ${ground.kind}: ${FEW} shares against ${MANY}, ${ROUNDS} of each, medians`);
  const few = await measure(body, FEW);
  const many = await measure(body, MANY);
  let worst = 0;
  for (const [what, base] of Object.entries(few)) {
    const time = many[what] ?? Number.NaN;
    const ratio = time / base;
    if (what === "open" || what.startsWith("list")) worst = Math.max(worst, ratio);
    say(
      `  ${what.padEnd(24)} ${base.toFixed(1).padStart(7)} ms ${time.toFixed(1).padStart(7)} ms  ratio ${ratio.toFixed(2)}`,
    );
  }
  say(`  opening and listing at most ${TARGET} times: ${worst <= TARGET ? "reached" : "MISSED"} (${worst.toFixed(2)})`);
} finally {
  await ground.close();
}
