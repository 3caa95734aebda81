import {
  type AccountRef,
  type ConversationRef,
  type InputField,
  LONGEST_TITLE,
  type MessageRef,
  type Reply,
  type Text,
} from "../chat/index.js";
import type { Messages } from "../i18n/index.js";
import type { Agency, Person } from "../people/model.js";
import type { GeneralAct, Label, Viewer } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Unsure, When, WhenContext, WhenFailure } from "../time/index.js";
import { parseReference, type Reference } from "./references.js";

/** What a handler knows: who acts, where, when, in which language. */
export type Context = {
  work: UnitOfWork;
  /** Who acts; where the secretariat acts for an agency, a focal point of that agency. */
  person: Person;
  /** With whose eyes the policy looks. */
  viewer: Viewer;
  /** Set: the secretariat's own person, acting for `person.agency`; recorded as on behalf. */
  onBehalf?: { by: Person; agency: Agency };
  t: Messages;
  conversation: ConversationRef;
  /** The strictest label whose words an answer there may hold. */
  ceiling: Label;
  via: "text" | "action" | "form";
  /** The message that carried the button, or from whose button a form was opened. */
  message?: MessageRef;
  /** The reference that the button carried from which a form was opened. */
  about?: string;
  mentions: readonly AccountRef[];
  /** The coordination bodies that the person belongs to. */
  bodies: readonly string[];
  /** What of the line speaks of a time and stayed where it was, beside the moment that was told. */
  stayed?: readonly Unsure[];
  /** Words that may be content stood in the line and were not taken. */
  dropped?: true;
  /** What a form was opened for, beside its fields. */
  source?: Source;
  /** Answers with the form of a command, the next step of what somebody does. */
  form: (command: string, raws: Raws) => Promise<Reply>;
};

/** Where an item came from. */
export type Source = { kind: string; id: string };

/** One argument: how it stands in the text, what it means, how a form asks for it. */
export type Arg<T> = {
  /**
   * - `word`: the next word, if `fits` says so
   * - `rest`: all that is left
   * - `key`: `key:value` anywhere
   * - `by`: a date at the end, after the word "by"
   * - `form`: never in a line: content is taken in a dialog alone (docs/shares.md)
   */
  shape: "word" | "rest" | "key" | "by" | "form";
  key?: string;
  optional: boolean;
  /** Kept in the form's state, not asked: a reference from a button. */
  given?: true;
  /** A line may leave it out, a form not. */
  neededInForm?: true;
  /** Buttons carry it; nobody types it. */
  silent?: true;
  /** Of a `key`: `key:a, b` and a key given twice are one list. */
  list?: true;
  /** Of a `key`: what follows is of its value still, word by word: the groups of a phone number. */
  goesOn?: RegExp;
  /** Free words, in one line or in several: a marking in them counts. */
  words?: "line" | "text";
  /** A date and time: one reader finds it in the line, whatever led to it; or a day, which may have passed. */
  moment?: "exact" | "day";
  /** Of a moment: what the words mean, before it is refused. */
  reads?: (c: Context, raw: string) => When | WhenFailure;
  /** Of a reference: what it names. */
  kind?: string;
  /** Whom the command is asked of: an agency, or one of its people. */
  party?: true;
  /** A label: a marking that was typed is its value. */
  marks?: true;
  fits?: (word: string) => boolean;
  /** Of a `word`: the first that fits, wherever it stands; what fits is never one of the free words beside it. */
  anywhere?: true;
  /**
   * @param raws what is known of the other arguments
   * @throws Refusal with what was wrong and an example
   */
  parse: (c: Context, raw: string, raws?: Raws) => Promise<T>;
  /** @param raws what is known of the other arguments: a list may depend on the reference that the form is about */
  field: (c: Context, raw: string | undefined, raws: Raws) => Promise<FieldBody>;
  /** In usage lines, e.g. `@agency`. */
  shown: (t: Messages) => string;
};

/** A form field but for its name, which is the argument's. */
export type FieldBody = InputField extends infer F ? (F extends { name: string } ? Omit<F, "name"> : never) : never;

export type Args = Record<string, Arg<unknown>>;
export type Values<A extends Args> = { [K in keyof A]: A[K] extends Arg<infer T> ? T : never };

/** What help has a page about; each noun names its own in its words, under `help`. */
export type Topic = keyof Messages["help"]["groups"];

/** For each topic the three commands that show what it is about. */
export type Topics = Partial<Record<Topic, readonly [string, string, string]>>;

