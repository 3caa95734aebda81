import { type RawBuilder, sql } from "kysely";
import type { Reader } from "../delivery/notification.js";
import { tasksSeenBy } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { idsOf, isGone, ownId } from "../turns/mine.js";
import {
  isHere,
  type Mine,
  mostOf,
  ofSomebody,
  type Turn,
  type Turns,
  type Waiting,
  waitingIn,
  withPerson,
} from "../turns/turn.js";
import { urgentFirst } from "./lists.js";
import type { Task } from "./model.js";
import { quickSteps } from "./steps.js";
import { tasksOf } from "./store.js";
import { lineOf } from "./views.js";

/** Whose turn it is with a task. Late or not, blocked or not: it is the same person's. */
export function whoseTurn(task: Task): Turns {
  switch (task.state) {
    case "asked":
    case "agreed":
      return ofSomebody([...working(task), ...deciding(task), ...supporting(task)].map((turn) => sealed(task, turn)));
    case "done":
      return ofSomebody([sealed(task, { deed: "close", ...asking(task) })]);
    case "closed":
    case "declined":
    case "cancelled":
      return "over";
  }
}

const sealed = (task: Task, turn: Turn): Turn => (task.label === "RED" ? { ...turn, own: true } : turn);

/** Who asked; the secretariat's person where they entered it for an agency; else the agency that asked. */
function asking(task: Task): Pick<Turn, "persons" | "agencies"> {
  const { requester, requesterAgency } = task;
  return task.enteredBy && isHere(requester, requester.agencyId)
    ? { persons: [requester.id], agencies: [] }
    : withPerson(requester, requesterAgency);
}

function working(task: Task): Turn[] {
  const { state, due, assignee, lead } = task;
  const by = due?.at;
  // RED passes to nobody else: whoever asked takes it back, or asks another.
  if (task.label === "RED" && !(assignee && isHere(assignee, lead.id)))
    return [{ deed: "redirect", by, ...asking(task) }];
  // An answered question waits for the other side; a deadline that is agreed binds until another one is.
  if (state === "asked") {
    if (proposedByLead(task) && (task.label !== "RED" || asking(task).persons.length)) return [];
    // Until somebody has agreed the agency decides, whoever was named.
    const hand: Turn = { deed: "hand", by, persons: [], agencies: [lead.id] };
    return assignee && isHere(assignee, lead.id)
      ? [{ deed: "accept", by, persons: [assignee.id], agencies: [] }, hand]
      : [hand];
  }
  return [{ deed: "do", by, ...withPerson(assignee, lead) }];
}

const proposedByLead = ({ proposal, lead }: Task): boolean => proposal?.agencyId === lead.id;

/** Another date is on the table. */
function deciding(task: Task): Turn[] {
  if (!task.proposal) return [];
  const who = proposedByLead(task) ? asking(task) : withPerson(task.assignee, task.lead);
  return [{ deed: "date", ...who }];
}

function supporting({ supporters, due }: Task): Turn[] {
  const turns: Turn[] = [];
  for (const { agency, person, state } of supporters) {
    if (state === "asked") turns.push({ deed: "support", persons: [], agencies: [agency.id] });
    if (state === "agreed") turns.push({ deed: "help", by: due?.at, ...withPerson(person, agency) });
  }
  return turns;
}

/** The same question asked of the table: each way by an index of its own. */
function turnIds(mine: Mine): RawBuilder<string> {
  const ids = idsOf(mine);
  const ours = sql`${mine.agencyId}::uuid`;
  const open = sql`state in ('asked', 'agreed')`;
  const ways = [
    sql`select id from tasks where assignee_id in (${ids}) and ${open}`,
    sql`select id from tasks where requester_id in (${ids}) and (state = 'done' or ${open} and proposed_due_at is not null)`,
    sql`select id from tasks where requester_id = ${ownId(mine)} and label = 'RED' and ${open}
      and ${isGone("tasks.assignee_id", { column: "tasks.lead_agency_id" })}`,
    sql`select s.task_id from task_supporters s where s.person_id in (${ids}) and s.state = 'agreed'`,
  ];
  if (mine.speaks)
    ways.push(
      sql`select id from tasks where lead_agency_id = ${ours} and state = 'asked'`,
      sql`select id from tasks where lead_agency_id = ${ours} and state = 'agreed'
        and ${isGone("tasks.assignee_id", mine.agencyId)}`,
      sql`select id from tasks where requester_agency_id = ${ours} and entered_by is null
        and (state = 'done' or ${open} and proposed_due_at is not null)
        and ${isGone("tasks.requester_id", mine.agencyId)}`,
      sql`select s.task_id from task_supporters s where s.agency_id = ${ours}
        and (s.state = 'asked' or s.state = 'agreed' and ${isGone("s.person_id", mine.agencyId)})`,
    );
  return sql`(${sql.join(ways, sql` union `)})`;
}

export async function tasksWaiting(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> {
  const rows = await urgentFirst(
    work.tx
      .selectFrom("tasks")
      .where(tasksSeenBy(reader.viewer))
      .where("state", "in", ["asked", "agreed", "done"])
      .where("tasks.id", "in", turnIds(mine)),
    work.now,
  )
    .limit(mostOf(mine))
    .execute();
  return (await tasksOf(work, rows)).flatMap((task) =>
    waitingIn(whoseTurn(task), mine, reader, ({ deed }) => ({
      ...lineOf(
        work,
        task,
        reader,
        deed === "close" || deed === "redirect" || (deed === "date" && proposedByLead(task)) ? "requester" : "lead",
      ),
      steps: quickSteps(work, task, reader),
    })),
  );
}
