import { type Command, Registry } from "../src/command.js";
import { accept } from "./accept.js";
import { add, addaccount } from "./add.js";
import { agree } from "./agree.js";
import { away, back } from "./away.js";
import { bind } from "./bind.js";
import { body } from "./body.js";
import { cancel } from "./cancel.js";
import { close } from "./close.js";
import { date } from "./date.js";
import { decline } from "./decline.js";
import { digest } from "./digest.js";
import { done } from "./done.js";
import { duty } from "./duty.js";
import { edit } from "./edit.js";
import { give } from "./give.js";
import { gotit } from "./gotit.js";
import { helpFor } from "./help.js";
import { hints } from "./hints.js";
import { inbox } from "./inbox.js";
import { joiners } from "./joiners.js";
import { keep } from "./keep.js";
import { ladder } from "./ladder.js";
import { letin, refuse } from "./letin.js";
import { mine } from "./mine.js";
import { notyet } from "./notyet.js";
import { nudge } from "./nudge.js";
import { nudgeall } from "./nudgeall.js";
import { problem } from "./problem.js";
import { read } from "./read.js";
import { remind } from "./remind.js";
import { remove } from "./remove.js";
import { resolved } from "./resolved.js";
import { say } from "./say.js";
import { settings } from "./settings.js";
import { show } from "./show.js";
import { snooze } from "./snooze.js";
import { support } from "./support.js";
import { task } from "./task.js";
import { tasks } from "./tasks.js";
import { undelivered } from "./undelivered.js";
import { undo } from "./undo.js";
import { who } from "./who.js";

const help = helpFor(() => visible);

/** In the order in which help shows them. */
const all = [
  ...[inbox, task, tasks, show, mine, read, give, accept, decline, date, agree, keep, done, problem, resolved],
  ...[close, notyet, cancel, edit, support, say, undo, snooze, remind, nudge, nudgeall, gotit],
  ...[who, add, addaccount, joiners, letin, refuse, remove, duty, bind, hints, undelivered],
  ladder,
  ...[settings, digest, away, back, body, help],
] as unknown as Command[];

const visible = all.filter((command) => !command.hidden);

export const registry = new Registry(all);
