import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSlackAdapter, PATHS, type SlackAdapter, type SlackOptions } from "../../../adapters/slack/index.js";
import type { AdapterLog, AdapterStore, Inbound, Message, Receive, Reply } from "../../../src/chat/index.js";
import { adapterWords } from "../../../src/i18n/index.js";
import { type Failure, FakeSlack, type Person, type Team } from "../../fakes/slack.js";

/** An AdapterStore in memory that keeps expiry. */
export function memoryStore(now: () => Date = () => new Date()): AdapterStore & { readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  const until = new Map<string, number>();
  const get = async (key: string) => {
    if ((until.get(key) ?? Infinity) <= now().getTime()) held.delete(key);
    return held.get(key);
  };
  return {
    held,
    get,
    async set(key, value, expiresAt) {
      held.set(key, value);
      if (expiresAt) until.set(key, expiresAt.getTime());
      else until.delete(key);
    },
    async take(key) {
      const value = await get(key);
      held.delete(key);
      return value;
    },
    async remove(key) {
      held.delete(key);
    },
  };
}

export type LogLine = { level: "info" | "warn"; event: string; detail?: Record<string, unknown> };

/** A workspace with two people and Coord in it, over loopback. */
export type World = {
  slack: FakeSlack;
  adapter: SlackAdapter;
  team: Team;
  maria: Person;
  omar: Person;
  seen: Inbound[];
  log: LogLine[];
  store: ReturnType<typeof memoryStore>;
  /** The origin that serves the adapter. */
  origin: string;
  /** What the core answers from now on. */
  answer: (inbound: Inbound) => Reply | Promise<Reply>;
  stop(): Promise<void>;
};

export const text = (words: string): Message => ({ text: words, blocks: [{ type: "text", text: words }], lang: "en" });

export type WorldOptions = Partial<SlackOptions> & {
  socket?: boolean;
  oauth?: boolean;
  /** How the calls fail that are made at the start. */
  failing?: Failure[];
};

/** The adapter served on a port, nothing started yet. */
export async function serve(adapter: SlackAdapter): Promise<{ origin: string; close(): Promise<void> }> {
  const server: Server = createServer((req, res) => adapter.listener(req, res));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export async function world({
  socket = false,
  oauth = false,
  failing = [],
  ...over
}: WorldOptions = {}): Promise<World> {
  const slack = await new FakeSlack().start();
  for (const how of failing) slack.failNext(how);
  const team = slack.team("Police", { installed: !oauth });
  const seen: Inbound[] = [];
  const log: LogLine[] = [];
  const adapterLog: AdapterLog = {
    info: (event, detail) => void log.push({ level: "info", event, detail }),
    warn: (event, detail) => void log.push({ level: "warn", event, detail }),
  };
  const now = over.now ?? (() => new Date());
  const store = memoryStore(now);
  const adapter = createSlackAdapter({
    words: adapterWords(),
    ...(socket ? { appToken: slack.app.token } : { signingSecret: slack.signingSecret }),
    ...(oauth
      ? {
          clientId: slack.app.clientId,
          clientSecret: slack.app.clientSecret,
          stateSecret: "state-secret-state-secret",
          publicUrl: "https://coord.example",
        }
      : { botToken: team.token }),
    apiUrl: slack.apiUrl,
    store,
    log: adapterLog,
    now,
    ...over,
  });
  const { origin, close } = await serve(adapter);
  slack.botUrl = `${origin}${PATHS.events}`;
  slack.transport = socket ? "socket" : "http";
  const it: World = {
    slack,
    adapter,
    team,
    maria: slack.person(team, "maria"),
    omar: slack.person(team, "omar"),
    seen,
    log,
    store,
    origin,
    answer: () => undefined,
    async stop() {
      await adapter.stop();
      await close();
      await slack.stop();
    },
  };
  const receive: Receive = async (inbound) => {
    seen.push(inbound);
    return it.answer(inbound);
  };
  await adapter.start(receive);
  return it;
}
