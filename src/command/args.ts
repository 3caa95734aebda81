import { distance } from "fastest-levenshtein";
import { mentionIndex } from "../chat/inbound.js";
import { least, MENTIONS, type Option, oneLine, stripPrivateUse } from "../chat/index.js";
import { parsePolicy } from "../escalation/notation.js";
import { inAny } from "../i18n/grammar/index.js";
import type { Messages } from "../i18n/index.js";
import type { Kind } from "../items/kind.js";
import { refuse } from "../lib/refusal.js";
import { type Agency, agencyCalendar, type Person } from "../people/model.js";
import { fold } from "../people/names.js";
import { agenciesOf, personMentioned } from "../people/store.js";
import { isRestricted, LABELS, type Label, parseLabel } from "../policy/index.js";
import type { Priority } from "../store/schema.js";
import { addWorkingDays, dateOrderOf, parseWhen, readLength, type WhenContext } from "../time/index.js";
import type { Arg, Context, FieldBody, Raws } from "./define.js";
import {
  type Among,
  agencyNamed,
  agencyOptionOf,
  isPersonValue,
  partyNamed,
  partyOptionOf,
  personNamed,
  personOptionOf,
} from "./meant.js";
import { momentField, passedPick, wholePick } from "./picker.js";
import { parseReference, type Reference } from "./references.js";

/** The kinds of argument. Each reads words, a form's value and a button's value alike, and says what is wrong with an example. */

type Options<T> = { optional?: boolean; label: (t: Messages) => string; hint?: (t: Messages) => string; as?: T };

/** The longest text anybody may send in one field. */
const LONGEST = least("field");

/** All that is left of the line. */
export function rest(o: Options<never> & { max?: number; multiline?: true; keepsMentions?: true }): Arg<string> {
  return text({ ...o, shape: "rest" });
}

export function optional<T>(arg: Arg<T>): Arg<T | undefined> {
  return { ...arg, optional: true };
}

/** Its form shows what stands, so that one thing is changed and the others stay. */
export const filled = <T>(arg: Arg<T>, standing: (c: Context, raws: Raws) => Promise<string | undefined>): Arg<T> => ({
  ...arg,
  field: async (c, raw, raws) => arg.field(c, raw ?? (await standing(c, raws)), raws),
});

/** A value written `key:value`. */
export function keyed<T>(key: string, arg: Arg<T>): Arg<T | undefined> {
  return { ...arg, shape: "key", key, optional: true };
}

/** A value of several words, written `key:value` and ended by the next key: `hours:Mon to Fri takes:3 months`. */
export const keyedWords = <T>(key: string, arg: Arg<T>): Arg<T | undefined> => ({
  ...keyed(key, arg),
  goesOn: /^(?!\p{L}{2,20}:(?!\/\/))/u,
});

export function text(
  o: Options<never> & { shape?: Arg<string>["shape"]; max?: number; multiline?: true; keepsMentions?: true },
): Arg<string> {
  const max = o.max ?? LONGEST;
  const lines = o.multiline ? (words: string) => words : oneLine;
  return {
    shape: o.shape ?? "word",
    optional: o.optional ?? false,
    words: o.multiline ? "text" : "line",
    shown: o.label,
    async parse(c, raw) {
      const words = clean(lines(o.keepsMentions ? raw : await withNames(c, raw)));
      if (words === "") return refuse((t) => t.errors.empty({ what: o.label(t) }));
      if (words.length > max) return refuse((t) => t.errors.tooLong({ what: o.label(t), max, length: words.length }));
      return words;
    },
    async field(c, raw) {
      return {
        type: "text",
        label: o.label(c.t),
        hint: o.hint?.(c.t),
        multiline: o.multiline,
        value: raw === undefined ? undefined : clean(lines(await withNames(c, raw))).slice(0, max),
        maxLength: max,
      };
    },
  };
}

/** `page:2` of a list, counted from 1. */
export function page(): Arg<number | undefined> {
  const said = text({ label: (t) => t.args.page, max: 6 });
  return keyed("page", {
    ...said,
    words: undefined,
    async parse(c, raw) {
      const words = await said.parse(c, raw);
      return /^[1-9]\d{0,4}$/.test(words) ? Number(words) : refuse((t) => t.errors.page({ said: words }));
    },
  });
}

