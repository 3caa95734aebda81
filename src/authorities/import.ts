import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import { notify } from "../delivery/outbox.js";
import { faultWords } from "../files/faults.js";
import { dropRead, keepRead, readWaiting } from "../files/preview.js";
import type { Taker } from "../files/serve.js";
import { messagesFor } from "../i18n/index.js";
import { wordsOf } from "../lib/csv.js";
import { refuse } from "../lib/refusal.js";
import { may } from "../policy/index.js";
import { drained } from "../store/slices.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { columnsOf } from "./acts.js";
import { compared, merged, type Preview } from "./compare.js";
import { AUTHORITY, type Authority } from "./model.js";
import { directoryPreview } from "./notifications.js";
import { urgentOf } from "./store.js";
import { type ReadAuthority, readTable } from "./table.js";

/** A statement takes 65,535 values (PostgreSQL's protocol), and a row is 26 of them. */
const ROWS_AT_ONCE = 1_000;

/**
 * A directory from a table or from JSON, all of it or nothing: read and checked, then put before who sent it with what
 * it would change, and taken in when they say so.
 */
export const takeDirectory: Taker = async (work, person, _itemId, { bytes }) => {
  const t = messagesFor(person.lang);
  if (!may(person, "authority.write"))
    return t.errors.notAllowed({ roles: [t.roles.focal_point, t.roles.coordinator] });
  const today = dayOf(work.now, work.body.zone);
  return async (inBody) => {
    const { rows, faults } = await drained(readTable(wordsOf(bytes), today));
    if (faults.length) return faultWords(t, faults, t.directory.fault);
    return inBody(async (work) => {
      const { unknown } = await compared(work, rows);
      if (unknown.length) return faultWords(t, unknown, t.directory.fault);
      const draft = await keepRead(work, person.id, rows);
      await notify(work, { notification: directoryPreview, params: { draft }, to: { personId: person.id } });
      return undefined;
    });
  };
};

/** Compared once more, since the directory may have changed meanwhile; one transaction, so that all of it comes or nothing. */
export async function importDirectory(c: Context, draft: string): Promise<Preview> {
  const { work, person } = c;
  const rows = await readWaiting<ReadAuthority[]>(work, draft, person.id);
  if (!rows) return refuse((t) => t.errors.directoryGone);
  const { fresh, changed, same, missing, unknown } = await compared(work, rows);
  const [fault] = unknown;
  if (fault) refuse((t) => t.directory.fault(fault));
  const numbers = fresh.length ? await work.nextOf(AUTHORITY, fresh.length) : [];
  const written = [
    ...(await Promise.all(
      fresh.map(async (row, i) => ({
        ...{ id: randomUUID(), number: numbers[i] as number, keeper_id: person.agencyId, version: 0 },
        ...(await valuesOf(work, row)),
      })),
    )),
    ...(await Promise.all(
      changed.map(async ({ row, was }) => ({
        ...{ id: was.id, number: was.number, keeper_id: was.keeper.id, version: was.version + 1 },
        ...(await valuesOf(work, row, was)),
      })),
    )),
  ];
  for (let from = 0; from < written.length; from += ROWS_AT_ONCE)
    await work.tx
      .insertInto("authorities")
      .values(written.slice(from, from + ROWS_AT_ONCE))
      .onConflict((o) =>
        o.column("id").doUpdateSet((eb) => {
          const first = written[0] as (typeof written)[0];
          const { id: _id, number: _number, created_at: _created, keeper_id: _keeper, ...rest } = first;
          const columns = Object.keys(rest) as (keyof typeof rest)[];
          return {
            ...Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)])),
            // Who checked it stands as long as the day does; who stands in, as long as it is closed.
            verified_by: sql`case when excluded.verified_on = authorities.verified_on then authorities.verified_by end`,
            replaced_by: sql`case when excluded.state = 'closed' then authorities.replaced_by end`,
          };
        }),
      )
      .execute();
  await dropRead(work, draft);
  await recordAct(c, {
    action: "authority.imported",
    item: { kind: AUTHORITY, id: draft },
    detail: { agency: person.agency.handle, fresh: fresh.length, changed: changed.length },
  });
  return { fresh: fresh.length, changed: changed.length, same, missing };
}

/** A file that does not say when something was checked, or how it is reached at night, takes nothing of that away. */
async function valuesOf(work: UnitOfWork, row: ReadAuthority, was?: Authority) {
  const facts = was ? merged(row, was) : row.facts;
  const urgent = facts.urgent ?? (was && (await urgentOf(work, was)));
  return {
    ...(await columnsOf(work, { ...facts, urgent })),
    state: row.state ?? was?.state ?? ("active" as const),
    ...{ verified_on: row.verifiedOn ?? was?.verifiedOn ?? null, verified_by: null, created_at: work.now },
  };
}
