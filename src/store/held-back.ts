import type { Tx } from "./database.js";

/** What the reconciler and the engine do for a body, as `digest`, or the kind of an item; each is held back alone. */
export type Part = string;

/** Only the kind of an error is kept: its words can quote a row. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^\w{1,30}$/.test(code) ? `${error.name} ${code}` : error.name;
}

export async function writeHeld(tx: Tx, part: Part, item: string, error: unknown, now: Date): Promise<void> {
  await tx
    .insertInto("held_back")
    .values({ part, item_id: item, code: codeOf(error), since: now })
    .onConflict((c) => c.columns(["body_id", "part", "item_id"]).doUpdateSet({ code: codeOf(error) }))
    .execute();
}

/** It could be dealt with again. */
export async function letGo(tx: Tx, part: Part, items: readonly string[]): Promise<void> {
  if (items.length === 0) return;
  await tx.deleteFrom("held_back").where("part", "=", part).where("item_id", "in", items).execute();
}

/** All of a part could be dealt with but for these, or is no more. */
export async function letGoBut(tx: Tx, part: Part, items: readonly string[]): Promise<void> {
  await tx
    .deleteFrom("held_back")
    .where("part", "=", part)
    .$if(items.length > 0, (q) => q.where("item_id", "not in", items))
    .execute();
}
