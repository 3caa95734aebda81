import { optional, ref, text, when } from "../../src/command/args.js";
import type { Arg } from "../../src/command/define.js";
import { defineCommand } from "../../src/command/define.js";
import { knownBy } from "../../src/command/references.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { findToAttach } from "../../src/requests/acts/deciding.js";
import { askPermission } from "../../src/requests/acts/shared.js";
import { calledTo } from "../../src/requests/model.js";
import { REQUESTS } from "../../src/requests/store.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { SHARES } from "../../src/shares/store.js";

/** What it is for is the asking side's to say: the provider is told of no request but by these words. */
export const requestuse = defineCommand({
  name: "request-use",
  aliases: ["request-permission"],
  group: "requests",
  dialogOnly: true,
  summary: (t) => t.commands["request-use"],
  example: "request use R-9 I-31",
  may: "request.use",
  formOnButton: true,
  args: {
    ref: ref(REQUESTS),
    share: ref(SHARES),
    purpose: purpose(),
    basis: optional({ ...text({ label: (t) => t.args.useBasis, max: 300 }), shape: "form" as const }),
    by: optional({ ...when({ label: (t) => t.args.neededBy }), shape: "form" as const }),
  },
  allows: (c, ref) => findToAttach(c, ref),
  async intro(c, { share }) {
    const named = share === undefined ? undefined : await knownBy(c, SHARES, share);
    return named && c.t.requests.shared.told({ provider: named.providerAgency.name });
  },
  async run(c, { ref, share: named, purpose, basis, by }) {
    const { one, side } = await findToAttach(c, ref);
    const share = await findShare(c, named, "open");
    if (side === "answer") refuse((t) => t.errors.requestSharedAnswer({ ref: one.ref, share: share.ref }));
    const use = await askPermission(c, one, share, { purpose, basis, by: by?.at });
    const about = { use: use.ref, share: share.ref, ref: one.ref, agency: share.providerAgency.name };
    return sentence(c, c.t.requests.shared.asked(about));
  },
});

/** To begin with, the kind of request and whom it goes to. */
function purpose(): Arg<string> {
  const asked = text({ label: (t) => t.args.usePurpose, multiline: true, max: 1_000 });
  return {
    ...asked,
    shape: "form",
    async field(c, raw, raws) {
      const one = raw === undefined ? await knownBy(c, REQUESTS, raws.ref) : undefined;
      return asked.field(
        c,
        one ? c.t.requests.shared.purpose({ kind: c.t.requests.kinds[one.kind], to: calledTo(one) }) : raw,
        raws,
      );
    },
  };
}
