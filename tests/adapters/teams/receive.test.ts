import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Activity, isActivity } from "../../../adapters/teams/activity.js";
import { toInbound } from "../../../adapters/teams/receive.js";
import { type Inbound, mentionToken } from "../../../src/chat/index.js";
import { conformance, conformanceDir, conformanceFiles, NEEDS } from "../../conformance.js";

const appId = "c9e8c047-2a74-40a2-b28a-b162d5f5327c";
const bot = { id: `28:${appId}`, name: "Coord" };
const known = { appId, accountOf: (mri: string) => (mri === "29:known" ? "aad-known" : undefined) };
const read = (activity: object) => toInbound(activity as Activity, known);

const base = {
  id: "1485983408511",
  channelId: "msteams",
  serviceUrl: "https://smba.trafficmanager.net/emea/",
  from: { id: "29:maria", name: "Maria", aadObjectId: "AAD-Maria" },
  recipient: bot,
  conversation: { id: "a:1", conversationType: "personal", tenantId: "T1" },
  channelData: { tenant: { id: "t1" } },
  locale: "el-GR",
  localTimezone: "Europe/Athens",
};
const channel = { id: "19:c@thread.tacv2", conversationType: "channel", isGroup: true, tenantId: "t1" };
const group = { id: "19:g@thread.v2", conversationType: "groupChat", isGroup: true, tenantId: "t1" };
const message = (text: string, more: object = {}) => ({ ...base, type: "message", text, ...more });
const mention = (id: string, name: string, more: object = {}) => ({
  type: "mention",
  mentioned: { id, name, ...more },
  text: `<at>${name}</at>`,
});
const atBot = { type: "mention", mentioned: bot, text: "<at>Coord</at>" };
const invoke = (name: string, value: object, more: object = {}) => ({ ...base, type: "invoke", name, value, ...more });

describe("typed words", () => {
  it("are a command in a personal chat, with account, place, language and zone", () => {
    expect(read(message(" task  @labour\r\nInspect "))).toEqual({
      type: "command",
      key: "a:1 1485983408511",
      text: "task @labour\nInspect",
      mentions: [],
      actor: {
        platform: "teams",
        tenant: "t1",
        user: "aad-maria",
        displayName: "Maria",
        locale: "el-GR",
        zone: "Europe/Athens",
      },
      conversation: {
        platform: "teams",
        tenant: "t1",
        id: "a:1",
        kind: "personal",
        address: { serviceUrl: "https://smba.trafficmanager.net/emea/" },
      },
    });
  });

  it.each<[string, object, Partial<Inbound> | undefined]>([
    ["in a channel only when Coord is mentioned", message("hello", { conversation: channel }), undefined],
    [
      "in a channel with the mention taken out",
      message("<at>Coord</at>&nbsp;who &amp; what &lt;3&gt;", { conversation: channel, entities: [atBot] }),
      { type: "command", text: "who & what <3>" } as Partial<Inbound>,
    ],
    [
      "in a group chat, the mention anywhere",
      message("who <at>Coord</at> is on duty", { conversation: group, entities: [atBot] }),
      { type: "command", text: "who is on duty" } as Partial<Inbound>,
    ],
    [
      "in a channel thread, when Coord is mentioned",
      message("<at>Coord</at> T-4", {
        conversation: { ...channel, id: "19:c@thread.tacv2;messageid=7" },
        replyToId: "7",
        entities: [atBot],
      }),
      { type: "command", text: "T-4" } as Partial<Inbound>,
    ],
    [
      "entities decoded once",
      message("&amp;lt;b&amp;gt; &#39;x&#x27; &nope; &constructor; &#0;"),
      { type: "command", text: "&lt;b&gt; 'x' &nope; &constructor; &#0;" } as Partial<Inbound>,
    ],
  ])("are a command %s", (_, activity, expected) => {
    if (expected) expect(read(activity)).toMatchObject(expected);
    else expect(read(activity)).toBeUndefined();
  });

  it("bring mentions as tokens with accounts: by the directory's id, or by the Teams id met before", () => {
    const inbound = read(
      message("task <at>Omar</at> and <at>Zoe</at> and <at>Who</at>", {
        entities: [
          mention("29:o", "Omar", { aadObjectId: "AAD-O" }),
          mention("29:known", "Zoe"),
          mention("29:who", "Who"),
        ],
      }),
    );
    expect(inbound).toMatchObject({
      text: `task ${mentionToken(0)} and ${mentionToken(1)} and Who`,
      mentions: [
        { platform: "teams", tenant: "t1", user: "aad-o" },
        { platform: "teams", tenant: "t1", user: "aad-known" },
      ],
    });
  });

  it("cannot imitate a mention, by tag or by token", () => {
    expect(read(message(`<at>Omar</at> ${mentionToken(0)} &lt;at&gt;Zoe&lt;/at&gt;`))).toMatchObject({
      text: "<at>Omar</at> 0 <at>Zoe</at>",
      mentions: [],
    });
  });

  it("are a reply where they stand in a thread, or quote a message", () => {
    const thread = { ...channel, id: "19:c@thread.tacv2;messageid=7" };
    expect(read(message("we need time", { conversation: thread, replyToId: "7" }))).toMatchObject({
      type: "threadReply",
      text: "we need time",
      thread: { id: "7", conversation: { id: "19:c@thread.tacv2", kind: "channel" } },
    });
    const content =
      '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="99"><p>T-4</p></blockquote>\n<p>two &lt;more&gt; &amp;amp; days</p>';
    expect(read(message("T-4 two more days", { attachments: [{ contentType: "text/html", content }] }))).toMatchObject({
      type: "threadReply",
      text: "two <more> &amp; days",
      thread: { id: "99" },
    });
    expect(read(message("later", { replyToId: "98" }))).toMatchObject({ type: "threadReply", thread: { id: "98" } });
  });

  it("in a reply keep the names of those mentioned", () => {
    const entities = [mention("29:o", "Omar", { aadObjectId: "o" })];
    expect(read(message("ask <at>Omar</at>", { replyToId: "98", entities }))).toMatchObject({ text: "ask @Omar" });
  });

  it("are no reply when they begin a channel thread themselves", () => {
    const conversation = { ...channel, id: `19:c@thread.tacv2;messageid=${base.id}` };
    expect(read(message("hello", { conversation }))).toBeUndefined();
  });
});

