import { httpsUrl, keyed, optional, person, ref, rest, text } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { edit } from "../src/meetings/acts/calling.js";
import { findMeeting } from "../src/meetings/find.js";
import { refuse } from "../src/refusal.js";
import { sentence } from "../src/reply.js";

export const meetedit = defineCommand({
  name: "meet-edit",
  group: "meetings",
  summary: (t) => t.commands["meet-edit"],
  example: 'meet edit M-12 place:"Room 5" chair:@maria',
  args: {
    ref: ref("meeting", "M"),
    title: optional(rest({ label: (t) => t.args.meetingTitle, max: 200 })),
    place: keyed("place", text({ label: (t) => t.args.place, max: 200 })),
    link: keyed("link", httpsUrl({ label: (t) => t.args.link, hint: (t) => t.args.linkHint })),
    chair: keyed("chair", person({ label: (t) => t.args.chair })),
    secretary: keyed("secretary", person({ label: (t) => t.args.secretary })),
  },
  async run(c, { ref, ...change }) {
    const meeting = await findMeeting(c, ref, "run");
    if (Object.values(change).every((value) => value === undefined))
      refuse((t) => t.errors.rule({ said: meeting.ref, example: meetedit.example }));
    await edit(c, meeting, change);
    return sentence(c, c.t.meetings.edited({ ref: meeting.ref }));
  },
});
