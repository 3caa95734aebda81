import type { types } from "@slack/bolt";
import { type Span, type Text, withHosts } from "../../src/chat/index.js";
import { LIMITS } from "./limits.js";
import { cut, wellFormed } from "./text.js";

/** The words that a message can still hold. Once it runs out, texts are cut to `…`. */
export class TextBudget {
  constructor(public left: number) {}

  /** A text cut to `max` and to what is left. */
  take(text: string, max: number): string {
    const drawn = cut(text, Math.max(1, Math.min(max, this.left)));
    this.spend(drawn.length);
    return drawn;
  }

  spend(length: number): void {
    this.left = Math.max(0, this.left - length);
  }

  /** For trying: what is taken from it is not spent here. */
  peek(): TextBudget {
    return new TextBudget(this.left);
  }
}

export const spans = (text: Text): Span[] => withHosts(text);

export const hasLink = (text: Text): boolean =>
  typeof text !== "string" && text.some((span) => typeof span !== "string" && "link" in span);

/** Literal by construction: in rich text the style is beside the words, never in them. */
export function richSection(texts: Span[], budget: TextBudget): types.RichTextSection {
  const elements: types.RichTextElement[] = [];
  let room: number = LIMITS.richText;
  for (const span of texts) {
    if (room <= 0) break;
    const before = budget.left;
    const element = richElement(span, (text) => budget.take(text, room));
    if (element) elements.push(element);
    room -= before - budget.left;
    if (budget.left === 0 && element) break;
  }
  return { type: "rich_text_section", elements };
}

function richElement(span: Span, take: (text: string) => string): types.RichTextElement | undefined {
  if (typeof span === "string") return span === "" ? undefined : { type: "text", text: take(span) };
  if ("link" in span) return link(span, take);
  const style = "bold" in span ? { bold: true } : "italic" in span ? { italic: true } : { code: true };
  const words = "bold" in span ? span.bold : "italic" in span ? span.italic : span.code;
  return words === "" ? undefined : { type: "text", text: take(words), style };
}

/** A link without words shows its address; an address that Slack would refuse leaves the words. */
function link(span: { link: string; url: string }, take: (text: string) => string): types.RichTextElement | undefined {
  const words = span.link === "" ? span.url : span.link;
  if (words === "") return undefined;
  if (!/^(https?:\/\/|mailto:)/.test(span.url) || span.url.length > LIMITS.url)
    return { type: "text", text: take(words) };
  return { type: "link", url: wellFormed(span.url), text: take(words) };
}

/** One block, or none where nothing in it shows: Slack refuses empty ones. */
export function richText(elements: types.RichTextBlockElement[]): types.RichTextBlock[] {
  const shown = elements.filter(
    // A list is filled after it was placed.
    (element) => element.type === "rich_text_list" || element.elements.some((part) => visible(part)),
  );
  return shown.length === 0 ? [] : [{ type: "rich_text", elements: shown }];
}

const visible = (part: types.RichTextElement | types.RichTextSection): boolean =>
  !("text" in part) || typeof part.text !== "string" || part.text.trim() !== "";
