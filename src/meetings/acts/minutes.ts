import { createHash, randomUUID } from "node:crypto";
import { differenceInSeconds } from "date-fns";
import { record } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import { findPersons } from "../../people/store.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { keepWords } from "../../store/words.js";
import { showAt } from "../../time/display.js";
import { correctBy, scheduleOccurrence } from "../escalation.js";
import { checkMeeting } from "../find.js";
import { minutesFile } from "../minutes-file.js";
import { itemOf, type Meeting, occurrenceItem } from "../model.js";
import * as notifying from "../notify.js";
import { correctionsOf, readsRecord, reloadHeld } from "../record.js";
import { meetingRules } from "../rules.js";
import type { Held } from "../store.js";
import { bump, happened } from "./calling.js";

/**
 * Minutes: a draft made from the record, circulated, corrected, approved by silence or at the next meeting
 * (docs/meetings.md).
 */

export async function circulate(c: Context, { meeting, occurrence }: Held): Promise<Held> {
  const { work } = c;
  checkMeeting(c, "run", meeting);
  if (occurrence.minutesState === "none") refuse((t) => t.errors.noMinutes({ ref: occurrence.ref }));
  if (occurrence.minutesState !== "draft") refuse((t) => t.errors.circulated({ ref: occurrence.ref }));
  await work.tx
    .updateTable("occurrences")
    .set({
      minutes_state: "circulated",
      circulated_at: work.now,
      correct_by: correctBy(work),
      ladder: occurrence.scheduleVersion + 1,
      version: occurrence.version + 1,
    })
    .where("id", "=", occurrence.id)
    .execute();
  const changed = await bump(work, meeting, {}, "quietly");
  const held = await reloadHeld(work, occurrence.id);
  await scheduleOccurrence(work, changed, held.occurrence);
  await happened(c, changed, "minutes.circulated", { by: held.occurrence.correctBy?.toISOString() }, held.occurrence);
  await notifying.toInvited(work, changed, "minutesCirculated", c.person, held.occurrence);
  return held;
}

/** @throws Refusal when they may not read the minutes, or these are not circulated */
export async function checkCorrects(c: Context, held: Held): Promise<void> {
  const { meeting, occurrence } = held;
  checkMeeting(c, "propose", meeting);
  if (!(await readsRecord(c.work, c.viewer, held)))
    refuse((t) => t.errors.presentOnly({ ref: occurrence.ref }), "present");
  mustCirculate(occurrence);
}

export function mustCirculate(occurrence: Held["occurrence"]): void {
  if (occurrence.minutesState !== "circulated") refuse((t) => t.errors.notCirculated({ ref: occurrence.ref }));
}

/** Whoever may read the minutes says what is wrong in them, while they are circulated. */
export async function correct(c: Context, held: Held, words: string): Promise<number> {
  const { work } = c;
  const { meeting, occurrence } = held;
  await checkCorrects(c, held);
  const n = (await correctionsOf(work, occurrence.id)).length + 1;
  await work.tx
    .insertInto("corrections")
    .values({
      id: randomUUID(),
      occurrence_id: occurrence.id,
      n,
      words: await keepWords(work, meeting.label, words),
      by: c.person.id,
      at: work.now,
    })
    .execute();
  const changed = await bump(work, meeting, {}, "quietly");
  await happened(c, changed, "minutes.corrected", { n }, occurrence);
  await notifying.toOfficers(work, changed, "correction", c.person, occurrence);
  return n;
}

/** The secretary takes a correction into the minutes, where it stands as such, or refuses it. */
export async function settle(c: Context, { meeting, occurrence }: Held, n: number, taken: boolean): Promise<void> {
  const { work } = c;
  checkMeeting(c, "run", meeting);
  mustCirculate(occurrence);
  const correction = (await correctionsOf(work, occurrence.id)).find((one) => one.n === n);
  if (!correction) return refuse((t) => t.errors.noCorrection({ ref: occurrence.ref, n }));
  await work.tx
    .updateTable("corrections")
    .set({ state: taken ? "taken" : "refused" })
    .where("id", "=", correction.id)
    .execute();
  const changed = await bump(work, meeting, {}, "quietly");
  await happened(c, changed, taken ? "minutes.correction_taken" : "minutes.correction_refused", { n }, occurrence);
  const [author] = await findPersons(work.tx, { ids: [correction.by] });
  if (author)
    await notifying.notifyOfMeeting(
      work,
      changed,
      taken ? "correctionTaken" : "correctionRefused",
      [author],
      c.person,
      occurrence,
    );
}

