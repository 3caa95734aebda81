import { keyed, optionalRef, rest, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { note as addLine } from "../../src/meetings/acts/session.js";
import { mayNote } from "../../src/meetings/allows.js";
import { heldOrRunning } from "../../src/meetings/current-meeting.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const note = defineCommand({
  name: "note",
  group: "meetings",
  summary: (t) => t.commands.note,
  example: "note Border guard reports 12 cases in October item:2",
  args: {
    ref: optionalRef(MEETINGS),
    words: rest({ label: (t) => t.args.note, multiline: true }),
    item: keyed("item", wholeNumber({ label: (t) => t.args.item, max: 99 })),
  },
  allows: mayNote,
  async run(c, { ref, words, item }) {
    const held = await heldOrRunning(c, ref, "note M-12 Border guard reports 12 cases");
    const n = await addLine(c, held, words, item);
    return sentence(c, c.t.meetings.noted({ ref: held.occurrence.ref, n }));
  },
});
