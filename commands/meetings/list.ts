import { choice, optional, page, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { pageFoot } from "../../src/command/pages.js";
import { readerIn } from "../../src/command/reply.js";
import { countMissed, listMeetings, MEETING_VIEWS, PAGE } from "../../src/meetings/lists.js";
import { lineOf } from "../../src/meetings/views.js";

export const meetings = defineCommand({
  name: "meetings",
  aliases: ["meet-list"],
  group: "meetings",
  summary: (t) => t.commands.meetings,
  example: "meetings coming",
  may: "meeting.list",
  args: {
    view: optional(
      choice({ label: (t) => t.args.view, values: MEETING_VIEWS, show: (t, view) => t.meetings.list.views[view] }),
    ),
    page: page(),
    words: optional(rest({ label: (t) => t.args.text, max: 100 })),
  },
  async run(c, { view = "coming", page = 1, words }) {
    const { t, work, person } = c;
    const { held, total } = await listMeetings(work, c.viewer, { view, words, page });
    const reader = readerIn(c);
    // What nobody has said of whether it was held stands in a list of its own, and is not forgotten beside the others.
    const missed = view === "missed" ? 0 : await countMissed(work, c.viewer);
    const title = t.meetings.list.title({
      view: t.meetings.list.views[view],
      said: total ? words : undefined,
      count: total,
    });
    const message = {
      text: title,
      lang: person.lang,
      blocks: [
        { type: "heading" as const, text: title },
        ...(held.length
          ? [
              {
                type: "list" as const,
                items: held.map(({ meeting, occurrence }) => lineOf(work, meeting, occurrence, reader)),
              },
            ]
          : [{ type: "text" as const, text: t.meetings.list.empty({ searched: words !== undefined }) }]),
        ...(missed
          ? [
              { type: "context" as const, text: t.meetings.list.missed({ count: missed }) },
              {
                type: "actions" as const,
                actions: [
                  {
                    type: "button" as const,
                    id: "meetings",
                    label: t.meetings.list.views.missed,
                    value: `${work.body.slug}/missed`,
                  },
                ],
              },
            ]
          : []),
        ...pageFoot(t, work.body.slug, {
          ...{ page, size: PAGE, shown: held.length, total },
          again: { id: "meetings", words: [view, words] },
          hidden:
            view === "coming"
              ? { says: t.lists.pastHidden, button: { label: t.lists.past, words: "past" } }
              : undefined,
        }),
      ],
    };
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
