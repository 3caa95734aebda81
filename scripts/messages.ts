import { isPluralElement, isSelectElement, parse } from "@formatjs/icu-messageformat-parser";
import { LANGUAGES, textsOf } from "../src/i18n/index.js";
import { placeholderOf, placeholdersIn } from "../src/i18n/text.js";

/**
 * The type of everything that is said, made from the texts: `src/i18n/generated.ts`. What is asked for under a key that
 * no language has, or without a placeholder that one of them shows, does not compile.
 * @throws Error that names the file's key where a language lacks one, has one too many, or cannot be parsed
 */
export function messagesType(): string {
  const languages = Object.keys(LANGUAGES);
  const [first = "", ...others] = languages;
  const trees = new Map(languages.map((language) => [language, textsOf(language)]));
  for (const other of others) sameKeys(trees.get(first), trees.get(other), other, []);
  const lines = [
    "// Made by `npm run generate` from the texts in the folders beside it. Do not edit.",
    "",
    "/** What a text shows of a parameter; a list with commas between. */",
    "type Shown = string | number | readonly string[];",
    "",
    `export type Messages = ${typeOf([...trees.values()], [])};`,
    "",
  ];
  return lines.join("\n");
}

type Value = ReturnType<typeof textsOf>[string] | undefined;

const isTree = (value: Value): value is ReturnType<typeof textsOf> =>
  typeof value === "object" && !Array.isArray(value);

function sameKeys(base: Value, other: Value, language: string, path: readonly string[]): void {
  const at = path.join(".");
  if (isTree(base) !== isTree(other) || Array.isArray(base) !== Array.isArray(other))
    throw new Error(`${language}: ${at} is ${other === undefined ? "missing" : "of another kind"}`);
  if (!isTree(base) || !isTree(other)) return;
  for (const key of Object.keys(other))
    if (!(key in base)) throw new Error(`${language}: ${[...path, key].join(".")} is in no other language`);
  for (const key of Object.keys(base)) sameKeys(base[key], other[key], language, [...path, key]);
}

function typeOf(values: readonly Value[], path: readonly string[]): string {
  const [base] = values;
  if (Array.isArray(base)) return "readonly string[]";
  if (!isTree(base)) return messageType(values as readonly string[], path);
  const entries = Object.keys(base).map((key) => {
    const inner = values.map((value) => (isTree(value) ? value[key] : undefined));
    return `${"  ".repeat(path.length + 1)}${/^[a-z]\w*$/i.test(key) ? key : JSON.stringify(key)}: ${typeOf(inner, [...path, key])};\n`;
  });
  return `{\n${entries.join("")}${"  ".repeat(path.length)}}`;
}

/** What is known of a parameter from how the languages use it. */
type Use = { list: boolean; number: boolean; flag: boolean; optional: boolean; words: Set<string>; any: boolean };

function messageType(messages: readonly string[], path: readonly string[]): string {
  const uses = new Map<string, Use>();
  for (const message of messages) collect(message, path, uses);
  if (!uses.size) return "string";
  const params = [...uses].map(([name, use]) => `${name}${use.optional ? "?" : ""}: ${paramType(use)}`);
  return `(p: { ${params.join("; ")} }) => string`;
}

function collect(message: string, path: readonly string[], uses: Map<string, Use>): void {
  for (const [name, element] of placeholdersIn(elementsOf(message, path))) {
    const { param, quoted, suffix } = placeholderOf(name);
    if (name !== [param, quoted ? "quoted" : [], suffix ?? []].flat().join("_"))
      throw new Error(`${path.join(".")}: {${name}} is no parameter`);
    const use = uses.get(param) ?? {
      list: false,
      number: false,
      flag: false,
      optional: false,
      words: new Set(),
      any: false,
    };
    uses.set(param, use);
    if (suffix === "given") use.optional = true;
    else if (suffix && suffix !== "lower") use.list = true;
    else if (isPluralElement(element)) use.number = true;
    else if (isSelectElement(element)) choices(Object.entries(element.options), use);
    else if (quoted) use.list ||= false;
  }
}

function choices(options: [string, { value: readonly unknown[] }][], use: Use): void {
  const named = options.map(([key]) => key).filter((key) => key !== "other");
  if (named.every((key) => key === "true" || key === "false")) use.flag = true;
  else for (const key of named) use.words.add(key);
  if (!use.flag && options.some(([key, { value }]) => key === "other" && value.length > 0)) use.any = true;
}

function paramType(use: Use): string {
  const undefinedToo = use.optional || (use.words.size > 0 && use.any) ? " | undefined" : "";
  if (use.list) return `readonly string[]${undefinedToo}`;
  if (use.number) return `number${undefinedToo}`;
  if (use.flag) return `boolean${undefinedToo}`;
  if (use.words.size)
    return use.any ? `string${undefinedToo}` : [...use.words].map((word) => JSON.stringify(word)).join(" | ");
  return `Shown${undefinedToo}`;
}

function elementsOf(message: string, path: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(message, { ignoreTag: true });
  } catch (error) {
    throw new Error(`${path.join(".")}: ${(error as Error).message}: ${message}`);
  }
}
