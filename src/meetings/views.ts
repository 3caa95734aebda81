import { addHours, subMinutes } from "date-fns";
import {
  type Action,
  type Block,
  buttonAbout,
  type Fact,
  type Link,
  type ListItem,
  leadsTo,
  type Message,
  type Option,
  type Text,
} from "../chat/index.js";
import { personOptionOf } from "../command/meant.js";
import type { Reader } from "../delivery/notification.js";
import type { Messages } from "../i18n/index.js";
import { findPersons } from "../people/store.js";
import { mayMeeting, sightOfMeeting, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Eyes, showAt, trueUntil } from "../time/display.js";
import { type AgendaItem, agendaOf } from "./agenda.js";
import { invitedTo, isMissed, type Meeting, type Occurrence, rsvpTo, saidFor, seatOf } from "./model.js";
import { bestOf, type PollResult, pollResultsOf } from "./poll-results.js";
import { type Decision, decisionsFor, presentIds, quorumNow, readsRecord, recordOf } from "./record.js";
import { describeRule } from "./rule-words.js";
import { freezesAt, isQuorate, type Quorum } from "./rules.js";
import { currentOccurrence, type Held, MEANT_HOURS } from "./store.js";

/** A meeting as one reader sees it: rights, language, zone and the conversation's ceiling decide. */

const MOST_LINES = 10;
/** The button to start shows from then on. */
const START_MINUTES = 30;

/** The live card: what it is, when and where, who comes, and the reader's next step. */
export async function cardOf(work: UnitOfWork, meeting: Meeting, reader: Reader, meant?: Occurrence): Promise<Message> {
  const { t, lang } = reader;
  const occurrence = meeting.state === "polling" ? undefined : (meant ?? (await currentOccurrence(work, meeting)));
  const blocks: Block[] = [
    { type: "heading", text: titled(meeting, reader, meant) },
    { type: "facts", facts: factsOf(work, meeting, occurrence, reader) },
  ];
  if (meeting.state === "polling") blocks.push(...(await pollBlocks(work, meeting, reader)));
  else if (occurrence?.state === "running") blocks.push(...(await runningBlocks(work, meeting, occurrence, reader)));
  else if (occurrence?.state === "ended") blocks.push(...(await presenceBlocks(work, { meeting, occurrence }, reader)));
  else if (occurrence && meeting.state === "scheduled") blocks.push(...rsvpBlocks(meeting, occurrence, reader));
  const why = occurrence?.reason ?? meeting.reason;
  if (why && isOff(meeting, occurrence) && showsWords(meeting, reader))
    blocks.push({ type: "quote", text: why, by: t.meetings.reason });
  const actions = await nextSteps(work, meeting, occurrence, reader);
  if (actions.length) blocks.push({ type: "actions", actions });
  const foot = footOf(work, meeting, occurrence, reader);
  if (foot) blocks.push({ type: "context", text: foot });
  return {
    text: summaryLine(work, meeting, occurrence, reader),
    lang,
    blocks,
    until: untilOf(work, meeting, occurrence, reader),
  };
}

/** It offers Start, its agenda closes, it is missed, makes room for the next, its vote or the time to correct ends. */
function untilOf(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence | undefined,
  { zone }: Reader,
): Date | undefined {
  if (isResting(meeting, occurrence)) return undefined;
  if (occurrence?.state !== "scheduled") return trueUntil(work.now, zone, [meeting.pollUntil, occurrence?.correctBy]);
  const { startsAt, endsAt } = occurrence;
  const left = addHours(endsAt, MEANT_HOURS);
  return trueUntil(work.now, zone, [
    freezesAt(work.body, occurrence),
    subMinutes(startsAt, START_MINUTES),
    endsAt,
    left,
  ]);
}

/** Nothing changes it any more: its days are told with their year. */
const isResting = (meeting: Meeting, occurrence: Occurrence | undefined): boolean =>
  isOff(meeting, occurrence) || (occurrence?.state === "ended" && occurrence.minutesState === "approved");

const isOff = (meeting: Meeting, occurrence: Occurrence | undefined): boolean =>
  meeting.state === "cancelled" || occurrence?.state === "cancelled";

