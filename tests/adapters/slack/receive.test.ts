import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeMetadata } from "../../../adapters/slack/metadata.js";
import { installedIn, normalise } from "../../../adapters/slack/receive.js";
import { type Inbound, mentionToken } from "../../../src/chat/index.js";
import { conformance, conformanceDir, conformanceFiles, NEEDS } from "../../conformance.js";

type Json = Record<string, unknown>;

const known = { delivery: "delivery-hash", bot: { userId: "UBOT", botId: "BBOT" } };

const slash = (over: Json = {}): Json => ({
  command: "/coord",
  text: "tasks",
  team_id: "T1",
  user_id: "U1",
  user_name: "maria",
  channel_id: "C1",
  channel_name: "desk",
  trigger_id: "1.2.3",
  ...over,
});
const event = (event: Json, over: Json = {}): Json => ({
  type: "event_callback",
  team_id: "T1",
  event_id: "Ev1",
  authorizations: [{ team_id: "T1", enterprise_id: null, user_id: "UBOT", is_bot: true }],
  event: { user: "U1", channel: "C1", team: "T1", ts: "10.1", ...event },
  ...over,
});
const click = (action: Json, over: Json = {}): Json => ({
  type: "block_actions",
  user: { id: "U1", name: "maria", team_id: "T1" },
  team: { id: "T1" },
  channel: { id: "C1", name: "desk" },
  container: { type: "message", message_ts: "9.1", channel_id: "C1" },
  trigger_id: "1.2.3",
  actions: [action],
  ...over,
});
const view = (over: Json = {}): Json => ({
  id: "V1",
  hash: "h1",
  type: "modal",
  callback_id: "task.new",
  private_metadata: encodeMetadata("body/T-1", { channel: "C7" }),
  state: { values: {} },
  ...over,
});
const inView = (type: string, over: Json = {}, viewOver: Json = {}): Json => ({
  type,
  user: { id: "U1", name: "maria", team_id: "T1" },
  team: { id: "T1" },
  view: view(viewOver),
  ...over,
});
const pointed = (message: Json, over: Json = {}): Json => ({
  ...click({}),
  type: "message_action",
  callback_id: "task_from_message",
  actions: undefined,
  container: undefined,
  message: { ts: "8.1", user: "U2", text: "Trucks &lt;km 12&gt;", ...message },
  ...over,
});

describe("what people type", () => {
  const mention = { platform: "slack", tenant: "T1", user: "U2" };
  it.each<[string, string, string, unknown[]]>([
    ["entities", "a &lt;b&gt; &amp;amp; c", "a <b> &amp; c", []],
    ["a mention with its name", "task <@U2|omar> Inspect", `task ${mentionToken(0)} Inspect`, [mention]],
    ["a mention without", "task <@U2>", `task ${mentionToken(0)}`, [mention]],
    ["two mentions", "<@U2> <@W3>", `${mentionToken(0)} ${mentionToken(1)}`, [mention, { ...mention, user: "W3" }]],
    ["a mention typed by hand", "&lt;@U2&gt;", "<@U2>", []],
    ["an imitated token", `task ${mentionToken(0)}`, "task 0", []],
    ["a channel", "in <#C9|border> now", "in #border now", []],
    ["a channel without its name", "<#C9|>", "#C9", []],
    ["a label that is another address", "<https://e.example|b.example>", "b.example (https://e.example)", []],
    ["a link with a label", "see <https://a.example/x?a=1&amp;b=2|it>", "see it (https://a.example/x?a=1&b=2)", []],
    ["a link that Slack made of words", "see <http://a.example/x|a.example/x>", "see a.example/x", []],
    ["what only looks like a link", "&lt;https://e.example|b.example&gt;", "<https://e.example|b.example>", []],
    ["a bare link", "see <https://a.example/x?a=1&amp;b=2>", "see https://a.example/x?a=1&b=2", []],
    ["a mail address", "<mailto:a@b.example|a@b.example>", "a@b.example", []],
    ["a group", "<!subteam^S1|@desk> <!here>", "@desk @here", []],
    ["a date", "<!date^1392734382^{date}|18 Feb>", "18 Feb", []],
    ["the bot's own name", "<@UBOT> tasks", "tasks", []],
    ["nothing", "", "", []],
  ])("%s", (_, wire, text, mentions) => {
    expect(normalise(slash({ text: wire }), known)).toMatchObject({ type: "command", text, mentions });
  });
});

