import { randomBytes } from "node:crypto";
import type { types, webApi } from "@slack/bolt";
import type {
  AccountRef,
  AdapterLog,
  AdapterStore,
  ConversationRef,
  Form,
  Inbound,
  Message,
  Reply,
} from "../../src/chat/index.js";
import type { Workspaces } from "./client.js";
import type { Sender } from "./deliver.js";
import { options as renderOptions } from "./elements.js";
import { errorCode, translate } from "./errors.js";
import { ERROR_BLOCK, errorBlock } from "./form.js";
import { OPEN } from "./ids.js";
import { ACK_MS, LIMITS } from "./limits.js";
import type { LiveViews, Reading } from "./live.js";
import { decodeMetadata, encodeMetadata, type OpenedFrom } from "./metadata.js";
import { at, list, str } from "./payload.js";
import { actorOf, installedIn, threadOf } from "./receive.js";
import { renderForm, renderHome } from "./render.js";
import { literal, type ResponseUrls } from "./response-url.js";
import { cut } from "./text.js";

/** What acknowledges a payload, and what is done once it is acknowledged. */
export type Answer = { ack?: unknown; act?: () => Promise<void> };

/** How long a refused form or an offered one is remembered. */
const DAY_MS = 86_400_000;

export class Answers {
  constructor(
    private readonly sender: Sender,
    private readonly workspaces: Workspaces,
    private readonly urls: ResponseUrls,
    private readonly store: AdapterStore,
    private readonly live: LiveViews,
    private readonly log: AdapterLog,
    private readonly now: () => Date,
  ) {}

  static refusedKey = (body: unknown): string => `slack:refused:${str(body, "view", "id") ?? ""}`;

  /** @param since when the request came */
  async answer(body: unknown, inbound: Inbound, reply: Reply, since: number): Promise<Answer> {
    if (inbound.type === "suggest")
      return {
        ack: { options: reply && "options" in reply ? renderOptions(reply.options, LIMITS.selectOptions) : [] },
      };
    if (reply === undefined) return {};
    const spot = spotOf(body, inbound);
    if ("post" in reply) return this.#post(body, spot, reply.post, reply.private === true, since);
    if ("view" in reply) return this.#post(body, spot, reply.view, true, since);
    if ("update" in reply) return reply.live ? {} : { act: () => this.#replace(spot, reply.update) };
    if ("form" in reply) return this.#form(body, inbound, spot, reply.form, since);
    if ("home" in reply) return { act: () => this.#publish(spot, reply.home) };
    if ("errors" in reply && inbound.type === "submit") return this.#refuse(body, reply.errors);
    return {};
  }

  #post(body: unknown, spot: Spot, message: Message, isPrivate: boolean, since: number): Answer {
    // A slash command is answered in its acknowledgement: at once, and even where Coord is no member.
    if (str(body, "command")) {
      const { responseUrl } = spot.from;
      // An acknowledgement that comes too late is shown to nobody, and a command is not delivered again.
      if (responseUrl && this.#isLate(since)) return { act: () => this.urls.say(responseUrl, message, isPrivate) };
      return { ack: { response_type: isPrivate ? "ephemeral" : "in_channel", ...literal(message) } };
    }
    return { act: () => this.#say(spot, message, isPrivate) };
  }

  #isLate(since: number): boolean {
    return this.now().getTime() - since > ACK_MS;
  }

  // ---- Forms ----------------------------------------------------------------------------------------------------

  async #form(body: unknown, inbound: Inbound, spot: Spot, form: Form, since: number): Promise<Answer> {
    const view = viewOf(form, spot.from);
    const { tenant, address } = spot.conversation;
    const reading = readingOf(form, { person: inbound.actor, team: tenant, enterprise: address?.enterprise, since });
    const open = str(body, "view", "type") === "modal" ? str(body, "view", "id") : undefined;
    if (inbound.type === "submit") {
      // Slack has told its author to send it again, and that will be nothing new.
      if (this.#isLate(since)) return { act: () => this.#offer(spot, form) };
      if (reading && open) await this.live.remember(reading, open, this.now().getTime());
      return { ack: { response_action: "update", view: (reading && (await this.live.insteadOf(reading))) ?? view } };
    }
    const trigger = str(body, "trigger_id");
    if (!trigger) return { act: () => this.#offer(spot, form) };
    return {
      act: async () => {
        const client = await this.#client(spot.conversation);
        if (open) return this.#redraw(client, open, view, reading);
        // A trigger lasts three seconds and opens once, and Slack may be away or give no answer: whatever it is, a button
        // brings another. Where the lost answer was a yes, the form is open and the button opens it once more.
        await this.#open(client, trigger, view, reading).catch((error: unknown) => {
          this.log.warn("slack.form_not_opened", { code: errorCode(error) });
          return this.#offer(spot, form);
        });
      },
    };
  }

  async #open(client: webApi.WebClient, trigger: string, view: types.ModalView, reading?: Reading): Promise<void> {
    const id = (await client.views.open({ trigger_id: trigger, view })).view?.id;
    if (!reading || !id) return;
    await this.live.remember(reading, id);
    await this.live.settle(reading, id);
  }

