import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { notifyAll } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { asDeputy, coordinatorsOf, findPersons, loadPerson } from "../people/store.js";
import { sharesRecalledBy, type Viewer } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import { recallWithoutProvider } from "./acts/sharing.js";
import { lapseUse } from "./acts/using.js";
import type { Share } from "./model.js";
import { useDecided } from "./notify.js";
import { COLUMNS, sharesOf } from "./store.js";
import { USES } from "./use-requests.js";

/**
 * What somebody gave under TLP:RED while they are away, or after they left. Nobody else may read it, and not even its
 * reference passes on (docs/access.md, Labels); that there is any is told to who may then recall all of it, unread.
 */
export const unattended = defineNotification({
  id: "information.unattended",
  schema: z.object({ person: z.string() }),
  async render(work, { person: id }, { viewer, t, lang, ...reader }) {
    const provider = await loadPerson(work.tx, id);
    if (!provider || (await recallable(work, viewer, id)).length === 0) return undefined;
    const until = await awayUntil(work, id);
    const shown = until && showAt(work, { lang, ...reader }, until);
    const text = t.information.unattended({ name: provider.name, agency: provider.agency.name, until: shown });
    const label = t.information.recallUnread;
    const value = `${work.body.slug}/${id}`;
    return {
      text,
      lang,
      blocks: [
        { type: "text", text },
        { type: "actions", actions: [{ type: "button", id: "recall-red", label, value, style: "danger" }] },
      ],
    };
  },
});

async function awayUntil(work: UnitOfWork, personId: string): Promise<Date | undefined> {
  const row = await work.tx
    .selectFrom("absences")
    .select("until_at")
    .where("person_id", "=", personId)
    .where("from_at", "<=", work.now)
    .where("until_at", ">", work.now)
    .orderBy("until_at", "desc")
    .executeTakeFirst();
  return row?.until_at;
}

/** Of what an absent person gave under RED, what this viewer may recall unread. */
export async function recallable(work: UnitOfWork, viewer: Viewer, providerId: string): Promise<Share[]> {
  const rows = await work.tx
    .selectFrom("shares")
    .select(COLUMNS)
    .where("provider_id", "=", providerId)
    .where(sharesRecalledBy(viewer, work.now))
    .forUpdate()
    .execute();
  return sharesOf(work, rows);
}

/** @param at when the absence begins; who may recall is looked at once more when it is told */
export async function notifyUnattended(work: UnitOfWork, provider: Person, at: Date): Promise<void> {
  const given = await givenBy(work, provider.id);
  if (given.length === 0) return;
  const there = await findPersons(work.tx, { agencyId: provider.agencyId, activeOnly: true });
  const all = new Map([...there, ...(await coordinatorsOf(work.tx))].map((one) => [one.id, one]));
  all.delete(provider.id);
  const told: Person[] = [];
  for (const one of all.values()) {
    const now = await asDeputy(work.tx, one, work.now);
    if (at > work.now || (await recallable(work, now, provider.id)).length) told.push(now);
  }
  await notifyAll(
    work,
    told.map(({ id }) => ({
      notification: unattended,
      params: { person: provider.id },
      to: { personId: id },
      dedupe: `unattended ${provider.id} ${at.getTime()} ${id}`,
      dueAt: at > work.now ? at : undefined,
    })),
  );
}

/** What is asked of who has left nobody answers: it lapses at once, and who asked hears. */
export async function lapseUnanswerable(work: UnitOfWork, provider: Person): Promise<void> {
  for (const share of await givenBy(work, provider.id)) {
    const rows = await work.tx
      .selectFrom("use_requests")
      .select("id")
      .where("share_id", "=", share.id)
      .where("state", "=", "submitted")
      .execute();
    for (const { id } of rows) {
      const request = await USES.byId(work, id);
      if (!request) continue;
      await lapseUse(work, share, request);
      await useDecided(work, id, request.person.id, provider);
    }
  }
}

/** Recalled unseen by whoever may: the answer is the same whether there was any. */
export async function recallAll(work: UnitOfWork, shares: readonly Share[], by: Person): Promise<void> {
  for (const share of shares) await recallWithoutProvider(work, share, by);
}

/** What is out under RED from this person. */
export async function givenBy(work: UnitOfWork, providerId: string): Promise<Share[]> {
  const rows = await work.tx
    .selectFrom("shares")
    .select(COLUMNS)
    .where("provider_id", "=", providerId)
    .where("label", "=", "RED")
    .where("state", "=", "released")
    .forUpdate()
    .execute();
  return sharesOf(work, rows);
}
