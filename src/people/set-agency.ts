import { layPersonDigest } from "../digests/schedule.js";
import type { Work } from "../store/unit-of-work.js";
import { layAgain } from "../tasks/again.js";
import { type AgencySaid, changeAgency } from "./agency.js";
import type { Agency, Person } from "./model.js";
import { findPersons } from "./store.js";

const LAID_BY = ["zone", "country", "days", "hours", "closed", "open"] as const satisfies readonly (keyof AgencySaid)[];

/** Changes an agency, and lays anew what was reckoned by the week that it had: reminders of its tasks, digests of its people. */
export async function setAgency(work: Work, agency: Agency, said: AgencySaid, by?: Person): Promise<Agency> {
  const changed = await changeAgency(work, agency, said, by);
  if (changed === agency || !LAID_BY.some((key) => said[key] !== undefined)) return changed;
  await layAgain(work, agency.id);
  for (const { id } of await findPersons(work.tx, { agencyId: agency.id, activeOnly: true }))
    await layPersonDigest(work, id);
  return changed;
}
