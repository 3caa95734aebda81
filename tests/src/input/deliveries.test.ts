import { randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSlackAdapter, PATHS, type SlackAdapter } from "../../../adapters/slack/index.js";
import { encodable } from "../../../src/chat/index.js";
import { linkPerson } from "../../../src/cli/setup.js";
import { adapterWords } from "../../../src/i18n/index.js";
import { adapterStore } from "../../../src/store/adapter-store.js";
import { type Bot, startBot } from "../../adapters/teams/bot.js";
import { FakeSlack, type Person as SlackPerson, type Team } from "../../fakes/slack.js";
import { FakeTeams, type Person as TeamsPerson } from "../../fakes/teams.js";
import { type World, World as Worlds, ZONE } from "../../world.js";

// Some hundred requests to a real database: slow where others use the machine too.

/** What no text of a database can hold, or no index, in every field of every delivery, through both adapters. */
type Json = { [key: string]: unknown };

let w: World;
let slack: FakeSlack;
let team: Team;
let maria: SlackPerson;
let slackAdapter: SlackAdapter;
let teams: FakeTeams;
let bot: Bot;
let eleni: TeamsPerson;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  w = await Worlds.create({ people: { Pia: "police focal_point staff", Lena: "labour focal_point staff" } });
  const { runtime } = w;
  const store = adapterStore(runtime.store, runtime.vault, w.clock);
  const log = { info: () => {}, warn: () => {} };
  slack = await new FakeSlack().start();
  team = slack.team("Police", { installed: true });
  maria = slack.person(team, "maria");
  slackAdapter = createSlackAdapter({
    words: adapterWords(),
    ...{ signingSecret: slack.signingSecret, botToken: team.token, apiUrl: slack.apiUrl },
    ...{ store, log, now: () => new Date() },
  });
  const server = createServer((req, res) => slackAdapter.listener(req, res));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  slack.botUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATHS.events}`;
  await slackAdapter.start(runtime.receive);
  teams = await FakeTeams.start();
  const tenant = randomUUID();
  eleni = teams.addPerson(tenant, "Eleni");
  bot = await startBot(teams, [tenant], { store });
  await bot.adapter.start(runtime.receive);
  const people = [
    ["police", "Maria", `slack:${team.id}:${maria.id}`],
    ["labour", "Eleni", `teams:${tenant}:${eleni.user}`],
  ] as const;
  for (const [agency, name, account] of people)
    await linkPerson(runtime, agency, { name, account: [account], role: ["staff"], zone: ZONE });
  await teams.install(eleni);
  closing.push(
    () => slackAdapter.stop(),
    async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
    () => slack.stop(),
    () => bot.close(),
    () => teams.stop(),
    () => w.close(),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
});

const BAD: [what: string, make: (text: string) => string][] = [
  ["U+0000 at the end", (text) => `${text}\u0000`],
  ["U+0000 alone", () => "\u0000"],
  ["half a surrogate pair", (text) => `\ud800${text}`],
  // Of random letters, since an index packs what repeats.
  ["4,000 letters", (text) => `${text}${randomBytes(3_000).toString("base64url")}`],
];

type Path = readonly (string | number)[];

function textsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value === "string") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}

function changed(value: Json, path: Path, make: (text: string) => string): Json {
  const copy = structuredClone(value);
  const last = path.at(-1) ?? "";
  let node = copy as Json;
  for (const key of path.slice(0, -1)) node = node[key] as Json;
  node[last] = make(String(node[last]));
  return copy;
}

/** Each field of it in each way, under ids of its own so that none is taken for a repetition. */
async function everyField(payload: () => Json, send: (payload: Json) => Promise<{ status: number }>): Promise<void> {
  for (const path of textsIn(payload()))
    for (const [what, make] of BAD) {
      const { status } = await send(changed(payload(), path, make));
      expect(status, `${path.join(".")}: ${what}`).toBeLessThan(500);
    }
}

const stateOf = () => JSON.stringify({ body: "north", nonce: randomUUID(), given: {} });
const id = () => randomBytes(6).toString("hex");

describe("Slack", () => {
  const common = () => ({
    api_app_id: "A0COORD",
    team: { id: team.id, domain: "police" },
    user: { id: maria.id, username: "maria", name: "maria", team_id: team.id },
    trigger_id: id(),
    enterprise: { id: "E0", name: "Grid" },
    channel: { id: slack.direct(maria).id, name: "directmessage" },
    response_url: `${slack.apiUrl}response`,
  });
  const deliveries: [string, "slash_commands" | "interactive" | "events_api", () => Json][] = [
    [
      "a line",
      "slash_commands",
      () => ({
        ...{ team_id: team.id, team_domain: "police", enterprise_id: "E0", channel_id: slack.direct(maria).id },
        ...{ channel_name: "directmessage", user_id: maria.id, user_name: "maria", command: "/coord" },
        ...{ text: "task @labour Inspect <@U0NOBODY|x>", response_url: `${slack.apiUrl}r`, trigger_id: id() },
      }),
    ],
    [
      "a button",
      "interactive",
      () => ({
        ...common(),
        type: "block_actions",
        container: { type: "message", message_ts: "1.2", channel_id: slack.direct(maria).id, thread_ts: "1.1" },
        actions: [{ type: "button", action_id: "say", block_id: "b", value: "north/T-1 words" }],
      }),
    ],
    [
      "a form",
      "interactive",
      () => ({
        ...common(),
        type: "view_submission",
        view: {
          ...{ id: id(), hash: id(), callback_id: "cmd.task", private_metadata: stateOf(), team_id: team.id },
          state: {
            values: {
              to: { to: { type: "external_select", selected_option: { value: "@labour" } } },
              title: { title: { type: "plain_text_input", value: "Inspect" } },
              with: { with: { selected_options: [{ value: "@labour" }] } },
            },
          },
        },
      }),
    ],
    [
      "a lookup",
      "interactive",
      () => ({
        ...common(),
        ...{ type: "block_suggestion", action_id: "party", block_id: "to", value: "lab" },
        view: { id: id(), callback_id: "cmd.task", private_metadata: stateOf() },
      }),
    ],
    [
      "a message to make a task of",
      "interactive",
      () => ({
        ...common(),
        ...{ type: "message_action", callback_id: "task_from_message", message_ts: "1.3" },
        message: { type: "message", user: maria.id, ts: "1.3", thread_ts: "1.1", text: "Look at <@U0NOBODY>" },
      }),
    ],
    [
      "words in a thread",
      "events_api",
      () => ({
        ...{ team_id: team.id, type: "event_callback", event_id: id(), api_app_id: "A0COORD" },
        event: {
          ...{ type: "message", channel_type: "im", user: maria.id, team: team.id, ts: "2.1", thread_ts: "1.1" },
          ...{ channel: slack.direct(maria).id, parent_user_id: team.botUser, text: "On our way" },
        },
        authorizations: [{ enterprise_id: "E0", team_id: team.id, user_id: team.botUser, is_bot: true }],
      }),
    ],
  ];

  it.each(deliveries)("%s", async (_what, kind, payload) => {
    await everyField(payload, (body) => slack.send(slack.request(kind, body)));
  });

  it("cleans words, and takes an id that holds such a character for nobody's", async () => {
    const line = deliveries[0]?.[2]() ?? {};
    const asked = await slack.send(slack.request("slash_commands", { ...line, text: "task @labour Ins\u0000pect" }));
    expect(asked.status).toBe(200);
    const titles = () => w.runtime.store.owner.selectFrom("tasks").select("title").execute();
    expect(JSON.stringify(await titles())).toContain('"Inspect"');
    const before = (await titles()).length;
    for (const [field, value] of Object.entries({ user_id: `${maria.id}\u0000`, team_id: `${team.id}\u0000` }))
      await slack.send(
        slack.request("slash_commands", { ...line, trigger_id: id(), text: "task @labour Nobody's", [field]: value }),
      );
    expect(await titles()).toHaveLength(before);
  });
});

describe("Teams", () => {
  const own = () => teams.personalOf(eleni);
  const deliveries: [string, () => Json][] = [
    ["a line", () => ({ type: "message", textFormat: "plain", text: "task @police Inspect" })],
    [
      "a line with a mention",
      () => ({
        ...{ type: "message", text: "task <at>Eleni</at> Inspect" },
        entities: [
          {
            type: "mention",
            text: "<at>Eleni</at>",
            mentioned: { id: eleni.mri, name: "Eleni", aadObjectId: eleni.user },
          },
        ],
      }),
    ],
    [
      "a button",
      () => ({
        ...{ type: "invoke", name: "adaptiveCard/action", replyToId: "1" },
        value: { action: { type: "Action.Execute", verb: "say", data: { id: "say", value: "north/T-1 words" } } },
      }),
    ],
    [
      "a form",
      () => ({
        ...{ type: "invoke", name: "task/submit" },
        value: {
          data: {
            ...{ form: "cmd.task", state: stateOf(), key: randomUUID() },
            ...{ o_to: "@police", t_title: "Inspect", m_with: "@police" },
          },
        },
      }),
    ],
    [
      "a lookup",
      () => ({ type: "invoke", name: "application/search", value: { dataset: "party", queryText: "pol", kind: "s" } }),
    ],
    [
      "a message to make a task of",
      () => ({
        ...{ type: "invoke", name: "composeExtension/fetchTask" },
        value: {
          ...{ commandId: "taskFromMessage", commandContext: "message" },
          messagePayload: {
            ...{ id: "5", replyToId: "4", linkToMessage: "https://teams.microsoft.com/l/1" },
            body: { contentType: "html", content: "<p>Look at this</p>" },
            from: { user: { id: eleni.user, displayName: "Eleni" } },
          },
        },
      }),
    ],
    [
      "a quoted reply",
      () => ({
        ...{ type: "message", text: "Coord On our way", replyToId: "3" },
        attachments: [
          {
            contentType: "text/html",
            content:
              '<blockquote itemtype="http://schema.skype.com/Reply" itemid="12"><p>card</p></blockquote><p>On our way</p>',
          },
        ],
      }),
    ],
    ["somebody who comes", () => ({ type: "conversationUpdate", membersAdded: [{ id: eleni.mri, aadObjectId: "x" }] })],
  ];

  it.each(deliveries)("%s", async (_what, what) => {
    await everyField(
      () => teams.activity(what(), eleni, own()) as Json,
      (activity) => teams.deliver(activity),
    );
  });

  it("cleans words, and takes an id that holds such a character for nobody's", async () => {
    const send = (text: string, from: Json = {}) => {
      const activity = teams.activity({ type: "message", text }, eleni, own()) as Json;
      return teams.deliver({ ...activity, from: { ...(activity.from as Json), ...from } });
    };
    expect((await send("task @police Cou\u0000nt")).status).toBe(200);
    const titles = () => w.runtime.store.owner.selectFrom("tasks").select("title").execute();
    expect(JSON.stringify(await titles())).toContain('"Count"');
    const before = (await titles()).length;
    expect((await send("task @police Nobody's", { aadObjectId: `${eleni.user}\u0000` })).status).toBeLessThan(500);
    expect(await titles()).toHaveLength(before);
  });
});

describe("a value that came as JSON", () => {
  it("is cleaned however deep it nests and whatever its fields are called", () => {
    const depth = 200_000;
    const deep: unknown = JSON.parse(`${"[".repeat(depth)}"\\u0000"${"]".repeat(depth)}`);
    let inner = encodable(deep);
    while (Array.isArray(inner)) [inner] = inner;
    expect(inner).toBe("\ufffd");
    expect(encodable({ "a\u0000": "\udc00b", "__proto__\u0000": { c: "👩🏽‍🌾" } })).toEqual({
      "a\ufffd": "\ufffdb",
      "__proto__\ufffd": { c: "👩🏽‍🌾" },
    });
  });
});