/**
 * Control characters but line breaks and tabs, the sign for what nothing could store, and what turns words say nothing to a
 * reader and hide things from them. Joiners stay, since Persian and emoji need them; nothing but such is nothing.
 */
export function clean(raw: string): string {
  const words = raw.replace(/[^\P{Cc}\n\t]|[\p{Cs}\u202A-\u202E\u2066-\u2069\uFFFD]/gu, "").trim();
  return /[^\s\p{Cf}]/u.test(words) ? words : "";
}

/**
 * A mention in the middle of a text is a mark that no reader could read: it becomes the name. One pass, so that no name
 * is read for marks again.
 */
async function withNames(c: Context, raw: string): Promise<string> {
  const names = new Map<string, string>();
  for (const [, n = ""] of raw.matchAll(MENTIONS)) {
    if (names.has(n)) continue;
    const account = c.mentions[Number(n)];
    const person = account && (await personMentioned(c.work.tx, account, c.conversation.external === true));
    names.set(n, stripPrivateUse(person?.name ?? "@…"));
  }
  return raw.replace(MENTIONS, (_, n: string) => names.get(n) ?? "");
}

/**
 * `by Fri 17:00`, in the zone of who writes; a form has it picked.
 * @param o.keeps left empty, what holds stays: a form offers no "no date"
 */
export function when(
  o: Options<never> & {
    shape?: Arg<Moment>["shape"];
    period?: WhenContext["period"];
    lengths?: true;
    keeps?: true;
  },
): Arg<Moment> {
  const reads = (c: Context, raw: string) =>
    // 2h: how long, where it is asked until when.
    parseWhen(o.lengths && readLength(raw) ? `in ${raw}` : raw, { ...whenContext(c), period: o.period ?? "last" });
  return {
    shape: o.shape ?? "by",
    optional: o.optional ?? false,
    moment: "exact",
    reads,
    shown: (t) => t.args.when,
    async parse(c, raw) {
      wholePick(c, raw);
      const found = reads(c, raw);
      if (found.ok) return { at: found.at, zone: found.zone };
      if (found.reason === "past") passedPick(c, raw);
      const said = clean(raw).slice(0, 60);
      return refuse((t) => t.errors.when({ reason: found.reason, said, times: found.detail?.split(", ") }));
    },
    async field(c, raw) {
      const { none, ...body } = momentField(c, {
        ...{ label: o.label(c.t), hint: o.hint?.(c.t), raw },
        found: raw === undefined ? undefined : reads(c, raw),
        endOfDay: c.person.workTo,
      });
      return o.keeps ? body : { ...body, none };
    },
  };
}

export type Moment = { at: Date; zone: string };

export function whenContext(c: Pick<Context, "person" | "work">): WhenContext {
  const { person, work } = c;
  const calendar = agencyCalendar(person.agency, work.now.getUTCFullYear());
  const [h = 17, m = 0] = person.workTo.split(":").map(Number);
  return {
    now: work.now,
    zone: person.zone,
    lang: person.lang,
    endOfDay: { h, m },
    dateOrder: dateOrderOf(person.zone, person.lang),
    addWorkingDays: (at, n) => addWorkingDays(calendar, at, n),
    lastWorkingDay: calendar.days.at(-1),
  };
}

/** `T-104`. That it exists, and that the reader may know it, is for the one who loads it to say. */
export function ref({ kind, letter }: Pick<Kind, "kind" | "letter">): Arg<Reference> {
  return {
    shape: "word",
    optional: false,
    given: true,
    kind,
    shown: () => `${letter}-…`,
    fits: (word) => parseReference(word) !== undefined || /^[a-z]{1,2}-?\d+$/i.test(word),
    async parse(_c, raw) {
      const found = parseReference(raw);
      if (found?.kind !== kind) return refuse((t) => t.errors.reference({ said: clean(raw).slice(0, 40), letter }));
      return found;
    },
    async field() {
      throw new Error("a reference is given, not asked");
    },
  };
}

/** A reference that may be left out: what runs now is meant. */
export function optionalRef(of: Pick<Kind, "kind" | "letter">): Arg<Reference | undefined> {
  return { ...ref(of), optional: true, fits: (word) => parseReference(word)?.kind === of.kind };
}

