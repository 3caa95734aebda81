import type { webApi } from "@slack/bolt";
import {
  type AccountRef,
  type AdapterStore,
  type ConversationRef,
  type Delivery,
  DeliveryError,
  type Message,
  type MessageRef,
} from "../../src/chat/index.js";
import type { Workspaces } from "./client.js";
import { translate } from "./errors.js";
import { renderMessage } from "./render.js";

/** On every post: words are shown as they stand, names and links in them are only words. */
export const LITERAL = {
  mrkdwn: false,
  parse: "none",
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

/** chat.update knows fewer arguments. */
const LITERAL_UPDATE = { parse: "none", link_names: false } as const;

/** Conversations with people that this process has in mind. */
const REMEMBERED = 10_000;

export class Sender {
  /**
   * By their key in the store. Slack alone can end one, and then says so where something is sent there: what another
   * process has opened or forgotten makes none of them wrong.
   */
  readonly #personal = new Map<string, string>();

  constructor(
    private readonly workspaces: Workspaces,
    private readonly store: AdapterStore,
  ) {}

  async deliver(delivery: Delivery): Promise<MessageRef> {
    try {
      if (delivery.kind === "update") return await this.update(delivery.ref, delivery.message);
      const { to, thread, message } = delivery;
      return "person" in to
        ? await this.#toPerson(to.person, message, thread)
        : await this.post(to.conversation, message, thread);
    } catch (error) {
      throw translate(error);
    }
  }

  async post(conversation: ConversationRef, message: Message, thread?: string): Promise<MessageRef> {
    // A personal place can be known by the person alone (home screen, global shortcut).
    if (/^[UW]/.test(conversation.id)) return this.#toPerson(accountOf(conversation), message, thread, conversation);
    const client = await this.#client(conversation);
    const sent = await client.chat.postMessage({
      channel: conversation.id,
      ...renderMessage(message),
      ...LITERAL,
      ...(thread ? { thread_ts: thread } : {}),
    });
    if (!sent.ts) throw DeliveryError.passing("posted without a timestamp");
    return {
      conversation: { ...conversation, id: sent.channel ?? conversation.id },
      id: sent.ts,
      ...(thread ? { thread } : {}),
    };
  }

  async update(ref: MessageRef, message: Message): Promise<MessageRef> {
    const client = await this.#client(ref.conversation);
    await client.chat.update({
      channel: ref.conversation.id,
      ts: ref.id,
      ...renderMessage(message),
      ...LITERAL_UPDATE,
    });
    return ref;
  }

  /** Seen by one person in a channel, until they reload. */
  async whisper(conversation: ConversationRef, user: string, message: Message, thread?: string): Promise<void> {
    const client = await this.#client(conversation);
    const { text, blocks } = renderMessage(message);
    await client.chat.postEphemeral({
      channel: conversation.id,
      user,
      text,
      blocks,
      parse: "none",
      link_names: false,
      ...(thread ? { thread_ts: thread } : {}),
    });
  }

  async #toPerson(who: AccountRef, message: Message, thread?: string, like?: ConversationRef): Promise<MessageRef> {
    const key = `slack:dm:${who.tenant}:${who.user}`;
    const known = this.#personal.get(key) ?? (await this.store.get(key));
    const to = (id: string): ConversationRef => ({
      platform: "slack",
      tenant: who.tenant,
      id,
      kind: "personal",
      ...(like?.address ? { address: like.address } : {}),
    });
    if (known !== undefined) {
      try {
        const sent = await this.post(to(known), message, thread);
        this.#keep(key, known);
        return sent;
      } catch (error) {
        const { outcome } = translate(error);
        if (outcome.kind !== "permanent" || outcome.reason !== "channel_gone") throw error;
        // Nothing was posted. Opening anew tells whether the conversation or the person is gone.
        this.#personal.delete(key);
        await this.store.remove(key);
      }
    }
    const client = await this.#client(to(who.user));
    const opened = await client.conversations.open({ users: who.user });
    const id = opened.channel?.id;
    if (!id) throw DeliveryError.passing("opened no conversation");
    await this.store.set(key, id);
    this.#keep(key, id);
    return this.post(to(id), message, thread);
  }

  #keep(key: string, id: string): void {
    if (this.#personal.size >= REMEMBERED) this.#personal.clear();
    this.#personal.set(key, id);
  }

  #client(conversation: ConversationRef): Promise<webApi.WebClient> {
    return this.workspaces.client(conversation.tenant, conversation.address?.enterprise);
  }
}

const accountOf = (conversation: ConversationRef): AccountRef => ({
  platform: "slack",
  tenant: conversation.tenant,
  user: conversation.id,
});
