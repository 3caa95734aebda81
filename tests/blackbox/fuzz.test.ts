import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { backends } from "./backends.js";
import { cleanUp, pause, until } from "./coord.js";
import { change, HOSTILE, type Json, liveInSlack, liveInTeams, mutated, recordings } from "./fuzz.js";
import { Running, type Stage } from "./stage.js";

const BACKENDS = backends(9).filter(({ name }) => name !== "PostgreSQL");
/** How long all backends together are written to: each its share. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 120) / BACKENDS.length;
/** So many write in turn, and so often, that nobody is told to write less: what is refused for that gets nowhere. */
const OFFICERS = 30;
const PAUSE_MS = 20;
/** What this run writes follows from it: FUZZ_SEED writes the same again. */
const RUN = Number(process.env.FUZZ_SEED ?? Date.now() & 0xffff_ffff);
/** How long the process may work without hearing anybody, in milliseconds of its own processor time. */
const LONGEST_STALL = 200;

type Kind = "slash_commands" | "interactive" | "events_api";
type Seed =
  | { name: string; platform: "slack"; kind: Kind; payload: Json }
  | { name: string; platform: "teams"; payload: Json };

const kindOf = (payload: Json): Kind =>
  "command" in payload ? "slash_commands" : "event" in payload ? "events_api" : "interactive";

const SLACK = recordings("slack/payloads/bolt-python");
const TEAMS = recordings("teams/activities/msteams-docs");

/** What the people on the stage really send: their commands, buttons, forms and lookups, as Slack and Teams carry them. */
async function ownTraffic(stage: Stage): Promise<Seed[]> {
  const { slack, teams, maria, eleni } = stage;
  const activities: Json[] = [];
  const deliver = teams.fake.deliver.bind(teams.fake);
  teams.fake.deliver = (activity, options) => {
    activities.push(activity);
    return deliver(activity, options);
  };
  await stage.command(maria, "task @labour Inspect 3 farms in Kilkis by Fri 17:00");
  const card = await teams.cardOf(eleni, /^T-1/);
  await teams.press(eleni, card, "Accept").catch(() => undefined);
  await teams.say(eleni, "tasks all");
  await stage.command(maria, "task");
  if (slack.modalOf(maria))
    await slack.submit(maria, { party: "@labour", title: "Count the boats" }).catch(() => undefined);
  await slack.openHome(maria);
  await slack.say(maria, "hello", slack.direct(maria));
  teams.fake.deliver = deliver;
  const requests: Seed[] = slack.deliveries.flatMap(({ request: { headers, body } }) => {
    const json = headers["content-type"] === "application/json";
    const form = json ? {} : Object.fromEntries(new URLSearchParams(body));
    const payload = json ? JSON.parse(body) : form.payload ? JSON.parse(form.payload) : form;
    return [{ name: "own", platform: "slack" as const, kind: kindOf(payload), payload }];
  });
  return [...requests, ...activities.map((payload) => ({ name: "own", platform: "teams" as const, payload }))];
}

/** Clock ticks of a process' first thread so far, in milliseconds; proc(5), 100 ticks a second. */
const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

