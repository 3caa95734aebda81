import { type Action, type Button, buttonAbout, type Option } from "../chat/index.js";
import { personOptionOf, personValue } from "../command/meant.js";
import type { Reader } from "../delivery/notification.js";
import { findPersons } from "../people/store.js";
import { mayTask, sightOfTask, type TaskAct } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { isLate, type Task } from "./model.js";
import { showsWords } from "./shown.js";

/** What a reader may do next with a task: the one rule for cards, reminders, notices, lines of a digest. */

/** A menu names colleagues, who are read when it is drawn. */
type Step = Button | { type: "colleagues"; id: "give" | "support" };

/**
 * The next step only, for the one who reads (docs/delivery.md). A channel has many readers: its card opens each one's
 * own.
 */
export async function nextSteps(work: UnitOfWork, task: Task, reader: Reader): Promise<Action[]> {
  const { buttons: b } = reader.t.tasks;
  const prefix = `${work.body.slug}/${task.ref} `;
  return Promise.all(
    stepsOf(work, task, reader).map(async (step): Promise<Action> => {
      if (step.type === "button") return step;
      if (step.id === "give")
        return { type: "menu", id: "give", label: b.give, prefix, options: await colleaguesOf(work, task.lead.id) };
      const options = [...(await colleaguesOf(work, reader.viewer.agencyId)), { value: "no", label: b.decline }];
      return { type: "menu", id: "support", label: b.support, prefix, options };
    }),
  );
}

/** So many stand beside a task in a list. */
const IN_LINE = 2;
/** These change nothing of it. */
const ASIDE: ReadonlySet<string> = new Set(["say", "read", "show"]);

/** Of the next steps those that come first, for a line among others: no menu, which would take a line of its own. */
export function quickSteps(work: UnitOfWork, task: Task, reader: Reader): Button[] {
  const steps = stepsOf(work, task, reader);
  const buttons = steps.flatMap((step) => (step.type === "button" && !ASIDE.has(step.id) ? [step] : []));
  const supports = steps.some(({ id }) => id === "support") && buttons.length === 0;
  return (supports ? supportSteps(work, task, reader) : buttons).slice(0, IN_LINE);
}

function supportSteps(work: UnitOfWork, task: Task, { t, person }: Reader): Button[] {
  const b = t.tasks.buttons;
  const value = `${work.body.slug}/${task.ref}`;
  return person
    ? [
        { type: "button", id: "support", label: b.supportMyself, value: `${value} ${personValue(person)}` },
        { type: "button", id: "support", label: b.decline, value: `${value} no` },
      ]
    : [];
}

function stepsOf(work: UnitOfWork, task: Task, reader: Reader): Step[] {
  const { t, viewer, person } = reader;
  const b = t.tasks.buttons;
  const value = `${work.body.slug}/${task.ref}`;
  const button = buttonAbout(value);
  if (!person) return [button("show", b.open)];
  const can = (act: TaskAct) => mayTask(viewer, act, task.subject) === undefined;
  const leads = can("give") || can("accept") || can("done");
  const steps: Step[] = [];
  const proposedByMe =
    task.proposal && (task.proposal.by.id === person.id || task.proposal.agencyId === viewer.agencyId);
  if (task.proposal && !proposedByMe && can("date")) {
    const seen = { value: `${value} v${task.version}` };
    steps.push(button("agree", b.agreeDate, { ...seen, style: "primary" }), button("keep", b.keepDate, seen));
  }
  if (task.state === "asked" && leads) {
    if (can("give")) steps.push({ type: "colleagues", id: "give" });
    if (can("accept")) steps.push(button("accept", b.accept, { style: "primary" }));
    steps.push(button("date", b.otherDate, { opens: true }));
    if (can("decline")) steps.push(button("decline", b.decline, { opens: true }));
  } else if (task.state === "agreed" && can("done")) {
    steps.push(
      button("done", b.done, { style: "primary", opens: true }),
      button("date", b.moreTime, { opens: true }),
      task.blocked ? button("resolved", b.resolved) : button("problem", b.problem, { opens: true }),
    );
    if (can("give") && task.assignee?.id !== person.id) steps.push({ type: "colleagues", id: "give" });
  } else if (task.state === "done" && can("close")) {
    steps.push(button("close", b.close, { style: "primary" }), button("notyet", b.notYet, { opens: true }));
  }
  // Who asked, while it is under way: whoever does it themselves asks nobody how it goes.
  if (can("edit")) {
    if (!leads) steps.push(button("nudge", b.nudge, isLate(task, work.now) ? { style: "primary" } : {}));
    steps.push(button("edit", b.edit, { opens: true }), button("cancel", b.withdraw, { opens: true }));
  }
  const mine = task.supporters.find(({ agency }) => agency.id === viewer.agencyId);
  if (mine?.state === "asked" && can("support")) steps.push({ type: "colleagues", id: "support" });
  if (can("comment")) steps.push(button("say", b.reply, { opens: true }));
  if (!showsWords(task, reader) && sightOfTask(viewer, task.subject) === "full")
    steps.push(button("read", b.read, { opens: true }));
  return steps;
}

/** Focal points last: most work goes to the people under them. */
async function colleaguesOf(work: UnitOfWork, agencyId: string): Promise<Option[]> {
  const people = await findPersons(work.tx, { agencyId, activeOnly: true });
  const rank = (roles: readonly string[]) => (roles.includes("focal_point") ? 1 : 0);
  return people
    .filter((person) => person.roles.length > 0)
    .sort((a, b) => rank(a.roles) - rank(b.roles) || a.name.localeCompare(b.name))
    .map(personOptionOf);
}
