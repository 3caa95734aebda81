import { createHash, randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Inbound, Reply } from "../src/chat/index.js";
import { seedBody } from "../tests/faults/seed.js";
import { numbersFrom } from "../tests/store.js";
import { flag, type Ground, openGround, percentile } from "./backend.js";

/**
 * What people do most, with a thousand tasks behind it and with a million (`--few`, `--many`): fifty agencies, five
 * hundred people, a twentieth open; with a thousand cooperation requests and a hundred thousand, two hundred authorities
 * and ten thousand. On the PostgreSQL that DATABASE_URL names. Each in turns on both databases, so that
 * what else the machine does falls on both; the ratio of the medians is the result.
 */
const [FEW, MANY] = [flag("few", 1_000), flag("many", 1_000_000)];
const [AGENCIES, PEOPLE, OPEN, TIMES] = [50, 500, 20, flag("times", 20)];
const TARGET = 1.5;
const SLICE = 100_000;
/** Of a thousand tasks and of a million. */
const REQUESTS = (tasks: number) => (tasks === FEW ? 1_000 : 100_000);
const AUTHORITIES = (tasks: number) => (tasks === FEW ? 200 : 10_000);

const LINES: readonly (readonly [string, string, (n: number) => string])[] = [
  ["list", "officer", () => "tasks"],
  ["late", "officer", () => "late"],
  // As a million titles hold it: a word of some of them, found among those that concern the reader.
  [
    "search",
    "officer",
    (n) =>
      `tasks ${createHash("md5")
        .update(String(n * 37 + 2))
        .digest("hex")
        .slice(0, 6)}`,
  ],
  ["inbox", "officer", () => ""],
  ["ask", "officer", (n) => `task @agency7 Look at harbour ${n} and its ${"abcdefghij"[n % 10]} wharf by Fri 17:00`],
  ["nudge", "officer", () => "nudge"],
  ["digest", "officer", () => "digest"],
  ["list, coordinator", "coordinator", () => "tasks"],
  ["requests", "officer", () => "requests"],
  ["requests, turn", "officer", () => "requests turn"],
  ["requests, late", "officer", () => "requests late"],
  ["requests, closed", "officer", () => "requests closed"],
  ["requests, coordinator", "coordinator", () => "requests"],
  ["authorities", "officer", (n) => `find mla ${COUNTRIES[n % COUNTRIES.length]}`],
];

const COUNTRIES = ["france", "grèce", "Türkiye", "italy", "germany"];

const say = (text: string) => process.stdout.write(`${text}\n`);

