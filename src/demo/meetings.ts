import { addHours, addMinutes, subDays } from "date-fns";
import type { Context } from "../command/define.js";
import { propose } from "../meetings/acts/agenda.js";
import { openPoll, schedule } from "../meetings/acts/calling.js";
import { approveBySilence, circulate } from "../meetings/acts/minutes.js";
import { answer, vote } from "../meetings/acts/rsvp.js";
import { decide, end, note, setAttendance, start } from "../meetings/acts/session.js";
import type { Meeting, Occurrence } from "../meetings/model.js";
import { type Held, MEETINGS, occurrenceByN } from "../meetings/store.js";
import type { Person } from "../people/model.js";
import { agenciesOf } from "../people/store.js";
import type { Vote } from "../store/meeting-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { ask, close, finish, give } from "../tasks/acts.js";
import { dayOf, plusDays } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";
import { workAt } from "./moment.js";

/** So long ago the series was called; its first meeting was held some days later. */
const CALLED_DAYS = 32;
const HELD_DAYS = 18;

export type DemoParts = {
  people: Record<"maria" | "jonas" | "eleni" | "sofia" | "amelie" | "grace", Person>;
  zone: string;
  /** A person at work, at some moment. */
  as(work: UnitOfWork, person: Person): Context;
};

/** A monthly series that has met once, and a poll that is open, made through the very acts that people use. */
export async function addMeetings(now: UnitOfWork, parts: DemoParts): Promise<void> {
  await addSeries(now, parts);
  await addPoll(now, parts);
  // What was told then was read then: only cards and the result stand on the screens.
  await now.tx.deleteFrom("outbox").where("notice", "=", "meeting.news").execute();
}

/** Who joined for requests to other States alone, and those of the other State. */
const NOT_THERE: readonly string[] = ["justice", "sudpolice", "sudjustice"];

async function addSeries(now: UnitOfWork, { people, zone, as }: DemoParts): Promise<void> {
  const { maria, jonas, eleni, sofia, amelie, grace } = people;
  const day = weekday(plusDays(dayOf(now.now, zone), -HELD_DAYS));
  const at = (days: number, hour: number) => resolve({ ...splitDay(plusDays(day, days)), hour, minute: 0 }, zone).at;
  const begins = at(0, 10);
  const called = workAt(now, subDays(begins, CALLED_DAYS - HELD_DAYS));
  const meeting = await schedule(
    as(called, sofia),
    {
      title: "Monthly coordination",
      minutes: 60,
      agencies: (await agenciesOf(now.tx)).filter(({ observer, handle }) => !observer && !NOT_THERE.includes(handle)),
      persons: [],
      place: "Customs House, room 5",
      chair: maria,
    },
    { start: `${day}T10:00`, zone, rule: monthly(day) },
  );
  const before = workAt(now, at(-5, 11));
  const first = await occurrence(before, meeting, 1);
  for (const person of [maria, jonas, eleni, amelie])
    await answer(as(before, person), await reread(before, meeting), undefined, { answer: "yes" });
  await answer(as(before, grace), await reread(before, meeting), first, { answer: "no" });
  await propose(as(before, sofia), meeting, first, { title: "Actions from last time", minutes: 10, standing: true });
  await propose(as(before, jonas), meeting, first, { title: "Crossings at the northern border", minutes: 20 });
  await propose(as(before, eleni), meeting, first, { title: "Farm inspections before the season", minutes: 15 });

  const sitting = workAt(now, begins);
  let held: Held = await start(as(sitting, sofia), { meeting: await reread(sitting, meeting), occurrence: first });
  const there = new Set([maria, jonas, eleni, amelie, sofia].map(({ id }) => id));
  const ids = held.meeting.invitees.filter(({ person }) => person && there.has(person.id)).map(({ id }) => id);
  held = await setAttendance(as(sitting, sofia), held, ids);
  const later = workAt(now, addMinutes(begins, 40));
  await note(as(later, sofia), held, "The Border Guard counted 12 groups in four weeks, three fewer than before.", 2);
  const checks = await decide(as(later, sofia), held, "Joint checks at the old customs post, every second Friday", {
    votes: { for: 5, against: 0, abstain: 0 },
  });
  await note(as(later, sofia), held, "The season begins in six weeks; two farms were warned last year.", 3);
  const farms = await decide(as(later, sofia), held, "Labour and police inspect farms together before the season");
  const rota = await ask(
    { ...as(later, sofia), source: { kind: "decision", id: checks.id } },
    {
      lead: jonas.agency,
      title: "Draw up the rota for the joint checks",
      due: {
        at: resolve({ ...splitDay(weekday(plusDays(dayOf(now.now, zone), 4))), hour: 17, minute: 0 }, zone).at,
        zone,
      },
    },
  );
  const list = await ask(
    { ...as(later, sofia), source: { kind: "decision", id: farms.id } },
    { lead: eleni.agency, title: "List the farms to inspect first", due: { at: at(7, 17), zone } },
  );
  held = await end(as(workAt(now, addHours(begins, 1)), sofia), held, []);
  held = await circulate(as(workAt(now, at(1, 9)), sofia), await reheld(now, held));
  await give(as(workAt(now, at(1, 10)), jonas), rota, jonas);
  const listed = await give(as(workAt(now, at(1, 11)), eleni), list, eleni);
  const done = await finish(
    as(workAt(now, at(6, 12)), eleni),
    listed,
    "Seven farms, in the order of last year's findings.",
  );
  await close(as(workAt(now, at(7, 9)), sofia), done);
  await approveBySilence(workAt(now, held.occurrence.correctBy ?? now.now), await reheld(now, held));

  const next = await occurrence(now, meeting, 2);
  await propose(as(now, amelie), await reread(now, meeting), next, {
    title: "Document checks: first figures",
    minutes: 15,
  });
}

