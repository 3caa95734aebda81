import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportOn } from "../../../src/reports/figures.js";
import { MEASURES, type TableId } from "../../../src/reports/measures.js";
import type { IndicatorLine, Report } from "../../../src/reports/model.js";
import { readPeriod } from "../../../src/reports/period.js";
import { formOf, textOf, World } from "../../world.js";
import { askUse, draft, fill, open } from "../shares/acting.js";
import { numbersOf } from "./readers.js";
import type { Happened, Raw } from "./recount.js";
import { type Made, makeYear } from "./year.js";

/**
 * A few weeks of real work through the commands, from Monday 23 November 2026, 10:00 in Athens: what the acts write is
 * what the generated year holds, and the summary says what happened.
 */

const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
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
  await w.runtime.reconciler.moved();
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
  await says("Maria", `share send ${ref} sure`, ref);
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
  await says("Maria", `recall ${ref} sure`, "is recalled");
}

async function entries() {
  for (const name of ["Maria", "Omar"] as const) {
    const form = formOf(await w.say(name, "match add"));
    const given = { kind: "phone", value: "+30 697 555 0101", case: "12/2026", purpose: "Search" };
    expect(textOf(await w.submit(name, form, given))).toMatch(/^Entry 1 is registered/);
  }
}

async function training() {
  const need = "training need interviewing Interviewing children people:12 country:GR role:transit";
  await says("Maria", need, "K-1 is entered");
  await says("Omar", "training offer interviewing A course of two days", "K-2 is entered");
  await says("Omar", "training offer maritime Boarding", "K-3 is entered");
  await says("Omar", "training withdraw K-3", "K-3 is withdrawn");
  await says("Maria", "training take K-1 K-2", "belong together");
  await says("Maria", "training session K-1 today 10:30 2h with @police, @labour", "K-4 is called");
  await says("Maria", "start M-4", "has begun");
  for (const name of ["Petros", "Omar"]) await says("Maria", `present M-4 @${name}`, "present");
  await says("Maria", "end M-4", "M-4 is over");
  await says("Omar", "training follow K-4 partly One post uses it", "is recorded");
  await says("Omar", "training follow K-4 yes All posts use it", "is recorded");
}

/** One that was agreed and answered in parts, one that was postponed and refused, one that went first and was withdrawn. */
async function requests() {
  const refIn = (said: string) => /R-\d+/.exec(said)?.[0] ?? "";
  const fill = async (ref: string, step: string, values: Record<string, string>) =>
    w.submit("Maria", formOf(await w.say("Maria", `request fill ${ref} ${step}`)), values);
  const written = async (ref: string) => {
    await fill(ref, "1", {
      ...{ basis: "domestic_law", basis_detail: "x", language: "en" },
      confidential: "yes",
      contact: "x",
    });
    await fill(ref, "2", {
      ...{ what: "x", purpose: "x", why_there: "x" },
      availability: "direct",
      evidence_later: "no",
    });
    const no = Object.fromEntries(["k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8"].map((one) => [one, "no"]));
    await fill(ref, "4", { adviser: "x", ...no });
    for (const act of ["ready", "approve", "send"]) await says("Maria", `request ${act} ${ref}`, ref);
    await says("Omar", `request received ${ref}`, "Receipt");
  };
  const first = refIn(await says("Maria", "request new police @labour Owner of a phone", "is a draft"));
  await written(first);
  await says("Omar", `request conditions ${first} for this inquiry alone`, first);
  await says("Maria", `request accept ${first}`, first);
  await says("Omar", `request part ${first} half of it`, first);
  await says("Omar", `request answer ${first} the other half`, first);
  await says("Maria", `request missing ${first} the second page`, first);
  await says("Omar", `request answer ${first} the second page`, first);
  await says("Maria", `request close ${first} used`, "is closed");
  await says("Maria", `request formalise ${first} mla to:@labour`, "is a draft");
  const second = refIn(await says("Maria", "request new police @labour Owner of a van", "is a draft"));
  await written(second);
  await says("Omar", `request postpone ${second} ongoing_proceedings our trial by next Monday 12:00`, second);
  await says("Omar", `request resume ${second}`, second);
  await says("Omar", `request agree ${second}`, second);
  await says("Omar", `request refuse ${second} po_judge not authorised`, second);
  const third = refIn(
    await says("Maria", "request new police @labour urgency:life-safety People in the water", "draft"),
  );
  await fill(third, "1", {
    urgency_reason: "they drown",
    basis: "domestic_law",
    basis_detail: "x",
    language: "en",
    contact: "x",
  });
  await fill(third, "2", { what: "where they are" });
  await says("Maria", `request sendnow ${third} with:Omar it cannot wait`, "paper");
  await says("Maria", `request withdraw ${third} found`, third);
}