async function ground(tasks: number): Promise<Ground & { receive: (who: string, text: string) => Promise<Reply> }> {
  const open = await openGround();
  const { owner } = open.store;
  const body = await seedBody(open.store);
  await sql`insert into agencies (id, handle, name, mandate, zone)
    select gen_random_uuid(), 'agency' || n, 'Agency ' || n, 'other', 'Europe/Athens' from generate_series(1, ${AGENCIES}::int) n`.execute(
    owner,
  );
  await sql`insert into members (body_id, agency_id) select ${body}::uuid, id from agencies`.execute(owner);
  await sql`insert into persons (id, agency_id, name, zone, digest_at, current_body)
    select gen_random_uuid(), a.id, a.handle || ' officer ' || n, 'Europe/Athens', 'off', ${body}::uuid
    from agencies a, generate_series(1, ${PEOPLE / AGENCIES}::int) n`.execute(owner);
  await sql`insert into roles (body_id, person_id, role)
    select ${body}::uuid, id, unnest(case when name like '% 1' then array['staff', 'focal_point'] else array['staff'] end) from persons`.execute(
    owner,
  );
  await sql`insert into accounts (platform, tenant, user_id, person_id) select 'slack', 'T', name, id from persons`.execute(
    owner,
  );
  await sql`insert into roles (body_id, person_id, role) select ${body}::uuid, id, 'coordinator' from persons where name = 'agency1 officer 1'`.execute(
    owner,
  );
  // A statement may take a minute.
  for (let from = 1; from <= tasks; from += SLICE)
    await sql`with people as materialized (
        select array(select id from persons order by name) as ids, array(select agency_id from persons order by name) as agencies)
      insert into tasks (id, body_id, number, title, requester_id, requester_agency_id, lead_agency_id, assignee_id, state,
        created_at, due_at, due_zone, closed_at, agreed_at)
      select gen_random_uuid(), ${body}::uuid, n, 'Look at harbour ' || n || ' ' || md5(n::text), ids[1 + n % ${PEOPLE}],
        agencies[1 + n % ${PEOPLE}], agencies[1 + (n * 7 + 1) % ${PEOPLE}], ids[1 + (n * 7 + 1) % ${PEOPLE}],
        case when n % ${OPEN} > 0 then 'closed' when n % 60 = 0 then 'asked' when n % 60 = 20 then 'agreed' else 'done' end,
        now() - n * interval '1 minute',
        now() + case when n % 400 = 0 then -1 else 1 end * (1 + n % 9000) * interval '1 minute', 'Europe/Athens',
        case when n % ${OPEN} > 0 then now() - n * interval '30 seconds' end, now() - n * interval '1 minute'
      from people, generate_series(${from}::int, ${Math.min(from + SLICE - 1, tasks)}::int) n`.execute(owner);
  await numbersFrom(owner, body, "task", tasks);
  const receive = (who: string, text: string) => {
    const user = who === "coordinator" ? "agency1 officer 1" : "agency3 officer 2";
    const conversation = { platform: "slack" as const, tenant: "T", id: `D${who}`, kind: "personal" as const };
    const actor = { platform: "slack" as const, tenant: "T", user, displayName: user };
    const inbound: Inbound = { key: randomUUID(), actor, conversation, type: "command", text, mentions: [] };
    return open.runtime.receive(inbound);
  };
  // A real request, as its words are sealed, and as many like it as there are to be.
  const text = (reply: Reply) => JSON.stringify(reply);
  await receive(
    "coordinator",
    "authority add XS Police functions:law_enforcement_cooperation countryname:Sudmark agency:@agency9",
  );
  const authority = /A-\d+/.exec(text(await receive("coordinator", "find sudmark")))?.[0];
  await receive("officer", `request new police ${authority} Plates`);
  await sql`with lands as materialized (select array['FR', 'GR', 'TR', 'IT', 'DE', 'ES', 'AL', 'BG', 'RO', 'PL'] as codes)
    insert into authorities (id, body_id, number, country, name, kind, functions, keeper_id, plain, created_at)
    select gen_random_uuid(), a.body_id, 100000 + n, codes[1 + n % 10], 'Authority ' || n || ' ' || md5(n::text), a.kind,
      array[case when n % 3 = 0 then 'mla' else 'extradition' end], a.keeper_id, 'authority ' || n || ' ' || md5(n::text), now()
    from authorities a, lands, generate_series(1, ${AUTHORITIES(tasks)}::int) n`.execute(owner);
  await sql`with people as materialized (
      select array(select id from persons order by name) as ids, array(select agency_id from persons order by name) as agencies)
    insert into requests (id, body_id, number, kind, state, label, urgency, subject, content, from_agency_id, drafter_id,
      to_agency_id, authority_id, created_at, sent_at, received_at, due_at, closed_at)
    select gen_random_uuid(), q.body_id, 1000000 + n, q.kind,
      case when n % ${OPEN} > 0 then 'closed' when n % 60 = 0 then 'sent' when n % 60 = 20 then 'received' else 'answered' end,
      q.label, q.urgency, q.subject, q.content, agencies[1 + n % ${PEOPLE}], ids[1 + n % ${PEOPLE}],
      nullif(agencies[1 + (n * 7 + 1) % ${PEOPLE}], agencies[1 + n % ${PEOPLE}]), q.authority_id, now() - interval '9 days',
      now() - interval '8 days', now() - interval '7 days',
      now() + case when n % 400 = 0 then -1 else 1 end * (1 + n % 9000) * interval '1 minute',
      case when n % ${OPEN} > 0 then now() - n * interval '30 seconds' end
    from requests q, people, generate_series(1, ${REQUESTS(tasks)}::int) n`.execute(owner);
  await sql`vacuum analyze`.execute(owner);
  return { ...open, receive };
}

const grounds = [await ground(FEW), await ground(MANY)] as const;
try {
  say(
    `${MANY} tasks against ${FEW}: ${AGENCIES} agencies, ${PEOPLE} people, one task in ${OPEN} open; target ${TARGET} times`,
  );
  for (const [name, who, line] of LINES) {
    const times: [number[], number[]] = [[], []];
    for (let n = 0; n < TIMES + 3; n++)
      for (const [at, { receive }] of grounds.entries()) {
        const began = performance.now();
        await receive(who, line(n));
        // The first few warm up.
        if (n >= 3) times[at]?.push(performance.now() - began);
      }
    const [few, many] = times.map((all) => percentile(all, 50)) as [number, number];
    const ratio = many / few;
    say(
      `  ${name.padEnd(20)} ${few.toFixed(1).padStart(8)} ms ${many.toFixed(1).padStart(8)} ms  ${ratio.toFixed(1).padStart(6)} times  ${ratio <= TARGET ? "reached" : "MISSED"}`,
    );
  }
} finally {
  for (const one of grounds) await one.close();
}
