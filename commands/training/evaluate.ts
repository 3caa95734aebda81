import { optional, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { checkEvaluates, evaluate } from "../../src/training/acts/asking.js";
import { answered } from "../../src/training/answer.js";
import { mark } from "../../src/training/args.js";
import { findSession } from "../../src/training/find.js";
import { TRAININGS } from "../../src/training/store.js";

export const trainingevaluate = defineCommand({
  name: "training-evaluate",
  group: "training",
  summary: (t) => t.commands["training-evaluate"],
  example: "training evaluate K-5 5 4 4 More time for practice",
  may: "training.see",
  intro: async (c) => c.t.training.withoutNames,
  args: {
    ref: ref(TRAININGS),
    usefulness: mark((t) => t.training.questions.usefulness),
    relevance: mark((t) => t.training.questions.relevance),
    trainer: mark((t) => t.training.questions.trainer),
    words: optional(rest({ label: (t) => t.args.evaluationWords, max: 500, multiline: true })),
  },
  allows: async (c, ref) => checkEvaluates(c, await findSession(c, ref)),
  async run(c, { ref, usefulness, relevance, trainer, words }) {
    const session = await findSession(c, ref);
    const answer = { usefulness: Number(usefulness), relevance: Number(relevance), trainer: Number(trainer) };
    await evaluate(c, session, answer, words);
    return answered(c, session, c.t.training.evaluated({ ref: session.ref }));
  },
});
