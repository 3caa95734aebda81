import { notifyAll, PRIORITY } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { asDeputy, findPersons, onDuty, speakersOf, standIns } from "../people/store.js";
import { type RequestAct, sightOfRequest } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type CoopRequest, isAtOnce, isOpen, isRed, type StopCode } from "./model.js";
import { requestCard, requestHalted, requestNotification, requestSilence } from "./notifications.js";
import { isInside } from "./open.js";

/** Who hears of what. Cards keep themselves true; a message comes only to those who must know or act. */

export const drafted = (work: UnitOfWork, one: CoopRequest): Promise<void> => cards(work, one, [one.drafter.id]);

export async function moved(
  work: UnitOfWork,
  before: CoopRequest,
  one: CoopRequest,
  act: RequestAct,
  move: string,
  by: Person,
): Promise<void> {
  if (act === "fill") return;
  const ours = await ofAsking(work, one);
  // Whoever drafted it has its card already; one is kept true.
  if (act === "complete")
    return cards(
      work,
      one,
      ours.filter((id) => id !== one.drafter.id),
    );
  if (act === "hand_over") return cards(work, one, [one.drafter.id]);
  // Whoever is named has its card; before it is sent nobody of the other side hears of it.
  if (act === "officer") return cards(work, one, one.subject.sent ? [...ours, ...(await ofAsked(work, one))] : ours);
  const theirs = isInside(act) ? [] : await ofAsked(work, one);
  if (act === "send" || act === "send_first" || act === "redirect" || act === "show_draft")
    await cards(work, one, theirs);
  const told = act === "formalise" ? [] : tells(one, act) ? [...theirs, ...ours] : theirs;
  // Who has had the card only now need not hear of it twice; whom it was taken from must.
  const fresh = act === "send" || act === "send_first" || act === "redirect" ? new Set(theirs) : new Set<string>();
  const gone = act === "redirect" && before.to?.id !== one.to?.id ? await ofAsked(work, before) : [];
  await news(work, one, act, move, [...told.filter((id) => !fresh.has(id)), ...gone], by);
}

/** What the other side does, and approval, is told to the side that asks. */
const tells = (one: CoopRequest, act: RequestAct): boolean =>
  !["fill", "supply_info", "progress", "withdraw", "close", "measure", "report", "show_draft", "disclose"].includes(
    act,
  ) || !isOpen(one);

/** Who drafted it, who approved it, and the focal points of their agency; who stands in for whoever is away. */
async function ofAsking(work: UnitOfWork, one: CoopRequest): Promise<string[]> {
  if (isRed(one)) return seeing(work, one, [one.drafter.id, ...namedOf(one, one.from.id)]);
  const speakers = await speakersOf(work.tx, one.from.id);
  // Of what is stopped whoever is on duty hears, at any hour.
  const duty = one.stopped ? await onDuty(work.tx, one.from.id, work.now) : [];
  const there = [...speakers, ...duty].map(({ id }) => id);
  return seeing(work, one, [one.drafter.id, ...(one.approver ? [one.approver.id] : []), ...there]);
}

/** Whom they have named, and the focal points; where it is urgent also who is on duty there. */
async function ofAsked(work: UnitOfWork, one: CoopRequest): Promise<string[]> {
  if (!one.to) return [];
  if (isRed(one)) return seeing(work, one, [...(one.executor ? [one.executor.id] : []), ...namedOf(one, one.to.id)]);
  const speakers = await speakersOf(work.tx, one.to.id);
  const duty = one.urgency === "normal" && !isAtOnce(one) ? [] : await onDuty(work.tx, one.to.id, work.now);
  const own = [
    ...(one.executor ? [one.executor.id] : []),
    ...speakers.map(({ id }) => id),
    ...duty.map(({ id }) => id),
  ];
  return seeing(work, one, own);
}

/** Of RED: whom a side has named. */
const namedOf = ({ officers }: CoopRequest, agencyId: string): string[] =>
  officers.flatMap((officer) => (officer.agencyId === agencyId ? [officer.id] : []));

async function seeing(work: UnitOfWork, one: CoopRequest, own: readonly string[]): Promise<string[]> {
  const ids = [...new Set([...own, ...(await standIns(work.tx, [...new Set(own)], work.now))])];
  const people = await findPersons(work.tx, { ids, activeOnly: true });
  const now = await Promise.all(people.map((person) => asDeputy(work.tx, person, work.now)));
  return now.filter((person) => sightOfRequest(person, one.subject) !== "none").map(({ id }) => id);
}

async function cards(work: UnitOfWork, one: CoopRequest, personIds: readonly string[]): Promise<void> {
  await notifyAll(
    work,
    [...new Set(personIds)].map((personId) => ({
      notification: requestCard,
      params: { request: one.id },
      to: { personId },
      onBehalfOf: one.drafter.id,
      dedupe: `request ${one.id} ${one.version} ${personId}`,
      priority: priorityOf(one),
    })),
  );
}

async function news(
  work: UnitOfWork,
  one: CoopRequest,
  act: RequestAct,
  move: string,
  personIds: readonly string[],
  by: Person,
): Promise<void> {
  await notifyAll(
    work,
    [...new Set(personIds)]
      .filter((id) => id !== by.id)
      .map((personId) => ({
        notification: requestNotification,
        params: { request: one.id, act, move },
        to: { personId },
        onBehalfOf: by.id,
        dedupe: `request news ${move} ${personId}`,
        priority: priorityOf(one),
      })),
  );
}

/** To every side at once: the clock stopped it. */
export async function halted(work: UnitOfWork, one: CoopRequest, why: StopCode): Promise<void> {
  await notifyAll(
    work,
    [...new Set([...(await ofAsking(work, one)), ...(await ofAsked(work, one))])].map((personId) => ({
      notification: requestHalted,
      params: { request: one.id, why },
      to: { personId },
      dedupe: `request halted ${one.id} ${one.version} ${personId}`,
      priority: priorityOf(one),
    })),
  );
}

/** To both sides: nobody asked for more in the time that its kind gives. */
export async function closedBySilence(work: UnitOfWork, one: CoopRequest): Promise<void> {
  await notifyAll(
    work,
    [...new Set([...(await ofAsking(work, one)), ...(await ofAsked(work, one))])].map((personId) => ({
      notification: requestSilence,
      params: { request: one.id },
      to: { personId },
      dedupe: `request silence ${one.id} ${personId}`,
    })),
  );
}

const priorityOf = (one: CoopRequest): number =>
  isAtOnce(one) ? PRIORITY.lifeSafety : one.urgency === "urgent" ? PRIORITY.urgent : PRIORITY.normal;
