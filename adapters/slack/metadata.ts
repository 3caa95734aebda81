import { LIMITS } from "./limits.js";
import { at, str } from "./payload.js";

/** Where a form was opened: the answer to its submission goes back there. */
export type OpenedFrom = {
  channel?: string;
  thread?: string;
  /** The message that carried the button; an update replaces it. */
  message?: string;
  /** Slack's own address for answering, the only way to a message that one person alone sees. */
  responseUrl?: string;
  ephemeral?: true;
  /** People of other organisations read there: what the submission answers must know it too. */
  external?: true;
};

/**
 * A modal belongs to no conversation, so its `private_metadata` keeps where it was opened (first line)
 * beside the form's state (the rest, untouched). People do not see it, and only Slack brings it back.
 */
export const encodeMetadata = (state: string, from: OpenedFrom = {}): string => {
  const room = LIMITS.view.privateMetadata - state.length - 1;
  const { responseUrl: _, ...short } = from;
  const line = [from, short, {}].map((f) => JSON.stringify(f)).find((l) => l.length <= room);
  return `${line ?? "{}"}\n${state}`.slice(0, LIMITS.view.privateMetadata);
};

export const decodeMetadata = (wire: string | undefined): { state: string; from: OpenedFrom } => {
  const text = wire ?? "";
  const end = text.indexOf("\n");
  if (!text.startsWith("{") || end < 0) return { state: text, from: {} };
  try {
    const line: unknown = JSON.parse(text.slice(0, end));
    const from: OpenedFrom = {
      channel: str(line, "channel"),
      thread: str(line, "thread"),
      message: str(line, "message"),
      responseUrl: str(line, "responseUrl"),
      ...(at(line, "ephemeral") === true ? { ephemeral: true } : {}),
      ...(at(line, "external") === true ? { external: true } : {}),
    };
    return { state: text.slice(end + 1), from };
  } catch {
    return { state: text, from: {} };
  }
};
