import { choice, choicesOf, clean, keyed, optional, rest, text, when, wholeNumber } from "../command/args.js";
import type { Arg, Context } from "../command/define.js";
import { namedLanguages } from "../command/languages.js";
import type { Messages } from "../i18n/index.js";
import { LANGS } from "../i18n/names.js";
import { refuse } from "../lib/refusal.js";
import { isCountry } from "../matches/characters.js";
import { schedule } from "../meetings/args.js";
import type { Schedule } from "../meetings/schedule/index.js";
import { withDays } from "./day-words.js";
import { COUNTRY_ROLES, FORMATS, OPEN_LABELS, type OpenLabel, TOPICS, type Topic, WHATS } from "./model.js";
import { RESOURCE_KINDS } from "./tools.js";

/** The kinds of argument that training has beside the common ones. */

type Words = (t: Messages) => string;

const named =
  <T extends string>(values: readonly T[]) =>
  (said: string): T | undefined =>
    values.find((value) => value === said.toLowerCase().replace(/[\s-]+/g, "_"));

/** `document_examination`, also with hyphens. */
export const topic = (): Arg<Topic> =>
  choice({
    label: (t) => t.args.topic,
    values: TOPICS,
    read: named(TOPICS),
    show: (t, value) => t.training.topics[value],
  });

export const topics = (): Arg<Topic[]> =>
  choicesOf({ label: (t) => t.args.topics, values: TOPICS, show: (t, value) => t.training.topics[value] });

export const what = () =>
  choice({ label: (t) => t.args.trainingWhat, values: WHATS, show: (t, value) => t.training.what[value] });

export const countryRole = () =>
  choice({ label: (t) => t.args.countryRole, values: COUNTRY_ROLES, show: (t, value) => t.training.roles[value] });

export const format = () =>
  choice({
    label: (t) => t.args.trainingFormat,
    values: FORMATS,
    read: named(FORMATS),
    show: (t, value) => t.training.formats[value],
  });

/** Nothing above GREEN: every member reads it. */
export const openLabel = (): Arg<OpenLabel> => ({
  marks: true,
  ...choice({
    label: (t) => t.args.label,
    hint: (t) => t.args.openLabelHint,
    values: OPEN_LABELS,
    read: (said) => OPEN_LABELS.find((value) => value === said.toUpperCase().replace(/^TLP[:\s]*/, "")),
    show: (_t, value) => `TLP:${value}`,
    wrong: (t, said) => t.errors.trainingLabel({ said }),
  }),
});

export const resourceKind = () =>
  choice({
    label: (t) => t.args.resourceKind,
    values: RESOURCE_KINDS,
    read: named(RESOURCE_KINDS),
    show: (t, value) => t.training.resourceKinds[value],
  });

/** `en,fr`. */
export const languages = () =>
  namedLanguages(choicesOf({ label: (t) => t.args.langs, values: LANGS, show: (_t, value) => value }));

/** When a session is: as of a meeting, and `first Tue of March 10:00`. */
export function sessionDay(): Arg<Schedule> {
  const said = schedule();
  const days = (c: Context, raw: string) => withDays(raw, { now: c.work.now, zone: c.person.zone });
  return {
    ...said,
    parse: (c, raw) => said.parse(c, days(c, raw)),
    field: (c, raw, raws) => said.field(c, raw && days(c, raw), raws),
  };
}

/** Two letters, ISO 3166-1. */
export function country(): Arg<string> {
  const said = text({ label: (t) => t.args.country, hint: (t) => t.args.countryHint, max: 2 });
  return {
    ...said,
    words: undefined,
    async parse(_c, raw) {
      const code = clean(raw).toUpperCase();
      return isCountry(code) ? code : refuse((t) => t.errors.country({ said: clean(raw).slice(0, 20) }));
    },
  };
}

const MARKS = ["1", "2", "3", "4", "5"] as const;

/** 1 to 5. */
export function mark(label: Words): Arg<(typeof MARKS)[number]> {
  const one = choice({ label, values: MARKS, show: (t, value) => t.training.marks[value] });
  return {
    ...one,
    shown: () => "1-5",
    async field(c, raw, raws) {
      const body = await one.field(c, raw, raws);
      return body.type === "choice" ? { ...body, radio: true } : body;
    },
  };
}

/** In which it was published. */
export function year(): Arg<number> {
  const said = text({ label: (t) => t.args.year, max: 4 });
  return {
    ...said,
    words: undefined,
    async parse(_c, raw) {
      const words = clean(raw);
      return /^(?:19|20)\d{2}$/.test(words)
        ? Number(words)
        : refuse((t) => t.errors.year({ said: words.slice(0, 20) }));
    },
  };
}

/** What is said of a need, wherever it is entered. */
export const ofNeed = () => ({
  topic: topic(),
  words: rest({ label: (t) => t.args.trainingWords, max: 500, multiline: true }),
  by: optional(when({ label: (t) => t.args.neededByDate })),
  people: keyed("people", wholeNumber({ label: (t) => t.args.people })),
  langs: keyed("langs", languages()),
  what: keyed("what", what()),
  format: keyed("format", format()),
  role: keyed("role", countryRole()),
  country: keyed("country", country()),
});
