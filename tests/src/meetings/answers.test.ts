import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { World } from "../../world.js";

const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
};
type Name = keyof typeof PEOPLE;

let w: World;
beforeEach(async () => {
  w = await World.create({ people: PEOPLE });
  await w.ask("Sofia", "meet Weekly every Tue 10:00 60m with @police, @labour");
});
afterEach(() => w.close());

/** What the card of the next one says that this person answered. */
const answerOf = async (name: Name) => /^Your answer: (.*)$/m.exec(await w.ask(name, "M-1"))?.[1];

describe("an answer", () => {
  it.each(["M-1", "M-1/1"])("to %s can be changed, and the last one holds", async (ref) => {
    for (const [said, shown] of [
      ["yes", "yes"],
      ["no", "no"],
      ["maybe", "perhaps"],
      ["yes", "yes"],
    ]) {
      expect(await w.ask("Maria", `attend ${ref} ${said}`)).toBe(`Your answer to ${ref}: ${shown}.`);
      expect(await answerOf("Maria")).toBe(shown);
    }
  });

  it("gives way to a deputy and comes back; the deputy's own gives way to being sent", async () => {
    await w.ask("Eleni", "attend M-1/1 no");
    await w.ask("Eleni", "deputise M-1/1 @Omar");
    expect([await answerOf("Eleni"), await answerOf("Omar")]).toEqual(["Omar comes for you", "yes"]);
    await w.ask("Omar", "attend M-1/1 no");
    expect(await answerOf("Omar")).toBe("no");
    await w.ask("Eleni", "deputise M-1/1 @Omar");
    expect(await answerOf("Omar")).toBe("yes");
    await w.ask("Eleni", "attend M-1/1 yes");
    expect(await answerOf("Eleni")).toBe("yes");
  });

  it.each(["M-1", "M-1/1"])("to %s holds no more for one that is moved, but for whoever calls it", async (ref) => {
    await w.ask("Maria", `attend ${ref} yes`);
    expect([await answerOf("Maria"), await answerOf("Sofia")]).toEqual(["yes", "yes"]);
    await w.ask("Sofia", "meet move M-1/1 Wed 25 November 16:00");
    expect([await answerOf("Maria"), await answerOf("Sofia")]).toEqual([undefined, "yes"]);
    await w.ask("Maria", "attend M-1/1 no");
    expect(await answerOf("Maria")).toBe("no");
  });
});
