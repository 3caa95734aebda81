import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { importPeople } from "../../../src/cli/import.js";
import { dropOutbox, listOutbox, retryOutbox } from "../../../src/cli/outbox.js";
import { World, words } from "../../world.js";

/** What the operator does with what could not be delivered, and with people in bulk. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff teams", Omar: "labour staff teams" },
  });
});
afterAll(() => w.close());

const owner = () => w.runtime.store.owner;
const rowsOf = async (name: string) =>
  owner()
    .selectFrom("outbox")
    .innerJoin("persons", "persons.id", "outbox.person_id")
    .select(["outbox.id", "state", "reason"])
    .where("persons.name", "=", name)
    .where("card_id", "is", null)
    .orderBy("outbox.created_at", "desc")
    .execute();
const unreachable = async (name: string) =>
  (
    await owner()
      .selectFrom("accounts")
      .innerJoin("persons", "persons.id", "accounts.person_id")
      .select("unreachable")
      .where("persons.name", "=", name)
      .executeTakeFirstOrThrow()
  ).unreachable;

/** A task for Omar whose card is refused for `reason`. @returns its row */
async function failed(reason: "blocked" | "too_large"): Promise<{ ref: string; id: string }> {
  // So often at most: what is tried for ever goes out in the end, and is not failed.
  let left = 5;
  w.fail = (delivery) =>
    delivery.kind === "post" && "person" in delivery.to && delivery.to.person.user === "UOmar" && left-- > 0
      ? DeliveryError.permanent(reason, "refused")
      : undefined;
  const ref = /T-\d+/.exec(await w.ask("Maria", "task @Omar Look at the harbour"))?.[0] ?? "";
  await w.settle();
  w.fail = undefined;
  const [row] = await rowsOf("Omar");
  expect(row).toMatchObject({ state: "failed", reason });
  return { ref, id: row?.id ?? "" };
}
const has = (name: string, ref: string) => w.inbox(name).some(({ message }) => words(message).startsWith(`${ref} `));

describe("what could not be delivered", () => {
  it("is tried on each account once, told to the focal point and to who sent it, and goes out when it is retried", async () => {
    const tried: string[] = [];
    w.underway = async (delivery) => {
      if (delivery.kind === "post" && "person" in delivery.to) tried.push(delivery.to.person.user);
    };
    const { ref, id } = await failed("blocked");
    w.underway = undefined;
    expect(tried.filter((user) => user === "UOmar")).toHaveLength(1);
    expect(await unreachable("Omar")).toBe("blocked");
    expect(has("Eleni", ref)).toBe(true);
    expect(has("Omar", ref)).toBe(false);
    expect(words(w.last("Maria").message)).toContain("Your message to Omar (Labour) could not be delivered");
    expect(await listOutbox(w.runtime, { state: "failed" })).toContain(`${id}  `);
    expect(await listOutbox(w.runtime, { state: "failed" })).not.toContain("harbour");

    expect(await retryOutbox(w.runtime, id, {})).toBe("1 on their way again.");
    expect(await unreachable("Omar")).toBeNull();
    await w.runtime.reconciler.moved();
    await w.settle();
    expect(has("Omar", ref)).toBe(true);
    expect(await retryOutbox(w.runtime, undefined, {})).toBe("Nothing had failed.");
    expect(await listOutbox(w.runtime, { state: "failed" })).toBe("Nothing is failed.");
  });

  it("leaves an account alone that one message alone was too much for", async () => {
    const { id } = await failed("too_large");
    expect(await unreachable("Omar")).toBeNull();
    await dropOutbox(w.runtime, id, {});
  });

  it("is dropped once, and what was sent or dropped never is", async () => {
    const { ref, id } = await failed("too_large");
    expect(await dropOutbox(w.runtime, id, {})).toBe("Dropped.");
    expect(await dropOutbox(w.runtime, id, {})).toContain("no such row");
    expect(await retryOutbox(w.runtime, id, {})).toBe("Nothing had failed.");
    await w.runtime.reconciler.moved();
    await w.settle();
    expect(has("Omar", ref)).toBe(false);
    const sent = (await rowsOf("Maria")).find(({ state }) => state === "sent");
    expect(await dropOutbox(w.runtime, sent?.id ?? "", {})).toContain("no such row");
  });

  it("is known to the focal point of the agency and to no other", async () => {
    const { id } = await failed("too_large");
    expect(await w.ask("Eleni", "undelivered")).toContain("Omar");
    expect(await w.ask("Maria", "undelivered")).toBe("Everything was delivered.");
    await dropOutbox(w.runtime, id, {});
  });

  it("a state that there is not is none", async () => {
    await expect(listOutbox(w.runtime, { state: "lost" })).rejects.toThrow("--state: one of pending");
  });
});

describe("people in bulk", () => {
  const people = async () =>
    (await owner().selectFrom("persons").select("name").where("name", "like", "Bulk%").orderBy("name").execute()).map(
      ({ name }) => name,
    );
  const HEAD = "Name,Agency,Role,Accounts,Zone\n";
  const GOOD = "Bulk One,police,staff,slack:T1:UB1,Europe/Athens\nBulk Two,labour,staff focal_point,slack:T1:UB2,\n";

  it.each([
    ["Bulk Three,nowhere,staff,slack:T1:UB3,\n", /line 4: /],
    ["Bulk Three,police,staff,slack:T1:UB1,\n", /line 4: slack:T1:UB1 is Bulk One's/],
    ["Bulk Three,police,staff,slack:T1:UB3,Europe/Athnes\n", /line 4: zone is not a time zone/],
    [
      "Bulk Three,police,staff,,\n,police,staff,slack:T1:UB4,\n",
      /line 4: accounts is missing\nline 5: name is missing/,
    ],
    ["Bulk Three,police,chief,slack:T1:UB3,\n", /line 4: /],
  ])("is all of it or nothing: %j", async (wrong, says) => {
    const { ok, text } = await importPeople(w.runtime, HEAD + GOOD + wrong, {});
    expect(ok).toBe(false);
    expect(text).toMatch(/^Nothing was imported\./);
    expect(text).toMatch(says);
    expect(await people()).toEqual([]);
  });

  it("is in where every row is right", async () => {
    expect(await importPeople(w.runtime, HEAD, {})).toMatchObject({ ok: false });
    expect(await importPeople(w.runtime, `${HEAD}${GOOD}`, {})).toEqual({ ok: true, text: "2 people are in." });
    expect(await people()).toEqual(["Bulk One", "Bulk Two"]);
    // In any order of tests: nobody is left behind.
    for (const name of await people()) {
      const { id } = await owner()
        .selectFrom("persons")
        .select("id")
        .where("name", "=", name)
        .executeTakeFirstOrThrow();
      for (const table of ["accounts", "roles"] as const)
        await owner().deleteFrom(table).where("person_id", "=", id).execute();
      await owner()
        .updateTable("persons")
        .set({ name: `Gone ${name}` })
        .where("id", "=", id)
        .execute();
    }
  });
});
