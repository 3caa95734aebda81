import { addHours } from "date-fns";
import { sql } from "kysely";
import type { Reader } from "../delivery/notification.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { ownId } from "../turns/mine.js";
import { type Mine, mostOf, type Turn, type Turns, type Waiting, waitingIn } from "../turns/turn.js";
import type { Training } from "./model.js";
import { trainingsOf } from "./store.js";
import { askSteps, titled } from "./views.js";

/** Of a session that was held: who was there and has not said how it was, and whose agency not what it put into practice. */
export type Silent = { persons: readonly string[]; agencies: readonly string[] };

/**
 * Whose turn it is. A need or an offer waits for somebody to take it up; a session that is to come is a meeting, and its
 * turn is the meeting's. How it was is asked until it is asked what was put into practice.
 */
export function whoseTurn(
  item: Pick<Training, "kind" | "state" | "heldAt" | "followDays">,
  silent: Silent,
  now: Date,
): Turns {
  if (item.state === "open") return "waits";
  if (item.kind !== "session" || item.state !== "met" || !item.heldAt) return "over";
  const followed = addHours(item.heldAt, 24 * item.followDays);
  const turns: Turn[] =
    now < followed
      ? [{ deed: "evaluate", persons: silent.persons, agencies: [], own: true }]
      : [{ deed: "follow", by: followed, persons: [], agencies: silent.agencies }];
  const asked = turns.filter(({ persons, agencies }) => persons.length + agencies.length);
  return asked.length ? asked : now < followed ? "waits" : "over";
}

export async function trainingWaiting(work: UnitOfWork, mine: Mine, reader: Reader): Promise<Waiting[]> {
  if (!mine.id) return [];
  const there = sql`training_items t
    join occurrences o on o.meeting_id = t.meeting_id and o.n = 1
    join attendance x on x.occurrence_id = o.id and x.present
    join invitees i on i.id = x.invitee_id`;
  const followed = sql`t.held_at + t.follow_days * interval '24 hours'`;
  const { rows } = await sql<{ id: string; silent: boolean; agency: boolean }>`
    select id, bool_or(person) as silent, bool_or(not person) as agency from (
      select t.id, true as person from ${there}
      where i.person_id = ${ownId(mine)} and t.state = 'met' and ${followed} > ${work.now}
        and not exists (select from training_evaluations e where e.training_id = t.id and e.person_id = i.person_id)
      union all
      select t.id, false from ${there}
      where ${mine.speaks} and i.agency_id = ${mine.agencyId}::uuid and t.state = 'met' and ${followed} <= ${work.now}
        and not exists (select from training_followups f where f.training_id = t.id and f.agency_id = i.agency_id)
    ) as asked group by id limit ${mostOf(mine)}`.execute(work.tx);
  if (rows.length === 0) return [];
  const asked = new Map(rows.map((row) => [row.id, row]));
  const items = await trainingsOf(
    work,
    await work.tx
      .selectFrom("training_items")
      .selectAll()
      .where("id", "in", [...asked.keys()])
      .orderBy("number")
      .execute(),
  );
  return items.flatMap((item) => {
    const row = asked.get(item.id);
    const silent = { persons: row?.silent ? [mine.id] : [], agencies: row?.agency ? [mine.agencyId] : [] };
    return waitingIn(whoseTurn(item, silent, work.now), mine, reader, () => ({
      title: titled(item, reader),
      action: {
        type: "button",
        id: "training-show",
        label: reader.t.training.buttons.open,
        value: `${work.body.slug}/${item.ref}`,
      },
      steps: askSteps(work, item, { evaluate: row?.silent === true, follow: row?.agency === true }, reader.t),
    }));
  });
}
