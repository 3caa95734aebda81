import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formOf, type Sent, textOf, type World, words } from "../../world.js";
import { twoBodies } from "../input/hall.js";

/** Somebody of two bodies: each thing they read says which body it is about, and the wrong one's T-1 is never meant. */
let w: World;
let north: string;
beforeAll(async () => {
  w = await twoBodies();
  north = (
    await w.runtime.store.owner
      .selectFrom("bodies")
      .select("name")
      .where("slug", "=", "north")
      .executeTakeFirstOrThrow()
  ).name;
  await w.ask("Pia", "task @Omar Count the lorries by next Fri 17:00");
  await w.ask("Sven", "task @Omar Count the boats by next Fri 17:00");
  await w.ask("Sven", "task @Omar Count the nets by next Fri 17:00");
  await w.settle();
});
afterAll(() => w.close());

const SOUTH = "Southern Body";
const stateIn = async (slug: string, number: number) =>
  (
    await w.runtime.store.owner
      .selectFrom("tasks")
      .innerJoin("bodies", "bodies.id", "tasks.body_id")
      .select("state")
      .where("slug", "=", slug)
      .where("number", "=", number)
      .executeTakeFirstOrThrow()
  ).state;
const ends = ({ message }: Pick<Sent, "message">) => words(message).split("\n").at(-1);

describe("somebody of two bodies", () => {
  it("reads the body's name on each card and notice, and people of one body do not", async () => {
    const named = w.inbox("Omar").filter(({ message }) => / Count the /.test(words(message)));
    expect(named.map((one) => [/lorries|boats|nets/.exec(words(one.message))?.[0], ends(one)])).toEqual([
      ["lorries", north],
      ["boats", SOUTH],
      ["nets", SOUTH],
    ]);
    for (const name of ["Pia", "Sven"])
      for (const one of w.inbox(name)) expect([north, SOUTH]).not.toContain(ends(one));
  });

  it.each([
    "done T-1 counted",
    "T-1 done counted",
    "/coord done T-1 counted",
    "T-1",
    "t-1",
    "“T-1”",
    "show T-1",
    "say T-1 on my way",
    "date T-1 next Thu",
    "give T-1 @Lou",
    "T–1",
    "#T-1",
    "fait T-1 compté",
  ])("is asked which is meant: %s", async (line) => {
    const reply = await w.say("Omar", line);
    const before = [await stateIn("north", 1), await stateIn("south", 1)];
    expect(textOf(reply)).toBe(
      `T-1 is something else in each of your bodies. Which one do you mean?\n[${north}] [${SOUTH}]`,
    );
    expect([await stateIn("north", 1), await stateIn("south", 1)]).toEqual(before);
  });

  it.each(["task @labour Look again at T-1", "tasks", "help", "share @police Report on T-1", "inbox"])(
    "is asked nothing where no item is acted on: %s",
    async (line) => {
      expect(textOf(await w.say("Omar", line))).not.toContain("Which one");
    },
  );

  it("acts in the body that was tapped, once, and the other is as it was", async () => {
    const question = w.stands("Omar", await w.say("Omar", "done T-1 counted"));
    const buttons = question.message.blocks.flatMap((block) => (block.type === "actions" ? block.actions : []));
    await w.press("Omar", question, SOUTH);
    await w.settle();
    expect([await stateIn("north", 1), await stateIn("south", 1)]).toEqual(["asked", "done"]);
    // Pressed twice, or by somebody else who took the value from the wire, it is nothing.
    for (const name of ["Omar", "Lou"])
      for (const one of buttons.slice(1))
        expect(textOf(await w.click(name, "inbody", ("value" in one && one.value) || "", question.ref))).toMatch(
          /changed|gone|expired/,
        );
    expect(ends(w.card("Omar", "T-1"))).toBe(SOUTH);
  });

  it("means the one that is seen, whichever body was chosen, and is told which", async () => {
    expect(textOf(await w.say("Omar", "accept T-2"))).toContain(SOUTH);
    await w.settle();
    expect(await stateIn("south", 2)).toBe("agreed");
    await w.ask("Omar", "body south");
    expect(textOf(await w.say("Omar", "tasks"))).toContain(SOUTH);
    await w.ask("Omar", "body north");
    expect(textOf(await w.say("Omar", "tasks"))).toContain(north);
    expect(textOf(await w.say("Omar", "accept T-99"))).toMatch(new RegExp(`There is no T-99 .*${north}`, "s"));
  });

  it("has it in forms, and in what is wrong with them", async () => {
    const form = formOf(await w.say("Omar", "task"));
    expect(JSON.stringify(form.intro)).toContain(north);
    const wrong = await w.submit("Omar", form, { to: "nobody at all", title: "Count" });
    expect(textOf(wrong)).not.toBe("");
  });

  it("of another body's item is told nothing by it: what one may not see is nowhere", async () => {
    await w.ask("Sofia", "task @border Count the cars");
    expect(textOf(await w.say("Omar", "T-2"))).toContain("Count the nets");
    expect(textOf(await w.say("Lou", "T-1"))).not.toContain("Which one");
  });

  it("is never told that nothing waits where something waits in the other body: it is a press away", async () => {
    await w.ask("Omar", "body north");
    const inbox = w.stands("Omar", await w.say("Omar", "inbox"));
    expect(words(inbox.message)).toContain(`other bodies too. See what waits for you in:\n[${SOUTH}]`);
    const there = textOf(await w.press("Omar", inbox, SOUTH));
    expect(there).toContain("Count the nets");
    expect(there).toContain(`[${north}]`);
    expect(textOf(await w.say("Lou", "inbox"))).not.toContain("other bodies");
    // With nothing left in the one, it speaks of that one alone.
    await w.ask("Omar", "body south");
    await w.ask("Omar", "done T-2 counted");
    for (const ref of (await w.ask("Omar", "tasks asked")).match(/T-\d+/g) ?? [])
      await w.ask("Omar", `cancel ${ref} sure`);
    const clear = textOf(await w.say("Omar", "inbox"));
    expect(clear).toContain(`You owe nothing in ${SOUTH}.`);
    expect(clear).toContain(`[${north}]`);
    await w.ask("Omar", "body north");
  });

  it("whose body's name stands in a title reads it in the small print all the same", async () => {
    await w.ask("Pia", `task @Omar Write to the ${north} and the ${SOUTH}`);
    await w.settle();
    expect(w.inbox("Omar").map(ends).at(-1)).toBe(north);
  });
});
