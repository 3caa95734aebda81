import { randomUUID } from "node:crypto";
import type { Context } from "../../command/define.js";
import { refuse } from "../../lib/refusal.js";
import type { Person } from "../../people/model.js";
import { findPersons } from "../../people/store.js";
import { mayMeeting } from "../../policy/index.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { keepWords } from "../../store/words.js";
import { type AgendaItem, agendaOf, itemAt } from "../agenda.js";
import { checkMeeting } from "../find.js";
import type { Meeting, Occurrence } from "../model.js";
import * as notifying from "../notify.js";
import { freezesAt } from "../rules.js";
import { bump, happened } from "./calling.js";

const MOST_ITEMS = 40;

export type Proposal = { title: string; minutes?: number; presenter?: Person; standing?: boolean };

/** After the freeze an item waits for the chair's leave; from who runs the meeting it stands at once. */
export async function propose(
  c: Context,
  meeting: Meeting,
  occurrence: Occurrence,
  proposal: Proposal,
): Promise<AgendaItem> {
  checkMeeting(c, "propose", meeting);
  openFor(meeting, occurrence);
  const runs = mayMeeting(c.viewer, "run", meeting.subject) === undefined;
  if (proposal.standing && !runs) checkMeeting(c, "run", meeting);
  const { work } = c;
  const agenda = await agendaOf(work, meeting, occurrence);
  if (agenda.length >= MOST_ITEMS) refuse((t) => t.errors.agendaFull({ ref: occurrence.ref, max: MOST_ITEMS }));
  const late = work.now >= freezesAt(work.body, occurrence) && !runs;
  const id = randomUUID();
  await work.tx
    .insertInto("agenda_items")
    .values({
      id,
      meeting_id: meeting.id,
      occurrence_id: proposal.standing ? null : occurrence.id,
      position: 1 + Math.max(0, ...(await positions(work, meeting, occurrence)).values()),
      title: await keepWords(work, meeting.label, proposal.title),
      minutes: proposal.minutes ?? null,
      presenter_id: proposal.presenter?.id ?? null,
      agency_id: c.person.agencyId,
      proposed_by: c.person.id,
      state: late ? "late" : "on",
      at: work.now,
    })
    .execute();
  const changed = await bump(work, meeting, {}, "quietly");
  await happened(c, changed, late ? "meeting.item_late" : "meeting.item_added", {}, occurrence);
  if (late) await notifying.toOfficers(work, changed, "lateItem", c.person, occurrence);
  return pickItem(await agendaOf(work, changed, occurrence), occurrence, id);
}

async function positions(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence): Promise<Map<string, number>> {
  const rows = await work.tx
    .selectFrom("agenda_items")
    .select(["id", "position"])
    .where("meeting_id", "=", meeting.id)
    .where((eb) => eb.or([eb("occurrence_id", "=", occurrence.id), eb("occurrence_id", "is", null)]))
    .execute();
  return new Map(rows.map(({ id, position }) => [id, position]));
}

/** Lets a late item onto the agenda. */
export async function admit(c: Context, meeting: Meeting, occurrence: Occurrence, id: string): Promise<AgendaItem> {
  checkMeeting(c, "run", meeting);
  openFor(meeting, occurrence);
  const item = pickItem(await agendaOf(c.work, meeting, occurrence), occurrence, id);
  // Pressed twice, or by two: it is on, and the proposer knows.
  if (item.state === "on") return item;
  await c.work.tx.updateTable("agenda_items").set({ state: "on" }).where("id", "=", item.id).execute();
  const changed = await bump(c.work, meeting, {}, "quietly");
  await happened(c, changed, "meeting.item_admitted", {}, occurrence);
  const proposer = (await findPersons(c.work.tx, { ids: [item.proposedBy] }))[0];
  if (proposer) await notifying.notifyOfMeeting(c.work, changed, "itemAdmitted", [proposer], c.person, occurrence);
  return item;
}

/** Takes an item off: by who runs the meeting, or by the agency that proposed it. */
export async function takeOff(c: Context, meeting: Meeting, occurrence: Occurrence, n: number): Promise<AgendaItem> {
  checkMeeting(c, "propose", meeting);
  openFor(meeting, occurrence);
  const item = await itemAt(c.work, meeting, occurrence, n);
  if (item.agency.id !== c.person.agencyId) checkMeeting(c, "run", meeting);
  await c.work.tx.updateTable("agenda_items").set({ state: "off" }).where("id", "=", item.id).execute();
  await happened(c, await bump(c.work, meeting, {}, "quietly"), "meeting.item_off", {}, occurrence);
  return item;
}

/** Puts an item at another place. */
export async function reorder(
  c: Context,
  meeting: Meeting,
  occurrence: Occurrence,
  from: number,
  to: number,
): Promise<AgendaItem[]> {
  checkMeeting(c, "run", meeting);
  openFor(meeting, occurrence);
  const moved = await itemAt(c.work, meeting, occurrence, from);
  const rest = (await agendaOf(c.work, meeting, occurrence)).filter(({ id, n }) => n !== undefined && id !== moved.id);
  rest.splice(Math.min(Math.max(to, 1), rest.length + 1) - 1, 0, moved);
  for (const [index, { id }] of rest.entries())
    await c.work.tx
      .updateTable("agenda_items")
      .set({ position: index + 1 })
      .where("id", "=", id)
      .execute();
  const changed = await bump(c.work, meeting, {}, "quietly");
  await happened(c, changed, "meeting.agenda_ordered", {}, occurrence);
  return agendaOf(c.work, changed, occurrence);
}

/** @param n the agenda item that the paper is about; absent: the meeting as a whole */
export async function addPaper(
  c: Context,
  meeting: Meeting,
  occurrence: Occurrence,
  paper: { title: string; url: string },
  n?: number,
): Promise<void> {
  checkMeeting(c, "propose", meeting);
  openFor(meeting, occurrence);
  const item = n === undefined ? undefined : await itemAt(c.work, meeting, occurrence, n);
  await c.work.tx
    .insertInto("papers")
    .values({
      id: randomUUID(),
      occurrence_id: occurrence.id,
      item_id: item?.id ?? null,
      title: await keepWords(c.work, meeting.label, paper.title),
      url: await keepWords(c.work, meeting.label, paper.url),
      by: c.person.id,
      at: c.work.now,
    })
    .execute();
  await happened(c, await bump(c.work, meeting, {}, "quietly"), "meeting.paper_added", {}, occurrence);
}

const pickItem = (agenda: readonly AgendaItem[], occurrence: Occurrence, id: string): AgendaItem =>
  agenda.find((item) => item.id === id) ?? refuse((t) => t.errors.itemGone({ ref: occurrence.ref }));

export function openFor(meeting: Meeting, occurrence: Occurrence): void {
  if (meeting.state === "cancelled" || occurrence.state === "cancelled")
    refuse((t) => t.errors.meetingCancelled({ ref: occurrence.ref }));
  if (occurrence.state === "ended") refuse((t) => t.errors.meetingEnded({ ref: occurrence.ref }));
}
