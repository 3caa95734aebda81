import { AUTHORITIES } from "../../src/authorities/store.js";
import { cardOf } from "../../src/authorities/views.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { shownNow } from "../../src/command/reply.js";

export const authority = defineCommand({
  name: "authority",
  group: "directory",
  summary: (t) => t.commands.authority,
  example: "A-55",
  may: "authority.see",
  args: { ref: ref(AUTHORITIES) },
  async run(c, { ref }) {
    const one = await AUTHORITIES.find(c, ref);
    return shownNow(c, async (reader) => cardOf(c.work, one, reader));
  },
});
