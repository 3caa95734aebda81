import type { Selectable } from "kysely";
import type { AccountRef, Deliverer, Delivery, Message, Platform } from "../../chat/index.js";
import type { Clock } from "../../lib/clock.js";
import type { Log } from "../../lib/log.js";
import type { CardRow, OutboxRow } from "../../store/schema.js";
import type { Queued, UnitOfWork } from "../../store/unit-of-work.js";
import type { Notification } from "../notification.js";

export type DeliveryParts = {
  inBody: <T>(body: string, act: (work: UnitOfWork) => Promise<T>) => Promise<T>;
  clock: Clock;
  log: Log;
  notifications: ReadonlyMap<string, Notification>;
  adapters: ReadonlyMap<Platform, Deliverer>;
  /** Puts rows into the queue again, after the commit. */
  enqueue: (body: string, rows: Queued[]) => void;
  /** Told after each row, for the metrics. */
  observe?: (outcome: "sent" | "nothing" | "passing" | "rate_limited" | "failed", seconds: number) => void;
};

/** One outbox row in one transaction. */
export type Attempt = { parts: DeliveryParts; id: string; work: UnitOfWork };

/** A send that has not answered after so long is taken for lost; the row is tried again. */
export const LEASE_SECONDS = 60;
/** So often a message that cannot be drawn is tried. */
export const MOST_BROKEN = 10;

/** @property seen what was committed before the drawing began (`changedSince`) */
export type Claimed = Selectable<OutboxRow> & { seen: string };

export type Claim =
  | { kind: "gone" }
  | { kind: "wait"; ms: number; priority: number }
  | { kind: "nothing" }
  | { kind: "unreachable" }
  | { kind: "overwrite"; row: Selectable<OutboxRow>; accounts: AccountRef[]; live: string; message: Message }
  | {
      kind: "send";
      row: Claimed;
      card?: Selectable<CardRow>;
      account?: AccountRef;
      delivery: Delivery;
      message: Message;
      waitMs: number;
    };

export type ToSend = Extract<Claim, { kind: "send" }>;

/** Decorrelated jitter: 1 s at first, at most 15 min. */
export const backoffMs = (attempts: number): number => {
  const ceiling = Math.min(15 * 60_000, 1_000 * 3 ** Math.min(attempts, 8));
  return Math.round(1_000 + Math.random() * Math.max(0, ceiling - 1_000));
};

export const tenantOf = ({ delivery }: { delivery: Delivery }): { platform: Platform; tenant: string } => {
  if (delivery.kind === "update") return delivery.ref.conversation;
  return "person" in delivery.to ? delivery.to.person : delivery.to.conversation;
};

export const platformOf = (claim: { delivery: Delivery }): Platform => tenantOf(claim).platform;
