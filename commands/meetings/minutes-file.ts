import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { fileLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { findHeld } from "../../src/meetings/find.js";
import { readsRecord } from "../../src/meetings/record.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { sightOfMeeting } from "../../src/policy/index.js";

export const minutesfile = defineCommand({
  name: "minutes-file",
  group: "meetings",
  summary: (t) => t.commands["minutes-file"],
  example: "minutes file M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const held = await findHeld(c, ref);
    const { meeting, occurrence } = held;
    if (sightOfMeeting(c.viewer, meeting.subject) !== "full") MEETINGS.missing(ref);
    if (!(await readsRecord(c.work, c.viewer, held)))
      refuse((t) => t.errors.presentOnly({ ref: occurrence.ref }), "present");
    if (occurrence.minutesState === "none") refuse((t) => t.errors.noMinutes({ ref: occurrence.ref }));
    const link = await fileLink(c.work, c.person.id, "minutes", occurrence.id);
    if (!link) return refuse((t) => t.errors.noSite);
    const { calendar } = c.t.meetings;
    return linked(c, calendar.word({ ref: occurrence.ref, minutes: link.minutes }), calendar.download, link.url);
  },
});
