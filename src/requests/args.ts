import { AUTHORITIES } from "../authorities/store.js";
import type { Option } from "../chat/index.js";
import {
  choice,
  choicesOf,
  clean,
  keyed,
  type Moment,
  optional,
  party,
  text,
  when,
  whenContext,
  wholeNumber,
} from "../command/args.js";
import { day, dayDone } from "../command/day.js";
import type { Arg, Args, Context, Raws } from "../command/define.js";
import { namedLanguages } from "../command/languages.js";
import { partyOptionOf } from "../command/meant.js";
import { pickedAt } from "../command/picker.js";
import { parseReference } from "../command/references.js";
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from "../i18n/documents.js";
import { GRAMMARS, inAny } from "../i18n/grammar/index.js";
import { inEvery, type Messages } from "../i18n/index.js";
import { LANGS, languageName } from "../i18n/names.js";
import { refuse } from "../lib/refusal.js";
import { fold } from "../people/names.js";
import { agenciesOf } from "../people/store.js";
import { may } from "../policy/index.js";
import { CODES, SHARE_KINDS } from "../shares/model.js";
import type { RequestDate, RequestKind, RequestUrgency } from "../store/request-tables.js";
import { type Day, dayOf, parseWhen, type WhenContext } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";
import type { Addressee } from "./acts/moving.js";
import { BASES } from "./acts/sea.js";
import { fieldName, groundsFor } from "./checks.js";
import { checkDateName, DATE_NAMES, DATES, datesOf } from "./dates.js";
import { mayBeUnknown } from "./fields.js";
import { GROUND_NAMES, type Ground } from "./grounds.js";
import type { FieldRow } from "./kinds/row.js";
import { SAFETY } from "./kinds/safety.js";
import { fieldOf, fieldsOf, KIND_NAMES, KINDS } from "./kinds.js";
import { LETTERS, type Letter } from "./letters.js";
import type { CoopRequest } from "./model.js";
import { isLong, LONGEST_FIELD, partName, partNamed, partsFrom } from "./parts.js";
import { REQUESTS } from "./store.js";
import { optionName, sourceOf } from "./views.js";

/** The kinds of argument that requests have beside the common ones. */

/** `mla`, `police`, or what people call what it is about: `entraide`, `boarding`. */
export function kindMeant(said: string): RequestKind | undefined {
  const word = spaced(said);
  return (
    calledIn(KIND_NAMES, (t, kind) => t.requests.kinds[kind], said) ??
    KIND_NAMES.find((kind) => GRAMMARS.some(({ directory }) => directory.requests[kind]?.includes(word))) ??
    KIND_NAMES.find((kind) =>
      GRAMMARS.some(({ directory }) => directory.functions[KINDS[kind].function]?.includes(word)),
    )
  );
}

export const kind = (): Arg<RequestKind> =>
  choice({
    label: (t) => t.args.requestKind,
    values: KIND_NAMES,
    read: kindMeant,
    show: (t, value) => t.requests.kinds[value],
  });

export const URGENCIES = ["normal", "urgent", "life-safety"] as const satisfies readonly RequestUrgency[];

export const urgency = (): Arg<RequestUrgency> =>
  choice({
    label: (t) => t.args.requestUrgency,
    values: URGENCIES,
    show: (t, value) => t.requests.urgencies[value],
  });

/** `answer`, or what it is called in any language that is spoken. */
export const letterArg = (): Arg<Letter> =>
  choice({
    label: (t) => t.args.requestLetter,
    values: LETTERS,
    read: (said) =>
      LETTERS.find(
        (one) =>
          one === fold(said) || inEvery((t) => t.requests.letters[one]).some(({ text }) => fold(text) === fold(said)),
      ),
    show: (t, value) => t.requests.letters[value],
  });

/** `fr`, or what the language is called. */
export const documentLang = (): Arg<DocumentLanguage> =>
  choice({
    label: (t) => t.args.requestLang,
    values: DOCUMENT_LANGUAGES,
    read: (said) =>
      DOCUMENT_LANGUAGES.find((code) =>
        [code, ...DOCUMENT_LANGUAGES.map((lang) => languageName(code, lang))].some((name) => fold(name) === fold(said)),
      ),
    show: (t, value) => t.requests.documentLangs[value],
  });

