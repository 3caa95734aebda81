import { type ListItem, plain } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import type { Agency, Person } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Deed } from "./deeds.js";

/**
 * Whose turn it is with an item: who must do the next thing, what it is, and by when. A turn of an agency is its focal
 * points', or whoever's speaks for it where it has none; one of the coordinators is the secretariat's.
 */
export type Turn = {
  deed: Deed;
  by?: Date;
  persons: readonly string[];
  agencies: readonly string[];
  coordinator?: true;
  /** Of these agencies also who is on duty there (docs/requests.md). */
  duty?: boolean;
  /** These persons' own: it passes to no deputy and no focal point (TLP:RED; what somebody thinks of a session). */
  own?: true;
};

/** Nobody's: it is over, or it waits for its time or for somebody who came of themselves. */
export type Rest = "over" | "waits";
export type Turns = readonly Turn[] | Rest;

export const turnsOf = (turns: Turns): readonly Turn[] => (typeof turns === "string" ? [] : turns);

/** What is somebody's own and has nobody left of those who were named is nobody's. */
export const ofSomebody = (turns: readonly Turn[]): Turns => {
  const left = turns.filter(({ persons, own }) => !own || persons.length > 0);
  return left.length ? left : "waits";
};

type Who = Pick<Turn, "persons" | "agencies">;

/** Whether they belong to the body still, and to this agency. */
export const isHere = (person: Person, agencyId: string): boolean =>
  person.active && person.roles.length > 0 && person.agencyId === agencyId;

/** The person with whom something is; where there is none any more, their agency. */
export const withPerson = (person: Person | undefined, agency: Pick<Agency, "id">): Who =>
  person && isHere(person, agency.id) ? { persons: [person.id], agencies: [] } : { persons: [], agencies: [agency.id] };

/** Somebody in whose name it is asked what waits: with those for whom they stand in. */
export type Mine = {
  /** Empty: the secretariat, acting for an agency. */
  id: string;
  agencyId: string;
  /**
   * By name, colleagues who are away and whose turn is this person's too: as their deputy, or as the focal point where
   * nobody stands in.
   */
  away: ReadonlyMap<string, string>;
  /** What is asked of the agency is asked of them. */
  speaks: boolean;
  /** Is on duty for it. */
  duty?: boolean;
  coordinator: boolean;
  /** Where it is counted rather than shown: so many of a kind at most, instead of `MOST_WAITING`. */
  most?: number;
};

/** @returns undefined where it is not theirs; `instead` names the colleague whose turn it is */
export function isMine(turn: Turn, mine: Mine): { instead?: string } | undefined {
  if (mine.id && turn.persons.includes(mine.id)) return {};
  if (!turn.own) {
    if ((mine.speaks || (turn.duty && mine.duty)) && turn.agencies.includes(mine.agencyId)) return {};
    const away = turn.persons.find((id) => mine.away.has(id));
    if (away) return { instead: mine.away.get(away) };
  }
  return mine.coordinator && turn.coordinator ? {} : undefined;
}

/** One line of somebody's inbox. */
export type Waiting = {
  deed: Deed;
  by?: Date;
  line: ListItem;
  /** Nothing is asked: they merely come to it. */
  ahead?: true;
};

/** What of one kind waits for somebody, read in a fixed number of statements, whatever there is. */
export type Waiter = (work: UnitOfWork, mine: Mine, reader: Reader) => Promise<Waiting[]>;

/** So many of a kind at most are read, the soonest first; where there are more, the list says so. */
export const MOST_WAITING = 1_000;

export const mostOf = ({ most }: Mine): number => most ?? MOST_WAITING;

/**
 * The line of an item that waits for somebody: by the first turn that is theirs, and with whatever else of it is.
 * What there is to do is said where it does not go without saying.
 */
export function waitingIn(
  turns: Turns,
  mine: Mine,
  { t }: Pick<Reader, "t">,
  line: (turn: Turn) => ListItem,
): Waiting[] {
  const own = turnsOf(turns).flatMap((turn) => {
    const is = isMine(turn, mine);
    return is ? [{ turn, ...is }] : [];
  });
  const [first] = own;
  if (!first) return [];
  const { deed, by } = first.turn;
  const deeds: Partial<Record<Deed, string>> = t.turns.deeds;
  const drawn = line(first.turn);
  const said = [
    ...own.map(({ turn }) => deeds[turn.deed]),
    drawn.detail && plain(drawn.detail),
    first.instead && t.turns.instead({ name: first.instead }),
  ];
  return [{ deed, by, line: { ...drawn, detail: [...new Set(said)].filter(Boolean).join(" · ") } }];
}
