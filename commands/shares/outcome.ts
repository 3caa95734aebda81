import { choice, label, optional, ref, text, when, wholeNumber } from "../../src/command/args.js";
import { day } from "../../src/command/day.js";
import { defineCommand } from "../../src/command/define.js";
import { report } from "../../src/shares/acts/outcomes.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { MORE_FOLLOWS, nameOf, OUTCOMES } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

/** One tap tells it; the form takes more. */
export const outcome = defineCommand({
  name: "outcome",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.outcome,
  example: "outcome I-31 arrest",
  args: {
    ref: ref(SHARES),
    kind: choice({
      label: (t) => t.args.outcomeKind,
      values: OUTCOMES,
      show: (t, value) => t.information.outcomes[value],
      wrong: (t, said) => t.errors.outcomeKind({ said }),
    }),
    final: optional({
      ...choice({
        label: (t) => t.args.outcomeFinal,
        values: ["interim", "final"] as const,
        show: (t, value) => t.args.finals[value],
      }),
      shape: "form" as const,
    }),
    direct: optional({
      ...choice({
        label: (t) => t.args.outcomeDirect,
        values: ["direct", "indirect"] as const,
        show: (t, value) => t.args.directs[value],
      }),
      shape: "form" as const,
    }),
    on: optional({ ...day({ label: (t) => t.args.outcomeOn, done: true }), shape: "form" as const }),
    count: optional({ ...wholeNumber({ label: (t) => t.args.outcomeCount }), shape: "form" as const }),
    narrative: optional({ ...text({ label: (t) => t.args.narrative, multiline: true }), shape: "form" as const }),
    label: optional({ ...label({ label: (t) => t.args.label }), shape: "form" as const }),
    next: optional({ ...when({ label: (t) => t.args.nextAt }), shape: "form" as const }),
  },
  allows: (c, ref) => findShare(c, ref, "receive"),
  async run(c, { ref, kind, final, direct, on, count, narrative, label, next }) {
    const share = await findShare(c, ref, "receive");
    const told = final ?? direct ?? on ?? count ?? narrative ?? label ?? next;
    if (c.via !== "form" && MORE_FOLLOWS.has(kind)) return c.form("outcome", { ref: share.ref, kind });
    await report(c, share, {
      kind,
      final: final ? final === "final" : !MORE_FOLLOWS.has(kind),
      tapped: told === undefined,
      direct: direct && direct === "direct",
      on,
      count,
      narrative,
      label,
      nextAt: next?.at,
    });
    return answered(c, share, c.t.information.outcomeNoted({ what: nameOf(share), agency: share.providerAgency.name }));
  },
});
