import type { Option } from "../chat/index.js";
import { agency, choice, choicesOf, clean, keyed, keyedWords, text } from "../command/args.js";
import type { Arg, Context } from "../command/define.js";
import { namedLanguages } from "../command/languages.js";
import type { Messages } from "../i18n/index.js";
import { countryName, LANGS } from "../i18n/names.js";
import { refuse } from "../lib/refusal.js";
import { fold } from "../people/names.js";
import { countriesNamed, isNamed, isOwnCode } from "./countries.js";
import { type AuthorityFunction, FUNCTIONS } from "./functions.js";
import { AUTHORITY_KINDS, AUTHORITY_STATES, CHANNELS } from "./model.js";
import { readQuery } from "./query.js";
import { ownStates } from "./store.js";
import { isOneEmail, isPhone, LONGEST } from "./table.js";
import { wordsIn } from "./words.js";

/** The kinds of argument that the directory has beside the common ones. */

type Words = (t: Messages) => string;

/** `France`, `FR`, a code that ISO 3166-1 leaves to its users, or a State that the directory has by such a code. */
export function country(): Arg<string> {
  const said = text({ label: (t) => t.args.authorityCountry, hint: (t) => t.args.authorityCountryHint, max: 80 });
  return {
    ...said,
    words: undefined,
    fits: (word) => codeOf(word) !== undefined || countriesNamed(wordsIn(word).join(" ")).length > 0,
    async parse(c, raw) {
      const words = clean(raw);
      const code = codeOf(words);
      if (code) return code;
      const plain = wordsIn(words).join(" ");
      const listed = countriesNamed(plain);
      const named = listed.length ? listed : countriesNamed(plain, (await ownStates(c.work)).named);
      const [only] = named;
      if (only && named.length === 1) return only;
      const said = words.slice(0, 40);
      if (only)
        refuse((t) =>
          t.errors.authorityCountries({
            said,
            countries: named.map((one) => `${countryName(one, c.person.lang)} (${one})`).join(", "),
          }),
        );
      return refuse((t) => t.errors.authorityCountry({ said }));
    },
  };
}

/** A State of which the directory has somebody: found by typing. */
export function statesHere(): Arg<string> {
  const said = country();
  return {
    ...said,
    async field(c, raw) {
      const label = c.t.args.authorityCountry;
      const code = raw === undefined ? undefined : codeOf(clean(raw));
      const value = code && { value: code, label: await calledHere(c, code) };
      return { type: "lookup", label, hint: c.t.args.authorityCountryHint, source: STATE, value: value || undefined };
    },
  };
}

const STATE = "directory_state";
const MOST_OFFERED = 20;

const calledHere = async (c: Context, code: string): Promise<string> =>
  isNamed(code) ? countryName(code, c.person.lang) : ((await ownStates(c.work)).names.get(code) ?? code);

export const suggests = {
  /** By how it is called in the language of whoever asks, or its code. */
  async [STATE](c: Context, query: string): Promise<Option[]> {
    const said = fold(query);
    const rows = await c.work.tx
      .selectFrom("authorities")
      .select(["country", "country_name"])
      .distinct()
      .where("state", "!=", "closed")
      .execute();
    const all = new Map(
      rows.map(({ country, country_name }) => [
        country,
        isNamed(country) ? countryName(country, c.person.lang) : (country_name ?? country),
      ]),
    );
    return [...all]
      .map(([value, label]) => ({ value, label }))
      .filter(({ value, label }) => value.toLowerCase() === said || fold(label).includes(said))
      .sort((a, b) => a.label.localeCompare(b.label, c.person.lang))
      .slice(0, MOST_OFFERED);
  },
};

const codeOf = (word: string): string | undefined => {
  const code = word.toUpperCase();
  return isNamed(code) || isOwnCode(code) ? code : undefined;
};

const named =
  <T extends string>(values: readonly T[]) =>
  (said: string): T | undefined =>
    values.find((value) => value === said.toLowerCase().replace(/[\s-]+/g, "_"));

/** Of a long list a usage line shows the first. */
const shortly = <T>(arg: Arg<T>, first: string): Arg<T> => ({ ...arg, shown: () => `${first},…` });

export const functions = () =>
  shortly(
    choicesOf({
      label: (t) => t.args.authorityFunctions,
      values: FUNCTIONS,
      show: (t, value) => t.directory.functions[value],
    }),
    FUNCTIONS[0] as string,
  );

