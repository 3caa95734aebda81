import { defineCommand } from "../../src/command/define.js";
import { hitsOf } from "../../src/matches/acts.js";
import { showAt } from "../../src/time/display.js";

export const matchhits = defineCommand({
  name: "match-hits",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["match-hits"],
  example: "match hits",
  may: "match.use",
  args: {},
  async run(c) {
    const { work, person, t } = c;
    const hits = await hitsOf(work, person.agencyId, 20);
    return {
      private: true,
      post: {
        text: t.matches.hitsTitle,
        lang: person.lang,
        blocks: [
          { type: "heading", text: t.matches.hitsTitle },
          hits.length
            ? {
                type: "list",
                items: hits.map(({ number, kind, agency, people, at }) => ({
                  title: [{ bold: String(number) }, ` ${t.matches.kinds[kind]}`],
                  detail: t.matches.hitLine({
                    agency,
                    people,
                    when: showAt(work, person, at),
                  }),
                })),
              }
            : { type: "text", text: t.matches.noHits },
        ],
      },
    };
  },
});
