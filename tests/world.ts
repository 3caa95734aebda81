import { randomBytes, randomUUID } from "node:crypto";
import { renderForm as slackForm, renderMessage as slackMessage } from "../adapters/slack/render.js";
import { renderForm as teamsForm, renderMessage as teamsMessage } from "../adapters/teams/render.js";
import { registry } from "../commands/index.js";
import type { Destinations } from "../src/audit/leaving.js";
import {
  type AccountRef,
  type Audience,
  type Block,
  type ConversationRef,
  type Deliverer,
  type Delivery,
  DeliveryError,
  type Form,
  type FormValues,
  type Inbound,
  LONGEST_TITLE,
  type Message,
  type MessageRef,
  mentionToken,
  plain,
  type Reply,
} from "../src/chat/index.js";
import { addAgency, initBody, linkPerson } from "../src/cli/setup.js";
import type { Registry } from "../src/command/registry.js";
import { MovableClock } from "../src/lib/clock.js";
import type { Job } from "../src/lib/job.js";
import { type Log, silentLog } from "../src/lib/log.js";
import type { Role } from "../src/policy/index.js";
import type { Enqueue, JobQueue } from "../src/runtime/queue.js";
import { Runtime } from "../src/runtime/runtime.js";
import type { Store } from "../src/store/database.js";
import type { UnitOfWork } from "../src/store/unit-of-work.js";
import { Vault } from "../src/store/vault.js";
import { messageFaults, viewFaults } from "./fakes/slack/rules.js";
import { cardErrors } from "./fakes/teams/checks.js";
import { testStore } from "./store.js";

/** A Monday morning in Athens. */
export const START = new Date("2026-11-23T08:00:00Z");
export const ZONE = "Europe/Athens";

export type Sent = {
  person?: string;
  place?: string;
  ref: MessageRef;
  message: Message;
  thread?: string;
  updates: number;
};

/** The core on a real database, with adapters that write down what they are given and a queue that runs when told to. */
export class World {
  readonly sent: Sent[] = [];
  /** Every payload that left, updates included: what a leak would be in. */
  readonly payloads: unknown[] = [];
  /** What happens while a message is on its way. */
  underway: ((delivery: Delivery) => Promise<void>) | undefined;
  /** What the platform says of who reads a conversation; else its own people alone, unless the delivery said otherwise. */
  audience: ((conversation: ConversationRef) => Audience | Error) | undefined;
  /** Every conversation that a platform was asked about. */
  readonly asked: string[] = [];
  fail: ((delivery: Delivery) => DeliveryError | undefined) | undefined;
  #keys = 0;

  private constructor(
    readonly runtime: Runtime,
    readonly queue: ManualQueue,
    readonly clock: MovableClock,
    readonly body: string,
    private readonly accounts: Map<string, AccountRef>,
    private readonly closeStore: () => Promise<void>,
  ) {}

  /**
   * @param people `name: "agency role role platform?"`
   */
  static async create(o: {
    agencies?: string[];
    people: Record<string, string>;
    observers?: string[];
    lang?: Record<string, string>;
    /** Where the heads of the record go. */
    heads?: Destinations;
    log?: Log;
    /** Where it is kept; else in a database of its own that goes with it. */
    store?: Store;
    /** What it is sealed with, where another World is to open it. */
    secret?: Buffer;
    /** What can be typed; else what Coord has. */
    commands?: Registry;
  }): Promise<World> {
    const given = o.store;
    const { store, close } = given ? { store: given, close: () => given.close() } : await testStore();
    const real = { now: () => new Date() };
    const origin = Date.now();
    // Starts at START and runs on with the real clock.
    const clock = new MovableClock({ now: () => new Date(START.getTime() + real.now().getTime() - origin) });
    const queue = new ManualQueue(clock);
    const runtime = new Runtime(
      store,
      queue,
      new Vault([o.secret ?? randomBytes(32)]),
      clock,
      o.log ?? silentLog,
      o.commands ?? registry,
      o.heads,
    );
    await initBody(runtime, { name: "Northern Body", slug: "north", zone: ZONE, lang: "en" });
    const agencies = new Set([
      ...(o.agencies ?? []),
      ...Object.values(o.people).map((spec) => spec.split(" ")[0] ?? ""),
    ]);
    for (const handle of agencies)
      await addAgency(runtime, handle, { name: title(handle), zone: ZONE, observer: o.observers?.includes(handle) });
    const accounts = new Map<string, AccountRef>();
    for (const [name, spec] of Object.entries(o.people)) {
      const [agency = "", ...words] = spec.split(" ");
      const platform = words.includes("teams") ? "teams" : "slack";
      const roles = words.filter((word) => word !== "teams") as Role[];
      const account: AccountRef = { platform, tenant: `${platform}-${agency}`, user: `U${name}` };
      accounts.set(name, account);
      await linkPerson(runtime, agency, {
        name,
        account: [`${platform}:${account.tenant}:${account.user}`],
        role: roles.length ? roles : ["staff"],
        zone: ZONE,
        lang: o.lang?.[name],
      });
    }
    const body = (await store.owner.selectFrom("bodies").select("id").executeTakeFirstOrThrow()).id;
    return World.#begin(new World(runtime, queue, clock, body, accounts, close));
  }

