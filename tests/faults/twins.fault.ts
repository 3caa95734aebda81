import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { print, Stage } from "./stage.js";

const WEEK_MS = 7 * 24 * 3_600_000;

describe("several processes at once", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.build();
  });
  afterEach(() => stage.close());

  it("two workers, each with a scheduler of its own, tell everything once", async () => {
    const STEPS = 6_000;
    await stage.seed({
      people: 1_500,
      tenants: 15,
      steps: STEPS,
      firstDue: new Date(Date.now() + 10_000),
      withinMs: 5_000,
    });
    const workers = await Promise.all([stage.worker(), stage.worker()]);
    await stage.finished();
    const figures = await stage.figures();
    print("two workers and two schedulers", figures);
    expect(workers.every(({ alive }) => alive)).toBe(true);
    expect(figures).toMatchObject({ steps: STEPS, fired: STEPS, tellings: STEPS, lost: 0, doubled: 0 });
  });

  it("after a week in which everything was down, late steps are told once each, together, saying that they are late", async () => {
    const [STEPS, PEOPLE] = [3_000, 600];
    await stage.seed({
      people: PEOPLE,
      tenants: 6,
      steps: STEPS,
      firstDue: new Date(Date.now() + 60_000),
      withinMs: 6 * 86_400_000,
    });
    const env = { AHEAD_MS: String(WEEK_MS) };
    await Promise.all([stage.worker(env), stage.worker(env)]);
    await stage.finished();
    const figures = await stage.figures();
    print("a week later", { ...figures, people: PEOPLE });
    expect(figures).toMatchObject({ steps: STEPS, fired: STEPS, tellings: STEPS, lost: 0, doubled: 0 });
    expect(figures.late).toBe(figures.messages);
    expect(figures.messages).toBe(PEOPLE);
  });
});
