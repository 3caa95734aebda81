import type { Server } from "node:http";
import type { Socket } from "node:net";
import { slack } from "../adapters/slack/connector.js";
import { teams } from "../adapters/teams/connector.js";
import type { WebAdapter } from "../adapters/web/index.js";
import { registry } from "../commands/index.js";
import type { Adapter, AdapterLog, AdapterStore, Connected, Connector } from "./chat/index.js";
import { filesIn, forward, saveFile, serve } from "./cli/control-socket.js";
import type { Check } from "./cli/parts.js";
import { runCli } from "./cli/program.js";
import { adapterWords } from "./i18n/index.js";
import { type Clock, MovableClock, systemClock } from "./lib/clock.js";
import { createLog, type Log } from "./lib/log.js";
import { bodyCalendar } from "./people/model.js";
import { sameOrganisation, tenantGone } from "./people/tenants.js";
import { BOARD_PATH, createAdmin } from "./runtime/admin.js";
import { type Config, readConfig } from "./runtime/config.js";
import { detour, isLoopback } from "./runtime/direct.js";
import { createHttp, createPages } from "./runtime/http.js";
import { Runtime } from "./runtime/runtime.js";
import { adapterStore } from "./store/adapter-store.js";
import { privateFolders } from "./store/folder.js";
import { lockDirectory, lockPath, StartError } from "./store/lock.js";
import { nextWorkingMorning } from "./time/next-morning.js";

/** The platforms that Coord can be connected to; what the core knows of each stands in chat/platforms.ts. */
const CONNECTORS: readonly Connector[] = [slack, teams];

/** The composition root: the one place that knows every part. */
export async function main(argv: string[]): Promise<void> {
  try {
    // Whatever Coord writes is its own user's alone.
    process.umask(0o077);
    const config = readConfig(undefined, { makes: argv[0] === "init", connectors: CONNECTORS });
    if (privateFolders([config.folder, config.dataDir]))
      process.stderr.write(
        `${config.folder} was open to other users of this machine until now. It is closed; if any of them is not to be trusted, make a new secret key (coord keys rotate).\n`,
      );
    if (argv[0] === "start") await start(config);
    else process.exitCode = await commandLine(config, argv);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`Coord cannot start.\n${error.message}\n`);
    process.exitCode = 1;
  }
}

/** The demo's day can be moved on; a body of one's own has the one day that there is. */
const clockOf = ({ workbench, demo }: Config): Clock => (workbench && demo ? new MovableClock() : systemClock);

const DEMO_CLOCK = "demo clock";
const LET_GO_MS = 100;

/** The demo's day goes on where it was set to, or what fell due then would wait for it to come. */
async function wind(clock: MovableClock, { store, vault }: Runtime): Promise<void> {
  clock.ahead = Number((await adapterStore(store, vault, systemClock).get(DEMO_CLOCK)) ?? 0);
}

type Doors = { platforms: readonly Connected[]; web?: WebAdapter; mail?: { close(): void } };

const adaptersOf = ({ platforms, web }: Doors): readonly Adapter[] => [...platforms, ...(web ? [web] : [])];

