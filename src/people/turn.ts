import { sql } from "kysely";
import type { Reader } from "../delivery/notification.js";
import { has } from "../policy/index.js";
import type { EnrolmentState } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Mine, mostOf, type Turns, type Waiting, waitingIn } from "../turns/turn.js";
import { joinSteps } from "./notifications.js";
import { platformName } from "./platform-name.js";

/**
 * Whose turn it is with somebody who is to join: the agency's focal points', once they have shown their account; where
 * it has none (`alone`), the secretariat's.
 */
export function whoseTurn(enrolment: { state: EnrolmentState; agencyId: string; alone: boolean }): Turns {
  switch (enrolment.state) {
    case "issued":
      return "waits";
    case "asked":
      return enrolment.alone
        ? [{ deed: "confirm", persons: [], agencies: [], coordinator: true }]
        : [{ deed: "confirm", persons: [], agencies: [enrolment.agencyId] }];
    case "active":
    case "refused":
      return "over";
  }
}

export async function joinersWaiting(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> {
  const focal = has(reader.viewer, "focal_point");
  if (!focal && !mine.coordinator) return [];
  const alone = sql<boolean>`not exists (select from persons p join roles r on r.person_id = p.id
    where p.agency_id = enrolments.agency_id and p.active and r.role = 'focal_point')`;
  const rows = await work.tx
    .selectFrom("enrolments")
    .select(["id", "state", "role", "agency_id", "name", "display_name", "user_id", "platform"])
    .select(alone.as("alone"))
    .where((eb) =>
      eb.or([
        ...(focal ? [eb.and([eb("agency_id", "=", mine.agencyId), eb.not(alone)])] : []),
        ...(mine.coordinator ? [alone] : []),
      ]),
    )
    .where("state", "=", "asked")
    // Whose second account it is answers that themselves.
    .where("second", "=", false)
    .orderBy("asked_at")
    .limit(mostOf(mine))
    .execute();
  const { t } = reader;
  return rows.flatMap((row) =>
    waitingIn(whoseTurn({ state: row.state, agencyId: row.agency_id, alone: row.alone }), mine, reader, () => ({
      title: [{ bold: row.name ?? row.display_name ?? row.user_id ?? "" }],
      detail: [platformName(t, row.platform ?? ""), t.roles[row.role]].join(" · "),
      action: { type: "button", id: "letin", label: t.people.confirm, value: `${work.body.slug}/${row.id}` },
      steps: joinSteps(work, row.id, t),
    })),
  );
}