/** `M-12 · Monthly coordination`, or the reference alone above the ceiling or in outline. */
export function titled(meeting: Meeting, reader: Reader, occurrence?: Occurrence): string {
  const ref = occurrence?.ref ?? meeting.ref;
  return showsWords(meeting, reader) ? `${ref} · ${meeting.title}` : ref;
}

/** Titles, places, agenda, record and decisions are content: to who sees the meeting in full, up to the ceiling. */
export const showsWords = (meeting: Meeting, reader: Reader): boolean =>
  !reader.wordless &&
  sightOfMeeting(reader.viewer, meeting.subject) === "full" &&
  within(meeting.label, reader.ceiling);

export function stateLine(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence | undefined,
  { t }: Reader,
): string {
  if (meeting.state !== "scheduled" || !occurrence) return t.meetings.state[meeting.state];
  if (occurrence.state === "ended" && occurrence.minutesState !== "none")
    return `${t.meetings.turn.ended} · ${t.meetings.minutesState[occurrence.minutesState]}`;
  if (isMissed(occurrence, work.now)) return t.meetings.turn.missed;
  return t.meetings.turn[occurrence.state];
}

function factsOf(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence | undefined, reader: Reader): Fact[] {
  const { t, lang } = reader;
  const f = t.meetings.facts;
  const facts: Fact[] = [{ label: f.state, value: [{ bold: stateLine(work, meeting, occurrence, reader) }] }];
  if (occurrence) facts.push({ label: f.when, value: whenLine(work, meeting, occurrence, reader) });
  if (meeting.rule && meeting.starts)
    facts.push({
      label: f.repeats,
      value: describeRule(meeting.rule, meeting.starts, lang, meeting.zone, meeting.except),
    });
  if (showsWords(meeting, reader)) {
    const place = occurrence?.place ?? meeting.place;
    if (place) facts.push({ label: f.where, value: place });
  }
  facts.push({ label: f.organizer, value: meeting.organizerAgency.name });
  if (meeting.chair && showsWords(meeting, reader)) facts.push({ label: f.chair, value: meeting.chair.name });
  if (meeting.secretary && showsWords(meeting, reader))
    facts.push({ label: f.secretary, value: meeting.secretary.name });
  facts.push({ label: f.with, value: agenciesOf(meeting).join(", ") });
  facts.push({ label: f.label, value: `TLP:${meeting.label}` });
  return facts;
}

const agenciesOf = (meeting: Meeting): string[] =>
  [...new Set(meeting.invitees.filter(({ guest, left }) => !guest && !left).map(({ agency }) => agency.name))].sort(
    (a, b) => a.localeCompare(b),
  );

/** In the reader's zone; where the meeting's is another, that too. */
export const whenLine = (
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence,
  reader: Eyes & Pick<Reader, "t">,
) =>
  reader.t.meetings.span({
    when: showAt(work, reader, occurrence.startsAt, { meant: meeting.zone, rests: isResting(meeting, occurrence) }),
    minutes: occurrence.minutes,
  });

function rsvpBlocks(meeting: Meeting, occurrence: Occurrence, reader: Reader): Block[] {
  const { t, person } = reader;
  const r = t.meetings.rsvp;
  const asked = invitedTo(meeting, occurrence.n);
  const groups = { yes: [] as string[], maybe: [] as string[], no: [] as string[], none: [] as string[] };
  for (const [id, agency] of new Map(asked.map(({ agency }) => [agency.id, agency.name]))) {
    const seats = asked.filter((one) => one.agency.id === id);
    const answers = saidFor(meeting, occurrence.n, id).map(({ answer }) => answer);
    // Those of its people who are silent count as such; one answer that came before them stands for all.
    const silent = seats.length > answers.length && seats.some((one) => rsvpTo(one, occurrence.n));
    const said = silent ? [...answers, undefined] : answers;
    // An agency comes if one of its people does.
    const best = said.includes("yes") || said.includes("deputy") ? "yes" : said.includes("maybe") ? "maybe" : undefined;
    groups[best ?? (said.length && said.every((one) => one === "no") ? "no" : "none")].push(agency);
  }
  const lines: Text[] = (["yes", "maybe", "no", "none"] as const)
    .filter((answer) => groups[answer].length)
    .map((answer) => [{ bold: `${r.groups[answer]}: ` }, groups[answer].sort((a, b) => a.localeCompare(b)).join(", ")]);
  const blocks: Block[] = lines.map((text) => ({ type: "text", text }));
  const own = person && seatOf(meeting, person);
  const answer = own && rsvpTo(own, occurrence.n);
  if (answer)
    blocks.push({ type: "context", text: r.yours({ answer: r.answers[answer.answer], deputy: answer.deputy?.name }) });
  return blocks;
}

