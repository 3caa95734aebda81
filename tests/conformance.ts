import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "..", process.env.CONFORMANCE_DIR ?? "../shared/conformance");

/**
 * The third-party material, which stays outside the repository; undefined where the folder is missing. What needs it is
 * reported as skipped then, and its title says why: the one reason for which a test may be.
 */
export const conformanceDir: string | undefined = existsSync(folder) ? folder : undefined;

/** Behind the title of what needs the material. */
export const NEEDS = "(needs CONFORMANCE_DIR)";

/**
 * A file of the material; undefined where the folder is missing.
 * @throws where the folder is there and the file is not: what it is to be held against would be held against nothing
 */
export const conformance = <T>(path: string): T | undefined =>
  conformanceDir === undefined ? undefined : (JSON.parse(readFileSync(join(conformanceDir, path), "utf8")) as T);

/** The names of the files of a folder of the material; none where it is missing. */
export const conformanceFiles = (path: string): string[] =>
  conformanceDir === undefined ? [] : readdirSync(join(conformanceDir, path)).sort();
