import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { elementsOf, readText } from "../fakes/slack/read.js";
import type { Channel, Person as SlackPerson, Posted as SlackPosted, Team } from "../fakes/slack.js";
import { readCard } from "../fakes/teams/eye.js";
import type { Answer, Conversation, Person as TeamsPerson, Posted as TeamsPosted } from "../fakes/teams.js";
import { type Coord, type Env, until } from "./coord.js";
import { type Dialog, Slack, Teams } from "./stage.js";

const SITE = "https://coord.example";

/** Six agencies, none of them the demo's: three in Slack workspaces of their own, three in Teams tenants of their own. */
const AGENCIES = {
  desk: ["Coordination Desk", "other"],
  gendarmes: ["Gendarmerie", "law_enforcement"],
  customs: ["Customs Office", "border"],
  inspectors: ["Work Inspectorate", "labour"],
  asylum: ["Asylum Office", "immigration"],
  shelter: ["Shelter Network", "civil_society"],
} as const;
const IN_SLACK = ["desk", "gendarmes", "customs"] as const;

export class Assembly {
  readonly teamsOf: Record<(typeof IN_SLACK)[number], Team>;
  readonly sofia: SlackPerson;
  readonly maria: SlackPerson;
  readonly petros: SlackPerson;
  readonly jonas: SlackPerson;
  readonly eleni: TeamsPerson;
  readonly omar: TeamsPerson;
  readonly amelie: TeamsPerson;
  readonly grace: TeamsPerson;
  readonly channels: { gendarmes: Channel; inspectors: Conversation };
  coord!: Coord;
  #token = "";

  private constructor(
    readonly slack: Slack,
    readonly teams: Teams,
  ) {
    const [desk, gendarmes, customs] = IN_SLACK.map((name) => slack.team(name, { installed: false })) as [
      Team,
      Team,
      Team,
    ];
    this.teamsOf = { desk, gendarmes, customs };
    this.sofia = slack.person(desk, "sofia");
    this.maria = slack.person(gendarmes, "maria");
    this.petros = slack.person(gendarmes, "petros");
    this.jonas = slack.person(customs, "jonas");
    const tenant = randomUUID();
    this.eleni = teams.fake.addPerson(tenant, "Eleni Kastri");
    this.omar = teams.fake.addPerson(tenant, "Omar Rashad");
    this.amelie = teams.fake.addPerson(randomUUID(), "Amelie Roussel");
    this.grace = teams.fake.addPerson(randomUUID(), "Grace Okoro");
    this.channels = {
      gendarmes: slack.channel(gendarmes, "coordination", [this.maria, this.petros]),
      inspectors: teams.fake.addConversation("channel", [this.eleni, this.omar]),
    };
  }

  static async build(): Promise<Assembly> {
    return new Assembly(await new Slack().start(), await Teams.start());
  }

  get inTeams(): TeamsPerson[] {
    return [this.eleni, this.omar, this.amelie, this.grace];
  }

  /** The demo's workbench stands beside both platforms: its clock is the one that moves. */
  get env(): Env {
    const { slack, teams } = this;
    return {
      COORD_DEMO: "1",
      PUBLIC_URL: SITE,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_CLIENT_ID: slack.app.clientId,
      SLACK_CLIENT_SECRET: slack.app.clientSecret,
      SLACK_STATE_SECRET: "a state secret of these tests",
      SLACK_API_URL: slack.apiUrl,
      MicrosoftAppId: teams.fake.appId,
      MicrosoftAppPassword: teams.fake.password,
      MicrosoftAppTenantId: teams.fake.appTenant,
      TEAMS_ALLOWED_TENANTS: [...new Set(this.inTeams.map(({ tenant }) => tenant))].join(","),
      TEAMS_SERVICE_HOSTS: teams.fake.host,
      TEAMS_OPENID_METADATA_URL: teams.fake.metadataUrl,
      TEAMS_LOGIN_URL: teams.fake.loginUrl,
    };
  }

