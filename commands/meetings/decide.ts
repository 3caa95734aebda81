import { keyed, label, optionalRef, rest, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence, withMarking } from "../../src/command/reply.js";
import { decide as takeDecision } from "../../src/meetings/acts/session.js";
import { mayRecord } from "../../src/meetings/allows.js";
import { heldOrRunning } from "../../src/meetings/current-meeting.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const decide = defineCommand({
  name: "decide",
  group: "meetings",
  summary: (t) => t.commands.decide,
  example: "decide Joint checks from January",
  args: {
    ref: optionalRef(MEETINGS),
    words: rest({ label: (t) => t.args.decision, multiline: true, max: 1_000 }),
    for: keyed("for", wholeNumber({ label: (t) => t.args.votesFor, from: 0, max: 999 })),
    against: keyed("against", wholeNumber({ label: (t) => t.args.votesAgainst, from: 0, max: 999 })),
    abstain: keyed("abstain", wholeNumber({ label: (t) => t.args.votesAbstain, from: 0, max: 999 })),
    label: keyed("tlp", label({ label: (t) => t.args.label })),
  },
  allows: mayRecord,
  async run(c, { ref, words, label, for: inFavour, against = 0, abstain = 0 }) {
    const held = await heldOrRunning(c, ref, decide.example.replace("decide", "decide M-12"));
    const votes = inFavour === undefined ? undefined : { for: inFavour, against, abstain };
    const decision = await takeDecision(c, held, words, { votes, label });
    const said = c.t.meetings.decided({ ref: decision.ref, meeting: held.occurrence.ref });
    return sentence(c, withMarking(c, said, decision.label, label));
  },
});
