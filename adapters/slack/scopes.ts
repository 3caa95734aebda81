/** What the Slack app declares; the manifest is made from these, and an installation asks for them. */
export const BOT_SCOPES = [
  /** Slash command. */
  "commands",
  /** Answers, cards, digests; updates of them. */
  "chat:write",
  /** Direct messages to people who never wrote to Coord. */
  "im:write",
  /** `@Coord …` in a channel. */
  "app_mentions:read",
  /** Commands and replies in the direct conversation with Coord. */
  "im:history",
  /** Replies in the thread of a card; `member_joined_channel` and `member_left_channel`. */
  "channels:history",
  "groups:history",
  "mpim:history",
  "channels:read",
  "groups:read",
] as const;

export const BOT_EVENTS = [
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "member_joined_channel",
  "member_left_channel",
  "message.channels",
  "message.groups",
  "message.im",
  "message.mpim",
  "tokens_revoked",
] as const;

/** Callback ids of the shortcuts. */
export const SHORTCUTS = {
  message: "task_from_message",
  global: "task_new",
} as const;

export const PATHS = {
  /** Commands, clicks and events alike. */
  events: "/slack/events",
  install: "/slack/install",
  redirect: "/slack/oauth_redirect",
} as const;
