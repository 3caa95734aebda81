import type { Block, ListItem, Message } from "../chat/index.js";
import type { Line } from "../command/reading.js";
import type { Reader } from "../delivery/notification.js";
import type { Messages } from "../i18n/index.js";
import { mayMeeting, sightOfTask, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Task } from "../tasks/model.js";
import { showWhen, stateLine } from "../tasks/views.js";
import { showAt } from "../time/display.js";
import { agendaOf, papersOf } from "./agenda.js";
import { actionsOf, openActions, owedBy, showsTitleIn } from "./carry-over.js";

import type { Meeting } from "./model.js";
import { correctionsOf, decisionsFor, decisionsOf, presentIds, quorumNow, readsRecord, recordOf } from "./record.js";
import { type Held, occurrencesOf } from "./store.js";
import { agendaLine, decisionLine, nextSteps, quorumLine, showsWords, titled, whenLine } from "./views.js";

/**
 * The pack before a meeting and the result after it: the body's two digests of a meeting (docs/meetings.md), made for
 * their reader.
 */

const MOST = 20;

/** That there are more than are listed. */
const moreThan = (count: number, t: Messages): Block[] =>
  count > MOST ? [{ type: "context", text: t.inbox.more({ count: count - MOST }) }] : [];

/** Agenda, papers, last decisions, open actions by agency, and what each agency has open and late. */
export async function packMessage(work: UnitOfWork, held: Held, reader: Reader): Promise<Message> {
  const { meeting, occurrence } = held;
  const { t, lang } = reader;
  const m = t.meetings;
  const title = m.pack.title({ what: titled(meeting, reader, occurrence) });
  const where = occurrence.place ?? meeting.place;
  const when = whenLine(work, meeting, occurrence, reader);
  const blocks: Block[] = [
    { type: "heading", text: title },
    {
      type: "facts",
      facts: [
        { label: m.facts.when, value: when },
        ...(where && showsWords(meeting, reader) ? [{ label: m.facts.where, value: where }] : []),
        { label: m.facts.label, value: `TLP:${meeting.label}` },
      ],
    },
  ];
  if (showsWords(meeting, reader)) blocks.push(...(await packBody(work, held, reader)));
  const actions = await nextSteps(work, meeting, occurrence, reader);
  if (actions.length) blocks.push({ type: "actions", actions });
  return { text: `${title}. ${when}`, lang, blocks };
}

async function packBody(work: UnitOfWork, { meeting, occurrence }: Held, reader: Reader): Promise<Block[]> {
  const { t } = reader;
  const m = t.meetings;
  const blocks: Block[] = [];
  const part = (title: string, items: ListItem[]) => {
    if (items.length === 0) return;
    blocks.push({ type: "text", text: [{ bold: title }] }, { type: "list", items: items.slice(0, MOST) });
    blocks.push(...moreThan(items.length, t));
  };
  const agenda = (await agendaOf(work, meeting, occurrence)).filter(({ n }) => n !== undefined);
  if (agenda.length === 0) blocks.push({ type: "text", text: m.pack.noAgenda });
  part(
    m.pack.agenda,
    agenda.map((item) => agendaLine(item, reader)),
  );
  const papers = await papersOf(work, occurrence);
  part(
    m.pack.papers,
    papers.map(({ title, url }) => ({ title: [{ link: title, url }] })),
  );
  const before = (await occurrencesOf(work, meeting)).filter(({ n, state }) => n < occurrence.n && state === "ended");
  const last = before.at(-1);
  if (last) {
    const readable = await readsRecord(work, reader.viewer, { meeting, occurrence: last });
    const decisions = readable ? await decisionsFor(work, reader.viewer, { meeting, occurrence: last }) : [];
    part(
      m.pack.lastDecisions,
      decisions.map((one) => decisionLine(work, meeting, one, reader)),
    );
    if (last.minutesState === "circulated" || last.minutesState === "draft")
      blocks.push({
        type: "context",
        text: m.pack.minutesWait({ ref: last.ref, state: m.minutesState[last.minutesState] }),
      });
  }
  part(
    m.pack.actions,
    (await openActions(work, meeting, occurrence)).map((task) => actionLine(work, meeting, task, reader)),
  );
  part(
    m.pack.owed,
    (await owedBy(work, meeting)).map(({ agency, open, late }) => ({
      title: [{ bold: agency }],
      detail: m.pack.owes({ open, late }),
    })),
  );
  return blocks;
}

