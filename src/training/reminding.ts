import { record } from "../audit/record.js";
import type { Reader } from "../delivery/notification.js";
import {
  type Fired,
  type NotifiedStep,
  type Remindable,
  type ReminderLine,
  type Step,
  silent,
} from "../escalation/fire.js";
import { presentPersons } from "../meetings/store.js";
import { findPersons, speakersOf } from "../people/store.js";
import { mayTraining } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { change } from "./acts/entering.js";
import { followedBy } from "./answers.js";
import { figuresOf, itemOf, TRAINING, type Training } from "./model.js";
import { attendanceOf, heldOf, sessionsFrom, TRAININGS } from "./store.js";
import { asksOf, owesEvaluation, owesFollowUp, titled } from "./views.js";

/** What the clock does about training, from what is true at that moment. */

const firedFor = (notified: string[], sealed?: true): Fired => ({
  notified,
  lifeSafety: false,
  sealed,
  outcome: notified.length ? "told" : "nobody",
});

export const trainingReminders: Remindable = {
  kind: TRAINING,
  async fire(work, steps) {
    const fired: Fired[] = [];
    for (const step of steps) fired.push(await fireStep(work, step));
    return fired;
  },
  async draw(work, steps, reader) {
    const lines = new Map<string, ReminderLine>();
    for (const step of steps) {
      const item = await TRAININGS.byId(work, step.itemId);
      const line = item && (await drawStep(work, item, step, reader));
      if (line) lines.set(step.itemId, line);
    }
    return [...lines.values()];
  },
  async named(work, id, reader) {
    const item = await TRAININGS.byId(work, id);
    return item && !mayTraining(reader.viewer, "see", item.subject) ? titled(item, reader) : undefined;
  },
};

async function fireStep(work: UnitOfWork, step: Step): Promise<Fired> {
  const item = await TRAININGS[step.step === "lapse" ? "lock" : "byId"](work, step.item.id);
  if (!item) return silent("closed");
  if (item.scheduleVersion !== step.scheduleVersion) return silent("moved");
  if (step.step === "lapse") return lapse(work, item);
  const held = item.meetingId ? await heldOf(work, item.meetingId) : undefined;
  if (!held) return silent("closed");
  // Each says what they think themselves: nobody's deputy was there.
  if (step.step === "evaluate") return firedFor(await silentSoFar(work, item, held.occurrence.id), true);
  return firedFor(await focalOfThoseThere(work, item, held.occurrence.id));
}

/** Its time is over and nobody took it up. What is held for it later still stands for it. */
async function lapse(work: UnitOfWork, item: Training): Promise<Fired> {
  if (item.state !== "open") return silent("closed");
  const sessions = await sessionsFrom(work, [item.id]);
  if (sessions.some(({ state }) => state === "open")) return silent("done");
  const lapsed = await change(work, item, { state: "lapsed" });
  await record(work, { action: "training.lapsed", item: itemOf(lapsed), detail: figuresOf(lapsed) });
  return firedFor([item.personId]);
}

async function silentSoFar(work: UnitOfWork, item: Training, occurrenceId: string): Promise<string[]> {
  const there = await findPersons(work.tx, { ids: await presentPersons(work, occurrenceId), activeOnly: true });
  const owing: string[] = [];
  for (const { id, roles } of there)
    if (roles.length && (await owesEvaluation(work, item, occurrenceId, id))) owing.push(id);
  return owing;
}

async function focalOfThoseThere(work: UnitOfWork, item: Training, occurrenceId: string): Promise<string[]> {
  const said = new Set((await followedBy(work, item)).map(({ agencyId }) => agencyId));
  const ids: string[] = [];
  for (const { agencyId } of await attendanceOf(work, occurrenceId))
    if (!said.has(agencyId)) ids.push(...(await speakersOf(work.tx, agencyId)).map(({ id }) => id));
  return ids;
}

async function drawStep(
  work: UnitOfWork,
  item: Training,
  step: NotifiedStep,
  reader: Reader,
): Promise<ReminderLine | undefined> {
  const { t, viewer, person } = reader;
  const value = `${work.body.slug}/${item.ref}`;
  const open = { type: "button" as const, id: "training-show", label: t.training.buttons.open, value };
  const about = step.step as "lapse" | "evaluate" | "follow";
  const drawn = (actions: ReminderLine["actions"]): ReminderLine => ({
    item: item.id,
    kind: `training_${about}`,
    line: {
      title: titled(item, reader),
      detail: t.training.remind[about],
      action: open,
    },
    actions,
  });
  if (step.step === "lapse")
    return item.state === "lapsed" && viewer.agencyId === item.agency.id ? drawn([]) : undefined;
  const held = item.meetingId ? await heldOf(work, item.meetingId) : undefined;
  if (!held || !person) return undefined;
  const owes =
    step.step === "evaluate"
      ? await owesEvaluation(work, item, held.occurrence.id, person.id)
      : await owesFollowUp(work, item, held.occurrence.id, viewer);
  return owes ? drawn(await asksOf(work, item, held, { t, viewer, person })) : undefined;
}
