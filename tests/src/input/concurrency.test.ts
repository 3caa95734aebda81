import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Reply } from "../../../src/chat/index.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { addAll, QUOTA, withinQuota } from "../../../src/matches/acts.js";
import { findPersons } from "../../../src/people/store.js";
import { closeBySilence } from "../../../src/tasks/acts.js";
import { TASKS } from "../../../src/tasks/store.js";
import { formOf, textOf, World } from "../../world.js";

/**
 * Two people at one moment. Embedded, the database takes them one after the other; with TEST_DATABASE_URL they meet in
 * PostgreSQL, and the outcome must be the same: one of them first, the other told what is true now, nothing lost.
 */
let w: World;
const { errors } = messagesFor("en");

beforeAll(async () => {
  w = await World.create({
    people: {
      Maria: "police focal_point staff",
      Mark: "police focal_point staff",
      Eleni: "labour focal_point staff teams",
      Elias: "labour focal_point staff teams",
      Omar: "labour staff teams",
      Nia: "labour staff teams",
    },
  });
});
afterAll(() => w.close());

async function asked(): Promise<string> {
  return /T-\d+/.exec(await w.ask("Maria", "task @labour Inspect by next Fri 17:00"))?.[0] ?? "";
}
async function done(): Promise<string> {
  const ref = await asked();
  await w.ask("Eleni", `give ${ref} @Omar`);
  await w.ask("Omar", `done ${ref} inspected`);
  return ref;
}
const row = (ref: string) =>
  w.runtime.store.owner
    .selectFrom("tasks")
    .selectAll()
    .where("number", "=", Number(ref.slice(2)))
    .executeTakeFirstOrThrow();
const events = async (ref: string) =>
  (
    await w.runtime.store.owner
      .selectFrom("events")
      .select("action")
      .where("item_ref", "=", ref)
      .orderBy("id")
      .execute()
  ).map(({ action }) => action);
const together = async (...acts: (() => Promise<Reply>)[]): Promise<string[]> =>
  (await Promise.all(acts.map((act) => act()))).map(textOf);
const movedOn = (ref: string, state: "agreed" | "closed" | "cancelled" | "declined" | "done") =>
  errors.wrongState({ ref, state: messagesFor("en").state[state] });

/** Repeated where they truly meet, since what can go wrong between two seldom does so the first time. */
const TIMES = process.env.TEST_DATABASE_URL ? [1, 2, 3, 4] : [1];

it.each(TIMES)("Close and Not yet: one holds, the other hears what is true (%i)", async () => {
  const ref = await done();
  const answers = await together(
    () => w.say("Maria", `close ${ref}`),
    () => w.say("Mark", `notyet ${ref} One farm is missing`),
  );
  const { state, version } = await row(ref);
  const after = (await events(ref)).slice(3);
  expect(after).toEqual(state === "closed" ? ["task.closed"] : ["task.reopened"]);
  expect(answers.filter((text) => text === movedOn(ref, state as "closed" | "agreed"))).toHaveLength(1);
  expect(version).toBe(4);
});

it.each(TIMES)("two focal points hand it on at once: both are recorded, the later one stands (%i)", async () => {
  const ref = await asked();
  await together(
    () => w.say("Eleni", `give ${ref} @Omar`),
    () => w.say("Elias", `give ${ref} @Nia`),
  );
  const task = await row(ref);
  expect(task).toMatchObject({ state: "agreed", version: 3 });
  expect(await events(ref)).toEqual(["task.asked", "task.agreed", "task.given"]);
  await w.settle();
  const holder = (
    await w.runtime.store.owner
      .selectFrom("persons")
      .select("name")
      .where("id", "=", task.assignee_id ?? "")
      .executeTakeFirstOrThrow()
  ).name;
  for (const name of ["Eleni", "Elias", "Omar", "Nia", "Maria"]) {
    const cards = w.inbox(name).filter(({ message }) => message.text.startsWith(ref));
    for (const card of cards.slice(-1)) expect(JSON.stringify(card.message), name).toContain(`${holder}, Labour`);
  }
});

