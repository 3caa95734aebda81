/** Typed references (DESIGN 3): the letter says the kind. */
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
} as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];

export type Reference = { kind: Kind; number: number; text: string };

/** `T-104`, also `t104` and `T 104` as people type it. */
export function parseReference(text: string): Reference | undefined {
  const match = /^([TMDIURXAKO])[- ]?(\d{1,9})$/i.exec(text.trim());
  const letter = match?.[1]?.toUpperCase() as keyof typeof KINDS | undefined;
  return letter && { kind: KINDS[letter], number: Number(match?.[2]), text: `${letter}-${Number(match?.[2])}` };
}
