/** Which signs a font has. Knows the tables of OpenType (ISO/IEC 14496-22) that say so, and no others. */
import { closeSync, openSync, readSync } from "node:fs";

/**
 * The code points for which a font file has a shape, by its `cmap` (formats 4 and 12, which every font of the last
 * twenty years has). Only that table is read, a few hundred kilobytes of a font of any size.
 *
 * @throws where the file cannot be read or is no OpenType font
 */
export function signsOf(file: string): ReadonlySet<number> {
  const table = cmapOf(file);
  const found = new Set<number>();
  for (let n = 0; n < table.getUint16(2); n++) {
    const at = table.getUint32(4 + n * 8 + 4);
    const format = table.getUint16(at);
    if (format === 4) segments(table, at, found);
    else if (format === 12) groups(table, at, found);
  }
  return found;
}

function cmapOf(file: string): DataView {
  const opened = openSync(file, "r");
  const read = (from: number, length: number) => {
    const bytes = new Uint8Array(length);
    readSync(opened, bytes, 0, length, from);
    return new DataView(bytes.buffer);
  };
  try {
    const count = read(0, 12).getUint16(4);
    const directory = read(12, count * 16);
    for (let n = 0; n < count; n++)
      if (directory.getUint32(n * 16) === 0x636d6170)
        return read(directory.getUint32(n * 16 + 8), directory.getUint32(n * 16 + 12));
  } finally {
    closeSync(opened);
  }
  throw new Error(`no table of signs in ${file}`);
}

/** Format 4: runs of the basic plane, each with a shift or a list of its own; shape 0 is the box for what is missing. */
function segments(table: DataView, at: number, found: Set<number>): void {
  const length = table.getUint16(at + 6);
  const [ends, starts] = [at + 14, at + 16 + length];
  const [shifts, lists] = [starts + length, starts + length * 2];
  for (let n = 0; n < length; n += 2) {
    const [end, start] = [table.getUint16(ends + n), table.getUint16(starts + n)];
    const list = table.getUint16(lists + n);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const place = lists + n + list + (code - start) * 2;
      const listed = list === 0 ? code : place + 2 <= table.byteLength ? table.getUint16(place) : 0;
      if (listed !== 0 && ((listed + table.getUint16(shifts + n)) & 0xffff) !== 0) found.add(code);
    }
  }
}

/** Format 12: groups of all planes, each with its first shape. */
function groups(table: DataView, at: number, found: Set<number>): void {
  for (let n = 0; n < table.getUint32(at + 12); n++) {
    const group = at + 16 + n * 12;
    const [start, end, shape] = [table.getUint32(group), table.getUint32(group + 4), table.getUint32(group + 8)];
    for (let code = start; code <= end && code <= 0x10ffff; code++) if (shape + code - start !== 0) found.add(code);
  }
}
