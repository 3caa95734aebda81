import type { Reader } from "../delivery/notice.js";
import { has } from "../policy/index.js";
import { type Mine, mostOf, type Turns, type Waiting, waitingIn } from "../turns/turn.js";
import type { Work } from "../work.js";

/** Whose turn it is with somebody who is to join: the agency's, once they have shown their account. */
export function whoseTurn(enrolment: { state: "issued" | "asked" | "active" | "refused"; agencyId: string }): Turns {
  switch (enrolment.state) {
    case "issued":
      return "waits";
    case "asked":
      return [{ deed: "confirm", persons: [], agencies: [enrolment.agencyId] }];
    case "active":
    case "refused":
      return "over";
  }
}

export async function joinersWaiting(work: Work, mine: Mine, reader: Reader): Promise<Waiting[]> {
  // Whoever speaks for an agency without a focal point confirms nobody: its secretariat does.
  if (!mine.speaks || !has(reader.viewer, "focal_point")) return [];
  const rows = await work.tx
    .selectFrom("enrolments")
    .select(["id", "state", "role", "agency_id", "name", "display_name", "user_id", "platform"])
    .where("agency_id", "=", mine.agencyId)
    .where("state", "=", "asked")
    // Whose second account it is answers that themselves.
    .where("second", "=", false)
    .orderBy("asked_at")
    .limit(mostOf(mine))
    .execute();
  const { t } = reader;
  return rows.flatMap((row) =>
    waitingIn(whoseTurn({ state: row.state, agencyId: row.agency_id }), mine, reader, () => ({
      title: [{ bold: row.name ?? row.display_name ?? row.user_id ?? "" }],
      detail: [t.people.platform(row.platform ?? ""), t.roles[row.role]].join(" · "),
      action: { type: "button", id: "letin", label: t.people.confirm, value: `${work.body.slug}/${row.id}` },
    })),
  );
}
