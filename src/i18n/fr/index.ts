import type { LanguageRow } from "../model.js";
import { french as grammar } from "./grammar/index.js";

export const french: LanguageRow = {
  name: "Français",
  locale: "fr",
  punctuation: { quote: "«\u00a0{}\u00a0»", comma: ", ", semicolon: "\u202f; " },
  grammar,
};
