import { type Inbound, MENTIONS, type MessageRef, stripPrivateUse } from "./chat/index.js";
import { isId, localeTold, nameTold, zoneTold } from "./people/told.js";

/**
 * Everything that a platform tells passes here, whichever adapter brings it: names, zones and locales are checked, ids
 * are ids, and no text holds a mark of a mention but the ones that the adapter put there.
 * @returns undefined for what no platform sends: an id that is none
 */
export function takeIn(inbound: Inbound): Inbound | undefined {
  if (!idsOf(inbound).every(isId)) return undefined;
  const { displayName, locale, zone, ...account } = inbound.actor;
  const actor = {
    ...account,
    ...defined({ displayName: nameTold(displayName), locale: localeTold(locale), zone: zoneTold(zone) }),
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
  const { key, actor, place } = inbound;
  const ids = [key, actor.tenant, actor.user, place.tenant, place.id];
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
