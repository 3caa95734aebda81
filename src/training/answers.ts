import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Training } from "./model.js";
import { type Averages, averagesOf, FEWEST_ANSWERS } from "./rules.js";

export type Results = { answered: number; averages?: Averages; words: string[] };

/** Averages and words, both from five answers on; the words in the order of the alphabet, which tells nobody's turn. */
export async function resultsOf(work: UnitOfWork, session: Training): Promise<Results> {
  const rows = await work.tx
    .selectFrom("training_evaluations")
    .select(["usefulness", "relevance", "trainer", "words"])
    .where("training_id", "=", session.id)
    .execute();
  if (rows.length < FEWEST_ANSWERS) return { answered: rows.length, words: [] };
  const cipher = await work.cipher();
  const words = rows.flatMap((row) => (row.words === null ? [] : [cipher.open(row.words)]));
  return { answered: rows.length, averages: averagesOf(rows), words: words.sort((a, b) => a.localeCompare(b)) };
}

export const FOLLOW_ANSWERS = ["yes", "partly", "no"] as const;

export type FollowAnswer = (typeof FOLLOW_ANSWERS)[number];

export type Followed = { agencyId: string; agency: string; answer: FollowAnswer; words?: string };

export async function followedBy(work: UnitOfWork, session: Training): Promise<Followed[]> {
  const rows = await work.tx
    .selectFrom("training_followups")
    .innerJoin("agencies", "agencies.id", "training_followups.agency_id")
    .select(["agencies.id", "agencies.name", "answer", "words"])
    .where("training_id", "=", session.id)
    .orderBy("agencies.name")
    .execute();
  const cipher = await work.cipher();
  return rows.map(({ id, name, answer, words }) => ({
    agencyId: id,
    agency: name,
    answer,
    words: words === null ? undefined : cipher.open(words),
  }));
}
