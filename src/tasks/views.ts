import { addDays } from "date-fns";
import type { Block, Fact, ListItem, Message } from "../chat/index.js";
import type { Line } from "../command/reading.js";
import type { Reader } from "../delivery/notification.js";
import { remindedOf } from "../escalation/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Eyes, showAt, trueUntil } from "../time/display.js";
import { isLate, isOpen, type Moment, type Task } from "./model.js";
import { showsTitle, showsWords, titled } from "./shown.js";
import { nextSteps } from "./steps.js";
import { commentsOf } from "./store.js";

/** A task as one reader sees it: rights, language, zone and the conversation's ceiling decide. */

export async function cardOf(work: UnitOfWork, task: Task, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const blocks: Block[] = [
    { type: "heading", text: titled(task, reader) },
    { type: "facts", facts: factsOf(work, task, reader) },
  ];
  if (showsWords(task, reader)) {
    if (task.detail) blocks.push({ type: "text", text: task.detail });
    if (task.blocked) blocks.push({ type: "quote", text: task.blocked, by: t.tasks.flags.blocked });
    if (task.evidence && task.state !== "agreed")
      blocks.push({ type: "quote", text: task.evidence, by: t.tasks.evidence });
    if (task.reason && ["declined", "cancelled", "agreed"].includes(task.state))
      blocks.push({
        type: "quote",
        text: task.reason,
        by: t.tasks.reasonGiven[task.state === "agreed" ? "notYet" : "end"],
      });
  }
  if (task.proposal) blocks.push({ type: "text", text: proposalLine(work, task, reader) });
  const actions = await nextSteps(work, task, reader);
  if (actions.length) blocks.push({ type: "actions", actions });
  const history = historyLine(work, task, reader);
  if (history) blocks.push({ type: "context", text: history });
  const reminded =
    isOpen(task) && reader.person && showsWords(task, reader) ? await remindedLine(work, task, reader) : undefined;
  if (reminded) blocks.push({ type: "context", text: reminded });
  return { text: summaryLine(work, task, reader), lang, blocks, until: untilOf(work, task, reader) };
}

/** An open task turns late at its date. One that nobody answers says so after a day. */
const untilOf = (work: UnitOfWork, task: Task, { zone }: Reader): Date | undefined =>
  rests(task)
    ? undefined
    : trueUntil(work.now, zone, [
        task.state === "done" ? undefined : task.due?.at,
        task.state === "asked" ? addDays(task.createdAt, 1) : undefined,
      ]);

/** Nothing changes it any more: its days are told with their year. */
const rests = (task: Task): boolean => !isOpen(task);

function factsOf(work: UnitOfWork, task: Task, reader: Reader): Fact[] {
  const { t } = reader;
  const facts: Fact[] = [
    { label: t.tasks.facts.state, value: [{ bold: stateLine(work, task, reader) }] },
    { label: t.tasks.facts.from, value: from(task, reader) },
    { label: t.tasks.facts.to, value: byWhom(task.assignee, task.lead, task, reader) },
    { label: t.tasks.facts.due, value: dueLine(work, task, reader) },
  ];
  if (task.supporters.length)
    facts.push({
      label: t.tasks.facts.with,
      value: task.supporters
        .map(({ agency, person, state }) => `${byWhom(person, agency, task, reader)} (${t.tasks.support[state]})`)
        .join(", "),
    });
  if (task.priority !== "normal") facts.push({ label: t.tasks.facts.priority, value: t.priority[task.priority] });
  facts.push({ label: t.tasks.facts.label, value: `TLP:${task.label}` });
  return facts;
}

/** Above the ceiling, and to coordinators, agencies are named and persons are not (docs/tasks.md). */
const byWhom = (person: { name: string } | undefined, agency: { name: string }, task: Task, reader: Reader): string =>
  person && showsWords(task, reader) ? reader.t.tasks.who({ name: person.name, agency: agency.name }) : agency.name;

const from = (task: Task, reader: Reader): string =>
  task.enteredBy && showsWords(task, reader)
    ? reader.t.tasks.enteredFor({ agency: task.requesterAgency.name, name: task.enteredBy.name })
    : byWhom(task.requester, task.requesterAgency, task, reader);

export function stateLine(work: UnitOfWork, task: Task, { t }: Reader): string {
  const flags = [
    ...(isLate(task, work.now) ? [t.tasks.flags.late] : []),
    ...(task.blocked && isOpen(task) ? [t.tasks.flags.blocked] : []),
  ];
  return [t.state[task.state], ...flags].join(" · ");
}

export const showWhen = (work: UnitOfWork, moment: Moment, reader: Eyes): string =>
  showAt(work, reader, moment.at, { meant: moment.zone });

