import { BOT_EVENTS, BOT_SCOPES, PATHS, SHORTCUTS } from "./scopes.js";

export type ManifestOptions = {
  /** Where Slack reaches Coord, e.g. `https://coord.example.org`. Socket Mode needs none. */
  publicUrl: string;
  socketMode: boolean;
  /** What stands beside `/coord` while somebody types. */
  usageHint: string;
};

/** The Slack app manifest (schema 2): docs.slack.dev/reference/app-manifest. */
export function slackManifest({ publicUrl, socketMode, usageHint }: ManifestOptions) {
  const url = `${publicUrl}${PATHS.events}`;
  const at = socketMode ? {} : { request_url: url };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: "Coord",
      description: "Inter-agency coordination: tasks, meetings, information, requests",
      background_color: "#1f4e6b",
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: "Coord", always_online: true },
      slash_commands: [
        {
          command: "/coord",
          description: "What is on you; tasks, people, settings",
          usage_hint: usageHint,
          // Mentions come as ids only when Slack escapes the text.
          should_escape: true,
          ...(socketMode ? {} : { url }),
        },
      ],
      shortcuts: [
        {
          name: "New task",
          type: "global",
          callback_id: SHORTCUTS.global,
          description: "Ask an agency or a person to do something",
        },
        {
          name: "Make a task of this",
          type: "message",
          callback_id: SHORTCUTS.message,
          description: "Turn this message into a task",
        },
      ],
    },
    oauth_config: {
      scopes: { bot: [...BOT_SCOPES] },
      ...(socketMode ? {} : { redirect_urls: [`${publicUrl}${PATHS.redirect}`] }),
    },
    settings: {
      event_subscriptions: { bot_events: [...BOT_EVENTS], ...at },
      interactivity: {
        is_enabled: true,
        ...at,
        ...(socketMode ? {} : { message_menu_options_url: url }),
      },
      org_deploy_enabled: true,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}
