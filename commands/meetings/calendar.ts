import { record } from "../../src/audit/record.js";
import { choice, optional } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { feedMadeAt, renewFeed } from "../../src/meetings/feeds.js";
import { showAt } from "../../src/time/display.js";

/** The address of one's own calendar: shown once, renewed when it got lost or known. */
export const calendar = defineCommand({
  name: "calendar",
  group: "meetings",
  summary: (t) => t.commands.calendar,
  example: "calendar renew",
  may: "own.settings",
  args: {
    what: optional(choice({ label: (t) => t.args.view, values: ["renew"] as const, show: (_t, value) => value })),
  },
  async run(c, { what }) {
    const { work, person, t } = c;
    const id = person.id;
    const made = what === "renew" ? undefined : await feedMadeAt(work, id);
    if (made) return sentence(c, t.meetings.calendar.feedThere({ when: showAt(work, person, made) }));
    const url = await renewFeed(work, id);
    if (!url) return refuse((m) => m.errors.noSite);
    await record(work, { action: "calendar.renewed", actorId: id });
    return {
      private: true,
      post: {
        text: t.meetings.calendar.feed,
        lang: person.lang,
        blocks: [
          { type: "text", text: t.meetings.calendar.feed },
          { type: "text", text: [{ code: url }] },
        ],
      },
    };
  },
});
