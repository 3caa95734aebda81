import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Delivered,
  FakeSlack,
  type Person as SlackPerson,
  type Posted as SlackPosted,
  type Team,
} from "../fakes/slack.js";
import { readCard, type SeenAction } from "../fakes/teams/eye.js";
import { type Answer, FakeTeams, type Person as TeamsPerson, type Posted as TeamsPosted } from "../fakes/teams.js";
import { BODY, Coord, type Env, emptyFolder, madeFolder, until } from "./coord.js";

type Json = { [key: string]: unknown };

/** Both platforms on loopback, and what stands on their screens. */

/** The fake, which keeps every request and every answer. */
export class Slack extends FakeSlack {
  readonly deliveries: { request: { headers: Record<string, string>; body: string }; answer?: Delivered }[] = [];

  /** How often each request is delivered, all at once. */
  copies = 1;

  override async send(request: { headers: Record<string, string>; body: string }, headers = {}): Promise<Delivered> {
    const once = async (): Promise<Delivered> => {
      const delivery: Slack["deliveries"][number] = { request };
      this.deliveries.push(delivery);
      delivery.answer = await super.send(request, headers);
      return delivery.answer;
    };
    const answers = await Promise.all(Array.from({ length: this.copies }, once));
    // Slack shows the first answer that says something.
    return answers.find(({ body }) => body !== undefined) ?? (answers[0] as Delivered);
  }

  /** Coord's messages to somebody, oldest first; answers that pass (ephemeral ones) are none. */
  inboxOf(person: SlackPerson): SlackPosted[] {
    const { id } = this.direct(person);
    return this.messages.filter((one) => one.channel === id && one.author !== person.id && !one.onlyFor);
  }

  /** The cards of an item in somebody's chat with Coord; more than one is a double. */
  cardsOf(person: SlackPerson, begins: RegExp): SlackPosted[] {
    return this.inboxOf(person).filter(
      (one) => one.blocks?.[0]?.type === "header" && begins.test(this.read(one).split("\n", 1)[0] ?? ""),
    );
  }

  cardOf(person: SlackPerson, begins: RegExp): Promise<SlackPosted> {
    return until(`${person.name} has the card ${begins}`, () => this.cardsOf(person, begins).at(-1));
  }

  /** What somebody reads somewhere in the chat with Coord. */
  reads(person: SlackPerson, words: string | RegExp, ms?: number): Promise<SlackPosted> {
    return until(
      `${person.name} reads ${words}`,
      () => this.inboxOf(person).findLast((one) => matches(`${one.text}\n${this.read(one)}`, words)),
      ms,
    );
  }
}

export type Dialog = { title: string; lines: string[]; fields: string[]; send?: SeenAction; raw: unknown };

/** What a Teams client does: it reads cards, presses what they offer and fills dialogs in. */
export class Teams {
  readonly answers: Answer[] = [];

  private constructor(readonly fake: FakeTeams) {
    const raw = fake.raw.bind(fake);
    fake.raw = async (...request) => {
      const answer = await raw(...request);
      this.answers.push(answer);
      return answer;
    };
  }

  static async start(): Promise<Teams> {
    return new Teams(await FakeTeams.start());
  }

  inboxOf(person: TeamsPerson): TeamsPosted[] {
    return this.fake.in(this.fake.personalOf(person));
  }

  linesOf = (posted: TeamsPosted): string[] => readCard(cardIn(posted)).lines;

  cardsOf(person: TeamsPerson, begins: RegExp): TeamsPosted[] {
    return this.inboxOf(person).filter((posted) => begins.test(this.linesOf(posted)[0] ?? ""));
  }

  cardOf(person: TeamsPerson, begins: RegExp): Promise<TeamsPosted> {
    return until(`${person.displayName} has the card ${begins}`, () => this.cardsOf(person, begins).at(-1));
  }

  reads(person: TeamsPerson, words: string | RegExp, ms?: number): Promise<TeamsPosted> {
    return until(
      `${person.displayName} reads ${words}`,
      () =>
        this.inboxOf(person).findLast((posted) =>
          matches(`${posted.activity.summary}\n${this.linesOf(posted).join("\n")}`, words),
        ),
      ms,
    );
  }

