import { addDays, subDays } from "date-fns";
import { sql } from "kysely";
import { shortHead } from "../audit/heads.js";
import { headOf } from "../audit/seal.js";
import type { Block, Button, Message } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import type { Person } from "../people/model.js";
import { agenciesOf, loadAgency } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { formatWhen } from "../time/index.js";
import { drawn, inboxOf, isClear } from "../turns/inbox.js";
import { loadOf } from "./load.js";

/**
 * A morning's screen: everything that waits for them, or for whom they stand in, with the buttons of what is asked. Acted
 * upon it is refreshed, as what waits then. Nothing to say, nothing sent.
 * @param steps where nothing refreshes it its lines are opened alone
 */
export async function personDigest(
  work: UnitOfWork,
  person: Person,
  reader: Reader,
  steps?: "steps",
): Promise<Message | undefined> {
  const inbox = await inboxOf(work, person, reader);
  if (isClear(inbox) && !reader.refresh) return undefined;
  return { ...drawn(work, person, reader, inbox, steps), text: reader.t.digest.person, about: [] };
}

type Week = { opened: number; closed: number; asked: number; meetings: number };

/**
 * An agency's week for its channel, in figures: what waits for it, what it waits for, what is ahead. Whoever of the agency
 * reads the channel may know so much, and who reads a channel is not known: no title, no reference (docs/reminders.md,
 * Digests).
 */
export async function agencyDigest(work: UnitOfWork, agencyId: string, reader: Reader): Promise<Message | undefined> {
  // Guests read along: how much an agency has to do is no affair of theirs.
  if (!reader.person && reader.ceiling === "CLEAR") return undefined;
  const agency = await loadAgency(work.tx, agencyId);
  const load = await loadOf(work, agency, reader);
  const week = await weekOf(work, agencyId);
  if ([...Object.values(week), ...Object.values(load)].every((n) => n === 0)) return undefined;
  const { t, lang } = reader;
  const title = t.digest.agency({ agency: agency.name });
  const blocks: Block[] = [
    { type: "heading", text: title },
    { type: "text", text: t.digest.line({ ...load, ...week }) },
    { type: "text", text: t.digest.also({ ...load, ...week }) },
    mine(work, reader),
  ];
  return { text: title, lang, blocks };
}

/** What happened in an agency's last seven days, what it waits for, and the meetings of the next seven. */
async function weekOf(work: UnitOfWork, agencyId: string): Promise<Week> {
  const since = subDays(work.now, 7);
  const ours = sql`${agencyId}::uuid`;
  const { rows } = await sql<Week>`
    select
      (select count(*)::int from tasks
        where lead_agency_id = ${ours} and label <> 'RED' and created_at >= ${since}) as opened,
      (select count(*)::int from tasks
        where lead_agency_id = ${ours} and label <> 'RED' and state = 'closed' and closed_at >= ${since}) as closed,
      (select count(*)::int from tasks where requester_agency_id = ${ours} and lead_agency_id <> ${ours}
        and label <> 'RED' and state in ('asked', 'agreed')) as asked,
      (select count(distinct o.id)::int from occurrences o join meetings m on m.id = o.meeting_id
        join invitees i on i.meeting_id = o.meeting_id
        where i.agency_id = ${ours} and m.label <> 'RED' and o.state = 'scheduled' and not i.guest and i.left_at is null
          and o.starts_at >= ${work.now} and o.starts_at < ${addDays(work.now, 7)}) as meetings`.execute(work.tx);
  return rows[0] ?? { opened: 0, closed: 0, asked: 0, meetings: 0 };
}

/** In a channel each reader's own list, for them alone: what it asks of whom is no affair of the others. */
const mine = (work: UnitOfWork, { t }: Reader): Block => ({
  type: "actions",
  actions: [{ type: "button", id: "inbox", label: t.digest.mine, value: `${work.body.slug}/` }],
});

const lateOf = (work: UnitOfWork, handle: string, { t }: Reader): Button => ({
  type: "button",
  id: "tasks",
  label: t.tasks.list.views.late,
  value: `${work.body.slug}/late @${handle}`,
});

type Row = { agency: string; opened: number; closed: number };

/**
 * The week by agency, late work first, in figures: coordinators see agencies and numbers, and no titles
 * (docs/reminders.md, Digests).
 */
export async function bodyDigest(work: UnitOfWork, reader: Reader): Promise<Message | undefined> {
  const since = subDays(work.now, 7);
  const { rows } = await sql<Row>`
    select agency, count(*) filter (where opened)::int as opened, count(*) filter (where not opened)::int as closed from (
      select lead_agency_id as agency, true as opened from tasks where label <> 'RED' and created_at >= ${since}
      union all
      select lead_agency_id, false from tasks where label <> 'RED' and state = 'closed' and closed_at >= ${since}
    ) as week group by agency`.execute(work.tx);
  const week = new Map(rows.map((row) => [row.agency, row]));
  const lines = [];
  for (const agency of await agenciesOf(work.tx)) {
    const { opened = 0, closed = 0 } = week.get(agency.id) ?? {};
    const load = await loadOf(work, agency, reader);
    if (load.open + opened + closed > 0)
      lines.push({ agency: agency.name, handle: agency.handle, ...load, opened, closed });
  }
  if (lines.length === 0) return undefined;
  lines.sort((a, b) => b.late - a.late || b.open - a.open || a.agency.localeCompare(b.agency));
  const { t, lang } = reader;
  const title = t.digest.body({ body: work.body.name });
  const blocks: Block[] = [
    { type: "heading", text: title },
    {
      type: "list",
      items: lines.map((line) => ({
        title: [{ bold: line.agency }],
        detail: t.digest.line(line),
        ...(reader.person && line.late ? { action: lateOf(work, line.handle, reader) } : {}),
      })),
    },
  ];
  // Whoever may asks all who are late at once, after a look at what would go out.
  const asks = reader.person && lines.some(({ late }) => late);
  const nudge = { type: "button" as const, id: "nudge", label: t.digest.nudge, value: `${work.body.slug}/` };
  blocks.push(asks ? { type: "actions", actions: [nudge] } : mine(work, reader));
  // To a coordinator alone: who reads a channel need not know how much is on record.
  const head = reader.person && (await headOf(work.tx));
  if (head) {
    const at = formatWhen(head.at, reader.zone, reader.lang, { showZone: true });
    blocks.push({ type: "context", text: t.digest.head({ head: shortHead(head), events: head.size, at }) });
  }
  return { text: title, lang, blocks };
}
