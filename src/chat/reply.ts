import type { Form } from "./form.js";
import type { Message, Option } from "./message.js";

/**
 * What a handler returns; the adapter acts on it.
 * - `post` answers where the person spoke; `private` is seen by that person alone, on every platform.
 * - `update` replaces the message that carried the button.
 * - `view` is the message as the one who asked may see it: shown to them in its place, or privately.
 * - `form` opens a form (to a command: the adapter offers a button that opens it where the platform needs one).
 * - `errors` redraws the same form with what was typed; `""` is the key of an error about the whole form.
 * - `options` answers `suggest`; `home` answers `home`.
 */
export type Reply =
  | undefined
  | { post: Message; private?: true }
  | { update: Message }
  | { view: Message }
  | { form: Form }
  | { errors: Record<string, string> }
  | { options: Option[] }
  | { home: Message };
