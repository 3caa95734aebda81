import type { Message } from "../../src/chat/index.js";
import { DeliveryError } from "../../src/chat/index.js";
import { CALL_TIMEOUT_MS } from "./limits.js";
import { renderMessage } from "./render.js";

export type ResponseUrls = {
  /** `isPrivate`: only the person who acted sees it. */
  say(url: string, message: Message, isPrivate: boolean): Promise<void>;
  /** In place of the message that was clicked, whoever can see it. */
  replace(url: string, message: Message): Promise<void>;
  remove(url: string): Promise<void>;
};

/** Words are shown as they stand. */
export const literal = (message: Message) => ({ ...renderMessage(message), mrkdwn: false });

const SLACK_HOOKS = "https://hooks.slack.com";

/**
 * Slack's addresses for answering. They come in a payload, so they are followed only to Slack itself,
 * or to the host that stands in for it (`SLACK_API_URL`): no payload makes Coord call another machine.
 */
export function responseUrls(apiUrl: string | undefined): ResponseUrls {
  const trusted = new Set([SLACK_HOOKS, ...(apiUrl ? [new URL(apiUrl).origin] : [])]);

  const send = async (url: string, body: Record<string, unknown>): Promise<void> => {
    if (!URL.canParse(url) || !trusted.has(new URL(url).origin))
      throw DeliveryError.permanent("refused", "response_url of another host");
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw DeliveryError.passing(`response_url http_${answer.status}`);
  };

  return {
    say: (url, message, isPrivate) =>
      send(url, {
        response_type: isPrivate ? "ephemeral" : "in_channel",
        replace_original: false,
        ...literal(message),
      }),
    replace: (url, message) => send(url, { replace_original: true, ...literal(message) }),
    remove: (url) => send(url, { delete_original: true }),
  };
}
