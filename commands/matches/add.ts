import { addDays } from "date-fns";
import { choice, optional, rest, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { enter, KEEP_DAYS } from "../../src/matches/acts.js";
import { IDENTIFIER_KINDS, normalise } from "../../src/matches/normalise.js";
import { showAt } from "../../src/time/display.js";

/** What is registered is typed in a dialog, made into forms, and gone: only their keyed hashes stay. */
export const matchadd = defineCommand({
  name: "match-add",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["match-add"],
  example: "match add",
  may: "match.use",
  args: {
    stray: { ...optional(rest({ label: (t) => t.args.matchValue })), given: true as const, silent: true as const },
    kind: {
      ...choice({
        label: (t) => t.args.matchKind,
        values: IDENTIFIER_KINDS,
        show: (t, value) => t.matches.kinds[value],
      }),
      shape: "form" as const,
    },
    value: {
      ...text({ label: (t) => t.args.matchValue, hint: (t) => t.args.matchValueHint, max: 400, multiline: true }),
      shape: "form" as const,
    },
    case: { ...text({ label: (t) => t.args.matchCase, max: 100 }), shape: "form" as const },
    purpose: { ...text({ label: (t) => t.args.matchPurpose, max: 300 }), shape: "form" as const },
    country: optional({ ...text({ label: (t) => t.args.matchCountry, max: 2 }), shape: "form" as const }),
    quiet: optional({
      ...choice({
        label: (t) => t.args.matchSilent,
        values: ["yes", "no"] as const,
        show: (t, value) => t.args.yesNoWords[value],
      }),
      shape: "form" as const,
    }),
  },
  refine(raws) {
    if (raws.stray) refuse((t) => t.errors.matchInDialog, "content_in_line");
    return raws;
  },
  async run(c, { kind, value, case: caseRef, purpose, country, quiet }) {
    const { work, person, t } = c;
    const normal = normalise(kind, value, { country: country?.toUpperCase() ?? person.agency.country ?? undefined });
    if (!normal.ok) return refuse((m) => m.errors.matchValue({ reason: normal.reason }));
    const number = await enter(c, { kind, forms: normal.forms, case: caseRef, purpose, silent: quiet === "yes" });
    const until = showAt(work, person, addDays(work.now, KEEP_DAYS));
    return sentence(c, t.matches.registered({ number, until }));
  },
});
