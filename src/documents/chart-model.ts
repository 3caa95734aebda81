/** All words already in the reader's language. */
export type Chart = {
  /** Bars lie one below the other, so that long names have room; lines run over time. */
  kind: "bars" | "stacked" | "lines";
  title: string;
  /** BCP 47. The picture runs from right to left where the language does. */
  lang: string;
  /** Bars show the first twenty and say how many are left. */
  categories: readonly string[];
  /** Of each category, what the picture calls it where no font has the letters of its name. */
  short?: readonly string[];
  /** A value for each category. */
  series: readonly { name: string; values: readonly Value[] }[];
  /** What is counted. */
  unit?: string;
  note?: string;
  /** For a value that is withheld or missing, e.g. `fewer than 5`. */
  absent: string;
};

/** One that is withheld or missing is undefined, and never shown as nought. */
export type Value = number | undefined;
