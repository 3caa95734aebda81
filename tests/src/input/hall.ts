import { sql } from "kysely";
import { expect } from "vitest";
import type { AccountRef, Reply } from "../../../src/chat/index.js";
import { addAgency, initBody, linkPerson } from "../../../src/cli/setup.js";
import type { Role } from "../../../src/policy/index.js";
import { counted } from "../../statements.js";
import { textOf, World, ZONE } from "../../world.js";

/** Two coordination bodies. Labour is in both, and so is Omar; Nora of labour works in the south alone. */
export async function twoBodies(): Promise<World> {
  const w = await World.create({
    people: {
      Pia: "police staff focal_point",
      Fleur: "police staff focal_point",
      Lena: "labour focal_point",
      Omar: "labour staff teams",
      Lou: "labour staff",
      Sofia: "secretariat coordinator staff",
      Otto: "border staff focal_point",
    },
    agencies: ["prosecution"],
    lang: { Fleur: "fr" },
  });
  await initBody(w.runtime, { name: "Southern Body", slug: "south", zone: ZONE, lang: "en" });
  for (const handle of ["labour", "coastguard"])
    await addAgency(w.runtime, handle, { name: handle, zone: ZONE, body: "south" });
  await link(w, "Omar", "labour", ["staff"], "south");
  await link(w, "Nora", "labour", ["focal_point"], "south", "teams");
  await link(w, "Sven", "coastguard", ["focal_point", "staff"], "south");
  await settle(w);
  return w;
}

async function link(w: World, name: string, agency: string, role: Role[], body: string, platform = "slack") {
  const fresh: AccountRef = { platform: platform as "slack", tenant: `${platform}-${agency}`, user: `U${name}` };
  const account = knownIn(w, name) ?? fresh;
  await linkPerson(w.runtime, agency, {
    name,
    account: [`${account.platform}:${account.tenant}:${account.user}`],
    role,
    zone: ZONE,
    body,
  });
  w.enrolled(name, account);
}

function knownIn(w: World, name: string): AccountRef | undefined {
  try {
    return w.account(name);
  } catch {
    return undefined;
  }
}

export const settle = (w: World): Promise<void> => w.settle();

/**
 * What every table holds, but for what a refused attempt leaves on purpose: its key, its audit event and, where
 * something is asked, the words that wait sealed for the answer.
 */
export async function rowsOf(w: World): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'
    and tablename not in ('inbound', 'events', 'seals', 'pace', 'data_keys', 'migrations', 'drafts')`.execute(
    w.runtime.store.owner,
  );
  const counts: Record<string, number> = {};
  const all = sql.join(
    tables.map(({ name }) => sql`select ${name} as name, count(*)::int as n from ${sql.table(name)}`),
    sql` union all `,
  );
  const { rows } = await sql<{ name: string; n: number }>`${all}`.execute(w.runtime.store.owner);
  for (const { name, n } of rows) counts[name] = n;
  return counts;
}

/** How often the database is asked at most before a line is refused, whatever it says. */
const MOST_STATEMENTS = 40;

/** Nothing was done, and the answer is one sentence (or one and its example) for the reader alone. */
export async function refused(w: World, act: () => Promise<Reply>): Promise<string> {
  const before = await rowsOf(w);
  const { value: reply, statements } = await counted(act);
  expect(statements.length, "statements").toBeGreaterThan(0);
  expect(statements.length, "statements").toBeLessThanOrEqual(MOST_STATEMENTS);
  expect(await rowsOf(w)).toEqual(before);
  const text = textOf(reply);
  expect(text, "an answer").not.toBe("");
  expect(text.length, text).toBeLessThan(400);
  expect(text, "no figure of speech of a machine").not.toMatch(/undefined|null|\[object|NaN|Error|: \.|: ,/);
  if (reply && "post" in reply) expect(reply.private).toBe(true);
  return text;
}
