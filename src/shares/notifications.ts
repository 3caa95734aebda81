import { z } from "zod";
import { defineNotification, emptied, type Reader, stepsAsked } from "../delivery/notification.js";
import { drawnCard } from "../items/card.js";
import { loadPerson } from "../people/store.js";
import { isProvider, mayShare, recipientsFor, sightOfShare } from "../policy/index.js";
import { nameOf, type Share } from "./model.js";
import { awayAmong, SHARES } from "./store.js";
import { USES } from "./use-requests.js";
import { cardOf, nextSteps, useCardOf } from "./views.js";

const one = z.object({ share: z.string() });

/** The live card: reference, codename, label, codes, dates, state and buttons; never a word of what it says. */
export const shareCard = defineNotification({
  id: "share.card",
  schema: one,
  item: ({ share }) => ({ kind: SHARES.kind, id: share }),
  render: (work, { share }, reader) => drawnCard(work, SHARES, share, reader, (one) => cardOf(work, one, reader)),
});

export const SHARE_NEWS = [
  "tightened",
  "recalled",
  "restored",
  "expired",
  "declined",
  "returned",
  "breached",
  "suspended",
  "outcome",
  "thanked",
  "away",
  "left",
  "nobody",
  "undecided",
] as const;
export type ShareNotificationKind = (typeof SHARE_NEWS)[number];

/** What the news asks for, by the buttons of the card that answer it. */
const ASKS: Partial<Record<ShareNotificationKind, readonly string[]>> = {
  tightened: ["open"],
  restored: ["open"],
  returned: ["share-write", "share-send"],
  breached: ["outcomes", "share-log", "recall"],
  outcome: ["outcomes"],
  away: ["share-add", "recall"],
  left: ["share-add", "recall"],
  nobody: ["share-add", "recall"],
};

/** One line: what happened to a share, and the buttons of what it asks. */
export const shareNotification = defineNotification({
  id: "share.news",
  schema: z.object({ share: z.string(), kind: z.enum(SHARE_NEWS), by: z.string().optional() }),
  async render(work, { share: id, kind, by }, reader) {
    const { t, lang } = reader;
    const share = await SHARES.byId(work, id);
    if (!share || !hears(share, reader)) return undefined;
    // Back before it was told, or recalled meanwhile.
    if (kind === "away" && (share.state !== "released" || !(await awayAmong(work, share.recipients)))) return undefined;
    const person = by ? await loadPerson(work.tx, by) : undefined;
    const who = person ? person.agency.name : t.tasks.clock;
    const text = t.information.news[kind]({ what: nameOf(share), who });
    const value = `${work.body.slug}/${share.ref}`;
    const asks = ASKS[kind] ?? [];
    return {
      text,
      lang,
      blocks: [
        { type: "text", text },
        {
          type: "actions",
          actions: [
            ...stepsAsked(nextSteps(work, share, reader), asks),
            { type: "button", id: "share-show", label: t.information.buttons.show, value },
          ],
        },
      ],
      // What is answered loses its buttons.
      ...(asks.length ? { about: [share.id] } : {}),
    };
  },
});

/** Under RED whoever is not named hears nothing; a reader whose right ended still hears that it did. */
const hears = (share: Share, { viewer }: Reader): boolean =>
  isProvider(viewer, share.subject) ||
  recipientsFor(viewer, share.subject).length > 0 ||
  sightOfShare(viewer, share.subject) !== "none";

/** What was open is overwritten: in Slack the very view, elsewhere the next refresh; it says why and nothing of what it said. */
export const shareGone = defineNotification({
  id: "share.gone",
  schema: one,
  overwrites: ({ share }) => share,
  async render(work, { share: id }, reader) {
    const share = await SHARES.byId(work, id);
    if (!share) return undefined;
    const text = reader.t.information.gone({ what: nameOf(share) });
    return {
      text,
      lang: reader.lang,
      blocks: [
        { type: "heading", text: nameOf(share) },
        { type: "text", text },
      ],
    };
  },
});

const use = z.object({ use: z.string() });

/** To whoever answers for the provider. What it is for is read in a dialog. */
export const useCard = defineNotification({
  id: "use.card",
  schema: use,
  item: ({ use: id }) => ({ kind: USES.kind, id }),
  async render(work, { use: id }, reader) {
    const request = await USES.byId(work, id);
    const share = request && (await SHARES.byId(work, request.shareId));
    if (!request || !share) return undefined;
    if (mayShare(reader.viewer, "answer", share.subject) !== undefined)
      return reader.refresh ? emptied(reader) : undefined;
    return useCardOf(work, share, request, reader);
  },
});

/** To whoever asked: it was decided. */
export const useNotification = defineNotification({
  id: "use.news",
  schema: use,
  async render(work, { use: id }, reader) {
    const request = await USES.byId(work, id);
    const share = request && (await SHARES.byId(work, request.shareId));
    if (!request || !share || reader.viewer.id !== request.person.id) return undefined;
    if (reader.viewer.agencyId !== request.agency.id) return undefined;
    if (mayShare(reader.viewer, "receive", share.subject) !== undefined) return undefined;
    return useCardOf(work, share, request, reader);
  },
});
