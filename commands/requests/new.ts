import { keyed, optional, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { draftRequest } from "../../src/requests/acts/writing.js";
import { addressee, inAnyOrder, kind, requestLabel, urgency } from "../../src/requests/args.js";
import { calledTo } from "../../src/requests/model.js";
import { checkOf } from "../../src/requests/views.js";

/** A draft, and what it lacks, each with the button that opens that very field. */
export const requestnew = defineCommand({
  name: "request-new",
  group: "requests",
  summary: (t) => t.commands["request-new"],
  example: "request new mla A-55 Records of a company account",
  may: "request.write",
  args: {
    kind: kind(),
    to: addressee(),
    urgency: keyed("urgency", urgency()),
    label: optional({ ...requestLabel(), shape: "key", key: "tlp" }),
    subject: text({
      ...{ label: (t) => t.args.requestSubject, hint: (t) => t.args.requestSubjectHint },
      ...{ shape: "rest", max: 120 },
    }),
  },
  refine: inAnyOrder,
  async run(c, { kind, to, urgency, label, subject }) {
    const one = await draftRequest(c, { kind, to, urgency, label, subjectLine: subject });
    const message = await checkOf(c.work, one, readerIn(c));
    const { kinds, urgencies } = c.t.requests;
    const text = c.t.requests.drafted({
      ...{ ref: one.ref, kind: kinds[kind], to: calledTo(one), urgency: urgencies[one.urgency] },
    });
    return {
      private: true,
      post: { ...message, text, blocks: [{ type: "text", text }, ...message.blocks] },
    };
  },
});
