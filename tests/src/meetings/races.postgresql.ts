import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { linkPerson } from "../../../src/cli/setup.js";
import { silentLog } from "../../../src/lib/log.js";
import { World, words } from "../../world.js";
import { instantOf, meetingRow, occurrenceRows, stepRows, stepsToCome } from "./rows.js";

/**
 * Two things at once: each has one outcome, nothing is half done, no exception is logged and nothing is told twice. On
 * PostgreSQL alone, where transactions truly run side by side: the embedded database takes them one after the other.
 */

const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Jonas: "border focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
};
type Name = keyof typeof PEOPLE;

let w: World;
let logged: unknown[][];
beforeEach(() => {
  logged = [];
  vi.spyOn(silentLog, "error").mockImplementation((...args) => void logged.push(args));
  // The clock is moved by days here, which the reconciler takes for a time in which everything was down.
  vi.spyOn(silentLog, "warn").mockImplementation(
    (...args) => void (args[0] === "reminders.overdue" || logged.push(args)),
  );
});
afterEach(async () => {
  vi.restoreAllMocks();
  await w?.close();
  expect(logged).toEqual([]);
});

async function world(agencies: string[] = []): Promise<void> {
  w = await World.create({ people: PEOPLE, agencies });
  await w.ask("Sofia", "meet-rules quorum:none");
}

const told = (name: Name, what: string | RegExp) =>
  w.inbox(name).filter(({ message }) => words(message).match(what)).length;

/** Moves the clock to a wall time of the body; what is due then fires only when the queue is run. */
function at(wall: string): Promise<void> {
  w.clock.moveTo(instantOf(wall, "Europe/Athens"));
  return w.runtime.reconciler.moved();
}

async function later(seconds: number): Promise<void> {
  w.clock.moveTo(new Date(w.clock.now().getTime() + seconds * 1_000));
  await w.runtime.reconciler.moved();
  await w.settle();
}

const actions = (name: string) =>
  w.work(
    async (work) => (await work.tx.selectFrom("events").select("action").where("action", "=", name).execute()).length,
  );

const ALL = "with @police, @border, @labour";