describe("payloads", () => {
  it.each<[string, Json, Partial<Inbound> | undefined]>([
    [
      "slash command",
      slash(),
      {
        type: "command",
        key: "1.2.3",
        actor: { platform: "slack", tenant: "T1", user: "U1", displayName: "maria" },
        conversation: { platform: "slack", tenant: "T1", id: "C1", kind: "channel" },
      },
    ],
    ["slash command without a trigger", slash({ trigger_id: undefined }), { key: "delivery-hash" }],
    [
      "in a direct conversation",
      slash({ channel_id: "D1", channel_name: "directmessage" }),
      { conversation: { platform: "slack", tenant: "T1", id: "D1", kind: "personal" } },
    ],
    [
      "in a group",
      slash({ channel_id: "G1", channel_name: "mpdm-a--b--c-1" }),
      { conversation: { platform: "slack", tenant: "T1", id: "G1", kind: "group" } },
    ],
    [
      "on Enterprise Grid",
      slash({ enterprise_id: "E1" }),
      { conversation: { platform: "slack", tenant: "T1", id: "C1", kind: "channel", address: { enterprise: "E1" } } },
    ],
    ["slash command of nobody", slash({ user_id: undefined }), undefined],

    [
      "direct message",
      event({ type: "message", channel_type: "im", channel: "D1", text: "tasks" }),
      { type: "command", text: "tasks", key: "Ev1" },
    ],
    ["direct message of a bot", event({ type: "message", channel_type: "im", bot_id: "B9", text: "x" }), undefined],
    ["direct message of our own", event({ type: "message", channel_type: "im", user: "UBOT", text: "x" }), undefined],
    ["edited message", event({ type: "message", channel_type: "im", subtype: "message_changed" }), undefined],
    ["message in a channel", event({ type: "message", channel_type: "channel", text: "lunch" }), undefined],
    ["message in a group", event({ type: "message", channel_type: "mpim", text: "lunch" }), undefined],
    ["mention in a channel", event({ type: "app_mention", text: "<@UBOT> tasks" }), { type: "command", text: "tasks" }],
    ["mention by another bot", event({ type: "app_mention", text: "<@UBOT> tasks", bot_id: "B9" }), undefined],

    [
      "reply under our message",
      event({
        type: "message",
        channel_type: "channel",
        text: "a &lt;b&gt;",
        thread_ts: "5.1",
        parent_user_id: "UBOT",
      }),
      { type: "threadReply", text: "a <b>", thread: expect.objectContaining({ id: "5.1" }) } as never,
    ],
    [
      "reply under ours in a direct conversation",
      event({
        type: "message",
        channel_type: "im",
        channel: "D1",
        text: "x",
        thread_ts: "5.1",
        parent_user_id: "UBOT",
      }),
      { type: "threadReply" },
    ],
    [
      "reply in a thread of one's own there",
      event({
        type: "message",
        channel_type: "im",
        channel: "D1",
        text: "tasks",
        thread_ts: "5.1",
        parent_user_id: "U1",
      }),
      { type: "command", text: "tasks" },
    ],
    [
      "reply shown in the channel too",
      event({
        type: "message",
        subtype: "thread_broadcast",
        channel_type: "channel",
        text: "x",
        thread_ts: "5.1",
        root: { user: "UBOT" },
      }),
      { type: "threadReply" },
    ],
    [
      "reply under another's message",
      event({ type: "message", channel_type: "channel", text: "x", thread_ts: "5.1", parent_user_id: "U2" }),
      undefined,
    ],
    [
      "reply that names the bot comes as a mention",
      event({
        type: "message",
        channel_type: "channel",
        text: "<@UBOT> tasks",
        thread_ts: "5.1",
        parent_user_id: "UBOT",
      }),
      undefined,
    ],
    [
      "the root of a thread",
      event({ type: "message", channel_type: "im", channel: "D1", text: "x", ts: "5.1", thread_ts: "5.1" }),
      { type: "command" },
    ],

    ["home", event({ type: "app_home_opened", tab: "home", channel: "D1" }), { type: "home" }],
    ["messages tab", event({ type: "app_home_opened", tab: "messages", channel: "D1" }), undefined],
    [
      "the bot joins",
      event({ type: "member_joined_channel", user: "UBOT", inviter: "U2" }),
      { type: "joined", who: "bot", actor: { platform: "slack", tenant: "T1", user: "U2" } },
    ],
    ["a person joins", event({ type: "member_joined_channel" }), { type: "joined", who: "person" }],
    ["a person leaves", event({ type: "member_left_channel" }), { type: "left", who: "person" }],
    [
      "a shared channel",
      event({ type: "app_mention", text: "x" }, { is_ext_shared_channel: true }),
      { conversation: { platform: "slack", tenant: "T1", id: "C1", kind: "channel", external: true } },
    ],
    [
      "a visitor from the other side",
      event({ type: "app_mention", text: "x", user_team: "T9" }, { team_id: "T9", is_ext_shared_channel: true }),
      {
        actor: { platform: "slack", tenant: "T9", user: "U1" },
        conversation: { platform: "slack", tenant: "T1", id: "C1", kind: "channel", external: true },
      },
    ],
    ["a reaction", event({ type: "reaction_added" }), undefined],

    [
      "a click",
      click({ type: "button", action_id: "task.done", value: "jcb/T-1" }),
      {
        type: "action",
        id: "task.done",
        value: "jcb/T-1",
        key: "1.2.3",
        message: expect.objectContaining({ id: "9.1" }),
      } as never,
    ],
    [
      "the second of two alike",
      click({ type: "button", action_id: "task.done#2" }),
      { type: "action", id: "task.done" },
    ],
    [
      "a click in a thread",
      click({ type: "button", action_id: "a" }, { message: { ts: "9.1", thread_ts: "5.1" } }),
      { message: expect.objectContaining({ id: "9.1", thread: "5.1" }) } as never,
    ],
    [
      "a choice",
      click({ type: "static_select", action_id: "task.give|jcb/T-1/", selected_option: { value: "p2" } }),
      { id: "task.give", value: "jcb/T-1/p2" },
    ],
    [
      "a choice in a folded menu",
      click({ type: "overflow", action_id: "more", selected_option: { value: "x" } }),
      { id: "more", value: "x" },
    ],
    ["a link was followed", click({ type: "button", action_id: "slack:link#3" }), undefined],
    [
      "a click on the home screen",
      click(
        { type: "button", action_id: "a" },
        { channel: undefined, container: { type: "view" }, view: { type: "home" } },
      ),
      { type: "action", conversation: { platform: "slack", tenant: "T1", id: "U1", kind: "personal" } },
    ],
    [
      "a click by a visitor",
      click({ type: "button", action_id: "a" }, { user: { id: "U1", team_id: "T9" } }),
      { conversation: { platform: "slack", tenant: "T1", id: "C1", kind: "channel", external: true } },
    ],

    [
      "a submission",
      inView("view_submission"),
      {
        type: "submit",
        key: "V1:h1",
        form: "task.new",
        state: "body/T-1",
        conversation: { platform: "slack", tenant: "T1", id: "C7", kind: "channel" },
      },
    ],
    ["state that is not ours", inView("view_submission", {}, { private_metadata: "plain" }), { state: "plain" }],
    [
      "state over lines",
      inView("view_submission", {}, { private_metadata: encodeMetadata('{"a":1}\nb') }),
      { state: '{"a":1}\nb' },
    ],
    [
      "a view of an installation elsewhere",
      inView("view_submission", {}, { app_installed_team_id: "T5" }),
      {
        conversation: expect.objectContaining({ tenant: "T5" }),
        actor: expect.objectContaining({ tenant: "T1" }),
      } as never,
    ],
    ["a closed form", inView("view_closed"), undefined],
    [
      "a lookup",
      inView("block_suggestion", { action_id: "agency", block_id: "who", value: "lab" }),
      { type: "suggest", source: "agency", query: "lab", state: "body/T-1", key: "delivery-hash" },
    ],

    [
      "a message pointed at",
      pointed({}),
      {
        type: "shortcut",
        id: "task.from_message",
        message: { ref: expect.objectContaining({ id: "8.1" }), text: "Trucks <km 12>", fromCoord: false },
      } as never,
    ],
    [
      "our own card, by its author",
      pointed({ user: "UBOT" }),
      { message: expect.objectContaining({ fromCoord: true }) } as never,
    ],
    [
      "our own card, by its bot",
      pointed({ user: undefined, bot_id: "BBOT" }),
      { message: expect.objectContaining({ fromCoord: true }) } as never,
    ],
    [
      "our own card, by its app",
      pointed({ app_id: "A1" }, { api_app_id: "A1" }),
      { message: expect.objectContaining({ fromCoord: true }) } as never,
    ],
    ["another shortcut", pointed({}, { callback_id: "other" }), undefined],
    [
      "the global shortcut",
      { ...inView("shortcut"), callback_id: "task_new", trigger_id: "1.2.3" },
      { type: "shortcut", id: "task.new", key: "1.2.3" },
    ],
  ])("%s", (_, payload, wanted) => {
    const got = normalise(payload, known);
    if (wanted === undefined) expect(got).toBeUndefined();
    else expect(got).toMatchObject(wanted);
  });

  it("flattens what a form holds by field name", () => {
    const values = {
      title: { value: { type: "plain_text_input", value: "Inspect\n3 farms" } },
      empty: { value: { type: "plain_text_input", value: null } },
      priority: { value: { type: "static_select", selected_option: { value: "urgent" } } },
      none: { value: { type: "external_select", selected_option: null } },
      agency: { agencies: { type: "external_select", selected_option: { value: "a1" } } },
      many: { people: { type: "multi_external_select", selected_options: [{ value: "p1" }, { value: "p2" }] } },
      boxes: { value: { type: "checkboxes", selected_options: [] } },
    };
    expect(normalise(inView("view_submission", {}, { state: { values } }), known)).toMatchObject({
      values: {
        title: "Inspect\n3 farms",
        empty: undefined,
        priority: "urgent",
        none: undefined,
        agency: "a1",
        many: ["p1", "p2"],
        boxes: [],
      },
    });
  });

  it("never throws, whatever the JSON", () => {
    const type = fc.constantFrom(
      "event_callback",
      "block_actions",
      "view_submission",
      "block_suggestion",
      "message_action",
      "shortcut",
      undefined,
    );
    const keys = fc.constantFrom(
      "user",
      "team",
      "event",
      "view",
      "actions",
      "channel",
      "message",
      "container",
      "authorizations",
      "command",
      "state",
      "values",
      "type",
      "id",
      "text",
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.string(),
        fc.constantFrom("message", "D1", "U1", "<@U1", "<"),
        fc.constant(null),
        fc.integer(),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(keys, tie("tree"), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(type, tree, fc.dictionary(keys, tree), (type, any, fields) => {
        expect(() => normalise({ ...fields, type }, known)).not.toThrow();
        expect(() => normalise(any, known)).not.toThrow();
        expect(() => installedIn(any)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

// Recorded by slackapi/bolt-python (MIT); they stay outside the repository.
const RECORDED = "slack/payloads/bolt-python";

describe.skipIf(!conformanceDir)(`recorded payloads ${NEEDS}`, () => {
  const recorded = conformanceFiles(RECORDED).filter((name) => /\.(json|form\.txt)$/.test(name));
  const read = (name: string): Json =>
    name.endsWith(".json")
      ? (conformance<Json>(`${RECORDED}/${name}`) ?? {})
      : Object.fromEntries(new URLSearchParams(readFileSync(join(conformanceDir ?? "", RECORDED, name), "utf8")));

  it("are all 86 there", () => expect(recorded).toHaveLength(86));

  it.each(recorded)("%s", (name) => {
    const payload = read(name);
    const inbound = normalise(payload, known);
    expect(normalise(payload, known)).toEqual(inbound);
    // Which of them mean nothing to Coord is held below.
    if (!inbound) return;
    expect(inbound.key).not.toBe("");
    expect(inbound.actor.user).toMatch(/^[UW]/);
    expect(inbound.actor.tenant).toMatch(/^T/);
    expect(inbound.conversation.tenant).toMatch(/^T/);
  });

  it("are understood where Coord has a use for them", () => {
    const kinds = recorded.map((name) => [name.split(".")[0], normalise(read(name), known)?.type] as const);
    const of = (kind: string) => new Set(kinds.filter(([name]) => name === kind).map(([, type]) => type));
    expect(of("block_actions")).toContain("action");
    expect(of("block_suggestion")).toContain("suggest");
    expect(of("view_submission")).toEqual(new Set(["submit"]));
    expect(of("form_slash")).toEqual(new Set(["command"]));
    expect(of("event_app_mention")).toContain("command");
    expect(of("event_member_joined_channel")).toEqual(new Set(["joined"]));
    expect(of("event_member_left_channel")).toEqual(new Set(["left"]));
    for (const unused of [
      "view_closed",
      "event_reaction_added",
      "event_message_bot_message",
      "dialog_submission",
      "interactive_message",
      "other",
    ])
      expect(of(unused)).toEqual(new Set([undefined]));
  });
});
