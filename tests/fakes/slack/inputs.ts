import type { Json, OpenView } from "./model.js";
import { readText } from "./read.js";

export const inputs = (view: Json): Json[] => ((view.blocks ?? []) as Json[]).filter((block) => block.type === "input");

export const held = (open: OpenView, block: Json): Json =>
  ((open.values[String(block.block_id)] as Json | undefined)?.[String((block.element as Json).action_id)] as Json) ??
  {};

export function initialState(element: Json): Json {
  const { type } = element;
  switch (type) {
    case "plain_text_input":
      return { type, value: element.initial_value ?? null };
    case "datepicker":
      return { type, selected_date: element.initial_date ?? null };
    case "timepicker":
      return { type, selected_time: element.initial_time ?? null };
    case "checkboxes":
    case "multi_static_select":
    case "multi_external_select":
      return { type, selected_options: element.initial_options ?? [] };
    default:
      return { type, selected_option: element.initial_option ?? null };
  }
}

/** What a field holds once somebody typed or chose; options by value or by label. */
export function inputState(element: Json, typed: string | string[]): Json {
  const { type } = element;
  if (type === "plain_text_input") {
    if (String(typed).length > Number(element.max_length ?? 3_000)) throw new Error("longer than the field takes");
    return { type, value: typed === "" ? null : typed };
  }
  const picker = PICKERS[String(type)];
  if (picker) {
    if (typed !== "" && !picker.takes.test(String(typed))) throw new Error(`a ${type} does not hold "${typed}"`);
    return { type, [picker.key]: typed === "" ? null : typed };
  }
  const pick = (wanted: string): Json => {
    const groups = element.option_groups as { options: Json[] }[] | undefined;
    const options = groups?.flatMap((group) => group.options) ?? (element.options as Json[] | undefined);
    if (!options) return { text: { type: "plain_text", text: wanted, emoji: true }, value: wanted };
    const option = options.find((one) => one.value === wanted || readText(one.text) === wanted);
    if (!option) throw new Error(`the field offers no "${wanted}"`);
    return option;
  };
  const chosen = [typed]
    .flat()
    .filter((one) => one !== "")
    .map(pick);
  return String(type).startsWith("multi_") || type === "checkboxes"
    ? { type, selected_options: chosen }
    : { type, selected_option: chosen[0] ?? null };
}

const PICKERS: Record<string, { key: string; takes: RegExp } | undefined> = {
  datepicker: { key: "selected_date", takes: /^\d{4}-\d{2}-\d{2}$/ },
  timepicker: { key: "selected_time", takes: /^\d{2}:\d{2}$/ },
};

export const isEmpty = (state: Json): boolean =>
  (state.value ?? state.selected_option ?? state.selected_date ?? state.selected_time ?? null) === null &&
  ((state.selected_options ?? []) as Json[]).length === 0;
