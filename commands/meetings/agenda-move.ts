import { ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { reorder } from "../../src/meetings/acts/agenda.js";
import { mayOrder } from "../../src/meetings/allows.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const agendamove = defineCommand({
  name: "agenda-move",
  group: "meetings",
  summary: (t) => t.commands["agenda-move"],
  example: "agenda move M-12 4 1",
  args: {
    ref: ref(MEETINGS),
    from: wholeNumber({ label: (t) => t.args.item, max: 99 }),
    to: wholeNumber({ label: (t) => t.args.position, max: 99 }),
  },
  allows: mayOrder,
  async run(c, { ref, from, to }) {
    const { meeting, occurrence } = await findHeld(c, ref, "run");
    const items = await reorder(c, meeting, occurrence, from, to);
    const lines = items.flatMap(({ n }) => (n === undefined ? [] : [n]));
    return sentence(c, c.t.meetings.itemAdded({ ref: occurrence.ref, n: Math.min(to, lines.length) }));
  },
});
