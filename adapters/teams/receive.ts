import {
  type AccountRef,
  type Actor,
  type ConversationRef,
  type Inbound,
  MENTIONS,
  type MessageRef,
  mentionToken,
} from "../../src/chat/index.js";
import { readAction, readValues, typedText } from "./actions.js";
import {
  type Activity,
  at,
  guid,
  isObject,
  isOwnChat,
  type Json,
  objects,
  splitConversation,
  tenantsOf,
  text,
  textAt,
} from "./activity.js";
import { channelType } from "./audience.js";
import { readHtml } from "./html.js";
import { decodeEntities } from "./text.js";

/** Activity JSON to neutral words: pure and total. What means nothing to Coord gives undefined. */

export type Known = {
  appId: string;
  /** Entra object id of a Teams user id (`29:…`) met before; mentions often carry the latter alone. */
  accountOf(mri: string): string | undefined;
};

export function toInbound(activity: Activity, known: Known): Inbound | undefined {
  const actor = actorOf(activity);
  const conversation = placeOf(activity);
  const id = text(activity.id);
  if (!actor || !conversation || !id) return undefined;
  const frame = { key: `${conversation.id} ${id}`, actor, conversation };
  switch (activity.type) {
    case "message":
      return messageOf(activity, frame, known);
    case "invoke":
      return invokeOf(activity, frame, known);
    case "conversationUpdate":
      return membersOf(activity, frame);
    case "installationUpdate":
      return installOf(activity, frame);
    default:
      return undefined;
  }
}

type Frame = { key: string; actor: Actor; conversation: ConversationRef };

function actorOf(activity: Activity): Actor | undefined {
  const [tenant] = tenantsOf(activity);
  // `from.name` is whatever the person set it to; only the directory's id says who it is.
  const user = guid(at(activity, "from", "aadObjectId"));
  if (!tenant || !user) return undefined;
  const client = objects(activity.entities).find((entity) => entity.type === "clientInfo");
  return {
    platform: "teams",
    tenant,
    user,
    ...defined({
      displayName: textAt(activity, "from", "name"),
      locale: text(activity.locale) ?? textAt(client, "locale"),
      zone: text(activity.localTimezone) ?? textAt(client, "timezone"),
    }),
  };
}

function defined<T extends Record<string, string | undefined>>(values: T): { [key in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [key in keyof T]?: string;
  };
}

export function placeOf(activity: Activity): ConversationRef | undefined {
  const [tenant] = tenantsOf(activity);
  const whole = textAt(activity, "conversation", "id");
  const serviceUrl = text(activity.serviceUrl);
  if (!tenant || !whole) return undefined;
  const { id } = splitConversation(whole);
  const kind = kindOf(activity, whole);
  const type = channelType(activity);
  // A private channel is read by its own members, any other by its team's.
  const team = kind === "channel" && type !== "private" ? textAt(activity, "channelData", "team", "id") : undefined;
  return {
    platform: "teams",
    tenant,
    id,
    kind,
    ...(type === "shared" ? { external: true } : {}),
    ...(team !== undefined && team !== id ? { group: team } : {}),
    ...(serviceUrl ? { address: { serviceUrl } } : {}),
  };
}

function kindOf(activity: Activity, id: string): ConversationRef["kind"] {
  switch (at(activity, "conversation", "conversationType")) {
    case "personal":
      return isOwnChat(activity) ? "personal" : "group";
    case "channel":
      return "channel";
    case "groupChat":
      return "group";
    default:
      // Some events leave the type out: channels carry their team, chats with Coord begin with `a:`.
      if (isObject(at(activity, "channelData", "team"))) return "channel";
      return id.startsWith("a:") ? "personal" : "group";
  }
}

