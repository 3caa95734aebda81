import { agenciesInvited, invited, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { inviteMore } from "../../src/meetings/acts/calling.js";
import { mayChange } from "../../src/meetings/allows.js";
import { findMeeting } from "../../src/meetings/find.js";
import type { Meeting } from "../../src/meetings/model.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const meetinvite = defineCommand({
  name: "meet-invite",
  group: "meetings",
  summary: (t) => t.commands["meet-invite"],
  example: "meet invite M-12 @iom, @maria",
  args: {
    ref: ref(MEETINGS),
    with: { ...invited({ label: (t) => t.args.invited, hint: (t) => t.args.invitedHint }), shape: "rest" as const },
  },
  allows: mayChange,
  async run(c, { ref, with: asked }) {
    const meeting = await findMeeting(c, ref, "run");
    const before = seats(meeting);
    const changed = await inviteMore(c, meeting, {
      agencies: await agenciesInvited(c, asked),
      persons: asked.persons,
      all: asked.all,
    });
    const count = seats(changed) - before;
    return sentence(c, c.t.meetings.invitedMore({ ref: meeting.ref, count }));
  },
});

const seats = ({ invitees }: Meeting): number => invitees.filter(({ guest, left }) => !guest && !left).length;
