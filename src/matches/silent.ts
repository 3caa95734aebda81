import { addDays, addHours, subDays } from "date-fns";
import { sql } from "kysely";
import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { notifyAll } from "../delivery/outbox.js";
import { refuse } from "../lib/refusal.js";
import { type Person, personCalendar } from "../people/model.js";
import { listeners, officerOf } from "../people/officer.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import { dayOf, formatCalendarDay, plusDays } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";
import { nextWorkingMorning } from "../time/next-morning.js";

/**
 * A silent entry asks every other agency whether it has the same, and none of them hears of it. So that nobody tries
 * numbers out, an agency asks seldom, and the officers for data protection hear how often: of those who ask and of
 * those who are asked. They hear counts, never what was asked nor whether it met anything.
 */

export const SILENT_HOURLY = 10;
export const SILENT_DAILY = 30;

/** @throws Refusal where the agency would ask silently more often than it may; lists count row by row */
export async function withinSilent(work: UnitOfWork, person: Person, more: number): Promise<void> {
  if (more === 0) return;
  // Those removed since were asked all the same.
  const asked = await work.tx
    .selectFrom("match_entries")
    .select("created_at")
    .where("agency_id", "=", person.agencyId)
    .where("silent", "=", true)
    .where("created_at", ">", subDays(work.now, 1))
    .orderBy("created_at", "desc")
    .limit(SILENT_DAILY)
    .execute();
  const instants = asked.map((row) => row.created_at);
  const recent = instants.filter((at) => at > addHours(work.now, -1)).length;
  const left = Math.min(SILENT_HOURLY - recent, SILENT_DAILY - instants.length);
  if (more <= left) return;
  const [hourly, daily] = [instants[SILENT_HOURLY - 1], instants[SILENT_DAILY - 1]];
  const free = [...(hourly ? [addHours(hourly, 1)] : []), ...(daily ? [addDays(daily, 1)] : []), work.now];
  const next = new Date(Math.max(...free.map((at) => at.getTime())));
  const until = left > 0 ? undefined : showAt(work, person, next);
  refuse((t) => t.errors.matchSilent({ hour: SILENT_HOURLY, day: SILENT_DAILY, more, left, until }), "match.silent");
}

/** Once a day and agency, on the morning after: those who asked silently, and those who have anything to be asked about. */
export async function notifyAsked(work: UnitOfWork, askingId: string): Promise<void> {
  const owners = await work.tx
    .selectFrom("match_entries")
    .select("agency_id")
    .distinct()
    .where("removed_at", "is", null)
    .where("expires_at", ">", work.now)
    .execute();
  const day = dayOf(work.now, work.body.zone);
  const { to } = boundsOf(day, work.body.zone);
  const heard = await listeners(work.tx, [...new Set([askingId, ...owners.map((row) => row.agency_id)])]);
  await notifyAll(
    work,
    [...heard].flatMap(([agency, people]) =>
      people.map((person) => ({
        notification: silentAsked,
        params: { agency, day },
        to: { personId: person.id },
        dueAt: nextWorkingMorning(personCalendar(person, to.getUTCFullYear()), to),
        dedupe: `match asked ${agency} ${day} ${person.id}`,
      })),
    ),
  );
}

export const silentAsked = defineNotification({
  id: "match.asked",
  schema: z.object({ agency: z.string(), day: z.string() }),
  async render(work, { agency: agencyId, day }, reader) {
    const hears = (await listeners(work.tx, [agencyId])).get(agencyId) ?? [];
    if (!hears.some(({ id }) => id === reader.viewer.id)) return undefined;
    const counts = await askedOn(work, agencyId, day);
    if (counts.own === 0 && counts.others === 0) return undefined;
    const agency = await work.tx.selectFrom("agencies").select("name").where("id", "=", agencyId).executeTakeFirst();
    const { t, lang } = reader;
    const text = t.matches.asked({
      ...counts,
      agency: agency?.name ?? "",
      day: formatCalendarDay(day, lang),
      officer: (await officerOf(work.tx, agencyId)) !== undefined,
    });
    return { text, lang, blocks: [{ type: "text", text }] };
  },
});

/** How often was asked silently that day: by this agency, and by others while it had entries to be asked about. */
async function askedOn(
  work: UnitOfWork,
  agencyId: string,
  day: string,
): Promise<{ own: number; askers: number; others: number; elsewhere: number; entries: number }> {
  const { from, to } = boundsOf(day, work.body.zone);
  const own = sql<boolean>`agency_id = ${agencyId}`;
  const asked = await work.tx
    .selectFrom("match_entries")
    .select([
      sql<number>`count(*) filter (where ${own})`.as("own"),
      sql<number>`count(distinct person_id) filter (where ${own})`.as("askers"),
      sql<number>`count(*) filter (where not ${own})`.as("others"),
      sql<number>`count(distinct agency_id) filter (where not ${own})`.as("elsewhere"),
    ])
    .where("silent", "=", true)
    .where("created_at", ">=", from)
    .where("created_at", "<", to)
    .executeTakeFirstOrThrow();
  const { entries } = await work.tx
    .selectFrom("match_entries")
    .select((eb) => eb.fn.countAll<number>().as("entries"))
    .where("agency_id", "=", agencyId)
    .where("created_at", "<", to)
    .where("expires_at", ">", from)
    .where((eb) => eb.or([eb("removed_at", "is", null), eb("removed_at", ">", from)]))
    .executeTakeFirstOrThrow();
  const compared = Number(entries) > 0;
  return {
    own: Number(asked.own),
    askers: Number(asked.askers),
    others: compared ? Number(asked.others) : 0,
    elsewhere: compared ? Number(asked.elsewhere) : 0,
    entries: Number(entries),
  };
}

const boundsOf = (day: string, zone: string): { from: Date; to: Date } => ({
  from: startOf(day, zone),
  to: startOf(plusDays(day, 1), zone),
});

const startOf = (day: string, zone: string): Date => resolve({ ...splitDay(day), hour: 0, minute: 0 }, zone).at;
