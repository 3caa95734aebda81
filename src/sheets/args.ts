import { country } from "../authorities/args.js";
import type { Authority } from "../authorities/model.js";
import { AUTHORITIES } from "../authorities/store.js";
import { choice, choicesOf, keyed, keyedWords, ref, text } from "../command/args.js";
import type { Arg, Context } from "../command/define.js";
import { namedLanguages } from "../command/languages.js";
import type { Reference } from "../command/references.js";
import { inEvery, type Messages } from "../i18n/index.js";
import { LANGS } from "../i18n/names.js";
import { refuse } from "../lib/refusal.js";
import { fold } from "../people/names.js";
import { MEASURES, type Measure, measureName, measureNamed } from "./measures.js";
import { LONGEST_SAID, POSSIBLE, type Possible } from "./model.js";
import { sheetsFor } from "./store.js";

/** The kinds of argument that procedure sheets have beside the common ones. */

/** The first word of the line, which may name a State that no list has. */
export const state = (): Arg<string> => ({ ...country(), fits: undefined });

/** `video_testimony`, `hearing`; a form offers them all. */
export const measure = (): Arg<Measure> => ({
  ...choice<Measure>({
    label: (t) => t.args.sheetMeasure,
    values: MEASURES,
    read: measureNamed,
    show: measureName,
    wrong: (t, said) => t.errors.sheetMeasure({ said, options: MEASURES.join(", ") }),
  }),
  shown: (t) => t.args.sheetMeasure,
});

/** The same where its State is known: what is not done there says so. */
export const measureThere = (): Arg<Measure> => {
  const one = measure();
  return {
    ...one,
    async field(c, raw, raws) {
      const body = await one.field(c, raw, raws);
      if (body.type !== "choice" || !raws.country) return body;
      const sheets = await sheetsFor(c.work, raws.country.toUpperCase(), MEASURES);
      const not = new Set(sheets.filter(({ possible }) => possible === "no").map(({ measure }) => measure));
      return {
        ...body,
        options: body.options.map(({ value, label }) => ({
          value,
          label: not.has(value) ? c.t.sheets.notThere({ measure: label }) : label,
        })),
      };
    },
  };
};

export const possible = (): Arg<Possible> => ({
  ...choice({
    label: (t) => t.args.sheetPossible,
    values: POSSIBLE,
    read: (said) =>
      POSSIBLE.find(
        (one) =>
          one === fold(said) || inEvery((t) => t.sheets.possible[one]).some(({ text }) => fold(text) === fold(said)),
      ),
    show: (t, value) => t.sheets.possible[value],
    shape: "key",
  }),
  key: "possible",
});

const said = (key: string, label: (t: Messages) => string, hint?: (t: Messages) => string) =>
  keyedWords(key, text({ label, hint, max: LONGEST_SAID, multiline: true }));

/** What is said of a sheet beside its State, what it is about and whether that is possible. */
export const ofSheet = () => ({
  instead: said(
    "instead",
    (t) => t.args.sheetInstead,
    (t) => t.args.sheetInsteadHint,
  ),
  scope: said("scope", (t) => t.args.sheetScope),
  framework: said("law", (t) => t.args.sheetFramework),
  receives: keyed("receives", {
    ...ref(AUTHORITIES),
    given: undefined,
    async field(c: Context, raw: string | undefined) {
      const { sheetReceives: label, sheetReceivesHint: hint } = c.t.args;
      return { type: "text" as const, label, hint, value: raw, maxLength: 12 };
    },
  } as Arg<Reference>),
  executes: said("executes", (t) => t.args.sheetExecutes),
  authorises: said("authorises", (t) => t.args.sheetAuthorises),
  langs: keyed("langs", {
    ...namedLanguages(choicesOf({ label: (t) => t.sheets.facts.langs, values: LANGS, show: (_t, value) => value })),
    shown: () => `${LANGS[0]},…`,
  }),
  takes: said("takes", (t) => t.args.sheetTakes),
  requirements: said("requirements", (t) => t.args.sheetRequirements),
  costs: said("costs", (t) => t.args.sheetCosts),
  notes: said("notes", (t) => t.args.sheetNotes),
  source: said("source", (t) => t.args.sheetSource),
});

/** @throws Refusal where it is an authority of another State than the sheet's */
export async function receiving(
  c: Context,
  said: Reference | undefined,
  country: string,
): Promise<Authority | undefined> {
  if (!said) return undefined;
  const found = await AUTHORITIES.find(c, said);
  if (found.country !== country) refuse((t) => t.errors.sheetReceives({ ref: found.ref, country }));
  return found;
}