async function plan() {
  await says("Sofia", "plan add protection Shelter for all by 2027-11-23 lead:@labour", "O-1 is in the plan");
  const places = 'Places unit:places from:10 to:50 every:quarterly source:"Shelter register"';
  await says("Sofia", `plan indicator O-1 ${places} answers:@labour due:2026-12-31`, "O-1/1");
  const referred = "Referrals unit:cases from:0 to:9 every:monthly source:Court";
  await says("Sofia", `plan indicator O-1 ${referred} answers:@police due:2026-11-30`, "O-1/2");
  await says("Sofia", "plan add prevention Radio by 2027-11-23 lead:@police", "O-2 is in the plan");
  await says("Sofia", "plan edit O-2 status:dropped", "O-2 is changed");
  await says("Omar", "plan progress O-1/1 20", "20 places");
}

async function reportOf(asked: string) {
  const read = readPeriod(asked, "2026-12-31", "en");
  if (!read.ok) throw new Error(read.reason);
  return w.work((work) => reportOn(work, read.period));
}

describe("a few weeks of work", () => {
  beforeAll(async () => {
    w = await World.create({ people: PEOPLE, agencies: ["prosecution"] });
    await tasks();
    await meetings();
    await information();
    await entries();
    await training();
    await requests();
    await plan();
    // Silence approves the minutes and closes what is done.
    await later(9 * 24);
    events = (await w.runtime.store.owner.selectFrom("events").selectAll().execute()) as unknown as Raw[];
  });
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
    const { figures, tables } = numbersOf(await reportOf("2026-Q4"));
    expect(Object.fromEntries(Object.entries(figures).map(([id, { now }]) => [id, now]))).toEqual(HAPPENED);
    for (const [id, { before }] of Object.entries(figures)) expect(before || null, id).toBeNull();
    expect(tables).toEqual(LINES);
  });

  it("leaves the plan as it stood at the end of the week, whatever is told of it later", async () => {
    const week = await reportOf("2026-W48");
    expect(week.plan).toEqual(AT_THE_END_OF_W48);
    await says("Omar", "plan progress O-1/1 50 All of them", "50 places");
    const { madeAt, ...again } = await reportOf("2026-W48");
    expect({ ...again, madeAt: week.madeAt }).toEqual(week);
    const next = await reportOf("2026-W49");
    expect(next.plan).toEqual(AT_THE_END_OF_W49);
    const figures = next.figures.flatMap(({ id, now, before }) => (id.startsWith("plan.") ? [[id, before, now]] : []));
    expect(figures).toEqual([
      ["plan.objectives", 1, 1],
      ["plan.achieved", 0, 0],
      ["plan.reached", 0, 1],
      ["plan.on_track", 1, 0],
      ["plan.behind", 0, 0],
      ["plan.no_answer", 1, 1],
      ["plan.overdue", 0, 1],
    ]);
  });
});

const NOTHING = { objectives: 0, achieved: 0, reached: 0, on_track: 0, behind: 0, no_answer: 0, overdue: 0 };
const PLACES: Omit<IndicatorLine, "status"> = {
  ...{ ref: "O-1/1", name: "Places", pillar: "protection", unit: "places", baseline: "10", target: "50" },
  ...{ agency: "labour", source: "Shelter register", overdue: false },
};
const REFERRALS: Omit<IndicatorLine, "overdue"> = {
  ...{ ref: "O-1/2", name: "Referrals", pillar: "protection", unit: "cases", baseline: "0", target: "9" },
  ...{ agency: "police", source: "Court", now: undefined, before: undefined, status: "no_answer" },
};

/** Sunday 29 November. O-2 was dropped. */
const AT_THE_END_OF_W48: Report["plan"] = {
  pillars: [
    { pillar: "prosecution", ...NOTHING },
    { pillar: "protection", ...NOTHING, objectives: 1, on_track: 1, no_answer: 1 },
    { pillar: "prevention", ...NOTHING },
    { pillar: "cooperation", ...NOTHING },
  ],
  indicators: [
    { ...PLACES, now: "20", before: undefined, status: "on_track" },
    { ...REFERRALS, overdue: false },
  ],
};

