import { ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { correct as correctMinutes } from "../../src/meetings/acts/minutes.js";
import { mayCorrect } from "../../src/meetings/allows.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const correct = defineCommand({
  name: "correct",
  group: "meetings",
  summary: (t) => t.commands.correct,
  example: "correct M-12 Line 3 should read 14 cases",
  args: { ref: ref(MEETINGS), words: rest({ label: (t) => t.args.correction, multiline: true }) },
  allows: mayCorrect,
  async run(c, { ref, words }) {
    const held = await findHeld(c, ref, "propose");
    const n = await correctMinutes(c, held, words);
    return sentence(c, c.t.meetings.corrected({ ref: held.occurrence.ref, n }));
  },
});
