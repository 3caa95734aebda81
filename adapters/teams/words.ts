/** The few words that the adapter says by itself: everything else comes from the core. */
export type Words = {
  /** In a channel, to somebody whose private answer could not be delivered. Names nobody and no item. */
  install: string;
  /** To a button, form or search of a card, package or app that Coord does not know, or not any more. */
  gone: string;
};

const ENGLISH: Words = {
  install: "Coord answers you in a personal chat. Please add the Coord app for yourself, then ask again.",
  gone: "That has changed or is gone. Type the reference to see it as it is now.",
};

/** Those that come with Coord. */
export const WORDS: Readonly<Record<string, Words>> = {
  en: ENGLISH,
  fr: {
    install:
      "Coord vous répond dans une conversation personnelle. Ajoutez l'application Coord pour vous-même, puis demandez à nouveau.",
    gone: "Cela a changé ou n'existe plus. Tapez la référence pour voir où en sont les choses.",
  },
};

/** @param byLanguage by primary language subtag, e.g. `fr`. */
export const wordsFor = (byLanguage: Readonly<Record<string, Words>>, locale: string | undefined): Words => {
  const language = (locale ?? "en").split("-")[0]?.toLowerCase() ?? "en";
  return (Object.hasOwn(byLanguage, language) ? byLanguage[language] : undefined) ?? byLanguage.en ?? ENGLISH;
};
