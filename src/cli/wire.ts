import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";

/**
 * The command line reaches a running Coord through the socket that holds its data directory, since the embedded
 * database takes one process. Only who may enter the directory (mode 0700) can connect.
 */
type Request = { argv: string[]; files: Record<string, string> };
type Answer = { out?: string; exit?: number };

export type RunCli = (request: Request, write: (text: string) => void) => Promise<number>;

/** @param failed told of what `run` threw: the operator is sent to the log for it */
export function serve(socket: Socket, run: RunCli, failed: (error: unknown) => void): void {
  socket.on("error", () => undefined);
  const lines = createInterface({ input: socket });
  lines.once("line", async (line) => {
    const send = (answer: Answer) => socket.write(`${JSON.stringify(answer)}\n`);
    try {
      const exit = await run(JSON.parse(line) as Request, (out) => send({ out }));
      send({ exit });
    } catch (error) {
      failed(error);
      send({ out: "That did not work; see Coord's log.\n", exit: 1 });
    }
    socket.end();
  });
}

/** @returns the exit code, or undefined when nobody listens */
export function forward(path: string, request: Request, write: (text: string) => void): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let exit = 1;
    socket.once("error", () => resolve(undefined));
    socket.once("connect", () => {
      socket.write(`${JSON.stringify(request)}\n`);
      createInterface({ input: socket }).on("line", (line) => {
        const answer = JSON.parse(line) as Answer;
        if (answer.out) write(answer.out);
        if (answer.exit !== undefined) exit = answer.exit;
      });
    });
    socket.once("close", (failed) => {
      if (!failed) resolve(exit);
    });
  });
}