  /** What another World left behind, at a clock that stands still. @param o.body its slug; closing the World closes the store */
  static async open(o: { store: Store; secret: Buffer; at: Date; body: string }): Promise<World> {
    const { store } = o;
    const clock = new MovableClock({ now: () => o.at });
    const queue = new ManualQueue(clock);
    const runtime = new Runtime(store, queue, new Vault([o.secret]), clock, silentLog, registry);
    const { id } = await store.owner
      .selectFrom("bodies")
      .select("id")
      .where("slug", "=", o.body)
      .executeTakeFirstOrThrow();
    const linked = await store.owner
      .selectFrom("accounts")
      .innerJoin("persons", "persons.id", "accounts.person_id")
      .select(["persons.name", "platform", "tenant", "user_id"])
      .orderBy("linked_at")
      .execute();
    const accounts = new Map(
      linked.map(({ name, user_id, ...rest }) => [name, { ...rest, user: user_id } as AccountRef]),
    );
    return World.#begin(new World(runtime, queue, clock, id, accounts, () => store.close()));
  }

  static async #begin(world: World): Promise<World> {
    const { runtime, queue } = world;
    runtime.adapters.set("slack", world.#adapter("slack"));
    runtime.adapters.set("teams", world.#adapter("teams"));
    await runtime.queues.work([]);
    queue.jobsOf(runtime);
    await world.settle();
    world.sent.length = 0;
    return world;
  }

  account(name: string): AccountRef {
    const account = this.accounts.get(name);
    if (!account) throw new Error(`nobody called ${name}`);
    return account;
  }

  enrolled(name: string, account: AccountRef): void {
    this.accounts.set(name, account);
  }

  /** `@Omar` becomes a real mention of somebody in this world. */
  async say(
    name: string,
    text: string,
    o: { conversation?: ConversationRef; key?: string; locale?: string } = {},
  ): Promise<Reply> {
    const mentions: AccountRef[] = [];
    const marked = text.replace(/@([A-Z]\w*)/g, (whole, who: string) => {
      const account = this.accounts.get(who);
      return account ? mentionToken(mentions.push(account) - 1) : whole;
    });
    return this.#receive({ ...this.from(name, o), type: "command", text: marked, mentions });
  }

  /** What one sentence was answered. */
  async ask(name: string, text: string): Promise<string> {
    return textOf(await this.say(name, text));
  }

  click(name: string, id: string, value: string, message?: MessageRef, key?: string): Promise<Reply> {
    return this.#receive({ ...this.from(name, { key }), type: "action", id, value, message });
  }

  /**
   * Presses a button on a message, as shown.
   * @param of how the line begins beside which it stands; absent: wherever
   */
  async press(name: string, sent: Sent, label: string, of = ""): Promise<Reply> {
    for (const block of sent.message.blocks)
      if (block.type === "list") {
        for (const { title, action, steps = [] } of block.items)
          for (const button of plain(title).startsWith(of) ? [...steps, ...(action ? [action] : [])] : [])
            if (button.label === label) return this.click(name, button.id, button.value ?? "", sent.ref);
      } else if (block.type === "actions" && of === "")
        for (const action of block.actions) {
          if (action.type === "button" && action.label === label)
            return this.click(name, action.id, action.value ?? "", sent.ref);
          if (action.type === "menu")
            for (const option of action.options)
              if (option.label === label)
                return this.click(name, action.id, `${action.prefix ?? ""}${option.value}`, sent.ref);
        }
    throw new Error(`no button ${label} on: ${words(sent.message)}`);
  }

  submit(name: string, form: Form, values: FormValues, key?: string): Promise<Reply> {
    return this.#receive({
      ...this.from(name, { key }),
      type: "submit",
      form: form.id,
      state: form.state,
      values,
    });
  }

  from(name: string, o: { conversation?: ConversationRef; key?: string; locale?: string } = {}) {
    const account = this.account(name);
    return {
      key: o.key ?? `k${++this.#keys}-${randomUUID()}`,
      actor: { ...account, displayName: name, locale: o.locale },
      conversation: o.conversation ?? {
        platform: account.platform,
        tenant: account.tenant,
        id: `D${account.user}`,
        kind: "personal" as const,
      },
    };
  }

  /** Runs every job that is due until nothing is left to do now. */
  async settle(): Promise<void> {
    await this.queue.drain();
  }

  /** Time passes, in steps no longer than `step`, so that what falls due does so in its turn. */
  async pass(o: { minutes?: number; hours?: number; days?: number }, stepMinutes = 30): Promise<void> {
    let minutes = (o.minutes ?? 0) + 60 * (o.hours ?? 0) + 1_440 * (o.days ?? 0);
    while (minutes > 0) {
      const step = Math.min(minutes, stepMinutes);
      this.clock.moveTo(new Date(this.clock.now().getTime() + step * 60_000));
      minutes -= step;
      await this.runtime.reconciler.moved();
      const ran = await this.queue.drain();
      // Reminders to one person are gathered for some seconds; where nothing ran nothing was.
      this.clock.moveTo(new Date(this.clock.now().getTime() + 4_000));
      if (ran === 0) continue;
      await this.runtime.reconciler.moved();
      await this.settle();
    }
  }

  /** Direct messages of somebody, oldest first, as they are now. */
  inbox(name: string): Sent[] {
    return this.sent.filter((sent) => sent.person === this.account(name).user);
  }

  /** What somebody was answered stands in their own conversation from now on, as an adapter puts it there. */
  stands(name: string, reply: Reply): Sent {
    if (!reply || !("post" in reply)) throw new Error(`nothing that stands: ${textOf(reply)}`);
    const { platform, tenant, user } = this.account(name);
    const conversation: ConversationRef = { platform, tenant, id: `D${user}`, kind: "personal" };
    const sent: Sent = {
      person: user,
      place: conversation.id,
      ref: { conversation, id: randomUUID() },
      message: reply.post,
      updates: 0,
    };
    this.sent.push(sent);
    return sent;
  }

  last(name: string): Sent {
    const last = this.inbox(name).at(-1);
    if (!last) throw new Error(`${name} got nothing`);
    return last;
  }

  /** The live card of an item in somebody's inbox. */
  card(name: string, ref: string): Sent {
    const found = this.inbox(name).findLast(({ message }) => {
      const [first] = message.blocks;
      return first?.type === "heading" && (first.text === ref || first.text.startsWith(`${ref} `));
    });
    if (!found) throw new Error(`${name} has no card of ${ref}`);
    return found;
  }

  work<T>(act: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.runtime.inBody(this.body, act);
  }

  async close(): Promise<void> {
    await this.closeStore();
  }

  async #receive(inbound: Inbound): Promise<Reply> {
    return checkReply(await this.runtime.receive(inbound));
  }

  #adapter(platform: "slack" | "teams"): Deliverer {
    return {
      platform,
      audience: async (conversation) => {
        this.asked.push(conversation.id);
        const said = this.audience?.(conversation);
        if (said instanceof Error) throw said;
        return said ?? (conversation.external ? { readers: "outsiders", because: "shared" } : { readers: "members" });
      },
      deliver: async (delivery) => {
        await this.underway?.(delivery);
        const failure = this.fail?.(delivery);
        if (failure) throw failure;
        this.payloads.push(structuredClone(delivery));
        checkRendered(delivery.message);
        if (delivery.kind === "update") {
          const known = this.sent.find(({ ref }) => ref.id === delivery.ref.id);
          if (!known) throw DeliveryError.permanent("message_gone", "no such message");
          known.message = delivery.message;
          known.updates++;
          return delivery.ref;
        }
        const to = delivery.to;
        const conversation: ConversationRef =
          "person" in to
            ? { platform, tenant: to.person.tenant, id: `D${to.person.user}`, kind: "personal" }
            : to.conversation;
        const ref: MessageRef = { conversation, id: randomUUID(), thread: delivery.thread };
        const person =
          "person" in to ? to.person.user : conversation.kind === "personal" ? conversation.id.slice(1) : undefined;
        this.sent.push({
          person,
          place: conversation.id,
          ref,
          message: delivery.message,
          thread: delivery.thread,
          updates: 0,
        });
        return ref;
      },
    };
  }
}

