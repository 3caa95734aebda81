/** Whatever words stand in what a platform is given to draw. */
export function wordsIn(drawn: unknown): string {
  if (Array.isArray(drawn)) return drawn.map(wordsIn).join("");
  if (typeof drawn !== "object" || drawn === null) return "";
  return Object.entries(drawn)
    .map(([key, value]) => (key === "text" && typeof value === "string" ? value : wordsIn(value)))
    .join("")
    .replaceAll(/\]\([^)]*\)/g, "");
}

/** Without the marks that a platform writes about words. */
export const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, "");
