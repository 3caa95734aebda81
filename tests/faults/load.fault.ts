import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Coord, cleanUp, emptyFolder } from "../blackbox/coord.js";
import { Crowd, type Heard, PATIENCE_MS } from "./crowd.js";
import { print, Stage, until } from "./stage.js";

const [PEOPLE, TENANTS, SECONDS] = [600, 100, 20];
/** How many times more is written than this machine answers at this moment. */
const BEYOND = 10;
const FULL = "Many are writing at this moment";

describe("more than it can take, on the real program", () => {
  let stage: Stage;
  let coord: Coord;
  beforeEach(async () => {
    stage = await Stage.build();
    await stage.seed({
      people: PEOPLE,
      tenants: TENANTS,
      steps: 1,
      firstDue: new Date(Date.now() + 3.6e6),
      withinMs: 1,
    });
    await sql`insert into roles (body_id, person_id, role) select ${stage.body}::uuid, person_id, 'focal_point'
      from accounts where substr(user_id, 2)::int < ${TENANTS}`.execute(stage.store.owner);
    coord = await Coord.start({ ...stage.env, COORD_LOG: "info", COORD_DATA_DIR: await emptyFolder() });
  });
  afterEach(async () => {
    await coord?.close();
    await stage.close();
    await cleanUp();
  });

  const crowd = () =>
    new Crowd(`${coord.url}/slack/events`, {
      secret: "secret",
      people: PEOPLE,
      tenants: TENANTS,
      hooks: new URL(stage.slack.url).origin,
    });
  const task = (n: number, person: number) => `task @agency${(person + 1) % TENANTS} Case x${n}x`;

  it("answers or says that it is full, keeps what it answered and nothing else, loses nothing and doubles nothing", async () => {
    stage.slack.latencyMs = 80;
    const calm = crowd();
    const began = Date.now();
    for (let n = 0; n < 40; n++) await calm.one(n, task(n, n));
    const capacity = 40_000 / (Date.now() - began);
    expect(calm.heard.every(({ text }) => text.includes("is asked of"))).toBe(true);
    await allSent(120_000);
    const before = await tasks();

    const many = crowd();
    await many.write(Math.ceil(capacity * BEYOND), SECONDS, (n, person) => task(1_000 + n, person));
    const told = (has: (heard: Heard) => boolean) => many.heard.filter(has);
    const full = told(({ text }) => text.includes(FULL));
    const unheard = told(({ status }) => status === 0);

    // Soon, since a signature is good for five minutes. What was shed is taken when it comes again, and what was kept is not kept twice.
    const again: Heard[] = [];
    for (const heard of full.slice(-20)) again.push(await many.again(heard));
    expect(again.map(({ text }) => text.includes("is asked of"))).toEqual(again.map(() => true));
    const twice: Heard[] = [];
    const asked = told(({ text }) => text.includes("is asked of"));
    for (const heard of asked.slice(-20)) twice.push(await many.again(heard));
    expect(twice.map(({ status, text }) => `${status}${text}`)).toEqual(twice.map(() => "200"));
    await allSent(240_000);

    const kept = (await tasks()) - before;
    const shown = new Set([...asked.map(({ n }) => n), ...stage.slack.late]);
    // Only of what Slack itself gave up on can it be unknown whether it was kept.
    expect(kept - again.length - shown.size).toBeGreaterThanOrEqual(0);
    expect(kept - again.length - shown.size).toBeLessThanOrEqual(unheard.length);
    const cards = await sql<{ key: string }>`
      select 'D' || substr(a.user_id, 2) || ' T-' || t.number as key
      from outbox o join accounts a on a.person_id = o.person_id join tasks t on t.id::text = o.params ->> 'task'
      where o.card_id is null and o.notice = 'task.card'`.execute(stage.store.owner);
    const seen = stage.slack.told();
    const lost = cards.rows.filter(({ key }) => !seen.has(key));
    const doubled = [...seen].filter(([, times]) => times > 1);
    print(`${Math.ceil(capacity * BEYOND)} a second for ${SECONDS} s, where ${Math.round(capacity)} are answered`, {
      written: many.heard.length,
      answered: asked.length,
      full: full.length,
      unheard: unheard.length,
      kept,
      cards: cards.rows.length,
      lost: lost.length,
      doubled: doubled.length,
    });
    expect(cards.rows.length).toBeGreaterThan(kept);
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
    // The house filled up, said so in time, and went on answering all the while.
    expect(full.length).toBeGreaterThan(asked.length);
    expect(asked.length).toBeGreaterThan(capacity);
    expect(unheard.length).toBeLessThan(many.heard.length / 20);
    expect(Math.max(...full.map(({ ms }) => ms))).toBeLessThanOrEqual(PATIENCE_MS);
    expect(coord.said).not.toContain("receive.failed");
    expect(coord.said).not.toContain("queue.failed");
    expect(coord.alive).toBe(true);
  });

  const allSent = (ms: number) => until("everything has left", async () => (await stage.counts()).waiting === 0, ms);

  async function tasks(): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from tasks`.execute(stage.store.owner);
    return rows[0]?.n ?? 0;
  }
});
