import type { ExpressionBuilder, Selectable } from "kysely";
import { chosen, defineKind, held } from "../items/kind.js";
import type { Agency, Person } from "../people/model.js";
import { agenciesById, personsById } from "../people/store.js";
import { decidesFor, sharesAnsweredBy, type Viewer, waysToShares } from "../policy/index.js";
import type { Schema } from "../store/schema.js";
import type { HandlingCode, UseRecipient, UseRequestRow, UseRequestState } from "../store/share-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/**
 * Asking the provider for a use that its codes do not allow by themselves: H0 for another purpose, H1 in judicial
 * proceedings, H2 to pass it on, H3 an exception from the provider's own condition. Silence never grants, only the providing agency decides, and a grant is for its recipients, purpose and time.
 */
export type UseRequest = {
  id: string;
  /** `U-3` */
  ref: string;
  number: number;
  shareId: string;
  code: HandlingCode;
  agency: Agency;
  person: Person;
  recipients: readonly UseRecipient[];
  /** It is asked for this request for cooperation alone, which is not named to the provider. */
  cooperation?: Cooperation & { ref: string };
  state: UseRequestState;
  neededBy?: Date;
  expiresAt?: Date;
  conditions: number;
  scheduleVersion: number;
  version: number;
};

/** A request for cooperation, by its id, and the authority that it goes to. */
export type Cooperation = { requestId: string; authorityId?: string };

export type UseWords = { purpose: string; legalBasis?: string; answer?: string };

/** A request is seen by the agency that asks and by whoever answers for the provider. */
export const USES = defineKind<UseRequest>({
  ...{ kind: "use_request", letter: "U", show: "use-show", unknown: (t) => t.errors.noShare },
  async load(work, { viewer, hold, ...which }) {
    const query = work.tx.selectFrom("use_requests").selectAll().where(chosen(which)).orderBy("number");
    const rows = await held(viewer ? query.where(usesKnownTo(viewer, work.now)) : query, hold).execute();
    return (await Promise.all(rows.map((row) => useOf(work, row)))).filter((one) => one !== undefined);
  },
});

const usesKnownTo = (viewer: Viewer, now: Date) => (eb: ExpressionBuilder<Schema, "use_requests">) => {
  const about = (which: ReturnType<typeof sharesAnsweredBy>) =>
    eb("share_id", "in", eb.selectFrom("shares").select("shares.id").where(which));
  // What is for a request says what that is about: to who asked, and who decides for them.
  const own = viewer.id
    ? eb.or([eb("request_id", "is", null), eb("person_id", "=", viewer.id)])
    : eb("request_id", "is", null);
  const asks = eb.and([
    eb("agency_id", "=", viewer.agencyId),
    about(waysToShares(viewer, now).receivedKnown),
    ...(decidesFor(viewer) ? [] : [own]),
  ]);
  return eb.or([asks, about(sharesAnsweredBy(viewer, now))]);
};

async function useOf(work: UnitOfWork, row: Selectable<UseRequestRow>): Promise<UseRequest | undefined> {
  const person = (await personsById(work.tx, [row.person_id])).get(row.person_id);
  const agency = (await agenciesById(work.tx, [row.agency_id])).get(row.agency_id);
  // Who asked has left the body with their agency.
  if (!person || !agency) return undefined;
  const request = row.request_id
    ? await work.tx.selectFrom("requests").select("number").where("id", "=", row.request_id).executeTakeFirst()
    : undefined;
  return {
    id: row.id,
    ref: `U-${row.number}`,
    number: row.number,
    shareId: row.share_id,
    code: row.code,
    agency,
    person,
    recipients: row.recipients,
    cooperation:
      row.request_id && request
        ? { requestId: row.request_id, authorityId: row.authority_id ?? undefined, ref: `R-${request.number}` }
        : undefined,
    state: row.state,
    neededBy: row.needed_by ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    conditions: row.conditions,
    scheduleVersion: row.ladder,
    version: row.version,
  };
}

/** What an agency asked for one request for cooperation, as that is addressed, and the provider allows now, or has not answered. */
export async function usesFor(
  work: UnitOfWork,
  state: "granted" | "submitted",
  { shareId, agencyId, to, requestId, authorityId }: Cooperation & { shareId: string; agencyId: string; to?: string },
): Promise<UseRequest[]> {
  const rows = await work.tx
    .selectFrom("use_requests")
    .selectAll()
    .where("share_id", "=", shareId)
    .where("agency_id", "=", agencyId)
    .where("request_id", "=", requestId)
    .where("authority_id", "is not distinct from", authorityId ?? null)
    .where("state", "=", state)
    .$if(state === "granted", (q) => q.where("expires_at", ">", work.now))
    .orderBy("expires_at", "desc")
    .orderBy("number")
    .execute();
  const addressed = rows.filter(({ recipients }) =>
    to === undefined ? recipients.length === 0 : recipients.some((one) => one.agencyId === to),
  );
  return (await Promise.all(addressed.map((row) => useOf(work, row)))).filter((one) => one !== undefined);
}

/** What was written into a request: for a dialog alone. */
export async function useWords(work: UnitOfWork, request: UseRequest): Promise<UseWords> {
  const row = await work.tx
    .selectFrom("use_requests")
    .select(["purpose", "legal_basis", "answer"])
    .where("id", "=", request.id)
    .executeTakeFirstOrThrow();
  const cipher = await work.cipher();
  const open = (sealed: string | null) => (sealed === null ? undefined : cipher.open(sealed));
  return { purpose: cipher.open(row.purpose), legalBasis: open(row.legal_basis), answer: open(row.answer) };
}
