/**
 * Small letters without accents: what people type of a name. Letter by letter, since putting the marks of a whole text in
 * their order takes time that grows with its square.
 */
export const fold = (name: string): string =>
  name
    .replace(/[^\p{ASCII}]/gu, (letter) => letter.normalize("NFKD").replace(/\p{M}/gu, ""))
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
