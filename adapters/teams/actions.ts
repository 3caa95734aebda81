import { type FormValues, type InputField, pickedValue, stripPrivateUse } from "../../src/chat/index.js";
import { type Json, text, textAt } from "./activity.js";

/**
 * What rides in the `data` of a button and comes back with the click: the one agreement between
 * render.ts, which writes it, and receive.ts, which reads it. It says what was pressed, never who pressed.
 */

export type ButtonData = { id: string; value?: string };
/** A menu's choice arrives under the input's own id, beside these. */
export type MenuData = { id: string; menu: string; prefix?: string };
/** `key` finds the form again, so that errors can be drawn into it. */
export type FormData = { form: string; state: string; key?: string };

export const buttonData = (id: string, value: string | undefined): ButtonData =>
  value === undefined ? { id } : { id, value };

export function readAction(data: unknown): { id: string; value?: string } | undefined {
  const id = textAt(data, "id");
  if (id === undefined) return undefined;
  const menu = textAt(data, "menu");
  if (menu === undefined) {
    const value = textAt(data, "value");
    return value === undefined ? { id } : { id, value };
  }
  // Nothing chosen (some clients let that through) is for the core to answer, which gets the bare prefix.
  return { id, value: `${textAt(data, "prefix") ?? ""}${decodeOption(textAt(data, menu) ?? "")}` };
}

/**
 * The kind of a field is written into its input's id, because the platform sends back strings only:
 * `t_` typed text, `o_` one option, `m_` several, joined by commas; of a moment `d_` the day, `h_` the time, `n_` the box
 * that says that there is none, `w_` the words.
 */
export const inputId = (field: InputField): string => {
  switch (field.type) {
    case "text":
      return `t_${field.name}`;
    case "choice":
      return `o_${field.name}`;
    case "choices":
      return `m_${field.name}`;
    case "lookup":
      return field.several ? `m_${field.name}` : `o_${field.name}`;
    case "moment":
      return `d_${field.name}`;
  }
};

/** Several chosen values arrive joined by commas, so an option's own commas are escaped. */
export const encodeOption = (value: string): string => value.replace(/[%,]/g, encodeURIComponent);
export const decodeOption = (value: string): string =>
  value.replace(/%(?:25|2C)/gi, (escaped) => (escaped === "%25" ? "%" : ","));

export const readValues = (data: Json): FormValues => {
  const values: FormValues = Object.create(null);
  for (const [id, value] of Object.entries(data)) {
    if (typeof value !== "string" || !/^[tomd]_./.test(id)) continue;
    const name = id.slice(2);
    if (id.startsWith("d_"))
      values[name] = pickedValue({
        day: value,
        time: text(data[`h_${name}`]),
        none: text(data[`n_${name}`]) === "true",
        words: typedText(text(data[`w_${name}`]) ?? ""),
      });
    else if (id.startsWith("t_")) values[name] = typedText(value);
    else if (id.startsWith("o_")) values[name] = text(value) === undefined ? undefined : decodeOption(value);
    else values[name] = value.split(",").filter(Boolean).map(decodeOption);
  }
  return { ...values };
};

/** Private-use characters are Coord's own marks for mentions: nobody can type one. */
export const typedText = (value: string): string => stripPrivateUse(value.replace(/\r\n?/g, "\n"));
