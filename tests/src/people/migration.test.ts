import { readdirSync, readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { expect, it } from "vitest";
import { cleanName } from "../../../src/people/clean.js";

const FOLDER = new URL("../../../src/store/migrations/", import.meta.url);
const NAMES = [
  "Maria Papadaki",
  "O’Neill-Çelik",
  "مریم می\u200Cرود",
  "Omar \uE0000\uE001",
  "Omar\u202Eecilop",
  "Omar\nPolice",
  "\uFEFFZoe\u00AD\u2066",
];

/** The database that an earlier version wrote, with names as they were told then. */
it("names that were written before are cleaned, and those that need nothing stay", async () => {
  const database = await PGlite.create({ extensions: { pg_trgm } });
  const files = readdirSync(FOLDER).sort();
  const own = files.find((file) => file.startsWith("0010"));
  for (const file of files.filter((name) => own && name < own))
    await database.exec(readFileSync(new URL(file, FOLDER), "utf8"));
  const agency = "00000000-0000-4000-8000-000000000001";
  await database.query(
    "insert into agencies (id, handle, name, mandate, zone) values ($1, 'police', $2, 'other', 'UTC')",
    [agency, "Police\u202E\uE000"],
  );
  for (const [n, name] of NAMES.entries())
    await database.query("insert into persons (id, agency_id, name, zone) values ($1, $2, $3, 'UTC')", [
      `00000000-0000-4000-8000-00000000001${n}`,
      agency,
      name,
    ]);
  const body = "00000000-0000-4000-8000-000000000002";
  await database.query("insert into bodies (id, slug, name, zone) values ($1, 'north', $2, 'UTC')", [
    body,
    "North\nBody",
  ]);
  await database.query(
    `insert into enrolments (id, body_id, agency_id, role, expires_at, state, name, display_name)
      values ($1, $2, $3, 'staff', now(), 'asked', $4, $5)`,
    ["00000000-0000-4000-8000-000000000003", body, agency, "Zoe\uE0000\uE001", "Zoe\u202E\u0001P."],
  );
  await database.exec(readFileSync(new URL(own ?? "", FOLDER), "utf8"));
  const { rows } = await database.query<{ name: string }>("select name from persons order by id");
  expect(rows.map(({ name }) => name)).toEqual(NAMES.map((name) => cleanName(name)));
  expect((await database.query("select name from agencies")).rows).toEqual([{ name: "Police" }]);
  expect((await database.query("select name from bodies")).rows).toEqual([{ name: "North Body" }]);
  expect((await database.query("select name, display_name from enrolments")).rows).toEqual([
    { name: "Zoe0", display_name: "Zoe P." },
  ]);
  await database.close();
}, 300_000);
