import type { Block, Message, Option, Text } from "./message.js";
import { least } from "./platforms.js";

/** In UTF-16 units, as the platforms count. */
export const LONGEST_TITLE = least("title");

/** A form: a Slack modal, a Teams dialog, a dialog in the workbench. */
export type Form = {
  id: string;
  /** At most `LONGEST_TITLE` characters: more is cut where it is drawn. */
  title: string;
  /** Absent: a form that is only read, with nothing to send. */
  submit?: string;
  cancel: string;
  /** Comes back with the submission, unaltered. References only, never content; at most 2,000 characters. */
  state: string;
  /**
   * Of a form that is only read: the action that asks for it. Where a platform cannot open a form at once, it offers
   * this, and what stood in the form is kept nowhere: the right to it is checked again when it is opened.
   */
  asked?: { id: string; value: string };
  /**
   * What the form shows belongs to this item and may be taken back while somebody reads: where a platform can, its open
   * copies are overwritten (`Deliverer.overwrite`). An opaque id.
   */
  live?: string;
  lang: string;
  intro?: Text;
  fields: Field[];
};

export type Field = InputField | { type: "note"; text: Text };

export type InputField = {
  /** A letter, then letters, digits, `_` or `-`. */
  name: string;
  label: string;
  hint?: string;
  optional?: true;
} & (
  | { type: "text"; multiline?: true; value?: string; placeholder?: string; maxLength?: number }
  /** One of a fixed list; `radio` shows all of them. */
  | { type: "choice"; options: Option[]; value?: string; radio?: true; placeholder?: string }
  | { type: "choices"; options: Option[]; value?: string[] }
  /**
   * A day, with a time where `time` is there; picked, never typed. It sends what `picked.ts` says.
   * `none` is the box that says that there is no date; `words` is a line to type instead, for a rhythm.
   */
  | {
      type: "moment";
      /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, on the wall clock of the zone. */
      value?: string;
      time?: { label: string; hint?: string; zone: string };
      none?: { label: string; box: string };
      words?: { label: string; hint?: string; value?: string; maxLength: number };
    }
  /** Found by typing: the adapter asks `suggest` with `source` and what was typed so far. */
  | { type: "lookup"; source: string; value?: Option; several?: false; placeholder?: string }
  | { type: "lookup"; source: string; value?: Option[]; several: true; placeholder?: string }
);

/** A message as a form that is only read: its heading is the title, its words are notes; there is nothing to press. */
export function readOnly(message: Message, cancel: string): Form {
  const heading = message.blocks.find((block) => block.type === "heading");
  const title = heading?.text ?? message.text;
  const short = title.length <= LONGEST_TITLE;
  // A long heading is read in full below the reference that it begins with.
  const notes = message.blocks.flatMap((block) => (block === heading && short ? [] : notesOf(block)));
  return {
    id: "read",
    title: short ? title : (title.split(" · ", 1)[0] ?? title),
    cancel,
    state: "",
    lang: message.lang,
    fields: (notes.length ? notes : [[message.text]]).map((text) => ({ type: "note", text })),
  };
}

function notesOf(block: Block): Text[] {
  switch (block.type) {
    case "heading":
      return [[{ bold: block.text }]];
    case "text":
      return [[block.text].flat()];
    case "context":
      return [block.text];
    case "quote":
      return [[block.text, ...(block.by ? [`\n${block.by}`] : [])]];
    case "facts":
      return block.facts.map(({ label, value }) => [{ bold: label }, "  ", ...[value].flat()]);
    case "list":
      return block.items.map(({ title, detail }) => [
        ...[title].flat(),
        ...(detail === undefined ? [] : ["\n", ...[detail].flat()]),
      ]);
    case "image":
      return [block.alt];
    case "divider":
    case "actions":
      return [];
  }
}
