import { LANGS, languageName } from "../i18n/names.js";
import type { Arg } from "./define.js";

/** A choice of languages by their codes (ISO 639-1), which a form shows in the reader's words, those of the United Nations first. */
export const namedLanguages = <T>(codes: Arg<T>): Arg<T> => ({
  ...codes,
  async field(c, raw, raws) {
    const body = await codes.field(c, raw, raws);
    if (body.type !== "choices" && body.type !== "choice") return body;
    return { ...body, options: LANGS.map((value) => ({ value, label: languageName(value, c.person.lang) })) };
  },
});
