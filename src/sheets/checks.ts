import { z } from "zod";
import { remindKeepers } from "../authorities/checks.js";
import { oldSince } from "../authorities/store.js";
import { defineNotification } from "../delivery/notification.js";
import { loadAgency } from "../people/store.js";
import { may } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { toCheck, uncheckedOf } from "./store.js";
import { lineOf } from "./views.js";

/** So many are named. */
const NAMED = 10;

/** Which procedure sheets that an agency keeps nobody has checked for a year. */
export const sheetChecksDue = defineNotification({
  id: "sheets.checks",
  schema: z.object({ agency: z.string() }),
  async render(work, { agency: id }, reader) {
    const { t, lang, viewer } = reader;
    if (!may(viewer, "authority.write")) return undefined;
    const since = oldBefore(work);
    const count = (await toCheck(work, since)).get(id) ?? 0;
    if (count === 0) return undefined;
    const agency = await loadAgency(work.tx, id);
    const oldest = await uncheckedOf(work, id, since, NAMED);
    const text = t.sheets.checksDue({ count, agency: agency.name });
    return {
      ...{ text, lang },
      blocks: [
        { type: "text", text },
        { type: "list", items: oldest.map((one) => lineOf(work, one, reader)) },
      ],
    };
  },
});

const oldBefore = (work: UnitOfWork) => oldSince(dayOf(work.now, work.body.zone));

/** As of the authorities of the directory: in the first days of a month, in working hours. */
export const remindOfSheets = (work: UnitOfWork): Promise<void> =>
  remindKeepers(work, {
    notification: sheetChecksDue,
    keepers: async () => [...(await toCheck(work, oldBefore(work))).keys()],
    key: "sheets",
  });