describe.each(BACKENDS)("whatever is delivered, on $name", ({ open }) => {
  let running: Running | undefined;
  let closing: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await running?.close();
    await closing?.();
  });
  afterAll(cleanUp);

  it("is answered below 500, holds nobody up, is shown escaped, and leaves the process alive", async () => {
    const { env, close } = await open();
    closing = close;
    running = await Running.open(env, { officers: OFFICERS });
    const { stage, coord } = running;
    const { slack, teams, maria, eleni, omar, officers } = stage;
    const theirs: Seed[] = [
      ...SLACK.map(({ name, payload }) => ({ name, platform: "slack" as const, kind: kindOf(payload), payload })),
      ...TEAMS.map(({ name, payload }) => ({ name, platform: "teams" as const, payload })),
    ];
    const own = await ownTraffic(stage);
    const seeds = [...own, ...theirs];

    /** What was recorded elsewhere comes from people of this stage, so that it gets as far as it can. */
    const ours = (text: string) =>
      text
        .replace(/"(?:user_id|user|id)":"[UW][A-Z0-9_]+"/g, (all) =>
          all.replace(/:".*/, `:"${officers[serial % OFFICERS]?.id}"`),
        )
        .replace(/"(?:team_id|team|id)":"T[A-Z0-9_]+"/g, (all) => all.replace(/:".*/, `:"${maria.team}"`));
    let serial = 0;
    async function deliver(seed: Seed): Promise<{ status: number; body: unknown }> {
      serial++;
      if (seed.platform === "slack") {
        const payload = JSON.parse(ours(JSON.stringify(seed.payload))) as Json;
        // A new delivery each time: one that was there before would be answered by nothing.
        for (const key of ["trigger_id", "event_id"])
          if (key in payload) payload[key] = `${String(payload[key])}.${serial}`;
        return slack.send(slack.request(seed.kind, payload));
      }
      const who = serial % 2 ? eleni : omar;
      const { id } = teams.fake.personalOf(who);
      const activity = {
        ...seed.payload,
        id: `f:${serial}`,
        serviceUrl: teams.fake.serviceUrl,
        channelId: "msteams",
        from: { id: who.mri, name: who.displayName, aadObjectId: who.user },
        ...(serial % 3 ? { conversation: { id, conversationType: "personal", tenantId: who.tenant } } : {}),
        channelData: { tenant: { id: who.tenant } },
      };
      return teams.fake.deliver(activity);
    }
    // Everything is loaded once before anybody looks at how long it takes.
    for (const seed of seeds) await deliver(seed);

    let longest = 0;
    let probing = true;
    const probe = (async () => {
      while (probing) {
        const before = cpuOf(coord.pid);
        const answer = await fetch(`${coord.url}/healthz`);
        await answer.text();
        longest = Math.max(longest, cpuOf(coord.pid) - before);
        expect(answer.status).toBe(200);
      }
    })();

    const end = Date.now() + SECONDS * 1_000;
    const wrong: string[] = [];
    let sent = 0;
    const one = fc.record({
      seed: fc.nat(),
      changes: fc.array(change, { minLength: 0, maxLength: 4 }),
      words: fc.nat(),
    });
    try {
      for (const { seed: n, changes, words } of fc.sample(one, { numRuns: 100_000, seed: RUN })) {
        if (Date.now() > end || !coord.alive) break;
        // What Coord itself sent out gets furthest: half of all begin with it.
        const from = n % 2 ? own : seeds;
        const seed = from[n % from.length] as Seed;
        let payload = changes.reduce(mutated, seed.payload);
        // Half of all commands say something hostile, since a change seldom falls on the words.
        if (words % 2 && "text" in payload) payload = { ...payload, text: HOSTILE[words % HOSTILE.length] };
        const what = () => `${seed.name} ${JSON.stringify(payload).slice(0, 600)}`;
        const { status, body } = await deliver({ ...seed, payload } as Seed);
        sent++;
        await pause(PAUSE_MS);
        if (status >= 500) wrong.push(`${status}: ${what()}`);
        const live = seed.platform === "slack" ? liveInSlack(body) : liveInTeams(body);
        if (live.length) wrong.push(`live in the answer ${live[0]?.slice(0, 200)}: ${what()}`);
        if (wrong.length > 10) break;
      }
    } finally {
      probing = false;
      await probe;
    }
    for (const { blocks, text } of slack.messages.filter(({ author }) => !slack.people.has(author)))
      wrong.push(
        ...liveInSlack([{ type: "mrkdwn", text }, blocks]).map((live) => `live in Slack: ${live.slice(0, 200)}`),
      );
    for (const { activity } of teams.fake.posts)
      wrong.push(...liveInTeams(activity).map((live) => `live in Teams: ${live.slice(0, 200)}`));
    console.info(
      `fuzz ${RUN}: ${sent} deliveries of ${seeds.length} seeds (${theirs.length} of other projects), longest stall ${longest} ms of CPU`,
    );
    expect(wrong).toEqual([]);
    expect(coord.alive).toBe(true);
    expect(sent).toBeGreaterThan(SECONDS);
    expect(longest).toBeLessThanOrEqual(LONGEST_STALL);
    // And Maria still gets what she asks for.
    await stage.command(maria, "task @labour Still here by Fri 17:00");
    await until("Eleni has the task", () => teams.cardsOf(eleni, /Still here/).length > 0, 60_000);
  }, 600_000);
});
