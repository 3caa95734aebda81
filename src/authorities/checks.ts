import { z } from "zod";
import { defineNotification, type Notification } from "../delivery/notification.js";
import { notifyNew } from "../delivery/outbox.js";
import { agencyCalendar } from "../people/model.js";
import { agenciesById, findPersons, loadAgency } from "../people/store.js";
import { may } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { splitDay } from "../time/local.js";
import { workingMoment } from "../time/working-hours.js";
import { keepersToRemind, uncheckedOf } from "./store.js";
import { checkLine } from "./views.js";

/** So many are named; all of them are found by what the message says. */
const NAMED = 10;

/** Which authorities that an agency keeps nobody has checked for long. */
export const checksDue = defineNotification({
  id: "directory.checks",
  schema: z.object({ agency: z.string() }),
  async render(work, { agency: id }, reader) {
    const { t, lang, viewer } = reader;
    if (!may(viewer, "authority.write")) return undefined;
    const agency = await loadAgency(work.tx, id);
    const { oldest, count } = await uncheckedOf(work, id, dayOf(work.now, work.body.zone), NAMED);
    if (count === 0) return undefined;
    const text = t.directory.checksDue({ count, agency: agency.name });
    return {
      ...{ text, lang },
      blocks: [
        { type: "text", text },
        { type: "list", items: oldest.map((one) => checkLine(work, one, reader)) },
      ],
    };
  },
});

/** Later in a month the key of what was told at its beginning may have been tidied away. */
const FIRST_DAYS = 7;

/**
 * In the first days of a month whoever may say so hears, in working hours, which authorities their agency has to check. What was
 * entered within the last month is not asked about yet: whoever enters something is told then that it is to be checked.
 */
export const remindOfChecks = (work: UnitOfWork): Promise<void> =>
  remindKeepers(work, {
    notification: checksDue,
    keepers: () => keepersToRemind(work, dayOf(work.now, work.body.zone)),
    key: "checks",
  });

type Reminding = {
  /** Says what an agency has to check. */
  notification: Notification<{ agency: string }>;
  /** The agencies that have something to check. */
  keepers: () => Promise<readonly string[]>;
  /** Apart from what else is to be checked. */
  key: string;
};

/** Once a month, in its first days, to the people of an agency who may write in the directory. */
export async function remindKeepers(work: UnitOfWork, { notification, keepers, key }: Reminding): Promise<void> {
  const { year, month, day } = splitDay(dayOf(work.now, work.body.zone));
  if (day > FIRST_DAYS) return;
  const agencies = await agenciesById(work.tx, await keepers());
  for (const keeper of agencies.values()) {
    const dueAt = workingMoment(work.now, { calendar: agencyCalendar(keeper, year), lifeSafety: false });
    const people = await findPersons(work.tx, { agencyId: keeper.id, activeOnly: true });
    await notifyNew(
      work,
      people
        .filter((one) => may(one, "authority.write"))
        .map((one) => ({
          notification,
          params: { agency: keeper.id },
          to: { personId: one.id },
          dedupe: `${key} ${keeper.id} ${year}-${month} ${one.id}`,
          dueAt,
        })),
    );
  }
}
