import { type ExpressionBuilder, type ExpressionWrapper, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Schema, TaskState } from "../store/schema.js";
import { isRestricted, type Label } from "./labels.js";
import { decidesFor, has, stands, type Viewer, worksHere } from "./viewer.js";

/** What the policy needs to know of a task; it holds no words. */
export type TaskSubject = {
  state: TaskState;
  label: Label;
  requesterId: string;
  requesterAgencyId: string;
  leadAgencyId: string;
  assigneeId: string | null;
  supporters: readonly { agencyId: string; personId: string | null }[];
  /** Entered by the secretariat for the agency that asks. */
  entered: boolean;
  /** Born in a meeting of the body: its title is known to the coordinators. */
  fromMeeting: boolean;
};

/**
 * How much of a task somebody sees: everything; its outline (reference, agencies, dates and state) with the title or
 * without; or that there is nothing. Requester, lead and supporting agencies see a task, the coordinators its outline,
 * and the title of what was born in a meeting and is not restricted (docs/tasks.md). Under AMBER+STRICT only who needs
 * to know inside those agencies: the persons named and the focal points. Under RED the persons named alone.
 */
export type Sight = "full" | "title" | "outline" | "none";

export function sightOfTask(viewer: Viewer, task: TaskSubject): Sight {
  const party = isParty(viewer, task);
  // Named, and with an agency that takes part still; or the secretariat's person who entered it.
  if (isNamed(viewer.id, task) && (party || enteredBy(viewer, task))) return "full";
  if (task.label === "RED") return "none";
  if (party && viewer.onBehalf) return isRestricted(task.label) && !task.entered ? "outline" : "full";
  if (party && stands(viewer).some(({ id }) => isNamed(id, task))) return "full";
  if (party && worksHere(viewer) && (task.label !== "AMBER+STRICT" || has(viewer, "focal_point"))) return "full";
  if (has(viewer, "coordinator")) return task.fromMeeting && !isRestricted(task.label) ? "title" : "outline";
  return "none";
}

/** The same rule for every list, count, search and digest: rows of which this person sees the title at least. */
export function tasksSeenBy(viewer: Viewer) {
  return (eb: ExpressionBuilder<Schema, "tasks">): ExpressionWrapper<Schema, "tasks", SqlBool> => {
    const mine = viewer.agencyId;
    const named = (id: string) =>
      eb.or([eb("tasks.requester_id", "=", id), eb("tasks.assignee_id", "=", id), supportedBy(eb, "person_id", id)]);
    const party = partyTo(eb, mine);
    if (viewer.onBehalf) {
      const open = eb.or([eb("tasks.label", "in", ["CLEAR", "GREEN"]), eb("tasks.entered_by", "is not", null)]);
      return eb.and([party, open, eb("tasks.label", "!=", "RED")]);
    }
    const labels: Label[] = has(viewer, "focal_point")
      ? ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT"]
      : ["CLEAR", "GREEN", "AMBER"];
    const asParty = stands(viewer).map(({ id }) => eb.and([named(id), eb("tasks.label", "!=", "RED")]));
    if (viewer.id !== "") asParty.push(named(viewer.id));
    if (worksHere(viewer)) asParty.push(eb("tasks.label", "in", labels));
    const seen = asParty.length ? [eb.and([party, eb.or(asParty)])] : [];
    if (viewer.id !== "")
      seen.push(eb.and([eb("tasks.requester_id", "=", viewer.id), eb("tasks.entered_by", "is not", null)]));
    if (has(viewer, "coordinator"))
      seen.push(
        eb.and([eb("tasks.source_kind", "in", ["meeting", "decision"]), eb("tasks.label", "in", ["CLEAR", "GREEN"])]),
      );
    return eb.or(seen);
  };
}

/** Rows of which this person knows at least the outline: for lists, never for a search in titles. */
export function tasksKnownTo(viewer: Viewer) {
  return (eb: ExpressionBuilder<Schema, "tasks">): ExpressionWrapper<Schema, "tasks", SqlBool> => {
    const open = eb("tasks.label", "!=", "RED");
    if (viewer.onBehalf) return eb.and([partyTo(eb, viewer.agencyId), open]);
    return has(viewer, "coordinator") ? eb.or([tasksSeenBy(viewer)(eb), open]) : tasksSeenBy(viewer)(eb);
  };
}

