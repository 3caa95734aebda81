import type { Selectable } from "kysely";
import type { SealRow } from "../store/schema.js";
import { canonical, sha256 } from "./canonical.js";

/** A seal of version 2 as it is hashed. What is not in here nobody can rely on. */
export type Seal = {
  body: string;
  n: number;
  /** Hash of the seal before; empty for the first. */
  previous: string;
  /** Hash of the seal `skipOf(n)`; empty where there is none. */
  skip: string;
  /** Merkle root of the events, and how many they are. */
  root: string;
  count: number;
  /** How many events are sealed up to and with this one. */
  size: number;
  /** Every event of a transaction before it is sealed, in the cluster that counts them so. */
  horizon: string;
  cluster: string;
  /** Events up to this number were counted by another cluster: the horizon says nothing of them. */
  floor: number;
  /** ISO 8601, UTC; never before that of the seal before. */
  sealedAt: string;
};

export const sealText = (seal: Seal): string => canonical({ ...seal, type: "coord-seal", version: 2 });
export const sealHash = (seal: Seal): string => sha256(sealText(seal)).toString("hex");

export const sealIn = (row: Selectable<SealRow>): Seal => ({
  body: row.body_id,
  n: row.n,
  previous: row.previous,
  skip: row.skip ?? "",
  root: row.root ?? "",
  count: row.event_ids.length,
  size: Number(row.size),
  horizon: row.horizon,
  cluster: row.cluster ?? "",
  floor: Number(row.floor),
  sealedAt: row.sealed_at.toISOString(),
});

/**
 * The seal that a seal points back to beside the one before: its number without the lowest bit that is set. From a
 * million seals on, fewer than two hundred lead to any of them (skip lists of time-stamps: Buldas et al., 1998).
 */
export const skipOf = (n: number): number => n & (n - 1);

/** Numbers of the seals on the way from `from` down to `to`, both included: each points to the next. */
export function way(from: number, to: number): number[] {
  const numbers = [from];
  for (let n = from; n > to; ) {
    n = skipOf(n) >= to ? skipOf(n) : n - 1;
    numbers.push(n);
  }
  return numbers;
}

/** What a head says: that so many events stand in a chain that ends so. Kept elsewhere, it shows what was changed since. */
export type Head = { n: number; hash: string; size: number; at: Date };
