import type { types } from "@slack/bolt";
import { type InputField, type Picked, pickedParts, pickedValue, stripPrivateUse } from "../../src/chat/index.js";
import { errorBeside, inputBlock, options } from "./elements.js";
import { LIMITS } from "./limits.js";
import { list, str } from "./payload.js";
import { cut } from "./text.js";

/** A moment in a modal: how it is drawn, and how it is read again. */

const PICKED = "value";
/** Of its name: the parts add theirs. */
export const LONGEST_MOMENT = LIMITS.blockId - ":words".length;

/**
 * A block holds one element, so day, time, "no date" and words are blocks of their own, and their ids say which. Slack's
 * pickers are not known to let go of what was picked, so that there is no date is ticked.
 */
export function momentBlocks(
  field: Extract<InputField, { type: "moment" }>,
  typed: string | string[] | undefined,
  error: string | undefined,
): types.KnownBlock[] {
  const asked = pickedParts(field.value);
  const now = typeof typed === "string" ? pickedParts(typed) : { ...asked, words: field.words?.value };
  const { time, none, words } = field;
  const block = (
    part: MomentPart,
    element: types.InputBlock["element"],
    words: { label: string; hint?: string; optional: boolean },
  ) => inputBlock(partId(field.name, part), element, words);
  const box = none && options([{ value: "none", label: none.box }], 1);
  return [
    block(
      "day",
      { type: "datepicker", action_id: PICKED, ...(now.day ? { initial_date: now.day } : {}) },
      { label: field.label, hint: field.hint, optional: field.optional === true || words !== undefined },
    ),
    ...errorBeside(error),
    ...(time
      ? [
          block(
            "time",
            {
              type: "timepicker",
              action_id: PICKED,
              timezone: time.zone,
              ...(now.time ? { initial_time: now.time } : {}),
            },
            { ...time, optional: true },
          ),
        ]
      : []),
    ...(none && box
      ? [
          block(
            "none",
            { type: "checkboxes", action_id: PICKED, options: box, ...(now.none ? { initial_options: box } : {}) },
            { label: none.label, optional: true },
          ),
        ]
      : []),
    ...(words
      ? [
          block(
            "words",
            {
              type: "plain_text_input",
              action_id: PICKED,
              multiline: false,
              max_length: words.maxLength,
              ...(now.words ? { initial_value: cut(now.words, words.maxLength) } : {}),
            },
            { ...words, optional: true },
          ),
        ]
      : []),
  ];
}

type MomentPart = "day" | "time" | "none" | "words";

/** The day has the field's own id, where errors go; no name of a field holds a colon. */
const partId = (name: string, part: MomentPart): string => (part === "day" ? name : `${name}:${part}`);

/** @param parts what the blocks of one field hold, by their ids without its name */
export const readMoment = (parts: ReadonlyMap<string | undefined, unknown>): string | undefined => {
  const picked: Picked = {
    day: str(parts.get(undefined), "selected_date"),
    time: str(parts.get("time"), "selected_time"),
    none: list(parts.get("none"), "selected_options").length > 0,
    words: stripPrivateUse(str(parts.get("words"), "value") ?? ""),
  };
  return pickedValue(picked);
};
