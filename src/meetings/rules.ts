import { subHours } from "date-fns";
import { type Body, bodyCalendar } from "../people/model.js";
import type { MeetingRules } from "../store/schema.js";
import { addWorkingDays, previousWorking } from "../time/index.js";
import { invitedTo, type Meeting, type Occurrence } from "./model.js";

const DEFAULTS: MeetingRules = {
  quorum: "half",
  freezeHours: 48,
  packDays: 1,
  noticeDays: 7,
  correctDays: 5,
  approval: "silence",
};

/** What the body decided for its meetings; the default where it decided nothing. */
export const meetingRules = (body: Body): MeetingRules => ({ ...DEFAULTS, ...body.rules.meetings });

/**
 * Until when agencies put items on the agenda; later ones need the chair's leave. What would be at night or on a day off
 * of the body is the close of its last working day before, so that nobody finds it closed after a weekend.
 */
export function freezesAt(body: Body, occurrence: Pick<Occurrence, "startsAt">): Date {
  const { freezeHours } = meetingRules(body);
  if (freezeHours === 0) return occurrence.startsAt;
  const at = subHours(occurrence.startsAt, freezeHours);
  return previousWorking(bodyCalendar(body, at.getUTCFullYear()), at) ?? at;
}

/** When the pack goes out: at the hour of the meeting, so many of the body's working days before. */
export function packAt(body: Body, occurrence: Pick<Occurrence, "startsAt">): Date {
  const calendar = bodyCalendar(body, occurrence.startsAt.getUTCFullYear());
  return addWorkingDays(calendar, occurrence.startsAt, -meetingRules(body).packDays) ?? occurrence.startsAt;
}

/** How many agencies make a quorum; undefined where the body asks for none. */
export function quorumNeeded(rule: MeetingRules["quorum"], invited: number): number | undefined {
  switch (rule) {
    case "none":
      return undefined;
    case "half":
      return Math.floor(invited / 2) + 1;
    case "two-thirds":
      return Math.ceil((2 * invited) / 3);
    default:
      return rule;
  }
}

export type Quorum = { present: number; invited: number; needed?: number };

/** Where none is asked for, it is met. */
export const isQuorate = ({ present, needed }: Quorum): boolean => needed === undefined || present >= needed;

/** Agencies count, not heads; observers do not (para 29). */
export function quorumOf(
  body: Body,
  meeting: Meeting,
  occurrence: Occurrence,
  presentIds: ReadonlySet<string>,
): Quorum {
  const asked = meeting.invitees.filter(({ id, agency, left }) => !agency.observer && (!left || presentIds.has(id)));
  const count = (invitees: typeof asked) => new Set(invitees.map(({ agency }) => agency.id)).size;
  const invited = count(asked.filter((one) => !one.guest || invitedTo(meeting, occurrence.n).includes(one)));
  return {
    present: count(asked.filter(({ id }) => presentIds.has(id))),
    invited,
    needed: quorumNeeded(meetingRules(body).quorum, invited),
  };
}
