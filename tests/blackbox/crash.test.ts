import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SENDS_AT_ONCE } from "../../src/delivery/deliver.js";
import type { Delivered, Request } from "../fakes/slack.js";
import { backends } from "./backends.js";
import { cleanUp, pause, until } from "./coord.js";
import { Running, type Stage } from "./stage.js";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 150_000 });
afterAll(cleanUp);

/** A send that a dead process had begun is taken for lost after a minute, and looked for every quarter of one. */
const LOST_MS = 120_000;
const COMMANDS = 30;
const IN_FLIGHT = "Sent by a process that died";
const titleOf = (n: number) => `Case ${String(n).padStart(2, "0")} of the crash`;

/** Nothing in Coord is told to die at a chosen line: Slack holds an answer, or chance decides, and the kernel ends the process. */
describe.each(backends(13))("kill -9, on $name", ({ open, deafen }) => {
  let running: Running;
  let stage: Stage;
  let close: () => Promise<void>;
  const titles = [IN_FLIGHT, ...Array.from({ length: COMMANDS }, (_, n) => titleOf(n))];

  beforeAll(async () => {
    const backend = await open();
    close = backend.close;
    running = await Running.open(backend.env, { officers: 10 });
    stage = running.stage;
  });
  afterAll(async () => {
    await running?.close();
    await close?.();
  });

  const inSlack = (title: string) =>
    [stage.maria, ...stage.officers].flatMap((person) =>
      stage.slack.cardsOf(person, new RegExp(`^T-\\d+ · ${title}$`)),
    );
  /** Answered, and not by saying that the house was full and nothing kept. */
  const taken = (answer: Delivered | undefined): boolean =>
    answer?.status === 200 && !JSON.stringify(answer.body ?? "").includes("Many are writing at this moment");
  /** Sent again by whoever was told so, as long as the house is full. */
  async function sent(request: Request): Promise<Delivered> {
    for (;;) {
      const answer = await stage.slack.send(request);
      if (taken(answer) || answer.status !== 200) return answer;
      await pause(200);
    }
  }
  const inTeams = (title: string) => stage.teams.cardsOf(stage.eleni, new RegExp(`^T-\\d+ · ${title}$`));

  it("between send and mark: Slack has the message, and Coord dies before it hears so", async () => {
    const { slack, maria } = stage;
    const letGo = slack.hold();
    const answer = await stage.command(maria, `task @labour ${IN_FLIGHT}`);
    expect(JSON.stringify(answer.body)).toContain("T-1 is asked");
    await until("the send is under way", () =>
      slack.calls.some(({ method, args }) => method === "chat.postMessage" && String(args.text).includes(IN_FLIGHT)),
    );
    await until("Teams has its card", () => inTeams(IN_FLIGHT).length > 0);
    await pause(300);
    await running.coord.kill();
    letGo();
    await until("Slack took the message", () => inSlack(IN_FLIGHT).length > 0);
    await running.start();
    expect(JSON.stringify((await stage.command(maria, "T-1")).body)).toContain(IN_FLIGHT);
  });

  it("between commit and enqueue, and anywhere else: every command that was answered has its task", async () => {
    const { slack, officers } = stage;
    const before = slack.deliveries.length;
    const enough = randomInt(4, COMMANDS - 4);
    let answered = 0;
    const firing = Array.from({ length: COMMANDS }, async (_, n) => {
      const officer = officers[n % officers.length];
      if (!officer) throw new Error("no officer");
      const answer = await stage.command(officer, `task @labour ${titleOf(n)}`);
      if (taken(answer) && ++answered === enough) await running.coord.kill();
    });
    await Promise.allSettled(firing);
    // Where the house was full for so many that not enough were taken.
    await running.coord.kill();
    const fired = slack.deliveries.slice(before);
    const unanswered = fired.filter(({ answer }) => !taken(answer));
    expect(fired).toHaveLength(COMMANDS);
    expect(unanswered.length).toBeGreaterThan(0);
    await running.start();
    // All of it once more, to the letter: what was kept is not kept twice, what was not is kept now.
    const again = await Promise.all(fired.map(({ request }) => sent(request)));
    expect(again.map(({ status }) => status)).toEqual(fired.map(() => 200));
    const keptBefore = (n: number) => again[n]?.body === undefined;
    fired.forEach(({ answer }, n) => {
      if (taken(answer)) expect({ n, keptBefore: keptBefore(n) }).toEqual({ n, keptBefore: true });
    });
    const kept = fired.filter(({ answer }, n) => !taken(answer) && keptBefore(n)).length;
    console.log(
      `killed after ${enough} of ${COMMANDS} answers: ${fired.length - unanswered.length} answered, ` +
        `${unanswered.length} not, of which ${kept} were kept all the same`,
    );
  });

  it("loses nothing, and doubles only what was in flight", async () => {
    const began = Date.now();
    await until(
      "every card is there on both sides",
      () => titles.every((title) => inSlack(title).length > 0 && inTeams(title).length > 0),
      LOST_MS,
    );
    const there = Date.now() - began;
    // What the first dead process had in flight is due again by now; nothing else is to come.
    const outbox = async (state: string) => (await running.coord.must("outbox", "list", "--state", state)).trim();
    for (const state of ["sending", "pending"])
      await until(`nothing is ${state}`, async () => (await outbox(state)) === `Nothing is ${state}.`, LOST_MS);
    expect(await outbox("failed")).toBe("Nothing is failed.");

    const refs = titles.map((title) => {
      const lines = [
        ...inSlack(title).map((one) => stage.slack.read(one).split("\n", 1)[0] ?? ""),
        ...inTeams(title).map((one) => stage.teams.linesOf(one)[0] ?? ""),
      ];
      return [...new Set(lines.map((line) => line.split(" ", 1)[0]))];
    });
    // One task a command, each with a number of its own, and none beside them: none was made twice, none half. Numbers
    // that a dead process had taken are left out.
    expect(refs.map((of) => of.length)).toEqual(titles.map(() => 1));
    expect(new Set(refs.flat()).size).toBe(titles.length);
    const all = await stage.command(stage.maria, "tasks all");
    expect(JSON.stringify(all.body)).toContain(`All tasks you can see (${titles.length})`);

    const extra = (of: string[]) =>
      of.reduce((sum, title) => sum + inSlack(title).length + inTeams(title).length - 2, 0);
    const doubles = { held: extra([IN_FLIGHT]), chance: extra(titles.slice(1)) };
    console.log(
      `${titles.length} tasks, ${2 * titles.length} cards: 0 lost; doubles: ${doubles.held} of 1 held, ` +
        `${doubles.chance} of at most ${SENDS_AT_ONCE} in flight; the last card ${there} ms after the start`,
    );
    expect(doubles.held).toBeLessThanOrEqual(1);
    expect(doubles.chance).toBeLessThanOrEqual(SENDS_AT_ONCE);
    expect(await running.coord.must("audit", "verify")).toContain("is whole");
    expect(stage.slack.refusals).toEqual([]);
  });

  if (deafen)
    it("between commit and enqueue for certain: the queue's server is deaf until the process is dead", async () => {
      const title = "Kept while the queue was deaf";
      await deafen(4_000);
      const { status } = await stage.command(stage.maria, `task @labour ${title}`);
      expect(status).toBe(200);
      await pause(500);
      expect([inSlack(title).length, inTeams(title).length]).toEqual([0, 0]);
      await running.coord.kill();
      await running.start();
      await until("the cards arrive", () => inSlack(title).length > 0 && inTeams(title).length > 0);
      await pause(600);
      expect([inSlack(title).length, inTeams(title).length]).toEqual([1, 1]);
    });
});
