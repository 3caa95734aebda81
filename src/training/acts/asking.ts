import { recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import { presentPersons } from "../../meetings/store.js";
import { decidesFor } from "../../policy/index.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import type { FollowAnswer } from "../answers.js";
import { figuresOf, itemOf, type Training } from "../model.js";
import type { Answer } from "../rules.js";
import { attendanceOf, heldOf } from "../store.js";

/** What those who were there say of a session, and what their agencies put into practice. */

/** Once, by each who was there. What is written goes to the organiser without a name, so the record has no word of it. */
export async function evaluate(c: Context, session: Training, answer: Answer, words?: string): Promise<void> {
  const { work } = c;
  await checkEvaluates(c, session);
  const row = await work.tx
    .insertInto("training_evaluations")
    .values({
      training_id: session.id,
      person_id: c.person.id,
      ...answer,
      words: words === undefined ? null : (await work.cipher()).seal(words),
      at: work.now,
    })
    .onConflict((o) => o.columns(["training_id", "person_id"]).doNothing())
    .returning("person_id")
    .executeTakeFirst();
  if (!row) refuse((t) => t.errors.trainingEvaluated({ ref: session.ref }));
  await recordAct(c, {
    action: "training.evaluated",
    item: itemOf(session),
    detail: { ...figuresOf(session), agency: c.person.agency.handle },
  });
  await refresh(work, itemOf(session));
}

/** @throws Refusal when they were not there, or have said it */
export async function checkEvaluates(c: Context, session: Training): Promise<void> {
  const { work, person } = c;
  if (c.onBehalf) refuse((t) => t.errors.trainingNotFor);
  const occurrenceId = await heldOccurrence(work, session);
  if (!(await presentPersons(work, occurrenceId)).includes(person.id))
    refuse((t) => t.errors.trainingNotThere({ ref: session.ref }), "party.training.evaluate");
  const said = await work.tx
    .selectFrom("training_evaluations")
    .select("person_id")
    .where("training_id", "=", session.id)
    .where("person_id", "=", person.id)
    .executeTakeFirst();
  if (said) refuse((t) => t.errors.trainingEvaluated({ ref: session.ref }));
}

/** @throws Refusal when their agency was not there, or others speak for it */
export async function checkFollows(c: Context, session: Training): Promise<void> {
  const there = await attendanceOf(c.work, await heldOccurrence(c.work, session));
  if (!there.some(({ agencyId }) => agencyId === c.viewer.agencyId) || !decidesFor(c.viewer))
    refuse((t) => t.errors.trainingFollower({ ref: session.ref }), "party.training.follow");
}

/** @throws Refusal when it was not held yet */
async function heldOccurrence(work: UnitOfWork, session: Training): Promise<string> {
  const held = session.heldAt && session.meetingId ? await heldOf(work, session.meetingId) : undefined;
  return held ? held.occurrence.id : refuse((t) => t.errors.trainingNotHeld({ ref: session.ref }));
}

/** By the focal point of an agency that was there; what is said later stands in the place of what was said before. */
export async function follow(c: Context, session: Training, answer: FollowAnswer, words?: string): Promise<void> {
  const { work } = c;
  await checkFollows(c, session);
  const row = {
    answer,
    words: words === undefined ? null : (await work.cipher()).seal(words),
    by: c.person.id,
    at: work.now,
  };
  await work.tx
    .insertInto("training_followups")
    .values({ training_id: session.id, agency_id: c.viewer.agencyId, ...row })
    .onConflict((o) => o.columns(["training_id", "agency_id"]).doUpdateSet(row))
    .execute();
  await recordAct(c, {
    action: "training.followed",
    item: itemOf(session),
    code: answer,
    detail: { ...figuresOf(session), agency: c.person.agency.handle, country: c.person.agency.country, role: null },
    words,
  });
  await refresh(work, itemOf(session));
}
