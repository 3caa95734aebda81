import { defineFolder } from "../../src/command/folder.js";
import { accept } from "./accept.js";
import { agree } from "./agree.js";
import { cancel } from "./cancel.js";
import { close } from "./close.js";
import { say } from "./comment.js";
import { date } from "./date.js";
import { decline } from "./decline.js";
import { done } from "./done.js";
import { edit } from "./edit.js";
import { give } from "./give.js";
import { keep } from "./keep-date.js";
import { tasks } from "./list.js";
import { nudge } from "./nudge.js";
import { nudgeall } from "./nudge-all.js";
import { problem } from "./problem.js";
import { read } from "./read.js";
import { notyet } from "./reopen.js";
import { resolved } from "./resolved.js";
import { show } from "./show.js";
import { support } from "./support.js";
import { mine } from "./take.js";
import { task } from "./task.js";
import { undo } from "./undo.js";

export const folder = defineFolder({
  order: 10,
  commands: [
    task,
    tasks,
    show,
    mine,
    read,
    give,
    accept,
    decline,
    date,
    agree,
    keep,
    done,
    problem,
    resolved,
    close,
    notyet,
    cancel,
    edit,
    support,
    say,
    undo,
    nudge,
    nudgeall,
  ],
  topics: {
    tasks: ["task", "give", "done"],
  },
});
