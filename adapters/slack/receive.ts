import type { Actor, ConversationRef, FormValues, Inbound, MessageRef } from "../../src/chat/index.js";
import { stripPrivateUse } from "../../src/chat/index.js";
import { LINK, OPEN, readActionId } from "./ids.js";
import { decodeMetadata } from "./metadata.js";
import { readMoment } from "./moment.js";
import { at, entries, list, str } from "./payload.js";
import { decodeCommand, decodeWords } from "./text.js";

/** What the payload itself does not tell. */
export type Known = {
  /** Names this delivery where Slack gives it no id: the hash of its signature, the envelope's id. */
  delivery: string;
  /** Coord's own identity in that workspace, once known. */
  bot?: { userId?: string; botId?: string };
};

/** One Slack payload in neutral words, or undefined where there is nothing to do. Total: any JSON will do. */
export function normalise(body: unknown, known: Known): Inbound | undefined {
  switch (str(body, "type")) {
    case undefined:
      return str(body, "command") ? command(body, known) : undefined;
    case "event_callback":
      return event(body, known);
    case "block_actions":
      return action(body, known);
    case "view_submission":
      return submission(body, known);
    case "block_suggestion":
      return suggestion(body, known);
    case "message_action":
      return str(body, "callback_id") === "task_from_message" ? messageShortcut(body, known) : undefined;
    case "shortcut":
      return str(body, "callback_id") === "task_new" ? globalShortcut(body, known) : undefined;
    default:
      return undefined;
  }
}

type Installed = { team?: string; enterprise?: string };

/**
 * The workspace whose installation the payload belongs to, and its organisation. In a shared channel the plain team can
 * be the other side: events name the installation in `authorizations`, views in `app_installed_team_id` (which for an
 * org is no team). Of a workspace that one source names, the organisation is taken from none that names another.
 */
export function installedIn(body: unknown): Installed {
  const told = sourcesOf(body);
  const [first] = told;
  if (!first) return {};
  const { team, enterprise } = first;
  return {
    team: team ?? (told.find((one) => one.team && one.enterprise === enterprise) ?? told.find((one) => one.team))?.team,
    enterprise: enterprise ?? told.find((one) => one.team === team && one.enterprise)?.enterprise,
  };
}

/** A workspace and its organisation, where one source of the payload names both. */
export function togetherIn(body: unknown): Required<Installed> | undefined {
  const { team, enterprise } = installedIn(body);
  const both = sourcesOf(body).some((one) => one.team === team && one.enterprise === enterprise);
  return team && enterprise && both ? { team, enterprise } : undefined;
}

/** The surest first; what tells nothing is left out. */
function sourcesOf(body: unknown): Installed[] {
  const ofView = str(body, "view", "app_installed_team_id");
  const sources: Installed[] = [
    ofView?.startsWith("E") ? { enterprise: ofView } : { team: ofView },
    { team: botAuthorization(body, "team_id"), enterprise: botAuthorization(body, "enterprise_id") },
    { team: str(body, "context_team_id"), enterprise: str(body, "context_enterprise_id") },
    { team: str(body, "team_id"), enterprise: str(body, "enterprise_id") },
    {
      team: str(body, "team", "id"),
      enterprise: str(body, "team", "enterprise_id") ?? str(body, "enterprise", "id"),
    },
    { team: str(body, "user", "team_id") },
  ];
  return sources.filter(({ team, enterprise }) => team ?? enterprise);
}

function command(body: unknown, known: Known): Inbound | undefined {
  const user = str(body, "user_id");
  const { team: tenant, enterprise } = installedIn(body);
  if (!user || !tenant) return undefined;
  return {
    key: str(body, "trigger_id") ?? known.delivery,
    actor: actor(user, tenant, str(body, "user_name")),
    conversation: conversationAt({
      tenant,
      user,
      channel: str(body, "channel_id"),
      name: str(body, "channel_name"),
      enterprise,
    }),
    type: "command",
    ...decodeCommand(str(body, "text") ?? "", { tenant, bot: known.bot?.userId }),
  };
}

// ---- Clicks, submissions, shortcuts -----------------------------------------------------------------------------

/** Who acted where, the same in all interactive payloads. */
function scene(body: unknown): { actor: Actor; conversation: ConversationRef } | undefined {
  const by = actorOf(body);
  const { team: tenant, enterprise } = installedIn(body);
  if (!by || !tenant) return undefined;
  const { user, tenant: home } = by;
  const opened = decodeMetadata(str(body, "view", "private_metadata")).from;
  return {
    actor: by,
    conversation: conversationAt({
      tenant,
      user,
      channel: str(body, "channel", "id") ?? str(body, "container", "channel_id") ?? opened.channel,
      name: str(body, "channel", "name"),
      enterprise,
      // Within one Enterprise Grid people of several workspaces are still one organisation.
      external: opened.external ?? (home !== tenant && !enterprise ? true : undefined),
    }),
  };
}

