import { sql } from "kysely";
import { z } from "zod";
import type { Block, ListItem, Message } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { defineNotification, type Reader } from "../delivery/notification.js";
import { schedulePersonDigest } from "../digests/schedule.js";
import { heldById } from "../meetings/store.js";
import { lineOf as meetingLine } from "../meetings/views.js";
import { bringBack, type Left } from "../people/enrol.js";
import type { Person } from "../people/model.js";
import { loadPerson } from "../people/store.js";
import { sightOfMeeting, sightOfTask, tasksSeenBy } from "../policy/index.js";
import { toProvider } from "../shares/notify.js";
import { SHARES } from "../shares/store.js";
import { givenBy, lapseUnanswerable, notifyUnattended, recallAll } from "../shares/unattended.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { giveAgain } from "../tasks/acts.js";
import { redWaits } from "../tasks/notify.js";
import { TASKS, tasksOf } from "../tasks/store.js";
import { lineOf } from "../tasks/views.js";
import { showAt } from "../time/display.js";
import { linesWaiting } from "./inbox.js";
import { NOBODY } from "./mine.js";

/** What passes on, and what does not, when somebody is away, comes back or leaves. */

/** So many lines fit on one screen. */
const LINES = 10;

/** To the deputy, as the absence begins: for whom, until when, and what waits. */
export const standingIn = defineNotification({
  id: "people.standing_in",
  schema: z.object({ absence: z.string() }),
  async render(work, { absence: id }, reader) {
    const absence = await work.tx.selectFrom("absences").selectAll().where("id", "=", id).executeTakeFirst();
    const person = absence && (await loadPerson(work.tx, absence.person_id));
    // Back already, or somebody else is asked to read it.
    if (!absence || !person || reader.person?.id !== absence.deputy_id || absence.until_at <= work.now)
      return undefined;
    const { t, lang } = reader;
    const away = new Map([[person.id, person.name]]);
    const mine = { id: NOBODY, agencyId: person.agencyId, away, speaks: false, coordinator: false };
    const lines = (await linesWaiting(work, mine, reader)).map(({ line }) => line);
    const until = showAt(work, reader, absence.until_at);
    const text = t.turns.standIn({ name: person.name, until, count: lines.length });
    const blocks: Block[] = [{ type: "text", text }, ...listed(lines, reader), inboxButton(work, reader)];
    return { text, lang, blocks, about: [] };
  },
});

const listed = (items: readonly ListItem[], { t }: Reader): Block[] => [
  ...(items.length ? [{ type: "list" as const, items: items.slice(0, LINES) }] : []),
  ...(items.length > LINES ? [{ type: "context" as const, text: t.inbox.more({ count: items.length - LINES }) }] : []),
];

const inboxButton = (work: UnitOfWork, { t }: Reader): Block => ({
  type: "actions",
  actions: [{ type: "button", id: "inbox", label: t.turns.all, value: `${work.body.slug}/` }],
});

/** To who comes back: what others did meanwhile with what is theirs. */
export async function meanwhile(work: UnitOfWork, person: Person, since: Date, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const tasks = await tasksOf(
    work,
    await work.tx
      .selectFrom("tasks")
      .selectAll()
      .where(tasksSeenBy(reader.viewer))
      .where((eb) => eb.or([eb("assignee_id", "=", person.id), eb("requester_id", "=", person.id)]))
      .where(
        sql<boolean>`exists (select from events e where e.item_kind = 'task' and e.item_id = tasks.id
          and e.at >= ${since} and e.actor_id is distinct from ${person.id}::uuid)`,
      )
      .orderBy("number")
      .limit(LINES + 1)
      .execute(),
  );
  const { rows } = await sql<{ id: string }>`
    select o.id from occurrences o join invitees i on i.meeting_id = o.meeting_id
    where i.person_id = ${person.id}::uuid and o.state = 'ended' and o.ended_at >= ${since}
    order by o.ended_at limit ${LINES}`.execute(work.tx);
  const lines = tasks.map((task) => lineOf(work, task, reader, task.requester.id === person.id ? "requester" : "lead"));
  for (const { id } of rows) {
    const held = await heldById(work, id);
    if (held && sightOfMeeting(reader.viewer, held.meeting.subject) === "full")
      lines.push(meetingLine(work, held.meeting, held.occurrence, reader));
  }
  const text = lines.length ? t.turns.meanwhile : t.turns.nothingMeanwhile;
  return {
    text: t.people.awayEnded,
    lang,
    blocks: [
      { type: "text", text: t.people.awayEnded },
      { type: "text", text: lines.length ? [{ bold: text }] : text },
      ...listed(lines, reader),
      inboxButton(work, reader),
    ],
  };
}

