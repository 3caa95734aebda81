import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { AccountRef } from "./chat/index.js";
import type { Command, Context, Raws, Source } from "./command.js";

/**
 * What travels with a form. Only references: what somebody has typed already waits sealed in the database,
 * since on some platforms a second click opens the form and the words would otherwise rest in a card.
 */
const State = z.object({
  body: z.string().regex(/^[a-z0-9][a-z0-9-]{0,23}$/),
  /** The form's own mark: sent once. */
  nonce: z.uuid(),
  given: z.record(z.string(), z.string().max(60)),
  draft: z.uuid().optional(),
  onBehalf: z
    .string()
    .regex(/^[a-z0-9_-]{1,32}$/)
    .optional(),
  source: z.object({ kind: z.string().regex(/^[a-z_]{1,20}$/), id: z.string().regex(/^\P{Cc}{1,200}$/u) }).optional(),
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
  for (const [name, arg] of Object.entries(command.args)) {
    const raw = raws[name];
    if (raw !== undefined) (arg.given ? given : typed)[name] = raw;
  }
  const draft = Object.keys(typed).length ? await keepDraft(c, typed) : undefined;
  return JSON.stringify({
    body: c.work.body.slug,
    nonce: randomUUID(),
    given,
    draft,
    onBehalf: c.onBehalf?.agency.handle,
    source,
  } satisfies State);
}

async function keepDraft(c: Context, typed: Raws): Promise<string> {
  const id = randomUUID();
  const words = (await c.work.cipher()).seal(JSON.stringify({ typed, mentions: c.mentions }));
  await c.work.tx
    .insertInto("drafts")
    .values({ id, person_id: c.onBehalf?.by.id ?? c.person.id, words, at: c.work.now })
    .execute();
  return id;
}

export type Typed = { typed: Raws; mentions: readonly AccountRef[] };
export const NOTHING_TYPED: Typed = { typed: {}, mentions: [] };

/** The draft of this very person; anybody else's, or one that has gone, is empty. */
export async function openDraft(c: Context, id: string): Promise<Typed> {
  const row = await c.work.tx
    .selectFrom("drafts")
    .select("words")
    .where("id", "=", id)
    .where("person_id", "=", c.onBehalf?.by.id ?? c.person.id)
    .executeTakeFirst();
  return row ? (JSON.parse((await c.work.cipher()).open(row.words)) as Typed) : NOTHING_TYPED;
}

export async function deleteDraft(c: Context, id: string): Promise<void> {
  await c.work.tx
    .deleteFrom("drafts")
    .where("id", "=", id)
    .where("person_id", "=", c.onBehalf?.by.id ?? c.person.id)
    .execute();
}
