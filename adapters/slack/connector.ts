import type { Connector } from "../../src/chat/index.js";
import { slackCheck } from "./check.js";
import { createSlackAdapter } from "./index.js";
import { PATHS } from "./scopes.js";

const variables = {
  SLACK_SIGNING_SECRET: "text",
  SLACK_BOT_TOKEN: "text",
  SLACK_CLIENT_ID: "text",
  SLACK_CLIENT_SECRET: "text",
  SLACK_STATE_SECRET: "text",
  SLACK_APP_TOKEN: "text",
  SLACK_API_URL: "url",
} as const;

/** Slack's settings, and what comes of them. */
export const slack: Connector<typeof variables> = {
  platform: "slack",
  variables,
  configured(given, { publicUrl, problem }) {
    const oauth = [given.SLACK_CLIENT_ID, given.SLACK_CLIENT_SECRET, given.SLACK_STATE_SECRET];
    const any = [given.SLACK_SIGNING_SECRET, given.SLACK_BOT_TOKEN, given.SLACK_APP_TOKEN, ...oauth];
    if (!any.some(Boolean)) return undefined;
    if (!given.SLACK_SIGNING_SECRET && !given.SLACK_APP_TOKEN)
      problem(
        "SLACK_SIGNING_SECRET: set it (Slack app, Basic Information, App Credentials), or SLACK_APP_TOKEN for Socket Mode.",
      );
    if (!given.SLACK_BOT_TOKEN && !oauth.some(Boolean))
      problem(
        "SLACK_BOT_TOKEN: set it for one workspace, or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET for many.",
      );
    if (oauth.some(Boolean)) {
      if (!oauth.every(Boolean))
        problem("SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET: set all three, or none.");
      if (!publicUrl)
        problem(
          "PUBLIC_URL: set it to this server's public address, so that Slack can send people back after the install.",
        );
    }
    const settings = {
      signingSecret: given.SLACK_SIGNING_SECRET,
      botToken: given.SLACK_BOT_TOKEN,
      clientId: given.SLACK_CLIENT_ID,
      clientSecret: given.SLACK_CLIENT_SECRET,
      stateSecret: given.SLACK_STATE_SECRET,
      appToken: given.SLACK_APP_TOKEN,
      apiUrl: given.SLACK_API_URL,
    };
    return {
      platform: "slack",
      connect(means) {
        const adapter = createSlackAdapter({ ...settings, ...means });
        const { listener } = adapter;
        return { ...adapter, route: { path: "/slack/", open: [PATHS.install, PATHS.redirect], listener } };
      },
      check: slackCheck(settings),
      comesIn: (base) => (settings.appToken ? "Slack: Socket Mode." : `Slack: requests go to ${base}${PATHS.events}`),
    };
  },
};
