import { createHash, createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { argumentFault } from "./slack/methods.js";
import { elementsOf, readBlocks, readMrkdwn, readText } from "./slack/read.js";
import { messageFaults, optionFaults, viewFaults } from "./slack/rules.js";

/**
 * Slack on loopback, as strict as the real one where its rules are known: unknown methods and arguments, bad tokens,
 * invalid blocks, triggers used twice or late are refused. People act through it; what they then see is read back
 * from what really arrived.
 */

type Json = Record<string, unknown>;

export type Team = {
  id: string;
  name: string;
  enterprise?: string;
  token: string;
  botUser: string;
  botId: string;
  /** Coord is installed. */
  active: boolean;
};
export type Person = { id: string; team: string; name: string; disabled?: boolean };
export type Channel = {
  id: string;
  team: string;
  name: string;
  kind: "im" | "mpim" | "channel";
  members: Set<string>;
  archived?: boolean;
  /** Shared with another organisation. */
  shared?: boolean;
};
export type Posted = {
  ts: string;
  channel: string;
  author: string;
  text: string;
  blocks?: Json[];
  mrkdwn: boolean;
  threadTs?: string;
  /** Ephemeral: this person alone sees it. */
  onlyFor?: string;
};
export type OpenView = { id: string; hash: string; view: Json; values: Json; user: string; errors: Json };
/** Something that a person can now see, in the order in which it came. */
export type Effect =
  | { kind: "message"; user?: string; message: Posted }
  | { kind: "modal"; user: string; view: OpenView }
  | { kind: "closed"; user: string }
  | { kind: "home"; user: string; view: Json };
export type Delivered = { status: number; body: unknown };
export type Failure =
  | "rate_limited"
  | "server_error"
  | "account_gone"
  | "no_answer"
  | { error: string }
  | { status: number; headers?: Record<string, string> };

type Trigger = { user: string; at: number; used: boolean };
type ResponseUrl = { user: string; channel: string; message?: Posted; uses: number; at: number };
type Call = { method: string; args: Json; token: string };
/** One signed request, kept so that it can be delivered again to the byte. */
export type Request = { headers: Record<string, string>; body: string };

const APP = "A0COORD001";
const TRIGGER_MS = 3_000;
const RESPONSE_URL_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

export class FakeSlack {
  readonly signingSecret = "8f742231b10e8888abcd99yyyzzz85a5";
  readonly app = { id: APP, clientId: "111.222", clientSecret: "c0ffee-client-secret", token: "xapp-1-fake-token" };
  readonly teams = new Map<string, Team>();
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly messages: Posted[] = [];
  readonly views = new Map<string, OpenView>();
  readonly homes = new Map<string, Json>();
  readonly effects: Effect[] = [];
  readonly calls: Call[] = [];
  /** What Slack refused as invalid: a test that is not about that wants it empty. */
  readonly refusals: string[] = [];
  /** Messages (no updates) that the Web API took. */
  posted = 0;
  /** How the bot is reached. */
  transport: "http" | "socket" = "http";
  botUrl = "";
  now = (): number => Date.now();

  #server: Server | undefined;
  #sockets: WebSocketServer | undefined;
  #live = new Set<WebSocket>();
  #acks = new Map<string, (payload: unknown) => void>();
  #failures: Failure[] = [];
  #gate: Promise<void> | undefined;
  #triggers = new Map<string, Trigger>();
  #responseUrls = new Map<string, ResponseUrl>();
  #codes = new Map<string, { team: string; enterprise?: string; redirect: string }>();
  #orgTokens = new Map<string, { enterprise: string; botUser: string; botId: string }>();
  #serial = 0;
  #busy = 0;
  #last: Request | undefined;

  // ---- The world ------------------------------------------------------------------------------------------------

  async start(): Promise<this> {
    const server = createServer((req, res) => void this.#serve(req, res));
    const sockets = new WebSocketServer({ server, path: "/link" });
    sockets.on("connection", (socket) => this.#connected(socket));
    this.#server = server;
    this.#sockets = sockets;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.#live) socket.terminate();
    this.#sockets?.close();
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  get url(): string {
    const address = this.#server?.address() as AddressInfo | undefined;
    if (!address) throw new Error("the fake is not started");
    return `http://127.0.0.1:${address.port}`;
  }

  get apiUrl(): string {
    return `${this.url}/api`;
  }

  team(name: string, { enterprise, installed = true }: { enterprise?: string; installed?: boolean } = {}): Team {
    const id = this.#id("T");
    const team: Team = {
      id,
      name,
      token: `xoxb-${id}-${randomBytes(6).toString("hex")}`,
      botUser: this.#id("U0BOT"),
      botId: this.#id("B"),
      active: installed,
      ...(enterprise ? { enterprise } : {}),
    };
    this.teams.set(id, team);
    return team;
  }

  person(team: Team, name: string): Person {
    const person = { id: this.#id("U"), team: team.id, name };
    this.people.set(person.id, person);
    return person;
  }

  channel(team: Team, name: string, members: Person[], { bot = true, shared = false } = {}): Channel {
    const ids = members.map(({ id }) => id);
    return this.#addChannel(team, name, "channel", bot ? [...ids, team.botUser] : ids, shared);
  }

  /** The direct conversation of a person with Coord. */
  direct(person: Person): Channel {
    const team = this.#team(person.team);
    const found = [...this.channels.values()].find((one) => one.kind === "im" && one.members.has(person.id));
    return found ?? this.#addChannel(team, "directmessage", "im", [person.id, team.botUser]);
  }

  /** The next call of the Web API fails so. */
  failNext(how: Failure): void {
    this.#failures.push(how);
  }

  /** Holds back every answer of the Web API until it is let go. */
  hold(): () => void {
    let letGo = () => {};
    this.#gate = new Promise((done) => {
      letGo = done;
    });
    return letGo;
  }

  /** Coord is removed from a workspace: the token dies and the bot is told. */
  async uninstall(team: Team): Promise<Delivered> {
    team.active = false;
    return this.event(team, { type: "app_uninstalled" });
  }

  // ---- What people do -------------------------------------------------------------------------------------------

  /** `/coord text`; with "escape channels, users and links" on, as the manifest has it. */
  async command(person: Person, text: string, channel: Channel): Promise<Delivered> {
    const team = this.#team(person.team);
    const responseUrl = this.#responseUrl(person, channel);
    const answer = await this.#deliver("slash_commands", {
      token: "legacy-verification-token",
      team_id: team.id,
      team_domain: team.name.toLowerCase(),
      ...(team.enterprise ? { enterprise_id: team.enterprise, enterprise_name: team.enterprise } : {}),
      channel_id: channel.id,
      channel_name: channel.kind === "channel" ? channel.name : "directmessage",
      user_id: person.id,
      user_name: person.name,
      command: "/coord",
      text: this.wire(text),
      api_app_id: APP,
      is_enterprise_install: "false",
      response_url: responseUrl,
      trigger_id: this.trigger(person),
    });
    const body = answer.body as Json | undefined;
    if (answer.status === 200 && body && Object.keys(body).length > 0) this.#answered(responseUrl, body);
    return answer;
  }

  /** Words typed into a conversation. @returns all deliveries that this caused */
  async say(person: Person, text: string, channel: Channel, threadTs?: string): Promise<Delivered[]> {
    const team = this.#team(channel.team);
    const wire = this.wire(text);
    const said: Posted = { ts: this.#ts(), channel: channel.id, author: person.id, text: wire, mrkdwn: true, threadTs };
    this.messages.push(said);
    const root = threadTs ? this.#message(channel.id, threadTs) : undefined;
    const common = {
      client_msg_id: randomBytes(8).toString("hex"),
      text: wire,
      user: person.id,
      ts: said.ts,
      team: person.team,
      ...(channel.shared ? { user_team: person.team } : {}),
      ...(threadTs ? { thread_ts: threadTs, parent_user_id: root?.author } : {}),
      channel: channel.id,
      event_ts: said.ts,
    };
    const deliveries: Delivered[] = [];
    if (channel.members.has(team.botUser))
      deliveries.push(
        await this.event(team, { type: "message", channel_type: channel.kind, ...common }, channel.shared === true),
      );
    if (channel.kind !== "im" && wire.includes(`<@${team.botUser}>`))
      deliveries.push(await this.event(team, { type: "app_mention", ...common }, channel.shared === true));
    return deliveries;
  }

  async openHome(person: Person): Promise<Delivered> {
    const event = { type: "app_home_opened", user: person.id, channel: this.direct(person).id, tab: "home" };
    return this.event(this.#team(person.team), { ...event, event_ts: this.#ts() });
  }

  /** A button by its label, in a message or on the home screen. */
  async press(person: Person, on: Posted | "home", label: string): Promise<Delivered> {
    const { element, block } = this.#find(person, on, (it) => it.type === "button" && readText(it.text) === label);
    const { text, value } = element;
    return this.#act(person, on, {
      type: "button",
      action_id: element.action_id,
      block_id: block.block_id,
      text,
      ...(value === undefined ? {} : { value }),
    });
  }

  /** An option of a menu, both by their labels. */
  async choose(person: Person, on: Posted | "home", menu: string, option: string): Promise<Delivered> {
    const { element, block } = this.#find(person, on, (it) => readText(it.placeholder) === menu);
    const chosen = (element.options as Json[]).find((one) => readText(one.text) === option);
    if (!chosen) throw new Error(`the menu offers no "${option}"`);
    const { type, action_id, placeholder } = element;
    return this.#act(person, on, { type, action_id, block_id: block.block_id, placeholder, selected_option: chosen });
  }

  async lookup(person: Person, name: string, query: string): Promise<string[]> {
    const open = this.#modal(person);
    const block = inputs(open.view).find((one) => one.block_id === name);
    if (!block) throw new Error(`the form has no field "${name}"`);
    const { body } = await this.#deliver("interactive", {
      ...this.#interactive("block_suggestion", person),
      container: { type: "view", view_id: open.id },
      action_id: (block.element as Json).action_id,
      block_id: name,
      value: query,
      view: this.#wireView(open),
    });
    const options = ((body as Json | undefined)?.options ?? []) as Json[];
    if (options.length > 0) this.#accept(optionFaults({ options }, 100), "options");
    return options.map((one) => readText(one.text));
  }

  /** Types into the form that is open and sends it. */
  async submit(person: Person, values: Record<string, string | string[]>): Promise<Delivered> {
    const open = this.#modal(person);
    open.errors = {};
    for (const block of inputs(open.view)) {
      const name = String(block.block_id);
      const element = block.element as Json;
      const typed = values[name];
      const state = typed === undefined ? held(open, block) : inputState(element, typed);
      if (block.optional !== true && isEmpty(state)) throw new Error(`Slack's client asks for "${name}" first`);
      open.values[name] = { [String(element.action_id)]: state };
    }
    const strangers = Object.keys(values).filter((name) => open.values[name] === undefined);
    if (strangers.length > 0) throw new Error(`the form has no field "${strangers.join(", ")}"`);
    const answer = await this.#deliver("interactive", {
      ...this.#interactive("view_submission", person),
      trigger_id: this.trigger(person),
      view: this.#wireView(open),
      response_urls: [],
    });
    if (answer.status === 200) this.#submitted(open, (answer.body ?? {}) as Json);
    return answer;
  }

  /** The message shortcut "Make a task of this". */
  async pointAt(person: Person, message: Posted, callback = "task_from_message"): Promise<Delivered> {
    const channel = this.#channel(message.channel);
    return this.#deliver("interactive", {
      ...this.#interactive("message_action", person),
      action_ts: this.#ts(),
      channel: { id: channel.id, name: channel.name },
      callback_id: callback,
      trigger_id: this.trigger(person),
      message_ts: message.ts,
      message: this.#wireMessage(message),
      response_url: this.#responseUrl(person, channel),
    });
  }

  /** The global shortcut. */
  async shortcut(person: Person, callback = "task_new"): Promise<Delivered> {
    return this.#deliver("interactive", {
      ...this.#interactive("shortcut", person),
      action_ts: this.#ts(),
      callback_id: callback,
      trigger_id: this.trigger(person),
    });
  }

  async event(team: Team, event: Json, external = false): Promise<Delivered> {
    return this.#deliver("events_api", {
      token: "legacy-verification-token",
      team_id: team.id,
      ...(team.enterprise ? { enterprise_id: team.enterprise } : {}),
      api_app_id: APP,
      event,
      type: "event_callback",
      event_id: this.#id("Ev"),
      event_time: Math.floor(this.now() / 1_000),
      authorizations: [
        {
          enterprise_id: team.enterprise ?? null,
          team_id: team.id,
          user_id: team.botUser,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: external,
      event_context: "4-context",
    });
  }

  /** Somebody approves the installation on Slack's page. @returns where Slack sends the browser */
  approve(authorizeUrl: string, team: Team, { org = false } = {}): URL {
    const asked = new URL(authorizeUrl);
    if (asked.searchParams.get("client_id") !== this.app.clientId) throw new Error("invalid_client_id");
    const redirect = asked.searchParams.get("redirect_uri") ?? "";
    const code = randomBytes(12).toString("hex");
    this.#codes.set(code, {
      team: team.id,
      redirect,
      ...(org && team.enterprise ? { enterprise: team.enterprise } : {}),
    });
    const back = new URL(redirect);
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.searchParams.get("state") ?? "");
    return back;
  }

  // ---- What people see ------------------------------------------------------------------------------------------

  /** Waits until the bot has made its calls after the acknowledgement. */
  async settle(quietMs = 30): Promise<void> {
    for (let calls = -1, since = Date.now(); Date.now() - since < quietMs; ) {
      if (this.#busy > 0 || calls !== this.calls.length) {
        calls = this.calls.length;
        since = Date.now();
      }
      await new Promise((done) => setTimeout(done, 5));
    }
  }

  /** The words of a message as they show: its blocks, or its text where it has none. */
  read(message: Posted): string {
    return message.blocks?.length ? readBlocks(message.blocks) : readMrkdwn(message.text, message.mrkdwn);
  }

  inbox(person: Person): Posted | undefined {
    const channel = this.direct(person).id;
    return this.messages.filter((one) => one.channel === channel && one.author !== person.id).at(-1);
  }

  modalOf(person: Person): OpenView | undefined {
    return [...this.views.values()].filter((one) => one.user === person.id).at(-1);
  }

  // ---- Requests to the bot --------------------------------------------------------------------------------------

  /** Slack's headers for a body. */
  sign(
    body: string,
    { secret = this.signingSecret, timestamp = Math.floor(this.now() / 1_000) } = {},
  ): Record<string, string> {
    const hash = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    return { "x-slack-request-timestamp": String(timestamp), "x-slack-signature": `v0=${hash}` };
  }

  /** The request that would carry a payload. */
  request(kind: "slash_commands" | "interactive" | "events_api", payload: Json): Request {
    const json = kind === "events_api";
    const form = kind === "interactive" ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
    const body = json ? JSON.stringify(payload) : new URLSearchParams(form).toString();
    const type = json ? "application/json" : "application/x-www-form-urlencoded";
    return { headers: { "content-type": type, ...this.sign(body) }, body };
  }

  async send(request: Request, headers: Record<string, string> = {}): Promise<Delivered> {
    const answer = await fetch(this.botUrl, {
      method: "POST",
      headers: { ...request.headers, ...headers },
      body: request.body,
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? undefined : asJson(text) };
  }

  /** The last delivery once more, as Slack repeats what was not acknowledged. */
  async redeliver(retry = 1): Promise<Delivered> {
    if (!this.#last) throw new Error("nothing was delivered yet");
    return this.send(this.#last, { "x-slack-retry-num": String(retry), "x-slack-retry-reason": "http_timeout" });
  }

  trigger(person: Person): string {
    const id = `${this.#serial}.${randomBytes(6).toString("hex")}`;
    this.#triggers.set(id, { user: person.id, at: this.now(), used: false });
    return id;
  }

  /** Text as Slack's clients send it: entities escaped, `@name` of a known person a mention. */
  wire(text: string): string {
    const escaped = text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? c);
    return escaped.replace(/@(\w+)/g, (whole, name: string) => {
      const person = [...this.people.values()].find((one) => one.name === name);
      const bot = [...this.teams.values()].find((team) => team.botUser === name);
      return person ? `<@${person.id}|${name}>` : bot ? `<@${name}>` : whole;
    });
  }

  async #deliver(kind: "slash_commands" | "interactive" | "events_api", payload: Json): Promise<Delivered> {
    if (this.transport === "socket") return this.#overSocket(kind, payload);
    this.#last = this.request(kind, payload);
    return this.send(this.#last);
  }

  async #overSocket(type: string, payload: Json): Promise<Delivered> {
    const [socket] = this.#live;
    if (!socket) throw new Error("no bot is connected by Socket Mode");
    const envelope_id = randomBytes(8).toString("hex");
    const acknowledged = new Promise<unknown>((resolve) => this.#acks.set(envelope_id, resolve));
    socket.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload: type !== "events_api" }));
    const timeout = new Promise<"late">((resolve) => setTimeout(() => resolve("late"), TRIGGER_MS).unref());
    const body = await Promise.race([acknowledged, timeout]);
    return body === "late" ? { status: 504, body: undefined } : { status: 200, body };
  }

  #connected(socket: WebSocket): void {
    this.#live.add(socket);
    socket.on("close", () => this.#live.delete(socket));
    socket.on("message", (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload: unknown };
      this.#acks.get(envelope_id)?.(payload);
      this.#acks.delete(envelope_id);
    });
    socket.send(JSON.stringify({ type: "hello", num_connections: 1, connection_info: { app_id: APP } }));
  }

  /** Closes the connections as Slack does when it moves them; a bot is to come back by itself. */
  dropSockets(): void {
    for (const socket of this.#live) socket.close();
  }

  get connected(): boolean {
    return this.#live.size > 0;
  }

  // ---- The Web API ----------------------------------------------------------------------------------------------

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    this.#busy += 1;
    try {
      let raw = "";
      for await (const chunk of req) raw += String(chunk);
      const path = req.url ?? "";
      if (path.startsWith("/response/")) {
        const taken = this.#toResponseUrl(`${this.url}${path}`, asJson(raw) as Json);
        return reply(res, taken ? 200 : 404, { ok: taken });
      }
      if (!path.startsWith("/api/")) return reply(res, 404, {});
      const method = path.slice("/api/".length);
      const args = decodeArgs(raw);
      const token = (req.headers.authorization ?? "").replace(/^Bearer /, "") || String(args.token ?? "");
      this.calls.push({ method, args, token });
      await this.#gate;
      const failure = this.#failures.shift();
      if (failure) return fail(res, failure, method);
      const result = this.#call(method, args, token);
      if (result.ok !== true && /invalid|unknown|no_text/.test(String(result.error)))
        this.refusals.push(`${method}: ${String(result.error)} ${String(result.detail ?? "")}`);
      reply(res, 200, result);
    } finally {
      this.#busy -= 1;
    }
  }

  #call(method: string, args: Json, token: string): Json {
    const fault = argumentFault(method, args);
    if (fault) return { ok: false, error: fault.split(":")[0], detail: fault };
    if (method === "oauth.v2.access") return this.#exchange(args);
    if (method === "apps.connections.open")
      return token === this.app.token
        ? { ok: true, url: `${this.url.replace("http", "ws")}/link?ticket=${randomBytes(4).toString("hex")}` }
        : { ok: false, error: "invalid_auth" };
    const bot = this.#bot(token);
    if ("error" in bot) return { ok: false, error: bot.error };
    switch (method) {
      case "auth.test":
        return { ok: true, url: `${this.url}/`, team_id: bot.team, user_id: bot.botUser, bot_id: bot.botId };
      case "users.info":
        return this.people.has(String(args.user))
          ? { ok: true, user: { id: args.user, name: this.people.get(String(args.user))?.name } }
          : { ok: false, error: "user_not_found" };
      case "conversations.open":
        return this.#openConversation(bot, String(args.users));
      case "chat.postMessage":
      case "chat.postEphemeral":
        return this.#post(bot, args, method === "chat.postEphemeral");
      case "chat.update":
      case "chat.delete":
        return this.#change(bot, args, method === "chat.delete");
      case "views.open":
      case "views.push":
        return this.#openView(args);
      case "views.update":
        return this.#updateView(args);
      case "views.publish":
        return this.#publish(args);
      default:
        return { ok: false, error: "unknown_method" };
    }
  }

  #bot(token: string): Bot | { error: string } {
    if (token === "") return { error: "not_authed" };
    const org = this.#orgTokens.get(token);
    if (org) return { ...org, serves: (team) => this.#team(team).enterprise === org.enterprise };
    const team = [...this.teams.values()].find((one) => one.token === token);
    if (!team) return { error: "invalid_auth" };
    if (!team.active) return { error: "account_inactive" };
    return { team: team.id, botUser: team.botUser, botId: team.botId, serves: (id) => id === team.id };
  }

  #openConversation(bot: Bot, user: string): Json {
    const person = this.people.get(user);
    if (!person || !bot.serves(person.team)) return { ok: false, error: "user_not_found" };
    if (person.disabled) return { ok: false, error: "user_disabled" };
    return { ok: true, channel: { id: this.direct(person).id } };
  }

  #post(bot: Bot, args: Json, ephemeral: boolean): Json {
    const channel = this.channels.get(String(args.channel));
    if (!channel || !bot.serves(channel.team)) return { ok: false, error: "channel_not_found" };
    const botUser = bot.team ? bot.botUser : this.#team(channel.team).botUser;
    if (!channel.members.has(botUser))
      return { ok: false, error: channel.kind === "im" ? "channel_not_found" : "not_in_channel" };
    if (channel.archived) return { ok: false, error: "is_archived" };
    if (ephemeral && !channel.members.has(String(args.user))) return { ok: false, error: "user_not_in_channel" };
    const faults = messageFaults(args);
    if (faults.length > 0) return { ok: false, error: "invalid_blocks", detail: faults.join("; ") };
    const message = this.#show(channel, botUser, args, ephemeral ? String(args.user) : undefined);
    if (ephemeral) return { ok: true, message_ts: message.ts };
    this.posted += 1;
    return { ok: true, channel: channel.id, ts: message.ts, message: this.#wireMessage(message) };
  }

  #show(channel: Channel, author: string, body: Json, onlyFor?: string): Posted {
    const message: Posted = {
      ts: this.#ts(),
      channel: channel.id,
      author,
      text: String(body.text ?? ""),
      mrkdwn: body.mrkdwn !== false && body.mrkdwn !== "false",
      ...(body.thread_ts ? { threadTs: String(body.thread_ts) } : {}),
      ...(onlyFor ? { onlyFor } : {}),
      ...(body.blocks ? { blocks: this.#withIds(body.blocks as Json[]) } : {}),
    };
    this.messages.push(message);
    this.effects.push({ kind: "message", user: onlyFor, message });
    return message;
  }

  #change(bot: Bot, args: Json, remove: boolean): Json {
    const message = this.#message(String(args.channel), String(args.ts));
    const channel = this.channels.get(String(args.channel));
    if (!channel || !bot.serves(channel.team)) return { ok: false, error: "channel_not_found" };
    if (!message || message.onlyFor) return { ok: false, error: "message_not_found" };
    if (message.author !== this.#team(channel.team).botUser) return { ok: false, error: "cant_update_message" };
    if (remove) {
      this.messages.splice(this.messages.indexOf(message), 1);
      return { ok: true, channel: channel.id, ts: message.ts };
    }
    const faults = messageFaults(args);
    if (faults.length > 0) return { ok: false, error: "invalid_blocks", detail: faults.join("; ") };
    this.#rewrite(message, args);
    return { ok: true, channel: channel.id, ts: message.ts, text: message.text };
  }

  #rewrite(message: Posted, body: Json): void {
    message.text = String(body.text ?? "");
    message.blocks = body.blocks ? this.#withIds(body.blocks as Json[]) : undefined;
    this.effects.push({ kind: "message", user: message.onlyFor, message });
  }

  #openView(args: Json): Json {
    const trigger = this.#triggers.get(String(args.trigger_id));
    if (!trigger) return { ok: false, error: "invalid_trigger_id" };
    if (trigger.used) return { ok: false, error: "exchanged_trigger_id" };
    if (this.now() - trigger.at > TRIGGER_MS) return { ok: false, error: "expired_trigger_id" };
    trigger.used = true;
    const faults = viewFaults(args.view);
    if (faults.length > 0) return { ok: false, error: "invalid_arguments", detail: faults.join("; ") };
    const open: OpenView = { id: this.#id("V"), hash: "", view: {}, values: {}, user: trigger.user, errors: {} };
    this.views.set(open.id, open);
    this.#draw(open, args.view as Json);
    return { ok: true, view: this.#wireView(open) };
  }

  #updateView(args: Json): Json {
    const open = this.views.get(String(args.view_id));
    if (!open) return { ok: false, error: "not_found" };
    if (args.hash !== undefined && args.hash !== open.hash) return { ok: false, error: "hash_conflict" };
    const faults = viewFaults(args.view);
    if (faults.length > 0) return { ok: false, error: "invalid_arguments", detail: faults.join("; ") };
    this.#draw(open, args.view as Json);
    return { ok: true, view: this.#wireView(open) };
  }

  #draw(open: OpenView, view: Json): void {
    open.view = { ...view, blocks: this.#withIds(view.blocks as Json[]) };
    open.hash = `${Math.floor(this.now() / 1_000)}.${randomBytes(4).toString("hex")}`;
    open.errors = {};
    const before = open.values;
    open.values = {};
    // What was typed stays where block and action keep their ids.
    for (const block of inputs(open.view)) {
      const name = String(block.block_id);
      const action = String((block.element as Json).action_id);
      const kept = (before[name] as Json | undefined)?.[action];
      open.values[name] = { [action]: kept ?? initialState(block.element as Json) };
    }
    this.effects.push({ kind: "modal", user: open.user, view: open });
  }

  #publish(args: Json): Json {
    if (!this.people.has(String(args.user_id))) return { ok: false, error: "user_not_found" };
    const faults = viewFaults(args.view);
    if (faults.length > 0) return { ok: false, error: "invalid_arguments", detail: faults.join("; ") };
    const view = args.view as Json;
    const drawn = { ...view, blocks: this.#withIds(view.blocks as Json[]) };
    this.homes.set(String(args.user_id), drawn);
    this.effects.push({ kind: "home", user: String(args.user_id), view: drawn });
    return { ok: true };
  }

  #exchange(args: Json): Json {
    if (args.client_id !== this.app.clientId || args.client_secret !== this.app.clientSecret)
      return { ok: false, error: "bad_client_secret" };
    const granted = this.#codes.get(String(args.code));
    this.#codes.delete(String(args.code));
    if (!granted) return { ok: false, error: "invalid_code" };
    if (granted.redirect !== args.redirect_uri) return { ok: false, error: "bad_redirect_uri" };
    const team = this.#team(granted.team);
    const common = {
      ok: true,
      token_type: "bot",
      scope: "commands,chat:write",
      app_id: APP,
      authed_user: { id: "U0INSTALLER" },
      enterprise: team.enterprise ? { id: team.enterprise, name: team.enterprise } : null,
    };
    if (granted.enterprise) {
      const token = `xoxb-org-${randomBytes(6).toString("hex")}`;
      const org = { enterprise: granted.enterprise, botUser: this.#id("U0BOT"), botId: this.#id("B") };
      this.#orgTokens.set(token, org);
      const bot = { access_token: token, bot_user_id: org.botUser };
      return { ...common, ...bot, team: null, is_enterprise_install: true };
    }
    team.active = true;
    const bot = { access_token: team.token, bot_user_id: team.botUser };
    return { ...common, ...bot, team: { id: team.id, name: team.name }, is_enterprise_install: false };
  }

  // ---- response_url and acknowledgements ------------------------------------------------------------------------

  #responseUrl(person: Person, channel: Channel, message?: Posted): string {
    const url = `${this.url}/response/${randomBytes(8).toString("hex")}`;
    this.#responseUrls.set(url, { user: person.id, channel: channel.id, message, uses: 0, at: this.now() });
    return url;
  }

  /** @returns whether the address was still good */
  #toResponseUrl(url: string, body: Json): boolean {
    const known = this.#responseUrls.get(url);
    this.calls.push({ method: "response_url", args: body, token: "" });
    if (!known || known.uses >= RESPONSE_URL_USES || this.now() - known.at > RESPONSE_URL_MS) return false;
    known.uses += 1;
    this.#answered(url, body);
    return true;
  }

  #answered(url: string, body: Json): void {
    const to = this.#responseUrls.get(url);
    if (!to) return;
    if (body.delete_original === true && to.message) {
      this.messages.splice(this.messages.indexOf(to.message), 1);
      return;
    }
    this.#accept(messageFaults(body), "answer");
    if (body.replace_original === true && to.message) {
      this.#rewrite(to.message, body);
      return;
    }
    const channel = this.#channel(to.channel);
    this.#show(
      channel,
      this.#team(channel.team).botUser,
      body,
      body.response_type === "in_channel" ? undefined : to.user,
    );
  }

  #submitted(open: OpenView, body: Json): void {
    switch (body.response_action) {
      case "errors": {
        const errors = body.errors as Json;
        const names = new Set(inputs(open.view).map((block) => block.block_id));
        const strangers = Object.keys(errors).filter((name) => !names.has(name));
        this.#accept([...strangers, ...(Object.keys(errors).length === 0 ? ["none"] : [])], "errors");
        open.errors = errors;
        this.effects.push({ kind: "modal", user: open.user, view: open });
        return;
      }
      case "update":
        this.#accept(viewFaults(body.view), "view");
        this.#draw(open, body.view as Json);
        return;
      default:
        this.#accept(Object.keys(body), "submission");
        this.views.delete(open.id);
        this.effects.push({ kind: "closed", user: open.user });
    }
  }

  /** What Slack refuses of an acknowledgement it tells nobody; here it fails the test. */
  #accept(faults: string[], what: string): void {
    if (faults.length === 0) return;
    this.refusals.push(`${what}: ${faults.join("; ")}`);
    throw new Error(`Slack refuses the ${what}: ${faults.join("; ")}`);
  }

  // ---- Payload parts --------------------------------------------------------------------------------------------

  async #act(person: Person, on: Posted | "home", acted: Json): Promise<Delivered> {
    const action = { ...acted, action_ts: this.#ts() };
    const common = {
      ...this.#interactive("block_actions", person),
      trigger_id: this.trigger(person),
      actions: [action],
    };
    if (on === "home") {
      const view = { id: "V0HOME", type: "home", ...this.homes.get(person.id) };
      return this.#deliver("interactive", { ...common, container: { type: "view", view_id: "V0HOME" }, view });
    }
    const channel = this.#channel(on.channel);
    const ephemeral = on.onlyFor !== undefined;
    const container = { type: "message", message_ts: on.ts, channel_id: channel.id, is_ephemeral: ephemeral };
    return this.#deliver("interactive", {
      ...common,
      container: on.threadTs ? { ...container, thread_ts: on.threadTs } : container,
      channel: { id: channel.id, name: channel.name },
      // Slack does not send the content of ephemeral messages back.
      ...(ephemeral ? {} : { message: this.#wireMessage(on) }),
      response_url: this.#responseUrl(person, channel, on),
    });
  }

  #find(person: Person, on: Posted | "home", match: (element: Json) => boolean): { element: Json; block: Json } {
    const blocks = on === "home" ? this.homes.get(person.id)?.blocks : on.blocks;
    const found = elementsOf(blocks).find(({ element }) => match(element));
    if (!found) throw new Error("no such button or menu there");
    return found;
  }

  #interactive(type: string, person: Person): Json {
    const team = this.#team(person.team);
    return {
      type,
      user: { id: person.id, username: person.name, name: person.name, team_id: person.team },
      api_app_id: APP,
      token: "legacy-verification-token",
      team: {
        id: team.id,
        domain: team.name.toLowerCase(),
        ...(team.enterprise ? { enterprise_id: team.enterprise, enterprise_name: team.enterprise } : {}),
      },
      enterprise: team.enterprise ? { id: team.enterprise, name: team.enterprise } : null,
      is_enterprise_install: false,
    };
  }

  #wireMessage(message: Posted): Json {
    const team = this.#team(this.#channel(message.channel).team);
    const ours = message.author === team.botUser;
    return {
      type: "message",
      user: message.author,
      ts: message.ts,
      text: message.text,
      team: team.id,
      ...(ours ? { bot_id: team.botId, app_id: APP } : {}),
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
      ...(message.blocks ? { blocks: message.blocks } : {}),
    };
  }

  #wireView(open: OpenView): Json {
    const team = this.#team(this.people.get(open.user)?.team ?? "");
    return {
      ...open.view,
      id: open.id,
      team_id: team.id,
      hash: open.hash,
      state: { values: open.values },
      previous_view_id: null,
      root_view_id: open.id,
      app_id: APP,
      app_installed_team_id: team.id,
      bot_id: team.botId,
    };
  }

  #modal(person: Person): OpenView {
    const open = this.modalOf(person);
    if (!open) throw new Error(`${person.name} has no form open`);
    return open;
  }

  #message(channel: string, ts: string): Posted | undefined {
    return this.messages.find((one) => one.channel === channel && one.ts === ts);
  }

  #addChannel(team: Team, name: string, kind: Channel["kind"], members: string[], shared = false): Channel {
    const id = this.#id(kind === "im" ? "D" : "C");
    const channel: Channel = {
      id,
      team: team.id,
      name,
      kind,
      members: new Set(members),
      ...(shared ? { shared } : {}),
    };
    this.channels.set(id, channel);
    return channel;
  }

  #team(id: string): Team {
    const team = this.teams.get(id);
    if (!team) throw new Error(`no workspace ${id}`);
    return team;
  }

  #channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`no channel ${id}`);
    return channel;
  }

  #withIds(blocks: Json[]): Json[] {
    return blocks.map((block) => ({ ...block, block_id: block.block_id ?? randomBytes(3).toString("hex") }));
  }

  #id(prefix: string): string {
    this.#serial += 1;
    const hash = createHash("sha256").update(`${prefix}${this.#serial}`).digest("hex").slice(0, 6).toUpperCase();
    return `${prefix}${String(this.#serial).padStart(3, "0")}${hash}`;
  }

  #ts(): string {
    this.#serial += 1;
    return `${Math.floor(this.now() / 1_000)}.${String(this.#serial).padStart(6, "0")}`;
  }
}

