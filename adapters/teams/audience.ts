import { type Audience, type ConversationRef, DeliveryError } from "../../src/chat/index.js";
import { type Activity, at, guid, objects, splitConversation, tenantsOf, text, textAt } from "./activity.js";
import { translate } from "./deliver.js";
import { LIMITS } from "./limits.js";
import type { References } from "./references.js";
import { ConnectorError, type Transport } from "./transport.js";

/**
 * Who reads a conversation, from the Bot Connector's roster (learn.microsoft.com/microsoftteams/platform/bots/how-to/
 * get-teams-context): guests have `userRole` "guest", people of elsewhere another `tenantId`.
 */
export class Audiences {
  constructor(
    private readonly transport: Transport,
    private readonly references: References,
  ) {}

  /** @throws DeliveryError when it is to be asked again */
  async of(conversation: ConversationRef): Promise<Audience> {
    // A shared channel may be opened to other teams and tenants at any moment, and nobody tells the bot with whom it is.
    if (conversation.external) return { readers: "outsiders", because: "shared_kind" };
    const serviceUrl = conversation.address?.serviceUrl ?? (await this.references.serviceOf(conversation.tenant));
    // The team's members read a standard channel, whatever the channel's own roster holds.
    for (const roster of new Set([conversation.id, conversation.group ?? conversation.id])) {
      const audience = await this.#roster(serviceUrl, roster, conversation.tenant);
      if (audience.readers !== "members") return audience;
    }
    return { readers: "members" };
  }

  async #roster(serviceUrl: string, conversation: string, tenant: string): Promise<Audience> {
    let found: Audience | undefined;
    let count = 0;
    for (let token: string | undefined; ; ) {
      const page = await this.#page(serviceUrl, conversation, token);
      if ("readers" in page) return page;
      for (const member of page.members) {
        const standing = judgeMember(member, tenant);
        if (standing === "guests" || standing === "other_tenant") return { readers: "outsiders", because: standing };
        if (standing === "unclear") found = { readers: "unknown", because: "unclear" };
        count++;
      }
      if (count > LIMITS.rosterMost) return { readers: "unknown", because: "too_many" };
      if (page.next === undefined || page.next === token) break;
      token = page.next;
    }
    return found ?? (count === 0 ? { readers: "unknown", because: "unclear" } : { readers: "members" });
  }

  async #page(
    serviceUrl: string,
    conversation: string,
    token: string | undefined,
  ): Promise<{ members: unknown[]; next?: string } | Audience> {
    const query = new URLSearchParams({
      pageSize: String(LIMITS.rosterPage),
      ...(token && { continuationToken: token }),
    });
    try {
      const answer = await this.transport.get(
        serviceUrl,
        `v3/conversations/${encodeURIComponent(conversation)}/pagedmembers?${query}`,
      );
      return { members: objects(at(answer, "members")), next: textAt(answer, "continuationToken") };
    } catch (error) {
      const failure = error instanceof ConnectorError ? translate(error, "post") : error;
      if (failure instanceof DeliveryError && failure.outcome.kind === "permanent")
        return { readers: "unknown", because: "no_access" };
      throw failure;
    }
  }
}

type Standing = "member" | "guests" | "other_tenant" | "unclear";

/** What is not said of somebody leaves it open whether they are from outside. */
export function judgeMember(member: unknown, tenant: string): Standing {
  if (textAt(member, "id")?.startsWith("28:")) return "member";
  const role = textAt(member, "userRole")?.toLowerCase();
  // A guest's own name in the directory: maria_example.org#EXT#@ours.onmicrosoft.com.
  if (role === "guest" || /#EXT#/i.test(textAt(member, "userPrincipalName") ?? "")) return "guests";
  const home = guid(at(member, "tenantId"));
  if (home !== undefined && home !== tenant) return "other_tenant";
  return role === "user" && home !== undefined ? "member" : "unclear";
}

/**
 * The conversations whose readers may have changed by this activity: somebody came or went, a channel was shared or
 * changed its kind. What concerns a team is told in its general channel, which has the team's id.
 */
export function audienceChangedBy(activity: Activity): ConversationRef[] {
  const [tenant] = tenantsOf(activity);
  const conversation = textAt(activity, "conversation", "id");
  if (activity.type !== "conversationUpdate" || !tenant || !conversation) return [];
  const ids = [
    splitConversation(conversation).id,
    textAt(activity, "channelData", "channel", "id"),
    textAt(activity, "channelData", "team", "id"),
  ];
  return [...new Set(ids.filter((id) => id !== undefined))].map((id) => ({
    platform: "teams",
    tenant,
    id,
    kind: "channel",
  }));
}

/** `standard`, `private` or `shared`; newer payloads call it as Microsoft Graph does. */
export const channelType = (activity: Activity): string | undefined =>
  (
    text(at(activity, "channelData", "channel", "type")) ??
    text(at(activity, "channelData", "channel", "membershipType"))
  )?.toLowerCase();
