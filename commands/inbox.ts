import { defineCommand } from "../src/command.js";
import { inboxMessage } from "../src/inbox.js";
import { readerIn } from "../src/reply.js";

export const inbox = defineCommand({
  name: "inbox",
  aliases: ["home", "today", "todo"],
  group: "tasks",
  summary: (t) => t.commands.inbox,
  example: "inbox",
  args: {},
  run: async (c) => ({ post: await inboxMessage(c.work, c.person, readerIn(c)), private: true }),
});
