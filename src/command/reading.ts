import { type Form, plain, type Span, type Text } from "../chat/index.js";
import { chunks } from "../lib/chunks.js";
import { refuse } from "../lib/refusal.js";
import { keyed, optional, wholeNumber } from "./args.js";
import type { Context, Raws } from "./define.js";

/** What is read in a dialog: all of it, in as many parts as it needs, none of which a platform cuts. */

/** Words, or what is made where it is shown, as an address that opens once. @property length about how long it is, in UTF-16 units */
export type Line = { text: Text } | { length: number; made: () => Promise<Text> };

/** What a command takes that reads: `read T-12 2`, `read T-12 page:2`. */
export const partArgs = () => {
  // Read at once: nobody is asked for the number of a part.
  const part = { ...wholeNumber({ label: (t) => t.args.page, max: 99 }), given: true as const };
  return { part: optional(part), byKey: { ...keyed("page", part), silent: true as const } };
};
export const partIn = ({ byKey, ...raws }: Raws): Raws => ({ ...raws, part: raws.part ?? byKey });

/**
 * So much stands in one part: a card of Teams is 28 KB in all (learn.microsoft.com, "Format your bot messages"), where a letter
 * may take three bytes and a line 150 beside its words; a modal of Slack has 100 blocks.
 */
const PART = { lines: 60, letters: 5_000 };

/**
 * @param again the command that shows it, to which the number of a part is added
 * @throws Refusal where there is no such part
 */
export async function inParts(
  { t, person }: Pick<Context, "t" | "person">,
  form: Pick<Form, "id" | "title" | "live">,
  lines: readonly Line[],
  { part = 1, again }: { part?: number; again: string },
): Promise<{ form: Form }> {
  const parts = partsOf(lines);
  const shown = parts[part - 1];
  if (!shown) return refuse((m) => m.errors.noReadPart({ again, part, parts: parts.length }));
  const notes: Text[] = [];
  for (const line of shown) notes.push("text" in line ? line.text : await line.made());
  if (parts.length > 1)
    notes.push([{ bold: t.lists.readPart({ again, part, parts: parts.length, next: (part % parts.length) + 1 }) }]);
  return {
    form: {
      ...form,
      ...{ cancel: t.form.close, state: "", lang: person.lang },
      fields: notes.map((text) => ({ type: "note" as const, text })),
    },
  };
}

/** Lines in parts, in their order; one that is longer than a block of a dialog is several. */
export function partsOf(lines: readonly Line[]): Line[][] {
  const parts: Line[][] = [];
  let room = 0;
  for (const line of lines.flatMap((one): Line[] => ("text" in one ? linesOf(one.text) : [one]))) {
    const length = "text" in line ? plain(line.text).length : line.length;
    const last = parts.at(-1);
    if (last && last.length < PART.lines && length <= room) last.push(line);
    else {
      parts.push([line]);
      room = PART.letters;
    }
    room -= length;
  }
  return parts;
}

/** Words that are longer than a block, after what stands before them. */
export function linesOf(text: Text): { text: Text }[] {
  const spans: Span[] = [text].flat();
  const words = spans.at(-1);
  if (typeof words !== "string") return [{ text }];
  const [first = "", ...others] = chunks(words);
  return [
    { text: typeof text === "string" ? first : [...spans.slice(0, -1), first] },
    ...others.map((one) => ({ text: one })),
  ];
}
