import { ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { admit } from "../../src/meetings/acts/agenda.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

/** The chair's leave for an item that came after the freeze; a button of the agenda carries which. */
export const agendaadmit = defineCommand({
  name: "agenda-admit",
  group: "meetings",
  summary: (t) => t.commands["agenda-admit"],
  example: "agenda M-12",
  hidden: true,
  args: { ref: ref(MEETINGS), item: text({ label: (t) => t.args.item, max: 36 }) },
  async run(c, { ref, item }) {
    const { meeting, occurrence } = await findHeld(c, ref, "run");
    await admit(c, meeting, occurrence, item);
    return sentence(c, c.t.meetings.itemAdmitted({ ref: occurrence.ref }));
  },
});
