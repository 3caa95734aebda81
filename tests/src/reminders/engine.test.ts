import fc from "fast-check";
import { sql } from "kysely";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { silentLog } from "../../../src/log.js";
import { bundleOf } from "../../../src/reminders/bundle.js";
import { fireDue } from "../../../src/reminders/fire.js";
import { taskReminders } from "../../../src/tasks/reminding.js";
import { World, words } from "../../world.js";

// Many answers from a real database: slow where others use the machine too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/**
 * The engine on a real database: people act, the clock moves, and after every move what fired is held against what was
 * true at that moment. Monday 23 November 2026, 10:00 in Athens.
 */

const PEOPLE = {
  Maria: "police focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Nadia: "labour staff",
  Sofia: "secretariat coordinator",
};
type Name = keyof typeof PEOPLE;

let w: World;
afterEach(() => w?.close());

const HOUR = 3_600_000;

/** The clock goes on, what falls due does so, and messages that are gathered leave. */
async function advance(ms: number): Promise<void> {
  for (const step of [ms, 4_000]) {
    w.clock.moveTo(new Date(w.clock.now().getTime() + step));
    await w.runtime.heart.moved();
    await w.settle();
  }
}
const goTo = (text: string) => advance(new Date(text).getTime() - w.clock.now().getTime());

const reminders = (name: Name) =>
  w
    .inbox(name)
    .map(({ message }) => words(message))
    .filter((text) => text.startsWith("Reminder"));

type Told = {
  item: string;
  number: number;
  step: string;
  audience: string;
  person: string;
  bundle: string;
  ladder: number;
  state: string;
  current: number;
  assignee: string | null;
  due: Date | null;
  dueAt: Date;
  told: number;
};

/** Every telling so far, with its task as it is now. */
const tellings = async (): Promise<Told[]> =>
  w.work(
    async (work) =>
      (
        await sql<Told>`
          select s.item_id as item, t.number, s.step, s.audience, p.name as person, r.bundle, s.ladder, t.state,
            t.ladder as current, a.name as assignee, t.due_at as due, s.due_at as "dueAt",
            extract(epoch from r.told_at)::float8 as told
          from reminder_tellings r join reminder_steps s on s.id = r.step_id join tasks t on t.id = s.item_id
            join persons p on p.id = r.person_id left join persons a on a.id = t.assignee_id
          order by r.told_at, s.id, p.name`.execute(work.tx)
      ).rows,
  );

const overdue = () =>
  w.work((work) =>
    work.tx
      .selectFrom("reminder_steps")
      .select(["id", "step"])
      .where("fired_at", "is", null)
      .where("held_until", "is", null)
      .where("due_at", "<=", work.now)
      .execute(),
  );

/** What people and time do. A refusal is as good as an answer: the engine must hold whatever happens. */
type Act = { who: Name; say: string } | { pass: number };

const ref = fc.integer({ min: 1, max: 4 }).map((n) => `T-${n}`);
const colleague = fc.constantFrom<Name>("Omar", "Nadia", "Eleni");
const date = fc.constantFrom(
  "tomorrow 15:00",
  "Wed 22:00",
  "Sat 11:00",
  "in 3 hours",
  "next Mon 09:00",
  "in 20 minutes",
);
const rules = fc.constantFrom(
  "2h before, due, daily late",
  "due, 1h late focal, 2h late desk",
  "hourly late",
  "default",
);
const anybody = fc.constantFrom(...(Object.keys(PEOPLE) as Name[]));
const say = (who: fc.Arbitrary<Name>, what: fc.Arbitrary<string>): fc.Arbitrary<Act> => fc.record({ who, say: what });
const Maria = fc.constant<Name>("Maria");

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }).map((quarters) => ({ pass: (quarters * HOUR) / 4 })) },
  {
    weight: 3,
    arbitrary: say(
      Maria,
      fc
        .tuple(
          fc.constantFrom("@labour", "@Omar", "@Nadia"),
          date,
          fc.constantFrom("", " priority:urgent", " priority:life-safety", " priority:low"),
        )
        .map(([to, by, priority]) => `task ${to} Look at the harbour by ${by}${priority}`),
    ),
  },
  {
    weight: 2,
    arbitrary: say(
      colleague,
      fc.tuple(ref, colleague).map(([r, to]) => `give ${r} @${to}`),
    ),
  },
  {
    weight: 2,
    arbitrary: say(
      anybody,
      fc.tuple(ref, date).map(([r, by]) => `date ${r} ${by}`),
    ),
  },
  {
    weight: 2,
    arbitrary: say(
      colleague,
      ref.map((r) => `done ${r}`),
    ),
  },
  {
    weight: 1,
    arbitrary: say(
      Maria,
      ref.map((r) => `notyet ${r} Pictures are missing`),
    ),
  },
  {
    weight: 1,
    arbitrary: say(
      Maria,
      ref.map((r) => `close ${r}`),
    ),
  },
  {
    weight: 1,
    arbitrary: say(
      Maria,
      ref.map((r) => `cancel ${r}`),
    ),
  },
  {
    weight: 1,
    arbitrary: say(
      colleague,
      ref.map((r) => `problem ${r} No boat`),
    ),
  },
  {
    weight: 2,
    arbitrary: say(
      colleague,
      fc.tuple(ref, date).map(([r, by]) => `snooze ${r} ${by}`),
    ),
  },
  {
    weight: 1,
    arbitrary: say(
      anybody,
      fc.tuple(ref, rules).map(([r, ladder]) => `remind ${r} ${ladder}`),
    ),
  },
  {
    weight: 1,
    arbitrary: say(
      fc.constant("Sofia"),
      rules.map((ladder) => `ladder normal ${ladder}`),
    ),
  },
  {
    weight: 1,
    arbitrary: say(
      colleague,
      colleague.map((to) => `away until:"Wed 09:00" deputy:@${to}`),
    ),
  },
  { weight: 1, arbitrary: say(fc.constant("Eleni"), fc.constant("remove @Nadia")) },
  { weight: 1, arbitrary: say(anybody, fc.constant("undo")) },
);