  say(person: TeamsPerson, text: string): Promise<Answer> {
    return this.fake.send({ type: "message", textFormat: "plain", text }, person, this.fake.personalOf(person));
  }

  /** A quoted reply to one of Coord's messages. */
  reply(person: TeamsPerson, to: TeamsPosted, text: string): Promise<Answer> {
    const quote = `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="${to.id}"><strong>Coord</strong><p>card</p></blockquote>`;
    const attachments = [{ contentType: "text/html", content: `${quote}<p>${text}</p>` }];
    return this.fake.send({ type: "message", text: `Coord card ${text}`, attachments }, person, to.conversation);
  }

  /** The activity of pressing a button, or an option of a menu: Action.Execute, as Teams' invoke. */
  pressing(person: TeamsPerson, on: TeamsPosted, label: string, option?: string): Json {
    const { action, inputs } = findAction(cardIn(on), label, option);
    const data = { ...action.data, ...inputs };
    const value = { action: { type: "Action.Execute", verb: action.verb, data }, trigger: "manual" };
    const invoke = { type: "invoke", name: "adaptiveCard/action", value, replyToId: on.id };
    return this.fake.activity(invoke, person, on.conversation);
  }

  async press(person: TeamsPerson, on: TeamsPosted, label: string, option?: string): Promise<Answer> {
    const answer = await this.fake.deliver(this.pressing(person, on, label, option));
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status} to ${label}`);
    return answer;
  }

  /** A button that opens a dialog. */
  async open(person: TeamsPerson, on: TeamsPosted, label: string): Promise<Dialog> {
    const { action } = findAction(cardIn(on), label);
    const fetch = { data: action.data, context: { theme: "default" } };
    const { body } = await this.#invoke("task/fetch", fetch, person, on);
    return this.#dialog(body);
  }

  async submit(person: TeamsPerson, on: TeamsPosted, dialog: Dialog, values: Record<string, string>): Promise<Answer> {
    const inputs = Object.fromEntries(dialog.fields.map((id) => [id, values[id.slice(2)] ?? ""]));
    return this.#invoke("task/submit", { data: { ...dialog.send?.data, ...inputs } }, person, on);
  }

  #dialog(body: unknown): Dialog {
    const { task } = (body ?? {}) as { task?: { type: string; value: { title: string; card: { content: unknown } } } };
    if (task?.type !== "continue") throw new Error(`no dialog: ${JSON.stringify(body)}`);
    const card = task.value.card.content;
    this.fake.checkCard(card, "dialog");
    const { lines, inputs, buttons } = readCard(card);
    return {
      title: task.value.title,
      lines,
      fields: inputs.map(({ id }) => id),
      send: buttons.findLast(({ kind }) => kind === "submit"),
      raw: card,
    };
  }

  async #invoke(name: string, value: Json, person: TeamsPerson, on: TeamsPosted): Promise<Answer> {
    const answer = await this.fake.send({ type: "invoke", name, value, replyToId: on.id }, person, on.conversation);
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status} to ${name}`);
    return answer;
  }
}

const cardIn = (posted: TeamsPosted): unknown => (posted.activity.attachments as { content: unknown }[])[0]?.content;

function findAction(card: unknown, label: string, option?: string): { action: SeenAction; inputs: Json } {
  const { buttons, menus } = readCard(card);
  if (option === undefined) {
    const action = buttons.find((each) => each.label === label);
    if (action) return { action, inputs: {} };
  }
  const found = menus.find((each) => each.label === label)?.options.find((each) => each.label.startsWith(option ?? ""));
  if (!found) throw new Error(`nothing to press called ${label} ${option ?? ""}`);
  return found;
}

const matches = (text: string, words: string | RegExp): boolean =>
  typeof words === "string" ? text.includes(words) : words.test(text);

