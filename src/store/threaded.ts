import { EventEmitter } from "node:events";
import { Worker } from "node:worker_threads";
import type { Results } from "@electric-sql/pglite";

/** What `EmbeddedPool` asks of a PGlite, whether it runs here or in a thread. */
export type EmbeddedDatabase = {
  readonly closed: boolean;
  query<T>(text: string, values?: unknown[]): Promise<Results<T>>;
  exec(text: string): Promise<Results<Record<string, unknown>>[]>;
  /** @returns ends it */
  onNotification(heard: (channel: string, payload: string) => void): () => void;
  close(): Promise<void>;
};

type Call = { call: "query" | "exec" | "close"; text?: string; values?: unknown[] };
type Heard =
  | { ready: true }
  | { failed: object }
  | { id: number; result: unknown }
  | { id: number; error: object }
  | { channel: string; payload: string };

/**
 * A PGlite whose statements run in a thread of its own (pglite-worker.js): while one takes its time, sockets and timers
 * here are heard.
 */
export class ThreadedPGlite implements EmbeddedDatabase {
  readonly #asked = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  readonly #notified = new EventEmitter().setMaxListeners(0);
  #ids = 0;
  #over: Error | undefined;

  private constructor(private readonly thread: Worker) {}

  /**
   * @param directory where it keeps its files; `memory://` keeps nothing
   * @param from a dump of a data directory to begin with
   * @throws what PGlite says of a directory that it cannot open
   */
  static async open(directory: string, from?: Blob): Promise<ThreadedPGlite> {
    const bytes = await from?.arrayBuffer();
    const thread = new Worker(new URL("./pglite-worker.js", import.meta.url), {
      workerData: { directory, bytes },
      // What this process was told to load is nothing to a database.
      execArgv: [],
    });
    const opened = new ThreadedPGlite(thread);
    await new Promise<void>((resolve, reject) => {
      thread.on("message", (heard: Heard) => {
        if ("ready" in heard) resolve();
        else if ("failed" in heard) reject(errorOf(heard.failed));
        else opened.#hear(heard);
      });
      thread.on("error", (error) => reject(opened.#end(error)));
      thread.on("exit", () => reject(opened.#end(new Error("the database's thread has ended"))));
    });
    // From now on the process lives for what it asks, and not for the thread.
    thread.unref();
    return opened;
  }

  get closed(): boolean {
    return this.#over !== undefined;
  }

  query<T>(text: string, values: unknown[] = []): Promise<Results<T>> {
    return this.#ask({ call: "query", text, values });
  }

  exec(text: string): Promise<Results<Record<string, unknown>>[]> {
    return this.#ask({ call: "exec", text });
  }

  onNotification(heard: (channel: string, payload: string) => void): () => void {
    this.#notified.on("heard", heard);
    return () => this.#notified.off("heard", heard);
  }

  async close(): Promise<void> {
    await this.#ask({ call: "close" });
    this.#end(new Error("the database is closed"));
    await this.thread.terminate();
  }

  #ask<T>(asked: Call): Promise<T> {
    if (this.#over) return Promise.reject(this.#over);
    const id = this.#ids++;
    return new Promise<T>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.thread.ref();
      this.thread.postMessage({ id, ...asked });
    });
  }

  #hear(heard: Exclude<Heard, { ready: true } | { failed: object }>): void {
    if ("channel" in heard) {
      this.#notified.emit("heard", heard.channel, heard.payload);
      return;
    }
    const waiting = this.#asked.get(heard.id);
    this.#asked.delete(heard.id);
    if (this.#asked.size === 0) this.thread.unref();
    if ("error" in heard) waiting?.reject(errorOf(heard.error));
    else waiting?.resolve(heard.result as never);
  }

  /** Whoever waits is told, and whoever asks from now on. */
  #end(why: Error): Error {
    this.#over ??= why;
    for (const { reject } of this.#asked.values()) reject(this.#over);
    this.#asked.clear();
    return this.#over;
  }
}

const errorOf = (fields: object): Error => Object.assign(new Error(), fields);
