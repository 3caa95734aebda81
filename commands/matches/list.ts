import { page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { pageFoot } from "../../src/command/pages.js";
import { entriesOf } from "../../src/matches/acts.js";
import { showAt } from "../../src/time/display.js";

const PAGE = 20;

/** Number, kind, who and until when: the case is read where it is kept, not in a chat. */
export const matchlist = defineCommand({
  name: "match-list",
  aliases: ["match"],
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["match-list"],
  example: "match list",
  may: "match.use",
  args: { page: page() },
  async run(c, { page = 1 }) {
    const { work, person, t } = c;
    const { entries, total } = await entriesOf(work, person.agencyId, { page, size: PAGE });
    const show = (at: Date) => showAt(work, person, at);
    const title = t.matches.title({ count: total });
    const value = (n: number) => `${work.body.slug}/${n}`;
    return {
      private: true,
      post: {
        text: title,
        lang: person.lang,
        blocks: [
          { type: "heading", text: title },
          entries.length
            ? {
                type: "list",
                items: entries.map(({ number: n, kind, by, expiresAt, hits, silent }) => ({
                  title: [{ bold: String(n) }],
                  detail: t.matches.line({ kind: t.matches.kinds[kind], by, until: show(expiresAt), hits, silent }),
                  action: { type: "button" as const, id: "match-remove", label: t.matches.remove, value: value(n) },
                })),
              }
            : { type: "text", text: t.matches.empty },
          ...pageFoot(t, work.body.slug, {
            ...{ page, size: PAGE, shown: entries.length, total },
            again: { id: "match-list", words: [] },
          }),
        ],
      },
    };
  },
});
