import type { Messages } from "../i18n/index.js";

/**
 * One clear sentence for the person: what was wrong and what to type instead. It is an answer, not a failure:
 * what the handler wrote is undone and the reader's language is chosen last.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  /** @param code kept in the audit trail where the attempt itself matters */
  constructor(
    readonly say: (t: Messages) => string,
    readonly code?: string,
  ) {
    super("refused");
  }
}

export const refuse = (say: (t: Messages) => string, code?: string): never => {
  throw new Refusal(say, code);
};
