import { addDays } from "date-fns";
import { sql } from "kysely";
import type { Button } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import { idsOf, isGone } from "../turns/mine.js";
import { type Mine, mostOf, type Turns, type Waiting, waitingIn } from "../turns/turn.js";

/** So long before an entry runs out whoever registered it decides whether it stays. */
const RENEW_DAYS = 3;

/** Whose turn it is with an entry: nobody's until it is about to run out. A hit is told to both at once. */
export function whoseTurn(
  entry: { removed: boolean; expiresAt: Date; agencyId: string; personId?: string },
  now: Date,
): Turns {
  if (entry.removed || entry.expiresAt <= now) return "over";
  if (entry.expiresAt > addDays(now, RENEW_DAYS)) return "waits";
  const who = entry.personId
    ? { persons: [entry.personId], agencies: [] }
    : { persons: [], agencies: [entry.agencyId] };
  return [{ deed: "renew", by: entry.expiresAt, ...who }];
}

/** An entry that is about to run out stays or goes. */
export const entrySteps = (work: UnitOfWork, number: number, { t }: Reader): Button[] => {
  const value = `${work.body.slug}/${number}`;
  return [
    { type: "button", id: "match-renew", label: t.matches.renew, value, style: "primary" },
    { type: "button", id: "match-remove", label: t.matches.remove, value },
  ];
};

export async function matchesWaiting(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> {
  if (!mine.id) return [];
  const gone = isGone("match_entries.person_id", mine.agencyId);
  const rows = await work.tx
    .selectFrom("match_entries")
    .select(["number", "kind", "expires_at", "agency_id", "person_id"])
    .select(gone.as("gone"))
    .where("agency_id", "=", mine.agencyId)
    .where("removed_at", "is", null)
    .where("expires_at", ">", work.now)
    .where("expires_at", "<=", addDays(work.now, RENEW_DAYS))
    .where((eb) => eb.or([sql<boolean>`match_entries.person_id in (${idsOf(mine)})`, ...(mine.speaks ? [gone] : [])]))
    .orderBy("expires_at")
    .limit(mostOf(mine))
    .execute();
  const { t } = reader;
  return rows.flatMap(({ number, kind, expires_at, agency_id, person_id, gone: left }) => {
    const entry = {
      removed: false,
      expiresAt: expires_at,
      agencyId: agency_id,
      personId: left ? undefined : person_id,
    };
    return waitingIn(whoseTurn(entry, work.now), mine, reader, () => ({
      title: t.matches.runsOut({
        number,
        kind: t.matches.kinds[kind],
        when: showAt(work, reader, expires_at),
      }),
      action: { type: "button", id: "match-renew", label: t.matches.renew, value: `${work.body.slug}/${number}` },
      steps: entrySteps(work, number, reader),
    }));
  });
}
