import { execFile } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import bolt from "@slack/bolt";
import { type Request as BotRequest, CloudAdapter, ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { z } from "zod";
import { createSlackAdapter } from "../adapters/slack/index.js";
import { createTeamsAdapter } from "../adapters/teams/index.js";
import { notify } from "../src/delivery/outbox.js";
import { adapterWords } from "../src/i18n/index.js";
import { systemClock } from "../src/lib/clock.js";
import { defineJob, type Job } from "../src/lib/job.js";
import { silentLog } from "../src/lib/log.js";
import { welcome } from "../src/people/notifications.js";
import { Queues } from "../src/runtime/queue.js";
import { adapterStore } from "../src/store/adapter-store.js";
import { PreparingClient } from "../src/store/prepared.js";
import { Coord, cleanUp, emptyFolder } from "../tests/blackbox/coord.js";
import { FakeTeams } from "../tests/fakes/teams.js";
import { PATIENCE_MS } from "../tests/faults/crowd.js";
import { Recorder } from "../tests/faults/recorder.js";
import { seed, seedBody } from "../tests/faults/seed.js";
import { flag, openGround, pause, percentile, until } from "./backend.js";
import { stand, used } from "./real.js";

/**
 * Coord against the bare SDKs and the bare queue, on the same machine in the same run, one after the other and in turns;
 * how many statements a request takes; and the real program: its start, its memory, and twenty asks a second. Each with
 * its target. On the servers that DATABASE_URL and REDIS_URL name (the Redis is emptied), else on the embedded parts, where
 * statements and load are left out. `--count` sets how many of each.
 */
const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
const TENANTS = 20;
const TURNS = 4;
const count = flag("count", 200);
const ends: (() => Promise<unknown>)[] = [];

type Times = number[];
const say = (text: string) => process.stdout.write(`${text}\n`);
const ms = (times: Times, p: number) => percentile(times, p).toFixed(2).padStart(8);
const row = (name: string, times: Times) =>
  say(`  ${name.padEnd(24)} p50 ${ms(times, 50)} ms  p99 ${ms(times, 99)} ms`);

/** What came of everything, said again at the end. */
const found: { what: string; measured: string; target: string; reached?: boolean }[] = [];
function judge(what: string, measured: number, target: number | undefined, unit: string): void {
  const digits = Number.isInteger(measured) ? 0 : 1;
  const reached = target === undefined ? undefined : measured <= target;
  found.push({
    what,
    measured: `${measured.toFixed(digits)} ${unit}`,
    target: target === undefined ? "" : `${target} ${unit}`,
    reached,
  });
}

/** Both in turns, so that what else the machine does falls on both. The first of each warm up and do not count. */
async function compare(
  title: string,
  target: number | undefined,
  coord: (n: number) => Promise<void>,
  bare: (n: number) => Promise<void>,
) {
  const times = { coord: [] as Times, bare: [] as Times };
  let n = 0;
  const round = async (act: (n: number) => Promise<void>, into: Times | undefined, many: number) => {
    for (let i = 0; i < many; i++) {
      const started = performance.now();
      await act(n++);
      into?.push(performance.now() - started);
    }
  };
  await round(bare, undefined, 20);
  await round(coord, undefined, 20);
  for (let turn = 0; turn < TURNS; turn++) {
    await round(bare, times.bare, Math.ceil(count / TURNS));
    await round(coord, times.coord, Math.ceil(count / TURNS));
  }
  say(`\n${title}`);
  row("bare", times.bare);
  row("Coord", times.coord);
  const ratio = (p: number) => (percentile(times.coord, p) / percentile(times.bare, p)).toFixed(1);
  say(`  ratio                    p50 ${ratio(50).padStart(8)}     p99 ${ratio(99).padStart(8)}`);
  judge(title, Number(ratio(50)), target, "times");
}

/**
 * Statements that PostgreSQL is sent while something is asked and what follows of it is delivered: those of the
 * transaction that answers, and all others.
 */
async function statements(act: () => Promise<unknown>): Promise<{ asked: number; others: number }> {
  const query = PreparingClient.prototype.query as (this: unknown, ...given: unknown[]) => unknown;
  /** By session, one list a transaction. */
  const sent = new Map<unknown, string[][]>();
  PreparingClient.prototype.query = function (this: unknown, ...given: unknown[]) {
    const text = String(given[0]);
    const own = sent.get(this) ?? [];
    sent.set(this, own);
    if (text === "begin" || own.length === 0) own.push([]);
    own.at(-1)?.push(text);
    return query.apply(this, given);
  } as never;
  try {
    await act();
  } finally {
    PreparingClient.prototype.query = query as never;
  }
  const transactions = [...sent.values()].flat();
  const size = (which: readonly string[][]) => which.reduce((sum, { length }) => sum + length, 0);
  const answering = transactions.filter((all) => all.some((text) => text.includes(" admit(")));
  return { asked: size(answering), others: size(transactions) - size(answering) };
}

/** Of processor time, in milliseconds: what bash's `times` says of the commands that it ran. */
async function helpCpuMs(): Promise<number> {
  const { stdout } = await promisify(execFile)("bash", [
    "-c",
    `"$0" bin/coord.js --help >/dev/null; times`,
    process.execPath,
  ]);
  const [, ofCommands = ""] = stdout.trim().split("\n");
  return [...ofCommands.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60_000 + Number(s) * 1_000,
    0,
  );
}

async function listen(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ground = await openGround();
ends.push(() => ground.close());
try {
  const { runtime, store } = ground;
  const log = { info: () => undefined, warn: () => undefined };
  const common = { store: adapterStore(store, runtime.vault, systemClock), log, now: () => new Date() };
  const recorder = await Recorder.start();
  ends.push(() => recorder.stop());
  const teams = await FakeTeams.start();
  ends.push(() => teams.stop());

  const body = await seedBody(store);
  const people = count + 100;
  await seed(store, body, { people, tenants: TENANTS, steps: 1, firstDue: new Date("2100-01-01"), withinMs: 1 });
  const tenant = randomUUID();
  const omar = teams.addPerson(tenant, "Omar Rashad");
  teams.allow(omar);
  const persons = await store.owner
    .selectFrom("persons")
    .innerJoin("accounts", "accounts.person_id", "persons.id")
    .select(["persons.id", "accounts.user_id"])
    .execute();
  const [somebody] = persons;
  if (!somebody) throw new Error("nobody was seeded");
  await store.owner
    .insertInto("accounts")
    .values({
      platform: "teams",
      tenant,
      user_id: omar.user,
      person_id: somebody.id,
      linked_at: new Date("2020-01-01"),
    })
    .execute();

  const slackOptions = { signingSecret: SECRET, botToken: "xoxb-bench", apiUrl: recorder.url };
  const slack = createSlackAdapter({ ...slackOptions, ...common, words: adapterWords() });
  const teamsOptions = {
    appId: teams.appId,
    appPassword: teams.password,
    appType: "SingleTenant",
    appTenantId: teams.appTenant,
    allowedTenants: [tenant],
    serviceHosts: [teams.host],
    openIdMetadataUrl: teams.metadataUrl,
    loginUrl: teams.loginUrl,
  };
  const teamsAdapter = createTeamsAdapter({ ...teamsOptions, ...common, words: adapterWords() });
  runtime.adapters.set("slack", slack);
  runtime.adapters.set("teams", teamsAdapter);
  await slack.start(runtime.receive);
  await teamsAdapter.start(runtime.receive);
  await runtime.start();
  ends.push(() => Promise.allSettled([slack.stop(), teamsAdapter.stop()]));
  say(`Coord against the bare SDKs, on ${ground.kind}, ${count} of each`);

  // Slack: a slash command, from the signed request to the acknowledgement.
  const slackUrl = await listen(slack.listener);
  const receiver = new bolt.HTTPReceiver({
    signingSecret: SECRET,
    endpoints: "/slack/events",
    logLevel: bolt.LogLevel.ERROR,
  });
  const app = new bolt.App({
    receiver,
    authorize: async () => ({ botToken: "xoxb-bench", botId: "B0", botUserId: "U0BOT" }),
    logLevel: bolt.LogLevel.ERROR,
  });
  app.command("/coord", async ({ ack }) => {
    await ack();
  });
  const boltUrl = await listen(receiver.requestListener);
  const command = (base: string, words: string) => async (n: number) => {
    const person = n % people;
    const raw = new URLSearchParams({
      token: "legacy",
      team_id: `T${person % TENANTS}`,
      team_domain: "bench",
      channel_id: `D${person}`,
      channel_name: "directmessage",
      user_id: `U${person}`,
      user_name: `person${person}`,
      command: "/coord",
      text: words,
      api_app_id: "A0",
      is_enterprise_install: "false",
      response_url: `${recorder.url}/response`,
      trigger_id: randomUUID(),
    }).toString();
    const at = String(Math.floor(Date.now() / 1_000));
    const signature = `v0=${createHmac("sha256", SECRET).update(`v0:${at}:${raw}`).digest("hex")}`;
    const response = await fetch(`${base}/slack/events`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": at,
        "x-slack-signature": signature,
      },
      body: raw,
    });
    const answer = await response.text();
    if (response.status !== 200) throw new Error(`HTTP ${response.status} to a command`);
    if (base === slackUrl && !/T-\d+/.test(answer)) throw new Error(`not what was expected: ${answer.slice(0, 300)}`);
  };
  await compare(
    "a Slack command that asks a task of another agency: signed request, commit, acknowledgement; bare: Bolt, a listener that only acknowledges",
    ground.kind === "embedded" ? 8 : 3,
    command(slackUrl, "task @agency1 Look at the harbour by next Fri 17:00"),
    command(boltUrl, "task"),
  );

  if (ground.kind !== "embedded") {
    // Nothing of what was asked before is on its way, and no task is like this one.
    const quiet = () =>
      until(
        "what was asked has left",
        async () => {
          const waiting = store.owner.selectFrom("outbox").select("id").where("state", "in", ["pending", "sending"]);
          return (await waiting.executeTakeFirst()) === undefined;
        },
        180_000,
      );
    await quiet();
    const before = recorder.posts.length;
    const ask = command(slackUrl, "task @agency1 Count seven boats of Volos by next Fri 17:00");
    const { asked, others } = await statements(async () => {
      await ask(people - 1);
      await pause(2_000);
    });
    await quiet();
    judge("the same: until the answer", asked, 10, "statements");
    const cards = recorder.posts.length - before;
    judge("the same with a card delivered", asked + Math.ceil(others / cards), 28, "statements");
  }

  // Teams: a message, from the signed request to the HTTP answer.
  const teamsUrl = `${await listen(teamsAdapter.listener)}/api/messages`;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      ToChannelFromBotLoginUrl: teams.loginUrl,
      ToChannelFromBotOAuthScope: "https://api.fake-botframework.example",
      ToBotFromChannelTokenIssuer: "https://api.fake-botframework.example",
      ToBotFromChannelOpenIdMetadataUrl: teams.metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: teams.metadataUrl,
      OAuthUrl: "https://token.botframework.com",
      CallerId: "urn:botframework:azure",
      ValidateAuthority: true,
    },
    {
      isValidAppId: async (id) => id === teams.appId,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({ signRequest: async (request) => request }),
    },
  );
  const cloud = new CloudAdapter(authentication);
  const cloudUrl = await listen((request, response) => {
    let raw = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      raw += chunk;
    });
    request.on("end", () => {
      const asExpress = {
        socket: response.socket,
        status: (code: number) => {
          response.statusCode = code;
        },
        header: (name: string, value: string) => response.setHeader(name, value),
        send: (text: string) => response.write(typeof text === "string" ? text : JSON.stringify(text)),
        end: () => response.end(),
      };
      const asked = { body: JSON.parse(raw), headers: request.headers, method: request.method } as BotRequest;
      void cloud.process(asked, asExpress as never, async () => undefined);
    });
  });
  const token = await teams.token(teams.serviceUrl);
  const message = (url: string) => async () => {
    teams.botUrl = url;
    const activity = teams.activity(
      { type: "message", textFormat: "plain", text: "tasks" },
      omar,
      teams.personalOf(omar),
    );
    const answer = await teams.deliver(activity, { token });
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status} to a message`);
  };
  await compare(
    "a Teams message that lists tasks: token check, commit, HTTP answer; bare: CloudAdapter with its token check and an empty handler",
    3,
    message(teamsUrl),
    message(`${cloudUrl}/api/messages`),
  );

  // A message out: from the commit to the platform. Everybody's conversation is known from the round before.
  const client = new bolt.webApi.WebClient("xoxb-bench", { slackApiUrl: recorder.url, logLevel: bolt.LogLevel.ERROR });
  const outbox = async (n: number) => {
    const person = persons[n % persons.length] ?? somebody;
    let left: (() => void) | undefined;
    const there = new Promise<void>((resolve) => {
      left = resolve;
    });
    recorder.onPost = (post) => {
      if (post.channel === `D${person.user_id.slice(1)}`) left?.();
    };
    await runtime.inBody(body, (work) =>
      notify(work, { notification: welcome, params: { person: person.id }, to: { personId: person.id }, priority: 1 }),
    );
    await there;
    recorder.onPost = undefined;
  };
  await compare(
    "a message out: written to the outbox, committed, queued, drawn, paced, posted; bare: web-api's chat.postMessage",
    3,
    outbox,
    async () => {
      await client.chat.postMessage({
        channel: "D999999",
        text: "Welcome, Person 1. You are with Agency 1 in Northern Body.",
        blocks: [{ type: "section", text: { type: "plain_text", text: "Welcome, Person 1." } }],
      });
    },
  );

  // The queue: from the enqueueing to the run.
  const bareBackend = await ground.bare();
  let ran: (() => void) | undefined;
  const bareQueue = bareBackend.queue("bench");
  const bareWorker = bareBackend.worker("bench", async () => ran?.(), 1);
  await bareWorker.waitUntilReady();
  const ours = await ground.bare();
  const queues = new Queues(ours, silentLog);
  const job = defineJob({ id: "ours", schema: z.object({ id: z.string() }), concurrency: 1, run: async () => ran?.() });
  await queues.work([job as Job]);
  const through = (add: () => Promise<unknown>) => async () => {
    const there = new Promise<void>((resolve) => {
      ran = resolve;
    });
    await add();
    await there;
  };
  await compare(
    "a job, from the enqueueing to its run; bare: BullMQ",
    undefined,
    through(() => queues.add(job as Job, [{ key: randomUUID(), data: { id: randomUUID() } }])),
    through(() => bareQueue.add("bench", { id: randomUUID() }, { removeOnComplete: true })),
  );
  await queues.close();
  await bareWorker.close();
  await bareQueue.close();
  await bareBackend.close();
} finally {
  for (const end of ends.reverse()) await end();
}

// The command line, that looks at nothing.
judge("coord --help, processor", await helpCpuMs(), 500, "ms");
const { DATABASE_URL: database, REDIS_URL: redis } = process.env;
if (database && redis) {
  const stood = await stand({ database, redis }, { rate: 20, seconds: 20 });
  judge("start until ready, processor", stood.startCpuMs, 3_000, "ms");
  judge("memory when idle", stood.idleMb, 180, "MB");
  judge("memory after the load, beside idle", stood.afterMb / stood.idleMb, undefined, "times");
  judge("20 asks a second: not asked, or lost", stood.written - Math.min(stood.asked, stood.kept), 0, "asks");
  judge("20 asks a second: 99 of 100 answered within", stood.p99, 500, "ms");
  judge("20 asks a second: the longest", stood.longest, PATIENCE_MS, "ms");
  judge("processor an ask, its cards included", stood.cpuMs, 15, "ms");
} else {
  const coord = await Coord.start({ COORD_DATA_DIR: await emptyFolder(), COORD_DEMO: "1" });
  await pause(60_000);
  judge("memory with the demo, a minute after the start", (await used(coord.pid)).mb, 450, "MB");
  await coord.stop();
  await cleanUp();
}
say("");
for (const { what, measured, target, reached } of found) {
  const [name = what] = what.split(/: signed|: token|: written|, from/);
  const verdict = reached === undefined ? "" : reached ? "reached" : "MISSED";
  say(`${name.padEnd(52)} ${measured.padStart(12)} ${target.padStart(12)}  ${verdict}`);
}