describe("two at once", () => {
  it("start: one begins it, the other hears that it runs", async () => {
    await world();
    await w.ask("Sofia", `meet Joint 2026-11-23 11:00 60m ${ALL} chair:@Maria`);
    await w.settle();
    await at("2026-11-23T10:50");
    const said = await Promise.all([w.ask("Sofia", "start M-1"), w.ask("Maria", "start M-1"), w.settle()]);
    expect(said.slice(0, 2).filter((one) => one?.includes("has begun"))).toHaveLength(1);
    expect(said.slice(0, 2).filter((one) => one?.includes("has been started already"))).toHaveLength(1);
    expect(await occurrenceRows(w)).toMatchObject([{ state: "running", version: 2 }]);
    expect(await actions("meeting.started")).toBe(1);
    expect(Object.keys(await stepsToCome(w, 1))).toEqual(["end"]);
  });

  it("end: the result goes out once", async () => {
    await world();
    await w.ask("Sofia", `meet Joint 2026-11-23 11:00 60m ${ALL} chair:@Maria`);
    await w.settle();
    await at("2026-11-23T11:00");
    await w.settle();
    await w.ask("Sofia", "start M-1");
    const said = await Promise.all([w.ask("Sofia", "end M-1"), w.ask("Maria", "end M-1")]);
    expect(said.filter((one) => one.includes("is over"))).toHaveLength(1);
    await w.settle();
    expect(told("Jonas", "Result of M-1")).toBe(1);
  });

  it("close a poll: one date is taken, and told once", async () => {
    await world();
    await poll();
    await w.ask("Maria", "vote M-1 yes:1,2");
    const said = await Promise.all([
      w.ask("Sofia", "meet close M-1 1"),
      w.ask("Petros", "meet close M-1 2"),
      w.ask("Sofia", "meet close M-1 2"),
    ]);
    await w.settle();
    expect(
      said.filter(
        (one) => one.includes("takes place") || one.includes("is held") || /M-1 .*1 Dec|M-1 .*2 Dec/.test(one),
      ),
    ).toHaveLength(1);
    const rows = await occurrenceRows(w);
    expect(rows).toHaveLength(1);
    expect((await meetingRow(w)).starts).toBe(rows[0]?.wall);
    expect(told("Jonas", "date of M-1 .* is found")).toBe(1);
  });

  it("a vote while the poll closes counts before, or is told that it came too late", async () => {
    await world();
    await poll();
    await w.ask("Maria", "vote M-1 yes:1");
    const [closed, voted] = await Promise.all([w.ask("Sofia", "meet close M-1"), w.ask("Jonas", "vote M-1 yes:1")]);
    expect(closed).toContain("M-1");
    const counted = voted.includes("counts");
    if (!counted) expect(voted).toContain("closed");
    const rsvps = await w.work((work) => work.tx.selectFrom("rsvps").selectAll().where("answer", "=", "yes").execute());
    // Sofia who called it, Maria who voted, and Jonas if he was in time.
    expect(rsvps).toHaveLength(counted ? 3 : 2);
  });

  it("the clock and an officer close a poll", async () => {
    await world();
    await poll();
    await w.ask("Maria", "vote M-1 yes:2");
    await w.settle();
    await at("2026-11-27T17:00");
    const [said] = await Promise.all([w.ask("Sofia", "meet close M-1 1"), w.settle()]);
    await later(10);
    const rows = await occurrenceRows(w);
    expect(rows).toHaveLength(1);
    if (said?.includes("is closed already")) expect(rows[0]?.wall).toBe("2026-12-02T10:00");
    expect(told("Jonas", "date of M-1 .* is found")).toBe(1);
    expect(await actions("meeting.poll_closed")).toBe(1);
  });

  it("notes: each has its line; one line changed by two is changed by one", async () => {
    await world();
    await running();
    const said = await Promise.all([
      w.ask("Sofia", "note M-1 One"),
      w.ask("Maria", "note M-1 Two"),
      w.ask("Sofia", "note M-1 Three"),
    ]);
    expect(said.map((one) => /Line (\d)/.exec(one)?.[1]).sort()).toEqual(["1", "2", "3"]);
    const edits = await Promise.all([
      w.ask("Sofia", "note-edit M-1 line:1 v1 By Sofia"),
      w.ask("Maria", "note-edit M-1 line:1 v1 By Maria"),
    ]);
    expect(edits.filter((one) => one.includes("Somebody else changed line 1"))).toHaveLength(1);
    const lines = await w.work((work) => work.tx.selectFrom("record_lines").selectAll().orderBy("n").execute());
    expect(lines.map(({ n, version }) => [n, version])).toEqual([
      [1, 2],
      [2, 1],
      [3, 1],
    ]);
  });

  it("decisions: two numbers", async () => {
    await world();
    await running();
    const said = await Promise.all([w.ask("Sofia", "decide M-1 One"), w.ask("Maria", "decide M-1 Two")]);
    expect(said.map((one) => /D-(\d)/.exec(one)?.[1]).sort()).toEqual(["1", "2"]);
    expect(await w.work((work) => work.tx.selectFrom("decisions").selectAll().execute())).toHaveLength(2);
  });

  it("a decision while the meeting ends stands in it, or is refused", async () => {
    await world();
    await running();
    const [decided, ended] = await Promise.all([w.ask("Sofia", "decide M-1 Last"), w.ask("Maria", "end M-1")]);
    expect(ended).toContain("is over");
    const rows = await w.work((work) => work.tx.selectFrom("decisions").selectAll().execute());
    expect(rows).toHaveLength(decided.includes("D-1 is decided") ? 1 : 0);
    expect(ended).toContain(rows.length && ended.includes("1 decision") ? "1 decision" : "is over");
  });

  it("an answer while the meeting is called off", async () => {
    await world();
    await w.ask("Sofia", `meet Joint 2026-12-01 10:00 60m ${ALL}`);
    await w.settle();
    const [answer, off] = await Promise.all([
      w.ask("Maria", "attend M-1 yes"),
      w.ask("Sofia", "meet cancel M-1 Strike"),
    ]);
    expect(off).toContain("M-1");
    expect(answer).toMatch(/Your answer to M-1: yes|M-1 is cancelled|called off/);
    await w.settle();
    expect(told("Maria", "Strike")).toBeGreaterThanOrEqual(1);
    expect(await occurrenceRows(w)).toMatchObject([{ state: "cancelled" }]);
    expect(await stepsToCome(w, 1)).toEqual({});
  });

  it("approval by silence and by hand: one Word file, told once", async () => {
    await world();
    await running();
    await w.ask("Sofia", "end M-1");
    await w.ask("Sofia", "circulate M-1");
    await w.settle();
    const due = (await stepRows(w)).find(({ step, fired_at }) => step === "silence" && !fired_at)?.due_at;
    if (!due) throw new Error("silence is not laid");
    w.clock.moveTo(due);
    await w.runtime.reconciler.moved();
    await Promise.all([w.ask("Sofia", "approve M-1"), w.ask("Maria", "approve M-1"), w.settle()]);
    await later(10);
    expect(await w.work((work) => work.tx.selectFrom("approved_minutes").selectAll().execute())).toHaveLength(1);
    expect(told("Jonas", "are approved")).toBe(1);
    expect(await actions("minutes.approved")).toBe(1);
  });
});

