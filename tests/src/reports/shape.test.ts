import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportOn } from "../../../src/reports/figures.js";
import { type FigureId, MEASURES, type TableId } from "../../../src/reports/measures.js";
import { readPeriod } from "../../../src/reports/period.js";
import { formOf, textOf, World } from "../../world.js";
import { askUse, draft, fill, open } from "../information/acting.js";
import { numbersOf } from "./readers.js";
import type { Raw } from "./recount.js";
import { type Made, makeYear } from "./year.js";

/**
 * A few weeks of real work through the commands, from Monday 23 November 2026, 10:00 in Athens: what the acts write is
 * what the generated year holds, and the summary says what happened.
 */

const PEOPLE = {
  Maria: "police focal_point staff",
  Omar: "labour focal_point staff",
  Jonas: "border focal_point staff",
  Sofia: "secretariat coordinator focal_point",
};
const SAID = { title: "Lorries", content: "Plates" };
let w: World;
let events: Raw[];

async function says(name: keyof typeof PEOPLE, text: string, answer: string | RegExp): Promise<string> {
  const said = await w.ask(name, text);
  expect(said).toMatch(answer);
  return said;
}

/** The clock goes on, and what the deadlines do is done; nothing is sent to anybody, which would take longest by far. */
async function later(hours: number): Promise<void> {
  w.clock.moveTo(new Date(w.clock.now().getTime() + hours * 3_600_000));
  await w.runtime.heart.moved();
  for (const [key, { job }] of w.queue.waiting) if (job.id === "deliver") w.queue.waiting.delete(key);
  await w.settle();
}

async function tasks() {
  await says("Maria", "task @labour Inspect three farms by Fri 17:00", "T-1 is asked");
  await says("Maria", "task @border Count the crossings", "T-2 is asked");
  await says("Maria", "task @labour Look at the harbour", "T-3 is asked");
  await says("Sofia", "for @prosecution task @labour Send the file by today 12:00 priority:urgent", "T-4 is asked");
  await says("Sofia", "task @prosecution Read the draft by next Mon 12:00", "T-5 is asked");
  await says("Omar", "task @border Never mind", "T-6 is asked");
  await says("Omar", "undo", "T-6");
  await later(26);
  await says("Omar", "accept T-1", "T-1");
  await says("Jonas", "decline T-2 Not ours", "T-2");
  await says("Maria", "cancel T-3 The operation was called off", "T-3");
  await says("Omar", "done T-4", "T-4 is done");
  await says("Sofia", "for @prosecution notyet T-4 A page is missing", "T-4");
  await says("Sofia", "for @prosecution accept T-5", "T-5");
  await later(34);
  await says("Omar", "done T-1 All three", "T-1 is done");
  await says("Maria", "close T-1", "T-1");
  await says("Sofia", "for @prosecution done T-5", "T-5");
}

async function meetings() {
  await says("Sofia", "meet Joint checks today 22:30 60m with @police, @labour, @border", "M-1 is called");
  await says("Sofia", "meet Called off today 23:30 60m with @police", "M-2 is called");
  await says("Sofia", "meet cancel M-2 The chair is ill", "M-2");
  await says("Sofia", "meet Weekly every Thu 10:00 30m with @police", "M-3 is called");
  await says("Sofia", "meet cancel M-3 this Nobody can", "M-3/1");
  await says("Sofia", "start M-1", "has begun");
  await says("Maria", "here M-1", "recorded as present");
  await says("Omar", "here M-1", "recorded as present");
  await says("Sofia", "decide Joint checks from January", "D-1 is decided");
  await says("Sofia", "decide Something else", "D-2 is decided");
  await says("Sofia", "withdraw D-2", "D-2");
  await says("Sofia", "end M-1", "M-1 is over");
  await says("Sofia", "circulate M-1", "can be corrected until");
}

