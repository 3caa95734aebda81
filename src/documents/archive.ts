/** Office files are archives, and those who pack them stamp the moment of packing into every entry. */
import { unzipSync, zipSync } from "fflate";

/** Noon, because a day's first hour is missing in some zone or other. ZIP writes the local clock, so this is local. */
export const EPOCH = () => new Date(1980, 0, 1, 12);

/** The same files in an archive that says nothing of when it was packed. */
export const repacked = (archive: Uint8Array): Uint8Array => zipSync(unzipSync(archive), { mtime: EPOCH() });
