import { type Block, type Form, type Message, plain, tight, withoutTurns } from "../../../src/chat/index.js";

/** What Courier shows: lines of text, and below them what can be pressed. */
export type Payload = {
  lines: string[];
  buttons: { label: string; id: string; value?: string }[];
  menus: { label: string; id: string; options: { label: string; value: string }[] }[];
};

export type FormPayload = { title: string; lines: string[]; live?: string; form: Form };

/** What it takes at most. */
export const LIMITS = { line: 2_000, lines: 100, buttons: 60 };

export function renderMessage({ blocks, text }: Message): Payload {
  const payload: Payload = { lines: [], buttons: [], menus: [] };
  for (const block of blocks) add(payload, block);
  if (payload.lines.length === 0) payload.lines.push(text);
  return {
    lines: few(payload.lines.map((line) => cut(line, LIMITS.line))),
    buttons: payload.buttons.slice(0, LIMITS.buttons),
    menus: payload.menus,
  };
}

export const renderForm = (form: Form): FormPayload => ({
  title: withoutTurns(form.title),
  lines: form.fields.flatMap((field) => (field.type === "note" ? withoutTurns(plain(field.text)).split("\n") : [])),
  live: form.live,
  form,
});

function add(payload: Payload, block: Block): void {
  const say = (...texts: string[]) => payload.lines.push(...texts.map(withoutTurns));
  switch (block.type) {
    case "heading":
      say(block.text);
      break;
    case "text":
    case "context":
      say(plain(block.text));
      break;
    case "quote":
      say(block.text, ...(block.by ? [block.by] : []));
      break;
    case "image":
      say(block.alt);
      break;
    case "facts":
      say(...block.facts.map(({ label, value }) => `${label}: ${plain(value)}`));
      break;
    case "list":
      for (const { title, detail, action } of block.items.map(tight)) {
        say(plain(title), ...(detail === undefined ? [] : [plain(detail)]));
        if (action) payload.buttons.push({ label: action.label, id: action.id, value: action.value });
      }
      break;
    case "divider":
      say("—");
      break;
    case "actions":
      for (const action of block.actions)
        if (action.type === "link") say(`${action.label}: ${action.url}`);
        else if (action.type === "menu") {
          const { id, label, prefix = "" } = action;
          const options = action.options.map((one) => ({ label: one.label, value: `${prefix}${one.value}` }));
          payload.menus.push({ id, label, options });
        } else payload.buttons.push({ label: cut(action.label, 80), id: action.id, value: action.value });
  }
}

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

const few = (lines: string[]): string[] =>
  lines.length <= LIMITS.lines ? lines : [...lines.slice(0, LIMITS.lines - 1), "…"];
