import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";

/**
 * A PGlite in a thread of its own, for `threaded.ts`: what its statements take of a processor they take beside the event
 * loop. JavaScript, since a thread is begun with a file that Node reads as it is.
 *
 * In: `{ id, call: "query" | "exec" | "close", text, values }`. Out: `{ ready }` or `{ failed }` once, then
 * `{ id, result }` or `{ id, error }` for each, and `{ channel, payload }` for what is notified.
 */

/** An error's own fields, `code` and `constraint` among them, are lost where it is sent as it is. */
const fieldsOf = (error) => ({
  ...error,
  name: error?.name,
  message: String(error?.message ?? error),
  stack: error?.stack,
});

/** PostgreSQL takes 128 MB of shared buffers at once; behind one session the system's own cache does as well. */
const SMALL = ["-c", "shared_buffers=16MB"];

/**
 * V8 looks for garbage when memory is asked for. A thread that has come to rest asks for none, and would keep what opening
 * a database took, a hundred megabytes and more. Of what is left to look at, some megabytes, it takes milliseconds.
 */
const EVERY_MS = 15_000;
setFlagsFromString("--expose-gc");
setInterval(runInNewContext("gc"), EVERY_MS).unref();

const { directory, bytes } = workerData;
try {
  const database = await PGlite.create(directory, {
    extensions: { pg_trgm },
    loadDataDir: bytes && new Blob([bytes]),
    startParams: [...PGlite.defaultStartParams, ...SMALL],
  });
  database.onNotification((channel, payload) => parentPort.postMessage({ channel, payload }));
  const acts = {
    query: ({ text, values }) => database.query(text, values),
    exec: ({ text }) => database.exec(text),
    close: () => database.close(),
  };
  parentPort.on("message", async (asked) => {
    const { id, call } = asked;
    try {
      parentPort.postMessage({ id, result: await acts[call](asked) });
    } catch (error) {
      parentPort.postMessage({ id, error: fieldsOf(error) });
    }
  });
  parentPort.postMessage({ ready: true });
} catch (error) {
  parentPort.postMessage({ failed: fieldsOf(error) });
}
