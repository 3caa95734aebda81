import { setTimeout as sleep } from "node:timers/promises";
import type { types } from "@slack/bolt";
import {
  type AccountRef,
  type AdapterLog,
  type AdapterStore,
  DeliveryError,
  type Message,
  type PermanentReason,
  readOnly,
} from "../../src/chat/index.js";
import type { Workspaces } from "./client.js";
import { errorCode, translate } from "./errors.js";
import { renderForm } from "./render.js";

/** A form that is `live`, shown to somebody: whose it is, and which token can change it. */
export type Reading = {
  person: AccountRef;
  live: string;
  /** The workspace that it was opened in, which in a shared channel is not the person's own. */
  team: string;
  enterprise?: string;
  /** What its button says in the reader's language. */
  close: string;
  /** When the request came that it answers: the right to it was checked after that. */
  since: number;
};

type Open = {
  id: string;
  team: string;
  enterprise?: string;
  close: string;
  /** Set: it is shown by an acknowledgement, sent at that moment, and may still be on its way to Slack. */
  sent?: number;
};

type Overwritten = { at: number; message: Message };

/** Slack keeps no modal longer. */
const DAY_MS = 86_400_000;
/** Of one form to one person. */
const MOST_OPEN = 10;
/** By so much the clocks of two processes may differ. */
const SKEW_MS = 1_000;
/** After so long Slack has applied an acknowledgement, or never will. */
const ON_ITS_WAY_MS = 2_000;
/** How often one view that opened too late is tried. */
const TRIES = 5;

/** docs.slack.dev/reference/methods/views.update: whoever has closed it reads nothing any more. */
const CLOSED = new Set(["not_found", "view_not_found"]);
/** Where Coord may not act nothing can be overwritten, now or later. */
const OVER: ReadonlySet<PermanentReason> = new Set(["account_gone", "bot_removed", "token_revoked"]);

/**
 * Which live forms stand on whose screen, so that they can be overwritten.
 *
 * A view can open while it is taken back: the right was there when it was asked for, its id is known only when Slack
 * has opened it, and an overwriting in between finds nothing. So each overwriting first leaves a mark and then looks
 * for views; each opening first writes down its view and then looks for a mark. Whichever comes second sees the other.
 * A mark that is older than the request does not count: the right was checked after it.
 */
export class LiveViews {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly workspaces: Workspaces,
    private readonly store: AdapterStore,
    private readonly log: AdapterLog,
    private readonly now: () => Date,
  ) {}

  async remember(it: Reading, id: string, sent?: number): Promise<void> {
    const { team, enterprise, close } = it;
    const open: Open = { id, team, enterprise, close, sent };
    await this.#change(it.person, it.live, (all) => [...all.filter((one) => one.id !== id), open].slice(-MOST_OPEN));
  }

  /** @returns what is to be shown instead, where it was overwritten since it was asked for */
  async insteadOf(it: Reading): Promise<types.ModalView | undefined> {
    const kept = await this.store.get(markKey(await this.#whose(it.person), it.live));
    if (kept === undefined) return undefined;
    const { at, message } = JSON.parse(kept) as Overwritten;
    return at + SKEW_MS < it.since ? undefined : renderForm(readOnly(message, it.close));
  }

  /** Looks once more at a view that is now open. Nobody else will: the overwriting is over, so it is tried again here. */
  async settle(it: Reading, id: string): Promise<void> {
    const instead = await this.insteadOf(it);
    if (!instead) return;
    for (let tries = 1; ; tries++) {
      const failed = await this.#replace({ ...it, id }, instead);
      if (!failed) return;
      if (tries === TRIES) throw failed;
      await sleep(failed.outcome.kind === "rate_limited" ? failed.outcome.retryAfterMs : 1_000 * tries);
    }
  }

  async overwrite(person: AccountRef, live: string, message: Message): Promise<void> {
    const at = this.now().getTime();
    const mark: Overwritten = { at, message };
    await this.store.set(markKey(await this.#whose(person), live), JSON.stringify(mark), this.#tomorrow());
    const done = new Set<string>();
    let failure: DeliveryError | undefined;
    for (const open of await this.#read(person, live)) {
      const failed =
        (await this.#replace(open, renderForm(readOnly(message, open.close)))) ??
        // What is on its way would come on top of this: it is overwritten again.
        (at - (open.sent ?? 0) < ON_ITS_WAY_MS ? DeliveryError.passing("a view may be on its way") : undefined);
      if (!failed) done.add(open.id);
      else if (failure?.outcome.kind !== "rate_limited") failure = failed;
    }
    if (done.size > 0) await this.#change(person, live, (all) => all.filter(({ id }) => !done.has(id)));
    if (failure) throw failure;
  }

  /** @returns why it may still be readable */
  async #replace(open: Omit<Open, "close" | "sent">, view: types.ModalView): Promise<DeliveryError | undefined> {
    try {
      const client = await this.workspaces.client(open.team, open.enterprise);
      await client.views.update({ view_id: open.id, view });
    } catch (error) {
      const code = errorCode(error);
      if (CLOSED.has(code)) return undefined;
      const failed = translate(error);
      if (failed.outcome.kind !== "permanent") return failed;
      this.log.warn("slack.overwrite_failed", { code });
      return OVER.has(failed.outcome.reason) ? undefined : DeliveryError.passing(code);
    }
    return undefined;
  }

  async #read(person: AccountRef, live: string): Promise<Open[]> {
    return JSON.parse((await this.store.get(viewsKey(await this.#whose(person), live))) ?? "[]") as Open[];
  }

  /** One change at a time: the store has no list to add to. */
  #change(person: AccountRef, live: string, how: (all: Open[]) => Open[]): Promise<void> {
    const change = this.#turn.then(async () => {
      const all = how(await this.#read(person, live));
      const key = viewsKey(await this.#whose(person), live);
      if (all.length === 0) await this.store.remove(key);
      else await this.store.set(key, JSON.stringify(all), this.#tomorrow());
    });
    this.#turn = change.catch(() => undefined);
    return change;
  }

  /** Somebody opens forms in every workspace of the organisation, and is known to the core by one of them. */
  async #whose({ tenant, user }: AccountRef): Promise<string> {
    return `${(await this.workspaces.enterpriseOf(tenant)) ?? tenant}:${user}`;
  }

  #tomorrow(): Date {
    return new Date(this.now().getTime() + DAY_MS);
  }
}

const viewsKey = (whose: string, live: string): string => `slack:live:${whose}:${live}`;
const markKey = (whose: string, live: string): string => `slack:overwritten:${whose}:${live}`;
