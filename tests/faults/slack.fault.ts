import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pause, print, Stage, until } from "./stage.js";

describe("Slack in trouble", () => {
  const STEPS = 1_200;
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.build();
  });
  afterEach(() => stage.close());

  it("429 for a minute, then 500, then no answer at all: nothing is lost, and nothing comes twice", async () => {
    // Ten a second throughout.
    await stage.seed({
      people: 1_200,
      tenants: 4,
      steps: STEPS,
      firstDue: new Date(Date.now() + 6_000),
      withinMs: 110_000,
    });
    const worker = await stage.worker();
    await pause(12_000);
    stage.slack.trouble = "429";
    await pause(60_000);
    const { "429": limited } = stage.slack.calls;
    stage.slack.trouble = "500";
    await pause(15_000);
    stage.slack.trouble = "hang";
    await pause(20_000);
    // Firing goes on whatever the platform does: nothing can be sent yet.
    const meanwhile = new Date();
    await until("what fell due meanwhile has fired", async () => (await stage.unfired(meanwhile)) === 0, 40_000);
    stage.slack.trouble = "none";
    const back = Date.now();
    await stage.finished();
    const figures = await stage.figures();
    print("Slack: 429 for 60 s, 500 for 15 s, hanging for 20 s", {
      ...figures,
      limitedCalls: limited,
      brokenCalls: stage.slack.calls["500"],
      hangingCalls: stage.slack.calls.hang,
      secondsAfterwards: Math.round((Date.now() - back) / 1_000),
    });
    expect(worker.alive).toBe(true);
    expect(figures).toMatchObject({ steps: STEPS, fired: STEPS, tellings: STEPS, lost: 0, doubled: 0 });
    // Retry-After is obeyed by the workspace as a whole: far fewer calls than messages that wait.
    expect(limited).toBeLessThan(300);
  });
});
