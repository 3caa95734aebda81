// Draws Adaptive Cards with Microsoft's own library; what Teams adds around it is here.

import { combobox } from "./combobox.js";
import { h, safeUrl } from "./dom.js";
import { hostConfig } from "./hostconfig.js";
import { markdownToHtml } from "./markdown.js";

const AC = globalThis.AdaptiveCards;

AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

/**
 * A choice set whose options are found by typing. The library's own is single choice only and hands
 * back the title that was typed; Teams hands back the value, so the field is drawn with ours.
 */
class LookupChoiceSet extends AC.ChoiceSetInput {
  get isLookup() {
    return this.choicesData?.type === "Data.Query" && Boolean(this.choicesData.dataset);
  }

  internalRender() {
    if (!this.isLookup) return super.internalRender();
    const labelId = `${this.id}-lookup-label`;
    const given = (this.defaultValue ?? "").split(",").filter(Boolean);
    const title = (value) => this.choices.find((choice) => choice.value === value)?.title ?? value;
    this.lookup = combobox({
      labelId,
      placeholder: this.placeholder,
      several: this.isMultiSelect,
      name: this.id,
      value: (this.isMultiSelect ? given : this.defaultValue ? [this.defaultValue] : []).map((value) => ({
        value,
        label: title(value),
      })),
      search: (query) => this.getRootElement().wire.search({ dataset: this.choicesData.dataset }, query),
      onchange: () => this.valueChanged(),
    });
    this.lookup.input.id = `${this.id}-lookup`;
    // The library sets aria-labelledby on what this returns; the field inside needs the words too.
    this.lookup.element.prepend(h("span", { class: "visually-hidden", id: labelId, text: this.label ?? "" }));
    return this.lookup.element;
  }

  get value() {
    if (!this.lookup) return super.value;
    return (
      this.lookup
        .values()
        .map((one) => one.value)
        .join(",") || undefined
    );
  }

  isValid() {
    return this.lookup ? true : super.isValid();
  }

  focus() {
    if (this.lookup) this.lookup.input.focus();
    else super.focus();
  }
}

AC.GlobalRegistry.elements.register("Input.ChoiceSet", LookupChoiceSet, AC.Versions.v1_0);

/**
 * @param {object} payload the card
 * @param {{ act: (data: object) => void, search?: (raw: object, query: string) => Promise<object[]> }} wire
 * @returns {HTMLElement}
 */
export function adaptiveCard(payload, wire) {
  const card = new AC.AdaptiveCard();
  card.wire = wire;
  card.hostConfig = hostConfig(AC);
  card.onExecuteAction = (action) => {
    if (action instanceof AC.OpenUrlAction) {
      const url = safeUrl(action.url);
      if (url) window.open(url, "_blank", "noopener");
    } else if (action instanceof AC.SubmitAction || action instanceof AC.ExecuteAction) wire.act(action.data ?? {});
  };
  // What unfolds below the fold is brought into sight.
  card.onInlineCardExpanded = (action, unfolded) => {
    if (unfolded) action.card.renderedElement?.scrollIntoView({ block: "nearest" });
  };
  card.parse(withoutForeignPictures(payload), new AC.SerializationContext(AC.Versions.v1_6));
  const drawn = card.render();
  if (!drawn) return h("p", { class: "unknown", text: "[this card is not drawn here]" });
  drawn.removeAttribute("tabindex");
  // Teams reads out a button's tooltip; the library names it by its title alone.
  for (const button of drawn.querySelectorAll("button[aria-label][title]"))
    button.setAttribute("aria-label", button.title);
  return h("div", { class: "ac-frame" }, drawn);
}

/** Pictures of other servers are not loaded here (the page's policy): their words stand in for them. */
function withoutForeignPictures(node) {
  if (Array.isArray(node)) return node.map(withoutForeignPictures);
  if (node === null || typeof node !== "object") return node;
  if (node.type === "Image") {
    const url = safeUrl(node.url);
    if (!url || (new URL(url).origin !== location.origin && !node.url.startsWith("data:image/")))
      return {
        type: "RichTextBlock",
        inlines: [{ type: "TextRun", text: node.altText ?? "", italic: true, isSubtle: true }],
      };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withoutForeignPictures(value)]));
}
