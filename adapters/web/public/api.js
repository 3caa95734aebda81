// Talks to the workbench's server. The token proves that this page asks, not another site.

let token = "";

export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function call(path, init) {
  let answer;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new ApiError("offline", "Coord does not answer. Is it still running?");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError(body.error ?? "failed", body.message ?? "Something went wrong. Try again.");
  return body;
}

async function post(path, body, again = true) {
  const headers = { "content-type": "application/json", "x-workbench-token": token };
  try {
    return await call(path, { method: "POST", headers, body: JSON.stringify(body) });
  } catch (error) {
    // Coord was restarted: its new token is read, and the same act is asked once more.
    if (error.code !== "token" || !again) throw error;
    await session();
    return post(path, body, false);
  }
}

export async function session() {
  const answer = await call("/workbench/session");
  token = answer.token;
  return answer;
}

export const state = (persona) => call(`/workbench/state?persona=${encodeURIComponent(persona)}`);

/** The key is the delivery's own: asking again with the same key has no second effect. */
export const newKey = () => crypto.randomUUID();

export const act = (persona, what, key = newKey()) => post("/workbench/act", { persona, key, act: what });

export const moveClock = (move) => post("/workbench/clock", move);

export const makeTrouble = (next) => post("/workbench/trouble", { next });

/** @param {{ screens: () => void, clock: () => void, hello: () => void, lost: () => void }} on */
export function listen(on) {
  const source = new EventSource("/workbench/events");
  source.addEventListener("hello", on.hello);
  source.addEventListener("screens", on.screens);
  source.addEventListener("clock", on.clock);
  source.addEventListener("error", on.lost);
}
