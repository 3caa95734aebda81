import { afterEach, expect, it } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { World, words } from "../../world.js";

let w: World;
afterEach(() => w?.close());

it.each(["arrives", "fails"])(
  "a card that is changed to and fro while a drawing of it is on its way shows what is true in the end, where that one %s",
  async (end) => {
    w = await World.create({
      people: { Sofia: "secretariat coordinator focal_point", Maria: "police focal_point staff" },
    });
    await w.ask("Sofia", "meet Monthly coordination Tue 1 Dec 10:00 60m with @police");
    await w.ask("Maria", "attend M-1 yes");
    await w.settle();
    await w.pass({ minutes: 1 }, 1);
    expect(words(w.card("Sofia", "M-1").message)).toMatch(/Coming: .*Police/);
    let changedBack = false;
    w.underway = async (delivery) => {
      if (changedBack || delivery.kind !== "update" || delivery.ref.id !== w.card("Sofia", "M-1").ref.id) return;
      changedBack = true;
      expect(words(delivery.message)).toContain("Not coming: Police");
      await w.ask("Maria", "attend M-1 yes");
      await w.settle();
      if (end === "fails") throw DeliveryError.passing("busy");
    };
    await w.ask("Maria", "attend M-1 no");
    await w.settle();
    await w.pass({ minutes: 1 }, 1);
    expect(changedBack).toBe(true);
    expect(words(w.card("Sofia", "M-1").message)).toMatch(/Coming: .*Police/);
    expect(words(w.card("Sofia", "M-1").message)).not.toContain("Not coming");
  },
);
