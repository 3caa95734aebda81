/** Bodies that strangers send: read to a limit, within a time, and never more of all together than fits. */

/** A request as far as its body is read; Node's is one. */
export type Sent = {
  readonly headers: { readonly "content-length"?: string };
  on(event: "data", listener: (chunk: Buffer) => void): unknown;
  on(event: "end" | "close" | "error", listener: () => void): unknown;
};

/** 408: too slow, or broken off. 413: too large. 503: it had to give way to others. */
export type Unread = { refused: 408 | 413 | 503 };

export type BodyLimits = {
  /** Bytes of all bodies that are being read or worked on. */
  total: number;
  /** Platforms send a body at once: whoever takes longer holds memory for nothing. */
  ms: number;
};

/** What a piece of a body costs beside its bytes, so that single bytes do not pass for nothing. */
const PIECE_BYTES = 256;

type Reading = { held: number; refuse: (why: Unread) => void };

/**
 * One for each door, so that a flood at one leaves the others open. Where the total is reached, the body that has been
 * coming for longest gives way: a platform's own is whole within moments, a sender who stalls is the oldest.
 */
export class BodyReader {
  /** The oldest first. */
  readonly #reading = new Set<Reading>();
  #held = 0;

  constructor(private readonly limits: BodyLimits) {}

  /** Bytes held at this moment. */
  get held(): number {
    return this.#held;
  }

  /**
   * The rest of a body that was refused is the caller's to let go.
   * @returns what `use` makes of the body, or why it was not read to its end
   */
  async read<T>(request: Sent, most: number, use: (body: string) => Promise<T>): Promise<T | Unread> {
    if (Number(request.headers["content-length"] ?? 0) > most) return { refused: 413 };
    const reading: Reading = { held: 0, refuse: () => undefined };
    try {
      const body = await this.#collect(request, most, reading);
      return typeof body === "string" ? await use(body) : body;
    } finally {
      this.#release(reading);
    }
  }

  #collect(request: Sent, most: number, reading: Reading): Promise<string | Unread> {
    return new Promise((resolve) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      let over = false;
      const end = (result: string | Unread) => {
        over = true;
        clearTimeout(late);
        this.#reading.delete(reading);
        pieces.length = 0;
        if (typeof result !== "string") this.#release(reading);
        resolve(result);
      };
      const late = setTimeout(() => end({ refused: 408 }), this.limits.ms);
      reading.refuse = end;
      this.#reading.add(reading);
      request.on("data", (piece) => {
        if (over) return;
        bytes += piece.length;
        if (bytes > most) return end({ refused: 413 });
        pieces.push(piece);
        reading.held += piece.length + PIECE_BYTES;
        this.#held += piece.length + PIECE_BYTES;
        if (this.#held > this.limits.total) this.#oldest()?.refuse({ refused: 503 });
      });
      request.on("end", () => !over && end(Buffer.concat(pieces).toString("utf8")));
      request.on("error", () => !over && end({ refused: 408 }));
      request.on("close", () => !over && end({ refused: 408 }));
    });
  }

  #release(reading: Reading): void {
    this.#held -= reading.held;
    reading.held = 0;
  }

  #oldest(): Reading | undefined {
    for (const reading of this.#reading) return reading;
    return undefined;
  }
}
