import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { World } from "../../world.js";

/** A database that has no room for what becomes of a send, as the pool says it. */
describe("a send in a full house", () => {
  let w: World;
  /** Real time, moved by what a test lets pass. */
  let ahead = 0;
  beforeEach(async () => {
    ahead = 0;
    w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
    const real = Date.now;
    vi.spyOn(Date, "now").mockImplementation(() => real() + ahead);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await w.close();
  });

  const pending = () =>
    w.runtime.store.owner
      .selectFrom("outbox")
      .select(["state", "attempts"])
      .where("card_id", "is", null)
      .where("state", "in", ["pending", "sending"])
      .execute();
  const noRoom = (times: number) => {
    const proper = w.runtime.store.inBody.bind(w.runtime.store);
    let left = times;
    vi.spyOn(w.runtime.store, "inBody").mockImplementation(async (body, work) => {
      if (left-- > 0) {
        ahead += 40_000;
        throw new Error("timeout exceeded when trying to connect");
      }
      return proper(body, work);
    });
  };

  it("is marked as sent however long that takes: it is not sent once more", async () => {
    let delivered = 0;
    w.underway = async ({ kind }) => {
      if (kind !== "post") return;
      delivered++;
      if (delivered === 1) noRoom(3);
    };
    await w.ask("Maria", "task @labour Look at the harbour");
    await w.settle();
    await w.pass({ minutes: 2 }, 1);
    expect(delivered).toBe(2);
    expect(w.inbox("Eleni")).toHaveLength(1);
    expect(w.inbox("Maria")).toHaveLength(1);
    expect(await pending()).toEqual([]);
  }, 300_000);

  it("that failed is tried again, however long it takes to write that down", async () => {
    let failed = 0;
    w.fail = (delivery) => {
      if (delivery.kind !== "post" || failed++ > 0) return undefined;
      noRoom(3);
      return DeliveryError.passing("busy");
    };
    await w.ask("Maria", "task @labour Look at the harbour");
    await w.settle();
    expect((await pending()).map(({ state }) => state)).toEqual(["pending"]);
    await w.pass({ minutes: 20 }, 1);
    expect(w.inbox("Eleni")).toHaveLength(1);
    expect(w.inbox("Maria")).toHaveLength(1);
  }, 300_000);

  it("that would begin when its row may be taken for lost is not begun, and comes again", async () => {
    const proper = w.runtime.store.inBody.bind(w.runtime.store);
    await w.ask("Maria", "task @labour Look at the harbour");
    let slow = 1;
    vi.spyOn(w.runtime.store, "inBody").mockImplementation(async (body, work) => {
      const result = await proper(body, work);
      if (slow-- > 0) ahead += 45_000;
      return result;
    });
    const seen: number[] = [];
    w.underway = async ({ kind }) => void (kind === "post" && seen.push(ahead));
    await w.settle();
    await w.pass({ minutes: 2 }, 1);
    // Both cards went out, and neither by the claim that had grown old: that one counts as no attempt.
    expect(seen).toHaveLength(2);
    const sent = await w.runtime.store.owner
      .selectFrom("outbox")
      .select("attempts")
      .where("notice", "=", "task.card")
      .where("card_id", "is", null)
      .where("state", "=", "sent")
      .execute();
    expect(sent.map(({ attempts }) => attempts)).toEqual([1, 1]);
  }, 300_000);
});