async function information() {
  const ref = await draft(w, "Maria", "@labour, @border", { kind: "b", codes: ["H1", "H2"] }, SAID);
  await says("Maria", `share send ${ref}`, ref);
  await open(w, "Omar", ref);
  await later(36);
  const final = { kind: "arrest", final: "final", direct: "direct", count: "3" };
  expect(textOf(await fill(w, "Omar", "outcome", ref, final))).toContain("is with Police");
  // Told again, it is one more outcome, of the same thing.
  expect(textOf(await fill(w, "Omar", "outcome", ref, { kind: "persons_rescued", final: "final" }))).toContain(
    "is with Police",
  );
  const uses = [
    await askUse(w, "Omar", ref, { code: "H1", purpose: "Court", legalBasis: "Art. 1" }),
    await askUse(w, "Omar", ref, { code: "H2", purpose: "Court", to: ["@prosecution"] }),
  ];
  const grant = formOf(await w.say("Maria", `use grant ${uses[0]}`));
  expect(textOf(await w.submit("Maria", grant, { until: "next Fri 17:00" }))).toContain("is granted");
  const refusal = formOf(await w.say("Maria", `use refuse ${uses[1]}`));
  expect(textOf(await w.submit("Maria", refusal, { reason: "No" }))).toContain("refused");
  expect(textOf(await fill(w, "Jonas", "share-decline", ref, { reason: "Not for us" }))).toContain("I-");
  expect(textOf(await fill(w, "Maria", "tighten", ref, { codes: ["H0"] }))).toContain("read it");
  const breach = formOf(await w.say("Maria", `breach ${ref} @labour`));
  expect(textOf(await w.submit("Maria", breach, { by: "@labour", words: "It was passed on" }))).toContain("I-");
  await says("Maria", `recall ${ref}`, "is recalled");
}

async function entries() {
  for (const name of ["Maria", "Omar"] as const) {
    const form = formOf(await w.say(name, "match add"));
    const given = { kind: "phone", value: "+30 697 555 0101", case: "12/2026", purpose: "Search" };
    expect(textOf(await w.submit(name, form, given))).toMatch(/^Entry 1 is registered/);
  }
}

describe("a few weeks of work", () => {
  beforeAll(async () => {
    w = await World.create({ people: PEOPLE, agencies: ["prosecution"] });
    await tasks();
    await meetings();
    await information();
    await entries();
    // Silence approves the minutes and closes what is done.
    await later(9 * 24);
    events = (await w.runtime.store.owner.selectFrom("events").selectAll().execute()) as unknown as Raw[];
  }, 120_000);
  afterAll(() => w?.close());

  it("writes the events that the generated year is made of", () => {
    const counted = new Set(Object.values(MEASURES).flatMap(({ actions }) => [...actions]));
    const generated = new Map<string, Made[]>();
    for (const one of makeYear()) {
      const like = generated.get(one.action);
      if (like) like.push(one);
      else generated.set(one.action, [one]);
    }
    const optional = new Map<string, string>();
    for (const action of [...counted, "task.undone"]) {
      const real = events.filter((one) => one.action === action);
      const like = generated.get(action) ?? [];
      expect(real.length, `${action} happens`).toBeGreaterThan(0);
      const [always, types] = shapeOf(like);
      for (const one of real) {
        const found = typesOf(one.detail);
        expect(types, action).toMatchObject(Object.fromEntries(found));
        expect([...found.keys()], action).toEqual(expect.arrayContaining([...always]));
        expect(like.map(outline), action).toContain(outline(fromRaw(one)));
        for (const [key, type] of found) if (!always.has(key)) optional.set(key, type);
      }
      for (const key of Object.keys(types)) if (!always.has(key)) expect(OPTIONAL, action).toHaveProperty(key);
    }
    // Each of them was there at least once, and of its type.
    expect(Object.fromEntries(optional)).toEqual(OPTIONAL);
  });

  it("is what the summary says, figure by figure", async () => {
    const read = readPeriod("2026-Q4", "2026-12-31", "en");
    if (!read.ok) throw new Error(read.reason);
    const { figures, tables } = numbersOf(await w.work((work) => reportOn(work, read.period)));
    expect(Object.fromEntries(Object.entries(figures).map(([id, { now }]) => [id, now]))).toEqual(HAPPENED);
    for (const [id, { before }] of Object.entries(figures)) expect(before || null, id).toBeNull();
    expect(tables).toEqual(LINES);
  });
});