const dueLine = (work: UnitOfWork, task: Task, reader: Reader): string =>
  task.due ? showAt(work, reader, task.due.at, { meant: task.due.zone, rests: rests(task) }) : reader.t.tasks.noDate;

function proposalLine(work: UnitOfWork, task: Task, reader: Reader): string {
  const { t } = reader;
  if (!task.proposal) return "";
  const line = t.tasks.proposal({
    who: byWhom(
      task.proposal.by,
      task.proposal.agencyId === task.lead.id ? task.lead : task.requesterAgency,
      task,
      reader,
    ),
    when: showWhen(work, task.proposal, reader),
  });
  return task.proposal.reason && showsWords(task, reader)
    ? `${line} ${t.tasks.because({ reason: task.proposal.reason })}`
    : line;
}

function historyLine(work: UnitOfWork, task: Task, reader: Reader): string | undefined {
  const { t } = reader;
  const show = (at: Date) => showAt(work, reader, at, { rests: rests(task) });
  if (task.state === "closed" && task.closedAt) return t.tasks.closedAt({ when: show(task.closedAt) });
  if (task.state === "done" && task.doneAt) return t.tasks.doneAt({ when: show(task.doneAt) });
  if (task.originalDueAt && task.due && task.originalDueAt.getTime() !== task.due.at.getTime())
    return t.tasks.firstDue({ when: show(task.originalDueAt) });
  return task.state === "asked" && work.now.getTime() - task.createdAt.getTime() > 86_400_000
    ? t.tasks.askedAt({ when: show(task.createdAt) })
    : undefined;
}

/** Who was told is on the task, so that nobody asks twice. */
async function remindedLine(work: UnitOfWork, task: Task, reader: Reader): Promise<string | undefined> {
  const reminded = await remindedOf(work.tx, { kind: "task", id: task.id });
  if (reminded.length === 0) return undefined;
  const show = (at: Date) => showAt(work, reader, at);
  return reader.t.reminders.told({ list: reminded.map(({ name, at }) => `${name} (${show(at)})`).join(", ") });
}

/** What a notification and a screen reader say. */
const summaryLine = (work: UnitOfWork, task: Task, reader: Reader): string =>
  reader.t.tasks.summary({
    what: titled(task, reader),
    state: stateLine(work, task, reader),
    from: task.requesterAgency.name,
    to: task.lead.name,
    due: dueLine(work, task, reader),
  });

/** A line of a list: what, state, whose, by when; a button opens it. */
export function lineOf(work: UnitOfWork, task: Task, reader: Reader, mine: "lead" | "requester"): ListItem {
  const { t } = reader;
  const other =
    mine === "lead"
      ? t.tasks.forWhom({ agency: task.requesterAgency.name })
      : t.tasks.byWhom({ agency: task.lead.name });
  const person = mine === "requester" && task.assignee && showsWords(task, reader) ? ` (${task.assignee.name})` : "";
  return {
    title: [{ bold: task.ref }, showsTitle(task, reader) ? ` ${task.title}` : ` ${t.labels.hidden(task)}`],
    detail: [dueLine(work, task, reader), stateLine(work, task, reader), other + person].join(" · "),
    action: { type: "button", id: "show", label: t.tasks.buttons.open, value: `${work.body.slug}/${task.ref}` },
  };
}

/** Everything, in a dialog: words above the ceiling are read here and rest nowhere in the chat. */
export async function readingLines(work: UnitOfWork, task: Task, reader: Reader): Promise<Line[]> {
  const { t } = reader;
  const inDialog: Reader = { ...reader, ceiling: "RED" };
  const comments = await commentsOf(work, task.id, 20);
  return [
    { text: [{ bold: task.title }] },
    ...factsOf(work, task, inDialog).map(({ label, value }) => ({
      text: [{ bold: `${label}: ` }, ...(typeof value === "string" ? [value] : value)],
    })),
    ...(task.detail ? [{ text: task.detail }] : []),
    ...(task.blocked ? [{ text: `${t.tasks.flags.blocked}: ${task.blocked}` }] : []),
    ...(task.evidence ? [{ text: `${t.tasks.evidence}: ${task.evidence}` }] : []),
    ...(task.reason ? [{ text: t.tasks.because({ reason: task.reason }) }] : []),
    ...(task.proposal ? [{ text: proposalLine(work, task, inDialog) }] : []),
    ...comments.reverse().map((comment) => ({
      text: [{ bold: comment.author.name }, ` ${showAt(work, reader, comment.at)}\n`, comment.words],
    })),
  ];
}