/** The police in Slack, the labour inspectorate in Teams. */
export class Stage {
  readonly maria: SlackPerson;
  readonly officers: SlackPerson[];
  readonly tenant = randomUUID();
  readonly eleni: TeamsPerson;
  readonly omar: TeamsPerson;

  private constructor(
    readonly slack: Slack,
    readonly team: Team,
    readonly teams: Teams,
    officers: number,
  ) {
    this.maria = slack.person(team, "maria");
    this.officers = Array.from({ length: officers }, (_, n) => slack.person(team, `officer${n + 1}`));
    this.eleni = teams.fake.addPerson(this.tenant, "Eleni Kastri");
    this.omar = teams.fake.addPerson(this.tenant, "Omar Rashad");
  }

  static async build({ officers = 0 } = {}): Promise<Stage> {
    const slack = await new Slack().start();
    return new Stage(slack, slack.team("Police"), await Teams.start(), officers);
  }

  get env(): Env {
    const { slack, teams } = this;
    return {
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_BOT_TOKEN: this.team.token,
      SLACK_API_URL: slack.apiUrl,
      MicrosoftAppId: teams.fake.appId,
      MicrosoftAppPassword: teams.fake.password,
      MicrosoftAppTenantId: teams.fake.appTenant,
      TEAMS_ALLOWED_TENANTS: this.tenant,
      TEAMS_SERVICE_HOSTS: teams.fake.host,
      TEAMS_OPENID_METADATA_URL: teams.fake.metadataUrl,
      TEAMS_LOGIN_URL: teams.fake.loginUrl,
    };
  }

  /** Both platforms send to this process from now on. */
  sendTo(coord: Pick<Coord, "url">): void {
    this.slack.botUrl = `${coord.url}/slack/events`;
    this.teams.fake.botUrl = `${coord.url}/api/messages`;
  }

  /** Everybody is imported by the operator and has had the welcome, so that every conversation is known. */
  async enrol(coord: Coord, folder: string): Promise<void> {
    const { eleni, omar, team, maria } = this;
    for (const person of [eleni, omar]) await this.teams.fake.install(person);
    const rows = [
      "name,agency,role,accounts",
      `Maria Levidi,police,focal_point staff,slack:${team.id}:${maria.id}`,
      ...this.officers.map((each, n) => `Officer ${n + 1},police,staff,slack:${team.id}:${each.id}`),
      `Eleni Kastri,labour,focal_point staff,teams:${eleni.tenant}:${eleni.user}`,
      `Omar Rashad,labour,staff,teams:${omar.tenant}:${omar.user}`,
    ];
    const file = join(folder, "people.csv");
    await writeFile(file, `${rows.join("\n")}\n`);
    await coord.must("import", "people", file);
    for (const each of [maria, ...this.officers]) await this.slack.reads(each, "Welcome");
    for (const each of [eleni, omar]) await this.teams.reads(each, "Welcome");
  }

  command(person: SlackPerson, text: string): Promise<Delivered> {
    return this.slack.command(person, text, this.slack.direct(person));
  }

  async close(): Promise<void> {
    await Promise.all([this.slack.stop(), this.teams.fake.stop()]);
  }
}

/** One process with people in it, and its successors on the same data. */
export class Running {
  coord!: Coord;

  private constructor(
    readonly stage: Stage,
    readonly env: Env,
  ) {}

  static async open(base: Env, { officers = 0 } = {}): Promise<Running> {
    const embedded = base.DATABASE_URL === undefined;
    const folder = await (embedded ? madeFolder() : emptyFolder());
    const stage = await Stage.build({ officers });
    const it = new Running(stage, { ...stage.env, ...base, COORD_DATA_DIR: folder });
    try {
      await it.start();
      if (!embedded) await it.coord.must(...BODY);
      await stage.enrol(it.coord, folder);
      return it;
    } catch (error) {
      await it.close();
      throw error;
    }
  }

  async start(): Promise<void> {
    this.coord = await Coord.start(this.env);
    this.stage.sendTo(this.coord);
  }

  async close(): Promise<void> {
    await this.coord?.close();
    await this.stage.close();
  }
}
