import type { Actor, Inbound, Message, Reply } from "./chat/index.js";
import type { Context } from "./command.js";
import { type Reader, readerOf } from "./delivery/notice.js";
import { redrawFirst } from "./delivery/outbox.js";
import { type Language, languageOf, type Messages, messagesFor } from "./i18n/index.js";
import { showAt } from "./moment.js";
import type { Label } from "./policy/index.js";

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

/** What was said of an item that was entered, with its label where that was told or is not the usual one. */
export const withMarking = ({ t }: Pick<Context, "t">, said: string, label: Label, told?: Label): string =>
  told !== undefined || label !== "GREEN"
    ? `${said}${/[.!?]$/.test(said) ? " " : "\n"}${t.labels.marked({ label })}`
    : said;

/**
 * After an act. A button on one's own card turns it into what is true now; words and forms get one sentence,
 * since the live card beside them is redrawn.
 */
export async function answeredBy(c: Context, text: string, draw: (reader: Reader) => Promise<Message>): Promise<Reply> {
  return (c.place.kind === "personal" && (await turned(c, draw))) || sentence(c, text);
}

/** The message that carried the button becomes this. @returns undefined when no button did */
export async function turned(c: Context, draw: (reader: Reader) => Promise<Message>): Promise<Reply> {
  if (c.via !== "action" || !c.message) return undefined;
  const update = await draw(readerIn(c));
  return (await redrawFirst(c.work, c.message)) ? { update, live: true } : { update };
}

/** A copy that is not kept true says when it was. */
export async function shownNow(c: Context, draw: (reader: Reader) => Promise<Message>): Promise<Reply> {
  const reader = readerIn(c);
  const card = await draw(reader);
  const asOf = c.t.tasks.asOf({ when: showAt(c.work, reader, c.work.now) });
  return { post: { ...card, blocks: [...card.blocks, { type: "context", text: asOf }] }, private: true };
}

/** One sentence in the language that a platform tells of somebody. */
export const line = (actor: Pick<Actor, "locale">, text: string): Message => ({
  text,
  lang: languageOf(actor.locale),
  blocks: [{ type: "text", text }],
});

/** One sentence and an address to open, for the one who acted alone. */
export const linked = (c: Pick<Context, "person">, text: string, label: string, url: string): Reply => ({
  private: true,
  post: {
    text,
    lang: c.person.lang,
    blocks: [
      { type: "text", text },
      { type: "actions", actions: [{ type: "link", label, url }] },
    ],
  },
});

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
