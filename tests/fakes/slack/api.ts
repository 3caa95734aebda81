import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { initialState, inputs } from "./inputs.js";
import { channelInfo, membersPage, readScope, userInfo } from "./membership.js";
import { argumentFault } from "./methods.js";
import { APP, type Channel, type Json, type OpenView, type Person, type Posted, SlackModel } from "./model.js";
import { messageFaults, viewFaults } from "./rules.js";

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

const TRIGGER_MS = 3_000;
/** Slack lets go of a modal after a day. */
const VIEW_MS = 86_400_000;
const RESPONSE_URL_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

export type Bot = { team?: string; botUser: string; botId: string; serves: (team: string) => boolean };

/** The Web API on loopback, and the addresses for answering (`response_url`). */
export class SlackApi extends SlackModel {
  readonly app = { id: APP, clientId: "111.222", clientSecret: "c0ffee-client-secret", token: "xapp-1-fake-token" };
  readonly calls: Call[] = [];
  /** Messages (no updates) that the Web API took. */
  posted = 0;
  protected server: Server | undefined;
  protected failures: { how: Failure; method?: string }[] = [];
  protected gate: { method?: string; open: Promise<void> } | undefined;
  protected triggers = new Map<string, Trigger>();
  protected responseUrls = new Map<string, ResponseUrl>();
  protected codes = new Map<string, { team: string; enterprise?: string; redirect: string }>();
  /** Of auth.teams.list: fewer than asked for, as Slack may give. */
  teamsAPage = 1;
  protected orgTokens = new Map<string, { enterprise: string; botUser: string; botId: string }>();
  protected busy = 0;

  async start(): Promise<this> {
    const server = createServer((req, res) => void this.serve(req, res));
    this.server = server;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return this;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }

  get url(): string {
    const address = this.server?.address() as AddressInfo | undefined;
    if (!address) throw new Error("the fake is not started");
    return `http://127.0.0.1:${address.port}`;
  }

  get apiUrl(): string {
    return `${this.url}/api`;
  }

  /** The next call of the Web API fails so, or the next one of that method. */
  failNext(how: Failure, method?: string): void {
    this.failures.push({ how, method });
  }

  /** Holds back every answer of the Web API, or those of one method, until it is let go. */
  hold(method?: string): () => void {
    let letGo = () => {};
    const open = new Promise<void>((done) => {
      letGo = done;
    });
    this.gate = { method, open };
    return letGo;
  }

  /** Waits until the bot has made its calls after the acknowledgement. */
  async settle(quietMs = 30): Promise<void> {
    for (let calls = -1, since = Date.now(); Date.now() - since < quietMs; ) {
      if (this.busy > 0 || calls !== this.calls.length) {
        calls = this.calls.length;
        since = Date.now();
      }
      await new Promise((done) => setTimeout(done, 5));
    }
  }