async function addPoll(now: UnitOfWork, { people, zone, as }: DemoParts): Promise<void> {
  const { maria, jonas, eleni, sofia, amelie } = people;
  const day = (days: number) => weekday(plusDays(dayOf(now.now, zone), days));
  const until = resolve({ ...splitDay(day(3)), hour: 17, minute: 0 }, zone).at;
  const poll = await openPoll(
    as(workAt(now, addHours(now.now, -3)), sofia),
    {
      title: "Plan for the spring season",
      minutes: 90,
      agencies: [maria, jonas, eleni, amelie].map(({ agency }) => agency),
      persons: [],
      place: "Online",
    },
    [`${day(10)}T10:00`, `${day(11)}T10:00`, `${day(13)}T14:00`].filter((wall, n, all) => all.indexOf(wall) === n),
    until,
  );
  for (const [person, votes] of [
    [jonas, ["yes", "yes", "no"]],
    [eleni, ["maybe", "yes", "yes"]],
  ] as const)
    await vote(
      as(now, person),
      await reread(now, poll),
      new Map(votes.map((said, index): [number, Vote] => [index + 1, said])),
    );
}

const reread = async (work: UnitOfWork, { id }: Pick<Meeting, "id">): Promise<Meeting> => {
  const meeting = await MEETINGS.byId(work, id);
  if (!meeting) throw new Error("a demo meeting is gone");
  return meeting;
};

async function occurrence(work: UnitOfWork, meeting: Meeting, n: number): Promise<Occurrence> {
  const found = await occurrenceByN(work, meeting, n);
  if (!found) throw new Error(`the demo meeting has no occurrence ${n}`);
  return found;
}

async function reheld(work: UnitOfWork, held: Held): Promise<Held> {
  const meeting = await reread(work, held.meeting);
  return { meeting, occurrence: await occurrence(work, meeting, held.occurrence.n) };
}

const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay();

/** The same day, or the Monday after a weekend. */
const weekday = (day: string): string => {
  const at = weekdayOf(day);
  return at === 6 ? plusDays(day, 2) : at === 0 ? plusDays(day, 1) : day;
};

/** Every first Tuesday, where the day is one; the fifth is the last. */
function monthly(day: string): string {
  const nth = Math.ceil(Number(day.slice(8)) / 7);
  const name = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][weekdayOf(day)];
  return `FREQ=MONTHLY;BYDAY=${nth > 4 ? -1 : nth}${name}`;
}
