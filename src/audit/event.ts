import { canonical, sha256 } from "./canonical.js";

/** What a seal covers of an event. Not its words, which may be erased: their commitment stands for them. */
export type Recorded = {
  id: number;
  body_id: string | null;
  at: Date;
  actor_id: string | null;
  action: string;
  item_kind: string | null;
  item_id: string | null;
  item_ref: string | null;
  code: string | null;
  detail: Record<string, unknown>;
  commitment: string | null;
  salt: string | null;
};

export const RECORDED = [
  "id",
  "body_id",
  "at",
  "actor_id",
  "action",
  "item_kind",
  "item_id",
  "item_ref",
  "code",
  "detail",
  "commitment",
  "salt",
] as const satisfies readonly (keyof Recorded)[];

/** The leaf of an event, byte by byte: docs/audit.md says how to check it without Coord. */
export const leafOf = (event: Recorded): string =>
  canonical({
    id: event.id,
    body: event.body_id,
    at: event.at.toISOString(),
    actor: event.actor_id,
    action: event.action,
    itemKind: event.item_kind,
    itemId: event.item_id,
    itemRef: event.item_ref,
    code: event.code,
    detail: event.detail,
    commitment: event.commitment,
    salt: event.salt,
  });

/** Version 1: one hash over all events of a seal. */
export function flatHash(n: number, previous: string, events: readonly Recorded[]): string {
  const text = events.map((event) =>
    JSON.stringify([
      event.id,
      event.at.toISOString(),
      event.actor_id,
      event.action,
      event.item_kind,
      event.item_id,
      event.item_ref,
      event.code,
      // jsonb does not keep the order of keys.
      Object.entries(event.detail).sort(([a], [b]) => (a < b ? -1 : 1)),
      event.commitment,
    ]),
  );
  return sha256(`${n}\n${previous}\n`, ...text).toString("hex");
}
