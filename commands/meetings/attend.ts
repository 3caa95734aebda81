import { choice, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answer as answerMeeting } from "../../src/meetings/acts/rsvp.js";
import { mayAnswer } from "../../src/meetings/allows.js";
import { answered } from "../../src/meetings/answer.js";
import { findMeeting, occurrenceMeant } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { giveUpPlace } from "../../src/training/acts/sessions.js";

/** `attend M-12 yes` answers for the whole series, `attend M-12/3 no` for one of it. */
export const attend = defineCommand({
  name: "attend",
  aliases: ["rsvp"],
  group: "meetings",
  summary: (t) => t.commands.attend,
  example: "attend M-12 yes",
  args: {
    ref: ref(MEETINGS),
    answer: choice({
      label: (t) => t.args.answer,
      values: ["yes", "maybe", "no"] as const,
      show: (t, value) => t.meetings.buttons[value],
    }),
  },
  allows: mayAnswer,
  async run(c, { ref, answer }) {
    const meeting = await findMeeting(c, ref);
    const one = ref.part === undefined ? undefined : await occurrenceMeant(c, meeting, ref);
    const changed = await answerMeeting(c, meeting, one, { answer });
    if (answer === "no") await giveUpPlace(c, changed, one);
    const said = c.t.meetings.rsvp.answers[answer];
    return answered(c, changed, c.t.meetings.rsvp.noted({ ref: one?.ref ?? meeting.ref, answer: said }));
  },
});
