import type { Config } from "../runtime/config.js";
import type { Runtime } from "../runtime/runtime.js";

/** One configured part: fine, or what to do about it. */
export type Check = { name: string; run: () => Promise<Finding> };

export type Finding = { ok: boolean; say: string };

export type CliParts = {
  runtime: Runtime;
  config: Config;
  checks: Check[];
  applied: readonly string[];
  /** Where the operator's pages are, once this process serves them. */
  pages?: string;
};
