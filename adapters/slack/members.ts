import type { MemberChange } from "../../src/chat/index.js";
import { at, list, str } from "./payload.js";

/** As many people are kept in mind; a few megabytes. */
const MOST = 20_000;

type Kept = { said: string; outside: boolean };

/**
 * `user_change` comes with every status that anybody of a workspace sets (docs.slack.dev/reference/events/user_change):
 * only what is new of what matters here is passed on.
 */
export class Members {
  readonly #kept = new Map<string, Kept>();

  /** @returns what is new of somebody by this delivery */
  changed(body: unknown, tenant: string | undefined): MemberChange | undefined {
    if (str(body, "type") !== "event_callback" || str(body, "event", "type") !== "user_change") return undefined;
    const user = at(body, "event", "user");
    const id = str(user, "id");
    if (!id || !tenant || at(user, "is_bot") === true) return undefined;
    const told = toldOf(user, { platform: "slack", tenant, user: id });
    const before = this.#kept.get(keyOf(told));
    const outside = isOutside(user);
    if (before?.said === JSON.stringify(told) && before.outside === outside) return undefined;
    // Who was a guest before this process began is not known: until the daily round their channels stay as they are.
    const readers = before === undefined ? outside : before.outside !== outside;
    const siblings = list(user, "enterprise_user", "teams").filter((one): one is string => typeof one === "string");
    return { ...told, ...(readers ? { readersIn: [...new Set([tenant, ...siblings])] } : {}), outside };
  }

  /** What was followed is not new any more. */
  keep({ outside, readersIn: _, ...told }: MemberChange): void {
    this.#kept.delete(keyOf(told));
    this.#kept.set(keyOf(told), { said: JSON.stringify(told), outside });
    if (this.#kept.size > MOST) this.#kept.delete(this.#kept.keys().next().value ?? "");
  }
}

type Told = Omit<MemberChange, "readersIn" | "outside">;

const keyOf = ({ account }: Pick<MemberChange, "account">): string => `${account.tenant} ${account.user}`;

const toldOf = (user: unknown, account: MemberChange["account"]): Told => ({
  account,
  name: str(user, "profile", "real_name") || str(user, "real_name") || str(user, "profile", "display_name"),
  handle: str(user, "name"),
  // Only with a scope that Coord does not ask for.
  email: str(user, "profile", "email"),
  zone: str(user, "tz"),
  gone: at(user, "deleted") === true,
});

/** A guest, or somebody of another organisation (…/reference/objects/user-object). */
const isOutside = (user: unknown): boolean =>
  ["is_restricted", "is_ultra_restricted", "is_stranger"].some((flag) => at(user, flag) === true);
