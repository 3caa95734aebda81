import { addMinutes, subHours } from "date-fns";
import { type RawBuilder, sql } from "kysely";
import { record } from "../audit/record.js";
import { PLATFORMS } from "../chat/index.js";
import { holdItem } from "../delivery/changes.js";
import { haveCard } from "../delivery/instead.js";
import { notifyAll, refresh } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { findPersons } from "../people/store.js";
import { attempt } from "../store/database.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { bump } from "./acts/calling.js";
import { seat, voicesOf } from "./invited.js";
import { itemOf, type Meeting, type Occurrence } from "./model.js";
import { meetingCard, meetingParted } from "./notifications.js";
import * as notifying from "./notify.js";
import { packAt } from "./rules.js";
import { MEANT_HOURS, MEETINGS, meetingsOf, occurrencesOf } from "./store.js";

/**
 * Meetings follow their agencies. What changes who speaks for an agency leaves a row (`to_follow`, written by the tables
 * themselves, whichever way it came); the reconciler takes them one by one, each meeting in a transaction of its own, after
 * both the newcomer and the invitation are committed. So neither waits for the other, and none is missed.
 */

/** One that could not be brought in line is tried again after so long; the others go on. */
const AGAIN_MINUTES = 5;
const AGENCIES_AT_ONCE = 200;

/** @returns whether there may be more */
export async function followNext(work: UnitOfWork): Promise<boolean> {
  const agencies = await take(work, "agency_id", AGENCIES_AT_ONCE);
  if (agencies.length) {
    await spread(work, [...new Set(agencies)]);
    return true;
  }
  const [id] = await take(work, "meeting_id", 1);
  if (!id) return false;
  await work.tx.deleteFrom("to_follow").where("meeting_id", "=", id).where("at", "<=", work.now).execute();
  try {
    await attempt(work.tx, () => followMeeting(work, id));
  } catch (error) {
    await work.holdBack("meeting", id, error);
    await work.tx
      .insertInto("to_follow")
      .values({ meeting_id: id, at: addMinutes(work.now, AGAIN_MINUTES) })
      .execute();
  }
  return true;
}

/**
 * Takes the oldest rows that no other process has. They are chosen and deleted by two statements: in one, PostgreSQL may
 * run the choice anew for each row that it looks at, and then more is deleted than `limit` says.
 */
async function take(work: UnitOfWork, of: "agency_id" | "meeting_id", most: number): Promise<string[]> {
  const rows = await work.tx
    .selectFrom("to_follow")
    .select(["id", of])
    .where(of, "is not", null)
    .where("at", "<=", work.now)
    .orderBy("id")
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  await work.tx.deleteFrom("to_follow").where("id", "in", ids).execute();
  return rows.flatMap((row) => row[of] ?? []);
}

/** The meetings to come in which these agencies, or their people, are asked. */
async function spread(work: UnitOfWork, agencyIds: readonly string[]): Promise<void> {
  const ids = sql.join(agencyIds.map((id) => sql`${id}::uuid`));
  await sql`
    insert into to_follow (meeting_id)
    select m.id from meetings m where m.id in (${toCome(work)})
      and (m.asks_all
        or exists (select from meeting_agencies a where a.meeting_id = m.id and a.agency_id in (${ids}))
        or exists (select from invitees i where i.meeting_id = m.id and i.agency_id in (${ids})))`.execute(work.tx);
}

/** Found by what is to come, so that it takes no longer the more was held. */
const toCome = (work: UnitOfWork): RawBuilder<unknown> => sql`
  select o.meeting_id from occurrences o where o.state = 'running'
  union select o.meeting_id from occurrences o
    where o.state = 'scheduled' and o.starts_at > ${subHours(work.now, MEANT_HOURS)}
  union select p.id from meetings p where p.state = 'polling'`;

async function followMeeting(work: UnitOfWork, id: string): Promise<void> {
  const before = await MEETINGS.lock(work, id);
  if (!before || before.state === "cancelled") return;
  const { changed, fresh, back, gone, absent } = await seat(work, id);
  const left = await findPersons(work.tx, { ids: [...gone, ...absent] });
  await notifyParted(work, before, left, new Set(absent));
  const meeting = changed ? await bump(work, before, {}) : before;
  if (changed)
    await record(work, {
      action: "meeting.followed",
      item: itemOf(meeting),
      detail: { joined: fresh.length, left: gone.length, label: meeting.label },
    });
  // The copies of somebody who has left the body are emptied.
  if (changed || absent.length) await refresh(work, itemOf(meeting));
  const seated = await findPersons(work.tx, { ids: fresh });
  const again = seated.filter(({ id }) => back.includes(id));
  await notifying.invitedAgain(work, meeting, again);
  const speaking = await speakingFor(work, meeting);
  // What could not be brought to another may have come to them instead.
  const first = await withoutCard(work, meeting, [...seated.filter((one) => !again.includes(one)), ...speaking]);
  await notifying.invitedLater(work, meeting, first);
  const newcomers = [...seated, ...first.filter((one) => speaking.includes(one))];
  if (newcomers.length)
    for (const occurrence of await packsOut(work, meeting))
      await notifying.pack(work, meeting, occurrence, newcomers, []);
}

