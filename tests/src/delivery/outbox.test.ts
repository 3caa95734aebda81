import { randomUUID } from "node:crypto";
import { subDays } from "date-fns";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { World, words } from "../../world.js";

/** A row of the outbox from its claim to its end, as the reconciler and the queue find it. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Maria: "police focal_point staff",
      Eleni: "labour focal_point staff teams",
      Omar: "labour staff teams",
      Olga: "labour staff teams",
    },
  });
});
afterAll(() => w.close());

const owner = () => w.runtime.store.owner;
const idOf = async (name: string) =>
  (await owner().selectFrom("persons").select("id").where("name", "=", name).executeTakeFirstOrThrow()).id;
/** A task for one person of labour, whose card waits to be sent. */
async function asked(name: string): Promise<{ ref: string; row: string }> {
  await w.settle();
  const ref = /T-\d+/.exec(await w.ask("Maria", `task @${name} Look at the harbour`))?.[0] ?? "";
  const { id } = await owner()
    .selectFrom("outbox")
    .select("id")
    .where("person_id", "=", await idOf(name))
    .where("state", "=", "pending")
    .executeTakeFirstOrThrow();
  return { ref, row: id };
}
const lease = (id: string, seconds: number) =>
  owner()
    .updateTable("outbox")
    .set({ state: "sending", lease_until: sql<Date>`now() + ${seconds} * interval '1 second'` })
    .where("id", "=", id)
    .execute();
const stateOf = (id: string) =>
  owner().selectFrom("outbox").select(["state", "reason", "failing_since"]).where("id", "=", id).executeTakeFirst();
const cardsOf = (name: string, ref: string) =>
  w.inbox(name).filter(({ message }) => words(message).startsWith(`${ref} `)).length;

it("what another process is sending is left alone as long as its lease holds, and sent once when it is over", async () => {
  const { ref, row } = await asked("Omar");
  await lease(row, 50);
  await w.settle();
  await w.runtime.reconciler.moved();
  await w.settle();
  expect(cardsOf("Omar", ref)).toBe(0);
  expect(await stateOf(row)).toMatchObject({ state: "sending" });
  await lease(row, -1);
  await w.runtime.reconciler.moved();
  await w.runtime.reconciler.moved();
  await w.settle();
  expect(cardsOf("Omar", ref)).toBe(1);
  expect(await stateOf(row)).toMatchObject({ state: "sent" });
});

it("a drawing of a card whose sender died holds up no later one once its lease is over", async () => {
  const { ref } = await asked("Olga");
  await w.settle();
  await w.pass({ minutes: 1 }, 1);
  const card = await owner()
    .selectFrom("cards")
    .selectAll()
    .where("person_id", "=", await idOf("Olga"))
    .executeTakeFirstOrThrow();
  const id = randomUUID();
  await owner()
    .insertInto("outbox")
    .values({
      id,
      body_id: w.body,
      notice: card.notice,
      params: JSON.stringify(card.params),
      person_id: card.person_id,
      card_id: card.id,
      due_at: w.clock.now(),
    } as never)
    .execute();
  await lease(id, 50);
  await w.ask("Maria", `edit ${ref} Look at both harbours`);
  await w.settle();
  expect(words(w.card("Olga", ref).message)).not.toContain("both");
  await lease(id, -1);
  await w.pass({ minutes: 1 }, 1);
  expect(words(w.card("Olga", ref).message)).toContain("both");
});

it("a message is read by whom it was sent to, and by nobody who presses a button of it in their stead", async () => {
  const { ref, row } = await asked("Omar");
  await w.settle();
  const read = async () =>
    (await owner().selectFrom("outbox").select("acknowledged_at").where("id", "=", row).executeTakeFirstOrThrow())
      .acknowledged_at;
  const card = w.card("Omar", ref);
  for (const other of ["Olga", "Eleni", "Maria"]) await w.click(other, "show", `north/${ref}`, card.ref);
  expect(await read()).toBeNull();
  await w.click("Omar", "show", `north/${ref}`, card.ref);
  const at = await read();
  expect(at).not.toBeNull();
  w.clock.moveTo(new Date(w.clock.now().getTime() + 60_000));
  await w.click("Omar", "show", `north/${ref}`, card.ref);
  expect(await read()).toEqual(at);
});

it("a failure that passes is tried for 24 hours and no longer; then whoever asked is told why, and it stays on the list", async () => {
  w.fail = (delivery) =>
    delivery.kind === "post" && "person" in delivery.to && delivery.to.person.user === "UOmar"
      ? DeliveryError.passing("busy")
      : undefined;
  const { ref, row } = await asked("Omar");
  const before = w.inbox("Maria").length;
  const told = () =>
    w
      .inbox("Maria")
      .slice(before)
      .map(({ message }) => words(message))
      .join("\n");
  await w.settle();
  await w.pass({ hours: 23 }, 60);
  expect(await stateOf(row)).toMatchObject({ state: "pending" });
  expect(told()).not.toContain("did not answer for a day");
  await w.pass({ hours: 2 }, 60);
  w.fail = undefined;
  expect(await stateOf(row)).toMatchObject({ state: "failed", reason: "gave_up" });
  expect(told()).toContain("did not answer for a day");
  expect(await w.ask("Eleni", ref)).toContain(ref);
  await w.pass({ hours: 2 }, 60);
  expect(cardsOf("Omar", ref)).toBe(0);
});

it("what was delivered is forgotten after 30 days; what failed, waits or is on its way never is", async () => {
  const person = await idOf("Olga");
  const states = ["sent", "nothing", "dropped", "failed", "pending", "sending"] as const;
  const rows = states.flatMap((state) => [29, 31].map((days) => ({ id: randomUUID(), state, days })));
  await owner()
    .insertInto("outbox")
    .values(
      rows.map(({ id, state, days }) => ({
        id,
        body_id: w.body,
        notice: "tasks.card",
        params: "{}",
        person_id: person,
        state,
        // Out of the queue's reach, so that only the tidying is at work here.
        due_at: new Date("2099-01-01T00:00:00Z"),
        lease_until: state === "sending" ? new Date("2099-01-01T00:00:00Z") : null,
        created_at: subDays(w.clock.now(), days),
      })),
    )
    .execute();
  // The reconciler tidies up once in twenty beats.
  for (let beat = 0; beat < 20; beat++) await w.runtime.reconciler.tick();
  const left = await owner()
    .selectFrom("outbox")
    .select("id")
    .where(
      "id",
      "in",
      rows.map(({ id }) => id),
    )
    .execute();
  const kept = new Set(left.map(({ id }) => id));
  expect(rows.filter(({ id }) => !kept.has(id)).map(({ state, days }) => `${state} ${days}`)).toEqual([
    "sent 31",
    "nothing 31",
    "dropped 31",
  ]);
});
