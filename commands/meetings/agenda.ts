import type { Block } from "../../src/chat/index.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { agendaOf } from "../../src/meetings/agenda.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { agendaLine, showsWords, titled } from "../../src/meetings/views.js";
import { mayMeeting, sightOfMeeting } from "../../src/policy/index.js";

export const agenda = defineCommand({
  name: "agenda",
  group: "meetings",
  summary: (t) => t.commands.agenda,
  example: "agenda M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const { work, t } = c;
    const { meeting, occurrence } = await findHeld(c, ref);
    if (sightOfMeeting(c.viewer, meeting.subject) !== "full") MEETINGS.missing(ref);
    const reader = readerIn(c);
    const value = `${work.body.slug}/${occurrence.ref}`;
    const runs = mayMeeting(c.viewer, "run", meeting.subject) === undefined;
    const title = t.meetings.agenda.title({ what: titled(meeting, reader, occurrence) });
    const blocks: Block[] = [{ type: "heading", text: title }];
    if (showsWords(meeting, reader)) {
      const items = await agendaOf(work, meeting, occurrence);
      if (items.length === 0) blocks.push({ type: "text", text: t.meetings.agenda.empty });
      else
        blocks.push({
          type: "list",
          items: items.map((item) => ({
            ...agendaLine(item, reader),
            ...(item.state === "late" && runs
              ? {
                  action: {
                    type: "button" as const,
                    id: "agenda-admit",
                    label: t.meetings.agenda.admit,
                    value: `${value} ${item.id}`,
                  },
                }
              : {}),
          })),
        });
      const planned = items.reduce((sum, { minutes, n }) => sum + (n === undefined ? 0 : (minutes ?? 0)), 0);
      if (planned)
        blocks.push({ type: "context", text: t.meetings.agenda.total({ minutes: planned, of: occurrence.minutes }) });
    }
    const actions = [
      ...(mayMeeting(c.viewer, "propose", meeting.subject) === undefined && occurrence.state !== "ended"
        ? [
            {
              type: "button" as const,
              id: "agenda-add",
              label: t.meetings.buttons.addItem,
              value,
              opens: true as const,
            },
          ]
        : []),
      ...(showsWords(meeting, reader)
        ? []
        : [{ type: "button" as const, id: "meet-read", label: t.meetings.buttons.read, value, opens: true as const }]),
    ];
    if (actions.length) blocks.push({ type: "actions", actions });
    return { private: true, post: { text: title, lang: c.person.lang, blocks } };
  },
});