/**
 * A superset of `tasksKnownTo`, for a list to be looked for in: each way to a task by an index of its own, which the rule,
 * being one condition on each row, has not. Nothing for the coordinators, who know of all.
 */
export function waysToTasks(viewer: Viewer): RawBuilder<unknown>[] | undefined {
  if (has(viewer, "coordinator") && !viewer.onBehalf) return undefined;
  const ours = sql`${viewer.agencyId}::uuid`;
  const ways = [
    sql`tasks.lead_agency_id = ${ours}`,
    sql`tasks.requester_agency_id = ${ours}`,
    sql`tasks.id in (select task_id from task_supporters where agency_id = ${ours})`,
  ];
  if (viewer.id !== "") ways.push(sql`tasks.requester_id = ${viewer.id}::uuid`);
  return ways;
}

/** The ids that these ways lead to, in some states. */
export function tasksConcerning(viewer: Viewer, states: readonly TaskState[]): RawBuilder<string> | undefined {
  const ways = waysToTasks(viewer)?.map(
    (way) => sql`select id from tasks where ${way} and state in (${sql.join(states)})`,
  );
  return ways && sql`(${sql.join(ways, sql` union `)})`;
}

/** The agency asks, leads or supports. */
const partyTo = (eb: ExpressionBuilder<Schema, "tasks">, agencyId: string) =>
  eb.or([
    eb("tasks.requester_agency_id", "=", agencyId),
    eb("tasks.lead_agency_id", "=", agencyId),
    supportedBy(eb, "agency_id", agencyId),
  ]);

const supportedBy = (eb: ExpressionBuilder<Schema, "tasks">, column: "agency_id" | "person_id", value: string) =>
  eb.exists(
    eb
      .selectFrom("task_supporters")
      .select("task_supporters.task_id")
      .whereRef("task_supporters.task_id", "=", "tasks.id")
      .where(`task_supporters.${column}`, "=", value),
  );

export type TaskAct =
  | "see"
  | "give"
  | "accept"
  | "decline"
  | "date"
  | "snooze"
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
  snooze: { states: OPEN, who: decidesForLead },
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
  if (viewer.id !== "" && viewer.id === task.assigneeId) return "lead";
  if (viewer.id !== "" && viewer.id === task.requesterId) return "requester";
  if (viewer.agencyId === task.leadAgencyId) return "lead";
  if (viewer.agencyId === task.requesterAgencyId) return "requester";
  if (task.supporters.some((supporter) => supporter.agencyId === viewer.agencyId)) return "supporter";
  return undefined;
}

/** The person it was handed to, or the lead agency's focal point; their deputies, but for RED. */
function decidesForLead(viewer: Viewer, task: TaskSubject): boolean {
  return decides(viewer, task, task.assigneeId, task.leadAgencyId);
}

/** The person who asked, or the focal point of the agency that asked; their deputies, but for RED. */
function decidesForRequester(viewer: Viewer, task: TaskSubject): boolean {
  return decides(viewer, task, task.requesterId, task.requesterAgencyId);
}

function decidesForSupporter(viewer: Viewer, task: TaskSubject): boolean {
  return task.supporters.some((supporter) => decides(viewer, task, supporter.personId, supporter.agencyId));
}

function decides(viewer: Viewer, task: TaskSubject, personId: string | null, agencyId: string): boolean {
  if (personId === task.requesterId && enteredBy(viewer, task)) return true;
  if (viewer.agencyId !== agencyId) return false;
  if (personId !== null && viewer.id === personId) return true;
  if (task.label === "RED") return false;
  return decidesFor(viewer) || stands(viewer).some(({ id }) => id === personId);
}

const isNamed = (id: string, task: TaskSubject): boolean =>
  id !== "" &&
  (id === task.requesterId || id === task.assigneeId || task.supporters.some(({ personId }) => personId === id));

const enteredBy = (viewer: Viewer, task: TaskSubject): boolean =>
  task.entered && viewer.id !== "" && viewer.id === task.requesterId;

const isParty = ({ agencyId }: Viewer, task: TaskSubject): boolean =>
  agencyId === task.requesterAgencyId ||
  agencyId === task.leadAgencyId ||
  task.supporters.some((supporter) => supporter.agencyId === agencyId);
