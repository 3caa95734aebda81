import type { Action, Actor, Inbound, Message, Reply } from "../chat/index.js";
import { drawn, type Notification, type Reader, readerOf } from "../delivery/notification.js";
import { cardAt, keepTrue, refreshFirst } from "../delivery/outbox.js";
import { type Language, languageOf, type Messages, messagesFor } from "../i18n/index.js";
import type { Label } from "../policy/index.js";
import { showAt } from "../time/display.js";
import type { Context } from "./define.js";

/** The reader for an answer to the one who acts; in a channel the answer is private all the same. */
export function readerIn(c: Context): Reader {
  const reader = readerOf(c.person, c.ceiling);
  // Acting for an agency is done in lines that begin with `for`: a button would act as oneself.
  return c.onBehalf ? { ...reader, person: undefined, viewer: c.viewer } : reader;
}

/** One sentence, for the one who acted alone. */
export const sentence = (c: Pick<Context, "person">, text: string): Reply => ({
  private: true,
  post: { text, lang: c.person.lang, blocks: [{ type: "text", text }] },
});

/** The same in the place of the message whose button was pressed, which is true no longer. */
export const insteadOf = (c: Pick<Context, "person" | "via" | "message">, text: string): Reply => {
  const said = sentence(c, text);
  return c.via === "action" && c.message && said && "post" in said ? { update: said.post } : said;
};

/** What was said of an item that was entered, with its label where that was told or is not the usual one. */
export const withMarking = ({ t }: Pick<Context, "t">, said: string, label: Label, told?: Label): string =>
  told !== undefined || label !== "GREEN"
    ? `${said}${/[.!?]$/.test(said) ? " " : "\n"}${t.labels.marked({ label })}`
    : said;

/** An item's card: how it is drawn, and the reference that its buttons carry. */
export type CardOf<Params> = { notification: Notification<Params>; params: Params; ref: string };

/**
 * After an act. A button on one's own card turns it into what is true now; words and forms get one sentence,
 * since the live card beside them is refreshed.
 */
export const answeredBy = async <Params>(c: Context, text: string, card: CardOf<Params>): Promise<Reply> =>
  (await turned(c, card)) ?? sentence(c, text);

/**
 * The message that was acted on, or whose form was, becomes the item's card and follows it from now on. One that speaks
 * of other things too is refreshed as what it is.
 * @returns the card, where a button on it was pressed; else undefined: there is still something to say
 */
export async function turned<Params>(c: Context, card: CardOf<Params>): Promise<Reply> {
  if (!c.message || c.conversation.kind !== "personal") return undefined;
  if (c.message.passing || c.onBehalf) return c.via === "action" ? await asOfNow(c, card) : undefined;
  const item = card.notification.item?.(card.params);
  if (!item) return undefined;
  const shown = await cardAt(c.work, c.message);
  if (shown ? shown.item_id !== item.id : c.via === "form" && !isAbout(c, card)) {
    if (shown) await refreshFirst(c.work, c.message);
    return undefined;
  }
  if (!shown) await keepTrue(c.work, { ...card, item, personId: c.person.id, message: c.message });
  await refreshFirst(c.work, c.message);
  const update = c.via === "action" && (await draw(c, card));
  return update ? { update, live: true } : undefined;
}

/** `O-5/2` and `M-12/3` are parts of what `O-5` and `M-12` show. */
const isAbout = <Params>({ about }: Context, { ref }: CardOf<Params>): boolean =>
  about === ref || about?.startsWith(`${ref}/`) === true;

const draw = <Params>(c: Context, { notification, params }: CardOf<Params>): Promise<Message | undefined> =>
  drawn(c.work, notification, params, { ...readerIn(c), refresh: true });

/** What no later drawing reaches says when it was true. */
async function asOfNow<Params>(c: Context, card: CardOf<Params>): Promise<Reply> {
  const now = await draw(c, card);
  return now && { update: asOf(c, now) };
}

/** A copy that is not kept true says when it was. */
export async function shownNow(
  c: Context,
  draw: (reader: Reader) => Promise<Message>,
): Promise<{ post: Message; private: true }> {
  return { post: asOf(c, await draw(readerIn(c))), private: true };
}

const asOf = (c: Context, card: Message): Message => {
  const text = c.t.tasks.asOf({ when: showAt(c.work, readerIn(c), c.work.now, { rests: true }) });
  return { ...card, blocks: [...card.blocks, { type: "context", text }] };
};

/** One sentence in the language that a platform tells of somebody. */
export const line = (actor: Pick<Actor, "locale">, text: string): Message => ({
  text,
  lang: languageOf(actor.locale),
  blocks: [{ type: "text", text }],
});

/** One sentence with what to press, if anything, for the one who acted alone. */
export const offered = (c: Pick<Context, "person">, text: string, actions: Action[]): Reply => ({
  private: true,
  post: {
    text,
    lang: c.person.lang,
    blocks: [{ type: "text", text }, ...(actions.length ? [{ type: "actions" as const, actions }] : [])],
  },
});

/** One sentence and an address to open, for the one who acted alone. */
export const linked = (c: Pick<Context, "person">, text: string, label: string, url: string): Reply =>
  offered(c, text, [{ type: "link", label, url }]);

/** To a request of which nothing was kept, wherever it came from: its author is told. */
export function saidInstead(inbound: Inbound, lang: Language, words: (t: Messages) => string): Reply {
  const text = words(messagesFor(lang));
  const post: Message = { text, lang, blocks: [{ type: "text", text }] };
  switch (inbound.type) {
    case "submit":
      return { errors: { "": text } };
    case "suggest":
      return { options: [] };
    case "home":
      return { home: post };
    case "joined":
    case "left":
      return undefined;
    default:
      return { post, private: true };
  }
}
