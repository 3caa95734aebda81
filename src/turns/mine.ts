import { type RawBuilder, sql } from "kysely";
import type { Person } from "../people/model.js";
import { decidesFor, type Viewer, worksHere } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Mine } from "./turn.js";

/** For whom somebody answers at this moment, in one statement. @param viewer as `asDeputy` made it */
export async function mineOf(work: UnitOfWork, person: Person, viewer: Viewer): Promise<Mine> {
  const { agencyId } = viewer;
  if (viewer.onBehalf) return { id: "", agencyId, away: new Map(), speaks: true, coordinator: false };
  const speaks = decidesFor(viewer);
  return {
    id: person.id,
    agencyId,
    away: await awayFor(work, person, speaks),
    speaks,
    duty: viewer.onDuty && worksHere(viewer),
    coordinator: viewer.roles.includes("coordinator"),
  };
}

async function awayFor(work: UnitOfWork, person: Person, speaks: boolean): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string; deputies: (string | null)[] }>`
    select p.id, p.name,
      array_agg(case when d.active and d.agency_id = p.agency_id
        and exists (select from roles r where r.person_id = d.id) then d.id end) as deputies
    from absences a join persons p on p.id = a.person_id left join persons d on d.id = a.deputy_id
    where a.until_at > ${work.now} and a.from_at <= ${work.now}
      and p.agency_id = ${person.agencyId}::uuid and p.active and p.id <> ${person.id}::uuid
      and exists (select from roles r where r.person_id = p.id)
    group by p.id`.execute(work.tx);
  const mine = rows.filter(
    ({ deputies }) => deputies.includes(person.id) || (speaks && deputies.every((id) => id === null)),
  );
  return new Map(mine.map(({ id, name }) => [id, name]));
}

/** Oneself and those whose turn is one's own too, for a list in SQL; never empty. */
export const idsOf = ({ id, away }: Mine): RawBuilder<unknown> =>
  sql.join([id || NOBODY, ...away.keys()].map((one) => sql`${one}::uuid`));

/** Oneself alone: what passes to no deputy. */
export const ownId = ({ id }: Mine): RawBuilder<unknown> => sql`${id || NOBODY}::uuid`;

export const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The person in this column is none of the agency's any more: the twin of `isHere`. @param agency an id, or a column */
export const isGone = (column: string, agency: string | { column: string }): RawBuilder<boolean> => sql<boolean>`
  (not exists (select from roles gr join persons gp on gp.id = gr.person_id
    where gr.person_id = ${sql.ref(column)} and gp.active
      and gp.agency_id = ${typeof agency === "string" ? sql`${agency}::uuid` : sql.ref(agency.column)}))`;
