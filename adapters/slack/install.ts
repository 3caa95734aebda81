import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { HTTPReceiver, Installation, InstallationStore, StateStore, webApi } from "@slack/bolt";
import type { AdapterLog, AdapterStore, WordsByLanguage } from "../../src/chat/index.js";
import { errorCode } from "./errors.js";
import { sdkLogger } from "./log.js";
import { BOT_SCOPES, PATHS } from "./scopes.js";

/** RFC 6819 wants the state short-lived; ten minutes are enough to read what the app asks for. */
const STATE_MINUTES = 10;

export type InstallOptions = {
  /** Told of a workspace and its organisation. */
  onTogether?: (team: string, enterprise: string) => Promise<void>;
  /** Told once an organisation has installed it for all its workspaces. */
  onWhole?: (enterprise: string) => Promise<void>;
  /** The pages are for somebody who is not known yet, so they say it in each language. */
  words: WordsByLanguage;
  clientId: string;
  clientSecret: string;
  stateSecret: string;
  publicUrl: string;
  store: AdapterStore;
  log: AdapterLog;
  now: () => Date;
};

/** Where an installation is kept; an org-wide one serves all workspaces of its Enterprise Grid. */
const teamKey = (team: string) => `slack:install:team:${team}`;
const enterpriseKey = (enterprise: string) => `slack:install:enterprise:${enterprise}`;

/** The organisations that installed it for all their workspaces, and the workspaces of one that did for themselves. */
const ORGANISATIONS = "slack:install:enterprises";
const siblingsKey = (enterprise: string) => `slack:install:teams-of:${enterprise}`;

type Kept = { installation: Installation; at: number };

/** Bolt's installation store on the adapter's own, which encrypts. */
export class Installations implements InstallationStore {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: AdapterStore,
    /** Told of a workspace and its organisation, which an installation names together. */
    private readonly onTogether: (team: string, enterprise: string) => Promise<void> = async () => undefined,
  ) {}

  async storeInstallation<V extends "v1" | "v2">(installation: Installation<V, boolean>): Promise<void> {
    const { team, enterprise } = installation;
    const key = installation.isEnterpriseInstall
      ? enterprise && enterpriseKey(enterprise.id)
      : team && teamKey(team.id);
    if (!key) throw new Error("an installation without a workspace");
    const kept: Kept = { installation: installation as Installation, at: Date.now() };
    await this.store.set(key, JSON.stringify(kept));
    if (!enterprise) return;
    if (installation.isEnterpriseInstall) await this.#add(ORGANISATIONS, enterprise.id);
    else if (team) await this.#add(siblingsKey(enterprise.id), team.id);
    if (team) await this.onTogether(team.id, enterprise.id);
  }

  organisations(): Promise<string[]> {
    return this.#list(ORGANISATIONS);
  }

  /** Another workspace of the organisation that has an installation of its own, where this one and the whole have none. */
  async sibling(enterprise: string): Promise<string | undefined> {
    for (const team of await this.#list(siblingsKey(enterprise))) if (await this.find(team)) return team;
    return undefined;
  }

  async #list(key: string): Promise<string[]> {
    return JSON.parse((await this.store.get(key)) ?? "[]") as string[];
  }

  /** One change at a time: the store has no list to add to. */
  #add(key: string, id: string): Promise<void> {
    const change = this.#turn.then(async () => {
      const all = await this.#list(key);
      if (!all.includes(id)) await this.store.set(key, JSON.stringify([...all, id]));
    });
    this.#turn = change.catch(() => undefined);
    return change;
  }

  async fetchInstallation(query: { teamId?: string; enterpriseId?: string }): Promise<Installation<"v2", boolean>> {
    const found = await this.find(query.teamId, query.enterpriseId);
    if (!found) throw new Error("not installed there");
    return found.kept.installation as Installation<"v2", boolean>;
  }

  /** The workspace's own installation, else the one of its whole Enterprise Grid. */
  async find(team?: string, enterprise?: string): Promise<{ key: string; kept: Kept } | undefined> {
    for (const key of [team && teamKey(team), enterprise && enterpriseKey(enterprise)]) {
      const value = key ? await this.store.get(key) : undefined;
      if (key && value !== undefined) return { key, kept: JSON.parse(value) as Kept };
    }
    return undefined;
  }

  /**
   * Forgets an installation that ended at that second. Slack repeats its notices and keeps no order:
   * one about an older installation must not end the one made since.
   */
  async forget(where: { team?: string; enterprise?: string }, endedAtS: number): Promise<boolean> {
    const found = await this.find(where.team, where.enterprise);
    if (!found || Math.floor(found.kept.at / 1_000) > endedAtS) return false;
    await this.store.remove(found.key);
    return true;
  }
}

