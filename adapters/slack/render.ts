import type { types } from "@slack/bolt";
import {
  type Block,
  type Fact,
  type ListItem,
  type Message,
  oneLine,
  plain,
  type Span,
  type Text,
  tight,
  titleLine,
  titleSpans,
} from "../../src/chat/index.js";
import { actionRow, button } from "./elements.js";
import { LIMITS } from "./limits.js";
import { hasLink, richSection, richText, spans, TextBudget } from "./rich.js";
import { cut, escapeText, filled } from "./text.js";

export { renderForm } from "./form.js";

type SlackBlock = types.KnownBlock;
type RichSection = types.RichTextSection;

/**
 * Words of people go out as rich_text and plain_text only: Slack takes those literally, so there is nothing
 * to type that becomes a mention, a link or bold. The one text that Slack does parse, `text`, is escaped.
 */
export function renderMessage(message: Message): { text: string; blocks: SlackBlock[] } {
  return { text: fallback(message), blocks: renderBlocks(message, LIMITS.message.blocks, LIMITS.message.budget) };
}

export function renderHome(message: Message): types.HomeView {
  return { type: "home", blocks: renderBlocks(message, LIMITS.view.blocks, LIMITS.view.budget) };
}

/** Never empty: it is the notification, and what a screen reader says. */
function fallback(message: Message): string {
  const words = [message.text, ...message.blocks.map(wordsOf)].find((text) => text.trim() !== "");
  return escapeText(cut(words ?? "…", LIMITS.message.text));
}

function wordsOf(block: Block): string {
  switch (block.type) {
    case "heading":
    case "quote":
      return block.text;
    case "text":
    case "context":
      return plain(block.text);
    case "facts":
      return block.facts.map((fact) => `${fact.label} ${plain(fact.value)}`).join("\n");
    case "list":
      return block.items.map((item) => plain(item.title)).join("\n");
    case "image":
      return block.alt;
    case "divider":
    case "actions":
      return "";
  }
}

/** Lists give way to what stands around them: they show as much as fits and say how much more there is. */
function renderBlocks(message: Message, maxBlocks: number, mostText: number): SlackBlock[] {
  const budget = new TextBudget(mostText);
  const drawn = (block: Block) => (block.type === "list" ? 1 : renderBlock(block, new TextBudget(mostText)).length);
  let around = message.blocks.reduce((sum, block) => sum + drawn(block), 0);
  // Buttons under the lines take blocks: they never take the place of a line.
  const whole = (block: Block) =>
    block.type === "list"
      ? renderList(block.items, Number.POSITIVE_INFINITY, new TextBudget(mostText)).length
      : drawn(block);
  const roomy = message.blocks.reduce((sum, block) => sum + whole(block), 0) <= maxBlocks;
  const out: SlackBlock[] = [];
  for (const [n, block] of message.blocks.entries()) {
    around -= drawn(block);
    const rendered =
      block.type === "list"
        ? renderList(roomy ? block.items : block.items.map(tight), Math.max(2, maxBlocks - out.length - around), budget)
        : renderBlock(block, budget);
    if (out.length + rendered.length > maxBlocks - (n < message.blocks.length - 1 ? 1 : 0)) {
      out.push(more(message.blocks.length - n));
      break;
    }
    out.push(...rendered);
  }
  if (out.length === 0) out.push(...richText([richSection([filled(message.text, LIMITS.richText, "…")], budget)]));
  return out;
}

function renderBlock(block: Exclude<Block, { type: "list" }>, budget: TextBudget): SlackBlock[] {
  switch (block.type) {
    case "heading":
      if (block.text.trim() === "") return [];
      return [{ type: "header", text: plainText(budget.take(titleLine(block.text), LIMITS.header)) }];
    case "text":
      return richText([richSection(spans(block.text), budget)]);
    case "facts":
      return richText(inSections(block.facts).map((facts) => richSection(facts, budget)));
    case "context":
      return context(block.text, budget);
    case "quote":
      if (block.text.trim() === "") return [];
      return richText([
        { type: "rich_text_quote", elements: richSection([block.text], budget).elements },
        ...(block.by?.trim() ? [richSection([{ italic: oneLine(`— ${block.by}`) }], budget)] : []),
      ]);
    case "image":
      return image(block, budget);
    case "divider":
      return [{ type: "divider" }];
    case "actions":
      return actionRow(block.actions);
  }
}

