import { addDays, subDays } from "date-fns";
import { sql } from "kysely";
import { shortHead } from "../audit/heads.js";
import { headOf } from "../audit/seal.js";
import type { Block, Message } from "../chat/index.js";
import type { Reader } from "../delivery/notice.js";
import { drawn, inboxOf, isClear } from "../inbox.js";
import type { Person } from "../people/model.js";
import { loadAgency } from "../people/store.js";
import { standings } from "../plan/standing.js";
import { formatWhen } from "../time/index.js";
import type { Work } from "../work.js";

/** A morning's screen: everything that waits for them, or for whom they stand in. Nothing to say, nothing sent. */
export async function personDigest(work: Work, person: Person, reader: Reader): Promise<Message | undefined> {
  const inbox = await inboxOf(work, person, reader);
  return isClear(inbox) ? undefined : { ...drawn(work, person, reader, inbox), text: reader.t.digest.person };
}

type Week = {
  open: number;
  late: number;
  unanswered: number;
  opened: number;
  closed: number;
  asked: number;
  outcomes: number;
  meetings: number;
};

/**
 * An agency's week for its channel, in figures: what it owes, what it waits for, what is ahead. Whoever of the agency
 * reads the channel may know so much, and who reads a channel is not known: no title, no reference (DESIGN 3).
 */
export async function agencyDigest(work: Work, agencyId: string, reader: Reader): Promise<Message | undefined> {
  // Guests read along: how much an agency has to do is no affair of theirs.
  if (!reader.person && reader.ceiling === "CLEAR") return undefined;
  const since = subDays(work.now, 7);
  const ahead = addDays(work.now, 7);
  const { rows } = await sql<Week>`
    select
      count(*) filter (where lead and state in ('asked', 'agreed'))::int as open,
      count(*) filter (where lead and state in ('asked', 'agreed') and due_at < ${work.now})::int as late,
      count(*) filter (where lead and state = 'asked')::int as unanswered,
      count(*) filter (where lead and created_at >= ${since})::int as opened,
      count(*) filter (where lead and state = 'closed' and closed_at >= ${since})::int as closed,
      count(*) filter (where not lead and state in ('asked', 'agreed'))::int as asked,
      (select count(*)::int from share_recipients r join shares s on s.id = r.share_id
        where r.agency_id = ${agencyId}::uuid and s.label <> 'RED' and r.outcome <> 'final'
          and (r.state = 'in_use' or r.state = 'delivered' and s.state = 'released')
          and r.outcome_due < ${work.now}) as outcomes,
      (select count(distinct o.id)::int from occurrences o join meetings m on m.id = o.meeting_id
        join invitees i on i.meeting_id = o.meeting_id
        where i.agency_id = ${agencyId}::uuid and m.label <> 'RED' and o.state = 'scheduled' and not i.guest and i.left_at is null
          and o.starts_at >= ${work.now} and o.starts_at < ${ahead}) as meetings
    from (
      select state, due_at, created_at, closed_at, lead_agency_id = ${agencyId}::uuid as lead from tasks
      where label <> 'RED' and (lead_agency_id = ${agencyId}::uuid or requester_agency_id = ${agencyId}::uuid)
    ) as own`.execute(work.tx);
  const agency = await loadAgency(work.tx, agencyId);
  const figures = (await standings(work, work.now)).filter((one) => one.agency === agency.handle && one.overdue).length;
  const [week] = rows;
  if (!week || [...Object.values(week), figures].every((n) => Number(n) === 0)) return undefined;
  const { t, lang } = reader;
  const title = t.digest.agency({ agency: agency.name });
  const { asked, outcomes, meetings } = week;
  const blocks: Block[] = [
    { type: "heading", text: title },
    { type: "text", text: t.digest.line(week) },
    { type: "text", text: t.digest.also({ asked, outcomes, meetings, figures }) },
  ];
  return { text: title, lang, blocks };
}

type Row = { agency: string; open: number; late: number; unanswered: number; opened: number; closed: number };

/** The week by agency, in figures: the desk sees reference, agencies, dates and states, and no titles (DESIGN 4). */
export async function bodyDigest(work: Work, reader: Reader): Promise<Message | undefined> {
  const since = subDays(work.now, 7);
  const { rows } = await sql<Row>`
    select a.name as agency,
      count(*) filter (where t.state in ('asked', 'agreed'))::int as open,
      count(*) filter (where t.state in ('asked', 'agreed') and t.due_at < ${work.now})::int as late,
      count(*) filter (where t.state = 'asked')::int as unanswered,
      count(*) filter (where t.created_at >= ${since})::int as opened,
      count(*) filter (where t.state = 'closed' and t.closed_at >= ${since})::int as closed
    from tasks t join agencies a on a.id = t.lead_agency_id
    where t.label <> 'RED'
    group by a.name
    having count(*) filter (where t.state in ('asked', 'agreed') or t.created_at >= ${since} or t.closed_at >= ${since}) > 0
    order by late desc, open desc, a.name`.execute(work.tx);
  if (rows.length === 0) return undefined;
  const { t, lang } = reader;
  const title = t.digest.body({ body: work.body.name });
  const blocks: Block[] = [
    { type: "heading", text: title },
    { type: "list", items: rows.map((row) => ({ title: [{ bold: row.agency }], detail: t.digest.line(row) })) },
  ];
  // To a coordinator alone: who reads a channel need not know how much is on record.
  const head = reader.person && (await headOf(work.tx));
  if (head) {
    const at = formatWhen(head.at, reader.zone, reader.lang, { showZone: true });
    blocks.push({ type: "context", text: t.digest.head({ head: shortHead(head), events: head.size, at }) });
  }
  return { text: title, lang, blocks };
}
