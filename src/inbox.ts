import { tz } from "@date-fns/tz";
import { addDays, isSameDay } from "date-fns";
import type { Block, Message } from "./chat/index.js";
import type { Reader } from "./delivery/notice.js";
import { meetingsAhead } from "./meetings/lists.js";
import { lineOf as meetingLine } from "./meetings/views.js";
import type { Person } from "./people/model.js";
import { is } from "./people/model.js";
import { inboxOf } from "./tasks/lists.js";
import type { Task } from "./tasks/model.js";
import { lineOf } from "./tasks/views.js";
import { formatWhen } from "./time/index.js";
import type { Work } from "./work.js";

/** How many lines of each part fit on one screen. */
const LINES = 8;

/** One word, one screen: what is on somebody, by when, and what they wait for (DESIGN 1). */
export async function inboxMessage(work: Work, person: Person, reader: Reader): Promise<Message> {
  const { t, lang, zone } = reader;
  const inbox = await inboxOf(work, person, reader.viewer);
  const blocks: Block[] = [{ type: "heading", text: t.inbox.title({ name: person.name }) }];
  const part = (title: string, tasks: Task[], side: "lead" | "requester") => {
    if (tasks.length === 0) return;
    blocks.push({ type: "text", text: [{ bold: `${title} (${tasks.length})` }] });
    blocks.push({ type: "list", items: tasks.slice(0, LINES).map((task) => lineOf(work, task, reader, side)) });
    if (tasks.length > LINES) blocks.push({ type: "context", text: t.inbox.more({ count: tasks.length - LINES }) });
  };
  const groups = byUrgency(inbox.mine, work.now, zone);
  part(t.inbox.overdue, groups.overdue, "lead");
  part(t.inbox.today, groups.today, "lead");
  part(t.inbox.week, groups.week, "lead");
  part(t.inbox.later, groups.later, "lead");
  const meetings = await meetingsAhead(work, person, reader.viewer);
  if (meetings.length) {
    blocks.push({ type: "text", text: [{ bold: `${t.inbox.meetings} (${meetings.length})` }] });
    blocks.push({
      type: "list",
      items: meetings.slice(0, LINES).map(({ meeting, occurrence }) => meetingLine(work, meeting, occurrence, reader)),
    });
  }
  part(t.inbox.toDecide({ agency: person.agency.name }), inbox.toDecide, "lead");
  part(t.inbox.toClose, inbox.toClose, "requester");
  part(t.inbox.waiting, inbox.waiting, "requester");
  if (blocks.length === 1) blocks.push({ type: "text", text: t.inbox.clear });
  const joiners = is(person, "focal_point") ? await waitingJoiners(work, person.agencyId) : 0;
  if (joiners) blocks.push({ type: "text", text: t.inbox.enrolments({ count: joiners }) });
  blocks.push({
    type: "actions",
    actions: [{ type: "button", id: "task", label: t.tasks.buttons.newTask, value: `${work.body.slug}/`, opens: true }],
  });
  blocks.push({
    type: "context",
    text: t.inbox.foot({ body: work.body.name, now: formatWhen(work.now, zone, lang, { now: work.now }) }),
  });
  return { text: t.inbox.title({ name: person.name }), lang, blocks };
}

function byUrgency(tasks: Task[], now: Date, zone: string) {
  const groups = { overdue: [] as Task[], today: [] as Task[], week: [] as Task[], later: [] as Task[] };
  for (const task of tasks) {
    const at = task.due?.at;
    if (!at || at > addDays(now, 7)) groups.later.push(task);
    else if (at < now) groups.overdue.push(task);
    else if (isSameDay(at, now, { in: tz(zone) })) groups.today.push(task);
    else groups.week.push(task);
  }
  return groups;
}

async function waitingJoiners(work: Work, agencyId: string): Promise<number> {
  const row = await work.tx
    .selectFrom("enrolments")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("agency_id", "=", agencyId)
    .where("state", "=", "asked")
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
