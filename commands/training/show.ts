import { page, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { shown } from "../../src/training/answer.js";
import { findTraining } from "../../src/training/find.js";
import { TRAININGS } from "../../src/training/store.js";

export const trainingshow = defineCommand({
  name: "training-show",
  group: "training",
  summary: (t) => t.commands["training-show"],
  example: "K-2",
  may: "training.see",
  args: { ref: ref(TRAININGS), page: page() },
  run: async (c, { ref, page = 1 }) => shown(c, await findTraining(c, ref), page),
});
