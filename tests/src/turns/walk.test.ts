import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MeetingState, MinutesState, OccurrenceState } from "../../../src/store/meeting-tables.js";
import type { ObjectiveState } from "../../../src/store/plan-tables.js";
import type { RequestState } from "../../../src/store/request-tables.js";
import type { EnrolmentState, TaskState } from "../../../src/store/schema.js";
import type { RecipientState, ShareState, UseRequestState } from "../../../src/store/share-tables.js";
import type { TrainingState } from "../../../src/store/training-tables.js";
import type { Deed } from "../../../src/turns/deeds.js";
import { formOf, World } from "../../world.js";
import { askUse, draft, fill, open, release } from "../shares/acting.js";
import { walkTurns } from "./walking.js";

/** Every state of every noun is brought about; each time whoever's turn it is finds it in their inbox, and nobody else. */
const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Nadia: "police staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Lia: "labour staff",
  Jonas: "border focal_point staff",
  Ada: "border admin",
  Obi: "iom observer",
};

const LEAP = 100_000;
let w: World;
const seen = new Set<string>();
let refs: readonly { noun: string; ref: string }[] = [];
const newest = (noun: string): string => refs.filter((one) => one.noun === noun).at(-1)?.ref ?? noun;
const deeds = new Set<string>();

beforeAll(async () => {
  w = await World.create({ people: PEOPLE, observers: ["iom"] });
});
afterAll(() => w?.close());

