import { sha256 } from "./canonical.js";

/** Merkle trees and inclusion proofs as certificate logs have them (RFC 9162, 2.1), over SHA-256. */

const [LEAF, NODE] = [Uint8Array.of(0), Uint8Array.of(1)];

export const leafHash = (leaf: string): Buffer => sha256(LEAF, leaf);
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** The largest power of two below `n`: where a tree of `n` leaves divides. */
const half = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** @param leaves hashes of leaves, one or more */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) return sha256();
  if (leaves.length === 1) return only;
  const k = half(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** The inclusion proof of a leaf: the hashes beside its way to the root, lowest first (RFC 9162, 2.1.3.1). */
export function pathOf(leaves: readonly Buffer[], index: number): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = half(leaves.length);
  return index < k
    ? [...pathOf(leaves.slice(0, k), index), rootOf(leaves.slice(k))]
    : [...pathOf(leaves.slice(k), index - k), rootOf(leaves.slice(0, k))];
}

/** The root that a proof leads to; undefined where it is too short or too long for the tree (RFC 9162, 2.1.3.2). */
export function rootFrom(leaf: Buffer, index: number, count: number, path: readonly Buffer[]): Buffer | undefined {
  if (index >= count) return undefined;
  let [at, last, hash] = [index, count - 1, leaf];
  for (const beside of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(beside, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, beside);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}
