import type { Reply } from "../../src/chat/index.js";
import { optional, ref } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { type Done, lastAct, markUndone, UNDO_MINUTES } from "../../src/command/undoing.js";
import { refuse } from "../../src/lib/refusal.js";
import { takeBackCall } from "../../src/meetings/acts/undoing.js";
import { findMeeting } from "../../src/meetings/find.js";
import type { Meeting } from "../../src/meetings/model.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { may } from "../../src/policy/index.js";
import { undoPublishing } from "../../src/reports/acts.js";
import { SUMMARIES } from "../../src/reports/store.js";
import { undoShare } from "../../src/shares/acts/undoing.js";
import { undo as undoLast } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { type Removal, undoRemoval } from "../../src/turns/absence.js";

/** The last act of one's own, whatever it was about, as far as it can be taken back. */
export const undo = defineCommand({
  name: "undo",
  group: "tasks",
  summary: (t) => t.commands.undo,
  example: "undo",
  args: { ref: optional(ref(MEETINGS)) },
  async run(c, { ref }) {
    if (ref) return meetingTakenBack(c, await findMeeting(c, ref));
    const last = await lastAct(c);
    if (last?.kind === "meeting" && !last.undone) {
      const called = await MEETINGS.lock(c.work, last.itemId);
      if (called) return meetingTakenBack(c, called);
    }
    const said = last && (await undone(c, last));
    if (said !== undefined) return sentence(c, said);
    const task = await undoLast(c);
    return answered(c, task, c.t.tasks.undone({ ref: task.ref }));
  },
});

async function meetingTakenBack(c: Context, called: Meeting): Promise<Reply> {
  const { ref } = await takeBackCall(c, called);
  return sentence(c, c.t.meetings.takenBack({ ref }));
}

/** @returns undefined for what is about a task or a meeting. Pressed twice it reaches no older act. */
async function undone(c: Context, last: Done): Promise<string | undefined> {
  if (last.kind !== "person" && last.kind !== "share" && last.kind !== "summary") return undefined;
  if (last.undone) return refuse((t) => t.errors.nothingToUndo({ minutes: UNDO_MINUTES }));
  await markUndone(c, last);
  switch (last.kind) {
    case "person":
      if (!may(c.person, "people.remove")) refuse((t) => t.errors.nothingToUndo({ minutes: UNDO_MINUTES }));
      return undoRemoval(c, last.itemId, last.before as Removal);
    case "share":
      return (await undoShare(c, last)).said;
    case "summary": {
      const summary = may(c.person, "report.make") ? await SUMMARIES.byId(c.work, last.itemId) : undefined;
      if (!summary) return refuse((t) => t.errors.nothingToUndo({ minutes: UNDO_MINUTES }));
      return c.t.sure.publishUndone({ ref: (await undoPublishing(c, summary)).ref });
    }
  }
}
