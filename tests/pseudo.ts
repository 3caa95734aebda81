import {
  isPluralElement,
  isSelectElement,
  type MessageFormatElement,
  parse,
  TYPE,
} from "@formatjs/icu-messageformat-parser";
import { printAST } from "@formatjs/icu-messageformat-parser/printer.js";
import { type Texts, textsOf } from "../src/i18n/index.js";
import { LANGUAGES } from "../src/i18n/languages.js";
import type { LanguageRow } from "../src/i18n/model.js";

/**
 * A language that nobody speaks, made of English: each vowel has an accent, each text is 40 % longer, and it is read from
 * right to left. What a reader of it sees without an accent was written into the code; what does not fit would not fit
 * in the next real language either. Its tag is that of Arabic, for the direction.
 */
export const PSEUDO = "ar-XB";

const ACCENTED = new Map([..."aeiouyAEIOUY"].map((vowel, n) => [vowel, [..."áéíóúýÁÉÍÓÚÝ"][n] ?? vowel]));
const accented = (text: string): string => text.replace(/[aeiouy]/gi, (vowel) => ACCENTED.get(vowel) ?? vowel);

function inAccents(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.map((element) => {
    if (element.type === TYPE.literal) return { ...element, value: accented(element.value) };
    if (isSelectElement(element) || isPluralElement(element))
      return {
        ...element,
        options: Object.fromEntries(
          Object.entries(element.options).map(([key, option]) => [key, { ...option, value: inAccents(option.value) }]),
        ),
      };
    return element;
  });
}

const lettersOf = (text: string): number => text.replace(/\{[^{}]*\}/g, "").length;

/** What stands over a dialog has 24 letters on Slack, so translators keep it short: it is accented and no longer. */
function texts(tree: Texts, path = ""): Texts {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      const at = path ? `${path}.${key}` : key;
      if (Array.isArray(value)) return [key, value.map(accented)];
      if (typeof value !== "string") return [key, texts(value as Texts, at)];
      const said = value.includes("{") ? printAST(inAccents(parse(value, { ignoreTag: true }))) : accented(value);
      const short = /^titles\.|^form\.|^reports\.document\./.test(at);
      return [key, short ? said : `${said} ${"·".repeat(Math.ceil(lettersOf(value) * 0.4))}`];
    }),
  );
}

export const pseudoRow: LanguageRow = { ...LANGUAGES.en, name: "Pséúdó" };
export const pseudoTexts = (): Texts => texts(textsOf("en"));
