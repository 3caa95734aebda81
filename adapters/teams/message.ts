import {
  type Action,
  type Block,
  type Button,
  isRightToLeft,
  type ListItem,
  type Menu,
  type Message,
  type Option,
  oneLine,
  plain,
  type Span,
  spokenLabel,
  type Text,
  tight,
  titleLine,
  titleSpans,
  withHosts,
} from "../../src/chat/index.js";
import { buttonData, encodeOption } from "./actions.js";
import { LIMITS, SCALES, SHOWN, type Shown, shownAt } from "./limits.js";
import { cut, escapeInline, escapeMarkdown, escapeStart, splitFunctions } from "./text.js";

/** Message to Adaptive Card 1.5: pure and total. */

export type Element = { type: string; [property: string]: unknown };
export type Card = {
  type: "AdaptiveCard";
  $schema: string;
  /** Action.Execute needs 1.4 or later; Teams renders up to 1.5. */
  version: "1.5";
  lang: string;
  rtl?: true;
  fallbackText: string;
  /** Each reader's own view: asked for by the client, unasked, in conversations of up to 60 people (Universal Actions). */
  refresh?: { action: Element };
  body: Element[];
  actions?: Element[];
};

/**
 * Where a card is shown. In a dialog every button is an Action.Submit, which Teams sends as `task/submit`:
 * dialogs know neither Action.Execute nor `task/fetch`.
 */
export type Surface = "chat" | "dialog";

export function renderMessage(message: Message, surface: Surface = "chat"): { text: string; card: Card } {
  const text = cut(message.text, SHOWN.summary);
  const card = fitted((shown) => ({
    ...cardOf(message.lang, text, bodyOf(message.blocks, surface, shown)),
    ...refreshOf(message, surface),
  }));
  // Where only what may never be cut is left (a button's value, an address), the words stand alone.
  return {
    text,
    card: jsonBytes(card) <= LIMITS.cardBytes ? card : cardOf(message.lang, text, paragraph(`${text} …`)),
  };
}

function refreshOf({ refresh }: Message, surface: Surface): Pick<Card, "refresh"> {
  if (!refresh || surface === "dialog") return {};
  return {
    refresh: { action: { type: "Action.Execute", verb: refresh.id, data: buttonData(refresh.id, refresh.value) } },
  };
}

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Draws less and less until the card fits, or nothing is left to cut; what is left out is always marked with `…`. */
export function fitted(draw: (shown: Shown) => Card): Card {
  let card = draw(SHOWN);
  for (const shown of [{ ...SHOWN, steps: 0 }, ...SCALES.map(shownAt)]) {
    if (jsonBytes(card) <= LIMITS.cardBytes) break;
    card = draw(shown);
  }
  return card;
}

export function cardOf(lang: string, fallback: string, body: Element[]): Card {
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    // "The 2-letter ISO-639-1 language": Microsoft's reader takes no region.
    lang: /^[a-z]{2,3}/i.exec(lang)?.[0].toLowerCase() ?? "en",
    ...(isRightToLeft(lang) ? { rtl: true as const } : {}),
    fallbackText: escapeMarkdown(cut(fallback, SHOWN.summary)),
    body,
  };
}

function bodyOf(blocks: Block[], surface: Surface, shown: Shown): Element[] {
  const draw = new MenuNames();
  const body: Element[] = [];
  let separator = false;
  for (const block of blocks.slice(0, shown.blocks)) {
    if (block.type === "divider") {
      separator = true;
      continue;
    }
    const [first, ...rest] = elementsOf(block, surface, shown, draw);
    if (!first) continue;
    body.push(separator ? { ...first, separator: true } : first, ...rest);
    separator = false;
  }
  return [...body, ...more(blocks.length - shown.blocks)];
}

/** Ids of inputs must differ within one card. */
class MenuNames {
  #last = 0;
  next(): string {
    this.#last += 1;
    return `menu${this.#last}`;
  }
}

