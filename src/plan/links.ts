import type { Button, ListItem } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { parseReference, type Reference } from "../command/references.js";
import type { Reader } from "../delivery/notification.js";
import { refuse } from "../lib/refusal.js";
import { decisionItems, noSuchDecision, readableDecisions } from "../meetings/decisions.js";
import { may, sharesKnownTo, tasksKnownTo, type Viewer } from "../policy/index.js";
import { noSuchShare } from "../shares/acts/sharing.js";
import { COLUMNS, sharesOf } from "../shares/store.js";
import { lineOf as shareLine } from "../shares/views.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { noSuchTask } from "../tasks/acts.js";
import { tasksByIds } from "../tasks/store.js";
import { lineOf as taskLine } from "../tasks/views.js";
import { noSuchTraining } from "../training/find.js";
import { trainingsOf } from "../training/store.js";
import { lineOf as trainingLine } from "../training/views.js";
import type { LinkKind, Objective } from "./model.js";

/**
 * What feeds an objective: tasks, decisions, and information of which something came. A link holds an id alone. Whoever
 * looks sees of the other end what they would see of it anywhere, by the same predicates; what they may not know is not
 * there for them, in no list and no count.
 */

/** One item by its number, or those of them that the viewer knows of. */
type By = { number: number } | { ids: readonly string[] };

type Linkable = {
  /** @returns ids of what the viewer may know of */
  known: (work: UnitOfWork, viewer: Viewer, by: By) => Promise<string[]>;
  lines: (work: UnitOfWork, ids: readonly string[], reader: Reader) => Promise<ListItem[]>;
  /** As anything of its kind that is not there. */
  unknown: (reference: Reference) => never;
  shownBy: string;
};

const chosen = (by: By) => ("ids" in by ? (["id", "in", [...by.ids]] as const) : (["number", "=", by.number] as const));

const LINKABLE: Partial<Record<Reference["kind"], Linkable & { kind: LinkKind }>> = {
  task: {
    kind: "task",
    shownBy: "show",
    unknown: noSuchTask,
    async known(work, viewer, by) {
      const [column, is, value] = chosen(by);
      const query = work.tx.selectFrom("tasks").select("id").where(tasksKnownTo(viewer));
      return ids(await query.where(column, is, value).orderBy("number").execute());
    },
    async lines(work, known, reader) {
      const tasks = await tasksByIds(work, known);
      return tasks
        .sort((a, b) => a.number - b.number)
        .map((task) => taskLine(work, task, reader, task.lead.id === reader.viewer.agencyId ? "lead" : "requester"));
    },
  },
  decision: {
    kind: "decision",
    shownBy: "decision",
    unknown: noSuchDecision,
    async known(work, viewer, by) {
      const [column, is, value] = chosen(by);
      return ids(await readableDecisions(work, viewer).select("id").where(column, is, value).execute());
    },
    async lines(work, known, reader) {
      const rows = await work.tx
        .selectFrom("decisions")
        .selectAll()
        .where("id", "in", [...known])
        .execute();
      return decisionItems(
        work,
        rows.sort((a, b) => a.number - b.number),
        reader,
      );
    },
  },
  training: {
    kind: "training",
    shownBy: "training-show",
    unknown: noSuchTraining,
    async known(work, viewer, by) {
      if (!may(viewer, "training.see")) return [];
      const [column, is, value] = chosen(by);
      const query = work.tx.selectFrom("training_items").select("id").where(column, is, value);
      return ids(await query.orderBy("number").execute());
    },
    async lines(work, known, reader) {
      const rows = await work.tx
        .selectFrom("training_items")
        .selectAll()
        .where("id", "in", [...known])
        .orderBy("number")
        .execute();
      return Promise.all((await trainingsOf(work, rows)).map((one) => trainingLine(work, one, reader)));
    },
  },
  information: {
    kind: "information",
    shownBy: "share-show",
    unknown: noSuchShare,
    async known(work, viewer, by) {
      const [column, is, value] = chosen(by);
      const query = work.tx.selectFrom("shares").select("id").where(sharesKnownTo(viewer, work.now));
      return ids(await query.where(column, is, value).orderBy("number").execute());
    },
    async lines(work, known, reader) {
      const rows = await work.tx
        .selectFrom("shares")
        .select(COLUMNS)
        .where("id", "in", [...known])
        .execute();
      return (await sharesOf(work, rows)).map((share) => shareLine(work, share, reader));
    },
  },
};

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** The item that a reference names. Unknown and forbidden answer alike. */
export async function findLinkable(c: Context, reference: Reference): Promise<{ kind: LinkKind; id: string }> {
  const linkable = LINKABLE[reference.kind];
  if (!linkable) return refuse((t) => t.errors.notLinkable({ said: reference.text }));
  const [id] = await linkable.known(c.work, c.viewer, { number: reference.number });
  return id === undefined ? linkable.unknown(reference) : { kind: linkable.kind, id };
}

/** What feeds an objective, as far as this reader knows of it. */
export async function linkedLines(work: UnitOfWork, objective: Objective, reader: Reader): Promise<ListItem[]> {
  const rows = await work.tx
    .selectFrom("plan_links")
    .select(["kind", "item_id"])
    .where("objective_id", "=", objective.id)
    .execute();
  const lines: ListItem[] = [];
  for (const linkable of Object.values(LINKABLE)) {
    const own = rows.filter(({ kind }) => kind === linkable.kind).map(({ item_id }) => item_id);
    const known = own.length ? await linkable.known(work, reader.viewer, { ids: own }) : [];
    if (known.length) lines.push(...(await linkable.lines(work, known, reader)));
  }
  return lines;
}

/** A button that opens what a reference names; none where this reader may not know of it, or it is no reference. */
export async function openingOf(work: UnitOfWork, text: string, reader: Reader): Promise<Button | undefined> {
  const reference = parseReference(text);
  const linkable = reference && LINKABLE[reference.kind];
  if (!reference || !linkable) return undefined;
  const [id] = await linkable.known(work, reader.viewer, { number: reference.number });
  if (id === undefined) return undefined;
  const value = `${work.body.slug}/${reference.text}`;
  return { type: "button", id: linkable.shownBy, label: reader.t.plan.buttons.show, value };
}
