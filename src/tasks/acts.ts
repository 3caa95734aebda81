import { randomUUID } from "node:crypto";
import { addMinutes, differenceInSeconds } from "date-fns";
import { sql } from "kysely";
import { type ActionName, record, recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import type { Reference } from "../command/references.js";
import { rememberAct, UNDO_MINUTES } from "../command/undoing.js";
import { noteFirst } from "../delivery/changes.js";
import { refresh } from "../delivery/outbox.js";
import type { ScheduledStep } from "../escalation/schedule.js";
import { addSteps, scheduleSteps } from "../escalation/store.js";
import { checkSeen } from "../items/kind.js";
import { refuse } from "../lib/refusal.js";
import { type Agency, agencyCalendar, type Body, bodyCalendar, type Person, personCalendar } from "../people/model.js";
import { type Label, mayTask, strictest, type TaskAct } from "../policy/index.js";
import type { Priority } from "../store/schema.js";
import { nextNumber, type UnitOfWork } from "../store/unit-of-work.js";
import { keepWords } from "../store/words.js";
import { showAt } from "../time/display.js";
import { type Calendars, stepsOf } from "./escalation.js";
import { itemOf, type Moment, type Task } from "./model.js";
import * as notifying from "./notify.js";
import { addComment, columnsOf, type Patch, SUPPORTING, TASKS, tasksOf } from "./store.js";

/**
 * What people do with a task. Each act checks who may, changes the row, writes what happened, reschedules the reminders,
 * refreshes every card and tells those who must hear; all in the transaction it is given.
 */

export type Asking = {
  lead: Agency;
  assignee?: Person;
  title: string;
  detail?: string;
  due?: Moment;
  label?: Label;
  priority?: Priority;
  supporters?: Agency[];
};

export async function ask(c: Context, asking: Asking): Promise<Task> {
  const { work, person } = c;
  const label = strictest(asking.label ?? "GREEN");
  const { lead, assignee } = asking;
  if (lead.observer) refuse((t) => t.errors.observer({ agency: lead.name }));
  if (label === "RED" && !assignee) refuse((t) => t.errors.redNeedsPerson);
  if (label === "RED" && c.onBehalf) refuse((t) => t.errors.redNotFor);
  const supporters = [...new Map((asking.supporters ?? []).map((agency) => [agency.id, agency])).values()].filter(
    (agency) => agency.id !== lead.id,
  );
  if (label === "RED" && supporters.length) refuse((t) => t.errors.redNoSupport);
  const id = randomUUID();
  const row = await work.tx
    .insertInto("tasks")
    .values({
      id,
      number: nextNumber("task"),
      title: await keepWords(work, label, asking.title),
      detail: asking.detail ? await keepWords(work, label, asking.detail) : null,
      label,
      priority: asking.priority ?? "normal",
      requester_id: person.id,
      requester_agency_id: person.agencyId,
      entered_by: c.onBehalf?.by.id ?? null,
      lead_agency_id: lead.id,
      assignee_id: assignee?.id ?? null,
      due_at: asking.due?.at ?? null,
      due_zone: asking.due?.zone ?? null,
      original_due_at: asking.due?.at ?? null,
      source_kind: c.source?.kind ?? null,
      source_id: c.source?.id ?? null,
      created_at: work.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const supporting = supporters.length
    ? await work.tx
        .insertInto("task_supporters")
        .values(supporters.map((agency) => ({ task_id: id, agency_id: agency.id })))
        .returningAll()
        .execute()
    : [];
  const [task] = (await tasksOf(work, [{ ...row, supporting }])) as [Task];
  // What is only written comes last, and goes out together.
  await notifying.asked(work, task);
  await noteFirst(work, id);
  await recordAct(c, {
    action: "task.asked",
    item: itemOf(task),
    detail: {
      from: person.agency.handle,
      to: lead.handle,
      ...counted(task),
    },
  });
  const before = { state: "cancelled", closed_at: work.now };
  await rememberAct(c, { item: itemOf(task), act: "ask", before, version: task.version });
  const { scheduleVersion } = task;
  await addSteps(
    work,
    stepsNow(work, task).map((step) => ({ item: itemOf(task), scheduleVersion, about: task.due?.at, step })),
  );
  return task;
}

/** Handing it to a person accepts it. */
export async function give(c: Context, task: Task, to: Person): Promise<Task> {
  check(c, "give", task);
  if (to.agencyId !== task.lead.id) refuse((t) => t.errors.notOurs({ person: to.name, agency: task.lead.name }));
  const first = task.state === "asked";
  if (!first && task.assignee?.id === to.id) return task;
  const changed = await change(c, task, "give", first ? "task.agreed" : "task.given", {
    assigneeId: to.id,
    ...(first ? { state: "agreed", agreedAt: c.work.now, proposal: null } : {}),
  });
  await notifying.given(c.work, changed, c.person, first);
  return changed;
}

export async function accept(c: Context, task: Task): Promise<Task> {
  check(c, "accept", task);
  const changed = await change(c, task, "accept", "task.agreed", {
    state: "agreed",
    agreedAt: c.work.now,
    proposal: null,
    assigneeId: c.onBehalf ? null : (task.assignee?.id ?? c.person.id),
  });
  await notifying.given(c.work, changed, c.person, true);
  return changed;
}

export async function decline(c: Context, task: Task, reason: string): Promise<Task> {
  check(c, "decline", task);
  const changed = await change(
    c,
    task,
    "decline",
    "task.declined",
    { state: "declined", reason, closedAt: c.work.now },
    reason,
  );
  await notifying.toRequester(c.work, changed, "declined", c.person);
  return changed;
}

/**
 * Another date. From the side that works: put to the requester, before it is agreed and after. From the requester:
 * a later one is granted at once, an earlier one after agreement is put to the side that works, since a deadline binds when agreed.
 */
export async function putDate(c: Context, task: Task, due: Moment, reason?: string): Promise<Task> {
  check(c, "date", task);
  const asksRequester = !mayDecideForRequester(c, task);
  const { due: agreed } = task;
  if (asksRequester && task.state === "agreed" && agreed && due.at <= agreed.at)
    refuse((t) =>
      t.errors.laterOnly({ ref: task.ref, due: showAt(c.work, c.person, agreed.at, { meant: agreed.zone }) }),
    );
  const settles = !asksRequester && (task.state === "asked" || !task.due || due.at >= task.due.at);
  if (settles) {
    const changed = await change(c, task, "date", "task.due", { due, proposal: null }, reason);
    await notifying.toLead(c.work, changed, "due", c.person);
    return changed;
  }
  const changed = await change(
    c,
    task,
    "date",
    "task.date_proposed",
    { proposal: { ...due, by: c.person.id, agencyId: c.person.agencyId, reason } },
    reason,
  );
  if (asksRequester) await notifying.toRequester(c.work, changed, "dateProposed", c.person);
  else await notifying.toLead(c.work, changed, "dateProposed", c.person);
  return changed;
}

/**
 * Grants or refuses the date on the table. Only the side that did not put it there decides.
 * @param seen the version that the button showed: another date may be on the table by now
 */
export async function answerDate(c: Context, task: Task, seen: number | undefined, granted: boolean): Promise<Task> {
  check(c, "date", task);
  checkSeen(task, seen);
  const { proposal } = task;
  if (!proposal) return refuse((t) => t.errors.noProposal({ ref: task.ref }));
  const sameSide = proposal.agencyId === c.person.agencyId && task.requesterAgency.id !== task.lead.id;
  if (sameSide || (!c.onBehalf && proposal.by.id === c.person.id))
    refuse((t) => t.errors.ownProposal({ ref: task.ref }));
  const changed = await change(
    c,
    task,
    granted ? "agree" : "keep",
    granted ? "task.date_granted" : "task.date_refused",
    {
      proposal: null,
      ...(granted ? { due: { at: proposal.at, zone: proposal.zone } } : {}),
    },
  );
  const what = granted ? "dateGranted" : "dateRefused";
  if (proposal.agencyId === task.lead.id) await notifying.toLead(c.work, changed, what, c.person);
  else await notifying.toRequester(c.work, changed, what, c.person);
  return changed;
}

export async function finish(c: Context, task: Task, evidence?: string): Promise<Task> {
  check(c, "done", task);
  const changed = await change(
    c,
    task,
    "done",
    "task.done",
    {
      state: "done",
      doneAt: c.work.now,
      evidence: evidence ?? null,
      blocked: null,
      proposal: null,
      ...(task.state === "asked" ? { agreedAt: c.work.now } : {}),
      ...(task.assignee || c.onBehalf ? {} : { assigneeId: c.person.id }),
    },
    evidence,
  );
  await notifying.toRequester(c.work, changed, "done", c.person);
  return changed;
}

export async function block(c: Context, task: Task, reason: string): Promise<Task> {
  check(c, "problem", task);
  const changed = await change(c, task, "problem", "task.blocked", { blocked: reason }, reason);
  await notifying.toRequester(c.work, changed, "problem", c.person);
  return changed;
}

export async function unblock(c: Context, task: Task): Promise<Task> {
  check(c, "problem", task);
  if (!task.blocked) refuse((t) => t.errors.noProblem({ ref: task.ref }));
  const changed = await change(c, task, "resolved", "task.unblocked", { blocked: null });
  await notifying.toRequester(c.work, changed, "resolved", c.person);
  return changed;
}

export async function close(c: Context, task: Task): Promise<Task> {
  check(c, "close", task);
  const changed = await change(c, task, "close", "task.closed", { state: "closed", closedAt: c.work.now });
  await notifying.toLead(c.work, changed, "closed", c.person);
  return changed;
}

export async function reopen(c: Context, task: Task, reason: string): Promise<Task> {
  check(c, "reopen", task);
  const changed = await change(c, task, "notyet", "task.reopened", { state: "agreed", doneAt: null, reason }, reason);
  await notifying.toLead(c.work, changed, "notYet", c.person);
  return changed;
}

export async function cancel(c: Context, task: Task, reason?: string): Promise<Task> {
  check(c, "cancel", task);
  const changed = await change(
    c,
    task,
    "cancel",
    "task.cancelled",
    { state: "cancelled", closedAt: c.work.now, reason: reason ?? null, proposal: null },
    reason,
  );
  await notifying.toLead(c.work, changed, "cancelled", c.person);
  await notifying.toSupporters(c.work, changed, "cancelled", c.person);
  return changed;
}

/** Reminders of its own for one task; null gives it back to the body's. By either side that decides on it. */
export async function setPolicy(c: Context, task: Task, policy: string | null): Promise<Task> {
  check(c, "date", task);
  return change(c, task, "remind", "task.ladder", { ownPolicy: policy });
}

export type Edit = { title?: string; detail?: string; priority?: Priority };

export async function edit(c: Context, task: Task, patch: Edit): Promise<Task> {
  check(c, "edit", task);
  const changed = await change(c, task, "edit", "task.edited", patch);
  await notifying.toLead(c.work, changed, "edited", c.person);
  return changed;
}

/** A supporting agency names its person, or says no. */
export async function support(
  c: Context,
  task: Task,
  answer: { person: Person } | { declined: string },
): Promise<Task> {
  check(c, "support", task);
  const mine = task.supporters.find(({ agency }) => agency.id === c.person.agencyId);
  if (!mine) return refuse((t) => t.errors.notParty({ ref: task.ref }));
  if ("person" in answer && answer.person.agencyId !== mine.agency.id)
    refuse((t) => t.errors.notOurs({ person: answer.person.name, agency: mine.agency.name }));
  await c.work.tx
    .updateTable("task_supporters")
    .set("person" in answer ? { state: "agreed", person_id: answer.person.id } : { state: "declined", person_id: null })
    .where("task_id", "=", task.id)
    .where("agency_id", "=", mine.agency.id)
    .execute();
  const declined = "declined" in answer ? answer.declined : undefined;
  const changed = await change(c, task, undefined, declined ? "task.support_declined" : "task.supported", {}, declined);
  await notifying.toRequester(c.work, changed, declined ? "supportDeclined" : "supported", c.person);
  if ("person" in answer) await notifying.supportGiven(c.work, changed, answer.person, c.person);
  return changed;
}

export async function comment(c: Context, task: Task, words: string): Promise<Task> {
  check(c, "comment", task);
  const id = await addComment(c.work, task, c.person.id, words);
  await recordAct(c, { action: "task.commented", item: itemOf(task), words });
  // A comment cannot be taken back; nor may undo reach past it to an older step.
  await rememberAct(c, { item: itemOf(task), act: "say", version: NOT_UNDOABLE });
  await notifying.commented(c.work, task, id, c.person);
  await refresh(c.work, itemOf(task));
  return task;
}

/**
 * The person it was with has left: it is the agency's again. A RED task names nobody else, so its requester is told
 * (docs/tasks.md).
 */
export async function giveBack(c: Context, taskId: string): Promise<Task> {
  const task = await TASKS.reload(c.work, taskId, true);
  const changed = await change(c, task, undefined, "task.given_back", { assigneeId: null });
  if (task.label === "RED") await notifying.toRequester(c.work, changed, "leaver");
  else await notifying.givenBack(c.work, changed);
  return changed;
}

/**
 * Somebody is back: what was theirs is theirs again, unless it has changed since.
 * @param version as it was left
 */
export async function giveAgain(c: Context, taskId: string, version: number, personId: string): Promise<boolean> {
  const task = await TASKS.lock(c.work, taskId);
  if (!task || task.version !== version) return false;
  await change(c, task, undefined, "task.given", { assigneeId: personId });
  return true;
}

/** Silence takes a finished task for accepted. Nobody acts; the clock does. */
export async function closeBySilence(work: UnitOfWork, task: Task): Promise<void> {
  const row = await work.tx
    .updateTable("tasks")
    .set({ state: "closed", closed_at: work.now, version: task.version + 1, ladder: task.scheduleVersion + 1 })
    .where("id", "=", task.id)
    // Somebody acted at this very moment: there was no silence.
    .where("version", "=", task.version)
    .returning("id")
    .executeTakeFirst();
  if (!row) return;
  const changed = await TASKS.reload(work, task.id);
  await record(work, {
    action: "task.closed",
    code: "silence",
    item: itemOf(task),
    detail: { from: task.state, to: changed.state, ...counted(changed), ...lasted(work, changed) },
  });
  await refresh(work, itemOf(task));
  await notifying.toRequester(work, changed, "closedBySilence");
  await notifying.toLead(work, changed, "closedBySilence");
}

/** The version of an act that leaves nothing to put back. */
const NOT_UNDOABLE = 0;

/**
 * Takes back the person's last act, if nobody has acted on the task since: then nothing that others did is lost.
 * What was told stays told; everybody's card shows the task as it was before.
 */
export async function undo(c: Context): Promise<Task> {
  const { work, person } = c;
  const last = await work.tx
    .selectFrom("undos")
    .selectAll()
    .where("person_id", "=", c.person.id)
    .where("item_kind", "=", "task")
    .where("at", ">", addMinutes(work.now, -UNDO_MINUTES))
    .orderBy("at", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (!last || last.undone || last.version === NOT_UNDOABLE)
    return refuse((t) => t.errors.nothingToUndo({ minutes: UNDO_MINUTES }));
  // Held until the commit: what another does at this moment comes before or after, and is never written over.
  await work.tx.selectFrom("tasks").select("id").where("id", "=", last.item_id).forUpdate().execute();
  const task = await TASKS.reload(work, last.item_id, true);
  if (task.version !== last.version) refuse((t) => t.errors.undoTooLate({ ref: task.ref }));
  await work.tx.updateTable("undos").set({ undone: true }).where("id", "=", last.id).execute();
  await work.tx
    .updateTable("tasks")
    .set({ ...revive(last.before), version: task.version + 1, ladder: task.scheduleVersion + 1 })
    .where("id", "=", task.id)
    .execute();
  const changed = await TASKS.reload(work, task.id);
  await recordAct(c, {
    action: "task.undone",
    item: itemOf(task),
    code: last.act,
    detail: { from: task.state, to: changed.state, ...counted(changed) },
  });
  await scheduleTask(work, changed);
  await refresh(work, itemOf(task));
  await notifying.toOtherSide(work, changed, "undone", person);
  return changed;
}

/** Loads a task that a reference names. Unknown and forbidden answer alike. */
export async function findTask(c: Context, reference: Reference, act: TaskAct = "see"): Promise<Task> {
  const task = await TASKS.find(c, reference);
  if (act !== "see") check(c, act, task);
  return task;
}

function check(c: Context, act: TaskAct, task: Task): void {
  switch (mayTask(c.viewer, act, task.subject)) {
    case undefined:
      break;
    case "hidden":
      TASKS.missing({ text: task.ref });
      break;
    case "party":
      refuse((t) => t.errors.notYourAct({ ref: task.ref, who: whose(t, act, task) }), `party.${act}`);
      break;
    case "sealed":
      refuse((t) => t.errors.redStays({ ref: task.ref }), `sealed.${act}`);
      break;
    case "state":
      refuse((t) => t.errors.wrongState({ ref: task.ref, state: t.state[task.state] }));
      break;
  }
}

function whose(t: Context["t"], act: TaskAct, task: Task): string {
  if (act === "support") return t.errors.whoSupports;
  const requesters: TaskAct[] = ["close", "reopen", "cancel", "edit", "nudge"];
  return requesters.includes(act)
    ? t.errors.whoAsked({ agency: task.requesterAgency.name })
    : t.errors.whoDoes({ agency: task.lead.name });
}

const mayDecideForRequester = (c: Context, task: Task): boolean =>
  mayTask(c.viewer, "edit", task.subject) === undefined &&
  !(c.onBehalf && c.person.agencyId !== task.requesterAgency.id) &&
  // An agency that asks itself: who does the work asks, who asked decides.
  !(c.person.id === task.assignee?.id && c.person.id !== task.requester.id);

async function change(
  c: Context,
  task: Task,
  act: string | undefined,
  action: ActionName,
  patch: Patch,
  words?: string,
): Promise<Task> {
  const { work } = c;
  const columns = await columnsOf(work, task, patch);
  // Words do not move a reminder: what waits, snoozed or not, goes on waiting.
  const moves = SCHEDULED_BY.some((column) => column in columns);
  const { before, ...row } = await work.tx
    .with("before", (db) => db.selectFrom("tasks").selectAll().where("id", "=", task.id).forUpdate())
    .updateTable("tasks")
    .from("before")
    .set({
      ...columns,
      version: sql<number>`before.version + 1`,
      ladder: sql<number>`before.ladder + ${moves ? 1 : 0}`,
    })
    .whereRef("tasks.id", "=", "before.id")
    .returningAll("tasks")
    .returning([SUPPORTING, sql<Record<string, unknown>>`to_jsonb(before)`.as("before")])
    .executeTakeFirstOrThrow();
  if (act) {
    const kept = Object.fromEntries(Object.keys(columns).map((key) => [key, before[key]]));
    await rememberAct(c, { item: itemOf(task), act, before: kept, version: row.version });
  }
  const [changed] = (await tasksOf(work, [row])) as [Task];
  await recordAct(c, {
    action,
    item: itemOf(task),
    detail: {
      from: task.state,
      to: changed.state,
      agency: c.person.agency.handle,
      ...counted(changed),
      ...(changed.state !== task.state ? lasted(work, changed) : {}),
    },
    words,
  });
  if (moves) await scheduleTask(work, changed);
  await refresh(work, itemOf(task));
  return changed;
}

/** What the activity summary counts a task by. */
const counted = (task: Task) => ({
  lead: task.lead.handle,
  label: task.label,
  priority: task.priority,
  due: task.due?.at.toISOString(),
});

/** Seconds since it was asked, and whether what is done is done in time. */
const lasted = (work: UnitOfWork, task: Task) => ({
  seconds: differenceInSeconds(work.now, task.createdAt),
  ...(task.state === "done" ? { time: !task.due ? "open" : task.due.at >= work.now ? "in_time" : "late" } : {}),
});

/** Columns on which the reminders of a task depend. */
const SCHEDULED_BY = ["due_at", "priority", "state", "assignee_id", "own_ladder", "proposed_due_at"] as const;

export async function scheduleTask(work: UnitOfWork, task: Task): Promise<void> {
  await scheduleSteps(work, itemOf(task), task.scheduleVersion, task.due?.at, stepsNow(work, task));
}

const stepsNow = (work: UnitOfWork, task: Task): ScheduledStep[] =>
  stepsOf(work.body, task, calendarsOf(work.body, task, work.now), work.now);

export function calendarsOf(body: Body, task: Task, now: Date): Calendars {
  const year = (task.due?.at ?? now).getUTCFullYear();
  const lead = agencyCalendar(task.lead, year);
  return {
    lead,
    own: task.assignee ? personCalendar(task.assignee, year) : lead,
    requester: agencyCalendar(task.requesterAgency, year),
    coordinator: bodyCalendar(body, year),
  };
}

/** JSON has no dates: the columns that hold instants get them back. */
function revive(before: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(before).map(([key, value]) => [
      key,
      key.endsWith("_at") && typeof value === "string" ? new Date(value) : value,
    ]),
  );
}
