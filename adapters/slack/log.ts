import type { webApi } from "@slack/bolt";
import type { AdapterLog } from "../../src/chat/index.js";
import { errorCode } from "./errors.js";

type SdkLogger = NonNullable<webApi.WebClientOptions["logger"]>;

/**
 * For the SDKs: they log whole payloads, URLs and tokens on `debug`, and errors with bodies in them.
 * Nothing passes but that something happened, and an error's code.
 */
export function sdkLogger(log: AdapterLog, part: string): SdkLogger {
  const told =
    (event: string) =>
    (...parts: unknown[]) => {
      const error = parts.find((one) => one instanceof Error);
      log.warn(event, { part, code: error ? errorCode(error) : "none" });
    };
  const quiet = () => undefined;
  return {
    debug: quiet,
    info: quiet,
    warn: told("slack.sdk_warning"),
    error: told("slack.sdk_error"),
    setLevel: quiet,
    setName: quiet,
    // Web-api asks before it builds its debug lines.
    getLevel: () => "error" as webApi.LogLevel,
  };
}
