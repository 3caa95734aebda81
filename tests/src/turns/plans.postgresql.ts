import { type CompiledQuery, DefaultQueryExecutor, type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { numbersFrom } from "../../store.js";
import { World } from "../../world.js";

/**
 * With a hundred thousand of each kind behind it, a twentieth of them open, an inbox and the digests read no table
 * through, and look at little more than is open. On PostgreSQL, under row-level security: the plan is read, no time.
 */
const ROWS = 100_000;
const OPEN = 20;
/** Tables smaller than this are read whole, and may be. */
const SMALL = 5_000;
/** The same statement is explained so often at most. */
const MOST_TIMES = 5;

const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Eleni: "labour focal_point staff",
  Omar: "labour staff",
};

let w: World;
beforeAll(async () => {
  w = await World.create({ people: PEOPLE });
  const { owner } = w.runtime.store;
  // Each table is analyzed when it is full: an autovacuum that looked while it was being filled, and saw no row of it
  // committed, would have the next statement planned for one row of a hundred thousand.
  const fill = (rows: RawBuilder<unknown>) =>
    owner.connection().execute(async (connection) => {
      await sql`set statement_timeout = 0`.execute(connection);
      await rows.execute(connection);
      await sql`analyze`.execute(connection);
      await sql`reset statement_timeout`.execute(connection);
    });
  // Forty agencies of forty people, so that one of them is a fortieth of the body.
  await fill(sql`insert into agencies (id, handle, name, mandate, zone)
    select gen_random_uuid(), 'agency' || n, 'Agency ' || n, 'other', 'Europe/Athens' from generate_series(1, 40) n`);
  await fill(sql`insert into members (body_id, agency_id) select ${w.body}, id from agencies on conflict do nothing`);
  await fill(sql`insert into persons (id, agency_id, name, lang, zone, current_body)
    select gen_random_uuid(), a.id, a.handle || n, 'en', 'Europe/Athens', ${w.body}
    from agencies a, generate_series(1, 40) n where a.handle like 'agency%'`);
  await fill(
    sql`insert into roles (body_id, person_id, role) select ${w.body}, id, 'staff' from persons on conflict do nothing`,
  );
  const people = sql`people as materialized (
    select array(select id from persons order by id) as ids, array(select agency_id from persons order by id) as agencies,
      (select count(*)::int from persons) as size)`;
  await fill(sql`with ${people}
    insert into tasks (id, body_id, number, title, requester_id, requester_agency_id, lead_agency_id, assignee_id, state,
      created_at, due_at, closed_at, agreed_at)
    select gen_random_uuid(), ${w.body}, n, md5(n::text) || ' task ' || n, ids[1 + n % size], agencies[1 + n % size],
      agencies[1 + (n * 7 + 1) % size], ids[1 + (n * 7 + 1) % size],
      case when n % ${OPEN} > 0 then 'closed' when n % 3 = 0 then 'asked' when n % 3 = 1 then 'agreed' else 'done' end,
      timestamptz '2026-11-23' - n * interval '10 minutes', timestamptz '2026-11-25' - n * interval '9 minutes',
      case when n % ${OPEN} > 0 then timestamptz '2026-11-23' - n * interval '8 minutes' end,
      timestamptz '2026-11-20'
    from people, generate_series(1, ${ROWS}::int) n`);
  await fill(sql`with ${people}
    insert into task_supporters (task_id, body_id, agency_id, person_id, state)
    select t.id, t.body_id, agencies[1 + (t.number * 3 + 2) % size], ids[1 + (t.number * 3 + 2) % size], 'agreed'
    from people, tasks t`);
  await fill(sql`with ${people}
    insert into shares (id, body_id, number, codename, kind, label, state, provider_id, provider_agency_id, created_at,
      released_at, title, content)
    select gen_random_uuid(), ${w.body}, n, 'heron', 'a', 'AMBER', case when n % ${OPEN} = 0 then 'released' else 'recalled' end,
      ids[1 + n % size], agencies[1 + n % size], timestamptz '2026-11-23' - n * interval '10 minutes',
      timestamptz '2026-11-23' - n * interval '10 minutes', 'x', 'x'
    from people, generate_series(1, ${ROWS}::int) n`);
  await fill(sql`with ${people}
    insert into share_recipients (id, body_id, share_id, agency_id, person_id, state, outcome, outcome_due, received_at, added_at)
    select gen_random_uuid(), s.body_id, s.id, agencies[1 + (s.number * 7 + 1) % size],
      case when s.number % 2 = 0 then ids[1 + (s.number * 7 + 1) % size] end,
      case when s.number % ${OPEN} > 0 then 'closed' when s.number % 3 = 0 then 'delivered' else 'in_use' end,
      case when s.number % ${OPEN} > 0 then 'final' else 'none' end, timestamptz '2026-11-23', s.released_at, s.released_at
    from people, shares s`);
  await fill(sql`insert into share_openings (body_id, share_id, person_id, agency_id, conditions, purpose, at)
    select r.body_id, r.share_id, p.id, r.agency_id, 1, 'prevention', r.added_at
    from share_recipients r join lateral (select id from persons where agency_id = r.agency_id limit 1) p on true`);
  await fill(sql`insert into use_requests (id, body_id, number, share_id, code, agency_id, person_id, purpose, state, conditions, created_at)
    select gen_random_uuid(), s.body_id, s.number, s.id, 'H1', r.agency_id, coalesce(r.person_id, s.provider_id), 'x',
      case when s.number % ${OPEN} = 0 then 'submitted' else 'refused' end, 1, s.created_at
    from shares s join share_recipients r on r.share_id = s.id`);
  await fill(sql`with ${people}
    insert into match_entries (id, body_id, number, agency_id, person_id, kind, case_ref, purpose, created_at, expires_at, removed_at)
    select gen_random_uuid(), ${w.body}, n, agencies[1 + n % size], ids[1 + n % size], 'phone', 'x', 'x',
      timestamptz '2026-11-01', timestamptz '2026-11-24' + (n % 30) * interval '1 day',
      case when n % ${OPEN} > 0 then timestamptz '2026-11-20' end
    from people, generate_series(1, ${ROWS}::int) n`);
  await fill(sql`insert into outbox (id, body_id, notice, params, person_id, dedupe, state, due_at, created_at, sent_at)
    select gen_random_uuid(), t.body_id, 'task.card', jsonb_build_object('task', t.id), t.assignee_id, 'card ' || t.id,
      'sent', t.created_at, t.created_at, t.created_at from tasks t`);
  await fill(sql`insert into cards (id, body_id, notice, params, item_kind, item_id, person_id, ref, platform, tenant,
      conversation, message, shown, created_at)
    select o.id, o.body_id, o.notice, o.params, 'task', (o.params ->> 'task')::uuid, o.person_id, '{}', 'slack', 'T',
      'D' || o.person_id, o.id::text, 'x', o.created_at from outbox o where o.notice = 'task.card'`);
  await fill(sql`insert into reminder_steps (id, body_id, item_kind, item_id, step, audience, ladder, due_at, fired_at)
    select gen_random_uuid(), t.body_id, 'task', t.id, 'at', 'assignee', 1, t.due_at,
      case when t.number % ${OPEN} > 0 then t.due_at end from tasks t`);
  await fill(sql`insert into events (body_id, at, actor_id, action, item_kind, item_id, item_ref, commitment, salt)
    select t.body_id, t.created_at, t.requester_id, 'task.asked', 'task', t.id, 'T-' || t.number, 'x', 'x' from tasks t`);
  await numbersFrom(owner, w.body, "task", ROWS);
  await sql`vacuum analyze`.execute(owner);
});
afterAll(() => w?.close());

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};
type Seen = { table: string; how: string; index?: string; rows: number; removed: number; statement: string };

