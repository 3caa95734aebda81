import { z } from "zod";
import type { Action, Block, Message } from "../chat/index.js";
import { defineNotification, type Reader, stepsAsked } from "../delivery/notification.js";
import { drawnCard } from "../items/card.js";
import type { Person } from "../people/model.js";
import { loadPerson } from "../people/store.js";
import { mayMeeting, sightOfMeeting } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { agendaOf } from "./agenda.js";
import { invitationFile, partingFile } from "./calendar.js";
import { type Meeting, type Occurrence, officersOf, rsvpTo, takesPart } from "./model.js";
import { correctionBlocks, packMessage, resultMessage } from "./pack.js";
import { readsRecord } from "./record.js";
import { currentOccurrence, type Held, heldById, MEETINGS } from "./store.js";
import { agendaLine, cardOf, nextSteps, showsWords, titled, whenLine } from "./views.js";

const one = z.object({ meeting: z.string() });
/** `begun`: the copy that comes as the occurrence starts. */
const card = one.extend({ begun: z.string().optional() });

/** The live card in a direct message. In a mail it brings the calendar file. */
export const meetingCard = defineNotification({
  id: "meeting.card",
  schema: card,
  item: ({ meeting }) => ({ kind: "meeting", id: meeting }),
  async render(work, { meeting: id, begun }, reader) {
    if (begun && !reader.refresh && !(await runsNow(work, begun))) return undefined;
    return drawnCard(work, MEETINGS, id, reader, async (meeting) => {
      // Taken back or called off before it was told of.
      if (meeting.state === "cancelled" && !reader.refresh) return undefined;
      return { ...(await cardOf(work, meeting, reader)), ...(begun ? {} : await files(work, meeting, reader)) };
    });
  },
});

/** It may be over before a platform could be reached. */
const runsNow = async (work: UnitOfWork, occurrenceId: string): Promise<boolean> =>
  (await heldById(work, occurrenceId))?.occurrence.state === "running";

/** People on neither platform get a calendar file; only mail carries files (docs/delivery.md, Mail). */
async function files(
  work: UnitOfWork,
  meeting: Meeting,
  reader: Reader,
  off?: Occurrence,
): Promise<Pick<Message, "files">> {
  if (!reader.wordless || !reader.person || !meeting.starts) return {};
  return { files: [await invitationFile(work, meeting, reader.person, mailedTo(work, reader), off)] };
}

const mailedTo = (work: UnitOfWork, { mailbox }: Reader) => ({ from: work.sender(), to: mailbox });

export const MEETING_NEWS = [
  "moved",
  "movedAll",
  "cancelledOne",
  "cancelled",
  "takenBack",
  "pollClosed",
  "pollEmpty",
  "pollLapsed",
  "lateItem",
  "itemAdmitted",
  "minutesCirculated",
  "minutesApproved",
  "correction",
  "correctionTaken",
  "correctionRefused",
  "correctionsOpen",
] as const;
export type MeetingNotificationKind = (typeof MEETING_NEWS)[number];

/** What the news asks for, by the buttons of the card that answer it. */
const ASKS: Partial<Record<MeetingNotificationKind, readonly string[]>> = {
  moved: ["attend", "deputise"],
  movedAll: ["attend", "deputise"],
  pollClosed: ["attend", "deputise"],
  pollEmpty: ["meet-close"],
  pollLapsed: [],
  lateItem: [],
  minutesCirculated: ["minutes", "correct"],
  minutesApproved: ["minutes", "minutes-file"],
  correction: ["minutes", "approve"],
  correctionsOpen: ["minutes", "approve"],
};
/** These ask whether one comes. */
const COMING: ReadonlySet<MeetingNotificationKind> = new Set(["moved", "movedAll", "pollClosed"]);
/** These ask for other dates. */
const NO_DATE: ReadonlySet<MeetingNotificationKind> = new Set(["pollEmpty", "pollLapsed"]);

/** One line: what happened, and the buttons of what it asks. The card beside it says the rest. */
export const meetingNotification = defineNotification({
  id: "meeting.news",
  schema: z.object({
    meeting: z.string(),
    occurrence: z.string().optional(),
    kind: z.enum(MEETING_NEWS),
    by: z.string().optional(),
  }),
  async render(work, { meeting: id, occurrence: occurrenceId, kind, by }, reader) {
    const { t, lang } = reader;
    const meeting = await MEETINGS.byId(work, id);
    if (!meeting || sightOfMeeting(reader.viewer, meeting.subject) !== "full") return undefined;
    const occurrence = occurrenceId
      ? (await heldById(work, occurrenceId))?.occurrence
      : COMING.has(kind)
        ? await currentOccurrence(work, meeting)
        : undefined;
    const person = by ? await loadPerson(work.tx, by) : undefined;
    const who = person ? t.tasks.by({ name: person.name, agency: person.agency.name }) : t.tasks.clock;
    const text = t.meetings.news[kind]({
      what: titled(meeting, reader, occurrenceId ? occurrence : undefined),
      who,
      when: occurrence && whenLine(work, meeting, occurrence, reader),
    });
    const reason = kind === "cancelled" ? meeting.reason : kind === "cancelledOne" ? occurrence?.reason : undefined;
    const value = `${work.body.slug}/${(occurrenceId && occurrence?.ref) || meeting.ref}`;
    const asks = ASKS[kind];
    const blocks: Block[] = [
      { type: "text", text },
      ...(reason && showsWords(meeting, reader) ? [{ type: "quote" as const, text: reason }] : []),
      ...(occurrence && asks ? await askedBlocks(work, { meeting, occurrence }, kind, reader) : []),
      {
        type: "actions",
        actions: [
          ...(asks ? await askedSteps(work, meeting, occurrence, kind, reader) : []),
          { type: "button", id: "meet-show", label: t.meetings.buttons.open, value },
        ],
      },
    ];
    const calendar = ["moved", "movedAll", "cancelled", "takenBack", "cancelledOne", "pollClosed"].includes(kind);
    return {
      text,
      lang,
      blocks,
      // What is answered loses its buttons.
      ...(asks ? { about: [meeting.id] } : {}),
      ...(calendar ? await files(work, meeting, reader, kind === "cancelledOne" ? occurrence : undefined) : {}),
    };
  },
});

