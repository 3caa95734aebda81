import {
  type AdapterLog,
  type AdapterStore,
  type Admission,
  type ConversationRef,
  encodable,
  FULL,
  type Inbound,
  isId,
  type MemberChange,
  type Receive,
} from "../../src/chat/index.js";
import { type Answer, Answers } from "./answer.js";
import { type Audiences, audienceChangedBy } from "./audience.js";
import type { Workspaces } from "./client.js";
import { errorCode } from "./errors.js";
import { OPEN, readActionId } from "./ids.js";
import type { Installer } from "./install.js";
import type { Members } from "./members.js";
import { at, list, str } from "./payload.js";
import { installedIn, normalise, togetherIn } from "./receive.js";

/** What is looked up before the core is asked. */
const idsIn = (body: unknown): (string | undefined)[] => {
  const { team, enterprise } = installedIn(body);
  const [acted] = list(body, "actions");
  return [team, enterprise, str(body, "view", "id"), str(body, "view", "hash"), str(acted, "action_id")];
};

/**
 * One payload to what acknowledges it and what is done after that. A throw means that nothing was kept;
 * what is done after never throws.
 * @param last Slack does not bring it again
 */
export type Handle = (body: unknown, delivery: string, last?: boolean) => Promise<Handled>;
/** `unreadable`: named as nothing in Slack is; there is nothing to do and nobody to answer. */
export type Handled = { ack?: unknown; unreadable?: true; after(): Promise<void> };

/** An event that was not begun: Slack brings it again. */
export class FullError extends Error {
  override readonly name = "FullError";
}

export type DispatchOptions = {
  receive: Receive;
  answers: Answers;
  workspaces: Workspaces;
  audiences: Audiences;
  members: Members;
  store: AdapterStore;
  log: AdapterLog;
  now: () => Date;
  installer?: Installer;
  /** Absent: there is always room. */
  admission?: Admission;
  onUninstalled?: (tenant: string) => Promise<void>;
  onAudienceChanged?: (conversation: ConversationRef) => Promise<void>;
  onMemberChanged?: (told: MemberChange) => Promise<void>;
};

/** The order of acts: keep, acknowledge, and only then call Slack, who waits 3 seconds for the acknowledgement. */
export function createDispatch(options: DispatchOptions): Handle {
  const { admission, now, log } = options;
  return async (received, delivery, last = false) => {
    const since = now().getTime();
    const body = encodable(received);
    if (!idsIn(body).every(isId)) return { unreadable: true, after: async () => {} };
    const begin = () => decide(body, delivery, since, options);
    const decided = admission ? await admission.enter(begin) : await begin();
    const { ack, act } = decided === FULL ? await full(body, delivery, last, since, options) : decided;
    return {
      ack,
      async after() {
        try {
          await act?.();
        } catch (error) {
          log.warn("slack.answer_failed", { code: errorCode(error) });
        }
      },
    };
  };
}

/**
 * Nothing of it was kept. An event comes again by itself, so its author is told only where it does not; whoever typed,
 * pressed or sent something is told at once, since Slack brings none of that again.
 */
async function full(
  body: unknown,
  delivery: string,
  last: boolean,
  since: number,
  { admission, answers, members }: DispatchOptions,
): Promise<Answer> {
  if (isRevocation(body)) throw new FullError();
  const inbound = normalise(body, { delivery });
  if (!inbound || !admission) {
    const { team } = installedIn(body);
    if (audienceChangedBy(body, team) || members.changed(body, team)) throw new FullError();
    return {};
  }
  if (str(body, "type") === "event_callback" && !last) throw new FullError();
  return answers.answer(body, inbound, admission.full(inbound), since);
}

async function decide(body: unknown, delivery: string, since: number, options: DispatchOptions): Promise<Answer> {
  const { receive, answers, workspaces, members, audiences } = options;
  if (isRevocation(body)) {
    await revoke(body, options);
    return {};
  }
  const offered = offerClicked(body);
  if (offered) return answers.openOffered(body, offered);

  const { team, enterprise } = installedIn(body);
  const told = members.changed(body, team);
  if (told) {
    audiences.forget(told.account.user);
    await options.onMemberChanged?.(told);
    members.keep(told);
  }
  const changed = audienceChangedBy(body, team);
  if (changed) await options.onAudienceChanged?.(changed);
  const bot = team === undefined ? undefined : await workspaces.identity(team, enterprise);
  const inbound = normalise(body, { delivery, bot });
  if (!inbound) return {};
  const together = togetherIn(body);
  if (together) await workspaces.remember(together.team, together.enterprise);
  return answers.answer(body, inbound, await receive(await keyed(inbound, body, options.store)), since);
}

/** A form that came back with errors keeps its view id and hash, yet sending it again is a new act. */
async function keyed(inbound: Inbound, body: unknown, store: AdapterStore): Promise<Inbound> {
  if (inbound.type !== "submit") return inbound;
  const refused = await store.get(Answers.refusedKey(body));
  return refused === undefined ? inbound : { ...inbound, key: `${inbound.key}:${refused}` };
}

function offerClicked(body: unknown): string | undefined {
  const [acted] = list(body, "actions");
  return readActionId(str(acted, "action_id") ?? "").id === OPEN ? str(acted, "value") : undefined;
}

const isRevocation = (body: unknown): boolean => {
  const type = str(body, "event", "type");
  return (
    str(body, "type") === "event_callback" &&
    (type === "app_uninstalled" || (type === "tokens_revoked" && list(body, "event", "tokens", "bot").length > 0))
  );
};

async function revoke(body: unknown, { installer, onUninstalled, log }: DispatchOptions): Promise<void> {
  const { team, enterprise } = installedIn(body);
  // One workspace of an Enterprise Grid that leaves does not end the installation of the whole.
  const whole =
    team === undefined || list(body, "authorizations").some((one) => at(one, "is_enterprise_install") === true);
  const endedAt = Number(at(body, "event_time")) || Date.now() / 1_000;
  if (installer && !(await installer.installations.forget(whole ? { enterprise } : { team }, endedAt))) return;
  log.info("slack.uninstalled", { enterprise: whole });
  const tenant = whole ? (enterprise ?? team) : team;
  if (tenant) await onUninstalled?.(tenant);
}
