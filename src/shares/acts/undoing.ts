import type { Context } from "../../command/define.js";
import type { Done } from "../../command/undoing.js";
import { refuse } from "../../lib/refusal.js";
import { sightOfShare } from "../../policy/index.js";
import { nameOf, type Share } from "../model.js";
import * as notifying from "../notify.js";
import { openingsOf } from "../openings.js";
import { SHARES } from "../store.js";
import { bump, check, happened, recall, settleReminders } from "./sharing.js";

/** What can be put back of a release or a recall, and what cannot: whoever has read it has read it. */
export async function undoShare(c: Context, { itemId, act, version }: Done): Promise<{ share: Share; said: string }> {
  const share = await SHARES.lock(c.work, itemId);
  if (!share || sightOfShare(c.viewer, share.subject) === "none") return SHARES.missing({ text: "I-…" });
  const what = nameOf(share);
  if (act === "release" && share.state === "released") {
    const readers = (await openingsOf(c, share, MOST_READERS)).filter(
      ({ agency }) => agency !== share.providerAgency.name,
    );
    const names = [...new Set(readers.map(({ name, agency }) => `${name} (${agency})`))];
    return { share: await recall(c, share), said: c.t.sure.releaseUndone({ what, readers: names }) };
  }
  if (share.version !== version) return refuse((t) => t.errors.undoTooLate({ ref: share.ref }));
  if (act === "release") return { share: await backToDraft(c, share), said: c.t.sure.reviewUndone({ what }) };
  return { share: await unrecall(c, share), said: c.t.sure.recallUndone({ what }) };
}

const MOST_READERS = 100;

/** It waited for a second person, who has not looked at it. */
async function backToDraft(c: Context, share: Share): Promise<Share> {
  if (share.state !== "review" || share.provider.id !== c.person.id)
    refuse((t) => t.errors.undoTooLate({ ref: share.ref }));
  const draft = await bump(c.work, share, { state: "draft" });
  await happened(c, draft, "share.taken_back");
  return draft;
}

/** Released again, to whom and as it was; what was granted of it stays void. */
async function unrecall(c: Context, share: Share): Promise<Share> {
  if (share.state !== "recalled" || (share.validUntil && share.validUntil.at <= c.work.now))
    refuse((t) => t.errors.undoTooLate({ ref: share.ref }));
  const again = await bump(c.work, share, { state: "released", ended_at: null, reason: null });
  check(c, "control", again);
  await settleReminders(c.work, again);
  await happened(c, again, "share.recall_undone");
  await notifying.restored(c.work, again, c.person);
  return again;
}
