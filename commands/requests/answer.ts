import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answerRequest } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered, filesGoing } from "../../src/requests/answer.js";
import { answering, momentOf, onDay, words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestanswer = defineCommand({
  name: "request-answer",
  group: "requests",
  summary: (t) => t.commands["request-answer"],
  example: "request answer R-9 the phone belongs to nobody we know",
  may: "request.use",
  intro: filesGoing,
  args: {
    ref: ref(REQUESTS),
    ...answering(),
    on: onDay(),
    answer: words((t) => t.args.requestAnswer),
  },
  allows: (c, ref) => findRequest(c, ref, "answer"),
  async run(c, { ref, on, ...given }) {
    const one = await findRequest(c, ref, "answer");
    return answered(c, await answerRequest(c, one, { ...given, at: momentOf(c, on) }, false), "answer");
  },
});