describe("clicks and forms", () => {
  const data = { id: "task.done", value: "jcb/T-1" };
  const action = { type: "action", id: "task.done", value: "jcb/T-1" };

  it.each<[string, object, object | undefined]>([
    [
      "Action.Execute",
      invoke(
        "adaptiveCard/action",
        { action: { type: "Action.Execute", verb: "task.done", data }, trigger: "manual" },
        { replyToId: "5" },
      ),
      { ...action, message: { id: "5" } },
    ],
    [
      "its fallback, a message with a value and no text",
      message("", { value: data, replyToId: "5" }),
      { ...action, message: { id: "5" } },
    ],
    [
      "a button that opens a dialog",
      invoke("task/fetch", { data: { ...data, msteams: { type: "task/fetch" } } }),
      action,
    ],
    ["a button inside a dialog", invoke("task/submit", { data }), action],
    [
      "a menu",
      invoke("adaptiveCard/action", {
        action: { data: { id: "give", menu: "menu1", prefix: "T-1/", menu1: "a%2Cb" } },
      }),
      { type: "action", id: "give", value: "T-1/a,b" },
    ],
    [
      "a menu with nothing chosen",
      invoke("adaptiveCard/action", { action: { data: { id: "give", menu: "menu1", prefix: "T-1/" } } }),
      { type: "action", id: "give", value: "T-1/" },
    ],
    [
      "a card that refreshes itself",
      invoke("adaptiveCard/action", { action: { data: { id: "mine", value: "T-1" } }, trigger: "automatic" }),
      { type: "action", id: "mine", value: "T-1" },
    ],
    [
      "a form as a message: forms are dialogs only",
      message("", { value: { form: "share", state: "", t_text: "content" } }),
      undefined,
    ],
    ["a message with words and a value: words", message("hello", { value: data }), { type: "command", text: "hello" }],
    [
      "a search while typing",
      invoke("application/search", { queryText: "lab", dataset: "agency" }),
      { type: "suggest", source: "agency", query: "lab" },
    ],
    ["another invoke", invoke("tab/fetch", {}), undefined],
  ])("reads %s", (_, activity, expected) => {
    if (expected) expect(read(activity)).toMatchObject(expected);
    else expect(read(activity)).toBeUndefined();
  });

  it.each(["task/submit", "composeExtension/submitAction"])("reads what was typed into a form, from %s", (name) => {
    const typed = {
      form: "task.new",
      state: "body/T-1",
      key: "k",
      t_title: "line 1\r\nline 2 \uE0001\uE001",
      t_empty: "",
      o_agency: "a%2Cb",
      o_none: "",
      m_bodies: "x,y%2Cz",
      m_none: "",
      t___proto__: "p",
      other: "ignored",
    };
    const inbound = read(invoke(name, { data: typed, commandId: "newTask" }));
    expect(inbound).toMatchObject({ type: "submit", form: "task.new", state: "body/T-1" });
    if (inbound?.type !== "submit") throw new Error("no submit");
    expect(Object.entries(inbound.values)).toEqual([
      ["title", "line 1\nline 2 1"],
      ["empty", ""],
      ["agency", "a,b"],
      ["none", []],
      ["bodies", ["x", "y,z"]],
      ["__proto__", "p"],
    ]);
  });
});

