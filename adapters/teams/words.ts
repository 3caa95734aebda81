import type { AdapterWords, WordsByLanguage } from "../../src/chat/index.js";

export function wordsFor(words: WordsByLanguage, locale: string | undefined): AdapterWords {
  const language = locale?.split("-")[0]?.toLowerCase() ?? "";
  const [first] = Object.values(words);
  const found = Object.hasOwn(words, language) ? words[language] : first;
  if (!found) throw new Error("an adapter was given no words in any language");
  return found;
}