/** `urgent`, in any language that is spoken. */
function urgencyMeant(said: string): RequestUrgency | undefined {
  const word = fold(said.replace(/[,;:.]$/, ""));
  return URGENCIES.find(
    (one) =>
      one !== "normal" &&
      (one === word || inEvery((t) => t.requests.urgencies[one]).some(({ text }) => fold(text) === word)),
  );
}

/** One word is taken for the kind where it is its name: `boat` may be what the request is about. */
function kindSaid(words: readonly string[]): RequestKind | undefined {
  const kind = kindMeant(words.join(" "));
  return words.length > 1 || kind === fold(words[0] ?? "") ? kind : undefined;
}

/** A kind may be called by as many words: `mutual legal assistance`. */
const LONGEST_KIND = 3;

/** Of a kind that is called by two words the second is no part of what it is about: `border channel`, `residence permit`. */
function restOfKind(said: string, rest: string): string {
  const kind = kindMeant(said);
  const words = rest.split(/\s+/);
  for (let n = Math.min(LONGEST_KIND - 1, words.length); n > 0; n--)
    if (kind && kindMeant([said, ...words.slice(0, n)].join(" ")) === kind) return words.slice(n).join(" ");
  return rest;
}

/**
 * People say whom, what kind and how urgent in the order in which it comes to their mind, before or behind what it is about:
 * `@sudpolice police owner of a phone, urgent`. The words of these are taken from both ends of the subject.
 */
export function inAnyOrder(raws: Raws): Raws {
  const found = { ...raws };
  let rest = raws.subject ?? "";
  const take = (name: "kind" | "to" | "urgency", said: string | undefined, left: string): boolean => {
    if (said === undefined || found[name] !== undefined) return false;
    found[name] = said;
    rest = left;
    return true;
  };
  const to = addressee();
  if (found.kind !== undefined) rest = restOfKind(found.kind, rest);
  const before = (): boolean => {
    const words = rest.split(/\s+/);
    const after = (n: number) => words.slice(n).join(" ");
    for (let n = Math.min(LONGEST_KIND, words.length - 1); n > 0; n--)
      if (take("kind", kindSaid(words.slice(0, n)), after(n))) return true;
    const [first = ""] = words;
    if (words.length < 2) return false;
    return take("to", to.fits?.(first) ? first : undefined, after(1)) || take("urgency", urgencyMeant(first), after(1));
  };
  // Each is taken once, so that it ends.
  while (rest && before());
  const [, left = "", last = ""] = /^(.*\S)[\s,;:]+(\S+)$/.exec(rest) ?? [];
  if (last) take("urgency", urgencyMeant(last), left.replace(/[\s,;:]+$/, ""));
  return { ...found, subject: rest || undefined };
}

const LABELS = ["AMBER", "AMBER+STRICT", "RED"] as const;
/** A request holds what people are suspected of: it is never less. */
export const requestLabel = (): Arg<(typeof LABELS)[number]> => ({
  ...choice({
    label: (t) => t.args.label,
    values: LABELS,
    read: (said) =>
      LABELS.find(
        (label) =>
          label ===
          said
            .toUpperCase()
            .replace(/^TLP[:\s]*/, "")
            .replace(/[\s_-]+/g, "+"),
      ),
    show: (_t, value) => `TLP:${value}`,
    wrong: (t, said) => t.errors.requestLabel({ said }),
  }),
  marks: true,
});