  async #redraw(client: webApi.WebClient, id: string, view: types.ModalView, reading?: Reading): Promise<void> {
    if (reading) await this.live.remember(reading, id);
    try {
      await client.views.update({ view_id: id, view });
    } finally {
      // An answer that was lost may have been a yes.
      if (reading) await this.live.settle(reading, id);
    }
  }

  /** Words typed to the bot carry no trigger, and one lasts three seconds. Without it Slack opens nothing: a button brings another. */
  async #offer(spot: Spot, form: Form): Promise<void> {
    const nonce = randomBytes(16).toString("base64url");
    const until = new Date(this.now().getTime() + DAY_MS);
    if (!form.asked)
      await this.store.set(
        offerKey(nonce),
        JSON.stringify({ form, from: spot.from, since: this.now().getTime(), for: spot.user } satisfies Offer),
        until,
      );
    const offer: Message = {
      text: form.title,
      lang: form.lang,
      blocks: [
        // What is live may be taken back: none of its words stand in the chat.
        { type: "text", text: form.live ? form.title : (form.intro ?? form.title) },
        {
          type: "actions",
          actions: [
            {
              type: "button",
              id: form.asked?.id ?? OPEN,
              value: form.asked?.value ?? nonce,
              label: form.title,
              style: "primary",
              opens: true,
            },
          ],
        },
      ],
    };
    await this.#say(spot, offer, true);
  }

  async openOffered(body: unknown, nonce: string): Promise<Answer> {
    const trigger = str(body, "trigger_id");
    const { team, enterprise } = installedIn(body);
    const url = str(body, "response_url");
    const kept = await this.store.get(offerKey(nonce));
    // An offer that has run out goes away.
    if (kept === undefined) return url ? { act: () => this.urls.remove(url) } : {};
    if (!trigger || !team) return {};
    const { form, from, since, for: whom } = JSON.parse(kept) as Offer;
    const person = actorOf(body);
    // Made for one person: to anybody else it is nothing.
    if (person?.user !== whom) return {};
    const view = viewOf(form, { ...from, responseUrl: url });
    const reading = person && readingOf(form, { person, team, enterprise, since });
    // The button stays where it is: pressing it again is asking again.
    return { act: async () => this.#open(await this.workspaces.client(team, enterprise), trigger, view, reading) };
  }

  /** Slack shows an error under its own field; one about the whole form has no place there and goes on top. */
  async #refuse(body: unknown, errors: Record<string, string>): Promise<Answer> {
    const key = Answers.refusedKey(body);
    const before = Number((await this.store.get(key)) ?? 0);
    await this.store.set(key, String(before + 1), new Date(this.now().getTime() + DAY_MS));

    const fields = new Map<string, string>();
    for (const block of list(body, "view", "blocks"))
      if (str(block, "type") === "input") fields.set(str(block, "block_id") ?? "", str(block, "label", "text") ?? "");
    const under = Object.entries(errors).filter(([name]) => fields.has(name));
    const whole = Object.entries(errors).filter(([name]) => !fields.has(name));
    if (whole.length === 0)
      return {
        ack: {
          response_action: "errors",
          errors: Object.fromEntries(under.map(([name, error]) => [name, cut(error, LIMITS.fieldError)])),
        },
      };
    const lines = [
      ...whole.map(([, error]) => error),
      ...under.map(([name, error]) => `${fields.get(name)}: ${error}`),
    ];
    return { ack: { response_action: "update", view: withError(body, lines.join("\n")) } };
  }

  // ---- Messages -------------------------------------------------------------------------------------------------

  async #say(spot: Spot, message: Message, isPrivate: boolean): Promise<void> {
    const { conversation, user, from } = spot;
    try {
      if (isPrivate && conversation.kind !== "personal") await this.#whisper(spot, message);
      else await this.sender.post(conversation, message, from.thread);
    } catch (error) {
      if (!isGone(error)) throw error;
      // Coord is no member there (a command works everywhere): the answer comes to the person directly.
      await this.sender.deliver({
        kind: "post",
        to: { person: { platform: "slack", tenant: conversation.tenant, user } },
        message,
      });
    }
  }

  async #whisper({ conversation, user, from }: Spot, message: Message): Promise<void> {
    if (from.responseUrl) {
      try {
        return await this.urls.say(from.responseUrl, message, true);
      } catch {
        // Good for five answers within half an hour; the channel itself may still take one.
      }
    }
    await this.sender.whisper(conversation, user, message, from.thread);
  }

  async #replace(spot: Spot, message: Message): Promise<void> {
    const { conversation, from, view } = spot;
    if (view === "home") return this.#publish(spot, message);
    if (from.message && !from.ephemeral) {
      try {
        await this.sender.update({ conversation, id: from.message }, message);
        return;
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
    if (from.message && from.responseUrl) return this.urls.replace(from.responseUrl, message);
    await this.#say(spot, message, true);
  }

  async #publish({ conversation, user }: Spot, message: Message): Promise<void> {
    const client = await this.#client(conversation);
    await client.views.publish({ user_id: user, view: renderHome(message) });
  }

  #client(conversation: ConversationRef): Promise<webApi.WebClient> {
    return this.workspaces.client(conversation.tenant, conversation.address?.enterprise);
  }
}

