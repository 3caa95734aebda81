import type { ConversationRef, PermanentReason } from "../chat/index.js";
import { askAgain, type Conversation, conversationOf, isLost } from "../conversations/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** A bound conversation that was archived or that Coord was taken out of: its notices go to people meanwhile. */

const LOST: ReadonlySet<PermanentReason> = new Set(["channel_gone", "bot_removed", "blocked"]);

/** A send says that nothing can be sent there: the platform is asked, and whoever answers for it hears what to do. */
export async function lostPlace(
  work: UnitOfWork,
  where: ConversationRef | undefined,
  reason: PermanentReason,
): Promise<Conversation | undefined> {
  if (!where || where.kind === "personal" || !LOST.has(reason)) return undefined;
  const conversation = await conversationOf(work.tx, where);
  if (conversation && !isLost(conversation)) await askAgain(work, conversation.id, { changed: true });
  return conversation;
}
