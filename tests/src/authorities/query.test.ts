import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countriesNamed } from "../../../src/authorities/countries.js";
import { FUNCTIONS } from "../../../src/authorities/functions.js";
import { ageOf, nextCheck } from "../../../src/authorities/model.js";
import { readQuery } from "../../../src/authorities/query.js";
import { wordsIn } from "../../../src/authorities/words.js";

const OWN = new Map([
  ["norland", "XN"],
  ["sudmark", "XS"],
  ["estavia", "XE"],
]);
const read = (line: string) => readQuery(line, OWN);

/** The lines of the brief's `searchExamples`, and what people type who have not read it. */
const LINES: readonly (readonly [string, Partial<ReturnType<typeof readQuery>>])[] = [
  ["mla france", { countries: ["FR"], functions: ["mla"], words: [] }],
  ["smuggling by sea greece urgent", { countries: ["GR"], functions: ["smuggling_by_sea"], urgent: true, words: [] }],
  ["Grèce navire", { countries: ["GR"], functions: ["smuggling_by_sea"], urgent: false }],
  ["entraide maroc arabe", { countries: ["MA"], functions: ["mla"], langs: ["ar"] }],
  ["interpol norland", { countries: ["XN"], functions: ["law_enforcement_cooperation"] }],
  ["liaison estavia", { countries: ["XE"], kinds: ["liaison_officer"] }],
  ["consulate estavia travel document", { countries: ["XE"], functions: ["readmission"], kinds: ["consulate"] }],
  ["unchecked france", { countries: ["FR"], unchecked: true, words: [] }],
  ["MLA not verified", { functions: ["mla"], unchecked: true, words: [] }],
  ["à vérifier maroc", { countries: ["MA"], unchecked: true, words: [] }],
  ["mla jamais vérifiées", { functions: ["mla"], unchecked: true, urgent: false, words: [] }],
  ["mla uk", { countries: ["GB"], unchecked: false }],
  ["mla England", { countries: ["GB"] }],
  ["drc extradition", { countries: ["CD"], functions: ["extradition"] }],
  ["FRANCE, MLA!", { countries: ["FR"], functions: ["mla"], words: [] }],
  ["mla FR", { countries: ["FR"], functions: ["mla"], words: [] }],
  ["mla fr", { countries: ["FR"], words: [] }],
  ["mla at", { countries: [], words: [] }],
  ["mla AT", { countries: ["AT"], words: [] }],
  ["AT", { countries: ["AT"] }],
  ["MLA IN FRANCE", { countries: ["FR"], functions: ["mla"], words: [] }],
  ["ENTRAIDE DE LA FRANCE", { countries: ["FR"], functions: ["mla"], words: [] }],
  ["qui s’occupe de l’entraide de la France", { countries: ["FR"], functions: ["mla"] }],
  ["mla of the united kingdom", { countries: ["GB"], words: [] }],
  ["extradition to the democratic people's republic of korea", { countries: ["KP"] }],
  ["entraide de la République tchèque", { countries: ["CZ"], functions: ["mla"], words: [] }],
  ["search and rescue malta", { countries: ["MT"], functions: ["rescue"] }],
  ["mla hong kong", { countries: ["HK"] }],
  ["who do i call at night in spain", { countries: ["ES"], urgent: true }],
  ["MLA FR", { countries: ["FR"], words: [] }],
  ["entraide judiciaire en Côte d’Ivoire", { countries: ["CI"], functions: ["mla"], words: [] }],
  ["entraide judiciaire en Côte d'Ivoire", { countries: ["CI"], functions: ["mla"], words: [] }],
  ["asistencia judicial España", { countries: ["ES"], functions: ["mla"] }],
  ["экстрадиция Франция", { countries: ["FR"], words: ["экстрадиция"] }],
  ["mla 法国", { countries: ["FR"] }],
  ["mla فرنسا", { countries: ["FR"] }],
  ["united states extradition", { countries: ["US"], functions: ["extradition"] }],
  ["Türkiye police", { countries: ["TR"], functions: ["law_enforcement_cooperation"] }],
  ["north macedonia border", { countries: ["MK"], functions: ["border_control"] }],
  ["mla niger", { countries: ["NE"] }],
  ["mla netherlands", { countries: ["NL"] }],
  ["coast guard sudmark 24/7", { countries: ["XS"], urgent: true, words: ["coast", "guard"] }],
  ["who handles mla in sudmark please", { countries: ["XS"], functions: ["mla"], words: ["handles"] }],
  ["", { countries: [], functions: [], kinds: [], langs: [], urgent: false, words: [] }],
];

describe("a line of a search", () => {
  it.each(LINES)("%s", (line, meant) => expect(read(line)).toMatchObject(meant));

  it.each([
    ["guinea mla", "guinea", ["GN", "GQ", "GW", "PG"]],
    ["guinée entraide", "guinee", ["GN", "GQ", "GW", "PG"]],
    ["mla congo", "congo", ["CD", "CG"]],
    ["korea mla", "korea", ["KP", "KR"]],
    ["mla sudan", "sudan", ["SD", "SS"]],
  ])("%s asks which", (line, said, countries) => expect(read(line).unclear).toEqual({ said, countries }));

  it.each([
    ["guinea-bissau mla", ["GW"]],
    ["equatorial guinea mla", ["GQ"]],
    ["mla republic of the congo", ["CG"]],
    ["mla democratic republic of the congo", ["CD"]],
    ["mla south sudan", ["SS"]],
    ["mla south korea", ["KR"]],
    ["mla republic", []],
    ["united", []],
  ])("%s asks nothing", (line, countries) => {
    const found = read(line);
    expect({ countries: found.countries, unclear: found.unclear }).toEqual({ countries, unclear: undefined });
  });

  it("every function is found by its own name", () => {
    for (const one of FUNCTIONS) expect(read(`${one.replaceAll("_", " ")} norland`).countries, one).toEqual(["XN"]);
  });

  it("a word that means nothing else is looked for, whatever stands around it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 40 }),
        fc.string({ unit: "grapheme", maxLength: 40 }),
        (a, b) => {
          fc.pre(wordsIn(`${a} ${b}`).length < 20);
          expect(read(`${a} zqcanary ${b}`).words).toContain("zqcanary");
        },
      ),
    );
  });

  it("a code of another day names no country", () => {
    expect(countriesNamed("zaire")).toEqual(["CD"]);
    expect(countriesNamed("france")).toEqual(["FR"]);
  });
});

describe("the age of a record", () => {
  it.each([
    [undefined, "never"],
    ["2026-11-23", "fresh"],
    ["2025-11-23", "fresh"],
    ["2025-11-22", "old"],
    ["2024-11-23", "old"],
    ["2024-11-22", "stale"],
  ])("checked on %s it is %s", (verifiedOn, age) => expect(ageOf({ verifiedOn }, "2026-11-23")).toBe(age));

  it("of a leap day ends with its month", () => expect(nextCheck("2028-02-29")).toBe("2029-02-28"));
});
