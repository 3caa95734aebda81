/** Why a delivery can never succeed, whatever the number of tries. */
export type PermanentReason =
  | "account_gone"
  | "bot_removed"
  | "token_revoked"
  | "channel_gone"
  | "blocked"
  | "message_gone"
  | "too_large"
  | "refused";

/** An SDK's error, translated once at the edge. Its message holds no content and no secret. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";

  private constructor(
    message: string,
    readonly outcome:
      | { kind: "passing"; retryAfterMs?: number }
      | { kind: "rate_limited"; retryAfterMs: number }
      | { kind: "permanent"; reason: PermanentReason },
  ) {
    super(message);
  }

  /** Down, slow or confused: try again later. */
  static passing(message: string): DeliveryError {
    return new DeliveryError(message, { kind: "passing" });
  }

  /** HTTP 429: try again after so many milliseconds, and never give up for it. */
  static rateLimited(retryAfterMs: number): DeliveryError {
    return new DeliveryError(`rate limited for ${retryAfterMs} ms`, { kind: "rate_limited", retryAfterMs });
  }

  static permanent(reason: PermanentReason, message: string): DeliveryError {
    return new DeliveryError(message, { kind: "permanent", reason });
  }
}
