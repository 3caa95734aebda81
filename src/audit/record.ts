import { randomBytes } from "node:crypto";
import { json } from "../store/database.js";
import { later } from "../store/later.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { sealWords } from "../store/vault.js";

/**
 * What is done to each kind of thing, as the record calls it. Each room says its own, in `actions.ts`.
 */
export interface ActsOn {
  audit: "exported";
  body: "digest" | "ladder" | "meetings";
}

/** `task.agreed`, `people.added`, `refused` … A summary can count what is written, and nothing else. */
export type ActionName = "refused" | { [Kind in keyof ActsOn]: `${Kind}.${ActsOn[Kind]}` }[keyof ActsOn];

export type Happening = {
  action: ActionName;
  /** Who did it; absent for what the clock did. */
  actorId?: string;
  item?: { kind: string; id: string; ref?: string };
  /** A reason code. */
  code?: string;
  /** Figures, states, agencies and instants. Never a person's words. */
  detail?: Record<string, string | number | boolean | null | undefined>;
  /** Free words: encrypted, with a commitment in the event. */
  words?: string;
};

/** Writes what happened. Append-only: the role that works here may neither change nor remove an event. */
export const record = (work: UnitOfWork, happening: Happening): Promise<void> => recordAll(work, [happening]);

type Actor = { work: UnitOfWork; person: { id: string }; onBehalf?: { agency: { handle: string } } };

/** What somebody did: it is the person who typed, and for which agency where they acted for another. */
export const recordAct = (c: Actor, { detail, ...act }: Omit<Happening, "actorId">): Promise<void> =>
  record(c.work, { ...act, actorId: c.person.id, detail: { ...detail, onBehalf: c.onBehalf?.agency.handle } });

/** Many at once, in one statement. */
export async function recordAll(work: UnitOfWork, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return;
  const rows = await Promise.all(happenings.map((happening) => rowOf(work, happening)));
  await later(work.tx, work.tx.insertInto("events").values(rows));
}

async function rowOf(work: UnitOfWork, happening: Happening) {
  const sealed = happening.words === undefined ? undefined : sealWords(await work.cipher(), happening.words);
  return {
    at: work.now,
    actor_id: happening.actorId ?? null,
    action: happening.action,
    item_kind: happening.item?.kind ?? null,
    item_id: happening.item?.id ?? null,
    item_ref: happening.item?.ref ?? null,
    code: happening.code ?? null,
    detail: json(happening.detail ?? {}),
    words: sealed?.words ?? null,
    commitment: sealed?.commitment ?? null,
    salt: randomBytes(16).toString("hex"),
  };
}
