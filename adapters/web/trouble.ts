import { z } from "zod";
import { DeliveryError } from "../../src/chat/index.js";

/** What can go wrong on a platform's side, to be tried out: the next delivery fails in this way, once. */
export const troubleKind = z.enum(["rate_limited", "server_error", "account_gone"]);

export type TroubleKind = z.infer<typeof troubleKind>;

export function troubleError(kind: TroubleKind): DeliveryError {
  switch (kind) {
    case "rate_limited":
      return DeliveryError.rateLimited(2_000);
    case "server_error":
      return DeliveryError.passing("the workbench plays a platform that is down");
    case "account_gone":
      return DeliveryError.permanent("account_gone", "the workbench plays an account that is gone");
  }
}
