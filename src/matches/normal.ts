/** Why something typed as an identifier is none. Never with what was typed: that may be shown, logged and mailed. */
export type NotNormal =
  | "empty"
  | "too_short"
  | "not_a_number"
  | "no_country"
  | "check_digit"
  | "not_a_document"
  | "not_a_vessel"
  | "not_a_plate"
  | "not_an_account"
  | "not_a_name";

export type Normal =
  | {
      ok: true;
      /** Canonical forms, `namespace:form`, the most telling first. Two entries meet when they share one. */
      forms: readonly string[];
      /** Something the writer should look at again, though it stands: `vin_check_digit`. */
      hint?: string;
    }
  | { ok: false; reason: NotNormal; hint?: string };

/** ISO 3166-1 alpha-2 of the agency, for what is written as at home: a phone without +, a plate without a country. */
export type Context = { country?: string };

export const found = (...forms: string[]): Normal => ({ ok: true, forms: [...new Set(forms)] });

export const refused = (reason: NotNormal, hint?: string): Normal => ({
  ok: false,
  reason,
  ...(hint === undefined ? {} : { hint }),
});