/** One of them, as people call it: `mla`, `smuggling by sea`. */
export const competence = (): Arg<AuthorityFunction> => ({
  ...choice({
    label: (t) => t.args.ruleFunction,
    values: FUNCTIONS,
    read: (said) => named(FUNCTIONS)(said) ?? functionSaid(said),
    show: (t, value) => t.directory.functions[value],
    shape: "rest",
  }),
  shown: () => `${FUNCTIONS[0]},…`,
});

/** Where that is all that was said. */
function functionSaid(said: string): AuthorityFunction | undefined {
  const { functions, countries, unclear, words } = readQuery(said);
  return functions.length === 1 && !words.length && !countries.length && !unclear ? functions[0] : undefined;
}

const kind = () =>
  choice({
    label: (t) => t.args.authorityKind,
    values: AUTHORITY_KINDS,
    read: named(AUTHORITY_KINDS),
    show: (t, value) => t.directory.kinds[value],
  });

export const state = () =>
  choice({
    label: (t) => t.args.authorityState,
    values: AUTHORITY_STATES,
    read: named(AUTHORITY_STATES),
    show: (t, value) => t.directory.states[value],
  });

const channels = () =>
  shortly(
    choicesOf({
      label: (t) => t.args.authorityChannels,
      values: CHANNELS,
      show: (t, value) => t.directory.channels[value],
    }),
    CHANNELS[0],
  );

/** `en,fr`. */
const languages = () =>
  shortly(
    namedLanguages(choicesOf({ label: (t) => t.directory.facts.langs, values: LANGS, show: (_t, value) => value })),
    LANGS[0],
  );

const checked = (
  label: Words,
  column: string,
  holds: (said: string) => boolean,
  wrong: (t: Messages, said: string) => string,
): Arg<string> => {
  const said = text({ label, max: LONGEST[column] });
  return {
    ...said,
    words: undefined,
    async parse(c, raw) {
      const words = await said.parse(c, raw);
      return holds(words) ? words : refuse((t) => wrong(t, words.slice(0, 60)));
    },
  };
};

/** `+33 1 55 50 01 00`, `(0)1.55-50` */
const DIGITS = /^[\d().+/-]+,?$/;

const phone = (): Arg<string> => ({ goesOn: DIGITS, ...phoneSaid() });
const phoneSaid = () =>
  checked(
    (t) => t.args.authorityPhone,
    "phone",
    isPhone,
    (t, said) => t.errors.authorityPhone({ said }),
  );
const email = () =>
  checked(
    (t) => t.args.authorityEmail,
    "email",
    isOneEmail,
    (t, said) => t.errors.authorityEmail({ said }),
  );

const long = (label: Words, column: string) => text({ label, max: LONGEST[column], multiline: true });

/** What is said of an authority beside its country, its name and what it is for, wherever it is entered. */
export const ofAuthority = () => ({
  kind: keyed("kind", kind()),
  agency: keyed(
    "agency",
    agency({ label: (t) => t.args.authorityAgency, hint: (t) => t.args.authorityAgencyHint, anywhere: true }),
  ),
  phone: keyed("phone", phone()),
  email: keyed("email", email()),
  // AMBER: written and read in a dialog alone.
  urgent: {
    ...text({ label: (t) => t.args.authorityUrgent, hint: (t) => t.args.authorityUrgentHint, max: LONGEST.urgent }),
    ...{ shape: "form" as const, optional: true },
  } as Arg<string | undefined>,
  langs: keyed("langs", languages()),
  hours: keyedWords("hours", text({ label: (t) => t.args.authorityHours, max: LONGEST.hours })),
  channels: keyed("channels", channels()),
  address: keyedWords(
    "address",
    long((t) => t.args.authorityAddress, "address"),
  ),
  requirements: keyedWords(
    "requirements",
    long((t) => t.args.authorityRequirements, "requirements"),
  ),
  networks: keyedWords("networks", text({ label: (t) => t.args.authorityNetworks, max: 300 })),
  others: keyedWords("names", text({ label: (t) => t.args.authorityOtherNames, max: 400 })),
  source: keyedWords(
    "source",
    text({ label: (t) => t.args.authoritySource, hint: (t) => t.args.authoritySourceHint, max: LONGEST.source }),
  ),
  countryName: keyedWords(
    "countryname",
    text({ label: (t) => t.args.authorityCountryName, max: LONGEST.country_name }),
  ),
});

/** `CARIN|EJN`, as in a file: a comma may stand in a name. */
export const severalIn = (said: string | undefined): string[] | undefined =>
  said
    ?.split("|")
    .map((one) => one.trim())
    .filter(Boolean);
