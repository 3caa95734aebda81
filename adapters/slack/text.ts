import { type AccountRef, mentionToken, stripPrivateUse, withoutTurns } from "../../src/chat/index.js";

/**
 * The three characters that carry meaning in Slack's text: with them escaped, nobody can type a mention,
 * `<!channel>` or a link (docs.slack.dev/messaging/formatting-message-text#escaping).
 */
export const escapeText = (text: string): string =>
  text.replace(/[&<>]/g, (c) => (c === "&" ? "&amp;" : c === "<" ? "&lt;" : "&gt;"));

const undoEscapes = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (_, name) => (name === "amp" ? "&" : name === "lt" ? "<" : ">"));

/** Half a surrogate pair cannot be sent as UTF-8, and what turns the words around it would show others. */
export const wellFormed = (text: string): string =>
  withoutTurns(text).replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");

/** At most `max` UTF-16 units, ending in `…` where something is left out, never within a surrogate pair. */
export const cut = (text: string, max: number): string => {
  const whole = wellFormed(text);
  if (whole.length <= max) return whole;
  if (max < 1) return "";
  return `${whole.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
};

/** Slack refuses a text object without a letter. */
export const filled = (text: string, max: number, instead = "–"): string =>
  text.trim() === "" ? instead : cut(text, max);

export type Decoded = { text: string; mentions: AccountRef[] };

type Names = { tenant: string; bot?: string };

/**
 * What a person typed, from Slack's wire text: entities undone, links and channels as their words,
 * each mention as a token that nobody can type, the bot's own mention gone.
 */
export function decodeCommand(wire: string, names: Names): Decoded {
  const mentions: AccountRef[] = [];
  const text = decode(wire, names, (user) => {
    mentions.push({ platform: "slack", tenant: names.tenant, user });
    return mentionToken(mentions.length - 1);
  });
  return { text, mentions };
}

/** The same as plain words, where nobody acts on a mention: replies in threads, quoted messages. */
export const decodeWords = (wire: string, names: Names): string =>
  decode(wire, names, (user, label) => `@${label ?? user}`);

function decode(wire: string, { bot }: Names, mention: (user: string, label?: string) => string): string {
  const words = stripPrivateUse(wire).replace(/<([^<>]*)>/g, (_, inside: string) => {
    const bar = inside.indexOf("|");
    const target = bar < 0 ? inside : inside.slice(0, bar);
    const label = bar < 0 || bar === inside.length - 1 ? undefined : inside.slice(bar + 1);
    const id = target.slice(1);
    if (/^@[UW]\w*$/.test(target)) return id === bot ? "" : mention(id, label);
    if (target.startsWith("#")) return `#${label ?? id}`;
    if (target.startsWith("!")) return label ?? `@${id}`;
    return linked(target.replace(/^mailto:/, ""), label);
  });
  return undoEscapes(words).trim();
}

/** A link whose words are others than its address keeps both, so that nobody is shown words that lead elsewhere. */
const linked = (address: string, label: string | undefined): string =>
  label === undefined || bare(label) === bare(address) ? (label ?? address) : `${label} (${address})`;

const bare = (address: string): string => address.replace(/^https?:\/\//i, "").replace(/\/$/, "");