/** @param lines `Name: what they type`; each must be understood */
async function step(...lines: string[]): Promise<void> {
  for (const line of lines) {
    const [, name = "", text = ""] = /^(\w+): (.*)$/s.exec(line) ?? [];
    expect(await w.ask(name, text), line).not.toMatch(/^\[form|did not|not understood|no such/i);
  }
  await look();
}

async function look(): Promise<void> {
  await w.settle();
  const found = await walkTurns(w);
  expect(found.wrong).toEqual([]);
  expect(found.nobody).toEqual([]);
  refs = found.refs;
  for (const state of found.states) seen.add(state);
  for (const deed of found.deeds) deeds.add(deed);
}

describe("whose turn it is", () => {
  it("with a task, from its asking to its end, and who supports it", async () => {
    await step("Maria: task @labour Inspect by Fri 15:00");
    await step("Maria: task @Omar Count the boats by Thu 15:00 with:@border");
    await step("Omar: date T-2 Fri 12:00");
    await step("Maria: agree T-2");
    await step("Omar: accept T-2", "Jonas: support T-2 @Jonas");
    await step("Maria: date T-2 Thu 11:00");
    await step("Omar: keep T-2", "Omar: done T-2 counted");
    await step("Maria: notyet T-2 Count again", "Omar: done T-2 counted again", "Maria: close T-2");
    await step("Eleni: decline T-1 Not ours", "Petros: task @labour Rescue by Wed 10:00", "Petros: cancel T-3 Over");
    await step(
      "Petros: task @labour A secret tlp:amber by Wed 10:00",
      "Petros: task @Omar Red one tlp:red by Wed 10:00",
    );
  });

  it("with what is on somebody who is away, has nobody to stand in, is late, or leaves", async () => {
    await step("Nadia: task @Lia Weigh the crates by Tue 12:00", "Nadia: task @Lia Red crates tlp:red by Tue 12:00");
    await step("Petros: task @Lia Late crates by Mon 15:00", "Lia: accept T-6", "Lia: accept T-8");
    await step('Lia: away until:"Fri 09:00"');
    expect(await w.ask("Eleni", "inbox")).toMatch(/T-6.*in place of Lia/);
    await step("Lia: back", 'Lia: away until:"Fri 09:00" deputy:@Omar');
    expect(await w.ask("Omar", "inbox")).toMatch(/T-6.*in place of Lia/);
    expect(await w.ask("Eleni", "inbox")).not.toContain("T-6");
    await w.pass({ hours: 8 }, LEAP);
    await look();
    expect(await w.ask("Omar", "inbox")).toMatch(/Late \(1\)\nT-8/);
    await step("Eleni: remove @Lia sure");
    expect(await w.ask("Eleni", "inbox")).toMatch(/Late \(1\)\nT-8/);
    expect(await w.ask("Nadia", "inbox")).toMatch(/T-7.*Nobody it was given to/);
    await step("Eleni: give T-6 @Omar", "Omar: done T-6 Three");
    await step("Maria: remove @Nadia sure");
    expect(await w.ask("Maria", "inbox")).toMatch(/to be closed \(1\)\nT-6/);
  });

  it("with a share, its recipients and a request to use it", async () => {
    await draft(w, "Petros", "@border", {}, { title: "A draft", content: "Words" });
    await look();
    const ref = await release(w, "Petros", "@labour, @Jonas", { codes: ["H2"], outcomeDays: "5" }, SAID);
    await look();
    await open(w, "Omar", ref);
    await look();
    await fill(w, "Jonas", "share-decline", ref, { reason: "Not for us" });
    await look();
    const use = await askUse(w, "Omar", ref, { code: "H2", purpose: "To pass on", to: ["@iom"] });
    expect(use).toMatch(/^U-/);
    await look();
    await fill(w, "Maria", "use-refuse", use, { reason: "no" });
    await look();
    await w.pass({ days: 6 }, LEAP);
    await look();
    await fill(w, "Omar", "outcome", ref, { kind: "arrest", final: "final" });
    await look();
    await w.say("Petros", `recall ${ref} sure`);
    await look();
    await w.say("Maria", "share rule on");
    await release(w, "Petros", "@border", {}, SAID);
    await look();
    await w.say("Maria", "share rule off");
    const red = await release(w, "Maria", "@Omar", { label: "RED" }, SAID);
    await look();
    await open(w, "Omar", red);
    await look();
  });

  it("with a use that is granted, withdrawn, lapses or is void, and a share that runs out or is discarded", async () => {
    const ref = await release(w, "Petros", "@labour", { codes: ["H1", "H2"] }, SAID);
    await open(w, "Omar", ref);
    const asked = (by?: string) =>
      askUse(w, "Omar", ref, { code: "H1", purpose: "For the court", ...(by ? { by } : {}) });
    await fill(w, "Maria", "use-grant", await asked(), { until: "in 20 days" });
    await look();
    await w.say("Omar", `use withdraw ${await asked()}`);
    await look();
    await asked("in 2 days");
    await w.pass({ days: 3 }, LEAP);
    await look();
    await asked();
    await w.say("Petros", `recall ${ref} sure`);
    await look();
    await release(w, "Petros", "@border", { until: "in 2 days" }, SAID);
    await w.pass({ days: 3 }, LEAP);
    await look();
    await step(`Petros: share discard ${await draft(w, "Petros", "@border", {}, SAID)}`);
    await look();
  });

  it("with a plan's figure, a number that runs out and somebody who joins", async () => {
    await step("Sofia: plan add protection Shelter by 2027-11-23 lead:@labour");
    const line = 'places unit:places from:10 to:50 every:quarterly source:"Register" answers:@labour due:2026-12-31';
    await step(`Sofia: plan indicator O-1 ${line}`);
    for (const state of ["under_way", "stalled", "achieved", "dropped", "planned"])
      await step(`Sofia: plan edit O-1 status:${state}`);
    const add = formOf(await w.say("Petros", "match add"));
    await w.submit("Petros", add, { kind: "phone", value: "+30 697 555 0101", case: "12/2026", purpose: "inquiry" });
    await look();
    await w.pass({ days: 28 }, LEAP);
    await look();
    await w.say("Petros", "match remove 1");
    await look();
    for (const [name, button] of [
      ["Nikos", "letin"],
      ["Zoe", "refuse"],
    ] as const) {
      const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await w.ask("Maria", `add ${name}`))?.[0] ?? "";
      await look();
      w.enrolled(name, { platform: "slack", tenant: "slack-police", user: `U${name}` });
      expect(await w.ask(name, `join ${code}`)).toContain("Police");
      await look();
      const asked = await w.work((work) =>
        work.tx.selectFrom("enrolments").select("id").where("state", "=", "asked").executeTakeFirstOrThrow(),
      );
      await w.click("Maria", button, `north/${asked.id}`);
      await look();
    }
  });

  it("with a meeting, its poll, its agenda and its minutes", async () => {
    await step(
      'Sofia: meet poll Plan 60m with @police, @labour slots:"Tue 2 Feb 2027 10:00; Wed 3 Feb 2027 10:00" by Fri 29 Jan 2027 17:00',
    );
    const poll = newest("poll");
    await step(`Maria: vote ${poll} yes:1`, `Eleni: vote ${poll} yes:2`, `Sofia: vote ${poll} yes:1`);
    await step(`Sofia: meet cancel ${poll}`);
    await step("Sofia: meet Coordination in 72 hours 60m with @police, @labour");
    const meeting = newest("occurrence");
    await step(`Maria: attend ${meeting} yes`);
    await w.pass({ hours: 60 }, LEAP);
    await step(`Eleni: agenda add ${meeting} A late item`);
    await w.pass({ hours: 12, minutes: 5 }, LEAP);
    await look();
    await step(`Sofia: start ${meeting}`, `Sofia: present ${meeting} @Maria`);
    await step("Sofia: note We agreed", `Sofia: end ${meeting}`);
    await step("Sofia: meet rules approval:meeting", `Sofia: circulate ${meeting}`);
    await step(`Maria: correct ${meeting} Say when`);
    await step(`Sofia: settle ${meeting} 1 take`);
    await w.pass({ days: 9 }, LEAP);
    await look();
    await step(`Sofia: approve ${meeting}`);
    await step("Maria: meet Joint check every Thu 10:00 60m with @labour, @iom");
    const [series = ""] = newest("occurrence").split("/");
    await step(`Eleni: attend ${series}/1 yes`, `Maria: meet cancel ${series}/2`, `Maria: meet cancel ${series}`);
  });

  it("with a session of training that was held", async () => {
    await step("Omar: training need interviewing Interviewing children by 31 March people:12");
    const need = newest("need").replace(" ·", "");
    await step(`Sofia: training session ${need} Fri 12:00 2h with @police, @labour`);
    const session = newest("session").replace(" ·", "");
    const meeting = newest("occurrence");
    await w.pass({ hours: 50 }, LEAP);
    await step(`Sofia: start ${meeting}`, `Sofia: present ${meeting} @Petros`, `Sofia: present ${meeting} @Omar`);
    await step(`Sofia: end ${meeting}`, `Petros: training evaluate ${session} 5 5 5`);
    await w.pass({ days: 91 }, LEAP);
    await look();
    await step(`Maria: training follow ${session} yes`, `Eleni: training follow ${session} partly`);
    await step("Omar: training need interviewing Interviewing in Pashto by 31 March 2028 people:12");
    await step(`Omar: training withdraw ${newest("need").replace(" ·", "")}`);
    await step("Omar: training need maritime Boarding at night by 31 March 2028 people:12");
    const wanted = newest("need").replace(" ·", "");
    await step("Maria: training offer maritime Boarding course people:20");
    await step(`Eleni: training take ${wanted} ${newest("offer").replace(" ·", "")}`);
    // What a need is when its time has passed.
    await w.runtime.store.owner
      .updateTable("training_items")
      .set({ state: "lapsed" })
      .where("state", "=", "withdrawn")
      .execute();
    await look();
  });

  it("with a request to another service, and to an authority that is not on Coord", async () => {
    const police = (line: string) => w.ask("Petros", `request new police ${line}`);
    const refIn = (said: string) => /R-\d+/.exec(said)?.[0] ?? "";
    const write = async (ref: string) => {
      const parts: Record<string, Record<string, string>> = {
        1: {
          basis: "domestic_law",
          basis_detail: "x",
          language: "en",
          confidential: "yes",
          contact: "x",
          urgency_reason: "x",
        },
        2: { what: "x", purpose: "x", why_there: "x", availability: "direct", evidence_later: "no" },
        4: { adviser: "x", k1: "no", k2: "no", k3: "no", k4: "no", k5: "no", k6: "x", k7: "no", k8: "no" },
      };
      for (const [part, values] of Object.entries(parts))
        await w.submit("Petros", formOf(await w.say("Petros", `request fill ${ref} ${part}`)), values);
    };
    const ref = refIn(await police("@labour Who owns a van"));
    await look();
    await write(ref);
    await step(`Petros: request ready ${ref}`);
    await step(`Maria: request approve ${ref}`);
    await step(`Petros: request send ${ref}`);
    await step(`Omar: request received ${ref}`);
    await step(`Eleni: request ask ${ref} which van?`);
    await step(`Petros: request reply ${ref} the white one`);
    await step(`Eleni: request conditions ${ref} no names`);
    await step(`Maria: request decline ${ref} they are needed`);
    await step(`Eleni: request postpone ${ref} ongoing_proceedings a trial by next Monday 12:00`);
    await step(`Eleni: request resume ${ref}`);
    await step(`Eleni: request agree ${ref} by:@Omar`);
    await step(`Omar: request answer ${ref} nobody we know`);
    await step(`Petros: request close ${ref}`);
    const no = refIn(await police("@labour urgency:life-safety A second van"));
    await w.submit("Petros", formOf(await w.say("Petros", `request fill ${no} 1`)), { urgency_reason: "x" });
    await w.submit("Petros", formOf(await w.say("Petros", `request fill ${no} what`)), { what: "x" });
    await step(`Petros: request sendnow ${no} people inside`);
    await step(`Omar: request received ${no}`, `Eleni: request refuse ${no} po_not_available we have none`);
    const strict = refIn(await police("@labour tlp:amber+strict A third van"));
    await look();
    await step(`Petros: request withdraw ${strict}`);
    const far = /A-\d+/.exec(
      await w.ask("Sofia", "authority add XS Police functions:law_enforcement_cooperation countryname:Sudmark"),
    )?.[0];
    const off = refIn(await police(`${far} A fourth van`));
    await write(off);
    await step(`Petros: request ready ${off}`, `Maria: request approve ${off}`);
    await step(`Petros: request send ${off} we called them`);
    await step(`Petros: request received ${off}`);
    const sea = refIn(await w.ask("Petros", "request new vessel @labour A vessel"));
    await w.ask("Sofia", "authority add XN Police functions:smuggling_by_sea countryname:Norland agency:@police");
    await w.submit("Petros", formOf(await w.say("Petros", `request fill ${sea} 1`)), {
      ...{ vessel: "Heron", position: "36 N 22 E", grounds: "30 on deck" },
    });
    await w.submit("Petros", formOf(await w.say("Petros", `request fill ${sea} 2`)), { measures: ["board"] });
    await step(`Petros: request sendnow ${sea} it takes water`);
    await step(`Petros: request measure ${sea} basis:danger taken aboard`);
    await w.ask("Sofia", "authority add XN Court functions:special_techniques countryname:Norland agency:@police");
    await w.ask("Sofia", "authority add XS Office functions:special_techniques countryname:Sudmark agency:@labour");
    const watch = refIn(await w.ask("Petros", "request new technique @labour A van"));
    const safe = {
      ...{ s1: "no", s2: "x", s3: "x", s3_minutes: "9", s4: "x", s5: "x", s6: "x", s7: "x", s8: "yes", s9: "x" },
      s10_hours: "6",
    };
    const parts: Record<string, Record<string, string>> = {
      1: { basis: "untoc", language: "en", confidential: "yes", contact: "x", technique: "observation" },
      2: {
        ...{ people_aboard: "yes", facts: "x", purpose: "x", order: "x", order_until: "2027-06-01 12:00", route: "x" },
      },
      3: { command: "x", ...safe },
      4: { adviser: "x" },
    };
    for (const [part, values] of Object.entries(parts))
      await w.submit("Petros", formOf(await w.say("Petros", `request fill ${watch} ${part}`)), values);
    await step(`Petros: request ready ${watch}`);
    await step(`Maria: request approve ${watch}`);
    await step(`Petros: request send ${watch} by hand`, `Eleni: stop ${watch} they cry`);
  });

  it("in every state, and whatever there is to do", () => {
    expect(STATES.filter((state) => ![...seen].some((one) => one === state || one.startsWith(`${state} `)))).toEqual(
      [],
    );
    const places = [...seen].filter((one) => one.startsWith("share released "));
    expect(every(PLACE).filter((place) => !places.some((one) => one.includes(` ${place}`)))).toEqual([]);
    expect(Object.keys(DEEDS).filter((deed) => !deeds.has(deed))).toEqual([]);
  });
});

