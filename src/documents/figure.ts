/** A figure as it was counted, and the one number that every format prints of it. Knows nothing of what was counted. */

/**
 * What stands in a cell. Withheld is not zero and not empty: there is a number, and it is under the threshold. None
 * says that there is no number to give, such as a share of nothing.
 */
export type Figure =
  /** A whole number. */
  | { kind: "count"; value: number }
  /** An exact fraction of two whole numbers. Only its quotient is ever printed: its parts may be under the threshold. */
  | { kind: "percent"; part: number; whole: number }
  /** Elapsed time in milliseconds, shown as days of 24 hours. */
  | { kind: "days"; ms: number }
  /** A number that somebody gave, in exact text with a point: no binary fraction, and never rounded. */
  | { kind: "decimal"; text: string }
  | { kind: "text"; text: string }
  | { kind: "withheld" }
  | { kind: "none" };

/** Rounded, once. Points are the difference of two percentages. */
export type Shown =
  | { kind: "count" | "percent" | "days" | "points"; value: number }
  | { kind: "decimal"; text: string }
  | { kind: "text"; text: string }
  | { kind: "withheld" }
  | { kind: "none" };

const DAY = 86_400_000;

/**
 * What every format shows of a figure: counts as they are, percentages and days to one decimal, halves upwards.
 * @throws RangeError for what cannot have been counted: a broken count, a negative or endless time; for no decimal
 */
export function shown(figure: Figure): Shown {
  switch (figure.kind) {
    case "count":
      return { kind: "count", value: whole(figure.value) };
    case "percent": {
      const [part, of] = [whole(figure.part), whole(figure.whole)];
      if (part < 0 || of < 0) throw new RangeError(`${part} of ${of} is no share`);
      // One division, of whole numbers: a half is met exactly, where `part / whole * 100` would miss it.
      return of === 0 ? { kind: "none" } : { kind: "percent", value: Math.round((part * 1000) / of) / 10 };
    }
    case "days": {
      if (!(figure.ms >= 0 && figure.ms < Number.MAX_SAFE_INTEGER)) throw new RangeError(`${figure.ms} ms is no time`);
      return { kind: "days", value: Math.round((figure.ms * 10) / DAY) / 10 };
    }
    case "decimal":
      if (!DECIMAL.test(figure.text)) throw new RangeError(`${figure.text} is no decimal`);
      return figure;
    default:
      return figure;
  }
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number`);
  return value;
}

/**
 * By how much a figure changed: the difference of the two numbers that are shown, so that whoever subtracts them finds
 * it. Withheld where either is, since it would give the other away.
 */
export function change(now: Figure, before: Figure): Shown {
  const [a, b] = [shown(now), shown(before)];
  if (a.kind === "withheld" || b.kind === "withheld") return { kind: "withheld" };
  if (!("value" in a && "value" in b) || a.kind !== b.kind) return { kind: "none" };
  const value = (Math.round(a.value * 10) - Math.round(b.value * 10)) / 10;
  return { kind: a.kind === "percent" ? "points" : a.kind, value };
}

/** How a language writes numbers and what stands for none. Given, so that no file depends on the machine's own tables. */
export type FigureWords = {
  /** Between whole and tenth. */
  decimal: string;
  /** Between thousands; may be empty. */
  group: string;
  /** `{n}%` */
  percent: string;
  /** `{n} pts`: how far two percentages lie apart. */
  points: string;
  /** In the place of a number under the threshold. */
  withheld: string;
  /** In the place of a number that there is not. */
  none: string;
};

/** The digits alone, with a point, for machines: `12`, `66.7`, `50.0`. */
export const digits = (kind: Shown["kind"], value: number): string => value.toFixed(kind === "count" ? 0 : 1);

/** For a reader. `signed` puts a plus before what grew. */
export function written(one: Shown, words: FigureWords, signed = false): string {
  if (one.kind === "text") return one.text;
  if (one.kind === "decimal") {
    const below = one.text.startsWith("-");
    return `${below ? "\u2212" : ""}${grouped(below ? one.text.slice(1) : one.text, words)}`;
  }
  if (!("value" in one)) return words[one.kind];
  const sign = one.value < 0 ? "\u2212" : signed && one.value > 0 ? "+" : "";
  const number = `${sign}${grouped(digits(one.kind, Math.abs(one.value)), words)}`;
  const pattern = one.kind === "percent" || one.kind === "points" ? words[one.kind] : "{n}";
  return pattern.replace("{n}", () => number);
}

/** Digits with a point, as the language groups and parts them. */
function grouped(text: string, words: FigureWords): string {
  const [units = "", parts] = text.split(".");
  const thousands = units.replace(/\B(?=(\d{3})+$)/g, () => words.group);
  return parts === undefined ? thousands : `${thousands}${words.decimal}${parts}`;
}
