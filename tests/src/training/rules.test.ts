import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LANGS } from "../../../src/i18n/names.js";
import { COUNTRY_ROLES, TOPICS, WHATS } from "../../../src/training/model.js";
import {
  type Answer,
  averagesOf,
  type Candidate,
  FEWEST_ANSWERS,
  fitOf,
  fitting,
  movingUp,
  turnOf,
} from "../../../src/training/rules.js";
import { RESOURCE_KINDS, TOOLS } from "../../../src/training/tools.js";

const NOW = new Date("2026-11-23T08:00:00Z");
const day = (n: number) => new Date(NOW.getTime() + n * 86_400_000);

const need = (more: Partial<Candidate> = {}): Candidate => ({
  kind: "need",
  what: "training",
  topic: "interviewing",
  langs: [],
  role: "none",
  people: undefined,
  from: undefined,
  until: undefined,
  agency: { id: "police" },
  ...more,
});
const offer = (more: Partial<Candidate> = {}): Candidate => need({ kind: "offer", agency: { id: "iom" }, ...more });

describe("what fits", () => {
  it.each<[string, Candidate, Candidate, number | undefined, string[]]>([
    ["the same topic is enough", need(), offer(), 40, ["topic"]],
    ["another topic is none", need(), offer({ topic: "maritime" }), undefined, []],
    ["training is no equipment", need(), offer({ what: "equipment" }), undefined, []],
    ["an agency needs no offer of its own", need(), offer({ agency: { id: "police" } }), undefined, []],
    ["two needs", need(), need({ agency: { id: "iom" } }), undefined, []],
    ["two offers", offer(), offer({ agency: { id: "police" } }), undefined, []],
    ["a language in common", need({ langs: ["fr"] }), offer({ langs: ["en", "fr"] }), 60, ["topic", "language"]],
    ["no language in common", need({ langs: ["fr"] }), offer({ langs: ["en"] }), undefined, []],
    ["a language left open", need({ langs: ["fr"] }), offer(), 40, ["topic"]],
    ["in time", need({ until: day(90) }), offer({ from: day(60), until: day(120) }), 60, ["topic", "time"]],
    ["too late", need({ until: day(50) }), offer({ from: day(60) }), undefined, []],
    ["over already", need(), offer({ until: day(-1) }), undefined, []],
    ["both of transit", need({ role: "transit" }), offer({ role: "transit" }), 50, ["topic", "role"]],
    ["another role", need({ role: "transit" }), offer({ role: "origin" }), 40, ["topic"]],
    ["room enough", need({ people: 12 }), offer({ people: 12 }), 50, ["topic", "size"]],
    ["too small", need({ people: 12 }), offer({ people: 11 }), 40, ["topic"]],
    [
      "everything",
      need({ langs: ["fr"], until: day(90), role: "origin", people: 5 }),
      offer({ langs: ["fr"], until: day(90), role: "origin", people: 20 }),
      100,
      ["topic", "language", "time", "role", "size"],
    ],
  ])("%s", (_name, one, other, score, reasons) => {
    const fit = fitOf(one, other, NOW);
    expect(fit?.score).toBe(score);
    expect(fit?.reasons.map(({ why }) => why) ?? []).toEqual(reasons);
  });

  it("says when both can, from now on", () => {
    const fit = fitOf(need({ until: day(90) }), offer({ from: day(-30), until: day(120) }), NOW);
    expect(fit?.reasons.find(({ why }) => why === "time")).toMatchObject({ from: NOW, until: day(90) });
  });

  const date = fc.option(
    fc.integer({ min: -100, max: 400 }).map((n) => day(n)),
    { nil: undefined },
  );
  const candidate = fc.record({
    kind: fc.constantFrom("need" as const, "offer" as const, "session" as const),
    what: fc.constantFrom(...WHATS),
    topic: fc.constantFrom(...TOPICS.slice(0, 2)),
    langs: fc.uniqueArray(fc.constantFrom(...LANGS.slice(0, 3)), { maxLength: 3 }),
    role: fc.constantFrom(...COUNTRY_ROLES),
    people: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
    from: date,
    until: date,
    agency: fc.record({ id: fc.constantFrom("a", "b", "c") }),
    number: fc.integer({ min: 1, max: 1_000 }),
  });

  it("is the same seen from either side, and never more than its reasons say", () => {
    fc.assert(
      fc.property(candidate, candidate, (one, other) => {
        const fit = fitOf(one, other, NOW);
        expect(fitOf(other, one, NOW)).toEqual(fit);
        if (!fit) return;
        expect(fit.score).toBe(fit.reasons.reduce((sum, { points }) => sum + points, 0));
        expect(fit.score).toBeGreaterThanOrEqual(40);
        expect(fit.score).toBeLessThanOrEqual(100);
        expect(new Set([one.kind, other.kind])).toEqual(new Set(["need", "offer"]));
        expect(one.agency.id).not.toBe(other.agency.id);
        expect(one.topic).toBe(other.topic);
      }),
    );
  });

  it("puts the best first, and leaves out nothing that fits", () => {
    fc.assert(
      fc.property(candidate, fc.array(candidate, { maxLength: 12 }), (one, others) => {
        const found = fitting(one, others, NOW);
        expect(found.map(({ item }) => item)).toEqual(
          expect.arrayContaining(others.filter((other) => fitOf(one, other, NOW))),
        );
        expect(found).toHaveLength(others.filter((other) => fitOf(one, other, NOW)).length);
        const order = found.map(({ fit, item }) => [-fit.score, item.number] as const);
        expect(order).toEqual([...order].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
      }),
    );
  });
});

const answer = fc.record({
  usefulness: fc.integer({ min: 1, max: 5 }),
  relevance: fc.integer({ min: 1, max: 5 }),
  trainer: fc.integer({ min: 1, max: 5 }),
});

describe("averages", () => {
  it("are told from five answers on", () => {
    const one: Answer = { usefulness: 4, relevance: 3, trainer: 2 };
    expect(averagesOf(Array.from({ length: 4 }, () => one))).toBeUndefined();
    expect(averagesOf([...Array.from({ length: 4 }, () => one), { ...one, usefulness: 5 }])).toEqual({
      count: 5,
      usefulness: 4.2,
      relevance: 3,
      trainer: 2,
    });
  });

  it("lie between the least and the most, whatever the order", () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 20 }), (answers) => {
        const averages = averagesOf(answers);
        expect(averages === undefined).toBe(answers.length < FEWEST_ANSWERS);
        if (!averages) return;
        for (const question of ["usefulness", "relevance", "trainer"] as const) {
          const marks = answers.map((one) => one[question]);
          expect(averages[question]).toBeGreaterThanOrEqual(Math.min(...marks));
          expect(averages[question]).toBeLessThanOrEqual(Math.max(...marks));
        }
        expect(averagesOf([...answers].reverse())).toEqual(averages);
      }),
    );
  });
});

