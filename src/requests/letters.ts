import type { DocumentSection, RequestDocument } from "../documents/request.js";
import { type DocumentLanguage, type DocumentWords, documentLanguage, documentWords } from "../i18n/documents.js";
import { languageName } from "../i18n/names.js";
import type { RequestAct, Viewer } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { answerFilesOf } from "./answer-files.js";
import { type AttachedFile, chosenIn, gapsOf, saidIn } from "./fields.js";
import type { FieldRow } from "./kinds/row.js";
import { fieldsOf, KINDS } from "./kinds.js";
import { type CoopRequest, calledTo, type Done, isRed } from "./model.js";
import { movesOf } from "./store.js";
import { optionName } from "./views.js";

/** What a request and the letters about it say on paper; how they look is for src/documents/request.ts. */

/** The request itself, and what is written back about one. */
export const LETTERS = ["request", "acknowledgement", "questions", "progress", "answer"] as const;
export type Letter = (typeof LETTERS)[number];

/** The language of the request where Coord writes it, else English. */
export const languageOf = ({ content }: Pick<CoopRequest, "content">): DocumentLanguage =>
  documentLanguage(saidIn(content, "language")) ?? "en";

type Section = Exclude<keyof DocumentWords["document"]["headings"], "plain" | "attachments" | "signature">;

/** In the order of UNTOC 18(15)(a) to (f); the law stands behind the signature. */
const ORDER = ["authority", "proceeding", "facts", "assistance", "persons", "purpose"] as const satisfies Section[];
const BESIDE = ["urgency", "limits", "resources"] as const satisfies Section[];

const SECTIONS: Readonly<Record<Exclude<Section, "assistance">, readonly string[]>> = {
  authority: [
    ...["basis", "basis_detail", "conducting_authority", "court", "asked_by", "contact"],
    ...["order", "order_until", "parties", "territory", "leader"],
  ],
  proceeding: ["proceeding"],
  facts: [
    ...["facts", "why_there", "link", "availability", "evidence_later", "distress", "vessel", "position", "grounds"],
    ...["national", "judgment_final", "remaining_months", "double_criminality"],
    ...["variant", "stage", "place_and_time", "limitation", "warrant_or_judgment", "warrant_exists"],
    ...["people_aboard", "goods", "route", "told", "told_on", "reflection_until", "points"],
    ...["claim", "nationality_evidence"],
  ],
  persons: [
    ...["persons", "person_sentenced", "person_sought", "persons_aboard", "person_here", "is_child", "child"],
    ...["particulars", "members"],
  ],
  purpose: ["purpose", "aim", "why_needed"],
  urgency: ["urgency_reason", "wanted_by", "wanted_by_reason"],
  limits: ["confidential", "use_limits"],
  resources: ["resources", "costs"],
  law: ["offence_and_law"],
};

/** Said among the facts at its head, not again below. */
const ELSEWHERE: readonly string[] = ["language"];

/** Where a field stands; absent: nowhere, since advice and risk are the asking side's own. */
export function sectionOf({ id, step }: Pick<FieldRow, "id" | "step">): Section | undefined {
  if (step === 4 || ELSEWHERE.includes(id)) return undefined;
  const named = Object.entries(SECTIONS).find(([, ids]) => ids.includes(id));
  return (named?.[0] as Section | undefined) ?? "assistance";
}