async function start(config: Config): Promise<void> {
  const log = createLog(config.log);
  const clock = clockOf(config);
  let runtime: Runtime | undefined;
  let operator: string | undefined;
  // PGlite takes one process: the socket that holds the directory also takes the operator's commands.
  const lock = await lockDirectory(config.dataDir, (socket: Socket) =>
    serve(
      socket,
      async ({ argv, files }, write, save) => {
        const checks = checksOf(config);
        if (runtime) return runCli({ runtime, config, checks, applied: [], pages: operator }, argv, files, write, save);
        write("Coord is still starting. Try again in a moment.\n");
        return 1;
      },
      (error) => log.error("cli.failed", error),
    ),
  );
  const servers: Server[] = [];
  let doors: Doors = { platforms: [] };
  const stop = async () => {
    // Nobody new is let in; a page of the workbench that is open leaves only once its adapter lets it go.
    const left = Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    await Promise.allSettled(adaptersOf(doors).map((adapter) => adapter.stop()));
    // A connection whose last answer has just ended would be kept for another one, for as long as `keepAliveTimeout`.
    const letGo = setInterval(() => {
      for (const server of servers) server.closeIdleConnections();
    }, LET_GO_MS);
    await left;
    clearInterval(letGo);
    doors.mail?.close();
    await runtime?.stop();
    lock.release();
  };
  try {
    say(`Opening the database (${config.databaseUrl ? "PostgreSQL" : `embedded, in ${config.dataDir}`}) …`);
    const running = await Runtime.open(config, log, registry, clock);
    runtime = running;
    running.site = config.publicUrl;
    // What only some need is loaded where it is needed: it takes time to start, and memory ever after.
    const mail = config.mail && (await import("../adapters/mail/index.js")).createMailAdapter(config.mail);
    doors = { ...(await connect(config, running, clock, log)), mail };
    const { platforms, web } = doors;
    for (const adapter of [...adaptersOf(doors), ...(mail ? [mail] : [])])
      running.adapters.set(adapter.platform, adapter);
    if (clock instanceof MovableClock) await wind(clock, running);
    if (config.demo) {
      say("Loading the demo's people and tasks …");
      await (await import("./demo/load.js")).loadDemo(running);
    }
    for (const adapter of adaptersOf(doors)) await adapter.start(running.receive);
    await running.start();
    const { clocks, files, reports } = running;
    const pages = createPages({ files, reports, ready: () => running.ready() });
    const alone = isAlone(config);
    if (web && alone) pages.route("/", web.app);
    const server = createHttp({ routes: platforms.map(({ route }) => route), pages, clocks });
    const admin = createAdmin({
      token: config.admin.token,
      metrics: () => running.metricsText(),
      board: async () => (await import("./runtime/queue-board.js")).createBoard(running.queues.queues()),
      workbench: web && !alone ? { app: web.app, pages } : undefined,
    });
    servers.push(server, admin);
    const port = await listen(server, config, { host: "HOST", port: "PORT" });
    const adminPort = await listenAdmin(admin, config);
    operator = adminAddress(config, adminPort);
    // The demo is for this machine; elsewhere only PUBLIC_URL says how people reach it.
    if (config.workbench) running.site ??= `http://localhost:${alone ? port : adminPort}`;
    announce(config, port, adminPort);
    log.info("started", { port, adminPort, database: running.store.kind, queue: running.queues.kind });
  } catch (error) {
    await stop();
    throw error;
  }
  stopOnSignal(stop, log);
}

/** No platform and no public address: nothing passes anybody on to PORT, and the workbench is where one looks first. */
const isAlone = ({ platforms, publicUrl, host }: Config): boolean =>
  platforms.length === 0 && !publicUrl && isLoopback(host);

async function connect(config: Config, runtime: Runtime, clock: Clock, log: Log): Promise<Doors> {
  const store = adapterStore(runtime.store, runtime.vault, systemClock);
  const adapterLog: AdapterLog = {
    info: (event, detail) => log.info(event, detail),
    warn: (event, detail) => log.warn(event, detail),
  };
  return {
    platforms: config.platforms.map(({ platform, connect }) =>
      connect({
        store,
        log: adapterLog,
        now: () => new Date(),
        admission: runtime.admission,
        publicUrl: config.publicUrl,
        words: adapterWords(),
        onUninstalled: (tenant) => tenantGone(runtime.store, platform, tenant),
        onAudienceChanged: (conversation) => runtime.audienceChanged(conversation),
        onMemberChanged: (told) => runtime.memberChanged(told),
        onOrganisation: (tenant, enterprise) => sameOrganisation(runtime.store, platform, tenant, enterprise),
      }),
    ),
    web: config.workbench ? await workbench(config, runtime, clock, store, adapterLog) : undefined,
  };
}

