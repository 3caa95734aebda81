import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { showDraft } from "../../src/requests/acts/writing.js";
import { answered } from "../../src/requests/answer.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestdraft = defineCommand({
  name: "request-draft",
  group: "requests",
  summary: (t) => t.commands["request-draft"],
  example: "request draft R-9",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
  },
  allows: (c, ref) => findRequest(c, ref, "show_draft"),
  async run(c, { ref }) {
    const one = await findRequest(c, ref, "show_draft");
    return answered(c, await showDraft(c, one), "show_draft");
  },
});
