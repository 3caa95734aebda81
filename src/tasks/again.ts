import type { UnitOfWork } from "../store/unit-of-work.js";
import { scheduleTask } from "./acts.js";
import { tasksOf } from "./store.js";

/** After an agency's week changed: the reminders of its open tasks fall into the new one. What somebody snoozed waits on. */
export async function rescheduleTasks(work: UnitOfWork, agencyId: string): Promise<void> {
  const rows = await work.tx
    .selectFrom("tasks")
    .selectAll()
    .where("state", "in", ["asked", "agreed", "done"])
    .where((eb) => eb.or([eb("lead_agency_id", "=", agencyId), eb("requester_agency_id", "=", agencyId)]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("reminder_steps")
            .select("reminder_steps.id")
            .where("item_kind", "=", "task")
            .whereRef("item_id", "=", "tasks.id")
            .where("step", "like", "snooze-%")
            .where("fired_at", "is", null),
        ),
      ),
    )
    .execute();
  if (rows.length === 0) return;
  await work.tx
    .updateTable("tasks")
    .set((eb) => ({ ladder: eb("ladder", "+", 1) }))
    .where(
      "id",
      "in",
      rows.map(({ id }) => id),
    )
    .execute();
  for (const task of await tasksOf(work, rows))
    await scheduleTask(work, { ...task, scheduleVersion: task.scheduleVersion + 1 });
}
