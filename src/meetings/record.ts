import { type Label, mayReadRecord, type Viewer } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { readWords } from "../store/words.js";
import type { Occurrence } from "./model.js";
import { type Quorum, quorumOf } from "./rules.js";
import { type Held, heldById, presentPersons } from "./store.js";

/** What an occurrence holds once it has begun: who is there, decisions, the running record, corrections. */

export async function presentIds(work: UnitOfWork, occurrence: Occurrence): Promise<Set<string>> {
  const rows = await work.tx
    .selectFrom("attendance")
    .select("invitee_id")
    .where("occurrence_id", "=", occurrence.id)
    .where("present", "=", true)
    .execute();
  return new Set(rows.map((row) => row.invitee_id));
}

export const quorumNow = async (work: UnitOfWork, { meeting, occurrence }: Held): Promise<Quorum> =>
  quorumOf(work.body, meeting, occurrence, await presentIds(work, occurrence));

export type Votes = { for: number; against: number; abstain: number };
export type Decision = {
  id: string;
  /** `D-7` */
  ref: string;
  number: number;
  words: string;
  label: Label;
  votes?: Votes;
  quorum: Quorum;
  at: Date;
  withdrawn: boolean;
  occurrenceId: string;
};

/** In the order in which they were taken; those withdrawn too. */
export async function decisionsOf(work: UnitOfWork, occurrenceIds: readonly string[]): Promise<Decision[]> {
  if (occurrenceIds.length === 0) return [];
  const rows = await work.tx
    .selectFrom("decisions")
    .selectAll()
    .where("occurrence_id", "in", occurrenceIds)
    .orderBy("number")
    .execute();
  return Promise.all(rows.map((row) => decisionOf(work, row)));
}

type DecisionFields = {
  id: string;
  number: number;
  words: string;
  label: Label;
  votes_for: number | null;
  votes_against: number | null;
  votes_abstain: number | null;
  present: number;
  invited: number;
  needed: number | null;
  at: Date;
  withdrawn_at: Date | null;
  occurrence_id: string;
};

export async function decisionOf(work: UnitOfWork, row: DecisionFields): Promise<Decision> {
  return {
    id: row.id,
    ref: `D-${row.number}`,
    number: row.number,
    words: await readWords(work, row.words),
    label: row.label,
    votes:
      row.votes_for === null
        ? undefined
        : { for: row.votes_for, against: row.votes_against ?? 0, abstain: row.votes_abstain ?? 0 },
    quorum: { present: row.present, invited: row.invited, needed: row.needed ?? undefined },
    at: row.at,
    withdrawn: row.withdrawn_at !== null,
    occurrenceId: row.occurrence_id,
  };
}

/** Those that stand and that this reader may know: one may be more secret than its meeting. */
export async function decisionsFor(
  work: UnitOfWork,
  viewer: Viewer,
  { meeting, occurrence }: Held,
): Promise<Decision[]> {
  const present = await presentPersons(work, occurrence.id);
  return (await decisionsOf(work, [occurrence.id])).filter(
    ({ withdrawn, label }) => !withdrawn && mayReadRecord(viewer, { ...meeting.subject, label }, present),
  );
}

export type RecordLine = {
  id: string;
  n: number;
  itemId?: string;
  words: string;
  by: string;
  at: Date;
  version: number;
};

/** The running record, line by line. */
export async function recordOf(work: UnitOfWork, occurrence: Occurrence): Promise<RecordLine[]> {
  const rows = await work.tx
    .selectFrom("record_lines")
    .selectAll()
    .where("occurrence_id", "=", occurrence.id)
    .where("removed", "=", false)
    .orderBy("n")
    .execute();
  return Promise.all(
    rows.map(async ({ id, n, item_id, words, by, at, version }) => ({
      id,
      n,
      itemId: item_id ?? undefined,
      words: await readWords(work, words),
      by,
      at,
      version,
    })),
  );
}

/** Whether this reader may know what was said and decided. */
export async function readsRecord(work: UnitOfWork, viewer: Viewer, held: Held): Promise<boolean> {
  return mayReadRecord(viewer, held.meeting.subject, await presentPersons(work, held.occurrence.id));
}

export async function reloadHeld(work: UnitOfWork, occurrenceId: string): Promise<Held> {
  const held = await heldById(work, occurrenceId);
  if (!held) throw new Error("occurrence is gone");
  return held;
}
export type Correction = { id: string; n: number; words: string; by: string; state: "open" | "taken" | "refused" };

export async function correctionsOf(work: UnitOfWork, occurrenceId: string): Promise<Correction[]> {
  const rows = await work.tx
    .selectFrom("corrections")
    .selectAll()
    .where("occurrence_id", "=", occurrenceId)
    .orderBy("n")
    .execute();
  return Promise.all(
    rows.map(async ({ id, n, words, by, state }) => ({ id, n, words: await readWords(work, words), by, state })),
  );
}
