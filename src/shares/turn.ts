import { addDays } from "date-fns";
import { type RawBuilder, sql } from "kysely";
import type { Reader } from "../delivery/notification.js";
import { groupBy } from "../lib/group.js";
import { sharesAnsweredBy, sightOfShare } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import { idsOf, isGone, ownId } from "../turns/mine.js";
import {
  isHere,
  type Mine,
  mostOf,
  ofSomebody,
  type Turn,
  type Turns,
  type Waiting,
  waitingIn,
  withPerson,
} from "../turns/turn.js";
import { GIVEN_STATES, nameOf, type Recipient, type Share } from "./model.js";
import { COLUMNS, sharesOf } from "./store.js";
import { lineOf, quickSteps, useSteps } from "./views.js";

/** What came of a share is asked so many days before it is due: until then nobody owes it. */
const OUTCOME_DAYS = 7;

/** By agency, who of it opened the share: what came of it is asked of them. */
export type OpenedBy = ReadonlyMap<string, readonly string[]>;

/** Whose turn it is with a share. */
export function whoseTurn(share: Share, opened: OpenedBy, now: Date): Turns {
  const own = share.label === "RED" ? { own: true as const } : {};
  switch (share.state) {
    case "draft":
      // Nobody but its author knows of it.
      if (!isHere(share.provider, share.providerAgency.id)) return "over";
      return [{ deed: "finish", persons: [share.provider.id], agencies: [], own: true }];
    case "review": {
      const who = share.reviewer
        ? { persons: [share.reviewer.id], agencies: [] }
        : { persons: [], agencies: [share.providerAgency.id] };
      return [{ deed: "review", ...who, ...own }];
    }
    case "released": {
      if (share.subject.lapsed) return "over";
      const turns = share.recipients.flatMap((one) => receiving(share, one, opened, now));
      return ofSomebody(turns.map((turn) => ({ ...turn, ...own })));
    }
    case "recalled":
    case "expired": {
      const turns = share.recipients.flatMap((one) => telling(one, opened, now));
      return turns.length ? ofSomebody(turns.map((turn) => ({ ...turn, ...own }))) : "over";
    }
    case "closed":
      return "over";
  }
}

function receiving({ validUntil }: Share, recipient: Recipient, opened: OpenedBy, now: Date): Turn[] {
  const { state, suspended, agency, person } = recipient;
  if (suspended) return [];
  if (state === "delivered") return [{ deed: "open", by: validUntil?.at, ...withPerson(person, agency) }];
  return telling(recipient, opened, now);
}

/** What came of it is owed by who opened it, whatever became of the share since. */
function telling({ state, outcome, outcomeDue, agency, person }: Recipient, opened: OpenedBy, now: Date): Turn[] {
  if (state !== "in_use" || outcome === "final") return [];
  if (!outcomeDue || outcomeDue > addDays(now, OUTCOME_DAYS)) return [];
  const readers = person ? [] : (opened.get(agency.id) ?? []);
  const who = readers.length ? { persons: readers, agencies: [] } : withPerson(person, agency);
  return [{ deed: "outcome", by: outcomeDue, ...who }];
}

/** The same question asked of the tables: each way by an index of its own. */
function turnIds(mine: Mine, now: Date): RawBuilder<string> {
  const ids = idsOf(mine);
  const ours = sql`${mine.agencyId}::uuid`;
  const owing = sql`(r.state = 'delivered'
    or r.state = 'in_use' and r.outcome <> 'final' and r.outcome_due <= ${addDays(now, OUTCOME_DAYS)})`;
  const ways = [
    sql`select id from shares where provider_id = ${ownId(mine)} and state = 'draft'`,
    sql`select id from shares where reviewer_id in (${ids}) and state = 'review'`,
    sql`select r.share_id from share_recipients r where r.person_id in (${ids}) and ${owing}`,
    sql`select r.share_id from share_recipients r join share_openings o
        on o.share_id = r.share_id and o.agency_id = r.agency_id
      where r.person_id is null and o.person_id in (${ids}) and r.agency_id = ${ours} and ${owing}`,
  ];
  if (mine.speaks)
    ways.push(
      sql`select id from shares where provider_agency_id = ${ours} and state = 'review' and reviewer_id is null`,
      sql`select r.share_id from share_recipients r where r.agency_id = ${ours} and ${owing}
        and ${isGone("r.person_id", mine.agencyId)}`,
    );
  return sql`(${sql.join(ways, sql` union `)})`;
}

