import { randomUUID } from "node:crypto";
import { unzipSync } from "fflate";
import { record } from "../audit/record.js";
import type { Opener, Taker } from "../files/serve.js";
import { messagesFor } from "../i18n/index.js";
import { nameTold } from "../people/told.js";
import { mayShare } from "../policy/index.js";
import type { Work } from "../work.js";
import { accepted, purposeOf } from "./acts/opening.js";
import { bump, recordFor } from "./acts/sharing.js";
import { itemOf, type Share } from "./model.js";
import { shareById } from "./store.js";

/** Files that belong to a share: sealed at rest, of a few kinds, opened by one-time addresses, each download logged. */

export const MOST_BYTES = 10 * 1_048_576;
const MOST_FILES = 10;
const LONGEST_FILE_NAME = 200;

export type Attachment = { id: string; name: string; type: string; size: number };

export async function attachmentsOf(work: Work, share: Pick<Share, "id">): Promise<Attachment[]> {
  const rows = await work.tx
    .selectFrom("attachments")
    .select(["id", "name", "type", "size"])
    .where("share_id", "=", share.id)
    .orderBy("at")
    .execute();
  const cipher = await work.cipher();
  return rows.map((row) => ({ ...row, name: cipher.open(row.name) }));
}

/** Takes a file for a draft of this person's. */
export const takeAttachment: Taker = async (work, person, shareId, { name, bytes }) => {
  const t = messagesFor(person.lang);
  const share = await shareById(work, shareId, true);
  if (!share || mayShare(person, "edit", share.subject) !== undefined) return t.errors.fileLate;
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return t.errors.fileSize({ megabytes: MOST_BYTES / 1_048_576 });
  if ((await attachmentsOf(work, share)).length >= MOST_FILES) return t.errors.fileCount({ max: MOST_FILES });
  const type = typeOf(bytes);
  if (!type) return t.errors.fileType({ kinds: KINDS });
  const cipher = await work.cipher();
  const id = randomUUID();
  await work.tx
    .insertInto("attachments")
    .values({
      id,
      share_id: share.id,
      name: cipher.seal(fileName(name, type.extension)),
      type: type.type,
      size: bytes.length,
      content: cipher.sealBytes(bytes),
      by: person.id,
      at: work.now,
    })
    .execute();
  await recordFor(work, person, await bump(work, share, {}), "share.file_added");
  return undefined;
};

export const openAttachment: Opener = async (work, person, attachmentId) => {
  const row = await work.tx.selectFrom("attachments").selectAll().where("id", "=", attachmentId).executeTakeFirst();
  // Held until the commit: a recall comes before the download or after it.
  const share = row && (await shareById(work, row.share_id, true));
  if (!row || !share || mayShare(person, "open", share.subject) !== undefined) return undefined;
  const ours = share.providerAgency.id === person.agencyId;
  if (!ours && !(await accepted(work, share, person.id))) return undefined;
  await work.tx
    .insertInto("share_openings")
    .values({
      share_id: share.id,
      person_id: person.id,
      agency_id: person.agencyId,
      conditions: share.conditions,
      purpose: (await purposeOf(work, share, person.id)) ?? "assessment",
      accepted: false,
      attachment_id: row.id,
      at: work.now,
    })
    .execute();
  await record(work, { action: "share.downloaded", actorId: person.id, item: itemOf(share) });
  const cipher = await work.cipher();
  return { name: cipher.open(row.name), type: row.type, bytes: cipher.openBytes(row.content) };
};

/** No path, no control character, no dot in front, and the ending of what it is. */
function fileName(raw: string, extension: string): string {
  const last = raw.slice(Math.max(raw.lastIndexOf("/"), raw.lastIndexOf("\\")) + 1);
  const base = (nameTold(last, LONGEST_FILE_NAME) ?? "").replace(/[\n\t"<>|:*?]/g, " ").replace(/^[.\s]+/, "");
  const stem = base
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .slice(0, 100)
    .trim();
  return `${stem || "file"}.${extension}`;
}

const KINDS = "PDF, PNG, JPEG, Word (docx), Excel (xlsx), CSV, TXT";
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