/**
 * RED passes to nobody: whoever gave it to somebody who is away, or has left, hears of it at once, and of what they gave
 * themselves who may recall it in their place (docs/access.md, Labels). A leaver is in the body still.
 * @param at when the absence begins
 */
export async function redPasses(work: UnitOfWork, person: Person, kind: "away" | "left", at = work.now): Promise<void> {
  const shares = await work.tx
    .selectFrom("share_recipients as r")
    .innerJoin("shares as s", "s.id", "r.share_id")
    .select("s.id")
    .distinct()
    .where("r.person_id", "=", person.id)
    .where("r.state", "in", ["delivered", "in_use"])
    .where("s.label", "=", "RED")
    .where("s.state", "=", "released")
    .execute();
  for (const { id } of shares) {
    const share = await SHARES.byId(work, id);
    if (share) await toProvider(work, share, kind, undefined, at);
  }
  if (kind === "left") return;
  await notifyUnattended(work, person, at);
  const tasks = await work.tx
    .selectFrom("tasks")
    .select("id")
    .where("assignee_id", "=", person.id)
    .where("label", "=", "RED")
    .where("state", "in", ["asked", "agreed"])
    .execute();
  for (const task of await TASKS.byIds(
    work,
    tasks.map(({ id }) => id),
  ))
    await redWaits(work, task, person.id, at);
}

/** Once they are out: nobody of theirs can be asked any more. */
export async function redLeft(work: UnitOfWork, leaver: Person): Promise<void> {
  await lapseUnanswerable(work, leaver);
  await notifyUnattended(work, leaver, work.now);
}

/** What is kept of a removal as long as it can be undone. */
export type Removal = { left: Left; tasks: { id: string; version: number }[]; succeeds?: string };

/** Taken out by mistake, by whoever did it: access, roles, duties, and the tasks that nobody took on meanwhile. */
export async function undoRemoval(c: Context, personId: string, { left, tasks, succeeds }: Removal): Promise<string> {
  const { work } = c;
  const person = await bringBack(work, personId, left, c.onBehalf?.by ?? c.person);
  if (succeeds)
    await work.tx.deleteFrom("roles").where("person_id", "=", succeeds).where("role", "=", "focal_point").execute();
  let theirs = 0;
  let others = 0;
  for (const { id, version } of tasks) {
    const again = await giveAgain(c, id, version, personId);
    // What this reader may not know of is not counted either.
    const [task] = await TASKS.byIds(work, [id]);
    if (!task || sightOfTask(c.viewer, task.subject) === "none") continue;
    if (again) theirs++;
    else others++;
  }
  await schedulePersonDigest(work, personId);
  return c.t.sure.broughtBack({ name: person.name, tasks: theirs, others });
}

/**
 * What a leaver gave under RED, of which nobody else may know, is recalled unseen by whoever takes them out: the answer
 * is the same whether there was any.
 */
export async function recallRed(work: UnitOfWork, leaver: Person, by: Person): Promise<void> {
  await recallAll(work, await givenBy(work, leaver.id), by);
}
