import { optional, ref, rest, version, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { rewrite } from "../../src/meetings/acts/session.js";
import { mayNote } from "../../src/meetings/allows.js";
import { lineWords } from "../../src/meetings/args.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

/** Changes a line of the record; with nothing left of it, the line is taken away. */
export const noteedit = defineCommand({
  name: "note-edit",
  group: "meetings",
  summary: (t) => t.commands["note-edit"],
  example: "note edit M-12 line:3 Border guard reports 14 cases",
  formOnButton: true,
  formAlone: true,
  args: {
    ref: ref(MEETINGS),
    line: { ...wholeNumber({ label: (t) => t.args.line, shape: "key" }), key: "line", given: true as const },
    seen: optional(version()),
    words: optional(lineWords(rest({ label: (t) => t.args.note, multiline: true }))),
  },
  allows: mayNote,
  async run(c, { ref, line, seen, words }) {
    const held = await findHeld(c, ref, "run");
    await rewrite(c, held, line, seen, words);
    return sentence(c, c.t.meetings.lineChanged({ ref: held.occurrence.ref, n: line }));
  },
});
