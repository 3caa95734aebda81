import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const dir = resolve(import.meta.dirname, "../../..", process.env.CONFORMANCE_DIR ?? "../shared/conformance");

/** A file of the third-party material, or undefined where the folder is missing: the test then says so and passes. */
export function conformance<T>(path: string): T | undefined {
  const file = resolve(dir, path);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as T;
  console.log(`skipped: no conformance material (${path}); CONFORMANCE_DIR tells where it is`);
  return undefined;
}

export type Transition = {
  utc: string;
  /** Minutes from UTC, before and after. */
  before: number;
  after: number;
  kind: "gap" | "overlap";
  minutes: number;
};

export type ZoneTransitions = { zones: { zone: string; transitions: Transition[] }[] };
