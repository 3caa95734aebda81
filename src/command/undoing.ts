import { randomUUID } from "node:crypto";
import { subMinutes } from "date-fns";
import type { Reply } from "../chat/index.js";
import { json } from "../store/database.js";
import { later } from "../store/later.js";
import type { Context } from "./define.js";
import { sentence } from "./reply.js";

/** How long an act of one's own can be undone. */
export const UNDO_MINUTES = 5;

export type Act = {
  item: { kind: string; id: string };
  act: string;
  /** What it takes to put it back. */
  before?: object;
  /** Of the item after the act: one that has changed since is not undone. */
  version?: number;
};

export async function rememberAct(c: Context, { item, act, before = {}, version = 0 }: Act): Promise<void> {
  const { tx, now } = c.work;
  await later(
    tx,
    tx.insertInto("undos").values({
      ...{ id: randomUUID(), person_id: c.person.id, item_kind: item.kind, item_id: item.id, act },
      ...{ before: json(before), version, at: now },
    }),
  );
}

export type Done = {
  id: string;
  kind: string;
  itemId: string;
  act: string;
  before: Record<string, unknown>;
  version: number;
  undone: boolean;
};

/** The last that this person did within the time to undo it, whatever it was about. */
export async function lastAct(c: Context): Promise<Done | undefined> {
  const row = await c.work.tx
    .selectFrom("undos")
    .selectAll()
    .where("person_id", "=", c.person.id)
    .where("at", ">", subMinutes(c.work.now, UNDO_MINUTES))
    .orderBy("at", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      ...{ id: row.id, kind: row.item_kind, itemId: row.item_id, act: row.act },
      ...{ before: row.before, version: row.version, undone: row.undone },
    }
  );
}

export async function markUndone(c: Context, { id }: Pick<Done, "id">): Promise<void> {
  await c.work.tx.updateTable("undos").set({ undone: true }).where("id", "=", id).execute();
}

/** @param ref what it was about, where a line can name it */
export function undoable(c: Context, said: string, ref = ""): Reply {
  const { t, work, person } = c;
  // For an agency one acts in lines: a button would act as oneself.
  if (c.onBehalf) return sentence(c, said);
  const note = t.sure.undoable({ minutes: UNDO_MINUTES });
  const button = { type: "button" as const, id: "undo", label: t.sure.takeBack };
  return {
    private: true,
    post: {
      text: `${said} ${note}`,
      lang: person.lang,
      blocks: [
        { type: "text", text: said },
        { type: "context", text: note },
        { type: "actions", actions: [{ ...button, value: `${work.body.slug}/${ref}` }] },
      ],
    },
  };
}
