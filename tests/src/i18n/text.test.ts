import { describe, expect, it } from "vitest";
import { languageOf, messagesFor } from "../../../src/i18n/index.js";
import { LANGUAGES } from "../../../src/i18n/languages.js";
import { Voice } from "../../../src/i18n/text.js";

const english = new Voice(LANGUAGES.en.locale, LANGUAGES.en.punctuation);
const french = new Voice(LANGUAGES.fr.locale, LANGUAGES.fr.punctuation);

describe("a text", () => {
  it.each([
    ["{ref} is closed.", { ref: "T-12" }, "T-12 is closed."],
    ["There are: {all}.", { all: ["a", "b", "c"] }, "There are: a, b, c."],
    ["{near_or}?", { near: ["a", "b", "c"] }, "a, b or c?"],
    ["{near_and}", { near: ["a"] }, "a"],
    ["{near_and}", { near: [] }, ""],
    ["{said_quoted}", { said: "x" }, "“x”"],
    ["{said_quoted_and} stayed", { said: ["x", "$&", "{}"] }, "“x”, “$&” and “{}” stayed"],
    ["{slots_semicolon}", { slots: ["a", "b"] }, "a; b"],
    ["it is {state_lower} now", { state: "Done" }, "it is done now"],
    ["{who_count, plural, one {one} other {{who_count}}}", { who: ["a"] }, "one"],
    ["{who_count, plural, one {one} other {{who_count}}}", { who: ["a", "b"] }, "2"],
    ["{by_given, select, true {by {by}} other {no date}}", {}, "no date"],
    ["{by_given, select, true {by {by}} other {no date}}", { by: "" }, "no date"],
    ["{by_given, select, true {by {by}} other {no date}}", { by: "Fri" }, "by Fri"],
    ["{by_given, select, true {some} other {none}}", { by: [] }, "none"],
    ["{kind, select, meeting_soon {soon} other {else}}", { kind: "meeting-soon" }, "soon"],
    ["{kind, select, a {A} other {{kind}}}", { kind: "constructor" }, "constructor"],
    ["{kind, select, a {A} other {{kind}}}", { kind: "other" }, "other"],
    ["{kind, select, a {A} other {else}}", {}, "else"],
    ["{late, select, true {late} other {in time}}", { late: true }, "late"],
    ["{n, plural, =0 {none} one {one} other {{n}}}", { n: 12_345 }, "12345"],
    ["agency's {x}", { x: "<b>{y}</b> & '{z}' #" }, "agency's <b>{y}</b> & '{z}' #"],
    ["<@U1> {x}", { x: 1 }, "<@U1> 1"],
  ] as const)("%s of %j", (message, params, said) => {
    expect(english.sayer(message)(params)).toBe(said);
  });

  it("counts and joins as its language does", () => {
    const tasks = french.sayer("{n, plural, one {{n} tâche} other {{n} tâches}}");
    expect([0, 1, 2, 1_000_000].map((n) => tasks({ n }))).toEqual(["0 tâche", "1 tâche", "2 tâches", "1000000 tâches"]);
    expect(french.sayer("{x_or}")({ x: ["a", "b", "c"] })).toBe("a, b ou c");
    expect(french.sayer("{x_quoted}")({ x: "a" })).toBe("«\u00a0a\u00a0»");
  });

  it("is the same whatever was said before", () => {
    const say = english.sayer("{a}{b_given, select, true { {b}} other {}}");
    expect([say({ a: 1, b: "x" }), say({ a: 2 }), say({ a: 3, b: "y" })]).toEqual(["1 x", "2", "3 y"]);
  });
});

describe("a language", () => {
  it.each([
    ["fr", "fr"],
    ["fr-CA", "fr"],
    ["FR", "fr"],
    ["fr_FR", "fr"],
    ["frr", "en"],
    ["el", "en"],
    ["", "en"],
    [undefined, "en"],
    ["constructor", "en"],
  ])("%s is answered in %s", (tag, language) => {
    expect(languageOf(tag)).toBe(language);
    expect(messagesFor(tag)).toBe(messagesFor(language));
  });
});