async function pollBlocks(work: UnitOfWork, meeting: Meeting, reader: Reader): Promise<Block[]> {
  const { t } = reader;
  const tallies = await pollResultsOf(work, meeting, reader.viewer);
  const best = bestOf(tallies);
  return [
    {
      type: "list",
      items: tallies.map(
        (slot): ListItem => ({
          title: [{ bold: `${slot.n}. ${slotWhen(work, meeting, slot, reader)}` }],
          detail: votesOn(slot, slot === best, t),
        }),
      ),
    },
    ...(meeting.pollUntil
      ? [
          {
            type: "context" as const,
            text: t.meetings.poll.until({
              when: showAt(work, reader, meeting.pollUntil),
            }),
          },
        ]
      : []),
  ];
}

function votesOn({ yes, maybe, no, taken }: PollResult, best: boolean, { meetings }: Messages): string {
  const t = meetings.poll.tally;
  const parts = [
    ...(yes.length ? [t.yes({ agencies: yes })] : []),
    ...(maybe.length ? [t.maybe({ agencies: maybe })] : []),
    ...(no.length ? [t.no({ agencies: no })] : []),
    ...(yes.length + maybe.length + no.length ? [] : [t.none]),
    ...(best && yes.length + maybe.length ? [t.best] : []),
    ...(taken ? [t.taken(taken)] : []),
  ];
  return parts.join(" · ");
}

export const slotWhen = (
  work: UnitOfWork,
  meeting: Meeting,
  slot: Pick<PollResult, "startsAt">,
  reader: Eyes,
): string => showAt(work, reader, slot.startsAt, { meant: meeting.zone });

export const quorumLine = (quorum: Quorum, { t }: Pick<Reader, "t">): string =>
  t.meetings.quorum({ ...quorum, met: isQuorate(quorum) });

/** Who is or was there, and whether that is a quorum. */
async function presenceBlocks(work: UnitOfWork, held: Held, reader: Reader): Promise<Block[]> {
  const present = await presentIds(work, held.occurrence);
  const there = held.meeting.invitees.filter(({ id }) => present.has(id)).map(({ agency }) => agency.name);
  const agencies = [...new Set(there)].sort((a, b) => a.localeCompare(b));
  return [
    { type: "text", text: [{ bold: quorumLine(await quorumNow(work, held), reader) }] },
    ...(agencies.length ? [{ type: "text" as const, text: reader.t.meetings.presentNow({ agencies }) }] : []),
  ];
}

/** What the room needs to see: who is there, whether there is a quorum, what was decided, the last lines of the record. */
async function runningBlocks(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence,
  reader: Reader,
): Promise<Block[]> {
  const { t, viewer, person } = reader;
  const held = { meeting, occurrence };
  const blocks = await presenceBlocks(work, held, reader);
  if (!showsWords(meeting, reader) || !(await readsRecord(work, viewer, held))) return blocks;
  const agenda = (await agendaOf(work, meeting, occurrence)).filter(({ n }) => n !== undefined);
  if (agenda.length)
    blocks.push({ type: "list", items: agenda.slice(0, MOST_LINES).map((item) => agendaLine(item, reader)) });
  const decisions = await decisionsFor(work, viewer, held);
  if (decisions.length)
    blocks.push({
      type: "list",
      items: decisions.slice(-MOST_LINES).map((one) => decisionLine(work, meeting, one, reader)),
    });
  // The record is the secretaries' desk; the others read the minutes.
  if (person && mayMeeting(viewer, "run", meeting.subject) === undefined) {
    const lines = await recordOf(work, occurrence);
    if (lines.length)
      blocks.push({
        type: "list",
        items: lines.slice(-MOST_LINES).map((line) => ({
          title: [{ bold: `${line.n}. ` }, line.words.slice(0, 300)],
          action: {
            type: "button" as const,
            id: "note-edit",
            label: t.meetings.buttons.edit,
            value: `${work.body.slug}/${occurrence.ref} line:${line.n} v${line.version}`,
            opens: true as const,
          },
        })),
      });
  }
  return blocks;
}