/** Reference, agency, date and state; the title where the task is no more secret than the meeting it was born in. */
export function actionLine(work: UnitOfWork, meeting: Meeting, task: Task, reader: Reader) {
  const shown = showsTitleIn(task, meeting.label) && within(task.label, reader.ceiling) && showsWords(meeting, reader);
  const opens = reader.person && sightOfTask(reader.viewer, task.subject) !== "none";
  return {
    title: [{ bold: `${task.ref} ` }, shown ? task.title : reader.t.labels.hidden(task)],
    detail: [
      task.lead.name,
      task.due ? showWhen(work, task.due, reader) : reader.t.tasks.noDate,
      stateLine(work, task, reader),
    ].join(" · "),
    ...(opens
      ? {
          action: {
            type: "button" as const,
            id: "show",
            label: reader.t.tasks.buttons.open,
            value: `${work.body.slug}/${task.ref}`,
          },
        }
      : {}),
  };
}

/** Decisions and actions, what concerns the reader's agency first; of a RED meeting nothing to who was not there. */
export async function resultMessage(work: UnitOfWork, held: Held, reader: Reader): Promise<Message> {
  const { meeting, occurrence } = held;
  const { t, lang } = reader;
  const m = t.meetings;
  const title = m.result.title({ what: titled(meeting, reader, occurrence) });
  const blocks: Block[] = [{ type: "heading", text: title }];
  const readable = reader.person
    ? await readsRecord(work, reader.viewer, held)
    : meeting.label !== "RED" && showsWords(meeting, reader);
  const decisions = (await decisionsOf(work, [occurrence.id])).filter(({ withdrawn }) => !withdrawn);
  const shown = await decisionsFor(work, reader.viewer, held);
  const actions = await actionsOf(work, [occurrence.id]);
  const present = await presentIds(work, occurrence);
  const agencies = new Set(meeting.invitees.filter(({ id }) => present.has(id)).map(({ agency }) => agency.name));
  blocks.push({
    type: "text",
    text: m.result.figures({ agencies: agencies.size, decisions: decisions.length, actions: actions.length }),
  });
  // Decisions say each with how many it was taken.
  if (decisions.length === 0) blocks.push({ type: "context", text: quorumLine(await quorumNow(work, held), reader) });
  if (readable && showsWords(meeting, reader)) {
    if (shown.length)
      blocks.push(
        { type: "text", text: [{ bold: m.result.decisions }] },
        { type: "list", items: shown.slice(0, MOST).map((one) => decisionLine(work, meeting, one, reader)) },
        ...moreThan(shown.length, t),
      );
    const mine = actions.filter((task) => task.lead.id === reader.viewer.agencyId);
    const others = actions.filter((task) => task.lead.id !== reader.viewer.agencyId);
    for (const [heading, tasks] of [
      [m.result.yours, mine],
      [m.result.others, others],
    ] as const)
      if (tasks.length)
        blocks.push(
          { type: "text", text: [{ bold: heading }] },
          { type: "list", items: tasks.slice(0, MOST).map((task) => actionLine(work, meeting, task, reader)) },
          ...moreThan(tasks.length, t),
        );
  }
  const steps = await nextSteps(work, meeting, occurrence, reader);
  if (steps.length) blocks.push({ type: "actions", actions: steps });
  return { text: title, lang, blocks };
}

/** The minutes in a chat: decisions, actions, the record line by line, corrections with their answer. */
export async function minutesMessage(work: UnitOfWork, held: Held, reader: Reader): Promise<Message> {
  const { meeting, occurrence } = held;
  const { t, lang } = reader;
  const m = t.meetings;
  const title = m.minutesTitle({ what: titled(meeting, reader, occurrence) });
  const state = m.minutesState[occurrence.minutesState];
  const blocks: Block[] = [
    { type: "heading", text: title },
    { type: "context", text: `${state} · ${whenLine(work, meeting, occurrence, reader)}` },
  ];
  const part = (heading: string, items: ListItem[]) => {
    if (items.length === 0) return;
    blocks.push({ type: "text", text: [{ bold: heading }] }, { type: "list", items: items.slice(0, MOST) });
    // More than a chat shows well: the Word document has everything.
    blocks.push(...moreThan(items.length, t));
  };
  const decisions = await decisionsFor(work, reader.viewer, held);
  part(
    m.result.decisions,
    decisions.map((one) => decisionLine(work, meeting, one, reader)),
  );
  const actions = await actionsOf(work, [occurrence.id]);
  part(
    m.pack.actions,
    actions.map((task) => actionLine(work, meeting, task, reader)),
  );
  const lines = await recordOf(work, occurrence);
  part(
    m.record,
    lines.map(({ n, words }) => ({ title: [{ bold: `${n}. ` }, words.slice(0, 500)] })),
  );
  blocks.push(...(await correctionBlocks(work, held, reader)));
  if (occurrence.correctBy && occurrence.minutesState === "circulated")
    blocks.push({
      type: "context",
      text: m.correctable({ when: showAt(work, reader, occurrence.correctBy) }),
    });
  const steps = await nextSteps(work, meeting, occurrence, reader);
  const more = steps.filter((action) => action.type !== "button" || action.id !== "minutes");
  if (more.length) blocks.push({ type: "actions", actions: more });
  return { text: title, lang, blocks: blocks.slice(0, 45) };
}

