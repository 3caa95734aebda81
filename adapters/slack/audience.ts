import type { webApi } from "@slack/bolt";
import { type Audience, type ConversationRef, DeliveryError } from "../../src/chat/index.js";
import type { Workspaces } from "./client.js";
import { errorCode, translate } from "./errors.js";
import { LIMITS } from "./limits.js";
import { at, list, str } from "./payload.js";

/** One reader: of the organisation, from outside, or Slack does not say. */
type Standing = "member" | "guests" | "other_tenant" | "unclear";

/** How long one person's standing is kept: an answer interrupted by a rate limit goes on where it stopped. */
const KEPT_MS = 60 * 60_000;
const KEPT_MOST = 20_000;

/**
 * Who reads a channel: conversations.info says with whom it is shared, conversations.members and users.info whether
 * guests are in it (docs.slack.dev/reference/objects/conversation-object, …/user-object).
 */
export class Audiences {
  readonly #standings = new Map<string, { standing: Standing; until: number }>();
  #stopped = false;

  constructor(
    private readonly workspaces: Workspaces,
    private readonly now: () => Date,
  ) {}

  /** Nobody waits for the last of a thousand members: it is asked again after the next start. */
  stop(): void {
    this.#stopped = true;
  }

  /** Slack tells that something of somebody changed. */
  forget(user: string): void {
    for (const key of this.#standings.keys()) if (key.endsWith(` ${user}`)) this.#standings.delete(key);
  }

  /** @throws DeliveryError when it is to be asked again */
  async of(conversation: ConversationRef): Promise<Audience> {
    try {
      const client = await this.workspaces.client(conversation.tenant, conversation.address?.enterprise);
      const { channel } = await client.conversations.info({ channel: conversation.id });
      const judged = judgeChannel(channel, conversation.tenant);
      if (judged.readers !== "members") return judged;
      const inside = new Set([conversation.tenant, ...(judged.tenants ?? [])]);
      const standing = (user: string) => this.#standing(client, conversation, inside, user);
      return (await strangersAmong(await membersOf(client, conversation.id), standing)) ?? judged;
    } catch (error) {
      return unknownFor(error);
    }
  }

  async #standing(
    client: webApi.WebClient,
    conversation: ConversationRef,
    inside: ReadonlySet<string>,
    user: string,
  ): Promise<Standing> {
    const key = `${[...inside].sort().join(" ")} ${user}`;
    const known = this.#standings.get(key);
    const now = this.now().getTime();
    if (known && known.until > now) return known.standing;
    if (this.#stopped) throw DeliveryError.passing("stopping");
    const { user: info } = await client.users.info({ user });
    const standing = judgeMember(info, inside, conversation.address?.enterprise);
    if (this.#standings.size >= KEPT_MOST) this.#standings.clear();
    this.#standings.set(key, { standing, until: now + KEPT_MS });
    return standing;
  }
}

/** With whom a channel is shared. What is not said plainly is unknown. */
export function judgeChannel(channel: unknown, tenant: string): Audience {
  const is = (name: string) => at(channel, name);
  if (is("is_archived") === true) return { readers: "unknown", because: "archived" };
  // A public channel is told of to anybody; what Coord is no member of takes nothing of it.
  if (is("is_member") === false) return { readers: "unknown", because: "no_access" };
  if (is("is_ext_shared") === true) return { readers: "outsiders", because: "shared" };
  const invited = ["pending_shared", "pending_connected_team_ids"].some((name) => list(channel, name).length > 0);
  if (is("is_pending_ext_shared") === true || invited) return { readers: "outsiders", because: "invited" };
  if (is("is_ext_shared") !== false || typeof is("is_shared") !== "boolean") return unclear;
  const strings = (name: string) => list(channel, name).filter((one): one is string => typeof one === "string");
  const others = [...strings("shared_team_ids"), ...strings("internal_team_ids"), ...strings("connected_team_ids")];
  // Workspaces are T…; an Enterprise Grid names itself, E…, among them.
  const tenants = [...new Set(others)].filter((id) => id !== tenant && id.startsWith("T"));
  if (is("is_shared") === false && tenants.length === 0) return { readers: "members" };
  // Shared, yet not outside its enterprise: with which of its workspaces must be said.
  if (is("is_org_shared") === true && tenants.length > 0) return { readers: "members", tenants };
  return is("is_org_shared") === true ? unclear : { readers: "outsiders", because: "shared" };
}

const unclear: Audience = { readers: "unknown", because: "unclear" };

/** @param inside the workspaces whose people are no outsiders */
export function judgeMember(user: unknown, inside: ReadonlySet<string>, enterprise?: string): Standing {
  if (typeof at(user, "id") !== "string") return "unclear";
  if (at(user, "is_stranger") === true) return "other_tenant";
  if (at(user, "deleted") === true) return "member";
  if (at(user, "is_restricted") === true || at(user, "is_ultra_restricted") === true) return "guests";
  const teams = [str(user, "team_id"), ...list(user, "teams"), ...list(user, "enterprise_user", "teams")];
  const ours = teams.some((team) => typeof team === "string" && inside.has(team));
  // In an Enterprise Grid the team may be the organisation itself.
  const sibling = enterprise !== undefined && str(user, "enterprise_user", "enterprise_id") === enterprise;
  if (!ours && !sibling) return str(user, "team_id") === undefined ? "unclear" : "other_tenant";
  if (at(user, "is_bot") === true || at(user, "id") === "USLACKBOT") return "member";
  const told = [at(user, "is_restricted"), at(user, "is_ultra_restricted")];
  return told.every((flag) => flag === false) ? "member" : "unclear";
}

/** @returns undefined where there are more than can be asked about */
async function membersOf(client: webApi.WebClient, channel: string): Promise<Set<string> | undefined> {
  const seen = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const page = await client.conversations.members({ channel, limit: LIMITS.membersPage, ...(cursor && { cursor }) });
    for (const user of page.members ?? []) seen.add(user);
    const next = page.response_metadata?.next_cursor;
    if (seen.size > LIMITS.membersMost) return undefined;
    if (!next || next === cursor) return seen;
    cursor = next;
  }
}

/** @returns undefined where everybody is of the organisation */
async function strangersAmong(
  members: ReadonlySet<string> | undefined,
  standing: (user: string) => Promise<Standing>,
): Promise<Audience | undefined> {
  if (!members) return { readers: "unknown", because: "too_many" };
  let found: Audience | undefined = members.size === 0 ? unclear : undefined;
  for (const user of members) {
    const one = await standing(user);
    if (one === "guests" || one === "other_tenant") return { readers: "outsiders", because: one };
    if (one !== "member") found = unclear;
  }
  return found;
}

/** A refusal is an answer too: who reads it stays unknown. What passes is thrown, to be asked again. */
function unknownFor(error: unknown): Audience {
  const code = errorCode(error);
  if (code === "missing_scope") {
    const needed = str(error, "data", "needed");
    const scope = needed && /^[\w:.,]{1,120}$/.test(needed) ? needed : undefined;
    return { readers: "unknown", because: "scope", ...(scope ? { scope } : {}) };
  }
  // Of a member, not of the channel: somebody whom this workspace may not see.
  if (code === "user_not_found" || code === "user_not_visible") return unclear;
  const failure = translate(error);
  if (failure.outcome.kind !== "permanent") throw failure;
  return { readers: "unknown", because: "no_access" };
}

/** Who reads a conversation may be others after such an event. */
const CHANGES =
  /^(?:member_joined_channel|member_left_channel|(?:channel|group)_(?:shared|unshared|archive|unarchive)|shared_channel_invite_\w+)$/;

/**
 * The conversation whose readers may have changed by this delivery, or are shown by it to be of another organisation too:
 * Slack says so with every event of a shared channel, also with those that are nothing to Coord.
 */
export function audienceChangedBy(body: unknown, tenant: string | undefined): ConversationRef | undefined {
  if (str(body, "type") !== "event_callback") return undefined;
  const type = str(body, "event", "type") ?? "";
  const changes = CHANGES.test(type);
  const external = changes ? type === "channel_shared" : at(body, "is_ext_shared_channel") === true;
  const id = str(body, "event", "channel") ?? str(body, "event", "channel", "id") ?? str(body, "event", "channel_id");
  if ((!changes && !external) || !tenant || !id) return undefined;
  return { platform: "slack", tenant, id, kind: "channel", ...(external ? { external } : {}) };
}
