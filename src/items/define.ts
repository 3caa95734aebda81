import type { ListItem } from "../chat/index.js";
import type { Notification, Reader } from "../delivery/notification.js";
import type { Remindable } from "../escalation/fire.js";
import type { Person } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Waiter } from "../turns/turn.js";
import { type Kind, lettered, type Named } from "./kind.js";

/** What a part of the house brings with it, whether or not people name anything of it by a letter. */
export type Part = {
  /** All that it may say to somebody. */
  notifications?: readonly Notification[];
  /** What the steps of its deadlines mean. */
  reminders?: readonly Remindable[];
  /** What of it waits for somebody, and what they come to. */
  waiting?: Waiter;
  /** What of it somebody waits for, being done by others. */
  awaited?: (work: UnitOfWork, person: Person, reader: Reader) => Promise<ListItem[]>;
};

/** One noun: how it is named and read, and what the house does with it. `src/items.ts` lists them all. */
export type Item<T extends Named = Named> = Part & {
  kind: Kind<T>;
  /** Set: an objective of the plan may be fed by it. */
  linked?: {
    /** As links call it that were made before its kind had its name. */
    as?: string;
    lines(work: UnitOfWork, items: readonly T[], reader: Reader): Promise<ListItem[]>;
  };
};

export const defineItem = <T extends Named>(item: Item<T>): Item<T> => item;

const items = new Map<string, Item>();
const parts: Part[] = [];

/**
 * Says which items there are, and which other parts, once, before anything is asked of them.
 * @throws Error where two have one name or one letter
 */
export function register(all: readonly Item[], others: readonly Part[] = []): void {
  for (const item of all) {
    const { kind } = item.kind;
    if (items.has(kind)) throw new Error(`two items are called ${kind}`);
    items.set(kind, item);
    lettered(item.kind);
  }
  parts.push(...all, ...others);
}

export const everyItem = (): Item[] => [...items.values()];
export const everyPart = (): readonly Part[] => parts;

/** By what rows and references call it. */
export const itemOf = (kind: string): Item | undefined => items.get(kind);
