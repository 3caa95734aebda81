import { recordAct } from "../../src/audit/record.js";
import { choice } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { setShareReview } from "../../src/people/rules.js";

export const sharerule = defineCommand({
  name: "share-rule",
  group: "people",
  summary: (t) => t.commands["share-rule"],
  example: "share rule on",
  may: "agency.rules",
  args: {
    review: choice({
      label: (t) => t.args.yesNo,
      values: ["on", "off"] as const,
      show: (t, value) => t.args.onOff[value],
    }),
  },
  async run(c, { review }) {
    await setShareReview(c.work, c.person.agencyId, review === "on");
    await recordAct(c, { action: "agency.share_review", code: review });
    return sentence(c, c.t.information.reviewSet({ on: review === "on" }));
  },
});
