import {
  agenciesInvited,
  choice,
  choicesOf,
  invited,
  label,
  optional,
  text,
  when,
  wholeNumber,
} from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { inAny } from "../../src/i18n/grammar/index.js";
import { refuse } from "../../src/lib/refusal.js";
import { draft } from "../../src/shares/acts/sharing.js";
import { CODES, nameOf, SHARE_KINDS } from "../../src/shares/model.js";

/** A name, a mention or `all`: anything else in the line may be content, and content is not taken there. */
const RECIPIENT = new RegExp(
  `^(?:@[^\\s]*|\\uE000\\d+\\uE001|person:[0-9a-f-]{36}|${inAny(({ line, schedule }) => `${line.everybody}|${schedule.and}`)})$`,
  "iu",
);

/** The conditions first; what is shared is written in the dialog after it, never in a line (docs/shares.md). */
export const share = defineCommand({
  name: "share",
  aliases: ["share-new"],
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.share,
  submit: (t) => t.information.buttons.next,
  example: "share @labour",
  may: "share.create",
  formOnButton: true,
  args: {
    with: {
      ...invited({ label: (t) => t.args.shareWith, hint: (t) => t.args.shareWithHint }),
      shape: "rest" as const,
    },
    kind: {
      ...choice({
        label: (t) => t.args.shareKind,
        values: SHARE_KINDS,
        show: (t, value) => `(${value}) ${t.information.kinds[value]}`,
      }),
      shape: "form" as const,
    },
    label: { ...label({ label: (t) => t.args.label }), shape: "form" as const },
    codes: optional({
      ...choicesOf({
        label: (t) => t.args.shareCodes,
        values: CODES,
        show: (t, value) => t.information.codeShort[value],
      }),
      shape: "form" as const,
    }),
    other: optional({ ...text({ label: (t) => t.args.otherCode, max: 500 }), shape: "form" as const }),
    source: optional({
      ...choice({
        label: (t) => t.args.sourceGrade,
        values: ["A", "B", "C", "X"] as const,
        read: (said) => (["A", "B", "C", "X"] as const).find((one) => one === said.toUpperCase()),
        show: (_t, value) => value,
      }),
      shape: "form" as const,
    }),
    grade: optional({
      ...choice({
        label: (t) => t.args.contentGrade,
        values: ["1", "2", "3", "4"] as const,
        show: (_t, value) => value,
      }),
      shape: "form" as const,
    }),
    until: optional({ ...when({ label: (t) => t.args.validUntil }), shape: "form" as const }),
    days: optional({ ...wholeNumber({ label: (t) => t.args.outcomeDays, max: 365 }), shape: "form" as const }),
    attribution: optional({
      ...choice({
        label: (t) => t.args.attribution,
        values: ["yes", "no"] as const,
        show: (t, value) => t.args.yesNoWords[value],
      }),
      shape: "form" as const,
    }),
  },
  refine(raws) {
    const words = (raws.with ?? "").split(/[\s,;]+/).filter(Boolean);
    if (!words.every((word) => RECIPIENT.test(word))) refuse((t) => t.errors.inDialogOnly, "content_in_line");
    return raws;
  },
  async run(c, { with: to, kind, label, codes = [], other, source, grade, until, days = 14, attribution }) {
    const made = await draft(
      c,
      {
        kind,
        label,
        codes,
        otherCode: other,
        sourceGrade: source,
        contentGrade: grade,
        attribution: attribution === "yes",
        validUntil: until,
        outcomeDays: days,
      },
      await agenciesInvited(c, to),
      to.persons,
    );
    const next = await c.form("share-write", { ref: made.ref });
    return next && "form" in next
      ? { form: { ...next.form, intro: c.t.information.drafted({ what: nameOf(made) }) } }
      : next;
  },
});
