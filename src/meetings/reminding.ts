import type { Reader } from "../delivery/notification.js";
import { refresh } from "../delivery/outbox.js";
import {
  type Fired,
  type NotifiedStep,
  type Remindable,
  type ReminderLine,
  type Step,
  silent,
} from "../escalation/fire.js";
import { sightOfMeeting } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import type { Deed } from "../turns/deeds.js";
import { extend } from "./acts/calling.js";
import { approveBySilence } from "./acts/minutes.js";
import { closeByClock, lapse } from "./acts/poll.js";
import { askedNow, kindOf, OCCURRENCE, POLL, votersNow } from "./escalation.js";
import { voicesOf } from "./invited.js";
import { invitedTo, itemOf, rsvpTo, saidFor, seatOf } from "./model.js";
import * as notifying from "./notify.js";
import { notVoted } from "./poll-results.js";
import { presentIds } from "./record.js";
import { freezesAt, meetingRules } from "./rules.js";
import { deedSteps } from "./steps.js";
import { type Held, heldById, MEETINGS } from "./store.js";
import { joinOf, titled, whenLine } from "./views.js";

/** What the reminders of meetings, polls and minutes do at the moment they fire, from what is true then. */

export const occurrenceReminders: Remindable = {
  kind: OCCURRENCE,
  async fire(work, steps) {
    const fired: Fired[] = [];
    for (const step of steps) fired.push(await fireOccurrence(work, step));
    return fired;
  },
  async draw(work, steps, reader) {
    // Each thing that is asked has its line; of those about its beginning and end the last is said: "press Start", not
    // that it begins soon.
    const lines = new Map<string, ReminderLine>();
    for (const step of steps) {
      const held = await heldById(work, step.itemId);
      const line = held && drawOccurrence(work, held, { ...step, step: kindOf(step.step) }, reader);
      const kind = kindOf(step.step);
      if (line) lines.set(`${step.itemId} ${OF_ITS_TIME.has(kind) ? "time" : kind}`, line);
    }
    return [...lines.values()];
  },
  async named(work, id, reader) {
    const held = await heldById(work, id);
    return held && sightOfMeeting(reader.viewer, held.meeting.subject) !== "none"
      ? titled(held.meeting, reader, held.occurrence)
      : undefined;
  },
};

const OF_ITS_TIME: ReadonlySet<string> = new Set(["soon", "start", "end"]);

async function fireOccurrence(work: UnitOfWork, step: Step): Promise<Fired> {
  // What writes holds the meeting: an officer may be cancelling or approving it at this moment.
  const held = await heldById(work, step.item.id, step.step === "pack" || step.step === "silence");
  if (!held || held.meeting.state === "cancelled" || held.occurrence.state === "cancelled") return silent("closed");
  if (held.occurrence.scheduleVersion !== step.scheduleVersion) return silent("moved");
  const { meeting, occurrence } = held;
  switch (step.step) {
    case "pack":
      await extend(work, meeting);
      await notifying.pack(work, meeting, occurrence);
      return silent("done");
    case "silence":
      // The body may have decided since that the next meeting approves.
      if (meetingRules(work.body).approval === "silence") await approveBySilence(work, held);
      return silent("done");
  }
  // From now on the cards of who runs it offer Start.
  if (step.step === "soon" || step.step === "start") await refresh(work, itemOf(meeting));
  const notified = await whoHears(work, held, step);
  return { notified, lifeSafety: false, sealed: meeting.label === "RED", outcome: notified.length ? "told" : "nobody" };
}

async function whoHears(work: UnitOfWork, { meeting, occurrence }: Held, step: Step): Promise<string[]> {
  const asked = invitedTo(meeting, occurrence.n);
  const ids = async (seats: typeof asked) => (await voicesOf(work, seats)).map(({ id }) => id);
  const now = async () => new Set((await askedNow(work, meeting, occurrence, step)).map(({ id }) => id));
  switch (kindOf(step.step)) {
    case "agenda":
      return [...(await now())];
    case "rsvp": {
      const due = await now();
      const silent = asked.filter(({ agency }) => saidFor(meeting, occurrence.n, agency.id).length === 0);
      return (await ids(silent)).filter((id) => due.has(id));
    }
    case "soon":
      return ids(
        asked.filter(
          (one) => rsvpTo(one, occurrence.n)?.answer !== "no" && rsvpTo(one, occurrence.n)?.answer !== "deputy",
        ),
      );
    case "correct": {
      const there = await presentIds(work, occurrence);
      const due = await now();
      return (await ids(asked.filter(({ id }) => there.has(id)))).filter((id) => due.has(id));
    }
    case "start":
    case "end":
    case "corrected":
      return (await notifying.officersHere(work, meeting)).map(({ id }) => id);
    default:
      return [];
  }
}