  async open(coord: Coord, folder: string): Promise<void> {
    this.coord = coord;
    this.slack.botUrl = `${coord.url}/slack/events`;
    this.teams.fake.botUrl = `${coord.url}/api/messages`;
    for (const team of Object.values(this.teamsOf)) await this.#install(team);
    for (const person of this.inTeams) await this.teams.fake.install(person);
    await coord.must(
      ...["init", "--name", "Northern Coordination Body", "--slug", "north", "--zone", "Europe/Athens", "--agency"],
      ...Object.entries(AGENCIES).map(([handle, [name, mandate]]) => `${handle}=${name}:${mandate}`),
    );
    const inSlack = ({ team, id }: SlackPerson) => `slack:${team}:${id}`;
    const inTeams = ({ tenant, user }: TeamsPerson) => `teams:${tenant}:${user}`;
    const rows = [
      "name,agency,role,accounts,lang",
      `Sofia Lindqvist,desk,coordinator focal_point,${inSlack(this.sofia)},en`,
      `Maria Levidi,gendarmes,focal_point staff,${inSlack(this.maria)},en`,
      `Petros Anagnos,gendarmes,staff,${inSlack(this.petros)},en`,
      `Jonas Brandt,customs,focal_point staff,${inSlack(this.jonas)},en`,
      `Eleni Kastri,inspectors,focal_point staff,${inTeams(this.eleni)},en`,
      `Omar Rashad,inspectors,staff,${inTeams(this.omar)},en`,
      `Amelie Roussel,asylum,focal_point staff,${inTeams(this.amelie)},fr`,
      `Grace Okoro,shelter,focal_point staff,${inTeams(this.grace)},en`,
    ];
    const file = join(folder, "people.csv");
    await writeFile(file, `${rows.join("\n")}\n`);
    await coord.must("import", "people", file, "--body", "north");
    for (const each of [this.sofia, this.maria, this.petros, this.jonas]) await this.slack.reads(each, "Welcome");
    for (const each of this.inTeams) await this.teams.reads(each, /Welcome|Bienvenue/);
  }

