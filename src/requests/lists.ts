import { type ExpressionBuilder, expressionBuilder, type RawBuilder, type Selectable, sql } from "kysely";
import { has, requestsKnownTo, type Viewer } from "../policy/index.js";
import { pageOfOrdered } from "../store/ordered.js";
import type { RequestRow, RequestState } from "../store/request-tables.js";
import type { Schema } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type CoopRequest, UNDER_WAY } from "./model.js";
import { requestsOf } from "./store.js";

/** `turn`: whose turn it is, what is late first. */
export const VIEWS = ["turn", "asked", "received", "late", "closed", "all"] as const;
export type View = (typeof VIEWS)[number];
export const PAGE = 10;

const OPEN: readonly RequestState[] = ["draft", "ready", "approved", ...UNDER_WAY, "answered", "refused"];
const OVER: readonly RequestState[] = ["closed", "withdrawn"];

/** What is late comes first, then what is due first; what was closed last comes first among what is over. */
export async function listRequests(
  work: UnitOfWork,
  viewer: Viewer,
  { view, page }: { view: View; page: number },
): Promise<{ requests: CoopRequest[]; total: number }> {
  const eb = expressionBuilder<Schema, "requests">();
  const known = requestsKnownTo(viewer)(eb);
  const { rows, total } = await pageOfOrdered<Selectable<RequestRow>>(work.tx, {
    ...{ table: "requests", page, size: PAGE, within: WITHIN },
    bands: bandsOf(view, work.now),
    descending: view === "closed",
    ways: waysTo(viewer, view),
    where: view === "turn" ? sql`${known} and ${itIsTheirTurn(viewer, work.now)(eb)}` : sql`${known}`,
  });
  return { requests: await requestsOf(work, rows), total };
}

const WITHIN = sql`requests.state = band.state and requests.listed_at >= band.since and requests.listed_at <= band.until`;

const STATES: Record<View, readonly RequestState[]> = {
  ...{ turn: OPEN, asked: OPEN, received: OPEN, late: UNDER_WAY, closed: OVER, all: OPEN },
};

function bandsOf(view: View, now: Date): RawBuilder<unknown> {
  const until = view === "late" ? sql`${now}::timestamptz - interval '1 microsecond'` : sql`'infinity'::timestamptz`;
  const rows = STATES[view].map((state) => sql`(${state}, 0, '-infinity'::timestamptz, ${until})`);
  return sql`(values ${sql.join(rows)}) as band(state, rank, since, until)`;
}

/** Each way to what somebody may know of, by an index of its own. */
function waysTo(viewer: Viewer, view: View): RawBuilder<unknown>[] {
  const asks = sql`requests.from_agency_id = ${viewer.agencyId}::uuid`;
  const asked = sql`requests.to_agency_id = ${viewer.agencyId}::uuid`;
  if (view === "asked") return [asks];
  if (view === "received") return [asked];
  if (view === "turn") return [asks, asked];
  if (has(viewer, "coordinator") && !viewer.onBehalf) return [sql`true`];
  // What somebody of the secretariat entered for another agency.
  const entered = sql`requests.entered and requests.drafter_id = ${viewer.id}::uuid`;
  return viewer.id === "" ? [asks, asked] : [asks, asked, entered];
}

function itIsTheirTurn(viewer: Viewer, now: Date) {
  return (eb: ExpressionBuilder<Schema, "requests">) => {
    const asks = eb("from_agency_id", "=", viewer.agencyId);
    const asked = eb("to_agency_id", "=", viewer.agencyId);
    const among = (states: readonly RequestState[]) => eb("state", "in", [...states]);
    return eb.or([
      // Each side answers anew on safety.
      eb.and([asks, among(UNDER_WAY), sql<boolean>`requests.flags && array['stopped']`]),
      eb.and([asked, among(UNDER_WAY), eb.not(waitsForAsker(eb))]),
      eb.and([
        asks,
        eb.or([
          among(["draft", "ready", "approved", "refused"]),
          toConclude(eb, now),
          waitsForAsker(eb),
          OFF_COORD(eb),
        ]),
      ]),
    ]);
  };
}

/** Answered, and nothing goes on that the answer began. */
const toConclude = (eb: ExpressionBuilder<Schema, "requests">, now: Date) =>
  eb.and([eb("state", "=", "answered"), eb.or([eb("goes_on_until", "is", null), eb("goes_on_until", "<=", now)])]);

const waitsForAsker = (eb: ExpressionBuilder<Schema, "requests">) =>
  eb.and([
    eb("state", "in", ["received", "agreed"]),
    sql<boolean>`requests.flags && array['info_wanted', 'conditions_offered']`,
  ]);

/** What happens there is recorded by who asked. */
const OFF_COORD = (eb: ExpressionBuilder<Schema, "requests">) =>
  eb.and([eb("to_agency_id", "is", null), eb("state", "in", [...UNDER_WAY])]);
