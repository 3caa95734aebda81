import type { Actor, Message, Reply } from "./chat/index.js";
import type { Context } from "./command.js";
import { ceilingOf, type Reader, readerOf } from "./delivery/notice.js";
import { languageOf } from "./i18n/index.js";

/** The reader for an answer to the one who acts; in a channel the answer is private all the same. */
export function readerIn(c: Context): Reader {
  const reader = readerOf(c.person, ceilingOf(c.place));
  // Acting for an agency is done in lines that begin with `for`: a button would act as oneself.
  return c.onBehalf ? { ...reader, person: undefined, viewer: c.viewer } : reader;
}

/** One sentence, for the one who acted alone. */
export const sentence = (c: Pick<Context, "person">, text: string): Reply => ({
  private: true,
  post: { text, lang: c.person.lang, blocks: [{ type: "text", text }] },
});

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
