import { type Fired, type Remindable, type ReminderLine, type Step, silent } from "../escalation/fire.js";
import { coordinatorsOf, speakersOf } from "../people/store.js";
import { may, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dueMoment, showDay } from "./days.js";
import { askedNow, scheduleIndicator } from "./escalation.js";
import { INDICATOR, type Indicator, isPursued } from "./model.js";
import { measuredById } from "./store.js";
import { figureSteps } from "./views.js";

/** A figure is due: the focal points of the agency that answers hear of it, and late the coordinators. */
export const figureReminders: Remindable = {
  kind: INDICATOR,
  async fire(work, steps) {
    const fired: Fired[] = [];
    for (const step of steps) {
      const found = await measuredById(work, step.item.id);
      if (!found || !isPursued(found.objective.state)) fired.push(silent("closed"));
      else if (found.indicator.scheduleVersion !== step.scheduleVersion) fired.push(silent("moved"));
      else if (step.to === "clock") {
        await scheduleIndicator(work, found.objective, found.indicator);
        fired.push(silent("done"));
      } else {
        const notified = await whoHears(work, found.indicator, step);
        fired.push({ notified, lifeSafety: false, outcome: notified.length ? "told" : "nobody" });
      }
    }
    return fired;
  },
  async draw(work, steps, reader) {
    const lines: ReminderLine[] = [];
    for (const step of steps) {
      const found = await measuredById(work, step.itemId);
      if (!found || !may(reader.viewer, "plan.see")) continue;
      const { objective, indicator } = found;
      const asked = askedNow(work, objective, indicator);
      const about = asked === undefined ? undefined : dueMoment(work.body, asked);
      // Answered or moved on meanwhile.
      if (!asked || about?.getTime() !== step.about?.getTime()) continue;
      const { t, lang } = reader;
      const words = !reader.wordless && within(objective.label, reader.ceiling);
      const late = about !== undefined && about < work.now;
      const offered = figureSteps(work, indicator, reader);
      lines.push({
        item: indicator.id,
        kind: late ? "figure_late" : "figure",
        line: {
          title: [{ bold: indicator.ref }, words ? ` ${indicator.name}` : ` ${reader.t.labels.hidden(objective)}`],
          detail: t.plan.remind({
            agency: indicator.agency.name,
            when: showDay(work.body, asked, lang, work.now),
            late,
          }),
        },
        actions: offered.length
          ? offered
          : [
              {
                type: "button",
                id: "plan-show",
                label: t.plan.buttons.show,
                value: `${work.body.slug}/${indicator.ref}`,
              },
            ],
      });
    }
    return lines;
  },
  async named(work, id, reader) {
    const found = may(reader.viewer, "plan.see") ? await measuredById(work, id) : undefined;
    if (!found) return undefined;
    const words = !reader.wordless && within(found.objective.label, reader.ceiling);
    return words ? `${found.indicator.ref} ${found.indicator.name}` : found.indicator.ref;
  },
};

/** An agency with nobody here to answer is the coordinators' to ask. */
async function whoHears(work: UnitOfWork, { agency }: Indicator, step: Step): Promise<string[]> {
  const ids = async (people: ReturnType<typeof coordinatorsOf>) => (await people).map(({ id }) => id);
  const focal = step.to === "desk" ? [] : await ids(speakersOf(work.tx, agency.id));
  return focal.length ? focal : ids(coordinatorsOf(work.tx));
}
