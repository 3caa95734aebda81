import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadBody } from "../../../src/people/store.js";
import { countPeriod, UNSAID } from "../../../src/reports/count.js";
import { reportOn } from "../../../src/reports/figures.js";
import { FIGURE_IDS, TABLE_IDS } from "../../../src/reports/measures.js";
import type { Report } from "../../../src/reports/model.js";
import { readPeriod } from "../../../src/reports/period.js";
import { UnitOfWork } from "../../../src/store/unit-of-work.js";
import { Vault } from "../../../src/store/vault.js";
import { dayOf } from "../../../src/time/local.js";
import { seed, seedBody } from "../../faults/seed.js";
import { testStore } from "../../store.js";
import { numbersOf, READERS } from "./readers.js";
import { COLUMNS, type Raw, Recount } from "./recount.js";
import { AGENCIES, HALVES, makeYear, writeEvents } from "./year.js";

/** A year of fifty agencies, counted by the database and again by going through its events. */

const ZONE = "Europe/Athens";
const AFTER = new Date("2027-02-01T09:00:00Z");

/** The period that is asked for: its days, and those that it is compared with. */
const CASES: Record<string, readonly [first: string, last: string, beforeFirst: string, beforeLast: string]> = {
  "2026": ["2026-01-01", "2026-12-31", "2025-01-01", "2025-12-31"],
  "2026-Q1": ["2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31"],
  "2026-Q2": ["2026-04-01", "2026-06-30", "2026-01-01", "2026-03-31"],
  "2026-Q3": ["2026-07-01", "2026-09-30", "2026-04-01", "2026-06-30"],
  "2026-Q4": ["2026-10-01", "2026-12-31", "2026-07-01", "2026-09-30"],
  "2026-01": ["2026-01-01", "2026-01-31", "2025-12-01", "2025-12-31"],
  "2026-02": ["2026-02-01", "2026-02-28", "2026-01-01", "2026-01-31"],
  "2026-03": ["2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"],
  "2026-04": ["2026-04-01", "2026-04-30", "2026-03-01", "2026-03-31"],
  "2026-05": ["2026-05-01", "2026-05-31", "2026-04-01", "2026-04-30"],
  "2026-06": ["2026-06-01", "2026-06-30", "2026-05-01", "2026-05-31"],
  "2026-07": ["2026-07-01", "2026-07-31", "2026-06-01", "2026-06-30"],
  "2026-08": ["2026-08-01", "2026-08-31", "2026-07-01", "2026-07-31"],
  "2026-09": ["2026-09-01", "2026-09-30", "2026-08-01", "2026-08-31"],
  "2026-10": ["2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30"],
  "2026-11": ["2026-11-01", "2026-11-30", "2026-10-01", "2026-10-31"],
  "2026-12": ["2026-12-01", "2026-12-31", "2026-11-01", "2026-11-30"],
  // The clock goes forward on 29 March and back on 25 October.
  "2026-W13": ["2026-03-23", "2026-03-29", "2026-03-16", "2026-03-22"],
  "2026-W53": ["2026-12-28", "2027-01-03", "2026-12-21", "2026-12-27"],
  "2026-03-29/2026-03-29": ["2026-03-29", "2026-03-29", "2026-03-28", "2026-03-28"],
  "2026-10-25/2026-10-25": ["2026-10-25", "2026-10-25", "2026-10-24", "2026-10-24"],
  "2026-02-14/2026-05-03": ["2026-02-14", "2026-05-03", "2025-11-27", "2026-02-13"],
  "2025-06-01/2026-12-31": ["2025-06-01", "2026-12-31", "2023-10-31", "2025-05-31"],
  [`${HALVES}/${HALVES}`]: [HALVES, HALVES, "2023-06-11", "2023-06-11"],
  // Before anything happened: nothing, and no rate of nothing.
  "2022": ["2022-01-01", "2022-12-31", "2021-01-01", "2021-12-31"],
};

let store: Awaited<ReturnType<typeof testStore>>;
let body: string;
let recount: Recount;

async function reportAt(asked: string, now: Date): Promise<Report> {
  const read = readPeriod(asked, dayOf(now, ZONE), "en");
  if (!read.ok) throw new Error(`${asked} is ${read.reason}`);
  return atWork(now, (work) => reportOn(work, read.period));
}

async function atWork<T>(now: Date, act: (work: UnitOfWork) => Promise<T>): Promise<T> {
  return store.store.inBody(body, async (tx) => {
    const here = await loadBody(tx, body);
    if (!here) throw new Error("no body");
    return act(new UnitOfWork(tx, here, now, { vault: new Vault([randomBytes(32)]) }));
  });
}

async function recounted(): Promise<Recount> {
  const events = await store.store.owner.selectFrom("events").selectAll().execute();
  return new Recount(events as unknown as Raw[], body, ZONE);
}

const sum = (lines: ReadonlyMap<string, number>) => [...lines.values()].reduce((a, b) => a + b, 0);

const lasting = ({ madeAt, ...rest }: Report) => rest;

