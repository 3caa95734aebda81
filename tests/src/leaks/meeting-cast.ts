import { type MeetingSight, type Named, readsRecord, sightOf } from "../policy/meeting-oracle.js";
import type { Label, Role } from "../policy/task-oracle.js";
import { agencyOf, DEPUTIES, type Name, PEOPLE, sightOf as sightOfTask, within } from "./cast.js";

/** What somebody wrote into a meeting, by where; each is a word that occurs nowhere else. */
export const CONTENT = ["title", "place", "link", "item", "late", "paper", "url", "move", "reason"] as const;
/** What was said and decided in it: of RED, for those recorded as present alone. */
export const RECORD = ["line", "changed", "decision", "withdrawn", "correction", "action", "born"] as const;
export const WORDS = [...CONTENT, ...RECORD, "strict"] as const;
export type Word = (typeof WORDS)[number];

/** A meeting as the story makes it: what the oracle needs to know, and the words in it. */
export type Held = {
  ref: string;
  label: Label;
  organizer: Name;
  chair?: Name;
  secretary?: Name;
  persons: readonly Name[];
  /** Who was asked until so much had been seen: one of them was taken off the list. */
  earlier?: { until: number; persons: readonly Name[] };
  agencies: readonly string[];
  guests: Name[];
  present: Name[];
  words: Partial<Record<Word, string>>;
  /** References of its decisions, and of one that is RED where the meeting is not; its words are `strict`. */
  decisions: string[];
  strict?: string;
};

export const word = (mark: string, at: Word): string => `zq${mark.toLowerCase().replace(/\W/g, "")}${at}qz`;

const rolesOf = (name: Name) =>
  PEOPLE[name]
    .split(" ")
    .slice(1)
    .filter((one) => one !== "teams") as Role[];

function namedIn(name: Name, meeting: Held): Named {
  if (name === meeting.organizer) return "organizer";
  if (name === meeting.chair) return "chair";
  if (name === meeting.secretary) return "secretary";
  if (meeting.persons.includes(name)) return "invited";
  return meeting.guests.includes(name) ? "guest" : "none";
}

const relationOf = (agency: string, meeting: Held) =>
  meeting.agencies.includes(agency) ||
  [meeting.organizer, ...meeting.persons, meeting.chair, meeting.secretary].some(
    (one) => one !== undefined && agencyOf(one) === agency,
  )
    ? ("invited" as const)
    : ("not invited" as const);

/** @param away the time in which deputies stand in */
export function attendant(name: Name, meeting: Held, away: boolean) {
  const absent = away ? DEPUTIES[name] : undefined;
  return {
    agency: relationOf(agencyOf(name), meeting),
    named: namedIn(name, meeting),
    roles: rolesOf(name),
    ...(absent ? { deputyOf: { named: namedIn(absent, meeting), roles: rolesOf(absent) } } : {}),
  };
}

export const sightOfMeeting = (name: Name, meeting: Held, away: boolean): MeetingSight =>
  sightOf(attendant(name, meeting, away), meeting.label);

/** A channel has many readers: the least cleared is an ordinary colleague. */
export const sightOfChannel = (agency: string, meeting: Held): MeetingSight =>
  sightOf({ agency: relationOf(agency, meeting), named: "none", roles: ["staff"] }, meeting.label);

/** @param label stricter than the meeting's where one of its decisions is */
export const mayRead = (name: Name, meeting: Held, away: boolean, label: Label = meeting.label): boolean =>
  readsRecord(attendant(name, meeting, away), label, meeting.present.includes(name));

/**
 * The title of a task that was born in the meeting is for its parties, for the coordinators up to GREEN, and in the
 * minutes.
 */
export function maySeeAction(name: Name, meeting: Held, away: boolean): boolean {
  const task = {
    ref: "",
    label: meeting.label,
    requester: "Rhea" as const,
    lead: "labour",
    assignee: meeting.label === "RED" ? ("Asa" as const) : undefined,
    bornInMeeting: true,
    canaries: {},
  };
  if (["full", "title"].includes(sightOfTask(name, task, away))) return true;
  return meeting.label !== "RED" && mayRead(name, meeting, away);
}

export const open = (label: Label): boolean => within(label, "GREEN");
