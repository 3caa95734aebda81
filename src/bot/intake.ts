import { encodable, type Inbound, least, MENTIONS, type MessageRef, stripPrivateUse } from "../chat/index.js";
import type { Messages } from "../i18n/index.js";
import { cleanLocale, cleanName, cleanZone, isId } from "../people/clean.js";

/** More is a paste, not a line; a form takes more. */
const LONGEST_LINE = 4_000;
/** What no platform lets anybody send. */
const LONGEST_VALUE = least("value");
const LONGEST_STATE = least("state");
const LONGEST_FIELD = least("field");
const LONGEST_MESSAGE = least("message");
/** Of a selection; a lookup that takes several has the most. */
const MOST_CHOSEN = 100;

/**
 * Everything that a platform tells passes here, whichever adapter brings it: names, zones and locales are checked, ids
 * are ids, no text holds what nothing could store, nor a mark of a mention but the ones that the adapter put there.
 * @returns undefined for what no platform sends: an id that is none
 */
export function takeIn(received: Inbound): Inbound | undefined {
  if (!idsOf(received).every(isId)) return undefined;
  const inbound = encodable(structuredClone(received));
  const { displayName, locale, zone, ...account } = inbound.actor;
  const actor = {
    ...account,
    ...defined({ displayName: cleanName(displayName), locale: cleanLocale(locale), zone: cleanZone(zone) }),
  };
  switch (inbound.type) {
    case "command":
      return { ...inbound, actor, text: onlyOwnMarks(inbound.text, inbound.mentions.length) };
    case "action":
      return { ...inbound, actor, value: inbound.value && stripPrivateUse(inbound.value) };
    case "submit":
      return { ...inbound, actor, values: mapped(inbound.values) };
    case "suggest":
      return { ...inbound, actor, query: stripPrivateUse(inbound.query) };
    case "shortcut":
      return {
        ...inbound,
        actor,
        message: inbound.message && { ...inbound.message, text: stripPrivateUse(inbound.message.text) },
      };
    case "threadReply":
      return { ...inbound, actor, text: stripPrivateUse(inbound.text) };
    case "home":
    case "joined":
    case "left":
      return { ...inbound, actor };
  }
}

function idsOf(inbound: Inbound): string[] {
  const { key, actor, conversation } = inbound;
  const ids = [key, actor.tenant, actor.user, conversation.tenant, conversation.id];
  if (inbound.type === "command") ids.push(...inbound.mentions.flatMap(({ tenant, user }) => [tenant, user]));
  if (inbound.type === "action") ids.push(...idsIn(inbound.message));
  if (inbound.type === "shortcut") ids.push(...idsIn(inbound.message?.ref));
  if (inbound.type === "threadReply") ids.push(...idsIn(inbound.thread));
  return ids;
}

const idsIn = (ref: MessageRef | undefined): string[] =>
  ref ? [ref.conversation.tenant, ref.conversation.id, ref.id, ...(ref.thread ? [ref.thread] : [])] : [];

/** Of the private-use characters only whole marks stay, and only of mentions that there are. */
const onlyOwnMarks = (text: string, mentions: number): string =>
  text
    .split(MENTIONS)
    // split gives words and the numbers of marks in turn.
    .map((part, at) => {
      if (at % 2 === 0) return stripPrivateUse(part);
      return Number(part) < mentions ? `\uE000${part}\uE001` : "";
    })
    .join("");

const mapped = (values: Record<string, string | string[] | undefined>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(stripPrivateUse) : value && stripPrivateUse(value),
    ]),
  );

const defined = <T extends Record<string, string | undefined>>(told: T): { [key in keyof T]?: string } =>
  Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as { [key in keyof T]?: string };

/** What is said of a delivery that is longer than its platform lets anybody send, or than Coord reads. */
export function tooMuch(inbound: Inbound): ((t: Messages) => string) | undefined {
  switch (inbound.type) {
    case "command": {
      const { length } = inbound.text;
      return length > LONGEST_LINE ? (t) => t.errors.lineTooLong({ max: LONGEST_LINE, length }) : undefined;
    }
    case "action":
      return (inbound.value ?? "").length > LONGEST_VALUE ? (t) => t.errors.stale : undefined;
    case "submit":
      return inbound.state.length > LONGEST_STATE ? (t) => t.errors.formOld : undefined;
    case "threadReply":
      return messageTooLong(inbound.text);
    case "shortcut":
      return inbound.message && messageTooLong(inbound.message.text);
    default:
      return undefined;
  }
}

const messageTooLong = ({ length }: string) =>
  length > LONGEST_MESSAGE ? (t: Messages) => t.errors.messageTooLong({ max: LONGEST_MESSAGE, length }) : undefined;

/** Of a form's field. */
export function fieldTooLong(value: string | string[], what: string): ((t: Messages) => string) | undefined {
  const values = [value].flat();
  const length = Math.max(0, ...values.map((one) => one.length));
  if (values.length > MOST_CHOSEN) return (t) => t.errors.tooMany({ what, max: MOST_CHOSEN });
  return length > LONGEST_FIELD ? (t) => t.errors.tooLong({ what, max: LONGEST_FIELD, length }) : undefined;
}
