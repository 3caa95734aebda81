import { type ExpressionBuilder, sql } from "kysely";
import { requestsKnownTo, type Viewer } from "../policy/index.js";
import type { RequestState } from "../store/request-tables.js";
import type { Schema } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { CoopRequest } from "./model.js";
import { requestsOf } from "./store.js";

/** `turn`: whose turn it is, what is late first. */
export const VIEWS = ["turn", "asked", "received", "late", "closed", "all"] as const;
export type View = (typeof VIEWS)[number];
export const PAGE = 10;

const UNDER_WAY: RequestState[] = ["sent", "received", "agreed"];
const OPEN: RequestState[] = ["draft", "ready", "approved", ...UNDER_WAY, "answered", "refused"];
const OVER: RequestState[] = ["closed", "withdrawn"];

/** What is late comes first, then what is due first; what was closed last comes first among what is over. */
export async function listRequests(
  work: UnitOfWork,
  viewer: Viewer,
  { view, page }: { view: View; page: number },
): Promise<{ requests: CoopRequest[]; total: number }> {
  const hits = await work.tx
    .selectFrom("requests")
    .where(requestsKnownTo(viewer))
    .where(inView(work, viewer, view))
    .select(["id", sql<number>`count(*) over ()`.as("total")])
    .orderBy(view === "closed" ? sql`closed_at desc` : sql`due_at nulls last`)
    .orderBy("number")
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute();
  const [first] = hits;
  if (!first) return { requests: [], total: 0 };
  const rows = await work.tx
    .selectFrom("requests")
    .selectAll()
    .where(
      "id",
      "in",
      hits.map(({ id }) => id),
    )
    .execute();
  const found = new Map((await requestsOf(work, rows)).map((one) => [one.id, one]));
  return { requests: hits.flatMap(({ id }) => found.get(id) ?? []), total: Number(first.total) };
}

function inView({ now }: UnitOfWork, viewer: Viewer, view: View) {
  return (eb: ExpressionBuilder<Schema, "requests">) => {
    const asks = eb("from_agency_id", "=", viewer.agencyId);
    const asked = eb("to_agency_id", "=", viewer.agencyId);
    const among = (states: RequestState[]) => eb("state", "in", states);
    switch (view) {
      case "turn":
        return eb.or([
          eb.and([asked, among(UNDER_WAY), eb.not(waitsForAsker(eb))]),
          eb.and([
            asks,
            eb.or([among(["draft", "ready", "approved", "answered", "refused"]), waitsForAsker(eb), OFF_COORD(eb)]),
          ]),
        ]);
      case "asked":
        return eb.and([asks, among(OPEN)]);
      case "received":
        return eb.and([asked, among(OPEN)]);
      case "late":
        return eb.and([among(UNDER_WAY), eb("due_at", "<", now)]);
      case "closed":
        return among(OVER);
      case "all":
        return among(OPEN);
    }
  };
}

const waitsForAsker = (eb: ExpressionBuilder<Schema, "requests">) =>
  eb.and([
    eb("state", "in", ["received", "agreed"]),
    sql<boolean>`requests.flags && array['info_wanted', 'conditions_offered']`,
  ]);

/** What happens there is recorded by who asked. */
const OFF_COORD = (eb: ExpressionBuilder<Schema, "requests">) =>
  eb.and([eb("to_agency_id", "is", null), eb("state", "in", UNDER_WAY)]);
