import { ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { findToAttach } from "../../src/requests/acts/deciding.js";
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
  allows: (c, ref) => findToAttach(c, ref),
  async run(c, { ref, number }) {
    const { one, side } = await findToAttach(c, ref);
    const { before, left } = await detach(c, one, number, side);
    if (left === before)
      return refuse((t) =>
        t.errors.requestNoFile({
          ...{ ref: one.ref, n: number, sent: side === "request" && one.subject.sent, count: before },
        }),
      );
    return sentence(c, c.t.requests.detached({ ref: one.ref, n: number, count: left }));
  },
});