export function actorOf(body: unknown): Actor | undefined {
  const user = str(body, "user", "id");
  const home = str(body, "user", "team_id") ?? str(body, "team", "id") ?? installedIn(body).team;
  return user && home ? actor(user, home, str(body, "user", "name") ?? str(body, "user", "username")) : undefined;
}

function action(body: unknown, known: Known): Inbound | undefined {
  const here = scene(body);
  const [acted] = list(body, "actions");
  const wire = str(acted, "action_id");
  if (!here || !wire) return undefined;
  const { id, prefix } = readActionId(wire);
  if (id === LINK || id === OPEN) return undefined;
  const chosen = str(acted, "selected_option", "value");
  const value = chosen === undefined ? str(acted, "value") : `${prefix}${chosen}`;
  const message = str(body, "container", "message_ts") ?? str(body, "message", "ts");
  return {
    key: str(body, "trigger_id") ?? known.delivery,
    ...here,
    type: "action",
    id,
    ...(value === undefined ? {} : { value }),
    ...(message ? { message: { ...messageRef(here.conversation, message, threadOf(body)), ...passing(body) } } : {}),
  };
}

const passing = (body: unknown): { passing?: true } =>
  at(body, "container", "is_ephemeral") === true ? { passing: true } : {};

function submission(body: unknown, known: Known): Inbound | undefined {
  const here = scene(body);
  const form = str(body, "view", "callback_id");
  if (!here || !form) return undefined;
  const id = str(body, "view", "id");
  return {
    // Not the trigger: a submission repeated after a lost answer has a new one, and must not act twice.
    key: id ? `${id}:${str(body, "view", "hash") ?? ""}` : known.delivery,
    ...here,
    type: "submit",
    form,
    state: decodeMetadata(str(body, "view", "private_metadata")).state,
    values: formValues(body),
  };
}

/** What was typed and chosen, by field name (the block id). */
export function formValues(body: unknown): FormValues {
  const values: FormValues = {};
  const moments = new Map<string, Map<string | undefined, unknown>>();
  for (const [id, block] of entries(body, "view", "state", "values"))
    for (const [, input] of entries(block)) {
      const [name = "", part] = id.split(":");
      if (part === undefined && str(input, "type") !== "datepicker") values[name] = fieldValue(input);
      else moments.set(name, (moments.get(name) ?? new Map()).set(part, input));
    }
  for (const [name, parts] of moments) values[name] = readMoment(parts);
  return values;
}

function fieldValue(input: unknown): string | string[] | undefined {
  if (Array.isArray(at(input, "selected_options")))
    return list(input, "selected_options").flatMap((option) => str(option, "value") ?? []);
  const typed = str(input, "selected_option", "value") ?? str(input, "value");
  return typed === undefined ? undefined : stripPrivateUse(typed);
}

function suggestion(body: unknown, known: Known): Inbound | undefined {
  const here = scene(body);
  const source = str(body, "action_id");
  if (!here || !source) return undefined;
  return {
    key: known.delivery,
    ...here,
    type: "suggest",
    source: readActionId(source).id,
    query: stripPrivateUse(str(body, "value") ?? ""),
    state: decodeMetadata(str(body, "view", "private_metadata")).state,
  };
}

function messageShortcut(body: unknown, known: Known): Inbound | undefined {
  const here = scene(body);
  const id = str(body, "message", "ts") ?? str(body, "message_ts");
  if (!here || !id) return undefined;
  const names = { tenant: here.conversation.tenant };
  return {
    key: str(body, "trigger_id") ?? known.delivery,
    ...here,
    type: "shortcut",
    id: "task.from_message",
    message: {
      ref: messageRef(here.conversation, id, threadOf(body)),
      text: decodeWords(str(body, "message", "text") ?? "", names),
      fromCoord: isOurs(body, known),
    },
  };
}

function isOurs(body: unknown, { bot }: Known): boolean {
  const [app, byBot, byUser] = ["app_id", "bot_id", "user"].map((key) => str(body, "message", key));
  return (
    (app !== undefined && app === str(body, "api_app_id")) ||
    (byBot !== undefined && byBot === bot?.botId) ||
    (byUser !== undefined && byUser === bot?.userId)
  );
}

function globalShortcut(body: unknown, known: Known): Inbound | undefined {
  const here = scene(body);
  return here && { key: str(body, "trigger_id") ?? known.delivery, ...here, type: "shortcut", id: "task.new" };
}

// ---- Events -----------------------------------------------------------------------------------------------------

type Event = { key: string; tenant: string; bot?: string; actor: Actor; conversation: ConversationRef };

