/**
 * A message in neutral words. Every text is plain user text that a renderer escapes;
 * formatting exists only as structure, so nobody can type it.
 */

export type Span =
  | string
  | { bold: string }
  | { italic: string }
  | { code: string }
  /** `url` is made by Coord, never by a user. */
  | { link: string; url: string };

export type Text = string | Span[];

export type Message = {
  /** Plain text: the notification, the screen reader, the last fallback. No content above the conversation's ceiling. */
  text: string;
  blocks: Block[];
  /** BCP 47 of the words; renderers set right-to-left from it. */
  lang: string;
  /**
   * In a conversation of many, the action with which a platform that can (Teams) asks for each reader's own view;
   * it is answered with `view`.
   */
  refresh?: { id: string; value: string };
  /**
   * The items that its buttons are about, where it is no card of one: a change of any draws the message anew, and so
   * does an act on the message itself, also where none is named.
   */
  about?: readonly string[];
  /** What it says is true until then; a card is drawn anew at that moment. */
  until?: Date;
  /** Only mail carries them; elsewhere a button gives an address. */
  files?: MessageFile[];
};

/** @property type a media type, e.g. `text/calendar; method=REQUEST` */
export type MessageFile = { name: string; type: string; text: string };

export type Block =
  | { type: "heading"; text: string }
  | { type: "text"; text: Text }
  | { type: "facts"; facts: Fact[] }
  | { type: "list"; items: ListItem[] }
  /** Small print: who did what and when. */
  | { type: "context"; text: Text }
  /** Words of another person, shown as a quotation. */
  | { type: "quote"; text: string; by?: string }
  | { type: "image"; url: string; alt: string; title?: string }
  | { type: "divider" }
  | { type: "actions"; actions: Action[] };

export type Fact = { label: string; value: Text };

export type ListItem = {
  title: Text;
  detail?: Text;
  action?: Button;
  /** What is asked about it, the most useful first: under the line where there is room, else the first one beside it. */
  steps?: readonly Button[];
};

/** A line with one button alone. */
export const tight = ({ steps: [first] = [], ...line }: ListItem): ListItem =>
  first ? { ...line, action: first } : line;

export type Button = {
  type: "button";
  id: string;
  label: string;
  value?: string;
  style?: "primary" | "danger";
  /** Answers with a form: Teams must know it when the card is rendered. */
  opens?: true;
  confirm?: Confirm;
};

export type Menu = {
  type: "menu";
  id: string;
  /** What is chosen, e.g. `Give to`. */
  label: string;
  /** Put before the chosen value: the action's value is `${prefix}${option.value}`. */
  prefix?: string;
  /** At most 100 (Slack static select). */
  options: Option[];
};

export type Link = { type: "link"; label: string; url: string };

export type Action = Button | Menu | Link;

export type Confirm = { title: string; text: string; yes: string; no: string };

/** `value` at most 75 characters (Slack), `label` is cut by the renderer. */
export type Option = { value: string; label: string; detail?: string };

/** The words of a text, formatting left out. */
export const plain = (text: Text): string => (typeof text === "string" ? text : text.map(spanText).join(""));

const spanText = (span: Span): string => {
  if (typeof span === "string") return span;
  if ("bold" in span) return span.bold;
  if ("italic" in span) return span.italic;
  if ("code" in span) return span.code;
  return span.link;
};

/**
 * What a screen reader says of a button whose value names an item, since many that stand on one screen have the same
 * words. It begins with what is seen, so that it can be said to a computer, too (WCAG 2.2, 2.5.3).
 *
 * @returns nothing where the words say all there is to know
 */
export function spokenLabel({ label, value = "" }: Pick<Button, "label" | "value">): string | undefined {
  const item = /^(?:[^\s/]{1,100}\/)?([A-Z]-\d{1,9}(?:\/\d{1,4})?)(?![\w-])/.exec(value)?.[1];
  return item === undefined || label.includes(item) ? undefined : `${label}, ${item}`;
}

/** Scripts written from right to left, by primary language subtag. */
export const isRightToLeft = (lang: string): boolean => /^(ar|fa|he|ps|ur|ckb|dv|sd|ug|yi)(-|$)/i.test(lang);

/** Buttons about one thing: each carries the same value unless told otherwise. @param value e.g. `north/T-9` */
export const buttonAbout =
  (value: string) =>
  (id: string, label: string, more: Partial<Button> = {}): Button => ({ type: "button", id, label, value, ...more });
