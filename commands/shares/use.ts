import { agenciesInvited, choice, invited, optional, ref, text, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { askUse } from "../../src/shares/acts/using.js";
import { CODES } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

export const use = defineCommand({
  name: "use",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.use,
  example: "use I-31",
  formOnButton: true,
  args: {
    ref: ref(SHARES),
    code: {
      ...choice({
        label: (t) => t.args.useCode,
        values: CODES,
        read: (said) => CODES.find((one) => one === said.toUpperCase()),
        show: (t, value) => t.information.use.codes[value],
      }),
      shape: "form" as const,
    },
    purpose: { ...text({ label: (t) => t.args.usePurpose, multiline: true, max: 1_000 }), shape: "form" as const },
    to: optional({ ...invited({ label: (t) => t.args.useFor }), shape: "form" as const }),
    basis: optional({ ...text({ label: (t) => t.args.useBasis, max: 300 }), shape: "form" as const }),
    by: optional({ ...when({ label: (t) => t.args.neededBy }), shape: "form" as const }),
  },
  allows: (c, ref) => findShare(c, ref, "open"),
  async run(c, { ref, code, purpose, to, basis, by }) {
    const share = await findShare(c, ref, "receive");
    const request = await askUse(c, share, {
      code,
      purpose,
      agencies: to ? await agenciesInvited(c, to) : [],
      persons: to?.persons ?? [],
      legalBasis: basis,
      neededBy: by?.at,
    });
    return sentence(c, c.t.information.use.asked({ ref: request.ref, agency: share.providerAgency.name }));
  },
});
