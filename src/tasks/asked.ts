import { addDays } from "date-fns";
import type { Action, Block, Message } from "../chat/index.js";
import type { Moment } from "../command/args.js";
import { whenContext } from "../command/args.js";
import { exactly, momentShown } from "../command/asking.js";
import type { Context } from "../command/define.js";
import { readerIn, withMarking } from "../command/reply.js";
import { anybodyOf } from "../people/store.js";
import type { Label } from "../policy/index.js";
import { within } from "../policy/index.js";
import { dayOf, formatDay, formatWeekday, parseWhen, plusDays, type When } from "../time/index.js";
import type { Task } from "./model.js";
import { showWhen } from "./views.js";

/** What somebody who asked for a task is told: to whom, and by when, or that no date was set, with those at hand. */
export async function askedMessage(
  c: Context,
  made: Task,
  o: { due?: Moment; label?: Label; blocks?: readonly Block[] },
): Promise<Message> {
  const { t, person, work } = c;
  const to = made.assignee ? t.tasks.who({ name: made.assignee.name, agency: made.lead.name }) : made.lead.name;
  const asked = t.tasks.asked({ ref: made.ref, to, due: o.due && showWhen(work, o.due, readerIn(c)) });
  const stayed = within(made.label, c.ceiling) ? (c.stayed ?? []) : [];
  const words = stayed.length ? ` ${t.tasks.stayed({ phrases: stayed.map(({ said }) => said.slice(0, 60)) })}` : "";
  const reached = made.assignee !== undefined || (await anybodyOf(work.tx, made.lead.id));
  const unseen = reached ? "" : `\n${t.agencies.nobodyYet({ agency: made.lead.name, ref: made.ref })}`;
  const said = `${withMarking(c, asked, made.label, o.label)}${words}${unseen}`;
  const readings = stayed.flatMap(({ readings }) => readings.slice(0, 1));
  const actions = c.onBehalf ? [] : dates(c, made, o.due, readings);
  return {
    text: said,
    lang: person.lang,
    blocks: [
      { type: "text", text: said },
      ...(actions.length ? [{ type: "actions" as const, actions }] : []),
      ...(o.blocks ?? []),
    ],
  };
}

const MOST_READINGS = 3;

function dates(c: Context, made: Task, due: Moment | undefined, stayed: readonly When[]): Action[] {
  const { t } = c;
  const to = (label: string, when: When): Action => ({
    ...{ type: "button", id: "date", label },
    value: `${c.work.body.slug}/${made.ref} ${exactly(c, when)}`,
  });
  const read = stayed
    .filter(({ at }) => at.getTime() !== due?.at.getTime())
    .slice(0, MOST_READINGS)
    .map((when) => to(t.asking.by({ when: momentShown(c, when) }), when));
  if (due) return read;
  const pick: Action = {
    ...{ type: "button", id: "date", label: t.asking.pickDate, opens: true },
    value: `${c.work.body.slug}/${made.ref}`,
  };
  return [...(read.length ? read : near(c).map(([label, when]) => to(label, when))), pick];
}

/** Today, tomorrow and the end of a working week, as far as they are still to come. */
function near(c: Context): [label: string, when: When][] {
  const { t, person, work } = c;
  const time = whenContext(c);
  const today = dayOf(work.now, person.zone);
  const read = (words: string): When[] => [parseWhen(words, time)].filter((one) => one.ok);
  const week = ["this week", "end of next week"]
    .flatMap(read)
    .find(({ at }) => dayOf(at, person.zone) > plusDays(today, 1));
  const soon = week && week.at < addDays(work.now, 6);
  const day = week && (soon ? formatWeekday : formatDay)(week.at, person.zone, person.lang, { now: work.now });
  return [
    ...read("today").map((when): [string, When] => [t.tasks.today, when]),
    ...read("tomorrow").map((when): [string, When] => [t.tasks.tomorrow, when]),
    ...(week && day ? [[day, week] as [string, When]] : []),
  ];
}
