import { createHash, randomBytes } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { summaryDocument } from "../../../src/documents/summary.js";
import { summaryWorkbook } from "../../../src/documents/summary-sheet.js";
import { summaryCsv, summaryJson } from "../../../src/documents/summary-text.js";
import { agenciesOf, loadBody, loadPerson } from "../../../src/people/store.js";
import { insertIndicator, insertObjective } from "../../../src/plan/acts.js";
import { documentOf } from "../../../src/reports/document.js";
import { reportOn } from "../../../src/reports/figures.js";
import { filesOf } from "../../../src/reports/files.js";
import type { Report, Summary } from "../../../src/reports/model.js";
import { openapi } from "../../../src/reports/openapi.js";
import { readPeriod } from "../../../src/reports/period.js";
import { reportCharts } from "../../../src/reports/pictures.js";
import { shareable } from "../../../src/reports/suppress.js";
import { UnitOfWork } from "../../../src/store/unit-of-work.js";
import { Vault } from "../../../src/store/vault.js";
import { seed, seedBody } from "../../faults/seed.js";
import { testStore } from "../../store.js";
import { readFile, readPage, type Told, toldBy, withoutChanges } from "./published.js";
import { AGENCIES, makeYear, writeEvents } from "./year.js";

/** A quarter of fifty agencies in every format and both languages, each read back by readers that know none of the writers. */

const NOW = new Date("2026-08-03T09:00:00Z");
const VERSIONS = ["whole", "shareable", "day"] as const;

let store: Awaited<ReturnType<typeof testStore>>;
let body: string;
let reports: Record<(typeof VERSIONS)[number], Report>;
const vault = new Vault([randomBytes(32)]);

const ajv = new Ajv2020({ strict: false });
(formats as unknown as (ajv: object) => void)(ajv);
/** What the description of the API promises of a summary. */
const described = ajv.compile({ $ref: "#/components/schemas/summary", components: openapi.components });

const at = <T>(now: Date, act: (work: UnitOfWork) => Promise<T>): Promise<T> =>
  store.store.inBody(body, async (tx) => {
    const here = await loadBody(tx, body);
    if (!here) throw new Error("no body");
    return act(new UnitOfWork(tx, here, now, { vault }));
  });

async function reportAt(work: UnitOfWork, asked: string): Promise<Report> {
  const read = readPeriod(asked, "2026-08-03", "en");
  if (!read.ok) throw new Error(read.reason);
  return reportOn(work, read.period);
}

async function someone(work: UnitOfWork) {
  const { id } = await work.tx.selectFrom("persons").select("id").executeTakeFirstOrThrow();
  const person = await loadPerson(work.tx, id);
  if (!person) throw new Error("nobody");
  return person;
}

async function summaryOf(work: UnitOfWork, { period }: Report): Promise<Summary> {
  const by = await someone(work);
  const [id, createdAt] = ["00000000-0000-4000-8000-000000000000", new Date("2026-08-01T09:00:00Z")];
  return { id, number: 4, ref: "S-4", period, by, state: "ready", done: 4, pictures: [], createdAt, version: 1 };
}

/** Two indicators in one pillar, one in another; the figures of both quarters of one. */
async function plan(): Promise<void> {
  const [first, second] = await at(new Date("2026-01-12T09:00:00Z"), async (work) => {
    const by = (await someone(work)).id;
    const [lead] = await agenciesOf(work.tx);
    if (!lead) throw new Error("no agency");
    const adding = { legalReview: false, lead, supporting: [], dueOn: "2027-01-11" };
    const shelter = await insertObjective(work, by, { ...adding, title: "Shelter", pillar: "protection" });
    const radio = await insertObjective(work, by, {
      ...adding,
      title: "Radio",
      pillar: "prevention",
      state: "achieved",
    });
    const measuring = { unit: "places", frequency: "quarterly" as const, agency: lead, firstDue: "2026-03-31" };
    return [
      await insertIndicator(work, by, shelter, {
        ...measuring,
        name: "Places",
        baseline: "1200",
        target: "0.5",
        source: "Register",
      }),
      await insertIndicator(work, by, radio, {
        ...measuring,
        name: "Hours",
        baseline: "-1.5",
        target: "40",
        source: "Count",
      }),
      await insertIndicator(work, by, shelter, {
        ...measuring,
        name: "Staff",
        baseline: "0",
        target: "9",
        source: "Count",
      }),
    ];
  });
  const tell = (now: string, indicator: string, n: number, value: string, period: string) =>
    at(new Date(now), async (work) => {
      const { id, agencyId } = await someone(work);
      const row = { by_id: id, agency_id: agencyId, at: work.now, evidence: null, words: null };
      await work.tx
        .insertInto("plan_progress")
        .values({ indicator_id: indicator, n, value, period, ...row })
        .execute();
    });
  await tell("2026-03-30T09:00:00Z", first ?? "", 1, "612.50", "2026-03-31");
  await tell("2026-06-30T09:00:00Z", first ?? "", 2, "0.125", "2026-06-30");
  await tell("2026-06-30T09:00:00Z", second ?? "", 1, "40", "2026-06-30");
}

