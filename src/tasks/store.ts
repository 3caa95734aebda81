import { randomUUID } from "node:crypto";
import { type Selectable, sql, type Updateable } from "kysely";
import { chosen, defineKind, held } from "../items/kind.js";
import { firstZone } from "../people/clean.js";
import type { Agency, Person } from "../people/model.js";
import { agenciesById, personsById } from "../people/store.js";
import { sightOfTask, tasksKnownTo } from "../policy/index.js";
import type { SupporterRow, TaskRow } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { keepWords, readWords } from "../store/words.js";
import type { Supporter, Task } from "./model.js";

export const TASKS = defineKind<Task>({
  ...{ kind: "task", letter: "T", show: "show", unknown: (t) => t.errors.noTask },
  async load(work, { viewer, hold, ...which }) {
    const query = work.tx.selectFrom("tasks").selectAll().select(SUPPORTING).where(chosen(which)).orderBy("number");
    return tasksOf(work, await held(viewer ? query.where(tasksKnownTo(viewer)) : query, hold).execute());
  },
  sees: (viewer, { subject }) => sightOfTask(viewer, subject) !== "none",
});

/** To be selected beside a row of `tasks`: who supports it. */
export const SUPPORTING = sql<Selectable<SupporterRow>[]>`(
  select coalesce(jsonb_agg(to_jsonb(s)), '[]') from task_supporters s where s.task_id = tasks.id)`.as("supporting");

type Read = Selectable<TaskRow> & { supporting?: Selectable<SupporterRow>[] };

/** Rows with their people and agencies, in the order given; who supports them is read where the rows do not say it. */
export async function tasksOf(work: UnitOfWork, rows: readonly Read[]): Promise<Task[]> {
  if (rows.length === 0) return [];
  const unread = rows.filter(({ supporting }) => !supporting).map(({ id }) => id);
  const read = unread.length
    ? await work.tx.selectFrom("task_supporters").selectAll().where("task_id", "in", unread).execute()
    : [];
  const supporterRows = [...read, ...rows.flatMap(({ supporting }) => supporting ?? [])];
  const people = rows.flatMap((row) => [row.requester_id, row.entered_by, row.assignee_id, row.proposed_by]);
  const named = [...people, ...supporterRows.map((row) => row.person_id)].filter((id) => id !== null);
  const concerned = rows.flatMap((row) => [row.requester_agency_id, row.lead_agency_id]);
  const persons = await personsById(work.tx, named);
  const agencies = await agenciesById(work.tx, [...concerned, ...supporterRows.map((row) => row.agency_id)]);
  const tasks: Task[] = [];
  for (const row of rows) {
    const supporters = supporterRows
      .filter((supporter) => supporter.task_id === row.id)
      .map(
        (supporter): Supporter => ({
          agency: must(agencies, supporter.agency_id),
          person: supporter.person_id ? persons.get(supporter.person_id) : undefined,
          state: supporter.state,
        }),
      );
    // One that cannot be read holds up no other; asked for alone, it is said.
    try {
      tasks.push(await taskOf(work, row, supporters, agencies, persons));
    } catch (error) {
      if (rows.length === 1) throw error;
      await work.holdBack("task", row.id, error);
    }
  }
  return tasks;
}

async function taskOf(
  work: UnitOfWork,
  row: Selectable<TaskRow>,
  supporters: Supporter[],
  agencies: Map<string, Agency>,
  persons: Map<string, Person>,
): Promise<Task> {
  const open = async (kept: string | null) => (kept === null ? undefined : await readWords(work, kept));
  const somebody = (id: string | null) => (id ? persons.get(id) : undefined);
  const proposer = somebody(row.proposed_by);
  return {
    id: row.id,
    number: row.number,
    ref: `T-${row.number}`,
    title: await readWords(work, row.title),
    detail: await open(row.detail),
    label: row.label,
    priority: row.priority,
    state: row.state,
    requester: must(persons, row.requester_id),
    requesterAgency: must(agencies, row.requester_agency_id),
    enteredBy: somebody(row.entered_by),
    lead: must(agencies, row.lead_agency_id),
    assignee: somebody(row.assignee_id),
    supporters,
    due: row.due_at && row.due_zone ? { at: row.due_at, zone: firstZone(row.due_zone, work.body.zone) } : undefined,
    originalDueAt: row.original_due_at ?? undefined,
    proposal:
      row.proposed_due_at && row.proposed_due_zone && proposer && row.proposed_by_agency
        ? {
            at: row.proposed_due_at,
            zone: firstZone(row.proposed_due_zone, work.body.zone),
            by: proposer,
            agencyId: row.proposed_by_agency,
            reason: await open(row.proposed_reason),
          }
        : undefined,
    blocked: await open(row.blocked_reason),
    evidence: await open(row.evidence),
    reason: await open(row.outcome_reason),
    source: row.source_kind && row.source_id ? { kind: row.source_kind, id: row.source_id } : undefined,
    createdAt: row.created_at,
    agreedAt: row.agreed_at ?? undefined,
    doneAt: row.done_at ?? undefined,
    closedAt: row.closed_at ?? undefined,
    version: row.version,
    scheduleVersion: row.ladder,
    ownPolicy: row.own_ladder ?? undefined,
    subject: {
      state: row.state,
      label: row.label,
      requesterId: row.requester_id,
      requesterAgencyId: row.requester_agency_id,
      leadAgencyId: row.lead_agency_id,
      assigneeId: row.assignee_id,
      supporters: supporters.map(({ agency, person }) => ({ agencyId: agency.id, personId: person?.id ?? null })),
      entered: row.entered_by !== null,
      fromMeeting: row.source_kind === "meeting" || row.source_kind === "decision",
    },
  };
}

