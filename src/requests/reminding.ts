import { max } from "date-fns";
import type { ListItem } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import {
  type Fired,
  type NotifiedStep,
  type Remindable,
  type ReminderLine,
  type Step,
  type Subject,
  silent,
} from "../escalation/fire.js";
import { addSteps } from "../escalation/store.js";
import { coordinatorsOf, onDuty, speakersOf } from "../people/store.js";
import { sightOfRequest } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Deed } from "../turns/deeds.js";
import { turnsOf } from "../turns/turn.js";
import { closeBySilence } from "./acts/asking.js";
import { stopByClock, whyNow } from "./acts/stopping.js";
import { type RunningDate, runningDates } from "./dates.js";
import { datedStep, nextTurn } from "./escalation.js";
import { type CoopRequest, isAtOnce, isLate, isOpen, isRed, itemOf, REQUEST } from "./model.js";
import { REQUESTS } from "./store.js";
import { whoseTurn } from "./turn.js";
import { endShown, lineOf, nextSteps, quickSteps, stateLine, titled } from "./views.js";

/** What the clock does about requests, from what is true at that moment. */
export const requestReminders: Remindable = {
  kind: REQUEST,
  async fire(work, steps) {
    const fired: Fired[] = [];
    for (const step of steps) fired.push(await fireOne(work, step));
    return fired;
  },
  async draw(work, steps, reader) {
    const lines = new Map<string, ReminderLine>();
    for (const step of steps) {
      const one = await REQUESTS.byId(work, step.itemId);
      if (!one || !holds(step, one, reader, work.now)) continue;
      lines.set(one.id, {
        item: one.id,
        kind: kindNow(step.step, one, work.now),
        line: datedLine(work, step.step, one, reader) ?? lineOf(work, one, reader),
        actions: nextSteps(work, one, reader),
        quick: quickSteps(work, one, reader),
      });
    }
    return [...lines.values()];
  },
  async named(work, id, reader) {
    const one = await REQUESTS.byId(work, id);
    return one && sightOfRequest(reader.viewer, one.subject) !== "none" ? titled(one, reader) : undefined;
  },
};

/** What waits for the side that asks, beside what it owes. */
const ASKING: readonly Deed[] = ["sign", "reply", "conditions", "conclude"];

/** What its steps are about, before what some bear behind it: `asked-3d` (src/requests/escalation.ts). */
type Kind = "before" | "due" | "late" | "paper" | "report" | "asked" | "silence" | "resume" | "dated" | "stopped";

const kindOf = (step: string): Kind => step.replace(/[-~:].*$/, "") as Kind;

/** The clock that a step is about, if it runs still. */
const datedOf = (step: string, one: CoopRequest): RunningDate | undefined =>
  runningDates(one).find((dated) => step.startsWith(`${datedStep(dated)}/`));

/** A line that says which day comes near, or by when safety is looked at again. */
function datedLine(work: UnitOfWork, step: string, one: CoopRequest, reader: Reader): ListItem | undefined {
  const dated = kindOf(step) === "dated" ? datedOf(step, one) : undefined;
  const line = lineOf(work, one, reader);
  // Which day comes near tells what RED is about.
  if (isRed(one)) return undefined;
  const { clocks, named } = reader.t.requests;
  if (one.clock === "sit.safety_review") return { ...line, detail: [clocks[one.clock], line.detail].join(" · ") };
  if (!dated) return undefined;
  const ends = named({ what: clocks[dated.clock], said: endShown(work, dated, reader) });
  return { ...line, detail: [ends, stateLine(work, one, reader)].join(" · ") };
}

/** What the heading of the reminder says. */
function kindNow(step: string, one: CoopRequest, now: Date): Subject {
  const kind = kindOf(step);
  if (kind === "before" || kind === "due" || kind === "late")
    return isLate(one, now) ? "request_late" : kind === "before" ? "coming" : kind;
  return `request_${kind}`;
}

/** Between firing and sending hours may pass: what is no longer so is not said. */
function holds(step: NotifiedStep, one: CoopRequest, reader: Reader, now: Date): boolean {
  if (!isOpen(one) || sightOfRequest(reader.viewer, one.subject) === "none") return false;
  const kind = kindOf(step.step);
  if (kind === "paper") return one.flags.includes("owes_paper");
  if (kind === "report") return one.flags.includes("owes_report");
  if (kind === "asked") return turnsOf(whoseTurn(one, now)).some(({ deed }) => ASKING.includes(deed));
  if (kind === "silence") return one.state === "answered";
  if (kind === "stopped") return one.flags.includes("stopped");
  if (kind === "resume") return one.flags.includes("postponed");
  if (kind === "dated") return datedOf(step.step, one) !== undefined;
  if (["before", "due", "late"].includes(kind)) return step.about?.getTime() === one.dueAt?.getTime();
  return true;
}

