import { pino } from "pino";

/**
 * Structured logs: event names, references and figures. Never a person's words, a token or a secret URL:
 * callers pass only what is listed in `Detail`, and errors are reduced to their name, code and place.
 */
export type Detail = Record<string, string | number | boolean | undefined>;

export interface Log {
  debug(event: string, detail?: Detail): void;
  info(event: string, detail?: Detail): void;
  warn(event: string, detail?: Detail): void;
  error(event: string, error: unknown, detail?: Detail): void;
}

export function createLog(level: string): Log {
  const out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    debug: (event, detail) => out.debug(detail ?? {}, event),
    info: (event, detail) => out.info(detail ?? {}, event),
    warn: (event, detail) => out.warn(detail ?? {}, event),
    error: (event, error, detail) => out.error({ ...detail, ...describe(error) }, event),
  };
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** An error's message can quote a row or a payload: only its kind and where it was thrown are kept. */
function describe(error: unknown): Detail {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    error: error.name,
    code: typeof code === "string" || typeof code === "number" ? code : undefined,
    at: error.stack
      ?.split("\n")
      .filter((line) => line.startsWith("    at "))
      .slice(0, 4)
      .map((line) => line.trim().replace(/^at /, ""))
      .join(" < "),
  };
}
