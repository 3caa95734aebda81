import { sql } from "kysely";
import type { MessageRef, QuotedMessage, Reply } from "../chat/index.js";
import { clean, text as textArg } from "../command/args.js";
import type { Context, Raws, Source } from "../command/define.js";
import { notHere } from "../command/marked.js";
import { readMarking } from "../command/marking.js";
import { refuse } from "../lib/refusal.js";
import { mayTask, strictest, within } from "../policy/index.js";
import type { Tx } from "../store/database.js";
import { comment, findTask } from "./acts.js";
import { TASKS } from "./store.js";

/** "Make a task of this": the quote opens editable, and whoever sends it says to whom and under which label. */
export function taskFromMessage(message: QuotedMessage): { raws: Raws; source: Source } {
  if (message.fromCoord) refuse((t) => t.errors.fromCoord);
  const words = message.text.trim();
  const { label = "GREEN" } = readMarking(words);
  const [firstLine = ""] = words.split("\n", 1);
  const title = shortened(readMarking(firstLine).words, 200);
  const { conversation, id } = message.ref;
  return {
    raws: {
      title: title || undefined,
      detail: words === title ? undefined : shortened(words, 3_000),
      label: strictest("GREEN", label),
    },
    source: { kind: "message", id: `${conversation.platform} ${conversation.id} ${id}`.slice(0, 200) },
  };
}

/** What was left out is seen to be. */
const shortened = (words: string, max: number): string =>
  words.length > max ? `${words.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "")}…` : words;

const spoken = textArg({ label: (t) => t.args.comment, multiline: true });

/**
 * A reply in the thread of a task's card is a comment; above the ceiling it is not taken. In a thread of something
 * else, or of what the writer may not see, it is no affair of Coord's.
 */
export async function commentInThread(c: Context, thread: MessageRef, said: string): Promise<Reply> {
  const id = await taskOfThread(c.work.tx, thread);
  const known = id && (await TASKS.byId(c.work, id));
  if (!known || mayTask(c.viewer, "see", known.subject) === "hidden" || clean(said) === "") return undefined;
  const task = await findTask(c, { kind: "task", number: known.number, text: known.ref }, "comment");
  const { label } = readMarking(said);
  if (label && !within(label, task.label)) notHere(label);
  if (!within(task.label, c.ceiling)) refuse((t) => t.errors.restrictedThread({ ref: task.ref }), "ceiling");
  await comment(c, task, await spoken.parse(c, said));
  return undefined;
}

/** The task whose card began a thread, in the body at hand. */
export async function taskOfThread(tx: Tx, { conversation, id, thread }: MessageRef): Promise<string | undefined> {
  const card = await tx
    .selectFrom("cards")
    .select("item_id")
    .where("item_kind", "=", "task")
    .where("platform", "=", conversation.platform)
    .where("tenant", "=", conversation.tenant)
    .where("conversation", "=", conversation.id)
    .where("message", "=", thread ?? id)
    .executeTakeFirst();
  if (card) return card.item_id;
  // A reply to a comment or to news of a task is a reply to the task.
  const told = await tx
    .selectFrom("outbox")
    .select("params")
    .where("message", "=", thread ?? id)
    .where(sql<boolean>`ref->'conversation'->>'id' = ${conversation.id}`)
    .executeTakeFirst();
  return typeof told?.params.task === "string" ? told.params.task : undefined;
}
