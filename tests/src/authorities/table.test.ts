import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUNCTIONS } from "../../../src/authorities/functions.js";
import { AUTHORITY_KINDS, type Authority, CHANNELS } from "../../../src/authorities/model.js";
import { COLUMNS, readTable, rowOf } from "../../../src/authorities/table.js";
import { tableCsv } from "../../../src/documents/table.js";
import { LANGS } from "../../../src/i18n/names.js";
import { wordsOf } from "../../../src/lib/csv.js";
import type { Agency } from "../../../src/people/model.js";

const TODAY = "2026-11-23";

function read(words: string) {
  const steps = readTable(words, TODAY);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const HEAD = "name,country,functions";
const faultsOf = (words: string) => read(words).faults.map(({ line, code, column }) => [line, code, column]);

describe("a directory as a table", () => {
  it.each([
    ["commas", `${HEAD}\nMinistry,FR,mla|extradition\n`],
    ["semicolons", "name;country;functions\nMinistry;France;mla|extradition\n"],
    ["tabs", "name\tcountry\tfunctions\nMinistry\tfrance\tMLA|Extradition\n"],
    ["JSON", '[{"name":"Ministry","country":"FR","functions":["mla","extradition"]}]'],
    ["JSON with texts", '[{"name":"Ministry","country":"FR","functions":"mla|extradition"}]'],
    ["a name in Arabic", `${HEAD}\nMinistry,فرنسا,mla|extradition\n`],
  ])("with %s", (_how, words) => {
    const { rows, faults } = read(words);
    expect(faults).toEqual([]);
    expect(rows).toMatchObject([{ facts: { name: "Ministry", country: "FR", functions: ["mla", "extradition"] } }]);
  });

  it.each([
    ["UTF-8 with its mark", (text: string) => Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 LE", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 BE", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["Windows-1252", (text: string) => Buffer.from(text, "latin1")],
  ])("in %s", (_how, encoded) => {
    const { rows } = read(wordsOf(encoded(`${HEAD}\nMinistère de l'Intérieur,FR,mla\n`)));
    expect(rows[0]?.facts.name).toBe("Ministère de l'Intérieur");
  });

  it("in Windows-1252 with the letters that Latin-1 has not", () => {
    const bytes = [
      0x8c, 0x75, 0x76, 0x72, 0x65, 0x20, 0x93, 0x8a, 0x9a, 0x8e, 0x9e, 0x9f, 0x94, 0x20, 0x96, 0x20, 0x80,
    ];
    const { rows } = read(
      wordsOf(Buffer.concat([Buffer.from(`${HEAD}\n`), Buffer.from(bytes), Buffer.from(",FR,mla\n")])),
    );
    expect(rows[0]?.facts.name).toBe("Œuvre “ŠšŽžŸ” – €");
  });

  it.each([
    ["two addresses in a cell", `${HEAD},email\nA,FR,mla,"a@x.example, b@x.example"\n`, [2, "not_a_mail", "email"]],
    ["two addresses with a bar", `${HEAD},email\nA,FR,mla,a@x.example|b@x.example\n`, [2, "not_a_mail", "email"]],
    ["a country that nobody knows", `${HEAD}\nA,Atlantis,mla\n`, [2, "country_unknown", "country"]],
    ["a country that four are called", `${HEAD}\nA,Guinea,mla\n`, [2, "country_unknown", "country"]],
    ["a code of one's own without a name", `${HEAD}\nA,XN,mla\n`, [2, "country_unknown", "country"]],
    ["a function that is none", `${HEAD}\nA,FR,mla|cake\n`, [2, "function_unknown", "functions"]],
    ["no function", `${HEAD}\nA,FR,\n`, [2, "missing", "functions"]],
    ["a name that is nothing", `${HEAD}\n\u200b,FR,mla\n`, [2, "missing", "name"]],
    ["the same one twice", `${HEAD}\nA,FR,mla\n a ,FR,mla\n`, [3, "twice", undefined]],
    ["a day that is none", `${HEAD},verified_at\nA,FR,mla,1/2/2026\n`, [2, "not_a_day", "verified_at"]],
    ["a day to come", `${HEAD},verified_at\nA,FR,mla,2026-11-24\n`, [2, "later_day", "verified_at"]],
    ["a phone of words", `${HEAD},phone\nA,FR,mla,ask the porter\n`, [2, "not_a_phone", "phone"]],
    ["a language by its name", `${HEAD},languages\nA,FR,mla,French\n`, [2, "language_unknown", "languages"]],
    ["a column that is not known", `${HEAD},fax\nA,FR,mla,1\n`, [1, "column_unknown", "4"]],
    ["a column twice", `${HEAD},name\nA,FR,mla,B\n`, [1, "column_twice", "name"]],
    ["a column that is missing", "name,country\nA,FR\n", [1, "column_missing", "functions"]],
    ["a cell too many", `${HEAD}\nA,FR,mla,more\n`, [2, "cells", undefined]],
    ["a number that is none", `${HEAD},id\nA,FR,mla,T-5\n`, [2, "number_unknown", "id"]],
    ["no rows", `${HEAD}\n`, [1, "no_rows", undefined]],
    ["nothing", "", [1, "no_rows", undefined]],
    ["JSON that breaks off", '[{"name":"A"', [1, "unreadable", undefined]],
    ["JSON of another kind", '{"name":"A"}', [1, "unreadable", undefined]],
    ["JSON with another key", '[{"name":"A","country":"FR","functions":"mla","fax":1}]', [1, "column_unknown", "4"]],
    ["a picture", "\u0000\u0001PNG", [1, "unreadable", undefined]],
  ])("%s is named by its line", (_what, words, fault) => expect(faultsOf(words)).toEqual([fault]));

  it("faults never say what a cell says", () => {
    const said = JSON.stringify(read(`${HEAD},email,zqfax\nzqname,zqland,zqfn,zq zq,1\n`).faults);
    expect(said).not.toContain("zq");
  });

  const text = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
    .map((one) => `a${one.replace(/[|\s]+/gu, " ")}`);
  const authority = fc.record({
    ...{ name: text, otherNames: fc.array(text, { maxLength: 2 }), country: fc.constantFrom("FR", "GR", "CD") },
    functions: fc.uniqueArray(fc.constantFrom(...FUNCTIONS), { minLength: 1, maxLength: 3 }),
    kind: fc.constantFrom(...AUTHORITY_KINDS),
    phone: fc.option(fc.constantFrom("+33 1 55 50 01 00", "112"), { nil: undefined }),
    address: fc.option(fc.constantFrom("=1+1", "-1, rue", "@home", "'quoted'", 'a "b"; c, d'), { nil: undefined }),
    langs: fc.uniqueArray(fc.constantFrom(...LANGS), { maxLength: 3 }),
    channels: fc.uniqueArray(fc.constantFrom(...CHANNELS), { maxLength: 2 }),
    ...{ networks: fc.array(text, { maxLength: 2 }), verifiedOn: fc.constantFrom(undefined, "2026-01-31") },
  });

  it("what is written is read again as it was, from CSV and from JSON", () => {
    const keeper = { id: "", handle: "police", name: "Police" } as Agency;
    fc.assert(
      fc.property(authority, (one) => {
        const whole: Authority = { ...one, id: "", number: 7, ref: "A-7", state: "active", keeper, version: 0 };
        const row = rowOf(whole, "112");
        const cells = COLUMNS.map((column) => (Array.isArray(row[column]) ? row[column].join("|") : row[column]));
        const csv = new TextDecoder("utf-8", { ignoreBOM: true }).decode(tableCsv([[...COLUMNS], cells]));
        const [fromCsv, fromJson] = [read(csv), read(JSON.stringify([row]))];
        expect(fromCsv.faults).toEqual([]);
        expect(fromJson.rows).toEqual(fromCsv.rows.map((read) => ({ ...read, line: 1 })));
        expect(fromCsv.rows[0]?.facts.address).toBe(one.address);
        expect(fromCsv.rows[0]).toMatchObject({ number: 7, facts: { functions: one.functions, kind: one.kind } });
      }),
    );
  });
});
