import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";

/** Under a reminder: the sender of the delivery knows that it was read. Every button does; this one does nothing else. */
export const gotit = defineCommand({
  name: "gotit",
  group: "tasks",
  summary: (t) => t.commands.gotit,
  example: "gotit",
  hidden: true,
  args: {},
  run: async (c) => sentence(c, c.t.reminders.noted),
});
