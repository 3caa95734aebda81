import { keyed, rest, text, when, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { withMarking } from "../../src/command/reply.js";
import { enter } from "../../src/training/acts/entering.js";
import { answered } from "../../src/training/answer.js";
import { country, countryRole, format, languages, openLabel, topic, what } from "../../src/training/args.js";

export const trainingoffer = defineCommand({
  name: "training-offer",
  group: "training",
  summary: (t) => t.commands["training-offer"],
  example: 'training offer interviewing A course of two days from:"1 March" until:"30 June" people:20 langs:en,fr',
  may: "training.write",
  intro: async (c) => c.t.training.knownToAll,
  args: {
    topic: topic(),
    words: rest({ label: (t) => t.args.trainingWords, max: 500, multiline: true }),
    from: keyed("from", when({ label: (t) => t.args.from })),
    until: keyed("until", when({ label: (t) => t.args.until })),
    people: keyed("people", wholeNumber({ label: (t) => t.args.people })),
    langs: keyed("langs", languages()),
    provider: keyed(
      "provider",
      text({ label: (t) => t.args.trainingProvider, hint: (t) => t.args.trainingProviderHint, max: 120 }),
    ),
    what: keyed("what", what()),
    format: keyed("format", format()),
    role: keyed("role", countryRole()),
    country: keyed("country", country()),
    label: keyed("tlp", openLabel()),
  },
  async run(c, { from, until, ...entry }) {
    const item = await enter(c, "offer", { ...entry, from: from?.at, until: until?.at });
    return answered(c, item, withMarking(c, c.t.training.entered.offer({ ref: item.ref }), item.label, entry.label));
  },
});