/** By who runs the meeting: at the next one, or, where silence approves, once the time to correct is over. */
export async function approve(c: Context, { meeting, occurrence }: Held): Promise<Held> {
  const { work } = c;
  checkMeeting(c, "run", meeting);
  if (occurrence.minutesState === "approved") refuse((t) => t.errors.approved({ ref: occurrence.ref }));
  if (occurrence.minutesState !== "circulated") refuse((t) => t.errors.notCirculated({ ref: occurrence.ref }));
  const open = (await correctionsOf(work, occurrence.id)).filter(({ state }) => state === "open");
  const [first] = open;
  if (first) refuse((t) => t.errors.openCorrections({ ref: occurrence.ref, n: first.n, count: open.length }));
  if (meetingRules(work.body).approval === "meeting") {
    if (meeting.rule && !(await laterRuns(work, meeting, occurrence.n)))
      refuse((t) => t.errors.approvedAtNext({ ref: occurrence.ref }));
  } else if (occurrence.correctBy && work.now < occurrence.correctBy) {
    const until = showAt(work, c.person, occurrence.correctBy);
    refuse((t) => t.errors.correctableUntil({ ref: occurrence.ref, until }));
  }
  return seal(work, { meeting, occurrence }, c.person.id);
}

/** Nobody objected in time. With corrections open there was no silence, and who runs the meeting hears of it. */
export async function approveBySilence(work: UnitOfWork, held: Held): Promise<void> {
  const open = (await correctionsOf(work, held.occurrence.id)).filter(({ state }) => state === "open");
  if (open.length) await notifying.toOfficers(work, held.meeting, "correctionsOpen", undefined, held.occurrence);
  else await seal(work, held);
}

async function laterRuns(work: UnitOfWork, meeting: Meeting, n: number): Promise<boolean> {
  const row = await work.tx
    .selectFrom("occurrences")
    .select("id")
    .where("meeting_id", "=", meeting.id)
    .where("n", ">", n)
    .where("state", "=", "running")
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes the Word file, keeps it sealed with its hash, and writes both down: from then on nobody can change it. */
async function seal(work: UnitOfWork, { meeting, occurrence }: Held, by?: string): Promise<Held> {
  await work.tx
    .updateTable("occurrences")
    .set({
      minutes_state: "approved",
      approved_at: work.now,
      ladder: occurrence.scheduleVersion + 1,
      version: occurrence.version + 1,
    })
    .where("id", "=", occurrence.id)
    .execute();
  const held = await reloadHeld(work, occurrence.id);
  const file = await minutesFile(work, held, work.body.lang);
  const sha256 = createHash("sha256").update(file).digest("hex");
  await work.tx
    .insertInto("approved_minutes")
    .values({
      occurrence_id: occurrence.id,
      file: (await work.cipher()).sealBytes(file),
      sha256,
      approved_at: work.now,
      approved_by: by ?? null,
    })
    .execute();
  await record(work, {
    action: "minutes.approved",
    actorId: by,
    code: by ? undefined : "silence",
    item: occurrenceItem(held.occurrence),
    detail: {
      sha256,
      label: meeting.label,
      seconds: differenceInSeconds(work.now, held.occurrence.endedAt ?? work.now),
    },
  });
  const changed = await bump(work, meeting, {}, "quietly");
  await scheduleOccurrence(work, changed, held.occurrence);
  await refresh(work, itemOf(meeting));
  await notifying.toInvited(work, changed, "minutesApproved", undefined, held.occurrence);
  return reloadHeld(work, occurrence.id);
}
