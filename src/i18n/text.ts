import { isPluralElement, isSelectElement, type MessageFormatElement, TYPE } from "@formatjs/icu-messageformat-parser";
import { IntlMessageFormat } from "intl-messageformat";

/**
 * Sentences as translators write them: ICU MessageFormat
 * (https://unicode-org.github.io/icu/userguide/format_parse/messages/). A placeholder is a parameter, whose name is in
 * camel case, or a parameter and a suffix that says what is shown of it:
 *
 * - `{ref}`: as it is; a list with commas between
 * - `{names_and}`, `{names_or}`, `{names_semicolon}`: a list, as the language joins it
 * - `{words_quoted}`: each in the language's quotation marks; also `{words_quoted_and}`
 * - `{state_lower}`: in small letters, for the middle of a sentence
 * - `{names_count, plural, …}`: how many there are
 * - `{kind, select, …}`: one of its words, in which `_` stands for `-`
 * - `{due_given, select, true {…} other {…}}`: whether there is any; an empty text or list counts as none
 */
const SUFFIXES = ["and", "or", "semicolon", "count", "given", "lower"] as const;
type Suffix = (typeof SUFFIXES)[number];

export type Placeholder = { param: string; quoted: boolean; suffix?: Suffix };

/** @param name as it stands in a message, e.g. `names_quoted_or` */
export function placeholderOf(name: string): Placeholder {
  const [param = "", ...rest] = name.split("_");
  const quoted = rest[0] === "quoted";
  const suffix = SUFFIXES.find((one) => one === rest.at(-1));
  return { param, quoted, ...(suffix && { suffix }) };
}

/** Each placeholder of a message with its element, in the order in which they stand; also those within a choice. */
export function* placeholdersIn(elements: readonly MessageFormatElement[]): Generator<[string, MessageFormatElement]> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    yield [element.value, element];
    if (isSelectElement(element) || isPluralElement(element))
      for (const { value } of Object.values(element.options)) yield* placeholdersIn(value);
  }
}

/** What joins and quotes in a language, beside what CLDR knows of it. */
export type Punctuation = { quote: string; comma: string; semicolon: string };

type Params = Readonly<Record<string, unknown>>;

/** The sentences of one language. */
export class Voice {
  readonly #and: Intl.ListFormat;
  readonly #or: Intl.ListFormat;

  /** @param locale BCP 47, for plurals and lists */
  constructor(
    readonly locale: string,
    readonly punctuation: Punctuation,
  ) {
    this.#and = new Intl.ListFormat(locale, { type: "conjunction" });
    this.#or = new Intl.ListFormat(locale, { type: "disjunction" });
  }

  /** @returns what says the message of its parameters; it is parsed when it is said for the first time */
  sayer(message: string): (params: Params) => string {
    let say: ((params: Params) => string) | undefined;
    return (params) => {
      say ??= this.#parsed(message);
      return say(params);
    };
  }

  #parsed(message: string): (params: Params) => string {
    // Angle brackets are words here, not tags.
    const format = new IntlMessageFormat(message, this.locale, undefined, { ignoreTag: true });
    // Asked for one by one, as the message comes to them: what stands in a branch that is not taken may be missing.
    const values: { params: Params } = { params: {} };
    for (const [name, element] of [...placeholdersIn(format.getAst())]) {
      const place = placeholderOf(name);
      const shown = () => this.#shown(values.params, place);
      if (!isSelectElement(element)) Object.defineProperty(values, name, { get: shown, configurable: true });
      else {
        // Chosen among its own words alone: "constructor" is none of them. A name in a message has no hyphen.
        element.value = `${name}?`;
        const words = new Set(Object.keys(element.options));
        const chosen = () => String(shown()).replaceAll("-", "_");
        Object.defineProperty(values, element.value, {
          get: () => (words.has(chosen()) ? chosen() : "other"),
          configurable: true,
        });
      }
    }
    return (params) => {
      values.params = params;
      return String(format.format(values as unknown as Record<string, string>));
    };
  }

  #shown(params: Params, { param, quoted, suffix }: Placeholder): string | number | boolean {
    const value = params[param];
    const words = Array.isArray(value) ? value.map(String) : [String(value)];
    const each = quoted ? words.map((word) => this.punctuation.quote.replace("{}", () => word)) : words;
    switch (suffix) {
      case "given":
        return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
      case "count":
        return words.length;
      case "lower":
        return each.join().toLowerCase();
      case "and":
        return this.#and.format(each);
      case "or":
        return this.#or.format(each);
      case "semicolon":
        return each.join(this.punctuation.semicolon);
      case undefined:
        if (Array.isArray(value) || quoted) return each.join(this.punctuation.comma);
        return typeof value === "number" || typeof value === "boolean" ? value : String(value);
    }
  }
}
