import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { fileLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { findMeeting } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { sightOfMeeting } from "../../src/policy/index.js";

export const invitation = defineCommand({
  name: "invitation",
  group: "meetings",
  summary: (t) => t.commands.invitation,
  example: "invitation M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const meeting = await findMeeting(c, ref);
    if (sightOfMeeting(c.viewer, meeting.subject) !== "full") MEETINGS.missing(ref);
    if (!meeting.starts) refuse((t) => t.errors.stillPolling({ ref: meeting.ref }));
    const link = await fileLink(c.work, c.person.id, "calendar", meeting.id);
    if (!link) return refuse((t) => t.errors.noSite);
    const { calendar } = c.t.meetings;
    return linked(c, calendar.file({ ref: meeting.ref, minutes: link.minutes }), calendar.download, link.url);
  },
});