describe("the line", () => {
  const line = fc
    .array(fc.constantFrom("enrolled" as const, "waiting" as const, "left" as const), { maxLength: 20 })
    .map((states) => states.map((state, index) => ({ place: index + 1, state })));

  it("fills every place that is free, in its order, and none twice", () => {
    fc.assert(
      fc.property(line, fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }), (all, seats) => {
        const up = movingUp(all, seats);
        const taken = all.filter(({ state }) => state === "enrolled").length;
        const waiting = all.filter(({ state }) => state === "waiting");
        const free = seats === undefined ? waiting.length : Math.max(0, seats - taken);
        expect(up).toEqual(waiting.slice(0, free));
        expect(waiting.map(({ place }) => turnOf(all, place))).toEqual(waiting.map((_, index) => index + 1));
      }),
    );
  });
});

describe("the tools that come with Coord", () => {
  it("are those of the annex, each at an address that is well-formed", () => {
    expect(TOOLS.map(({ title }) => title)).toEqual([
      "Toolkit to Combat Smuggling of Migrants",
      "Basic Training Manual on Investigating and Prosecuting the Smuggling of Migrants",
      "In-depth Training Manual on Investigating and Prosecuting the Smuggling of Migrants",
      "International Framework for Action to Implement the Smuggling of Migrants Protocol",
      "Model Law against the Smuggling of Migrants",
      "Directory of Competent National Authorities (CNA directory)",
      "Mutual Legal Assistance Request Writer Tool",
    ]);
    for (const tool of TOOLS) {
      const url = new URL(tool.url);
      expect(url.protocol).toBe("https:");
      expect(url.hostname).toMatch(/(?:^|\.)unodc\.org$/);
      expect(url.href).toBe(tool.url);
      expect(RESOURCE_KINDS).toContain(tool.kind);
      expect(tool.topics.length).toBeGreaterThan(0);
      for (const lang of tool.langs) expect(LANGS).toContain(lang);
    }
    expect(TOOLS.filter(({ page }) => page === "publisher").map(({ kind }) => kind)).toEqual(["manual", "model_law"]);
  });
});
