import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AccountRef } from "../../src/chat/index.js";
import { activityErrors, cardErrors, type Where } from "./teams/checks.js";
import { createIssuer, type Issuer } from "./teams/issuer.js";

/**
 * A strict fake of what stands around a Teams bot: token issuer, login service and Bot Connector on loopback, with
 * people, tenants and conversations. It refuses whatever the real ones would, and keeps a list of every refusal.
 */

type Json = { [key: string]: unknown };
/** `guest`: in the tenant's directory, of another organisation. `silent`: an old connector tells neither role nor tenant. */
export type Person = AccountRef & { displayName: string; mri: string; guest?: true; silent?: true };
export type Conversation = {
  id: string;
  tenant: string;
  kind: "personal" | "groupChat" | "channel";
  members: Person[];
  /** Of a channel: the team's id, which is its general channel's, and what kind of channel it is. */
  team?: string;
  type?: "standard" | "private" | "shared";
};
/** A message as it now stands in a conversation. */
export type Posted = { conversation: Conversation; id: string; root?: string; activity: Json; updates: number };
export type Failure = { status: number; code?: string; headers?: Record<string, string> } | "cut_connection";
export type Answer = { status: number; body: unknown };
type SignOptions = { claims?: Json; wrong?: Parameters<Issuer["sign"]>[1]; token?: string };

export class FakeTeams {
  readonly appId = randomUUID();
  readonly password = `secret-${randomUUID()}`;
  readonly appTenant = randomUUID();
  /** Where the bot listens; set by whoever starts it. */
  botUrl = "";
  readonly posts: Posted[] = [];
  /** Every request refused, with the reason: empty at the end of a good test. */
  readonly refusals: string[] = [];
  tokensGiven = 0;
  readonly calls: { method: string; path: string; text: string }[] = [];
  readonly #people: Person[] = [];
  readonly #conversations = new Map<string, Conversation>();
  readonly #installed = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #tokens = new Set<string>();
  readonly #path = `/${randomUUID()}`;
  readonly #failures: Failure[] = [];
  #origin = "";
  #last = Date.UTC(2026, 0, 1);

  private constructor(
    private readonly server: Server,
    private readonly issuer: Issuer,
  ) {}

