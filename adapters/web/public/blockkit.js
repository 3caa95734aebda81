// Draws Slack's Block Kit JSON as Slack would. Clicks go out as Slack's own action objects.

import { field } from "./bkinputs.js";
import { confirmFirst } from "./confirm.js";
import { h, link, picture } from "./dom.js";
import { menuButton } from "./menu.js";
import { richText, unknown } from "./richtext.js";
import { plainOf, textObject } from "./text.js";

/**
 * @typedef {{ act: (raw: object) => void, search?: (raw: object, query: string) => Promise<object[]>, errors?: Record<string, string> }} Wire
 * @param {object[]} blocks
 * @param {Wire} wire
 */
export function blockKit(blocks, wire) {
  const drawn = blocks.map((block) => drawBlock(block, wire));
  drawn.forEach((element, n) => {
    // The renderer puts a field's error right under it: the field is told which words those are.
    if (!element.dataset.error || blocks[n + 1]?.type !== "context") return;
    drawn[n + 1].id = element.dataset.error;
    drawn[n + 1].classList.add("field-error");
  });
  return h("div", { class: "bk" }, ...drawn);
}

function drawBlock(block, wire) {
  switch (block.type) {
    case "header":
      // Below the page's name and the screen's, or the dialog's.
      return h("h3", { class: "bk-header", text: plainOf(block.text) });
    case "section":
      return section(block, wire);
    case "context":
      return h("div", { class: "bk-context" }, ...block.elements.map(contextElement));
    case "divider":
      return h("hr", { class: "bk-divider" });
    case "image":
      return h(
        "figure",
        { class: "bk-image" },
        block.title && h("figcaption", {}, ...textObject(block.title)),
        picture(block.image_url, block.alt_text),
      );
    case "actions":
      return h("div", { class: "bk-actions" }, ...block.elements.map((element) => control(element, block, wire)));
    case "rich_text":
      return richText(block);
    case "input":
      return field(block, wire);
    default:
      return unknown(block.type);
  }
}

function section(block, wire) {
  return h(
    "div",
    { class: "bk-section" },
    h(
      "div",
      { class: "bk-body" },
      block.text && h("div", { class: "bk-text" }, ...textObject(block.text)),
      block.fields && h("div", { class: "bk-fields" }, ...block.fields.map((f) => h("div", {}, ...textObject(f)))),
    ),
    block.accessory && h("div", { class: "bk-accessory" }, control(block.accessory, block, wire)),
  );
}

const contextElement = (element) =>
  element.type === "image"
    ? picture(element.image_url, element.alt_text, "bk-mini")
    : h("span", {}, ...textObject(element));

/** What a click sends, as in Slack's `block_actions` payload. */
const action = (element, block, more) => ({
  type: element.type,
  action_id: element.action_id,
  ...(block.block_id === undefined ? {} : { block_id: block.block_id }),
  ...more,
});

function control(element, block, wire) {
  switch (element.type) {
    case "button":
      return button(element, block, wire);
    case "static_select":
      return select(element, block, wire);
    case "overflow":
      return menuButton({
        label: "More actions",
        face: "⋯",
        className: "bk-button bk-overflow",
        control: element.action_id,
        items: () =>
          element.options.map((option) => ({
            label: plainOf(option.text),
            detail: option.description && plainOf(option.description),
            pick: () =>
              confirmFirst(slackConfirm(element.confirm), () => {
                if (option.url) window.open(link(option.url, "").href, "_blank", "noopener");
                wire.act(action(element, block, { selected_option: option }));
              }),
          })),
      });
    case "image":
      return picture(element.image_url, element.alt_text, "bk-thumb");
    default:
      return unknown(element.type);
  }
}

function button(element, block, wire) {
  const className = `bk-button ${element.style ? `bk-${element.style}` : ""}`;
  if (element.url) {
    const anchor = link(element.url, plainOf(element.text));
    if (anchor instanceof HTMLElement) anchor.className = className;
    return anchor;
  }
  return h("button", {
    type: "button",
    class: className,
    text: plainOf(element.text),
    "aria-label": element.accessibility_label,
    "data-control": `${element.action_id} ${element.value ?? ""}`,
    onclick: () =>
      confirmFirst(slackConfirm(element.confirm), () =>
        wire.act(action(element, block, element.value === undefined ? {} : { value: element.value })),
      ),
  });
}

function select(element, block, wire) {
  const options = element.options ?? element.option_groups.flatMap((group) => group.options);
  const label = element.placeholder ? plainOf(element.placeholder) : "Choose";
  return h(
    "span",
    { class: "bk-select-wrap" },
    menuButton({
      label,
      face: h(
        "span",
        { class: "bk-select-face" },
        h("span", { text: label }),
        h("span", { class: "caret", "aria-hidden": "true" }),
      ),
      className: "bk-button bk-select",
      control: element.action_id,
      items: () =>
        options.map((option) => ({
          label: plainOf(option.text),
          detail: option.description && plainOf(option.description),
          pick: () =>
            confirmFirst(slackConfirm(element.confirm), () =>
              wire.act(action(element, block, { selected_option: option })),
            ),
        })),
    }),
  );
}

const slackConfirm = (confirm) =>
  confirm && {
    title: plainOf(confirm.title),
    text: textObject(confirm.text),
    yes: plainOf(confirm.confirm),
    no: plainOf(confirm.deny),
    danger: confirm.style === "danger",
  };
