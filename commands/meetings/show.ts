import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { shown } from "../../src/meetings/answer.js";
import { findHeld, findMeeting } from "../../src/meetings/find.js";
import { packMessage } from "../../src/meetings/pack.js";
import { MEETINGS } from "../../src/meetings/store.js";

/** The meeting as it stands; an occurrence by its number, `M-12/3`, with its agenda. */
export const meetshow = defineCommand({
  name: "meet-show",
  aliases: ["meeting"],
  group: "meetings",
  summary: (t) => t.commands["meet-show"],
  example: "M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    if (ref.part === undefined) return shown(c, await findMeeting(c, ref));
    const held = await findHeld(c, ref);
    const { occurrence } = held;
    if (occurrence.state !== "scheduled") return shown(c, held.meeting, occurrence);
    return { private: true, post: await packMessage(c.work, held, readerIn(c)) };
  },
});
