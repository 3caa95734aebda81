import { person as personArg } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { disable } from "../src/people/enrol.js";
import { may, sightOfTask } from "../src/policy/index.js";
import { refuse } from "../src/refusal.js";
import { sentence } from "../src/reply.js";
import { giveBack } from "../src/tasks/acts.js";
import { tasksByIds } from "../src/tasks/store.js";

export const remove = defineCommand({
  name: "remove",
  aliases: ["leaver"],
  group: "people",
  summary: (t) => t.commands.remove,
  example: "remove @omar",
  may: "people.remove",
  args: { person: personArg({ label: (t) => t.args.who, source: "colleague" }) },
  async run(c, { person }) {
    if (!may(c.person, "people.remove", person.agencyId)) refuse((t) => t.errors.notOwnAgency);
    const open = await disable(c.work, person, c.person);
    // What this reader may not know of is not counted either.
    const known = (await tasksByIds(c.work, open)).filter(({ subject }) => sightOfTask(c.person, subject) !== "none");
    for (const id of open) await giveBack(c, id);
    return sentence(c, c.t.people.removed({ name: person.name, count: known.length }));
  },
});
