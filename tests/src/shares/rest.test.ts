import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, expect, it } from "vitest";
import { CANARY } from "../../canary.js";
import { storeIn } from "../../store.js";
import { formOf, textOf, World } from "../../world.js";
import { askUse, draft, fill, open, press, release, wholly } from "./acting.js";

/** After a whole life nothing that anybody wrote lies in the clear, in any table or file of the data directory. */
const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Jonas: "border focal_point staff",
};
const LIFE = [
  ...["share.file_added", "share.returned", "share.released", "share.opened", "share.outcome_final", "share.breached"],
  ...["use.granted", "use.refused", "share.tightened", "share.recalled", "share.declined"],
];

let directory = "";
afterEach(() => rm(directory, { recursive: true, force: true }));

it("leaves no word in a table, a page, the write-ahead log or any other file", async () => {
  directory = await mkdtemp(join(tmpdir(), "coord-rest-"));
  const w = await World.create({ people: PEOPLE, store: await storeIn(directory) });
  w.runtime.site = "https://coord.example";
  const said = { title: "zqtitleqz lorries", content: `zqcontentqz ${"zqlongqz plates AB 1234. ".repeat(80)}` };
  const conditions = { label: "GREEN", codes: ["H1", "H2", "H3"], other: "zqconditionqz" };
  const ref = await draft(w, "Petros", "@labour", conditions, said);
  const link = wholly(await w.say("Petros", `share file ${ref}`));
  const token = /\/upload\/([\w-]+)/.exec(link)?.[1] ?? "";
  const bytes = new TextEncoder().encode("zqfileqz ".repeat(2_000));
  expect(await w.runtime.files.take(token, { name: "zqfilenameqz.txt", bytes })).toEqual({ wrong: undefined });
  await w.say("Maria", "share rule on");
  await w.say("Petros", `share send ${ref} sure`);
  await fill(w, "Maria", "share-return", ref, { reason: "zqbackqz" });
  await fill(w, "Petros", "share-write", ref, said);
  await w.say("Petros", `share send ${ref} sure`);
  await w.say("Maria", `share review ${ref}`);
  await w.settle();
  expect(wholly(await open(w, "Eleni", ref))).toContain("zqcontentqz");
  expect(textOf(await w.say("Jonas", "shares zqcontentqz"))).not.toContain("zq");
  await w.say("Eleni", `outcome ${ref} zqlineqz`);
  const asks = { code: "H2", purpose: "zqpurposeqz", basis: "zqbasisqz", to: ["@border"] };
  const granted = await askUse(w, "Eleni", ref, asks);
  const refused = await askUse(w, "Omar", ref, asks);
  await fill(w, "Maria", "use-grant", granted, { until: "in 9 days", conditions: "zqgrantqz" });
  await fill(w, "Maria", "use-refuse", refused, { reason: "zqrefusalqz" });
  await fill(w, "Eleni", "outcome", ref, { kind: "arrest", narrative: "zqoutcomeqz" });
  await fill(w, "Jonas", "breach", ref, { by: "@border", words: "zqbreachqz" });
  await fill(w, "Petros", "tighten", ref, { codes: ["H0"], other: "zqtightenedqz" });
  await fill(w, "Petros", "recall", ref, { reason: "zqrecallqz" });
  await w.say("Maria", "share rule off");
  const other = await release(w, "Maria", "@labour", { label: "AMBER" }, said);
  await fill(w, "Eleni", "share-decline", other, { reason: "zqdeclineqz" });
  // What was typed into a form that came back waits sealed.
  const form = formOf(await press(w, "Petros", "share-decline", ref).then(() => w.say("Maria", "share @labour")));
  await w.submit("Maria", form, { with: ["@labour"], kind: "a", label: "AMBER", other: "zqdraftqz" });
  await w.settle();
  expect(wholly(w.payloads)).not.toMatch(CANARY);

  const { owner } = w.runtime.store;
  const done = (await owner.selectFrom("events").select("action").distinct().execute()).map(({ action }) => action);
  expect(done).toEqual(expect.arrayContaining(LIFE));
  const tables = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(owner);
  let dumped = 0;
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(owner);
    dumped += rows.length;
    expect(
      rows
        .map(({ row }) => row)
        .join("\n")
        .match(CANARY),
      name,
    ).toBeNull();
  }
  await sql`checkpoint`.execute(owner);
  await w.close();

  const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  let size = 0;
  let known = 0;
  for (const file of files) {
    const content = await readFile(join(file.parentPath, file.name));
    size += content.length;
    const text = content.toString("latin1");
    expect(text.match(CANARY), file.name).toBeNull();
    // The search can see: names of agencies are no secret.
    if (text.includes("Northern Body")) known++;
  }
  console.info(
    `at rest: ${tables.rows.length} tables of ${dumped} rows, ${files.length} files of ${Math.round(size / 1_048_576)} MB`,
  );
  expect(known).toBeGreaterThan(0);
});