async function agrees(asked: string, now: Date): Promise<Report> {
  const report = await reportAt(asked, now);
  const [first, last, beforeFirst, beforeLast] = CASES[asked] ?? [];
  if (!first || !last || !beforeFirst || !beforeLast) throw new Error(`${asked} has no days`);
  expect([report.period.key, report.period.first, report.period.last]).toEqual([asked, first, last]);
  expect([report.before.first, report.before.last]).toEqual([beforeFirst, beforeLast]);
  expect(report.over).toBe(last < dayOf(now, ZONE));
  expect(report.record.event).toBe(recount.lastOf({ first, last }));
  const expected = recount.of({ first, last }, { first: beforeFirst, last: beforeLast }, now);
  for (const { format, read } of READERS) expect(await read(report), `${format} of ${asked}`).toEqual(expected);
  // Each once: what is read back by name would hide a second.
  expect(report.figures.map(({ id }) => id)).toEqual(FIGURE_IDS);
  expect(Object.fromEntries(report.tables.map(({ id, columns }) => [id, columns]))).toEqual(COLUMNS);
  for (const { lines } of report.tables) {
    const keys = lines.map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)].sort());
  }
  return report;
}

describe("the figures of a generated year", () => {
  beforeAll(async () => {
    store = await testStore();
    body = await seedBody(store.store);
    const many = { people: 1, tenants: AGENCIES.length, steps: 1, firstDue: new Date("2100-01-01"), withinMs: 1 };
    await seed(store.store, body, many);
    const other = randomUUID();
    await store.store.owner
      .insertInto("bodies")
      .values({ id: other, slug: "south", name: "Southern Body", zone: ZONE })
      .execute();
    const [year, another] = [makeYear(), makeYear(7).slice(0, 6_000)];
    await writeEvents(store.store, other, another.slice(0, 3_000));
    await writeEvents(store.store, body, year.slice(0, 9_000));
    await writeEvents(store.store, null, another.slice(3_000, 4_000));
    await writeEvents(store.store, body, year.slice(9_000));
    await writeEvents(store.store, other, another.slice(4_000));
    recount = await recounted();
  });
  afterAll(() => store?.close());

  it.each(Object.keys(CASES))("%s are those of the recount", async (asked) => {
    await agrees(asked, AFTER);
  });

  it("are broken down by nothing that the events do not say", async () => {
    const year = { from: new Date("2025-12-31T22:00Z"), until: new Date("2026-12-31T22:00Z") };
    const counts = await atWork(AFTER, (work) => countPeriod(work, year));
    const unsaid = [...counts.cuts].filter(([, cuts]) => [...cuts.values()].some((lines) => lines.has(UNSAID)));
    // A need or an offer may tell no country and no role; of an authority that is no entry of the directory none is known.
    expect(unsaid.map(([id]) => id).sort()).toEqual(
      ["requests.answered", "requests.sent", "training.needs", "training.offers"].sort(),
    );
    for (const [id, cuts] of counts.cuts)
      for (const [cut, lines] of cuts) expect([id, cut, sum(lines)]).toEqual([id, cut, counts.totals.get(id)]);
  });

  it("go up where they fall between two tenths", async () => {
    const { figures } = numbersOf(await agrees(`${HALVES}/${HALVES}`, AFTER));
    expect([figures["meetings.attendance"]?.now, figures["tasks.agreed_days"]?.now]).toEqual([6.3, 0.1]);
  });

  it("leave nothing at nothing, or the recount would agree on little", async () => {
    const report = await reportAt("2026", AFTER);
    const happened = report.figures.filter(({ section }) => section !== "plan");
    const empty = happened.filter(({ now, before }) => !now || !before).map(({ id }) => id);
    expect(empty).toEqual([]);
    for (const { id, lines } of report.tables) expect(lines.length, id).toBeGreaterThan(2);
    expect(report.tables.map(({ id }) => id)).toEqual(TABLE_IDS);
    expect(report.tables.find(({ id }) => id === "agencies.tasks")?.lines.length).toBe(AGENCIES.length);
    // Some told no country.
    expect(report.tables.find(({ id }) => id === "training.by_country")?.lines.map(({ key }) => key)).toContain(
      "unsaid",
    );
    expect(recount.size).toBeGreaterThan(18_000);
  });

  it.each([
    ["2026-08", "2026-08-19T11:23:45.678Z"],
    ["2026-Q3", "2026-08-19T11:23:45.678Z"],
    ["2026", "2026-08-19T11:23:45.678Z"],
    ["2026-10", "2026-10-25T01:00:00.000Z"],
    ["2026-11", "2026-10-31T22:00:00.001Z"],
  ])("%s are those of the recount up to now, while it is not over at %s", async (asked, now) => {
    await agrees(asked, new Date(now));
  });

  it("are the same when they are asked for twice, but for the moment", async () => {
    for (const asked of ["2026", "2026-03-29/2026-03-29"]) {
      const [one, two] = [await reportAt(asked, AFTER), await reportAt(asked, new Date("2027-06-01T12:00:00Z"))];
      expect(lasting(two)).toEqual(lasting(one));
      expect(two.madeAt).not.toBe(one.madeAt);
    }
  });

  it("are not changed by what happens later", async () => {
    const before = await Promise.all(["2026", "2026-12"].map((asked) => reportAt(asked, AFTER)));
    // The same tasks, meetings and shares go on, two years later.
    const later = makeYear().map((one) => ({ ...one, at: new Date(one.at.getTime() + 700 * 86_400_000) }));
    await writeEvents(store.store, body, later.filter(({ at }) => at > AFTER).slice(0, 4_000));
    const now = new Date("2029-06-01T12:00:00Z");
    for (const one of before) expect(lasting(await reportAt(one.period.key, now))).toEqual(lasting(one));
    recount = await recounted();
    await agrees("2026", now);
  });
});
