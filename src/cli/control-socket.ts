import { readFileSync, statSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { wordsOf } from "../lib/csv.js";
import { StartError } from "../store/lock.js";

/**
 * The command line reaches a running Coord through the socket that holds its data directory, since the embedded
 * database takes one process. Only who may enter the directory (mode 0700) can connect.
 */
export type Request = { argv: string[]; files: Record<string, string> };
type Answer = { out?: string; save?: { path: string; text: string }; exit?: number };

export type RunCli = (
  request: Request,
  write: (text: string) => void,
  save: (path: string, text: string) => void,
) => Promise<number>;

/** What the files hold that a line names. Read where the operator stands: the other process may stand in another folder. */
export function filesIn(argv: readonly string[]): Request["files"] {
  const words = argv.map((word) => word.replace(/^--head=/, ""));
  const named = words.filter((word, at) => isList(argv, at) || word !== argv[at] || isHead(argv, at));
  return Object.fromEntries(named.filter(isFile).map((word) => [word, wordsOf(readFileSync(word))]));
}

/** A head that is written on the line itself is longer than any name of a file, and no fault. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** `import people FILE`, whatever the file is called and wherever the options stand. */
const isList = (argv: readonly string[], at: number): boolean => argv[0] === "import" && at > 1;

/** `--head` takes several values, up to the next option. */
const isHead = (argv: readonly string[], at: number): boolean =>
  argv.slice(0, at).findLast((word) => word.startsWith("--")) === "--head" && !argv[at]?.startsWith("--");

/** @throws StartError where it cannot be written. What is there already is never overwritten. */
export function saveFile(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      code === "EEXIST"
        ? `${path} is there already. Choose another name with --out.`
        : `${path} cannot be written (${code}). Choose another place with --out.`,
    );
  }
}

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
      const exit = await run(
        JSON.parse(line) as Request,
        (out) => send({ out }),
        (path, text) => send({ save: { path, text } }),
      );
      send({ exit });
    } catch (error) {
      failed(error);
      send({ out: "That did not work; see Coord's log.\n", exit: 1 });
    }
    socket.end();
  }
}

const STOPPED =
  "Coord stopped before it answered. What it had written by then stays; an import takes the same file again for the rest.\n";

/** @returns the exit code, or undefined when nobody listens */
export function forward(path: string, request: Request, write: (text: string) => void): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let exit: number | undefined;
    let failed = false;
    const refused = () => resolve(undefined);
    socket.once("error", refused);
    socket.once("connect", () => {
      // From here on Coord has heard it: a line that breaks is an answer that is missing.
      socket.off("error", refused).on("error", () => undefined);
      socket.write(`${JSON.stringify(request)}\n`);
      createInterface({ input: socket }).on("line", (line) => {
        const answer = JSON.parse(line) as Answer;
        if (answer.out && !failed) write(answer.out);
        // Only a file that this very line names.
        if (answer.save && request.argv.some((word) => word.replace(/^--out=/, "") === answer.save?.path))
          failed ||= !saved(answer.save, write);
        if (answer.exit !== undefined) exit = answer.exit;
      });
      socket.once("close", () => {
        if (exit === undefined) write(STOPPED);
        resolve(failed ? 1 : (exit ?? 1));
      });
    });
  });
}

function saved({ path, text }: { path: string; text: string }, write: (text: string) => void): boolean {
  try {
    saveFile(path, text);
    return true;
  } catch (error) {
    write(`${(error as Error).message}\n`);
    return false;
  }
}
