import { TZDate, tz } from "@date-fns/tz";
import { addDays, set, subDays } from "date-fns";
import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { notify } from "../delivery/outbox.js";
import { focalPoints } from "../people/store.js";
import { attempt } from "../store/database.js";
import { letGoBut } from "../store/held-back.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { hiddenLikeness } from "./similar.js";
import { TASKS } from "./store.js";

/** Says which agency works on something close, and nothing of what it is (para 29). */
export const likenessHint = defineNotification({
  id: "task.likeness",
  schema: z.object({ task: z.string(), other: z.string() }),
  async render(work, { task, other }, { t, lang }) {
    const [mine, theirs] = [await TASKS.byId(work, task), await TASKS.byId(work, other)];
    if (!mine || !theirs || !["asked", "agreed"].includes(mine.state) || !["asked", "agreed"].includes(theirs.state))
      return undefined;
    const text = t.tasks.hints({ agency: theirs.requesterAgency.name, ref: mine.ref });
    return { text, lang, blocks: [{ type: "text", text }] };
  },
});

/** One batch each morning; a pair is told once. */
export async function notifyLikeness(work: UnitOfWork): Promise<void> {
  const here = new TZDate(work.now.getTime(), work.body.zone);
  const today = set(here, { hours: 8, minutes: 0, seconds: 0, milliseconds: 0 }, { in: tz(work.body.zone) });
  const morning = new Date((today > here ? today : addDays(today, 1)).getTime());
  const failed: string[] = [];
  for (const { taskId, otherId } of await hiddenLikeness(work, subDays(work.now, 2)))
    try {
      await attempt(work.tx, () => notifyOfPair(work, taskId, otherId, morning));
    } catch (error) {
      failed.push(taskId);
      await work.holdBack("likeness", taskId, error);
    }
  await letGoBut(work.tx, "likeness", failed);
}

async function notifyOfPair(work: UnitOfWork, taskId: string, otherId: string, dueAt: Date): Promise<void> {
  const task = await TASKS.byId(work, taskId);
  if (!task) return;
  for (const focal of await focalPoints(work.tx, task.requesterAgency.id))
    await notify(work, {
      notification: likenessHint,
      params: { task: taskId, other: otherId },
      to: { personId: focal.id },
      dedupe: `likeness ${taskId} ${otherId} ${focal.id}`,
      dueAt,
    });
}