it.each(TIMES)("giving and declining at once ends in one of the two (%i)", async () => {
  const ref = await asked();
  const answers = await together(
    () => w.say("Eleni", `give ${ref} @Omar`),
    () => w.say("Elias", `decline ${ref} nobody free`),
  );
  const { state, assignee_id } = await row(ref);
  expect(["agreed", "declined"]).toContain(state);
  expect(assignee_id === null).toBe(state === "declined");
  expect(answers).toContain(movedOn(ref, state as "agreed" | "declined"));
});

it("one button pressed twice: with one key once, with two keys once and a word about it", async () => {
  const ref = await done();
  const value = `north/${ref}`;
  const one = await together(
    () => w.click("Maria", "close", value, undefined, `double ${ref}`),
    () => w.click("Maria", "close", value, undefined, `double ${ref}`),
  );
  expect(one.filter((text) => text === "")).toHaveLength(1);
  expect((await events(ref)).filter((action) => action === "task.closed")).toHaveLength(1);

  const other = await done();
  const two = await together(
    () => w.click("Maria", "close", `north/${other}`),
    () => w.click("Maria", "close", `north/${other}`),
  );
  expect(two).toContain(movedOn(other, "closed"));
  expect((await events(other)).filter((action) => action === "task.closed")).toHaveLength(1);
});

it("handing it to the same person twice tells that person once", async () => {
  const ref = await asked();
  await together(
    () => w.click("Eleni", "give", `north/${ref} @Omar`),
    () => w.click("Eleni", "give", `north/${ref} @Omar`),
  );
  await w.settle();
  expect(await events(ref)).toEqual(["task.asked", "task.agreed"]);
  expect(w.inbox("Omar").filter(({ message }) => message.text.startsWith(ref))).toHaveLength(1);
});

it("the same date granted twice is granted once", async () => {
  const ref = await asked();
  await w.ask("Eleni", `give ${ref} @Omar`);
  await w.ask("Omar", `date ${ref} in 3 weeks`);
  const answers = await together(
    () => w.click("Maria", "agree", `north/${ref}`),
    () => w.click("Mark", "keep", `north/${ref}`),
  );
  expect(answers).toContain(errors.noProposal({ ref }));
  expect((await events(ref)).filter((action) => /date_(granted|refused)/.test(action))).toHaveLength(1);
});

it.each(TIMES)("undo against what another does: never both, never neither (%i)", async () => {
  const ref = await done();
  await w.ask("Maria", `notyet ${ref} One is missing`);
  const [undone] = await together(
    () => w.say("Maria", "undo"),
    () => w.say("Omar", `done ${ref} all of them`),
  );
  const { state, version } = await row(ref);
  const log = await events(ref);
  expect(state).toBe("done");
  // Undone first: Omar's Done came to a task that was done. Done first: the undo came too late.
  if (log.includes("task.undone")) expect(log.filter((action) => action === "task.done")).toHaveLength(1);
  else expect(undone).toBe(errors.undoTooLate({ ref }));
  expect(version).toBe(log.length);
});

it("an undo waits for who holds the task, and then sees that it changed", async () => {
  const ref = await done();
  await w.ask("Maria", `notyet ${ref} One is missing`);
  const { id } = await row(ref);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let began = () => {};
  const holding = new Promise<void>((resolve) => {
    began = resolve;
  });
  // Embedded there is one session: whoever holds it is alone, and the undo comes after all the same.
  const other = w.work(async (work) => {
    await work.tx.updateTable("tasks").set({ blocked_reason: "rain", version: 99 }).where("id", "=", id).execute();
    began();
    await held;
  });
  await holding;
  const undone = w.say("Maria", "undo");
  setTimeout(letGo, 300);
  await other;
  expect(textOf(await undone)).toBe(errors.undoTooLate({ ref }));
  expect(await row(ref)).toMatchObject({ blocked_reason: "rain", version: 99, state: "agreed" });
});

