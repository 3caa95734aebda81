import { type Selectable, type SelectQueryBuilder, sql } from "kysely";
import { type Block, type ListItem, type Message, plain } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { pageFoot } from "../command/pages.js";
import type { Reference } from "../command/references.js";
import type { Reader } from "../delivery/notification.js";
import { chosen, defineKind, held } from "../items/kind.js";
import { meetingsSeenBy, type Viewer, within } from "../policy/index.js";
import type { DecisionRow } from "../store/meeting-tables.js";
import type { Schema } from "../store/schema.js";
import { saying } from "../store/search.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import { actionsOf, carriedOut, tasksOfDecision } from "./carry-over.js";
import { actionLine } from "./pack.js";
import { type Decision, decisionOf } from "./record.js";
import { type Held, heldById } from "./store.js";
import { decisionLine, showsWords, titled } from "./views.js";

/** What was decided, whether it is carried out, and which agencies come. */

const PAGE = 10;

export type Registered = { held: Held; decision: Decision };

/** A decision as it stands in its row. */
type Recorded = Selectable<DecisionRow> & { ref: string };

export const DECISIONS = defineKind<Recorded>({
  ...{ kind: "decision", letter: "D", show: "decision", unknown: (t) => t.errors.noDecision, unheld: true },
  async load(work, { viewer, hold, ...which }) {
    const readable = viewer ? readableDecisions(work, viewer) : work.tx.selectFrom("decisions");
    const query = readable.selectAll().where(chosen(which)).orderBy("number");
    return (await held(query, hold).execute()).map((row) => ({ ...row, ref: `D-${row.number}` }));
  },
});

export async function findDecision(c: Context, reference: Reference): Promise<Registered> {
  const row = await DECISIONS.find(c, reference);
  const held = await heldById(c.work, row.occurrence_id);
  return held ? { held, decision: await decisionOf(c.work, row) } : DECISIONS.missing(reference);
}

type Decisions = SelectQueryBuilder<Schema, "decisions", object>;

/** Decisions that this person would see in full were the meeting as secret; RED ones, where they were recorded as present. */
export function readableDecisions(work: UnitOfWork, viewer: Viewer): Decisions {
  const sat = work.tx
    .selectFrom("attendance")
    .innerJoin("invitees", "invitees.id", "attendance.invitee_id")
    .select("attendance.occurrence_id")
    .where("attendance.present", "=", true)
    .where("invitees.person_id", "=", viewer.id || NOBODY);
  return work.tx
    .selectFrom("decisions")
    .where((eb) =>
      eb.exists(
        work.tx
          .selectFrom("meetings")
          .select("meetings.id")
          .where(sql.ref("meetings.id"), "=", sql.ref("decisions.meeting_id"))
          .where(meetingsSeenBy(viewer, "decisions.label")),
      ),
    )
    .where((eb) => eb.or([eb("decisions.label", "!=", "RED"), eb("decisions.occurrence_id", "in", sat)]));
}

/** No person has it. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The newest first; words are looked for in what is open alone, since the rest is sealed. */
export async function decisionsPage(
  work: UnitOfWork,
  viewer: Viewer,
  filter: { words?: string; page: number },
  reader: Reader,
): Promise<Message> {
  let query = readableDecisions(work, viewer).where("withdrawn_at", "is", null);
  if (filter.words) query = query.where("label", "in", ["CLEAR", "GREEN"]).where(saying("decisions", filter.words));
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy("number", "desc")
    .limit(PAGE)
    .offset((filter.page - 1) * PAGE)
    .execute();
  const { t, lang } = reader;
  const title = t.meetings.register.title({ said: Number(total) ? filter.words : undefined, count: Number(total) });
  const blocks: Block[] = [{ type: "heading", text: title }];
  if (rows.length === 0)
    blocks.push({ type: "text", text: t.meetings.register.empty({ searched: filter.words !== undefined }) });
  else blocks.push({ type: "list", items: await decisionItems(work, rows, reader) });
  blocks.push(
    ...pageFoot(t, work.body.slug, {
      ...{ page: filter.page, size: PAGE, shown: rows.length, total: Number(total) },
      again: { id: "decisions", words: [filter.words] },
      hidden: { says: t.meetings.register.hidden({ searched: filter.words !== undefined }) },
    }),
  );
  return { text: title, lang, blocks };
}

