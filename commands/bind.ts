import { agency as agencyArg } from "../src/args.js";
import { record } from "../src/audit/record.js";
import { defineCommand } from "../src/command.js";
import { may } from "../src/policy/index.js";
import { refuse } from "../src/refusal.js";
import { json } from "../src/store/database.js";
import { sentence } from "../src/tasks/answer.js";

/** Binds the conversation it is typed in to an agency: notices to the agency as a whole come there. */
export const bind = defineCommand({
  name: "bind",
  group: "people",
  summary: (t) => t.commands.bind,
  example: "bind @labour",
  may: "place.bind",
  args: { agency: agencyArg({ label: (t) => t.args.agencyLabel }) },
  async run(c, { agency }) {
    const { work, place, person } = c;
    if (place.kind === "personal") refuse((t) => t.errors.onlyInChannel);
    if (!may(person, "place.bind", agency.id)) refuse((t) => t.errors.notOwnAgency);
    const row = { agency_id: agency.id, external: place.external ?? false, ref: json(place) };
    await work.tx
      .insertInto("places")
      .values({ platform: place.platform, tenant: place.tenant, conversation: place.id, ...row })
      .onConflict((o) => o.columns(["platform", "tenant", "conversation"]).doUpdateSet(row))
      .execute();
    await work.tx
      .updateTable("agencies")
      .set({ channel: json(place) })
      .where("id", "=", agency.id)
      .execute();
    await record(work, {
      action: "place.bound",
      actorId: person.id,
      detail: { agency: agency.handle, platform: place.platform },
    });
    return sentence(c, c.t.people.bound({ agency: agency.name, ceiling: place.external ? "CLEAR" : "GREEN" }));
  },
});