type Bot = { team?: string; botUser: string; botId: string; serves: (team: string) => boolean };

const inputs = (view: Json): Json[] => ((view.blocks ?? []) as Json[]).filter((block) => block.type === "input");

const held = (open: OpenView, block: Json): Json =>
  ((open.values[String(block.block_id)] as Json | undefined)?.[String((block.element as Json).action_id)] as Json) ??
  {};

function initialState(element: Json): Json {
  const { type } = element;
  switch (type) {
    case "plain_text_input":
      return { type, value: element.initial_value ?? null };
    case "checkboxes":
    case "multi_static_select":
    case "multi_external_select":
      return { type, selected_options: element.initial_options ?? [] };
    default:
      return { type, selected_option: element.initial_option ?? null };
  }
}

/** What a field holds once somebody typed or chose; options by value or by label. */
function inputState(element: Json, typed: string | string[]): Json {
  const { type } = element;
  if (type === "plain_text_input") {
    if (String(typed).length > Number(element.max_length ?? 3_000)) throw new Error("longer than the field takes");
    return { type, value: typed === "" ? null : typed };
  }
  const pick = (wanted: string): Json => {
    const options = element.options as Json[] | undefined;
    if (!options) return { text: { type: "plain_text", text: wanted, emoji: true }, value: wanted };
    const option = options.find((one) => one.value === wanted || readText(one.text) === wanted);
    if (!option) throw new Error(`the field offers no "${wanted}"`);
    return option;
  };
  const chosen = [typed]
    .flat()
    .filter((one) => one !== "")
    .map(pick);
  return String(type).startsWith("multi_") || type === "checkboxes"
    ? { type, selected_options: chosen }
    : { type, selected_option: chosen[0] ?? null };
}

const isEmpty = (state: Json): boolean =>
  (state.value ?? state.selected_option ?? null) === null && ((state.selected_options ?? []) as Json[]).length === 0;

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** web-api sends a form whose lists and objects are JSON. */
function decodeArgs(raw: string): Json {
  if (raw.startsWith("{")) return asJson(raw) as Json;
  const args = Object.fromEntries(new URLSearchParams(raw)) as Json;
  for (const name of ["blocks", "view"]) if (typeof args[name] === "string") args[name] = asJson(args[name] as string);
  return args;
}

function reply(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  res.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function fail(res: ServerResponse, how: Failure, method: string): void {
  if (how === "no_answer") res.destroy();
  else if (how === "rate_limited") reply(res, 429, { ok: false, error: "ratelimited" }, { "retry-after": "7" });
  else if (how === "server_error") reply(res, 503, {});
  else if (how === "account_gone")
    reply(res, 200, { ok: false, error: method === "conversations.open" ? "user_disabled" : "user_not_found" });
  else if ("status" in how) reply(res, how.status, {}, how.headers);
  else reply(res, 200, { ok: false, error: how.error });
}
