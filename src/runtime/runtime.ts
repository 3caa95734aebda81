import { createHash } from "node:crypto";
import { join } from "node:path";
import { sql } from "kysely";
import { z } from "zod";
import { type Destinations, HeadsLeaving } from "../audit/leaving.js";
import { createBot } from "../bot/handle-inbound.js";
import type { ConversationRef, Deliverer, MemberChange, Platform, Receive } from "../chat/index.js";
import type { Registry } from "../command/registry.js";
import { audienceJob } from "../conversations/asking.js";
import { askAgain, outsidersSeen } from "../conversations/store.js";
import { deliveryJob } from "../delivery/deliver.js";
import { undelivered } from "../delivery/failed.js";
import type { Notification } from "../delivery/notification.js";
import { countOutbox } from "../delivery/outbox.js";
import { cardTurns } from "../delivery/turns.js";
import { bundleOf } from "../escalation/bundle.js";
import { fireDue } from "../escalation/fire.js";
import type { FileKind } from "../files/links.js";
import { Files } from "../files/serve.js";
import { FIRST_LANGUAGE } from "../i18n/grammar/index.js";
import "../items.js";
import { everyPart } from "../items/define.js";
import { type Clock, systemClock } from "../lib/clock.js";
import { defineJob, type Job } from "../lib/job.js";
import type { Log } from "../lib/log.js";
import { Clocks } from "../lib/rates.js";
import { memberChanged } from "../people/follow.js";
import type { Body } from "../people/model.js";
import { allBodies, loadBody } from "../people/store.js";
import { ReportsApi } from "../reports/api.js";
import { reportJob } from "../reports/making.js";
import { Store } from "../store/database.js";
import { StartError } from "../store/lock.js";
import { type Queued, type Services, UnitOfWork } from "../store/unit-of-work.js";
import { Vault } from "../store/vault.js";
import { ADMISSION, AdmissionControl, MOST_LANGUAGES } from "./admission.js";
import type { Config } from "./config.js";
import { createMetrics, type Metrics } from "./metrics.js";
import {
  type Backend,
  type Enqueue,
  embeddedBackend,
  type JobQueue,
  postgresqlBackend,
  Queues,
  redisBackend,
} from "./queue.js";
import { Reconciler } from "./reconciler.js";

const QUEUE_SECONDS = 10;

class TimeoutError extends Error {}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError("no answer")), seconds * 1_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** @throws Error where two parts serve files of one kind */
function kindsOf<T>(parts: readonly (Readonly<Record<FileKind, T>> | undefined)[]): Readonly<Record<FileKind, T>> {
  const entries = parts.flatMap((part) => Object.entries(part ?? {}));
  const kinds = new Map(entries);
  if (kinds.size !== entries.length) throw new Error("two parts serve files of one kind");
  return Object.fromEntries(kinds);
}

/** The core without its adapters: store, queue, jobs and the bot. */
export class Runtime {
  readonly adapters = new Map<Platform, Deliverer>();
  readonly receive: Receive;
  readonly metrics: Metrics = createMetrics();
  readonly clocks: Clocks | undefined;
  readonly admission = new AdmissionControl(ADMISSION, () => this.metrics.shed.inc());
  readonly reconciler: Reconciler;
  readonly files: Files;
  readonly reports: ReportsApi;
  readonly heads: HeadsLeaving;
  /** Under which address people reach this process, once it is known; a port may be found only at the start. */
  site: string | undefined;
  readonly #deliver: Job<{ body: string; id: string }>;
  readonly #remind: Job<{ body: string }>;
  readonly #report: Job<{ body: string; id: string }>;
  readonly #audience: Job<{ body: string; id: string }>;

