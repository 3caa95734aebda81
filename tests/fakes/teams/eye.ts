/** A card as the eye reads it: Markdown and functions applied where Teams applies them, so that a missed escape shows. */

type Json = { [key: string]: unknown };
export type SeenAction = { label: string; kind: "execute" | "submit" | "fetch" | "link"; data: Json; verb?: string };
export type SeenMenu = { label: string; options: { label: string; action: SeenAction; inputs: Json }[] };
export type SeenInput = {
  id: string;
  label: string;
  value?: string;
  required: boolean;
  several: boolean;
  error?: string;
  dataset?: string;
  choices: { title: string; value: string }[];
};
export type Seen = { lines: string[]; buttons: SeenAction[]; menus: SeenMenu[]; inputs: SeenInput[] };

export function readCard(card: unknown): Seen {
  const seen: Seen = { lines: [], buttons: [], menus: [], inputs: [] };
  const { body, actions } = card as Json;
  for (const element of list(body)) readElement(element, seen);
  for (const action of list(actions)) readAction(action, seen);
  return seen;
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const words = (value: unknown): string => (typeof value === "string" ? value : "");

function readElement(element: Json, seen: Seen): void {
  switch (element.type) {
    case "TextBlock":
      seen.lines.push(readMarkdown(words(element.text)));
      return;
    case "RichTextBlock":
      seen.lines.push(
        list(element.inlines)
          .map((run) => readFunctions(words(run.text)))
          .join(""),
      );
      return;
    case "FactSet":
      for (const fact of list(element.facts)) {
        seen.lines.push(readMarkdown(words(fact.title)), readMarkdown(words(fact.value)));
      }
      return;
    case "Image":
      seen.lines.push(words(element.altText));
      return;
    case "Container":
      readContainer(element, seen);
      return;
    case "ColumnSet":
      for (const column of list(element.columns)) for (const inner of list(column.items)) readElement(inner, seen);
      return;
    case "ActionSet":
      for (const action of list(element.actions)) readAction(action, seen);
      return;
    case "Input.Text":
    case "Input.ChoiceSet":
    case "Input.Date":
    case "Input.Time":
    case "Input.Toggle":
      seen.lines.push(words(element.label ?? element.title));
      seen.inputs.push(readInput(element));
      return;
    default:
      throw new Error(`an element of type ${element.type} shows nothing in Teams`);
  }
}

/** Red words boxed together with one input are its error. */
function readContainer(container: Json, seen: Seen): void {
  const before = seen.inputs.length;
  for (const inner of list(container.items)) readElement(inner, seen);
  const input = seen.inputs[before];
  if (container.style !== "attention" || !input) return;
  const red = list(container.items).filter((each) => list(each.inlines).some((run) => run.color === "Attention"));
  input.error = red
    .map((each) =>
      list(each.inlines)
        .map((run) => words(run.text))
        .join(""),
    )
    .join(" ");
}

const readInput = (input: Json): SeenInput => ({
  id: words(input.id),
  label: words(input.label ?? input.title),
  required: input.isRequired === true,
  several: input.isMultiSelect === true,
  choices: list(input.choices).map((choice) => ({ title: words(choice.title), value: words(choice.value) })),
  ...(typeof input.value === "string" ? { value: input.value } : {}),
  ...(input["choices.data"] ? { dataset: words((input["choices.data"] as Json).dataset) } : {}),
});

function readAction(action: Json, seen: Seen): void {
  const label = words(action.title);
  if (action.type !== "Action.ShowCard") {
    seen.buttons.push(pressable(action));
    return;
  }
  const unfolded = readCard(action.card);
  const [first] = unfolded.buttons;
  if (!first) throw new Error(`${label} unfolds a card with nothing to press`);
  const [input] = unfolded.inputs;
  if (input) {
    const options = input.choices.map(({ title, value }) => ({
      label: title,
      action: first,
      inputs: { [input.id]: value },
    }));
    seen.menus.push({ label, options });
  } else if (unfolded.lines.length === 0) {
    seen.menus.push({
      label,
      options: unfolded.buttons.map((each) => ({ label: each.label, action: each, inputs: {} })),
    });
  } else {
    // A question with one answer: pressing means pressing both.
    seen.buttons.push({ ...first, label });
  }
}

function pressable(action: Json): SeenAction {
  const data = (action.data ?? {}) as Json;
  const label = words(action.title);
  if (action.type === "Action.Execute") return { label, kind: "execute", data, verb: words(action.verb) };
  if (action.type === "Action.OpenUrl") return { label, kind: "link", data };
  const fetches = (data.msteams as Json | undefined)?.type === "task/fetch";
  return { label, kind: fetches ? "fetch" : "submit", data };
}

/** `{{DATE(…)}}` and `{{TIME(…)}}` are replaced in every text, before anything else. */
const readFunctions = (source: string): string => source.replace(/\{\{(DATE|TIME)\([^)]*\)\}\}/g, "<$1>");

/** Enough of Markdown to see whether a text would be changed by it. Escaped characters step aside first. */
export function readMarkdown(source: string): string {
  const aside = (char: string) => String.fromCharCode(0xf700 + char.charCodeAt(0));
  return readFunctions(source)
    .replace(/\\([!-/:-@[-`{-~])/g, (_, char: string) => aside(char))
    .replace(/^(?:#{1,6}\s+|[-+*]\s+|\d+[.)]\s+|>\s?|=+$|-+$)/gm, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#?\w+);/g, "&")
    .replace(/`+([^`]+)`+/g, "$1")
    .replace(/(\*\*|__|~~|\*|_)(?=\S)([\s\S]*?\S)\1/g, "$2")
    .replace(/[\uf700-\uf77f]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xf700));
}
