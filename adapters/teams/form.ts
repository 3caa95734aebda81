import {
  type Form,
  type FormValues,
  type InputField,
  type Message,
  type Option,
  pickedParts,
  plain,
} from "../../src/chat/index.js";
import { encodeOption, type FormData, inputId } from "./actions.js";
import { LIMITS, SHOWN, type Shown } from "./limits.js";
import { type Card, cardOf, choicesOf, type Element, fitted, more, optionLabel, paragraph } from "./message.js";
import { cut } from "./text.js";

/** Form to the card of a dialog (task module): pure and total. */

export type FormErrors = Record<string, string>;

export type Redraw = {
  /** Finds the stored form again when it is submitted. */
  key?: string;
  /** The words of an option that was found by typing: the platform sends back its value alone. */
  labelOf?: (source: string, value: string) => string | undefined;
};

/** @param values what was typed: stands before the form's own values, and is never cut. */
export function renderForm(form: Form, errors: FormErrors = {}, values: FormValues = {}, redraw: Redraw = {}): Card {
  const data: FormData = { form: form.id, state: form.state, ...(redraw.key ? { key: redraw.key } : {}) };
  return fitted((shown) => ({
    ...cardOf(form.lang, form.title, [
      ...summaryOf(form, errors, shown),
      ...(form.intro ? paragraph(form.intro, shown.text) : []),
      ...form.fields.flatMap((field): Element[] =>
        field.type === "note"
          ? paragraph(field.text, shown.text, { isSubtle: true })
          : withError(
              inputOf(field, values, redraw, shown),
              Object.hasOwn(errors, field.name) ? errors[field.name] : undefined,
            ),
      ),
    ]),
    // No cancel button: a dialog has its own ×, and a button could close it only by asking the server.
    ...(form.submit
      ? { actions: [{ type: "Action.Submit", title: cut(form.submit, SHOWN.button), style: "positive", data }] }
      : {}),
  }));
}

/** So many inputs stand in a dialog before somebody scrolls. */
const IN_SIGHT = 4;

/**
 * Teams has no place for a server's error at an input, and puts nobody there: it stands once, in a red box with the
 * input. Above all of them stand those about the whole form and, where one may be out of sight, which inputs to go to.
 */
function summaryOf(form: Form, errors: FormErrors, shown: Shown): Element[] {
  const labels = new Map(
    form.fields.flatMap((field): [string, string][] => (field.type === "note" ? [] : [[field.name, field.label]])),
  );
  const whole = Object.entries(errors).flatMap(([name, error]) => (labels.has(name) ? [] : [error]));
  const wrong = Object.keys(errors).flatMap((name) => labels.get(name) ?? []);
  const lines = [...whole, ...(wrong.length > 0 && labels.size > IN_SIGHT ? [`↓ ${wrong.join(" · ")}`] : [])];
  if (lines.length === 0) return [];
  return [
    {
      type: "Container",
      style: "attention",
      items: lines.flatMap((line) => paragraph(line, shown.text, { color: "Attention" })),
    },
  ];
}

function withError(elements: Element[], error: string | undefined): Element[] {
  if (!error) return elements;
  return [
    {
      type: "Container",
      style: "attention",
      items: [...paragraph(error, SHOWN.text, { color: "Attention", weight: "Bolder" }), ...elements],
    },
  ];
}

/** Whatever is one input. */
type Single = Exclude<InputField, { type: "moment" }>;

function inputOf(field: InputField, values: FormValues, redraw: Redraw, shown: Shown): Element[] {
  if (field.type === "moment") return momentOf(field, values, shown);
  const hint = field.hint ? paragraph(field.hint, shown.label * 2, { isSubtle: true, size: "Small" }) : [];
  const common = {
    id: inputId(field),
    label: cut(field.label, SHOWN.label),
    ...(field.optional ? {} : { isRequired: true, errorMessage: cut(field.hint || field.label, SHOWN.label) }),
  };
  const left = field.type === "choice" || field.type === "choices" ? field.options.length - shown.options : 0;
  return [{ ...common, ...inputKind(field, typedOf(field, values), redraw, shown) }, ...more(left), ...hint];
}

