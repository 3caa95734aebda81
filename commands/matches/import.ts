import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { uploadLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { unfinished } from "../../src/matches/unfinished.js";
import { showAt } from "../../src/time/display.js";

export const matchimport = defineCommand({
  name: "match-import",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["match-import"],
  example: "match import",
  may: "match.use",
  args: {},
  async run(c) {
    if (c.onBehalf) refuse((t) => t.errors.matchNotFor);
    const link = await uploadLink(c.work, c.person.id, "import", c.person.agencyId);
    if (!link) return refuse((t) => t.errors.noSite);
    const broken = (await unfinished(c.work, c.person.agencyId)).map(({ rows, standing, begunAt }) =>
      c.t.matches.unfinished({
        count: rows,
        standing,
        when: showAt(c.work, c.person, begunAt),
      }),
    );
    const text = [...broken, c.t.matches.import({ minutes: link.minutes })].join("\n");
    return linked(c, text, c.t.information.buttons.chooseFile, link.url);
  },
});