const HAPPENED = {
  // M-1; M-2 was called off, and so was the first of M-3.
  "meetings.held": 1,
  "meetings.cancelled": 2,
  // Police, labour and the secretariat came, border did not.
  "meetings.attended": 3,
  "meetings.missed": 1,
  "meetings.attendance": 75,
  "meetings.quorate": 100,
  "meetings.decided": 2,
  "meetings.withdrawn": 1,
  "meetings.minutes": 1,
  // After 36 hours and nine days, which the clock took at once.
  "meetings.minutes_days": 10.5,
  "tasks.asked": 6,
  // T-1 and T-5, after 26 hours.
  "tasks.agreed": 2,
  "tasks.agreed_days": 1.1,
  "tasks.declined": 1,
  "tasks.cancelled": 1,
  // T-4 after 26 hours, late and not for good; T-1 and T-5 after 60.
  "tasks.done": 3,
  "tasks.done_days": 2.5,
  "tasks.in_time": 66.7,
  "tasks.reopened": 1,
  // T-1 by Maria, T-5 by silence.
  "tasks.closed": 2,
  // T-4.
  "tasks.open": 1,
  "tasks.overdue": 1,
  "information.released": 1,
  "information.received": 2,
  "information.acknowledged": 1,
  "information.acknowledgement": 50,
  "information.declined": 1,
  // Two were told of one, which ended with the first.
  "information.outcomes": 2,
  "information.final": 1,
  "information.outcome_rate": 50,
  "information.final_days": 1.5,
  "information.tightened": 1,
  "information.recalled": 1,
  "information.breached": 1,
  "uses.asked": 2,
  "uses.granted": 1,
  "uses.refused": 1,
  "matches.registered": 2,
  "matches.hits": 1,
} satisfies Record<FigureId, number>;

const LINES = {
  "meetings.by_label": { GREEN: [1, 0] },
  "meetings.by_quorum": { yes: [1, 0] },
  "tasks.by_priority": { normal: [5, 0], urgent: [1, 0] },
  "tasks.by_time": { in_time: [2, 0], late: [1, 0] },
  "information.by_kind": { b: [1, 0] },
  "information.by_label": { AMBER: [1, 0] },
  "information.by_outcome": { arrest: [1, 0], persons_rescued: [1, 0] },
  "matches.by_kind": { phone: [2, 0] },
  "agencies.meetings": { border: [0, 1], labour: [1, 0], police: [1, 0], secretariat: [1, 0] },
  "agencies.tasks": { border: [2, 0, 1, 0], labour: [3, 1, 0, 2], prosecution: [1, 1, 0, 1] },
  "agencies.information": { border: [0, 1, 0, 0], labour: [0, 1, 2, 1], police: [1, 0, 0, 0] },
} satisfies Record<TableId, Record<string, number[]>>;

/** What an event need not say, where it counts. */
const OPTIONAL = { agency: "string", due: "string", onBehalf: "string", direct: "boolean", count: "number" };

const typesOf = (detail: Made["detail"]) =>
  new Map(
    Object.entries(detail).flatMap(([key, value]) => (value === undefined ? [] : [[key, typeof value] as const])),
  );

/** @returns the keys that each has, and the types of all */
function shapeOf(of: readonly Made[]): [always: Set<string>, types: Record<string, string>] {
  const shapes = of.map(({ detail }) => typesOf(detail));
  const types = Object.fromEntries(shapes.flatMap((shape) => [...shape]));
  return [new Set(Object.keys(types).filter((key) => shapes.every((shape) => shape.has(key)))), types];
}

const fromRaw = ({ item_kind, code, detail, ...one }: Raw & { actor_id?: string | null }): Made => ({
  at: one.at,
  action: one.action,
  actor: one.actor_id ?? undefined,
  kind: item_kind ?? undefined,
  code: code ?? undefined,
  detail,
});

/** Beside the detail: of what kind of thing it is, whether somebody did it, and whether it has a code. */
const outline = ({ kind, actor, code }: Made): string =>
  [kind, actor ? "somebody" : "clock", code ? "code" : ""].join();