function messageOf(activity: Activity, frame: Frame, known: Known): Inbound | undefined {
  const repliedTo = text(activity.replyToId);
  const typed = typeof activity.text === "string" ? activity.text.trim() : "";
  if (isObject(activity.value) && typed === "") {
    // The Action.Submit fallback of a button. Forms open as dialogs only: one that comes as a message is not ours.
    const action = readAction(activity.value);
    return action && { ...frame, type: "action", ...action, ...messageRef(activity, frame, repliedTo) };
  }
  const quoted = quotation(activity);
  const { words, mentions, names, addressed } = readMentions(
    quoted?.rest ?? typed,
    activity,
    frame.actor.tenant,
    known,
  );
  const thread = quoted?.id ?? threadOf(activity, frame, repliedTo, addressed);
  if (thread !== undefined) {
    return words === ""
      ? undefined
      : {
          ...frame,
          type: "threadReply",
          text: plainMentions(words, names),
          thread: refIn(frame.conversation, thread),
        };
  }
  if (frame.conversation.kind !== "personal" && !addressed) return undefined;
  return { ...frame, type: "command", text: words, mentions };
}

/**
 * In a channel thread, words addressed to Coord by mention are a command, others a reply to the thread:
 * taking a command for a reply would pass it on to other agencies.
 */
function threadOf(activity: Activity, frame: Frame, repliedTo: string | undefined, addressed: boolean) {
  if (frame.conversation.kind === "personal") return repliedTo;
  if (addressed) return undefined;
  const { root } = splitConversation(textAt(activity, "conversation", "id") ?? "");
  // A channel's own first message names itself as root.
  return root !== undefined && root !== activity.id ? root : undefined;
}

/** A quoted reply: the message pointed at, and what was written under it. */
function quotation(activity: Activity): { id: string; rest: string } | undefined {
  for (const attachment of objects(activity.attachments)) {
    if (attachment.contentType !== "text/html" || typeof attachment.content !== "string") continue;
    const { replyTo, text: rest } = readHtml(attachment.content);
    if (replyTo) return { id: replyTo, rest: encodeAgain(rest) };
  }
  return undefined;
}

/** readMentions decodes entities, as a message's `text` has them; words taken from HTML are decoded already. */
const encodeAgain = (words: string): string => words.replace(/&/g, "&amp;");

/**
 * Puts Coord's tokens where people are mentioned, and takes out the mention of Coord itself. One pass over the tags that
 * stand in the text: what lies between them is decoded first and then cleaned, so that neither an entity nor somebody's
 * name can make a token.
 */
function readMentions(typed: string, activity: Activity, tenant: string, known: Known) {
  const bot = new Set([`28:${known.appId}`, textAt(activity, "recipient", "id")]);
  const tagged = mentionsByTag(activity);
  const mentions: AccountRef[] = [];
  const names: string[] = [];
  let addressed = false;
  const words = typed
    .split(TAG)
    .map((part) => {
      const waiting = tagged.get(part);
      const entity = waiting?.[0];
      if (!entity) return typedText(decodeEntities(part));
      // The same name twice is two mentions; the last one stands for all that follow.
      if (waiting.length > 1) waiting.shift();
      const mri = textAt(entity, "mentioned", "id") ?? "";
      if (bot.has(mri)) {
        addressed = true;
        return " ";
      }
      const name = typedText(textAt(entity, "mentioned", "name") ?? "");
      const user = guid(at(entity, "mentioned", "aadObjectId")) ?? known.accountOf(mri);
      if (!user) return name;
      names.push(name);
      return mentionToken(mentions.push({ platform: "teams", tenant, user }) - 1);
    })
    .join("")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
  return { words, mentions, names, addressed };
}

/** As Teams writes them into a text: `<at>Maria</at>`, with an id or without. */
const TAG = /(<at\b[^<>]{0,100}>[^<>]{0,300}<\/at>)/gi;

function mentionsByTag(activity: Activity): Map<string, Json[]> {
  const byTag = new Map<string, Json[]>();
  for (const entity of objects(activity.entities)) {
    const tag = text(entity.text);
    if (entity.type !== "mention" || !tag || !textAt(entity, "mentioned", "id")) continue;
    const same = byTag.get(tag);
    if (same) same.push(entity);
    else byTag.set(tag, [entity]);
  }
  return byTag;
}

/** A reply is passed on as words, so mentions in it become names again. */
const plainMentions = (words: string, names: string[]): string =>
  words.replace(MENTIONS, (_, n: string) => `@${names[Number(n)] ?? ""}`);

