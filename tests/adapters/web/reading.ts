import type { Json } from "./page.js";

/** Reads a platform's payload back as its client shows it. */
export type Reading = {
  text: string;
  buttons: { label: string; raw: object }[];
  menus: { label: string; options: string[]; raw: (option: string) => object }[];
};

const list = (value: Json): Json[] => (Array.isArray(value) ? value : []);

export function readBlocks(blocks: Json[]): Reading {
  const lines: string[] = [];
  const reading: Reading = { text: "", buttons: [], menus: [] };
  const control = (element: Json, block: Json) => {
    const base = { type: element.type, action_id: element.action_id, block_id: block.block_id };
    if (element.type === "button")
      reading.buttons.push({ label: element.text.text, raw: { ...base, value: element.value } });
    if (element.type === "static_select")
      reading.menus.push({
        label: element.placeholder.text,
        options: element.options.map((option: Json) => option.text.text),
        raw: (label) => ({
          ...base,
          selected_option: element.options.find((option: Json) => option.text.text === label),
        }),
      });
  };
  for (const block of blocks) {
    if (block.text) lines.push(block.text.text);
    for (const field of list(block.fields)) lines.push(field.text);
    if (block.accessory) control(block.accessory, block);
    for (const element of list(block.elements)) {
      if (block.type === "rich_text") lines.push(richText(element));
      else if (block.type === "actions") control(element, block);
      else if (element.text) lines.push(element.text);
    }
  }
  reading.text = lines.join("\n");
  return reading;
}

const richText = (element: Json): string =>
  typeof element.text === "string"
    ? element.text
    : list(element.elements)
        .map(richText)
        .join(element.type === "rich_text_list" ? "\n" : "");

export function readCard(card: Json): Reading {
  const lines: string[] = [];
  const reading: Reading = { text: "", buttons: [], menus: [] };
  const action = (each: Json) => {
    if (each.type !== "Action.ShowCard") return reading.buttons.push({ label: each.title, raw: each.data ?? {} });
    const inner = readCard(each.card);
    reading.menus.push({
      label: each.title,
      options: inner.buttons.map((button) => button.label),
      raw: (label) => inner.buttons.find((button) => button.label === label)?.raw ?? {},
    });
    return undefined;
  };
  const walk = (element: Json): void => {
    if (element.type === "TextBlock") lines.push(unescapeMarkdown(element.text));
    if (element.type === "RichTextBlock") lines.push(element.inlines.map((run: Json) => run.text).join(""));
    for (const fact of list(element.facts))
      lines.push(`${unescapeMarkdown(fact.title)} ${unescapeMarkdown(fact.value)}`);
    for (const child of [...list(element.body), ...list(element.items), ...list(element.columns)]) walk(child);
    for (const each of list(element.actions)) action(each);
  };
  walk(card);
  reading.text = lines.join("\n");
  return reading;
}

/** What Markdown shows of escaped punctuation. */
const unescapeMarkdown = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, "$1");
