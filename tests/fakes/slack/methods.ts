import { conformance } from "../../conformance.js";

/** Arguments of the methods that Coord calls (docs.slack.dev/reference/methods); all others are refused. */
const ARGUMENTS: Record<string, { required: string[]; optional: string[] }> = {
  "auth.test": { required: [], optional: [] },
  "auth.teams.list": { required: [], optional: ["limit", "cursor", "include_icon"] },
  "users.info": { required: ["user"], optional: ["include_locale"] },
  "conversations.info": { required: ["channel"], optional: ["include_locale", "include_num_members"] },
  "conversations.members": { required: ["channel"], optional: ["cursor", "limit"] },
  "conversations.open": { required: ["users"], optional: ["return_im", "prevent_creation"] },
  "chat.postMessage": {
    required: ["channel", "text"],
    optional: [
      "blocks",
      "thread_ts",
      "reply_broadcast",
      "mrkdwn",
      "parse",
      "link_names",
      "unfurl_links",
      "unfurl_media",
      "metadata",
    ],
  },
  "chat.postEphemeral": {
    required: ["channel", "user", "text"],
    optional: ["blocks", "thread_ts", "parse", "link_names"],
  },
  "chat.update": {
    required: ["channel", "ts", "text"],
    optional: ["blocks", "parse", "link_names", "metadata", "reply_broadcast"],
  },
  "chat.delete": { required: ["channel", "ts"], optional: [] },
  "views.open": { required: ["trigger_id", "view"], optional: [] },
  "views.push": { required: ["trigger_id", "view"], optional: [] },
  "views.update": { required: ["view_id", "view"], optional: ["hash"] },
  "views.publish": { required: ["user_id", "view"], optional: ["hash"] },
  "oauth.v2.access": {
    required: ["client_id", "client_secret"],
    optional: ["code", "redirect_uri", "grant_type", "refresh_token"],
  },
  "apps.connections.open": { required: [], optional: [] },
};

/** Every name that Slack has, where the list is at hand. */
const names = new Set(
  conformance<string[]>("slack/webapi/method-names.slack-web-api-8.2.0.json") ?? Object.keys(ARGUMENTS),
);

/** Slack's error for a call that is wrong in itself. */
export function argumentFault(method: string, args: Record<string, unknown>): string | undefined {
  const wanted = ARGUMENTS[method];
  if (!names.has(method) || !wanted) return "unknown_method";
  const missing = wanted.required.find((name) => args[name] === undefined || args[name] === "");
  if (missing) return missing === "text" ? "no_text" : `invalid_arguments: missing ${missing}`;
  const unknown = Object.keys(args).find((name) => ![...wanted.required, ...wanted.optional].includes(name));
  return unknown ? `invalid_arguments: unknown ${unknown}` : undefined;
}
