import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type Adapter,
  type AdapterLog,
  type AdapterStore,
  type Admission,
  BodyReader,
  type ConversationRef,
  type Delivery,
  encodable,
  FULL,
  type Inbound,
  isId,
  type MessageRef,
  type Receive,
  type Reply,
  type WordsByLanguage,
} from "../../src/chat/index.js";
import { type Activity, idsIn, isActivity, objects, tenantsOf, text, textAt } from "./activity.js";
import { answer, type Means, unknownInvoke } from "./answer.js";
import { Audiences, audienceChangedBy } from "./audience.js";
import { Sender } from "./deliver.js";
import { Dialogs } from "./dialogs.js";
import { refusal } from "./guard.js";
import { send } from "./http.js";
import { LIMITS } from "./limits.js";
import { toInbound } from "./receive.js";
import { References } from "./references.js";
import { createTransport, isBearer, type Transport } from "./transport.js";

export type TeamsOptions = {
  /** `MicrosoftAppId`, `MicrosoftAppPassword`, `MicrosoftAppType`, `MicrosoftAppTenantId`. */
  appId: string;
  appPassword: string;
  appType?: string;
  appTenantId?: string;
  /** `TEAMS_ALLOWED_TENANTS`: Entra tenant ids; whatever comes from another is refused. */
  allowedTenants: string[];
  /** `TEAMS_SERVICE_HOSTS`: accepted beside the public ones, `host` or `host:port`; http for loopback listed here. */
  serviceHosts: string[];
  /** `TEAMS_OPENID_METADATA_URL` and `TEAMS_LOGIN_URL`: another issuer (a sovereign cloud, a fake on loopback). */
  openIdMetadataUrl?: string;
  loginUrl?: string;
  store: AdapterStore;
  log: AdapterLog;
  now: () => Date;
  /** Absent: there is always room. */
  admission?: Admission;
  words: WordsByLanguage;
  /** Who reads this conversation may have changed. A throw lets Teams tell it again. */
  onAudienceChanged?: (conversation: ConversationRef) => Promise<void>;
};

export type TeamsAdapter = Adapter & {
  /** Mounted for `POST /api/messages`. Never throws. */
  listener: (request: IncomingMessage, response: ServerResponse) => void;
};

type Running = { transport: Transport; receive: Receive; means: Means };

