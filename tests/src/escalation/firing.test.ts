import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cardTurns } from "../../../src/delivery/turns.js";
import { bundleOf } from "../../../src/escalation/bundle.js";
import { type FireParts, fireDue, type Remindable } from "../../../src/escalation/fire.js";
import { type Log, silentLog } from "../../../src/lib/log.js";
import { taskReminders } from "../../../src/tasks/reminding.js";
import { World, words } from "../../world.js";

/** Monday 23 November 2026, 10:00 in Athens. Work is Monday to Friday, 09:00 to 17:00. */
describe("reminders of tasks", () => {
  let w: World;
  let count: number;
  beforeEach(async () => {
    count = 0;
    w = await World.create({
      people: {
        Maria: "police focal_point staff",
        Eleni: "labour focal_point staff teams",
        Omar: "labour staff teams",
        Sofia: "secretariat coordinator",
      },
    });
  });
  afterEach(() => w.close());

  const reminders = (name: string) =>
    w
      .inbox(name)
      .map(({ message }) => words(message))
      .filter((text) => text.startsWith("Reminder"));
  const assign = async (line: string) => {
    await w.say("Maria", line);
    await w.settle();
    await w.press("Eleni", w.card("Eleni", `T-${++count}`), "Omar");
    await w.settle();
  };
  it("come a day before, at the deadline, a day late, then to the focal point, then to the desk", async () => {
    await assign("task @labour Inspect 3 farms by Wed 15:00");
    await w.pass({ hours: 20 });
    expect(reminders("Omar")).toEqual([]);
    await w.pass({ hours: 10 });
    expect(reminders("Omar")).toHaveLength(1);
    expect(reminders("Omar")[0]).toContain("Reminder: coming up");
    await w.pass({ days: 1 });
    expect(reminders("Omar")).toHaveLength(2);
    expect(reminders("Omar")[1]).toContain("Reminder: due now");
    await w.pass({ days: 1 });
    expect(reminders("Omar")[2]).toContain("Reminder: late");
    expect(reminders("Eleni")).toEqual([]);
    await w.pass({ days: 4 });
    expect(reminders("Eleni")).toHaveLength(1);
    await w.pass({ days: 4 });
    expect(reminders("Sofia")).toHaveLength(1);
    expect(reminders("Omar")).toHaveLength(3);
  });

  it("are silent once the task is done, and ask the requester to close it, then take silence for yes", async () => {
    await assign("task @labour Inspect 3 farms by Wed 15:00");
    await w.ask("Omar", "done T-1");
    await w.pass({ days: 5 });
    expect(reminders("Omar")).toEqual([]);
    expect(reminders("Maria").join()).toContain("waits for you to close it");
    await w.pass({ days: 4 });
    expect(words(w.card("Maria", "T-1").message)).toContain("State: Closed");
    expect(words(w.last("Omar").message)).toContain("nobody objected for five working days");
  });

  it("move with the deadline: none of the old ladder fires", async () => {
    await assign("task @labour Inspect 3 farms by Wed 15:00");
    await w.ask("Maria", "date T-1 Fri 15:00");
    await w.pass({ days: 2, hours: 6 });
    expect(reminders("Omar")).toEqual([]);
    await w.pass({ days: 1 });
    expect(reminders("Omar")).toHaveLength(1);
  });

  it("fall together into one message", async () => {
    for (const n of [1, 2, 3]) {
      await w.say("Maria", `task @Omar Look at harbour ${n} by Wed 15:00`);
      await w.ask("Omar", `accept T-${n}`);
    }
    await w.settle();
    await w.pass({ days: 1, hours: 6 });
    expect(reminders("Omar")).toHaveLength(1);
    expect(reminders("Omar")[0]).toMatch(/Reminder: 3 tasks\nT-1.*\nT-2.*\nT-3/s);
  });

  it("for life and safety come at any hour, within a quarter of an hour to whoever is on duty", async () => {
    await w.say("Maria", "task @labour Boat without engine off the cape by tomorrow 04:00 priority:life-safety");
    await w.ask("Eleni", 'duty @Omar until:"tomorrow 09:00"');
    await w.settle();
    await w.pass({ minutes: 20 }, 5);
    expect(reminders("Omar")).toHaveLength(1);
    await w.ask("Eleni", "give T-1 @Omar");
    await w.pass({ hours: 18 }, 15);
    // 24 h before is past; 4 h, 1 h and 15 min before, and at 04:00 in the night. That nobody had answered is settled.
    expect(reminders("Omar").length).toBeGreaterThanOrEqual(4);
    expect(w.inbox("Omar").some(({ message }) => message.text.startsWith("This reminder is settled"))).toBe(true);
    expect(reminders("Eleni").join()).toContain("T-1");
  });

  it("go to the deputy while somebody is away", async () => {
    await assign("task @labour Inspect 3 farms by Wed 15:00");
    await w.ask("Omar", 'away until:"Fri 09:00" deputy:@Eleni');
    await w.pass({ days: 2 });
    expect(reminders("Omar")).toEqual([]);
    expect(reminders("Eleni").length).toBeGreaterThan(0);
  });

  it("of a RED task go to no deputy, and whoever asked is told that nobody has it in hand", async () => {
    await w.say("Maria", "task @Omar Meet the source by Wed 15:00 tlp:red");
    await w.ask("Omar", "accept T-1");
    await w.ask("Omar", 'away until:"Fri 09:00" deputy:@Eleni');
    await w.pass({ days: 2 });
    const told = w.inbox("Maria").map(({ message }) => message.text);
    expect(told.filter((text) => text.includes("is away, and it passes to nobody else"))).toHaveLength(1);
    expect(JSON.stringify(w.inbox("Eleni"))).not.toContain("T-1");
  });

  it("say that they are late, once each and together, when everything was down for a week", async () => {
    for (const n of [1, 2]) {
      await w.say("Maria", `task @Omar Look at harbour ${n} by Wed 15:00`);
      await w.ask("Omar", `accept T-${n}`);
    }
    await w.settle();
    w.queue.waiting.clear();
    await w.pass({ days: 7 }, 7 * 1_440);
    expect(reminders("Omar")).toHaveLength(1);
    expect(reminders("Omar")[0]).toContain("This reminder comes late");
    expect(reminders("Omar")[0]).toContain("Reminder: 2 tasks");
    const before = w.sent.length;
    await w.pass({ minutes: 30 });
    expect(w.sent.length).toBe(before);
  });

  it("fire once, however many processes try at once", async () => {
    await assign("task @labour Inspect 3 farms by Wed 15:00");
    w.clock.moveTo(new Date("2026-11-25T13:00:00Z"));
    await Promise.all(Array.from({ length: 6 }, () => w.runtime.reconciler.moved()));
    await Promise.all(Array.from({ length: 6 }, () => w.settle()));
    w.clock.moveTo(new Date("2026-11-25T13:01:00Z"));
    await w.runtime.reconciler.moved();
    await w.settle();
    expect(reminders("Omar")).toHaveLength(1);
  });

  it("are held by who fires them until all that follows is written, and fired by nobody else meanwhile", async () => {
    for (const n of [1, 2]) {
      await w.say("Maria", `task @Omar Look at harbour ${n} by Wed 15:00`);
      await w.ask("Omar", `accept T-${n}`);
    }
    await w.settle();
    w.clock.moveTo(new Date("2026-11-25T13:00:30Z"));
    const fired: string[] = [];
    let waiting = 0;
    const watched: Remindable = {
      ...taskReminders,
      fire: async (work, steps) => {
        fired.push(...steps.map(({ id }) => id));
        // Embedded there is one session and nobody to meet in it: that another would have found them held is seen here.
        const rows = await work.tx
          .selectFrom("reminder_steps")
          .select(["id", sql<boolean>`xmax = pg_current_xact_id()::xid`.as("held")])
          .where(
            "id",
            "in",
            steps.map(({ id }) => id),
          )
          .execute();
        expect(rows.filter(({ held }) => held)).toHaveLength(steps.length);
        waiting++;
        // On a server of several sessions the others come by while these are held.
        for (let n = 0; n < 20 && waiting === 1; n++) await new Promise((resolve) => setTimeout(resolve, 10));
        return taskReminders.fire(work, steps);
      },
    };
    const inWork: FireParts["inWork"] = (act) =>
      w.work(async (work) => {
        const before = fired.length;
        const result = await act(work);
        if (fired.length > before) {
          // Batches take their turn where they gather what one person is told.
          const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_locks
            where locktype = 'advisory' and granted and pid = pg_backend_pid()`.execute(work.tx);
          expect(rows).toEqual([{ n: 1 }]);
        }
        return result;
      });
    // Cards that turn by the clock have steps of their own among them.
    let turned = 0;
    const turning: Remindable = {
      ...cardTurns,
      fire: (work, steps) => {
        turned += steps.length;
        return cardTurns.fire(work, steps);
      },
    };
    const kinds = new Map([watched, turning].map((one) => [one.kind, one]));
    const bundle = bundleOf(new Map([["task", taskReminders]]));
    const errors: unknown[] = [];
    const log: Log = { ...silentLog, error: (...said) => void errors.push(said) };
    const counts = await Promise.all([1, 2, 3].map(() => fireDue({ inWork, kinds, bundle, log })));
    expect(errors).toEqual([]);
    expect(fired.length).toBeGreaterThan(0);
    expect(new Set(fired).size).toBe(fired.length);
    expect(counts.reduce((a, b) => a + b)).toBe(fired.length + turned);
    await w.pass({ minutes: 1 });
    expect(reminders("Omar")).toHaveLength(1);
    expect(reminders("Omar")[0]).toContain("Reminder: 2 tasks");
  });
});