describe("while invitations go out", () => {
  it("who comes to speak for an agency is asked once, and who ceases to drops out", async () => {
    await world();
    const names = ["Nora", "Nils", "Nina", "Noa"];
    const joining = (name: string) =>
      linkPerson(w.runtime, "police", {
        ...{ name, account: [`slack:slack-police:U${name}`], role: ["focal_point" as const], zone: "Europe/Athens" },
      });
    await Promise.all([
      ...names.map(joining),
      ...names.map((_, n) => w.ask("Sofia", `meet Joint ${n} 2026-12-0${n + 1} 10:00 60m ${ALL}`)),
      w.ask("Sofia", "meet Everybody every Tue 14:00 60m with all"),
      w.runtime.reconciler.moved(),
    ]);
    // Two processes bring them in line at once.
    await Promise.all([w.runtime.reconciler.moved(), w.ask("Maria", "remove @Maria sure"), w.settle()]);
    await later(5);
    const seats = await w.work((work) =>
      work.tx
        .selectFrom("invitees")
        .innerJoin("persons", "persons.id", "invitees.person_id")
        .select(["persons.name", "meeting_id"])
        .where("left_at", "is", null)
        .where("persons.name", "in", [...names, "Maria"])
        .execute(),
    );
    for (const name of names) expect(seats.filter((one) => one.name === name).length, name).toBe(5);
    expect(seats.filter(({ name }) => name === "Maria")).toEqual([]);
    for (const name of names) {
      const cards = w.sent.filter(({ person, message }) => person === `U${name}` && /^M-\d/.test(words(message)));
      expect(cards, name).toHaveLength(5);
    }
    expect(await w.work((work) => work.tx.selectFrom("to_follow").select("id").execute())).toEqual([]);
  });
});

describe("while a reminder fires", () => {
  const SERIES = `meet Weekly every Tue 10:00 60m ${ALL}`;

  it.each([
    ["the whole is called off", "meet cancel M-1 all Strike", 0],
    ["the occurrence is called off", "meet cancel M-1/2 Strike", 0],
    ["the occurrence is moved", "meet move M-1/2 2 December 11:00", 1],
    ["the whole is moved", "meet move M-1 all every Wed 11:00", 1],
  ])("%s during the pack", async (_, act, packs) => {
    await world();
    await w.ask("Sofia", SERIES);
    await w.settle();
    await at("2026-11-25T10:00");
    await later(5);
    w.sent.length = 0;
    await at("2026-11-30T10:00");
    await Promise.all([w.ask("Sofia", act), w.settle()]);
    await later(5);
    const rows = await occurrenceRows(w);
    const off = (await meetingRow(w)).state === "cancelled";
    if (off) expect(rows.filter(({ state }) => state === "scheduled")).toEqual([]);
    expect(new Set(rows.map(({ n }) => n)).size).toBe(rows.length);
    for (const row of rows) {
      const steps = await stepsToCome(w, row.n);
      if (row.state === "cancelled") expect(steps, `steps of ${row.n}`).toEqual({});
      else if (row.starts_at > w.clock.now()) expect(steps.start).toEqual(row.starts_at);
    }
    await at("2026-12-01T10:00");
    await later(5);
    await at("2026-12-02T09:00");
    await later(5);
    const got = told("Jonas", "^Pack for M-1");
    // At the old time, at the new, or at both where the old went out first and says what was true then.
    expect(got).toBeGreaterThanOrEqual(packs);
    expect(got).toBeLessThanOrEqual(packs + 1);
    expect(told("Jonas", act.includes("cancel") ? "Strike" : /moved (the series )?M-1/)).toBeGreaterThanOrEqual(1);
  });

  it("the start and the beginning of the meeting: nobody is reminded to start what runs", async () => {
    await world();
    await w.ask("Sofia", `meet Joint 2026-11-23 11:00 60m ${ALL} chair:@Maria`);
    await w.settle();
    await at("2026-11-23T11:00");
    await Promise.all([w.ask("Maria", "start M-1"), w.settle()]);
    await later(5);
    expect(await occurrenceRows(w)).toMatchObject([{ state: "running" }]);
    const open = await stepsToCome(w, 1);
    expect(Object.keys(open)).toEqual(["end"]);
  });

  it("two processes that fire the same moment tell it once", async () => {
    await world();
    await w.ask("Sofia", `meet Joint 2026-12-01 10:00 60m ${ALL}`);
    await w.settle();
    await w.ask("Jonas", "attend M-1 yes");
    await at("2026-11-30T10:00");
    await Promise.all([w.settle(), w.settle(), w.runtime.reconciler.moved()]);
    await later(5);
    await at("2026-12-01T09:45");
    await Promise.all([w.settle(), w.settle(), w.runtime.reconciler.moved()]);
    await later(5);
    await later(5);
    expect(told("Jonas", "about to begin")).toBe(1);
    expect(told("Jonas", "^Pack for M-1")).toBe(1);
  });
});

async function poll(): Promise<void> {
  const said = await w.ask(
    "Sofia",
    `meet poll Plan 60m ${ALL} slots:"2026-12-01 10:00; 2026-12-02 10:00; 2026-12-03 10:00" by Fri 17:00`,
  );
  expect(said).toContain("M-1");
  await w.settle();
}

async function running(): Promise<void> {
  await w.ask("Sofia", `meet Joint 2026-11-23 11:00 60m ${ALL} chair:@Maria`);
  await w.settle();
  await at("2026-11-23T11:00");
  await w.settle();
  expect(await w.ask("Sofia", "start M-1")).toContain("has begun");
}
