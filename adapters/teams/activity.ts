/** Reading Activity JSON that anybody may have written: every reader is total and gives undefined for what is not there. */

export type Json = { readonly [key: string]: unknown };
export type Activity = Json & { readonly type: string };

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isActivity = (value: unknown): value is Activity =>
  isObject(value) && typeof value.type === "string" && value.type !== "";

/** Follows a path of keys: `at(activity, "channelData", "tenant", "id")`. */
export const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);

export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const textAt = (value: unknown, ...path: string[]): string | undefined => text(at(value, ...path));

export const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Directory ids are GUIDs, whose letter case carries nothing. */
export const guid = (value: unknown): string | undefined => text(value)?.toLowerCase();

export const tenantsOf = (activity: Json): string[] =>
  [guid(at(activity, "conversation", "tenantId")), guid(at(activity, "channelData", "tenant", "id"))].filter(
    (tenant) => tenant !== undefined,
  );

/** Conversation ids of channel threads end in `;messageid=` and the root message's id. */
export function splitConversation(id: string): { id: string; root?: string } {
  const [base = "", root] = id.split(";messageid=");
  return root ? { id: base, root } : { id: base };
}

/**
 * A person's own chat with the bot. A message extension is also used in chats between two people, which call
 * themselves personal too: what is private must never go there, and only the bot's own chats have ids in `a:`.
 */
export const isOwnChat = (activity: Json): boolean =>
  at(activity, "conversation", "conversationType") === "personal" &&
  (textAt(activity, "conversation", "id") ?? "").startsWith("a:");

/** What is looked up or learnt of an activity before the core is asked. */
export function idsIn(activity: Activity): (string | undefined)[] {
  const people = [activity.from, ...objects(activity.membersAdded), ...objects(activity.entities).map(mentionedBy)];
  return [
    text(activity.id),
    text(activity.replyToId),
    text(activity.serviceUrl),
    textAt(activity, "conversation", "id"),
    ...tenantsOf(activity),
    ...people.flatMap((one) => [textAt(one, "id"), textAt(one, "aadObjectId")]),
    textAt(activity.value, "data", "key"),
  ];
}

const mentionedBy = (entity: Json): unknown => entity.mentioned;
