import type { MessageRef, QuotedMessage, Reply } from "../chat/index.js";
import type { Command, Context, Raws, Source } from "../command.js";
import { within } from "../policy/index.js";
import { refuse } from "../refusal.js";
import { comment, findTask } from "./acts.js";
import { taskById } from "./store.js";

type OpenForm = (command: Command, raws: Raws, source?: Source) => Promise<Reply>;

/** "Make a task of this": the quote opens editable, and whoever sends it says to whom and under which label. */
export async function taskFromMessage(message: QuotedMessage, form: OpenForm, command: Command): Promise<Reply> {
  if (message.fromCoord) refuse((t) => t.errors.fromCoord);
  const words = message.text.trim();
  const [firstLine = ""] = words.split("\n", 1);
  const title = firstLine.slice(0, 200);
  const { conversation, id } = message.ref;
  return form(
    command,
    { title: title || undefined, detail: words === title ? undefined : words.slice(0, 3_000), label: "GREEN" },
    { kind: "message", id: `${conversation.platform} ${conversation.id} ${id}`.slice(0, 200) },
  );
}

/** A reply in the thread of a task's card is a comment; above the ceiling it is not taken. */
export async function commentInThread(c: Context, thread: MessageRef, text: string): Promise<Reply> {
  const card = await c.work.tx
    .selectFrom("cards")
    .select(["item_kind", "item_id"])
    .where("platform", "=", thread.conversation.platform)
    .where("tenant", "=", thread.conversation.tenant)
    .where("conversation", "=", thread.conversation.id)
    .where("message", "=", thread.thread ?? thread.id)
    .executeTakeFirst();
  if (card?.item_kind !== "task") return undefined;
  const known = await taskById(c.work, card.item_id);
  if (!known) return undefined;
  const task = await findTask(c, { kind: "task", number: known.number, text: known.ref }, "comment");
  if (!within(task.label, c.place.external ? "CLEAR" : "GREEN"))
    refuse((t) => t.errors.restrictedThread({ ref: task.ref }), "ceiling");
  const words = text.trim().slice(0, 3_000);
  if (words) await comment(c, task, words);
  return undefined;
}
