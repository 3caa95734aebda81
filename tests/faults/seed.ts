import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Store } from "../../src/store/database.js";
import { numbersFrom } from "../store.js";

export type Seed = {
  people: number;
  /** Workspaces: each has a pace of its own. */
  tenants: number;
  steps: number;
  firstDue: Date;
  /** The steps fall due evenly within so long. */
  withinMs: number;
  platform?: "slack" | "web";
};

/** A body with people in many workspaces and tasks whose only reminder is at their deadline; quiet but for these. */
export async function seedBody(store: Store): Promise<string> {
  const body = randomUUID();
  await store.owner
    .insertInto("bodies")
    .values({ id: body, slug: "north", name: "Northern Body", zone: "Europe/Athens", rules: '{"digest":"off"}' })
    .execute();
  return body;
}

export async function seed(
  store: Store,
  body: string,
  { people, tenants, steps, firstDue, withinMs, platform = "slack" }: Seed,
) {
  const db = store.owner;
  await db.transaction().execute(async (tx) => {
    await sql`create temporary table seeded_agencies on commit drop as
      select gen_random_uuid() as id, i as n from generate_series(0, ${tenants}::int - 1) g(i)`.execute(tx);
    await sql`insert into agencies (id, handle, name, mandate, zone, work_from, work_to)
      select id, 'agency' || n, 'Agency ' || n, 'other', 'Europe/Athens', '00:00', '24:00' from seeded_agencies`.execute(
      tx,
    );
    await sql`insert into members (body_id, agency_id, represented) select ${body}::uuid, id, false from seeded_agencies`.execute(
      tx,
    );
    await sql`create temporary table seeded_people on commit drop as
      select gen_random_uuid() as id, i as n, a.id as agency, a.n as tenant
      from generate_series(0, ${people}::int - 1) g(i) join seeded_agencies a on a.n = i % ${tenants}::int`.execute(tx);
    await sql`insert into persons (id, agency_id, name, zone, work_from, work_to, digest_at)
      select id, agency, 'Person ' || n, 'Europe/Athens', '00:00', '24:00', 'off' from seeded_people`.execute(tx);
    await sql`insert into roles (body_id, person_id, role) select ${body}::uuid, id, 'staff' from seeded_people`.execute(
      tx,
    );
    await sql`insert into accounts (platform, tenant, user_id, person_id)
      select ${platform}, 'T' || tenant, 'U' || n, id from seeded_people`.execute(tx);
    await seedTasks(tx as unknown as typeof db, body, { people, steps, firstDue, withinMs });
  });
  await sql`analyze`.execute(db);
}

/** Tasks of the people there are, each with its one step. */
async function seedTasks(
  db: Store["owner"],
  body: string,
  o: Pick<Seed, "people" | "steps" | "firstDue" | "withinMs">,
): Promise<void> {
  await sql`create temporary table seeded_tasks on commit drop as
    select gen_random_uuid() as id, i + 1 as number, p.id as person, p.agency,
      ${o.firstDue}::timestamptz + (i::float8 * ${o.withinMs / o.steps}::float8) * interval '1 millisecond' as due
    from generate_series(0, ${o.steps}::int - 1) g(i) join seeded_people p on p.n = i % ${o.people}::int`.execute(db);
  await sql`insert into tasks (id, body_id, number, title, state, requester_id, requester_agency_id, lead_agency_id,
      assignee_id, due_at, due_zone, original_due_at, created_at, agreed_at, own_ladder)
    select id, ${body}::uuid, number, 'Look at harbour ' || number, 'agreed', person, agency, agency, person, due,
      'Europe/Athens', due, now(), now(), 'due' from seeded_tasks`.execute(db);
  await numbersFrom(db, body, "task", o.steps);
  await sql`insert into reminder_steps (id, body_id, item_kind, item_id, step, audience, about, ladder, due_at)
    select gen_random_uuid(), ${body}::uuid, 'task', id, 'due', 'own', due, 0, due from seeded_tasks`.execute(db);
}
