import type { Cell, Report } from "../../../src/reports/model.js";

/** What a summary says, in whatever format: each figure now and before, each line of each table, cell by cell. */
export type Numbers = {
  figures: Record<string, { now: Cell | undefined; before: Cell | undefined }>;
  tables: Record<string, Record<string, Cell[]>>;
};

/** Makes a document of a report and reads its numbers back. */
export type Reader = { format: string; read(report: Report): Promise<Numbers> };

/** Without the plan's, which are no counts of events. */
export const numbersOf = ({ figures, tables }: Report): Numbers => ({
  figures: Object.fromEntries(
    figures.filter(({ section }) => section !== "plan").map(({ id, now, before }) => [id, { now, before }]),
  ),
  tables: Object.fromEntries(
    tables.map(({ id, lines }) => [id, Object.fromEntries(lines.map(({ key, cells }) => [key, cells]))]),
  ),
});

/** Every format is held against the recount: a new one is one line here. */
export const READERS: readonly Reader[] = [{ format: "figures", read: async (report) => numbersOf(report) }];
