import { afterAll, beforeAll } from "vitest";
import { messagesFor, speak } from "../../../src/i18n/index.js";
import { PSEUDO, pseudoRow, pseudoTexts } from "../../pseudo.js";
import type { Sent, World } from "../../world.js";
import { type Label, type Sight, sight, type Who } from "../policy/task-oracle.js";

/** One of every kind of reader, and what the tests know about each task: enough to ask the oracle. */
export const PEOPLE = {
  Rhea: "police staff",
  Colin: "police staff",
  Faye: "police focal_point",
  Rita: "police rapporteur",
  Asa: "labour staff teams",
  Stan: "labour staff teams",
  Lena: "labour focal_point teams",
  Adele: "labour admin teams",
  Sue: "iom staff",
  Sid: "iom focal_point",
  Sam: "iom staff",
  Dora: "secretariat coordinator",
  Raul: "secretariat rapporteur",
  Ada: "secretariat admin",
  Obi: "ngo observer",
  Otto: "border staff focal_point",
  Cara: "customs focal_point teams",
  Cyd: "customs staff teams",
} as const;
export type Name = keyof typeof PEOPLE;
export const NAMES = Object.keys(PEOPLE) as Name[];

/** Readers of another language: what a text of it says must hide what the English one hides. */
export const LANG: Partial<Record<Name, string>> = Object.fromEntries(
  (["Sam", "Cyd", "Stan", "Obi", "Raul", "Ada", "Adele"] as const).map((name) => [name, PSEUDO]),
);

/** The language of those exists while the tests of this file run. */
export function spokenByThem(): void {
  let silence = () => {};
  beforeAll(() => {
    silence = speak("ar", pseudoRow, pseudoTexts());
  });
  afterAll(() => silence());
}

/** Without the accents of that language and what makes it longer: it is English otherwise. */
export const inEnglish = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ ·+/g, "");

/** What somebody wrote into a task, by where; each is a word that occurs nowhere else. */
export const FIELDS = [
  "title",
  "detail",
  "comment",
  "answer",
  "proposal",
  "blocked",
  "evidence",
  "reason",
  "support",
] as const;
export type Field = (typeof FIELDS)[number];

export type Case = {
  ref: string;
  label: Label;
  requester: Name;
  lead: string;
  assignee?: Name;
  supporting?: string;
  supporter?: Name;
  bornInMeeting: boolean;
  /** What was written into it so far. */
  canaries: Partial<Record<Field, string>>;
};

export const canary = (mark: string, field: Field): string =>
  `zq${mark.toLowerCase().replace(/\W/g, "")}${field.charAt(0)}${field.slice(1)}qz`;

export const agencyOf = (name: Name): string => PEOPLE[name].split(" ")[0] ?? "";

/** Who stands in for whom, once the story says that they are away. */
export const DEPUTIES: Partial<Record<Name, Name>> = { Stan: "Lena" };

const rolesOf = (name: Name) =>
  PEOPLE[name]
    .split(" ")
    .slice(1)
    .filter((word) => word !== "teams") as Who["roles"];

/** @param away the time in which deputies stand in */
export function whoIs(name: Name, task: Case, away = false): Who {
  const absent = away ? DEPUTIES[name] : undefined;
  const deputyOf = absent && { position: whoIs(absent, task).position, roles: rolesOf(absent) };
  const roles = rolesOf(name);
  const agency = agencyOf(name);
  const position =
    name === task.requester
      ? "requester"
      : name === task.assignee
        ? "assignee"
        : name === task.supporter
          ? "supporter"
          : agency === task.lead
            ? "lead agency"
            : agency === agencyOf(task.requester)
              ? "requester agency"
              : agency === task.supporting
                ? "supporting agency"
                : "elsewhere";
  return { position, roles, deputyOf };
}

export const sightOf = (name: Name, task: Case, away = false): Sight => sight(whoIs(name, task, away), task);

/** A channel has many readers: the least cleared is an ordinary colleague. */
export const sightOfChannel = (agency: string, task: Case): Sight =>
  sight({ position: agency === task.lead ? "lead agency" : "elsewhere", roles: ["staff"] }, task);

export const ORDER: readonly Label[] = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"];
export const within = (label: Label, ceiling: Label): boolean => ORDER.indexOf(label) <= ORDER.indexOf(ceiling);

/** Every word anywhere in a value, buttons' values and forms' states too. */
export const everyWord = (value: unknown): string => JSON.stringify(value) ?? "";

export const mentions = (text: string, ref: string): boolean => new RegExp(`\\b${ref}\\b`).test(text);

export const channelOf = (w: World, name: Name, id: string, external: boolean) => ({
  platform: w.account(name).platform,
  tenant: w.account(name).tenant,
  id,
  kind: "channel" as const,
  ...(external ? { external } : {}),
});

/** What is answered where there is nothing: each kind ends it in its own words. */
const NOTHING_THERE = messagesFor("en").errors.noSuchKind({ ref: "#" });
const TOO_OLD = messagesFor("en").errors.formOld;

/**
 * Two answers that are alike say something only if they are about the reference. A form that Coord never wrote, and a
 * field that is wrong, are answered before it is looked at: a pair of those compares nothing.
 * @param missing what was answered about one that does not exist, shown as `#`
 * @param asked whether a form that asks for more may come first
 */
export function aboutReference(missing: string, asked: boolean): boolean {
  const said = inEnglish(missing);
  if (said.includes(TOO_OLD)) return false;
  return said.includes(NOTHING_THERE) || NOT_THEIRS.test(said) || (asked && /"form":|Still missing/.test(said));
}
/** What one may not do to anything is refused whatever it is about. */
const NOT_THEIRS = /That is for: [a-z ,]+\. Ask one of them/;

/**
 * Each reader with each thing, each reader with each way and each thing with each way, where there are no more ways
 * than readers and things: which of `ways` the n-th reader takes to the m-th thing.
 */
export const wayOf = <T>(ways: readonly T[], reader: number, thing: number): T =>
  ways[(reader + thing) % ways.length] as T;

/** The newest live card of a task in somebody's inbox. */
export function cardOf(w: World, name: string, ref: string): Sent {
  const found = w.inbox(name).findLast(({ message: { blocks } }) => {
    const [first] = blocks;
    return first?.type === "heading" && first.text.split(" · ")[0] === ref;
  });
  if (!found) throw new Error(`${name} has no card of ${ref}`);
  return found;
}
