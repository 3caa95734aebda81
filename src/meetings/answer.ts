import type { Message, Reply } from "../chat/index.js";
import type { Context } from "../command.js";
import { readerIn, sentence } from "../reply.js";
import { formatWhen } from "../time/index.js";
import type { Meeting, Occurrence } from "./model.js";
import { cardOf } from "./views.js";

/** A button on one's own card turns it into what is true now; words and forms get one sentence. */
export async function answered(c: Context, meeting: Meeting, text: string): Promise<Reply> {
  if (c.via !== "action" || !c.message || c.place.kind !== "personal") return sentence(c, text);
  return { update: await cardOf(c.work, meeting, readerIn(c)) };
}

/** A copy that is not kept true says when it was. */
export async function shown(c: Context, meeting: Meeting, occurrence?: Occurrence): Promise<Reply> {
  const reader = readerIn(c);
  const card = await cardOf(c.work, meeting, reader, occurrence);
  const asOf = c.t.tasks.asOf({ when: formatWhen(c.work.now, reader.zone, reader.lang, { now: c.work.now }) });
  const post: Message = { ...card, blocks: [...card.blocks, { type: "context", text: asOf }] };
  return { post, private: true };
}