it("silence does not close what somebody reopened at that moment", async () => {
  const ref = await done();
  const { id } = await row(ref);
  const stale = await w.work((work) => TASKS.byId(work, id));
  await w.ask("Maria", `notyet ${ref} One is missing`);
  if (!stale) throw new Error("no task");
  await w.work((work) => closeBySilence(work, stale));
  expect((await row(ref)).state).toBe("agreed");
  expect(await events(ref)).not.toContain("task.closed");
});

it("numbers are given once, however many ask at once", async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => w.ask(n % 2 ? "Maria" : "Mark", `task @labour Same ${n}`)),
  );
  const refs = answers.map((text) => /T-\d+/.exec(text)?.[0]);
  expect(new Set(refs).size).toBe(12);
});

it.each([
  ["by one delivery that comes again", "one", "one"],
  ["by two deliveries", "two", "too"],
])("a form sent twice at once, %s, makes one task", async (_what, first, second) => {
  const title = `Only once ${first}`;
  const form = formOf(await w.say("Maria", "task"));
  const values = { to: "@labour", title };
  const answers = await together(
    () => w.submit("Maria", form, values, `twice ${first}`),
    () => w.submit("Maria", form, values, `twice ${second}`),
  );
  // A delivery that comes again is not answered; who sends the form again is told that it was sent.
  expect(answers.filter((text) => text === (first === second ? "" : errors.formSent))).toHaveLength(1);
  const rows = await w.runtime.store.owner.selectFrom("tasks").select("id").where("title", "=", title).execute();
  expect(rows).toHaveLength(1);
});

it("the last free place of a quota is taken by one of two who add at once", async () => {
  const { owner } = w.runtime.store;
  const person = (await w.work((work) => findPersons(work.tx, {}))).find(({ name }) => name === "Maria");
  if (!person) throw new Error("no Maria");
  await sql`insert into match_entries
    (id, body_id, number, agency_id, person_id, kind, case_ref, purpose, silent, created_at, expires_at)
    select gen_random_uuid(), ${w.body}, -n, ${person.agencyId}, ${person.id}, 'phone', '', '', true,
      ${w.clock.now()}::timestamptz, ${w.clock.now()}::timestamptz + interval '30 days'
    from generate_series(1, ${QUOTA - 1}::int) n`.execute(owner);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let began = () => {};
  const holding = new Promise<void>((resolve) => {
    began = resolve;
  });
  const one = {
    ...{ kind: "phone" as const, case: "1/2026", purpose: "check", silent: false },
    forms: ["phone:306975550101"],
  };
  const adding = w.work(async (work) => {
    await withinQuota(work, person, [one]);
    // Embedded there is one session, and whoever holds it is alone: that the other would have waited is seen here.
    const locks = await sql<{ n: number }>`select count(*)::int as n from pg_locks
      where locktype = 'advisory' and granted and pid = pg_backend_pid()`.execute(work.tx);
    expect(locks.rows).toEqual([{ n: 1 }]);
    began();
    await held;
    await addAll(work, person, [one]);
  });
  await holding;
  // Expected before it can come: it may be refused while the first is still at what follows its commit.
  const other = expect(w.work((work) => withinQuota(work, person, [one]))).rejects.toMatchObject({
    code: "match.quota",
  });
  setTimeout(letGo, 300);
  await adding;
  await other;
});

it("two who let the same newcomer in let in one", async () => {
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await w.ask("Eleni", "add Newcomer"))?.[0];
  w.enrolled("Newt", { platform: "slack", tenant: "slack-labour", user: "UNewt" });
  await w.ask("Newt", `join ${code}`);
  const { id } = await w.runtime.store.owner
    .selectFrom("enrolments")
    .select("id")
    .where("state", "=", "asked")
    .executeTakeFirstOrThrow();
  const answers = await together(
    () => w.click("Eleni", "letin", `north/${id}`),
    () => w.click("Elias", "letin", `north/${id}`),
  );
  expect(answers).toContain(errors.noJoin);
  expect(
    await w.runtime.store.owner.selectFrom("accounts").select("person_id").where("user_id", "=", "UNewt").execute(),
  ).toHaveLength(1);
});
