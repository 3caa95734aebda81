import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { presenceMessage } from "../../src/meetings/decisions.js";

export const presence = defineCommand({
  name: "presence",
  group: "meetings",
  summary: (t) => t.commands.presence,
  example: "presence",
  may: "meeting.list",
  args: {},
  run: async (c) => ({ private: true, post: await presenceMessage(c.work, c.viewer, readerIn(c)) }),
});
