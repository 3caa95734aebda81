import { ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { takeOff } from "../../src/meetings/acts/agenda.js";
import { mayPropose } from "../../src/meetings/allows.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const agendadrop = defineCommand({
  name: "agenda-drop",
  group: "meetings",
  summary: (t) => t.commands["agenda-drop"],
  example: "agenda drop M-12 4",
  args: { ref: ref(MEETINGS), item: wholeNumber({ label: (t) => t.args.item, max: 99 }) },
  allows: mayPropose,
  async run(c, { ref, item }) {
    const { meeting, occurrence } = await findHeld(c, ref, "propose");
    await takeOff(c, meeting, occurrence, item);
    return sentence(c, c.t.meetings.itemOff({ ref: occurrence.ref }));
  },
});
