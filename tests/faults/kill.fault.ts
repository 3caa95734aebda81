import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { print, Stage, until } from "./stage.js";

describe("a worker killed in the middle of ten thousand due steps", () => {
  const STEPS = 10_000;
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.build();
  });
  afterEach(() => stage.close());

  it("loses nothing; only a message that was on its way may come twice", async () => {
    await stage.seed({ people: 2_000, tenants: 20, steps: STEPS, firstDue: new Date(Date.now() + 8_000), withinMs: 1 });
    stage.slack.latencyMs = 100;
    const first = await stage.worker();
    await until("some have fired", async () => (await stage.counts()).fired > 1_000, 60_000);
    await first.kill();
    const killedFiring = await stage.counts();
    const flightOne = await stage.noteInFlight();

    const second = await stage.worker();
    await until("some have left", () => stage.slack.posts.length > 800, 120_000);
    await second.kill();
    const killedSending = stage.slack.posts.length;
    const flightTwo = await stage.noteInFlight();

    const started = Date.now();
    await stage.worker();
    await stage.finished();
    const figures = await stage.figures();
    print("kill -9 twice", {
      ...figures,
      firedAtFirstKill: killedFiring.fired,
      messagesAtSecondKill: killedSending,
      inFlight: flightOne + flightTwo,
      secondsAfterLastKill: Math.round((Date.now() - started) / 1_000),
    });
    expect(killedFiring.fired).toBeLessThan(STEPS);
    expect(figures).toMatchObject({ steps: STEPS, fired: STEPS, tellings: STEPS, lost: 0 });
    expect(figures.doubledInFlight).toBe(figures.doubled);
  });
});
