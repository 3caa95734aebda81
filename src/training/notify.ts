import { notifyAll } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { findPersons, speakersOf } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Training } from "./model.js";
import { type TrainingNotificationKind, trainingCard, trainingNotification } from "./notifications.js";

/** Who hears of what. Cards keep themselves true; a message comes only to those who must know or act. */

/** Who entered it, where they are still there, and the agency's focal points. */
export async function ownersOf(work: UnitOfWork, item: Training): Promise<Person[]> {
  const author = await findPersons(work.tx, { ids: [item.personId], activeOnly: true });
  const focal = await speakersOf(work.tx, item.agency.id);
  const persons = [...author.filter(({ roles }) => roles.length), ...focal];
  return [...new Map(persons.map((person) => [person.id, person])).values()];
}

export async function cards(work: UnitOfWork, item: Training, persons: readonly Pick<Person, "id">[]): Promise<void> {
  await notifyAll(
    work,
    [...new Set(persons.map(({ id }) => id))].map((personId) => ({
      notification: trainingCard,
      params: { training: item.id, meeting: item.meetingId },
      to: { personId },
      dedupe: `training ${item.id} ${personId}`,
    })),
  );
}

/** @param other the need or offer on the other side, where it is about two */
export async function notifyOfTraining(
  work: UnitOfWork,
  item: Training,
  kind: TrainingNotificationKind,
  persons: readonly Pick<Person, "id">[],
  o: { by?: Pick<Person, "id">; other?: Training } = {},
): Promise<void> {
  const about = [item.id, item.version, kind, o.other?.id].filter((part) => part !== undefined).join(" ");
  await notifyAll(
    work,
    [...new Set(persons.map(({ id }) => id))]
      .filter((id) => id !== o.by?.id)
      .map((personId) => ({
        notification: trainingNotification,
        params: { training: item.id, kind, by: o.by?.id, other: o.other?.id },
        to: { personId },
        onBehalfOf: o.by?.id,
        dedupe: `training news ${about} ${personId}`,
      })),
  );
}