describe("whatever people and the clock do", () => {
  const [SEED, RUNS] = [20261123, 4];
  const sequences = fc.sample(fc.array(act, { minLength: 22, maxLength: 28 }), { seed: SEED, numRuns: RUNS });

  it.each(sequences.map((acts, n) => [n + 1, acts] as const))(
    "sequence %i: every live step fires once, for what is true then, in one message a person",
    async (_n, acts) => {
      w = await World.create({ people: PEOPLE });
      await w.say("Maria", "task @Omar Look at the harbour by Tue 15:00 priority:urgent");
      let known = 0;
      const told = new Set<string>();
      const stories: string[] = [];
      for (const one of acts) {
        stories.push("say" in one ? `${one.who}: ${one.say}` : `${one.pass / HOUR} h pass`);
        const before = w.clock.now();
        if ("say" in one) {
          await w.say(one.who, one.say);
          await w.settle();
        } else await advance(one.pass);
        const story = `after ${stories.join("; ")}`;
        expect(await overdue(), story).toEqual([]);
        const all = await tellings();
        const bundles = new Map<string, Set<string>>();
        for (const each of all.slice(known)) {
          const what = `T-${each.number} ${each.step} to ${each.person}, ${story}`;
          // Nothing else happened since it fired: what is now was so then.
          expect(each.ladder, what).toBe(each.current);
          expect(["asked", "agreed", "done"], what).toContain(each.state);
          if (each.audience === "own" && !/away/.test(story))
            expect([each.assignee ?? "Eleni"], what).toContain(each.person);
          expect(each.dueAt <= w.clock.now() && each.told * 1_000 >= before.getTime(), what).toBe(true);
          const key = `${each.person} ${each.told}`;
          bundles.set(key, (bundles.get(key) ?? new Set()).add(each.bundle));
          // A step about one moment, to one person, whichever laying of the ladder it came from.
          const once = [
            each.item,
            each.step.replace(/~\d+$/, ""),
            each.due?.getTime(),
            each.dueAt.getTime(),
            each.person,
          ];
          expect(told.has(once.join()), `twice: ${what}`).toBe(false);
          told.add(once.join());
        }
        for (const [key, ids] of bundles) expect(ids.size, `one message: ${key}, ${story}`).toBe(1);
        known = all.length;
      }
      // Every message about reminders is a bundle of its own.
      const rows = await w.work((work) =>
        work.tx.selectFrom("outbox").select(["params", "state"]).where("notice", "=", "reminder").execute(),
      );
      expect(new Set(rows.map(({ params }) => JSON.stringify(params))).size).toBe(rows.length);
      expect(rows.every(({ state }) => state === "sent" || state === "nothing")).toBe(true);
      const messages = w.sent.filter(({ message }) => words(message).startsWith("Reminder"));
      expect(messages.length).toBe(rows.filter(({ state }) => state === "sent").length);
      expect(messages.every(({ updates }) => updates === 0)).toBe(true);
    },
    180_000,
  );
});

const parts = () => ({
  kinds: new Map([[taskReminders.kind, taskReminders]]),
  bundle: bundleOf(new Map([["task", taskReminders]])),
  log: silentLog,
});

