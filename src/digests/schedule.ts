import { addSteps, type NewStep } from "../escalation/store.js";
import { firstZone, soundWeek } from "../people/clean.js";
import { type Body, bodyCalendar } from "../people/model.js";
import { attempt } from "../store/database.js";
import { letGo } from "../store/held-back.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { nextWorking, type WorkCalendar } from "../time/calendar.js";
import { holidaysOf, withOwn } from "../time/holidays.js";
import { dayOf, plusDays } from "../time/index.js";
import { isoWeekday, resolve, splitDay } from "../time/local.js";
import { readWeekdays } from "../time/week-words.js";

/**
 * Digests are steps of the one engine: a person's each working morning, the body's once a week. Each that fires schedules
 * the next; the day is the schedule's number, so that no day comes twice.
 */
export const PERSON = "digest";
export const BODY = "digest_body";

/** `7:30` → `07:30` */
export function parseHour(text: string): string | undefined {
  const match = /^([01]?\d|2[0-3])[:h]([0-5]\d)$/.exec(text.trim());
  return match ? `${match[1]?.padStart(2, "0")}:${match[2]}` : undefined;
}

/** `1,2,3`, `Mon-Fri` → ISO weekdays, in order. */
export const parseDays = (text: string): number[] | undefined => readWeekdays(text)?.sort();

/** So far it is looked for a day that is none off. */
const FURTHEST_DAYS = 31;

/** The next time that a local clock shows `at` on one of `days` that is not off, strictly after now. */
export function nextTime(
  at: string,
  days: readonly number[],
  zone: string,
  now: Date,
  isOff: (day: string) => boolean = () => false,
): { at: Date; day: string } | undefined {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  const today = dayOf(now, zone);
  for (let n = 0; n <= FURTHEST_DAYS; n++) {
    const day = plusDays(today, n);
    if (!days.includes(isoWeekday(day)) || isOff(day)) continue;
    const found = resolve({ ...splitDay(day), hour, minute, second: 0 }, zone);
    // In a gap of the clock the digest comes when the clock goes on.
    const moment = found.kind === "gap" ? found.after : found.at;
    if (moment > now) return { at: moment, day };
  }
  return undefined;
}

/** The body's day of the week; where it is a day off, the next that is none. */
function nextWeekly({ day, at }: { day: number; at: string }, body: Body, now: Date) {
  const calendar = bodyCalendar(body, now.getUTCFullYear());
  const falls = (on: string): boolean => {
    if (isoWeekday(on) === day) return true;
    for (let n = 1; n <= FURTHEST_DAYS; n++) {
      const before = plusDays(on, -n);
      if (!isOff(calendar, before)) return false;
      if (isoWeekday(before) === day) return true;
    }
    return false;
  };
  return nextTime(at, EVERY_DAY, body.zone, now, (on) => isOff(calendar, on) || !falls(on));
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const isOff = ({ days, holidays }: WorkCalendar, day: string): boolean =>
  !days.includes(isoWeekday(day)) || (typeof holidays === "function" ? holidays(day) : holidays.has(day));

/** Now where this is a day of work by that calendar, else when work begins again. */
export function onWorkingDay(calendar: WorkCalendar, now: Date): Date {
  return isOff(calendar, dayOf(now, calendar.zone)) ? (nextWorking(calendar, now) ?? now) : now;
}

type Sleeper = {
  id: string;
  zone: string;
  agency_zone: string;
  digest_at: string;
  digest_days: number[];
  work_days: number[];
  country: string | null;
  holidays_added: string[];
  holidays_removed: string[];
};

/** Lays the next digest of everybody who has none to come. Cheap when there is nothing to do. */
export async function scheduleDigests(work: UnitOfWork): Promise<void> {
  const people = await sleepers(work)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("reminder_steps")
            .select("reminder_steps.id")
            .where("item_kind", "=", PERSON)
            .whereRef("item_id", "=", "persons.id")
            .where("fired_at", "is", null),
        ),
      ),
    )
    .execute();
  await scheduleFor(work, people);
  const waits = await work.tx
    .selectFrom("reminder_steps")
    .select("id")
    .where("item_kind", "=", BODY)
    .where("fired_at", "is", null)
    .executeTakeFirst();
  if (waits) return;
  try {
    await attempt(work.tx, () => scheduleBodyDigest(work));
    await letGo(work.tx, "digest", [work.body.id]);
  } catch (error) {
    await work.holdBack("digest", work.body.id, error);
  }
}