/** Facts one below the other; where they are more than one section takes, the next goes on with them. */
function inSections(facts: readonly Fact[]): Span[][] {
  const sections: Span[][] = [];
  let room = 0;
  for (const { label, value } of facts) {
    const shown: Span[] = [{ bold: oneLine(label) }, "  ", ...spans(value)];
    const length = plain(shown).length;
    const last = sections.at(-1);
    if (last && length < room) last.push("\n", ...shown);
    else {
      sections.push(shown);
      room = LIMITS.richText;
    }
    room -= length + 1;
  }
  return sections;
}

const plainText = (text: string): types.PlainTextElement => ({ type: "plain_text", text, emoji: false });

/** Small print takes no link, so print with a link is body text. */
function context(text: Text, budget: TextBudget): SlackBlock[] {
  if (hasLink(text)) return richText([richSection(spans(text), budget)]);
  const words = plain(text);
  if (words.trim() === "") return [];
  return [{ type: "context", elements: [plainText(budget.take(words, LIMITS.contextText))] }];
}

/** Slack fetches the picture itself; an address it cannot fetch would lose the whole message. */
function image(block: Extract<Block, { type: "image" }>, budget: TextBudget): SlackBlock[] {
  if (!/^https?:\/\//.test(block.url) || block.url.length > LIMITS.url) return context(block.alt, budget);
  return [
    {
      type: "image",
      image_url: block.url,
      alt_text: filled(block.alt, LIMITS.imageAlt),
      ...(block.title?.trim() ? { title: plainText(budget.take(titleLine(block.title), LIMITS.imageTitle)) } : {}),
    },
  ];
}

// ---- Lists ------------------------------------------------------------------------------------------------------

const more = (count: number): SlackBlock => ({ type: "context", elements: [plainText(`… +${count}`)] });

/** Words kept back for what stands after a list. */
const TEXT_AFTER_LIST = 2_000;

/** Items without a button share one block of bullets; an item with a button is a line with it at the right. */
function renderList(items: ListItem[], maxBlocks: number, budget: TextBudget): SlackBlock[] {
  const out: SlackBlock[] = [];
  let bullets: RichSection[] | undefined;
  for (const [n, item] of items.entries()) {
    const left = items.length - n;
    const row = item.action || item.steps?.length ? undefined : richSection(itemSpans(item), budget.peek());
    const blocks: SlackBlock[] = row
      ? []
      : [...lineWithButton(item, budget.peek()), ...actionRow([...(item.steps ?? [])])];
    const cost = row ? (bullets ? 0 : 1) : blocks.length;
    const room = maxBlocks - out.length - (left > 1 ? 1 : 0);
    const words = plain(item.title).length + (item.detail ? plain(item.detail).length : 0);
    if (cost > room || (n > 0 && budget.left - Math.min(words, LIMITS.richText) < TEXT_AFTER_LIST)) {
      out.push(more(left));
      return out;
    }
    budget.spend(Math.min(words, LIMITS.richText));
    if (row && row.elements.length > 0) {
      if (!bullets) {
        bullets = [];
        out.push(...richText([{ type: "rich_text_list", style: "bullet", elements: bullets }]));
      }
      bullets.push(row);
    } else if (!row) {
      bullets = undefined;
      out.push(...blocks);
    }
  }
  return out;
}

const itemSpans = (item: ListItem) => [
  ...spans(titleSpans(item.title)),
  ...(item.detail && plain(item.detail).trim() ? ["\n", ...spans(item.detail)] : []),
];

function lineWithButton(item: ListItem, budget: TextBudget): SlackBlock[] {
  const drawn = item.action && button(item.action, new Set());
  // A section shows its words beside the button but takes no link without parsing all of them.
  if (!drawn || hasLink(item.title) || (item.detail && hasLink(item.detail)))
    return [
      ...richText([richSection(itemSpans(item), budget)]),
      ...(drawn ? [{ type: "actions" as const, elements: [drawn] }] : []),
    ];
  const words = plain(itemSpans(item));
  return [
    { type: "section", text: plainText(filled(budget.take(words, LIMITS.sectionText), Infinity)), accessory: drawn },
  ];
}
