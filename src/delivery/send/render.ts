import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import { type AccountRef, type ConversationRef, type Message, platformFacts } from "../../chat/index.js";
import { ceilingOf, conversationOf, drawnLow } from "../../conversations/store.js";
import { messagesFor } from "../../i18n/index.js";
import type { Person } from "../../people/model.js";
import type { CardRow, OutboxRow } from "../../store/schema.js";
import { channelReader, drawn, type Notification, readerOf } from "../notification.js";
import type { Attempt } from "./attempt.js";

/** The message as its reader sees it now; nothing where they may not. */
export async function draw(
  at: Attempt,
  row: Selectable<OutboxRow>,
  notification: Notification,
  to: { person?: Person; conversation?: ConversationRef; card?: Selectable<CardRow>; account?: AccountRef },
): Promise<Message | undefined> {
  // Who reads a conversation of several is asked of what is known now: a message's own address may be a year old.
  const shared = to.conversation && to.conversation.kind !== "personal" ? to.conversation : undefined;
  const conversation = shared && (await conversationOf(at.work.tx, shared));
  const ceiling = conversation ? ceilingOf(conversation, at.work.now) : shared ? "CLEAR" : "GREEN";
  if (conversation) await drawnLow(at.work, conversation);
  const reader = to.person
    ? readerOf(to.person, ceiling)
    : shared && channelReader(at.work.body, ceiling, conversation?.agency_id ?? undefined);
  if (!reader) return undefined;
  return drawn(at.work, notification, notification.schema.parse(row.params), {
    ...reader,
    refresh: to.card !== undefined,
    ...(to.account && platformFacts(to.account.platform).mailbox
      ? { wordless: true as const, mailbox: to.account.user }
      : {}),
  });
}

export const inTheir = (lang: string) => ({ t: messagesFor(lang), lang });

/** Of what is seen: how long it holds and what refreshes it is none of it. */
export const fingerprint = ({ until: _until, about: _about, ...seen }: Message): string =>
  createHash("sha256").update(JSON.stringify(seen)).digest("base64url").slice(0, 22);
