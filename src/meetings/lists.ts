import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import { meetingsKnownTo, meetingsSeenBy, type Viewer } from "../policy/index.js";
import type { Schema } from "../store/schema.js";
import { saying } from "../store/search.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Meeting, Occurrence } from "./model.js";
import { currentOccurrence, meetingsOf, occurrenceOf } from "./store.js";

export const MEETING_VIEWS = ["coming", "past", "missed", "cancelled"] as const;
export type MeetingView = (typeof MEETING_VIEWS)[number];

export const PAGE = 10;

export type Listed = { meeting: Meeting; occurrence?: Occurrence };
type MeetingQuery = SelectQueryBuilder<Schema, "meetings", object>;
export type MeetingPage = { held: Listed[]; total: number };

/** What a person knows of, filtered: the same predicate gives the rows and the count. */
export async function listMeetings(
  work: UnitOfWork,
  viewer: Viewer,
  filter: { view: MeetingView; words?: string; page: number },
): Promise<MeetingPage> {
  // A title that one may not read must not be found by its words either.
  const known = filter.words ? meetingsSeenBy(viewer) : meetingsKnownTo(viewer);
  let meetings = work.tx.selectFrom("meetings").where(known);
  if (filter.words)
    // Restricted titles are sealed and are found by reference alone.
    meetings = meetings.where("label", "in", ["CLEAR", "GREEN"]).where(saying("meetings", filter.words));
  if (filter.view === "past") return occurrencesPage(work, meetings, filter.page, wasHeld);
  if (filter.view === "missed") return occurrencesPage(work, meetings, filter.page, missed);
  const inView =
    filter.view === "cancelled"
      ? meetings.where("state", "=", "cancelled")
      : meetings.where((eb) =>
          eb.or([
            eb("state", "=", "polling"),
            eb.and([
              eb("state", "=", "scheduled"),
              eb.exists(
                eb
                  .selectFrom("occurrences")
                  .select("occurrences.id")
                  .whereRef("occurrences.meeting_id", "=", "meetings.id")
                  .where((o) =>
                    o.or([
                      o("occurrences.state", "=", "running"),
                      o.and([o("occurrences.state", "=", "scheduled"), o("occurrences.ends_at", ">", work.now)]),
                    ]),
                  ),
              ),
            ]),
          ]),
        );
  const { total } = await inView.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const next = sql`(select min(o.starts_at) from occurrences o
    where o.meeting_id = meetings.id and o.state in ('scheduled', 'running') and o.ends_at > ${work.now})`;
  const rows = await inView
    .selectAll()
    .orderBy(sql`${next} asc nulls last`)
    .orderBy("number", filter.view === "cancelled" ? "desc" : "asc")
    .limit(PAGE)
    .offset((filter.page - 1) * PAGE)
    .execute();
  const held: Listed[] = [];
  for (const meeting of await meetingsOf(work, rows))
    held.push({ meeting, occurrence: await currentOccurrence(work, meeting) });
  return { held, total: Number(total) };
}

type Wanted = (work: UnitOfWork) => RawBuilder<SqlBool>;
const wasHeld: Wanted = () => sql<SqlBool>`occurrences.state = 'ended'`;
/** Nobody has said whether they were held: they stand in no other list. */
const missed: Wanted = (work) => sql<SqlBool>`(occurrences.state = 'scheduled' and occurrences.ends_at <= ${work.now}
  and occurrences.starts_at <= ${work.now})`;

/** How many there are of which this person is to say whether they were held, or knows of. */
export async function countMissed(work: UnitOfWork, viewer: Viewer): Promise<number> {
  const { count } = await work.tx
    .selectFrom("occurrences")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where(missed(work))
    .where("occurrences.meeting_id", "in", (eb) =>
      eb.selectFrom("meetings").select("meetings.id").where(meetingsKnownTo(viewer)),
    )
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** One by one, the latest first. */
async function occurrencesPage(
  work: UnitOfWork,
  meetings: MeetingQuery,
  page: number,
  wanted: Wanted,
): Promise<MeetingPage> {
  const held = work.tx
    .selectFrom("occurrences")
    .where(wanted(work))
    .where("occurrences.meeting_id", "in", meetings.select("meetings.id"));
  const { total } = await held.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const rows = await held
    .selectAll()
    .orderBy("starts_at", "desc")
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute();
  const known = new Map<string, Meeting>();
  const ids = [...new Set(rows.map((row) => row.meeting_id))];
  if (ids.length)
    for (const meeting of await meetingsOf(
      work,
      await work.tx.selectFrom("meetings").selectAll().where("id", "in", ids).execute(),
    ))
      known.set(meeting.id, meeting);
  const listed: Listed[] = [];
  for (const row of rows) {
    const meeting = known.get(row.meeting_id);
    if (meeting) listed.push({ meeting, occurrence: await occurrenceOf(work, meeting, row) });
  }
  return { held: listed, total: Number(total) };
}