function event(body: unknown, known: Known): Inbound | undefined {
  const type = str(body, "event", "type");
  const user = str(body, "event", "user");
  const { team: tenant, enterprise } = installedIn(body);
  if (!user || !tenant) return undefined;
  const home = str(body, "event", "user_team") ?? str(body, "event", "team") ?? tenant;
  const shared = at(body, "is_ext_shared_channel");
  const here: Event = {
    key: str(body, "event_id") ?? known.delivery,
    tenant,
    bot: botAuthorization(body, "user_id") ?? known.bot?.userId,
    actor: actor(user, home),
    conversation: conversationAt({
      tenant,
      user,
      channel: str(body, "event", "channel"),
      type: str(body, "event", "channel_type"),
      enterprise,
      external: typeof shared === "boolean" ? shared : undefined,
    }),
  };
  switch (type) {
    case "message":
      return message(body, here);
    case "app_mention":
      return str(body, "event", "bot_id") || user === here.bot ? undefined : spoken(body, here);
    case "app_home_opened":
      return str(body, "event", "tab") === "home" ? { ...identity(here), type: "home" } : undefined;
    case "member_joined_channel":
      return membership(body, here, "joined");
    case "member_left_channel":
      return membership(body, here, "left");
    default:
      return undefined;
  }
}

const identity = ({ key, actor, conversation }: Event) => ({ key, actor, conversation });

const spoken = (body: unknown, here: Event): Inbound => ({
  ...identity(here),
  type: "command",
  ...decodeCommand(str(body, "event", "text") ?? "", here),
});

function message(body: unknown, here: Event): Inbound | undefined {
  const subtype = str(body, "event", "subtype");
  const said = str(body, "event", "text") ?? "";
  if (subtype !== undefined && subtype !== "thread_broadcast") return undefined;
  if (str(body, "event", "bot_id") || here.actor.user === here.bot) return undefined;
  const personal = here.conversation.kind === "personal";
  const root = str(body, "event", "thread_ts");
  if (root !== undefined && root !== str(body, "event", "ts")) {
    const author = str(body, "event", "parent_user_id") ?? str(body, "event", "root", "user");
    const underOurs = author === undefined ? personal : author === here.bot;
    // Naming the bot in a thread is a command, and comes once more as app_mention.
    const addressed = here.bot !== undefined && said.includes(`<@${here.bot}`) && !personal;
    if (underOurs && !addressed)
      return {
        ...identity(here),
        type: "threadReply",
        text: decodeWords(said, here),
        thread: messageRef(here.conversation, root),
      };
  }
  return personal ? spoken(body, here) : undefined;
}

function membership(body: unknown, here: Event, type: "joined" | "left"): Inbound {
  const bot = here.bot !== undefined && here.actor.user === here.bot;
  const inviter = str(body, "event", "inviter");
  return {
    ...identity(here),
    ...(bot && inviter ? { actor: actor(inviter, here.tenant) } : {}),
    type,
    who: bot ? "bot" : "person",
  };
}

/** The authorization under which Coord got the event, a bot's before a person's. */
function botAuthorization(body: unknown, key: "team_id" | "user_id" | "enterprise_id"): string | undefined {
  const all = list(body, "authorizations");
  const bot = all.find((one) => at(one, "is_bot") === true);
  return key === "user_id" ? str(bot, key) : str(bot ?? all[0], key);
}

// ---- Parts ------------------------------------------------------------------------------------------------------

const actor = (user: string, tenant: string, displayName?: string): Actor => ({
  platform: "slack",
  tenant,
  user,
  ...(displayName ? { displayName } : {}),
});

function conversationAt(it: {
  tenant: string;
  user: string;
  channel?: string;
  name?: string;
  type?: string;
  enterprise?: string;
  external?: boolean;
}): ConversationRef {
  return {
    platform: "slack",
    tenant: it.tenant,
    // Nowhere in particular (home screen, global shortcut): the person; delivering opens the conversation.
    id: it.channel ?? it.user,
    kind: kind(it.channel, it.type, it.name),
    ...(it.external === undefined ? {} : { external: it.external }),
    ...(it.enterprise ? { address: { enterprise: it.enterprise } } : {}),
  };
}

function kind(channel?: string, type?: string, name?: string): ConversationRef["kind"] {
  if (channel === undefined || channel.startsWith("D") || type === "im" || name === "directmessage") return "personal";
  // Slack names a group conversation after its members.
  return type === "mpim" || name?.startsWith("mpdm-") ? "group" : "channel";
}

const messageRef = (conversation: ConversationRef, id: string, thread?: string): MessageRef => ({
  conversation,
  id,
  ...(thread && thread !== id ? { thread } : {}),
});

export const threadOf = (body: unknown): string | undefined =>
  str(body, "message", "thread_ts") ?? str(body, "container", "thread_ts");