function elementsOf(block: Exclude<Block, { type: "divider" }>, surface: Surface, shown: Shown, menus: MenuNames) {
  switch (block.type) {
    case "heading": {
      const text = escapeMarkdown(cut(titleLine(block.text), shown.heading));
      return text === ""
        ? []
        : [{ type: "TextBlock", text, wrap: true, size: "Medium", weight: "Bolder", style: "heading" }];
    }
    case "text":
      return paragraph(block.text, shown.text);
    case "context":
      return paragraph(block.text, shown.text, { isSubtle: true, size: "Small" });
    case "facts": {
      const facts = block.facts.slice(0, shown.facts).map((fact) => ({
        title: escapeMarkdown(cut(fact.label, shown.label)),
        value: markdown(fact.value, shown.factValue),
      }));
      return [...(facts.length > 0 ? [{ type: "FactSet", facts }] : []), ...more(block.facts.length - shown.facts)];
    }
    case "list":
      return [
        ...block.items.slice(0, shown.items).map((item) => itemOf(item, surface, shown)),
        ...more(block.items.length - shown.items),
      ];
    case "quote": {
      const items = [
        ...paragraph(block.text, shown.text),
        ...(block.by ? paragraph(oneLine(`— ${block.by}`), shown.label, { isSubtle: true, size: "Small" }) : []),
      ];
      return items.length > 0 ? [{ type: "Container", style: "emphasis", items }] : [];
    }
    case "image": {
      const url = webAddress(block.url);
      return [
        ...(block.title ? paragraph(titleLine(block.title), shown.label, { weight: "Bolder" }) : []),
        ...(url ? [{ type: "Image", url, altText: cut(block.alt, shown.label) }] : paragraph(block.alt, shown.label)),
      ];
    }
    case "actions": {
      const actions = block.actions
        .slice(0, shown.actions)
        .flatMap((action) => actionOf(action, surface, shown, menus));
      return [...rows(actions), ...more(block.actions.length - shown.actions)];
    }
    default:
      return block satisfies never;
  }
}

export const more = (left: number): Element[] => (left > 0 ? paragraph(`… +${left}`, 20, { isSubtle: true }) : []);

type Style = { isSubtle?: boolean; size?: string; weight?: string; color?: string };

/** RichTextBlock reads no Markdown, so what people typed shows letter by letter. */
export function paragraph(text: Text, max = 1_000, style: Style = {}, properties: object = {}): Element[] {
  const inlines = runs(text, max, style);
  return inlines.length > 0 ? [{ type: "RichTextBlock", inlines, ...properties }] : [];
}

function runs(text: Text, max: number, style: Style): Element[] {
  let left = max;
  return withHosts(text).flatMap((span) => {
    if (left <= 0) return [];
    const words = cut(plain([span]), left);
    left -= words.length;
    return splitFunctions(words).flatMap((part) =>
      part === "" ? [] : [{ type: "TextRun", text: part, ...style, ...format(span) }],
    );
  });
}

function format(span: Span): object {
  if (typeof span === "string") return {};
  if ("bold" in span) return { weight: "Bolder" };
  if ("italic" in span) return { italic: true };
  if ("code" in span) return { fontType: "Monospace" };
  const url = webAddress(span.url);
  return url ? { selectAction: { type: "Action.OpenUrl", url } } : {};
}

/** For FactSet: links stay links, other formatting is left out because Markdown marks fail beside spaces. */
function markdown(text: Text, max: number): string {
  let left = max;
  const parts = withHosts(text).map((span) => {
    const words = left > 0 ? cut(plain([span]), left) : "";
    left -= words.length;
    const url = typeof span === "object" && "url" in span ? webAddress(span.url) : undefined;
    if (!url || words.trim() === "") return escapeInline(words);
    return `[${escapeInline(words)}](${url.replace(/\(/g, "%28").replace(/\)/g, "%29")})`;
  });
  return escapeStart(parts.join(""));
}

/** Cards and links lead to the web only: never `javascript:`, never a file. */
function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname, search, hash } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:" && protocol !== "mailto:") return undefined;
  const start = protocol === "mailto:" ? protocol : `${protocol}//${host}`;
  return `${start}${strict(pathname)}${strict(search)}${hash ? `#${strict(hash.slice(1))}` : ""}`;
}

