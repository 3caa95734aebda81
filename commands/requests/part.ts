import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answerRequest } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered, filesGoing } from "../../src/requests/answer.js";
import { answering, words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestpart = defineCommand({
  name: "request-part",
  group: "requests",
  summary: (t) => t.commands["request-part"],
  example: "request part R-9 the registry says: owner unknown",
  may: "request.use",
  intro: filesGoing,
  args: {
    ref: ref(REQUESTS),
    ...answering(),
    answer: words((t) => t.args.requestAnswer),
  },
  allows: (c, ref) => findRequest(c, ref, "answer_part"),
  async run(c, { ref, ...given }) {
    const one = await findRequest(c, ref, "answer_part");
    return answered(c, await answerRequest(c, one, given, true), "answer_part");
  },
});