/** Sunday 6 December: the referrals were due on Monday. */
const AT_THE_END_OF_W49: Report["plan"] = {
  pillars: [
    { pillar: "prosecution", ...NOTHING },
    { pillar: "protection", ...NOTHING, objectives: 1, reached: 1, no_answer: 1, overdue: 1 },
    { pillar: "prevention", ...NOTHING },
    { pillar: "cooperation", ...NOTHING },
  ],
  indicators: [
    { ...PLACES, now: "50", before: "20", status: "reached" },
    { ...REFERRALS, overdue: true },
  ],
};

const HAPPENED = {
  // M-1 and M-4, the training; M-2 was called off, and so was the first of M-3.
  "meetings.held": 2,
  "meetings.cancelled": 2,
  // To M-1 police, labour and the secretariat came, border did not; to M-4 police and labour.
  "meetings.attended": 5,
  "meetings.missed": 1,
  "meetings.attendance": 83.3,
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
  // One answered twice, one agreed and then refused, one that went first.
  "requests.sent": 3,
  "requests.first": 1,
  "requests.acknowledged": 2,
  "requests.acknowledged_days": 0,
  "requests.decided": 2,
  "requests.decided_days": 0,
  "requests.answered": 2,
  "requests.answered_days": 0,
  "requests.part": 1,
  "requests.refused": 1,
  "requests.postponed": 1,
  "requests.withdrawn": 1,
  "requests.closed": 1,
  "requests.formalised": 1,
  "matches.registered": 2,
  "matches.hits": 1,
  "training.needs": 1,
  // K-2, and K-3, which was withdrawn.
  "training.offers": 2,
  "training.matched": 1,
  "training.held": 1,
  // Maria, Petros and Omar.
  "training.people": 3,
  // Labour's, which it corrected.
  "training.followed": 2,
} satisfies Record<Happened, number>;

const LINES = {
  "meetings.by_label": { GREEN: [2, 0] },
  "meetings.by_quorum": { yes: [2, 0] },
  "tasks.by_priority": { normal: [5, 0], urgent: [1, 0] },
  "tasks.by_time": { in_time: [2, 0], late: [1, 0] },
  "information.by_kind": { b: [1, 0] },
  "information.by_label": { AMBER: [1, 0] },
  "information.by_outcome": { arrest: [1, 0], persons_rescued: [1, 0] },
  "requests.by_kind": { police: [3, 2] },
  "requests.by_country": { unsaid: [3, 2] },
  "requests.by_ground": { po_judge: [1, 0] },
  "agencies.requests": { labour: [0, 2, 2, 2, 1], police: [3, 0, 0, 0, 0] },
  "matches.by_kind": { phone: [2, 0] },
  "training.by_topic": { interviewing: [1, 1, 1, 3], maritime: [0, 1, 0, 0] },
  // Labour has no country, and told none.
  "training.by_country": { GR: [1, 0], unsaid: [0, 2] },
  "training.by_role": { none: [0, 2], transit: [1, 0] },
  "training.by_practice": { partly: [1, 0], yes: [1, 0] },
  "agencies.meetings": { border: [0, 1], labour: [2, 0], police: [2, 0], secretariat: [1, 0] },
  "agencies.tasks": { border: [2, 0, 1, 0], labour: [3, 1, 0, 2], prosecution: [1, 1, 0, 1] },
  "agencies.information": { border: [0, 1, 0, 0], labour: [0, 1, 2, 1], police: [1, 0, 0, 0] },
  "agencies.training": { labour: [0, 2, 1], police: [1, 0, 2] },
} satisfies Record<TableId, Record<string, number[]>>;

/** What an event need not say, where it counts. */
const OPTIONAL = {
  ...{ agency: "string", due: "string", onBehalf: "string", direct: "boolean", count: "number" },
  ...{ country: "string", people: "number", seconds: "number" },
};

const typesOf = (detail: Made["detail"]) =>
  new Map(
    // What is null is not said.
    Object.entries(detail).flatMap(([key, value]) =>
      (value ?? undefined) === undefined ? [] : [[key, typeof value] as const],
    ),
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
