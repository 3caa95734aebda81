import { agency, choice, optional, page, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { countOf, pageFoot } from "../../src/command/pages.js";
import { readerIn } from "../../src/command/reply.js";
import type { Messages } from "../../src/i18n/index.js";
import { listTasks, PAGE, VIEWS } from "../../src/tasks/lists.js";
import { lineOf } from "../../src/tasks/views.js";

export const tasks = defineCommand({
  name: "tasks",
  aliases: ["list"],
  group: "tasks",
  summary: (t) => t.commands.tasks,
  example: "tasks late @labour",
  may: "task.list",
  args: {
    view: optional(choice({ label: (t) => t.args.view, values: VIEWS, show: (t, view) => t.tasks.list.views[view] })),
    agency: optional(agency({ label: (t) => t.args.agencyLabel, anywhere: true })),
    page: page(),
    words: optional(rest({ label: (t) => t.args.text, max: 100 })),
  },
  async run(c, { view = "all", agency, page: turned, words }) {
    const { t, work, person } = c;
    const page = turned ?? 1;
    const { tasks, total } = await listTasks(work, person, c.viewer, {
      view,
      agencyId: agency?.id,
      words,
      page,
    });
    const reader = readerIn(c);
    // Words that are found nowhere are not said back: they may be those of a title that is not to be seen.
    const said = total ? words : undefined;
    // A title may end with such a word, so it is one of those that are looked for.
    const behind = VIEWS.find((name) => name === words?.toLowerCase().split(/\s+/).at(-1));
    const of = countOf(t, total);
    const title = t.tasks.list.title({ view: t.tasks.list.views[view], said, count: of });
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
          : [{ type: "text" as const, text: t.tasks.list.empty({ searched: words !== undefined }) }]),
        ...(behind && total === 0 ? [{ type: "text" as const, text: t.tasks.list.viewFirst({ view: behind }) }] : []),
        ...pageFoot(t, work.body.slug, {
          ...{ page, size: PAGE, shown: tasks.length, total, of },
          again: { id: "tasks", words: [view, agency && `@${agency.handle}`, words] },
          hidden: view === "closed" ? undefined : CLOSED(t, agency?.handle),
        }),
      ],
    };
    // A page makes room for the next one; a digest that names a list stays.
    return c.via === "action" && c.message && turned ? { update: message } : { post: message, private: true };
  },
});

/** Every view but one is of what is open. */
const CLOSED = (t: Messages, handle: string | undefined) => ({
  says: t.lists.closedHidden,
  button: { label: t.lists.closed, words: ["closed", handle && `@${handle}`].filter(Boolean).join(" ") },
});
