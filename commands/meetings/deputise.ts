import { person, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answer } from "../../src/meetings/acts/rsvp.js";
import { mayAnswer } from "../../src/meetings/allows.js";
import { answered } from "../../src/meetings/answer.js";
import { findMeeting, occurrenceMeant } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const deputise = defineCommand({
  name: "deputise",
  aliases: ["deputy"],
  group: "meetings",
  summary: (t) => t.commands.deputise,
  example: "deputise M-12 @omar",
  args: { ref: ref(MEETINGS), deputy: person({ label: (t) => t.args.deputy, source: "colleague" }) },
  allows: mayAnswer,
  async run(c, { ref, deputy }) {
    const meeting = await findMeeting(c, ref);
    const one = ref.part === undefined ? undefined : await occurrenceMeant(c, meeting, ref);
    const changed = await answer(c, meeting, one, { answer: "deputy", deputy });
    return answered(c, changed, c.t.meetings.rsvp.deputised({ ref: one?.ref ?? meeting.ref, name: deputy.name }));
  },
});