/** Columns in the words of the domain; free words are sealed under the task's label. */
export type Patch = Partial<{
  title: string;
  detail: string | null;
  priority: Task["priority"];
  state: Task["state"];
  assigneeId: string | null;
  due: Task["due"] | null;
  originalDueAt: Date;
  proposal: { at: Date; zone: string; by: string; agencyId: string; reason?: string } | null;
  blocked: string | null;
  evidence: string | null;
  reason: string | null;
  agreedAt: Date | null;
  doneAt: Date | null;
  closedAt: Date | null;
  ownPolicy: string | null;
}>;

export async function columnsOf(
  work: UnitOfWork,
  task: Pick<Task, "label">,
  patch: Patch,
): Promise<Updateable<TaskRow>> {
  const keep = async (words: string | null | undefined) =>
    words === undefined ? undefined : words === null ? null : await keepWords(work, task.label, words);
  const proposal = patch.proposal;
  return defined({
    title: (await keep(patch.title)) ?? undefined,
    detail: await keep(patch.detail),
    priority: patch.priority,
    state: patch.state,
    assignee_id: patch.assigneeId,
    due_at: patch.due === undefined ? undefined : (patch.due?.at ?? null),
    due_zone: patch.due === undefined ? undefined : (patch.due?.zone ?? null),
    original_due_at: patch.originalDueAt,
    proposed_due_at: proposal === undefined ? undefined : (proposal?.at ?? null),
    proposed_due_zone: proposal === undefined ? undefined : (proposal?.zone ?? null),
    proposed_by: proposal === undefined ? undefined : (proposal?.by ?? null),
    proposed_by_agency: proposal === undefined ? undefined : (proposal?.agencyId ?? null),
    proposed_reason: proposal === undefined ? undefined : ((await keep(proposal?.reason ?? null)) ?? null),
    blocked_reason: await keep(patch.blocked),
    evidence: await keep(patch.evidence),
    outcome_reason: await keep(patch.reason),
    agreed_at: patch.agreedAt,
    done_at: patch.doneAt,
    closed_at: patch.closedAt,
    own_ladder: patch.ownPolicy,
  });
}

export async function addComment(work: UnitOfWork, task: Task, authorId: string, words: string): Promise<string> {
  const id = randomUUID();
  await work.tx
    .insertInto("task_comments")
    .values({
      id,
      task_id: task.id,
      author_id: authorId,
      at: work.now,
      words: await keepWords(work, task.label, words),
    })
    .execute();
  return id;
}

export type Comment = { id: string; taskId: string; author: Person; at: Date; words: string };

/** The newest first. */
export async function commentsOf(work: UnitOfWork, taskId: string, limit: number): Promise<Comment[]> {
  const rows = await work.tx
    .selectFrom("task_comments")
    .selectAll()
    .where("task_id", "=", taskId)
    .orderBy("at", "desc")
    .limit(limit)
    .execute();
  const authors = await personsById(
    work.tx,
    rows.map((row) => row.author_id),
  );
  const comments: Comment[] = [];
  for (const row of rows) {
    const author = authors.get(row.author_id);
    if (author)
      comments.push({ id: row.id, taskId: row.task_id, author, at: row.at, words: await readWords(work, row.words) });
  }
  return comments;
}

function must<T>(map: Map<string, T>, id: string): T {
  const found = map.get(id);
  if (!found) throw new Error(`row ${id} is not in this body`);
  return found;
}

const defined = <T extends object>(columns: T): T =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as T;