export function agendaLine(item: AgendaItem, { t }: Pick<Reader, "t">): ListItem {
  const who = item.presenter ? `${item.presenter.name}, ${item.agency.name}` : item.agency.name;
  const notes = [
    item.minutes ? t.meetings.minutesLong({ minutes: item.minutes }) : undefined,
    who,
    item.standing ? t.meetings.standing : undefined,
    item.papers.length ? t.meetings.papers({ titles: item.papers.map(({ title }) => title) }) : undefined,
  ];
  return {
    title: [{ bold: item.n === undefined ? `${t.meetings.late} ` : `${item.n}. ` }, item.title],
    detail: notes.filter(Boolean).join(" · "),
  };
}

export function decisionLine(work: UnitOfWork, meeting: Meeting, decision: Decision, reader: Reader): ListItem {
  const { t } = reader;
  const shown = within(decision.label, reader.ceiling) && showsWords(meeting, reader);
  const notes = [
    decision.votes && t.meetings.votes(decision.votes),
    quorumLine(decision.quorum, reader),
    decision.withdrawn ? t.meetings.withdrawn : undefined,
  ];
  return {
    title: [{ bold: `${decision.ref} ` }, shown ? decision.words : reader.t.labels.hidden(decision)],
    detail: notes.filter(Boolean).join(" · "),
    ...(reader.person
      ? {
          action: {
            type: "button" as const,
            id: "action",
            label: t.meetings.buttons.action,
            value: `${work.body.slug}/${decision.ref}`,
            opens: true as const,
          },
        }
      : {}),
  };
}

function footOf(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence | undefined,
  reader: Reader,
): string | undefined {
  const { t } = reader;
  if (occurrence?.state !== "scheduled" || meeting.state !== "scheduled") return undefined;
  const freeze = freezesAt(work.body, occurrence);
  const when = showAt(work, reader, freeze);
  return freeze > work.now ? t.meetings.agendaUntil({ when }) : t.meetings.agendaClosed;
}

/** What a notification and a screen reader say. */
function summaryLine(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence | undefined, reader: Reader): string {
  const { t } = reader;
  return t.meetings.summary({
    what: titled(meeting, reader),
    state: stateLine(work, meeting, occurrence, reader),
    when: occurrence && whenLine(work, meeting, occurrence, reader),
    organizer: meeting.organizerAgency.name,
  });
}

/** Where one joins, by the host that it leads to. */
export function joinOf(meeting: Meeting, occurrence: Occurrence, reader: Reader): Link[] {
  const url = occurrence.link ?? meeting.link;
  return url?.startsWith("https://") && showsWords(meeting, reader)
    ? [{ type: "link", label: `${reader.t.meetings.buttons.join} (${leadsTo(url)})`, url }]
    : [];
}

/**
 * The next step only, for the one who reads (docs/delivery.md). A channel has many readers: its card opens each one's
 * own.
 */