/** `@police`, or `A-55` of the directory. */
export function addressee(o: { shape?: "word" | "key" } = {}): Arg<Addressee> {
  const agency = party({ label: (t) => t.args.requestTo });
  return {
    ...agency,
    party: undefined,
    shape: o.shape ?? "word",
    shown: (t) => t.args.requestToShown,
    fits: (word) => parseReference(bare(word))?.kind === AUTHORITIES.kind || agency.fits?.(bare(word)) === true,
    async parse(c, raw) {
      const reference = parseReference(bare(clean(raw)));
      if (reference?.kind === AUTHORITIES.kind) return { authority: await AUTHORITIES.find(c, reference) };
      return { agency: (await agency.parse(c, bare(raw))).agency };
    },
    async field(c, raw, raws) {
      const body = {
        type: "lookup" as const,
        label: c.t.args.requestTo,
        hint: c.t.args.requestToHint,
        source: ADDRESSEE,
      };
      const reference = raw === undefined ? undefined : parseReference(clean(raw));
      const named = reference?.kind === AUTHORITIES.kind ? await AUTHORITIES.known(c, reference.number) : undefined;
      if (named) return { ...body, value: { value: named.ref, label: `${named.ref} · ${named.name}` } };
      const party = raw === undefined ? undefined : await agency.field(c, raw, raws);
      return party?.type === "lookup" && !party.several ? { ...body, value: party.value } : body;
    },
  };
}

/** `to:@police`, as other commands take it. */
const bare = (word: string): string => word.replace(/^to:/i, "");

const ADDRESSEE = "addressee";
const MOST = 20;

/** Agencies of the body, and authorities of the directory, by their names. */
export const suggests = {
  async [ADDRESSEE](c: Context, query: string): Promise<Option[]> {
    const said = fold(query.replace(/^@/, ""));
    const agencies = (await agenciesOf(c.work.tx))
      .filter(({ id }) => id !== c.person.agencyId)
      .map(partyOptionOf)
      .filter(({ label }) => fold(label).includes(said));
    if (!may(c.viewer, "authority.see")) return agencies.slice(0, MOST);
    const rows = await c.work.tx
      .selectFrom("authorities")
      .select(["number", "name", "country"])
      .where("state", "!=", "closed")
      .where("plain", "like", `%${said.replace(/[\\%_]/g, "")}%`)
      .orderBy("name")
      .limit(MOST)
      .execute();
    const found = rows.map(({ number, name, country }) => ({ value: `A-${number}`, label: name, detail: country }));
    return [...agencies, ...found].slice(0, MOST);
  },
};

/** `bank_secrecy`, or its words; a form offers those that the request can be refused or postponed on. */
export function ground(effect: "refuse" | "postpone"): Arg<Ground> {
  const one = choice({
    label: (t) => t.args.requestGround,
    values: GROUND_NAMES,
    read: (said) => calledIn(GROUND_NAMES, (t, name) => t.requests.grounds[name], said, 2),
    show: (t, value) => t.requests.grounds[value],
    wrong: (t, said) => t.errors.requestGroundName({ said }),
  });
  return {
    ...one,
    shown: (t) => t.args.requestGround,
    async field(c, raw, raws) {
      const request = raws.ref ? parseReference(raws.ref) : undefined;
      const found = request?.kind === REQUESTS.kind ? await REQUESTS.known(c, request.number) : undefined;
      const values = found ? groundsFor(found, effect) : GROUND_NAMES;
      const body = await one.field(c, raw, raws);
      if (body.type !== "choice") return body;
      return { ...body, options: values.map((value) => ({ value, label: c.t.requests.grounds[value] })) };
    },
  };
}

/**
 * One of a list by its name, by how it is called in any language, or by the beginning of that where no other begins so.
 * @param fewest words of such a beginning: where reasons may follow, one word may be theirs; absent: a beginning is nothing
 */
export function calledIn<T extends string>(
  names: readonly T[],
  called: (t: Messages, name: T) => string,
  said: string,
  fewest = Number.POSITIVE_INFINITY,
): T | undefined {
  const word = spaced(said);
  const words = (name: T) => inEvery((t) => called(t, name)).map(({ text }) => fold(text));
  const begins =
    word.split(" ").length < fewest || word.length < FEWEST_LETTERS
      ? []
      : names.filter((name) => words(name).some((one) => one.startsWith(word)));
  return (
    names.find((name) => name.replaceAll("_", " ") === word || words(name).includes(word)) ??
    (begins.length === 1 ? begins[0] : undefined)
  );
}

