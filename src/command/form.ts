import type { Form, InputField } from "../chat/index.js";
import { argsOf, type Command, type Context, type Raws, shownIf, titleOf } from "./define.js";
import { Several } from "./meant.js";

export const formId = (command: Pick<Command, "name">): string => `cmd.${command.name}`;

/**
 * The form of a command, filled with what was given; its state is the router's to write.
 * @throws Refusal for what was typed in a line and is none of a field's choices: the form would leave it out silently
 */
export async function formFor(c: Context, command: Command, raws: Raws): Promise<Form> {
  const fields: InputField[] = [];
  for (const [name, arg] of Object.entries(await argsOf(c, command, raws))) {
    if (arg.given) continue;
    const body = await arg.field(c, raws[name], raws).catch((error: unknown) => {
      if (error instanceof Several) error.arg = name;
      throw error;
    });
    const chosen = body.type !== "choice" || body.value !== undefined;
    if (!chosen && c.via === "text" && raws[name] !== undefined) await arg.parse(c, raws[name], raws);
    const optional = arg.optional && !arg.neededInForm;
    fields.push({ ...shownIf(body, optional), name, ...(optional ? { optional: true } : {}) } as InputField);
  }
  return {
    id: formId(command),
    title: titleOf(command, c.t, raws),
    submit: command.submit?.(c.t) ?? c.t.form.send,
    cancel: c.t.form.cancel,
    state: "",
    lang: c.person.lang,
    intro: await command.intro?.(c, raws),
    live: await command.live?.(c, raws),
    fields,
  };
}
