import { keyed } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { withMarking } from "../../src/command/reply.js";
import { enter } from "../../src/training/acts/entering.js";
import { answered } from "../../src/training/answer.js";
import { ofNeed, openLabel } from "../../src/training/args.js";

export const trainingneed = defineCommand({
  name: "training-need",
  group: "training",
  summary: (t) => t.commands["training-need"],
  example: "training need interviewing Interviewing children at first contact by 31 March people:12 langs:fr",
  may: "training.write",
  intro: async (c) => c.t.training.knownToAll,
  args: {
    ...ofNeed(),
    label: keyed("tlp", openLabel()),
  },
  async run(c, { by, ...entry }) {
    const item = await enter(c, "need", { ...entry, until: by?.at });
    return answered(c, item, withMarking(c, c.t.training.entered.need({ ref: item.ref }), item.label, entry.label));
  },
});
