import { plain } from "../../../src/chat/index.js";
import { readerOf } from "../../../src/delivery/notification.js";
import { matchesWaiting, whoseTurn as matchTurn } from "../../../src/matches/turn.js";
import { notVoted } from "../../../src/meetings/poll-results.js";
import { presentIds } from "../../../src/meetings/record.js";
import { meetingsOf, occurrencesOf } from "../../../src/meetings/store.js";
import { meetingsWaiting, whoseTurn as meetingTurn, whoseTurnOfPoll } from "../../../src/meetings/turn.js";
import type { Person } from "../../../src/people/model.js";
import { asDeputy, findPersons } from "../../../src/people/store.js";
import { joinersWaiting, whoseTurn as joinerTurn } from "../../../src/people/turn.js";
import { objectivesOf } from "../../../src/plan/store.js";
import { figuresWaiting, whoseTurn as figureTurn } from "../../../src/plan/turn.js";
import { mayShare, sightOfMeeting, sightOfRequest, sightOfShare, sightOfTask } from "../../../src/policy/index.js";
import { requestsOf } from "../../../src/requests/store.js";
import { requestsWaiting, whoseTurn as requestTurn } from "../../../src/requests/turn.js";
import { COLUMNS, sharesOf } from "../../../src/shares/store.js";
import { sharesWaiting, whoseTurn as shareTurn, usesWaiting, whoseTurnOfUse } from "../../../src/shares/turn.js";
import type { UnitOfWork } from "../../../src/store/unit-of-work.js";
import { tasksOf } from "../../../src/tasks/store.js";
import { tasksWaiting, whoseTurn as taskTurn } from "../../../src/tasks/turn.js";
import { trainingsOf } from "../../../src/training/store.js";
import { whoseTurn as trainingTurn, trainingWaiting } from "../../../src/training/turn.js";
import { mineOf } from "../../../src/turns/mine.js";
import { isHere, isMine, type Mine, type Turns, turnsOf } from "../../../src/turns/turn.js";
import type { World } from "../../world.js";

/** An item in a state, and whose turn it is by the pure rule. `seen` is the policy's word on who may know of it. */
export type Found = {
  noun: string;
  state: string;
  ref: string;
  turns: Turns;
  seen: (person: Person) => boolean;
};

/** Every item of every noun that there is in this world. */
async function everything(work: UnitOfWork): Promise<Found[]> {
  const { tx, now } = work;
  const all = () => true;
  const found: Found[] = [];
  for (const task of await tasksOf(work, await tx.selectFrom("tasks").selectAll().execute()))
    found.push({
      ...{ noun: "task", state: task.state, ref: task.ref, turns: taskTurn(task) },
      seen: (person) => sightOfTask(person, task.subject) === "full",
    });
  const openings = await tx.selectFrom("share_openings").select(["share_id", "person_id", "agency_id"]).execute();
  const shares = await sharesOf(work, await tx.selectFrom("shares").select(COLUMNS).execute());
  for (const share of shares) {
    const opened = new Map<string, string[]>();
    for (const one of openings)
      if (one.share_id === share.id)
        opened.set(one.agency_id, [...new Set([...(opened.get(one.agency_id) ?? []), one.person_id])]);
    const parts = share.recipients.map((one) => `${one.state}${one.suspended ? " suspended" : ""} ${one.outcome}`);
    found.push({
      ...{ noun: "share", ref: `${share.ref} ${share.codename}`, turns: shareTurn(share, opened, now) },
      state: [share.state, ...(share.state === "released" ? parts : [])].join(" "),
      seen: (person) => sightOfShare(person, share.subject) !== "none",
    });
  }
  for (const use of await tx.selectFrom("use_requests").selectAll().execute()) {
    const share = shares.find(({ id }) => id === use.share_id);
    if (!share) continue;
    const given = {
      ...{ label: share.label, providerId: share.provider.id, providerAgencyId: share.providerAgency.id },
      left: !isHere(share.provider, share.providerAgency.id),
    };
    const turns = whoseTurnOfUse({ state: use.state, neededBy: use.needed_by ?? undefined }, given);
    const seen = (person: Person) => mayShare(person, "answer", share.subject) === undefined;
    found.push({ noun: "use", state: use.state, ref: `U-${use.number}`, turns, seen });
  }
  for (const objective of await objectivesOf(work))
    for (const indicator of objective.indicators) {
      const turns = figureTurn(work, objective, indicator);
      found.push({ noun: "figure", state: objective.state, ref: indicator.ref, turns, seen: all });
    }
  for (const meeting of await meetingsOf(
    work,
    await tx.selectFrom("meetings").selectAll().orderBy("number").execute(),
  )) {
    const seen = (person: Person) => sightOfMeeting(person, meeting.subject) === "full";
    if (meeting.state !== "scheduled") {
      const turns = whoseTurnOfPoll(meeting, await notVoted(work, meeting));
      found.push({ noun: "poll", state: meeting.state, ref: meeting.ref, turns, seen });
    }
    if (meeting.state !== "polling") {
      const held = (await occurrencesOf(work, meeting)).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
      const next = held.find(({ state, startsAt }) => state === "scheduled" && startsAt > now);
      for (const occurrence of held) {
        const rows = (table: "agenda_items" | "corrections", state: string) =>
          tx
            .selectFrom(table)
            .select("id")
            .where("occurrence_id", "=", occurrence.id)
            .where("state", "=", state as never)
            .execute();
        const pending = {
          next: occurrence === next,
          late: (await rows("agenda_items", "late")).length > 0,
          corrections: (await rows("corrections", "open")).length > 0,
          present: await presentIds(work, occurrence),
        };
        const over = occurrence.state === "ended" ? ` ${occurrence.minutesState}` : "";
        const known = {
          noun: "occurrence",
          ref: occurrence.ref,
          turns: meetingTurn(work, meeting, occurrence, pending),
        };
        found.push({ ...known, state: `${occurrence.state}${over}`, seen });
      }
    }
  }
  for (const item of await trainingsOf(
    work,
    await tx.selectFrom("training_items").selectAll().orderBy("number").execute(),
  )) {
    const there = await tx
      .selectFrom("attendance")
      .innerJoin("invitees", "invitees.id", "attendance.invitee_id")
      .innerJoin("occurrences", "occurrences.id", "attendance.occurrence_id")
      .select(["invitees.person_id", "invitees.agency_id"])
      .where("occurrences.meeting_id", "=", item.meetingId ?? item.id)
      .where("present", "=", true)
      .execute();
    const said = await tx.selectFrom("training_evaluations").selectAll().where("training_id", "=", item.id).execute();
    const told = await tx.selectFrom("training_followups").selectAll().where("training_id", "=", item.id).execute();
    const silent = {
      persons: there.flatMap(({ person_id: id }) => (id && !said.some((one) => one.person_id === id) ? [id] : [])),
      agencies: there.map(({ agency_id }) => agency_id).filter((id) => !told.some((one) => one.agency_id === id)),
    };
    const turns = trainingTurn(item, silent, now);
    found.push({ noun: item.kind, state: item.state, ref: `${item.ref} ·`, turns, seen: all });
  }
  for (const entry of await tx.selectFrom("match_entries").selectAll().execute()) {
    const [person] = await findPersons(tx, { ids: [entry.person_id] });
    const here = person?.active && person.roles.length > 0 ? entry.person_id : undefined;
    const known = { removed: entry.removed_at !== null, expiresAt: entry.expires_at, agencyId: entry.agency_id };
    const turns = matchTurn({ ...known, personId: here }, now);
    found.push({
      noun: "match",
      state: known.removed ? "removed" : "live",
      ref: `Entry ${entry.number}`,
      turns,
      seen: all,
    });
  }
  for (const row of await tx.selectFrom("enrolments").selectAll().execute()) {
    const alone =
      (await findPersons(tx, { agencyId: row.agency_id, role: "focal_point", activeOnly: true })).length === 0;
    found.push({
      ...{ noun: "joiner", state: row.state, ref: row.name ?? row.display_name ?? row.id },
      turns: joinerTurn({ state: row.state, agencyId: row.agency_id, alone }),
      seen: (person) => person.roles.includes("focal_point") || person.roles.includes("coordinator"),
    });
  }
  const requests = await requestsOf(work, await tx.selectFrom("requests").selectAll().execute());
  for (const one of requests)
    found.push({
      ...{ noun: "request", state: one.state, ref: one.ref, turns: requestTurn(one, work.now) },
      seen: (person) => sightOfRequest(person, one.subject) !== "none",
    });
  return found;
}