/** Browsers let through what RFC 3986 does not, and a card with one such address is refused whole. */
const strict = (part: string): string =>
  part.replace(/%(?![0-9a-f]{2})|[^\w\-.~:/?@!$&'()*+,;=%]/gi, (char) => encodeURIComponent(char));

function itemOf(item: ListItem, surface: Surface, shown: Shown): Element {
  const items = [
    ...paragraph(titleSpans(item.title), shown.listItem),
    ...(item.detail ? paragraph(item.detail, shown.listItem, { isSubtle: true, size: "Small" }) : []),
  ];
  // What is left out to fit shows one button a line.
  if (item.steps && !shown.steps) return itemOf(tight(item), surface, shown);
  if (item.steps?.length)
    items.push({ type: "ActionSet", actions: item.steps.map((step) => buttonOf(step, surface, shown)) });
  if (!item.action) return { type: "Container", items, spacing: "Small" };
  return {
    type: "ColumnSet",
    spacing: "Small",
    columns: [
      { type: "Column", width: "stretch", items },
      {
        type: "Column",
        width: "auto",
        items: [{ type: "ActionSet", actions: [buttonOf(item.action, surface, shown)] }],
      },
    ],
  };
}

function actionOf(action: Action, surface: Surface, shown: Shown, menus: MenuNames): Element[] {
  switch (action.type) {
    case "button":
      return [buttonOf(action, surface, shown)];
    case "menu":
      return [menuOf(action, surface, shown, menus)];
    case "link": {
      const url = webAddress(action.url);
      return url ? [{ type: "Action.OpenUrl", title: cut(titleLine(action.label), shown.button), url }] : [];
    }
    default:
      return action satisfies never;
  }
}

/** Rows of six; from the second row on, buttons wait behind `…`. What unfolds a card below itself must stay in sight. */
export function rows(actions: Element[]): Element[] {
  const sets: Element[] = [];
  for (let from = 0; from < actions.length; from += LIMITS.actionsInRow) {
    const row = actions.slice(from, from + LIMITS.actionsInRow);
    sets.push({
      type: "ActionSet",
      actions:
        from === 0 ? row : row.map((each) => (each.type === "Action.ShowCard" ? each : { ...each, mode: "secondary" })),
    });
  }
  return sets;
}

const STYLES = { primary: "positive", danger: "destructive" } as const;

function buttonOf(button: Button, surface: Surface, shown: Shown): Element {
  const title = cut(titleLine(button.label), shown.button);
  const style = button.style ? { style: STYLES[button.style] } : {};
  const data = buttonData(button.id, button.value);
  const spoken = spokenLabel({ ...button, label: title });
  // "Read when using narration software": adaptivecards.io/explorer, Action, 1.5.
  const named = { ...style, ...(spoken ? { tooltip: spoken } : {}) };
  if (!button.confirm) return press(title, named, data, surface, button.opens);
  // The second step: asked below the card, before anything is sent.
  const { title: asked, text, yes } = button.confirm;
  return {
    type: "Action.ShowCard",
    title,
    ...named,
    card: {
      type: "AdaptiveCard",
      body: [
        ...paragraph(asked, shown.heading, { weight: "Bolder" }),
        ...paragraph(text, shown.text),
        ...rows([press(cut(yes, shown.button), style, data, surface, button.opens)]),
      ],
    },
  };
}

/** One thing to press. Clients without Action.Execute, and Teams itself in some places, use its fallback. */
function press(title: string, style: object, data: { id: string }, surface: Surface, opens?: true): Element {
  if (surface === "dialog") return { type: "Action.Submit", title, ...style, data };
  if (opens) return { type: "Action.Submit", title, ...style, data: { ...data, msteams: { type: "task/fetch" } } };
  return {
    type: "Action.Execute",
    title,
    ...style,
    verb: data.id,
    data,
    fallback: { type: "Action.Submit", title, ...style, data },
  };
}

/** Few choices are buttons (one tap once unfolded), many a list with one button. */
function menuOf(menu: Menu, surface: Surface, shown: Shown, menus: MenuNames): Element {
  const title = cut(titleLine(menu.label), shown.button);
  return {
    type: "Action.ShowCard",
    title: `${title} ▾`,
    card: {
      type: "AdaptiveCard",
      body: menu.options.length <= LIMITS.actionsInRow ? optionButtons(menu, surface, shown) : optionList(),
    },
  };

  function optionList(): Element[] {
    const id = menus.next();
    const data = { id: menu.id, menu: id, ...(menu.prefix === undefined ? {} : { prefix: menu.prefix }) };
    return [
      {
        type: "Input.ChoiceSet",
        id,
        label: title,
        style: "compact",
        isRequired: true,
        errorMessage: title,
        choices: choicesOf(menu.options, shown),
      },
      ...more(menu.options.length - shown.options),
      ...rows([press(title, {}, data, surface)]),
    ];
  }
}

const optionButtons = (menu: Menu, surface: Surface, shown: Shown): Element[] =>
  rows(
    menu.options.map((option) =>
      press(
        cut(optionLabel(option), shown.button),
        {},
        buttonData(menu.id, `${menu.prefix ?? ""}${option.value}`),
        surface,
      ),
    ),
  );

export const choicesOf = (options: Option[], shown: Shown) =>
  options.slice(0, shown.options).map((option) => ({
    title: cut(optionLabel(option), shown.label),
    value: encodeOption(option.value),
  }));

export const optionLabel = (option: Option): string =>
  titleLine(option.detail ? `${option.label} (${option.detail})` : option.label);
