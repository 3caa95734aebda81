import type { Form, FormValues, Reply } from "../../../src/chat/index.js";
import { formOf, textOf, type World } from "../../world.js";

/** What people do with shares, as the dialogs ask for it. */

const invited = (form: Form): string[] => {
  const field = form.fields.find((one) => "name" in one && one.name === "with");
  const value = field && "value" in field ? field.value : undefined;
  return Array.isArray(value) ? value.map((one) => (typeof one === "string" ? one : one.value)) : [];
};

export type Said = { title: string; content: string };

/** The two dialogs of sharing: conditions, then what it says. @returns the reference of the draft */
export async function draft(w: World, name: string, to: string, conditions: FormValues, said: Said): Promise<string> {
  const first = formOf(await w.say(name, `share ${to}`));
  const values = { kind: "a", label: "AMBER", with: invited(first), ...conditions };
  const second = formOf(await w.submit(name, first, values));
  return /I-\d+/.exec(textOf(await w.submit(name, second, said)))?.[0] ?? "";
}

export async function release(w: World, name: string, to: string, conditions: FormValues, said: Said): Promise<string> {
  const ref = await draft(w, name, to, conditions, said);
  await w.say(name, `share send ${ref} sure`);
  await w.settle();
  return ref;
}

export const press = (w: World, name: string, command: string, ref: string): Promise<Reply> =>
  w.click(name, command, `north/${ref}`);

/** Accepts what is asked to be accepted, and reads. */
export async function open(w: World, name: string, ref: string, purpose = "investigation"): Promise<Reply> {
  const first = await press(w, name, "open", ref);
  return first && "form" in first && first.form.submit ? w.submit(name, first.form, { purpose }) : first;
}

/** The form that a button opens, filled in and sent. */
export const fill = async (w: World, name: string, command: string, ref: string, values: FormValues): Promise<Reply> =>
  w.submit(name, formOf(await press(w, name, command, ref)), values);

/** @returns the reference of the request */
export async function askUse(w: World, name: string, ref: string, values: FormValues): Promise<string> {
  return /U-\d+/.exec(textOf(await fill(w, name, "use", ref, values)))?.[0] ?? "";
}

export const wholly = (value: unknown): string => JSON.stringify(value) ?? "";
