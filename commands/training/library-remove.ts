import { wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { removeResource } from "../../src/training/library.js";

export const libraryremove = defineCommand({
  name: "library-remove",
  group: "training",
  summary: (t) => t.commands["library-remove"],
  example: "library remove 3",
  may: "training.write",
  args: { number: wholeNumber({ label: (t) => t.args.resourceNumber }) },
  async run(c, { number }) {
    await removeResource(c, number);
    return sentence(c, c.t.training.resourceRemoved({ number }));
  },
});