/** A whole number of 1 or more; in a line a bare one, or `key:`. */
export function wholeNumber(
  o: Options<never> & { shape?: Arg<number>["shape"]; max?: number; from?: number },
): Arg<number> {
  return {
    shape: o.shape ?? "word",
    optional: o.optional ?? false,
    shown: o.label,
    fits: (word) => /^#?\d{1,4}$/.test(word),
    async parse(_c, raw) {
      const said = clean(raw).replace(/^#/, "");
      const value = Number(said);
      if (!/^\d{1,4}$/.test(said) || value < (o.from ?? 1) || value > (o.max ?? 9_999))
        return refuse((t) => t.errors.wholeNumber({ said: said.slice(0, 40) }));
      return value;
    },
    async field(c, raw) {
      return { type: "text", label: o.label(c.t), hint: o.hint?.(c.t), value: raw, maxLength: 4 };
    },
  };
}

/** An address that begins with https://, which is the only kind that Coord shows as a link. */
export function httpsUrl(o: Options<never> & { shape?: Arg<string>["shape"] }): Arg<string> {
  return {
    shape: o.shape ?? "word",
    optional: o.optional ?? false,
    shown: () => "https://…",
    fits: (word) => /^https:\/\//i.test(word),
    async parse(_c, raw) {
      const said = clean(raw);
      const url = URL.canParse(said) && said.length <= 500 ? new URL(said) : undefined;
      if (url?.protocol !== "https:" || url.username || url.password)
        return refuse((t) => t.errors.https({ said: said.slice(0, 60) }));
      return url.href;
    },
    async field(c, raw) {
      return { type: "text", label: o.label(c.t), hint: o.hint?.(c.t), value: raw, maxLength: 500 };
    },
  };
}

/** The state that a button was drawn for, so that nobody agrees to what they did not see. */
export function version(): Arg<number> {
  return {
    shape: "word",
    optional: false,
    given: true,
    silent: true,
    shown: () => "v…",
    fits: (word) => /^v\d{1,9}$/.test(word),
    parse: async (_c, raw) => Number(raw.slice(1)),
    async field() {
      throw new Error("a version is given, not asked");
    },
  };
}

/** `@labour`. */
export function agency(o: Options<never> & { anywhere?: true }): Arg<Agency> {
  return {
    shape: "word",
    anywhere: o.anywhere,
    optional: o.optional ?? false,
    shown: (t) => t.args.agency,
    fits: (word) => word.startsWith("@"),
    parse: async (c, raw) => (await agencyNamed(c, raw)) ?? noSuchAgency(c, raw),
    field: async (c, raw) => lookup(o.label(c.t), o.hint?.(c.t), "agency", await agencyOption(c, raw)),
  };
}

/** `@labour, @iom` */
export function agencies(o: Options<never>): Arg<Agency[]> {
  return {
    shape: "key",
    optional: true,
    list: true,
    shown: (t) => t.args.agency,
    async parse(c, raw) {
      const found: Agency[] = [];
      for (const word of raw.split(/[\s,]+/).filter(Boolean))
        found.push((await agencyNamed(c, word)) ?? (await noSuchAgency(c, word)));
      return found;
    },
    async field(c, raw) {
      const value: Option[] = [];
      for (const word of raw?.split(/[\s,]+/).filter(Boolean) ?? []) {
        const option = await agencyOption(c, word);
        if (option) value.push(option);
      }
      return { type: "lookup", label: o.label(c.t), hint: o.hint?.(c.t), source: "agency", several: true, value };
    },
  };
}

/** A person by mention, by name, or as a form's value. `source` says among whom a form looks. */
export function person(o: Options<never> & { source?: "person" | "colleague" }): Arg<Person> {
  return {
    shape: "word",
    optional: o.optional ?? false,
    shown: (t) => t.args.person,
    fits: pointsAtSomebody,
    parse: async (c, raw) => (await personNamed(c, clean(raw), o.source)) ?? noSuchPerson(raw),
    field: async (c, raw) =>
      lookup(o.label(c.t), o.hint?.(c.t), o.source ?? "person", await personOption(c, raw, o.source ?? "person")),
  };
}

const pointsAtSomebody = (word: string): boolean =>
  word.startsWith("@") || mentionIndex(word) !== undefined || isPersonValue(word);

export type Party = { agency: Agency; person?: Person };
/** `all`: every agency that is a member, but for observers. */
export type Invited = { all: boolean; agencies: Agency[]; persons: Person[] };

/** Agencies that `all` stands for: the members of the body, but for observers. */
export async function agenciesInvited(c: Context, invited: Invited): Promise<Agency[]> {
  return invited.all
    ? [...(await agenciesOf(c.work.tx)).filter(({ observer }) => !observer), ...invited.agencies]
    : invited.agencies;
}

const ALL = new RegExp(`^(?:${inAny(({ line }) => line.everybody)})$`, "i");
const IN_LIST = new RegExp(`[;,]|\\s(?:${inAny(({ schedule }) => schedule.and)})\\s`, "gi");

/** `@police, @iom, @maria`, or `all`; agencies also without the `@`. */
export function invited(o: Options<never> & { key?: string }): Arg<Invited> {
  return {
    shape: "key",
    key: o.key ?? "with",
    optional: o.optional ?? false,
    list: true,
    shown: (t) => t.args.invitedShown,
    async parse(c, raw) {
      const found: Invited = { all: false, agencies: [], persons: [] };
      const said = raw.replace(IN_LIST, " ");
      for (const word of said.split(/\s+/).filter(Boolean)) {
        if (ALL.test(word)) found.all = true;
        else {
          const meant = await partyNamed(c, word);
          if (meant?.person) found.persons.push(meant.person);
          else if (meant) found.agencies.push(meant.agency);
          else if (mentionIndex(word) === undefined) return noSuchAgency(c, word);
          else return noSuchPerson(word);
        }
      }
      if (!found.all && found.agencies.length + found.persons.length === 0)
        return refuse((t) => t.errors.nobodyInvited);
      return found;
    },
    async field(c, raw) {
      const value: Option[] = [];
      for (const word of raw?.replace(IN_LIST, " ").split(/\s+/).filter(Boolean) ?? []) {
        const option = ALL.test(word) ? allOption(c) : await partyOption(c, word);
        if (option) value.push(option);
      }
      return { type: "lookup", label: o.label(c.t), hint: o.hint?.(c.t), source: "invited", several: true, value };
    },
  };
}

export const allOption = (c: Pick<Context, "t">): Option => ({ value: "all", label: c.t.args.scopes.everybody });

/** Whom a task is asked of: an agency, or one of its people. */
export function party(o: Options<never>): Arg<Party> {
  return {
    shape: "word",
    optional: false,
    party: true,
    shown: (t) => t.args.party,
    fits: pointsAtSomebody,
    async parse(c, raw) {
      const found = await partyNamed(c, clean(raw));
      if (found) return found;
      return mentionIndex(raw) === undefined ? noSuchAgency(c, raw) : noSuchPerson(raw);
    },
    field: async (c, raw) => lookup(o.label(c.t), o.hint?.(c.t), "party", await partyOption(c, raw)),
  };
}

export function label(o: Options<never>): Arg<Label> {
  const one = choice({
    ...o,
    values: LABELS,
    read: parseLabel,
    show: (t, value) => `TLP:${value}${isRestricted(value) ? ` (${t.labels.restricted})` : ""}`,
    wrong: (t, said) => t.errors.label({ said }),
  });
  return { ...one, marks: true };
}

const PRIORITIES = ["life-safety", "urgent", "normal", "low"] as const satisfies readonly Priority[];

export function priority(o: Options<never>): Arg<Priority> {
  return choice({
    ...o,
    values: PRIORITIES,
    read: (said) => PRIORITIES.find((value) => value === said.toLowerCase().replace(/[\s_]/g, "-")),
    show: (t, value) => t.priority[value],
    wrong: (t, said) => t.errors.oneOf({ said, options: PRIORITIES.join(", ") }),
  });
}

/** Reminder steps in the notation; `default` gives back the one that would hold without it. */
export function ladder(o: Options<never>): Arg<string> {
  return {
    shape: "rest",
    optional: false,
    shown: o.label,
    async parse(_c, raw) {
      const said = clean(raw);
      if (said.toLowerCase() === "default") return "default";
      const found = parsePolicy(said);
      return found.ok ? said.toLowerCase() : refuse((t) => t.errors.ladder({ said: found.said.slice(0, 40) }));
    },
    async field(c, raw) {
      return { type: "text", label: o.label(c.t), hint: o.hint?.(c.t), value: raw, maxLength: 300 };
    },
  };
}

/** One of a fixed list. */
export function choice<T extends string>(
  o: Options<never> & {
    values: readonly T[];
    read?: (said: string) => T | undefined;
    show: (t: Messages, value: T) => string;
    wrong?: (t: Messages, said: string) => string;
    shape?: Arg<T>["shape"];
  },
): Arg<T> {
  const read = o.read ?? ((said: string) => o.values.find((value) => value === said.toLowerCase()));
  return {
    shape: o.shape ?? "word",
    optional: o.optional ?? false,
    shown: () => o.values.join("|"),
    fits: (word) => read(word) !== undefined,
    async parse(_c, raw) {
      const found = read(clean(raw));
      const said = clean(raw).slice(0, 40);
      return (
        found ?? refuse((t) => (o.wrong ? o.wrong(t, said) : t.errors.oneOf({ said, options: o.values.join(", ") })))
      );
    },
    async field(c, raw) {
      return {
        type: "choice",
        label: o.label(c.t),
        hint: o.hint?.(c.t),
        options: o.values.map((value) => ({ value, label: o.show(c.t, value) })),
        value: raw === undefined ? undefined : read(raw),
      };
    },
  };
}

/** Several of a fixed list. */
export function choicesOf<T extends string>(
  o: Options<never> & { values: readonly T[]; show: (t: Messages, value: T) => string },
): Arg<T[]> {
  return {
    shape: "key",
    optional: o.optional ?? false,
    list: true,
    shown: () => o.values.join(","),
    async parse(_c, raw) {
      const said = clean(raw)
        .split(/[\s,;]+/)
        .filter(Boolean);
      const found = said.map((word) => o.values.find((value) => value.toLowerCase() === word.toLowerCase()));
      const wrong = said[found.indexOf(undefined)];
      if (wrong !== undefined)
        return refuse((t) => t.errors.oneOf({ said: wrong.slice(0, 40), options: o.values.join(", ") }));
      return [...new Set(found.filter((value) => value !== undefined))];
    },
    async field(c, raw) {
      return {
        type: "choices",
        label: o.label(c.t),
        hint: o.hint?.(c.t),
        options: o.values.map((value) => ({ value, label: o.show(c.t, value) })),
        value: raw?.split(/[\s,;]+/).filter(Boolean),
      };
    },
  };
}

function lookup(label: string, hint: string | undefined, source: string, value: Option | undefined): FieldBody {
  return { type: "lookup", label, hint, source, value };
}

async function agencyOption(c: Context, raw: string | undefined): Promise<Option | undefined> {
  const found = raw === undefined ? undefined : await agencyNamed(c, raw);
  return found && agencyOptionOf(found);
}

/** What stands in the field at first: nobody, where that is nobody here. @throws Several, so that it is asked first */
async function personOption(c: Context, raw: string | undefined, among: Among): Promise<Option | undefined> {
  const found = raw === undefined ? undefined : await personNamed(c, raw, among);
  return found && personOptionOf(found);
}

/** @throws Several */
async function partyOption(c: Context, raw: string | undefined): Promise<Option | undefined> {
  const found = raw === undefined ? undefined : await partyNamed(c, raw);
  return found && (found.person ? personOptionOf(found.person) : partyOptionOf(found.agency));
}

async function noSuchAgency(c: Context, raw: string): Promise<never> {
  const said = clean(raw).replace(/^@/, "").slice(0, 40);
  const all = await agenciesOf(c.work.tx);
  const near = all
    .map((candidate) => ({
      handle: `@${candidate.handle}`,
      far: Math.min(
        distance(fold(said), candidate.handle),
        fold(candidate.name).includes(fold(said)) && said.length > 2 ? 1 : 99,
      ),
    }))
    .sort((a, b) => a.far - b.far)
    .filter(({ far }) => far <= Math.max(2, said.length / 2))
    .slice(0, 3)
    .map(({ handle }) => handle);
  return refuse((t) => t.errors.noAgency({ said, near, all: all.slice(0, 12).map(({ handle }) => `@${handle}`) }));
}

function noSuchPerson(raw: string): never {
  const said = mentionIndex(raw) === undefined ? clean(raw).slice(0, 40) : undefined;
  return refuse((t) => t.errors.noPerson({ said }));
}
