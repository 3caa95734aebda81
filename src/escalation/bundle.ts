import { type Action, type Button, type ListItem, plain } from "../chat/index.js";
import { defineNotification, type Reader } from "../delivery/notification.js";
import { groupBy } from "../lib/group.js";
import { attempt } from "../store/database.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import {
  type BundleNotification,
  bundleSchema,
  cameLate,
  type NotifiedStep,
  type Remindable,
  type ReminderLine,
} from "./fire.js";
import { settled } from "./settled.js";

/**
 * All that fell due for one person at about the same time, in one message. Each kind of item draws its own lines, one
 * for each thing that is asked: whether one comes to a meeting, and what is to be discussed there, are two. What was
 * settled meanwhile is left out.
 */
export const bundleOf = (kinds: ReadonlyMap<string, Remindable>): BundleNotification =>
  defineNotification({
    id: "reminder",
    schema: bundleSchema,
    async render(work, { person, bundle }, reader) {
      const rows = await work.tx
        .selectFrom("reminder_tellings")
        .innerJoin("reminder_steps", "reminder_steps.id", "reminder_tellings.step_id")
        .select(["item_kind", "item_id", "step", "audience", "about", "due_at", "fired_at"])
        .where("person_id", "=", person)
        .where("bundle", "=", bundle)
        .orderBy("reminder_steps.due_at")
        .execute();
      const byKey = new Map<string, ReminderLine>();
      let failure: { error: unknown } | undefined;
      for (const [kind, own] of groupBy(rows, (row) => row.item_kind)) {
        const { lines, failed } = await linesOf(work, kinds.get(kind), own.map(stepOf), reader);
        failure ??= failed;
        for (const one of inOrder(lines, own)) {
          const key = `${one.item} ${one.kind}`;
          byKey.set(key, byKey.get(key) ?? one);
        }
      }
      const [first] = byKey.values();
      if (!first) {
        if (failure) throw failure.error;
        return reader.refresh ? settled(reader, await namesOf(work, kinds, rows, reader)) : undefined;
      }
      const { t, lang } = reader;
      const items = new Set([...byKey.values()].map(({ item }) => item));
      // In the order in which they were due: the first is the latest to come.
      const late = rows
        .filter((row) => items.has(row.item_id) && cameLate({ dueAt: row.due_at, firedAt: row.fired_at ?? work.now }))
        .map((row) => row.due_at)
        .slice(0, 1);
      const heading =
        byKey.size === 1
          ? first.kind === "coming"
            ? t.reminders.coming
            : t.reminders.about[first.kind]
          : t.reminders.heading({
              count: byKey.size,
              tasksOnly: rows.every((row) => row.item_kind === "task"),
            });
      return {
        text: heading,
        lang,
        about: [...byKey.values()].map(({ of, item }) => of ?? item),
        blocks: [
          { type: "heading", text: heading },
          { type: "list", items: byKey.size === 1 ? [first.line] : [...byKey.values()].map(withSteps) },
          { type: "actions", actions: [...(byKey.size === 1 ? first.actions : []), gotIt(work, reader)] },
          ...late.map((at) => ({
            type: "context" as const,
            text: t.reminders.late({ when: showAt(work, reader, at) }),
          })),
        ],
      };
    },
  });

/** What falls due first, and of one moment in the order of the references: `T-9` before `T-10`. */
function inOrder(lines: readonly ReminderLine[], rows: readonly { item_id: string; due_at: Date }[]): ReminderLine[] {
  const due = new Map(rows.toReversed().map((row) => [row.item_id, row.due_at.getTime()]));
  const after = (a: ReminderLine, b: ReminderLine): number =>
    (due.get(a.item) ?? 0) - (due.get(b.item) ?? 0) || BY_NUMBER.compare(plain(a.line.title), plain(b.line.title));
  return lines.toSorted((a, b) => (a.item === b.item ? 0 : after(a, b)));
}

const BY_NUMBER = new Intl.Collator("en", { numeric: true });

/** Among others a line carries what is asked most. */
const withSteps = ({ line, actions, quick }: ReminderLine): ListItem => ({
  ...line,
  steps: (quick ?? actions.filter((action): action is Button => action.type === "button")).slice(0, IN_LINE),
});

const IN_LINE = 2;
/** So many are named once they are settled. */
const MOST_NAMED = 5;

async function namesOf(
  work: UnitOfWork,
  kinds: ReadonlyMap<string, Remindable>,
  rows: readonly { item_kind: string; item_id: string }[],
  reader: Reader,
): Promise<string[]> {
  const names: string[] = [];
  for (const { item_kind, item_id } of new Map(rows.map((row) => [row.item_id, row])).values()) {
    const name = await kinds.get(item_kind)?.named?.(work, item_id, reader);
    if (name !== undefined) names.push(name);
  }
  return names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), `… +${names.length - MOST_NAMED}`] : names;
}

/** One that cannot be read holds up no other; with nothing else to say, the failure is the message's. */
async function linesOf(
  work: UnitOfWork,
  remindable: Remindable | undefined,
  steps: readonly NotifiedStep[],
  reader: Reader,
): Promise<{ lines: ReminderLine[]; failed?: { error: unknown } }> {
  const { draw } = remindable ?? {};
  if (!draw) return { lines: [] };
  const lines: ReminderLine[] = [];
  let failed: { error: unknown } | undefined;
  for (const own of groupBy(steps, (step) => step.itemId).values())
    try {
      lines.push(...(await attempt(work.tx, () => draw(work, own, reader))));
    } catch (error) {
      failed = { error };
    }
  return { lines, failed };
}

type Row = { item_id: string; step: string; audience: string; about: Date | null };

const stepOf = (row: Row): NotifiedStep => ({
  itemId: row.item_id,
  step: row.step,
  audience: row.audience,
  about: row.about ?? undefined,
});

const gotIt = (work: UnitOfWork, reader: Reader): Action => ({
  type: "button",
  id: "gotit",
  label: reader.t.reminders.gotIt,
  value: `${work.body.slug}/`,
});