const refIn = (conversation: ConversationRef, id: string, thread?: string): MessageRef => ({
  conversation,
  id,
  ...(thread && thread !== id ? { thread } : {}),
});

/** The message that carried the button, where the platform names it. */
function messageRef(activity: Activity, frame: Frame, id: string | undefined): { message?: MessageRef } {
  if (!id) return {};
  const { root } = splitConversation(textAt(activity, "conversation", "id") ?? "");
  return { message: refIn(frame.conversation, id, root) };
}

function invokeOf(activity: Activity, frame: Frame, known: Known): Inbound | undefined {
  const { value } = activity;
  const message = messageRef(activity, frame, text(activity.replyToId));
  switch (activity.name) {
    case "adaptiveCard/action": {
      // Also those with the trigger "automatic": a client that asks for its reader's own view of a card.
      const action = readAction(at(value, "action", "data"));
      return action && { ...frame, type: "action", ...action, ...message };
    }
    case "task/fetch": {
      const action = readAction(at(value, "data"));
      return action && { ...frame, type: "action", ...action, ...message };
    }
    case "task/submit":
    case "composeExtension/submitAction":
      return submitOf(at(value, "data"), frame, message);
    case "composeExtension/fetchTask":
      return shortcutOf(value, frame, known);
    case "application/search": {
      const source = textAt(value, "dataset");
      const query = at(value, "queryText");
      return source
        ? { ...frame, type: "suggest", source, query: typeof query === "string" ? typedText(query) : "" }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** From a dialog comes either a form or the button of a message shown there. */
function submitOf(data: unknown, frame: Frame, message: { message?: MessageRef }): Inbound | undefined {
  if (!isObject(data)) return undefined;
  const form = textAt(data, "form");
  if (form === undefined) {
    const action = readAction(data);
    return action && { ...frame, type: "action", ...action, ...message };
  }
  const state = typeof data.state === "string" ? data.state : "";
  return { ...frame, type: "submit", form, state, values: readValues(data) };
}

/** Command ids in the app manifest, see manifest.ts. */
const SHORTCUTS: Readonly<Record<string, string>> = { taskFromMessage: "task.from_message", newTask: "task.new" };

function shortcutOf(value: unknown, frame: Frame, known: Known): Inbound | undefined {
  const command = textAt(value, "commandId") ?? "";
  const id = Object.hasOwn(SHORTCUTS, command) ? SHORTCUTS[command] : undefined;
  if (!id) return undefined;
  const payload = at(value, "messagePayload");
  const messageId = textAt(payload, "id");
  if (!isObject(payload) || !messageId) return { ...frame, type: "shortcut", id };
  const url = textAt(payload, "linkToMessage");
  return {
    ...frame,
    type: "shortcut",
    id,
    message: {
      ref: refIn(frame.conversation, messageId, textAt(payload, "replyToId")),
      text: bodyText(payload),
      fromCoord: guid(at(payload, "from", "application", "id")) === known.appId.toLowerCase(),
      ...(url?.startsWith("https://") ? { url } : {}),
    },
  };
}

function bodyText(payload: Json): string {
  const content = textAt(payload, "body", "content") ?? "";
  return typedText(at(payload, "body", "contentType") === "text" ? content : readHtml(content).text);
}

/** Of Coord itself only installationUpdate tells: Teams sends both when it is added, and one is enough. */
function membersOf(activity: Activity, frame: Frame): Inbound | undefined {
  const bot = textAt(activity, "recipient", "id");
  const person = (members: unknown) => objects(members).some((member) => text(member.id) && member.id !== bot);
  if (person(activity.membersAdded)) return { ...frame, type: "joined", who: "person" };
  if (person(activity.membersRemoved)) return { ...frame, type: "left", who: "person" };
  return undefined;
}

function installOf(activity: Activity, frame: Frame): Inbound | undefined {
  switch (activity.action) {
    case "add":
      return { ...frame, type: "joined", who: "bot" };
    case "remove":
      return { ...frame, type: "left", who: "bot" };
    default:
      // `add-upgrade` and `remove-upgrade`: a new version of the package, nobody came or went.
      return undefined;
  }
}
