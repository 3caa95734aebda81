import type { Head } from "./chain.js";
import type { HeadFinding } from "./findings.js";

/** A head that somebody kept elsewhere: signed, or its short form (`812:9f2c7a1b0c3d4e5f`), of which only the start of the hash is known. */
export type KeptHead = {
  n: number;
  hash: string;
  size?: number;
  /** The signature does not fit: it says nothing of the chain. */
  forged?: true;
  /** Signed by a key that is not this deployment's: it is held against the chain all the same. */
  foreign?: string;
};

/** Holds kept heads against the seals as they come by. */
export class HeadsKept {
  readonly #byN = new Map<number, KeptHead[]>();
  readonly #forged: number[] = [];
  /** By key, how many and the first of them. */
  readonly #foreign = new Map<string, { seal: number; count: number }>();
  readonly #bad: { kept: KeptHead; size: number }[] = [];
  #good: Head | undefined;

  constructor(kept: readonly KeptHead[]) {
    for (const head of kept) {
      if (head.forged) {
        this.#forged.push(head.n);
        continue;
      }
      if (head.foreign) {
        const { seal, count } = this.#foreign.get(head.foreign) ?? { seal: head.n, count: 0 };
        this.#foreign.set(head.foreign, { seal, count: count + 1 });
      }
      const same = this.#byN.get(head.n);
      if (same) same.push(head);
      else this.#byN.set(head.n, [head]);
    }
  }

  meet(head: Head): void {
    for (const kept of this.#byN.get(head.n) ?? []) {
      if (!head.hash.startsWith(kept.hash)) this.#bad.push({ kept, size: head.size });
      else if (this.#bad.length === 0) this.#good = head;
    }
    this.#byN.delete(head.n);
  }

  /** @param last where the chain ends. Whatever was not met lies after it. */
  findings(last: Head | undefined): HeadFinding[] {
    const found: HeadFinding[] = [...this.#foreign].map(([key, of]) => ({ why: "key", key, ...of }));
    const [seal] = this.#forged;
    if (seal !== undefined) found.push({ why: "signature", seal, count: this.#forged.length });
    const [first] = this.#bad;
    if (first)
      found.push({
        why: "rewritten",
        seal: first.kept.n,
        after: this.#good?.n ?? 0,
        atLeast: most(this.#bad.map(({ kept, size }) => (kept.size ?? 0) - size)),
        since: this.#good?.at,
      });
    const beyond = [...this.#byN.values()].flat();
    if (beyond.length)
      found.push({
        why: "cut",
        seal: (last?.n ?? 0) + 1,
        until: most(beyond.map(({ n }) => n)),
        atLeast: most(beyond.map(({ size }) => (size ?? 0) - (last?.size ?? 0))),
        since: last?.at,
      });
    return found;
  }
}

/** Zero or more; a file of heads is too long for the arguments of a function. */
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);
