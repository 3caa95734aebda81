import type { Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { type CardOf, sentence, shownNow, turned } from "../command/reply.js";
import type { Share } from "./model.js";
import { shareCard, useCard } from "./notifications.js";
import type { UseRequest } from "./use-requests.js";
import { cardOf } from "./views.js";

/** After an act on a share: what was done is said, and the copy that was acted on follows the share from now on. */
export async function answered(c: Context, share: Share, text: string): Promise<Reply> {
  await turned(c, shareCardOf(share));
  return sentence(c, text);
}

export async function useAnswered(c: Context, request: UseRequest, text: string): Promise<Reply> {
  await turned(c, { notification: useCard, params: { use: request.id }, ref: request.ref });
  return sentence(c, text);
}

export const shareCardOf = (share: Share): CardOf<{ share: string }> => ({
  notification: shareCard,
  params: { share: share.id },
  ref: share.ref,
});

export const shown = (c: Context, share: Share): Promise<Reply> =>
  shownNow(c, (reader) => cardOf(c.work, share, reader));
