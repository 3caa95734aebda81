// Block Kit's rich_text: structure, so nothing in it can be typed by a user.

import { h, link } from "./dom.js";

export function richText(block) {
  return h("div", { class: "bk-rich" }, ...(block.elements ?? []).map(part));
}

function part(element) {
  switch (element.type) {
    case "rich_text_section":
      return h("p", {}, ...spans(element));
    case "rich_text_quote":
      return h("blockquote", {}, ...spans(element));
    case "rich_text_preformatted":
      return h("pre", {}, ...spans(element));
    case "rich_text_list":
      return h(
        element.style === "ordered" ? "ol" : "ul",
        { class: `indent-${Math.min(element.indent ?? 0, 4)}` },
        ...element.elements.map((item) => h("li", {}, ...spans(item))),
      );
    default:
      return unknown(element.type);
  }
}

const spans = (element) => (element.elements ?? []).map(span);

function span(element) {
  switch (element.type) {
    case "text":
      return styled(element, element.text);
    case "link":
      return link(element.url, element.text ?? element.url);
    case "user":
      return h("span", { class: "mention", text: `@${element.user_id}` });
    case "usergroup":
      return h("span", { class: "mention", text: `@${element.usergroup_id}` });
    case "channel":
      return h("span", { class: "mention", text: `#${element.channel_id}` });
    case "broadcast":
      return h("span", { class: "mention", text: `@${element.range}` });
    case "emoji":
      return document.createTextNode(emoji(element));
    case "date":
      return document.createTextNode(element.fallback ?? new Date(element.timestamp * 1000).toISOString());
    default:
      return unknown(element.type);
  }
}

function styled(element, text) {
  const style = element.style ?? {};
  let node = document.createTextNode(text);
  if (style.code) node = h("code", {}, node);
  if (style.strike) node = h("s", {}, node);
  if (style.italic) node = h("i", {}, node);
  if (style.bold) node = h("b", {}, node);
  return node;
}

const emoji = (element) =>
  element.unicode
    ? String.fromCodePoint(...element.unicode.split("-").map((code) => Number.parseInt(code, 16)))
    : `:${element.name}:`;

/** Something new in a payload shows itself, instead of vanishing. */
export const unknown = (type) => h("span", { class: "unknown", text: `[${type} is not drawn here]` });
