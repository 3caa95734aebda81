import { choicesOf, label, optional, ref, text, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findShare, tighten as makeStricter } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { CODES, nameOf } from "../../src/shares/model.js";
import { readersOf } from "../../src/shares/notify.js";
import { SHARES } from "../../src/shares/store.js";

export const tighten = defineCommand({
  name: "tighten",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.tighten,
  example: "tighten I-31",
  formOnButton: true,
  args: {
    ref: ref(SHARES),
    label: optional({ ...label({ label: (t) => t.args.label }), shape: "form" as const }),
    codes: optional({
      ...choicesOf({
        label: (t) => t.args.shareCodes,
        values: CODES,
        show: (t, value) => t.information.codeShort[value],
      }),
      shape: "form" as const,
    }),
    other: optional({ ...text({ label: (t) => t.args.otherCode, max: 500 }), shape: "form" as const }),
    until: optional({ ...when({ label: (t) => t.args.validUntil, keeps: true }), shape: "form" as const }),
  },
  allows: (c, ref) => findShare(c, ref, "control"),
  async run(c, { ref, label, codes, other, until }) {
    const share = await findShare(c, ref, "control");
    if (c.via === "text") return c.form("tighten", { ref: share.ref, label });
    const stricter = await makeStricter(c, share, { label, codes, otherCode: other, validUntil: until });
    const readers = (await readersOf(c.work, share)).length;
    return answered(c, stricter, c.t.information.tightened({ what: nameOf(stricter), readers }));
  },
});
