import type { Context } from "../command/define.js";
import type { Reference } from "../command/references.js";
import { refuse } from "../lib/refusal.js";
import { runningFor } from "./acts/session.js";
import { findHeld } from "./find.js";
import type { Held } from "./store.js";

/** The meeting named, else the one in which one sits: inside a meeting nobody types its reference. */
export async function heldOrRunning(c: Context, reference: Reference | undefined, example: string): Promise<Held> {
  if (reference) return findHeld(c, reference, "run");
  const held = await runningFor(c);
  if (!held) return refuse((t) => t.errors.noRunning({ example }));
  // Held until the commit, as if it had been named.
  return findHeld(
    c,
    { kind: "meeting", number: held.meeting.number, part: held.occurrence.n, text: held.occurrence.ref },
    "run",
  );
}
