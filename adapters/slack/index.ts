import type { IncomingMessage, ServerResponse } from "node:http";
import type { webApi } from "@slack/bolt";
import type {
  Adapter,
  AdapterLog,
  AdapterStore,
  Admission,
  ConversationRef,
  MemberChange,
  Receive,
  WordsByLanguage,
} from "../../src/chat/index.js";
import { Answers } from "./answer.js";
import { Audiences } from "./audience.js";
import { Workspaces } from "./client.js";
import { Sender } from "./deliver.js";
import { createDispatch } from "./dispatch.js";
import { createHttp } from "./http.js";
import { createInstaller, type Installer } from "./install.js";
import { CALL_TIMEOUT_MS } from "./limits.js";
import { LiveViews } from "./live.js";
import { sdkLogger } from "./log.js";
import { Members } from "./members.js";
import { responseUrls } from "./response-url.js";
import { createSocket, type Socket, type Track } from "./socket.js";

export { renderForm, renderHome, renderMessage } from "./render.js";
export { BOT_EVENTS, BOT_SCOPES, PATHS, SHORTCUTS } from "./scopes.js";

export type SlackOptions = {
  /** For HTTP. Without it, `appToken` brings Socket Mode. */
  signingSecret?: string;
  /** One workspace. */
  botToken?: string;
  /** Many workspaces, through OAuth: all three, and `publicUrl`. */
  clientId?: string;
  clientSecret?: string;
  stateSecret?: string;
  /** Socket Mode. */
  appToken?: string;
  /** Another Web API root: a fake on loopback, a proxy. */
  apiUrl?: string;
  publicUrl?: string;
  store: AdapterStore;
  log: AdapterLog;
  now: () => Date;
  admission?: Admission;
  words: WordsByLanguage;
  onUninstalled?: (tenant: string) => Promise<void>;
  /** Who reads this conversation may have changed; `external`: outsiders do. A throw lets Slack tell it again. */
  onAudienceChanged?: (conversation: ConversationRef) => Promise<void>;
  /** What Slack says of one of its people changed. A throw lets Slack tell it again. */
  onMemberChanged?: (told: MemberChange) => Promise<void>;
  /** Told which workspaces are one organisation: an id of a user is given once in it. */
  onOrganisation?: (team: string, enterprise: string) => Promise<void>;
};

export type SlackAdapter = Adapter & {
  /** To be mounted for every path under `/slack/`. */
  listener(req: IncomingMessage, res: ServerResponse): void;
  /** Resolves once everything under way is finished, answers after their acknowledgement included. */
  idle(): Promise<void>;
};

export function createSlackAdapter(options: SlackOptions): SlackAdapter {
  const { store, log } = options;
  const underWay = new Set<Promise<unknown>>();
  const track: Track = (work) => {
    const result = work();
    const settled: Promise<unknown> = result.catch(() => undefined).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return result;
  };
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  let running:
    | {
        http: ReturnType<typeof createHttp>;
        sender: Sender;
        live: LiveViews;
        audiences: Audiences;
        workspaces: Workspaces;
        socket?: Socket;
      }
    | undefined;
  let open = false;

  return {
    platform: "slack",

    async start(receive: Receive) {
      check(options);
      // Bolt costs 0.3 to 0.5 s: only a deployment with Slack pays it.
      const { HTTPReceiver, SocketModeReceiver, isValidSlackRequest, webApi } = await import("@slack/bolt");
      const clientOptions: webApi.WebClientOptions = {
        ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
        // One retry policy, the outbox's: the SDK's own would try ten times and can post twice.
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        allowAbsoluteUrls: false,
        timeout: CALL_TIMEOUT_MS,
        logger: sdkLogger(log, "web-api"),
      };
      const installer = oauth(options, (it) =>
        createInstaller(HTTPReceiver, clientOptions, {
          ...it,
          onTogether: (team, enterprise) => workspaces.remember(team, enterprise),
          onWhole: (enterprise) => track(() => workspaces.learnTeams(enterprise)),
        }),
      );
      const client = (token: string) => new webApi.WebClient(token, clientOptions);
      const workspaces: Workspaces = new Workspaces(
        client,
        store,
        log,
        options.botToken,
        installer,
        options.onOrganisation,
      );
      const sender = new Sender(workspaces, store);
      const { now, admission, onUninstalled, onAudienceChanged, onMemberChanged } = options;
      const live = new LiveViews(workspaces, store, log, now);
      const audiences = new Audiences(workspaces, now);
      const answers = new Answers(sender, workspaces, responseUrls(options.apiUrl), store, live, log, now);
      const handle = createDispatch({
        ...{ receive, answers, workspaces, audiences, members: new Members(), store, log, now, installer, admission },
        ...{ onUninstalled, onAudienceChanged, onMemberChanged },
      });
      const http = createHttp({
        signingSecret: options.signingSecret,
        verify: isValidSlackRequest,
        handle,
        installer,
        log,
      });
      const socket = options.appToken
        ? createSocket(SocketModeReceiver, { appToken: options.appToken, clientOptions, handle, log, track })
        : undefined;
      await Promise.all([workspaces.introduce(), socket?.start()]);
      running = { http, sender, live, audiences, workspaces, socket };
      open = true;
    },

    async stop() {
      open = false;
      running?.workspaces.stop();
      running?.audiences.stop();
      running?.socket?.pause();
      await idle();
      await running?.socket?.stop();
    },

    async deliver(delivery) {
      if (!running) throw new Error("the Slack adapter is not started");
      const { sender } = running;
      return track(() => sender.deliver(delivery));
    },

    async overwrite(person, id, message) {
      if (!running) throw new Error("the Slack adapter is not started");
      const { live } = running;
      return track(() => live.overwrite(person, id, message));
    },

    async audience(conversation) {
      if (!running) throw new Error("the Slack adapter is not started");
      const { audiences } = running;
      return track(() => audiences.of(conversation));
    },

    idle,

    listener(req, res) {
      if (!running || !open) {
        res.writeHead(503).end();
        return;
      }
      const { http } = running;
      void track(() => http(req, res));
    },
  };
}

/** A start refused says which variable is missing. */
function check(options: SlackOptions): void {
  const { signingSecret, appToken, botToken, clientId } = options;
  if (!signingSecret && !appToken)
    throw new Error(
      "SLACK_SIGNING_SECRET is not set. Copy it from api.slack.com/apps, Basic Information, or set SLACK_APP_TOKEN for Socket Mode.",
    );
  if (!botToken && !clientId)
    throw new Error(
      "Neither SLACK_BOT_TOKEN (one workspace) nor SLACK_CLIENT_ID (many workspaces) is set. Set one of them.",
    );
}

function oauth(
  options: SlackOptions,
  create: (it: Parameters<typeof createInstaller>[2]) => Installer,
): Installer | undefined {
  const { clientId, clientSecret, stateSecret, publicUrl, words, store, log, now } = options;
  if (!clientId) return undefined;
  if (!clientSecret) throw new Error("SLACK_CLIENT_ID is set without SLACK_CLIENT_SECRET. Set both or neither.");
  if (!stateSecret) throw new Error("SLACK_CLIENT_ID is set without SLACK_STATE_SECRET. Set it to a long random text.");
  if (!publicUrl) throw new Error("SLACK_CLIENT_ID is set without PUBLIC_URL, to which Slack sends people back.");
  return create({ clientId, clientSecret, stateSecret, publicUrl, words, store, log, now });
}