/** What was said to be wrong in the minutes; who runs the meeting answers each there. */
export async function correctionBlocks(
  work: UnitOfWork,
  { meeting, occurrence }: Held,
  { t, viewer, person }: Reader,
  which: "all" | "open" = "all",
): Promise<Block[]> {
  const m = t.meetings;
  const runs = mayMeeting(viewer, "run", meeting.subject) === undefined && person !== undefined;
  return (await correctionsOf(work, occurrence.id)).flatMap(({ n, words, state }): Block[] => {
    if (which === "open" && state !== "open") return [];
    const quote: Block = { type: "quote", text: words, by: m.correction.title({ n, state: m.correction[state] }) };
    if (!runs || state !== "open" || occurrence.minutesState !== "circulated") return [quote];
    const value = `${work.body.slug}/${occurrence.ref} ${n}`;
    return [
      quote,
      {
        type: "actions",
        actions: [
          { type: "button", id: "settle", label: m.buttons.take, value: `${value} take`, style: "primary" },
          { type: "button", id: "settle", label: m.buttons.refuse, value: `${value} refuse` },
        ],
      },
    ];
  });
}

/** Everything in a dialog: words above the ceiling are read here and rest nowhere in the chat. */
export async function readingLines(work: UnitOfWork, held: Held, reader: Reader): Promise<Line[]> {
  const { meeting, occurrence } = held;
  const { t } = reader;
  const m = t.meetings;
  const inDialog: Reader = { ...reader, ceiling: "RED" };
  const note = (text: string | { bold: string }[]): Line => ({ text });
  const notes = [
    note([{ bold: meeting.title }]),
    note(`${m.facts.when}: ${whenLine(work, meeting, occurrence, reader)}`),
  ];
  const where = occurrence.place ?? meeting.place;
  if (where) notes.push(note(`${m.facts.where}: ${where}`));
  const agenda = await agendaOf(work, meeting, occurrence);
  if (agenda.length) notes.push(note([{ bold: m.pack.agenda }]));
  for (const item of agenda) {
    const { title, detail } = agendaLine(item, inDialog);
    notes.push(note(`${flat(title)} · ${detail ? flat(detail) : ""}`));
  }
  if (await readsRecord(work, reader.viewer, held)) notes.push(...(await recordNotes(work, held, inDialog, note)));
  return notes;
}

const flat = (text: unknown): string =>
  typeof text === "string"
    ? text
    : (text as (string | { bold: string })[]).map((span) => (typeof span === "string" ? span : span.bold)).join("");

async function recordNotes(
  work: UnitOfWork,
  held: Held,
  reader: Reader,
  note: (text: string | { bold: string }[]) => Line,
): Promise<Line[]> {
  const { occurrence, meeting } = held;
  const m = reader.t.meetings;
  const notes: Line[] = [];
  const decisions = await decisionsFor(work, reader.viewer, held);
  if (decisions.length) notes.push(note([{ bold: m.result.decisions }]));
  for (const { ref, words } of decisions) notes.push(note(`${ref}: ${words}`));
  const actions = await actionsOf(work, [occurrence.id]);
  if (actions.length) notes.push(note([{ bold: m.pack.actions }]));
  for (const task of actions) {
    const { title, detail } = actionLine(work, meeting, task, reader);
    notes.push(note(`${flat(title)} · ${detail}`));
  }
  const lines = await recordOf(work, occurrence);
  if (lines.length) notes.push(note([{ bold: m.record }]));
  for (const { n, words } of lines) notes.push(note(`${n}. ${words}`));
  for (const { n, words, state } of await correctionsOf(work, occurrence.id))
    notes.push(note(`${m.correction.title({ n, state: m.correction[state] })}: ${words}`));
  if (occurrence.correctBy && occurrence.minutesState === "circulated")
    notes.push(note(m.correctable({ when: showAt(work, reader, occurrence.correctBy) })));
  return notes;
}
