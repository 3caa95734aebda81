import type { Reader } from "../delivery/notification.js";
import { agencyCalendar } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import type { Meeting } from "./model.js";
import { holidayClashes } from "./slots.js";
import { occurrencesOf } from "./store.js";

/** More would be a calendar, not a warning. */
const MOST = 3;

/** Occurrences that fall on a public holiday of an agency invited, each with a moment that is free for all. */
export async function clashesOf(
  work: UnitOfWork,
  meeting: Meeting,
  reader: Pick<Reader, "t" | "zone" | "lang">,
): Promise<string[]> {
  const agencies = [...new Map(meeting.invitees.map(({ agency }) => [agency.id, agency])).values()];
  const coming = (await occurrencesOf(work, meeting)).filter(
    ({ state, startsAt }) => state === "scheduled" && startsAt > work.now,
  );
  const year = work.now.getUTCFullYear();
  const members = agencies.map((agency) => ({ agencyId: agency.id, calendar: agencyCalendar(agency, year) }));
  const clashes = holidayClashes(
    coming.map(({ local, startsAt }) => ({ local, at: startsAt })),
    members,
    meeting.zone,
  );
  const show = (at: Date) => showAt(work, reader, at, { meant: meeting.zone });
  return clashes.slice(0, MOST).map(({ turn, agencyIds, proposal }) =>
    reader.t.meetings.onHoliday({
      when: show(turn.at),
      agencies: agencies.filter(({ id }) => agencyIds.includes(id)).map(({ name }) => name),
      // What one types to take it: the local time of the meeting's zone.
      proposal: proposal?.local.replace("T", " "),
      ref: coming.find(({ local }) => local === turn.local)?.ref ?? meeting.ref,
    }),
  );
}
