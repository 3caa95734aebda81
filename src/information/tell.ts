import { tellAll } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { asDeputy, findPersons, focalPoints, loadPerson, speakersOf } from "../people/store.js";
import { controls, mayShare, sightOfShare } from "../policy/index.js";
import type { Work } from "../work.js";
import type { Recipient, Share } from "./model.js";
import { type ShareNewsKind, shareCard, shareGone, shareNews, useCard, useNews } from "./notices.js";

/** Who hears of what. Nothing that is told holds a word of what was shared (DESIGN 7). */

/** The card to those who may open it: the persons named, and the focal points of agencies. */
export async function released(work: Work, share: Share, recipients: readonly Recipient[]): Promise<void> {
  const readers = new Set<string>([share.provider.id]);
  for (const { agency, person } of recipients)
    for (const one of person ? [person] : await speaking(work, share, agency.id)) readers.add(one.id);
  await cards(work, share, [...readers]);
  for (const { agency, person } of recipients)
    if (!person && (await speaking(work, share, agency.id)).length === 0) return toProvider(work, share, "nobody");
}

/** Who speaks for an agency and may know of it: its focal points, else whoever is left there. */
const speaking = async (work: Work, share: Share, agencyId: string): Promise<Person[]> =>
  (await speakersOf(work.tx, agencyId)).filter((one) => sightOfShare(one, share.subject) !== "none");

export const toReview = async (work: Work, share: Share): Promise<void> => {
  const focal = await focalPoints(work.tx, share.providerAgency.id);
  const reviewers = focal.filter((one) => mayShare(one, "review", share.subject) === undefined);
  await cards(work, share, [share.provider.id, ...reviewers.map(({ id }) => id)]);
};

async function cards(work: Work, share: Share, personIds: readonly string[]): Promise<void> {
  await tellAll(
    work,
    personIds.map((personId) => ({
      notice: shareCard,
      params: { share: share.id },
      to: { personId },
      onBehalfOf: share.provider.id,
      // Given back and sent again, it is to be looked at again.
      dedupe: `share ${share.id} ${share.state} ${share.state === "review" ? share.version : 0} ${personId}`,
    })),
  );
}

export const toProvider = (work: Work, share: Share, kind: ShareNewsKind, by?: Person): Promise<void> =>
  news(work, share, kind, [share.provider.id], by);

/** Everybody who got it or read it hears that its conditions changed, and their open copies are overwritten. */
export async function conditionsChanged(
  work: Work,
  share: Share,
  kind: "tightened" | "recalled" | "expired",
  by?: Person,
): Promise<void> {
  const readers = await readersOf(work, share);
  const told = new Set<string>(readers);
  for (const { agency, person, state } of share.recipients)
    if (state !== "declined")
      for (const one of person ? [person] : await speaking(work, share, agency.id)) told.add(one.id);
  // The provider hears of what the clock did; of their own act they know.
  if (!by) told.add(share.provider.id);
  await news(work, share, kind, [...told], by);
  await overwrite(work, share, readers);
}

/** Access of one agency was suspended: its readers' copies are overwritten. */
export async function suspended(work: Work, share: Share, agencyId: string): Promise<void> {
  const readers = await findPersons(work.tx, { ids: await readersOf(work, share) });
  const hit = readers.filter((person) => person.agencyId === agencyId).map(({ id }) => id);
  await news(work, share, "suspended", hit);
  await overwrite(work, share, hit);
}

/** What people of these agencies have open is overwritten: they may not read it any more. */
export async function covered(work: Work, share: Share, agencyIds: ReadonlySet<string>): Promise<void> {
  const readers = await findPersons(work.tx, { ids: await readersOf(work, share) });
  await overwrite(
    work,
    share,
    readers.filter(({ agencyId }) => agencyIds.has(agencyId)).map(({ id }) => id),
  );
}

async function overwrite(work: Work, share: Share, personIds: readonly string[]): Promise<void> {
  await tellAll(
    work,
    personIds.map((personId) => ({
      notice: shareGone,
      params: { share: share.id },
      to: { personId },
      dedupe: `gone ${share.id} ${share.version} ${personId}`,
      priority: 1,
    })),
  );
}

/** Everybody who opened it, whenever. */
export async function readersOf(work: Work, share: Share): Promise<string[]> {
  const rows = await work.tx
    .selectFrom("share_openings")
    .select("person_id")
    .distinct()
    .where("share_id", "=", share.id)
    .execute();
  return rows.map(({ person_id }) => person_id);
}

/** The provider and, but for RED, the focal points of their agency. */
async function providing(work: Work, share: Share): Promise<string[]> {
  const focal = share.label === "RED" ? [] : await focalPoints(work.tx, share.providerAgency.id);
  return [...new Set([share.provider.id, ...focal.map(({ id }) => id)])];
}

export async function outcomeTold(work: Work, share: Share, by: Person): Promise<void> {
  await news(work, share, "outcome", await providing(work, share), by);
}

/** To those of the agencies who may know of the share. */
export async function thanked(work: Work, share: Share, agencyIds: readonly string[], by: Person): Promise<void> {
  const people = (
    await Promise.all(agencyIds.map((id) => findPersons(work.tx, { agencyId: id, activeOnly: true })))
  ).flat();
  const who = people.filter((person) => sightOfShare(person, share.subject) !== "none" && person.roles.length > 0);
  const reported = await work.tx.selectFrom("outcomes").select("by").where("share_id", "=", share.id).execute();
  const reporters = new Set(reported.map((row) => row.by));
  await news(
    work,
    share,
    "thanked",
    who.filter(({ id }) => reporters.has(id)).map(({ id }) => id),
    by,
  );
}

export async function useAsked(work: Work, share: Share, useId: string, by: Person): Promise<void> {
  const readers = await providing(work, share);
  const answering: string[] = [];
  for (const id of readers) {
    const person = await loadPerson(work.tx, id);
    if (person && controls(await asDeputy(work.tx, person, work.now), share.subject)) answering.push(id);
  }
  await tellAll(
    work,
    answering.map((personId) => ({
      notice: useCard,
      params: { use: useId },
      to: { personId },
      onBehalfOf: by.id,
      dedupe: `use ${useId} ${personId}`,
    })),
  );
}

export async function useDecided(work: Work, useId: string, askedBy: string, by: Person): Promise<void> {
  await tellAll(work, [
    {
      notice: useNews,
      params: { use: useId },
      to: { personId: askedBy },
      onBehalfOf: by.id,
      dedupe: `use decided ${useId}`,
    },
  ]);
}

async function news(
  work: Work,
  share: Share,
  kind: ShareNewsKind,
  personIds: readonly string[],
  by?: Person,
): Promise<void> {
  await tellAll(
    work,
    [...new Set(personIds)]
      .filter((id) => id !== by?.id)
      .map((personId) => ({
        notice: shareNews,
        params: { share: share.id, kind, by: by?.id },
        to: { personId },
        onBehalfOf: by?.id,
        dedupe: `share news ${share.id} ${share.version} ${kind} ${personId}`,
      })),
  );
}
