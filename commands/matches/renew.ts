import { wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { entryByNumber, renew } from "../../src/matches/acts.js";
import { showAt } from "../../src/time/display.js";

export const matchrenew = defineCommand({
  name: "match-renew",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["match-renew"],
  example: "match renew 17",
  may: "match.use",
  args: { number: wholeNumber({ label: (t) => t.args.matchNumber }) },
  async run(c, { number }) {
    const expiresAt = await renew(c, await entryByNumber(c, number));
    const until = showAt(c.work, c.person, expiresAt);
    return sentence(c, c.t.matches.renewed({ number, until }));
  },
});
