import { recordAct } from "../../src/audit/record.js";
import { agency as agencyArg } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { bindConversation } from "../../src/conversations/store.js";
import { refuse } from "../../src/lib/refusal.js";
import { platformName } from "../../src/people/platform-name.js";
import { bodyOfPlace } from "../../src/people/store.js";
import { may } from "../../src/policy/index.js";

/** Binds the conversation it is typed in to an agency: notices to the agency as a whole come there. */
export const bind = defineCommand({
  name: "bind",
  group: "people",
  summary: (t) => t.commands.bind,
  example: "bind @labour",
  may: "place.bind",
  args: { agency: agencyArg({ label: (t) => t.args.agencyLabel }) },
  async run(c, { agency }) {
    const { work, conversation, person } = c;
    if (conversation.kind === "personal") refuse((t) => t.errors.onlyInChannel);
    if (!may(person, "place.bind", agency.id)) refuse((t) => t.errors.notOwnAgency);
    const owner = await bodyOfPlace(work.tx, conversation);
    if (owner && owner !== work.body.id) refuse((t) => t.errors.boundElsewhere);
    await bindConversation(work, conversation, agency.id);
    await recordAct(c, {
      action: "place.bound",
      detail: { agency: agency.handle, platform: conversation.platform },
    });
    const platform = platformName(c.t, conversation.platform);
    return sentence(c, c.t.people.bound({ agency: agency.name, platform, external: conversation.external === true }));
  },
});
