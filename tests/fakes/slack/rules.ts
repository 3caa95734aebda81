import { Ajv, type ValidateFunction } from "ajv";
import { conformance } from "../../conformance.js";

type Json = Record<string, unknown>;

/** Third-party schemas, used where they stand beside the repository. */
const schemas = new Map<string, ValidateFunction | undefined>();
function schema(name: "message-blocks" | "view"): ValidateFunction | undefined {
  if (!schemas.has(name)) {
    const published = conformance<Json>(`slack/blockkit/${name}.schema.json`);
    schemas.set(name, published && new Ajv({ strict: false, allErrors: false }).compile(published));
  }
  return schemas.get(name);
}

/** What Slack would refuse in a message; empty where it would take it. */
export function messageFaults(message: { text?: unknown; blocks?: unknown }): string[] {
  const faults: string[] = [];
  if (message.text !== undefined && (typeof message.text !== "string" || message.text.trim() === ""))
    faults.push("text: empty");
  if (typeof message.text === "string" && message.text.length > 40_000) faults.push("text: longer than 40,000");
  if (message.blocks !== undefined) {
    faults.push(...blocksFaults(message.blocks, 50));
    const valid = schema("message-blocks");
    if (valid && !valid(message.blocks)) faults.push(`schema: ${JSON.stringify(valid.errors?.slice(-2))}`);
  }
  return faults;
}

export function viewFaults(view: unknown): string[] {
  const faults: string[] = [];
  const it = (view ?? {}) as Json;
  if (it.type !== "modal" && it.type !== "home") return ["view: type"];
  faults.push(...blocksFaults(it.blocks, 100));
  const metadata = it.private_metadata;
  if (metadata !== undefined && (typeof metadata !== "string" || metadata.length > 3_000))
    faults.push("view: private_metadata");
  if (it.type === "modal") {
    faults.push(...textFaults(it.title, 24, "title", true));
    if (it.submit !== undefined) faults.push(...textFaults(it.submit, 24, "submit", true));
    if (it.close !== undefined) faults.push(...textFaults(it.close, 24, "close", true));
    const inputs = Array.isArray(it.blocks) && it.blocks.some((block: Json) => block.type === "input");
    if (inputs && it.submit === undefined) faults.push("view: inputs without submit");
  }
  const valid = schema("view");
  if (valid && !valid(view)) faults.push(`schema: ${JSON.stringify(valid.errors?.slice(-2))}`);
  return faults;
}

function blocksFaults(blocks: unknown, max: number): string[] {
  if (!Array.isArray(blocks)) return ["blocks: not a list"];
  const faults: string[] = [];
  if (blocks.length > max) faults.push(`blocks: ${blocks.length} of ${max}`);
  const ids = blocks.flatMap((block: Json) => block.block_id ?? []);
  if (new Set(ids).size !== ids.length) faults.push("blocks: duplicate block_id");
  for (const [n, block] of blocks.entries()) faults.push(...blockFaults(block).map((fault) => `${n}: ${fault}`));
  return faults;
}

function blockFaults(block: Json): string[] {
  const elements = Array.isArray(block.elements) ? (block.elements as Json[]) : [];
  switch (block.type) {
    case "header":
      return textFaults(block.text, 150, "header", true);
    case "section":
      return [
        ...(block.text === undefined && !(Array.isArray(block.fields) && block.fields.length > 0)
          ? ["section empty"]
          : []),
        ...(block.text === undefined ? [] : textFaults(block.text, 3_000, "section")),
        ...(block.accessory ? elementFaults(block.accessory as Json) : []),
      ];
    case "context":
      return [
        ...(elements.length < 1 || elements.length > 10 ? ["context elements"] : []),
        ...elements.flatMap((one) => (one.type === "image" ? [] : textFaults(one, 3_000, "context"))),
      ];
    case "actions": {
      const ids = elements.map((one) => one.action_id);
      return [
        ...(elements.length < 1 || elements.length > 25 ? ["actions elements"] : []),
        ...(new Set(ids).size === ids.length ? [] : ["duplicate action_id"]),
        ...elements.flatMap(elementFaults),
      ];
    }
    case "rich_text":
      return elements.length < 1 ? ["rich_text empty"] : elements.flatMap(richFaults);
    case "input":
      return [
        ...textFaults(block.label, 2_000, "label", true),
        ...(block.hint === undefined ? [] : textFaults(block.hint, 2_000, "hint", true)),
        ...elementFaults((block.element ?? {}) as Json),
      ];
    case "image":
      return /^https?:\/\//.test(String(block.image_url)) && block.alt_text ? [] : ["image"];
    case "divider":
      return [];
    default:
      return [`unknown block ${String(block.type)}`];
  }
}

