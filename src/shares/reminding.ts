import { type Fired, type Remindable, type ReminderLine, type Step, silent } from "../escalation/fire.js";
import { coordinatorsOf, findPersons, speakersOf } from "../people/store.js";
import { mayShare, recipientsFor, sightOfShare } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import { expire } from "./acts/sharing.js";
import { lapseUse } from "./acts/using.js";
import { OUTCOME, SHARE } from "./escalation.js";
import { nameOf, owesOutcome, type Recipient, type Share } from "./model.js";
import { SHARES } from "./store.js";
import { USES } from "./use-requests.js";
import { outcomeActions, quickSteps, useSteps } from "./views.js";

/** What the reminders of shares, outcomes and uses do at the moment they fire, from what is true then. */

/** Nobody is reminded of an end: the clock marks it. */
export const shareEnds: Remindable = {
  kind: SHARE,
  async fire(work, steps) {
    for (const step of steps) {
      const share = await SHARES.lock(work, step.item.id);
      if (share) await expire(work, share);
    }
    return steps.map(() => silent("done"));
  },
};

type Owed = { share: Share; recipient: Recipient };

async function owedBy(work: UnitOfWork, recipientId: string): Promise<Owed | undefined> {
  const row = await work.tx
    .selectFrom("share_recipients")
    .select("share_id")
    .where("id", "=", recipientId)
    .executeTakeFirst();
  const share = row && (await SHARES.byId(work, row.share_id));
  const recipient = share?.recipients.find(({ id }) => id === recipientId);
  return share && recipient && owesOutcome(share, recipient) ? { share, recipient } : undefined;
}

export const outcomeReminders: Remindable = {
  kind: OUTCOME,
  async fire(work, steps) {
    const fired: Fired[] = [];
    for (const step of steps) {
      const owed = await owedBy(work, step.item.id);
      if (!owed) fired.push(silent("closed"));
      else if (owed.recipient.scheduleVersion !== step.scheduleVersion) fired.push(silent("moved"));
      else {
        const notified = await whoHears(work, owed, step);
        const sealed = owed.share.label === "RED";
        fired.push({ notified, lifeSafety: false, sealed, outcome: notified.length ? "told" : "nobody" });
      }
    }
    return fired;
  },
  async draw(work, steps, reader) {
    const lines: ReminderLine[] = [];
    for (const step of steps) {
      const owed = await owedBy(work, step.itemId);
      if (!owed?.recipient.outcomeDue) continue;
      const { share, recipient } = owed;
      const { t, viewer } = reader;
      const i = t.information;
      const since = showAt(work, reader, owed.recipient.outcomeDue);
      // Coordinators see that an outcome is owed, not about what (docs/shares.md).
      if (step.audience === "desk") {
        if (share.label === "RED") continue;
        const line = i.remind.owed({ agency: recipient.agency.name, from: share.providerAgency.name, since });
        lines.push({ item: recipient.id, kind: "owed", line: { title: line }, actions: [] });
        continue;
      }
      if (recipientsFor(viewer, share.subject).length === 0 || sightOfShare(viewer, share.subject) === "none") continue;
      const value = `${work.body.slug}/${share.ref}`;
      lines.push({
        item: recipient.id,
        kind: "outcome",
        of: share.id,
        line: {
          title: [{ bold: nameOf(share) }],
          detail: i.remind[recipient.state === "in_use" ? "outcome" : "unopened"]({ from: share.providerAgency.name }),
          action: { type: "button", id: "share-show", label: i.buttons.show, value },
        },
        actions: outcomeActions(work, share, reader),
        quick: quickSteps(work, share, recipient.state === "in_use" ? "outcome" : "open", reader),
      });
    }
    return lines;
  },
  async named(work, id, reader) {
    const row = await work.tx.selectFrom("share_recipients").select("share_id").where("id", "=", id).executeTakeFirst();
    const share = row && (await SHARES.byId(work, row.share_id));
    return share && sightOfShare(reader.viewer, share.subject) !== "none" ? nameOf(share) : undefined;
  },
};

/** The person named, or who opened it for the agency; then its focal points; then the coordinators, but for RED. */
async function whoHears(work: UnitOfWork, { share, recipient }: Owed, step: Step): Promise<string[]> {
  if (share.label === "RED") return step.to === "own" && recipient.person ? [recipient.person.id] : [];
  const focal = async () => (await speakersOf(work.tx, recipient.agency.id)).map(({ id }) => id);
  switch (step.to) {
    case "desk":
      return (await coordinatorsOf(work.tx)).map(({ id }) => id);
    case "focal":
      return focal();
    case "own": {
      if (recipient.person) return [recipient.person.id];
      const rows = await work.tx
        .selectFrom("share_openings")
        .select("person_id")
        .distinct()
        .where("share_id", "=", share.id)
        .where("agency_id", "=", recipient.agency.id)
        .execute();
      const readers = await findPersons(work.tx, { ids: rows.map(({ person_id }) => person_id), activeOnly: true });
      const here = readers.filter((one) => sightOfShare(one, share.subject) !== "none").map(({ id }) => id);
      return here.length ? here : focal();
    }
    default:
      return [];
  }
}

export const useReminders: Remindable = {
  kind: USES.kind,
  async fire(work, steps) {
    const fired: Fired[] = [];
    for (const step of steps) {
      const request = await USES.byId(work, step.item.id);
      // Held until the commit: a decision comes before it or after it.
      const share = request && (await SHARES.lock(work, request.shareId));
      const held = share && (await USES.byId(work, step.item.id));
      if (!held || !share) fired.push(silent("closed"));
      else if (held.scheduleVersion !== step.scheduleVersion) fired.push(silent("moved"));
      else if (step.step === "lapse") {
        await lapseUse(work, share, held);
        fired.push(silent("done"));
      } else {
        const notified = step.to === "desk" ? [] : await answering(work, share);
        fired.push({
          notified,
          lifeSafety: false,
          sealed: share.label === "RED",
          outcome: notified.length ? "told" : "nobody",
        });
      }
    }
    return fired;
  },
  async draw(work, steps, reader) {
    const lines: ReminderLine[] = [];
    for (const step of steps) {
      const request = await USES.byId(work, step.itemId);
      const share = request && (await SHARES.byId(work, request.shareId));
      if (!request || !share || request.state !== "submitted" || mayShare(reader.viewer, "answer", share.subject))
        continue;
      const { t } = reader;
      const value = `${work.body.slug}/${request.ref}`;
      lines.push({
        item: request.id,
        kind: "use",
        line: {
          title: [{ bold: request.ref }, ` ${nameOf(share)}`],
          detail: t.information.remind.use,
          action: { type: "button", id: "use-show", label: t.information.buttons.show, value },
        },
        actions: useSteps(work, share, request, reader),
      });
    }
    return lines;
  },
  async named(work, id, reader) {
    const request = await USES.byId(work, id);
    const share = request && (await SHARES.byId(work, request.shareId));
    return request && share && sightOfShare(reader.viewer, share.subject) !== "none" ? request.ref : undefined;
  },
};

async function answering(work: UnitOfWork, share: Share): Promise<string[]> {
  if (share.label === "RED") return [share.provider.id];
  const there = await speakersOf(work.tx, share.providerAgency.id);
  return there.filter((one) => !mayShare(one, "answer", share.subject)).map(({ id }) => id);
}
