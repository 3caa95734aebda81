import { createHash, randomBytes } from "node:crypto";
import { BOT_SCOPES } from "../../../adapters/slack/scopes.js";
import { readBlocks, readMrkdwn } from "./read.js";

export type Json = Record<string, unknown>;

export type Team = {
  id: string;
  name: string;
  enterprise?: string;
  token: string;
  botUser: string;
  botId: string;
  /** Coord is installed. */
  active: boolean;
  /** What the installation was granted: what the manifest asks for. */
  scopes: Set<string>;
};
/** `guest`: of several channels, or of one alone. */
export type Person = {
  id: string;
  team: string;
  name: string;
  disabled?: boolean;
  guest?: "multi" | "single";
  realName?: string;
  zone?: string;
  /** Told with the scope `users:read.email` alone. */
  email?: string;
  status?: string;
};
export type Channel = {
  id: string;
  team: string;
  name: string;
  kind: "im" | "mpim" | "channel";
  members: Set<string>;
  archived?: boolean;
  private?: boolean;
  /** Shared with another organisation. */
  shared?: boolean;
  /** Workspaces that were invited and have not come yet. */
  pending?: string[];
  /** Other workspaces of the same enterprise. */
  workspaces?: string[];
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
export type OpenView = { id: string; hash: string; view: Json; values: Json; user: string; errors: Json; at: number };
/** Something that a person can now see, in the order in which it came. */
export type Effect =
  | { kind: "message"; user?: string; message: Posted }
  | { kind: "modal"; user: string; view: OpenView }
  | { kind: "closed"; user: string }
  | { kind: "home"; user: string; view: Json };

export const APP = "A0COORD001";

/** Workspaces, people, conversations and what stands in them. */
export class SlackModel {
  readonly teams = new Map<string, Team>();
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly messages: Posted[] = [];
  readonly views = new Map<string, OpenView>();
  readonly homes = new Map<string, Json>();
  readonly effects: Effect[] = [];
  /** What Slack refused as invalid: a test that is not about that wants it empty. */
  readonly refusals: string[] = [];
  now = (): number => Date.now();
  protected serial = 0;

  team(name: string, { enterprise, installed = true }: { enterprise?: string; installed?: boolean } = {}): Team {
    const id = this.nextId("T");
    const team: Team = {
      id,
      name,
      token: `xoxb-${id}-${randomBytes(6).toString("hex")}`,
      botUser: this.nextId("U0BOT"),
      botId: this.nextId("B"),
      active: installed,
      scopes: new Set(BOT_SCOPES),
      ...(enterprise ? { enterprise } : {}),
    };
    this.teams.set(id, team);
    return team;
  }

  person(team: Team, name: string, guest?: Person["guest"]): Person {
    const person: Person = { id: this.nextId("U"), team: team.id, name, ...(guest ? { guest } : {}) };
    this.people.set(person.id, person);
    return person;
  }

  channel(
    team: Team,
    name: string,
    members: Person[],
    { bot = true, shared = false, hidden = false }: { bot?: boolean; shared?: boolean; hidden?: boolean } = {},
  ): Channel {
    const ids = members.map(({ id }) => id);
    const channel = this.addChannel(team, name, "channel", bot ? [...ids, team.botUser] : ids, shared);
    if (hidden) channel.private = true;
    return channel;
  }

  /** A direct conversation of several, with Coord in it. */
  groupChat(team: Team, members: Person[]): Channel {
    const name = `mpdm-${members.map((one) => one.name).join("--")}--coord-1`;
    return this.addChannel(team, name, "mpim", [...members.map(({ id }) => id), team.botUser]);
  }

  /** The direct conversation of a person with Coord. */
  direct(person: Person): Channel {
    const team = this.teamOf(person.team);
    const found = [...this.channels.values()].find((one) => one.kind === "im" && one.members.has(person.id));
    return found ?? this.addChannel(team, "directmessage", "im", [person.id, team.botUser]);
  }

  /** The words of a message as they show: its blocks, or its text where it has none. */
  read(message: Posted): string {
    return message.blocks?.length ? readBlocks(message.blocks) : readMrkdwn(message.text, message.mrkdwn);
  }

  inbox(person: Person): Posted | undefined {
    const channel = this.direct(person).id;
    return this.messages.filter((one) => one.channel === channel && one.author !== person.id).at(-1);
  }

  /** Somebody has one modal a device. */
  modalsOf(person: Person): OpenView[] {
    return [...this.views.values()].filter((one) => one.user === person.id);
  }

  modalOf(person: Person): OpenView | undefined {
    return this.modalsOf(person).at(-1);
  }

  /** Closed by its X; only a view with `notify_on_close` tells of it. */
  closeModal(view: OpenView): void {
    this.views.delete(view.id);
    this.effects.push({ kind: "closed", user: view.user });
  }

  protected show(channel: Channel, author: string, body: Json, onlyFor?: string): Posted {
    const message: Posted = {
      ts: this.nextTs(),
      channel: channel.id,
      author,
      text: String(body.text ?? ""),
      mrkdwn: body.mrkdwn !== false && body.mrkdwn !== "false",
      ...(body.thread_ts ? { threadTs: String(body.thread_ts) } : {}),
      ...(onlyFor ? { onlyFor } : {}),
      ...(body.blocks ? { blocks: this.withIds(body.blocks as Json[]) } : {}),
    };
    this.messages.push(message);
    this.effects.push({ kind: "message", user: onlyFor, message });
    return message;
  }

  protected rewrite(message: Posted, body: Json): void {
    message.text = String(body.text ?? "");
    message.blocks = body.blocks ? this.withIds(body.blocks as Json[]) : undefined;
    this.effects.push({ kind: "message", user: message.onlyFor, message });
  }

  /** What Slack refuses of an acknowledgement it tells nobody; here it fails the test. */
  protected accept(faults: string[], what: string): void {
    if (faults.length === 0) return;
    this.refusals.push(`${what}: ${faults.join("; ")}`);
    throw new Error(`Slack refuses the ${what}: ${faults.join("; ")}`);
  }

  protected addChannel(team: Team, name: string, kind: Channel["kind"], members: string[], shared = false): Channel {
    const id = this.nextId(kind === "im" ? "D" : "C");
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

  protected teamOf(id: string): Team {
    const team = this.teams.get(id);
    if (!team) throw new Error(`no workspace ${id}`);
    return team;
  }

  protected channelOf(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`no channel ${id}`);
    return channel;
  }

  protected messageAt(channel: string, ts: string): Posted | undefined {
    return this.messages.find((one) => one.channel === channel && one.ts === ts);
  }

  protected wireMessage(message: Posted): Json {
    const team = this.teamOf(this.channelOf(message.channel).team);
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

  protected wireView(open: OpenView): Json {
    const team = this.teamOf(this.people.get(open.user)?.team ?? "");
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

  protected withIds(blocks: Json[]): Json[] {
    return blocks.map((block) => ({ ...block, block_id: block.block_id ?? randomBytes(3).toString("hex") }));
  }

  protected nextId(prefix: string): string {
    this.serial += 1;
    const hash = createHash("sha256").update(`${prefix}${this.serial}`).digest("hex").slice(0, 6).toUpperCase();
    return `${prefix}${String(this.serial).padStart(3, "0")}${hash}`;
  }

  protected nextTs(): string {
    this.serial += 1;
    return `${Math.floor(this.now() / 1_000)}.${String(this.serial).padStart(6, "0")}`;
  }
}