const FEWEST_LETTERS = 4;

const spaced = (said: string): string =>
  fold(said)
    .replace(/[\s_-]+/g, " ")
    .trim();

/**
 * `hearing`, `arrested`, or its words; a form offers those that the kind of request knows.
 * @param fixed a day that lies ahead, else one on which something happened
 */
export function dateName(fixed: boolean): Arg<RequestDate> {
  const names = DATE_NAMES.filter((name) => !DATES[name].asking && (DATES[name].fixed === true) === fixed);
  const one = choice({
    label: (t) => t.args.requestDateName,
    values: names,
    read: (said) => calledIn(names, (t, name) => t.requests.dates[name], said, fixed ? 1 : undefined),
    show: (t, value) => t.requests.dates[value],
  });
  return {
    ...one,
    async field(c, raw, raws) {
      const request = raws.ref ? parseReference(raws.ref) : undefined;
      const found = request?.kind === REQUESTS.kind ? await REQUESTS.known(c, request.number) : undefined;
      const body = await one.field(c, raw, raws);
      if (body.type !== "choice" || !found) return body;
      const values = datesOf(found.kind, fixed);
      const name = names.find((other) => other === body.value);
      if (name && !values.includes(name)) checkDateName(found, name, fixed);
      return { ...body, options: values.map((value) => ({ value, label: c.t.requests.dates[value] })) };
    },
  };
}

/** @throws Refusal where a request of this kind has no such date: there is nothing to choose from */
export function checkDates(one: CoopRequest, fixed: boolean): void {
  const none = datesOf(one.kind, fixed).length === 0;
  if (none) refuse((t) => t.errors.requestNoDates({ ref: one.ref, kind: t.requests.kinds[one.kind] }));
}

/** When a day is fixed for; a hearing at a time of the day. */
export function dateAt(): Arg<Moment> {
  const at = when({ label: (t) => t.args.requestDateAt });
  return {
    ...at,
    async parse(c, raw, raws = {}) {
      const found = await at.parse(c, raw, raws);
      const name = raws.name === undefined ? undefined : await dateName(true).parse(c, raws.name, raws);
      const read = parseWhen(clean(raw), whenContext(c));
      if (name && DATES[name].timed && read.ok && !read.hasTime)
        refuse((t) => t.errors.requestDateTime({ ref: raws.ref ?? "", name }));
      return found;
    },
  };
}

/** Free words about a request, in one line or several. */
export const words = (label: (t: Messages) => string, hint?: (t: Messages) => string): Arg<string> =>
  text({ label, hint, shape: "rest", max: LONGEST_FIELD, multiline: true });

/** Which dialog: `2`, or one field by its name. */
export const part = (): Arg<string> => ({
  ...text({ label: (t) => t.args.requestPart, max: 40 }),
  words: undefined,
  given: true,
  silent: true,
  fits: (word) => /^[1-4]$|^[a-z][a-z0-9_]{1,39}(?:-\d{1,2})?$/.test(word),
});

/** The fields of one dialog; a text in several parts has dialogs of its own. */
export function fieldsIn(one: CoopRequest, part: string): FieldRow[] {
  const alone = fieldOf(one.kind, partNamed(part).field);
  if (alone) return [alone];
  return fieldsOf(one.kind).filter(
    ({ id, step }) => String(step) === part && (one.content.values[id]?.length ?? 0) <= 1,
  );
}

/** Of a long text in a dialog of its own, which parts; else the first alone. */
const partsIn = (fields: readonly FieldRow[], field: FieldRow, part: string): number[] =>
  fields.length === 1 && isLong(field) ? partsFrom(field, partNamed(part).part) : [1];

/** What the dialog asks: a field a row, and which of them are not known. */
export function asksOf(one: CoopRequest, part: string): Args {
  const fields = fieldsIn(one, part);
  const asked = fields.flatMap((field) =>
    partsIn(fields, field, part).map((n): [string, Arg<unknown>] => [partName(field.id, n), inForm(argOf(field, n))]),
  );
  const unknown = fields.filter(mayBeUnknown).map(({ id }) => id);
  if (unknown.length)
    asked.push([
      "unknown",
      inForm(
        choicesOf({
          label: (t) => t.args.requestUnknown,
          values: unknown,
          show: (t, id) => fieldName(t, id),
        }),
      ),
    ]);
  return Object.fromEntries(asked);
}