  trigger(person: Person): string {
    const id = `${this.serial}.${randomBytes(6).toString("hex")}`;
    this.triggers.set(id, { user: person.id, at: this.now(), used: false });
    return id;
  }

  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    this.busy += 1;
    try {
      let raw = "";
      for await (const chunk of req) raw += String(chunk);
      const path = req.url ?? "";
      if (path.startsWith("/response/")) {
        const taken = this.toResponseUrl(`${this.url}${path}`, asJson(raw) as Json);
        return reply(res, taken ? 200 : 404, { ok: taken });
      }
      if (!path.startsWith("/api/")) return reply(res, 404, {});
      const method = path.slice("/api/".length);
      const args = decodeArgs(raw);
      const token = (req.headers.authorization ?? "").replace(/^Bearer /, "") || String(args.token ?? "");
      this.calls.push({ method, args, token });
      if (this.gate && (this.gate.method ?? method) === method) await this.gate.open;
      const failing = this.failures.findIndex((one) => one.method === undefined || one.method === method);
      const [failure] = failing < 0 ? [] : this.failures.splice(failing, 1);
      if (failure) return fail(res, failure.how, method);
      const result = this.call(method, args, token);
      const scopes = [...this.teams.values()].find((team) => team.token === token)?.scopes;
      if (result.ok !== true && /invalid|unknown|no_text/.test(String(result.error)))
        this.refusals.push(`${method}: ${String(result.error)} ${String(result.detail ?? "")}`);
      reply(res, 200, result, scopes ? { "x-oauth-scopes": [...scopes].join(",") } : {});
    } finally {
      this.busy -= 1;
    }
  }

  private call(method: string, args: Json, token: string): Json {
    const fault = argumentFault(method, args);
    if (fault) return { ok: false, error: fault.split(":")[0], detail: fault };
    if (method === "oauth.v2.access") return this.exchange(args);
    if (method === "apps.connections.open")
      return token === this.app.token
        ? { ok: true, url: `${this.url.replace("http", "ws")}/link?ticket=${randomBytes(4).toString("hex")}` }
        : { ok: false, error: "invalid_auth" };
    const bot = this.bot(token);
    if ("error" in bot) return { ok: false, error: bot.error };
    switch (method) {
      case "auth.test":
        return { ok: true, url: `${this.url}/`, team_id: bot.team, user_id: bot.botUser, bot_id: bot.botId };
      case "auth.teams.list": {
        const all = [...this.teams.values()].filter(({ id }) => bot.serves(id));
        const from = Number(args.cursor ?? 0);
        const to = from + Math.min(Number(args.limit ?? 100), this.teamsAPage);
        return {
          ok: true,
          teams: all.slice(from, to).map(({ id, name }) => ({ id, name })),
          response_metadata: { next_cursor: to < all.length ? String(to) : "" },
        };
      }
      case "users.info":
        return this.lacks(bot, "users:read") ?? userInfo(this, String(args.user), bot.serves);
      case "conversations.info":
      case "conversations.members": {
        const channel = this.channels.get(String(args.channel));
        if (!channel || !bot.serves(channel.team)) return { ok: false, error: "channel_not_found" };
        const botUser = bot.team ? bot.botUser : this.teamOf(channel.team).botUser;
        // A private channel does not exist for who is not in it.
        const hidden = channel.private || channel.kind !== "channel";
        if (hidden && !channel.members.has(botUser)) return { ok: false, error: "channel_not_found" };
        const missing = this.lacks(bot, readScope(channel));
        if (missing) return missing;
        return method === "conversations.info" ? channelInfo(this, channel, botUser) : membersPage(channel, args);
      }
      case "conversations.open":
        return this.openConversation(bot, String(args.users));
      case "chat.postMessage":
      case "chat.postEphemeral":
        return this.post(bot, args, method === "chat.postEphemeral");
      case "chat.update":
      case "chat.delete":
        return this.change(bot, args, method === "chat.delete");
      case "views.open":
      case "views.push":
        return this.openView(bot, args);
      case "views.update":
        return this.updateView(bot, args);
      case "views.publish":
        return this.publish(args);
      default:
        return { ok: false, error: "unknown_method" };
    }
  }

  private bot(token: string): Bot | { error: string } {
    if (token === "") return { error: "not_authed" };
    const org = this.orgTokens.get(token);
    if (org) return { ...org, serves: (team) => this.teamOf(team).enterprise === org.enterprise };
    const team = [...this.teams.values()].find((one) => one.token === token);
    if (!team) return { error: "invalid_auth" };
    if (!team.active) return { error: "account_inactive" };
    return { team: team.id, botUser: team.botUser, botId: team.botId, serves: (id) => id === team.id };
  }

  /** The refusal where the installation was not granted a scope. */
  private lacks(bot: Bot, scope: string): Json | undefined {
    const granted = bot.team && this.teams.get(bot.team)?.scopes;
    if (!granted || granted.has(scope)) return undefined;
    return { ok: false, error: "missing_scope", needed: scope, provided: [...granted].join(",") };
  }

  private openConversation(bot: Bot, user: string): Json {
    const person = this.people.get(user);
    if (!person || !bot.serves(person.team)) return { ok: false, error: "user_not_found" };
    if (person.disabled) return { ok: false, error: "user_disabled" };
    return { ok: true, channel: { id: this.direct(person).id } };
  }

  private post(bot: Bot, args: Json, ephemeral: boolean): Json {
    const channel = this.channels.get(String(args.channel));
    if (!channel || !bot.serves(channel.team)) return { ok: false, error: "channel_not_found" };
    const botUser = bot.team ? bot.botUser : this.teamOf(channel.team).botUser;
    if (!channel.members.has(botUser))
      return { ok: false, error: channel.kind === "im" ? "channel_not_found" : "not_in_channel" };
    if (channel.archived) return { ok: false, error: "is_archived" };
    if (ephemeral && !channel.members.has(String(args.user))) return { ok: false, error: "user_not_in_channel" };
    const faults = messageFaults(args);
    if (faults.length > 0) return { ok: false, error: "invalid_blocks", detail: faults.join("; ") };
    const message = this.show(channel, botUser, args, ephemeral ? String(args.user) : undefined);
    if (ephemeral) return { ok: true, message_ts: message.ts };
    this.posted += 1;
    return { ok: true, channel: channel.id, ts: message.ts, message: this.wireMessage(message) };
  }

  private change(bot: Bot, args: Json, remove: boolean): Json {
    const message = this.messageAt(String(args.channel), String(args.ts));
    const channel = this.channels.get(String(args.channel));
    if (!channel || !bot.serves(channel.team)) return { ok: false, error: "channel_not_found" };
    if (!message || message.onlyFor) return { ok: false, error: "message_not_found" };
    if (message.author !== this.teamOf(channel.team).botUser) return { ok: false, error: "cant_update_message" };
    if (remove) {
      this.messages.splice(this.messages.indexOf(message), 1);
      return { ok: true, channel: channel.id, ts: message.ts };
    }
    const faults = messageFaults(args);
    if (faults.length > 0) return { ok: false, error: "invalid_blocks", detail: faults.join("; ") };
    this.rewrite(message, args);
    return { ok: true, channel: channel.id, ts: message.ts, text: message.text };
  }

  private openView(bot: Bot, args: Json): Json {
    const trigger = this.triggers.get(String(args.trigger_id));
    if (!trigger || !bot.serves(this.people.get(trigger.user)?.team ?? ""))
      return { ok: false, error: "invalid_trigger_id" };
    if (trigger.used) return { ok: false, error: "exchanged_trigger_id" };
    if (this.now() - trigger.at > TRIGGER_MS) return { ok: false, error: "expired_trigger_id" };
    trigger.used = true;
    const faults = viewFaults(args.view);
    if (faults.length > 0) return { ok: false, error: "invalid_arguments", detail: faults.join("; ") };
    const open: OpenView = {
      id: this.nextId("V"),
      hash: "",
      view: {},
      values: {},
      user: trigger.user,
      errors: {},
      at: this.now(),
    };
    this.views.set(open.id, open);
    this.draw(open, args.view as Json);
    return { ok: true, view: this.wireView(open) };
  }

  /** A view that was closed, that is too old or that another workspace's token opened does not exist. */
  private updateView(bot: Bot, args: Json): Json {
    const open = this.views.get(String(args.view_id));
    const there = open && this.now() - open.at <= VIEW_MS && bot.serves(this.people.get(open.user)?.team ?? "");
    if (!there) return { ok: false, error: "not_found" };
    if ((args.view as Json | undefined)?.type !== open.view.type)
      return { ok: false, error: "invalid_arguments", detail: "another type of view" };
    if (args.hash !== undefined && args.hash !== open.hash) return { ok: false, error: "hash_conflict" };
    const faults = viewFaults(args.view);
    if (faults.length > 0) return { ok: false, error: "invalid_arguments", detail: faults.join("; ") };
    this.draw(open, args.view as Json);
    return { ok: true, view: this.wireView(open) };
  }

  protected draw(open: OpenView, view: Json): void {
    open.view = { ...view, blocks: this.withIds(view.blocks as Json[]) };
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

  private publish(args: Json): Json {
    if (!this.people.has(String(args.user_id))) return { ok: false, error: "user_not_found" };
    const faults = viewFaults(args.view);
    if (faults.length > 0) return { ok: false, error: "invalid_arguments", detail: faults.join("; ") };
    const view = args.view as Json;
    const drawn = { ...view, blocks: this.withIds(view.blocks as Json[]) };
    this.homes.set(String(args.user_id), drawn);
    this.effects.push({ kind: "home", user: String(args.user_id), view: drawn });
    return { ok: true };
  }

  private exchange(args: Json): Json {
    if (args.client_id !== this.app.clientId || args.client_secret !== this.app.clientSecret)
      return { ok: false, error: "bad_client_secret" };
    const granted = this.codes.get(String(args.code));
    this.codes.delete(String(args.code));
    if (!granted) return { ok: false, error: "invalid_code" };
    if (granted.redirect !== args.redirect_uri) return { ok: false, error: "bad_redirect_uri" };
    const team = this.teamOf(granted.team);
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
      const org = { enterprise: granted.enterprise, botUser: this.nextId("U0BOT"), botId: this.nextId("B") };
      this.orgTokens.set(token, org);
      const bot = { access_token: token, bot_user_id: org.botUser };
      return { ...common, ...bot, team: null, is_enterprise_install: true };
    }
    team.active = true;
    const bot = { access_token: team.token, bot_user_id: team.botUser };
    return { ...common, ...bot, team: { id: team.id, name: team.name }, is_enterprise_install: false };
  }

  protected newResponseUrl(person: Person, channel: Channel, message?: Posted): string {
    const url = `${this.url}/response/${randomBytes(8).toString("hex")}`;
    this.responseUrls.set(url, { user: person.id, channel: channel.id, message, uses: 0, at: this.now() });
    return url;
  }

  /** @returns whether the address was still good */
  private toResponseUrl(url: string, body: Json): boolean {
    const known = this.responseUrls.get(url);
    this.calls.push({ method: "response_url", args: body, token: "" });
    if (!known || known.uses >= RESPONSE_URL_USES || this.now() - known.at > RESPONSE_URL_MS) return false;
    known.uses += 1;
    this.answered(url, body);
    return true;
  }

  protected answered(url: string, body: Json): void {
    const to = this.responseUrls.get(url);
    if (!to) return;
    if (body.delete_original === true && to.message) {
      this.messages.splice(this.messages.indexOf(to.message), 1);
      return;
    }
    this.accept(messageFaults(body), "answer");
    if (body.replace_original === true && to.message) {
      this.rewrite(to.message, body);
      return;
    }
    const channel = this.channelOf(to.channel);
    this.show(
      channel,
      this.teamOf(channel.team).botUser,
      body,
      body.response_type === "in_channel" ? undefined : to.user,
    );
  }
}

export const asJson = (text: string): unknown => {
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
