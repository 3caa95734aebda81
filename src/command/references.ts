import { type Finding, type Kind, kindOfLetter, type Named } from "../items/kind.js";

/** Named in the body's documents and not kept here yet: they read as references, of which there is none. */
const RESERVED = /^[RXA]$/;

/** Typed references: the letter says the kind. */
export type Reference = {
  /** As the item's definition calls it. */
  kind: string;
  number: number;
  /** Of a meeting: which of its occurrences; of an objective: which of its indicators. */
  part?: number;
  text: string;
};

/** `T-104`, also `t104`, `#T–104`, `*T-104*` and `T-104.` as people type and paste it; `M-12/3` is the third occurrence of a meeting, `O-5/2` an indicator. */
export function parseReference(text: string): Reference | undefined {
  const match = /^[#(*_~`]{0,3}([A-Z])[- ]?(\d{1,9})(?:\/([1-9]\d{0,3}))?[.,:;!?)*_~`]{0,4}$/i.exec(
    text.trim().replace(/\p{Pd}|−/u, "-"),
  );
  const [, said = "", digits, of] = match ?? [];
  const letter = said.toUpperCase();
  const kind = kindOfLetter(letter);
  if ((!kind && !RESERVED.test(letter)) || (of !== undefined && !kind?.parts)) return undefined;
  const part = of === undefined ? {} : { part: Number(of) };
  const number = Number(digits);
  return { kind: kind?.kind ?? letter, number, ...part, text: `${letter}-${number}${of ? `/${of}` : ""}` };
}

/** The item of this kind that a text names, where it names one that this person may know of. */
export async function knownBy<T extends Named>(
  c: Finding,
  kind: Kind<T>,
  text: string | undefined,
): Promise<T | undefined> {
  const found = text === undefined ? undefined : parseReference(text);
  return found?.kind === kind.kind ? kind.known(c, found.number) : undefined;
}
