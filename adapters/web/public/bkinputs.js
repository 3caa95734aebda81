// Input blocks of a Slack modal, and their state as `view_submission` carries it.

import { combobox } from "./combobox.js";
import { h, uid } from "./dom.js";
import { unknown } from "./richtext.js";
import { plainOf } from "./text.js";

/** How to read each drawn field again, by its element in the page. */
const readers = new WeakMap();

export function field(block, wire) {
  const id = uid("field");
  const labelId = `${id}-label`;
  const error = wire.errors?.[block.block_id];
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const grouped = ["radio_buttons", "checkboxes"].includes(block.element.type);
  const { node, read } = input(block.element, { id, labelId, described, block, wire });
  const target = node.matches("input, textarea, select") ? node : node.querySelector("input, textarea, select");
  if (error) target?.setAttribute("aria-invalid", "true");
  if (!block.optional && !grouped) target?.setAttribute("aria-required", "true");
  const label = [
    plainOf(block.label),
    block.optional && h("span", { class: "bk-optional", text: " (optional)" }),
  ].filter(Boolean);
  const root = h(
    grouped ? "fieldset" : "div",
    {
      class: `bk-input ${error ? "has-error" : ""}`,
      "data-block": block.block_id,
      "aria-describedby": grouped ? described : undefined,
    },
    grouped ? h("legend", { id: labelId }, ...label) : h("label", { id: labelId, for: target?.id || id }, ...label),
    node,
    block.hint && h("p", { class: "bk-hint", id: `${id}-hint`, text: plainOf(block.hint) }),
  );
  readers.set(root, { block, read });
  if (error) root.dataset.error = `${id}-error`;
  return root;
}

/** The `state.values` of a modal, plus what is missing, as Slack itself would say it. */
export function modalState(root) {
  const values = {};
  const missing = {};
  for (const element of root.querySelectorAll("[data-block]")) {
    const { block, read } = readers.get(element);
    const value = read();
    values[block.block_id] = { [block.element.action_id]: { type: block.element.type, ...value } };
    const filled = Object.values(value).some((v) => (Array.isArray(v) ? v.length > 0 : v));
    if (!block.optional && !filled) missing[block.block_id] = "Please complete this required field.";
  }
  return { values, missing };
}

const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

function input(element, at) {
  switch (element.type) {
    case "plain_text_input":
      return typed(element, at);
    case "datepicker":
      return picker(element, at, "date");
    case "timepicker":
      return picker(element, at, "time");
    case "static_select":
      return select(element, at);
    case "radio_buttons":
      return toggles(element, at, "radio", (chosen) => ({ selected_option: chosen[0] ?? null }));
    case "checkboxes":
      return toggles(element, at, "checkbox", (chosen) => ({ selected_options: chosen }));
    case "external_select":
      return lookup(element, at, false);
    case "multi_external_select":
      return lookup(element, at, true);
    case "multi_static_select":
      return lookup(element, at, true, async (query) => {
        const wanted = query.toLowerCase();
        return optionsOf(element).filter((option) => plainOf(option.text).toLowerCase().includes(wanted));
      });
    default:
      return { node: unknown(element.type), read: () => ({}) };
  }
}

function typed(element, { id, described, block }) {
  const node = h(element.multiline ? "textarea" : "input", {
    id,
    ...(element.multiline ? { rows: "4" } : { type: "text" }),
    maxlength: element.max_length,
    placeholder: element.placeholder && plainOf(element.placeholder),
    "aria-describedby": described,
    "data-field": block.block_id,
    autofocus: element.focus_on_load === true,
    dir: "auto",
  });
  node.value = element.initial_value ?? "";
  return { node, read: () => ({ value: node.value === "" ? null : node.value }) };
}

function picker(element, { id, described, block }, kind) {
  const zone = element.timezone && h("span", { class: "bk-optional", text: element.timezone });
  const control = h("input", { id, type: kind, "aria-describedby": described, "data-field": block.block_id });
  control.value = element[`initial_${kind}`] ?? "";
  const node = zone ? h("div", { class: "bk-picker" }, control, zone) : control;
  return { node, read: () => ({ [`selected_${kind}`]: control.value || null }) };
}

function select(element, { id, described, block }) {
  const options = optionsOf(element);
  const initial = element.initial_option?.value;
  const node = h(
    "select",
    { id, "aria-describedby": described, "data-field": block.block_id },
    h("option", { value: "", text: element.placeholder ? plainOf(element.placeholder) : "Choose an option" }),
    ...options.map((option, n) =>
      h("option", { value: String(n), text: plainOf(option.text), selected: option.value === initial }),
    ),
  );
  return { node, read: () => ({ selected_option: node.value === "" ? null : options[Number(node.value)] }) };
}

function toggles(element, { id, block }, type, shape) {
  const initial = new Set([element.initial_option, ...(element.initial_options ?? [])].map((option) => option?.value));
  const boxes = element.options.map((option, n) => ({
    option,
    box: h("input", {
      type,
      name: id,
      id: `${id}-${n}`,
      "data-field": n === 0 ? block.block_id : undefined,
      value: option.value,
      checked: initial.has(option.value),
    }),
  }));
  const node = h(
    "div",
    { class: "bk-toggles" },
    ...boxes.map(({ option, box }) =>
      h(
        "label",
        { for: box.id },
        box,
        h("span", {}, plainOf(option.text), option.description && h("small", { text: plainOf(option.description) })),
      ),
    ),
  );
  return { node, read: () => shape(boxes.filter(({ box }) => box.checked).map(({ option }) => option)) };
}

function lookup(element, { id, labelId, described, block, wire }, several, search) {
  const known = new Map();
  const plainOption = (option) => {
    known.set(option.value, option);
    return {
      value: option.value,
      label: plainOf(option.text),
      detail: option.description && plainOf(option.description),
    };
  };
  const initial = several ? (element.initial_options ?? []) : element.initial_option ? [element.initial_option] : [];
  const ask = search ?? ((query) => wire.search({ block_id: block.block_id, action_id: element.action_id }, query));
  const {
    element: node,
    input,
    values,
  } = combobox({
    labelId,
    describedBy: described,
    placeholder: element.placeholder && plainOf(element.placeholder),
    several,
    name: block.block_id,
    value: initial.map(plainOption),
    search: async (query) => (await ask(query)).map(plainOption),
  });
  input.id = id;
  const chosen = () => values().map((one) => known.get(one.value));
  return { node, read: () => (several ? { selected_options: chosen() } : { selected_option: chosen()[0] ?? null }) };
}
