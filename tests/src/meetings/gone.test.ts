import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "../../../src/lib/log.js";
import { World, words } from "../../world.js";
import { instantOf } from "./rows.js";

/** People who are gone: what was theirs is somebody's, nothing is told to nobody, and no exception is logged. */

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

const ALL = "with @police, @border, @labour";

describe("who is not there", () => {
  it("an agency that nobody joined has a seat, an answer, and counts for the quorum", async () => {
    w = await World.create({ people: PEOPLE, agencies: ["prosecution"] });
    expect(await w.ask("Sofia", "meet Joint 2026-12-01 10:00 60m with @police, @prosecution")).toContain(
      "M-1 is called",
    );
    expect(await w.ask("Sofia", "for @prosecution attend M-1 yes")).toBe("Your answer to M-1: yes.");
    const rsvps = await w.work((work) =>
      work.tx
        .selectFrom("rsvps")
        .innerJoin("invitees", "invitees.id", "rsvps.invitee_id")
        .innerJoin("agencies", "agencies.id", "invitees.agency_id")
        .select(["answer", "person_id"])
        .where("handle", "=", "prosecution")
        .execute(),
    );
    expect(rsvps).toEqual([{ answer: "yes", person_id: null }]);
    await at("2026-12-01T10:00");
    await w.settle();
    expect(await w.ask("Sofia", "start M-1")).toContain("1 of 3 agencies present, 2 needed: no quorum");
    expect(await w.ask("Sofia", "present M-1 @prosecution")).toContain("2 of 3 agencies present, 2 needed: quorum");
    expect(await w.ask("Sofia", "decide M-1 Joint checks")).toContain("D-1 is decided");
    expect(await w.ask("Sofia", "left M-1 @prosecution")).toContain("no quorum");
    expect(await w.ask("Sofia", "for @police attend M-1 yes")).not.toContain("Your answer");
  });

  it("somebody who has left hears nothing more, and their answer does not bind the agency", async () => {
    await world();
    await w.ask("Sofia", "meet Weekly every Tue 10:00 60m with @Petros, @Jonas");
    await w.settle();
    await w.ask("Petros", "attend M-1 yes");
    expect(await w.ask("Maria", "remove @Petros sure")).toContain("Petros");
    await w.settle();
    w.sent.length = 0;
    w.payloads.length = 0;
    await w.pass({ days: 1, hours: 3 }, 60);
    expect(w.inbox("Petros")).toEqual([]);
    expect(JSON.stringify(w.payloads)).not.toContain("UPetros");
    expect(await w.ask("Sofia", "meet move M-1/2 2 December 11:00")).toContain("moved");
    await w.settle();
    expect(w.inbox("Petros")).toEqual([]);
    // What is drawn once more comes a moment later.
    await w.pass({ minutes: 1 }, 60);
    const undelivered = await w.work((work) =>
      work.tx.selectFrom("outbox").selectAll().where("state", "in", ["failed", "pending", "sending"]).execute(),
    );
    expect(undelivered.filter(({ person_id }) => person_id !== null)).toEqual([]);
    await w.ask("Sofia", "meet cancel M-1 all");
    await w.settle();
    expect(told("Jonas", /cancelled M-1/)).toBe(1);
  });

  it("an organizer who has left: the desk is reminded to start, and runs it", async () => {
    w = await World.create({ people: { ...PEOPLE, Petros: "police focal_point staff" } });
    await w.ask("Sofia", "meet-rules quorum:none");
    expect(await w.ask("Petros", "meet Joint 2026-12-01 10:00 60m with @border, @labour")).toContain("M-1 is called");
    await w.settle();
    expect(await w.ask("Maria", "remove @Petros sure")).toContain("Petros");
    await at("2026-12-01T09:45");
    await later(5);
    await later(5);
    w.sent.length = 0;
    await at("2026-12-01T10:00");
    await later(5);
    await later(5);
    expect(told("Sofia", /M-1/)).toBe(1);
    expect(await w.ask("Sofia", "start M-1")).toContain("has begun");
    expect(await w.ask("Jonas", "here M-1")).toContain("recorded as present");
    expect(await w.ask("Sofia", "end M-1")).toContain("is over");
    await w.settle();
    expect(told("Jonas", "Result of M-1")).toBe(1);
    expect(await w.ask("Sofia", "circulate M-1")).toContain("can be corrected");
    expect(await w.ask("Jonas", "correct M-1 One word")).toContain("correction 1");
    await w.settle();
    expect(w.inbox("Petros").filter(({ message }) => words(message).includes("Result"))).toEqual([]);
    // Who runs it now hears of the correction.
    expect(told("Sofia", /correct/i)).toBeGreaterThanOrEqual(1);
  });

  it("an agency that has left is not asked any more and does not count", async () => {
    await world();
    await w.ask("Sofia", "meet-rules quorum:two-thirds");
    await w.ask("Sofia", `meet Joint 2026-12-01 10:00 60m ${ALL}`);
    await w.settle();
    await w.runtime.store.owner
      .deleteFrom("members")
      .where("agency_id", "in", (eb) => eb.selectFrom("agencies").select("id").where("handle", "=", "labour"))
      .execute();
    w.sent.length = 0;
    await at("2026-12-01T10:00");
    await w.settle();
    await later(5);
    expect(w.inbox("Eleni")).toEqual([]);
    expect(await w.ask("Sofia", "start M-1")).toContain("1 of 3 agencies present, 2 needed");
    expect(await w.ask("Sofia", "end M-1")).toContain("is over");
    await w.settle();
    expect(w.inbox("Eleni")).toEqual([]);
  });

  it("a deputy for a time of leave answers and comes for the person, once", async () => {
    await world();
    await w.ask("Sofia", "meet Joint 2026-12-01 10:00 60m with @Eleni, @police");
    await w.settle();
    expect(await w.ask("Eleni", 'away until:"2026-12-20 09:00" deputy:@Omar')).toContain("Omar");
    expect(await w.ask("Omar", "attend M-1 yes")).toBe("Your answer to M-1: yes.");
    const rows = await w.work((work) => work.tx.selectFrom("rsvps").selectAll().execute());
    expect(rows.filter(({ answer }) => answer === "yes")).toHaveLength(2);
    await at("2026-11-30T11:00");
    await later(5);
    await later(5);
    w.sent.length = 0;
    await at("2026-12-01T09:45");
    await later(5);
    await later(5);
    expect([told("Omar", "about to begin"), told("Eleni", "about to begin")]).toEqual([1, 0]);
  });
});