export async function nextSteps(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence | undefined,
  reader: Reader,
): Promise<Action[]> {
  const { t, viewer, person } = reader;
  const b = t.meetings.buttons;
  const value = `${work.body.slug}/${meeting.ref}`;
  const button = buttonAbout(value);
  if (!person)
    return [
      button("meet-show", b.open),
      ...(occurrence?.state === "running"
        ? [
            button("here", b.here, { value: `${work.body.slug}/${occurrence.ref}` }),
            ...joinOf(meeting, occurrence, reader),
          ]
        : []),
    ];
  const can = (act: "run" | "answer" | "propose") => mayMeeting(viewer, act, meeting.subject) === undefined;
  if (meeting.state === "cancelled") return [];
  if (meeting.state === "polling")
    return [
      ...(can("answer") ? [button("vote", b.vote, { style: "primary", opens: true })] : []),
      ...(can("run") ? [button("meet-close", b.closePoll, { confirm: confirmOf(reader, b.closePoll) })] : []),
    ];
  if (!occurrence) return [];
  const one = { value: `${work.body.slug}/${occurrence.ref}` };
  const actions: Action[] = [];
  const runs = can("run");
  switch (occurrence.state) {
    case "scheduled": {
      if (isMissed(occurrence, work.now)) {
        if (!runs) break;
        const off = meeting.rule ? { value: `${one.value} this` } : one;
        actions.push(button("start", b.wasHeld, { ...one, style: "primary" }));
        actions.push(button("meet-cancel", b.notHeld, off), button("meet-move", b.move, { ...one, opens: true }));
        break;
      }
      const soon = work.now >= subMinutes(occurrence.startsAt, START_MINUTES);
      if (runs && soon) actions.push(button("start", b.start, { ...one, style: "primary" }));
      if (can("answer")) {
        const own = seatOf(meeting, person);
        const said = own && rsvpTo(own, occurrence.n)?.answer;
        if (said !== "yes")
          actions.push(button("attend", b.yes, { value: `${value} yes`, ...(soon ? {} : { style: "primary" }) }));
        if (said !== "maybe") actions.push(button("attend", b.maybe, { value: `${value} maybe` }));
        if (said !== "no") actions.push(button("attend", b.no, { value: `${value} no` }));
        const colleagues = meeting.label === "RED" ? [] : await colleaguesOf(work, reader);
        if (colleagues.length)
          actions.push({ type: "menu", id: "deputise", label: b.deputy, prefix: `${value} `, options: colleagues });
      }
      if (can("propose")) actions.push(button("agenda-add", b.addItem, { ...one, opens: true }));
      actions.push(button("agenda", b.agenda, one), button("invitation", b.calendarFile, { value }));
      if (runs) actions.push(button("meet-move", b.move, { ...one, opens: true }));
      break;
    }
    case "running": {
      const present = await presentIds(work, occurrence);
      const there = meeting.invitees.some((one) => one.person?.id === person.id && present.has(one.id));
      if (can("answer") && !there) actions.push(button("here", b.here, runs ? one : { ...one, style: "primary" }));
      actions.push(...joinOf(meeting, occurrence, reader));
      if (runs)
        actions.push(
          button("attendance", b.attendance, { ...one, opens: true }),
          button("decide", b.decide, { ...one, style: "primary", opens: true }),
          button("note", b.note, { ...one, opens: true }),
          button("task", b.task, { value: `${work.body.slug}/`, opens: true }),
          button("end", b.end, { ...one, style: "danger", confirm: confirmOf(reader, b.end) }),
        );
      break;
    }
    case "ended":
      if (await readsRecord(work, viewer, { meeting, occurrence })) {
        actions.push(button("minutes", b.minutes, one), button("minutes-file", b.word, one));
        if (occurrence.minutesState === "circulated" && can("propose"))
          actions.push(button("correct", b.correct, { ...one, opens: true }));
      }
      if (runs && occurrence.minutesState === "draft")
        actions.push(button("circulate", b.circulate, { ...one, style: "primary" }));
      if (runs && occurrence.minutesState === "circulated") actions.push(button("approve", b.approve, one));
      break;
    case "cancelled":
      break;
  }
  if (!showsWords(meeting, reader) && sightOfMeeting(viewer, meeting.subject) === "full")
    actions.push(button("meet-read", b.read, { ...one, opens: true }));
  return actions;
}

const confirmOf = ({ t }: Reader, label: string) => ({
  title: label,
  text: t.meetings.sure,
  yes: label,
  no: t.form.cancel,
});

async function colleaguesOf(work: UnitOfWork, reader: Reader): Promise<Option[]> {
  const people = await findPersons(work.tx, { agencyId: reader.viewer.agencyId, activeOnly: true });
  return people
    .filter(({ id, roles }) => roles.length > 0 && id !== reader.viewer.id)
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(personOptionOf);
}

/** A line of a list: what, when, state; a button opens it. */
export function lineOf(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence | undefined,
  reader: Reader,
): ListItem {
  const { t } = reader;
  const ref = occurrence?.ref ?? meeting.ref;
  return {
    title: [{ bold: ref }, showsWords(meeting, reader) ? ` ${meeting.title}` : ` ${t.labels.hidden(meeting)}`],
    detail: [
      occurrence && whenLine(work, meeting, occurrence, reader),
      stateLine(work, meeting, occurrence, reader),
      meeting.organizerAgency.name,
    ]
      .filter(Boolean)
      .join(" · "),
    action: { type: "button", id: "meet-show", label: t.meetings.buttons.open, value: `${work.body.slug}/${ref}` },
  };
}
