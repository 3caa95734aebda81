import { clean } from "../command/args.js";
import type { Arg, Context } from "../command/define.js";
import { parseReference, type Reference } from "../command/references.js";
import { followable } from "../documents/word.js";
import type { Messages } from "../i18n/index.js";
import { refuse } from "../lib/refusal.js";
import type { Label } from "../policy/index.js";
import { parseDecimal } from "./decimal.js";
import { PLAN_LABELS, type PlanLabel } from "./model.js";
import type { Measured } from "./store.js";

/** Arguments that only the plan has. */

type Options = { label: (t: Messages) => string; hint?: (t: Messages) => string };

/** `34`, `12,5`, `75 %`, as exact text. */
export function decimal(o: Options): Arg<string> {
  return {
    shape: "word",
    optional: false,
    shown: o.label,
    fits: (word) => /^[-−+]?\d/.test(word),
    async parse(_c, raw) {
      const said = clean(raw);
      return parseDecimal(said) ?? refuse((t) => t.errors.decimal({ said: said.slice(0, 40) }));
    },
    field: async (c, raw) => ({ type: "text", label: o.label(c.t), hint: o.hint?.(c.t), value: raw, maxLength: 30 }),
  };
}

/** An https address, or the reference of something in Coord. What it names is not looked up: it is only written down. */
export function evidence(o: Options): Arg<string> {
  return {
    shape: "word",
    optional: false,
    shown: o.label,
    async parse(_c, raw) {
      const said = clean(raw);
      const url = said.length <= 500 ? followable(said) : undefined;
      return url?.href ?? parseReference(said)?.text ?? refuse((t) => t.errors.evidence({ said: said.slice(0, 60) }));
    },
    field: async (c, raw) => ({ type: "text", label: o.label(c.t), hint: o.hint?.(c.t), value: raw, maxLength: 500 }),
  };
}

/** A reference of whatever kind. */
export function anyRef(o: Options): Arg<Reference> {
  return {
    shape: "word",
    optional: false,
    shown: () => "T-…",
    async parse(_c, raw) {
      return parseReference(clean(raw)) ?? refuse((t) => t.errors.notLinkable({ said: clean(raw).slice(0, 40) }));
    },
    field: async (c, raw) => ({ type: "text", label: o.label(c.t), hint: o.hint?.(c.t), value: raw, maxLength: 20 }),
  };
}

/** A plan is known to everybody in the body: nothing stricter than GREEN is entered (docs/plan.md). */
export const planLabel = (arg: Arg<Label>): Arg<PlanLabel> => ({
  ...arg,
  shown: () => PLAN_LABELS.join("|"),
  async parse(c, raw) {
    const label = await arg.parse(c, raw);
    return PLAN_LABELS.find((open) => open === label) ?? refuse((t) => t.errors.planRestricted);
  },
  async field(c, raw, raws) {
    const field = await arg.field(c, raw, raws);
    if (field.type !== "choice") return field;
    return { ...field, options: field.options.filter(({ value }) => PLAN_LABELS.some((open) => open === value)) };
  },
});

/** A key that must be given: left out of a line, the form asks for it. */
export const needed = <T>(key: string, arg: Arg<T>): Arg<T> => ({ ...arg, shape: "key", key });

/** A field of a form about an indicator that there is shows how it stands. */
export const asMeasured = <T>(
  find: (c: Context, reference: Reference) => Promise<Measured>,
  arg: Arg<T>,
  read: (measured: Measured) => string,
): Arg<T> => ({
  ...arg,
  async field(c, raw, raws) {
    const reference = raws.ref ? parseReference(raws.ref) : undefined;
    const known = raw ?? (reference?.part === undefined ? undefined : read(await find(c, reference)));
    return arg.field(c, known, raws);
  },
});
