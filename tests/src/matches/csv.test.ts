import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ImportFault, MOST_CHARACTERS, MOST_ROWS, readImport } from "../../../src/matches/csv.js";

const HEAD = "kind,value,case,purpose";
const PHONE = "phone,210 1234567,K-1,boats";
const greek = { country: "GR" };

const fault = (f: ImportFault): string =>
  [f.line, f.code, f.column ?? f.place, f.hint].filter((part) => part !== undefined).join(" ");
const faults = (csv: string): string[] => readImport(csv, greek).faults.map(fault);
const row = { kind: "phone", forms: ["phone:+302101234567"], case: "K-1", purpose: "boats", silent: false };

describe("readImport", () => {
  test.each([
    ["commas", `${HEAD}\n${PHONE}\n`],
    ["a byte order mark and Windows line ends", `\uFEFF${HEAD}\r\n${PHONE}\r\n`],
    ["old line ends", `${HEAD}\r${PHONE}`],
    ["semicolons", `${HEAD}\n${PHONE}`.replaceAll(",", ";")],
    ["tabs", `${HEAD}\n${PHONE}`.replaceAll(",", "\t")],
    ["quotes", `"kind","value","case","purpose"\n"phone","210 1234567","K-1","boats"`],
    ["capitals and spaces in the headings", ` Kind , VALUE,Case ,purpose\nPhone, 210 1234567 ,K-1,boats`],
    ["another order of columns", "purpose,case,value,kind\nboats,K-1,210 1234567,phone"],
    ["columns that a spreadsheet saved without a heading", `${HEAD},,\n${PHONE},,`],
    ["the optional columns, left empty", `${HEAD},country,silent\n${PHONE},,`],
    ["the optional columns, left out in the row", `${HEAD},country,silent\n${PHONE}`],
    ["the country of the row", `${HEAD},country\nphone,210 1234567,K-1,boats,gr`],
    ["rows that were emptied", `${HEAD}\n${PHONE}\n,,,\n\n , , ,\n`],
  ])("reads %s", (_, csv) => {
    expect(readImport(csv, greek)).toEqual({ rows: [{ line: 2, ...row }], faults: [] });
  });

  test("a separator, a quote and a line end within quotes are the purpose's", () => {
    const { rows, faults } = readImport(`${HEAD}\nphone,210 1234567,K-1,"boats, ""big""\nones"\n${PHONE}`, greek);
    expect(faults).toEqual([]);
    expect(rows.map(({ line, purpose }) => [line, purpose])).toEqual([
      [2, 'boats, "big"\nones'],
      [4, "boats"],
    ]);
  });

  test.each([
    ["yes", true],
    ["X", true],
    ["oui", true],
    ["1", true],
    ["no", false],
    ["FALSE", false],
    ["", false],
  ])("silent %j is %s", (said, silent) => {
    const { rows } = readImport(`${HEAD},silent\n${PHONE},${said}`, greek);
    expect(rows).toEqual([{ line: 2, ...row, silent }]);
  });

  test("the row's own country holds before the agency's", () => {
    const { rows } = readImport(`${HEAD},country\nphone,0532 123 45 67,K-1,boats,TR`, greek);
    expect(rows).toEqual([{ line: 2, ...row, forms: ["phone:+905321234567"] }]);
  });

  test("what is to be looked at again comes with the row", () => {
    const { rows } = readImport(`${HEAD}\nvehicle,WVWZZZ1JZXW000001,K-1,boats`, greek);
    expect(rows[0]).toMatchObject({ forms: ["vin:WVWZZZ1JZXW000001"], hint: "vin_check_digit" });
  });

  test.each([
    ["an empty file", "", ["1 no_rows"]],
    ["headings alone", HEAD, ["1 no_rows"]],
    ["headings after empty lines", `\n\n${HEAD}\n,,,\n`, ["3 no_rows"]],
    ["a column too few", "kind,value,case\nphone,1,K", ["1 column_missing purpose"]],
    ["a heading that is mistyped", `${HEAD},silnt\n${PHONE},yes`, ["1 column_unknown 5"]],
    ["a heading twice", `${HEAD},case\n${PHONE},K-2`, ["1 column_twice case"]],
    [
      "no headings",
      PHONE,
      [1, 2, 3, 4]
        .map((place) => `1 column_unknown ${place}`)
        .concat(["kind", "value", "case", "purpose"].map((column) => `1 column_missing ${column}`)),
    ],
    ["a quote that is never closed", `${HEAD}\n${PHONE}\nphone,"210,K-1,boats\n`, ["3 unreadable"]],
    ["a quote within a value", `${HEAD}\nphone,21"0,K-1,boats\n`, ["2 unreadable"]],
  ])("takes nothing of %s", (_, csv, expected) => {
    const read = readImport(csv, greek);
    expect(read.faults.map(fault)).toEqual(expected);
    expect(read.rows).toEqual([]);
  });

  test("every row that is wrong is named by its line, and the others are read", () => {
    const csv = [
      `${HEAD},country,silent`,
      PHONE,
      "phone,,K-1,boats",
      "phone,210 1234567,,boats",
      "phone,210 1234567,K-1,",
      "telephone,210 1234567,K-1,boats",
      "phone,210 1234567,K-1,boats,XX",
      "phone,210 1234567,K-1,boats,Greece",
      "phone,210 1234567,K-1,boats,GR,perhaps",
      "phone,210 1234567,K-1",
      "phone,210 1234567,K-1,boats,GR,no,more",
      "phone,123,K-1,boats",
      "vessel,9074728,K-1,boats",
      "",
      `phone,210 1234567,${"K".repeat(101)},boats`,
      PHONE,
    ].join("\n");
    expect(faults(csv)).toEqual([
      "3 missing value",
      "4 missing case",
      "5 missing purpose",
      "6 kind_unknown kind",
      "7 country_unknown country",
      "8 country_unknown country",
      "9 silent_unclear silent",
      "10 cells",
      "11 cells",
      "12 too_short value",
      "13 check_digit value imo",
      "15 too_long case",
    ]);
    expect(readImport(csv, greek).rows.map(({ line }) => line)).toEqual([2, 16]);
  });

  test("ten thousand rows are read and one more is not", () => {
    const csv = `${HEAD}\n${`${PHONE}\n`.repeat(MOST_ROWS)}`;
    expect(readImport(csv, greek).rows).toHaveLength(MOST_ROWS);
    const more = readImport(`${csv}${PHONE}\n`, greek);
    expect(more.faults.map(fault)).toEqual([`${MOST_ROWS + 2} too_many_rows`]);
    expect(more.rows).toEqual([]);
  });

  test("a file that is far too large is not even parsed", () => {
    expect(faults(`${HEAD}\n${"x".repeat(MOST_CHARACTERS)}`)).toEqual(["1 too_large"]);
  });

  test("no fault says what a cell says, whatever is in the file", () => {
    const secret = "QZSECRET";
    const cell = fc.oneof(
      fc.constant(secret),
      fc.string({ unit: fc.constantFrom(...'",;\n\r\t a1'), maxLength: 8 }).map((text) => text + secret),
      fc.constantFrom("phone", "vessel", "", "yes", "GR", "K-1", `"${secret}`, `"a"${secret}`),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 5 }), fc.boolean(), (cells, headed) => {
        const csv = `${headed ? `${HEAD},country,silent\n` : ""}${cells.map((row) => row.join(",")).join("\n")}`;
        expect(JSON.stringify(readImport(csv, greek).faults)).not.toContain("SECRET");
      }),
      { numRuns: 500 },
    );
  });
});
