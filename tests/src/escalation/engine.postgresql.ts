import fc from "fast-check";
import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { World, words } from "../../world.js";

/**
 * The engine at length, on PostgreSQL once (engine.test.ts says what each step does): people act, the clock moves, and
 * after every move what fired is held against what was true at that moment. Monday 23 November 2026, 10:00 in Athens.
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
    await w.runtime.reconciler.moved();
    await w.settle();
  }
}

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
  { weight: 1, arbitrary: say(fc.constant("Eleni"), fc.constant("remove @Nadia sure")) },
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
        work.tx
          .selectFrom("outbox")
          .select(["params", "state"])
          .where("notice", "=", "reminder")
          .where("card_id", "is", null)
          .execute(),
      );
      expect(new Set(rows.map(({ params }) => JSON.stringify(params))).size).toBe(rows.length);
      expect(rows.every(({ state }) => state === "sent" || state === "nothing")).toBe(true);
      // What was answered meanwhile says that it is settled.
      const messages = w.sent.filter(({ message }) => /^(?:Reminder|This reminder is settled)/.test(words(message)));
      expect(messages.length).toBe(rows.filter(({ state }) => state === "sent").length);
      // Nothing arrives settled: each was a reminder first.
      expect(messages.every(({ message, updates }) => updates > 0 || words(message).startsWith("Reminder"))).toBe(true);
    },
  );
});
