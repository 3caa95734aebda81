import { verifyAuthority } from "../../src/authorities/acts.js";
import { nextCheck } from "../../src/authorities/model.js";
import { AUTHORITIES } from "../../src/authorities/store.js";
import { optional, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { showDay } from "../../src/time/display.js";

/** Asked of whoever is there: is it still right, and is it still the right place? */
export const authorityverify = defineCommand({
  name: "authority-verify",
  group: "directory",
  summary: (t) => t.commands["authority-verify"],
  example: "authority verify A-55 called the desk on 3 March",
  may: "authority.write",
  formOnButton: true,
  args: {
    ref: ref(AUTHORITIES),
    source: optional(rest({ label: (t) => t.args.authoritySource, hint: (t) => t.args.authoritySourceHint, max: 300 })),
  },
  allows: (c, ref) => AUTHORITIES.find(c, ref),
  async run(c, { ref, source }) {
    const checked = await verifyAuthority(c, await AUTHORITIES.find(c, ref), source);
    const when = showDay(c.work, readerIn(c), nextCheck(checked.verifiedOn ?? ""));
    return sentence(c, c.t.directory.verified({ ref: checked.ref, when }));
  },
});