  constructor(
    readonly store: Store,
    readonly queues: JobQueue,
    readonly vault: Vault,
    readonly clock: Clock,
    readonly log: Log,
    registry: Registry,
    readonly destinations: Destinations = {},
    /** Whether people and programs are held to rates. */
    o: { rates?: boolean } = {},
  ) {
    const kinds = new Map(
      [cardTurns, ...everyPart().flatMap(({ reminders = [] }) => reminders)].map((one) => [one.kind, one]),
    );
    const bundle = bundleOf(kinds);
    const said: readonly Notification[] = [
      ...[bundle, undelivered],
      ...everyPart().flatMap(({ notifications = [] }) => notifications),
    ];
    const notifications = new Map(said.map((one) => [one.id, one]));
    if (notifications.size !== said.length) throw new Error("two notifications have one id");
    const { metrics } = this;
    if (o.rates) this.clocks = new Clocks((what) => metrics.limited.inc({ what }));
    const services: Services = this.#means();
    this.#deliver = deliveryJob({
      inBody: (body, act) => this.#behind(body, act),
      clock,
      log,
      notifications,
      adapters: this.adapters,
      enqueue: this.enqueue,
      observe(outcome, seconds) {
        metrics.delivery.inc({ outcome });
        metrics.deliverySeconds.observe(seconds);
      },
    });
    this.#remind = defineJob({
      id: "remind",
      schema: z.object({ body: z.string() }),
      concurrency: 4,
      run: async ({ body }) => {
        await fireDue({
          inWork: (act) => this.#behind(body, act),
          ...{ kinds, bundle },
          log,
          observe: (seconds) => metrics.reminderLateness.observe(seconds),
        });
      },
    });
    this.#report = reportJob({ inBody: (body, act) => this.#behind(body, act), log });
    this.#audience = audienceJob({
      inBody: (body, act) => this.#behind(body, act),
      adapters: this.adapters,
      log,
    });
    this.receive = createBot({
      store,
      ...services,
      clock,
      log,
      registry,
      enqueue: this.enqueue,
      clocks: this.clocks,
      tooManyCodes: () => metrics.limited.inc({ what: "code" }),
      languageOf: (actor) => this.admission.languageOf(actor),
      full: (inbound) => {
        metrics.shed.inc();
        return this.admission.full(inbound);
      },
      heard: (account, lang) => this.admission.heard(account, lang),
      acknowledged: (seconds) => metrics.acknowledged.observe(Math.max(0, seconds)),
      observe(type, outcome, seconds) {
        metrics.inbound.inc({ type, outcome });
        metrics.answer.observe(seconds);
      },
    });
    this.files = new Files({
      store,
      now: () => clock.now(),
      inBody: (body, act) => this.inBody(body, act),
      openers: kindsOf(everyPart().map(({ opens }) => opens)),
      takers: kindsOf(everyPart().map(({ takes }) => takes)),
      feeds: everyPart().flatMap(({ feed }) => feed ?? []),
    });
    this.reports = new ReportsApi({
      store,
      now: () => clock.now(),
      inBody: (body, act) => this.inBody(body, act),
      limited: () => metrics.limited.inc({ what: "apiKey" }),
    });
    const inBody: Runtime["inBody"] = (body, act) => this.#behind(body, act);
    this.heads = new HeadsLeaving({ store: store.behind, vault, clock, log, inBody, to: destinations });
    const leave = async (body: Body) => {
      await this.heads.write(body);
      const due = await this.heads.isDue(body);
      const key = `${body.id}-${clock.now().getTime()}`;
      if (due) await this.queues.add(this.heads.job as Job, [{ key, data: { body: body.id } }]);
    };
    this.reconciler = new Reconciler({
      store: store.behind,
      ...services,
      ...{ clock, log, metrics, leave },
      enqueue: this.#enqueueNow,
    });
  }

  /** Opens what the configuration names. */
  static async open(config: Config, log: Log, registry: Registry, clock: Clock = systemClock): Promise<Runtime> {
    const store = await openStore(config);
    try {
      const vault = new Vault(config.secretKeys());
      if (!(await vault.check(store)))
        throw new StartError(
          "COORD_SECRET_KEYS lacks a key that this database was written with. Set the keys of the process that wrote it, or copy its secret.keys file here.",
        );
      const queues = new Queues(await openBackend(config), log);
      return new Runtime(store, queues, vault, clock, log, registry, config.heads, { rates: true });
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** Takes jobs from now on, and finds again what was left when the last process ended. */
  async start(): Promise<void> {
    // BullMQ would wait for ever, and the operator with it.
    await within(
      QUEUE_SECONDS,
      this.queues.work([
        ...[this.#deliver as Job, this.#remind as Job, this.#report as Job, this.#audience as Job],
        ...(this.destinations.url ? [this.heads.job as Job] : []),
      ]),
    ).catch((error) => {
      if (error instanceof TimeoutError)
        throw new StartError("REDIS_URL: Redis does not answer. Start it, correct the address, or unset the variable.");
      throw error;
    });
    // The embedded database has one process: what the last one was sending when it ended is nobody's now.
    if (this.store.kind === "embedded") {
      const { owner } = this.store;
      const over = { lease_until: new Date(0) };
      await owner.updateTable("outbox").set(over).where("state", "=", "sending").execute();
      await owner.updateTable("places").set({ ask_lease: null }).execute();
      await owner.updateTable("match_imports").set(over).execute();
      await owner.updateTable("summaries").set(over).where("state", "in", ["making", "publishing"]).execute();
    }
    await this.#readLanguages();
    void this.reconciler.tick(true);
    this.reconciler.start();
  }

  /** Those who read another language than the one that is answered in by default. */
  async #readLanguages(): Promise<void> {
    const rows = await this.store.owner
      .selectFrom("accounts")
      .innerJoin("persons", "persons.id", "accounts.person_id")
      .select(["accounts.platform", "accounts.tenant", "accounts.user_id", "persons.lang"])
      .where("persons.active", "=", true)
      .where("persons.lang", "!=", FIRST_LANGUAGE)
      .limit(MOST_LANGUAGES)
      .execute();
    for (const row of rows)
      this.admission.heard({ platform: row.platform as Platform, tenant: row.tenant, user: row.user_id }, row.lang);
  }

  async stop(): Promise<void> {
    await this.reconciler.stop();
    await this.queues.close();
    await this.store.close();
  }

  #means(): Services {
    const sender = () => [...this.adapters.values()].find((adapter) => adapter.sender)?.sender;
    return { vault: this.vault, site: () => this.site, sender, log: this.log };
  }

  /** Work in one body; the jobs it leaves are enqueued once it has committed. */
  inBody<T>(bodyId: string, act: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#within(this.store, bodyId, act);
  }

  /** The same for what nobody waits for. */
  #behind<T>(bodyId: string, act: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#within(this.store.behind, bodyId, act);
  }

  async #within<T>(store: Store, bodyId: string, act: (work: UnitOfWork) => Promise<T>): Promise<T> {
    let queued: Queued[] = [];
    const result = await store.inBody(bodyId, async (tx) => {
      const body = await loadBody(tx, bodyId);
      if (!body) throw new Error("no such body");
      const work = new UnitOfWork(tx, body, this.clock.now(), this.#means());
      const outcome = await act(work);
      queued = work.queued;
      return outcome;
    });
    this.enqueue(bodyId, queued);
    return result;
  }

  /**
   * Who reads a conversation, or any of those that belong to it, may have changed: it is asked anew. Where a delivery
   * shows that outsiders read it nobody needs to be asked first.
   */
  async audienceChanged(conversation: ConversationRef): Promise<void> {
    const { platform, tenant, id } = conversation;
    const { rows } = await this.store.outside((tx) =>
      sql<{ body_id: string; id: string }>`select * from places_read_with(${platform}, ${tenant}, ${id})`.execute(tx),
    );
    for (const row of rows)
      await this.inBody(row.body_id, (work) =>
        conversation.external ? outsidersSeen(work, conversation) : askAgain(work, row.id, { changed: true }),
      );
  }

  memberChanged(told: MemberChange): Promise<void> {
    return memberChanged({ store: this.store, inBody: (body, act) => this.inBody(body, act) }, told);
  }

  /** After a commit: fire and forget, since the reconciler finds whatever is lost. */
  readonly enqueue = (body: string, rows: Queued[]): void => {
    for (const [job, entries] of this.#entries(body, rows)) this.queues.addSoon(job, entries);
  };

  readonly #enqueueNow = async (body: string, rows: Queued[], again?: string): Promise<void> => {
    for (const [job, entries] of this.#entries(body, rows, again)) await this.queues.add(job, entries);
  };

  #entries(body: string, rows: Queued[], again?: string): (readonly [Job, Enqueue[]])[] {
    const now = this.clock.now().getTime();
    const each = (job: Queued["job"]) =>
      rows
        .filter((row) => row.job === job)
        .map((row) => ({
          // The moment is part of the key: a row that is to run again later is another job than the one running now.
          key: [row.id, row.dueAt.getTime(), again].filter(Boolean).join("-"),
          data: { body, id: row.id },
          delayMs: row.dueAt.getTime() - now,
          priority: row.priority || undefined,
        }));
    // One job fires all that is due in a body by a second, so the queue stays small however many reminders there are.
    const seconds = new Set(
      rows
        .filter((row) => row.job === "remind")
        .map((row) => (row.dueAt.getTime() <= now ? Math.floor(now / 1_000) : Math.ceil(row.dueAt.getTime() / 1_000))),
    );
    const remind = [...seconds].map((second) => ({
      key: [body, second, again].filter(Boolean).join("-"),
      data: { body },
      delayMs: second * 1_000 - now,
    }));
    return [
      [this.#deliver as Job, each("deliver")],
      [this.#remind as Job, remind],
      [this.#report as Job, each("report")],
      [this.#audience as Job, each("audience")],
    ];
  }

  /** Both the database and the queue answer; full while requests stand in line. */
  async ready(): Promise<"ready" | "full" | undefined> {
    try {
      await this.store.behind.outside((tx) => tx.selectFrom("bodies").select("id").limit(1).execute());
      await this.queues.ping();
      return this.admission.waiting ? "full" : "ready";
    } catch {
      return undefined;
    }
  }

  async metricsText(): Promise<string> {
    this.metrics.outbox.reset();
    this.metrics.requests.set({ place: "inside" }, this.admission.inside);
    this.metrics.requests.set({ place: "line" }, this.admission.waiting);
    const { behind } = this.store;
    for (const body of await behind.outside((tx) => allBodies(tx)))
      for (const { state, count } of await behind.inBody(body.id, (tx) => countOutbox(tx)))
        this.metrics.outbox.inc({ state }, Number(count));
    for (const [queue, counts] of Object.entries(await this.queues.depth()))
      for (const [state, count] of Object.entries(counts)) this.metrics.queue.set({ queue, state }, count);
    return this.metrics.registry.metrics();
  }
}

export const openStore = (config: Config): Promise<Store> =>
  config.databaseUrl ? Store.postgresql(config.databaseUrl) : Store.embedded(join(config.dataDir, "database"));

/** Two Coords on one Redis must not take each other's jobs: the database says which is which, its password aside. */
function queuePrefix({ databaseUrl, dataDir }: Config): string {
  const { host, pathname } = databaseUrl ? new URL(databaseUrl) : { host: "", pathname: dataDir };
  return `coord-${createHash("sha256").update(`${host}${pathname}`).digest("hex").slice(0, 12)}`;
}

const openBackend = (config: Config): Promise<Backend> | Backend => {
  if (config.redisUrl) return redisBackend(config.redisUrl, queuePrefix(config));
  if (config.databaseUrl) return postgresqlBackend(config.databaseUrl);
  return embeddedBackend(join(config.dataDir, "queue"));
};
