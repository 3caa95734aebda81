import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from "kysely";
import type { Schema, TaskState } from "../store/schema.js";
import { isRestricted, type Label } from "./labels.js";
import type { Role } from "./roles.js";

/** Who asks: the person's id, agency and roles in the body at hand. */
export type Viewer = { id: string; agencyId: string; roles: readonly Role[] };

/** What the policy needs to know of a task; it holds no words. */
export type TaskSubject = {
  state: TaskState;
  label: Label;
  requesterId: string;
  requesterAgencyId: string;
  leadAgencyId: string;
  assigneeId: string | null;
  supporters: readonly { agencyId: string; personId: string | null }[];
  /** Born in a meeting of the body: its title is known to the desk. */
  fromMeeting: boolean;
};

/**
 * How much of a task somebody sees: everything; its outline (reference, agencies, dates and state) with the title or
 * without; or that there is nothing. Requester, lead and supporting agencies see a task, the desk its outline, and the
 * title of what was born in a meeting and is not restricted (DESIGN 4). Under AMBER+STRICT only who needs to know
 * inside those agencies: the persons named and the focal points. Under RED the persons named alone.
 */
export type Sight = "full" | "title" | "outline" | "none";

export function sightOfTask(viewer: Viewer, task: TaskSubject): Sight {
  const named =
    viewer.id === task.requesterId ||
    viewer.id === task.assigneeId ||
    task.supporters.some((supporter) => supporter.personId === viewer.id);
  if (named) return "full";
  if (task.label === "RED") return "none";
  const party = sideOf(viewer, task) !== undefined && worksHere(viewer);
  if (party && (task.label !== "AMBER+STRICT" || has(viewer, "focal_point"))) return "full";
  if (has(viewer, "coordinator")) return task.fromMeeting && !isRestricted(task.label) ? "title" : "outline";
  return "none";
}

/**
 * Belonging to an agency shows its tasks to who works for it in this body. An admin looks after the installation, a
 * rapporteur after figures (DESIGN 1, 3); a colleague without a role works in another body alone.
 */
const worksHere = (viewer: Viewer): boolean => viewer.roles.some((role) => role !== "admin" && role !== "rapporteur");

/** The same rule for every list, count, search and digest: rows of which this person sees the title at least. */
export function tasksSeenBy(viewer: Viewer) {
  return (eb: ExpressionBuilder<Schema, "tasks">): ExpressionWrapper<Schema, "tasks", SqlBool> => {
    const mine = viewer.agencyId;
    const supporting = (column: "agency_id" | "person_id", value: string) =>
      eb.exists(
        eb
          .selectFrom("task_supporters")
          .select("task_supporters.task_id")
          .whereRef("task_supporters.task_id", "=", "tasks.id")
          .where(`task_supporters.${column}`, "=", value),
      );
    const named = eb.or([
      eb("tasks.requester_id", "=", viewer.id),
      eb("tasks.assignee_id", "=", viewer.id),
      supporting("person_id", viewer.id),
    ]);
    const party = eb.or([
      eb("tasks.requester_agency_id", "=", mine),
      eb("tasks.lead_agency_id", "=", mine),
      supporting("agency_id", mine),
    ]);
    const labels: Label[] = has(viewer, "focal_point")
      ? ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT"]
      : ["CLEAR", "GREEN", "AMBER"];
    const seen = [named];
    if (worksHere(viewer)) seen.push(eb.and([party, eb("tasks.label", "in", labels)]));
    if (has(viewer, "coordinator"))
      seen.push(eb.and([eb("tasks.source_kind", "=", "meeting"), eb("tasks.label", "in", ["CLEAR", "GREEN"])]));
    return eb.or(seen);
  };
}

export type TaskAct =
  | "see"
  | "give"
  | "accept"
  | "decline"
  | "date"
  | "done"
  | "problem"
  | "close"
  | "reopen"
  | "cancel"
  | "edit"
  | "support"
  | "comment"
  | "nudge";

/**
 * Why not: `hidden` is answered exactly like a reference that does not exist; `party` says whose act it is;
 * `state` says what the task is now.
 */
export type TaskRefusal = "hidden" | "party" | "state" | "sealed";

const OPEN: readonly TaskState[] = ["asked", "agreed", "done"];

/** In which states an act makes sense, and who may do it. */
const ACTS: Record<TaskAct, { states: readonly TaskState[]; who: (viewer: Viewer, task: TaskSubject) => boolean }> = {
  see: { states: ["asked", "agreed", "done", "closed", "declined", "cancelled"], who: () => true },
  give: { states: ["asked", "agreed"], who: decidesForLead },
  accept: { states: ["asked"], who: decidesForLead },
  decline: { states: ["asked"], who: decidesForLead },
  date: { states: ["asked", "agreed"], who: (v, t) => decidesForLead(v, t) || decidesForRequester(v, t) },
  done: { states: ["asked", "agreed"], who: decidesForLead },
  problem: { states: ["agreed"], who: decidesForLead },
  close: { states: ["done"], who: decidesForRequester },
  reopen: { states: ["done"], who: decidesForRequester },
  cancel: { states: OPEN, who: decidesForRequester },
  edit: { states: ["asked", "agreed"], who: decidesForRequester },
  support: { states: ["asked", "agreed"], who: decidesForSupporter },
  comment: { states: OPEN, who: (v, t) => sightOfTask(v, t) === "full" && sideOf(v, t) !== undefined },
  nudge: { states: ["asked", "agreed"], who: (v, t) => decidesForRequester(v, t) || has(v, "coordinator") },
};

/** @returns undefined when the act is allowed */
export function mayTask(viewer: Viewer, act: TaskAct, task: TaskSubject): TaskRefusal | undefined {
  const sight = sightOfTask(viewer, task);
  if (sight === "none") return "hidden";
  const rule = ACTS[act];
  if (!rule.who(viewer, task)) return "party";
  // RED is for the persons named: handing it on would name another (TLP 2.0).
  if (act === "give" && task.label === "RED") return "sealed";
  if (!rule.states.includes(task.state)) return "state";
  return undefined;
}

/** On whose side somebody stands, by agency; an agency may stand on both: then its requester's side wins only for the requester. */
export function sideOf(viewer: Viewer, task: TaskSubject): "requester" | "lead" | "supporter" | undefined {
  if (viewer.id === task.assigneeId) return "lead";
  if (viewer.id === task.requesterId) return "requester";
  if (viewer.agencyId === task.leadAgencyId) return "lead";
  if (viewer.agencyId === task.requesterAgencyId) return "requester";
  if (task.supporters.some((supporter) => supporter.agencyId === viewer.agencyId)) return "supporter";
  return undefined;
}

/** The person it was handed to, or the lead agency's focal point. */
function decidesForLead(viewer: Viewer, task: TaskSubject): boolean {
  return viewer.id === task.assigneeId || (viewer.agencyId === task.leadAgencyId && has(viewer, "focal_point"));
}

/** The person who asked, or the focal point of the agency that asked. */
function decidesForRequester(viewer: Viewer, task: TaskSubject): boolean {
  return viewer.id === task.requesterId || (viewer.agencyId === task.requesterAgencyId && has(viewer, "focal_point"));
}

function decidesForSupporter(viewer: Viewer, task: TaskSubject): boolean {
  return task.supporters.some(
    (supporter) =>
      supporter.personId === viewer.id || (supporter.agencyId === viewer.agencyId && has(viewer, "focal_point")),
  );
}

const has = (viewer: Viewer, role: Role): boolean => viewer.roles.includes(role);
