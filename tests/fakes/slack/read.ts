type Json = Record<string, unknown>;

const undo = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (_, name) => (name === "amp" ? "&" : name === "lt" ? "<" : ">"));

/** Slack's markup as the eye reads it: what is marked up loses its marks, so an injection shows as missing letters. */
export function readMrkdwn(text: string, formatted = true): string {
  const linked = text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) =>
    target.startsWith("@")
      ? `[mention ${target}]`
      : target.startsWith("!")
        ? `[broadcast ${target}]`
        : (label ?? target),
  );
  return undo(
    formatted
      ? linked.replace(
          /(^|\s)([*_~`])(?=\S)([^\n]*?\S)\2(?=\s|$)/g,
          (_, before: string, __, words: string) => before + words,
        )
      : linked,
  );
}

/** Every word of the blocks that shows, line by line; buttons and menus are read apart. */
export const readBlocks = (blocks: unknown): string =>
  (Array.isArray(blocks) ? blocks : [])
    .map(readBlock)
    .filter((line) => line !== "")
    .join("\n");

function readBlock(block: Json): string {
  const elements = (block.elements ?? []) as Json[];
  switch (block.type) {
    case "header":
      return readText(block.text);
    case "section":
      return [readText(block.text), ...((block.fields ?? []) as Json[]).map(readText)].filter(Boolean).join("\n");
    case "context":
      return elements.map(readText).join(" ");
    case "rich_text":
      return elements.map(readRich).join("\n");
    case "image":
      return `${readText(block.title)}[${String(block.alt_text)}]`;
    case "input":
      return readText(block.label);
    default:
      return "";
  }
}

const readRich = (part: Json): string => {
  const elements = (part.elements ?? []) as Json[];
  if (part.type === "rich_text_list") return elements.map(readRich).join("\n");
  return elements.map((one) => String(one.text ?? one.url ?? `[${String(one.type)}]`)).join("");
};

export function readText(text: unknown): string {
  const it = (text ?? {}) as Json;
  if (typeof it.text !== "string") return "";
  return it.type === "mrkdwn" ? readMrkdwn(it.text) : it.text;
}

/** Everything in the blocks that can be clicked, with the block it stands in. */
export const elementsOf = (blocks: unknown): { element: Json; block: Json }[] =>
  (Array.isArray(blocks) ? (blocks as Json[]) : []).flatMap((block) =>
    [block.type === "actions" ? block.elements : [], block.accessory ?? []]
      .flat()
      .map((element) => ({ element: element as Json, block })),
  );
