import { recordAct } from "../../src/audit/record.js";
import { choice } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";

export const hints = defineCommand({
  name: "hints",
  group: "people",
  summary: (t) => t.commands.hints,
  example: "hints on",
  may: "people.duty",
  args: { on: choice({ label: (t) => t.args.yesNo, values: ["on", "off"], show: (_t, value) => value }) },
  async run(c, { on }) {
    const { work, person } = c;
    await work.tx
      .updateTable("agencies")
      .set({ hints: on === "on" })
      .where("id", "=", person.agencyId)
      .execute();
    await recordAct(c, { action: "agency.hints", code: on });
    return sentence(c, c.t.people.hintsSet({ on: on === "on" }));
  },
});