export async function sharesWaiting(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> {
  // Nobody opens information for another agency.
  if (!mine.id) return [];
  const rows = await work.tx
    .selectFrom("shares")
    .select(COLUMNS)
    .where("state", "in", ["draft", "review", ...GIVEN_STATES])
    .where("shares.id", "in", turnIds(mine, work.now))
    .orderBy("at")
    .limit(mostOf(mine))
    .execute();
  const shares = await sharesOf(work, rows);
  const opened = await openedBy(
    work,
    shares.map(({ id }) => id),
    mine.agencyId,
  );
  return shares
    .filter((share) => sightOfShare(reader.viewer, share.subject) !== "none")
    .flatMap((share) =>
      waitingIn(whoseTurn(share, opened.get(share.id) ?? new Map(), work.now), mine, reader, ({ deed, by }) => {
        const line = lineOf(work, share, reader);
        const due = deed === "outcome" && by && showAt(work, reader, by);
        const steps = quickSteps(work, share, deed, reader);
        return { ...line, steps, ...(due ? { detail: [due, share.providerAgency.name].join(" · ") } : {}) };
      }),
    );
}

/** Who of an agency, still there, opened these shares. */
async function openedBy(
  work: UnitOfWork,
  shareIds: readonly string[],
  agencyId: string,
): Promise<Map<string, OpenedBy>> {
  if (shareIds.length === 0) return new Map();
  const rows = await work.tx
    .selectFrom("share_openings as o")
    .select(["o.share_id", "o.person_id"])
    .distinct()
    .where("o.share_id", "in", [...shareIds])
    .where("o.agency_id", "=", agencyId)
    .where((eb) => eb.not(isGone("o.person_id", agencyId)))
    .execute();
  return new Map(
    [...groupBy(rows, (row) => row.share_id)].map(([id, own]) => [
      id,
      new Map([[agencyId, own.map((row) => row.person_id)]]),
    ]),
  );
}

/** Whose turn it is with a request for use: silence never grants, and only the provider decides. */
export function whoseTurnOfUse(
  use: { state: string; neededBy?: Date },
  share: { label: Share["label"]; providerId: string; providerAgencyId: string; left?: boolean },
): Turns {
  if (use.state !== "submitted") return "over";
  if (share.label === "RED" && share.left) return "waits";
  return share.label === "RED"
    ? [{ deed: "use", by: use.neededBy, persons: [share.providerId], agencies: [], own: true }]
    : [{ deed: "use", by: use.neededBy, persons: [], agencies: [share.providerAgencyId] }];
}

/** Of a share whose use is asked for: who decides on it hangs on its label and its provider alone. */
const NO_RECIPIENTS = {
  ...{ state: "released" as const, codes: [], reviewerId: null, recipients: [] },
  ...{ lapsed: false, discarded: false },
};

export async function usesWaiting(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> {
  if (!mine.id) return [];
  const rows = await work.tx
    .selectFrom("use_requests as u")
    .innerJoin("shares", "shares.id", "u.share_id")
    .innerJoin("agencies as a", "a.id", "u.agency_id")
    .select([
      ...(["u.number", "u.state", "u.needed_by", "a.name as agency"] as const),
      ...(["shares.number as share", "shares.codename", "shares.label", "shares.provider_id"] as const),
      "shares.provider_agency_id",
    ])
    .where("u.state", "=", "submitted")
    .where("shares.provider_agency_id", "=", mine.agencyId)
    // The predicate speaks of `shares`, which is joined here.
    .where((eb) => sharesAnsweredBy(reader.viewer, work.now)(eb as never) as never)
    .orderBy("u.created_at")
    .limit(mostOf(mine))
    .execute();
  const { t } = reader;
  return rows.flatMap((row) => {
    const ref = `U-${row.number}`;
    const share = { label: row.label, providerId: row.provider_id, providerAgencyId: row.provider_agency_id };
    const turns = whoseTurnOfUse({ state: row.state, neededBy: row.needed_by ?? undefined }, share);
    return waitingIn(turns, mine, reader, ({ by }) => ({
      title: [{ bold: ref }, ` ${nameOf({ ref: `I-${row.share}`, codename: row.codename })}`],
      detail: [by && showAt(work, reader, by), row.agency].filter(Boolean).join(" · "),
      action: { type: "button", id: "use-show", label: t.information.buttons.show, value: `${work.body.slug}/${ref}` },
      steps: useSteps(work, { subject: { ...NO_RECIPIENTS, ...share } }, { ref, state: row.state }, reader),
    }));
  });
}
