import { randomUUID } from "node:crypto";
import { recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import type { CountryRole, TrainingFormat, TrainingState, TrainingWhat } from "../../store/training-tables.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { keepWords } from "../../store/words.js";
import { scheduleTraining } from "../escalation.js";
import { checkTraining } from "../find.js";
import { figuresOf, itemOf, type OpenLabel, type Topic, type Training } from "../model.js";
import * as notifying from "../notify.js";
import { fitting } from "../rules.js";
import { opposite, TRAININGS } from "../store.js";

/**
 * Needs and offers. Each act checks its rules, changes rows, writes what happened, reschedules its reminders and draws
 * the cards anew, all in the transaction it is given.
 */

export type Entering = {
  what?: TrainingWhat;
  topic: Topic;
  words: string;
  label?: OpenLabel;
  country?: string;
  role?: CountryRole;
  people?: number;
  from?: Date;
  until?: Date;
  langs?: readonly string[];
  format?: TrainingFormat;
  provider?: string;
};

export async function enter(c: Context, kind: "need" | "offer", entry: Entering): Promise<Training> {
  const { work, person } = c;
  if (entry.from && entry.until && entry.until <= entry.from) refuse((t) => t.errors.order);
  const id = randomUUID();
  const label = entry.label ?? "GREEN";
  await work.tx
    .insertInto("training_items")
    .values({
      id,
      number: await work.next("training"),
      kind,
      what: entry.what ?? "training",
      topic: entry.topic,
      words: await keepWords(work, label, entry.words),
      label,
      agency_id: person.agencyId,
      person_id: c.person.id,
      country: entry.country ?? person.agency.country,
      role: entry.role ?? "none",
      people: entry.people ?? null,
      from_at: entry.from ?? null,
      until_at: entry.until ?? null,
      langs: [...(entry.langs ?? [])],
      format: entry.format ?? null,
      provider: entry.provider ?? null,
      matched_id: null,
      of_id: null,
      meeting_id: null,
      seats: null,
      held_at: null,
      created_at: work.now,
    })
    .execute();
  const item = await TRAININGS.reload(work, id);
  await scheduleTraining(work, item);
  await recordAct(c, {
    action: `training.${kind}`,
    item: itemOf(item),
    detail: { ...figuresOf(item), people: item.people, provider: item.provider ? "outside" : "own" },
    words: entry.words,
  });
  await notifying.cards(work, item, [
    ...(c.onBehalf ? [c.onBehalf.by] : []),
    ...(await notifying.ownersOf(work, item)),
  ]);
  await sayThatItFits(c, item);
  return item;
}

/** So many of those it fits hear of it at once; the cards of all of them show it. */
const MOST_TOLD = 3;

async function sayThatItFits(c: Context, item: Training): Promise<void> {
  const { work } = c;
  const found = fitting(item, await opposite(work, item), work.now);
  for (const [index, { item: other }] of found.entries()) {
    await refresh(work, itemOf(other));
    if (index < MOST_TOLD)
      await notifying.notifyOfTraining(work, other, "fits", await notifying.ownersOf(work, other), {
        by: c.person,
        other: item,
      });
  }
}

/** Takes up a match: the two belong together from now on, and both focal points hear of it. */
export async function takeUp(c: Context, one: Training, two: Training): Promise<Training> {
  const { work } = c;
  const [a, b] = await lockedInOrder(work, [one.id, two.id]);
  if (!a || !b || a.kind === b.kind || a.kind === "session" || b.kind === "session")
    return refuse((t) => t.errors.trainingPair);
  const [need, offer] = a.kind === "need" ? [a, b] : [b, a];
  if (need.agency.id === offer.agency.id) refuse((t) => t.errors.trainingSameAgency);
  if (!mine(c, need) && !mine(c, offer)) checkTraining(c, "take", need);
  for (const item of [need, offer]) mustBe(item, ["open"]);
  const changed = await change(work, need, { state: "matched", matched_id: offer.id });
  const partner = await change(work, offer, { state: "matched", matched_id: need.id });
  await recordAct(c, {
    action: "training.matched",
    item: itemOf(changed),
    detail: { ...figuresOf(changed), with: partner.agency.handle, offer: partner.ref },
  });
  await notifying.notifyOfTraining(work, changed, "matched", await notifying.ownersOf(work, changed), {
    by: c.person,
    other: partner,
  });
  await notifying.notifyOfTraining(work, partner, "matched", await notifying.ownersOf(work, partner), {
    by: c.person,
    other: changed,
  });
  await refreshOpposite(work, changed, partner);
  return changed.id === one.id ? changed : partner;
}

const mine = (c: Context, item: Training): boolean => item.agency.id === c.viewer.agencyId;

/** Takes a need or an offer back; what it was matched with stands open again. */
export async function withdraw(c: Context, item: Training): Promise<Training> {
  const { work } = c;
  checkTraining(c, "change", item);
  const locked = await lockedInOrder(work, [item.id, ...(item.matchedId ? [item.matchedId] : [])]);
  const own = locked.find(({ id }) => id === item.id);
  const partner = locked.find(({ id }) => id !== item.id && id === own?.matchedId);
  if (!own) throw new Error("training is gone");
  mustBe(own, ["open", "matched"]);
  const changed = await change(work, own, { state: "withdrawn", matched_id: null });
  await recordAct(c, {
    action: "training.withdrawn",
    item: itemOf(changed),
    detail: figuresOf(changed),
  });
  if (partner) {
    const over = partner.until !== undefined && partner.until <= work.now;
    const freed = await change(work, partner, { state: over ? "lapsed" : "open", matched_id: null });
    await notifying.notifyOfTraining(work, freed, "unmatched", await notifying.ownersOf(work, freed), {
      by: c.person,
      other: changed,
    });
  }
  await refreshOpposite(work, changed);
  return changed;
}

/** Those that no longer, or again, have something that fits them. */
async function refreshOpposite(work: UnitOfWork, ...items: Training[]): Promise<void> {
  for (const item of items)
    for (const { item: other } of fitting(item, await opposite(work, item), work.now))
      await refresh(work, itemOf(other));
}

export function mustBe(item: Training, states: readonly TrainingState[]): void {
  if (states.includes(item.state)) return;
  refuse((t) => t.errors.trainingState({ ref: item.ref, state: t.training.state[item.state] }));
}

/** By number, so that two who lock the same pair never wait for each other. */
export async function lockedInOrder(work: UnitOfWork, ids: readonly string[]): Promise<Training[]> {
  const rows = await work.tx
    .selectFrom("training_items")
    .select("id")
    .where("id", "in", ids)
    .orderBy("number")
    .execute();
  const items: Training[] = [];
  for (const { id } of rows) {
    const item = await TRAININGS.lock(work, id);
    if (item) items.push(item);
  }
  return items;
}

type Columns = Partial<{ state: TrainingState; matched_id: string | null; held_at: Date }>;

/** Changes the row, reschedules its reminders, and draws every card. */
export async function change(work: UnitOfWork, item: Training, columns: Columns): Promise<Training> {
  await work.tx
    .updateTable("training_items")
    .set({ ...columns, version: item.version + 1, ladder: item.scheduleVersion + 1 })
    .where("id", "=", item.id)
    .execute();
  const changed = await TRAININGS.reload(work, item.id);
  await scheduleTraining(work, changed);
  await refresh(work, itemOf(changed));
  return changed;
}
