/** Typed references: the letter says the kind. */
export const KINDS = {
  T: "task",
  M: "meeting",
  D: "decision",
  I: "information",
  U: "use_request",
  R: "request",
  X: "return",
  A: "authority",
  K: "training",
  O: "objective",
  S: "summary",
} as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];

export type Reference = {
  kind: Kind;
  number: number;
  /** Of a meeting: which of its occurrences; of an objective: which of its indicators. */
  part?: number;
  text: string;
};

/** `T-104`, also `t104`, `#T–104`, `*T-104*` and `T-104.` as people type and paste it; `M-12/3` is the third occurrence of a meeting, `O-5/2` an indicator. */
export function parseReference(text: string): Reference | undefined {
  const match =
    /^[#(*_~`]{0,3}(?:([TDIURXAKS])[- ]?(\d{1,9})|([MO])[- ]?(\d{1,9})(?:\/([1-9]\d{0,3}))?)[.,:;!?)*_~`]{0,4}$/i.exec(
      text.trim().replace(/\p{Pd}|−/u, "-"),
    );
  const letter = (match?.[1] ?? match?.[3])?.toUpperCase() as keyof typeof KINDS | undefined;
  if (!letter) return undefined;
  const number = Number(match?.[2] ?? match?.[4]);
  const part = match?.[5] === undefined ? {} : { part: Number(match[5]) };
  return { kind: KINDS[letter], number, ...part, text: `${letter}-${number}${match?.[5] ? `/${match[5]}` : ""}` };
}