function richFaults(part: Json): string[] {
  const elements = Array.isArray(part.elements) ? (part.elements as Json[]) : [];
  if (elements.length === 0) return [`${String(part.type)} empty`];
  if (part.type === "rich_text_list") return elements.flatMap(richFaults);
  return elements.flatMap((one) => {
    if (one.type === "text") return typeof one.text === "string" && one.text !== "" ? [] : ["rich text empty"];
    if (one.type === "link") return /^(https?:\/\/|mailto:)/.test(String(one.url)) ? [] : ["rich link"];
    // Coord mentions nobody by itself; whatever else came through would be somebody's injection.
    return [`rich element ${String(one.type)}`];
  });
}

function elementFaults(element: Json): string[] {
  const faults: string[] = [];
  const id = element.action_id;
  if (typeof id !== "string" || id === "" || id.length > 255) faults.push("action_id");
  if (element.placeholder !== undefined) faults.push(...textFaults(element.placeholder, 150, "placeholder", true));
  if (element.confirm !== undefined) faults.push(...confirmFaults(element.confirm as Json));
  switch (element.type) {
    case "button":
      faults.push(...textFaults(element.text, 75, "button", true));
      if (typeof element.value === "string" && (element.value === "" || element.value.length > 2_000))
        faults.push("value");
      if (element.style !== undefined && element.style !== "primary" && element.style !== "danger")
        faults.push("style");
      return faults;
    case "static_select":
    case "multi_static_select":
      return [...faults, ...optionFaults(element, 100)];
    case "radio_buttons":
    case "checkboxes":
      return [...faults, ...optionFaults(element, 10)];
    case "external_select":
    case "multi_external_select":
      return faults;
    case "datepicker":
      return element.initial_date === undefined || /^\d{4}-\d{2}-\d{2}$/.test(String(element.initial_date))
        ? faults
        : [...faults, "initial_date"];
    case "timepicker":
      return element.initial_time === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(String(element.initial_time))
        ? faults
        : [...faults, "initial_time"];
    case "plain_text_input":
      if (Number(element.max_length ?? 3_000) > 3_000) faults.push("max_length");
      if (String(element.initial_value ?? "").length > Number(element.max_length ?? 3_000))
        faults.push("initial_value");
      return faults;
    default:
      return [...faults, `unknown element ${String(element.type)}`];
  }
}

function confirmFaults(confirm: Json): string[] {
  return [
    ...textFaults(confirm.title, 100, "confirm title", true),
    ...textFaults(confirm.text, 300, "confirm text"),
    ...textFaults(confirm.confirm, 30, "confirm yes", true),
    ...textFaults(confirm.deny, 30, "confirm no", true),
  ];
}

export function optionFaults(element: Json, max: number): string[] {
  const groups = Array.isArray(element.option_groups) ? (element.option_groups as Json[]) : undefined;
  const lists = groups ? groups.map((group) => group.options as Json[]) : [(element.options ?? []) as Json[]];
  const options = lists.flat();
  const faults: string[] = [];
  if (groups && (element.options !== undefined || max === 10 || groups.length < 1 || groups.length > 100))
    faults.push(`option_groups ${groups.length}`);
  for (const group of groups ?? []) faults.push(...textFaults(group.label, 75, "group", true));
  for (const list of lists) if (list.length < 1 || list.length > max) faults.push(`options ${list.length} of ${max}`);
  for (const option of options) {
    faults.push(...textFaults(option.text, 75, "option"));
    if (option.description !== undefined) faults.push(...textFaults(option.description, 75, "description", true));
    if (typeof option.value !== "string" || option.value === "" || option.value.length > 150)
      faults.push("option value");
  }
  const initial = [element.initial_option ?? [], element.initial_options ?? []].flat() as Json[];
  for (const one of initial)
    if (!options.some((option) => JSON.stringify(option) === JSON.stringify(one))) faults.push("initial not an option");
  return faults;
}

function textFaults(text: unknown, max: number, what: string, plainOnly = false): string[] {
  const it = (text ?? {}) as Json;
  if (it.type !== "plain_text" && (plainOnly || it.type !== "mrkdwn")) return [`${what}: type`];
  if (typeof it.text !== "string" || it.text.trim() === "") return [`${what}: empty`];
  return it.text.length > max ? [`${what}: ${it.text.length} of ${max}`] : [];
}
