import { closeAuthority } from "../../src/authorities/acts.js";
import { AUTHORITIES } from "../../src/authorities/store.js";
import { keyed, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";

export const authorityclose = defineCommand({
  name: "authority-close",
  group: "directory",
  summary: (t) => t.commands["authority-close"],
  example: "authority close A-55 instead:A-60",
  may: "authority.write",
  args: {
    ref: ref(AUTHORITIES),
    instead: keyed("instead", { ...ref(AUTHORITIES), given: undefined }),
  },
  allows: (c, ref) => AUTHORITIES.find(c, ref),
  async run(c, { ref, instead }) {
    const authority = await AUTHORITIES.find(c, ref);
    const other = instead && (await AUTHORITIES.find(c, instead));
    const closed = await closeAuthority(c, authority, other);
    return sentence(c, c.t.directory.closed({ ref: closed.ref, instead: other?.ref }));
  },
});
