import { addMinutes, subDays } from "date-fns";
import { refresh } from "../delivery/outbox.js";
import { meetingsKnownTo, type Viewer } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** Hours that another meeting of the body has. Of a restricted one only who knows of it is told, not even so much. */

/** `ref` where this reader knows of the meeting. `open`: the whole body may know that the hour is taken (TLP:GREEN). */
export type Taken = { ref?: string; open: boolean };

/** No meeting lasts longer: what begins before cannot reach into an hour. */
const LONGEST_DAYS = 7;

/**
 * @param viewer absent: what anybody of the body may know
 * @param but the meeting that the hours are for
 * @returns for each beginning the meeting that has its hour, in their order
 */
export async function takenBy(
  work: UnitOfWork,
  starts: readonly Date[],
  minutes: number,
  o: { viewer?: Viewer; but?: string } = {},
): Promise<(Taken | undefined)[]> {
  if (starts.length === 0) return [];
  const spans = starts.map((from) => ({ from, to: addMinutes(from, minutes) }));
  const rows = await work.tx
    .selectFrom("occurrences")
    .innerJoin("meetings", "meetings.id", "occurrences.meeting_id")
    .select(["meetings.id", "meetings.number", "meetings.label", "occurrences.starts_at", "occurrences.ends_at"])
    .where("occurrences.state", "in", ["scheduled", "running"])
    .where("meetings.state", "=", "scheduled")
    .where((eb) =>
      eb.or(
        spans.map(({ from, to }) =>
          eb.and([
            eb("occurrences.starts_at", "<", to),
            eb("occurrences.starts_at", ">", subDays(from, LONGEST_DAYS)),
            eb("occurrences.ends_at", ">", from),
          ]),
        ),
      ),
    )
    .$if(o.but !== undefined, (q) => q.where("meetings.id", "!=", o.but ?? ""))
    .orderBy("occurrences.starts_at")
    .execute();
  const known = await knownOf(
    work,
    o.viewer,
    rows.map(({ id }) => id),
  );
  const told = rows.flatMap((row) => {
    const open = row.label === "CLEAR" || row.label === "GREEN";
    return open || known.has(row.id) ? [{ ...row, open }] : [];
  });
  return spans.map(({ from, to }) => {
    const found = told.find(({ starts_at, ends_at }) => starts_at < to && ends_at > from);
    return found && { open: found.open, ref: known.has(found.id) ? `M-${found.number}` : undefined };
  });
}

async function knownOf(work: UnitOfWork, viewer: Viewer | undefined, ids: readonly string[]): Promise<Set<string>> {
  if (!viewer || ids.length === 0) return new Set();
  const rows = await work.tx
    .selectFrom("meetings")
    .select("id")
    .where("id", "in", [...new Set(ids)])
    .where(meetingsKnownTo(viewer))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** An hour is taken or free again: polls that offer hours say so. */
export async function refreshPolls(work: UnitOfWork): Promise<void> {
  const polls = await work.tx
    .selectFrom("meetings")
    .select("id")
    .where("state", "=", "polling")
    .orderBy("number", "desc")
    .limit(MOST_POLLS)
    .execute();
  for (const { id } of polls) await refresh(work, { kind: "meeting", id });
}

/** More are seldom open at once; older ones say it when they are drawn next. */
const MOST_POLLS = 20;
