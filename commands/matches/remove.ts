import { wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { entryByNumber, remove as removeEntry } from "../../src/matches/acts.js";

export const matchremove = defineCommand({
  name: "match-remove",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["match-remove"],
  example: "match remove 17",
  may: "match.use",
  args: { number: wholeNumber({ label: (t) => t.args.matchNumber }) },
  async run(c, { number }) {
    await removeEntry(c, await entryByNumber(c, number));
    return sentence(c, c.t.matches.removed({ number }));
  },
});