/** Whatever the core says must be a message that both platforms take, within every limit. */
export function checkRendered(message: Message): void {
  const faults = [...messageFaults(slackMessage(message)), ...cardErrors(teamsMessage(message).card, "message")];
  if (faults.length) throw new Error(`no platform would take this: ${faults.join("; ")}`);
}

function checkReply(reply: Reply): Reply {
  if (!reply) return reply;
  if ("post" in reply) checkRendered(reply.post);
  if ("update" in reply) checkRendered(reply.update);
  if ("view" in reply) checkRendered(reply.view);
  if ("home" in reply) checkRendered(reply.home);
  if ("form" in reply) {
    const { form } = reply;
    const faults = [...viewFaults(slackForm(form)), ...cardErrors(teamsForm(form), "dialog")];
    // What stands over a dialog and on its buttons is never cut.
    for (const said of [form.title, form.submit ?? "", form.cancel])
      if (said.length > LONGEST_TITLE) faults.push(`${said.length} of ${LONGEST_TITLE}: ${said}`);
    if (faults.length) throw new Error(`no platform would take this form: ${faults.join("; ")}`);
  }
  return reply;
}

/** A queue that runs what is due when it is told to, so that tests need not wait. */
export class ManualQueue implements JobQueue {
  readonly kind = "manual";
  readonly waiting = new Map<string, { job: Job; data: unknown; at: number }>();

