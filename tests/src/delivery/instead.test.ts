import { afterAll, beforeAll, expect, it } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { linkPerson } from "../../../src/cli/setup.js";
import { notify, notifyAll } from "../../../src/delivery/outbox.js";
import { taskCard, taskNotification } from "../../../src/tasks/notifications.js";
import { World, words } from "../../world.js";

/** What cannot be brought to somebody, and those of their agency who get it instead: each has it once. */
let w: World;
const ids: Record<string, string> = {};
let task: string;
beforeAll(async () => {
  w = await World.create({
    people: {
      Maria: "police focal_point staff",
      Eleni: "labour focal_point staff teams",
      Lena: "labour focal_point staff teams",
      Omar: "labour staff teams",
    },
  });
  await w.ask("Maria", "task @labour Look at the harbour by Fri 17:00");
  await w.settle();
  const { owner } = w.runtime.store;
  for (const { id, name } of await owner.selectFrom("persons").select(["id", "name"]).execute()) ids[name] = id;
  task = (await owner.selectFrom("tasks").select("id").executeTakeFirstOrThrow()).id;
  w.fail = (delivery) =>
    delivery.kind === "post" && "person" in delivery.to && delivery.to.person.user === "UOmar"
      ? DeliveryError.permanent("account_gone", "account gone")
      : undefined;
});
afterAll(() => w.close());

const news = (of: string, kind: string) => ({
  notification: taskNotification,
  params: { task, kind, by: ids.Maria ?? "" } as never,
  to: { personId: ids[of] ?? "" },
});
const got = async (name: string, act: () => Promise<void>): Promise<string[]> => {
  const before = w.inbox(name).length;
  await act();
  await w.settle();
  return w
    .inbox(name)
    .slice(before)
    .map(({ message }) => words(message).split("\n")[0] ?? "");
};
const reachable = () => w.work((work) => work.tx.updateTable("accounts").set({ unreachable: null }).execute());

it("a card goes to a focal point who has none, and to nobody who has one", async () => {
  const card = (of: string) => ({ notification: taskCard, params: { task }, to: { personId: ids[of] ?? "" } });
  expect(await got("Lena", () => w.work((work) => notify(work, card("Omar"))))).toEqual([]);
  const lena = ids.Lena ?? "";
  await w.work((work) => work.tx.deleteFrom("outbox").where("person_id", "=", lena).execute());
  await w.work((work) => work.tx.deleteFrom("cards").where("person_id", "=", lena).execute());
  await reachable();
  expect(await got("Lena", () => w.work((work) => notify(work, card("Omar"))))).toEqual([
    expect.stringContaining("T-1"),
  ]);
});

it("the same news of another day is passed on again; told to both at once, it comes once", async () => {
  for (const day of [1, 2]) {
    await reachable();
    expect(await got("Lena", () => w.work((work) => notify(work, news("Omar", "closed")))), `day ${day}`).toHaveLength(
      1,
    );
  }
  await reachable();
  const both = () => w.work((work) => notifyAll(work, [news("Lena", "closed"), news("Omar", "closed")]));
  expect(await got("Lena", both)).toHaveLength(1);
});

it("who got an invitation instead of another, and is then asked themselves, has it once", async () => {
  await w.ask("Maria", "meet Harbour 2027-12-01 10:00 60m with @labour, @police");
  await linkPerson(w.runtime, "police", {
    ...{ name: "Nora", account: ["slack:slack-police:UNora"], role: ["focal_point"], zone: "Europe/Athens" },
  });
  const { fail } = w;
  w.fail = (delivery) =>
    delivery.kind === "post" && "person" in delivery.to && delivery.to.person.user === "UMaria"
      ? DeliveryError.permanent("account_gone", "account gone")
      : undefined;
  const cards = () => w.sent.filter(({ person, message }) => person === "UNora" && words(message).startsWith("M-1"));
  await w.settle();
  expect(cards()).toHaveLength(1);
  w.fail = fail;
  await w.runtime.reconciler.moved();
  await w.settle();
  const seats = await w.work((work) =>
    work.tx
      .selectFrom("invitees")
      .select("left_at")
      .where("person_id", "in", (eb) => eb.selectFrom("persons").select("id").where("name", "=", "Nora"))
      .execute(),
  );
  expect(seats).toEqual([{ left_at: null }]);
  expect(cards()).toHaveLength(1);
});