/** @param approvedAt when it was approved; absent while it is a draft */
export function requestLetter(
  work: UnitOfWork,
  one: CoopRequest,
  lang: DocumentLanguage,
  approvedAt: Date | undefined,
): RequestDocument {
  const w = documentWords(lang);
  const d = w.document;
  const complete = gapsOf(one.kind, one.content, one.urgency, one.flags).length === 0;
  const assistance = KINDS[one.kind].function === "mla";
  const headings = assistance ? d.headings : { ...d.headings, ...d.headings.plain };
  const inSection = (section: Section): DocumentSection => {
    const own = fieldsOf(one.kind).filter((field) => sectionOf(field) === section);
    // Where a section is one text its heading says already what it is.
    const alone = own.length === 1 && own[0]?.type === "longtext";
    const entries = own.flatMap((field) => {
      const value = fieldValue(work, one, field, lang, w);
      return value ? [{ label: alone ? undefined : w.fields[field.id as keyof typeof w.fields], value }] : [];
    });
    return { heading: headings[section], entries };
  };
  const day = (at: Date) => dayIn(work, at, lang);
  const first = one.flags.includes("owes_paper") && one.sentAt;
  return {
    ...head(work, one, lang, approvedAt ?? work.now),
    title: w.kinds[one.kind],
    status: approvedAt
      ? d.approved({ day: day(approvedAt), version: one.version })
      : first
        ? d.sentFirst({ day: day(first) })
        : complete
          ? d.draft
          : d.incomplete,
    from: one.from.name,
    sections: [...ORDER, ...BESIDE].map(inSection).filter(({ entries }) => entries.length > 0),
    signature: {
      heading: d.headings.signature,
      lines: [one.from.name, ...(one.approver && approvedAt ? [one.approver.name] : []), `${d.seal} ${BLANK}`],
    },
    annex: [inSection("law"), attached(one.content.files ?? [], d.headings.attachments)].filter(
      ({ entries }) => entries.length > 0,
    ),
  };
}

/** Each with its hash, so that whoever has the files sees that they are those that were approved or given. */
const attached = (files: readonly AttachedFile[], heading: string): DocumentSection => ({
  heading,
  entries: files.map(({ name, sha256 }, n) => ({
    label: `${n + 1}. ${name}`,
    value: `SHA-256 ${sha256}`,
  })),
});

const BLANK = "_".repeat(30);

/** Which acts a letter tells of; the last of them where it tells of one. */
const TELLS: Readonly<Record<Exclude<Letter, "request">, readonly RequestAct[]>> = {
  acknowledgement: ["acknowledge"],
  questions: ["ask_info"],
  progress: ["acknowledge", "revise_due", "postpone", "resume", "agree", "answer_part", "consult"],
  answer: [
    ...(["agree", "offer_conditions", "accept_conditions", "set_date", "happened"] as const),
    ...(["answer_part", "answer", "refuse"] as const),
  ],
};

/** What was done since it came to the authority that has it now: what another said before is not this one's word. */
async function movesThere(work: UnitOfWork, one: CoopRequest): Promise<Done[]> {
  const moves = await movesOf(work, one);
  return moves.slice(moves.findLastIndex(({ act }) => act === "redirect") + 1);
}

/** The request; and what there is to write back about, for the agency that is asked: nobody writes in another's name. */
export async function lettersOpen(work: UnitOfWork, one: CoopRequest, { agencyId }: Viewer): Promise<Letter[]> {
  if (isRed(one)) return [];
  if (agencyId !== one.to?.id) return ["request"];
  const acts = new Set((await movesThere(work, one)).map(({ act }) => act));
  const told: Letter[] = [];
  if (acts.has("acknowledge")) told.push("acknowledgement", "progress");
  if (acts.has("ask_info")) told.push("questions");
  if (acts.has("answer") || acts.has("answer_part") || acts.has("refuse")) told.push("answer");
  return LETTERS.filter((letter) => letter === "request" || told.includes(letter));
}

/** What the side that is asked writes back, from what it said on Coord. */
export async function replyLetter(
  work: UnitOfWork,
  one: CoopRequest,
  letter: Exclude<Letter, "request">,
  lang: DocumentLanguage,
): Promise<RequestDocument> {
  const w = documentWords(lang);
  const d = w.document;
  const all = (await movesThere(work, one)).filter(({ act }) => TELLS[letter].includes(act));
  const told = letter === "questions" || letter === "acknowledgement" ? all.slice(-1) : all;
  const acts = new Set(all.map(({ id }) => id));
  const files = (await answerFilesOf(work, one)).filter(({ moveId }) => moveId !== undefined && acts.has(moveId));
  const at = all.at(-1)?.at ?? work.now;
  const day = (moment: Date) => dayIn(work, moment, lang);
  const from = one.to?.name ?? calledTo(one);
  const theirRef = all.find(({ words }) => words.theirRef)?.words.theirRef;
  const state = [
    { label: d.state, value: w.states[one.state] },
    ...(one.dueAt ? [{ label: d.due, value: day(one.dueAt) }] : []),
  ];
  return {
    ...head(work, one, lang, at),
    facts: [
      { label: d.facts.from, value: from },
      { label: d.facts.to, value: one.from.name },
      { label: d.facts.theirs, value: one.ref },
      ...(theirRef ? [{ label: d.facts.ours, value: theirRef }] : []),
      { label: d.facts.subject, value: one.subjectLine },
      { label: d.facts.date, value: day(at) },
      ...(one.receivedAt ? [{ label: d.received, value: day(one.receivedAt) }] : []),
      ...(letter === "answer" ? [] : state),
    ],
    title: `${d.title[letter]}: ${w.kinds[one.kind]}`,
    status: d.title[letter],
    from,
    opening: openingOf(letter, d, day(one.receivedAt ?? at)),
    sections: told
      .map((done) => ({ heading: day(done.at), entries: saidWith(done, w, (at) => momentIn(work, at, lang)) }))
      .filter(tells),
    signature: {
      heading: d.headings.signature,
      lines: [from, ...(one.executor ? [one.executor.name] : []), `${d.seal} ${BLANK}`],
    },
    annex: letter === "answer" ? [attached(files, d.headings.attachments)].filter(tells) : [],
  };
}