const inForm = (arg: Arg<unknown>): Arg<unknown> => ({
  ...arg,
  shape: "form",
  optional: true,
  list: undefined,
  key: undefined,
});

/** What each side answers on the safety of the people. */
export const safetyArgs = (): Args =>
  Object.fromEntries(SAFETY.map((field) => [field.id, { ...inForm(argOf(field, 1)), neededInForm: true }]));

function argOf(field: FieldRow, n: number): Arg<unknown> {
  const label = (t: Messages) =>
    n === 1 ? fieldName(t, field.id) : t.requests.partOf({ field: fieldName(t, field.id), n });
  const hint = (t: Messages) => sourceOf(field, t);
  const options = field.options ?? [];
  switch (field.type) {
    case "text":
      return text({ label, hint, max: 500 });
    case "longtext":
      return text({ label, hint, max: LONGEST_FIELD, multiline: true });
    case "number":
      return wholeNumber({ label, hint });
    case "choice":
      return choice({ label, hint, values: options, show: optionName });
    case "yesno":
      return choice({ label, hint, values: ["yes", "no"], show: optionName });
    case "choices":
      return choicesOf({ label, hint, values: options, show: optionName });
    case "language":
      return namedLanguages(choice({ label, hint, values: LANGS, show: (_t, value) => value }));
    case "date":
      return day({ label, hint });
    case "moment":
      return when({ label, hint });
  }
}

/** What stands in the dialog at first. */
export function standingIn(c: Context, one: CoopRequest, part: string): Record<string, string | undefined> {
  const fields = fieldsIn(one, part);
  const values = fields.flatMap((field) =>
    partsIn(fields, field, part).flatMap((n): [string, string][] => {
      const said = one.content.values[field.id]?.[n - 1];
      if (said === undefined) return [];
      return [[partName(field.id, n), field.type === "moment" ? pickedAt(new Date(said), c.person.zone) : said]];
    }),
  );
  const unknown = one.content.unknown.filter((id) => fields.some((field) => field.id === id));
  return { ...Object.fromEntries(values), unknown: unknown.join(" ") || undefined };
}

/** What came back from it: by field its parts, with those that the dialog did not show as they were. */
export function filledIn(one: CoopRequest, part: string, given: Readonly<Record<string, unknown>>) {
  const fields = fieldsIn(one, part);
  const values: Record<string, string[]> = {};
  for (const field of fields) {
    const parts = [...(one.content.values[field.id] ?? [])];
    for (const n of partsIn(fields, field, part)) parts[n - 1] = wordsOf(given[partName(field.id, n)]);
    values[field.id] = parts.filter((said) => said !== undefined && said !== "");
  }
  const unknown = Array.isArray(given.unknown) ? given.unknown.map(String) : [];
  return { values, unknown, asked: fields.map(({ id }) => id) };
}

function wordsOf(value: unknown): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.join(" ");
  if (typeof value === "object" && value !== null && "at" in value) return (value.at as Date).toISOString();
  return String(value);
}

export const optionalWords = (label: (t: Messages) => string): Arg<string | undefined> => optional(words(label));

const ofList =
  <T extends string>(values: readonly T[], label: (t: Messages) => string, show: (t: Messages, value: T) => string) =>
  (): Arg<T> =>
    choice({ label, values, show });

/** Whether the vessel stands in the registry of the State that is asked (Protocol 8(2)). */
export const registry = ofList(["yes", "no", "unknown"] as const, (t) => t.args.requestRegistry, optionName);
const mayBeEvidence = ofList(["yes", "no", "ask"] as const, (t) => t.args.requestEvidence, optionName);
export const basis = ofList(
  BASES,
  (t) => t.args.requestBasis,
  (t, value) => t.requests.bases[value],
);

