import { EventEmitter } from "node:events";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";

/** Proxies and browsers close a stream that is silent for long. */
const HEARTBEAT_MS = 20_000;

/** The changes of one act come together and are told once. */
const GATHER_MS = 15;

type Event = "screens" | "clock";

/** Tells every open page that something changed; the page then reads what. */
export class Events {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #closed = false;

  tell(event: Event): void {
    this.#emitter.emit("event", event);
  }

  close(): void {
    this.#closed = true;
    this.#emitter.emit("close");
  }

  open(): void {
    this.#closed = false;
  }

  stream(c: Context): Response {
    return streamSSE(c, async (stream) => {
      const pending = new Set<Event>();
      let wake: () => void = () => {};
      let open = !this.#closed;
      const on = (event: Event) => {
        pending.add(event);
        wake();
      };
      const end = () => {
        open = false;
        wake();
      };
      this.#emitter.on("event", on);
      this.#emitter.once("close", end);
      stream.onAbort(end);
      await stream.writeSSE({ event: "hello", data: "" });
      while (open) {
        await new Promise<void>((resolve) => {
          const heartbeat = setTimeout(resolve, HEARTBEAT_MS);
          wake = () => {
            clearTimeout(heartbeat);
            setTimeout(resolve, GATHER_MS);
          };
          if (pending.size > 0 || !open) wake();
        });
        const news = [...pending];
        pending.clear();
        for (const event of news) await stream.writeSSE({ event, data: "" });
        if (open && news.length === 0) await stream.write(": still here\n\n");
      }
      this.#emitter.off("event", on);
      this.#emitter.off("close", end);
    });
  }
}
