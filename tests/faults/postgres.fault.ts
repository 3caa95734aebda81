import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OwnPostgres, pause, print, Stage, until } from "./stage.js";

describe("PostgreSQL restarted in the middle", () => {
  const STEPS = 4_000;
  let postgres: OwnPostgres;
  let stage: Stage;
  beforeEach(async () => {
    postgres = await OwnPostgres.start();
    stage = await Stage.build({ postgres: postgres.url });
  });
  afterEach(async () => {
    await stage.close();
    await postgres.close();
  });

  it("loses nothing, whether it was stopped in order or crashed; the worker lives on", async () => {
    await stage.seed({
      people: 1_500,
      tenants: 15,
      steps: STEPS,
      firstDue: new Date(Date.now() + 6_000),
      withinMs: 20_000,
    });
    stage.slack.latencyMs = 100;
    const worker = await stage.worker();
    await until("some have left", () => stage.slack.posts.length > 150, 60_000);
    await postgres.restart("fast");
    // What was being sent is marked as such still: its mark could not be written.
    const flightOne = await stage.noteInFlight();
    await pause(4_000);
    await postgres.restart("immediate");
    const flightTwo = await stage.noteInFlight();
    const back = Date.now();
    await stage.finished();
    const figures = await stage.figures();
    print("PostgreSQL restarted, then crashed", {
      ...figures,
      inFlight: flightOne + flightTwo,
      secondsAfterLastRestart: Math.round((Date.now() - back) / 1_000),
    });
    expect(worker.alive).toBe(true);
    expect(figures).toMatchObject({ steps: STEPS, fired: STEPS, tellings: STEPS, lost: 0 });
    expect(figures.doubledInFlight).toBe(figures.doubled);
  });
});
