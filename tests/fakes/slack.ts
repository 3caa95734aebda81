import { createHmac, randomBytes } from "node:crypto";
import { type WebSocket, WebSocketServer } from "ws";
import { asJson, SlackApi } from "./slack/api.js";
import { held, inputState, inputs, isEmpty } from "./slack/inputs.js";
import { userInfo } from "./slack/membership.js";
import { APP, type Channel, type Json, type OpenView, type Person, type Posted, type Team } from "./slack/model.js";
import { elementsOf, readText } from "./slack/read.js";
import { optionFaults, viewFaults } from "./slack/rules.js";

export type { Failure } from "./slack/api.js";
export type { Channel, Effect, OpenView, Person, Posted, Team } from "./slack/model.js";

export type Delivered = { status: number; body: unknown };
/** One signed request, kept so that it can be delivered again to the byte. */
export type Request = { headers: Record<string, string>; body: string };

const ACK_MS = 3_000;

/**
 * Slack on loopback, as strict as the real one where its rules are known: unknown methods and arguments, bad tokens,
 * invalid blocks, triggers used twice or late are refused. People act through it; what they then see is read back
 * from what really arrived.
 */
export class FakeSlack extends SlackApi {
  readonly signingSecret = "8f742231b10e8888abcd99yyyzzz85a5";
  /** How the bot is reached. */
  transport: "http" | "socket" = "http";
  botUrl = "";
  #sockets: WebSocketServer | undefined;
  #live = new Set<WebSocket>();
  #acks = new Map<string, (payload: unknown) => void>();
  #last: Request | undefined;

  override async start(): Promise<this> {
    await super.start();
    this.#sockets = new WebSocketServer({ server: this.server, path: "/link" });
    this.#sockets.on("connection", (socket) => this.#connected(socket));
    return this;
  }

