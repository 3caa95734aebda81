import { type Message, plain, type Reply, type Span } from "../chat/index.js";

/**
 * Somebody of several bodies reads in each message and each answer which of them it speaks of: `T-1` is another task in
 * each.
 */

/**
 * The message with the body's name in its small print, unless it stands there by itself or first. Titles are not looked
 * at: one that holds the name of a body says nothing of where it is.
 */
export const namedBody = (message: Message, body: string): Message =>
  message.blocks.some((block) => block.type === "context" && plain(block.text).split(" · ")[0] === body)
    ? message
    : { ...message, blocks: [...message.blocks, { type: "context", text: body }] };

/** An answer with the body's name: in a form above its fields, with an error of the whole form behind it. */
export function namingBody(reply: Reply, body: string): Reply {
  if (!reply) return reply;
  if ("post" in reply) return { ...reply, post: namedBody(reply.post, body) };
  if ("view" in reply) return { view: namedBody(reply.view, body) };
  if ("home" in reply) return { home: namedBody(reply.home, body) };
  if ("update" in reply) return { ...reply, update: namedBody(reply.update, body) };
  if ("errors" in reply)
    return reply.errors[""] === undefined
      ? reply
      : { errors: { ...reply.errors, "": `${reply.errors[""]} (${body})` } };
  if ("form" in reply) {
    const { intro } = reply.form;
    const words: Span[] = [{ bold: body }, ...(intro === undefined ? [] : ["\n", ...[intro].flat()])];
    return { form: { ...reply.form, intro: words } };
  }
  return reply;
}
