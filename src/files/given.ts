import type { Span } from "../chat/index.js";
import type { Messages } from "../i18n/index.js";
import { cleanName } from "../people/clean.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type FileKind, fileLink } from "./links.js";
import { type FileType, typeOf } from "./types.js";

/** What is taken of a file that somebody attaches to an item: a few kinds, by what the bytes are, and a name that is safe. */

const MOST_BYTES = 10 * 1_048_576;
export const MOST_FILES = 10;
const LONGEST_FILE_NAME = 200;
const KINDS = "PDF, PNG, JPEG, Word (docx), Excel (xlsx), CSV, TXT";

/** A file in a dialog, with the address that opens it once; without one where nobody said how Coord is reached. */
export async function fileLine(
  work: UnitOfWork,
  personId: string,
  kind: FileKind,
  { id, name, size }: { id: string; name: string; size: number },
  t: Messages,
): Promise<Span[]> {
  const link = await fileLink(work, personId, kind, id);
  const kilobytes = Math.ceil(size / 1_024);
  return link
    ? [{ link: name, url: link.url }, ` (${kilobytes} kB) ${t.information.onceFor({ minutes: link.minutes })}`]
    : [name, ` (${kilobytes} kB). ${t.errors.noSite}`];
}

/** @returns what it is, or what is wrong with it; `again` is what to type for another address */
export function given(bytes: Uint8Array, t: Messages, again: string): FileType | { wrong: string } {
  if (bytes.length === 0 || bytes.length > MOST_BYTES)
    return { wrong: t.errors.fileSize({ megabytes: MOST_BYTES / 1_048_576, again }) };
  return typeOf(bytes) ?? { wrong: t.errors.fileType({ kinds: KINDS }) };
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
