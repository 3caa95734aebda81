import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { copyRequest } from "../../src/requests/acts/writing.js";
import { addressee } from "../../src/requests/args.js";
import { calledTo } from "../../src/requests/model.js";
import { REQUESTS } from "../../src/requests/store.js";
import { checkOf } from "../../src/requests/views.js";

/** A draft that asks another authority for the same; of a technique, the next State on its route. */
export const requestcopy = defineCommand({
  name: "request-copy",
  group: "requests",
  summary: (t) => t.commands["request-copy"],
  example: "request copy R-9 A-60",
  may: "request.write",
  args: { ref: ref(REQUESTS), to: addressee() },
  allows: (c, ref) => findRequest(c, ref, "copy"),
  async run(c, { ref, to }) {
    const one = await findRequest(c, ref, "copy");
    const drafted = await copyRequest(c, one, to);
    const message = await checkOf(c.work, drafted, readerIn(c));
    const { kinds } = c.t.requests;
    const text = c.t.requests.copied({
      ...{ ref: drafted.ref, first: one.ref, kind: kinds[one.kind], to: calledTo(drafted) },
    });
    return { private: true, post: { ...message, text, blocks: [{ type: "text", text }, ...message.blocks] } };
  },
});
