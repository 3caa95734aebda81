import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OwnRedis, pause, print, Stage } from "./stage.js";

describe("Redis lost and back empty", () => {
  const STEPS = 3_000;
  let redis: OwnRedis;
  let stage: Stage;
  beforeEach(async () => {
    redis = await OwnRedis.start();
    stage = await Stage.build({ redis: redis.url });
  });
  afterEach(async () => {
    await stage.close();
    await redis.close();
  });

  it("loses nothing: stopped for 30 s and started empty, then emptied while it runs", async () => {
    // Fifty a second, before, during and after.
    await stage.seed({
      people: 1_500,
      tenants: 15,
      steps: STEPS,
      firstDue: new Date(Date.now() + 6_000),
      withinMs: 60_000,
    });
    await stage.worker();
    await pause(12_000);
    await redis.down();
    const atStop = await stage.counts();
    await pause(30_000);
    const atStart = await stage.counts();
    await redis.up();
    await pause(8_000);
    await redis.client((client) => client.flushall());
    const back = Date.now();
    await stage.finished();
    const figures = await stage.figures();
    print("Redis stopped for 30 s, started empty, FLUSHALL", {
      ...figures,
      firedAtStop: atStop.fired,
      firedWhileAway: atStart.fired - atStop.fired,
      secondsAfterFlush: Math.round((Date.now() - back) / 1_000),
    });
    expect(figures).toMatchObject({ steps: STEPS, fired: STEPS, tellings: STEPS, lost: 0, doubled: 0 });
  });
});
