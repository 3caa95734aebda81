import type { CalendarEvent } from "../calendar/ics.js";
import type { ListItem, MessageRef, Option, QuotedMessage, Reply } from "../chat/index.js";
import type { Context, Raws, Source } from "../command/define.js";
import type { Notification, Reader } from "../delivery/notification.js";
import type { Remindable } from "../escalation/fire.js";
import type { FileKind } from "../files/links.js";
import type { Opener, Taker } from "../files/serve.js";
import type { Person } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Waiter } from "../turns/turn.js";
import { type Kind, lettered, type Named, unlettered } from "./kind.js";

/** What a part of the house brings with it, whether or not people name anything of it by a letter. */
export type Part = {
  /** All that it may say to somebody. */
  notifications?: readonly Notification[];
  /** What an address opens, by the kind of file; and what one takes. */
  opens?: Readonly<Record<FileKind, Opener>>;
  takes?: Readonly<Record<FileKind, Taker>>;
  /** What of it stands in a person's calendar, as a subscription shows it. */
  feed?: (work: UnitOfWork, person: Person) => Promise<CalendarEvent[]>;
  /** What the steps of its deadlines mean. */
  reminders?: readonly Remindable[];
  /** Brings one of it in line with what has changed elsewhere. @returns whether more waits for that */
  catchUp?: (work: UnitOfWork) => Promise<boolean>;
  /** What is looked for once in a while, and told to whom it concerns. */
  lookOut?: (work: UnitOfWork) => Promise<void>;
  /** What its lookup fields offer for the letters typed so far, by the name of the source. */
  suggests?: Readonly<Record<string, (c: Context, query: string) => Promise<Option[]>>>;
  /** What of it waits for somebody, and what they come to. */
  waiting?: Waiter;
  /** What of it somebody waits for, being done by others. */
  awaited?: (work: UnitOfWork, person: Person, reader: Reader) => Promise<ListItem[]>;
};

/** One noun: how it is named and read, and what the house does with it. `src/items.ts` lists them all. */
export type Item<T extends Named = Named> = Part & {
  kind: Kind<T>;
  /** The command that takes a yes or no to one: `M-3 yes`. */
  answers?: string;
  talk?: Talk;
  /** Set: people name one by its number alone, and its place among those that they may mean. */
  byNumber?: number;
  /** Set: an objective of the plan may be fed by it. */
  linked?: {
    /** As links call it that were made before its kind had its name. */
    as?: string;
    lines(work: UnitOfWork, items: readonly T[], reader: Reader): Promise<ListItem[]>;
  };
};

/** What people begin without a command, in the middle of their talk: one item of all. */
export type Talk = {
  /** The command that begins one. */
  begins: string;
  /** What its form starts with, of a message that somebody picked. @throws Refusal for a message of Coord's own */
  ofMessage(message: QuotedMessage): { raws: Raws; source: Source };
  /** A reply in a thread: of its card, it is a comment; of anything else it is no affair of Coord's. */
  inThread(c: Context, thread: MessageRef, said: string): Promise<Reply>;
  /** Those of a person that come first, for a line that says "remind me" and not of what. */
  own(c: Context): Promise<readonly { ref: string }[]>;
  /** Puts one off until later, by its reference and when. */
  later: string;
};

export const defineItem = <T extends Named>(item: Item<T>): Item<T> => item;

const items = new Map<string, Item>();
const parts: Part[] = [];

/**
 * Says which items there are, and which other parts, once, before anything is asked of them.
 * @throws Error where two have one name or one letter
 * @returns what takes them away again
 */
export function register(all: readonly Item[], others: readonly Part[] = []): () => void {
  for (const item of all) {
    const { kind } = item.kind;
    if (items.has(kind)) throw new Error(`two items are called ${kind}`);
    lettered(item.kind);
    items.set(kind, item);
  }
  const added = [...all, ...others];
  parts.push(...added);
  return () => {
    for (const { kind } of all) {
      items.delete(kind.kind);
      unlettered(kind);
    }
    parts.splice(0, parts.length, ...parts.filter((part) => !added.includes(part)));
  };
}

export const everyItem = (): Item[] => [...items.values()];
export const everyPart = (): readonly Part[] => parts;

export function talkedOf(): Talk {
  const found = everyItem().find(({ talk }) => talk)?.talk;
  if (!found) throw new Error("no item is begun by talk");
  return found;
}

/** By what rows and references call it. */
export const itemOf = (kind: string): Item | undefined => items.get(kind);