async function fireOne(work: UnitOfWork, step: Step): Promise<Fired> {
  const clock = step.to === "clock";
  const one = await REQUESTS[clock ? "lock" : "byId"](work, step.item.id);
  if (!one || !isOpen(one)) return silent("closed");
  if (one.scheduleVersion !== step.scheduleVersion) return silent("moved");
  if (clock) {
    if (step.step.startsWith("expiry:")) {
      const why = whyNow(one, work.now);
      if (why) await stopByClock(work, one, why);
    } else await closeBySilence(work, one);
    return silent("done");
  }
  const next = nextTurn(work, one, step.step, max([work.now, step.dueAt]));
  if (next)
    await addSteps(work, [{ item: itemOf(one), scheduleVersion: one.scheduleVersion, about: one.dueAt, step: next }]);
  const notified = await heard(work, one, step);
  return {
    notified,
    lifeSafety: isAtOnce(one),
    outcome: notified.length ? "told" : "nobody",
  };
}

/** Whose turn it is, or who stands behind them. */
async function heard(work: UnitOfWork, one: CoopRequest, step: Step): Promise<string[]> {
  const { tx, now } = work;
  const turns = turnsOf(whoseTurn(one, work.now));
  const kind = kindOf(step.step);
  const owed = kind === "paper" || kind === "report";
  const turn = (owed ? turns.find(({ deed }) => deed === kind) : undefined) ?? turns.at(-1);
  const asks = owed || turn?.agencies.includes(one.from.id) || turn?.persons.includes(one.drafter.id);
  if (kind === "dated") return heardOfDate(work, one, datedOf(step.step, one));
  if (kind === "stopped" || one.clock === "sit.safety_review") return heardOfSafety(work, one);
  const agency = asks || !one.to ? one.from : one.to;
  const speakers = async () => {
    if (isRed(one)) return namedIn(one, agency.id);
    const there = ids(await speakersOf(tx, agency.id));
    return there.length || !one.subject.sent ? there : ids(await coordinatorsOf(tx));
  };
  switch (step.to) {
    case "own":
      return turn?.persons.length ? [...turn.persons] : speakers();
    case "duty": {
      const duty = isRed(one) ? [] : ids(await onDuty(tx, agency.id, now));
      return duty.length ? duty : speakers();
    }
    case "desk":
      return one.subject.sent && !isRed(one) ? ids(await coordinatorsOf(tx)) : [];
    default:
      return speakers();
  }
}

/** Of RED: who of a side is named for it, and who works on it there. */
const namedIn = ({ officers, drafter, executor }: CoopRequest, agencyId: string): string[] => [
  ...new Set(
    [drafter, ...(executor ? [executor] : []), ...officers].flatMap((one) =>
      one.agencyId === agencyId ? [one.id] : [],
    ),
  ),
];

/** Both sides, and who is on duty there: people may be in danger. */
async function heardOfSafety(work: UnitOfWork, one: CoopRequest): Promise<string[]> {
  const agencies = [one.from.id, ...(one.to ? [one.to.id] : [])];
  const there = await Promise.all(
    agencies.map(async (id) => [...(await speakersOf(work.tx, id)), ...(await onDuty(work.tx, id, work.now))]),
  );
  return [...new Set([one.drafter.id, ...(one.executor ? [one.executor.id] : []), ...ids(there.flat())])];
}

/** Both sides where both must act in time: whoever works on it there, and the focal points. */
async function heardOfDate(work: UnitOfWork, one: CoopRequest, dated: RunningDate | undefined): Promise<string[]> {
  if (!dated) return [];
  if (isRed(one)) return [...namedIn(one, one.from.id), ...(one.to ? namedIn(one, one.to.id) : [])];
  const speak = async (agencyId: string) => ids(await speakersOf(work.tx, agencyId));
  const speaking = one.to ? await speak(one.to.id) : [];
  // Where nobody speaks for them the secretariat sees to it, as of every other clock.
  const there = one.to && !speaking.length ? ids(await coordinatorsOf(work.tx)) : speaking;
  const asked = [...there, ...(one.executor ? [one.executor.id] : [])];
  if (dated.tells === "asked" && one.to) return [...new Set(asked)];
  return [...new Set([...asked, one.drafter.id, ...(await speak(one.from.id))])];
}

const ids = (people: readonly { id: string }[]): string[] => people.map(({ id }) => id);
