import { max } from "date-fns";
import type { Action } from "../chat/index.js";
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
import { addSteps, type NewStep } from "../escalation/store.js";
import { groupBy } from "../lib/group.js";
import {
  asDeputy,
  awayAlone,
  coordinatorsOf,
  deputyFocalPoints,
  findPersons,
  onDuty,
  speakersOf,
} from "../people/store.js";
import { mayTask, sightOfTask } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { isHere } from "../turns/turn.js";
import { calendarsOf, closeBySilence } from "./acts.js";
import { nextTurn } from "./escalation.js";
import { isLate, isOpen, itemOf, type Task } from "./model.js";
import { redWaits } from "./notify.js";
import { titled } from "./shown.js";
import { nextSteps, quickSteps } from "./steps.js";
import { TASKS } from "./store.js";
import { lineOf } from "./views.js";

/** What tasks' reminders do at the moment they fire, from what is true then. */
export const taskReminders: Remindable = {
  kind: "task",
  async fire(work, steps) {
    const tasks = new Map(
      (await TASKS.byIds(work, [...new Set(steps.map((step) => step.item.id))])).map((task) => [task.id, task]),
    );
    const people = new People(work);
    const again: NewStep[] = [];
    const fired: Fired[] = [];
    for (const step of steps) {
      const task = tasks.get(step.item.id);
      const result = await fireOne(work, step, task, people);
      fired.push(result);
      // A step that comes again does so as long as the task is open, whether somebody was there to be told or not.
      const next =
        task &&
        (result.outcome === "told" || result.outcome === "nobody") &&
        // Fired some milliseconds early, it must not come for the same moment again.
        nextTurn(work.body, task, step.step, () => calendarsOf(work.body, task, work.now), max([work.now, step.dueAt]));
      if (task && next) again.push({ item: itemOf(task), scheduleVersion: task.scheduleVersion, step: next });
    }
    await addSteps(work, again);
    return fired;
  },
  async draw(work, steps, reader) {
    const lines: ReminderLine[] = [];
    for (const [id, own] of groupBy(steps, (step) => step.itemId)) {
      const task = await TASKS.byId(work, id);
      const said = task && own.filter((step) => holds(step, task, reader));
      if (!task || !said?.length) continue;
      const side = task.lead.id === reader.viewer.agencyId ? "lead" : "requester";
      const line = lineOf(work, task, reader, side);
      const kinds = new Set(said.map(({ step }) => kindNow(step, task, work.now)));
      const [kind = "coming"] = kinds.size === 1 ? kinds : [];
      lines.push({
        item: id,
        kind,
        line,
        actions: await actionsFor(work, task, reader),
        quick: quickSteps(work, task, reader),
      });
    }
    return lines;
  },
  async named(work, id, reader) {
    const task = await TASKS.byId(work, id);
    return task && sightOfTask(reader.viewer, task.subject) !== "none" ? titled(task, reader) : undefined;
  },
};

/** What its steps are about, before the number that some bear: `before-2` (src/tasks/escalation.ts). */
type Kind = "before" | "due" | "late" | "unanswered" | "decide" | "snooze" | "silence";

const kindOf = (step: string): Kind => step.replace(/-.*$/, "") as Kind;

/** What is late by the time at which it is read is not coming up. */
function kindNow(step: string, task: Task, now: Date): Subject {
  const kind = kindOf(step);
  if (kind === "before") return isLate(task, now) ? "late" : "coming";
  return kind;
}

/** Between firing and sending a platform may have been away for hours: what is no longer so is not said. */
function holds(step: NotifiedStep, task: Task, reader: Reader): boolean {
  if (!isOpen(task) || sightOfTask(reader.viewer, task.subject) === "none") return false;
  const kind = kindOf(step.step);
  if ((kind === "silence") !== (task.state === "done")) return false;
  if (kind === "unanswered" && task.state !== "asked") return false;
  if (kind === "decide" && !task.proposal) return false;
  const moved = step.about !== undefined && step.about.getTime() !== task.due?.at.getTime();
  if (moved && ["before", "due", "late"].includes(kind)) return false;
  return step.audience !== "own" || mayTask(reader.viewer, "snooze", task.subject) === undefined;
}

