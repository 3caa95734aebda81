import { choice, ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { settle as answerCorrection } from "../../src/meetings/acts/minutes.js";
import { maySettle } from "../../src/meetings/allows.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const settle = defineCommand({
  name: "settle",
  group: "meetings",
  summary: (t) => t.commands.settle,
  example: "settle M-12 1 take",
  args: {
    ref: ref(MEETINGS),
    number: wholeNumber({ label: (t) => t.args.number }),
    verdict: choice({
      label: (t) => t.args.verdict,
      values: ["take", "refuse"] as const,
      show: (t, value) => t.meetings.buttons[value],
    }),
  },
  allows: maySettle,
  async run(c, { ref, number, verdict }) {
    const held = await findHeld(c, ref, "run");
    await answerCorrection(c, held, number, verdict === "take");
    return sentence(c, c.t.meetings.settled({ ref: held.occurrence.ref, n: number, taken: verdict === "take" }));
  },
});
