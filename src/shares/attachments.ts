import { unzipSync } from "fflate";
import { cleanName } from "../people/clean.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Share } from "./model.js";

/** Files that belong to a share: sealed at rest, of a few kinds, opened by one-time addresses, each download logged. */

export const MOST_BYTES = 10 * 1_048_576;
export const MOST_FILES = 10;
const LONGEST_FILE_NAME = 200;

export type Attachment = { id: string; name: string; type: string; size: number };

export async function attachmentsOf(work: UnitOfWork, share: Pick<Share, "id">): Promise<Attachment[]> {
  const rows = await work.tx
    .selectFrom("attachments")
    .select(["id", "name", "type", "size"])
    .where("share_id", "=", share.id)
    .orderBy("at")
    .execute();
  const cipher = await work.cipher();
  return rows.map((row) => ({ ...row, name: cipher.open(row.name) }));
}

/** No path, no control character, no dot in front, and the ending of what it is. */
export function fileName(raw: string, extension: string): string {
  const last = raw.slice(Math.max(raw.lastIndexOf("/"), raw.lastIndexOf("\\")) + 1);
  const base = (cleanName(last, LONGEST_FILE_NAME) ?? "").replace(/[\n\t"<>|:*?]/g, " ").replace(/^[.\s]+/, "");
  const stem = base
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .slice(0, 100)
    .trim();
  return `${stem || "file"}.${extension}`;
}

export const KINDS = "PDF, PNG, JPEG, Word (docx), Excel (xlsx), CSV, TXT";
type FileType = { extension: string; type: string };
const OFFICE = "application/vnd.openxmlformats-officedocument";

/** By what the bytes are, never by what the name says. Files that can run something are not taken. */
export function typeOf(bytes: Uint8Array): FileType | undefined {
  const starts = (...head: number[]) => head.every((byte, index) => bytes[index] === byte);
  if (starts(0x25, 0x50, 0x44, 0x46, 0x2d)) return { extension: "pdf", type: "application/pdf" };
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { extension: "png", type: "image/png" };
  if (starts(0xff, 0xd8, 0xff)) return { extension: "jpg", type: "image/jpeg" };
  if (starts(0x50, 0x4b, 0x03, 0x04)) return officeType(bytes);
  return isText(bytes) ? textType(bytes) : undefined;
}

function officeType(bytes: Uint8Array): FileType | undefined {
  const names: string[] = [];
  try {
    // The names alone: nothing is unpacked, so nothing can swell.
    unzipSync(bytes, {
      filter: ({ name }) => {
        names.push(name);
        return false;
      },
    });
  } catch {
    return undefined;
  }
  if (!names.includes("[Content_Types].xml") || names.some((name) => /vbaProject|activeX|\.bin$/i.test(name)))
    return undefined;
  if (names.includes("word/document.xml")) return { extension: "docx", type: `${OFFICE}.wordprocessingml.document` };
  if (names.includes("xl/workbook.xml")) return { extension: "xlsx", type: `${OFFICE}.spreadsheetml.sheet` };
  return undefined;
}

function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return !/[^\P{Cc}\r\n\t]/u.test(text);
  } catch {
    return false;
  }
}

/** The same columns in every line make a table. */
function textType(bytes: Uint8Array): FileType {
  const [first = "", second = ""] = new TextDecoder().decode(bytes.subarray(0, 4_096)).split(/\r?\n/);
  const commas = (line: string) => line.split(/[,;\t]/).length;
  return commas(first) > 1 && commas(first) === commas(second)
    ? { extension: "csv", type: "text/csv; charset=utf-8" }
    : { extension: "txt", type: "text/plain; charset=utf-8" };
}
