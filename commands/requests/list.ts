import { choice, optional, page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { countOf, pageFoot } from "../../src/command/pages.js";
import { readerIn } from "../../src/command/reply.js";
import { calledIn } from "../../src/requests/args.js";
import { listRequests, PAGE, VIEWS, type View } from "../../src/requests/lists.js";
import { lineOf } from "../../src/requests/views.js";

/** The board: whose turn it is, and what is late. */
export const requests = defineCommand({
  name: "requests",
  aliases: ["request-list"],
  group: "requests",
  summary: (t) => t.commands.requests,
  example: "requests late",
  may: "request.see",
  args: {
    view: optional(
      choice<View>({
        ...{ label: (t) => t.args.view, values: VIEWS, show: (t, view) => t.requests.views[view] },
        // As a list is headed, in any language.
        read: (said: string) => calledIn(VIEWS, (t, view) => t.requests.views[view], said),
      }),
    ),
    page: page(),
  },
  async run(c, { view = "all", page: turned }) {
    const { t, work, person } = c;
    const page = turned ?? 1;
    const { requests, total } = await listRequests(work, c.viewer, { view, page });
    const reader = readerIn(c);
    const of = countOf(t, total);
    const title = t.requests.listTitle({ view: t.requests.views[view], count: of });
    const message = {
      text: title,
      lang: person.lang,
      blocks: [
        { type: "heading" as const, text: title },
        requests.length
          ? { type: "list" as const, items: requests.map((one) => lineOf(work, one, reader)) }
          : { type: "text" as const, text: t.requests.listEmpty },
        ...pageFoot(t, work.body.slug, {
          ...{ page, size: PAGE, shown: requests.length, total, of },
          again: { id: "requests", words: [view] },
          hidden:
            view === "closed"
              ? undefined
              : { says: t.requests.closedHidden, button: { label: t.lists.closed, words: "closed" } },
        }),
      ],
    };
    return c.via === "action" && c.message && turned ? { update: message } : { post: message, private: true };
  },
});
