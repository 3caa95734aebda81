import { notify } from "../delivery/outbox.js";
import type { Agency } from "../people/model.js";
import { coordinatorsOf, speakersOf } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Indicator, Objective } from "./model.js";
import { planCard, planNotification } from "./notifications.js";

/** Who hears of what: the focal points of the agencies that an act concerns, but for who did it. */

/** Agencies that lead or support it from now on get its card. */
export async function added(
  work: UnitOfWork,
  objective: Objective,
  agencies: readonly Agency[],
  by: string,
): Promise<void> {
  for (const personId of await focal(work, agencies, by))
    await notify(work, {
      notification: planCard,
      params: { objective: objective.id },
      to: { personId },
      dedupe: `plan ${objective.id} ${personId}`,
    });
}

/** An agency answers for a figure from now on. */
export async function asked(work: UnitOfWork, objective: Objective, indicator: Indicator, by: string): Promise<void> {
  for (const personId of await focal(work, [indicator.agency], by))
    await notify(work, {
      notification: planNotification,
      params: { objective: objective.id, kind: "asked", of: indicator.id },
      to: { personId },
    });
}

/** Coordinators hear of what stands in the way, and whoever leads. */
export async function obstacle(
  work: UnitOfWork,
  objective: Objective,
  id: string,
  by: string,
  kind: "obstacle" | "resolved",
): Promise<void> {
  const people = new Set([
    ...(await focal(work, [objective.lead, ...objective.supporting], by)),
    ...(await coordinatorsOf(work.tx)).map((person) => person.id),
  ]);
  people.delete(by);
  for (const personId of people)
    await notify(work, {
      notification: planNotification,
      params: { objective: objective.id, kind, of: id },
      to: { personId },
    });
}

/** Of many at once each agency hears once. */
export async function imported(work: UnitOfWork, objectives: readonly Objective[], by: string): Promise<void> {
  const agencies = objectives.flatMap(({ lead, supporting, indicators }) => [
    lead,
    ...supporting,
    ...indicators.map(({ agency }) => agency),
  ]);
  for (const personId of await focal(work, agencies, by))
    await notify(work, { notification: planNotification, params: { kind: "imported" }, to: { personId } });
}

async function focal(work: UnitOfWork, agencies: readonly Agency[], but: string): Promise<string[]> {
  const people: string[] = [];
  for (const id of new Set(agencies.map((agency) => agency.id)))
    people.push(...(await speakersOf(work.tx, id)).map((person) => person.id));
  return [...new Set(people)].filter((id) => id !== but);
}
