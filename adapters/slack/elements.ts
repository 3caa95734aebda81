import type { types } from "@slack/bolt";
import {
  type Action,
  type Button,
  type Confirm,
  type Link,
  type Menu,
  type Option,
  spokenLabel,
  titleLine,
} from "../../src/chat/index.js";
import { actionId, LINK } from "./ids.js";
import { LIMITS } from "./limits.js";
import { filled } from "./text.js";

type Element = types.Button | types.StaticSelect;

export const label = (text: string, max: number, instead?: string): types.PlainTextElement => ({
  type: "plain_text",
  text: filled(text, max, instead),
  emoji: false,
});

/** Of a button, an option: what it names is one line and leads where it says. */
const line = (text: string, max: number) => label(titleLine(text), max);

/** As many rows as it takes: Slack holds 25 in one. */
export function actionRow(actions: Action[]): types.ActionsBlock[] {
  const rows: types.ActionsBlock[] = [];
  let taken = new Set<string>();
  for (const action of actions) {
    const row = rows.at(-1);
    const full = row === undefined || row.elements.length === LIMITS.actions;
    if (full) taken = new Set();
    const element = render(action, taken);
    if (!element) continue;
    if (full) rows.push({ type: "actions", elements: [element] });
    else row.elements.push(element);
  }
  return rows;
}

function render(action: Action, taken: Set<string>): Element | undefined {
  switch (action.type) {
    case "button":
      return button(action, taken);
    case "menu":
      return menu(action, taken);
    case "link":
      return link(action, taken);
  }
}

/** A value that is too long is another value: such a button is left out rather than cut. */
export function button(it: Button, taken: Set<string>): types.Button | undefined {
  if (it.value !== undefined && it.value.length > LIMITS.button.value) return undefined;
  const id = actionId(it.id, undefined, taken);
  if (!id) return undefined;
  const spoken = spokenLabel(it);
  return {
    type: "button",
    action_id: id,
    text: line(it.label, LIMITS.button.text),
    ...(spoken && spoken.length <= LIMITS.button.spoken ? { accessibility_label: titleLine(spoken) } : {}),
    ...(it.value ? { value: it.value } : {}),
    ...(it.style ? { style: it.style } : {}),
    ...(it.confirm ? { confirm: confirm(it.confirm) } : {}),
  };
}

const confirm = (it: Confirm): types.ConfirmationDialog => ({
  title: line(it.title, LIMITS.confirm.title),
  text: label(it.text, LIMITS.confirm.text),
  confirm: label(it.yes, LIMITS.confirm.yes),
  deny: label(it.no, LIMITS.confirm.no),
});

function menu(it: Menu, taken: Set<string>): types.StaticSelect | undefined {
  const id = options(it.options, 1).length > 0 ? actionId(it.id, it.prefix, taken) : undefined;
  if (!id) return undefined;
  return {
    type: "static_select",
    action_id: id,
    placeholder: line(it.label, LIMITS.placeholder),
    ...choices(it.options),
  };
}

function link(it: Link, taken: Set<string>): types.Button | undefined {
  if (!/^https?:\/\//.test(it.url) || it.url.length > LIMITS.url) return undefined;
  const id = actionId(LINK, undefined, taken);
  return id ? { type: "button", action_id: id, text: line(it.label, LIMITS.button.text), url: it.url } : undefined;
}

/** Values are unique and whole; what does not fit is left out. */
export const options = (all: Option[], max: number): types.PlainTextOption[] => every(all).slice(0, max);

/** Of a select: a list as long as one may be, or the same in groups, named by where they begin and end. */
export function choices(all: Option[]): { options: types.PlainTextOption[] } | { option_groups: OptionGroup[] } {
  const whole = every(all);
  if (whole.length <= LIMITS.selectOptions) return { options: whole };
  const starts = Array.from(
    { length: Math.ceil(whole.length / LIMITS.selectOptions) },
    (_, n) => n * LIMITS.selectOptions,
  );
  return {
    option_groups: starts.slice(0, LIMITS.optionGroups).map((start) => {
      const group = whole.slice(start, start + LIMITS.selectOptions);
      return { label: label(`${start + 1}–${start + group.length}`, LIMITS.option.text), options: group };
    }),
  };
}
type OptionGroup = { label: types.PlainTextElement; options: types.PlainTextOption[] };

function every(all: Option[]): types.PlainTextOption[] {
  const seen = new Set<string>();
  return all
    .filter(({ value }) => {
      const fits = value !== "" && value.length <= LIMITS.option.value && !seen.has(value);
      seen.add(value);
      return fits;
    })
    .map(option);
}

export const option = (it: Option): types.PlainTextOption => ({
  value: it.value,
  text: line(it.label, LIMITS.option.text),
  ...(it.detail?.trim() ? { description: line(it.detail, LIMITS.option.description) } : {}),
});

export const inputBlock = (
  id: string,
  element: types.InputBlock["element"],
  { label: words, hint, optional }: { label: string; hint?: string; optional: boolean },
): types.KnownBlock => ({
  type: "input",
  block_id: id,
  label: label(words, LIMITS.input.label, id),
  element,
  optional,
  ...(hint?.trim() ? { hint: label(hint, LIMITS.input.hint) } : {}),
});

export const errorBeside = (error: string | undefined): types.KnownBlock[] =>
  error ? [{ type: "context", elements: [label(`⚠️ ${error}`, LIMITS.contextText)] }] : [];