export function createTeamsAdapter(options: TeamsOptions): TeamsAdapter {
  const tokenTenant = checkOptions(options);
  const references = new References(options.store);
  const dialogs = new Dialogs(options.store, options.now);
  const { log } = options;
  const bodies = new BodyReader(LIMITS.body);
  let running: Running | undefined;
  let sender: Sender | undefined;
  let audiences: Audiences | undefined;
  const underWay = new Set<Promise<void>>();

  return {
    platform: "teams",
    async start(receive) {
      const transport = await createTransport({ ...options, tokenTenant });
      sender = new Sender(transport, references, options.appId);
      audiences = new Audiences(transport, references);
      running = { transport, receive, means: { sender, dialogs, words: options.words, log } };
    },
    async stop() {
      running = undefined;
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async deliver(delivery: Delivery): Promise<MessageRef> {
      if (!sender) throw new Error("the Teams adapter delivers only once it is started");
      return sender.deliver(delivery);
    },
    async audience(conversation) {
      if (!audiences) throw new Error("the Teams adapter asks only once it is started");
      return audiences.of(conversation);
    },
    // No `overwrite`: a dialog is answered when its client asks, and nothing reaches one that is open.
    listener(request, response) {
      track(handle(request, response), () => send(response, 500));
    },
  };

  /** stop() waits for it; a failure is logged by its kind alone, since its words may be a person's. */
  function track(work: Promise<void>, failed: () => void = () => {}): void {
    const settled = work
      .catch((error: unknown) => {
        log.warn("teams.request_failed", { error: error instanceof Error ? error.name : "unknown" });
        failed();
      })
      .finally(() => underWay.delete(settled));
    underWay.add(settled);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts = running;
    if (!parts) return send(response, 503);
    if (request.method !== "POST") return send(response, 405);
    // Whoever brings nothing that looks like the connector's token is not read.
    const authorization = request.headers.authorization ?? "";
    if (!isBearer(authorization)) return send(response, 401);
    const read = await bodies.read(request, LIMITS.body.most, (raw) => judge(raw, authorization, parts, response));
    if (read) send(response, read.refused);
  }

  async function judge(raw: string, authorization: string, { transport, ...means }: Running, response: ServerResponse) {
    const activity = parsed(raw);
    if (!isActivity(activity)) return send(response, 400);
    const serviceUrl = text(activity.serviceUrl) ?? "";
    const verdict = await transport.verify(authorization, serviceUrl);
    if (verdict === "unsure") {
      log.warn("teams.issuer_unreachable");
      return send(response, 503);
    }
    if (verdict === "false") return send(response, 401);
    const refused = refusal(
      { channelId: text(activity.channelId) ?? "", serviceUrl, tenants: tenantsOf(activity) },
      options,
    );
    if (refused) {
      log.warn("teams.refused", { because: refused });
      return send(response, 403);
    }
    if (!idsIn(activity).every(isId)) return send(response, 400);
    await take(activity, means, response);
  }

  async function take(activity: Activity, parts: Omit<Running, "transport">, response: ServerResponse) {
    const { admission, now } = options;
    const since = now().getTime();
    const late = () => now().getTime() - since > LIMITS.dialogMs;
    // The core commits first: if it throws, nothing was kept, and a 500 lets the platform deliver again.
    const begin = () => decide(activity, parts.receive);
    const begun = admission ? await admission.enter(begin) : await begin();
    const turn = begun === FULL ? full(activity) : begun;
    if (!turn)
      return send(response, 200, activity.type === "invoke" ? unknownInvoke(activity, parts.means.words) : undefined);
    const { body, after } = await answer({ activity, inbound: turn.inbound, late }, turn.reply, parts.means);
    send(response, 200, body);
    if (after) track(after());
  }

  async function decide(activity: Activity, receive: Receive): Promise<{ inbound: Inbound; reply: Reply } | undefined> {
    await references.learn(activity);
    // Before the sender is looked at: of a guest who joins, and of a channel that is shared, nobody is told as its author.
    for (const conversation of audienceChangedBy(activity)) await options.onAudienceChanged?.(conversation);
    const inbound = toInbound(activity, { appId: options.appId, accountOf: await accountsIn(activity) });
    return inbound && { inbound, reply: await receive(inbound) };
  }

  /** Teams brings nothing again by itself: whoever wrote is told. */
  function full(activity: Activity): { inbound: Inbound; reply: Reply } | undefined {
    const inbound = toInbound(activity, { appId: options.appId, accountOf: () => undefined });
    return inbound && options.admission && { inbound, reply: options.admission.full(inbound) };
  }

  /** Mentions often carry a Teams id alone; who that is was learnt from earlier activities. */
  async function accountsIn(activity: Activity): Promise<(mri: string) => string | undefined> {
    const [tenant] = tenantsOf(activity);
    const known = new Map<string, string | undefined>();
    for (const entity of objects(activity.entities)) {
      const mri = textAt(entity, "mentioned", "id");
      if (tenant && mri?.startsWith("29:") && !known.has(mri)) known.set(mri, await references.accountOf(tenant, mri));
    }
    return (mri) => known.get(mri);
  }
}

const parsed = (raw: string): unknown => {
  try {
    return encodable(JSON.parse(raw));
  } catch {
    return undefined;
  }
};

/** @returns the tenant that issues Coord's own tokens. @throws with what to set, for a configuration that cannot work or is not safe. */
function checkOptions({
  appId,
  appPassword,
  appType = "SingleTenant",
  appTenantId,
  allowedTenants,
}: TeamsOptions): string {
  const refuse = (sentence: string): never => {
    throw new Error(sentence);
  };
  if (appId.trim() === "")
    refuse("MicrosoftAppId is empty: with no app id Teams requests could not be checked. Set it to the bot's app id.");
  if (appPassword.trim() === "") refuse("MicrosoftAppPassword is empty. Set it to a client secret of the bot's app.");
  if (allowedTenants.length === 0)
    refuse("TEAMS_ALLOWED_TENANTS is empty: nobody could use Coord. Set it to the tenant ids, separated by commas.");
  if (appType === "MultiTenant") return "botframework.com";
  if (appType !== "SingleTenant") refuse(`MicrosoftAppType is ${appType}. Set it to SingleTenant or MultiTenant.`);
  return appTenantId?.trim() || refuse("MicrosoftAppTenantId is empty. A single-tenant app needs its own tenant's id.");
}
