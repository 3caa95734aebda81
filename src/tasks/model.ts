import type { Agency, Person } from "../people/model.js";
import type { Label, TaskSubject } from "../policy/index.js";
import type { Priority, TaskState } from "../store/schema.js";

/** A task that one agency asks of another, its words opened. */
export type Task = {
  id: string;
  number: number;
  /** `T-104` */
  ref: string;
  title: string;
  detail?: string;
  label: Label;
  priority: Priority;
  state: TaskState;
  requester: Person;
  requesterAgency: Agency;
  /** The secretariat's person who entered it for an agency on neither platform. */
  enteredBy?: Person;
  lead: Agency;
  assignee?: Person;
  supporters: Supporter[];
  due?: Moment;
  originalDueAt?: Date;
  /** `agencyId` is for whom `by` spoke. */
  proposal?: Moment & { by: Person; agencyId: string; reason?: string };
  blocked?: string;
  evidence?: string;
  /** Why it was declined, cancelled or not yet accepted as done. */
  reason?: string;
  source?: { kind: string; id: string };
  createdAt: Date;
  agreedAt?: Date;
  doneAt?: Date;
  closedAt?: Date;
  version: number;
  /** Rises when the reminders are rescheduled. */
  scheduleVersion: number;
  /** A policy of its own, in the notation. */
  ownPolicy?: string;
  subject: TaskSubject;
};

export type Supporter = { agency: Agency; person?: Person; state: "asked" | "agreed" | "declined" };

/** An instant, and the zone it was meant in. */
export type Moment = { at: Date; zone: string };

export const isOpen = (task: Pick<Task, "state">): boolean => ["asked", "agreed", "done"].includes(task.state);

/** Nothing is late once it is done. */
export const isLate = (task: Pick<Task, "state" | "due">, now: Date): boolean =>
  (task.state === "asked" || task.state === "agreed") && task.due !== undefined && task.due.at < now;

export const itemOf = (task: Pick<Task, "id" | "ref">) => ({ kind: "task", id: task.id, ref: task.ref });
