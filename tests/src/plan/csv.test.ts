import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_CHARACTERS, MOST_ROWS, readPlan } from "../../../src/plan/csv.js";
import { FREQUENCIES, PILLARS, PLAN_LABELS, STATES } from "../../../src/plan/model.js";

const HEAD =
  "title,pillar,requirement,measure,legal_review,lead,supporting,start,due,status,label,indicator,unit,baseline,target,frequency,source,answers,next_due";
const faultsOf = (csv: string) => readPlan(csv).faults.map(({ line, code, column }) => [line, code, column]);
const lines = (...rows: string[]) => `${HEAD}\n${rows.join("\n")}\n`;

describe("a plan as a table", () => {
  it("has an objective a title, and an indicator a row", () => {
    const csv = `\uFEFFTitle;Pillar;Measure;Lead;Supporting;Due;Legal review;Indicator;Unit;Baseline;Target;Frequency;Source;Answers;Next due
Shelter;protection;"Open houses;
in the north";@labour;@police, iom;2027-12-31;;Places;places;10;50,5;half yearly;Register;;2026-12-31
;;;;;;;Nights;nights;0;900;yearly;Register;police;2026-12-31
Shelter;protection;;;;;;Beds;beds;1;2;once;Register;;2026-12-31
;;;;;;;;;;;;;;
Law;prosecution;Review the act;police;;2027-06-30;oui;;;;;;;;
`;
    const { objectives, faults } = readPlan(csv);
    expect(faults).toEqual([]);
    expect(objectives).toMatchObject([
      {
        line: 2,
        title: "Shelter",
        pillar: "protection",
        measure: "Open houses;\nin the north",
        lead: "labour",
        supporting: ["police", "iom"],
        due: "2027-12-31",
        state: "planned",
        label: "GREEN",
        legalReview: false,
        indicators: [
          { name: "Places", baseline: "10", target: "50.5", frequency: "half_yearly", answers: "labour" },
          { name: "Nights", frequency: "yearly", answers: "police", line: 4 },
          { name: "Beds", frequency: "once", answers: "labour" },
        ],
      },
      { line: 7, title: "Law", legalReview: true, indicators: [] },
    ]);
  });

  it.each<[what: string, csv: string, faults: unknown[]]>([
    ["nothing", "", [[1, "no_rows", undefined]]],
    ["headings alone", `${HEAD}\n`, [[1, "no_rows", undefined]]],
    ["a quote left open", `${HEAD}\n"Shelter,protection\n`, [[2, "unreadable", undefined]]],
    ["too much", "x".repeat(MOST_CHARACTERS + 1), [[1, "too_large", undefined]]],
    [
      "too many rows",
      lines(...Array.from({ length: MOST_ROWS + 1 }, (_, n) => `T${n},prevention`)),
      [[MOST_ROWS + 2, "too_many_rows", undefined]],
    ],
    [
      "columns missing, twice and unknown",
      "title,title,colour,lead,due\n",
      [
        [1, "column_twice", "title"],
        [1, "column_unknown", "3"],
        [1, "column_missing", "pillar"],
      ],
    ],
    [
      "a cell too many",
      lines(`Shelter,protection,,,,labour,,,2027-12-31${",".repeat(11)}x`),
      [[2, "cells", undefined]],
    ],
    [
      "an indicator with nothing above",
      lines(",,,,,,,,,,,Places,p,1,2,once,s,,2026-12-31"),
      [[2, "no_objective", "title"]],
    ],
    [
      "what is missing",
      lines("Shelter,,,,,,,,"),
      [
        [2, "missing", "pillar"],
        [2, "missing", "lead"],
        [2, "missing", "due"],
      ],
    ],
    [
      "everything of an objective",
      lines("Shelter,safety,,,perhaps,labour,,2027-13-01,soon,asleep,AMBER"),
      [
        [2, "pillar_unknown", "pillar"],
        [2, "status_unknown", "status"],
        [2, "label_unknown", "label"],
        [2, "yes_or_no", "legal_review"],
        [2, "not_a_day", "start"],
        [2, "not_a_day", "due"],
      ],
    ],
    [
      "the end before the beginning",
      lines("Shelter,protection,,,,labour,,2027-02-01,2027-01-01"),
      [[2, "order", "due"]],
    ],
    [
      "everything of an indicator",
      lines('S,protection,,,,labour,,,2027-12-31,,,Places,p,ten,"1,200",daily,s,,31/12'),
      [
        [2, "not_a_number", "baseline"],
        [2, "not_a_number", "target"],
        [2, "frequency_unknown", "frequency"],
        [2, "not_a_day", "next_due"],
      ],
    ],
    [
      "no way to go",
      lines("S,protection,,,,labour,,,2027-12-31,,,Places,p,5,5.0,once,s,,2026-12-31"),
      [[2, "same_target", "target"]],
    ],
    [
      "an indicator without a name",
      lines("S,protection,,,,labour,,,2027-12-31,,,,p,1,2,once,s,,2026-12-31"),
      [[2, "no_indicator", "indicator"]],
    ],
    [
      "another pillar in a later row",
      lines("S,protection,,,,labour,,,2027-12-31", "S,prevention,,,,,,,,,,Places,p,1,2,once,s,,2026-12-31"),
      [[3, "differs", "pillar"]],
    ],
    [
      "the same objective twice",
      lines(
        "S,protection,,,,labour,,,2027-12-31",
        "T,protection,,,,labour,,,2027-12-31",
        "s,protection,,,,labour,,,2027-12-31",
      ),
      [[4, "twice", "title"]],
    ],
    [
      "too many indicators",
      lines(
        "S,protection,,,,labour,,,2027-12-31",
        ...Array.from({ length: 11 }, (_, n) => `,,,,,,,,,,,I${n},p,1,2,once,s,,2026-12-31`),
      ),
      [[13, "too_many_indicators", undefined]],
    ],
    [
      "a title too long, of letters that show",
      lines(`${"x".repeat(201)},protection,,,,labour,,,2027-12-31`, "\u202e\u200b,protection,,,,labour,,,2027-12-31"),
      [
        [2, "too_long", "title"],
        [3, "no_indicator", "indicator"],
      ],
    ],
  ])("names by line and column what is wrong: %s", (_what, csv, faults) => {
    expect(faultsOf(csv)).toEqual(expect.arrayContaining(faults));
  });

  const word = fc.stringMatching(/^[a-z][a-z ,;"'\n]{0,20}[a-z]$/).map((text) => text.replace(/\s+/g, " "));
  const day = fc
    .date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const indicator = fc.record({
    name: word,
    unit: word,
    baseline: fc.integer({ min: -999, max: 999 }).map(String),
    more: fc.integer({ min: 1, max: 99 }),
    frequency: fc.constantFrom(...FREQUENCIES),
    source: word,
    firstDue: day,
  });
  const plan = fc.uniqueArray(
    fc.record({
      title: word,
      pillar: fc.constantFrom(...PILLARS),
      measure: word,
      days: fc.tuple(day, day),
      state: fc.constantFrom(...STATES),
      label: fc.constantFrom(...PLAN_LABELS),
      indicators: fc.array(indicator, { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 5, selector: ({ title }) => title.toLowerCase() },
  );

  it("is read as it was written, whatever stands in it and whatever separates it", () => {
    fc.assert(
      fc.property(plan, fc.constantFrom(",", ";", "\t"), (objectives, separator) => {
        const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator);
        const rows = objectives.flatMap((one) => {
          const [start = "", due = ""] = [...one.days].sort();
          const own = [one.title, one.pillar, "", one.measure, "", "labour", "", start, due, one.state, one.label];
          const measured = one.indicators.map((i) => [
            i.name,
            i.unit,
            i.baseline,
            String(Number(i.baseline) + i.more),
            i.frequency,
            i.source,
            "police",
            i.firstDue,
          ]);
          const [first = Array<string>(8).fill(""), ...others] = measured;
          return [[...own, ...first], ...others.map((cells) => [...Array<string>(11).fill(""), ...cells])];
        });
        const csv = [HEAD.split(",").join(separator), ...rows.map(quoted)].join("\r\n");
        const read = readPlan(csv);
        expect(read.faults).toEqual([]);
        expect(read.objectives.map(({ title, measure, state, label }) => ({ title, measure, state, label }))).toEqual(
          objectives.map(({ title, measure, state, label }) => ({ title, measure, state, label })),
        );
        expect(
          read.objectives.flatMap(({ indicators }) => indicators.map(({ name, source }) => [name, source])),
        ).toEqual(objectives.flatMap(({ indicators }) => indicators.map(({ name, source }) => [name, source])));
      }),
    );
  });

  it("never throws, and either reads or says why not", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `${HEAD}\n${text}`),
        ),
        (csv) => {
          const { objectives, faults } = readPlan(csv);
          expect(objectives.length + faults.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
