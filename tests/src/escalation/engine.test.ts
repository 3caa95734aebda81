import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { bundleOf } from "../../../src/escalation/bundle.js";
import { fireDue } from "../../../src/escalation/fire.js";
import { silentLog } from "../../../src/lib/log.js";
import { taskReminders } from "../../../src/tasks/reminding.js";
import { World, words } from "../../world.js";

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
    await w.runtime.reconciler.moved();
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
    await w.runtime.reconciler.moved();
    await w.settle();
    await w.runtime.store.owner.updateTable("tasks").set({ title: "\u0002corrupt" }).where("number", "=", 2).execute();
    await advance(4_000).catch(() => undefined);
    await advance(10 * 60_000).catch(() => undefined);
    expect(reminders("Omar").join()).toContain("T-1");
  });

  it("that falls due while an earlier reminder waits to be drawn anew comes as a message of its own", async () => {
    await create();
    await assign("task @Omar Look at the harbour by Wed 12:00", 1);
    await assign("task @Omar Look at the pier by Wed 14:00", 2);
    await goTo("2026-11-25T10:00:30Z");
    const before = reminders("Omar").length;
    await sql`insert into outbox (id, body_id, notice, params, person_id, card_id, priority, due_at, state, attempts)
      select gen_random_uuid(), o.body_id, o.notice, o.params, o.person_id, c.id, o.priority,
        '2026-11-25T14:00:00Z', 'pending', 0
      from outbox o join cards c on c.person_id = o.person_id and c.notice = o.notice
      where o.notice = 'reminder' and o.card_id is null order by o.due_at desc limit 1 on conflict do nothing`.execute(
      w.runtime.store.owner,
    );
    await goTo("2026-11-25T12:00:30Z");
    expect(reminders("Omar")).toHaveLength(before + 1);
    expect(reminders("Omar").at(-1)).toContain("T-2");
  });

  it("that was told is not told again because the task was edited", async () => {
    await create();
    // By night: told in the morning of that day, and once a day; the night is still to come.
    await assign("task @Omar Look at the harbour by Wed 22:00", 1);
    await goTo("2026-11-25T07:30:00Z");
    await goTo("2026-11-25T15:10:00Z");
    expect(reminders("Omar").filter((text) => text.startsWith("Reminder: coming up"))).toHaveLength(1);
    await w.ask("Omar", "problem T-1 No boat");
    await goTo("2026-11-25T21:00:00Z");
    // The one there is says what is true by now.
    expect(reminders("Omar").filter((text) => text.startsWith("Reminder:"))).toEqual([
      expect.stringMatching(/^Reminder: late/),
    ]);
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

  it("does not join a message that was tried and waits to be tried again", async () => {
    await create();
    await assign("task @Omar Look at the harbour by Tue 15:00", 1);
    await assign("task @Omar Look at the quay by Tue 15:01", 2);
    await goTo("2026-11-24T12:50:00Z");
    w.clock.moveTo(new Date("2026-11-24T13:00:00Z"));
    await w.runtime.reconciler.moved();
    await w.settle();
    const { rows } = await sql`update outbox set due_at = due_at + interval '10 minutes', attempts = 3
      where notice = 'reminder' and state = 'pending' returning id`.execute(w.runtime.store.owner);
    expect(rows).toHaveLength(1);
    const before = reminders("Omar").length;
    await goTo("2026-11-24T13:01:30Z");
    expect(reminders("Omar").slice(before)).toEqual([expect.stringContaining("T-2")]);
    await advance(10 * 60_000);
    expect(reminders("Omar").slice(before + 1)).toEqual([expect.stringContaining("T-1")]);
  });

  it("for life and safety does not join a message that waits", async () => {
    await create();
    await assign("task @Omar Look at the harbour by Tue 15:00", 1);
    await assign("task @Omar Boat without engine by Tue 15:01 priority:life-safety", 2);
    await goTo("2026-11-24T12:50:00Z");
    w.clock.moveTo(new Date("2026-11-24T13:00:00Z"));
    await w.runtime.reconciler.moved();
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
