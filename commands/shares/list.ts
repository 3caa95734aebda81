import { choice, optional, page, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { pageFoot } from "../../src/command/pages.js";
import { readerIn } from "../../src/command/reply.js";
import { listShares, PAGE, SHARE_VIEWS } from "../../src/shares/lists.js";
import { lineOf } from "../../src/shares/views.js";

/** Words are looked for in what one may open, by keyed hashes; a reference or a codename finds too. */
export const shares = defineCommand({
  name: "shares",
  aliases: ["share-list"],
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.shares,
  example: "shares owed",
  may: "share.list",
  args: {
    view: optional(
      choice({ label: (t) => t.args.view, values: SHARE_VIEWS, show: (t, view) => t.information.list.views[view] }),
    ),
    page: page(),
    words: optional(rest({ label: (t) => t.args.text, max: 100 })),
  },
  async run(c, { view = "all", page = 1, words }) {
    const { t, work, person } = c;
    const found = await listShares(work, person, c.viewer, { view, words, page });
    const reader = readerIn(c);
    const i = t.information.list;
    const title = i.title({ view: i.views[view], page });
    const message = {
      text: title,
      lang: person.lang,
      blocks: [
        { type: "heading" as const, text: title },
        ...(found.shares.length
          ? [{ type: "list" as const, items: found.shares.map((share) => lineOf(work, share, reader)) }]
          : [{ type: "text" as const, text: i.empty }]),
        ...pageFoot(t, work.body.slug, {
          ...{ page, size: PAGE, shown: found.shares.length, more: found.more },
          // Words that were looked for may be content: no button carries them (docs/shares.md).
          again: words ? undefined : { id: "shares", words: [view] },
        }),
      ],
    };
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