describe("a quarter in files", () => {
  beforeAll(async () => {
    store = await testStore();
    body = await seedBody(store.store);
    const many = { people: 1, tenants: AGENCIES.length, steps: 1, firstDue: new Date("2100-01-01"), withinMs: 1 };
    await seed(store.store, body, many);
    const [from, until] = [new Date("2025-12-20T00:00:00Z"), new Date("2026-07-10T00:00:00Z")];
    // Two years at once, so that there are thousands to count.
    const events = [...makeYear(), ...makeYear(7)].filter(({ at }) => at >= from && at < until);
    await writeEvents(store.store, body, events);
    await plan();
    reports = await at(NOW, async (work) => {
      const whole = await reportAt(work, "2026-Q2");
      return { whole, shareable: shareable(whole, []), day: await reportAt(work, "2026-05-17/2026-05-17") };
    });
  });
  afterAll(() => store?.close());

  it("has what a format could get wrong", () => {
    const cells = (report: Report) => [
      ...report.figures.flatMap(({ now, before }) => [now, before]),
      ...report.tables.flatMap(({ lines }) => lines.flatMap(({ cells }) => cells)),
    ];
    const numbers = cells(reports.whole).filter((cell) => typeof cell === "number");
    expect(numbers).toHaveLength(cells(reports.whole).length);
    expect(Math.max(...numbers)).toBeGreaterThan(999);
    expect(numbers.some((n) => !Number.isInteger(n))).toBe(true);
    expect(cells(reports.shareable).filter((cell) => cell === "withheld").length).toBeGreaterThan(50);
    expect(cells(reports.day).filter((cell) => cell === null).length).toBeGreaterThan(3);
    expect(reports.whole.plan.indicators.map(({ before, now }) => [before, now])).toEqual([
      ["612.50", "0.125"],
      [undefined, undefined],
      [undefined, "40"],
    ]);
  });

  describe.each(VERSIONS)("the %s", (version) => {
    it.each(["en", "fr"])(
      "says in %s the same in every format, to the digit, nothing less and nothing more",
      async (lang) => {
        const report = reports[version];
        const charts = await reportCharts(report, lang);
        const doc = await at(NOW, async (work) =>
          documentOf(work.body, await summaryOf(work, report), report, lang, charts),
        );
        const expected = toldBy(report, lang);
        const files = {
          docx: await summaryDocument(doc),
          xlsx: await summaryWorkbook(doc),
          csv: summaryCsv(doc),
          json: summaryJson(doc),
        };
        const [page, sheets, data, csv, json] = [
          ...readFile.docx(files.docx, lang),
          ...readFile.xlsx(files.xlsx, lang),
          ...readFile.csv(files.csv, lang),
          ...readFile.json(files.json),
        ];
        expect(page, "docx").toEqual(expected);
        expect(sheets, "xlsx").toEqual(expected);
        expect(json, "json").toEqual(expected);
        described(JSON.parse(new TextDecoder().decode(files.json)));
        expect(described.errors).toBeNull();
        expect(data, "xlsx, data").toEqual(withoutChanges(expected));
        expect(csv, "csv").toEqual(withoutChanges(expected));
        expectCards(readPage(files.docx, lang).cards, expected);
      },
    );
  });

  it("is the same to the byte when it is made twice at one moment", async () => {
    const make = () =>
      at(NOW, async (work) => {
        const report = await reportAt(work, "2026-Q2");
        const charts = await reportCharts(report, "en");
        return filesOf(documentOf(work.body, await summaryOf(work, report), report, "en", charts));
      });
    const [one, two] = [await make(), await make()];
    const hashes = one.map(({ format, bytes }) => [format, createHash("sha256").update(bytes).digest("hex")]);
    expect(hashes).toEqual(two.map(({ format, sha256 }) => [format, sha256]));
    expect(hashes.map(([format]) => format)).toEqual(["docx", "xlsx", "csv", "json"]);
  });

  it("differs in nothing but the moment when it is made at another", async () => {
    const make = (now: string) =>
      at(new Date(now), async (work) => {
        const report = await reportAt(work, "2026-Q2");
        const doc = documentOf(work.body, await summaryOf(work, report), report, "en");
        return JSON.parse(new TextDecoder().decode(summaryJson(doc)));
      });
    const [one, two] = [await make("2026-08-03T09:00:00Z"), await make("2027-03-01T23:30:00Z")];
    const made = one.facts.findIndex(({ id }: { id: string }) => id === "made");
    expect(differences(one, two)).toEqual(["created", `facts.${made}.value`]);
  });
});

/** The first page says again what the tables say. */
function expectCards(cards: Record<string, string[]>, { figures }: Told): void {
  const byName = new Map(Object.entries(figures).map(([name, cells]) => [name.split(" / ")[1], cells]));
  expect(Object.keys(cards)).toHaveLength(8);
  for (const [name, cells] of Object.entries(cards)) {
    const [now, before, change] = byName.get(name) ?? [];
    // Where nothing changed that can be told, the card leaves it out.
    expect(cells, name).toEqual(change === "withheld" || change === "none" ? [now, before] : [now, before, change]);
  }
}

/** The paths at which two JSON values differ. */
function differences(a: unknown, b: unknown, path: string[] = []): string[] {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return a === b ? [] : [path.join(".")];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], [...path, key]),
  );
}
