import { agenciesInvited, invited, ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { inviteMore } from "../src/meetings/acts/calling.js";
import { findMeeting } from "../src/meetings/find.js";
import { sentence } from "../src/reply.js";

export const meetinvite = defineCommand({
  name: "meet-invite",
  group: "meetings",
  summary: (t) => t.commands["meet-invite"],
  example: "meet invite M-12 @iom, @maria",
  args: {
    ref: ref("meeting", "M"),
    with: { ...invited({ label: (t) => t.args.invited, hint: (t) => t.args.invitedHint }), shape: "rest" as const },
  },
  async run(c, { ref, with: asked }) {
    const meeting = await findMeeting(c, ref, "run");
    const before = meeting.invitees.filter(({ guest }) => !guest).length;
    const changed = await inviteMore(c, meeting, await agenciesInvited(c, asked), asked.persons);
    const count = changed.invitees.filter(({ guest }) => !guest).length - before;
    return sentence(c, c.t.meetings.invitedMore({ ref: meeting.ref, count }));
  },
});