describe("shortcuts", () => {
  const payload = {
    id: "77",
    replyToId: "70",
    linkToMessage: "https://teams.microsoft.com/l/message/1",
    body: {
      contentType: "html",
      content: '<div><p>One <at id="0">Omar</at></p><p>two&nbsp;&lt;3&gt;<br>three</p></div>',
    },
    from: { application: null },
  };

  it("read the message pointed at", () => {
    const value = { commandId: "taskFromMessage", messagePayload: payload };
    expect(read(invoke("composeExtension/fetchTask", value, { conversation: channel }))).toMatchObject({
      type: "shortcut",
      id: "task.from_message",
      message: {
        text: "One Omar\ntwo <3>\nthree",
        fromCoord: false,
        url: "https://teams.microsoft.com/l/message/1",
        ref: { id: "77", thread: "70", conversation: { id: "19:c@thread.tacv2" } },
      },
    });
  });

  it("know Coord's own messages", () => {
    const from = { application: { id: appId.toUpperCase() } };
    const value = { commandId: "taskFromMessage", messagePayload: { ...payload, from } };
    expect(read(invoke("composeExtension/fetchTask", value))).toMatchObject({ message: { fromCoord: true } });
  });

  it("need no message, and are only Coord's", () => {
    expect(read(invoke("composeExtension/fetchTask", { commandId: "newTask" }))).toMatchObject({
      type: "shortcut",
      id: "task.new",
    });
    expect(read(invoke("composeExtension/fetchTask", { commandId: "toString" }))).toBeUndefined();
  });
});

describe("coming and going", () => {
  it.each<[string, object, object | undefined]>([
    ["Coord is added", { type: "installationUpdate", action: "add" }, { type: "joined", who: "bot" }],
    ["Coord is removed", { type: "installationUpdate", action: "remove" }, { type: "left", who: "bot" }],
    ["Coord is upgraded", { type: "installationUpdate", action: "add-upgrade" }, undefined],
    ["the twin event of Coord's being added", { type: "conversationUpdate", membersAdded: [bot] }, undefined],
    [
      "a person comes",
      { type: "conversationUpdate", membersAdded: [{ id: "29:x" }] },
      { type: "joined", who: "person" },
    ],
    [
      "a person goes",
      { type: "conversationUpdate", membersRemoved: [{ id: "29:x" }] },
      { type: "left", who: "person" },
    ],
    [
      "a channel is renamed",
      { type: "conversationUpdate", channelData: { ...base.channelData, eventType: "channelRenamed" } },
      undefined,
    ],
    ["somebody likes a message", { type: "messageReaction", reactionsAdded: [{ type: "like" }] }, undefined],
    ["a message is edited", { type: "messageUpdate", text: "x" }, undefined],
  ])("%s", (_, activity, expected) => {
    if (expected) expect(read({ ...base, ...activity })).toMatchObject(expected);
    else expect(read({ ...base, ...activity })).toBeUndefined();
  });
});

it("never throws, whatever the activity holds", () => {
  const odd = fc.anything();
  const types = fc.constantFrom("message", "invoke", "conversationUpdate", "installationUpdate", "x");
  const names = fc.constantFrom(
    "adaptiveCard/action",
    "task/fetch",
    "task/submit",
    "composeExtension/fetchTask",
    "application/search",
  );
  fc.assert(
    fc.property(types, names, odd, odd, odd, odd, (type, name, value, entities, attachments, text) => {
      read({ ...base, type, name, value, entities, attachments, text, membersAdded: entities, membersRemoved: value });
      read({ type, name, from: value, conversation: entities, channelData: attachments, id: text });
    }),
    { numRuns: 500 },
  );
});

describe.skipIf(!conformanceDir)(`recorded activities ${NEEDS}`, () => {
  const folder = "teams/activities/msteams-docs";
  const files = conformanceFiles(folder).filter((name) => name.endsWith(".json"));
  /** What the recordings leave out: ids and tenant, so that the parts that matter here are read at all. */
  const complete = (activity: object) => {
    const given = activity as { conversation?: object; from?: object; channelData?: object };
    return {
      ...base,
      ...activity,
      from: { aadObjectId: "someone", ...given.from },
      conversation: { id: "a:1", ...given.conversation, tenantId: "t1" },
      channelData: { ...given.channelData, tenant: { id: "t1" } },
    };
  };
  /** By the beginning of the file's name; the others mean nothing to Coord. */
  const meaning: [prefix: string, type: Inbound["type"]][] = [
    ["message.8b790dd5", "command"],
    ["message.d16068c7", "command"],
    ["message.21fb2afa", "threadReply"],
    ["message.5d7da32c", "threadReply"],
    ["message.b734cdc6", "threadReply"],
    ["message.6c36651c", "threadReply"],
    ["message.b4871e04", "threadReply"],
    ["message.f9b76df9", "threadReply"],
    ["conversationUpdate.", "joined"],
    ["conversationUpdate-teamMemberRemoved", "left"],
    ["invoke-application-search", "suggest"],
  ];

  it("are all 46 there", () => {
    expect(files).toHaveLength(46);
  });

  it.each(files)("%s", (file) => {
    const activity = conformance(`${folder}/${file}`);
    expect(() => isActivity(activity) && read(activity)).not.toThrow();
    const inbound = read(complete(activity as object));
    expect(inbound?.type).toBe(meaning.find(([prefix]) => file.startsWith(prefix))?.[1]);
  });
});
