import { type RawBuilder, type SqlBool, sql } from "kysely";
import { SPEAKING, type Speaking } from "./viewer.js";

/** Who is there at a moment, in SQL: under TLP:RED it decides who may recall what an absent person gave. */

const awayAt = (person: RawBuilder<unknown>, now: Date): RawBuilder<SqlBool> => sql<SqlBool>`exists (
  select from absences ab where ab.person_id = ${person} and ab.from_at <= ${now} and ab.until_at > ${now})`;

/** Away at this moment, or no longer with that agency in this body. */
export const isAbsent = (person: string, agency: string, now: Date): RawBuilder<SqlBool> => sql<SqlBool>`(
  ${awayAt(sql.ref(person), now)} or not exists (
    select from roles gr join persons gp on gp.id = gr.person_id
    where gr.person_id = ${sql.ref(person)} and gp.active and gp.agency_id = ${sql.ref(agency)}))`;

/** The roles by which somebody of an agency decides for it now: an absent focal point does through a deputy. */
export const rolesThere = (agency: string, now: Date): RawBuilder<{ role: Speaking }> => sql<{ role: Speaking }>`
  select pr.role from persons pp join roles pr on pr.person_id = pp.id
  where pp.agency_id = ${sql.ref(agency)} and pp.active and pr.role in (${sql.join(SPEAKING)})
    and (not ${awayAt(sql`pp.id`, now)} or pr.role = ${SPEAKING[0]} and exists (
      select from absences pa join persons pd on pd.id = pa.deputy_id
      where pa.person_id = pp.id and pa.from_at <= ${now} and pa.until_at > ${now}
        and pd.active and pd.agency_id = pp.agency_id and exists (select from roles dr where dr.person_id = pd.id)))`;
