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
  /** Replies in the thread of a card. */
  "channels:history",
  "groups:history",
  "mpim:history",
  /** Who reads a bound conversation, asked and told: with whom it is shared, who joins and leaves it. */
  "channels:read",
  "groups:read",
  "mpim:read",
  /** Which of its members are guests, and what changes of its people. */
  "users:read",
] as const;

export const BOT_EVENTS = [
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "channel_archive",
  "channel_shared",
  "channel_unarchive",
  "channel_unshared",
  "group_archive",
  "group_unarchive",
  "member_joined_channel",
  "member_left_channel",
  "message.channels",
  "message.groups",
  "message.im",
  "message.mpim",
  // It asks for no scope. Those that tell of an approval or a refusal want the right to manage connections: what is
  // approved is told by `channel_shared`, what is refused is found on the daily round.
  "shared_channel_invite_accepted",
  "tokens_revoked",
  "user_change",
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
