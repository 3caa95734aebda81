import { notify, notifyAll, PRIORITY } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { asDeputy, coordinatorsOf, isAway, loadPerson, speakersOf, standIns } from "../people/store.js";
import { sightOfTask } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Task } from "./model.js";
import { type TaskNotificationKind, taskCard, taskComment, taskNotification, taskPosted } from "./notifications.js";

/** Who hears of what. Cards are kept true for everybody; a message comes only to those who must know or act. */

export async function asked(work: UnitOfWork, task: Task): Promise<void> {
  const readers = new Set(await receivers(work, task));
  for (const { agency } of task.supporters)
    for (const one of await speaking(work, task, agency.id)) readers.add(one.id);
  readers.add(task.requester.id);
  await cards(work, task, [...readers]);
  if (task.lead.channel && task.label !== "RED")
    await notify(work, {
      notification: taskPosted,
      params: { task: task.id },
      to: { conversation: task.lead.channel },
      dedupe: `posted ${task.id}`,
      priority: priorityOf(task),
    });
}

/** It is the agency's again, and asked of it anew; where nobody is left there, who asked hears that too. */
export async function givenBack(work: UnitOfWork, task: Task): Promise<void> {
  await asked(work, task);
  if ((await speaking(work, task, task.lead.id)).length === 0) await toRequester(work, task, "nobody");
}

/** The assignee gets the card; who asked hears that it was agreed. */
export async function given(work: UnitOfWork, task: Task, by: Person, agreed: boolean): Promise<void> {
  if (task.assignee) await cards(work, task, [task.assignee.id]);
  if (agreed) await toRequester(work, task, "agreed", by);
}

export async function supportGiven(work: UnitOfWork, task: Task, to: Person, by: Person): Promise<void> {
  if (to.id !== by.id) await cards(work, task, [to.id]);
}

export async function toRequester(
  work: UnitOfWork,
  task: Task,
  kind: TaskNotificationKind,
  by?: Person,
): Promise<void> {
  await notifyOfTask(work, task, kind, [task.requester.id], by);
}

/** To the person who does it; before that to the agency's focal points. */
export async function toLead(work: UnitOfWork, task: Task, kind: TaskNotificationKind, by?: Person): Promise<void> {
  await notifyOfTask(work, task, kind, await receivers(work, task), by);
}

export async function toSupporters(
  work: UnitOfWork,
  task: Task,
  kind: TaskNotificationKind,
  by?: Person,
): Promise<void> {
  for (const { agency, person } of task.supporters)
    await notifyOfTask(
      work,
      task,
      kind,
      person ? [person.id] : (await speaking(work, task, agency.id)).map((p) => p.id),
      by,
    );
}

export async function toOtherSide(work: UnitOfWork, task: Task, kind: TaskNotificationKind, by: Person): Promise<void> {
  if (by.agencyId === task.requesterAgency.id && by.id !== task.assignee?.id) await toLead(work, task, kind, by);
  else await toRequester(work, task, kind, by);
}

/** Everybody who works on it reads a comment in the thread of their card. */
export async function commented(work: UnitOfWork, task: Task, commentId: string, by: Person): Promise<void> {
  const readers = new Set([task.requester.id, ...(await receivers(work, task))]);
  for (const { person } of task.supporters) if (person) readers.add(person.id);
  readers.delete(by.id);
  for (const personId of readers)
    await notify(work, {
      notification: taskComment,
      params: { task: task.id, comment: commentId },
      to: { personId },
      onBehalfOf: by.id,
      dedupe: `comment ${commentId} ${personId}`,
      threadOf: task.id,
    });
}

/**
 * Who answers for the side that works: the person it was handed to, or the agency's focal points,
 * or the coordinators where an agency has none. Whoever is away has a deputy, who gets it if the label lets them see
 * it: a RED task never passes to one (docs/access.md, Labels).
 */
export async function receivers(work: UnitOfWork, task: Task): Promise<string[]> {
  const own = task.assignee ? [task.assignee.id] : (await answering(work, task)).map(({ id }) => id);
  const now = await standIns(work.tx, own, work.now);
  const ids: string[] = [];
  for (const [at, id] of own.entries()) ids.push(await deputyOr(work, task, id, now[at] ?? id));
  return [...new Set(ids)];
}

async function answering(work: UnitOfWork, task: Task): Promise<Person[]> {
  const there = await speaking(work, task, task.lead.id);
  return there.length ? there : coordinatorsOf(work.tx);
}

/** Who speaks for an agency and may know of it: its focal points, else whoever is left there. */
const speaking = async (work: UnitOfWork, task: Task, agencyId: string): Promise<Person[]> =>
  (await speakersOf(work.tx, agencyId)).filter((one) => sightOfTask(one, task.subject) !== "none");

/** @param standsIn who would, the person themselves where they are there */
async function deputyOr(work: UnitOfWork, task: Task, personId: string, standsIn: string): Promise<string> {
  const deputy = standsIn === personId ? undefined : await loadPerson(work.tx, standsIn);
  if (!deputy) return personId;
  return sightOfTask(await asDeputy(work.tx, deputy, work.now), task.subject) === "none" ? personId : standsIn;
}

async function cards(work: UnitOfWork, task: Task, personIds: readonly string[]): Promise<void> {
  await notifyAll(
    work,
    personIds.map((personId) => ({
      notification: taskCard,
      params: { task: task.id },
      to: { personId },
      onBehalfOf: task.requester.id,
      dedupe: `card ${task.id} ${task.version} ${personId}`,
      priority: priorityOf(task),
    })),
  );
  for (const personId of personIds) if (personId !== task.requester.id) await redWaits(work, task, personId);
}

/**
 * RED passes to no deputy: while the person is away nobody acts on it, and who asked must know (docs/access.md,
 * Labels).
 * @param at when they are away: then it is told
 */
export async function redWaits(work: UnitOfWork, task: Task, personId: string, at = work.now): Promise<void> {
  if (task.label === "RED" && (await isAway(work.tx, personId, at)))
    await notifyOfTask(work, task, "away", [task.requester.id], undefined, at);
}

async function notifyOfTask(
  work: UnitOfWork,
  task: Task,
  kind: TaskNotificationKind,
  personIds: string[],
  by?: Person,
  at?: Date,
): Promise<void> {
  for (const personId of new Set(personIds))
    if (personId !== by?.id)
      await notify(work, {
        notification: taskNotification,
        params: { task: task.id, kind, by: by?.id, ...(kind === "dateProposed" ? datesOf(task) : {}) },
        to: { personId },
        onBehalfOf: by?.id,
        dedupe: `news ${task.id} ${task.version} ${kind} ${personId}`,
        priority: priorityOf(task),
        dueAt: at,
      });
}

/** The fact stays on the message when the date is no longer on the table. */
const datesOf = ({ proposal, due }: Task) => ({
  asked: proposal && { at: proposal.at, zone: proposal.zone },
  agreed: due && { at: due.at, zone: due.zone },
});

const priorityOf = (task: Task): number =>
  task.priority === "life-safety"
    ? PRIORITY.lifeSafety
    : task.priority === "urgent"
      ? PRIORITY.urgent
      : PRIORITY.normal;