async function workbench(
  { demo }: Config,
  runtime: Runtime,
  clock: Clock,
  store: AdapterStore,
  log: AdapterLog,
): Promise<WebAdapter> {
  const { createWebAdapter } = await import("../adapters/web/index.js");
  const { bodyShown, personasAndNewcomers, personasOf } = await import("./demo/personas.js");
  return createWebAdapter({
    personas: () => (demo ? personasOf(runtime) : personasAndNewcomers(runtime)),
    clock: {
      now: () => clock.now(),
      moveTo: clock instanceof MovableClock ? (at) => moveOn(clock, at) : undefined,
    },
    log,
    detour,
    body: async () => {
      const body = await bodyShown(runtime);
      return (
        body && {
          name: body.name,
          zone: body.zone,
          nextWorkingMorning: (from) => nextWorkingMorning(bodyCalendar(body, from.getUTCFullYear()), from),
        }
      );
    },
  });

  async function moveOn(clock: MovableClock, at: Date): Promise<void> {
    await runtime.reconciler.moving();
    clock.moveTo(at);
    await store.set(DEMO_CLOCK, String(clock.ahead));
    // What fell due meanwhile is delivered at once, without waiting for a real delay.
    await runtime.reconciler.moved();
  }
}

type Address = { host: string; port: number };

/** @param named the variables that say where it listens */
const listen = (server: Server, { host, port }: Address, named: Record<keyof Address, string>) =>
  new Promise<number>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new PortTaken(
              `Port ${port} is taken. Stop what uses it, or choose another with ${named.port}, e.g. ${named.port}=${port + 1} npm start.`,
            )
          : new StartError(`Cannot listen on ${host}:${port} (${error.code}). Check ${named.host} and ${named.port}.`),
      ),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });

class PortTaken extends StartError {}

const ADMIN_PORT = 3900;

/** Several processes of one machine need no ADMIN_PORT each: where nobody chose one, a port that is free does. */
async function listenAdmin(server: Server, { admin: { host, port }, port: beside }: Config): Promise<number> {
  const named = { host: "ADMIN_HOST", port: "ADMIN_PORT" };
  if (port !== undefined) return listen(server, { host, port }, named);
  try {
    return await listen(server, { host, port: beside === 0 ? 0 : ADMIN_PORT }, named);
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    return listen(server, { host, port: 0 }, named);
  }
}

const adminAddress = ({ admin: { host } }: Config, port: number): string =>
  `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

/** At once: opening takes seconds, and somebody waits. */
const say = (text: string) => void process.stdout.write(`${text}\n`);

function announce(config: Config, port: number, adminPort: number): void {
  const pages = adminAddress(config, adminPort);
  const lines = [
    ...(config.workbench ? [`Workbench: http://localhost:${isAlone(config) ? port : adminPort}/`] : []),
    `Coord listens on ${config.host}:${port}.`,
    `The operator's pages: ${pages}/metrics and ${pages}${BOARD_PATH}, ${config.admin.token ? "with the ADMIN_TOKEN" : "from this machine alone"}.`,
  ];
  const base = config.publicUrl ?? `http://${config.host}:${port}`;
  lines.push(...config.platforms.map((platform) => platform.comesIn(base)));
  say(lines.join("\n"));
}

/** Answers under way are finished; a second signal ends at once. */
function stopOnSignal(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (stopping) process.exit(130);
      stopping = true;
      log.info("stopping", { signal });
      stop().then(
        () => process.exit(0),
        (error) => {
          log.error("stop.failed", error);
          process.exit(1);
        },
      );
    });
}

/** Runs in the process that holds the data directory, or in this one where none does. */
async function commandLine(config: Config, argv: string[]): Promise<number> {
  const write = (text: string) => void process.stdout.write(text);
  const files = filesIn(argv);
  const forwarded = await forward(lockPath(config.dataDir), { argv, files }, write);
  if (forwarded !== undefined) return forwarded;
  const lock = await lockDirectory(config.dataDir, (socket) => socket.destroy());
  let runtime: Runtime | undefined;
  try {
    const clock = clockOf(config);
    runtime = await Runtime.open(config, createLog("silent"), registry, clock);
    if (clock instanceof MovableClock) await wind(clock, runtime);
    return await runCli(
      { runtime, config, checks: checksOf(config), applied: runtime.store.applied },
      argv,
      files,
      write,
      saveFile,
    );
  } finally {
    await runtime?.stop();
    // The socket that holds the directory would keep this process alive, also where nothing could be opened.
    lock.release();
  }
}

const checksOf = (config: Config): Check[] =>
  config.platforms.map(({ platform, check }) => ({ name: platform, run: check }));
