import { unzipSync } from "fflate";

/** What a file that somebody gives is. */
export type FileType = { extension: string; type: string };
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
