import { notifyAll } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { asDeputy, findPersons, speakersOf, standIns } from "../people/store.js";
import { mayShare, type ShareAct, sightOfShare } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { isHere } from "../turns/turn.js";
import type { Recipient, Share } from "./model.js";
import {
  type ShareNotificationKind,
  shareCard,
  shareGone,
  shareNotification,
  useCard,
  useNotification,
} from "./notifications.js";
import { awayAmong } from "./store.js";

/** Who hears of what. Nothing that is told holds a word of what was shared (docs/shares.md). */

/** The card to those who may open it: the persons named, and the focal points of agencies. */
export async function released(work: UnitOfWork, share: Share, recipients: readonly Recipient[]): Promise<void> {
  const readers = new Set<string>([share.provider.id]);
  for (const { agency, person } of recipients)
    for (const one of person ? [person] : await speaking(work, share, agency.id)) readers.add(one.id);
  await cards(work, share, [...readers]);
  for (const { agency, person } of recipients)
    if (!person && (await speaking(work, share, agency.id)).length === 0) return toProvider(work, share, "nobody");
  // Given to somebody who is away it waits, since it passes to nobody.
  if (share.label === "RED" && (await awayAmong(work, recipients))) await toProvider(work, share, "away");
}

/** Who speaks for an agency and may know of it: its focal points, else whoever is left there. */
const speaking = async (work: UnitOfWork, share: Share, agencyId: string): Promise<Person[]> =>
  (await speakersOf(work.tx, agencyId)).filter((one) => sightOfShare(one, share.subject) !== "none");

export const toReview = async (work: UnitOfWork, share: Share): Promise<void> => {
  await cards(work, share, [share.provider.id, ...(await deciding(work, share, "review"))]);
};

/**
 * Who decides for the providing agency: its focal points, or whoever speaks for it where it has none, and their deputies
 * while they are away; of RED its provider alone.
 */
async function deciding(work: UnitOfWork, share: Share, act: ShareAct): Promise<string[]> {
  const people = share.label === "RED" ? [share.provider] : await speakersOf(work.tx, share.providerAgency.id);
  const own = people.map(({ id }) => id);
  const ids = [...new Set([...own, ...(await standIns(work.tx, own, work.now))])];
  const all = await findPersons(work.tx, { ids, activeOnly: true });
  const now = await Promise.all(all.map((one) => asDeputy(work.tx, one, work.now)));
  return now.filter((one) => mayShare(one, act, share.subject) === undefined).map(({ id }) => id);
}

async function cards(work: UnitOfWork, share: Share, personIds: readonly string[]): Promise<void> {
  await notifyAll(
    work,
    personIds.map((personId) => ({
      notification: shareCard,
      params: { share: share.id },
      to: { personId },
      onBehalfOf: share.provider.id,
      // Given back and sent again, it is to be looked at again.
      dedupe: `share ${share.id} ${share.state} ${share.state === "review" ? share.version : 0} ${personId}`,
    })),
  );
}

/** @param at not before */
export const toProvider = (
  work: UnitOfWork,
  share: Share,
  kind: ShareNotificationKind,
  by?: Person,
  at?: Date,
): Promise<void> => notifyOfShare(work, share, kind, [share.provider.id], by, at);

/** Everybody who got it or read it hears that its conditions changed, and their open copies are overwritten. */
export async function conditionsChanged(
  work: UnitOfWork,
  share: Share,
  kind: "tightened" | "recalled" | "expired",
  by?: Person,
): Promise<void> {
  const readers = await readersOf(work, share);
  const told = new Set<string>(readers);
  for (const { agency, person, state } of share.recipients)
    if (state !== "declined")
      for (const one of person ? [person] : await speaking(work, share, agency.id)) told.add(one.id);
  // The provider hears of what the clock or somebody else did; of their own act they know.
  if (isHere(share.provider, share.providerAgency.id)) told.add(share.provider.id);
  await notifyOfShare(work, share, kind, [...told], by);
  await overwrite(work, share, readers);
}

/** Its recall was undone: whoever heard of that hears of this. */
export async function restored(work: UnitOfWork, share: Share, by: Person): Promise<void> {
  const told = new Set<string>(await readersOf(work, share));
  for (const { agency, person, state } of share.recipients)
    if (state !== "declined")
      for (const one of person ? [person] : await speaking(work, share, agency.id)) told.add(one.id);
  await notifyOfShare(work, share, "restored", [...told], by);
}

