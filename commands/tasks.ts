import { agency, choice, optional, page, rest } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { readerIn } from "../src/reply.js";
import { listTasks, VIEWS } from "../src/tasks/lists.js";
import { lineOf } from "../src/tasks/views.js";

export const tasks = defineCommand({
  name: "tasks",
  aliases: ["list"],
  group: "tasks",
  summary: (t) => t.commands.tasks,
  example: "tasks late @labour",
  may: "task.list",
  args: {
    view: optional(choice({ label: (t) => t.args.view, values: VIEWS, show: (t, view) => t.tasks.list.views[view] })),
    agency: optional(agency({ label: (t) => t.args.agencyLabel })),
    page: page(),
    words: optional(rest({ label: (t) => t.args.text, max: 100 })),
  },
  async run(c, { view = "all", agency, page = 1, words }) {
    const { t, work, person } = c;
    const { tasks, total, pages } = await listTasks(work, person, c.viewer, {
      view,
      agencyId: agency?.id,
      words,
      page,
    });
    const reader = readerIn(c);
    const again = (to: number) =>
      `${work.body.slug}/${[view, agency && `@${agency.handle}`, `page:${to}`, words].filter(Boolean).join(" ")}`;
    const title = t.tasks.list.title({ view: t.tasks.list.views[view], count: total });
    const message = {
      text: title,
      lang: person.lang,
      blocks: [
        { type: "heading" as const, text: title },
        ...(tasks.length
          ? [
              {
                type: "list" as const,
                items: tasks.map((task) =>
                  lineOf(work, task, reader, task.lead.id === person.agencyId ? "lead" : "requester"),
                ),
              },
            ]
          : [{ type: "text" as const, text: t.tasks.list.empty }]),
        ...(pages > 1 ? [{ type: "context" as const, text: t.tasks.list.page({ page, pages }) }] : []),
        ...(page < pages
          ? [
              {
                type: "actions" as const,
                actions: [
                  { type: "button" as const, id: "tasks", label: t.tasks.buttons.more, value: again(page + 1) },
                ],
              },
            ]
          : []),
      ],
    };
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