describe("a step", () => {
  const create = async () => {
    w = await World.create({ people: PEOPLE });
  };
  const assign = async (line: string, n: number) => {
    await w.say("Maria", line);
    await w.ask("Omar", `accept T-${n}`);
    await w.settle();
  };

  it("that cannot be fired holds up nobody else, and fires once it can", async () => {
    await create();
    for (const n of [1, 2, 3, 4, 5])
      await assign(`task @Omar Look at harbour ${n} by Wed 15:00${n === 2 ? " tlp:amber" : ""}`, n);
    const { owner } = w.runtime.store;
    await owner.updateTable("tasks").set({ own_ladder: "corrupt" }).where("number", "=", 1).execute();
    const kept = await owner.selectFrom("tasks").select("title").where("number", "=", 2).executeTakeFirstOrThrow();
    await owner.updateTable("tasks").set({ title: "\u0002corrupt" }).where("number", "=", 2).execute();
    await goTo("2026-11-24T13:00:00Z");
    expect(reminders("Omar")).toHaveLength(1);
    expect(reminders("Omar")[0]).toMatch(/^Reminder: 3 tasks\nT-3.*\nT-4.*\nT-5/);
    const held = await owner
      .selectFrom("reminder_steps")
      .select("held_until")
      .where("fired_at", "is", null)
      .where("due_at", "<=", w.clock.now())
      .execute();
    expect(held.length).toBe(2);
    expect(held.every(({ held_until }) => held_until && held_until > w.clock.now())).toBe(true);
    await owner.updateTable("tasks").set({ own_ladder: null }).where("number", "=", 1).execute();
    await owner.updateTable("tasks").set({ title: kept.title }).where("number", "=", 2).execute();
    await advance(6 * 60_000);
    expect(reminders("Omar")).toHaveLength(2);
    expect(reminders("Omar")[1]).toMatch(/^Reminder: 2 tasks\nT-1.*\nT-2/);
    await advance(6 * 60_000);
    expect(reminders("Omar")).toHaveLength(2);
  });

  it("of which a task has become unreadable since holds up no other in the same message", async () => {
    await create();
    for (const n of [1, 2])
      await assign(`task @Omar Look at harbour ${n} by Wed 15:00${n === 2 ? " tlp:amber" : ""}`, n);
    w.clock.moveTo(new Date("2026-11-24T13:00:00Z"));
    await w.runtime.heart.moved();
    await w.settle();
    await w.runtime.store.owner.updateTable("tasks").set({ title: "\u0002corrupt" }).where("number", "=", 2).execute();
    await advance(4_000).catch(() => undefined);
    await advance(10 * 60_000).catch(() => undefined);
    expect(reminders("Omar").join()).toContain("T-1");
  });

  it("that was told is not told again because the task was edited", async () => {
    await create();
    // By night: told in the evening before it, and the night is still to come.
    await assign("task @Omar Look at the harbour by Wed 22:00", 1);
    await goTo("2026-11-25T07:30:00Z");
    await goTo("2026-11-25T15:10:00Z");
    expect(reminders("Omar").filter((text) => text.startsWith("Reminder: due now"))).toHaveLength(1);
    await w.ask("Omar", "problem T-1 No boat");
    await goTo("2026-11-25T21:00:00Z");
    expect(reminders("Omar").filter((text) => text.startsWith("Reminder: due now"))).toHaveLength(1);
  });

  it("that waits for the morning comes, though the task was edited meanwhile", async () => {
    await create();
    // A day late is Saturday, so it waits for Monday.
    await assign("task @Omar Look at the harbour by Fri 15:00", 1);
    await goTo("2026-11-28T14:00:00Z");
    await w.ask("Omar", "problem T-1 No boat");
    await goTo("2026-11-30T07:30:00Z");
    expect(reminders("Omar").at(-1)).toContain("Reminder: late");
  });

  it("is not sent any more where the task is done, closed, moved or handed on before it leaves", async () => {
    await create();
    for (const n of [1, 2, 3, 4, 5]) await assign(`task @Omar Look at harbour ${n} by Tue 15:00`, n);
    await goTo("2026-11-23T13:10:00Z");
    const before = reminders("Omar").length;
    // The platform is away from the moment of firing to the evening.
    w.fail = () => DeliveryError.passing("away");
    await goTo("2026-11-24T13:00:30Z");
    await w.ask("Omar", "done T-1");
    await w.ask("Maria", "cancel T-2");
    await w.ask("Maria", "date T-3 Fri 15:00");
    await w.ask("Eleni", "give T-4 @Nadia");
    w.fail = undefined;
    for (let n = 0; n < 6; n++) await advance(HOUR / 2);
    const sent = reminders("Omar").slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain("T-5");
    expect(sent[0]).not.toMatch(/T-[1-4]/);
  });

  it("that comes again goes on when the task is handed on after its first turn", async () => {
    await create();
    await assign("task @Omar Look at the harbour by Tue 12:00 priority:urgent", 1);
    await goTo("2026-11-24T10:01:00Z");
    await goTo("2026-11-25T10:01:00Z");
    expect(reminders("Omar").at(-1)).toContain("Reminder: late");
    await w.ask("Eleni", "give T-1 @Nadia");
    await goTo("2026-11-26T10:01:00Z");
    await goTo("2026-11-27T10:01:00Z");
    expect(reminders("Nadia")).toHaveLength(2);
  });

  it("that comes again does not come twice where its job is some milliseconds early", async () => {
    await create();
    await assign("task @Omar Look at the harbour by Tue 12:00 priority:urgent", 1);
    await goTo("2026-11-24T12:00:00Z");
    await w.work((work) => {
      const early = { now: new Date("2026-11-25T09:59:59.970Z") };
      return fireDue({ ...parts(), inWork: (act) => act(Object.assign(Object.create(work), early)) });
    });
    await goTo("2026-11-25T10:30:00Z");
    expect((await tellings()).filter(({ step }) => step.startsWith("late-daily"))).toHaveLength(1);
  });

  it("for life and safety does not join a message that waits", async () => {
    await create();
    await assign("task @Omar Look at the harbour by Tue 15:00", 1);
    await assign("task @Omar Boat without engine by Tue 15:01 priority:life-safety", 2);
    await goTo("2026-11-24T12:50:00Z");
    w.clock.moveTo(new Date("2026-11-24T13:00:00Z"));
    await w.runtime.heart.moved();
    await w.settle();
    // The platform's limits put the message off by ten minutes.
    const { rows } = await sql`update outbox set due_at = due_at + interval '10 minutes', slotted = true
      where notice = 'reminder' and state = 'pending' returning id`.execute(w.runtime.store.owner);
    expect(rows).toHaveLength(1);
    const before = reminders("Omar").length;
    await goTo("2026-11-24T13:01:30Z");
    expect(reminders("Omar")).toHaveLength(before + 1);
    expect(reminders("Omar").at(-1)).toContain("T-2");
    expect(reminders("Omar").at(-1)).not.toContain("T-1");
    await advance(10 * 60_000);
    expect(reminders("Omar").at(-1)).toContain("T-1");
    expect(reminders("Omar").at(-1)).not.toContain("T-2");
  });
});