/** Those that a bitmap was made of. */
const indexesBelow = ({ Plans = [] }: Plan): string | undefined =>
  Plans.map((below) => below["Index Name"] ?? indexesBelow(below)).find((name) => name !== undefined);

/** Which index each large table was read by, for docs/performance.md. */
const waysOf = (scans: readonly Seen[]): string =>
  [...new Set(scans.map(({ table, index, how }) => `${table} by ${index ?? how}`))].sort().join(", ");

/** Sent once to be read: what writes, locks or counts on is planned alone. */
const WRITES =
  /\b(?:insert into|delete from|for update|for no key update|nextval|next_number|advisory|set_config)\b|\bupdate "/i;

/** Every scan of the statements that `act` sends: as it was carried out, or, where that would change something, as it is planned. */
async function scansOf(act: () => Promise<unknown>): Promise<Seen[]> {
  const sent = vi.spyOn(DefaultQueryExecutor.prototype, "executeQuery");
  const queries: CompiledQuery[] = [];
  try {
    await act();
    queries.push(...sent.mock.calls.map(([query]) => query as CompiledQuery));
  } finally {
    sent.mockRestore();
  }
  const seen: Seen[] = [];
  const times = new Map<string, number>();
  for (const query of queries.filter(
    ({ sql: text }) => /^\s*(?:select|with|insert|update|delete)\b/i.test(text) && !/ from admit\(/i.test(text),
  )) {
    // The same for each agency: the first of them say it.
    const before = times.get(query.sql) ?? 0;
    times.set(query.sql, before + 1);
    if (before >= MOST_TIMES) continue;
    const explained = await w.runtime.store.inBody(w.body, (tx) =>
      tx.executeQuery<{ "QUERY PLAN": [{ Plan: Plan }] }>({
        ...query,
        sql: `explain (${WRITES.test(query.sql) ? "" : "analyze, "}format json) ${query.sql}`,
      }),
    );
    const walk = (plan: Plan) => {
      const loops = plan["Actual Loops"] ?? 0;
      if (plan["Relation Name"])
        seen.push({
          ...{ table: plan["Relation Name"], how: plan["Node Type"], statement: query.sql },
          index: plan["Index Name"] ?? indexesBelow(plan),
          ...{ rows: (plan["Actual Rows"] ?? 0) * loops, removed: (plan["Rows Removed by Filter"] ?? 0) * loops },
        });
      for (const below of plan.Plans ?? []) walk(below);
    };
    const plan = explained.rows[0]?.["QUERY PLAN"][0]?.Plan;
    if (plan) walk(plan);
  }
  return seen;
}

/** Tables of some size, with how many rows they have. */
async function largeTables(): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; size: number }>`
    select relname as name, reltuples::int as size from pg_class where relkind = 'r' and reltuples > ${SMALL}`.execute(
    w.runtime.store.owner,
  );
  return new Map(rows.map((row) => [row.name, row.size]));
}

