import { DeliveryError, type PermanentReason } from "../../src/chat/index.js";
import { at, str } from "./payload.js";

/** Where Slack gives no figure: its limits are counted by the minute. */
const DEFAULT_RETRY_AFTER_MS = 30_000;

/** docs.slack.dev/reference/methods, each method's "Errors". */
const PERMANENT: Record<string, PermanentReason> = {
  user_not_found: "account_gone",
  user_disabled: "account_gone",
  users_not_found: "account_gone",
  user_not_visible: "account_gone",
  not_in_channel: "channel_gone",
  user_not_in_channel: "channel_gone",
  channel_not_found: "channel_gone",
  is_archived: "channel_gone",
  token_revoked: "token_revoked",
  token_expired: "token_revoked",
  invalid_auth: "token_revoked",
  not_authed: "token_revoked",
  // Of the token's own account: the bot was removed or its workspace deleted.
  account_inactive: "token_revoked",
  org_login_required: "token_revoked",
  team_access_not_granted: "bot_removed",
  message_not_found: "message_gone",
  cant_update_message: "message_gone",
  edit_window_closed: "message_gone",
  thread_not_found: "message_gone",
  cannot_dm_bot: "blocked",
  restricted_action: "blocked",
  restricted_action_read_only_channel: "blocked",
  restricted_action_thread_only_channel: "blocked",
  restricted_action_non_threadable_channel: "blocked",
  ekm_access_denied: "blocked",
  messages_tab_disabled: "blocked",
  msg_too_long: "too_large",
  msg_blocks_too_long: "too_large",
};

/** Slack's own trouble: the same call can succeed a minute later. */
const PASSING = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
  "org_level_email_display_disabled",
  "accesslimited",
  "enterprise_is_restricted",
  "message_limit_exceeded",
  "external_service_unavailable",
]);

/** The code of an error of the Web API or of the network; holds no content and no secret. */
export const errorCode = (error: unknown): string =>
  (error instanceof DeliveryError ? error.message : undefined) ??
  str(error, "data", "error") ??
  (at(error, "statusCode") === undefined ? undefined : `http_${String(at(error, "statusCode"))}`) ??
  str(error, "code") ??
  "unknown";

/** What a log may hold of an error that is nobody's code: its class, never its words. */
export const errorKind = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** An error of the SDK in neutral words. What is not known to be permanent passes. */
export function translate(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const code = errorCode(error);
  const seconds = at(error, "retryAfter");
  if (typeof seconds === "number") return DeliveryError.rateLimited(seconds * 1_000);
  if (code === "ratelimited" || code === "rate_limited" || code === "http_429" || isUntimedRateLimit(error))
    return DeliveryError.rateLimited(DEFAULT_RETRY_AFTER_MS);
  if (str(error, "code") !== "slack_webapi_platform_error" || PASSING.has(code)) return DeliveryError.passing(code);
  // A refusal that is none of these (invalid_blocks, invalid_arguments, missing_scope…) is refused again next time.
  return DeliveryError.permanent(PERMANENT[code] ?? "refused", code);
}

/** web-api 8.2: a 429 without `Retry-After` is a plain Error that only its words tell. */
const isUntimedRateLimit = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("Retry header did not contain a valid timeout");
