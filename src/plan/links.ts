import type { Button, ListItem } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { parseReference, type Reference } from "../command/references.js";
import type { Reader } from "../delivery/notification.js";
import { everyItem, type Item, itemOf } from "../items/define.js";
import { refuse } from "../lib/refusal.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Objective } from "./model.js";

/**
 * What feeds an objective: tasks, decisions, and information of which something came. A link holds an id alone. Whoever
 * looks sees of the other end what they would see of it anywhere, by the same predicates; what they may not know is not
 * there for them, in no list and no count.
 */

export const linkKindOf = ({ kind, linked }: Item): string => linked?.as ?? kind.kind;

/** The item that a reference names. Unknown and forbidden answer alike. */
export async function findLinkable(c: Context, reference: Reference): Promise<{ kind: string; id: string }> {
  const item = itemOf(reference.kind);
  if (!item?.linked) return refuse((t) => t.errors.notLinkable({ said: reference.text }));
  const [one] = await item.kind.load(c.work, { number: reference.number, viewer: c.viewer });
  return one ? { kind: linkKindOf(item), id: one.id } : item.kind.missing(reference);
}

/** What feeds an objective, as far as this reader knows of it. */
export async function linkedLines(work: UnitOfWork, objective: Objective, reader: Reader): Promise<ListItem[]> {
  const rows = await work.tx
    .selectFrom("plan_links")
    .select(["kind", "item_id"])
    .where("objective_id", "=", objective.id)
    .execute();
  const lines: ListItem[] = [];
  for (const item of everyItem()) {
    const ids = rows.filter(({ kind }) => kind === linkKindOf(item)).map(({ item_id }) => item_id);
    const known = ids.length ? await item.kind.load(work, { ids, viewer: reader.viewer }) : [];
    if (known.length) lines.push(...((await item.linked?.lines(work, known, reader)) ?? []));
  }
  return lines;
}

/** A button that opens what a reference names; none where this reader may not know of it, or it is no reference. */
export async function openingOf(work: UnitOfWork, text: string, reader: Reader): Promise<Button | undefined> {
  const reference = parseReference(text);
  const item = reference && itemOf(reference.kind);
  if (!reference || !item?.linked) return undefined;
  const [one] = await item.kind.load(work, { number: reference.number, viewer: reader.viewer });
  if (!one) return undefined;
  const value = `${work.body.slug}/${reference.text}`;
  return { type: "button", id: item.kind.show, label: reader.t.plan.buttons.show, value };
}
