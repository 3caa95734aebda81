import type { Label } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type OutcomeKind, owesOutcome, type Share } from "./model.js";

export type Outcome = {
  id: string;
  kind: OutcomeKind;
  final: boolean;
  direct?: boolean;
  on?: string;
  count?: number;
  narrative?: string;
  label: Label;
  agency: string;
  agencyId: string;
  at: Date;
  thanked: boolean;
};

export async function outcomesOf(work: UnitOfWork, share: Share): Promise<Outcome[]> {
  const rows = await work.tx
    .selectFrom("outcomes")
    .innerJoin("agencies", "agencies.id", "outcomes.agency_id")
    .select([
      "outcomes.id",
      "kind",
      "final",
      "direct",
      "happened_on",
      "count",
      "narrative",
      "label",
      "agencies.name as agency",
      "agency_id",
      "at",
      "thanked_at",
    ])
    .where("share_id", "=", share.id)
    .orderBy("at", "desc")
    .execute();
  const cipher = await work.cipher();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as OutcomeKind,
    final: row.final,
    direct: row.direct ?? undefined,
    on: row.happened_on ?? undefined,
    count: row.count ?? undefined,
    narrative: row.narrative === null ? undefined : cipher.open(row.narrative),
    label: row.label,
    agency: row.agency,
    agencyId: row.agency_id,
    at: row.at,
    thanked: row.thanked_at !== null,
  }));
}

export type Ledger = { agency: string; gave: number; cameBack: number; received: number; told: number; owes: number };

/** What this agency and each other gave one another, what came back, and what is owed (para 17): figures alone. */
export async function ledgerOf(work: UnitOfWork, agencyId: string): Promise<Ledger[]> {
  const rows = await work.tx
    .selectFrom("share_recipients")
    .innerJoin("shares", "shares.id", "share_recipients.share_id")
    .innerJoin("agencies as giver", "giver.id", "shares.provider_agency_id")
    .innerJoin("agencies as taker", "taker.id", "share_recipients.agency_id")
    .select([
      "giver.id as giver_id",
      "giver.name as giver",
      "taker.id as taker_id",
      "taker.name as taker",
      "share_recipients.outcome",
      "share_recipients.outcome_due",
      "share_recipients.state",
      "shares.state as share_state",
    ])
    .where("shares.released_at", "is not", null)
    // Under RED even that there is one is nobody else's.
    .where("shares.label", "!=", "RED")
    .where((eb) => eb.or([eb("giver.id", "=", agencyId), eb("taker.id", "=", agencyId)]))
    .execute();
  const ledger = new Map<string, Ledger>();
  const of = (agency: string) => {
    const line = ledger.get(agency) ?? { agency, gave: 0, cameBack: 0, received: 0, told: 0, owes: 0 };
    ledger.set(agency, line);
    return line;
  };
  for (const row of rows) {
    const answered = row.outcome !== "none";
    if (row.giver_id === agencyId) {
      const line = of(row.taker);
      line.gave++;
      if (answered) line.cameBack++;
    } else {
      const line = of(row.giver);
      line.received++;
      if (answered) line.told++;
      const due = row.outcome_due !== null && row.outcome_due <= work.now;
      if (due && owesOutcome({ state: row.share_state }, row)) line.owes++;
    }
  }
  return [...ledger.values()].sort((a, b) => a.agency.localeCompare(b.agency));
}
