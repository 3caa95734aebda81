/** What is wrong with a record, and where. `events` are numbers of events, the first few of `count`. */
export type Finding =
  | { why: "removed" | "words" | "misdated" | "twice"; seal: number; count: number; events: number[] }
  /** The events of a seal are not those that were sealed, or not in that order; or the seal itself was changed. */
  | { why: "altered" | "seal"; seal: number }
  | { why: "gap"; seal: number; until: number }
  /** It does not point to the seal before, or to the one further back. */
  | { why: "link"; seal: number }
  | { why: "clock" | "horizon"; seal: number }
  /** A seal after them says that they should be sealed, and none holds them. */
  | { why: "outside" | "bodiless"; count: number; events: number[] }
  /** Data keys in the database are not those that the secret keys wrapped. */
  | { why: "keys" }
  | { why: "late"; count: number; since: Date }
  | HeadFinding;

/** What heads that were kept elsewhere say of the chain. */
export type HeadFinding =
  /** The chain ends before the head does. */
  | { why: "cut"; seal: number; until: number; atLeast: number; since?: Date }
  /** There are seals up to it, and others than there were. `after`: the last that a head confirms. */
  | { why: "rewritten"; seal: number; after: number; atLeast: number; since?: Date }
  | { why: "signature"; seal: number; count: number }
  | { why: "key"; seal: number; count: number; key: string };

const SHOWN = 10;

/** Findings of a kind that may be many are told by their first few and how many. */
export class Many {
  count = 0;
  readonly events: number[] = [];

  add(...ids: number[]): void {
    this.count += ids.length;
    this.events.push(...ids.slice(0, SHOWN - this.events.length));
  }
}

/** A set of numbers of events at a bit each, in pieces, since an owner may have numbered one as they liked. */
export class IdSet {
  readonly #pieces = new Map<number, Uint8Array>();

  /** @returns false where it was there already */
  add(id: number): boolean {
    const [byte, bit] = this.#place(id, true);
    const piece = this.#pieces.get(Math.floor(id / PIECE));
    if (!piece || ((piece[byte] ?? 0) & bit) !== 0) return false;
    piece[byte] = (piece[byte] ?? 0) | bit;
    return true;
  }

  has(id: number): boolean {
    const [byte, bit] = this.#place(id, false);
    return ((this.#pieces.get(Math.floor(id / PIECE))?.[byte] ?? 0) & bit) !== 0;
  }

  #place(id: number, makes: boolean): [byte: number, bit: number] {
    const key = Math.floor(id / PIECE);
    if (makes && !this.#pieces.has(key)) this.#pieces.set(key, new Uint8Array(PIECE / 8));
    const at = ((id % PIECE) + PIECE) % PIECE;
    return [at >> 3, 1 << (at & 7)];
  }
}

const PIECE = 65_536;
