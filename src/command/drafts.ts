import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { AccountRef, ConversationRef, MessageRef } from "../chat/index.js";
import { argsOf, type Command, type Context, type Raws, type Source } from "./define.js";

/**
 * What travels with a form. Only references: what somebody has typed already waits sealed in the database,
 * since on some platforms a second click opens the form and the words would otherwise rest in a card.
 */
const State = z.strictObject({
  body: z.string().regex(/^[a-z0-9][a-z0-9-]{0,23}$/),
  /** The form's own mark: sent once. */
  nonce: z.uuid(),
  given: z.record(z.string(), z.string().max(60)),
  draft: z.uuid().optional(),
  onBehalf: z
    .string()
    .regex(/^[a-z0-9_-]{1,32}$/)
    .optional(),
  /** Whom the form was made for. */
  for: z.uuid().optional(),
  /** The message whose button opened it, in its person's own conversation. */
  from: z.strictObject({ conversation: z.string().max(300), id: z.string().max(200) }).optional(),
});
export type State = z.infer<typeof State>;

/** @returns undefined for what Coord did not write */
export function stateOf(text: string): State | undefined {
  try {
    return State.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function writeState(c: Context, command: Command, raws: Raws, source?: Source): Promise<string> {
  const given: Record<string, string> = {};
  const typed: Record<string, string> = {};
  for (const [name, arg] of Object.entries(await argsOf(c, command, raws))) {
    const raw = raws[name];
    if (raw !== undefined) (arg.given ? given : typed)[name] = raw;
  }
  // Where an item comes from is kept here and not in what a client brings back: nobody claims what they were not shown.
  const draft = Object.keys(typed).length || source ? await keepSealed(c, keptOf(c, typed, source)) : undefined;
  return JSON.stringify({
    body: c.work.body.slug,
    nonce: randomUUID(),
    given,
    draft,
    onBehalf: c.onBehalf?.agency.handle,
    for: c.person.id,
    from: fromOf(c),
  } satisfies State);
}

function fromOf({ message, conversation }: Context): State["from"] {
  const known = message && !message.passing && conversation.kind === "personal";
  return known ? { conversation: message.conversation.id, id: message.id } : undefined;
}

/** Only what stands in the conversation of whoever sends the form: no client names another's message. */
export const messageOf = ({ from }: State, conversation: ConversationRef): MessageRef | undefined =>
  from && conversation.kind === "personal" && conversation.id === from.conversation
    ? { conversation, id: from.id }
    : undefined;

const keptOf = (c: Context, typed: Raws, source: Source | undefined): Typed => ({
  typed,
  mentions: c.mentions,
  source,
});

type Asker = Omit<Context, "form">;

/** Keeps what somebody typed for this very person, for a day. */
export async function keepSealed(c: Asker, value: object): Promise<string> {
  const id = randomUUID();
  const words = (await c.work.cipher()).seal(JSON.stringify(value));
  await c.work.tx.insertInto("drafts").values({ id, person_id: c.person.id, words, at: c.work.now }).execute();
  return id;
}

/** What this very person typed; anybody else's, or what has gone, is nothing. */
export async function openSealed<T extends object>(c: Asker, id: string): Promise<T | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const row = await c.work.tx
    .selectFrom("drafts")
    .select("words")
    .where("id", "=", id)
    .where("person_id", "=", c.person.id)
    .executeTakeFirst();
  return row && (JSON.parse((await c.work.cipher()).open(row.words)) as T);
}

export type Typed = { typed: Raws; mentions: readonly AccountRef[]; source?: Source };
export const NOTHING_TYPED: Typed = { typed: {}, mentions: [] };

export const openDraft = async (c: Context, id: string): Promise<Typed> =>
  (await openSealed<Typed>(c, id)) ?? NOTHING_TYPED;

export async function deleteDraft(c: Context, id: string): Promise<void> {
  await c.work.tx.deleteFrom("drafts").where("id", "=", id).where("person_id", "=", c.person.id).execute();
}
