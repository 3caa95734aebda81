import { filled, httpsUrl, keyed, optional, person, ref, rest, text } from "../../src/command/args.js";
import { type Arg, defineCommand } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { sentence } from "../../src/command/reply.js";
import { edit } from "../../src/meetings/acts/calling.js";
import { mayChange } from "../../src/meetings/allows.js";
import { findMeeting } from "../../src/meetings/find.js";
import type { Meeting } from "../../src/meetings/model.js";
import { MEETINGS } from "../../src/meetings/store.js";

const standing = <T>(arg: Arg<T>, of: (meeting: Meeting) => string | undefined): Arg<T> =>
  filled(arg, async (c, { ref }) => {
    const reference = parseReference(ref ?? "");
    return reference && of(await findMeeting(c, reference, "run"));
  });

export const meetedit = defineCommand({
  name: "meet-edit",
  group: "meetings",
  summary: (t) => t.commands["meet-edit"],
  example: 'meet edit M-12 place:"Room 5" chair:@maria',
  formAlone: true,
  args: {
    ref: ref(MEETINGS),
    title: optional(standing(rest({ label: (t) => t.args.meetingTitle, max: 200 }), ({ title }) => title)),
    place: keyed(
      "place",
      standing(text({ label: (t) => t.args.place, max: 200 }), ({ place }) => place),
    ),
    link: keyed(
      "link",
      standing(httpsUrl({ label: (t) => t.args.link, hint: (t) => t.args.linkHint }), ({ link }) => link),
    ),
    chair: keyed("chair", person({ label: (t) => t.args.chair })),
    secretary: keyed("secretary", person({ label: (t) => t.args.secretary })),
  },
  allows: mayChange,
  async run(c, { ref, ...change }) {
    const meeting = await findMeeting(c, ref, "run");
    const said = Object.entries(change).filter(([, value]) => value !== undefined);
    if (said.every(([key, value]) => value === meeting[key as keyof Meeting]))
      return sentence(c, c.t.tasks.unchanged({ ref: meeting.ref }));
    await edit(c, meeting, change);
    return sentence(c, c.t.meetings.edited({ ref: meeting.ref }));
  },
});
