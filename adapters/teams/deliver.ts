import {
  type AccountRef,
  type ConversationRef,
  type Delivery,
  DeliveryError,
  type Message,
  type MessageRef,
} from "../../src/chat/index.js";
import { attachmentOf } from "./form.js";
import { LIMITS } from "./limits.js";
import { renderMessage } from "./message.js";
import type { References } from "./references.js";
import { ConnectorError, type Transport } from "./transport.js";

/** Sends messages out, once each, and tells in neutral words why one could not be sent. */
export class Sender {
  constructor(
    private readonly transport: Transport,
    private readonly references: References,
    private readonly appId: string,
  ) {}

  async deliver(delivery: Delivery): Promise<MessageRef> {
    if (delivery.kind === "update") return this.update(delivery.ref, delivery.message);
    if ("person" in delivery.to) return this.toPerson(delivery.to.person, delivery.message);
    return this.post(delivery.to.conversation, delivery.message, delivery.thread);
  }

  /** @param thread the root message's id; only channels have threads. */
  async post(conversation: ConversationRef, message: Message, thread?: string): Promise<MessageRef> {
    const root = conversation.kind === "channel" ? thread : undefined;
    const sentTo = root ? `${conversation.id};messageid=${root}` : conversation.id;
    const serviceUrl = await this.#serviceOf(conversation);
    const id = await this.#send("post", serviceUrl, sentTo, message);
    return { conversation: { ...conversation, address: { serviceUrl } }, id, ...(root ? { thread: root } : {}) };
  }

  async update(ref: MessageRef, message: Message): Promise<MessageRef> {
    const path = `${activitiesOf(ref.conversation.id)}/${encodeURIComponent(ref.id)}`;
    const serviceUrl = await this.#serviceOf(ref.conversation);
    await this.#call("update", () =>
      this.transport.call("PUT", serviceUrl, path, { ...activityOf(message), id: ref.id }),
    );
    return ref;
  }

  async toPerson(person: AccountRef, message: Message): Promise<MessageRef> {
    const known = await this.references.personal(person);
    const address = known ?? (await this.#open(person));
    try {
      const id = await this.#send("post", address.serviceUrl, address.conversation, message);
      return { conversation: personalPlace(person, address), id };
    } catch (error) {
      if (!known || !(error instanceof DeliveryError) || !isGone(error)) throw error;
      // The address is out of date, which does not yet mean that the person is: the next try asks for a new one.
      await this.references.forget(person);
      throw DeliveryError.passing("the stored personal conversation is gone");
    }
  }

  async #open(person: AccountRef) {
    const serviceUrl = await this.references.serviceOf(person.tenant);
    const member = (await this.references.mriOf(person)) ?? person.user;
    const conversation = await this.#call("open", () =>
      this.transport.call("POST", serviceUrl, "v3/conversations", {
        isGroup: false,
        bot: { id: `28:${this.appId}` },
        members: [{ id: member }],
        tenantId: person.tenant,
        channelData: { tenant: { id: person.tenant } },
      }),
    );
    if (conversation === "") throw DeliveryError.passing("the connector named no conversation");
    const address = { conversation, serviceUrl };
    await this.references.remember(person, address);
    return address;
  }

  async #serviceOf(conversation: ConversationRef): Promise<string> {
    return conversation.address?.serviceUrl ?? (await this.references.serviceOf(conversation.tenant));
  }

  async #send(act: Act, serviceUrl: string, conversation: string, message: Message): Promise<string> {
    return this.#call(act, () =>
      this.transport.call("POST", serviceUrl, activitiesOf(conversation), activityOf(message)),
    );
  }

  async #call<T>(act: Act, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw error instanceof ConnectorError ? translate(error, act) : error;
    }
  }
}

const activitiesOf = (conversation: string): string =>
  `v3/conversations/${encodeURIComponent(conversation)}/activities`;

/** `summary` is the notification; a `text` beside the card would show the words twice. */
function activityOf(message: Message) {
  const { text, card } = renderMessage(message);
  return { type: "message", summary: text, locale: message.lang, attachments: [attachmentOf(card)] };
}

const personalPlace = (person: AccountRef, address: { conversation: string; serviceUrl: string }): ConversationRef => ({
  platform: "teams",
  tenant: person.tenant,
  id: address.conversation,
  kind: "personal",
  address: { serviceUrl: address.serviceUrl },
});

const isGone = (error: DeliveryError): boolean =>
  error.outcome.kind === "permanent" && error.outcome.reason === "channel_gone";

/** What was being done: the same answer means different things for each. */
export type Act = "open" | "post" | "update";

/**
 * Codes as seen in learn.microsoft.com ("Proactive messages", "Respond to errors") and in public issues;
 * where a code is unknown, the status decides.
 */
export function translate(error: ConnectorError, act: Act): DeliveryError {
  const { status, code } = error;
  const because = error.message;
  if (status === "unreachable") return DeliveryError.passing(because);
  if (status === "refused_host") return DeliveryError.permanent("refused", "service address not accepted");
  if (status === "no_token") return DeliveryError.permanent("token_revoked", "no token: check the app password");
  if (status === 429) return DeliveryError.rateLimited(error.retryAfterMs ?? LIMITS.retryAfterMs);
  // 412 PreconditionFailed is "retry after a moment", in the same tables.
  if (status >= 500 || status === 408 || status === 412) return DeliveryError.passing(because);
  if (status === 401) return DeliveryError.permanent("token_revoked", because);
  if (status === 413 || /TooBig|TooLarge|SizeTooBig/i.test(code)) return DeliveryError.permanent("too_large", because);
  if (/MessageWritesBlocked|BlockedByUser/i.test(code)) return DeliveryError.permanent("blocked", because);
  if (/UserNotFound|MemberNotFound|InvalidUser|User.*NotFound/i.test(code))
    return DeliveryError.permanent("account_gone", because);
  if (/ActivityNotFound/i.test(code)) return DeliveryError.permanent("message_gone", because);
  if (status === 403) return DeliveryError.permanent("bot_removed", because);
  if (status === 404) {
    if (act === "open") return DeliveryError.permanent("account_gone", because);
    const message = act === "update" && !/ConversationNotFound/i.test(code);
    return DeliveryError.permanent(message ? "message_gone" : "channel_gone", because);
  }
  return DeliveryError.permanent("refused", because);
}
