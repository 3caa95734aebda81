import { choice, optional, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { checkFollows, follow } from "../../src/training/acts/asking.js";
import { answered } from "../../src/training/answer.js";
import { FOLLOW_ANSWERS } from "../../src/training/answers.js";
import { findSession } from "../../src/training/find.js";
import { TRAININGS } from "../../src/training/store.js";

export const trainingfollow = defineCommand({
  name: "training-follow",
  group: "training",
  summary: (t) => t.commands["training-follow"],
  example: "training follow K-5 partly Two of three posts use the new form",
  may: "training.write",
  args: {
    ref: ref(TRAININGS),
    answer: choice({
      label: (t) => t.args.followAnswer,
      values: FOLLOW_ANSWERS,
      show: (t, value) => t.training.follow[value],
    }),
    words: optional(rest({ label: (t) => t.args.followWords, max: 500, multiline: true })),
  },
  allows: async (c, ref) => checkFollows(c, await findSession(c, ref)),
  async run(c, { ref, answer, words }) {
    const session = await findSession(c, ref);
    await follow(c, session, answer, words);
    return answered(c, session, c.t.training.followedUp({ ref: session.ref }));
  },
});
