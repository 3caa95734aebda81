import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type AdapterServices,
  BodyReader,
  type Connected,
  type Connector,
  type ConversationRef,
  type Delivery,
  DeliveryError,
  encodable,
  FULL,
  type Inbound,
  type MessageRef,
  mentionToken,
  type Receive,
  type Reply,
  readOnly,
  stripPrivateUse,
} from "../../../src/chat/index.js";
import { type FormPayload, type Payload, renderForm, renderMessage } from "./render.js";

/**
 * Courier, a platform that does not exist: one more for Coord to be connected to, as an adapter's folder would have it.
 * Its server sends each event to `/courier/events` and shows what is answered; messages go to its API.
 */

/** Who did what where, as Courier tells. Words are texts and people mentioned. */
export type Event = {
  id: string;
  team: string;
  from: { id: string; name: string };
  room: { id: string; kind: "personal" | "channel" };
} & (
  | { did: "said"; words: (string | { user: string })[] }
  | { did: "pressed"; button: string; value?: string; message?: string }
  | { did: "filled"; form: string; state: string; values: Record<string, string | string[] | undefined> }
  | { did: "looked"; source: string; query: string; state: string }
  | { did: "pointed"; quoted: string; message: string; byCoord: boolean }
  | { did: "replied"; text: string; thread: string }
  | { did: "came home" }
);

/** What Courier does on an answer. */
export type Answer = {
  show?: Payload;
  /** To the one who acted alone. */
  onlyYou?: boolean;
  replace?: Payload;
  form?: FormPayload;
  errors?: Record<string, string>;
  options?: { label: string; value: string }[];
  home?: Payload;
};

const variables = { COURIER_URL: "url", COURIER_TOKEN: "text" } as const;

const PATH = "/courier/events";

export const courier: Connector<typeof variables> = {
  platform: "courier",
  variables,
  configured({ COURIER_URL: url, COURIER_TOKEN: token }, { problem }) {
    if (!url && !token) return undefined;
    if (!url) problem("COURIER_URL: set the address of your Courier server.");
    if (!token) problem("COURIER_TOKEN: set the token of Coord's account there.");
    return {
      platform: "courier",
      connect: (means) => connect(url ?? "", token ?? "", means),
      check: async () => {
        const { ok } = await fetch(`${url}/me`, { headers: { authorization: `Bearer ${token}` } });
        return ok
          ? { ok, say: "Courier takes the token" }
          : { ok, say: "Courier refuses COURIER_TOKEN: make a new one" };
      },
      comesIn: (base) => `Courier: events go to ${base}${PATH}`,
    };
  },
};

const BODY = { total: 8_388_608, ms: 5_000 };

function connect(
  url: string,
  token: string,
  { admission, log }: Pick<AdapterServices, "admission" | "log">,
): Connected {
  const bodies = new BodyReader(BODY);
  const underWay = new Set<Promise<unknown>>();
  let receive: Receive | undefined;

  async function call(method: "POST" | "PUT", path: string, body: object): Promise<{ id: string }> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => {
      throw DeliveryError.passing("courier: no answer");
    });
    if (response.ok) return (await response.json()) as { id: string };
    await response.body?.cancel();
    const { status } = response;
    if (status === 429) throw DeliveryError.rateLimited(Number(response.headers.get("retry-after") ?? 1) * 1_000);
    if (status === 410) throw DeliveryError.permanent("account_gone", "courier 410");
    throw status >= 500
      ? DeliveryError.passing(`courier ${status}`)
      : DeliveryError.permanent("refused", `courier ${status}`);
  }

  async function deliver(delivery: Delivery): Promise<MessageRef> {
    const payload = renderMessage(delivery.message);
    if (delivery.kind === "update") {
      await call("PUT", `/messages/${encodeURIComponent(delivery.ref.id)}`, { payload });
      return delivery.ref;
    }
    const { to, thread } = delivery;
    const conversation: ConversationRef =
      "person" in to
        ? { platform: "courier", tenant: to.person.tenant, id: `chat-${to.person.user}`, kind: "personal" }
        : to.conversation;
    const { id } = await call("POST", "/messages", { room: conversation.id, thread, payload });
    return { conversation, id, ...(thread ? { thread } : {}) };
  }

  async function take(body: string): Promise<{ status: number; answer?: Answer }> {
    const begin = receive;
    if (!begin) return { status: 503 };
    const inbound = toInbound(encodable(JSON.parse(body)) as Event);
    const reply = await admission.enter(() => begin(inbound));
    return { status: 200, answer: toAnswer(reply === FULL ? admission.full(inbound) : reply) };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const known = request.headers.authorization === `Bearer ${token}`;
    const done = known
      ? await bodies.read(request, 262_144, take).catch(() => {
          log.warn("courier.failed");
          return { status: 500 };
        })
      : { status: 401 };
    const status = "refused" in done ? done.refused : done.status;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify("answer" in done ? done.answer : {}));
  }

  return {
    platform: "courier",
    deliver,
    async overwrite({ user }, live, message) {
      await call("PUT", `/forms/${encodeURIComponent(user)}`, { live, form: renderForm(readOnly(message, "OK")) });
    },
    async audience() {
      return { readers: "members" };
    },
    async start(given) {
      receive = given;
    },
    async stop() {
      receive = undefined;
      await Promise.allSettled(underWay);
    },
    route: {
      path: PATH,
      listener(request: IncomingMessage, response: ServerResponse) {
        const work = handle(request, response).finally(() => underWay.delete(work));
        underWay.add(work);
      },
    },
  };
}

function toInbound(event: Event): Inbound {
  const { team: tenant, from, room } = event;
  const platform = "courier";
  const conversation: ConversationRef = { platform, tenant, ...room };
  const refOf = (id: string): MessageRef => ({ conversation, id });
  const common = {
    key: event.id,
    actor: { platform, tenant, user: from.id, displayName: from.name },
    conversation,
  };
  switch (event.did) {
    case "said": {
      const mentions = event.words.flatMap((word) =>
        typeof word === "string" ? [] : [{ platform, tenant, user: word.user }],
      );
      let n = 0;
      const text = event.words
        .map((word) => (typeof word === "string" ? stripPrivateUse(word) : mentionToken(n++)))
        .join("");
      return { ...common, type: "command", text, mentions };
    }
    case "pressed": {
      const message = event.message === undefined ? undefined : refOf(event.message);
      return { ...common, type: "action", id: event.button, value: event.value, message };
    }
    case "filled":
      return { ...common, type: "submit", form: event.form, state: event.state, values: event.values };
    case "looked":
      return { ...common, type: "suggest", source: event.source, query: event.query, state: event.state };
    case "pointed": {
      const message = { ref: refOf(event.message), text: stripPrivateUse(event.quoted), fromCoord: event.byCoord };
      return { ...common, type: "shortcut", id: "task.from_message", message };
    }
    case "replied":
      return { ...common, type: "threadReply", text: stripPrivateUse(event.text), thread: refOf(event.thread) };
    case "came home":
      return { ...common, type: "home" };
  }
}

function toAnswer(reply: Reply): Answer {
  if (!reply) return {};
  if ("post" in reply) return { show: renderMessage(reply.post), onlyYou: reply.private === true };
  if ("update" in reply) return { replace: renderMessage(reply.update) };
  if ("view" in reply) return { show: renderMessage(reply.view), onlyYou: true };
  if ("form" in reply) return { form: renderForm(reply.form) };
  if ("errors" in reply) return { errors: reply.errors };
  if ("options" in reply) return { options: reply.options };
  return { home: renderMessage(reply.home) };
}