/** Access of one agency was suspended: its readers' copies are overwritten. */
export async function suspended(work: UnitOfWork, share: Share, agencyId: string): Promise<void> {
  const readers = await findPersons(work.tx, { ids: await readersOf(work, share) });
  const hit = readers.filter((person) => person.agencyId === agencyId).map(({ id }) => id);
  await notifyOfShare(work, share, "suspended", hit);
  await overwrite(work, share, hit);
}

/** What people of these agencies have open is overwritten: they may not read it any more. */
export async function covered(work: UnitOfWork, share: Share, agencyIds: ReadonlySet<string>): Promise<void> {
  const readers = await findPersons(work.tx, { ids: await readersOf(work, share) });
  await overwrite(
    work,
    share,
    readers.filter(({ agencyId }) => agencyIds.has(agencyId)).map(({ id }) => id),
  );
}

async function overwrite(work: UnitOfWork, share: Share, personIds: readonly string[]): Promise<void> {
  await notifyAll(
    work,
    personIds.map((personId) => ({
      notification: shareGone,
      params: { share: share.id },
      to: { personId },
      dedupe: `gone ${share.id} ${share.version} ${personId}`,
      priority: 1,
    })),
  );
}

/** Everybody who opened it, whenever. */
export async function readersOf(work: UnitOfWork, share: Share): Promise<string[]> {
  const rows = await work.tx
    .selectFrom("share_openings")
    .select("person_id")
    .distinct()
    .where("share_id", "=", share.id)
    .execute();
  return rows.map(({ person_id }) => person_id);
}

/** To the provider and, but for RED, to who speaks for their agency. */
export async function outcomeReported(work: UnitOfWork, share: Share, by: Person): Promise<void> {
  const there = share.label === "RED" ? [] : await speaking(work, share, share.providerAgency.id);
  await notifyOfShare(work, share, "outcome", [share.provider.id, ...there.map(({ id }) => id)], by);
}

/** To those of the agencies who may know of the share. */
export async function thanked(work: UnitOfWork, share: Share, agencyIds: readonly string[], by: Person): Promise<void> {
  const people = (
    await Promise.all(agencyIds.map((id) => findPersons(work.tx, { agencyId: id, activeOnly: true })))
  ).flat();
  const who = people.filter((person) => sightOfShare(person, share.subject) !== "none" && person.roles.length > 0);
  const reported = await work.tx.selectFrom("outcomes").select("by").where("share_id", "=", share.id).execute();
  const reporters = new Set(reported.map((row) => row.by));
  await notifyOfShare(
    work,
    share,
    "thanked",
    who.filter(({ id }) => reporters.has(id)).map(({ id }) => id),
    by,
  );
}

export async function useAsked(work: UnitOfWork, share: Share, useId: string, by: Person): Promise<void> {
  const answering = await deciding(work, share, "answer");
  // It waits for somebody who decides there; the sender knows that nobody does now.
  if (answering.length === 0) await notifyOfShare(work, share, "undecided", [by.id]);
  await notifyAll(
    work,
    answering.map((personId) => ({
      notification: useCard,
      params: { use: useId },
      to: { personId },
      onBehalfOf: by.id,
      dedupe: `use ${useId} ${personId}`,
    })),
  );
}

export async function useDecided(work: UnitOfWork, useId: string, askedBy: string, by: Person): Promise<void> {
  await notifyAll(work, [
    {
      notification: useNotification,
      params: { use: useId },
      to: { personId: askedBy },
      onBehalfOf: by.id,
      dedupe: `use decided ${useId}`,
    },
  ]);
}

async function notifyOfShare(
  work: UnitOfWork,
  share: Share,
  kind: ShareNotificationKind,
  personIds: readonly string[],
  by?: Person,
  at?: Date,
): Promise<void> {
  await notifyAll(
    work,
    [...new Set(personIds)]
      .filter((id) => id !== by?.id)
      .map((personId) => ({
        notification: shareNotification,
        params: { share: share.id, kind, by: by?.id },
        to: { personId },
        onBehalfOf: by?.id,
        dedupe: `share news ${share.id} ${share.version} ${kind}${at ? ` ${at.getTime()}` : ""} ${personId}`,
        dueAt: at && at > work.now ? at : undefined,
      })),
  );
}
