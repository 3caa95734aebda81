import {
  type AdapterLog,
  DeliveryError,
  type Inbound,
  type Message,
  type MessageRef,
  type Reply,
  type WordsByLanguage,
} from "../../src/chat/index.js";
import { encodeOption } from "./actions.js";
import { type Activity, splitConversation, textAt } from "./activity.js";
import type { Sender } from "./deliver.js";
import type { Dialogs } from "./dialogs.js";
import { dialogOf, offerOf } from "./form.js";
import { LIMITS } from "./limits.js";
import { optionLabel, renderMessage } from "./message.js";
import { cut } from "./text.js";
import { wordsFor } from "./words.js";

/**
 * Acts on what the core replied. The core has committed by now, so nothing here may ask the platform to deliver
 * again: what cannot be shown is logged, and the request is answered all the same.
 */

export type Answer = {
  /** The body of the HTTP 200. */
  body?: object;
  /** What others must see as well; done after the person who acted has the answer. */
  after?: () => Promise<void>;
};

export type Means = { sender: Sender; dialogs: Dialogs; words: WordsByLanguage; log: AdapterLog };

/** @property late the client has stopped waiting for an answer that opens a dialog */
type Turn = { activity: Activity; inbound: Inbound; late: () => boolean };

export async function answer(turn: Turn, reply: Reply, means: Means): Promise<Answer> {
  switch (turn.activity.name) {
    case "adaptiveCard/action":
      return answerClick(turn, reply, means);
    case "task/fetch":
    case "task/submit":
    case "composeExtension/fetchTask":
    case "composeExtension/submitAction":
      return answerDialog(turn, reply, means);
    case "application/search":
      return { body: searchResults(turn, reply, means) };
    default:
      await answerMessage(turn, reply, means);
      return {};
  }
}

/**
 * To an invoke that means nothing to Coord, or not any more: an old card or package, another app's. Always HTTP 200, since
 * clients show no other answer's words; each name has its own shape for them.
 */
export function unknownInvoke(activity: Activity, words: Means["words"]): object | undefined {
  const name = typeof activity.name === "string" ? activity.name : "";
  const { gone } = wordsFor(words, textAt(activity, "locale"));
  if (name === "adaptiveCard/action") return toast(gone);
  if (name === "application/search") return found([]);
  if (name.startsWith("task/") || DIALOGS.has(name)) return say(gone);
  if (name.startsWith("composeExtension/")) return { composeExtension: { type: "message", text: cut(gone, 1_000) } };
  // What other invokes expect differs (tabs, sign-in, files): an empty answer is none of them.
  return undefined;
}

const DIALOGS: ReadonlySet<string> = new Set(["composeExtension/fetchTask", "composeExtension/submitAction"]);

/** To typed words, and to buttons that a client sends as a message. */
async function answerMessage(turn: Turn, reply: Reply, means: Means): Promise<void> {
  if (!reply || "options" in reply) return;
  if ("update" in reply) return reply.live ? undefined : replaceMessage(messageOf(turn), turn, reply.update, means);
  if ("post" in reply) return reply.private ? whisper(turn, reply.post, means) : post(turn, reply.post, means);
  if ("home" in reply) return whisper(turn, reply.home, means);
  if ("view" in reply) return whisper(turn, reply.view, means);
  if ("form" in reply) return whisper(turn, offerOf(reply.form), means);
  return whisper(turn, sayErrors(reply.errors, turn), means);
}

/** To Action.Execute: always HTTP 200, what happened is in the body. */
async function answerClick(turn: Turn, reply: Reply, means: Means): Promise<Answer> {
  if (reply && "update" in reply) {
    const body = invokeBody("application/vnd.microsoft.card.adaptive", renderMessage(reply.update).card);
    // The answer changes the card for the one who pressed; everybody else gets it through the connector.
    return reply.live ? { body } : { body, after: () => replaceMessage(messageOf(turn), turn, reply.update, means) };
  }
  if (reply && "view" in reply)
    return { body: invokeBody("application/vnd.microsoft.card.adaptive", renderMessage(reply.view).card) };
  if (reply && "errors" in reply) return { body: toast(Object.values(reply.errors).join(" ")) };
  if (reply && "post" in reply && reply.private && isShort(reply.post)) return { body: toast(reply.post.text) };
  return { body: toast(""), after: () => answerMessage(turn, reply, means) };
}

const invokeBody = (type: string, value: unknown) => ({ statusCode: 200, type, value });

/** Shown to the one who pressed, beside the card. */
const toast = (words: string) => invokeBody("application/vnd.microsoft.activity.message", cut(words, 500));