const SAID = { title: "A boat", content: "Words" };

/** Every state that a model knows, by the compiler: a new one has no row yet. */
const every = <State extends string>(states: Record<State, true>): string[] => Object.keys(states);

const TASK: Record<TaskState, true> = {
  ...{ asked: true, agreed: true, done: true, closed: true, declined: true, cancelled: true },
};
const SHARE: Record<ShareState, true> = {
  ...{ draft: true, review: true, released: true, recalled: true, expired: true, closed: true },
};
const PLACE: Record<RecipientState, true> = { delivered: true, in_use: true, declined: true, closed: true };
const USE: Record<UseRequestState, true> = {
  ...{ submitted: true, granted: true, refused: true, withdrawn: true, lapsed: true, void: true },
};
const OBJECTIVE: Record<ObjectiveState, true> = {
  ...{ planned: true, under_way: true, achieved: true, stalled: true, dropped: true },
};
const JOINER: Record<EnrolmentState, true> = { issued: true, asked: true, active: true, refused: true };
const MEETING: Record<MeetingState, true> = { polling: true, scheduled: true, cancelled: true };
const OCCURRENCE: Record<OccurrenceState, true> = { scheduled: true, running: true, ended: true, cancelled: true };
const MINUTES: Record<Exclude<MinutesState, "none">, true> = { draft: true, circulated: true, approved: true };
const NEED: Record<TrainingState, true> = { open: true, matched: true, met: true, withdrawn: true, lapsed: true };

