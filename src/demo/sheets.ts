import { randomUUID } from "node:crypto";
import type { Agency } from "../people/model.js";
import type { Measure } from "../sheets/measures.js";
import { SHEET, type SheetFacts } from "../sheets/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf, plusDays } from "../time/index.js";

/** What the two neighbours of the story do for requests, made up for the demo. */
const SHEETS: readonly (Pick<SheetFacts, "possible" | "instead" | "requirements" | "takes" | "executes"> & {
  country: string;
  measure: Measure;
  /** Days since somebody asked. */
  checked: number;
})[] = [
  {
    ...{ country: "XS", measure: "video_testimony", possible: "partly", checked: 60, takes: "6 weeks" },
    instead: "A suspect is not heard by video: written questions, put by a judge",
    requirements: "Questions in French; the hearing is led by a judge of Sudmark",
    executes: "Court of the place where the person lives",
  },
  {
    ...{ country: "XS", measure: "documents_records", possible: "yes", checked: 120, takes: "2 months" },
    requirements: "Account number or holder, and the period",
  },
  {
    ...{ country: "XS", measure: "search_seizure", possible: "partly", checked: 420 },
    instead: "Production order where the holder is a bank",
    requirements: "Order of a court, with the text of the law",
  },
  {
    ...{ country: "XE", measure: "video_testimony", possible: "no", checked: 200 },
    instead: "Statement taken by a prosecutor of Estavia on written questions",
  },
  { ...{ country: "XE", measure: "transfer_sentenced", possible: "yes", checked: 40, takes: "8 months" } },
];

export async function addSheets(work: UnitOfWork, keeper: Agency): Promise<void> {
  const numbers = await work.nextOf(SHEET, SHEETS.length);
  const today = dayOf(work.now, work.body.zone);
  const rows = SHEETS.map(({ checked, ...facts }, n) => ({
    ...{ id: randomUUID(), number: numbers[n] as number, keeper_id: keeper.id, created_at: work.now, ...facts },
    ...{ langs: ["fr", "en"], source: "Made up for the demo", verified_on: plusDays(today, -checked) },
  }));
  await work.tx.insertInto("procedure_sheets").values(rows).execute();
}
