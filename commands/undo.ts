import { optional, ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { calledLast, takeBackCall } from "../src/meetings/acts/undoing.js";
import { findMeeting } from "../src/meetings/find.js";
import { sentence } from "../src/reply.js";
import { undo as undoLast } from "../src/tasks/acts.js";
import { answered } from "../src/tasks/answer.js";

export const undo = defineCommand({
  name: "undo",
  group: "tasks",
  summary: (t) => t.commands.undo,
  example: "undo",
  args: { ref: optional(ref("meeting", "M")) },
  async run(c, { ref }) {
    const called = ref ? await findMeeting(c, ref) : await calledLast(c);
    if (called) {
      const { ref } = await takeBackCall(c, called);
      return sentence(c, c.t.meetings.takenBack({ ref }));
    }
    const task = await undoLast(c);
    return answered(c, task, c.t.tasks.undone({ ref: task.ref }));
  },
});
