import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";

/**
 * The command line reaches a running Coord through the socket that holds its data directory, since the embedded
 * database takes one process. Only who may enter the directory (mode 0700) can connect.
 */
type Request = { argv: string[]; files: Record<string, string> };
type Answer = { out?: string; exit?: number };

export type RunCli = (request: Request, write: (text: string) => void) => Promise<number>;

/** Tens of thousands of rows; a request is held whole. */
const MOST_REQUEST = 16 * 1_048_576;
/** The command line writes its request at once. */
const ASKED_WITHIN_MS = 10_000;

/** @param failed told of what `run` threw: the operator is sent to the log for it */
export function serve(socket: Socket, run: RunCli, failed: (error: unknown) => void): void {
  const send = (answer: Answer) => socket.write(`${JSON.stringify(answer)}\n`);
  socket.on("error", () => undefined);
  const late = setTimeout(() => socket.destroy(), ASKED_WITHIN_MS);
  socket.once("close", () => clearTimeout(late));
  const pieces: string[] = [];
  let length = 0;
  const take = (piece: string) => {
    const end = piece.indexOf("\n");
    pieces.push(end < 0 ? piece : piece.slice(0, end));
    length += piece.length;
    if (length > MOST_REQUEST) {
      send({ out: "That is too much at once. Send a smaller file, e.g. half of it.\n", exit: 1 });
      socket.destroySoon();
    } else if (end < 0) return;
    else void act(pieces.join(""));
    clearTimeout(late);
    socket.off("data", take);
  };
  socket.setEncoding("utf8").on("data", take);

  async function act(line: string): Promise<void> {
    try {
      const exit = await run(JSON.parse(line) as Request, (out) => send({ out }));
      send({ exit });
    } catch (error) {
      failed(error);
      send({ out: "That did not work; see Coord's log.\n", exit: 1 });
    }
    socket.end();
  }
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
