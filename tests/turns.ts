import { EmbeddedClient } from "../src/store/embedded.js";

/** One transaction of the embedded database, for as long as which nobody else had a turn. */
export type Turn = { cpuMs: number; statements: number };

/** Of this process: what else the machine does shows in the time, and not in this. */
export const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/**
 * What `act` comes to, and the turns that were held meanwhile, in the order in which they ended.
 * @param act is given those of which it knows already
 */
export async function turnsOf<T>(act: (turns: readonly Turn[]) => Promise<T>): Promise<{ value: T; turns: Turn[] }> {
  const { query } = EmbeddedClient.prototype;
  const turns: Turn[] = [];
  const held = new Map<EmbeddedClient, { from: number; statements: number }>();
  EmbeddedClient.prototype.query = async function (this: EmbeddedClient, text: string, values?: readonly unknown[]) {
    const result = await query.call(this, text, values);
    const turn = held.get(this);
    if (turn) turn.statements++;
    if (text === "begin") held.set(this, { from: cpuMs(), statements: 0 });
    if (turn && (text === "commit" || text === "rollback")) {
      held.delete(this);
      turns.push({ cpuMs: cpuMs() - turn.from, statements: turn.statements });
    }
    return result;
  };
  try {
    return { value: await act(turns), turns };
  } finally {
    EmbeddedClient.prototype.query = query;
  }
}

/** But for two that a collection of garbage may have fallen into. */
export const longest = (turns: readonly Turn[]): number =>
  turns.map(({ cpuMs }) => cpuMs).sort((a, b) => b - a)[Math.min(2, turns.length - 1)] ?? 0;

/**
 * Asks for a turn again and again until `work` is over.
 * @returns how many turns of others ended while each waited for its own
 */
export async function waitedFor<T>(
  work: Promise<T>,
  turns: readonly Turn[],
  ask: () => Promise<unknown>,
): Promise<{ value: T; waits: number[] }> {
  const waits: number[] = [];
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  while (!over) {
    const before = turns.length;
    await ask();
    waits.push(turns.length - before);
  }
  return { value: await done, waits };
}