const REQUEST: Record<RequestState, true> = {
  ...{ draft: true, ready: true, approved: true, sent: true, received: true, agreed: true, answered: true },
  ...{ refused: true, closed: true, withdrawn: true },
};

const STATES = [
  ...every(REQUEST).map((state) => `request ${state}`),
  ...every(TASK).map((state) => `task ${state}`),
  ...every(SHARE).map((state) => `share ${state}`),
  ...every(USE).map((state) => `use ${state}`),
  ...every(OBJECTIVE).map((state) => `figure ${state}`),
  ...every(JOINER).map((state) => `joiner ${state}`),
  ...["match live", "match removed", "session open", "session met"],
  // A meeting that is called is its occurrences'.
  ...every(MEETING).flatMap((state) => (state === "scheduled" ? [] : [`poll ${state}`])),
  ...every(OCCURRENCE).flatMap((state) => (state === "ended" ? [] : [`occurrence ${state}`])),
  ...every(MINUTES).map((state) => `occurrence ended ${state}`),
  ...every(NEED).map((state) => `need ${state}`),
];

const DEEDS: Record<Deed, true> = {
  ...{ accept: true, hand: true, do: true, close: true, date: true, redirect: true, support: true, help: true },
  ...{ finish: true, review: true, open: true, outcome: true, use: true, renew: true, figure: true },
  ...{
    evaluate: true,
    follow: true,
    vote: true,
    pick: true,
    attend: true,
    admit: true,
    start: true,
    held: true,
    end: true,
  },
  ...{
    circulate: true,
    correct: true,
    settle: true,
    approve: true,
    confirm: true,
    ...{ draft: true, sign: true, dispatch: true, acknowledge: true, decide: true, execute: true, reply: true },
    ...{ conditions: true, conclude: true, paper: true, report: true, record: true, resume: true, safety: true },
  },
};
