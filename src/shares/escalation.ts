import { readPolicy } from "../escalation/notation.js";
import { type ScheduledStep, type StepRule, scheduledSteps } from "../escalation/schedule.js";
import { scheduleSteps } from "../escalation/store.js";
import { agencyCalendar, personCalendar } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { WorkCalendar } from "../time/index.js";
import { owesOutcome, type Recipient, type Share } from "./model.js";
import { USES } from "./use-requests.js";

export const SHARE = "share";
export const OUTCOME = "outcome";

/** A body's own policy for outcomes stands in its rules as `outcome`. */
const OUTCOME_POLICY = "due, 3d late, 7d late focal, 14d late desk";

/** The end of its validity is the clock's to mark; nobody is reminded of it. */
export async function scheduleShare(work: UnitOfWork, share: Share): Promise<void> {
  const until = share.state === "released" ? share.validUntil?.at : undefined;
  const expiry: ScheduledStep[] = until ? [{ step: "expire", to: "clock", at: until, nominal: until }] : [];
  await scheduleSteps(work, { kind: SHARE, id: share.id }, share.version, until, expiry);
}

/**
 * What came of it is asked of each recipient, like a task is kept: the person, the agency's focal point, then the
 * coordinators.
 */
export async function scheduleOutcome(work: UnitOfWork, share: Share, recipient: Recipient): Promise<void> {
  const about = recipient.outcomeDue;
  const asked = about && owesOutcome(share, recipient);
  const calendar: WorkCalendar = recipient.person
    ? personCalendar(recipient.person, work.now.getUTCFullYear())
    : agencyCalendar(recipient.agency, work.now.getUTCFullYear());
  const rules: StepRule[] = readPolicy(work.body.rules.ladders?.outcome ?? OUTCOME_POLICY);
  await work.tx
    .updateTable("share_recipients")
    .set({ ladder: recipient.scheduleVersion + 1 })
    .where("id", "=", recipient.id)
    .execute();
  await scheduleSteps(
    work,
    { kind: OUTCOME, id: recipient.id },
    recipient.scheduleVersion + 1,
    about,
    asked ? scheduledSteps(rules, { about, calendar, now: work.now, lifeSafety: false }) : [],
  );
}

/** A request for use waits for the provider's focal point; silence never grants (docs/shares.md). */
export async function scheduleUse(
  work: UnitOfWork,
  request: { id: string; scheduleVersion: number; neededBy?: Date; expiresAt?: Date; state: string },
  provider: WorkCalendar,
): Promise<void> {
  const waiting = request.state === "submitted";
  const rules = waiting ? readPolicy("1d late, 3d late, 5d late desk") : [];
  const asked = scheduledSteps(rules, { about: work.now, calendar: provider, now: work.now, lifeSafety: false });
  const end = waiting ? request.neededBy : request.state === "granted" ? request.expiresAt : undefined;
  const lapses: ScheduledStep[] = end && end > work.now ? [{ step: "lapse", to: "clock", at: end, nominal: end }] : [];
  await scheduleSteps(work, { kind: USES.kind, id: request.id }, request.scheduleVersion, end, [...asked, ...lapses]);
}
