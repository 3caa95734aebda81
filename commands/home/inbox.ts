import { choice, keyed, page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { inboxMessage, inboxPart, PARTS } from "../../src/turns/inbox.js";

/** Buttons carry them. */
const [given, silent] = [true, true] as const;

export const inbox = defineCommand({
  name: "inbox",
  aliases: ["home", "today", "todo"],
  group: "tasks",
  summary: (t) => t.commands.inbox,
  example: "inbox",
  args: {
    part: {
      ...keyed("part", choice({ label: (t) => t.args.view, values: PARTS, show: (_t, part) => part })),
      given,
      silent,
    },
    page: { ...page(), given, silent },
  },
  async run(c, { part, page = 1 }) {
    const reader = readerIn(c);
    const message = part
      ? await inboxPart(c.work, c.person, reader, { part, page })
      : await inboxMessage(c.work, c.person, reader, c.bodies);
    return { post: message, private: true };
  },
});
