import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { change, digits, type Figure, type FigureWords, shown, written } from "../../../src/documents/figure.js";

const words: FigureWords = {
  decimal: ",",
  group: "\u202f",
  percent: "{n}\u00a0%",
  points: "{n} pt",
  withheld: "occulté",
  none: "–",
};
const count = (value: number): Figure => ({ kind: "count", value });
const percent = (part: number, whole: number): Figure => ({ kind: "percent", part, whole });
const decimal = (text: string): Figure => ({ kind: "decimal", text });
const days = (ms: number): Figure => ({ kind: "days", ms });

/** Half up, in whole numbers alone. */
const tenths = (part: bigint, whole: bigint): bigint => (2n * part + whole) / (2n * whole);

const figure: fc.Arbitrary<Figure> = fc.oneof(
  fc.integer({ min: -10_000, max: 10_000_000 }).map(count),
  fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)).map(([part, whole]) => percent(part, whole)),
  fc.nat(2 ** 40).map(days),
  fc.string().map((text): Figure => ({ kind: "text", text })),
  fc.stringMatching(/^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/).map(decimal),
  fc.constant<Figure>({ kind: "withheld" }),
  fc.constant<Figure>({ kind: "none" }),
);

describe("a figure", () => {
  it("is rounded once, from the exact fraction, halves upwards", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.integer({ min: 1, max: 2 ** 40 }), (part, whole) => {
        const one = shown(percent(part, whole));
        if (one.kind !== "percent") throw new Error(one.kind);
        expect(one.value).toBe(Number(tenths(BigInt(part) * 1000n, BigInt(whole))) / 10);
      }),
      { numRuns: 2_000 },
    );
    expect(shown(percent(2, 3))).toEqual({ kind: "percent", value: 66.7 });
    // 0.15 in floating point is less than three twentieths; the half is met all the same.
    expect(shown(percent(3, 2000))).toEqual({ kind: "percent", value: 0.2 });
    expect(shown(percent(201, 2000))).toEqual({ kind: "percent", value: 10.1 });
    expect(shown(percent(0, 0))).toEqual({ kind: "none" });
    expect(shown(days(2.25 * 86_400_000))).toEqual({ kind: "days", value: 2.3 });
    expect(shown(days(0))).toEqual({ kind: "days", value: 0 });
    expect(shown(count(1284))).toEqual({ kind: "count", value: 1284 });
  });

  it("has no more than one decimal", () => {
    fc.assert(
      fc.property(figure, (figure) => {
        const one = shown(figure);
        if ("value" in one) expect(Number(digits(one.kind, one.value))).toBe(one.value);
        else expect(["decimal", "text", "withheld", "none"]).toContain(one.kind);
      }),
    );
  });

  it("that cannot have been counted is refused", () => {
    for (const broken of [
      count(1.5),
      count(Number.NaN),
      percent(-1, 3),
      percent(1, 2.5),
      percent(1, -3),
      decimal("1,5"),
    ]) {
      expect(() => shown(broken)).toThrow(RangeError);
    }
    for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => shown(days(ms))).toThrow(RangeError);
  });
});

describe("the change of a figure", () => {
  it("is what one finds who subtracts the two numbers that are shown", () => {
    fc.assert(
      fc.property(figure, figure, (now, before) => {
        const moved = change(now, before);
        const [a, b] = [shown(now), shown(before)];
        if (!("value" in a && "value" in b) || a.kind !== b.kind) {
          expect(moved.kind).toBe([a.kind, b.kind].includes("withheld") ? "withheld" : "none");
          return;
        }
        if (!("value" in moved)) throw new Error(moved.kind);
        const exact = BigInt(Math.round(a.value * 10)) - BigInt(Math.round(b.value * 10));
        expect(moved.value.toFixed(1)).toBe((Number(exact) / 10).toFixed(1));
        expect(moved.kind).toBe(a.kind === "percent" ? "points" : a.kind);
      }),
      { numRuns: 1_000 },
    );
    expect(change(percent(871, 1102), percent(707, 1010))).toEqual({ kind: "points", value: 9 });
  });

  it("gives nothing away where either number is withheld", () => {
    expect(change({ kind: "withheld" }, count(7))).toEqual({ kind: "withheld" });
    expect(change(count(7), { kind: "withheld" })).toEqual({ kind: "withheld" });
    expect(change({ kind: "none" }, { kind: "withheld" })).toEqual({ kind: "withheld" });
    expect(change(count(7), { kind: "none" })).toEqual({ kind: "none" });
    expect(change(count(7), days(7))).toEqual({ kind: "none" });
  });
});

describe("a figure for a reader", () => {
  const say = (figure: Figure) => written(shown(figure), words);

  it("is written as the language writes it", () => {
    expect(say(decimal("-1234567.50"))).toBe("\u22121\u202f234\u202f567,50");
    expect(say(decimal("0.125"))).toBe("0,125");
    expect(say(count(7))).toBe("7");
    expect(say(count(1284))).toBe("1\u202f284");
    expect(say(count(-12_345_678))).toBe("\u221212\u202f345\u202f678");
    expect(say(percent(2, 3))).toBe("66,7\u00a0%");
    expect(say(percent(1, 2))).toBe("50,0\u00a0%");
    expect(say(days(86_400_000 * 1234.56))).toBe("1\u202f234,6");
    expect(say({ kind: "withheld" })).toBe("occulté");
    expect(say({ kind: "none" })).toBe("–");
    expect(say({ kind: "text", text: "{n} $&" })).toBe("{n} $&");
  });

  it("has a sign where it says by how much something grew", () => {
    const by = (now: Figure, before: Figure) => written(change(now, before), words, true);
    expect(by(count(3), count(1))).toBe("+2");
    expect(by(count(1), count(3))).toBe("\u22122");
    expect(by(count(3), count(3))).toBe("0");
    expect(by(percent(1, 2), percent(2, 3))).toBe("\u221216,7 pt");
  });
});