/** One line with nothing to press. */
const isShort = (message: Message): boolean => {
  const [only, ...others] = message.blocks;
  return !only || (others.length === 0 && only.type === "text" && message.text.length <= 500);
};

async function answerDialog(turn: Turn, reply: Reply, means: Means): Promise<Answer> {
  const { activity, inbound } = turn;
  const who = inbound.actor;
  const key = textAt(activity.value, "data", "key");
  const kept = inbound.type === "submit" ? await means.dialogs.kept(who, key) : undefined;
  if (reply && "errors" in reply) {
    if (!kept || !key || inbound.type !== "submit") return { body: say(Object.values(reply.errors).join(" ")) };
    return { body: { task: means.dialogs.redraw(who, key, kept.form, reply.errors, inbound.values) } };
  }
  await means.dialogs.close(who, key);
  // An empty 200 closes the dialog.
  if (!reply || "options" in reply) return {};
  if ("form" in reply) {
    const { form } = reply;
    const body = { task: await means.dialogs.open(who, form, kept?.message ?? messageOf(turn)) };
    // A dialog that did not open has a button in the chat that asks again.
    return turn.late() ? { body, after: () => whisper(turn, offerOf(form), means) } : { body };
  }
  if ("view" in reply) return { after: () => whisper(turn, reply.view, means) };
  if ("update" in reply)
    return reply.live
      ? {}
      : { after: () => replaceMessage(kept?.message ?? messageOf(turn), turn, reply.update, means) };
  if ("home" in reply) return { body: show(reply.home) };
  if (reply.private) return { body: isShort(reply.post) ? say(reply.post.text) : show(reply.post) };
  return { after: () => post(turn, reply.post, means) };
}

const say = (words: string) => ({ task: { type: "message", value: cut(words, 1_000) } });

/** A message inside the dialog: seen by the one who asked, and by nobody when it is closed. */
const show = (message: Message) => {
  const { text, card } = renderMessage(message, "dialog");
  return { task: dialogOf(text, card, message.blocks.length) };
};

function searchResults({ inbound }: Turn, reply: Reply, means: Means) {
  const options = reply && "options" in reply ? reply.options.slice(0, LIMITS.suggestions) : [];
  if (inbound.type === "suggest") means.dialogs.offered(inbound.actor, inbound.source, options);
  return found(options.map((option) => ({ title: optionLabel(option), value: encodeOption(option.value) })));
}

const found = (results: { title: string; value: string }[]) =>
  invokeBody("application/vnd.microsoft.search.searchResponse", { results });

const messageOf = ({ inbound }: Turn): MessageRef | undefined =>
  inbound.type === "action" ? inbound.message : undefined;

const sayErrors = (errors: Record<string, string>, { inbound }: Turn): Message => {
  const words = Object.values(errors).join(" ");
  return { text: words, lang: inbound.actor.locale ?? "en", blocks: [{ type: "text", text: words }] };
};

/** Where the message cannot be named (some clients leave it out), its successor is posted instead. */
async function replaceMessage(ref: MessageRef | undefined, turn: Turn, message: Message, means: Means): Promise<void> {
  if (!ref) return post(turn, message, means);
  await logged(means, "teams.update_failed", () => means.sender.update(ref, message));
}

async function post(turn: Turn, message: Message, means: Means): Promise<void> {
  await logged(means, "teams.answer_failed", () =>
    means.sender.post(turn.inbound.conversation, message, threadOf(turn)),
  );
}

/** An answer in a channel stays in the thread of the question. */
const threadOf = ({ activity }: Turn): string | undefined =>
  splitConversation(textAt(activity, "conversation", "id") ?? "").root;

/** For one person alone: Teams has no private messages in a channel, so it goes to the personal chat. */
async function whisper(turn: Turn, message: Message, means: Means): Promise<void> {
  const { inbound } = turn;
  if (inbound.conversation.kind === "personal") return post(turn, message, means);
  try {
    await means.sender.toPerson(inbound.actor, message);
  } catch (error) {
    means.log.warn("teams.private_answer_failed", { outcome: outcomeOf(error) });
    if (!(error instanceof DeliveryError) || error.outcome.kind !== "permanent") return;
    const { install } = wordsFor(means.words, inbound.actor.locale);
    const lang = inbound.actor.locale ?? "en";
    await post(turn, { text: install, lang, blocks: [{ type: "text", text: install }] }, means);
  }
}

async function logged(means: Means, event: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    means.log.warn(event, { outcome: outcomeOf(error) });
  }
}

const outcomeOf = (error: unknown): string => {
  if (!(error instanceof DeliveryError)) return "unexpected";
  return error.outcome.kind === "permanent" ? error.outcome.reason : error.outcome.kind;
};
