import type { Block } from "../../src/chat/index.js";
import { agencies, keyed, label, optional, party, priority, rest, text, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { sitsIn } from "../../src/meetings/acts/session.js";
import { strictest } from "../../src/policy/index.js";
import { ask } from "../../src/tasks/acts.js";
import { askedMessage } from "../../src/tasks/asked.js";
import { similarTasks } from "../../src/tasks/similar.js";
import { lineOf } from "../../src/tasks/views.js";

export const task = defineCommand({
  name: "task",
  aliases: ["ask", "assign"],
  group: "tasks",
  summary: (t) => t.commands.task,
  example: "task @labour Inspect 3 farms in Kilkis by Fri 17:00",
  may: "task.create",
  args: {
    to: party({ label: (t) => t.args.partyLabel, hint: (t) => t.args.partyHint }),
    title: rest({ label: (t) => t.args.title, max: 200 }),
    by: optional(when({ label: (t) => t.args.by })),
    detail: keyed("detail", text({ label: (t) => t.args.detail, multiline: true })),
    priority: keyed("priority", priority({ label: (t) => t.args.priority })),
    label: keyed("tlp", label({ label: (t) => t.args.label, hint: (t) => t.args.labelHint })),
    with: { ...agencies({ label: (t) => t.args.with }), key: "with" },
  },
  async run(c, { to, title, by, detail, priority, label, with: supporters }) {
    const { t, work } = c;
    // Inside a meeting a task is one of its actions, and at least as strict as the meeting; who is recorded in several
    // at once may speak of any of them (docs/access.md, Ceilings).
    const sitting = c.source || c.onBehalf ? [] : await sitsIn(c);
    const [one, another] = sitting;
    const within = one && !another ? { ...c, source: { kind: "meeting", id: one.occurrence.id } } : c;
    const labels = sitting.map(({ meeting }) => meeting.label);
    const made = await ask(within, {
      lead: to.agency,
      assignee: to.person,
      title,
      due: by,
      detail,
      priority,
      label: one ? strictest(one.meeting.label, ...labels, ...(label ? [label] : [])) : label,
      supporters,
    });
    const reader = readerIn(c);
    const similar = await similarTasks(work, c.viewer, made);
    const blocks: Block[] = similar.length
      ? [
          { type: "text", text: t.tasks.similar({ count: similar.length }) },
          { type: "list", items: similar.map((other) => lineOf(work, other, reader, "requester")) },
        ]
      : [];
    return { private: true, post: await askedMessage(c, made, { due: by, label, blocks }) };
  },
});