/** Why the other side was not consulted first, where that may be left out (UNTOC 16(16)). */
export const unconsulted = () =>
  keyed("unconsulted", text({ label: (t) => t.args.requestUnconsulted, max: 500, multiline: true }));

/** What is left out of a yes or an answer: it has a ground and reasons, like a refusal. */
export const leftOut = () => ({
  without: keyed("without", text({ label: (t) => t.args.requestWithout, max: 1_000, multiline: true })),
  ground: keyed("ground", ground("refuse")),
  reasons: keyed("reasons", text({ label: (t) => t.args.requestReasons, max: 2_000, multiline: true })),
  unconsulted: unconsulted(),
});

/** What was done and found, within which limits it may be used, and whether as evidence. */
export const answering = () => ({
  limits: keyed("limits", text({ label: (t) => t.args.requestLimits, max: 1_000, multiline: true })),
  evidence: keyed("evidence", mayBeEvidence()),
  as: keyed(
    "as",
    choice({
      label: (t) => t.args.requestAs,
      values: SHARE_KINDS,
      show: (t, value) => `(${value}) ${t.information.kinds[value]}`,
    }),
  ),
  codes: keyed(
    "code",
    choicesOf({ label: (t) => t.args.requestCodes, values: CODES, show: (t, value) => t.information.codeShort[value] }),
  ),
  ...leftOut(),
});

/** On which day it was done, where that was not today. */
export const onDay = () =>
  keyed("on", day({ label: (t) => t.args.requestOn, hint: (t) => t.args.requestOnHint, done: true }));

const ARTICLE = new RegExp(`^(?:${inAny(({ time }) => time.article)})\\s+`, "iu");
const ARTICLE_ALONE = new RegExp(`^(?:${inAny(({ time }) => time.article)})$`, "iu");
const MOST_WORDS = 5;
const SHORTEST_DAY = 3;

/**
 * `arrested yesterday in Kilkis`: a day that was typed without its key is the day, and no part of it is lost: where more is
 * said the words stay whole.
 * @param o.name the words that it may stand before; with `whole` they are nothing but a day
 */
export const dayTyped =
  (o: { name: string; whole?: true }) =>
  (raws: Raws, time: WhenContext): Raws => {
    const text = raws[o.name] ?? "";
    if (raws.on !== undefined || text === "") return raws;
    const ends = [...text.slice(0, 100).matchAll(/\S+/g)]
      .slice(0, MOST_WORDS)
      .map((word) => word.index + word[0].length);
    for (const end of ends.reverse()) {
      const last = /\S+$/.exec(text.slice(0, end))?.[0] ?? "";
      if ((o.whole && end < text.length) || ARTICLE_ALONE.test(last)) continue;
      const said = text
        .slice(0, end)
        .replace(/["“”«»]/g, "")
        .replace(ARTICLE, "")
        .replace(/[.,:;]$/, "");
      const day = dayDone(said, time, time.zone);
      // "Sat", which is something else too.
      const told = said.length > SHORTEST_DAY || /\d/.test(said);
      if (day && told) return { ...raws, on: day, [o.name]: end < text.length ? text : undefined };
    }
    return raws;
  };

export const yesNo = (key: string, label: (t: Messages) => string): Arg<"yes" | "no"> => ({
  ...choice({ label, values: ["yes", "no"] as const, read: yesOrNo, show: optionName }),
  ...{ shape: "key", key },
});

const yesOrNo = (said: string): "yes" | "no" | undefined => {
  const word = fold(said);
  if (GRAMMARS.some(({ line }) => line.yes.includes(word))) return "yes";
  return GRAMMARS.some(({ line }) => line.no.includes(word)) ? "no" : undefined;
};

/** A day that was told is meant whole; today is this moment. */
export function momentOf({ work, person }: Pick<Context, "work" | "person">, said: Day | undefined): Date | undefined {
  if (said === undefined || said === dayOf(work.now, work.body.zone)) return undefined;
  return resolve({ ...splitDay(said), hour: 12, minute: 0 }, person.zone).at;
}
