import type { webApi } from "@slack/bolt";
import { type AdapterLog, type AdapterStore, DeliveryError } from "../../src/chat/index.js";
import { errorCode } from "./errors.js";
import type { Identity, Installer } from "./install.js";

/** Slack away at the start: asked again after so long, then twice as long each time up to the last. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** How often Slack is asked at most for the workspaces of organisations, and how far it is read. */
const LOOK_UP_EVERY_MS = 60_000;
const MOST_PAGES = 50;

/** Which token speaks in which workspace: one by configuration, many by installation. */
export class Workspaces {
  readonly #clients = new Map<string, webApi.WebClient>();
  readonly #enterprises = new Map<string, string>();
  #own: (Identity & { team?: string }) | undefined;
  #retry: NodeJS.Timeout | undefined;
  #lookedUp = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly open: (token: string) => webApi.WebClient,
    private readonly store: AdapterStore,
    private readonly log: AdapterLog,
    private readonly botToken?: string,
    private readonly installer?: Installer,
    /** Told which workspaces are one organisation, in which an id of a user is given once. */
    private readonly onOrganisation?: (team: string, enterprise: string) => Promise<void>,
  ) {}

  /** Learns whose the configured token is. Slack may be away: it is asked again until it answers. */
  async introduce(delayMs = FIRST_RETRY_MS): Promise<void> {
    if (this.botToken === undefined) return;
    try {
      const me = await this.#client(this.botToken).auth.test();
      this.#own = { team: me.team_id, userId: me.user_id, botId: me.bot_id };
      if (me.team_id && me.enterprise_id) await this.remember(me.team_id, me.enterprise_id);
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
    const token = this.#isOwn(team) ? this.botToken : await this.#installed(team, enterprise);
    if (token === undefined) throw DeliveryError.permanent("bot_removed", "no token for this workspace");
    return this.#client(token);
  }

  async #installed(team: string, enterprise?: string): Promise<string | undefined> {
    const token = await this.installer?.token(team, enterprise ?? (await this.enterpriseOf(team)));
    if (token !== undefined || !(await this.#lookUp())) return token;
    return this.installer?.token(team, await this.enterpriseOf(team));
  }

  /**
   * Nobody of a workspace may have written yet that an organisation's installation serves: Slack is asked for all of
   * them. @returns whether it was asked now
   */
  async #lookUp(): Promise<boolean> {
    const now = Date.now();
    if (!this.installer || now - this.#lookedUp < LOOK_UP_EVERY_MS) return false;
    const organisations = await this.installer.installations.organisations();
    if (organisations.length === 0) return false;
    this.#lookedUp = now;
    for (const enterprise of organisations)
      await this.learnTeams(enterprise).catch((error: unknown) =>
        this.log.warn("slack.teams_list_failed", { code: errorCode(error) }),
      );
    return true;
  }

  /** The workspaces that an organisation's installation serves (docs.slack.dev/reference/methods/auth.teams.list). */
  async learnTeams(enterprise: string): Promise<void> {
    const token = await this.installer?.token(enterprise, enterprise);
    if (token === undefined) return;
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const found = await this.#client(token).auth.teams.list({ limit: 200, ...(cursor ? { cursor } : {}) });
      for (const { id } of found.teams ?? []) if (id) await this.remember(id, enterprise);
      cursor = found.response_metadata?.next_cursor;
      if (!cursor) return;
    }
  }

  async identity(team: string, enterprise?: string): Promise<Identity | undefined> {
    if (this.#isOwn(team)) return this.#own;
    return this.installer?.identity(team, enterprise ?? (await this.enterpriseOf(team)));
  }

  /** A direct message names only the workspace, but an org-wide installation is found by its Enterprise Grid. */
  async remember(team: string, enterprise: string): Promise<void> {
    if (this.#enterprises.get(team) === enterprise || !team.startsWith("T") || !enterprise.startsWith("E")) return;
    await this.store.set(`slack:enterprise:${team}`, enterprise);
    await this.onOrganisation?.(team, enterprise);
    this.#enterprises.set(team, enterprise);
  }

  /** The configured token speaks everywhere where there are no installations beside it. */
  #isOwn(team: string): boolean {
    return this.botToken !== undefined && (!this.installer || this.#own?.team === team);
  }

  /** The organisation of a workspace; somebody can also be known in the organisation itself. */
  async enterpriseOf(team: string): Promise<string | undefined> {
    if (team.startsWith("E")) return team;
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