const readThrough = (scans: readonly Seen[]): string[] =>
  scans.filter(({ how }) => how === "Seq Scan").map(({ table, statement }) => `${table}: ${statement.slice(0, 400)}`);

describe("what people do most, with a hundred thousand of each behind it", () => {
  it.each([
    ["Maria", "task @labour Inspect the wharf of Volos by Fri 17:00"],
    ["Maria", "tasks"],
    ["Omar", "tasks mine"],
    ["Maria", "tasks late @agency5"],
    ["Maria", "tasks wharf"],
    ["Sofia", "tasks"],
    ["Sofia", "late"],
    ["Maria", "late"],
    ["Maria", "nudge"],
    ["Eleni", `T-${ROWS + 1}`],
    ["Eleni", `accept T-${ROWS + 1}`],
    ["Eleni", `comment T-${ROWS + 1} On our way`],
    ["Eleni", `done T-${ROWS + 1} It was closed`],
    ["Maria", `close T-${ROWS + 1}`],
    ["Omar", "meetings"],
  ])("%s: /coord %s reads no table through", async (name, line) => {
    const large = await largeTables();
    let answer = "";
    const scans = await scansOf(async () => {
      answer = await w.ask(name, line);
    });
    expect(answer).not.toBe("");
    const ofLarge = scans.filter(({ table }) => large.has(table));
    console.info(`${line}: ${waysOf(ofLarge)}`);
    expect(readThrough(ofLarge)).toEqual([]);
  });

  it("a delivery reads no table through", async () => {
    const large = await largeTables();
    await w.ask("Maria", "task @labour Count the boats of Volos by Fri 17:00");
    const jobs = [...w.queue.waiting].filter(([key]) => key.startsWith("deliver-"));
    expect(jobs.length).toBeGreaterThan(0);
    const scans = await scansOf(async () => {
      for (const [, { job, data }] of jobs) await job.run(job.schema.parse(data));
    });
    console.info(`a delivery: ${waysOf(scans.filter(({ table }) => large.has(table)))}`);
    expect(scans.some(({ table }) => table === "outbox")).toBe(true);
    expect(readThrough(scans.filter(({ table }) => large.has(table)))).toEqual([]);
  });
});