/** The next step, and quiet until a later hour, on the reminder itself. */
async function actionsFor(work: UnitOfWork, task: Task, reader: Reader): Promise<Action[]> {
  const steps = await nextSteps(work, task, reader);
  const mine = mayTask(reader.viewer, "snooze", task.subject) === undefined;
  if (!mine || !reader.person) return steps;
  const { snooze, snoozeChoices: choices } = reader.t.reminders;
  const morning = reader.person.workFrom;
  return [
    ...steps,
    {
      type: "menu",
      id: "snooze",
      label: snooze,
      prefix: `${work.body.slug}/${task.ref} `,
      options: [
        { value: "in 1 hour", label: choices.hour },
        { value: `tomorrow ${morning}`, label: choices.tomorrow },
        { value: `next working day ${morning}`, label: choices.workingDay },
      ],
    },
  ];
}

async function fireOne(work: UnitOfWork, step: Step, task: Task | undefined, people: People): Promise<Fired> {
  if (!task || !isOpen(task)) return silent("closed");
  if (task.scheduleVersion !== step.scheduleVersion) return silent("moved");
  if (step.to === "clock") {
    await closeBySilence(work, task);
    return silent("done");
  }
  const notified = await people.of(task, step);
  if (step.to === "own") for (const personId of notified) await redWaits(work, task, personId);
  return {
    notified,
    lifeSafety: task.priority === "life-safety",
    sealed: task.label === "RED",
    outcome: notified.length ? "told" : "nobody",
  };
}

/** Who hears of a step; agencies are asked once a batch. */
class People {
  readonly #asked = new Map<string, Promise<string[]>>();
  #away: Promise<Set<string>> | undefined;

  constructor(private readonly work: UnitOfWork) {}

  async of(task: Task, step: Step): Promise<string[]> {
    // RED stays with the persons named: nobody else hears even its reference (docs/access.md, Labels).
    if (task.label === "RED" && step.to !== "own" && step.to !== "requester") return [];
    const { tx, now } = this.work;
    const lead = task.lead.id;
    switch (step.to) {
      case "own":
        return this.#own(task);
      case "focal":
        return this.#focal(lead);
      case "requester":
        return [task.requester.id];
      case "deputy": {
        const standIns = await this.#once(`deputy ${lead}`, () => deputyFocalPoints(tx, lead, now));
        return this.#seeing(task, standIns);
      }
      case "duty": {
        const duty = await this.#once(`duty ${lead}`, async () => ids(await onDuty(tx, lead, now)));
        return duty.length ? this.#seeing(task, duty) : [...(await this.#focal(lead)), ...(await this.#desk())];
      }
      case "desk":
        return this.#desk();
      case "officers":
      case "clock":
        return [];
    }
  }

  /**
   * The person it is with; where they are away and nobody stands in, and where they have left, the agency's focal
   * points. A RED task stays with its person, and who asked is told (`redWaits`).
   */
  async #own({ assignee, lead, label }: Task): Promise<string[]> {
    const here = assignee && isHere(assignee, lead.id) ? [assignee.id] : [];
    if (label === "RED") return here;
    const [id] = here;
    if (id === undefined) return this.#focal(lead.id);
    return (await this.#alone()).has(id) ? [id, ...(await this.#focal(lead.id))] : here;
  }

  #alone(): Promise<Set<string>> {
    this.#away ??= awayAlone(this.work.tx, this.work.now);
    return this.#away;
  }

  /** Under AMBER+STRICT not everybody of the agency may know of it: the focal points do, and hear instead. */
  async #seeing(task: Task, personIds: string[]): Promise<string[]> {
    const { tx, now } = this.work;
    const found = await findPersons(tx, { ids: personIds });
    const people = await Promise.all(found.map((person) => asDeputy(tx, person, now)));
    const seeing = people.filter((person) => sightOfTask(person, task.subject) !== "none");
    return seeing.length ? ids(seeing) : this.#focal(task.lead.id);
  }

  #focal(agencyId: string): Promise<string[]> {
    return this.#once(`focal ${agencyId}`, async () => {
      const there = ids(await speakersOf(this.work.tx, agencyId));
      return there.length ? there : this.#desk();
    });
  }

  #desk(): Promise<string[]> {
    return this.#once("desk", async () => ids(await coordinatorsOf(this.work.tx)));
  }

  #once(key: string, ask: () => Promise<string[]>): Promise<string[]> {
    const known = this.#asked.get(key) ?? ask();
    this.#asked.set(key, known);
    return known;
  }
}

const ids = (people: readonly { id: string }[]): string[] => people.map((person) => person.id);
