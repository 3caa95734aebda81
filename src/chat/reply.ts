import type { Form } from "./form.js";
import type { Message, Option } from "./message.js";

/**
 * What a handler returns; the adapter acts on it.
 * - `post` answers where the person spoke; `private` is seen by that person alone, on every platform.
 * - `update` replaces the message that carried the button. `live`: that message is a card which is kept true, and its new
 *   drawing is on its way already. It is shown in the answer to the request itself or not at all: sent beside, it could
 *   arrive after a later drawing and stand there, out of date, until the next change.
 * - `view` is the message as the one who asked may see it: shown to them in its place, or privately.
 * - `form` opens a form (to a command: the adapter offers a button that opens it where the platform needs one).
 * - `errors` redraws the same form with what was typed; `""` is the key of an error about the whole form.
 * - `options` answers `suggest`; `home` answers `home`.
 */
export type Reply =
  | undefined
  | { post: Message; private?: true }
  | { update: Message; live?: true }
  | { view: Message }
  | { form: Form }
  | { errors: Record<string, string> }
  | { options: Option[] }
  | { home: Message };