/**
 * One definition yields the parser, help, usage errors, the form when something is missing, the permission check,
 * the buttons (an action's id is a command's name), the platforms' command lists and docs/commands.md.
 */
export type Command<A extends Args = Args> = {
  name: string;
  /** Other words people try. */
  aliases?: readonly string[];
  /** The topic under which help shows it. */
  group: Topic;
  /** Its words are content: written in a dialog alone, and never taken from a line (docs/shares.md). */
  dialogOnly?: true;
  summary: (t: Messages) => string;
  /** Works as it stands. */
  example: string;
  args: A;
  /** Looks once more at what the line was cut into, where words alone do not tell one argument from the next. */
  refine?: (raws: Raws, time: WhenContext) => Raws;
  may?: GeneralAct;
  /**
   * Refuses what the item does not take now, by the check of the act itself, before a form is shown: nobody types what
   * will be refused, and an old button says what is so now. Every command that asks about an item has it (Registry).
   */
  allows?: (c: Context, ref: Reference) => Promise<unknown>;
  /** Only buttons lead here; help does not list it. */
  hidden?: true;
  /** Its button opens the form though nothing is missing: what is optional is worth asking. */
  formOnButton?: true;
  /** Typed with its reference alone it opens the form: as it stands it would change nothing, or empty what is there. */
  formAlone?: true;
  /** About information: is done though words stand after it that no argument takes. */
  despiteWords?: true;
  /** What the form's last button says. */
  submit?: (t: Messages) => string;
  /** What its form asks beside its arguments, known only once something else is: each optional and of the shape `form`. */
  asks?: (c: Context, raws: Raws) => Promise<Args>;
  /** What stands above its fields. */
  intro?: (c: Context, raws: Raws) => Promise<Text | undefined>;
  /** Of a form whose words may be taken back while somebody reads (Form.live). */
  live?: (c: Context, raws: Raws) => Promise<string | undefined>;
  run: (c: Context, args: Values<A>) => Promise<Reply>;
};

export const defineCommand = <A extends Args>(command: Command<A>): Command<A> => command;

export type Raws = Record<string, string | undefined>;

/** `T-9 · Done?`, or `T-1234567890` where there is room for no more: which item the form is about, and what it does. */
export function titleOf(
  { name, args, summary }: Pick<Command, "name" | "args" | "summary">,
  t: Messages,
  raws: Raws,
): string {
  const [about] = Object.entries(args).find(([, arg]) => arg.given && arg.kind) ?? [];
  const reference = about === undefined ? undefined : parseReference(raws[about] ?? "")?.text;
  const own = Object.hasOwn(t.titles, name) ? t.titles[name as keyof Messages["titles"]] : undefined;
  if (!reference) return own ?? summary(t);
  // Of the two the reference matters more: what is asked stands below it.
  const both = own === undefined ? reference : `${reference} · ${own}`;
  return both.length <= LONGEST_TITLE ? both : reference;
}

/** Its arguments, and what its form asks beside them. */
export const argsOf = async (c: Context, command: Pick<Command, "args" | "asks">, raws: Raws): Promise<Args> =>
  command.asks ? { ...command.args, ...(await command.asks(c, raws)) } : command.args;

/** What must be told cannot be said not to be. */
export const shownIf = (body: FieldBody, optional: boolean): FieldBody =>
  body.type === "moment" && !optional ? { ...body, none: undefined } : body;

/** `meet-poll` is typed `meet poll`. */
export const typedName = (command: Pick<Command, "name">): string => command.name.replaceAll("-", " ");

/** `task @agency what by when [tlp:label]` */
export function usage(command: Command, t: Messages): string {
  const typed = Object.values(command.args).filter((arg) => !arg.silent);
  const parts = typed
    .filter(({ shape }) => shape !== "form")
    .map((arg) => {
      const shown =
        arg.shape === "key" ? `${arg.key}:${arg.shown(t)}` : arg.shape === "by" ? `by ${arg.shown(t)}` : arg.shown(t);
      return arg.optional ? `[${shown}]` : shown;
    });
  return [typedName(command), ...parts].join(" ");
}

/** Its form can be opened for an item that a button names: something is left to ask beside the reference. */
export function asksAboutItem({ args, hidden, formOnButton, formAlone }: Command): boolean {
  if (hidden || !args.ref?.given) return false;
  const asked = Object.values(args).filter((arg) => !arg.given && !arg.silent);
  return asked.some(({ optional }) => !optional) || (asked.length > 0 && (formOnButton || formAlone) === true);
}
