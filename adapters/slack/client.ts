import type { webApi } from "@slack/bolt";
import { type AdapterLog, type AdapterStore, DeliveryError } from "../../src/chat/index.js";
import { errorCode } from "./errors.js";
import type { Identity, Installer } from "./install.js";

/** Slack away at the start: asked again after so long, then twice as long each time up to the last. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** Which token speaks in which workspace: one by configuration, many by installation. */
export class Workspaces {
  readonly #clients = new Map<string, webApi.WebClient>();
  readonly #enterprises = new Map<string, string>();
  #own: (Identity & { team?: string }) | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly open: (token: string) => webApi.WebClient,
    private readonly store: AdapterStore,
    private readonly log: AdapterLog,
    private readonly botToken?: string,
    private readonly installer?: Installer,
  ) {}

  /** Learns whose the configured token is. Slack may be away: it is asked again until it answers. */
  async introduce(delayMs = FIRST_RETRY_MS): Promise<void> {
    if (this.botToken === undefined) return;
    try {
      const me = await this.#client(this.botToken).auth.test();
      this.#own = { team: me.team_id, userId: me.user_id, botId: me.bot_id };
    } catch (error) {
      this.log.warn("slack.auth_test_failed", { code: errorCode(error) });
      this.#retry = setTimeout(() => this.introduce(Math.min(delayMs * 2, LAST_RETRY_MS)), delayMs).unref();
    }
  }

  stop(): void {
    clearTimeout(this.#retry);
  }

  /** @throws DeliveryError where Coord is not installed */
  async client(team: string, enterprise?: string): Promise<webApi.WebClient> {
    const token = this.#isOwn(team)
      ? this.botToken
      : await this.installer?.token(team, enterprise ?? (await this.#enterpriseOf(team)));
    if (token === undefined) throw DeliveryError.permanent("bot_removed", "no token for this workspace");
    return this.#client(token);
  }

  async identity(team: string, enterprise?: string): Promise<Identity | undefined> {
    if (this.#isOwn(team)) return this.#own;
    return this.installer?.identity(team, enterprise ?? (await this.#enterpriseOf(team)));
  }

  /** A direct message names only the workspace, but an org-wide installation is found by its Enterprise Grid. */
  async remember(team: string, enterprise: string): Promise<void> {
    if (this.#enterprises.get(team) === enterprise || !this.installer) return;
    await this.store.set(`slack:enterprise:${team}`, enterprise);
    this.#enterprises.set(team, enterprise);
  }

  /** The configured token speaks everywhere where there are no installations beside it. */
  #isOwn(team: string): boolean {
    return this.botToken !== undefined && (!this.installer || this.#own?.team === team);
  }

  async #enterpriseOf(team: string): Promise<string | undefined> {
    const known = this.#enterprises.get(team) ?? (await this.store.get(`slack:enterprise:${team}`));
    if (known !== undefined) this.#enterprises.set(team, known);
    return known;
  }

  #client(token: string): webApi.WebClient {
    const client = this.#clients.get(token) ?? this.open(token);
    this.#clients.set(token, client);
    return client;
  }
}