const tells = ({ entries }: DocumentSection): boolean => entries.length > 0;

const openingOf = (letter: Exclude<Letter, "request">, d: DocumentWords["document"], day: string): string => {
  const said = d.opening[letter];
  return typeof said === "function" ? said({ day }) : said;
};

function head(work: UnitOfWork, one: CoopRequest, lang: DocumentLanguage, at: Date) {
  const w = documentWords(lang);
  const f = w.document.facts;
  const language = saidIn(one.content, "language");
  return {
    ...{ lang, ref: one.ref, label: `TLP:${one.label}`, created: at },
    facts: [
      { label: f.from, value: one.from.name },
      { label: f.to, value: calledTo(one) },
      { label: f.ours, value: one.ref },
      { label: f.subject, value: one.subjectLine },
      { label: f.urgency, value: w.urgencies[one.urgency] },
      ...(language ? [{ label: f.language, value: languageName(language, lang) }] : []),
      { label: f.date, value: dayIn(work, at, lang) },
    ],
  };
}

/** `2 December 2026`, as the language writes it, by the body's calendar. */
export const dayIn = ({ body }: UnitOfWork, at: Date, lang: DocumentLanguage): string =>
  new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: "long", timeZone: body.zone }).format(at);

const momentIn = ({ body }: UnitOfWork, at: Date, lang: DocumentLanguage): string =>
  `${new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: "long", timeStyle: "short", timeZone: body.zone }).format(at)} (${body.zone})`;

/** Where British dates are meant by English. */
const LOCALES: Readonly<Record<DocumentLanguage, string>> = { en: "en-GB", fr: "fr", es: "es" };

function fieldValue(
  work: UnitOfWork,
  { content }: CoopRequest,
  { id, type }: FieldRow,
  lang: DocumentLanguage,
  words: DocumentWords,
): string {
  const said = saidIn(content, id);
  if (said === "") return content.unknown.includes(id) ? words.document.notKnown : "";
  switch (type) {
    case "choice":
    case "choices":
    case "yesno":
      return chosenIn(content, id)
        .map((value) => optionName({ requests: words }, value))
        .join("; ");
    case "moment":
      return momentIn(work, new Date(said), lang);
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(said) ? dayIn(work, new Date(`${said}T12:00:00Z`), lang) : said;
    default:
      return said;
  }
}

/** The words of an act, each part under its name, and the ground that it rests on. */
function saidWith({ words, code }: Done, w: DocumentWords, moment: (at: Date) => string): DocumentSection["entries"] {
  const names: Readonly<Partial<Record<string, string>>> = w.words;
  const fields: Readonly<Partial<Record<string, string>>> = w.fields;
  const grounds: Readonly<Partial<Record<string, string>>> = { ...w.bases, ...w.grounds, ...w.dates };
  return [
    ...(code && grounds[code] ? [{ value: grounds[code] }] : []),
    ...Object.entries(words)
      .filter(([key]) => key !== "theirRef")
      .map(([key, value]) => ({
        label: names[key] ?? fields[key],
        value:
          key === "at"
            ? moment(new Date(value))
            : key === "registry" || key === "evidence"
              ? optionName({ requests: w }, value)
              : value,
      })),
  ];
}
