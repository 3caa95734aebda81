import { sql } from "kysely";
import type { Reader } from "../delivery/notification.js";
import { may, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { plusDays } from "../time/index.js";
import { type Mine, type Turns, type Waiting, waitingIn } from "../turns/turn.js";
import { dueMoment, showDay, todayIn } from "./days.js";
import { askedNow } from "./escalation.js";
import { type Indicator, isPursued, type Objective } from "./model.js";
import { ASKED_DAYS } from "./rules.js";
import { objectivesOf } from "./store.js";
import { figureSteps } from "./views.js";

/** Whose turn it is with an indicator: the agency's that answers for it, from a week before its figure is due. */
export function whoseTurn(work: UnitOfWork, objective: Objective, indicator: Indicator): Turns {
  const asked = askedNow(work, objective, indicator);
  if (asked === undefined) return isPursued(objective.state) ? "waits" : "over";
  if (asked > plusDays(todayIn(work.body, work.now), ASKED_DAYS)) return "waits";
  return [{ deed: "figure", by: dueMoment(work.body, asked), persons: [], agencies: [indicator.agency.id] }];
}

export async function figuresWaiting(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> {
  if (!mine.speaks || !may(reader.viewer, "plan.see")) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct i.objective_id as id from indicator_versions v join indicators i on i.id = v.indicator_id
    where v.agency_id = ${mine.agencyId}::uuid and not v.dropped
      and not exists (select from indicator_versions w where w.indicator_id = v.indicator_id and w.n > v.n)`.execute(
    work.tx,
  );
  const { t, lang } = reader;
  const objectives = await objectivesOf(work, { ids: rows.map(({ id }) => id) });
  return objectives.flatMap((objective) =>
    objective.indicators.flatMap((indicator) =>
      waitingIn(whoseTurn(work, objective, indicator), mine, reader, () => {
        const asked = askedNow(work, objective, indicator);
        const words = !reader.wordless && within(objective.label, reader.ceiling);
        return {
          title: [{ bold: indicator.ref }, words ? ` ${indicator.name}` : ` ${reader.t.labels.hidden(objective)}`],
          detail: asked && showDay(work.body, asked, lang, work.now),
          action: {
            type: "button",
            id: "plan-show",
            label: t.plan.buttons.show,
            value: `${work.body.slug}/${objective.ref}`,
          },
          steps: figureSteps(work, indicator, reader),
        };
      }),
    ),
  );
}
