import { ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { findToFill } from "../../src/requests/acts/writing.js";
import { detach } from "../../src/requests/attachments.js";
import { REQUESTS } from "../../src/requests/store.js";

/** By its number, as `request read` numbers them: what it is called is content. */
export const requestdetach = defineCommand({
  name: "request-detach",
  group: "requests",
  summary: (t) => t.commands["request-detach"],
  example: "request detach R-9 2",
  may: "request.use",
  args: { ref: ref(REQUESTS), number: wholeNumber({ label: (t) => t.args.requestFile, max: 10 }) },
  allows: (c, ref) => findToFill(c, ref),
  async run(c, { ref, number }) {
    const one = await findToFill(c, ref);
    const changed = await detach(c, one, number);
    if (!changed)
      return refuse((t) =>
        t.errors.requestNoFile({
          ...{ ref: one.ref, n: number, sent: one.subject.sent },
          count: one.content.files?.length ?? 0,
        }),
      );
    return sentence(c, c.t.requests.detached({ ref: one.ref, n: number, count: changed.content.files?.length ?? 0 }));
  },
});
