import { z } from "zod";

/** Far above what a platform takes; a runaway paste must not fill the memory. */
const WORDS = 40_000;

const words = z.string().max(WORDS);
const id = z.string().max(200);
const place = z.enum(["personal", "channel"]);

/**
 * What the page may ask for. `raw` is what the platform's own client would send for the control
 * that was used: a Block Kit action, an Adaptive Card's data; the flavour reads it as its adapter would.
 */
const act = z.discriminatedUnion("type", [
  /** What was typed in the composer: a command for Coord, or ordinary words in the agency channel. */
  z.object({ type: z.literal("command"), place, text: words }),
  z.object({ type: z.literal("threadReply"), place, thread: id, text: words }),
  /** A button or a menu, on a message or on the home screen. */
  z.object({ type: z.literal("click"), place, line: id, raw: z.unknown() }),
  z.object({ type: z.literal("homeClick"), raw: z.unknown() }),
  z.object({ type: z.literal("submit"), form: id, raw: z.unknown() }),
  z.object({ type: z.literal("close"), form: id }),
  z.object({ type: z.literal("suggest"), form: id, raw: z.unknown(), query: z.string().max(1_000) }),
  z.object({ type: z.literal("shortcut"), place, line: id }),
  z.object({ type: z.literal("home") }),
]);

export const request = z.object({
  persona: id,
  /** Made by the page, the same when it asks again: the inbound's key. */
  key: z.string().regex(/^[\w-]{8,64}$/),
  act,
});

export type Act = z.infer<typeof act>;