describe("with a hundred thousand of each behind it", () => {
  it.each([
    ["the inbox of a focal point", "Maria", "inbox"],
    ["the inbox of an officer", "Omar", "inbox"],
    ["the inbox of the secretariat", "Sofia", "inbox"],
    ["a person's digest", "Eleni", "digest"],
    ["an agency's week", "Eleni", "digest agency"],
    ["the body's week", "Sofia", "digest body"],
  ])("%s reads no table through", async (what, name, line) => {
    const large = await largeTables();
    const scans = (await scansOf(() => w.say(name, line))).filter(({ table }) => large.has(table));
    const most = new Map<string, number>();
    for (const { table, rows: read, removed } of scans)
      most.set(table, Math.max(most.get(table) ?? 0, (read + removed) / (large.get(table) ?? 1)));
    const ratios = [...most].map(([table, ratio]) => `${table} ${(100 * ratio).toFixed(2)} %`);
    console.info(`${what}: ${scans.length} scans of large tables; at most of one at once: ${ratios.join(", ")}`);
    expect(readThrough(scans)).toEqual([]);
    // What is open is a twentieth; nothing looks at more than that of a table.
    const much = scans.filter(({ table, removed }) => removed > (large.get(table) ?? 0) / OPEN);
    expect(much.map(({ table, removed, statement }) => `${table} ${removed}: ${statement.slice(0, 400)}`)).toEqual([]);
  });
});

describe("among a hundred thousand titles", () => {
  /** Pages that a statement of this body touches, in what it calls too: what a function reads stands in no plan. */
  async function pagesOf(statement: CompiledQuery): Promise<number> {
    const { rows } = await w.runtime.store.inBody(w.body, (tx) =>
      tx.executeQuery<{ "QUERY PLAN": [{ Plan: { "Shared Hit Blocks": number; "Shared Read Blocks": number } }] }>({
        ...statement,
        sql: `explain (analyze, buffers, format json) ${statement.sql}`,
      }),
    );
    const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
    return (plan?.["Shared Hit Blocks"] ?? 0) + (plan?.["Shared Read Blocks"] ?? 0);
  }

  it.each([
    ["words are looked for", "tasks all 00018c6f"],
    ["a title like this one is looked for", "task @labour 98f13708210194c475687be6106a3b84 task 20"],
  ])("%s without the table being read", async (what, line) => {
    const { rows } = await sql<{
      pages: number;
    }>`select relpages as pages from pg_class where relname = 'tasks'`.execute(w.runtime.store.owner);
    const table = Number(rows[0]?.pages);
    const sent = vi.spyOn(DefaultQueryExecutor.prototype, "executeQuery");
    await w.say("Sofia", line);
    const asked = sent.mock.calls
      .map(([query]) => query as CompiledQuery)
      .filter(({ sql: text }) => /tasks_saying|open_tasks_like/.test(text));
    sent.mockRestore();
    expect(asked.length).toBeGreaterThan(0);
    for (const statement of asked) {
      const pages = await pagesOf(statement);
      console.info(`${what}: ${pages} pages, of ${table} of the table`);
      expect(pages).toBeLessThan(table / 5);
    }
  });
});
