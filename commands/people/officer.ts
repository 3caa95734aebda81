import { recordAct } from "../../src/audit/record.js";
import { person as personArg } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { may } from "../../src/policy/index.js";

/** An agency names who hears how often its identifiers are asked about silently. It is a duty, and gives no right. */
export const officer = defineCommand({
  name: "officer",
  group: "people",
  summary: (t) => t.commands.officer,
  example: "officer @omar",
  may: "agency.rules",
  args: { person: personArg({ label: (t) => t.args.who, source: "colleague" }) },
  async run(c, { person }) {
    const { work, t } = c;
    if (!may(c.person, "agency.rules", person.agencyId)) refuse((m) => m.errors.notOwnAgency);
    await work.tx
      .updateTable("members")
      .set({ officer_id: person.id })
      .where("agency_id", "=", person.agencyId)
      .execute();
    await recordAct(c, {
      action: "people.officer",
      item: { kind: "person", id: person.id },
      detail: { agency: person.agency.handle },
    });
    return sentence(c, t.people.officerSet({ name: person.name, agency: person.agency.name }));
  },
});
