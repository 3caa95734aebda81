import { wholeNumber } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { entryByNumber, renew } from "../src/matches/acts.js";
import { sentence } from "../src/reply.js";
import { formatWhen } from "../src/time/index.js";

export const matchrenew = defineCommand({
  name: "match-renew",
  group: "information",
  summary: (t) => t.commands["match-renew"],
  example: "match renew 17",
  may: "match.use",
  args: { number: wholeNumber({ label: (t) => t.args.matchNumber }) },
  async run(c, { number }) {
    const expiresAt = await renew(c, await entryByNumber(c, number));
    const until = formatWhen(expiresAt, c.person.zone, c.person.lang, { now: c.work.now });
    return sentence(c, c.t.matches.renewed({ number, until }));
  },
});