/** OAuth states: signed, kept ten minutes, taken once. Bolt binds each to the browser by a cookie. */
export class States implements StateStore {
  constructor(
    private readonly store: AdapterStore,
    private readonly secret: string,
    private readonly now: () => Date,
  ) {}

  async generateStateParam(options: { scopes: string | string[] }): Promise<string> {
    const nonce = randomBytes(24).toString("base64url");
    const expires = new Date(this.now().getTime() + STATE_MINUTES * 60_000);
    await this.store.set(`slack:state:${nonce}`, JSON.stringify({ options, until: expires.getTime() }), expires);
    return `${nonce}.${this.sign(nonce)}`;
  }

  async verifyStateParam(_now: Date, state: string): Promise<{ scopes: string[] }> {
    const [nonce = "", signature = ""] = state.split(".");
    const wanted = Buffer.from(this.sign(nonce));
    const given = Buffer.from(signature);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Error("state not ours");
    const kept = await this.store.take(`slack:state:${nonce}`);
    if (kept === undefined) throw new Error("state used or expired");
    const { options, until } = JSON.parse(kept) as { options: { scopes: string[] }; until: number };
    if (until < this.now().getTime()) throw new Error("state expired");
    return options;
  }

  private sign(nonce: string): string {
    return createHmac("sha256", this.secret).update(nonce).digest("base64url");
  }
}

/** Coord's own account in a workspace. */
export type Identity = { userId?: string; botId?: string };

export type Installer = {
  installations: Installations;
  /** Coord's own identity in a workspace, from what is kept: no call is made. */
  identity(team: string, enterprise?: string): Promise<Identity | undefined>;
  /** The bot's token in a workspace, refreshed where the app rotates tokens. */
  token(team: string, enterprise?: string): Promise<string | undefined>;
  /** The install page and Slack's redirect back. */
  serve(path: string, req: IncomingMessage, res: ServerResponse): Promise<void>;
};

export function createInstaller(
  Receiver: typeof HTTPReceiver,
  clientOptions: webApi.WebClientOptions,
  options: InstallOptions,
): Installer {
  const { store, log, now } = options;
  const said = Object.values(options.words);
  const installations = new Installations(store, options.onTogether);
  const redirectUri = new URL(PATHS.redirect, options.publicUrl).href;
  const { installer } = new Receiver({
    // Only Bolt's installer is used here; requests from Slack are checked in http.ts.
    signingSecret: "",
    signatureVerification: false,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    scopes: [...BOT_SCOPES],
    redirectUri,
    installationStore: installations,
    logger: sdkLogger(log, "oauth"),
    installerOptions: {
      redirectUriPath: PATHS.redirect,
      stateStore: new States(store, options.stateSecret, now),
      stateCookieExpirationSeconds: STATE_MINUTES * 60,
      clientOptions,
      directInstall: true,
    },
  });
  if (!installer) throw new Error("Bolt made no installer");

  return {
    installations,
    async identity(team, enterprise) {
      const bot = (await installations.find(team, enterprise))?.kept.installation.bot;
      return bot && { userId: bot.userId, botId: bot.id };
    },
    async token(team, enterprise) {
      const at = (await installations.find(team, enterprise))
        ? team
        : enterprise && (await installations.sibling(enterprise));
      if (!at) return undefined;
      return (await installer.authorize({ teamId: at, enterpriseId: enterprise, isEnterpriseInstall: false })).botToken;
    },
    async serve(path, req, res) {
      if (path === PATHS.install) {
        await installer.handleInstallPath(req, res, {}, { scopes: [...BOT_SCOPES], redirectUri });
        return;
      }
      await installer.handleCallback(req, res, {
        success: (installation) => {
          log.info("slack.installed", { enterprise: installation.isEnterpriseInstall === true });
          if (installation.isEnterpriseInstall && installation.enterprise)
            options
              .onWhole?.(installation.enterprise.id)
              .catch((error: unknown) => log.warn("slack.teams_list_failed", { code: errorCode(error) }));
          page(res, 200, said.map(({ installed }) => installed).join(" / "));
        },
        failure: (error) => {
          log.warn("slack.install_refused", { code: errorCode(error) });
          page(res, 400, said.map(({ notInstalled }) => `${notInstalled} ${PATHS.install}`).join("\n"));
        },
      });
    },
  };
}

/** Says nothing of what went wrong: the page is open to anybody. */
function page(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  res.end(text);
}