  constructor(private readonly clock: { now(): Date }) {}

  /** Jobs come with what is added; nothing to be registered. */
  async work(): Promise<void> {}
  jobsOf(_runtime: Runtime): void {}

  async add(job: Job, entries: Enqueue[]): Promise<void> {
    for (const { key, data, delayMs } of entries)
      if (!this.waiting.has(`${job.id}-${key}`))
        this.waiting.set(`${job.id}-${key}`, { job, data, at: this.clock.now().getTime() + Math.max(0, delayMs ?? 0) });
  }

  addSoon(job: Job, entries: Enqueue[]): void {
    void this.add(job, entries);
  }

  /** @returns how many jobs ran */
  async drain(): Promise<number> {
    let ran = 0;
    for (let rounds = 0; rounds < 10_000; rounds++) {
      const due = [...this.waiting].filter(([, { at }]) => at <= this.clock.now().getTime() + 20);
      if (due.length === 0) return ran;
      ran += due.length;
      for (const [key, { job, data }] of due) {
        this.waiting.delete(key);
        await job.run(job.schema.parse(data));
      }
    }
    throw new Error("the queue never comes to rest");
  }

  async depth() {
    return { manual: { waiting: this.waiting.size } };
  }
  queues() {
    return [];
  }
  async ping(): Promise<void> {}
  async close(): Promise<void> {}
}

/** "Tomorrow" is another day tomorrow: what of a payload people see and is worked out from a day that passes. */
export const relativeDays = (payload: unknown): string[] =>
  JSON.stringify(payload)
    // What a button says to Coord is read at the moment at which it is pressed.
    .replace(/"value":"(?:[^"\\]|\\.)*"/g, "")
    .match(/\b(?:today|tomorrow|yesterday|tonight|demain|hier)\b|aujourd.hui/gi) ?? [];

export function textOf(reply: Reply): string {
  if (!reply) return "";
  if ("post" in reply) return words(reply.post);
  if ("update" in reply) return words(reply.update);
  if ("home" in reply) return words(reply.home);
  if ("view" in reply) return words(reply.view);
  if ("errors" in reply) return Object.values(reply.errors).join("\n");
  if ("form" in reply) return `[form ${reply.form.title}]`;
  return reply.options.map((option) => option.label).join("\n");
}

export const formOf = (reply: Reply): Form => {
  if (reply && "form" in reply) return reply.form;
  throw new Error(`no form but: ${textOf(reply)}`);
};

/** Every word of a message, line by line. */
export const words = (message: Message): string => message.blocks.map(blockWords).join("\n");

function blockWords(block: Block): string {
  switch (block.type) {
    case "heading":
      return block.text;
    case "text":
    case "context":
      return plain(block.text);
    case "facts":
      return block.facts.map(({ label, value }) => `${label}: ${plain(value)}`).join("\n");
    case "list":
      return block.items
        .map(({ title, detail }) => [plain(title), detail && plain(detail)].filter(Boolean).join(" | "))
        .join("\n");
    case "quote":
      return [block.text, block.by].filter(Boolean).join(" — ");
    case "actions":
      return block.actions.map(({ label }) => `[${label}]`).join(" ");
    case "image":
      return block.alt;
    case "divider":
      return "";
  }
}

const title = (handle: string): string => handle.charAt(0).toUpperCase() + handle.slice(1);
