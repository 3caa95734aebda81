import type { Message } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";

/**
 * A message that asked for something which was answered, or which somebody else did: it loses its buttons, and says of what.
 * @param what references, with titles as far as the conversation may show them
 */
export function settled({ t, lang }: Pick<Reader, "t" | "lang">, what: readonly string[]): Message {
  const text = t.reminders.settled({ what });
  return { text, lang, blocks: [{ type: "context", text }] };
}