/** Those who speak for an agency that is asked itself. */
const speakingFor = (work: UnitOfWork, meeting: Meeting): Promise<Person[]> =>
  voicesOf(
    work,
    meeting.invitees.filter(({ person }) => !person),
  );

async function withoutCard(work: UnitOfWork, meeting: Meeting, persons: readonly Person[]): Promise<Person[]> {
  if (persons.length === 0) return [];
  await holdItem(work, meeting.id);
  const have = await haveCard(
    work,
    meetingCard,
    { meeting: meeting.id },
    persons.map(({ id }) => id),
  );
  return persons.filter(({ id }) => !have.has(id));
}

/** Occurrences to come of which the pack has gone out. */
async function packsOut(work: UnitOfWork, meeting: Meeting): Promise<Occurrence[]> {
  if (meeting.state !== "scheduled") return [];
  return (await occurrencesOf(work, meeting)).filter(
    (one) =>
      one.state === "running" ||
      (one.state === "scheduled" && one.endsAt > work.now && packAt(work.body, one) <= work.now),
  );
}

const mailboxes = () => [...PLATFORMS.values()].flatMap(({ id, mailbox }) => (mailbox ? [id] : []));

/** Out of their calendars, where it came by mail. */
async function notifyParted(
  work: UnitOfWork,
  meeting: Meeting,
  persons: readonly Person[],
  absent: ReadonlySet<string>,
): Promise<void> {
  if (meeting.state !== "scheduled" || persons.length === 0) return;
  const reached = await work.tx
    .selectFrom("accounts")
    .select("person_id as id")
    .distinct()
    .where("platform", "in", mailboxes())
    .where(
      "person_id",
      "in",
      persons.map(({ id }) => id),
    )
    .execute();
  await notifyAll(
    work,
    reached.map(({ id }) => ({
      notification: meetingParted,
      params: { meeting: meeting.id },
      to: { personId: id },
      // Who was asked by name is looked at whenever others come and go.
      dedupe: ["parted", meeting.id, id, ...(absent.has(id) ? [] : [meeting.version])].join(" "),
    })),
  );
}

/** Whoever stands in for somebody has the cards, and the packs that are out, of what is to come while they do. */
export async function standInAt(
  work: UnitOfWork,
  { person, deputy, from, until }: { person: Person; deputy: Person; from: Date; until: Date },
): Promise<void> {
  const rows = await work.tx
    .selectFrom("meetings")
    .selectAll()
    .where("label", "!=", "RED")
    .where("state", "!=", "cancelled")
    .where(sql<boolean>`meetings.id in (${toCome(work)})`)
    .where((eb) =>
      eb.or([
        ...(["organizer_id", "chair_id", "secretary_id"] as const).map((column) => eb(column, "=", person.id)),
        eb.exists(
          eb
            .selectFrom("invitees")
            .select("invitees.id")
            .whereRef("invitees.meeting_id", "=", "meetings.id")
            .where("invitees.person_id", "=", person.id)
            .where("invitees.left_at", "is", null),
        ),
      ]),
    )
    .orderBy("number")
    .execute();
  for (const meeting of await meetingsOf(work, rows)) {
    const coming = meeting.state === "scheduled" ? await occurrencesOf(work, meeting) : [];
    const meanwhile = coming.filter((one) => isOpenAt(one, from, until));
    if (meeting.state === "scheduled" && meanwhile.length === 0) continue;
    await notifying.toDeputy(work, meeting, deputy, from);
    for (const occurrence of meanwhile)
      if (packAt(work.body, occurrence) <= from) await notifying.packToDeputy(work, occurrence, deputy, from);
  }
}

const isOpenAt = ({ state, startsAt, endsAt }: Occurrence, from: Date, until: Date): boolean =>
  state === "running" || (state === "scheduled" && endsAt > from && startsAt < until);
