import { clean } from "../command/args.js";
import type { Taker } from "../files/serve.js";
import { textIn } from "../files/text.js";
import { messagesFor } from "../i18n/index.js";
import { writeContent } from "./acts/writing.js";
import { fieldName } from "./checks.js";
import { saidIn } from "./fields.js";
import type { FieldRow } from "./kinds/row.js";
import type { CoopRequest } from "./model.js";
import { mayFill } from "./open.js";
import { LONGEST_FIELD, longFieldOf, partsOfText } from "./parts.js";
import { REQUESTS } from "./store.js";

/** A text that is longer than a dialog takes, given as a file. */

/** What was sent stays as it was sent: then only what was empty may be given still. */
export const isGivenAlready = (one: CoopRequest, { id }: FieldRow): boolean =>
  one.subject.sent && saidIn(one.content, id) !== "";

/** Takes the whole text of the field; what stood there is replaced. */
export const takeText: Taker = async (work, person, requestId, { bytes }) => {
  const t = messagesFor(person.lang);
  const one = await REQUESTS.lock(work, requestId);
  const field = one && longFieldOf(one.kind);
  if (!one || !field || !mayFill(person, one) || isGivenAlready(one, field)) return t.errors.requestTextLate;
  const what = fieldName(t, field.id);
  const read = textIn(bytes);
  if ("wrong" in read) return t.errors.requestTextWrong({ why: read.wrong });
  const text = clean(read.text);
  const { max = LONGEST_FIELD } = field;
  if (text === "") return t.errors.empty({ what });
  if (text.length > max) return t.errors.tooLong({ what, max, length: text.length });
  await writeContent({ work, person, viewer: person }, one, {
    ...one.content,
    values: { ...one.content.values, [field.id]: partsOfText(text) },
    unknown: one.content.unknown.filter((id) => id !== field.id),
  });
  return undefined;
};