/** Between firing and sending a platform may have been away for hours: what is no longer so is not said. */
function drawOccurrence(work: UnitOfWork, held: Held, step: NotifiedStep, reader: Reader): ReminderLine | undefined {
  const { meeting, occurrence } = held;
  const { t } = reader;
  if (sightOfMeeting(reader.viewer, meeting.subject) !== "full") return undefined;
  if (meeting.state === "cancelled" || occurrence.state === "cancelled") return undefined;
  const moved = step.about !== undefined && ["agenda", "rsvp", "soon", "start"].includes(step.step);
  if (moved && step.about?.getTime() !== occurrence.startsAt.getTime()) return undefined;
  const before = ["agenda", "rsvp", "soon", "start"].includes(step.step);
  if (before && (occurrence.state !== "scheduled" || occurrence.endsAt < work.now)) return undefined;
  // Late, it would say that the agenda closes yesterday.
  if (step.step === "agenda" && freezesAt(work.body, occurrence) <= work.now) return undefined;
  if (step.step === "end" && occurrence.state !== "running") return undefined;
  if ((step.step === "correct" || step.step === "corrected") && occurrence.minutesState !== "circulated")
    return undefined;
  const own = reader.person && seatOf(meeting, reader.person);
  if (step.step === "rsvp" && own && rsvpTo(own, occurrence.n)) return undefined;
  const show = (at: Date) => showAt(work, reader, at);
  const until =
    step.step === "agenda"
      ? show(freezesAt(work.body, occurrence))
      : occurrence.correctBy && show(occurrence.correctBy);
  const asks = t.meetings.remind[step.step as RemindStep];
  const value = `${work.body.slug}/${occurrence.ref}`;
  return {
    item: occurrence.id,
    kind: `meeting_${step.step as RemindStep}`,
    line: {
      title: [titled(meeting, reader, occurrence)],
      detail: `${whenLine(work, meeting, occurrence, reader)} · ${typeof asks === "string" ? asks : asks({ until })}`,
      action: { type: "button", id: "meet-show", label: t.meetings.buttons.open, value },
    },
    actions: stepActions(work, step.step, occurrence.ref, reader, held),
    ...(step.step === "rsvp" ? { quick: deedSteps(work, meeting, occurrence.ref, "attend", reader) } : {}),
  };
}

type RemindStep = "agenda" | "rsvp" | "soon" | "start" | "end" | "correct" | "corrected";

function stepActions(
  work: UnitOfWork,
  step: string,
  ref: string,
  reader: Reader,
  { meeting, occurrence }: Held,
): ReminderLine["actions"] {
  const b = reader.t.meetings.buttons;
  const value = `${work.body.slug}/${ref}`;
  const steps = (deed: Deed) => deedSteps(work, meeting, ref, deed, reader);
  switch (step) {
    case "agenda":
      return [{ type: "button", id: "agenda-add", label: b.addItem, value, opens: true }];
    case "rsvp": {
      const [yes, no] = steps("attend");
      return yes && no ? [yes, { ...yes, label: b.maybe, value: `${value} maybe` }, no] : [];
    }
    case "soon":
      return joinOf(meeting, occurrence, reader);
    case "start":
    case "end":
    case "correct":
      return steps(step);
    case "corrected":
      return steps("approve");
    default:
      return [];
  }
}

export const pollReminders: Remindable = {
  kind: POLL,
  async fire(work, steps) {
    const fired: Fired[] = [];
    for (const step of steps) {
      const meeting = await MEETINGS.lock(work, step.item.id);
      if (meeting?.state !== "polling") fired.push(silent("closed"));
      else if (meeting.scheduleVersion !== step.scheduleVersion) fired.push(silent("moved"));
      else if (step.step === "close") {
        await closeByClock(work, meeting);
        fired.push(silent("done"));
      } else if (step.step === "lapse") {
        await lapse(work, meeting);
        fired.push(silent("done"));
      } else {
        const persons = await voicesOf(work, await notVoted(work, meeting));
        const due = meeting.pollUntil ? await votersNow(work, meeting.pollUntil, step, persons) : persons;
        const notified = due.map(({ id }) => id);
        fired.push({
          notified,
          lifeSafety: false,
          sealed: meeting.label === "RED",
          outcome: notified.length ? "told" : "nobody",
        });
      }
    }
    return fired;
  },
  async draw(work, steps, reader) {
    const lines: ReminderLine[] = [];
    for (const step of steps) {
      const meeting = await MEETINGS.byId(work, step.itemId);
      if (meeting?.state !== "polling") continue;
      if (sightOfMeeting(reader.viewer, meeting.subject) !== "full") continue;
      const { t } = reader;
      const until = meeting.pollUntil && showAt(work, reader, meeting.pollUntil);
      const value = `${work.body.slug}/${meeting.ref}`;
      lines.push({
        item: meeting.id,
        kind: "meeting_poll",
        line: {
          title: [titled(meeting, reader)],
          detail: t.meetings.remind.poll({ until }),
          action: { type: "button", id: "meet-show", label: t.meetings.buttons.open, value },
        },
        actions: deedSteps(work, meeting, meeting.ref, "vote", reader),
      });
    }
    return lines;
  },
  async named(work, id, reader) {
    const meeting = await MEETINGS.byId(work, id);
    return meeting && sightOfMeeting(reader.viewer, meeting.subject) !== "none" ? titled(meeting, reader) : undefined;
  },
};
