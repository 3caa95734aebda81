import type { RequestFlag, RequestKind, RequestUrgency } from "../store/request-tables.js";
import { ASSISTANCE } from "./kinds/judicial.js";
import type { FieldRow, Required } from "./kinds/row.js";
import { fieldsOf, KINDS } from "./kinds.js";

/** What is filled in: by field its parts, since a long text comes in several; and what is said not to be known. */
export type Content = {
  values: Readonly<Record<string, readonly string[]>>;
  unknown: readonly string[];
  /** What is attached, in the order in which it was. */
  files?: readonly AttachedFile[];
};

/**
 * @property size in bytes
 * @property share the information of which it is, where that was shared: under which version of its conditions, and by which
 * permission of its provider
 */
export type AttachedFile = {
  id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  share?: { id: string; ref: string; conditions: number; use?: string };
};

export const EMPTY: Content = { values: {}, unknown: [] };

/** Ends a part of a text that goes on in the next part on the same line. */
export const GOES_ON = "\u2060";

/** The parts of a field as one text. */
export const saidIn = ({ values }: Content, field: string): string =>
  (values[field] ?? []).map((part, n, { length }) => (n + 1 < length ? open(part) : part)).join("");

const open = (part: string): string => (part.endsWith(GOES_ON) ? part.slice(0, -GOES_ON.length) : `${part}\n`);

/** The values of a field that holds several of a list. */
export const chosenIn = (content: Content, field: string): string[] =>
  saidIn(content, field).split(/\s+/).filter(Boolean);

/** Whether a field must be filled, given what is filled already. */
export function isNeeded(kind: RequestKind, { id, required }: FieldRow, content: Content): boolean {
  return asked(required, content) || assisted(kind, id, content);
}

function asked(required: Required, content: Content): boolean {
  if (typeof required === "string") return required !== "no";
  if ("filled" in required) return saidIn(content, required.filled) !== "";
  if ("oneOf" in required) {
    const { field, in: values } = required.oneOf;
    return field.some((one) => chosenIn(content, one).some((value) => values.includes(value)));
  }
  if ("unlessOnly" in required) {
    const chosen = chosenIn(content, required.unlessOnly.field);
    return chosen.length === 0 || chosen.some((value) => !required.unlessOnly.in.includes(value));
  }
  return false;
}

/** Each chosen type of assistance needs its own fields. */
const assisted = (kind: RequestKind, id: string, content: Content): boolean =>
  kind === "mla" && chosenIn(content, "assistance").some((type) => ASSISTANCE[type]?.needs.includes(id));

/** `not known` answers a field that asks for what may not be known. */
export const mayBeUnknown = ({ required }: FieldRow): boolean => required === "if_known";

/**
 * What is missing still, in the order in which it is asked. What went before its paper owes what the paper holds.
 * @param flags of the request; none of one that is only thought of
 */
export const gapsOf = (
  kind: RequestKind,
  content: Content,
  urgency: RequestUrgency,
  flags: readonly RequestFlag[] = [],
): FieldRow[] =>
  fieldsOf(kind).filter(
    (field) =>
      isNeeded(kind, field, { ...content, values: { ...content.values, ...standingAs(urgency, flags) } }) &&
      saidIn(content, field.id) === "" &&
      !(mayBeUnknown(field) && content.unknown.includes(field.id)),
  );

/** What is answered so that nobody may agree to it: the safety of people, or a hold on contact with their State. */
export const blockedBy = (fields: readonly FieldRow[], said: (id: string) => string): FieldRow[] =>
  fields.filter(({ id, blocks }) => {
    const value = said(id).trim();
    if (!blocks || value === "") return false;
    return "is" in blocks ? value === blocks.is : !(Number(value) <= blocks.above);
  });

/** What of the request itself decides whether a field is needed. */
const standingAs = (urgency: RequestUrgency, flags: readonly RequestFlag[]): Content["values"] => ({
  urgency: [urgency],
  ...(flags.includes("owes_paper") ? { owes_paper: ["yes"] } : {}),
});

/** It asks for what goes before the request with its papers: those are owed, however it is sent. */
export const asksFirst = (kind: RequestKind, content: Content): boolean => {
  const chosen = KINDS[kind].sendFirst?.chosen;
  return chosen !== undefined && chosenIn(content, chosen.field).some((value) => chosen.in.includes(value));
};

/** Whether it may be sent before its paper. */
export const maySendFirst = (kind: RequestKind, content: Content, urgency: RequestUrgency): boolean =>
  KINDS[kind].sendFirst?.urgency?.includes(urgency) === true || asksFirst(kind, content);

/** Of what may go first: what is missing of the least that it must say. */
export const leastMissing = (kind: RequestKind, content: Content): FieldRow[] => {
  const { sendFirst } = KINDS[kind];
  return fieldsOf(kind).filter(({ id }) => sendFirst?.minimum.includes(id) && saidIn(content, id) === "");
};

/** What is filled as something needs a measure that only a court or prosecutor can order (UNTOC 18(9)). */
export const isCoercive = (content: Content): boolean =>
  chosenIn(content, "assistance").some((type) => ASSISTANCE[type]?.coercive === true);
