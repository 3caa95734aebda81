import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { withdraw } from "../../src/training/acts/entering.js";
import { callOff } from "../../src/training/acts/sessions.js";
import { answered } from "../../src/training/answer.js";
import { findTraining } from "../../src/training/find.js";
import { TRAININGS } from "../../src/training/store.js";

/** Takes a need or an offer back, or calls a session off with its meeting. */
export const trainingwithdraw = defineCommand({
  name: "training-withdraw",
  group: "training",
  summary: (t) => t.commands["training-withdraw"],
  example: "training withdraw K-2",
  may: "training.write",
  args: { ref: ref(TRAININGS) },
  async run(c, { ref }) {
    const item = await findTraining(c, ref);
    if (item.kind === "session") return answered(c, await callOff(c, item), c.t.training.calledOff({ ref: item.ref }));
    return answered(c, await withdraw(c, item), c.t.training.withdrawn({ ref: item.ref }));
  },
});
