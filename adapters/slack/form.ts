import type { types } from "@slack/bolt";
import {
  type Field,
  type Form,
  type FormValues,
  type InputField,
  type Option,
  plain,
  type Text,
} from "../../src/chat/index.js";
import { choices, errorBeside, inputBlock, label, options } from "./elements.js";
import { LIMITS } from "./limits.js";
import { encodeMetadata } from "./metadata.js";
import { LONGEST_MOMENT, momentBlocks } from "./moment.js";
import { richSection, richText, spans, TextBudget } from "./rich.js";
import { cut } from "./text.js";

type SlackBlock = types.KnownBlock;
type Input = types.InputBlock["element"];

/** The action id of every input but a lookup, whose id names what to look up. */
const VALUE = "value";

/** A form as a modal; `errors` stand under their fields (`""` on top) and `values` are what was typed so far. */
export function renderForm(form: Form, errors: Record<string, string> = {}, values: FormValues = {}): types.ModalView {
  const budget = new TextBudget(LIMITS.view.budget);
  const names = new Set<string>();
  const blocks: SlackBlock[] = errors[""] ? [errorBlock(errors[""])] : [];
  if (form.intro !== undefined) blocks.push(...richText([richSection(spans(form.intro), budget)]));
  for (const field of form.fields) {
    const rendered = renderField(field, values, errors, names, budget);
    if (blocks.length + rendered.length <= LIMITS.view.blocks) blocks.push(...rendered);
  }
  // Slack wants something in a modal, and a way to send wherever something can be typed.
  if (blocks.length === 0) blocks.push(...richText([richSection([form.title.trim() || "…"], budget)]));
  const typed = blocks.some((block) => block.type === "input");
  return {
    type: "modal",
    callback_id: form.id.slice(0, LIMITS.view.callbackId),
    private_metadata: encodeMetadata(form.state),
    title: label(form.title, LIMITS.view.title),
    close: label(form.cancel, LIMITS.view.close),
    ...(form.submit !== undefined || typed ? { submit: label(form.submit ?? form.title, LIMITS.view.submit) } : {}),
    blocks,
  };
}

/** A section of its own id, so that it can be found and taken away again. */
export const ERROR_BLOCK = "slack:error";
export const errorBlock = (text: string): SlackBlock => ({
  type: "section",
  block_id: ERROR_BLOCK,
  text: label(`⚠️ ${text}`, LIMITS.sectionText),
});

function moment(
  field: Extract<InputField, { type: "moment" }>,
  values: FormValues,
  errors: Record<string, string>,
  names: Set<string>,
): SlackBlock[] {
  if (names.has(field.name) || field.name === "" || field.name.length > LONGEST_MOMENT) return [];
  names.add(field.name);
  return momentBlocks(field, values[field.name], errors[field.name]);
}

function renderField(
  field: Field,
  values: FormValues,
  errors: Record<string, string>,
  names: Set<string>,
  budget: TextBudget,
): SlackBlock[] {
  if (field.type === "note") return note(field.text, budget);
  if (field.type === "moment") return moment(field, values, errors, names);
  if (names.has(field.name) || field.name === "" || field.name.length > LIMITS.blockId) return [];
  const element = input(field, values[field.name]);
  if (!element) return [];
  names.add(field.name);
  return [
    inputBlock(field.name, element, { ...field, optional: field.optional === true }),
    ...errorBeside(errors[field.name]),
  ];
}

/** Words between the fields: small print, or body text where they carry a link or are too many for small print. */
function note(text: Text, budget: TextBudget): SlackBlock[] {
  if (typeof text !== "string" || text.length > LIMITS.contextText) return richText([richSection(spans(text), budget)]);
  if (plain(text).trim() === "") return [];
  return [{ type: "context", elements: [label(budget.take(text, LIMITS.contextText), LIMITS.contextText)] }];
}

function input(
  field: Exclude<InputField, { type: "moment" }>,
  typed: string | string[] | undefined,
): Input | undefined {
  const placeholder =
    "placeholder" in field && field.placeholder?.trim()
      ? { placeholder: label(field.placeholder, LIMITS.placeholder) }
      : {};
  switch (field.type) {
    case "text": {
      const max = Math.min(Math.max(1, Math.floor(field.maxLength ?? LIMITS.input.maxLength)), LIMITS.input.maxLength);
      const value = typeof typed === "string" ? typed : field.value;
      return {
        type: "plain_text_input",
        action_id: VALUE,
        ...placeholder,
        multiline: field.multiline === true,
        max_length: max,
        ...(value ? { initial_value: cut(value, max) } : {}),
      };
    }
    case "choice": {
      const few = field.radio === true && field.options.length <= LIMITS.boxes;
      const [chosen] = options(
        field.options.filter(({ value }) => value === (typed ?? field.value)),
        1,
      );
      const initial = chosen ? { initial_option: chosen } : {};
      if (options(field.options, 1).length === 0) return undefined;
      return few
        ? { type: "radio_buttons", action_id: VALUE, options: options(field.options, LIMITS.boxes), ...initial }
        : { type: "static_select", action_id: VALUE, ...placeholder, ...choices(field.options), ...initial };
    }
    case "choices": {
      const wanted = typed ?? field.value ?? [];
      const chosen = options(
        field.options.filter(({ value }) => wanted.includes(value)),
        field.options.length,
      );
      const initial = chosen.length > 0 ? { initial_options: chosen } : {};
      if (options(field.options, 1).length === 0) return undefined;
      return field.options.length <= LIMITS.boxes
        ? { type: "checkboxes", action_id: VALUE, options: options(field.options, LIMITS.boxes), ...initial }
        : { type: "multi_static_select", action_id: VALUE, ...choices(field.options), ...initial };
    }
    case "lookup": {
      const action_id = field.source;
      if (action_id === "" || action_id.length > LIMITS.actionId) return undefined;
      const chosen = options(lookedUp(field, typed), LIMITS.selectOptions);
      // 0: opening the list already asks, so the likeliest stand there before anything is typed.
      const search = { action_id, min_query_length: 0, ...placeholder };
      if (field.several)
        return {
          type: "multi_external_select",
          ...search,
          ...(chosen.length > 0 ? { initial_options: chosen } : {}),
        };
      return { type: "external_select", ...search, ...(chosen[0] ? { initial_option: chosen[0] } : {}) };
    }
  }
}

/** A typed value is only an id; its words are known where the form had proposed it. */
function lookedUp(field: Extract<InputField, { type: "lookup" }>, typed: string | string[] | undefined): Option[] {
  const proposed = field.value === undefined ? [] : [field.value].flat();
  if (typed === undefined) return proposed;
  return [typed].flat().map((value) => proposed.find((one) => one.value === value) ?? { value, label: value });
}
