import { randomUUID } from "node:crypto";
import { recordAct } from "../../src/audit/record.js";
import { keyed, person as personArg, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { may } from "../../src/policy/index.js";
import { showAt } from "../../src/time/display.js";

export const duty = defineCommand({
  name: "duty",
  group: "people",
  summary: (t) => t.commands.duty,
  example: 'duty @omar until:"tomorrow 08:00"',
  may: "people.duty",
  args: {
    person: personArg({ label: (t) => t.args.who, source: "colleague" }),
    from: keyed("from", when({ label: (t) => t.args.from })),
    until: { ...when({ label: (t) => t.args.until }), shape: "key", key: "until" },
  },
  async run(c, { person, from, until }) {
    const { work, t } = c;
    if (!may(c.person, "people.duty", person.agencyId)) refuse((m) => m.errors.notOwnAgency);
    const start = from?.at ?? work.now;
    if (until.at <= start) refuse((m) => m.errors.order);
    await work.tx
      .insertInto("duties")
      .values({
        id: randomUUID(),
        agency_id: person.agencyId,
        person_id: person.id,
        from_at: start,
        until_at: until.at,
      })
      .execute();
    await recordAct(c, {
      action: "people.duty",
      item: { kind: "person", id: person.id },
      detail: { from: start.toISOString(), until: until.at.toISOString() },
    });
    const show = (at: Date) => showAt(work, c.person, at);
    return sentence(c, t.people.dutySet({ name: person.name, from: show(start), until: show(until.at) }));
  },
});
