import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { takeUp } from "../../src/training/acts/entering.js";
import { answered } from "../../src/training/answer.js";
import { findTraining } from "../../src/training/find.js";
import { TRAININGS } from "../../src/training/store.js";

/** The need and the offer, in whichever order. */
export const trainingtake = defineCommand({
  name: "training-take",
  group: "training",
  summary: (t) => t.commands["training-take"],
  example: "training take K-2 K-4",
  may: "training.write",
  args: { ref: ref(TRAININGS), other: ref(TRAININGS) },
  async run(c, { ref, other }) {
    const [one, two] = [await findTraining(c, ref), await findTraining(c, other)];
    const item = await takeUp(c, one, two);
    return answered(c, item, c.t.training.taken({ ref: one.ref, other: two.ref }));
  },
});
