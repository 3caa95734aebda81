import type { LanguageRow } from "../model.js";
import { english as grammar } from "./grammar/index.js";

export const english: LanguageRow = {
  name: "English",
  locale: "en-GB",
  punctuation: { quote: "“{}”", comma: ", ", semicolon: "; " },
  grammar,
};