  static async start(): Promise<FakeTeams> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const path = `/${randomUUID()}`;
    const fake = new FakeTeams(server, await createIssuer(path));
    fake.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // The SDK keeps keys per metadata address for a day, and ports are used again: the path is new each time.
    server.on("request", (request, response) => {
      fake.#serve(request, response, path).catch((error: unknown) => {
        fake.refusals.push(`fake failed: ${error}`);
        response.destroy();
      });
    });
    fake.metadataUrl = `${fake.#origin}${path}/openid`;
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  metadataUrl = "";
  get loginUrl(): string {
    return `${this.#origin}/login`;
  }
  get serviceUrl(): string {
    return `${this.#origin}${this.#path}/`;
  }
  get host(): string {
    return this.#origin.replace("http://", "");
  }

  // People and conversations

  addPerson(tenant: string, displayName: string, as: Pick<Person, "guest" | "silent"> = {}): Person {
    const user = randomUUID();
    const mri = `29:1${user.replaceAll("-", "")}`;
    const person: Person = { platform: "teams", tenant, user, displayName, mri, ...as };
    this.#people.push(person);
    return person;
  }

  addConversation(kind: Conversation["kind"], members: Person[]): Conversation {
    const [first] = members;
    if (!first) throw new Error("a conversation has members");
    const thread = randomUUID().replaceAll("-", "");
    const id = kind === "personal" ? `a:1${thread}` : `19:${thread}@thread.${kind === "channel" ? "tacv2" : "v2"}`;
    const conversation = { id, tenant: first.tenant, kind, members };
    this.#conversations.set(id, conversation);
    return conversation;
  }

  /** A channel of a team beside its general one. A private or shared one has members of its own. */
  addChannel(general: Conversation, type: "standard" | "private" | "shared", members = general.members): Conversation {
    const channel = this.addConversation("channel", members);
    Object.assign(channel, { team: general.id, type, tenant: general.tenant });
    return channel;
  }

  /** Somebody comes to a team or a group chat, and the bot is told as Teams tells it: in the general channel. */
  async join(person: Person, conversation: Conversation, by: Person): Promise<Answer> {
    conversation.members.push(person);
    return this.#membership("membersAdded", "teamMemberAdded", person, conversation, by);
  }

  async leave(person: Person, conversation: Conversation, by: Person): Promise<Answer> {
    conversation.members.splice(conversation.members.indexOf(person), 1);
    return this.#membership("membersRemoved", "teamMemberRemoved", person, conversation, by);
  }

  async #membership(what: string, eventType: string, person: Person, conversation: Conversation, by: Person) {
    const activity = this.activity({ type: "conversationUpdate", [what]: [{ id: person.mri }] }, by, conversation);
    // Of who did it Teams tells the Teams id alone.
    activity.from = { id: by.mri };
    const { tenant, id } = conversation;
    if (conversation.kind === "channel") activity.channelData = { team: { id }, eventType, tenant: { id: tenant } };
    return this.deliver(activity);
  }

  personalOf(person: Person): Conversation {
    const mine = [...this.#conversations.values()].find(
      (each) => each.kind === "personal" && each.members[0] === person,
    );
    return mine ?? this.addConversation("personal", [person]);
  }

  /** The app is there for this person; the bot is told, as Teams tells it. */
  async install(person: Person): Promise<Answer> {
    this.#installed.add(person.user);
    return this.send({ type: "installationUpdate", action: "add" }, person, this.personalOf(person));
  }

  async uninstall(person: Person): Promise<Answer> {
    this.#installed.delete(person.user);
    return this.send({ type: "installationUpdate", action: "remove" }, person, this.personalOf(person));
  }

  /** Coord is taken out of a team or a group chat, and the bot is not told. */
  remove(conversation: Conversation): void {
    this.#removed.add(conversation.id);
  }

  /** The app is there for this person, and the bot was not told: an administrator installed it for all. */
  allow(person: Person): void {
    this.#installed.add(person.user);
  }

  // To the bot

  newId(): string {
    this.#last += 1_000;
    return String(this.#last);
  }

  activity(what: Json, from: Person, conversation: Conversation, root?: string): Json {
    return {
      id: what.type === "message" ? this.newId() : `f:${randomUUID()}`,
      timestamp: new Date(this.#last).toISOString(),
      channelId: "msteams",
      serviceUrl: this.serviceUrl,
      from: { id: from.mri, name: from.displayName, aadObjectId: from.user },
      recipient: { id: `28:${this.appId}`, name: "Coord" },
      conversation: {
        id: root ? `${conversation.id};messageid=${root}` : conversation.id,
        conversationType: conversation.kind,
        tenantId: conversation.tenant,
        ...(conversation.kind === "personal" ? {} : { isGroup: true }),
      },
      channelData: {
        tenant: { id: conversation.tenant },
        ...(conversation.kind === "channel"
          ? {
              team: { id: conversation.team ?? conversation.id },
              channel: { id: conversation.id, ...(conversation.type ? { type: conversation.type } : {}) },
            }
          : {}),
      },
      entities: [
        { type: "clientInfo", locale: "en-US", country: "US", platform: "Windows", timezone: "Europe/Athens" },
      ],
      locale: "en-US",
      ...what,
    };
  }

  async send(what: Json, from: Person, conversation: Conversation, root?: string): Promise<Answer> {
    return this.deliver(this.activity(what, from, conversation, root));
  }

  async token(serviceUrl: unknown, options: SignOptions = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.issuer.issuer,
      aud: this.appId,
      nbf: now - 60,
      exp: now + 3_600,
      serviceurl: serviceUrl,
    };
    return this.issuer.sign({ ...claims, ...options.claims }, options.wrong);
  }

  /** Signed and sent as the connector does. */
  async deliver(activity: Json, options: SignOptions = {}): Promise<Answer> {
    const token = options.token ?? (await this.token(activity.serviceUrl, options));
    return this.raw(JSON.stringify(activity), token === "" ? {} : { authorization: `Bearer ${token}` });
  }

  async raw(body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.botUrl, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    const text = await response.text();
    try {
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    } catch {
      return { status: response.status, body: text };
    }
  }

  /** A client refuses a bad card by showing nothing: here it is an error. */
  checkCard(card: unknown, where: Where): void {
    const wrong = cardErrors(card, where);
    if (wrong.length === 0) return;
    this.refusals.push(...wrong);
    throw new Error(`bad card: ${wrong.join("; ")}`);
  }

  // From the bot

  failNext(failure: Failure): void {
    this.#failures.push(failure);
  }

  /** The bot's tokens end before their time. */
  revokeTokens(): void {
    this.#tokens.clear();
  }

  in(conversation: Conversation): Posted[] {
    return this.posts.filter((each) => each.conversation === conversation);
  }

  async #serve(request: IncomingMessage, response: ServerResponse, issuerPath: string): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.#origin);
    const method = request.method ?? "";
    const answer = (status: number, body?: object, headers: Record<string, string> = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body === undefined ? "" : JSON.stringify(body));
    };
    if (method === "GET" && pathname === `${issuerPath}/openid`) return answer(200, this.issuer.metadata(this.#origin));
    if (method === "GET" && pathname === `${issuerPath}/keys`) return answer(200, this.issuer.keys());
    const text = await bodyOf(request);
    if (method === "POST" && pathname === `/login/${this.appTenant}/oauth2/v2.0/token`) {
      const { status, body } = this.#login(request, new URLSearchParams(text));
      return answer(status, body);
    }
    if (!pathname.startsWith(`${this.#path}/v3/`))
      return answer(404, this.#refuse("NotFound", `${method} ${pathname}`));
    const path = pathname.slice(this.#path.length + 1);
    this.calls.push({ method, path, text });
    const bearer = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
    if (!this.#tokens.has(bearer)) return answer(401, this.#refuse("Unauthorized", "no good bearer token"));
    const failure = this.#failures.shift();
    if (failure === "cut_connection") return void response.destroy();
    if (failure)
      return answer(failure.status, { error: { code: failure.code ?? "", message: "told to fail" } }, failure.headers);
    const { status, body } = this.#connector(method, path, text, searchParams);
    return answer(status, body);
  }

  #refuse(code: string, reason: string) {
    this.refusals.push(reason);
    return { error: { code, message: reason } };
  }

  #login(request: IncomingMessage, form: URLSearchParams): { status: number; body: object } {
    const good =
      request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") &&
      form.get("grant_type") === "client_credentials" &&
      form.get("client_id") === this.appId &&
      form.get("client_secret") === this.password &&
      form.get("scope") === `${this.issuer.issuer}/.default`;
    if (!good) return { status: 401, body: { error: "invalid_client", error_description: "AADSTS7000215" } };
    const token = `bot-${randomUUID()}`;
    this.#tokens.add(token);
    this.tokensGiven += 1;
    return { status: 200, body: { token_type: "Bearer", expires_in: 3_599, access_token: token } };
  }

  #connector(method: string, path: string, text: string, query: URLSearchParams): { status: number; body: object } {
    const bad = (status: number, code: string, reason: string = code) => ({ status, body: this.#refuse(code, reason) });
    if (Buffer.byteLength(text) > 40 * 1024) return bad(413, "MessageSizeTooBig");
    const parts = path.split("/").map(decodeURIComponent);
    const [, , conversationId, collection, id, ...rest] = parts;
    if (method === "POST" && path === "v3/conversations") return this.#open(JSON.parse(text), bad);
    const conversation = this.#conversations.get((conversationId ?? "").split(";messageid=")[0] ?? "");
    if (!conversation) return bad(404, "ConversationNotFound");
    if (method === "GET" && collection === "pagedmembers" && id === undefined)
      return this.#isThere(conversation) && !this.#removed.has(conversation.id)
        ? roster(conversation, query, bad)
        : { status: 403, body: { error: { code: "BotNotInConversationRoster" } } };
    if (collection !== "activities" || rest.length > 0) return bad(404, "NotFound", `${method} ${path}`);
    if (!this.#isThere(conversation)) return { status: 403, body: { error: { code: "BotNotInConversationRoster" } } };
    if (method === "DELETE" || method === "PUT") {
      const found = this.in(conversation).find((each) => each.id === id);
      if (!found) return bad(404, "ActivityNotFound");
      if (method === "DELETE") {
        this.posts.splice(this.posts.indexOf(found), 1);
        return { status: 200, body: {} };
      }
      const wrong = messageErrors(JSON.parse(text));
      if (wrong.length > 0) return bad(400, "BadArgument", wrong.join("; "));
      found.activity = JSON.parse(text);
      found.updates += 1;
      return { status: 200, body: { id } };
    }
    if (method !== "POST") return bad(405, "MethodNotAllowed", `${method} ${path}`);
    const activity = JSON.parse(text);
    const wrong = messageErrors(activity);
    if (wrong.length > 0) return bad(400, "BadArgument", wrong.join("; "));
    const root = (conversationId ?? "").split(";messageid=")[1];
    const posted: Posted = { conversation, id: this.newId(), activity, updates: 0, ...(root ? { root } : {}) };
    this.posts.push(posted);
    return { status: 201, body: { id: posted.id } };
  }

  #open(parameters: Json, bad: (status: number, code: string, reason?: string) => { status: number; body: object }) {
    const [member, ...others] = (parameters.members ?? []) as { id?: string }[];
    const bot = parameters.bot as { id?: string } | undefined;
    if (bot?.id !== `28:${this.appId}` || others.length > 0 || parameters.isGroup !== false)
      return bad(400, "BadSyntax");
    const person = this.#people.find((each) => each.mri === member?.id || each.user === member?.id);
    if (!person || person.tenant !== parameters.tenantId)
      return { status: 404, body: { error: { code: "UserNotFound" } } };
    if (!this.#installed.has(person.user))
      return { status: 403, body: { error: { code: "BotNotInConversationRoster" } } };
    return { status: 201, body: { id: this.personalOf(person).id } };
  }

  #isThere(conversation: Conversation): boolean {
    const [first] = conversation.members;
    return conversation.kind !== "personal" || (first !== undefined && this.#installed.has(first.user));
  }
}

const PAGE_LEAST = 50;
const PAGE_MOST = 500;

/** A page of a roster; the connector gives no fewer than 50 and no more than 500 at once. */
function roster(
  { members, tenant }: Conversation,
  query: URLSearchParams,
  bad: (status: number, code: string, reason?: string) => { status: number; body: object },
) {
  const size = Number(query.get("pageSize") ?? PAGE_MOST);
  const from = Number(query.get("continuationToken")?.replace(/^page-/, "") ?? 0);
  if (!Number.isInteger(size) || size < PAGE_LEAST || size > PAGE_MOST) return bad(400, "BadArgument", "pageSize");
  if (!Number.isInteger(from)) return bad(400, "BadArgument", "continuationToken");
  const more = from + size < members.length ? { continuationToken: `page-${from + size}` } : {};
  return {
    status: 200,
    body: { members: members.slice(from, from + size).map((one) => memberOf(one, tenant)), ...more },
  };
}

/** TeamsChannelAccount, as learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context shows it. */
const memberOf = (person: Person, host: string) => ({
  id: person.mri,
  name: person.displayName,
  aadObjectId: person.user,
  ...(person.silent
    ? {}
    : {
        objectId: person.user,
        givenName: person.displayName,
        surname: "",
        email: "",
        userPrincipalName: person.guest
          ? `${person.displayName}_example.org#EXT#@ours.onmicrosoft.com`
          : `${person.displayName}@example.org`,
        // A guest has an account in the host's own directory.
        tenantId: person.guest ? host : person.tenant,
        userRole: person.guest ? "guest" : "user",
      }),
});

function messageErrors(activity: Json): string[] {
  const attachments = Array.isArray(activity.attachments) ? (activity.attachments as Json[]) : [];
  return [
    ...activityErrors(activity),
    ...(activity.type === "message" ? [] : ["only messages are posted"]),
    ...(activity.text || activity.summary ? [] : ["a message has words for the notification"]),
    ...(attachments.length === 1 ? [] : ["a message carries one card"]),
    ...attachments.flatMap((each) =>
      each.contentType === "application/vnd.microsoft.card.adaptive"
        ? cardErrors(each.content, "message")
        : [`unknown attachment ${each.contentType}`],
    ),
  ];
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
