import type { Reader } from "../delivery/notification.js";
import type { Agency } from "../people/model.js";
import { findPersons } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Deed } from "../turns/deeds.js";
import { linesWaiting } from "../turns/inbox.js";
import { NOBODY } from "../turns/mine.js";
import type { Mine } from "../turns/turn.js";

/** What waits for an agency, in figures, whichever of its people it is with; RED and drafts are nobody else's to count. */
export type Load = {
  open: number;
  late: number;
  unanswered: number;
  shares: number;
  outcomes: number;
  figures: number;
};

/** So many of a kind are counted. */
const MOST = 1_000;

const UNANSWERED: readonly Deed[] = ["hand", "accept", "support"];

/** Drawn from whose turn it is, as the agency's focal point sees it; a fixed number of statements. */
export async function loadOf(work: UnitOfWork, agency: Pick<Agency, "id">, reader: Reader): Promise<Load> {
  const people = await findPersons(work.tx, { agencyId: agency.id, activeOnly: true });
  const away = new Map(people.filter(({ roles }) => roles.length).map(({ id, name }) => [id, name]));
  const mine: Mine = { id: NOBODY, agencyId: agency.id, away, speaks: true, coordinator: false, most: MOST };
  const viewer = { id: NOBODY, agencyId: agency.id, roles: ["focal_point", "staff"] as const };
  const waiting = await linesWaiting(work, mine, { ...reader, viewer, person: undefined });
  const count = (...deeds: Deed[]) => waiting.filter(({ deed }) => deeds.includes(deed)).length;
  return {
    open: waiting.length,
    late: waiting.filter(({ by }) => by && by < work.now).length,
    unanswered: count(...UNANSWERED),
    shares: count("open"),
    outcomes: count("outcome"),
    figures: count("figure"),
  };
}
