import { z } from "zod";
import { defineNotification, readerOf } from "../delivery/notification.js";
import { type Notifying, notify, notifyAll } from "../delivery/outbox.js";
import type { Remindable } from "../escalation/fire.js";
import { agencyCalendar, personCalendar } from "../people/model.js";
import { agenciesOf, awayNow, coordinatorsOf, loadActing } from "../people/store.js";
import { BODY, onWorkingDay, PERSON, scheduleDigests } from "./schedule.js";
import { agencyDigest, bodyDigest, personDigest } from "./views.js";

const one = z.object({ person: z.string(), day: z.number() });

/** Drawn when it is sent, so that it says what is true then, and nothing when there is nothing to say. */
export const morningDigest = defineNotification({
  id: "digest.person",
  schema: one,
  async render(work, { person: id }, reader) {
    // It is its person's alone: undelivered, it does not go to the focal point instead.
    if (reader.person && reader.person.id !== id) return undefined;
    // With what they stand in for: it waits for them too.
    const person = await loadActing(work.tx, id, work.now);
    return person && personDigest(work, person, reader.person ? reader : readerOf(person), "steps");
  },
});

export const weeklyDigest = defineNotification({
  id: "digest.body",
  schema: z.object({ day: z.number() }),
  render: (work, _params, reader) => bodyDigest(work, reader),
});

/** In the channel of an agency; drawn for the least cleared of its readers. */
export const weeklyAgency = defineNotification({
  id: "digest.agency",
  schema: z.object({ agency: z.string(), day: z.number() }),
  render: (work, { agency }, reader) => agencyDigest(work, agency, reader),
});

export const personDigests: Remindable = {
  kind: PERSON,
  async fire(work, steps) {
    const absent = await awayNow(work.tx, work.now);
    const tellings: Notifying<z.infer<typeof one>>[] = steps
      .filter((step) => !absent.has(step.item.id))
      .map((step) => ({
        notification: morningDigest,
        params: { person: step.item.id, day: step.scheduleVersion },
        to: { personId: step.item.id },
        dedupe: `digest ${step.item.id} ${step.scheduleVersion}`,
        priority: 12,
      }));
    await notifyAll(work, tellings);
    // Those in this batch have none to come once they are marked; the next tick schedules them, and so does this at once.
    await work.tx
      .updateTable("reminder_steps")
      .set({ fired_at: work.now })
      .where(
        "id",
        "in",
        steps.map((step) => step.id),
      )
      .execute();
    await scheduleDigests(work);
    return steps.map(() => ({ notified: [], lifeSafety: false, outcome: "done" as const }));
  },
};

/** To the coordinators and the channels of its own agencies; each other agency's channel gets the agency's own week. */
export const bodyDigests: Remindable = {
  kind: BODY,
  async fire(work, steps) {
    for (const step of steps) {
      const readers = await coordinatorsOf(work.tx);
      await notifyAll(
        work,
        readers.map((person) => ({
          notification: weeklyDigest,
          params: { day: step.scheduleVersion },
          to: { personId: person.id },
          dedupe: `digest body ${person.id} ${step.scheduleVersion}`,
          priority: 12,
          // Nobody reads it on a day off of their own.
          dueAt: onWorkingDay(personCalendar(person, work.now.getUTCFullYear()), work.now),
        })),
      );
      const desks = new Set(readers.map((person) => person.agencyId));
      const weekly = new Set(
        (await work.tx.selectFrom("members").select("agency_id").where("weekly", "=", true).execute()).map(
          ({ agency_id }) => agency_id,
        ),
      );
      for (const agency of await agenciesOf(work.tx)) {
        const { channel, id } = agency;
        if (!channel) continue;
        const dueAt = onWorkingDay(agencyCalendar(agency, work.now.getUTCFullYear()), work.now);
        const to = { to: { conversation: channel }, priority: 12, dueAt };
        if (desks.has(id))
          await notify(work, {
            ...to,
            notification: weeklyDigest,
            params: { day: step.scheduleVersion },
            dedupe: `digest body ${id} ${step.scheduleVersion}`,
          });
        else if (weekly.has(id))
          await notify(work, {
            ...to,
            notification: weeklyAgency,
            params: { agency: id, day: step.scheduleVersion },
            dedupe: `digest agency ${id} ${step.scheduleVersion}`,
          });
      }
    }
    await work.tx
      .updateTable("reminder_steps")
      .set({ fired_at: work.now })
      .where(
        "id",
        "in",
        steps.map((step) => step.id),
      )
      .execute();
    await scheduleDigests(work);
    return steps.map(() => ({ notified: [], lifeSafety: false, outcome: "done" as const }));
  },
};
