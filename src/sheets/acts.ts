import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import { refuse } from "../lib/refusal.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { type Measure, measureName } from "./measures.js";
import { itemOf, SAID, SHEET, type Sheet, type SheetFacts } from "./model.js";
import { SHEETS, sheetFor } from "./store.js";

/** What people do with procedure sheets. Whoever may write in the directory may change any of them. */

/** Who writes a sheet has just asked: it counts as checked today. @throws Refusal where there is one in force */
export async function writeSheet(c: Context, country: string, measure: Measure, facts: SheetFacts): Promise<Sheet> {
  const { work, person } = c;
  check(facts);
  await checkNone(work, country, measure);
  const id = randomUUID();
  // Of two who write it at once the second is told of the first.
  const written = await work.tx
    .insertInto("procedure_sheets")
    .values({
      ...{ id, number: await work.next(SHEET), keeper_id: person.agencyId, created_at: work.now, country, measure },
      ...{ ...columnsOf(facts), verified_on: dayOf(work.now, work.body.zone), verified_by: person.id },
    })
    // Written out: with a parameter a plan that is kept finds no index that it could rest on.
    .onConflict((o) => o.columns(["body_id", "country", "measure"]).where(sql<boolean>`not removed`).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!written) await checkNone(work, country, measure);
  const sheet = await SHEETS.reload(work, id);
  await happened(c, sheet, "written");
  return sheet;
}

async function checkNone(work: UnitOfWork, country: string, measure: Measure): Promise<void> {
  const there = await sheetFor(work, country, measure);
  if (there) refuse((t) => t.errors.sheetThere({ ref: there.ref, measure: measureName(t, measure) }));
}

/** What is absent stays; `null` is emptied. */
export type SheetEdit = { [Key in keyof SheetFacts]?: SheetFacts[Key] | null };

export async function changeSheet(c: Context, { id }: Sheet, edit: SheetEdit): Promise<Sheet> {
  const { work } = c;
  const sheet = await SHEETS.reload(work, id, true);
  const given = Object.entries(edit).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value ?? undefined]],
  );
  const facts: SheetFacts = { ...sheet, ...Object.fromEntries(given) };
  check(facts);
  await work.tx
    .updateTable("procedure_sheets")
    .set({ ...columnsOf(facts), version: sheet.version + 1 })
    .where("id", "=", sheet.id)
    .execute();
  const changed = await SHEETS.reload(work, sheet.id);
  await happened(c, changed, "changed");
  return changed;
}

/** Where something is not done, it is said what is done instead, or that nothing is. */
function check({ possible, instead }: SheetFacts): void {
  if (possible === "no" && !instead) refuse((t) => t.errors.sheetInstead);
}

const columnsOf = (facts: SheetFacts) => ({
  ...(Object.fromEntries(SAID.map((one) => [one, facts[one] ?? null])) as Record<(typeof SAID)[number], string | null>),
  ...{ possible: facts.possible, langs: [...facts.langs], receives_id: facts.receives?.id ?? null },
});

/** Somebody asked whether it is still right. @param source who said so */
export async function verifySheet(c: Context, { id }: Sheet, source?: string): Promise<Sheet> {
  const { work, person } = c;
  const sheet = await SHEETS.reload(work, id, true);
  await work.tx
    .updateTable("procedure_sheets")
    .set({
      ...{ verified_on: dayOf(work.now, work.body.zone), verified_by: person.id, version: sheet.version + 1 },
      ...(source === undefined ? {} : { source }),
    })
    .where("id", "=", sheet.id)
    .execute();
  const changed = await SHEETS.reload(work, sheet.id);
  await happened(c, changed, "checked");
  return changed;
}

/** It is there for nobody any more, and another may be written in its place. */
export async function removeSheet(c: Context, { id }: Sheet): Promise<Sheet> {
  const { work } = c;
  const sheet = await SHEETS.reload(work, id, true);
  await work.tx
    .updateTable("procedure_sheets")
    .set({ removed: true, version: sheet.version + 1 })
    .where("id", "=", sheet.id)
    .execute();
  await happened(c, sheet, "removed");
  return sheet;
}

const happened = (c: Context, sheet: Sheet, done: "written" | "changed" | "checked" | "removed"): Promise<void> =>
  recordAct(c, {
    action: `procedure_sheet.${done}`,
    item: itemOf(sheet),
    detail: { agency: c.person.agency.handle, country: sheet.country, measure: sheet.measure },
  });
