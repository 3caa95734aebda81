import { grammarOf } from "../i18n/grammar/index.js";

/** Decimals as people type and databases keep them, exact: nothing here is a binary fraction. */

/** Sign, figures, decimals: enough for any indicator, few enough to be read. */
const TYPED = /^([-−+]?)(\d{1,15})(?:[.,](\d{1,6}))?$/;

/**
 * `1 200`, `12,5`, `-3.40`, `75 %` as exact text with a point.
 * @returns undefined for what is no number, and for `1,200`, which is read in two ways
 */
export function parseDecimal(typed: string): string | undefined {
  const bare = typed.replace(/[\s\u00a0\u202f]/g, "").replace(/%$/, "");
  const [, sign, whole, places] = TYPED.exec(bare) ?? [];
  if (whole === undefined || (places?.length === 3 && !/^0+$/.test(whole))) return undefined;
  const figures = `${whole.replace(/^0+(?=\d)/, "")}${places === undefined ? "" : `.${places}`}`;
  return (sign === "-" || sign === "−") && /[1-9]/.test(figures) ? `-${figures}` : figures;
}

/** With the decimal sign of the language. */
export const showDecimal = (value: string, lang: string): string => value.replace(".", grammarOf(lang).decimal);

/** Several numbers as whole ones of one scale, so that sums and products of them are exact. */
export function scaled(...values: readonly string[]): bigint[] {
  const places = Math.max(...values.map((value) => value.split(".")[1]?.length ?? 0));
  return values.map((value) => {
    const [whole = "0", decimals = ""] = value.split(".");
    return BigInt(whole + decimals.padEnd(places, "0"));
  });
}

export function sameNumber(a: string, b: string): boolean {
  const [x, y] = scaled(a, b);
  return x === y;
}
