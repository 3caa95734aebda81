import { type RawBuilder, sql } from "kysely";
import type { Messages } from "../i18n/index.js";
import { refuse } from "../lib/refusal.js";
import type { Label, Viewer } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** What people name by a letter and a number: `T-104`. */
export type Named = { id: string; number: number; ref: string; label?: Label };

/** Which of a kind are read. */
export type Reading = {
  ids?: readonly string[];
  number?: number;
  /** Only what this person may know of: what is hidden is looked for no further than what does not exist. */
  viewer?: Viewer;
  /** The act for which it is looked for, where that is open to some who may not see the item. */
  act?: string;
  /** Held until the commit: whoever changes it must read it so. */
  hold?: boolean;
};

type Definition<T extends Named> = {
  /** As rows, cards and events call it. */
  kind: string;
  letter: string;
  /** `M-12/3`: its parts can be named. */
  parts?: true;
  /** The command that shows one. */
  show: string;
  /** What is answered alike of one that is not there and of one that is not for the reader. */
  unknown: (t: Messages) => (p: { ref: string }) => string;
  /** By number; the one loader from which all the others follow. */
  load(work: UnitOfWork, which: Reading): Promise<T[]>;
  /** The rule in its pure form; its twin in SQL stands in `load`. Absent: the predicate alone decides. */
  sees?(viewer: Viewer, one: T): boolean;
  /** Found without being held: where two are acted on at once, each is locked in the order of their numbers. */
  unheld?: true;
};

export type Finding = { work: UnitOfWork; viewer: Viewer };

export type Kind<T extends Named = Named> = Definition<T> & {
  byId(work: UnitOfWork, id: string): Promise<T | undefined>;
  byIds(work: UnitOfWork, ids: readonly string[]): Promise<T[]>;
  /** @returns undefined where this person may not know of it */
  known(c: Finding, number: number, act?: string): Promise<T | undefined>;
  /** The one that a reference names. @throws Refusal, the same for what is unknown and what is forbidden */
  find(c: Finding, reference: { number: number; text: string }, act?: string): Promise<T>;
  /** Held until the commit. */
  lock(work: UnitOfWork, id: string): Promise<T | undefined>;
  /** As it is after a change. */
  reload(work: UnitOfWork, id: string, hold?: boolean): Promise<T>;
  missing(reference: { text: string }): never;
};

export function defineKind<T extends Named>(one: Definition<T>): Kind<T> {
  const first = async (work: UnitOfWork, which: Reading) => (await one.load(work, which))[0];
  const kind: Kind<T> = {
    ...one,
    byId: (work, id) => first(work, { ids: [id] }),
    byIds: async (work, ids) => (ids.length ? one.load(work, { ids }) : []),
    async known({ work, viewer }, number, act) {
      const found = await first(work, { number, viewer, act, hold: !one.unheld });
      return found && (act !== undefined || one.sees?.(viewer, found) !== false) ? found : undefined;
    },
    find: async (c, reference, act) => (await kind.known(c, reference.number, act)) ?? kind.missing(reference),
    lock: (work, id) => first(work, { ids: [id], hold: true }),
    async reload(work, id, hold) {
      const found = await first(work, { ids: [id], hold });
      if (!found) throw new Error(`${one.kind} is gone`);
      return found;
    },
    missing: ({ text }) => refuse((t) => one.unknown(t)({ ref: text }), "hidden"),
  };
  return kind;
}

/**
 * What somebody pressed, or filled in, is done to what they read.
 * @param seen the version that the button or the form showed
 * @throws Refusal where it has changed since
 */
export function checkSeen(one: { ref: string; version: number }, seen: number | undefined): void {
  if (seen !== undefined && seen !== one.version) refuse((t) => t.errors.changed({ ref: one.ref }));
}

/** The rows that are asked for, by id or number. */
export const chosen = ({ ids, number }: Pick<Reading, "ids" | "number">): RawBuilder<boolean> =>
  ids ? sql`id in (${sql.join(ids)})` : sql`number = ${number}`;

export const held = <Query extends { forUpdate(): Query }>(query: Query, hold: boolean | undefined): Query =>
  hold ? query.forUpdate() : query;

const letters = new Map<string, Kind>();

/** Its letter names it from now on. @throws Error where the letter names another */
export function lettered(kind: Kind): void {
  if (letters.has(kind.letter)) throw new Error(`two items are named by ${kind.letter}`);
  letters.set(kind.letter, kind);
}

export const unlettered = (kind: Kind): boolean => letters.delete(kind.letter);

export const kindOfLetter = (letter: string): Kind | undefined => letters.get(letter);