const NOUNS = {
  task: tasksWaiting,
  share: sharesWaiting,
  use: usesWaiting,
  figure: figuresWaiting,
  training: trainingWaiting,
  match: matchesWaiting,
  joiner: joinersWaiting,
  request: requestsWaiting,
} as const;

/** The nouns and references in somebody's inbox. */
async function waitingFor(work: UnitOfWork, person: Person, mine: Mine): Promise<string[]> {
  const reader = readerOf(person, "AMBER+STRICT");
  const held = await meetingsWaiting(work, mine, reader);
  const lines = held.waiting.map(({ line }) => plain(line.title));
  for (const noun of Object.values(NOUNS))
    lines.push(...(await noun(work, mine, reader)).map(({ line }) => plain(line.title)));
  return lines;
}

/** `M-1` is not in `M-10 Title` nor in `M-1/2 Title`. */
const shown = (lines: readonly string[], ref: string): boolean =>
  lines.some((line) => line === ref || line.includes(`${ref} `));

/**
 * Holds the rule against the inboxes, item by item and person by person: what the pure rule says is somebody's turn is
 * in that person's inbox, what it does not say is not, and a turn that nobody there has is found by its own excuse.
 */
export async function walkTurns(w: World): Promise<{
  states: string[];
  wrong: string[];
  nobody: string[];
  deeds: Set<string>;
  refs: { noun: string; ref: string }[];
}> {
  return w.work(async (work) => {
    const people = (await findPersons(work.tx, { activeOnly: true })).filter(({ roles }) => roles.length);
    const items = await everything(work);
    const wrong: string[] = [];
    const held = new Set<Found>();
    for (const one of people) {
      const person = await asDeputy(work.tx, one, work.now);
      const mine = await mineOf(work, person, person);
      const lines = await waitingFor(work, person, mine);
      for (const item of items) {
        const theirs = item.seen(person) && turnsOf(item.turns).some((turn) => isMine(turn, mine));
        if (theirs) held.add(item);
        if (theirs !== shown(lines, item.ref))
          wrong.push(
            `${item.noun} ${item.ref} (${item.state}) is ${theirs ? "not" : "wrongly"} in ${person.name}'s inbox`,
          );
      }
    }
    return {
      states: [...new Set(items.map(({ noun, state }) => `${noun} ${state}`))],
      refs: items.map(({ noun, ref }) => ({ noun, ref })),
      wrong,
      nobody: items
        .filter((item) => typeof item.turns !== "string" && !held.has(item))
        .map(({ noun, ref, state }) => `${noun} ${ref} (${state})`),
      deeds: new Set(items.flatMap(({ turns }) => turnsOf(turns).map(({ deed }) => deed))),
    };
  });
}
