import { sql } from "kysely";
import { groupBy } from "../lib/group.js";
import type { Label } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { isLate, isOpen, type Task } from "../tasks/model.js";
import { tasksOf } from "../tasks/store.js";
import type { Meeting, Occurrence } from "./model.js";

/**
 * What is carried over by itself: the open actions of a meeting, and what each agency has open or late. Packs show of
 * tasks what coordinators see: reference, agencies, dates and state, and the titles of those born in the meeting
 * (docs/tasks.md).
 */

/** Tasks that were born in the occurrences given, or that carry out their decisions; never RED ones. */
export async function actionsOf(work: UnitOfWork, occurrenceIds: readonly string[]): Promise<Task[]> {
  if (occurrenceIds.length === 0) return [];
  const rows = await work.tx
    .selectFrom("tasks")
    .selectAll()
    .where("label", "!=", "RED")
    .where((eb) =>
      eb.or([
        eb.and([eb("source_kind", "=", "meeting"), eb("source_id", "in", occurrenceIds)]),
        eb.and([
          eb("source_kind", "=", "decision"),
          eb(
            "source_id",
            "in",
            eb
              .selectFrom("decisions")
              .select(sql<string>`decisions.id::text`.as("id"))
              .where("decisions.occurrence_id", "in", occurrenceIds),
          ),
        ]),
      ]),
    )
    .orderBy("number")
    .execute();
  return tasksOf(work, rows);
}

/** Of earlier occurrences, what is not finished yet. */
export async function openActions(work: UnitOfWork, meeting: Meeting, before: Occurrence): Promise<Task[]> {
  const earlier = await work.tx
    .selectFrom("occurrences")
    .select("id")
    .where("meeting_id", "=", meeting.id)
    .where("n", "<", before.n)
    .execute();
  const tasks = await actionsOf(
    work,
    earlier.map(({ id }) => id),
  );
  return tasks.filter(isOpen);
}

export type Owed = { agency: string; open: number; late: number };

/** What the agencies invited have open and late, in figures. */
export async function owedBy(work: UnitOfWork, meeting: Meeting): Promise<Owed[]> {
  const agencies = [...new Map(meeting.invitees.map(({ agency }) => [agency.id, agency])).values()];
  if (agencies.length === 0) return [];
  const rows = await work.tx
    .selectFrom("tasks")
    .select(["lead_agency_id", "state", "due_at"])
    .where("label", "!=", "RED")
    .where("state", "in", ["asked", "agreed"])
    .where(
      "lead_agency_id",
      "in",
      agencies.map(({ id }) => id),
    )
    .execute();
  const byAgency = groupBy(rows, (row) => row.lead_agency_id);
  return agencies
    .map(({ id, name }) => {
      const own = byAgency.get(id) ?? [];
      return { agency: name, open: own.length, late: own.filter(({ due_at }) => due_at && due_at < work.now).length };
    })
    .filter(({ open }) => open > 0)
    .sort((a, b) => b.late - a.late || b.open - a.open || a.agency.localeCompare(b.agency));
}

/** A decision is carried out once every task that came of it is finished; without one nobody can say. */
export type CarriedOut = "yes" | "open" | "late" | "unknown";

export function carriedOut(tasks: readonly Task[], now: Date): CarriedOut {
  const live = tasks.filter(({ state }) => state !== "cancelled" && state !== "declined");
  if (live.length === 0) return "unknown";
  if (live.some((task) => isLate(task, now))) return "late";
  return live.some(isOpen) ? "open" : "yes";
}

export const tasksOfDecision = (tasks: readonly Task[], decisionId: string): Task[] =>
  tasks.filter(({ source }) => source?.kind === "decision" && source.id === decisionId);

/** In a pack or in minutes the title of a task shows where the task is no more secret than the meeting. */
export const showsTitleIn = (task: Task, label: Label): boolean =>
  task.label === label || task.label === "GREEN" || task.label === "CLEAR";
