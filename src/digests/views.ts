import { subDays } from "date-fns";
import { sql } from "kysely";
import type { Block, Message } from "../chat/index.js";
import type { Reader } from "../delivery/notice.js";
import { inboxMessage } from "../inbox.js";
import { meetingsAhead } from "../meetings/lists.js";
import type { Person } from "../people/model.js";
import { inboxOf } from "../tasks/lists.js";
import type { Work } from "../work.js";

/** A morning's screen: what is late, today, this week, to be handed on, to be closed and waited for. Nothing to say, nothing sent. */
export async function personDigest(work: Work, person: Person, reader: Reader): Promise<Message | undefined> {
  const inbox = await inboxOf(work, person);
  const meetings = await meetingsAhead(work, person, person);
  if (meetings.length === 0 && Object.values(inbox).every((tasks) => tasks.length === 0)) return undefined;
  const message = await inboxMessage(work, person, reader);
  return { ...message, text: reader.t.digest.person };
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
  return { text: title, lang, blocks };
}
