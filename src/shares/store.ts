import { type Selectable, sql } from "kysely";
import { chosen, defineKind, held } from "../items/kind.js";
import { groupBy } from "../lib/group.js";
import { firstZone } from "../people/clean.js";
import type { Agency, Person } from "../people/model.js";
import { agenciesById, isAway, personsById } from "../people/store.js";
import {
  isAbsent,
  rolesThere,
  type ShareSubject,
  SPEAKING,
  type Speaking,
  sharesKnownTo,
  sharesRecalledBy,
  sightOfShare,
} from "../policy/index.js";
import type { ShareRecipientRow, ShareRow } from "../store/share-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Recipient, Share } from "./model.js";

/** Everything but what was written. */
export const COLUMNS = [
  "id",
  "number",
  "codename",
  "kind",
  "label",
  "codes",
  "source_grade",
  "content_grade",
  "attribution",
  "valid_until",
  "valid_zone",
  "outcome_days",
  "state",
  "provider_id",
  "provider_agency_id",
  "reviewer_id",
  "conditions",
  "created_at",
  "released_at",
  "ended_at",
  "version",
] as const satisfies readonly (keyof ShareRow)[];
type Columns = Pick<Selectable<ShareRow>, (typeof COLUMNS)[number]>;

/** To be recalled unread one may also be found by who may not know of it otherwise. */
export const SHARES = defineKind<Share>({
  ...{ kind: "share", letter: "I", show: "share-show", unknown: (t) => t.errors.noShare },
  async load(work, { viewer, act, hold, ...which }) {
    const known = viewer && sharesKnownTo(viewer, work.now);
    const recalled = viewer && act === "recall" ? sharesRecalledBy(viewer, work.now) : undefined;
    const query = work.tx.selectFrom("shares").select(COLUMNS).where(chosen(which)).orderBy("number");
    const seen = known ? query.where((eb) => (recalled ? eb.or([known(eb), recalled(eb)]) : known(eb))) : query;
    return sharesOf(work, await held(seen, hold).execute());
  },
  sees: (viewer, { subject }) => sightOfShare(viewer, subject) !== "none",
});

export async function sharesOf(work: UnitOfWork, rows: readonly Columns[]): Promise<Share[]> {
  if (rows.length === 0) return [];
  const shareIds = rows.map((row) => row.id);
  const held = await work.tx
    .selectFrom("share_recipients")
    .selectAll()
    .where("share_id", "in", shareIds)
    .orderBy("added_at")
    .orderBy("id")
    .execute();
  const written = new Set(
    (
      await work.tx
        .selectFrom("shares")
        .select("id")
        .where("id", "in", shareIds)
        .where("content", "is not", null)
        .execute()
    ).map(({ id }) => id),
  );
  const grants = await grantsOf(
    work,
    held.flatMap(({ grant_id }) => (grant_id ? [grant_id] : [])),
  );
  // A place that a grant gave holds as long as the grant: then it is as good as suspended.
  for (const row of held) if (row.grant_id && !grants.has(row.grant_id)) row.suspended = true;
  const ids = new Set<string>();
  for (const row of rows) for (const id of [row.provider_id, row.reviewer_id]) if (id) ids.add(id);
  for (const row of held) if (row.person_id) ids.add(row.person_id);
  const persons = await personsById(work.tx, ids);
  const agencies = await agenciesById(work.tx, [
    ...rows.map((row) => row.provider_agency_id),
    ...held.map((row) => row.agency_id),
  ]);
  const byShare = groupBy(held, (row) => row.share_id);
  const unattended = await unattendedIn(work, rows);
  return rows.flatMap((row) => {
    const share = shareOf(work, row, byShare.get(row.id) ?? [], written.has(row.id), agencies, persons);
    const absence = unattended.get(row.id);
    return share ? [absence ? { ...share, subject: { ...share.subject, unattended: absence } } : share] : [];
  });
}

/** Of RED shares that are out, those whose provider is not there, and who of their agency is. */
async function unattendedIn(
  work: UnitOfWork,
  rows: readonly Columns[],
): Promise<Map<string, NonNullable<ShareSubject["unattended"]>>> {
  const red = rows.filter(({ label, state }) => label === "RED" && state === "released").map(({ id }) => id);
  if (red.length === 0) return new Map();
  const found = await work.tx
    .selectFrom("shares")
    .select("shares.id")
    .select(sql<Speaking[]>`array(${rolesThere("shares.provider_agency_id", work.now)})`.as("there"))
    .where("shares.id", "in", red)
    .where(isAbsent("shares.provider_id", "shares.provider_agency_id", work.now))
    .execute();
  return new Map(found.map(({ id, there }) => [id, { voice: SPEAKING.find((role) => there.includes(role)) }]));
}

function shareOf(
  work: UnitOfWork,
  row: Columns,
  held: readonly Selectable<ShareRecipientRow>[],
  written: boolean,
  agencies: Map<string, Agency>,
  persons: Map<string, Person>,
): Share | undefined {
  const provider = persons.get(row.provider_id);
  const providerAgency = agencies.get(row.provider_agency_id);
  // What an agency gave goes with it when it leaves the body.
  if (!provider || !providerAgency) return undefined;
  const recipients = held.flatMap((one): Recipient[] => {
    const agency = agencies.get(one.agency_id);
    // An agency that left the body holds nothing in it any more.
    if (!agency) return [];
    return [
      {
        id: one.id,
        agency,
        person: one.person_id ? persons.get(one.person_id) : undefined,
        state: one.state,
        suspended: one.suspended,
        outcome: one.outcome,
        outcomeDue: one.outcome_due ?? undefined,
        receivedAt: one.received_at ?? undefined,
        scheduleVersion: one.ladder,
      },
    ];
  });
  return {
    id: row.id,
    number: row.number,
    ref: `I-${row.number}`,
    codename: row.codename,
    kind: row.kind,
    label: row.label,
    codes: row.codes,
    sourceGrade: row.source_grade ?? undefined,
    contentGrade: row.content_grade ?? undefined,
    attribution: row.attribution,
    validUntil:
      row.valid_until && row.valid_zone
        ? { at: row.valid_until, zone: firstZone(row.valid_zone, work.body.zone) }
        : undefined,
    outcomeDays: row.outcome_days,
    state: row.state,
    provider,
    providerAgency,
    reviewer: row.reviewer_id ? persons.get(row.reviewer_id) : undefined,
    conditions: row.conditions,
    written,
    createdAt: row.created_at,
    releasedAt: row.released_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    version: row.version,
    recipients,
    subject: {
      state: row.state,
      label: row.label,
      codes: row.codes,
      providerId: row.provider_id,
      providerAgencyId: row.provider_agency_id,
      reviewerId: row.reviewer_id,
      lapsed: row.valid_until !== null && row.valid_until <= work.now,
      discarded: row.state === "closed" && row.released_at === null,
      recipients: held
        .filter((one) => agencies.has(one.agency_id))
        .map((one) => ({
          agencyId: one.agency_id,
          personId: one.person_id,
          declined: one.state === "declined",
          suspended: one.suspended,
        })),
    },
  };
}

/** Of these grants, those that hold now. */
async function grantsOf(work: UnitOfWork, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await work.tx
    .selectFrom("use_requests")
    .select("id")
    .where("id", "in", ids)
    .where("state", "=", "granted")
    .where("expires_at", ">", work.now)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Whether one of these persons is away at this moment. */
export async function awayAmong(work: UnitOfWork, recipients: readonly Recipient[]): Promise<boolean> {
  for (const { person } of recipients) if (person && (await isAway(work.tx, person.id, work.now))) return true;
  return false;
}