  override async stop(): Promise<void> {
    for (const socket of this.#live) socket.terminate();
    this.#sockets?.close();
    await super.stop();
  }

  /** Coord is removed from a workspace: the token dies and the bot is told. */
  async uninstall(team: Team): Promise<Delivered> {
    team.active = false;
    return this.event(team, { type: "app_uninstalled" });
  }

  /** `/coord text`; with "escape channels, users and links" on, as the manifest has it. */
  async command(person: Person, text: string, channel: Channel): Promise<Delivered> {
    const team = this.teamOf(person.team);
    const responseUrl = this.newResponseUrl(person, channel);
    const answer = await this.#deliver("slash_commands", {
      token: "legacy-verification-token",
      team_id: team.id,
      team_domain: team.name.toLowerCase(),
      ...(team.enterprise ? { enterprise_id: team.enterprise, enterprise_name: team.enterprise } : {}),
      channel_id: channel.id,
      channel_name: channel.kind === "im" ? "directmessage" : channel.private ? "privategroup" : channel.name,
      user_id: person.id,
      user_name: person.name,
      command: "/coord",
      text: this.wire(text, team),
      api_app_id: APP,
      is_enterprise_install: "false",
      response_url: responseUrl,
      trigger_id: this.trigger(person),
    });
    const body = answer.body as Json | undefined;
    if (answer.status === 200 && body && Object.keys(body).length > 0) this.answered(responseUrl, body);
    return answer;
  }

  /** Words typed into a conversation. @returns all deliveries that this caused */
  async say(person: Person, text: string, channel: Channel, threadTs?: string): Promise<Delivered[]> {
    const team = this.teamOf(channel.team);
    const wire = this.wire(text, team);
    const said: Posted = {
      ts: this.nextTs(),
      channel: channel.id,
      author: person.id,
      text: wire,
      mrkdwn: true,
      threadTs,
    };
    this.messages.push(said);
    const root = threadTs ? this.messageAt(channel.id, threadTs) : undefined;
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

  async join(person: Person, channel: Channel, inviter?: Person): Promise<Delivered> {
    channel.members.add(person.id);
    return this.#membership("member_joined_channel", person, channel, inviter);
  }

  async leave(person: Person, channel: Channel): Promise<Delivered> {
    channel.members.delete(person.id);
    return this.#membership("member_left_channel", person, channel);
  }

  /** Another organisation takes up its invitation. */
  async share(channel: Channel, other: Team): Promise<Delivered> {
    channel.shared = true;
    const event = { type: "channel_shared", connected_team_id: other.id, channel: channel.id };
    return this.event(this.teamOf(channel.team), { ...event, event_ts: this.nextTs() }, true);
  }

  async unshare(channel: Channel, other: Team): Promise<Delivered> {
    channel.shared = false;
    const event = { type: "channel_unshared", previously_connected_team_id: other.id, channel: channel.id };
    return this.event(this.teamOf(channel.team), { ...event, is_ext_shared: false, event_ts: this.nextTs() });
  }

  /** Something of somebody changes; Slack tells every app of the workspace, whatever it was. */
  async changeMember(person: Person, what: Partial<Omit<Person, "id" | "team">>): Promise<Delivered> {
    Object.assign(person, what);
    const { user } = userInfo(this, person.id, (team) => team === person.team);
    const ts = this.nextTs();
    return this.event(this.teamOf(person.team), { type: "user_change", user, cache_ts: Number(ts), event_ts: ts });
  }

  async openHome(person: Person): Promise<Delivered> {
    const event = { type: "app_home_opened", user: person.id, channel: this.direct(person).id, tab: "home" };
    return this.event(this.teamOf(person.team), { ...event, event_ts: this.nextTs() });
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
      view: this.wireView(open),
    });
    const options = ((body as Json | undefined)?.options ?? []) as Json[];
    if (options.length > 0) this.accept(optionFaults({ options }, 100), "options");
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
      view: this.wireView(open),
      response_urls: [],
    });
    if (answer.status === 200) this.#submitted(open, (answer.body ?? {}) as Json);
    return answer;
  }

  /** The message shortcut "Make a task of this". */
  async pointAt(person: Person, message: Posted, callback = "task_from_message"): Promise<Delivered> {
    const channel = this.channelOf(message.channel);
    return this.#deliver("interactive", {
      ...this.#interactive("message_action", person),
      action_ts: this.nextTs(),
      channel: { id: channel.id, name: channel.name },
      callback_id: callback,
      trigger_id: this.trigger(person),
      message_ts: message.ts,
      message: this.wireMessage(message),
      response_url: this.newResponseUrl(person, channel),
    });
  }

  /** The global shortcut. */
  async shortcut(person: Person, callback = "task_new"): Promise<Delivered> {
    return this.#deliver("interactive", {
      ...this.#interactive("shortcut", person),
      action_ts: this.nextTs(),
      callback_id: callback,
      trigger_id: this.trigger(person),
    });
  }

  async #membership(type: string, person: Person, channel: Channel, inviter?: Person): Promise<Delivered> {
    return this.event(
      this.teamOf(channel.team),
      {
        type,
        user: person.id,
        channel: channel.id,
        channel_type: channel.private ? "G" : "C",
        team: person.team,
        ...(inviter ? { inviter: inviter.id } : {}),
        event_ts: this.nextTs(),
      },
      channel.shared === true,
    );
  }

  async event(team: Team, event: Json, external = false): Promise<Delivered> {
    return this.#deliver("events_api", {
      token: "legacy-verification-token",
      team_id: team.id,
      ...(team.enterprise ? { enterprise_id: team.enterprise } : {}),
      api_app_id: APP,
      event,
      type: "event_callback",
      event_id: this.nextId("Ev"),
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
    this.codes.set(code, {
      team: team.id,
      redirect,
      ...(org && team.enterprise ? { enterprise: team.enterprise } : {}),
    });
    const back = new URL(redirect);
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.searchParams.get("state") ?? "");
    return back;
  }

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
    const body = json ? JSON.stringify(payload) : formOf(kind === "interactive" ? { payload } : payload);
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

  /** Text as Slack's clients send it: entities escaped, `@name` of somebody in that workspace (or its bot) a mention. */
  wire(text: string, team: Team): string {
    const escaped = text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? c);
    return escaped.replace(/@(\w+)/g, (whole, name: string) => {
      // By id people are mentioned whose workspace is another one, as the client offers them in a shared channel.
      const person = [...this.people.values()].find(
        (one) => one.id === name || (one.team === team.id && one.name === name),
      );
      const bot = [...this.teams.values()].find((team) => team.botUser === name);
      return person ? `<@${person.id}|${name}>` : bot ? `<@${name}>` : whole;
    });
  }

  /** Closes the connections as Slack does when it moves them; a bot is to come back by itself. */
  dropSockets(): void {
    for (const socket of this.#live) socket.close();
  }

  get connected(): boolean {
    return this.#live.size > 0;
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
    const timeout = new Promise<"late">((resolve) => setTimeout(() => resolve("late"), ACK_MS).unref());
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

  #submitted(open: OpenView, body: Json): void {
    switch (body.response_action) {
      case "errors": {
        const errors = body.errors as Json;
        const names = new Set(inputs(open.view).map((block) => block.block_id));
        const strangers = Object.keys(errors).filter((name) => !names.has(name));
        this.accept([...strangers, ...(Object.keys(errors).length === 0 ? ["none"] : [])], "errors");
        open.errors = errors;
        this.effects.push({ kind: "modal", user: open.user, view: open });
        return;
      }
      case "update":
        this.accept(viewFaults(body.view), "view");
        this.draw(open, body.view as Json);
        return;
      default:
        this.accept(Object.keys(body), "submission");
        this.closeModal(open);
    }
  }

  async #act(person: Person, on: Posted | "home", acted: Json): Promise<Delivered> {
    const action = { ...acted, action_ts: this.nextTs() };
    const common = {
      ...this.#interactive("block_actions", person),
      trigger_id: this.trigger(person),
      actions: [action],
    };
    if (on === "home") {
      const view = { id: "V0HOME", type: "home", ...this.homes.get(person.id) };
      return this.#deliver("interactive", { ...common, container: { type: "view", view_id: "V0HOME" }, view });
    }
    const channel = this.channelOf(on.channel);
    const ephemeral = on.onlyFor !== undefined;
    const container = { type: "message", message_ts: on.ts, channel_id: channel.id, is_ephemeral: ephemeral };
    return this.#deliver("interactive", {
      ...common,
      container: on.threadTs ? { ...container, thread_ts: on.threadTs } : container,
      channel: { id: channel.id, name: channel.name },
      // Slack does not send the content of ephemeral messages back.
      ...(ephemeral ? {} : { message: this.wireMessage(on) }),
      response_url: this.newResponseUrl(person, channel, on),
    });
  }

  #find(person: Person, on: Posted | "home", match: (element: Json) => boolean): { element: Json; block: Json } {
    const blocks = on === "home" ? this.homes.get(person.id)?.blocks : on.blocks;
    const found = elementsOf(blocks).find(({ element }) => match(element));
    if (!found) throw new Error("no such button or menu there");
    return found;
  }

  #interactive(type: string, person: Person): Json {
    const team = this.teamOf(person.team);
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

  #modal(person: Person): OpenView {
    const open = this.modalOf(person);
    if (!open) throw new Error(`${person.name} has no form open`);
    return open;
  }
}

/** A form as Slack writes it: what is no text is written as JSON (`payload` of an interaction, and damaged fields). */
const formOf = (fields: Json): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  ).toString();
