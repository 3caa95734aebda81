import { defineCommand } from "../src/command.js";
import { presenceMessage } from "../src/meetings/register.js";
import { readerIn } from "../src/reply.js";

export const presence = defineCommand({
  name: "presence",
  group: "meetings",
  summary: (t) => t.commands.presence,
  example: "presence",
  may: "meeting.list",
  args: {},
  run: async (c) => ({ private: true, post: await presenceMessage(c.work, c.viewer, readerIn(c)) }),
});