export async function decisionItems(
  work: UnitOfWork,
  rows: readonly Selectable<DecisionRow>[],
  reader: Reader,
): Promise<ListItem[]> {
  const { t } = reader;
  const tasks = await actionsOf(work, [...new Set(rows.map((row) => row.occurrence_id))]);
  const items: ListItem[] = [];
  for (const row of rows) {
    const held = await heldById(work, row.occurrence_id);
    if (!held) continue;
    const decision = await decisionOf(work, row);
    const shown = within(decision.label, reader.ceiling) && showsWords(held.meeting, reader);
    const state = t.meetings.register.carriedOut[carriedOut(tasksOfDecision(tasks, decision.id), work.now)];
    items.push({
      title: [{ bold: `${decision.ref} ` }, shown ? decision.words : t.labels.hidden(decision)],
      detail: t.meetings.register.line({
        meeting: held.occurrence.ref,
        when: showAt(work, reader, decision.at),
        state,
      }),
      action: {
        type: "button",
        id: "decision",
        label: t.meetings.buttons.open,
        value: `${work.body.slug}/${decision.ref}`,
      },
    });
  }
  return items;
}

/** One decision with its votes, its quorum and the tasks that carry it out. */
export async function decisionMessage(
  work: UnitOfWork,
  { held, decision }: Registered,
  reader: Reader,
): Promise<Message> {
  const { meeting, occurrence } = held;
  const { t, lang } = reader;
  const tasks = tasksOfDecision(await actionsOf(work, [occurrence.id]), decision.id);
  const line = decisionLine(work, meeting, decision, reader);
  const blocks: Block[] = [
    { type: "heading", text: decision.ref },
    { type: "text", text: line.title },
    {
      type: "context",
      text: [
        titled(meeting, reader, occurrence),
        showAt(work, reader, decision.at),
        t.meetings.register.carriedOut[carriedOut(tasks, work.now)],
        ...(line.detail ? [plain(line.detail)] : []),
      ].join(" · "),
    },
  ];
  if (tasks.length) blocks.push({ type: "list", items: tasks.map((task) => actionLine(work, meeting, task, reader)) });
  if (line.action) blocks.push({ type: "actions", actions: [line.action] });
  return { text: decision.ref, lang, blocks };
}

/** How many of the meetings held to which an agency was asked it came to; the best attended first. */
export async function presenceMessage(work: UnitOfWork, viewer: Viewer, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const rows = await work.tx
    .selectFrom("occurrences")
    .innerJoin("invitees", "invitees.meeting_id", "occurrences.meeting_id")
    .innerJoin("agencies", "agencies.id", "invitees.agency_id")
    .leftJoin("attendance", (join) =>
      join
        .onRef("attendance.occurrence_id", "=", "occurrences.id")
        .onRef("attendance.invitee_id", "=", "invitees.id")
        .on("attendance.present", "=", true),
    )
    .select(({ fn }) => [
      "agencies.name",
      fn.count<number>("occurrences.id").distinct().as("held"),
      fn.count<number>("attendance.occurrence_id").distinct().as("came"),
    ])
    .where("occurrences.state", "=", "ended")
    .where("invitees.guest", "=", false)
    .where(
      "occurrences.meeting_id",
      "in",
      work.tx.selectFrom("meetings").where(meetingsSeenBy(viewer)).select("meetings.id"),
    )
    .groupBy("agencies.name")
    .orderBy("came", "desc")
    .orderBy("agencies.name")
    .execute();
  const title = t.meetings.register.attendance;
  const blocks: Block[] = [{ type: "heading", text: title }];
  if (rows.length === 0) blocks.push({ type: "text", text: t.meetings.register.none });
  else
    blocks.push({
      type: "list",
      items: rows.map(({ name, held, came }) => ({
        title: [{ bold: name }],
        detail: t.meetings.register.attended({ present: Number(came), of: Number(held) }),
      })),
    });
  return { text: title, lang, blocks };
}