describe("snoozing", () => {
  it("is quiet until then, and tells the requester when that is past the deadline", async () => {
    w = await World.create({ people: PEOPLE });
    await w.say("Maria", "task @Omar Look at the harbour by Wed 15:00");
    await w.ask("Omar", "accept T-1");
    await w.settle();
    await w.ask("Omar", "snooze T-1 Tue 16:00");
    await w.settle();
    await goTo("2026-11-24T13:30:00Z");
    expect(reminders("Omar")).toEqual([]);
    await goTo("2026-11-24T14:01:00Z");
    expect(reminders("Omar")).toHaveLength(1);
    const before = w.inbox("Maria").length;
    await w.ask("Omar", "snooze T-1 Thu 12:00");
    await w.settle();
    expect(w.inbox("Maria").length).toBe(before + 1);
    expect(words(w.last("Maria").message)).toContain("T-1");
    await goTo("2026-11-26T09:59:00Z");
    expect(reminders("Omar")).toHaveLength(1);
    await goTo("2026-11-26T10:01:00Z");
    expect(reminders("Omar")).toHaveLength(2);
  });

  it("does not end the turns that come again", async () => {
    w = await World.create({ people: PEOPLE });
    await w.say("Maria", "task @Omar Look at the harbour by Tue 12:00 priority:urgent");
    await w.ask("Omar", "accept T-1");
    await w.settle();
    await goTo("2026-11-25T10:01:00Z");
    const before = reminders("Omar").length;
    await w.ask("Omar", "snooze T-1 Thu 15:00");
    await goTo("2026-11-26T13:01:00Z");
    expect(reminders("Omar")).toHaveLength(before + 1);
    await goTo("2026-11-27T10:01:00Z");
    expect(reminders("Omar")).toHaveLength(before + 2);
    await goTo("2026-11-30T10:01:00Z");
    expect(reminders("Omar").length).toBeGreaterThan(before + 2);
  });
});
