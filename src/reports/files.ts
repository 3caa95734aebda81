import { createHash } from "node:crypto";
import { record } from "../audit/record.js";
import { type SummaryDocument, summaryDocument } from "../documents/summary.js";
import { summaryWorkbook, XLSX } from "../documents/summary-sheet.js";
import { summaryCsv, summaryJson } from "../documents/summary-text.js";
import { DOCX } from "../documents/word.js";
import type { FileKind } from "../files/links.js";
import type { Opener } from "../files/serve.js";
import type { SummaryFormat } from "../store/report-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { documentOf } from "./document.js";
import { type Summary, summaryItem } from "./model.js";
import { reportCharts } from "./pictures.js";
import { countedReport, mayReadSummary, SUMMARIES } from "./store.js";

/** A summary as files. All are made of one model, so that each says the same to the digit. */

export const FORMATS = ["docx", "xlsx", "csv", "json"] as const satisfies readonly SummaryFormat[];

const TYPES: Record<SummaryFormat, string> = {
  docx: DOCX,
  xlsx: XLSX,
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

export type SummaryFile = { format: SummaryFormat; bytes: Uint8Array; sha256: string };

/** Every format, of the same document. */
export async function filesOf(document: SummaryDocument): Promise<SummaryFile[]> {
  const made: SummaryFile[] = [];
  for (const format of FORMATS) {
    const bytes = await fileOf(document, format);
    made.push({ format, bytes, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  return made;
}

async function fileOf(document: SummaryDocument, format: SummaryFormat): Promise<Uint8Array> {
  switch (format) {
    case "docx":
      return summaryDocument(document);
    case "xlsx":
      return summaryWorkbook(document);
    case "csv":
      return summaryCsv(document);
    case "json":
      return summaryJson(document);
  }
}

/** A published one as it was published; a draft with every number, for who makes summaries. */
export const openSummary =
  (format: SummaryFormat): Opener =>
  async (work, person, id) => {
    const summary = await SUMMARIES.byId(work, id);
    if (!summary || !mayReadSummary(person, summary)) return undefined;
    const bytes =
      summary.state === "published"
        ? await publishedFile(work, id, format)
        : await draftFile(work, summary, format, person.lang);
    if (!bytes) return undefined;
    await record(work, { action: "report.downloaded", actorId: person.id, item: summaryItem(summary), code: format });
    return { name: `${summary.ref}-${summary.period.key.replace("/", "_")}.${format}`, type: TYPES[format], bytes };
  };

async function draftFile(work: UnitOfWork, summary: Summary, format: SummaryFormat, lang: string) {
  const report = await countedReport(work, summary.id);
  if (!report) return undefined;
  // Word alone shows charts.
  const charts = format === "docx" ? await reportCharts(report, lang) : [];
  return fileOf(documentOf(work.body, summary, report, lang, charts), format);
}

/** @throws Error when what was kept is not what was published */
async function publishedFile(work: UnitOfWork, id: string, format: SummaryFormat): Promise<Uint8Array | undefined> {
  const row = await work.tx
    .selectFrom("published_files")
    .select(["file", "sha256"])
    .where("summary_id", "=", id)
    .where("format", "=", format)
    .executeTakeFirst();
  if (!row) return undefined;
  const bytes = (await work.cipher()).openBytes(row.file);
  if (createHash("sha256").update(bytes).digest("hex") !== row.sha256) throw new Error("a published file was altered");
  return bytes;
}

export const summaryOpeners: Readonly<Record<FileKind, Opener>> = Object.fromEntries(
  FORMATS.map((format) => [`summary.${format}`, openSummary(format)]),
);
