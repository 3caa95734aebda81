import { schedulePersonDigest } from "../digests/schedule.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { rescheduleTasks } from "../tasks/again.js";
import { type AgencySaid, changeAgency } from "./agency.js";
import type { Agency, Person } from "./model.js";
import { findPersons } from "./store.js";

const SCHEDULED_BY = [
  "zone",
  "country",
  "days",
  "hours",
  "closed",
  "open",
] as const satisfies readonly (keyof AgencySaid)[];

/** Changes an agency, and reschedules what followed from the week that it had: reminders of its tasks, digests of its people. */
export async function setAgency(work: UnitOfWork, agency: Agency, said: AgencySaid, by?: Person): Promise<Agency> {
  const changed = await changeAgency(work, agency, said, by);
  if (changed === agency || !SCHEDULED_BY.some((key) => said[key] !== undefined)) return changed;
  await rescheduleTasks(work, agency.id);
  for (const { id } of await findPersons(work.tx, { agencyId: agency.id, activeOnly: true }))
    await schedulePersonDigest(work, id);
  return changed;
}
