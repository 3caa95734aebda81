import { record } from "../audit/record.js";
import { tableCsv } from "../documents/table.js";
import type { Opener } from "../files/serve.js";
import type { Person } from "../people/model.js";
import { may } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { AUTHORITY } from "./model.js";
import { authoritiesOf, urgentOf } from "./store.js";
import { COLUMNS, rowOf } from "./table.js";

/** The directory as a table for one person, by the rights of the moment; urgent channels for who may open one. */
export const openDirectoryCsv: Opener = async (work, person) => {
  if (!may(person, "authority.see")) return undefined;
  const rows = (await rowsFor(work, person)).map((row) =>
    COLUMNS.map((column) => (Array.isArray(row[column]) ? row[column].join("|") : row[column])),
  );
  const bytes = tableCsv([[...COLUMNS], ...rows]);
  return { name: `${work.body.slug}-directory.csv`, type: "text/csv; charset=utf-8", bytes };
};

/** The same, for programs. */
export const openDirectoryJson: Opener = async (work, person) => {
  if (!may(person, "authority.see")) return undefined;
  const bytes = new TextEncoder().encode(`${JSON.stringify(await rowsFor(work, person), undefined, 2)}\n`);
  return { name: `${work.body.slug}-directory.json`, type: "application/json; charset=utf-8", bytes };
};

async function rowsFor(work: UnitOfWork, person: Person) {
  await record(work, { action: "authority.exported", actorId: person.id, item: { kind: AUTHORITY, id: work.body.id } });
  const all = await authoritiesOf(
    work,
    await work.tx.selectFrom("authorities").selectAll().orderBy("number").execute(),
  );
  const opens = may(person, "authority.urgent");
  return Promise.all(all.map(async (one) => rowOf(one, opens ? await urgentOf(work, one) : undefined)));
}