/** Where the person acted, and so where the answer goes. */
type Spot = { conversation: ConversationRef; user: string; from: OpenedFrom; view?: string };

function spotOf(body: unknown, { conversation, actor }: Inbound): Spot {
  const view = str(body, "view", "type");
  const carried = view === "modal" ? decodeMetadata(str(body, "view", "private_metadata")).from : {};
  const clicked = str(body, "type") === "block_actions" ? str(body, "container", "message_ts") : undefined;
  const here: OpenedFrom = {
    channel: /^[UW]/.test(conversation.id) ? undefined : conversation.id,
    thread: threadOf(body) ?? str(body, "event", "thread_ts"),
    message: clicked,
    responseUrl: str(body, "response_url"),
    ...(at(body, "container", "is_ephemeral") === true ? { ephemeral: true } : {}),
    ...(conversation.external ? { external: true } : {}),
  };
  return { conversation, user: actor.user, view, from: view === "modal" ? carried : here };
}

/** @property since when its right was last checked; `for` whom it was made */
type Offer = { form: Form; from: OpenedFrom; since: number; for: string };
const offerKey = (nonce: string): string => `slack:offer:${nonce}`;

const readingOf = (
  { live, cancel }: Form,
  it: { person: AccountRef; team: string; enterprise?: string; since: number },
): Reading | undefined => (live === undefined ? undefined : { ...it, live, close: cancel });

const viewOf = (form: Form, from: OpenedFrom): types.ModalView => ({
  ...renderForm(form),
  private_metadata: encodeMetadata(form.state, from),
});

/** The view as it came, with the error on top. Same block ids: Slack keeps what was typed. */
function withError(body: unknown, error: string): Record<string, unknown> {
  const kept = ["type", "callback_id", "private_metadata", "title", "submit", "close"] as const;
  const blocks = list(body, "view", "blocks").filter((block) => str(block, "block_id") !== ERROR_BLOCK);
  return {
    ...Object.fromEntries(kept.map((key) => [key, at(body, "view", key)])),
    blocks: [errorBlock(error), ...blocks].slice(0, LIMITS.view.blocks),
  };
}

const isGone = (error: unknown): boolean => {
  const { outcome } = translate(error);
  return outcome.kind === "permanent" && (outcome.reason === "channel_gone" || outcome.reason === "message_gone");
};