/** In a mail alone, also to somebody who has left: their calendar lets go of what they are asked to no longer. */
export const meetingParted = defineNotification({
  id: "meeting.parted",
  schema: one,
  parting: true,
  async render(work, { meeting: id }, reader) {
    const meeting = await MEETINGS.byId(work, id);
    const { person, t, lang } = reader;
    if (!reader.wordless || !person || !meeting?.starts || asksStill(meeting, person)) return undefined;
    const text = t.meetings.parted({ ref: meeting.ref });
    const file = await partingFile(work, meeting, person, mailedTo(work, reader));
    return { text, lang, blocks: [{ type: "text", text }], ...(file ? { files: [file] } : {}) };
  },
});

/** They may have come back meanwhile, or take part in another way. */
const asksStill = (meeting: Meeting, person: Person): boolean =>
  takesPart(person) &&
  [...meeting.invitees.map((one) => one.person), ...officersOf(meeting)].some((one) => one?.id === person.id);

/** What is to be seen of it before it is answered: one's own answer, the items and the corrections that wait. */
async function askedBlocks(
  work: UnitOfWork,
  held: Held,
  kind: MeetingNotificationKind,
  reader: Reader,
): Promise<Block[]> {
  const { meeting, occurrence } = held;
  const { t, viewer, person } = reader;
  const runs = person !== undefined && mayMeeting(viewer, "run", meeting.subject) === undefined;
  if (COMING.has(kind)) {
    const own = person && meeting.invitees.find((one) => one.person?.id === person.id);
    const said = own && rsvpTo(own, occurrence.n);
    const r = t.meetings.rsvp;
    return said
      ? [{ type: "context", text: r.yours({ answer: r.answers[said.answer], deputy: said.deputy?.name }) }]
      : [];
  }
  if (kind === "lateItem" && runs && showsWords(meeting, reader)) {
    const late = (await agendaOf(work, meeting, occurrence)).filter(({ state }) => state === "late");
    const label = t.meetings.agenda.admit;
    const value = `${work.body.slug}/${occurrence.ref}`;
    const items = late.map((item) => ({
      ...agendaLine(item, reader),
      action: { type: "button" as const, id: "agenda-admit", label, value: `${value} ${item.id}` },
    }));
    return items.length ? [{ type: "list", items }] : [];
  }
  const corrects = kind === "correction" || kind === "correctionsOpen";
  if (!corrects || !runs || !showsWords(meeting, reader) || !(await readsRecord(work, viewer, held))) return [];
  return correctionBlocks(work, held, reader, "open");
}

async function askedSteps(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence | undefined,
  kind: MeetingNotificationKind,
  reader: Reader,
): Promise<Action[]> {
  const steps = stepsAsked(await nextSteps(work, meeting, occurrence, reader), ASKS[kind] ?? []);
  const value = `${work.body.slug}/`;
  if (NO_DATE.has(kind) && reader.person)
    steps.push({ type: "button", id: "meet-poll", label: reader.t.meetings.buttons.newPoll, value, opens: true });
  // What was moved alone is answered alone.
  if (kind !== "moved" || !occurrence) return steps;
  const alone = (text: string) => text.replace(`/${meeting.ref} `, `/${occurrence.ref} `);
  return steps.map((step) => {
    if (step.type === "menu") return { ...step, prefix: step.prefix && alone(step.prefix) };
    return step.type === "button" ? { ...step, value: step.value && alone(step.value) } : step;
  });
}

const held = z.object({ occurrence: z.string() });

/** The pre-meeting digest. */
export const meetingPack = defineNotification({
  id: "meeting.pack",
  schema: held,
  async render(work, { occurrence: id }, reader) {
    const found = await heldById(work, id);
    // Called off or held by now: there is nothing to prepare for.
    if (!found || found.occurrence.state === "cancelled" || found.occurrence.state === "ended") return undefined;
    // Its time has passed while nobody could be told.
    if (found.occurrence.state === "scheduled" && found.occurrence.endsAt < work.now) return undefined;
    if (sightOfMeeting(reader.viewer, found.meeting.subject) !== "full") return undefined;
    return packMessage(work, found, reader);
  },
});

/** The post-meeting digest. */
export const meetingResult = defineNotification({
  id: "meeting.result",
  schema: held,
  async render(work, { occurrence: id }, reader) {
    const found = await heldById(work, id);
    if (!found || sightOfMeeting(reader.viewer, found.meeting.subject) === "none") return undefined;
    return resultMessage(work, found, reader);
  },
});