/** The day and its time side by side, then what may be said instead. */
function momentOf(field: Extract<InputField, { type: "moment" }>, values: FormValues, shown: Shown): Element[] {
  const { name, time, none, words } = field;
  const typed = values[name];
  const now = typeof typed === "string" ? pickedParts(typed) : { ...pickedParts(field.value), words: words?.value };
  const needed = !field.optional && !words;
  const day: Element = {
    type: "Input.Date",
    id: `d_${name}`,
    label: cut(field.label, SHOWN.label),
    ...(needed ? { isRequired: true, errorMessage: cut(field.hint || field.label, SHOWN.label) } : {}),
    ...(now.day ? { value: now.day } : {}),
  };
  const clock: Element | undefined = time && {
    type: "Input.Time",
    id: `h_${name}`,
    label: cut(`${time.label} (${time.zone})`, SHOWN.label),
    ...(now.time ? { value: now.time } : {}),
  };
  const column = (item: Element) => ({ type: "Column", width: "stretch", items: [item] });
  const small = (hint: string | undefined) =>
    hint ? paragraph(hint, shown.label * 2, { isSubtle: true, size: "Small" }) : [];
  return [
    clock ? { type: "ColumnSet", columns: [column(day), column(clock)] } : day,
    ...small([field.hint, time?.hint].filter(Boolean).join(" ")),
    ...(none ? [{ type: "Input.Toggle", id: `n_${name}`, title: none.box, value: String(now.none === true) }] : []),
    ...(words
      ? [
          {
            type: "Input.Text",
            id: `w_${name}`,
            label: cut(words.label, SHOWN.label),
            maxLength: words.maxLength,
            ...(now.words ? { value: now.words } : {}),
          },
          ...small(words.hint),
        ]
      : []),
  ];
}

/** What stands in the field when it is drawn: typed text, or the chosen values. */
function typedOf(field: Single, values: FormValues): string[] {
  if (Object.hasOwn(values, field.name)) {
    const typed = values[field.name];
    return typed === undefined ? [] : typeof typed === "string" ? [typed] : typed;
  }
  switch (field.type) {
    case "text":
    case "choice":
      return field.value === undefined ? [] : [field.value];
    case "choices":
      return field.value ?? [];
    case "lookup":
      return [field.value ?? []].flat().map((option) => option.value);
  }
}

function inputKind(field: Single, typed: string[], redraw: Redraw, shown: Shown): Element {
  const chosen = typed.length > 0 ? { value: typed.map(encodeOption).join(",") } : {};
  switch (field.type) {
    case "text":
      return {
        type: "Input.Text",
        ...(field.multiline ? { isMultiline: true } : {}),
        ...(field.maxLength ? { maxLength: field.maxLength } : {}),
        ...placeholder(field.placeholder),
        ...(typed[0] === undefined ? {} : { value: typed[0] }),
      };
    case "choice":
      return {
        type: "Input.ChoiceSet",
        style: field.radio ? "expanded" : "compact",
        choices: choicesOf(keepChosen(field.options, typed, shown), shown),
        ...placeholder(field.placeholder),
        ...chosen,
      };
    case "choices":
      return {
        type: "Input.ChoiceSet",
        isMultiSelect: true,
        style: "expanded",
        choices: choicesOf(keepChosen(field.options, typed, shown), shown),
        ...chosen,
      };
    case "lookup": {
      const given = new Map([field.value ?? []].flat().map((option) => [option.value, optionLabel(option)]));
      return {
        type: "Input.ChoiceSet",
        style: "filtered",
        ...(field.several ? { isMultiSelect: true } : {}),
        // Only what is chosen already: the rest is found by typing, through an `application/search` invoke.
        choices: typed.map((value) => ({
          title: cut(given.get(value) ?? redraw.labelOf?.(field.source, value) ?? value, SHOWN.label),
          value: encodeOption(value),
        })),
        "choices.data": { type: "Data.Query", dataset: field.source },
        ...placeholder(field.placeholder),
        ...chosen,
      };
    }
  }
}

const placeholder = (words: string | undefined) => (words ? { placeholder: cut(words, SHOWN.label) } : {});

/** Where a long list is cut, what is chosen stays in it. */
function keepChosen(options: Option[], chosen: string[], shown: Shown): Option[] {
  if (options.length <= shown.options) return options;
  const isChosen = (option: Option) => chosen.includes(option.value);
  return [...options.filter(isChosen), ...options.filter((option) => !isChosen(option))];
}

/** `form.open`, with the form's id and state as its value: the core answers it with the form again. */
export const OPEN_FORM = "form.open";

/** Teams opens a dialog from a button only, so a form that answers a typed command is offered as one. */
export const offerOf = (form: Form): Message => ({
  text: form.title,
  lang: form.lang,
  blocks: [
    { type: "heading", text: form.title },
    ...(form.intro && !form.live && plain(form.intro) !== form.title
      ? [{ type: "text" as const, text: form.intro }]
      : []),
    {
      type: "actions",
      actions: [
        {
          type: "button",
          id: form.asked?.id ?? OPEN_FORM,
          value: form.asked?.value ?? `${form.id} ${form.state}`,
          label: form.title,
          style: "primary",
          opens: true,
        },
      ],
    },
  ],
});

/** A dialog's frame. The height is Teams' own `large` where there is much to fill in. */
export const dialogOf = (title: string, card: Card, fields: number) => ({
  type: "continue",
  value: {
    title: cut(title, LIMITS.dialogTitle),
    width: "medium",
    height: fields > 6 ? "large" : "medium",
    card: attachmentOf(card),
  },
});

export const attachmentOf = (card: Card) => ({ contentType: "application/vnd.microsoft.card.adaptive", content: card });