/** After a change of hour, days or zone: what was to come is put aside. */
export async function schedulePersonDigest(work: UnitOfWork, personId: string): Promise<void> {
  await putAside(work, PERSON, personId);
  await scheduleFor(work, await sleepers(work).where("persons.id", "=", personId).execute());
}

export async function scheduleBodyDigest(work: UnitOfWork): Promise<void> {
  await putAside(work, BODY, work.body.id);
  const rule = bodyDigestRule(work.body);
  const next = rule && nextWeekly(rule, work.body, work.now);
  if (next)
    await addSteps(work, [
      {
        item: { kind: BODY, id: work.body.id },
        scheduleVersion: scheduleOf(next.day),
        step: { step: "weekly", to: "desk", at: next.at },
      },
    ]);
}

export const bodyDigestRule = (body: Body): { day: number; at: string } | undefined =>
  body.rules.digest === "off" ? undefined : (body.rules.digest ?? { day: body.week.days[0] ?? 1, at: "09:00" });

const sleepers = (work: UnitOfWork) =>
  work.tx
    .selectFrom("persons")
    .innerJoin("agencies", "agencies.id", "persons.agency_id")
    .select(["persons.id", "persons.zone", "agencies.zone as agency_zone", "digest_at", "digest_days", "work_days"])
    .select(["agencies.country", "holidays_added", "holidays_removed"])
    .where("persons.active", "=", true)
    .where("digest_at", "!=", "off")
    .where((eb) =>
      eb.exists(eb.selectFrom("roles").select("roles.person_id").whereRef("roles.person_id", "=", "persons.id")),
    );

/** All at once; where one of them cannot be scheduled, each alone, and that one is held back. */
async function scheduleFor(work: UnitOfWork, people: readonly Sleeper[]): Promise<void> {
  if (people.length === 0) return;
  try {
    await attempt(work.tx, () =>
      addSteps(
        work,
        people.flatMap((person) => stepsOf(work, person)),
      ),
    );
    await letGo(
      work.tx,
      "digest",
      people.map(({ id }) => id),
    );
  } catch (error) {
    const [only, ...others] = people;
    if (only && others.length === 0) return work.holdBack("digest", only.id, error);
    for (const person of people) await scheduleFor(work, [person]);
  }
}

function stepsOf(work: UnitOfWork, person: Sleeper): NewStep[] {
  const days = person.digest_days.length ? person.digest_days : person.work_days;
  const zone = firstZone(person.zone, person.agency_zone, work.body.zone);
  const off = holidaysAround(work.now, person);
  const next = nextTime(parseHour(person.digest_at) ?? "08:00", days, zone, work.now, (day) => off.has(day));
  if (!next) return [];
  return [
    {
      item: { kind: PERSON, id: person.id },
      scheduleVersion: scheduleOf(next.day),
      step: { step: "daily", to: "own", at: next.at },
    },
  ];
}

/** Nobody reads a digest on their agency's holiday. */
function holidaysAround(now: Date, { country, holidays_added, holidays_removed }: Sleeper): Set<string> {
  const year = now.getUTCFullYear();
  const {
    added,
    removed,
    country: known,
  } = soundWeek({
    ...{ country, days: [1], from: "09:00", to: "17:00" },
    ...{ added: holidays_added, removed: holidays_removed },
  });
  return withOwn(known ? holidaysOf(known, undefined, [year, year + 1]) : new Set(), added, removed);
}

/** A step put aside leaves its day free, since the same day may be scheduled again at another hour. */
async function putAside(work: UnitOfWork, kind: string, id: string): Promise<void> {
  await work.tx
    .deleteFrom("reminder_steps")
    .where("item_kind", "=", kind)
    .where("item_id", "=", id)
    .where("fired_at", "is", null)
    .execute();
}

/** `2026-11-24` → 20261124 */
const scheduleOf = (day: string): number => Number(day.replaceAll("-", ""));
