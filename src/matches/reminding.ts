import { type Fired, type Remindable, type ReminderLine, silent } from "../escalation/fire.js";
import { showAt } from "../time/display.js";
import { forget, MATCH } from "./acts.js";
import { entrySteps } from "./turn.js";

/** An entry runs out: its owner hears before, and then its hashes go. */
export const matchEnds: Remindable = {
  kind: MATCH,
  async fire(work, steps) {
    const fired: Fired[] = [];
    for (const step of steps) {
      const entry = await work.tx
        .selectFrom("match_entries")
        .selectAll()
        .where("id", "=", step.item.id)
        .executeTakeFirst();
      if (!entry || entry.removed_at) fired.push(silent("closed"));
      else if (entry.ladder !== step.scheduleVersion) fired.push(silent("moved"));
      else if (step.step === "end") {
        await forget(work, entry.id);
        fired.push(silent("done"));
      } else fired.push({ notified: [entry.person_id], lifeSafety: false, outcome: "told" });
    }
    return fired;
  },
  async draw(work, steps, reader) {
    const lines: ReminderLine[] = [];
    for (const step of steps) {
      const entry = await work.tx
        .selectFrom("match_entries")
        .selectAll()
        .where("id", "=", step.itemId)
        .executeTakeFirst();
      if (!entry || entry.removed_at || reader.viewer.agencyId !== entry.agency_id) continue;
      if (step.about?.getTime() !== entry.expires_at.getTime()) continue;
      const { t } = reader;
      const when = showAt(work, reader, entry.expires_at);
      lines.push({
        item: entry.id,
        kind: "match",
        line: { title: t.matches.runsOut({ number: entry.number, kind: t.matches.kinds[entry.kind], when }) },
        actions: entrySteps(work, entry.number, reader),
      });
    }
    return lines;
  },
  async named(work, id, reader) {
    const entry = await work.tx
      .selectFrom("match_entries")
      .select(["number", "kind", "agency_id"])
      .where("id", "=", id)
      .executeTakeFirst();
    const { t } = reader;
    return entry && entry.agency_id === reader.viewer.agencyId
      ? t.matches.entry({ number: entry.number, kind: t.matches.kinds[entry.kind] })
      : undefined;
  },
};