  /** An administrator installs Coord in a workspace; Slack sends the browser to the public address, which leads here. */
  async #install(team: Team): Promise<void> {
    const asked = await fetch(`${this.coord.url}/slack/install`, { redirect: "manual" });
    const cookie = asked.headers.get("set-cookie")?.split(";")[0] ?? "";
    const { pathname, search } = this.slack.approve(asked.headers.get("location") ?? "", team);
    const back = await fetch(`${this.coord.url}${pathname}${search}`, { headers: { cookie } });
    if (back.status !== 200) throw new Error(`HTTP ${back.status} to the installation in ${team.name}`);
  }

  async now(): Promise<Date> {
    const session = (await (await fetch(`${this.coord.admin}/workbench/session`)).json()) as {
      token: string;
      now: string;
    };
    this.#token = session.token;
    return new Date(session.now);
  }

  /** @param local a date and time in Athens, `2026-12-08T10:00` */
  async clockTo(local: string): Promise<void> {
    await this.now();
    const answer = await fetch(`${this.coord.admin}/workbench/clock`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-workbench-token": this.#token },
      body: JSON.stringify({ to: local }),
    });
    if (!answer.ok) throw new Error(`the clock was not moved to ${local}: ${await answer.text()}`);
  }

  /** `/coord …` in one's own chat. @returns the answer as it is read */
  async command(person: SlackPerson, text: string, where = this.slack.direct(person)): Promise<string> {
    const [said, called] = [this.slack.messages.length, this.slack.calls.length];
    const answer = await this.slack.command(person, text, where);
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status} to ${text}`);
    const body = (answer.body ?? {}) as { text?: string };
    if (body.text) return body.text;
    // What takes longer than Slack waits is answered at the address for answers, or by a form.
    const late = () => this.slack.messages.slice(said).find((one) => one.onlyFor === person.id);
    const opened = () => this.slack.calls.slice(called).some(({ method }) => method.startsWith("views."));
    await until(`${person.name} is answered`, () => late() ?? (opened() || undefined)).catch(() => undefined);
    const found = late();
    return found ? this.slack.read(found) : "";
  }

  /** The newest answer or message to somebody in Slack that is what is looked for. */
  seen(person: SlackPerson, match: (posted: SlackPosted) => boolean): Promise<SlackPosted> {
    const own = this.slack.direct(person).id;
    return until(`${person.name} sees an answer`, () =>
      this.slack.messages.findLast(
        (one) => one.author !== person.id && (one.onlyFor === person.id || one.channel === own) && match(one),
      ),
    );
  }

  /** The live card of a meeting: the first, which is kept true; what a button turned into a card is none. */
  slackCard(person: SlackPerson): Promise<SlackPosted> {
    return until(`${person.name} has the card`, () => this.slack.cardsOf(person, /^M-1 /)[0]);
  }

  teamsCard(person: TeamsPerson): Promise<TeamsPosted> {
    return until(`${person.displayName} has the card`, () => this.teams.cardsOf(person, /^M-1 /)[0]);
  }

  /** Presses a button of a card in Slack as soon as it is there: cards are refreshed in bursts. */
  async press(person: SlackPerson, on: SlackPosted, label: string): Promise<void> {
    await until(`${person.name} can press ${label}`, () =>
      elementsOf(on.blocks).some(({ element }) => readText(element.text) === label),
    );
    const { status } = await this.slack.press(person, on, label);
    if (status !== 200) throw new Error(`HTTP ${status} to ${label}`);
  }

  /** The same in Teams, for a button that opens a dialog. */
  async dialog(person: TeamsPerson, on: TeamsPosted, label: string): Promise<Dialog> {
    await until(`${person.displayName} can press ${label}`, () => buttonsOf(on).includes(label));
    return this.teams.open(person, on, label);
  }

  /** What stands in a channel, as it is read. */
  inSlack(channel: Channel): string[] {
    return this.slack.messages
      .filter((one) => one.channel === channel.id && !one.onlyFor)
      .map((one) => this.slack.read(one));
  }

  inChannel(conversation: Conversation): string[] {
    return this.teams.fake.in(conversation).map((posted) => this.teams.linesOf(posted).join("\n"));
  }

  /** A client that knows no Action.Execute sends a button as a message: the Action.Submit of its fallback. */
  async pressOld(person: TeamsPerson, on: TeamsPosted, label: string): Promise<Answer> {
    const found = fallbackOf((on.activity.attachments as { content: unknown }[])[0]?.content, label);
    if (!found) throw new Error(`${label} has no fallback`);
    const what = { type: "message", value: found, replyToId: on.id };
    return this.teams.fake.send(what, person, on.conversation);
  }

  /** Words addressed to Coord in a channel of Teams. */
  mention(person: TeamsPerson, where: Conversation, text: string): Promise<Answer> {
    const bot = { id: `28:${this.teams.fake.appId}`, name: "Coord" };
    return this.teams.fake.send(
      {
        type: "message",
        text: `<at>Coord</at> ${text}`,
        entities: [{ type: "mention", mentioned: bot, text: "<at>Coord</at>" }],
      },
      person,
      where,
    );
  }

  /** The address behind a button that leads out, as a browser opens it: the public address leads to this process. */
  fetch(url: string, how?: RequestInit): Promise<Response> {
    if (!url.startsWith(SITE)) throw new Error(`not an address of this site: ${url}`);
    return fetch(url.replace(SITE, this.coord.url), how);
  }

  addressIn(seen: unknown): string {
    const [url] = JSON.stringify(seen).match(/https:\/\/coord\.example\/[\w./-]+/) ?? [];
    if (!url) throw new Error(`no address in ${JSON.stringify(seen)}`);
    return url;
  }

  async close(): Promise<void> {
    await Promise.all([this.slack.stop(), this.teams.fake.stop()]);
  }
}

type Json = { [key: string]: unknown };

function fallbackOf(card: unknown, label: string): unknown {
  const found: unknown[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(walk);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const { type, title, fallback } = value as Json;
    if (type === "Action.Execute" && title === label) found.push((fallback as Json | undefined)?.data);
    Object.values(value).forEach(walk);
  };
  walk(card);
  return found[0];
}

export const buttonsOf = (posted: TeamsPosted): string[] =>
  readCard((posted.activity.attachments as { content: unknown }[])[0]?.content).buttons.map(({ label }) => label);
